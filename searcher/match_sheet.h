// SPDX-License-Identifier: GPL-2.0-or-later
//
// The records of a sheet that are what a query asks for. Phrases are looked for in all texts of the sheet at
// once, as they are coded there; what needs more is asked of each text by itself.
#ifndef GAZ_SEARCHER_MATCH_SHEET_H
#define GAZ_SEARCHER_MATCH_SHEET_H

#include "corpus/sheet.h"
#include "searcher/archive.h"
#include "searcher/plan.h"

struct gaz_sheet_matches {
    struct gaz_bundle_set set;
    struct gaz_match items[GAZ_BUNDLE_MAX]; // of the records in the set
};

static inline bool gaz_set_has(const struct gaz_bundle_set *set, size_t at) {
    return set->bits[at / 64] >> (at % 64) & 1;
}

// Those of the CANDIDATES, records of SHEET whose first is number DOCID, that match PLAN. GAZ_ERR_MEMORY, and
// where texts must be read as they are printed the statuses of gaz_archive_text.
enum gaz_status gaz_match_sheet(const struct gaz_archive *archive, const struct gaz_plan *plan,
                                const struct gaz_sheet *sheet, uint32_t docid,
                                const struct gaz_bundle_set *candidates, struct gaz_sheet_matches *out,
                                struct gaz_err *err);

#endif
