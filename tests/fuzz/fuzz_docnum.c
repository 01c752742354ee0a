// SPDX-License-Identifier: GPL-2.0-or-later
//
// Document numbers in running text, alone, and as people ask for them.
#include <stdlib.h>
#include <string.h>

#include "corpus/docnum.h"
#include "searcher/numbers.h"
#include "tests/support/property.h"

static void check_number(const struct gaz_docnum *number, struct gaz_str text, struct gaz_arena *arena) {
    struct gaz_docnum again;
    require(lies_inside(number->offset, number->length, text.len) && number->length > 0,
            "a number lies inside its text");
    require(is_boundary(text, number->offset) && is_boundary(text, number->offset + number->length),
            "a number is whole characters");
    require(number->text && number->text[0] && number->code && number->key && number->key[0],
            "a number has text and key");
    if (number->complete && gaz_docnum_parse(number->key, strlen(number->key), arena, &again, NULL) == GAZ_OK)
        require(strcmp(again.key, number->key) == 0, "a key that can be read is read as itself");
}

static void check_find(struct gaz_str text, struct gaz_arena *arena) {
    struct gaz_docnums numbers;
    size_t last = 0;
    require(gaz_docnum_find(text.data, text.len, arena, &numbers, NULL) == GAZ_OK, "numbers are looked for");
    for (size_t i = 0; i < numbers.count; i++) {
        check_number(&numbers.items[i], text, arena);
        require(numbers.items[i].complete, "numbers that are found are complete");
        require(numbers.items[i].offset >= last, "numbers come in order");
        last = numbers.items[i].offset;
    }
    require(numbers.count > 0 || !gaz_docnum_is_heading(text.data, text.len), "a heading has numbers");
}

static void check_asked(struct gaz_str text, struct gaz_arena *arena) {
    struct input input = {text.data, text.len};
    char *typed = input_text(&input);
    struct gaz_docnums numbers;
    enum gaz_status status = gaz_numbers_read(typed, arena, &numbers, NULL);
    require(status == GAZ_OK || status == GAZ_ERR_QUERY, "numbers are read or refused");
    if (status == GAZ_OK)
        require(numbers.count > 0 && numbers.count <= GAZ_NUMBERS_MAX, "as many numbers as are allowed");
    free(typed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct gaz_str text = {(const char *)data, size};
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_docnum number;
    require(arena != NULL, "there is memory");
    check_find(text, arena);
    check_asked(text, arena);
    if (gaz_docnum_parse(text.data, text.len, arena, &number, NULL) == GAZ_OK)
        check_number(&number, text, arena);
    gaz_arena_free(arena);
    return 0;
}
