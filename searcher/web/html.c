// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/web/html.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "shim/utf8.h"

// --- text ---

static bool is_bidi_control(uint32_t code) {
    return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0x200E ||
           code == 0x200F || code == 0x061C;
}

static void escape_code(struct gaz_buf *out, uint32_t code) {
    if (code == '&') {
        gaz_buf_addstr(out, "&amp;");
    } else if (code == '<') {
        gaz_buf_addstr(out, "&lt;");
    } else if (code == '>') {
        gaz_buf_addstr(out, "&gt;");
    } else if (code == '"') {
        gaz_buf_addstr(out, "&quot;");
    } else if (code == '\'') {
        gaz_buf_addstr(out, "&#39;");
    } else if (code == '\r') {
        return; // half of a line end
    } else if (code < 0x20 && code != '\n' && code != '\t') {
        gaz_buf_printf(out, "&#x%X;", (unsigned)code + 0x2400);
    } else if ((code >= 0x7F && code < 0xA0) || is_bidi_control(code) || code == 0xFFFE || code == 0xFFFF) {
        gaz_buf_printf(out, "&lt;U+%04X&gt;", (unsigned)code);
    } else {
        char encoded[4];
        gaz_buf_add(out, encoded, gaz_utf8_encode(code, encoded)); // of a byte that is none, U+FFFD
    }
}

void gaz_html_escape(struct gaz_buf *out, const char *text, size_t len) {
    for (size_t at = 0; at < len;) {
        uint32_t code;
        at += gaz_utf8_decode(text + at, len - at, &code);
        escape_code(out, code);
    }
}

// --- markup ---

// Appends the value of the conversion that AT, behind a %, begins with; returns what stands behind it.
static const char *put_value(struct gaz_buf *out, const char *at, va_list *values) {
    if (*at == 's') {
        const char *text = va_arg(*values, const char *);
        if (text) {
            gaz_html_escape(out, text, strlen(text));
        }
        return at + 1;
    }
    if (strncmp(at, "zu", 2) == 0) {
        gaz_buf_printf(out, "%zu", va_arg(*values, size_t));
        return at + 2;
    }
    if (*at == 'd') {
        gaz_buf_printf(out, "%d", va_arg(*values, int));
        return at + 1;
    }
    gaz_buf_addch(out, '%');
    return at + 1;
}

void gaz_html_put(struct gaz_buf *out, const char *format, ...) {
    va_list values;
    va_start(values, format);
    while (*format) {
        size_t plain = strcspn(format, "%");
        gaz_buf_add(out, format, plain);
        format += plain;
        if (*format == '%') {
            format = put_value(out, format + 1, &values);
        }
    }
    va_end(values);
}

void gaz_html_message(struct gaz_buf *out, enum gaz_language language, enum gaz_message message,
                      const char *value) {
    const char *text = gaz_message_text(language, message);
    const char *hole = strstr(text, "{}");
    size_t before = hole ? (size_t)(hole - text) : strlen(text);
    gaz_html_escape(out, text, before);
    if (hole) {
        gaz_html_put(out, "%s%s", value, hole + 2);
    }
}

void gaz_html_count(struct gaz_buf *out, enum gaz_language language, enum gaz_message message, size_t count) {
    char digits[24];
    snprintf(digits, sizeof digits, "%zu", count);
    gaz_html_message(out, language, message, digits);
}
