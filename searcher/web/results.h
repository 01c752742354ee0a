// SPDX-License-Identifier: GPL-2.0-or-later
//
// What stands around the hits of an answer.
#ifndef GAZ_SEARCHER_WEB_RESULTS_H
#define GAZ_SEARCHER_WEB_RESULTS_H

#include "searcher/web/page.h"

// How many hits there are, and which of them are shown; nothing when there are none.
void gaz_results_put_total(const struct gaz_page *page, const struct gaz_answer *answer);

// Links to the hits before and behind those shown, on the page PATH.
void gaz_results_put_paging(const struct gaz_page *page, const struct gaz_answer *answer, const char *path);

#endif
