// SPDX-License-Identifier: GPL-2.0-or-later
//
// The titles held as a dictionary: which runs of a text stand in one of them.
#ifndef GAZ_SEARCHER_TITLES_H
#define GAZ_SEARCHER_TITLES_H

#include "corpus/fold.h"
#include "searcher/archive.h"

// Titles read for one text at most, those first that share its rarest pairs of characters; and the characters
// of a run at least.
enum { GAZ_TITLES_MAX = 400, GAZ_TITLES_RUN_MIN = 4 };

// A run of a text: where it begins, and how long it is (code points of the folded text).
struct gaz_title_run {
    size_t at, length;
};
struct gaz_title_runs {
    struct gaz_title_run *items; // in ARENA, ascending, none over another
    size_t count;
};

// The longest runs of TEXT that stand in titles held, the longest chosen first. GAZ_ERR_MEMORY, the statuses
// of reading the index.
enum gaz_status gaz_titles_runs(const struct gaz_archive *archive, const struct gaz_folded *text,
                                struct gaz_arena *arena, struct gaz_title_runs *out, struct gaz_err *err);

#endif
