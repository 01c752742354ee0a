// SPDX-License-Identifier: GPL-2.0-or-later
//
// A map from code points to code points in two levels, as the programs in shim/generate write it into C.
// Private to the shim.
#ifndef GAZ_SHIM_CODEMAP_H
#define GAZ_SHIM_CODEMAP_H

#include <stdint.h>

enum {
    GAZ_CODEMAP_LIMIT = 0x110000, // code points
    GAZ_CODEMAP_PAGE = 256,       // code points a page
    GAZ_CODEMAP_PAGE_COUNT = GAZ_CODEMAP_LIMIT / GAZ_CODEMAP_PAGE
};

// What a code point maps to: 0 for itself, another code point, or a sequence: this flag, then 7 bits of
// length (0 to 127) and 24 bits of index into `sequences`.
#define GAZ_CODEMAP_SEQUENCE UINT32_C(0x80000000)

struct gaz_codemap {
    const uint16_t *pages;     // for each page of code points, the page of `values`
    const uint32_t *values;    // equal pages are stored once
    const uint32_t *sequences; // code points
};

extern const struct gaz_codemap gaz_codemap_unicode; // NFKC, case, look-alikes
extern const struct gaz_codemap gaz_codemap_hanzi;   // Chinese script; no sequences

// The value of CODE as above; 0 for what is no code point.
static inline uint32_t gaz_codemap_value(const struct gaz_codemap *map, uint32_t code) {
    if (code >= GAZ_CODEMAP_LIMIT)
        return 0;
    return map
        ->values[(uint32_t)map->pages[code / GAZ_CODEMAP_PAGE] * GAZ_CODEMAP_PAGE + code % GAZ_CODEMAP_PAGE];
}

#endif
