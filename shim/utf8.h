// SPDX-License-Identifier: GPL-2.0-or-later
//
// UTF-8 (RFC 3629), one character at a time.
#ifndef GAZ_SHIM_UTF8_H
#define GAZ_SHIM_UTF8_H

#include <stddef.h>
#include <stdint.h>

// Decodes the character at TEXT (LEN bytes left, LEN > 0) and returns its length in bytes, 1 to 4. A byte
// that begins no valid character (RFC 3629: no overlong form, no surrogate, nothing over U+10FFFF) gives
// U+FFFD and length 1.
size_t gaz_utf8_decode(const char *text, size_t len, uint32_t *code);

// Encodes CODE into OUT (room for 4 bytes) and returns the length. Surrogates and values over U+10FFFF give
// U+FFFD.
size_t gaz_utf8_encode(uint32_t code, char out[4]);

// Byte offset of the start of the character before byte offset AT (AT > 0) in TEXT: the one that
// gaz_utf8_decode, going forwards from any earlier character start, would find there.
size_t gaz_utf8_back(const char *text, size_t at);

#endif
