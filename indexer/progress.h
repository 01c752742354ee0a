// SPDX-License-Identifier: GPL-2.0-or-later
//
// A bar on the terminal that shows how far a run is, how fast it goes, and how long it will go on.
#ifndef GAZ_INDEXER_PROGRESS_H
#define GAZ_INDEXER_PROGRESS_H

#include "indexer/run.h"

struct gaz_progress {
    FILE *to;            // NULL: nothing is shown
    double start, shown; // seconds of the monotonic clock
    bool is_there;       // a bar stands in the last line
};

// Shows bars on TO when that is a terminal.
void gaz_progress_begin(struct gaz_progress *progress, FILE *to);

// Shows PROGRESS, a gaz_run_progress_sink with a struct gaz_progress as CONTEXT; not more often than can be
// read.
void gaz_progress_show(void *context, const struct gaz_run_progress *progress);

// Takes the bar away, so that something else can be written.
void gaz_progress_clear(struct gaz_progress *progress);

// The bar as text of WIDTH columns, after SECONDS: part done, files, rate, time left. For tests.
void gaz_progress_line(const struct gaz_run_progress *progress, double seconds, size_t width,
                       struct gaz_buf *out);

#endif
