// SPDX-License-Identifier: GPL-2.0-or-later
//
// Verifying an index: what the back end knows of itself, then what only we know.
#include <stdlib.h>
#include <string.h>

#include "corpus/record.h"
#include "indexer/emit.h"
#include "indexer/held.h"
#include "indexer/run.h"
#include "indexer/walk.h"

// How many issues have their terms made again where not all do.
enum { SAMPLE = 8 };

struct check {
    struct gaz_index *index;
    const struct gaz_authority *authority;
    struct gaz_run_check *out;
    struct gaz_buf manner;   // in which files would be read now
    size_t step;             // every so many issues have their terms made again
    struct gaz_arena *arena; // of the ids
    const char **ids;        // of all records
    size_t id_count, id_capacity;
    // Of the issue that the walk is in:
    struct gaz_term owner;
    struct gaz_arena *issue_arena; // NULL: its terms are not made again
    struct gaz_records records;
    uint32_t *docids; // of the records
    size_t docid_capacity;
    size_t at; // of the bundles made again, where the next one begins among the records
};

static struct gaz_index_bytes make_term(struct gaz_term *term, const char *prefix, const char *text) {
    gaz_term_make(prefix, text, strlen(text), term);
    return gaz_term_bytes(term);
}

// --- ids
// -----------------------------------------------------------------------------------------------------

static enum gaz_status add_id(struct check *check, const char *id, struct gaz_err *err) {
    const char **ids = gaz_grow(check->ids, &check->id_capacity, check->id_count + 1, sizeof *ids);
    const char *copy = gaz_arena_strndup(check->arena, id, strlen(id));
    check->ids = ids ? ids : check->ids;
    if (!ids || !copy)
        return gaz_err_memory(err);
    ids[check->id_count++] = copy;
    return GAZ_OK;
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum gaz_status check_unique(struct check *check, struct gaz_err *err) {
    if (check->id_count > 0)
        qsort(check->ids, check->id_count, sizeof *check->ids, by_text);
    for (size_t i = 1; i < check->id_count; i++)
        if (strcmp(check->ids[i - 1], check->ids[i]) == 0)
            return gaz_err_set(err, GAZ_ERR_CORRUPT, "record %s stands in the index twice: use --rebuild",
                               check->ids[i]);
    return GAZ_OK;
}

// Whether a term is the one that is looked for.
struct expected {
    struct gaz_index_bytes term;
    bool found;
};

static int compare_term(void *context, struct gaz_index_bytes term, uint32_t frequency) {
    struct expected *expected = context;
    (void)frequency;
    expected->found = term.len == expected->term.len && memcmp(term.data, expected->term.data, term.len) == 0;
    return expected->found;
}

// A record carries its id. That it is the only one is seen when all are there: to look each up would take
// hours in a large index.
static enum gaz_status check_id(struct check *check, uint32_t docid, const char *id, struct gaz_err *err) {
    struct gaz_term term;
    struct expected expected = {make_term(&term, GAZ_TERM_ID, id), false};
    enum gaz_status status =
        gaz_index_document_terms(check->index, docid, expected.term, compare_term, &expected, err);
    if (status == GAZ_OK && !expected.found)
        status = gaz_err_set(err, GAZ_ERR_CORRUPT, "record %s is not found by its id: use --rebuild", id);
    return status == GAZ_OK ? add_id(check, id, err) : status;
}

// --- terms
// ---------------------------------------------------------------------------------------------------

// A bundle made again from the records carries the terms that the index has of it.
static enum gaz_status compare_bundle(void *context, const struct gaz_index_document *made,
                                      struct gaz_err *err) {
    struct check *check = context;
    struct gaz_bundle *bundle = NULL;
    bool same = false;
    enum gaz_status status = gaz_bundle_open(made->data.data, made->data.len, &bundle, err);
    if (status != GAZ_OK)
        return status;
    if (check->at < check->records.count)
        status = gaz_index_has_terms(check->index, check->docids[check->at], gaz_term_bytes(&check->owner),
                                     made, &same, err);
    if (status == GAZ_OK && !same)
        status =
            gaz_err_set(err, GAZ_ERR_CORRUPT, "the terms of %s are not those of its records: use --rebuild",
                        check->records.items[0]->id);
    check->at += gaz_bundle_count(bundle);
    gaz_bundle_free(bundle);
    return status;
}

// Ends the issue that the walk was in.
static enum gaz_status leave_issue(struct check *check, struct gaz_err *err) {
    enum gaz_status status = GAZ_OK;
    if (check->issue_arena) {
        check->at = 0;
        check->out->compared++;
        status = gaz_emit_bundles(&check->records, check->authority, compare_bundle, check, err);
    }
    gaz_arena_free(check->issue_arena);
    check->issue_arena = NULL;
    check->records.count = 0;
    return status;
}

// Whether an issue that was read in MANNER would have the same terms now, whatever its encoding: other rules
// or another authority file make others.
static bool is_comparable(const struct check *check, const char *manner) {
    size_t len = check->manner.len;
    return strncmp(manner, check->manner.data, len) == 0 && (manner[len] == '\0' || manner[len] == ' ');
}

// What the index says of its file agrees with the issue's own RECORD.
static enum gaz_status enter_issue(struct check *check, const char *id, const json_t *record,
                                   struct gaz_err *err) {
    struct gaz_held held;
    enum gaz_status status = gaz_held_get(check->index, id, &held, err);
    if (status == GAZ_OK && strcmp(held.sha256, gaz_walk_text(record, "sha256")) != 0)
        status = gaz_err_set(err, GAZ_ERR_CORRUPT,
                             "issue %s was not read from the file that the index says: use --rebuild", id);
    gaz_emit_owner(id, &check->owner);
    if (status == GAZ_OK && check->out->issues++ % check->step == 0 && is_comparable(check, held.manner)) {
        check->issue_arena = gaz_arena_new();
        status = check->issue_arena ? GAZ_OK : gaz_err_memory(err);
    }
    gaz_held_free(&held);
    return status;
}

static enum gaz_status keep_record(struct check *check, uint32_t docid, const json_t *json,
                                   struct gaz_err *err) {
    struct gaz_records *records = &check->records;
    size_t needed = records->count + 1;
    struct gaz_record **items = gaz_grow(records->items, &records->capacity, needed, sizeof *items);
    records->items = items ? items : records->items;
    uint32_t *docids = gaz_grow(check->docids, &check->docid_capacity, needed, sizeof *docids);
    check->docids = docids ? docids : check->docids;
    if (!items || !docids)
        return gaz_err_memory(err);
    docids[records->count] = docid;
    enum gaz_status status = gaz_record_from_json(json, check->issue_arena, &items[records->count], err);
    records->count += status == GAZ_OK;
    return status;
}

static enum gaz_status take_record(void *context, uint32_t docid, json_t *record, struct gaz_err *err) {
    struct check *check = context;
    const char *id = gaz_walk_text(record, "id");
    enum gaz_status status = check_id(check, docid, id, err);
    if (status == GAZ_OK && strcmp(gaz_walk_text(record, "type"), "issue") == 0) {
        status = leave_issue(check, err);
        if (status == GAZ_OK)
            status = enter_issue(check, id, record, err);
    }
    if (status == GAZ_OK && check->issue_arena)
        status = keep_record(check, docid, record, err);
    check->out->records++;
    return status;
}

// --- all
// -----------------------------------------------------------------------------------------------------

static int count_key(void *context, const char *key, struct gaz_index_bytes value) {
    size_t *count = context;
    (void)key;
    (void)value;
    ++*count;
    return 0;
}

// No issue is said to be held that is not.
static enum gaz_status check_held(struct check *check, struct gaz_err *err) {
    size_t said = 0;
    enum gaz_status status = gaz_index_each_metadata(check->index, GAZ_HELD_PREFIX, count_key, &said, err);
    if (status == GAZ_OK && said != check->out->issues)
        status = gaz_err_set(err, GAZ_ERR_CORRUPT,
                             "the index says that it holds %zu issues, and holds %zu: use --rebuild", said,
                             check->out->issues);
    return status;
}

static enum gaz_status choose_sample(struct check *check, bool full, struct gaz_err *err) {
    struct gaz_term term;
    uint32_t issues = 0;
    enum gaz_status status =
        gaz_index_term_frequency(check->index, make_term(&term, GAZ_TERM_TYPE, "issue"), &issues, err);
    check->step = full || issues <= SAMPLE ? 1 : issues / SAMPLE;
    return status;
}

enum gaz_status gaz_run_check(const char *dir, const struct gaz_authority *authority, bool full,
                              struct gaz_run_check *out, struct gaz_err *err) {
    struct check check = {
        .authority = authority, .out = out, .manner = GAZ_BUF_INIT, .arena = gaz_arena_new()};
    *out = (struct gaz_run_check){0};
    gaz_held_manner(authority, NULL, &check.manner);
    enum gaz_status status = check.arena ? gaz_buf_check(&check.manner, err) : gaz_err_memory(err);
    if (status == GAZ_OK)
        status = gaz_index_check(dir, full, err);
    if (status == GAZ_OK)
        status = gaz_index_open(&dir, 1, &check.index, err);
    if (status == GAZ_OK)
        status = choose_sample(&check, full, err);
    if (status == GAZ_OK)
        status = gaz_walk_records(check.index, NULL, take_record, &check, err);
    if (status == GAZ_OK)
        status = leave_issue(&check, err);
    if (status == GAZ_OK)
        status = check_held(&check, err);
    if (status == GAZ_OK)
        status = check_unique(&check, err);
    gaz_index_close(check.index);
    gaz_arena_free(check.issue_arena);
    gaz_free(check.records.items);
    gaz_free(check.docids);
    gaz_free(check.ids);
    gaz_arena_free(check.arena);
    gaz_buf_free(&check.manner);
    return status;
}
