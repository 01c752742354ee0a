// SPDX-License-Identifier: GPL-2.0-or-later
//
// One file on its way into an index: read, cut into records, made into bundles. What comes of it is told as
// events, so that it can be done here or in another process.
#ifndef GAZ_INDEXER_JOB_H
#define GAZ_INDEXER_JOB_H

#include "corpus/authority.h"
#include "corpus/record.h"
#include "shim/index.h"

struct gaz_job_options {
    const char *encoding; // NULL: detected
    const struct gaz_authority *authority;
};

// What a file turned out to be.
struct gaz_job_issue {
    const char *id, *sha256; // NUL-terminated, borrowed
    size_t bytes;            // of the file
    size_t documents, units;
};

// The receivers of a file's events: any number of diagnostics; then, unless it cannot be read, the issue, and
// after it its bundles. Any status but GAZ_OK ends the job and is returned.
struct gaz_job_events {
    gaz_diag_sink *diag;
    enum gaz_status (*issue)(void *context, const struct gaz_job_issue *issue, struct gaz_err *err);
    enum gaz_status (*bundle)(void *context, const struct gaz_index_document *bundle, struct gaz_err *err);
    void *context;
};

// Reads FILE. *READ says whether there was an issue event, so that the status is that of an event or of a
// bundle that could not be made; else it is that of gaz_read_file.
enum gaz_status gaz_job_run(const char *file, const struct gaz_job_options *options,
                            const struct gaz_job_events *events, bool *read, struct gaz_err *err);

// Adds what RECORDS are of to the counts.
void gaz_job_count(const struct gaz_records *records, size_t *documents, size_t *units);

#endif
