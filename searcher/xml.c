// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/xml.h"

#include <string.h>

#include "shim/unicode.h"

static bool is_allowed(uint32_t code) {
    return code >= 0x20 ? code != 0xFFFE && code != 0xFFFF : code == '\t' || code == '\n';
}

void gaz_xml_put(struct gaz_buf *out, const char *text) {
    size_t len = strlen(text);
    for (size_t at = 0; at < len;) {
        uint32_t code;
        char bytes[4];
        at += gaz_utf8_decode(text + at, len - at, &code);
        if (code == '&' || code == '<' || code == '>' || code == '"') {
            gaz_buf_printf(out, "&#%u;", (unsigned)code);
            continue;
        }
        gaz_buf_add(out, bytes, gaz_utf8_encode(is_allowed(code) ? code : 0xFFFD, bytes));
    }
}

void gaz_xml_put_element(struct gaz_buf *out, const char *name, const char *text) {
    if (*text) {
        gaz_buf_printf(out, "<%s>", name);
        gaz_xml_put(out, text);
        gaz_buf_printf(out, "</%s>", name);
    }
}
