// SPDX-License-Identifier: GPL-2.0-or-later
//
// The readers of small things (labels, dates, numerals, document numbers, unit lists) and folding, on any
// text: what they take lies inside it, and what they say can be read again.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/authority.h"
#include "corpus/date.h"
#include "corpus/docnum.h"
#include "corpus/fold.h"
#include "corpus/label.h"
#include "corpus/numeral.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds, const char *property) {
    if (holds)
        return;
    fprintf(stderr, "does not hold: %s\n", property);
    abort();
}

static void check_label(struct gaz_str text) {
    struct gaz_label label, again;
    if (!gaz_label_read(text, &label))
        return;
    require(label.len <= text.len && label.len > 0, "a label lies inside its text");
    require(label.name_at + label.name_len <= label.len && label.name_len > 0,
            "a name lies inside its label");
    require(label.rank > GAZ_LABEL_NONE && label.rank < GAZ_LABEL_RANKS, "a label has a rank");
    if (label.rank == GAZ_LABEL_HAN || label.rank == GAZ_LABEL_ARABIC || label.rank == GAZ_LABEL_SPOKEN)
        return; // what follows decides whether 1. begins 1.5
    require(gaz_label_read((struct gaz_str){text.data, label.len}, &again) && again.rank == label.rank &&
                again.number == label.number && again.len == label.len,
            "a label alone is the same label");
}

static void check_numeral(struct gaz_str text) {
    uint64_t value = 0, again = 0;
    size_t len = gaz_numeral_read(text.data, text.len, &value);
    require(len <= text.len, "a numeral lies inside its text");
    require(len == 0 || value <= GAZ_NUMERAL_MAX, "a numeral is within its maximum");
    require(len == 0 || (gaz_numeral_read(text.data, len, &again) == len && again == value),
            "a numeral alone is the same numeral");
}

static void check_date(struct gaz_str text) {
    struct gaz_date date = {0, 0, 0}, again = {0, 0, 0};
    char iso[GAZ_DATE_ISO_MAX];
    size_t at = 0, len = gaz_date_find(text.data, text.len, &date, &at);
    require(len <= text.len && at <= text.len - len, "a date lies inside its text");
    if (len == 0)
        return;
    require(gaz_date_read(text.data + at, text.len - at, &again) == len &&
                gaz_date_compare(&date, &again) == 0,
            "a date that is found is read");
    size_t iso_len = gaz_date_iso(&date, iso);
    if (iso_len == strlen("2023-10-12"))
        require(gaz_date_read(iso, iso_len, &again) == iso_len && gaz_date_compare(&date, &again) == 0,
                "the ISO form of a date is read as that date");
}

static void check_numbers(struct gaz_str text, struct gaz_arena *arena) {
    struct gaz_docnums numbers;
    struct gaz_docnum again;
    size_t last = 0;
    require(gaz_docnum_find(text.data, text.len, arena, &numbers, NULL) == GAZ_OK, "numbers are looked for");
    for (size_t i = 0; i < numbers.count; i++) {
        const struct gaz_docnum *number = &numbers.items[i];
        require(number->offset <= text.len && number->length <= text.len - number->offset &&
                    number->length > 0,
                "a number lies inside its text");
        require(number->offset >= last, "numbers come in order");
        last = number->offset;
        require(number->text[0] && number->code && number->key[0], "a number has text and key");
        if (gaz_docnum_parse(number->key, strlen(number->key), arena, &again, NULL) == GAZ_OK)
            require(strcmp(again.key, number->key) == 0, "a key that can be read is read as itself");
    }
    if (gaz_docnum_parse(text.data, text.len, arena, &again, NULL) == GAZ_OK)
        require(again.length <= text.len, "a parsed number lies inside its text");
}

static void check_units(struct gaz_str text, struct gaz_arena *arena) {
    struct gaz_unit_list list;
    size_t at = 0, len = 0;
    if (gaz_unit_list_find(text.data, text.len, &at, &len))
        require(at <= text.len && len <= text.len - at, "a unit list lies inside its text");
    require(gaz_unit_list_read(text.data, text.len, arena, &list, NULL) == GAZ_OK, "a unit list is read");
    size_t characters = 0; // a broken byte counts as one, whatever becomes of it
    for (size_t i = 0; i < list.lead_count; i++)
        characters += gaz_text_count(gaz_str_of(list.lead[i]));
    for (size_t i = 0; i < list.others_count; i++)
        characters += gaz_text_count(gaz_str_of(list.others[i]));
    require(characters <= gaz_text_count(text), "the names in a list are no longer than the list");
    double likeness = gaz_unit_likeness(NULL, text.data, text.len);
    require(likeness >= 0 && likeness <= 1, "likeness is between 0 and 1");
}

static void check_fold(struct gaz_str text) {
    struct gaz_buf once = GAZ_BUF_INIT, twice = GAZ_BUF_INIT;
    struct gaz_folded folded;
    gaz_fold_append(text.data, text.len, GAZ_FOLD_FULL, &once);
    gaz_fold_append(once.data, once.len, GAZ_FOLD_FULL, &twice);
    require(once.len == twice.len && memcmp(once.data, twice.data, once.len) == 0, "folding is idempotent");
    require(gaz_fold_text(text.data, text.len, GAZ_FOLD_FULL, &folded, NULL) == GAZ_OK, "text is folded");
    for (size_t i = 0; i < folded.count; i++)
        require(folded.offsets[i] <= folded.offsets[i + 1] && folded.offsets[i] < text.len,
                "offsets of folded text ascend inside the text");
    require(folded.offsets[folded.count] == text.len, "the last offset is the end of the text");
    gaz_folded_free(&folded);
    gaz_buf_free(&once);
    gaz_buf_free(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct gaz_str text = {(const char *)data, size};
    struct gaz_arena *arena = gaz_arena_new();
    require(arena != NULL, "there is memory");
    check_label(text);
    check_numeral(text);
    check_date(text);
    check_numbers(text, arena);
    check_units(text, arena);
    check_fold(text);
    gaz_arena_free(arena);
    return 0;
}
