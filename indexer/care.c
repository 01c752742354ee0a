// SPDX-License-Identifier: GPL-2.0-or-later
//
// Care of an index: what it holds, removing issues, compacting.
#include <string.h>

#include "corpus/record.h"
#include "indexer/emit.h"
#include "indexer/held.h"
#include "indexer/run.h"
#include "indexer/walk.h"
#include "shim/terminal.h"

static struct gaz_index_bytes make_term(struct gaz_term *term, const char *prefix, const char *text) {
    gaz_term_make(prefix, text, strlen(text), term);
    return gaz_term_bytes(term);
}

// --- remove
// --------------------------------------------------------------------------------------------------

static enum gaz_status remove_issue(struct gaz_index_writer *writer, const char *issue, struct gaz_err *err) {
    struct gaz_term owner;
    gaz_emit_owner(issue, &owner);
    enum gaz_status status = gaz_index_writer_remove(writer, gaz_term_bytes(&owner), err);
    return status == GAZ_OK ? gaz_held_forget(writer, issue, err) : status;
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

enum gaz_status gaz_run_require(const char *dir, const char *const *issues, size_t count,
                                struct gaz_err *err) {
    struct gaz_index *index = NULL;
    enum gaz_status status = gaz_index_open(&dir, 1, &index, err);
    for (size_t i = 0; i < count && status == GAZ_OK; i++)
        status = require_issue(index, issues[i], err);
    gaz_index_close(index);
    return status;
}

enum gaz_status gaz_run_remove(const char *dir, const char *const *issues, size_t count,
                               struct gaz_err *err) {
    struct gaz_index_writer *writer = NULL;
    enum gaz_status status = gaz_run_require(dir, issues, count, err);
    if (status == GAZ_OK)
        status = gaz_index_writer_open(dir, &writer, err);
    for (size_t i = 0; i < count && status == GAZ_OK; i++)
        status = remove_issue(writer, issues[i], err);
    if (status == GAZ_OK)
        status = gaz_index_writer_commit(writer, err);
    gaz_index_writer_close(writer);
    return status;
}

// --- compact
// -------------------------------------------------------------------------------------------------

enum gaz_status gaz_run_compact(const char *dir, struct gaz_err *err) {
    struct gaz_index *index = NULL;
    struct gaz_index_writer *writer = NULL;
    enum gaz_status status = gaz_index_open(&dir, 1, &index, err); // none is made where there is none
    gaz_index_close(index);
    if (status == GAZ_OK)
        status = gaz_index_writer_open(dir, &writer, err);
    if (status == GAZ_OK)
        status = gaz_index_writer_compact(writer, err);
    gaz_index_writer_close(writer);
    return status;
}

// --- list
// ----------------------------------------------------------------------------------------------------

static const char *text_at(const json_t *record, const char *key) {
    const char *text = gaz_walk_text(record, key);
    return *text ? text : "-";
}

static enum gaz_status print_issue(void *context, uint32_t docid, json_t *record, struct gaz_err *err) {
    static const char *const keys[] = {"id", "gazette", "address", "serial"};
    (void)docid;
    (void)err;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (i > 0)
            putc('\t', context);
        gaz_terminal_print(context, text_at(record, keys[i]));
    }
    putc('\n', context);
    return GAZ_OK;
}

enum gaz_status gaz_run_list(const char *dir, FILE *to, struct gaz_err *err) {
    struct gaz_index *index = NULL;
    struct gaz_term type;
    enum gaz_status status = gaz_index_open(&dir, 1, &index, err);
    if (status == GAZ_OK) {
        const struct gaz_index_query issues = {.op = GAZ_INDEX_TERM,
                                               .term = make_term(&type, GAZ_TERM_TYPE, "issue")};
        status = gaz_walk_records(index, &issues, print_issue, to, err);
    }
    gaz_index_close(index);
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
    gaz_terminal_show(stats->to, term.data + stats->prefix, term.len - stats->prefix);
    fprintf(stats->to, "\t%u\n", frequency);
    return 0;
}

static int print_unknown(void *context, struct gaz_index_bytes term, uint32_t frequency) {
    struct stats *stats = context;
    const char *name = term.data + stats->prefix;
    size_t len = term.len - stats->prefix;
    bool other_field = len > 0 && *name >= 'A' && *name <= 'Z';
    if (other_field || gaz_authority_knows(stats->authority, name, len))
        return 0;
    fputs("unknown unit\t", stats->to);
    gaz_terminal_show(stats->to, name, len);
    fprintf(stats->to, "\t%u\n", frequency);
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
