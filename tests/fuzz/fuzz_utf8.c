// SPDX-License-Identifier: GPL-2.0-or-later
//
// UTF-8, one character at a time: forwards and backwards meet, and what is valid is encoded as it was.
#include <string.h>

#include "shim/utf8.h"
#include "tests/support/property.h"

static size_t check_character(struct gaz_str text, size_t at) {
    uint32_t code;
    char bytes[4];
    size_t length = gaz_utf8_decode(text.data + at, text.len - at, &code);
    require(length >= 1 && lies_inside(at, length, text.len), "a character lies inside its text");
    require(code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF), "a code point is a scalar value");
    bool is_valid = length > 1 || code < 0x80;
    require(is_valid || code == 0xFFFD, "a byte that is no character is U+FFFD");
    if (is_valid)
        require(gaz_utf8_encode(code, bytes) == length && memcmp(bytes, text.data + at, length) == 0,
                "a character is encoded as it was decoded");
    require(gaz_utf8_back(text.data, at + length) == at, "a step back undoes a step forwards");
    return length;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct gaz_str text = {(const char *)data, size};
    for (size_t at = 0; at < text.len;)
        at += check_character(text, at);
    return 0;
}
