// SPDX-License-Identifier: GPL-2.0-or-later
//
// Many questions, one a line, each answered by one line.
#ifndef GAZ_SEARCHER_BATCH_H
#define GAZ_SEARCHER_BATCH_H

#include <stdio.h>

#include "searcher/search.h"

// Longest line of a batch in bytes.
enum { GAZ_BATCH_LINE_MAX = 65536 };

// Reads FROM line by line, each a query that is read under the filters, level and limits of REQUEST, and
// prints to TO for each a line {"line":n,"input":"…","state":…,"hits":[…]}, in order; a line that is no query
// gives not_found and "error". The first AFTER lines are left out: what was answered already. Each line is
// written whole at once, and nothing is kept, so a run that was killed can go on behind the last whole line.
// *FOUND: whether any had an answer. GAZ_ERR_IO, GAZ_ERR_LIMIT (a line too long), GAZ_ERR_BUSY, the statuses
// of reading.
enum gaz_status gaz_batch(const struct gaz_archive *archive, const struct gaz_request *request, FILE *from,
                          FILE *to, size_t after, bool *found, struct gaz_err *err);

#endif
