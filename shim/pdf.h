// SPDX-License-Identifier: GPL-2.0-or-later
//
// PDF (through poppler-glib): the characters of each page with their boxes, and the ruling lines.
//
// A PDF comes from strangers, and the library that reads it is large: it runs in a process of its own, with
// bounds on time and memory. Whatever happens there, a crash too, costs one page and not the run.
#ifndef GAZ_SHIM_PDF_H
#define GAZ_SHIM_PDF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shim/status.h"

// Bounds. What exceeds them is left out and said so in struct gaz_pdf_page, or is GAZ_ERR_LIMIT.
#define GAZ_PDF_PAGES_MAX ((size_t)10000)    // of a file
#define GAZ_PDF_CHARS_MAX ((size_t)50000)    // of a page
#define GAZ_PDF_RULES_MAX ((size_t)4000)     // of a page
#define GAZ_PDF_SIDE_MAX 20000.0             // of a page, in points
#define GAZ_PDF_PAGE_SECONDS 20              // until the next page has come
#define GAZ_PDF_SECONDS 900                  // for a file
#define GAZ_PDF_MEMORY_MAX ((size_t)2 << 30) // bytes, of the reading process
#define GAZ_PDF_LOST_MAX 3                   // pages lost before the rest of a file is given up

// In which corner of its box the ink of a 。，or 、 is: bottom left in upright text, elsewhere when it is
// turned.
enum gaz_pdf_corner {
    GAZ_PDF_CORNER_NONE, // another character, or not clear
    GAZ_PDF_CORNER_TOP_LEFT,
    GAZ_PDF_CORNER_TOP_RIGHT,
    GAZ_PDF_CORNER_BOTTOM_LEFT,
    GAZ_PDF_CORNER_BOTTOM_RIGHT
};

// A character and its box, in points from the top left corner of the page as it is shown (its /Rotate
// applied). Along the line of text the box is the advance of the character, across it the height of its font.
struct gaz_pdf_char {
    float x1, y1, x2, y2; // x1 <= x2, y1 <= y2, finite
    float size;           // of the font as the file says it, which may be no measure of the print
    uint32_t code;        // a code point, never white space or a control character
    uint32_t corner;      // enum gaz_pdf_corner
};

// A straight ruling line, level or upright, by its middle: x1 == x2 or y1 == y2.
struct gaz_pdf_rule {
    float x1, y1, x2, y2;
};

struct gaz_pdf_page {
    size_t number;       // from 1
    size_t count;        // of all pages
    const char *label;   // of the page in the file, UTF-8; NULL when it is only its number
    float width, height; // as shown, in points
    const struct gaz_pdf_char *chars;
    size_t char_count;
    const struct gaz_pdf_rule *rules;
    size_t rule_count;
    bool printed; // something is to be seen on it
    bool cut;     // it has more than one of the bounds allows
    bool lost;    // the library crashed or took too long: nothing is known of it
};

// Takes a page, which lives only as long as the call. Another status than GAZ_OK ends the reading with it.
typedef enum gaz_status gaz_pdf_sink(void *context, const struct gaz_pdf_page *page, struct gaz_err *err);

// Whether this program was built with poppler-glib.
bool gaz_pdf_is_built_in(void);

// Whether LEN bytes of DATA begin like a PDF.
bool gaz_pdf_is_pdf(const char *data, size_t len);

// Reads LEN bytes of DATA and hands every page in turn to SINK. GAZ_ERR_UNSUPPORTED (not built in;
// encrypted), GAZ_ERR_ENCODING (no PDF, or damaged beyond repair), GAZ_ERR_LIMIT (too many pages, too long),
// GAZ_ERR_IO (no process to be had), GAZ_ERR_MEMORY, and what SINK returns. Forks: not for a program with
// threads.
enum gaz_status gaz_pdf_read(const char *data, size_t len, gaz_pdf_sink *sink, void *context,
                             struct gaz_err *err);

#endif
