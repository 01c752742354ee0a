// SPDX-License-Identifier: GPL-2.0-or-later
//
// Keyword in context: one line an occurrence.
#ifndef GAZ_SEARCHER_KWIC_H
#define GAZ_SEARCHER_KWIC_H

#include <jansson.h>

#include "searcher/match.h"

struct gaz_kwic_line {
    const char *id, *address; // of the unit
    size_t page;              // 0: unknown
    const char *left, *match, *right;
    const char
        *group; // once sorted: the word next to the match on that side, "" at the end of a text; else NULL
    size_t group_size; // lines that have the same
};

// Everything lives in the arena given to the calls; zero-initialise it.
struct gaz_kwic {
    struct gaz_kwic_line *items;
    size_t count, capacity;
};

enum { GAZ_KWIC_DEFAULT = 20, GAZ_KWIC_MAX = 1000 }; // characters on each side

// Appends a line for each mark in the text of RECORD, with up to CHARACTERS of context on each side.
// GAZ_ERR_MEMORY.
enum gaz_status gaz_kwic_add(struct gaz_kwic *kwic, const json_t *record, const struct gaz_marks *marks,
                             size_t characters, struct gaz_arena *arena, struct gaz_err *err);

// Sorts by what stands right of the match, or left of it read from the match outwards, those with the same
// word next to the match together; equal ones stay in order. The words live in ARENA. GAZ_ERR_MEMORY, the
// statuses of gaz_segment_words.
enum gaz_status gaz_kwic_sort(struct gaz_kwic *kwic, bool by_left, struct gaz_arena *arena,
                              struct gaz_err *err);

#endif
