// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/support/owners.h"

#include "shim/unicode.h"
#include "shim/utf8.h"

static bool begins_character(const char *source, size_t len, size_t at) {
    return at == len || ((unsigned char)source[at] & 0xC0) != 0x80;
}

bool owners_spans_fit(const struct gaz_spans *spans, const char *source, size_t len) {
    for (size_t i = 0; i < spans->count; i++) {
        struct gaz_span span = spans->items[i];
        if (span.length == 0 || span.offset > len || span.length > len - span.offset ||
            !begins_character(source, len, span.offset) ||
            !begins_character(source, len, span.offset + span.length))
            return false;
    }
    return true;
}

void owners_count(const struct gaz_spans *spans, unsigned char *owners) {
    for (size_t i = 0; i < spans->count; i++)
        for (size_t k = 0; k < spans->items[i].length; k++) {
            unsigned char *owner = &owners[spans->items[i].offset + k];
            *owner = (unsigned char)(*owner < 2 ? *owner + 1 : 2);
        }
}

bool owners_are_single(const char *source, size_t from, size_t to, const unsigned char *owners,
                       struct gaz_err *why) {
    for (size_t at = from; at < to;) {
        uint32_t code;
        size_t step = gaz_utf8_decode(source + at, to - at, &code);
        if (!gaz_unicode_is_space(code) && owners[at] != 1) {
            gaz_err_set(why, GAZ_ERR_INTERNAL, "accounting: byte %zu has %s owner: %.60s", at,
                        owners[at] ? "more than one" : "no", source + at);
            return false;
        }
        at += step;
    }
    return true;
}
