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
                                struct gaz_page_text *text, struct gaz_err *err);

#endif
