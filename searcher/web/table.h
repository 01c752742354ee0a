// SPDX-License-Identifier: GPL-2.0-or-later
//
// Rows as a table, with the cells merged that are printed merged.
#ifndef GAZ_SEARCHER_WEB_TABLE_H
#define GAZ_SEARCHER_WEB_TABLE_H

#include "searcher/web/reader.h"

// How many of UNITS from FROM up to TO (not itself) are one table: its rows, and the heads that its pages
// repeat between them; 0 when FROM is no row.
size_t gaz_table_length(const json_t *units, size_t from, size_t to);

// Units FROM … FROM + LENGTH - 1 as a table.
enum gaz_status gaz_table_put(const struct gaz_page *page, const struct gaz_reader *reader, size_t from,
                              size_t length, struct gaz_err *err);

#endif
