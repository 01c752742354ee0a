// SPDX-License-Identifier: GPL-2.0-or-later
//
// Writing HTML. All text that is not our own goes through gaz_html_put, and so is escaped in one place.
#ifndef GAZ_SEARCHER_WEB_HTML_H
#define GAZ_SEARCHER_WEB_HTML_H

#include <stdarg.h>

#include "searcher/web/language.h"
#include "shim/mem.h"
#include "shim/status.h"

// Appends LEN bytes of UTF-8 as character data, which is good for elements and for attributes in quotation
// marks, and for XML as well. What a browser would obey but nobody would see (control characters, marks of
// writing direction) is shown.
void gaz_html_escape(struct gaz_buf *out, const char *text, size_t len);

// Appends FORMAT, which is markup of ours. Of conversions it knows %s, whose text is escaped (NULL: nothing),
// %zu, %d and %%.
void gaz_html_put(struct gaz_buf *out, const char *format, ...) GAZ_PRINTF(2, 3);

// Appends a message, escaped, with VALUE (escaped; NULL: nothing) in the place of {}.
void gaz_html_message(struct gaz_buf *out, enum gaz_language language, enum gaz_message message,
                      const char *value);
// The same with a number.
void gaz_html_count(struct gaz_buf *out, enum gaz_language language, enum gaz_message message, size_t count);

#endif
