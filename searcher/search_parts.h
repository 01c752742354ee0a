// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the modes of search are made of. Private to search.c and search_modes.c.
#ifndef GAZ_SEARCHER_SEARCH_PARTS_H
#define GAZ_SEARCHER_SEARCH_PARTS_H

#include "searcher/search.h"

// Finds QUERY under the filters of the request and sets total; what was found before is forgotten.
enum gaz_status gaz_search_find(struct gaz_answer *answer, struct gaz_query *query, struct gaz_err *err);
// The same for all records of SELECT, one hit each, in the order of the archive, without filters.
enum gaz_status gaz_search_list(struct gaz_answer *answer, struct gaz_select *select, struct gaz_err *err);
// Sets state by the total.
void gaz_search_set_state(struct gaz_answer *answer);

// One mode each; they set mode, state and what was found. TEXT is the number(s), title, address, day or code.
enum gaz_status gaz_search_number(struct gaz_answer *answer, const char *text, struct gaz_err *err);
enum gaz_status gaz_search_show(struct gaz_answer *answer, const char *text, struct gaz_err *err);
enum gaz_status gaz_search_calendar(struct gaz_answer *answer, const char *text, struct gaz_err *err);
enum gaz_status gaz_search_cites(struct gaz_answer *answer, const char *text, struct gaz_err *err);
enum gaz_status gaz_search_cited_by(struct gaz_answer *answer, const char *text, struct gaz_err *err);
enum gaz_status gaz_search_series(struct gaz_answer *answer, const char *text, struct gaz_err *err);
enum gaz_status gaz_search_cited_not_held(struct gaz_answer *answer, struct gaz_err *err);

#endif
