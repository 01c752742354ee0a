// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/run.h"

#include <errno.h>
#include <string.h>

#include "corpus/record.h"
#include "indexer/job.h"
#include "indexer/read.h"
#include "indexer/reader.h"
#include "indexer/run_parts.h"
#include "shim/terminal.h"

bool gaz_run_survives(const struct gaz_run_options *options, enum gaz_status status) {
    return !options->strict && (status == GAZ_ERR_IO || status == GAZ_ERR_LIMIT ||
                                status == GAZ_ERR_ENCODING || status == GAZ_ERR_UNSUPPORTED);
}

static enum gaz_status read_issue(const struct gaz_run_options *options, const char *file,
                                  struct gaz_arena **arena, struct gaz_records *records,
                                  struct gaz_err *err) {
    struct gaz_read_options read = {.encoding = options->encoding,
                                    .authority = options->authority,
                                    .diag = options->diag,
                                    .diag_context = options->diag_context};
    *records = (struct gaz_records){0};
    *arena = gaz_arena_new();
    return *arena ? gaz_read_file(file, &read, *arena, records, err) : gaz_err_memory(err);
}

static enum gaz_status print_record(const struct gaz_record *record, FILE *to, struct gaz_err *err) {
    json_t *object = gaz_record_to_json(record);
    struct gaz_buf line = GAZ_BUF_INIT;
    enum gaz_status status = object ? gaz_record_print_json(object, &line, err) : gaz_err_memory(err);
    gaz_buf_addch(&line, '\n');
    if (status == GAZ_OK)
        status = gaz_buf_check(&line, err);
    if (status == GAZ_OK && !gaz_terminal_write(to, line.data, line.len))
        status = gaz_err_set(err, GAZ_ERR_IO, "cannot write the dump: %s", strerror(errno));
    gaz_buf_free(&line);
    json_decref(object);
    return status;
}

static enum gaz_status dump_file(const struct gaz_run_options *options, const char *file, FILE *to,
                                 struct gaz_run_summary *summary, struct gaz_err *err) {
    struct gaz_records records;
    struct gaz_arena *arena;
    enum gaz_status status = read_issue(options, file, &arena, &records, err);
    for (size_t i = 0; i < records.count && status == GAZ_OK; i++)
        status = print_record(records.items[i], to, err);
    if (status == GAZ_OK)
        gaz_job_count(&records, &summary->documents, &summary->units);
    gaz_arena_free(arena);
    return status;
}

void gaz_run_report(const struct gaz_run_options *options, const char *file, struct gaz_run_summary *summary,
                    struct gaz_err *err) {
    gaz_diag_report(options->diag, options->diag_context, file, 0, 0, GAZ_RUN_UNREADABLE, "%s", err->message);
    gaz_err_clear(err);
    summary->failed++;
}

// Prints what is asked of FILE.
typedef enum gaz_status print_file(const struct gaz_run_options *options, const char *file, FILE *to,
                                   struct gaz_run_summary *summary, struct gaz_err *err);

static enum gaz_status print_files(const struct gaz_run_options *options, const char *const *files,
                                   size_t count, print_file *print, FILE *to, struct gaz_run_summary *summary,
                                   struct gaz_err *err) {
    *summary = (struct gaz_run_summary){0};
    for (size_t i = 0; i < count; i++) {
        struct gaz_err own = {GAZ_OK, ""};
        enum gaz_status status = print(options, files[i], to, summary, &own);
        if (status == GAZ_OK)
            summary->files++;
        else if (gaz_run_survives(options, status) && !ferror(to))
            gaz_run_report(options, files[i], summary, &own);
        else
            return gaz_err_set(err, status, "%s", own.message);
    }
    if (fflush(to) != 0)
        return gaz_err_set(err, GAZ_ERR_IO, "cannot write the output: %s", strerror(errno));
    return GAZ_OK;
}

enum gaz_status gaz_run_dump(const struct gaz_run_options *options, const char *const *files, size_t count,
                             FILE *to, struct gaz_run_summary *summary, struct gaz_err *err) {
    return print_files(options, files, count, dump_file, to, summary, err);
}

static enum gaz_status print_text(const struct gaz_run_options *options, const char *file, FILE *to,
                                  struct gaz_run_summary *summary, struct gaz_err *err) {
    (void)summary;
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_issue issue = {.arena = arena, .diag = options->diag, .diag_context = options->diag_context};
    enum gaz_status status =
        arena ? gaz_reader_load(&issue, file, options->encoding, err) : gaz_err_memory(err);
    if (status == GAZ_OK && fwrite(issue.source.data, 1, issue.source.len, to) != issue.source.len)
        status = gaz_err_set(err, GAZ_ERR_IO, "cannot write the output: %s", strerror(errno));
    gaz_arena_free(arena);
    return status;
}

enum gaz_status gaz_run_text(const struct gaz_run_options *options, const char *const *files, size_t count,
                             FILE *to, struct gaz_run_summary *summary, struct gaz_err *err) {
    return print_files(options, files, count, print_text, to, summary, err);
}
