// SPDX-License-Identifier: GPL-2.0-or-later
//
// Marked-up files: HTML (through libxml2) and DOCX (ISO/IEC 29500, through libarchive and libxml2) as a flow
// of text, ends of lines, cells and rows.
#ifndef GAZ_SHIM_MARKUP_H
#define GAZ_SHIM_MARKUP_H

#include <stdbool.h>
#include <stddef.h>

#include "shim/status.h"

// Largest document inside a DOCX, in bytes unpacked: a small file can hold very much.
#define GAZ_DOCX_UNPACKED_MAX ((size_t)128 << 20)
// Entries of a DOCX that are looked at.
#define GAZ_DOCX_ENTRIES_MAX 4096

enum gaz_markup_event {
    GAZ_MARKUP_TEXT, // some of the text of a line or cell; white space as in the file
    GAZ_MARKUP_LINE, // the line ends: of a paragraph, a heading, an item of a list; may come twice; never in
                     // a cell
    GAZ_MARKUP_CELL, // a cell of a table ends; of those that go over several columns or rows the rest is
                     // empty
    GAZ_MARKUP_ROW,  // a row ends
    GAZ_MARKUP_PAGE  // a page ends, perhaps in the middle of a line; may come twice; never in a row
};

// Takes an event, with LEN bytes of TEXT (UTF-8) for GAZ_MARKUP_TEXT. Another status than GAZ_OK ends the
// reading with it.
typedef enum gaz_status gaz_markup_sink(void *context, enum gaz_markup_event event, const char *text,
                                        size_t len, struct gaz_err *err);

// Whether this program was built with libxml2 and libarchive.
bool gaz_markup_is_built_in(void);

// Whether LEN bytes of DATA begin like HTML, or like the ZIP archive that a DOCX is.
bool gaz_markup_is_html(const char *data, size_t len);
bool gaz_markup_is_zip(const char *data, size_t len);

// Reads LEN bytes of TEXT, which is HTML in UTF-8 whatever it says of itself. Scripts, styles, forms and
// navigation are left out; a table that only places things on the page (one in another, one column) is no
// table. GAZ_ERR_UNSUPPORTED (not built in), GAZ_ERR_ENCODING (not to be parsed), and what SINK returns.
enum gaz_status gaz_markup_read_html(const char *text, size_t len, gaz_markup_sink *sink, void *context,
                                     struct gaz_err *err);

// Reads the main text of the DOCX DATA (LEN bytes): no headers, footers, notes and comments, no deleted text,
// and no numbers that are not in the text but made by the word processor. GAZ_ERR_UNSUPPORTED (not built in),
// GAZ_ERR_ENCODING (no DOCX, damaged), GAZ_ERR_LIMIT, GAZ_ERR_MEMORY, and what SINK returns.
enum gaz_status gaz_markup_read_docx(const char *data, size_t len, gaz_markup_sink *sink, void *context,
                                     struct gaz_err *err);

#endif
