// SPDX-License-Identifier: GPL-2.0-or-later
//
// Files that pages need, in the program itself: made from assets/ by the build.
#ifndef GAZ_SEARCHER_WEB_ASSETS_H
#define GAZ_SEARCHER_WEB_ASSETS_H

#include <stddef.h>

struct gaz_asset {
    const char *name; // style.css
    const char *type;
    const unsigned char *bytes;
    size_t length;
};

extern const struct gaz_asset gaz_assets[];
extern const size_t gaz_asset_count;

#endif
