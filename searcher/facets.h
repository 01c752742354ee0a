// SPDX-License-Identifier: GPL-2.0-or-later
//
// Counts of what was found: by issuer, kind, section, year, month, issue and responsible unit.
#ifndef GAZ_SEARCHER_FACETS_H
#define GAZ_SEARCHER_FACETS_H

#include "searcher/found.h"

enum gaz_facet {
    GAZ_FACET_ISSUER,
    GAZ_FACET_KIND,
    GAZ_FACET_SECTION,
    GAZ_FACET_YEAR,
    GAZ_FACET_MONTH,
    GAZ_FACET_ISSUE,
    GAZ_FACET_UNIT,
    GAZ_FACET_COUNT
};
// The contract's name; static.
const char *gaz_facet_name(enum gaz_facet facet);

struct gaz_facet_value {
    const char *name;
    size_t count;
};

struct gaz_facet_values {
    struct gaz_facet_value *items; // the most frequent first, then by name; years and months in their order
    size_t count, capacity;
};

struct gaz_facets {
    struct gaz_facet_values by[GAZ_FACET_COUNT];
};

// Counts the documents of FOUND (UNIT_LEVEL: its units) by each value they have; a document has the units of
// its matches. Names are those of the index: full names of units, folded. Everything lives in ARENA.
// GAZ_ERR_MEMORY, the statuses of reading.
enum gaz_status gaz_facets_count(const struct gaz_archive *archive, const struct gaz_found *found,
                                 bool unit_level, struct gaz_arena *arena, struct gaz_facets *out,
                                 struct gaz_err *err);

#endif
