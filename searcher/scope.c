// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/scope.h"

#include <string.h>

struct scoper {
    const struct gaz_archive *archive;
    const struct gaz_filters *filters;
    bool exact;
    struct gaz_arena *arena;
    struct gaz_found_documents documents; // that have the terms so far
    struct gaz_err *err;
};

static bool is_text(const struct gaz_query *query) {
    return query->op != GAZ_QUERY_NOT && (query->op != GAZ_QUERY_FIELD || gaz_field_is_text(query->field));
}

bool gaz_scope_matters(const struct gaz_query *query) {
    size_t texts = 0;
    for (size_t i = 0; i < query->child_count; i++) {
        texts += is_text(query->children[i]);
    }
    return query->op == GAZ_QUERY_AND && texts > 1;
}

// --- documents ---

// Keeps of DOCUMENTS those that are (or, when not WANTED, are not) in OTHER.
static void keep(struct gaz_found_documents *documents, const struct gaz_found_documents *other,
                 bool wanted) {
    size_t kept = 0;
    for (size_t i = 0, j = 0; i < documents->count; i++) {
        uint64_t document = documents->items[i];
        while (j < other->count && other->items[j] < document) {
            j++;
        }
        if ((j < other->count && other->items[j] == document) == wanted) {
            documents->items[kept++] = document;
        }
    }
    documents->count = kept;
}

static enum gaz_status find_documents(const struct scoper *scoper, const struct gaz_query *query,
                                      struct gaz_found_documents *out) {
    struct gaz_plan plan;
    enum gaz_status status = gaz_plan_make(scoper->archive, query, scoper->filters, scoper->exact,
                                           scoper->arena, &plan, scoper->err);
    if (status == GAZ_OK) {
        status = gaz_found_documents(scoper->archive, &plan, out, scoper->err);
        gaz_plan_free(&plan);
    }
    return status;
}

// Keeps the documents that have every term and none of the exclusions.
static enum gaz_status keep_documents(struct scoper *scoper, const struct gaz_query *query) {
    enum gaz_status status = GAZ_OK;
    bool is_first = true;
    for (int pass = 0; pass < 2; pass++) { // exclusions come last
        for (size_t i = 0; i < query->child_count && status == GAZ_OK; i++) {
            const struct gaz_query *term = query->children[i];
            bool wanted = term->op != GAZ_QUERY_NOT;
            struct gaz_found_documents found = {0};
            if (wanted != (pass == 0)) {
                continue;
            }
            status = find_documents(scoper, wanted ? term : term->children[0],
                                    is_first ? &scoper->documents : &found);
            if (!is_first) {
                keep(&scoper->documents, &found, wanted);
            }
            is_first = false;
            gaz_free(found.items);
        }
    }
    return status;
}

// --- units ---

// The terms of QUERY as alternatives; its fields have done their part.
static struct gaz_query *any_term(const struct scoper *scoper, const struct gaz_query *query) {
    struct gaz_query *any = gaz_query_node(scoper->arena, GAZ_QUERY_OR);
    for (size_t i = 0; i < query->child_count && any; i++) {
        if (is_text(query->children[i]) && !gaz_query_add(scoper->arena, any, query->children[i])) {
            return NULL;
        }
    }
    return any;
}

enum gaz_status gaz_scope_plan(const struct gaz_archive *archive, const struct gaz_query *query,
                               const struct gaz_filters *filters, bool exact, struct gaz_arena *arena,
                               struct gaz_plan *plan, struct gaz_err *err) {
    struct scoper scoper = {archive, filters, exact, arena, {0}, err};
    enum gaz_status status = keep_documents(&scoper, query);
    struct gaz_query *any = status == GAZ_OK ? any_term(&scoper, query) : NULL;
    size_t size = scoper.documents.count * sizeof *scoper.documents.items;
    uint64_t *documents = gaz_arena_alloc(arena, size + 1);
    if (status == GAZ_OK && (!any || !documents)) {
        status = gaz_err_memory(err);
    }
    if (status == GAZ_OK) {
        status = gaz_plan_make(archive, any, filters, exact, arena, plan, err);
    }
    if (status == GAZ_OK) {
        if (size > 0) {
            memcpy(documents, scoper.documents.items, size);
        }
        plan->documents = documents;
        plan->document_count = scoper.documents.count;
    }
    gaz_free(scoper.documents.items);
    return status;
}
