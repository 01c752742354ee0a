// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/job.h"

#include "indexer/emit.h"
#include "indexer/read.h"

void gaz_job_count(const struct gaz_records *records, size_t *documents, size_t *units) {
    for (size_t i = 0; i < records->count; i++) {
        enum gaz_record_type type = records->items[i]->type;
        *documents += type == GAZ_RECORD_DOCUMENT;
        *units += type != GAZ_RECORD_ISSUE && type != GAZ_RECORD_DOCUMENT && type != GAZ_RECORD_CITATION;
    }
}

static enum gaz_status tell_issue(const struct gaz_records *records, const struct gaz_job_events *events,
                                  struct gaz_err *err) {
    const struct gaz_record *issue = records->items[0];
    struct gaz_job_issue told = {
        .id = issue->id, .sha256 = issue->as.issue.sha256, .bytes = issue->as.issue.bytes};
    gaz_job_count(records, &told.documents, &told.units);
    return events->issue(events->context, &told, err);
}

enum gaz_status gaz_job_run(const char *file, const struct gaz_job_options *options,
                            const struct gaz_job_events *events, bool *read, struct gaz_err *err) {
    const struct gaz_read_options how = {.encoding = options->encoding,
                                         .authority = options->authority,
                                         .diag = events->diag,
                                         .diag_context = events->context};
    struct gaz_records records = {0};
    struct gaz_arena *arena = gaz_arena_new();
    enum gaz_status status = arena ? gaz_read_file(file, &how, arena, &records, err) : gaz_err_memory(err);
    *read = status == GAZ_OK;
    if (status == GAZ_OK)
        status = tell_issue(&records, events, err);
    if (status == GAZ_OK)
        status = gaz_emit_bundles(&records, options->authority, events->bundle, events->context, err);
    gaz_arena_free(arena);
    return status;
}
