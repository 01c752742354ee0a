// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/scope.h"

#include <string.h>

struct scoper {
    const struct gaz_archive *archive;
    const struct gaz_filters *filters;
    bool exact;
    struct gaz_arena *arena;
    struct gaz_names documents;
    size_t *terms; // by document: how many of the terms so far it has; 0 once it has an exclusion
    size_t capacity;
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

static enum gaz_status count_document(struct scoper *scoper, const char *id, size_t have, size_t then) {
    uint32_t number;
    enum gaz_status status = gaz_names_number(&scoper->documents, id, strlen(id), &number, scoper->err);
    if (status != GAZ_OK) {
        return status;
    }
    size_t before = scoper->capacity;
    size_t *terms = gaz_grow(scoper->terms, &scoper->capacity, number + 1, sizeof *terms);
    if (!terms) {
        return gaz_err_memory(scoper->err);
    }
    memset(terms + before, 0, (scoper->capacity - before) * sizeof *terms);
    scoper->terms = terms;
    if (terms[number] == have) {
        terms[number] = then;
    }
    return GAZ_OK;
}

// Moves the documents that QUERY finds, of those with HAVE terms, to THEN.
static enum gaz_status count_term(struct scoper *scoper, const struct gaz_query *query, size_t have,
                                  size_t then) {
    struct gaz_plan plan;
    struct gaz_found found;
    enum gaz_status status = gaz_plan_make(scoper->archive, query, scoper->filters, scoper->exact,
                                           scoper->arena, &plan, scoper->err);
    if (status != GAZ_OK) {
        return status;
    }
    status =
        gaz_found_collect(scoper->archive, &plan, GAZ_SORT_ARCHIVE, GAZ_FOUND_DOCUMENTS, &found, scoper->err);
    gaz_plan_free(&plan);
    if (status != GAZ_OK) {
        return status;
    }
    for (size_t i = 0; i < found.group_count && status == GAZ_OK; i++) {
        status = count_document(scoper, found.groups[i].id, have, then);
    }
    gaz_found_free(&found);
    return status;
}

// Counts terms in turn, so that a document has N of them only after it had N - 1; exclusions come last.
static enum gaz_status count_terms(struct scoper *scoper, const struct gaz_query *query, size_t *terms) {
    enum gaz_status status = GAZ_OK;
    *terms = 0;
    for (size_t i = 0; i < query->child_count && status == GAZ_OK; i++) {
        if (query->children[i]->op != GAZ_QUERY_NOT) {
            status = count_term(scoper, query->children[i], *terms, *terms + 1);
            (*terms)++;
        }
    }
    for (size_t i = 0; i < query->child_count && status == GAZ_OK; i++) {
        if (query->children[i]->op == GAZ_QUERY_NOT) {
            status = count_term(scoper, query->children[i]->children[0], *terms, 0);
        }
    }
    return status;
}

static struct gaz_select *select_documents(const struct scoper *scoper, size_t terms) {
    struct gaz_select *any = gaz_select_new(scoper->arena, GAZ_INDEX_OR);
    for (size_t i = 0; i < scoper->documents.count && any; i++) {
        const char *id = scoper->documents.items[i];
        if (scoper->terms[i] == terms &&
            !gaz_select_add(scoper->arena, any, gaz_select_name(scoper->arena, GAZ_TERM_DOCUMENT, id))) {
            return NULL;
        }
    }
    return any;
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

static enum gaz_status plan_units(const struct scoper *scoper, const struct gaz_query *query, size_t terms,
                                  struct gaz_plan *plan) {
    struct gaz_select *documents = select_documents(scoper, terms);
    struct gaz_query *any = any_term(scoper, query);
    if (!documents || !any) {
        return gaz_err_memory(scoper->err);
    }
    enum gaz_status status =
        gaz_plan_make(scoper->archive, any, scoper->filters, scoper->exact, scoper->arena, plan, scoper->err);
    if (status == GAZ_OK) {
        plan->candidates = gaz_select_both(scoper->arena, plan->candidates, documents);
        if (!plan->candidates) {
            gaz_plan_free(plan);
            status = gaz_err_memory(scoper->err);
        }
    }
    return status;
}

enum gaz_status gaz_scope_plan(const struct gaz_archive *archive, const struct gaz_query *query,
                               const struct gaz_filters *filters, bool exact, struct gaz_arena *arena,
                               struct gaz_plan *plan, struct gaz_err *err) {
    struct scoper scoper = {archive, filters, exact, arena, {.arena = arena}, NULL, 0, err};
    size_t terms;
    enum gaz_status status = count_terms(&scoper, query, &terms);
    if (status == GAZ_OK) {
        status = plan_units(&scoper, query, terms, plan);
    }
    gaz_names_free(&scoper.documents);
    gaz_free(scoper.terms);
    return status;
}
