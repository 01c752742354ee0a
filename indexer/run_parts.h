// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the kinds of runs share. Private to run.c and update.c.
#ifndef GAZ_INDEXER_RUN_PARTS_H
#define GAZ_INDEXER_RUN_PARTS_H

#include "indexer/run.h"

// Whether a run goes on when a file could not be read for the reason STATUS: unless it is strict or the
// reason lies in the machine.
bool gaz_run_survives(const struct gaz_run_options *options, enum gaz_status status);

// Reports the error of one file, counts it and forgets it.
void gaz_run_report(const struct gaz_run_options *options, const char *file, struct gaz_run_summary *summary,
                    struct gaz_err *err);

#endif
