// SPDX-License-Identifier: GPL-2.0-or-later
//
// The units of a document as HTML: clauses under their headings, tables as tables.
#ifndef GAZ_SEARCHER_WEB_UNITS_H
#define GAZ_SEARCHER_WEB_UNITS_H

#include "searcher/web/reader.h"

// All of the text, with signature, date, plan title and the titles of attachments where they are printed.
enum gaz_status gaz_units_put(const struct gaz_page *page, const struct gaz_reader *reader,
                              struct gaz_err *err);

// Units FROM up to TO, not TO itself, with nothing in between.
enum gaz_status gaz_units_put_some(const struct gaz_page *page, const struct gaz_reader *reader, size_t from,
                                   size_t to, struct gaz_err *err);

// Links to the sections and attachments; nothing when there are none.
void gaz_units_put_contents(const struct gaz_page *page, const struct gaz_reader *reader);

// The anchor of UNIT in the page of DOCUMENT, not encoded, in the page's arena: its address without that of
// the document, 三（二）5, 附件1-表1-行2. "" when memory is out.
const char *gaz_unit_anchor(const struct gaz_page *page, const json_t *document, const json_t *unit);

// A link to UNIT, which works without scripts, and a button that copies its citation, for who has them.
void gaz_unit_put_tools(const struct gaz_page *page, const struct gaz_reader *reader, const json_t *unit);

#endif
