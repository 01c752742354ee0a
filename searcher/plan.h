// SPDX-License-Identifier: GPL-2.0-or-later
//
// A query tree made ready to run on an archive: what the index is asked for, and what is verified on the
// text.
#ifndef GAZ_SEARCHER_PLAN_H
#define GAZ_SEARCHER_PLAN_H

#include "searcher/archive.h"
#include "searcher/match.h"
#include "searcher/query.h"
#include "searcher/select.h"

// What restricts an answer whatever the query; NULL: no restriction. As typed by the user.
struct gaz_filters {
    const char *issuer, *kind, *class_name, *section, *issue, *since, *until;
};

struct gaz_plan {
    struct gaz_select *candidates; // a superset of the answer
    struct gaz_matcher *matcher;
    enum gaz_fold_mode mode; // how texts are folded for `matcher`
    bool in_sentence;        // a sentence has to match by itself
    bool units_only;         // neither issues nor citations
    // When not NULL, the answer is in these documents only (gaz_sheet_owner), ascending.
    const uint64_t *documents;
    size_t document_count;
};

// Makes QUERY ready. Everything lives in ARENA, but what gaz_plan_free frees. EXACT: only white space is
// folded. GAZ_ERR_QUERY (a value that is no date or number, naming the column), GAZ_ERR_ARGUMENT (a filter),
// the statuses of reading.
enum gaz_status gaz_plan_make(const struct gaz_archive *archive, const struct gaz_query *query,
                              const struct gaz_filters *filters, bool exact, struct gaz_arena *arena,
                              struct gaz_plan *out, struct gaz_err *err);
void gaz_plan_free(struct gaz_plan *plan);

// The records that have phrases in their PREFIX n-grams (titles, headings) as candidates; exact only after
// verifying.
struct gaz_select *gaz_plan_phrase(struct gaz_arena *arena, const char *prefix, const char *phrase,
                                   struct gaz_err *err);

#endif
