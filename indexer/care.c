// SPDX-License-Identifier: GPL-2.0-or-later
//
// Care of an index: what it holds, removing issues, verifying.
#include <stdlib.h>
#include <string.h>

#include "corpus/record.h"
#include "indexer/emit.h"
#include "indexer/run.h"

static struct gaz_index_bytes make_term(struct gaz_term *term, const char *prefix, const char *text) {
    gaz_term_make(prefix, text, strlen(text), term);
    return gaz_term_bytes(term);
}

// --- remove
// --------------------------------------------------------------------------------------------------

static enum gaz_status remove_issue(struct gaz_index_writer *writer, const char *issue, struct gaz_buf *buf,
                                    struct gaz_err *err) {
    struct gaz_term owner;
    gaz_emit_owner(issue, &owner);
    enum gaz_status status = gaz_index_writer_remove(writer, gaz_term_bytes(&owner), err);
    gaz_buf_clear(buf);
    gaz_buf_printf(buf, "hash:%s", issue);
    if (status == GAZ_OK)
        status = gaz_buf_check(buf, err);
    struct gaz_index_bytes empty = {"", 0};
    return status == GAZ_OK ? gaz_index_writer_set_metadata(writer, buf->data, empty, err) : status;
}

static enum gaz_status require_issue(struct gaz_index *index, const char *issue, struct gaz_err *err) {
    struct gaz_term term;
    uint32_t held = 0;
    enum gaz_status status =
        gaz_index_term_frequency(index, make_term(&term, GAZ_TERM_ISSUE, issue), &held, err);
    if (status == GAZ_OK && held == 0)
        status = gaz_err_set(err, GAZ_ERR_NOT_FOUND, "no issue %s in the index: see --list", issue);
    return status;
}

enum gaz_status gaz_run_remove(const char *dir, const char *const *issues, size_t count,
                               struct gaz_err *err) {
    struct gaz_index *index = NULL;
    struct gaz_index_writer *writer = NULL;
    struct gaz_buf buf = GAZ_BUF_INIT;
    enum gaz_status status = gaz_index_open(&dir, 1, &index, err);
    for (size_t i = 0; i < count && status == GAZ_OK; i++)
        status = require_issue(index, issues[i], err);
    if (status == GAZ_OK)
        status = gaz_index_writer_open(dir, &writer, err);
    for (size_t i = 0; i < count && status == GAZ_OK; i++)
        status = remove_issue(writer, issues[i], &buf, err);
    if (status == GAZ_OK)
        status = gaz_index_writer_commit(writer, err);
    gaz_index_writer_close(writer);
    gaz_index_close(index);
    gaz_buf_free(&buf);
    return status;
}

// --- walks over records
// --------------------------------------------------------------------------------------

// What a walk does with each record it decodes.
struct walk {
    struct gaz_index *index;
    FILE *to;
    enum gaz_status status;
    struct gaz_err *err;
    void (*take)(struct walk *walk, const json_t *record);
    uint32_t docid;  // of the record being taken
    struct ids *ids; // of a check
};

static int walk_record(void *context, uint32_t docid) {
    struct walk *walk = context;
    struct gaz_index_stored stored;
    json_t *record = NULL;
    walk->docid = docid;
    walk->status = gaz_index_get(walk->index, docid, &stored, walk->err);
    if (walk->status != GAZ_OK)
        return 1;
    walk->status = gaz_record_decode(stored.data, stored.len, &record, walk->err);
    if (walk->status == GAZ_OK)
        walk->take(walk, record);
    json_decref(record);
    gaz_index_stored_free(&stored);
    return walk->status != GAZ_OK;
}

static enum gaz_status walk_query(struct walk *walk, const struct gaz_index_query *query) {
    enum gaz_status status = gaz_index_each(walk->index, query, walk_record, walk, walk->err);
    return status == GAZ_OK ? walk->status : status;
}

static const char *text_at(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "-";
}

static void print_issue(struct walk *walk, const json_t *record) {
    fprintf(walk->to, "%s\t%s\t%s\t%s\n", text_at(record, "id"), text_at(record, "gazette"),
            text_at(record, "address"), text_at(record, "serial"));
}

enum gaz_status gaz_run_list(const char *dir, FILE *to, struct gaz_err *err) {
    struct walk walk = {.to = to, .err = err, .take = print_issue};
    struct gaz_term type;
    enum gaz_status status = gaz_index_open(&dir, 1, &walk.index, err);
    if (status == GAZ_OK) {
        struct gaz_index_query issues = {.op = GAZ_INDEX_TERM,
                                         .term = make_term(&type, GAZ_TERM_TYPE, "issue")};
        status = walk_query(&walk, &issues);
    }
    gaz_index_close(walk.index);
    return status;
}

// --- check
// ---------------------------------------------------------------------------------------------------

// The ids of all records.
struct ids {
    struct gaz_arena *arena;
    const char **items;
    size_t count, capacity;
};

static enum gaz_status add_id(struct ids *ids, const char *id, struct gaz_err *err) {
    const char **items = gaz_grow(ids->items, &ids->capacity, ids->count + 1, sizeof *items);
    if (!items)
        return gaz_err_memory(err);
    ids->items = items;
    items[ids->count] = gaz_arena_strndup(ids->arena, id, strlen(id));
    return items[ids->count++] ? GAZ_OK : gaz_err_memory(err);
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum gaz_status check_unique(struct ids *ids, struct gaz_err *err) {
    if (ids->count > 0)
        qsort(ids->items, ids->count, sizeof *ids->items, by_text);
    for (size_t i = 1; i < ids->count; i++)
        if (strcmp(ids->items[i - 1], ids->items[i]) == 0)
            return gaz_err_set(err, GAZ_ERR_CORRUPT, "record %s stands in the index twice: use --rebuild",
                               ids->items[i]);
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
static void check_record(struct walk *walk, const json_t *record) {
    struct gaz_term term;
    const char *id = text_at(record, "id");
    struct expected expected = {make_term(&term, GAZ_TERM_ID, id), false};
    walk->status =
        gaz_index_document_terms(walk->index, walk->docid, expected.term, compare_term, &expected, walk->err);
    if (walk->status == GAZ_OK && !expected.found)
        walk->status =
            gaz_err_set(walk->err, GAZ_ERR_CORRUPT, "record %s is not found by its id: use --rebuild", id);
    if (walk->status == GAZ_OK)
        walk->status = add_id(walk->ids, id, walk->err);
}

enum gaz_status gaz_run_check(const char *dir, struct gaz_err *err) {
    struct ids ids = {.arena = gaz_arena_new()};
    struct walk walk = {.err = err, .take = check_record, .ids = &ids};
    struct gaz_index_query all = {.op = GAZ_INDEX_ALL};
    enum gaz_status status = ids.arena ? gaz_index_open(&dir, 1, &walk.index, err) : gaz_err_memory(err);
    if (status == GAZ_OK)
        status = gaz_index_check(dir, err);
    if (status == GAZ_OK)
        status = walk_query(&walk, &all);
    if (status == GAZ_OK)
        status = check_unique(&ids, err);
    gaz_index_close(walk.index);
    gaz_free(ids.items);
    gaz_arena_free(ids.arena);
    return status;
}

// --- stats
// ---------------------------------------------------------------------------------------------------

struct stats {
    FILE *to;
    const struct gaz_authority *authority;
    size_t prefix; // bytes of the term's prefix
};

static int print_count(void *context, struct gaz_index_bytes term, uint32_t frequency) {
    struct stats *stats = context;
    fprintf(stats->to, "%.*s\t%u\n", (int)(term.len - stats->prefix), term.data + stats->prefix, frequency);
    return 0;
}

static int print_unknown(void *context, struct gaz_index_bytes term, uint32_t frequency) {
    struct stats *stats = context;
    const char *name = term.data + stats->prefix;
    size_t len = term.len - stats->prefix;
    bool other_field = len > 0 && *name >= 'A' && *name <= 'Z';
    if (!other_field && !gaz_authority_knows(stats->authority, name, len))
        fprintf(stats->to, "unknown unit\t%.*s\t%u\n", (int)len, name, frequency);
    return 0;
}

enum gaz_status gaz_run_stats(const char *dir, const struct gaz_authority *authority, FILE *to,
                              struct gaz_err *err) {
    struct stats stats = {to, authority, strlen(GAZ_TERM_TYPE)};
    struct gaz_index *index = NULL;
    enum gaz_status status = gaz_index_open(&dir, 1, &index, err);
    if (status == GAZ_OK) {
        struct gaz_index_bytes types = {GAZ_TERM_TYPE, strlen(GAZ_TERM_TYPE)};
        status = gaz_index_terms(index, types, print_count, &stats, err);
    }
    if (status == GAZ_OK) {
        struct gaz_index_bytes units = {GAZ_TERM_UNIT, strlen(GAZ_TERM_UNIT)};
        stats.prefix = units.len;
        status = gaz_index_terms(index, units, print_unknown, &stats, err);
    }
    gaz_index_close(index);
    return status;
}
