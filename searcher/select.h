// SPDX-License-Identifier: GPL-2.0-or-later
//
// Index queries built in an arena.
#ifndef GAZ_SEARCHER_SELECT_H
#define GAZ_SEARCHER_SELECT_H

#include <stdbool.h>

#include "corpus/record.h"
#include "corpus/term.h"
#include "shim/index.h"
#include "shim/mem.h"

// A query node whose children can be added to. All functions give NULL (or false) when memory is out, and
// pass on a NULL they are given, so that only the end of a chain needs a check.
struct gaz_select {
    struct gaz_index_query query;
    const struct gaz_index_query **children;
};

struct gaz_select *gaz_select_new(struct gaz_arena *arena, enum gaz_index_op op);
bool gaz_select_add(struct gaz_arena *arena, struct gaz_select *parent, const struct gaz_select *child);

// All records of the bundles with the loose term BYTES, or with one that begins with it.
struct gaz_select *gaz_select_loose(struct gaz_arena *arena, struct gaz_index_bytes term, bool is_prefix);
// The records that carry the term.
struct gaz_select *gaz_select_term(struct gaz_arena *arena, const struct gaz_term *term);
struct gaz_select *gaz_select_name(struct gaz_arena *arena, const char *prefix, const char *text);
struct gaz_select *gaz_select_folded(struct gaz_arena *arena, const char *prefix, const char *text);
// Any of the texts with PREFIX.
struct gaz_select *gaz_select_any(struct gaz_arena *arena, const char *prefix,
                                  const struct gaz_strings *texts);
// Records of TYPE.
struct gaz_select *gaz_select_type(struct gaz_arena *arena, enum gaz_record_type type);
// Both; without SECOND; records whose value of SLOT lies between LOW and HIGH (NULL: no upper end).
struct gaz_select *gaz_select_both(struct gaz_arena *arena, const struct gaz_select *first,
                                   const struct gaz_select *second);
struct gaz_select *gaz_select_without(struct gaz_arena *arena, const struct gaz_select *first,
                                      const struct gaz_select *second);
struct gaz_select *gaz_select_range(struct gaz_arena *arena, uint32_t slot, const char *low,
                                    const char *high);

#endif
