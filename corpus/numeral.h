// SPDX-License-Identifier: GPL-2.0-or-later
//
// Numerals as gazettes print them: Arabic, full-width, Han (二十四, 二〇二三, 廿三), circled ①, formal
// (贰拾).
#ifndef GAZ_CORPUS_NUMERAL_H
#define GAZ_CORPUS_NUMERAL_H

#include <stddef.h>
#include <stdint.h>

// The largest value that is read; a longer numeral is none.
#define GAZ_NUMERAL_MAX UINT64_C(9999999999999)

// Longest numeral in characters; a longer run of digits is no numeral, so that reading takes bounded time.
enum { GAZ_NUMERAL_LENGTH_MAX = 32 };

// Reads the longest numeral at the start of TEXT (LEN bytes of UTF-8, no blanks skipped): digits of any
// width, Han positional (二〇二三, with 〇 ○ O Ｏ 0 零 for zero), Han with units (一百二十三, 廿三, 十五万)
// or one circled number. Kinds do not mix. Writes the value and returns the bytes read; 0, and *VALUE
// unchanged, when there is none or it is over GAZ_NUMERAL_MAX.
size_t gaz_numeral_read(const char *text, size_t len, uint64_t *value);

// As above, but only the kinds in the set KINDS; a set is useful where 十 may not be read (years). *KIND (may
// be NULL) is the kind read. A lone Han digit is GAZ_NUMERAL_HAN where that is in the set.
enum { GAZ_NUMERAL_ARABIC = 1, GAZ_NUMERAL_HAN = 2, GAZ_NUMERAL_HAN_DIGITS = 4, GAZ_NUMERAL_CIRCLED = 8 };
size_t gaz_numeral_read_kind(const char *text, size_t len, unsigned kinds, uint64_t *value, unsigned *kind);

// The same on COUNT code points; returns how many were read.
size_t gaz_numeral_read_codes(const uint32_t *codes, size_t count, unsigned kinds, uint64_t *value,
                              unsigned *kind);

// The value 0 to 9 of an ASCII or full-width digit, else -1.
int gaz_numeral_arabic_digit(uint32_t code);

// Whether CODE may be part of a Han numeral (digit, 〇 or unit; not O and 0).
int gaz_numeral_is_han(uint32_t code);

#endif
