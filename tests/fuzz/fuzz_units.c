// SPDX-License-Identifier: GPL-2.0-or-later
//
// Unit names: lists of them in clauses, their keys, and the places they are of.
#include <stdlib.h>
#include <string.h>

#include "corpus/authority.h"
#include "corpus/office.h"
#include "corpus/place.h"
#include "tests/support/property.h"

static size_t count_names(const char *const *names, size_t count) {
    size_t characters = 0;
    for (size_t i = 0; i < count; i++) {
        require(names[i] && names[i][0], "a name in a list is not empty");
        characters += gaz_text_count(gaz_str_of(names[i]));
    }
    return characters;
}

static void check_list(struct gaz_str text, struct gaz_arena *arena) {
    struct gaz_unit_list list;
    size_t at = 0, len = 0;
    if (gaz_unit_list_find(text.data, text.len, &at, &len))
        require(lies_inside(at, len, text.len) && is_boundary(text, at) && is_boundary(text, at + len),
                "a unit list lies inside its text");
    require(gaz_unit_list_read(text.data, text.len, arena, &list, NULL) == GAZ_OK, "a unit list is read");
    // A broken byte counts as one character, whatever becomes of it.
    require(count_names(list.lead, list.lead_count) + count_names(list.others, list.others_count) <=
                gaz_text_count(text),
            "the names in a list are no longer than the list");
}

static void check_keys(struct gaz_str name, const char *place, struct gaz_arena *arena) {
    const struct gaz_authority *authority = property_authority();
    struct gaz_unit_keys keys, again;
    require(gaz_authority_keys(authority, name.data, name.len, place, arena, &keys, NULL) == GAZ_OK,
            "a name has keys");
    require(keys.count > 0, "a name has at least one key");
    for (size_t i = 0; i < keys.count; i++)
        require(keys.items[i] != NULL, "keys are texts");
    require(gaz_authority_keys(authority, keys.items[0], strlen(keys.items[0]), place, arena, &again, NULL) ==
                    GAZ_OK &&
                again.count > 0,
            "a key has keys");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct input input = {(const char *)data, size};
    char *typed = input_text(&input); // the reader leaves no zero byte in a text
    struct gaz_str text = gaz_str_of(typed);
    struct gaz_arena *arena = gaz_arena_new();
    size_t at = 0;
    require(arena != NULL, "there is memory");
    check_list(text, arena);
    check_keys(text, size % 2 ? "云港市" : NULL, arena);
    double likeness = gaz_unit_likeness(property_authority(), text.data, text.len);
    require(likeness >= 0 && likeness <= 1, "likeness is between 0 and 1");
    if (gaz_authority_knows(property_authority(), text.data, text.len))
        require(likeness == 1, "a known name is surely a name");
    size_t len = gaz_place_find(text.data, text.len, &at);
    require(len == 0 || lies_inside(at, len, text.len), "a place lies inside its name");
    gaz_office_signs(text);
    gaz_arena_free(arena);
    free(typed);
    return 0;
}
