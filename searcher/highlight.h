// SPDX-License-Identifier: GPL-2.0-or-later
//
// Excerpts: the sentence or sentences around what was found, with marks.
#ifndef GAZ_SEARCHER_HIGHLIGHT_H
#define GAZ_SEARCHER_HIGHLIGHT_H

#include <stddef.h>

#include "searcher/match.h"

// A piece of a text, in bytes. Marks are relative to its start.
struct gaz_excerpt_span {
    size_t offset, length;
    struct gaz_marks marks;
};

// Characters beyond which an excerpt is cut at a comma or, failing that, anywhere.
enum { GAZ_EXCERPT_MAX = 240 };

// Chooses the sentence of TEXT with the most MARKS (the first of equals; sentences that a mark joins are
// taken together) and gives it without the white space around it. Without marks it is the first sentence. A
// sentence longer than MAX_CHARACTERS (0: no limit) is cut around its first mark, at commas where there are
// some. OUT->marks is freed with gaz_free (its items). GAZ_ERR_MEMORY.
enum gaz_status gaz_excerpt_choose(const char *text, size_t len, const struct gaz_marks *marks,
                                   size_t max_characters, struct gaz_excerpt_span *out, struct gaz_err *err);

// The beginning of TEXT, cut at a comma where it is longer than MAX_CHARACTERS; otherwise as above.
enum gaz_status gaz_excerpt_begin(const char *text, size_t len, const struct gaz_marks *marks,
                                  size_t max_characters, struct gaz_excerpt_span *out, struct gaz_err *err);

#endif
