// SPDX-License-Identifier: GPL-2.0-or-later
//
// Hits as an Atom feed (RFC 4287).
#ifndef GAZ_SEARCHER_ATOM_H
#define GAZ_SEARCHER_ATOM_H

#include "searcher/search.h"

// Appends the head of a feed with TITLE; feeds with the same KEY are the same feed.
void gaz_atom_begin(struct gaz_buf *out, const char *key, const char *title);

// Appends a hit. CATEGORY (may be NULL) is what it was found for, LINKS (may be NULL) the address of a
// gazette-web that has its document.
void gaz_atom_entry(struct gaz_buf *out, const struct gaz_hit *hit, const char *category, const char *links);

void gaz_atom_end(struct gaz_buf *out);

#endif
