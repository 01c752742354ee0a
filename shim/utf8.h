// SPDX-License-Identifier: GPL-2.0-or-later
//
// UTF-8 (RFC 3629), one character at a time.
#ifndef GAZ_SHIM_UTF8_H
#define GAZ_SHIM_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Decodes the character at TEXT (LEN bytes left, LEN > 0) and returns its length in bytes, 1 to 4. A byte
// that begins no valid character (RFC 3629: no overlong form, no surrogate, nothing over U+10FFFF) gives
// U+FFFD and length 1.
static inline size_t gaz_utf8_decode(const char *text, size_t len, uint32_t *code);

// The same for what is neither ASCII nor a Han character; called by it alone.
size_t gaz_utf8_decode_other(const char *text, size_t len, uint32_t *code);

static inline size_t gaz_utf8_decode(const char *text, size_t len, uint32_t *code) {
    const unsigned char *bytes = (const unsigned char *)text;
    if (bytes[0] < 0x80) {
        *code = bytes[0];
        return 1;
    }
    // U+3000 … U+9FFF: three bytes whose lead leaves no room for overlong forms and surrogates.
    if (bytes[0] >= 0xE3 && bytes[0] <= 0xE9 && len >= 3 && (bytes[1] & 0xC0) == 0x80 &&
        (bytes[2] & 0xC0) == 0x80) {
        *code = (bytes[0] & 0x0Fu) << 12 | (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3Fu);
        return 3;
    }
    return gaz_utf8_decode_other(text, len, code);
}

// Encodes CODE into OUT (room for 4 bytes) and returns the length. Surrogates and values over U+10FFFF give
// U+FFFD.
size_t gaz_utf8_encode(uint32_t code, char out[4]);

// Whether TEXT is UTF-8 throughout.
bool gaz_utf8_is_valid(const char *text, size_t len);

// Byte offset of the start of the character before byte offset AT (AT > 0) in TEXT: the one that
// gaz_utf8_decode, going forwards from any earlier character start, would find there.
size_t gaz_utf8_back(const char *text, size_t at);

#endif
