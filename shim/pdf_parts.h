// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the files of shim/pdf share.
#ifndef GAZ_SHIM_PDF_PARTS_H
#define GAZ_SHIM_PDF_PARTS_H

#include "shim/pdf.h"

// --- the picture of a page (pdf_ink.c)

// A page as black and white: a byte a pixel, 1 where it is dark.
struct pdf_ink {
    const unsigned char *pixels;
    size_t width, height;
    double scale; // pixels a point
};

// Finds the ruling lines of INK; writes up to ROOM of them and returns how many there are, ROOM + 1 when
// more.
size_t pdf_ink_rules(const struct pdf_ink *ink, struct gaz_pdf_rule *rules, size_t room);

// Whether anything is dark.
bool pdf_ink_is_printed(const struct pdf_ink *ink);

// The corner of the box of CHARACTER that its ink is in; NONE for all but 。，、.
enum gaz_pdf_corner pdf_ink_corner(const struct pdf_ink *ink, const struct gaz_pdf_char *character);

// --- the reading process (pdf_poppler.c)

// What the reading process writes: a head; a page has its label, characters and rules behind it.
enum pdf_message_kind { PDF_MESSAGE_ERROR = 1, PDF_MESSAGE_PAGE, PDF_MESSAGE_END };

struct pdf_message {
    uint32_t kind;
    uint32_t
        status; // of an error: GAZ_ERR_UNSUPPORTED (encrypted), GAZ_ERR_ENCODING (damaged), GAZ_ERR_LIMIT
    uint32_t number, count;       // of the page, and of all pages
    uint32_t label, chars, rules; // how many of these follow; of the label bytes
    uint32_t printed, cut;
    float width, height;
};

enum { PDF_LABEL_MAX = 100 }; // bytes

// Reads the pages of DATA from FIRST (from 1) on and writes them to the descriptor TO. Returns when all are
// written or TO is closed; may also abort, as its library does.
void pdf_poppler_read(const char *data, size_t len, size_t first, int to);

#endif
