// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/search.h"

#include <string.h>

#include "searcher/relax.h"
#include "searcher/search_parts.h"
#include "shim/utf8.h"

static const char *const state_names[] = {
    [GAZ_STATE_FOUND] = "found",
    [GAZ_STATE_SEVERAL] = "several",
    [GAZ_STATE_CITED_ONLY] = "cited_only",
    [GAZ_STATE_NOT_FOUND] = "not_found",
};

const char *gaz_state_name(enum gaz_state state) {
    return state_names[state];
}

// --- finding ---

static void forget(struct gaz_answer *answer) {
    gaz_found_free(&answer->found);
    gaz_plan_free(&answer->plan);
}

static size_t count_hits(const struct gaz_answer *answer) {
    return answer->request.unit_level ? answer->found.match_count : answer->found.group_count;
}

// An extract is found as it is read; here only whether there is anything, or how much.
static enum gaz_status count(struct gaz_answer *answer, struct gaz_err *err) {
    size_t most = answer->request.count ? SIZE_MAX : 1;
    return gaz_found_count(answer->archive, &answer->plan, most, &answer->total, err);
}

// Whether more is done with what is found than to show a page of it.
static bool wants_all(const struct gaz_request *request) {
    return request->facets || request->kwic > 0;
}

// Runs the plan.
static enum gaz_status collect(struct gaz_answer *answer, struct gaz_err *err) {
    const struct gaz_request *request = &answer->request;
    if (request->extract) {
        return count(answer, err);
    }
    size_t most = request->limit > 0 && !wants_all(request) ? request->offset + request->limit : 0;
    enum gaz_status status =
        gaz_found_collect(answer->archive, &answer->plan, request->sort,
                          request->unit_level ? GAZ_FOUND_UNITS : GAZ_FOUND_WORKS, most, &answer->found, err);
    answer->total = status == GAZ_OK ? count_hits(answer) : 0;
    return status;
}

static enum gaz_status make_plan(struct gaz_answer *answer, const struct gaz_query *query,
                                 enum gaz_scope scope, struct gaz_err *err) {
    const struct gaz_request *request = &answer->request;
    if (scope == GAZ_SCOPE_DOCUMENT && gaz_scope_matters(query)) {
        return gaz_scope_plan(answer->archive, query, &request->filters, request->exact, answer->arena,
                              &answer->plan, err);
    }
    enum gaz_status status = gaz_plan_make(answer->archive, query, &request->filters, request->exact,
                                           answer->arena, &answer->plan, err);
    answer->plan.in_sentence = scope == GAZ_SCOPE_SENTENCE;
    return status;
}

static enum gaz_status find_in(struct gaz_answer *answer, const struct gaz_query *query, enum gaz_scope scope,
                               struct gaz_err *err) {
    forget(answer);
    enum gaz_status status = make_plan(answer, query, scope, err);
    return status == GAZ_OK ? collect(answer, err) : status;
}

enum gaz_status gaz_search_find(struct gaz_answer *answer, struct gaz_query *query, struct gaz_err *err) {
    return find_in(answer, query, answer->request.scope, err);
}

// Terms that no unit has together, where a document has them all.
static enum gaz_status find_scattered(struct gaz_answer *answer, const struct gaz_query *query,
                                      struct gaz_err *err) {
    if (!gaz_scope_matters(query) || answer->request.scope == GAZ_SCOPE_DOCUMENT) {
        return GAZ_OK;
    }
    enum gaz_status status = find_in(answer, query, GAZ_SCOPE_DOCUMENT, err);
    answer->scattered = answer->relaxed = status == GAZ_OK && answer->total > 0;
    return status;
}

// The words of QUERY, when it finds nothing as it stands.
static enum gaz_status find_relaxed(struct gaz_answer *answer, struct gaz_query *query, struct gaz_err *err) {
    struct gaz_query *relaxed;
    enum gaz_status status = gaz_relax(query, answer->archive, answer->arena, &relaxed, err);
    if (status != GAZ_OK || !relaxed) {
        return status;
    }
    status = find_in(answer, relaxed, GAZ_SCOPE_UNIT, err);
    answer->relaxed = status == GAZ_OK && answer->total > 0;
    return status;
}

// What is taken to be near enough is for a reader to judge: an extract has none of it, and exact means exact.
static bool may_relax(const struct gaz_answer *answer) {
    return answer->total == 0 && !answer->request.exact && !answer->request.extract;
}

static enum gaz_status find_words(struct gaz_answer *answer, struct gaz_query *query, struct gaz_err *err) {
    enum gaz_status status = gaz_search_find(answer, query, err);
    if (status == GAZ_OK && may_relax(answer)) {
        status = find_scattered(answer, query, err);
    }
    if (status == GAZ_OK && may_relax(answer)) {
        status = find_relaxed(answer, query, err);
    }
    gaz_search_set_state(answer);
    return status;
}

void gaz_search_set_state(struct gaz_answer *answer) {
    answer->state = answer->total > 0 ? GAZ_STATE_FOUND : GAZ_STATE_NOT_FOUND;
}

enum gaz_status gaz_search_list(struct gaz_answer *answer, struct gaz_select *select, struct gaz_err *err) {
    struct gaz_matcher *everything = gaz_arena_alloc(answer->arena, sizeof *everything);
    if (!everything) {
        return gaz_err_memory(err);
    }
    answer->request.unit_level = true;
    answer->request.sort = GAZ_SORT_ARCHIVE;
    everything->op = GAZ_QUERY_ALL;
    answer->plan = (struct gaz_plan){.candidates = select, .matcher = everything};
    enum gaz_status status = collect(answer, err);
    gaz_search_set_state(answer);
    return status;
}

// --- units ---

// The keys of a unit asked for, whose names are marked; the fullest name held is what it is read as.
static enum gaz_status note_unit(struct gaz_answer *answer, struct gaz_reading *reading,
                                 struct gaz_err *err) {
    struct gaz_strings *keys = &answer->unit_keys;
    enum gaz_status status = gaz_archive_unit_keys(answer->archive, reading->text, strlen(reading->text),
                                                   answer->arena, keys, err);
    if (status == GAZ_OK && !reading->key) {
        status = gaz_archive_held_unit(answer->archive, keys, &reading->key, err);
        reading->key = reading->key ? reading->key : keys->items[0];
    }
    return status;
}

static enum gaz_status note_units(struct gaz_answer *answer, struct gaz_err *err) {
    enum gaz_status status = GAZ_OK;
    for (size_t i = 0; i < answer->readings.count && status == GAZ_OK; i++) {
        if (answer->readings.items[i].kind == GAZ_READING_UNIT) {
            status = note_unit(answer, &answer->readings.items[i], err);
        }
    }
    return status;
}

// --- modes ---

static enum gaz_status answer_readings(struct gaz_answer *answer, struct gaz_err *err) {
    struct gaz_query *query = NULL;
    const struct gaz_readings *readings = &answer->readings;
    answer->mode = gaz_read_mode(readings);
    if (readings->count == 1 && readings->items[0].kind == GAZ_READING_NUMBER) {
        return gaz_search_number(answer, readings->items[0].text, err);
    }
    enum gaz_status status = note_units(answer, err);
    if (status == GAZ_OK) {
        status = gaz_read_tree(answer->archive, readings, answer->arena, &query, err);
    }
    return status == GAZ_OK ? find_words(answer, query, err) : status;
}

static enum gaz_status answer_as(struct gaz_answer *answer, enum gaz_reading_kind kind, struct gaz_err *err) {
    const struct gaz_request *request = &answer->request;
    enum gaz_status status =
        gaz_read_as(kind, request->query, request->role, answer->arena, &answer->readings, err);
    return status == GAZ_OK ? answer_readings(answer, err) : status;
}

static bool is_one(const struct gaz_readings *readings, enum gaz_reading_kind kind) {
    return readings->count == 1 && readings->items[0].kind == kind;
}

static bool has_words(const struct gaz_readings *readings) {
    for (size_t i = 0; i < readings->count; i++) {
        if (readings->items[i].kind == GAZ_READING_WORDS) {
            return true;
        }
    }
    return false;
}

// A number, day or unit of which the archive has nothing may yet stand in a text as it was typed; its parts
// mean nothing.
static enum gaz_status find_as_typed(struct gaz_answer *answer, struct gaz_err *err) {
    const char *text = answer->request.query;
    struct gaz_query *phrase = gaz_query_phrase(answer->arena, text, strlen(text));
    enum gaz_status status = phrase ? gaz_search_find(answer, phrase, err) : gaz_err_memory(err);
    gaz_search_set_state(answer);
    return status;
}

// A reading that finds nothing was none: then it is words.
static enum gaz_status answer_read(struct gaz_answer *answer, struct gaz_err *err) {
    enum gaz_status status =
        gaz_read_query(answer->archive, answer->request.query, answer->arena, &answer->readings, err);
    if (status == GAZ_OK) {
        status = answer_readings(answer, err);
    }
    bool answered = answer->state != GAZ_STATE_NOT_FOUND && !answer->relaxed;
    if (status != GAZ_OK || answered || is_one(&answer->readings, GAZ_READING_WORDS)) {
        return status;
    }
    answer->relaxed = answer->scattered = false;
    answer->unit_keys.count = 0;
    return has_words(&answer->readings) ? answer_as(answer, GAZ_READING_WORDS, err)
                                        : find_as_typed(answer, err);
}

// Everything that the filters let through.
static enum gaz_status answer_filters(struct gaz_answer *answer, struct gaz_err *err) {
    const struct gaz_filters *filters = &answer->request.filters;
    struct gaz_query *all = gaz_query_node(answer->arena, GAZ_QUERY_ALL);
    bool any = filters->issuer || filters->kind || filters->class_name || filters->section ||
               filters->issue || filters->since || filters->until;
    answer->mode = "filter";
    if (!any) {
        return gaz_err_set(err, GAZ_ERR_QUERY, "the query is empty: write what to look for");
    }
    return all ? find_words(answer, all, err) : gaz_err_memory(err);
}

static bool is_blank(const char *text) {
    return !text || text[strspn(text, " \t\n")] == '\0';
}

static enum gaz_status answer_request(struct gaz_answer *answer, struct gaz_err *err) {
    const char *query = answer->request.query;
    if (answer->request.mode == GAZ_MODE_READ && is_blank(query)) {
        return answer_filters(answer, err);
    }
    if (answer->request.mode == GAZ_MODE_CITED_NOT_HELD) {
        return gaz_search_cited_not_held(answer, err);
    }
    if (is_blank(query)) {
        return gaz_err_set(err, GAZ_ERR_QUERY, "the query is empty: write what to look for");
    }
    switch (answer->request.mode) {
    case GAZ_MODE_READ:
        return answer_read(answer, err);
    case GAZ_MODE_NUMBER:
        return gaz_search_number(answer, query, err);
    case GAZ_MODE_UNIT:
        return answer_as(answer, GAZ_READING_UNIT, err);
    case GAZ_MODE_KEYWORD:
        return answer_as(answer, GAZ_READING_WORDS, err);
    case GAZ_MODE_SHOW:
        return gaz_search_show(answer, query, err);
    case GAZ_MODE_CALENDAR:
        return gaz_search_calendar(answer, query, err);
    case GAZ_MODE_CITES:
        return gaz_search_cites(answer, query, err);
    case GAZ_MODE_CITED_BY:
        return gaz_search_cited_by(answer, query, err);
    case GAZ_MODE_SERIES:
        return gaz_search_series(answer, query, err);
    case GAZ_MODE_CITED_NOT_HELD:
        break;
    }
    return gaz_err_set(err, GAZ_ERR_INTERNAL, "unknown mode: this is a defect");
}

// --- after finding ---

// Makes the occurrences in what was found the hits.
static enum gaz_status find_lines(struct gaz_answer *answer, struct gaz_err *err) {
    enum gaz_status status = GAZ_OK;
    for (size_t i = 0; i < answer->found.match_count && status == GAZ_OK; i++) {
        json_t *record = NULL;
        struct gaz_answer_marks found = {0};
        status = gaz_archive_record(answer->archive, answer->found.matches[i].docid, &record, err);
        if (status == GAZ_OK) {
            status = gaz_answer_mark(answer, record, "text", answer->arena, &found, err);
        }
        if (status == GAZ_OK) {
            status =
                gaz_kwic_add(&answer->kwic, record, &found.marks, answer->request.kwic, answer->arena, err);
        }
        gaz_free(found.marks.items);
        json_decref(record);
    }
    if (status == GAZ_OK && answer->request.kwic_order != GAZ_KWIC_AS_FOUND) {
        status =
            gaz_kwic_sort(&answer->kwic, answer->request.kwic_order == GAZ_KWIC_BY_LEFT, answer->arena, err);
    }
    answer->total = answer->kwic.count;
    return status;
}

static enum gaz_status find_after(struct gaz_answer *answer, struct gaz_err *err) {
    struct gaz_select *unit = gaz_select_name(answer->arena, GAZ_TERM_ID, answer->request.after);
    struct gaz_docids docids = {0};
    enum gaz_status status =
        unit ? gaz_archive_select(answer->archive, &unit->query, &docids, err) : gaz_err_memory(err);
    if (status == GAZ_OK && docids.count == 0) {
        status = gaz_err_set(err, GAZ_ERR_ARGUMENT,
                             "--after %s: there is no such record: give the id of the last one",
                             answer->request.after);
    }
    answer->after = docids.count > 0 ? docids.items[0] : 0;
    gaz_free(docids.items);
    return status;
}

static enum gaz_status answer_whole(struct gaz_answer *answer, struct gaz_err *err) {
    const struct gaz_request *request = &answer->request;
    answer->request.unit_level = request->unit_level || request->kwic > 0 || request->extract;
    enum gaz_status status = answer_request(answer, err);
    if (status == GAZ_OK && request->facets && !request->extract) {
        status = gaz_facets_count(answer->archive, &answer->found, answer->request.unit_level, answer->arena,
                                  &answer->facets, err);
    }
    if (status == GAZ_OK && request->kwic > 0) {
        status = find_lines(answer, err);
    }
    return status == GAZ_OK && request->after ? find_after(answer, err) : status;
}

static enum gaz_status attempt(const struct gaz_archive *archive, const struct gaz_request *request,
                               struct gaz_answer *out, struct gaz_err *err) {
    *out = (struct gaz_answer){
        .archive = archive, .request = *request, .state = GAZ_STATE_NOT_FOUND, .arena = gaz_arena_new()};
    enum gaz_status status = out->arena ? answer_whole(out, err) : gaz_err_memory(err);
    if (status != GAZ_OK) {
        gaz_answer_free(out);
    }
    return status;
}

static bool is_text(const char *text) {
    return !text || gaz_utf8_is_valid(text, strlen(text));
}

// What is typed is shown again, also in formats that hold nothing but text.
static enum gaz_status check_text(const struct gaz_request *request, struct gaz_err *err) {
    const struct gaz_filters *filters = &request->filters;
    const char *const typed[] = {request->query,      filters->issuer,  filters->kind,
                                 filters->class_name, filters->section, filters->issue,
                                 filters->since,      filters->until,   request->after};
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        if (!is_text(typed[i])) {
            return gaz_err_set(err, GAZ_ERR_QUERY, "\"%s\" is not text in UTF-8: type it again",
                               gaz_quote(typed[i]).text);
        }
    }
    return GAZ_OK;
}

// Whether what is newest may give an answer where STATUS came of what was open: no writer blocks a reader,
// but two commits may overtake one; and of a partial archive another part may be gone.
static bool may_try_again(const struct gaz_archive *archive, enum gaz_status status) {
    return status == GAZ_ERR_BUSY || (status == GAZ_ERR_IO && archive->partial);
}

enum gaz_status gaz_search(const struct gaz_archive *archive, const struct gaz_request *request,
                           struct gaz_answer *out, struct gaz_err *err) {
    struct gaz_err reason = {0};
    *out = (struct gaz_answer){0};
    enum gaz_status status = check_text(request, &reason);
    if (status == GAZ_OK) {
        status = attempt(archive, request, out, &reason);
    }
    if (may_try_again(archive, status) && gaz_index_reopen(archive->index, NULL) == GAZ_OK) {
        gaz_err_clear(&reason);
        status = attempt(archive, request, out, &reason);
    }
    return status == GAZ_OK ? GAZ_OK : gaz_err_set(err, status, "%s", reason.message);
}

void gaz_answer_free(struct gaz_answer *answer) {
    forget(answer);
    gaz_arena_free(answer->arena);
    *answer = (struct gaz_answer){0};
}

size_t gaz_answer_hit_count(const struct gaz_answer *answer) {
    const struct gaz_request *request = &answer->request;
    if (request->extract) {
        return 0;
    }
    size_t left = answer->total > request->offset ? answer->total - request->offset : 0;
    return request->limit > 0 && request->limit < left ? request->limit : left;
}
