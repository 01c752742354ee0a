// SPDX-License-Identifier: GPL-2.0-or-later
//
// Terms that stand in one document, if not in one unit of it.
#ifndef GAZ_SEARCHER_SCOPE_H
#define GAZ_SEARCHER_SCOPE_H

#include "searcher/found.h"

// Where all terms of a query have to stand together.
enum gaz_scope { GAZ_SCOPE_UNIT, GAZ_SCOPE_SENTENCE, GAZ_SCOPE_DOCUMENT };

// Whether QUERY asks for two terms or more, so that its scope makes a difference.
bool gaz_scope_matters(const struct gaz_query *query);

// Makes PLAN find the units of documents that have all terms of QUERY (an AND), each in any unit, and none of
// its exclusions: those units that have one of the terms. Everything lives in ARENA, but what gaz_plan_free
// frees. Statuses of gaz_plan_make.
enum gaz_status gaz_scope_plan(const struct gaz_archive *archive, const struct gaz_query *query,
                               const struct gaz_filters *filters, bool exact, struct gaz_arena *arena,
                               struct gaz_plan *plan, struct gaz_err *err);

#endif
