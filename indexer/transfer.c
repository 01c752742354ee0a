// SPDX-License-Identifier: GPL-2.0-or-later
//
// An index as NDJSON, and back.
#include <errno.h>
#include <string.h>

#include "corpus/record.h"
#include "indexer/batch.h"
#include "indexer/emit.h"
#include "indexer/held.h"
#include "indexer/job.h"
#include "indexer/run.h"
#include "indexer/shards.h"
#include "indexer/walk.h"
#include "shim/message.h"
#include "shim/terminal.h"

// Keys that an export adds to those of records.
#define KEY_RECORDS "records"
#define KEY_READ_AS "read_as"
#define KEY_ISSUES "issues"
#define TYPE_END "end"

// --- export
// --------------------------------------------------------------------------------------------------

struct export {
    struct gaz_index *index;
    FILE *to;
    struct gaz_buf line;
    size_t issues, records;
};

static enum gaz_status print_line(struct export *export, const json_t *json, struct gaz_err *err) {
    gaz_buf_clear(&export->line);
    enum gaz_status status = gaz_record_print_json(json, &export->line, err);
    gaz_buf_addch(&export->line, '\n');
    if (status == GAZ_OK)
        status = gaz_buf_check(&export->line, err);
    if (status == GAZ_OK && !gaz_terminal_write(export->to, export->line.data, export->line.len))
        status = gaz_err_set(err, GAZ_ERR_IO, "cannot write the export: %s", strerror(errno));
    return status;
}

// Every record carries the id of its issue as a term.
static enum gaz_status count_records(struct gaz_index *index, const char *issue, uint32_t *count,
                                     struct gaz_err *err) {
    struct gaz_term term;
    gaz_term_make(GAZ_TERM_ISSUE, issue, strlen(issue), &term);
    return gaz_index_term_frequency(index, gaz_term_bytes(&term), count, err);
}

static enum gaz_status print_issue(struct export *export, json_t *record, struct gaz_err *err) {
    const char *id = gaz_walk_text(record, "id");
    uint32_t count = 0;
    struct gaz_held held;
    enum gaz_status status = gaz_held_get(export->index, id, &held, err);
    if (status == GAZ_OK)
        status = count_records(export->index, id, &count, err);
    if (status == GAZ_OK && (json_object_set_new(record, KEY_RECORDS, json_integer(count)) != 0 ||
                             json_object_set_new(record, KEY_READ_AS, json_string(held.manner)) != 0))
        status = gaz_err_memory(err);
    if (status == GAZ_OK)
        status = print_line(export, record, err);
    gaz_held_free(&held);
    return status;
}

static enum gaz_status print_record(void *context, uint32_t docid, json_t *record, struct gaz_err *err) {
    struct export *export = context;
    bool is_issue = strcmp(gaz_walk_text(record, "type"), gaz_record_type_name(GAZ_RECORD_ISSUE)) == 0;
    (void)docid;
    export->records++;
    export->issues += is_issue;
    return is_issue ? print_issue(export, record, err) : print_line(export, record, err);
}

static enum gaz_status print_end(struct export *export, struct gaz_err *err) {
    json_t *end = json_pack("{sssIsI}", "type", TYPE_END, KEY_ISSUES, (json_int_t) export->issues,
                            KEY_RECORDS, (json_int_t) export->records);
    enum gaz_status status = end ? print_line(export, end, err) : gaz_err_memory(err);
    json_decref(end);
    if (status == GAZ_OK && fflush(export->to) != 0)
        status = gaz_err_set(err, GAZ_ERR_IO, "cannot write the export: %s", strerror(errno));
    return status;
}

static enum gaz_status export_part(void *context, const char *dir, struct gaz_err *err) {
    struct export *export = context;
    enum gaz_status status = gaz_index_open(&dir, 1, &export->index, err);
    if (status == GAZ_OK)
        status = gaz_walk_records(export->index, NULL, print_record, export, err);
    gaz_index_close(export->index);
    export->index = NULL;
    return status;
}

enum gaz_status gaz_run_export(const char *dir, FILE *to, struct gaz_err *err) {
    struct export export = {.to = to, .line = GAZ_BUF_INIT};
    enum gaz_status status = gaz_shards_each(dir, export_part, &export, err);
    if (status == GAZ_OK)
        status = print_end(&export, err);
    gaz_buf_free(&export.line);
    return status;
}

// --- import
// --------------------------------------------------------------------------------------------------

struct import {
    FILE *from;
    const char *name;
    size_t number; // of the line, from 1
    struct gaz_buf line;
    struct gaz_batch batch;
    const struct gaz_authority *authority;
    struct gaz_run_summary *summary;
    size_t issues, records;  // since the last end
    bool ended;              // nothing follows the last end
    struct gaz_arena *arena; // of the issue being read; NULL: none
    struct gaz_records held; // its records
    size_t expected;         // how many it has
    const char *read_as;
};

static enum gaz_status is_wrong(const struct import *import, const char *what, struct gaz_err *err) {
    return gaz_err_set(err, GAZ_ERR_CORRUPT, "%s:%zu: %s: give it a whole export", import->name,
                       import->number, what);
}

// Reads the next line that is not empty; *MORE is false when there is none.
static enum gaz_status read_line(struct import *import, bool *more, struct gaz_err *err) {
    char piece[4096];
    gaz_buf_clear(&import->line);
    *more = true;
    for (;;) {
        if (!fgets(piece, sizeof piece, import->from))
            break;
        size_t len = strlen(piece);
        gaz_buf_add(&import->line, piece, len);
        if (len == 0 || piece[len - 1] != '\n')
            continue;
        import->number++;
        if (import->line.len > 1)
            return gaz_buf_check(&import->line, err);
        gaz_buf_clear(&import->line);
    }
    if (ferror(import->from))
        return gaz_err_set(err, GAZ_ERR_IO, "cannot read %s: %s", import->name, strerror(errno));
    import->number += import->line.len > 0;
    *more = import->line.len > 0;
    return gaz_buf_check(&import->line, err);
}

// Puts the issue that has been read into the index.
static enum gaz_status finish_issue(struct import *import, struct gaz_err *err) {
    if (!import->arena)
        return GAZ_OK;
    if (import->held.count != import->expected)
        return is_wrong(import, _("records of the issue before are missing"), err);
    const struct gaz_record *issue = import->held.items[0];
    enum gaz_status status = gaz_emit_issue(import->batch.writer, &import->held, import->authority, err);
    if (status == GAZ_OK)
        status = gaz_held_set(import->batch.writer, issue->id, issue->as.issue.sha256, import->read_as, err);
    gaz_batch_add(&import->batch, issue->as.issue.bytes);
    if (status == GAZ_OK)
        status = gaz_batch_issue(&import->batch, err);
    if (status == GAZ_OK) {
        gaz_job_count(&import->held, &import->summary->documents, &import->summary->units);
        import->summary->files++;
    }
    gaz_arena_free(import->arena);
    import->arena = NULL;
    import->held.count = 0;
    return status;
}

// Whether ID is that of a record of the issue that is being read.
static bool belongs(const struct import *import, const char *id) {
    const char *issue = import->held.items[0]->id;
    size_t len = strlen(issue);
    return strncmp(id, issue, len) == 0 && id[len] == '/';
}

// Adds the record of JSON to those of the issue.
static enum gaz_status keep_record(struct import *import, const json_t *json, struct gaz_err *err) {
    struct gaz_err own = {0};
    struct gaz_records *held = &import->held;
    struct gaz_record **items = gaz_grow(held->items, &held->capacity, held->count + 1, sizeof *items);
    if (!items)
        return gaz_err_memory(err);
    held->items = items;
    enum gaz_status status = gaz_record_from_json(json, import->arena, &items[held->count], &own);
    if (status != GAZ_OK)
        return status == GAZ_ERR_CORRUPT ? is_wrong(import, own.message, err) : gaz_err_memory(err);
    held->count++;
    import->records++;
    return GAZ_OK;
}

static enum gaz_status begin_issue(struct import *import, const json_t *json, struct gaz_err *err) {
    const json_t *count = json_object_get(json, KEY_RECORDS), *read_as = json_object_get(json, KEY_READ_AS);
    const char *sha256 = gaz_walk_text(json, "sha256");
    enum gaz_status status = finish_issue(import, err);
    if (status != GAZ_OK)
        return status;
    if (json_integer_value(count) < 1 || !json_is_string(read_as) ||
        strspn(sha256, "0123456789abcdef") != GAZ_HASH_HEX - 1 || strlen(sha256) != GAZ_HASH_HEX - 1)
        return is_wrong(import, _("this is no issue from an export"), err);
    import->arena = gaz_arena_new();
    import->expected = (size_t)json_integer_value(count);
    import->read_as = import->arena ? gaz_arena_strndup(import->arena, json_string_value(read_as),
                                                        json_string_length(read_as))
                                    : NULL;
    import->issues++;
    import->ended = false;
    return import->read_as ? keep_record(import, json, err) : gaz_err_memory(err);
}

static enum gaz_status end(struct import *import, const json_t *json, struct gaz_err *err) {
    enum gaz_status status = finish_issue(import, err);
    if (status == GAZ_OK &&
        (json_integer_value(json_object_get(json, KEY_ISSUES)) != (json_int_t)import->issues ||
         json_integer_value(json_object_get(json, KEY_RECORDS)) != (json_int_t)import->records))
        status = is_wrong(import, _("the export counts other records than it has"), err);
    import->issues = import->records = 0;
    import->ended = true;
    return status;
}

static enum gaz_status take_line(struct import *import, const json_t *json, struct gaz_err *err) {
    const char *type = gaz_walk_text(json, "type");
    if (strcmp(type, gaz_record_type_name(GAZ_RECORD_ISSUE)) == 0)
        return begin_issue(import, json, err);
    if (strcmp(type, TYPE_END) == 0)
        return end(import, json, err);
    if (!import->arena || !belongs(import, gaz_walk_text(json, "id")))
        return is_wrong(import, _("a record without its issue"), err);
    return keep_record(import, json, err);
}

static enum gaz_status read_export(struct import *import, struct gaz_err *err) {
    bool more = true;
    enum gaz_status status = read_line(import, &more, err);
    while (status == GAZ_OK && more) {
        json_error_t error;
        json_t *json = json_loadb(import->line.data, import->line.len, 0, &error);
        if (json)
            status = take_line(import, json, err);
        else if (json_error_code(&error) == json_error_out_of_memory)
            status = gaz_err_memory(err);
        else
            status = is_wrong(import, error.text, err);
        json_decref(json);
        if (status == GAZ_OK)
            status = read_line(import, &more, err);
    }
    if (status == GAZ_OK && !import->ended)
        status = is_wrong(import, _("the end of the export is missing"), err);
    return status;
}

enum gaz_status gaz_run_import(const struct gaz_run_options *options, FILE *from, const char *name,
                               struct gaz_run_summary *summary, struct gaz_err *err) {
    struct import import = {.from = from,
                            .name = name,
                            .line = GAZ_BUF_INIT,
                            .batch.memory = options->memory,
                            .authority = options->authority,
                            .summary = summary};
    struct gaz_err late = {0};
    *summary = (struct gaz_run_summary){0};
    enum gaz_status status = gaz_index_writer_open(options->index, &import.batch.writer, err);
    if (status == GAZ_OK)
        status = read_export(&import, err);
    // What came before a wrong line is whole.
    if (status == GAZ_OK || status == GAZ_ERR_CORRUPT) {
        enum gaz_status finished = gaz_batch_finish(&import.batch, &late);
        if (finished != GAZ_OK && status == GAZ_OK)
            status = gaz_err_set(err, finished, "%s", late.message);
    }
    gaz_index_writer_close(import.batch.writer);
    gaz_arena_free(import.arena);
    gaz_free(import.held.items);
    gaz_buf_free(&import.line);
    return status;
}
