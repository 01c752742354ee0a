// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/citation.h"

#include <string.h>

#include "corpus/term.h"
#include "searcher/highlight.h"
#include "searcher/match.h"
#include "searcher/select.h"

struct finder {
    const struct gaz_archive *archive;
    struct gaz_arena *arena;
    struct gaz_citings *out; // NULL when only one is read
    struct gaz_err *err;
};

static const char *text_of(const json_t *record, const char *key) {
    const char *text = json_string_value(json_object_get(record, key));
    return text ? text : "";
}

// Copies a string of RECORD to *OUT, NULL where it is null.
static enum gaz_status copy_text(const struct finder *finder, const json_t *record, const char *key,
                                 const char **out) {
    const char *text = json_string_value(json_object_get(record, key));
    *out = text ? gaz_arena_strndup(finder->arena, text, strlen(text)) : NULL;
    return text && !*out ? gaz_err_memory(finder->err) : GAZ_OK;
}

static bool is_listed(const struct finder *finder, const char *id) {
    for (size_t i = 0; i < finder->out->count; i++) {
        if (strcmp(finder->out->items[i].id, id) == 0) {
            return true;
        }
    }
    return false;
}

static struct gaz_citing *new_citing(const struct finder *finder) {
    struct gaz_citings *out = finder->out;
    if (out->count == out->capacity) {
        size_t capacity = out->capacity ? 2 * out->capacity : 8;
        struct gaz_citing *items = gaz_arena_alloc(finder->arena, capacity * sizeof *items);
        if (!items) {
            return NULL;
        }
        if (out->count > 0) {
            memcpy(items, out->items, out->count * sizeof *items);
        }
        out->items = items;
        out->capacity = capacity;
    }
    struct gaz_citing *citing = &out->items[out->count++];
    *citing = (struct gaz_citing){0};
    return citing;
}

// Where the number, as it was printed in the unit, stands in the unit's text.
static enum gaz_status mark_number(const struct finder *finder, const char *text, const char *printed,
                                   struct gaz_marks *out) {
    struct gaz_matcher matcher = {.op = GAZ_QUERY_PHRASE};
    struct gaz_subject subject = {.text = text};
    *out = (struct gaz_marks){0};
    enum gaz_status status =
        gaz_fold_text(printed, strlen(printed), GAZ_FOLD_FULL, &matcher.needle, finder->err);
    if (status == GAZ_OK && matcher.needle.count > 0) {
        status = gaz_fold_text(text, strlen(text), GAZ_FOLD_FULL, &subject.folded, finder->err);
    }
    if (status == GAZ_OK && matcher.needle.count > 0) {
        status = gaz_match_marks(&matcher, &subject, out, finder->err);
    }
    gaz_folded_free(&matcher.needle);
    gaz_folded_free(&subject.folded);
    return status;
}

static enum gaz_status copy_excerpt(const struct finder *finder, const char *text,
                                    const struct gaz_excerpt_span *excerpt, struct gaz_citing *citing) {
    struct gaz_span *marks = gaz_arena_alloc(finder->arena, excerpt->marks.count * sizeof *marks);
    citing->text = gaz_arena_strndup(finder->arena, text + excerpt->offset, excerpt->length);
    if (!marks || !citing->text) {
        return gaz_err_memory(finder->err);
    }
    if (excerpt->marks.count > 0) {
        memcpy(marks, excerpt->marks.items, excerpt->marks.count * sizeof *marks);
    }
    citing->marks = marks;
    citing->mark_count = excerpt->marks.count;
    return GAZ_OK;
}

static enum gaz_status add_sentence(const struct finder *finder, const char *text, const char *printed,
                                    struct gaz_citing *citing) {
    struct gaz_marks marks;
    struct gaz_excerpt_span excerpt = {0};
    enum gaz_status status = mark_number(finder, text, printed, &marks);
    if (status == GAZ_OK) {
        status = gaz_excerpt_choose(text, strlen(text), &marks, GAZ_EXCERPT_MAX, &excerpt, finder->err);
    }
    if (status == GAZ_OK) {
        status = copy_excerpt(finder, text, &excerpt, citing);
    }
    gaz_free(excerpt.marks.items);
    gaz_free(marks.items);
    return status;
}

static enum gaz_status add_title(const struct finder *finder, struct gaz_citing *citing) {
    json_t *document = NULL;
    if (!citing->document) {
        return GAZ_OK;
    }
    enum gaz_status status =
        gaz_archive_record_by_id(finder->archive, citing->document, &document, finder->err);
    if (status == GAZ_OK) {
        status = copy_text(finder, document, "title", &citing->title);
        json_decref(document);
    }
    return status;
}

// What is known of the citing unit: UNIT is its record, CITATION the citation's.
static enum gaz_status fill(const struct finder *finder, const json_t *citation, const json_t *unit,
                            struct gaz_citing *citing) {
    enum gaz_status status = copy_text(finder, unit, "id", &citing->id);
    if (status == GAZ_OK) {
        status = copy_text(finder, unit, "address", &citing->address);
    }
    if (status == GAZ_OK) {
        status = copy_text(finder, citation, "document", &citing->document);
    }
    if (status == GAZ_OK) {
        status = copy_text(finder, citation, "relation", &citing->relation);
    }
    citing->page = (size_t)json_integer_value(json_object_get(unit, "page"));
    if (status == GAZ_OK) {
        status = add_sentence(finder, text_of(unit, "text"), text_of(citation, "text"), citing);
    }
    return status == GAZ_OK ? add_title(finder, citing) : status;
}

enum gaz_status gaz_citing_read(const struct gaz_archive *archive, const json_t *citation,
                                struct gaz_arena *arena, struct gaz_citing *out, struct gaz_err *err) {
    const struct finder finder = {archive, arena, NULL, err};
    json_t *unit = NULL;
    *out = (struct gaz_citing){0};
    enum gaz_status status = gaz_archive_record_by_id(archive, text_of(citation, "from"), &unit, err);
    if (status == GAZ_OK) {
        status = fill(&finder, citation, unit, out);
        json_decref(unit);
    }
    return status;
}

static enum gaz_status add_citation(const struct finder *finder, uint32_t docid) {
    json_t *citation = NULL;
    enum gaz_status status = gaz_archive_record(finder->archive, docid, &citation, finder->err);
    if (status == GAZ_OK && !is_listed(finder, text_of(citation, "from"))) {
        struct gaz_citing *citing = new_citing(finder);
        status = citing ? gaz_citing_read(finder->archive, citation, finder->arena, citing, finder->err)
                        : gaz_err_memory(finder->err);
    }
    json_decref(citation);
    return status;
}

// --- whom ---

// Adds the titles that DOCUMENT may be cited by to ANY.
static enum gaz_status add_titles(const struct finder *finder, uint32_t docid, struct gaz_select *any) {
    struct gaz_strings titles = {0};
    enum gaz_status status = gaz_archive_terms_of(finder->archive, docid, GAZ_TERM_WHOLE_TITLE, finder->arena,
                                                  &titles, finder->err);
    for (size_t i = 0; i < titles.count && status == GAZ_OK; i++) {
        if (!gaz_select_add(finder->arena, any,
                            gaz_select_name(finder->arena, GAZ_TERM_CITES_TITLE, titles.items[i]))) {
            status = gaz_err_memory(finder->err);
        }
    }
    return status;
}

// What stands in the document itself: a notice names the plan that it carries.
static enum gaz_status add_own(const struct finder *finder, uint32_t docid, struct gaz_select *own) {
    char *id;
    enum gaz_status status = gaz_archive_value(finder->archive, docid, GAZ_SLOT_DOCUMENT, &id, finder->err);
    if (status != GAZ_OK) {
        return status;
    }
    bool ok = gaz_select_add(finder->arena, own, gaz_select_name(finder->arena, GAZ_TERM_DOCUMENT, id));
    gaz_free(id);
    return ok ? GAZ_OK : gaz_err_memory(finder->err);
}

static enum gaz_status add_documents(const struct finder *finder, const struct gaz_docids *documents,
                                     struct gaz_select *any, struct gaz_select *own) {
    enum gaz_status status = GAZ_OK;
    for (size_t i = 0; i < documents->count && status == GAZ_OK; i++) {
        status = add_titles(finder, documents->items[i], any);
        if (status == GAZ_OK) {
            status = add_own(finder, documents->items[i], own);
        }
    }
    return status;
}

enum gaz_status gaz_citations_select(const struct gaz_archive *archive, const struct gaz_strings *keys,
                                     struct gaz_arena *arena, struct gaz_select **out, struct gaz_err *err) {
    const struct finder finder = {archive, arena, NULL, err};
    struct gaz_select *any = gaz_select_any(arena, GAZ_TERM_CITES, keys);
    struct gaz_select *own = gaz_select_new(arena, GAZ_INDEX_OR);
    struct gaz_select *numbered = gaz_select_any(arena, GAZ_TERM_NUMBER, keys);
    struct gaz_docids documents;
    if (!any || !own || !numbered) {
        return gaz_err_memory(err);
    }
    enum gaz_status status = gaz_archive_select(archive, &numbered->query, &documents, err);
    if (status == GAZ_OK) {
        status = add_documents(&finder, &documents, any, own);
        gaz_free(documents.items);
    }
    if (status == GAZ_OK) {
        *out = gaz_select_without(arena, any, own);
        status = *out ? GAZ_OK : gaz_err_memory(err);
    }
    return status;
}

static enum gaz_status find_citings(const struct finder *finder, const struct gaz_select *citations) {
    struct gaz_docids docids = {0};
    enum gaz_status status =
        gaz_archive_select_in_order(finder->archive, &citations->query, &docids, finder->err);
    for (size_t i = 0; i < docids.count && status == GAZ_OK; i++) {
        status = add_citation(finder, docids.items[i]);
    }
    gaz_free(docids.items);
    return status;
}

enum gaz_status gaz_citings_find(const struct gaz_archive *archive, const struct gaz_strings *keys,
                                 struct gaz_arena *arena, struct gaz_citings *out, struct gaz_err *err) {
    const struct finder finder = {archive, arena, out, err};
    struct gaz_select *citations = NULL;
    enum gaz_status status = gaz_citations_select(archive, keys, arena, &citations, err);
    return status == GAZ_OK ? find_citings(&finder, citations) : status;
}

enum gaz_status gaz_citings_of_document(const struct gaz_archive *archive, uint32_t docid,
                                        struct gaz_arena *arena, struct gaz_citings *out,
                                        struct gaz_err *err) {
    const struct finder finder = {archive, arena, out, err};
    const struct gaz_docids documents = {&docid, 1, 1};
    struct gaz_strings keys = {0};
    enum gaz_status status = gaz_archive_terms_of(archive, docid, GAZ_TERM_NUMBER, arena, &keys, err);
    if (status != GAZ_OK) {
        return status;
    }
    struct gaz_select *any = gaz_select_any(arena, GAZ_TERM_CITES, &keys);
    struct gaz_select *own = gaz_select_new(arena, GAZ_INDEX_OR);
    if (!any || !own) {
        return gaz_err_memory(err);
    }
    status = add_documents(&finder, &documents, any, own);
    struct gaz_select *citations = status == GAZ_OK ? gaz_select_without(arena, any, own) : NULL;
    if (status != GAZ_OK) {
        return status;
    }
    return citations ? find_citings(&finder, citations) : gaz_err_memory(err);
}

// --- force ---

static const char *const validity_names[] = {
    [GAZ_VALIDITY_UNKNOWN] = "unknown",
    [GAZ_VALIDITY_IN_FORCE] = "in_force",
    [GAZ_VALIDITY_AMENDED] = "amended",
    [GAZ_VALIDITY_REPEALED] = "repealed",
};

const char *gaz_validity_name(enum gaz_validity validity) {
    return validity_names[validity];
}

// Keeps those with RELATION; false, and all are kept, when there is none.
static bool keep_relation(struct gaz_citings *citings, const char *relation) {
    size_t kept = 0;
    for (size_t i = 0; i < citings->count; i++) {
        if (citings->items[i].relation && strcmp(citings->items[i].relation, relation) == 0) {
            citings->items[kept++] = citings->items[i];
        }
    }
    citings->count = kept > 0 ? kept : citings->count;
    return kept > 0;
}

static bool has_any(const char *text, const char *const *words, size_t count) {
    for (size_t i = 0; text && i < count; i++) {
        if (strstr(text, words[i])) {
            return true;
        }
    }
    return false;
}

// Whether CITING says that what it cites goes on being in force: in its sentence, or in the title of a
// document that lists nothing else.
static bool confirms(const struct gaz_citing *citing) {
    static const char *const good[] = {"继续有效", "繼續有效", "现行有效",
                                       "現行有效", "继续执行", "繼續適用"};
    static const char *const bad[] = {"不再", "废止", "廢止", "失效", "修改", "修正"};
    enum { GOOD = sizeof good / sizeof good[0], BAD = sizeof bad / sizeof bad[0] };
    return (has_any(citing->text, good, GOOD) && !has_any(citing->text, bad, BAD)) ||
           (has_any(citing->title, good, GOOD) && !has_any(citing->title, bad, BAD));
}

static bool keep_confirming(struct gaz_citings *citings) {
    size_t kept = 0;
    for (size_t i = 0; i < citings->count; i++) {
        if (confirms(&citings->items[i])) {
            citings->items[kept++] = citings->items[i];
        }
    }
    citings->count = kept > 0 ? kept : citings->count;
    return kept > 0;
}

enum gaz_validity gaz_citings_validity(struct gaz_citings *citings) {
    if (keep_relation(citings, "repeals")) {
        return GAZ_VALIDITY_REPEALED;
    }
    if (keep_relation(citings, "amends")) {
        return GAZ_VALIDITY_AMENDED;
    }
    if (keep_confirming(citings)) {
        return GAZ_VALIDITY_IN_FORCE;
    }
    citings->count = 0;
    return GAZ_VALIDITY_UNKNOWN;
}

// --- targets ---

// The id of the first document of SELECT, NULL when there is none; the caller drops it.
static enum gaz_status first_id(const struct gaz_archive *archive, const struct gaz_index_query *query,
                                json_t **id, struct gaz_err *err) {
    struct gaz_docids docids;
    json_t *document = NULL;
    size_t first = 0;
    enum gaz_status status = gaz_archive_select(archive, query, &docids, err);
    if (status == GAZ_OK) {
        status = gaz_archive_first(archive, &docids, &first, err);
    }
    if (status == GAZ_OK && docids.count > 0) {
        status = gaz_archive_record(archive, docids.items[first], &document, err);
        *id = json_incref(json_object_get(document, "id"));
    }
    json_decref(document);
    gaz_free(docids.items); // NULL after a failed selection
    return status;
}

static enum gaz_status target(const struct gaz_archive *archive, const json_t *citation, json_t **id,
                              struct gaz_err *err) {
    const char *key = text_of(json_object_get(citation, "number"), "key");
    const char *title = text_of(citation, "title");
    struct gaz_term term;
    enum gaz_status status = GAZ_OK;
    if (*key) {
        gaz_term_make(GAZ_TERM_NUMBER, key, strlen(key), &term);
    } else {
        status = gaz_term_make_folded(GAZ_TERM_WHOLE_TITLE, title, strlen(title), &term, err);
    }
    const struct gaz_index_query query = {.op = GAZ_INDEX_TERM, .term = gaz_term_bytes(&term)};
    return status == GAZ_OK ? first_id(archive, &query, id, err) : status;
}

enum gaz_status gaz_citation_resolve(const struct gaz_archive *archive, json_t *record, struct gaz_err *err) {
    json_t *id = NULL;
    if (strcmp(text_of(record, "type"), gaz_record_type_name(GAZ_RECORD_CITATION)) != 0) {
        return GAZ_OK;
    }
    enum gaz_status status = target(archive, record, &id, err);
    if (status != GAZ_OK) {
        return status;
    }
    return json_object_set_new(record, "to", id ? id : json_null()) == 0 ? GAZ_OK : gaz_err_memory(err);
}
