// SPDX-License-Identifier: GPL-2.0-or-later
#include "shim/utf8.h"

enum { REPLACEMENT = 0xFFFD };

// The length that LEAD announces and the bits it carries; 0 when it begins no character.
static size_t lead_length(unsigned char lead, uint32_t *bits) {
    if (lead >= 0xC2 && lead <= 0xDF) {
        *bits = lead & 0x1Fu;
        return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        *bits = lead & 0x0Fu;
        return 3;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        *bits = lead & 0x07u;
        return 4;
    }
    return 0;
}

static int is_surrogate(uint32_t code) {
    return code >= 0xD800 && code <= 0xDFFF;
}

static int is_scalar(uint32_t code) {
    return code <= 0x10FFFF && !is_surrogate(code);
}

static size_t decode_error(uint32_t *code) {
    *code = REPLACEMENT;
    return 1;
}

size_t gaz_utf8_decode_other(const char *text, size_t len, uint32_t *code) {
    static const uint32_t shortest[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *bytes = (const unsigned char *)text;
    uint32_t value = bytes[0];

    if (value < 0x80) {
        *code = value;
        return 1;
    }
    size_t length = lead_length(bytes[0], &value);
    if (length == 0 || length > len)
        return decode_error(code);
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return decode_error(code);
        value = value << 6 | (bytes[i] & 0x3Fu);
    }
    if (value < shortest[length] || !is_scalar(value))
        return decode_error(code);
    *code = value;
    return length;
}

bool gaz_utf8_is_valid(const char *text, size_t len) {
    for (size_t at = 0; at < len;) {
        uint32_t code;
        size_t length = gaz_utf8_decode(text + at, len - at, &code);
        if (length == 1 && code == REPLACEMENT)
            return false;
        at += length;
    }
    return true;
}

static char continuation(uint32_t bits) {
    return (char)(0x80 | (bits & 0x3F));
}

size_t gaz_utf8_encode(uint32_t code, char out[4]) {
    if (!is_scalar(code))
        code = REPLACEMENT;
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xC0 | code >> 6);
        out[1] = continuation(code);
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xE0 | code >> 12);
        out[1] = continuation(code >> 6);
        out[2] = continuation(code);
        return 3;
    }
    out[0] = (char)(0xF0 | code >> 18);
    out[1] = continuation(code >> 12);
    out[2] = continuation(code >> 6);
    out[3] = continuation(code);
    return 4;
}

size_t gaz_utf8_back(const char *text, size_t at) {
    uint32_t code;

    for (size_t length = 2; length <= 4 && length <= at; length++) {
        if (gaz_utf8_decode(text + at - length, length, &code) == length)
            return at - length;
    }
    return at - 1;
}
