// SPDX-License-Identifier: GPL-2.0-or-later
//
// Distinct strings, numbered in the order in which they came.
#ifndef GAZ_SEARCHER_NAMES_H
#define GAZ_SEARCHER_NAMES_H

#include <stddef.h>
#include <stdint.h>

#include "shim/mem.h"
#include "shim/status.h"

// Zero-initialise it; the strings live in `arena`, which the caller gives, the rest is freed with
// gaz_names_free.
struct gaz_names {
    struct gaz_arena *arena;
    const char **items; // by number, NUL-terminated
    size_t count, capacity;
    uint32_t *slots; // hash table: numbers + 1
    size_t slot_count;
};

// The number of TEXT, a new one when it is new. GAZ_ERR_MEMORY.
enum gaz_status gaz_names_number(struct gaz_names *names, const char *text, size_t len, uint32_t *number,
                                 struct gaz_err *err);
// The rank of each name in byte order, by number; freed with gaz_free. GAZ_ERR_MEMORY, then *RANKS is NULL.
enum gaz_status gaz_names_rank(const struct gaz_names *names, uint32_t **ranks, struct gaz_err *err);
void gaz_names_free(struct gaz_names *names);

#endif
