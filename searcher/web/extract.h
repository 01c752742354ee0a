// SPDX-License-Identifier: GPL-2.0-or-later
//
// An extract as a stream. It is asked for piece by piece, each going on behind the last unit of the one
// before: so a client that reads slowly holds neither an archive nor a thread, and none of it is in memory
// but a piece.
#ifndef GAZ_SEARCHER_WEB_EXTRACT_H
#define GAZ_SEARCHER_WEB_EXTRACT_H

#include "searcher/web/page.h"

// Has the response of PAGE, whose question is one for an extract, give it as NDJSON. The first piece is read
// at once, so that what is wrong with the question is told before anything is sent. Statuses of gaz_search.
enum gaz_status gaz_extract_begin(struct gaz_page *page, struct gaz_err *err);

#endif
