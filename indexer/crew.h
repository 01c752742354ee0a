// SPDX-License-Identifier: GPL-2.0-or-later
//
// Worker processes that read files ahead of the one that writes the index. What they found is taken in the
// order of the files, so that the index does not depend on their number.
#ifndef GAZ_INDEXER_CREW_H
#define GAZ_INDEXER_CREW_H

#include "indexer/job.h"

struct gaz_crew;

// Starts COUNT workers (at least one) that share FILES, which must live as long as the crew. Stopped with
// gaz_crew_stop. GAZ_ERR_IO, GAZ_ERR_MEMORY.
enum gaz_status gaz_crew_start(const char *const *files, size_t file_count, size_t count,
                               const struct gaz_job_options *options, struct gaz_crew **out,
                               struct gaz_err *err);

// The events of the next file, as if by gaz_job_run. GAZ_ERR_INTERNAL when its worker is gone.
enum gaz_status gaz_crew_next(struct gaz_crew *crew, const struct gaz_job_events *events, bool *read,
                              struct gaz_err *err);

// Ends the workers, whatever they are doing. NULL is allowed.
void gaz_crew_stop(struct gaz_crew *crew);

#endif
