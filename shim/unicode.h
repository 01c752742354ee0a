// SPDX-License-Identifier: GPL-2.0-or-later
//
// Code points: the classes that a gazette needs, width, and compatibility folding. The tables are made at
// build time (shim/generate), so nothing here needs initialising, everything is thread-safe and nothing can
// fail.
#ifndef GAZ_SHIM_UNICODE_H
#define GAZ_SHIM_UNICODE_H

#include <stddef.h>
#include <stdint.h>

#include "shim/utf8.h"

// White space, exactly what Python's regular expression [\s\u3000\u00a0\ufeff] matches (the white space of
// the record contract): Unicode's White_Space, U+001C to U+001F, and U+FEFF.
int gaz_unicode_is_space(uint32_t code);
// What a terminal may obey instead of showing it: control characters (C0 and C1, DEL), and those that turn
// the direction of writing round.
int gaz_unicode_is_control(uint32_t code);
// A Han character: all unified and compatibility ideograph blocks, 〇 and 々.
int gaz_unicode_is_han(uint32_t code);
// Columns in print or on a terminal set to Chinese: 0, 1 or 2. Two for East Asian wide and full-width
// characters, and for the punctuation, symbols and numbers that UAX #11 calls ambiguous (“ ” — … · ① ※); one
// for ambiguous letters.
int gaz_unicode_width(uint32_t code);

// Folds one code point: NFKC and full case folding (Unicode 14, utf8proc), then the look-alikes of a gazette
// to one each: ‹square, tortoise-shell and lenticular brackets› [ ] , 〈 〉 < > , dashes and minus - ,
// quotation marks " ' , middle dots · , circle as zero 〇 , tilde ~ . Writes up to GAZ_UNICODE_FOLD_MAX code
// points to OUT and returns how many: 0 for characters without any appearance of their own (soft hyphen,
// zero-width space, variation selector). Blanks stay blanks (U+3000 → U+0020), but are left out of expansions
// (U+00A8 → U+0308). Folding what was folded changes nothing. Being code point by code point, it does not
// compose sequences (e and U+0301 stay two). Script (simplified, traditional) is hanzi.h's business.
enum { GAZ_UNICODE_FOLD_MAX = 18 };
size_t gaz_unicode_fold(uint32_t code, uint32_t out[GAZ_UNICODE_FOLD_MAX]);

#endif
