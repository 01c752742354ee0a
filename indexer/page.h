// SPDX-License-Identifier: GPL-2.0-or-later
//
// A page of which the place of each character is known (a PDF) → its text in reading order.
//
// Nothing is taken from the order in which the file has its characters. Groups of them are turned upright
// first (sideways and vertical text); tables are cut into rows and cells by their ruling lines, or else by
// the gaps that go through all their lines; what remains is cut into columns at gutters, between lines that
// stand across them. The text has a line for each printed line, with its indent as U+3000, and a line for
// each row of a table, its cells parted by tabs, so that the layout stage reads it as it reads any text.
#ifndef GAZ_INDEXER_PAGE_H
#define GAZ_INDEXER_PAGE_H

#include <stdbool.h>

#include "corpus/model.h"
#include "shim/mem.h"
#include "shim/pdf.h"

// What a reader writes of a file that is no text.
struct gaz_page_text {
    struct gaz_buf text;  // UTF-8; each line ended by a line feed, each page by a form feed
    struct gaz_buf sorts; // enum gaz_line_sort of each line that is not blank, a byte each
};

// What pages of a file have in common; zero at the start.
struct gaz_page_habit {
    double gutter_from, gutter_to; // of the last page that had two columns, along the line
    double length;                 // of a line from edge to edge of that page
    size_t lines, indented;        // seen so far
    bool last_full;                // the last line of text reached the end of its column …
    uint32_t last_code;            // … and ended with this character
};

// Adds the lines of PAGE to OUT. False when memory is out (a failure of OUT's buffers sticks there).
bool gaz_page_write(const struct gaz_pdf_page *page, struct gaz_page_habit *habit, struct gaz_page_text *out);

// Ends a line of OUT.
void gaz_page_end_line(struct gaz_page_text *out, enum gaz_line_sort sort);

void gaz_page_text_free(struct gaz_page_text *text);

#endif
