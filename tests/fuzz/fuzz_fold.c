// SPDX-License-Identifier: GPL-2.0-or-later
//
// Folding: idempotent, character by character, with a map back; and finding in folded text is finding by
// trying every place.
#include <string.h>

#include "corpus/fold.h"
#include "shim/utf8.h"
#include "tests/support/property.h"

static struct gaz_folded fold(struct gaz_str text, enum gaz_fold_mode mode) {
    struct gaz_folded folded;
    require(gaz_fold_text(text.data, text.len, mode, &folded, NULL) == GAZ_OK, "text is folded");
    require(folded.offsets[folded.count] == text.len, "the last offset is the end of the text");
    for (size_t i = 0; i < folded.count; i++)
        require(folded.offsets[i] <= folded.offsets[i + 1] && folded.offsets[i] < text.len,
                "offsets of folded text ascend inside the text");
    return folded;
}

static bool same_codes(const uint32_t *a, const uint32_t *b, size_t count) {
    return count == 0 || memcmp(a, b, count * sizeof *a) == 0;
}

static void check_idempotent(struct gaz_str text, enum gaz_fold_mode mode) {
    struct gaz_buf once = GAZ_BUF_INIT, twice = GAZ_BUF_INIT;
    gaz_fold_append(text.data, text.len, mode, &once);
    gaz_fold_append(once.data, once.len, mode, &twice);
    require(once.len == twice.len && memcmp(once.data, twice.data, once.len) == 0, "folding is idempotent");
    gaz_buf_free(&once);
    gaz_buf_free(&twice);
}

// The text folds to what its two parts fold to.
static void check_parts(struct gaz_str text, size_t at, enum gaz_fold_mode mode,
                        const struct gaz_folded *whole) {
    struct gaz_folded head = fold((struct gaz_str){text.data, at}, mode);
    struct gaz_folded tail = fold(gaz_str_from(text, at), mode);
    require(head.count + tail.count == whole->count && same_codes(whole->codes, head.codes, head.count) &&
                same_codes(whole->codes + head.count, tail.codes, tail.count),
            "a text folds to what its parts fold to");
    gaz_folded_free(&head);
    gaz_folded_free(&tail);
}

static size_t find_slowly(const struct gaz_folded *haystack, const uint32_t *needle, size_t count) {
    for (size_t at = 0; at + count <= haystack->count; at++)
        if (same_codes(haystack->codes + at, needle, count))
            return at;
    return SIZE_MAX;
}

static void check_find(const struct gaz_folded *haystack, struct gaz_str text) {
    struct gaz_folded needle = fold(text, GAZ_FOLD_FULL);
    require(gaz_folded_find(haystack, &needle, 0) == find_slowly(haystack, needle.codes, needle.count),
            "what is found is the first occurrence");
    gaz_folded_free(&needle);
}

// Where to cut TEXT: a character's start near the place that PART (0 to 255) of it is.
static size_t cut_of(struct gaz_str text, unsigned part) {
    size_t wanted = text.len * part / 256, at = 0;
    for (uint32_t code; at < wanted;)
        at += gaz_utf8_decode(text.data + at, text.len - at, &code);
    return at < text.len ? at : text.len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct input input = {(const char *)data, size};
    unsigned first = input_choice(&input), second = input_choice(&input);
    struct gaz_str text = input_rest(&input);
    enum gaz_fold_mode mode = first % 2 ? GAZ_FOLD_BLANKS : GAZ_FOLD_FULL;
    size_t from = cut_of(text, first), to = cut_of(text, second);
    struct gaz_folded whole = fold(text, mode);
    check_idempotent(text, mode);
    check_parts(text, from, mode, &whole);
    if (from < to)
        check_find(&whole, (struct gaz_str){text.data + from, to - from});
    gaz_folded_free(&whole);
    return 0;
}
