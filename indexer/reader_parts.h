// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the files of the reader share: text from files that are none.
#ifndef GAZ_INDEXER_READER_PARTS_H
#define GAZ_INDEXER_READER_PARTS_H

#include "indexer/page.h"

// Writes the text of the PDF RAW (LEN bytes) to TEXT: pages each ended by a form feed, their lines in reading
// order (see page.h). Fills ISSUE->page_labels. Pages that have no text but a picture, and those that could
// not be read whole, are diagnostics. Statuses of gaz_pdf_read; GAZ_ERR_UNSUPPORTED when no page has any
// text.
enum gaz_status reader_pdf_text(struct gaz_issue *issue, const char *path, const char *raw, size_t len,
                                const char *encoding, struct gaz_page_text *text, struct gaz_err *err);

// The same for HTML: a line for each block, cells of a row of a table parted by tabs. ENCODING NULL: detected
// from the bytes, not from what the file says of itself. Statuses of gaz_charset_decode and
// gaz_markup_read_html.
enum gaz_status reader_html_text(struct gaz_issue *issue, const char *path, const char *raw, size_t len,
                                 const char *encoding, struct gaz_page_text *text, struct gaz_err *err);

// The same for DOCX; pages are where the word processor that saved it had them. Statuses of
// gaz_markup_read_docx.
enum gaz_status reader_docx_text(struct gaz_issue *issue, const char *path, const char *raw, size_t len,
                                 const char *encoding, struct gaz_page_text *text, struct gaz_err *err);

#endif
