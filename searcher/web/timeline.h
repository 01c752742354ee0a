// SPDX-License-Identifier: GPL-2.0-or-later
//
// When what was found is dated.
#ifndef GAZ_SEARCHER_WEB_TIMELINE_H
#define GAZ_SEARCHER_WEB_TIMELINE_H

#include "searcher/web/page.h"

// A bar for each month from the first to the last, or for each year when that were too many; each leads to
// what is of that time. Nothing when nothing has a date.
void gaz_timeline_put(const struct gaz_page *page, const struct gaz_facets *counted);

#endif
