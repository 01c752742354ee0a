// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/run.h"

#include <errno.h>
#include <string.h>

#include "corpus/record.h"
#include "indexer/emit.h"
#include "indexer/read.h"
#include "indexer/reader.h"

// Metadata of the index: hash:ISSUE is the SHA-256 of the file an issue was read from, with the version of
// the rules that read it.
#define RULES "1"

static void count_records(const struct gaz_records *records, struct gaz_run_summary *summary) {
    for (size_t i = 0; i < records->count; i++) {
        enum gaz_record_type type = records->items[i]->type;
        summary->documents += type == GAZ_RECORD_DOCUMENT;
        summary->units +=
            type != GAZ_RECORD_ISSUE && type != GAZ_RECORD_DOCUMENT && type != GAZ_RECORD_CITATION;
    }
}

// A file that cannot be read does not end the run (unless it is to): it is reported and counted.
static bool is_survivable(const struct gaz_run_options *options, enum gaz_status status) {
    return !options->strict &&
           (status == GAZ_ERR_IO || status == GAZ_ERR_LIMIT || status == GAZ_ERR_ENCODING);
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

// --- dump
// ----------------------------------------------------------------------------------------------------

static enum gaz_status print_record(const struct gaz_record *record, FILE *to, struct gaz_err *err) {
    json_t *object = gaz_record_to_json(record);
    enum gaz_status status = GAZ_OK;
    if (!object)
        return gaz_err_memory(err);
    if (json_dumpf(object, to, JSON_COMPACT) != 0 || putc('\n', to) == EOF)
        status = gaz_err_set(err, GAZ_ERR_IO, "cannot write the dump: %s", strerror(errno));
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
        count_records(&records, summary);
    gaz_arena_free(arena);
    return status;
}

// Reports the error of one file and forgets it.
static void report_file(const struct gaz_run_options *options, const char *file,
                        struct gaz_run_summary *summary, struct gaz_err *err) {
    gaz_diag_report(options->diag, options->diag_context, file, 0, 0, GAZ_RUN_UNREADABLE, "%s", err->message);
    gaz_err_clear(err);
    summary->failed++;
}

enum gaz_status gaz_run_dump(const struct gaz_run_options *options, const char *const *files, size_t count,
                             FILE *to, struct gaz_run_summary *summary, struct gaz_err *err) {
    *summary = (struct gaz_run_summary){0};
    for (size_t i = 0; i < count; i++) {
        struct gaz_err own = {GAZ_OK, ""};
        enum gaz_status status = dump_file(options, files[i], to, summary, &own);
        if (status == GAZ_OK)
            summary->files++;
        else if (is_survivable(options, status) && !ferror(to))
            report_file(options, files[i], summary, &own);
        else
            return gaz_err_set(err, status, "%s", own.message);
    }
    if (fflush(to) != 0)
        return gaz_err_set(err, GAZ_ERR_IO, "cannot write the dump: %s", strerror(errno));
    return GAZ_OK;
}

// --- index
// ---------------------------------------------------------------------------------------------------

// The metadata key of the issue that FILE is.
static void hash_key(const char *issue, struct gaz_buf *key) {
    gaz_buf_clear(key);
    gaz_buf_printf(key, "hash:%s", issue);
}

struct indexing {
    const struct gaz_run_options *options;
    struct gaz_index_writer *writer;
    struct gaz_index *held; // what was there before the run; NULL in a new index
    struct gaz_buf key, value;
};

// What the metadata say of an issue whose file has HASH.
static void hash_value(const struct gaz_run_options *options, const char *hash, struct gaz_buf *value) {
    gaz_buf_clear(value);
    gaz_buf_printf(value, "%s " RULES, hash);
    if (options->encoding)
        gaz_buf_printf(value, " %s", options->encoding);
}

// Whether the issue ISSUE was read from a file of HASH, as it would be now.
static bool is_held(struct indexing *run, const char *issue, const char *hash) {
    char *value = NULL;
    size_t len = 0;
    hash_key(issue, &run->key);
    hash_value(run->options, hash, &run->value);
    bool same = run->key.status == GAZ_OK && run->value.status == GAZ_OK &&
                gaz_index_metadata(run->held, run->key.data, &value, &len, NULL) == GAZ_OK &&
                len == run->value.len && memcmp(value, run->value.data, len) == 0;
    gaz_free(value);
    return same;
}

// Whether FILE is in the index as it is now.
static bool is_unchanged(struct indexing *run, const char *file) {
    char hash[GAZ_HASH_HEX];
    if (run->options->rebuild || !run->held || gaz_reader_hash(file, hash, NULL) != GAZ_OK)
        return false;
    struct gaz_arena *arena = gaz_arena_new();
    const char *stem = arena ? gaz_reader_stem(arena, file) : NULL;
    const char *issue = stem ? gaz_reader_id(arena, stem) : NULL;
    bool same = issue && is_held(run, issue, hash);
    gaz_arena_free(arena);
    return same;
}

static enum gaz_status store_issue(struct indexing *run, const struct gaz_records *records,
                                   struct gaz_err *err) {
    const struct gaz_record *issue = records->items[0];
    enum gaz_status status = gaz_emit_issue(run->writer, records, run->options->authority, err);
    if (status != GAZ_OK)
        return status;
    hash_key(issue->id, &run->key);
    hash_value(run->options, issue->as.issue.sha256, &run->value);
    if (run->key.status != GAZ_OK || run->value.status != GAZ_OK)
        return gaz_err_memory(err);
    struct gaz_index_bytes value = {run->value.data, run->value.len};
    status = gaz_index_writer_set_metadata(run->writer, run->key.data, value, err);
    return status == GAZ_OK ? gaz_index_writer_commit(run->writer, err) : status;
}

static enum gaz_status index_file(struct indexing *run, const char *file, struct gaz_run_summary *summary,
                                  bool *read, struct gaz_err *err) {
    struct gaz_records records;
    struct gaz_arena *arena;
    enum gaz_status status = read_issue(run->options, file, &arena, &records, err);
    *read = status == GAZ_OK;
    if (status == GAZ_OK)
        status = store_issue(run, &records, err);
    if (status == GAZ_OK) {
        summary->files++;
        count_records(&records, summary);
    }
    gaz_arena_free(arena);
    return status;
}

enum gaz_status gaz_run_index(const struct gaz_run_options *options, const char *const *files, size_t count,
                              struct gaz_run_summary *summary, struct gaz_err *err) {
    struct indexing run = {.options = options, .key = GAZ_BUF_INIT, .value = GAZ_BUF_INIT};
    *summary = (struct gaz_run_summary){0};
    enum gaz_status status = gaz_index_writer_open(options->index, &run.writer, err);
    if (status == GAZ_OK && gaz_index_open(&options->index, 1, &run.held, NULL) != GAZ_OK)
        run.held = NULL;
    for (size_t i = 0; i < count && status == GAZ_OK; i++) {
        struct gaz_err own = {GAZ_OK, ""};
        bool read = true;
        if (is_unchanged(&run, files[i])) {
            summary->skipped++;
            continue;
        }
        status = index_file(&run, files[i], summary, &read, &own);
        if (status != GAZ_OK && !read && is_survivable(options, status)) {
            report_file(options, files[i], summary, &own);
            status = GAZ_OK;
        } else if (status != GAZ_OK) {
            gaz_err_set(err, status, "%s", own.message);
        }
    }
    gaz_index_close(run.held);
    gaz_index_writer_close(run.writer);
    gaz_buf_free(&run.key);
    gaz_buf_free(&run.value);
    return status;
}
