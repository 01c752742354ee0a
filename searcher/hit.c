// SPDX-License-Identifier: GPL-2.0-or-later
//
// One hit of an answer: its records and excerpts.
#include <string.h>

#include "searcher/folds.h"
#include "searcher/highlight.h"
#include "searcher/search.h"

// Characters of a unit that is shown for whom it names: its name stands at the end, what it is about before
// it.
enum { UNIT_EXCERPT_MAX = 400 };

struct builder {
    const struct gaz_answer *answer;
    struct gaz_hit *hit;
    struct gaz_err *err;
};

// Finds marks.
struct marker {
    const struct gaz_answer *answer;
    struct gaz_arena *arena;
    struct gaz_err *err;
};

static const char *text_of(const json_t *record, const char *key) {
    const char *text = json_string_value(json_object_get(record, key));
    return text ? text : "";
}

static bool is_type(const json_t *record, enum gaz_record_type type) {
    return strcmp(text_of(record, "type"), gaz_record_type_name(type)) == 0;
}

// --- marks ---

static bool ends_with(const char *text, const char *end) {
    size_t len = strlen(text), end_len = strlen(end);
    return len >= end_len && strcmp(text + len - end_len, end) == 0;
}

// Whether the printed unit NAME is one of those asked for. Of two keys one may say the place (云河市教育局,
// 市教育局); the record is known to name the unit, so that is enough.
static enum gaz_status is_asked_for(const struct marker *marker, const char *name, bool *is) {
    const struct gaz_strings *wanted = &marker->answer->unit_keys;
    struct gaz_unit_keys keys = {0};
    enum gaz_status status = gaz_authority_keys(marker->answer->archive->authority, name, strlen(name), NULL,
                                                marker->arena, &keys, marker->err);
    *is = false;
    for (size_t i = 0; i < keys.count; i++) {
        for (size_t j = 0; j < wanted->count; j++) {
            *is = *is || ends_with(wanted->items[j], keys.items[i]) ||
                  ends_with(keys.items[i], wanted->items[j]);
        }
    }
    return status;
}

// Adds a phrase for each unit of LIST that was asked for to ANY.
static enum gaz_status add_units(const struct marker *marker, const json_t *list, struct gaz_query *any) {
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item) {
        const char *name = json_string_value(item);
        bool is = false;
        enum gaz_status status = is_asked_for(marker, name, &is);
        if (status != GAZ_OK) {
            return status;
        }
        struct gaz_arena *arena = marker->arena;
        if (is && !gaz_query_add(arena, any, gaz_query_phrase(arena, name, strlen(name)))) {
            return gaz_err_memory(marker->err);
        }
    }
    return GAZ_OK;
}

// Folds the phrases of ANY into matchers of their own.
static enum gaz_status make_matcher(const struct marker *marker, const struct gaz_query *any,
                                    struct gaz_matcher *out) {
    struct gaz_matcher *phrases = gaz_arena_alloc(marker->arena, any->child_count * sizeof *phrases);
    out->op = GAZ_QUERY_OR;
    out->children = gaz_arena_alloc(marker->arena, any->child_count * sizeof(struct gaz_matcher *));
    if (!phrases || !out->children) {
        return gaz_err_memory(marker->err);
    }
    for (size_t i = 0; i < any->child_count; i++) {
        const char *text = any->children[i]->text;
        phrases[i].op = GAZ_QUERY_PHRASE;
        out->children[out->child_count++] = &phrases[i];
        enum gaz_status status =
            gaz_fold_text(text, strlen(text), marker->answer->plan.mode, &phrases[i].needle, marker->err);
        if (status != GAZ_OK) {
            return status;
        }
    }
    return GAZ_OK;
}

// Marks the units asked for in the text of a clause or row that names them as responsible.
static enum gaz_status mark_units(const struct marker *marker, const json_t *record,
                                  const struct gaz_subject *subject, struct gaz_marks *out) {
    const json_t *responsible = json_object_get(record, "responsible");
    struct gaz_matcher matcher = {0};
    struct gaz_query *any = gaz_query_node(marker->arena, GAZ_QUERY_OR);
    if (!any) {
        return gaz_err_memory(marker->err);
    }
    enum gaz_status status = add_units(marker, json_object_get(responsible, "lead"), any);
    if (status == GAZ_OK) {
        status = add_units(marker, json_object_get(responsible, "others"), any);
    }
    if (status == GAZ_OK) {
        status = make_matcher(marker, any, &matcher);
    }
    if (status == GAZ_OK) {
        status = gaz_match_marks(&matcher, subject, out, marker->err);
    }
    gaz_matcher_free(&matcher);
    return status;
}

// Marks the numbers asked for, however they are spelled.
static enum gaz_status mark_numbers(const struct marker *marker, const char *text, struct gaz_marks *out) {
    const struct gaz_strings *wanted = &marker->answer->number_keys;
    struct gaz_docnums numbers = {0};
    enum gaz_status status = gaz_docnum_find(text, strlen(text), marker->arena, &numbers, marker->err);
    for (size_t i = 0; i < numbers.count && status == GAZ_OK; i++) {
        const struct gaz_docnum *number = &numbers.items[i];
        if (gaz_strings_have(wanted, number->key, strlen(number->key))) {
            status = gaz_marks_add(out, (struct gaz_span){number->offset, number->length}, marker->err);
        }
    }
    return status;
}

// The marks of what is asked for by name, where no phrase is.
static enum gaz_status mark_names(const struct marker *marker, const json_t *record,
                                  const struct gaz_subject *subject, struct gaz_answer_marks *out) {
    enum gaz_status status = GAZ_OK;
    out->by_unit = marker->answer->unit_keys.count > 0;
    if (out->by_unit) {
        status = mark_units(marker, record, subject, &out->marks);
    }
    if (status == GAZ_OK && out->marks.count == 0 && marker->answer->number_keys.count > 0) {
        status = mark_numbers(marker, subject->text, &out->marks);
    }
    return status;
}

enum gaz_status gaz_answer_mark(const struct gaz_answer *answer, const json_t *record, const char *key,
                                struct gaz_arena *arena, struct gaz_answer_marks *out, struct gaz_err *err) {
    const struct marker marker = {answer, arena, err};
    struct gaz_subject subject = {.text = text_of(record, key)};
    *out = (struct gaz_answer_marks){.text = subject.text};
    enum gaz_status status =
        gaz_fold_text(subject.text, strlen(subject.text), answer->plan.mode, &subject.folded, err);
    if (status != GAZ_OK) {
        return status;
    }
    status = gaz_match_marks(answer->plan.matcher, &subject, &out->marks, err);
    if (status == GAZ_OK && out->marks.count > 0) {
        out->folds = gaz_folds_needed(answer->plan.matcher, &subject);
    } else if (status == GAZ_OK) {
        status = mark_names(&marker, record, &subject, out);
    }
    gaz_folded_free(&subject.folded);
    return status;
}

// --- excerpts ---

static enum gaz_status copy_excerpt(const struct builder *builder, const json_t *record,
                                    const struct gaz_answer_marks *found,
                                    const struct gaz_excerpt_span *span) {
    struct gaz_arena *arena = builder->hit->arena;
    struct gaz_excerpt *excerpt = &builder->hit->excerpts[builder->hit->excerpt_count];
    const char *id = text_of(record, "id"), *address = text_of(record, "address");
    struct gaz_span *marks = gaz_arena_alloc(arena, span->marks.count * sizeof *marks);
    excerpt->id = gaz_arena_strndup(arena, id, strlen(id));
    excerpt->address = gaz_arena_strndup(arena, address, strlen(address));
    excerpt->text = gaz_arena_strndup(arena, found->text + span->offset, span->length);
    if (!marks || !excerpt->id || !excerpt->address || !excerpt->text) {
        return gaz_err_memory(builder->err);
    }
    if (span->marks.count > 0) {
        memcpy(marks, span->marks.items, span->marks.count * sizeof *marks);
    }
    excerpt->marks = marks;
    excerpt->mark_count = span->marks.count;
    excerpt->folds = found->folds;
    excerpt->page = (size_t)json_integer_value(json_object_get(record, "page"));
    builder->hit->excerpt_count++;
    return GAZ_OK;
}

// Whether RECORD, in which nothing is marked, says something when it is shown: an entry of the calendar does,
// and what is responsible; a unit of a document found by its fields does not.
static bool speaks_for_itself(const json_t *record, bool by_unit) {
    return is_type(record, GAZ_RECORD_ENTRY) || (by_unit && !is_type(record, GAZ_RECORD_DOCUMENT));
}

// The header of a document is lines of many kinds: what is found in its title is shown as the title.
static enum gaz_status mark_record(const struct builder *builder, const json_t *record,
                                   struct gaz_answer_marks *out) {
    struct gaz_arena *arena = builder->hit->arena;
    if (is_type(record, GAZ_RECORD_DOCUMENT)) {
        enum gaz_status status = gaz_answer_mark(builder->answer, record, "title", arena, out, builder->err);
        if (status != GAZ_OK || out->marks.count > 0) {
            return status;
        }
    }
    return gaz_answer_mark(builder->answer, record, "text", arena, out, builder->err);
}

static enum gaz_status add_excerpt(const struct builder *builder, const json_t *record) {
    struct gaz_answer_marks found;
    struct gaz_excerpt_span span = {0};
    enum gaz_status status = mark_record(builder, record, &found);
    if (status == GAZ_OK && (found.marks.count > 0 || speaks_for_itself(record, found.by_unit))) {
        size_t len = strlen(found.text);
        status =
            found.by_unit
                ? gaz_excerpt_begin(found.text, len, &found.marks, UNIT_EXCERPT_MAX, &span, builder->err)
                : gaz_excerpt_choose(found.text, len, &found.marks, GAZ_EXCERPT_MAX, &span, builder->err);
        if (status == GAZ_OK) {
            status = copy_excerpt(builder, record, &found, &span);
        }
    }
    gaz_free(span.marks.items);
    gaz_free(found.marks.items);
    return status;
}

// A citation is shown in the sentence it stands in.
static enum gaz_status add_citation(const struct builder *builder, const json_t *citation) {
    struct gaz_citing citing;
    enum gaz_status status =
        gaz_citing_read(builder->answer->archive, citation, builder->hit->arena, &citing, builder->err);
    if (status == GAZ_OK) {
        builder->hit->excerpts[builder->hit->excerpt_count++] = (struct gaz_excerpt){
            citing.id, citing.address, citing.page, citing.text, citing.marks, citing.mark_count, 0};
    }
    return status;
}

static enum gaz_status add_excerpt_of(const struct builder *builder, uint32_t docid) {
    json_t *record = NULL;
    enum gaz_status status = gaz_archive_record(builder->answer->archive, docid, &record, builder->err);
    if (status == GAZ_OK) {
        status = add_excerpt(builder, record);
        json_decref(record);
    }
    return status;
}

static enum gaz_status make_room(const struct builder *builder, size_t count) {
    builder->hit->excerpts = gaz_arena_alloc(builder->hit->arena, count * sizeof *builder->hit->excerpts);
    return builder->hit->excerpts ? GAZ_OK : gaz_err_memory(builder->err);
}

// --- documents ---

// What a hit says of its document; RECORD is the document's own.
static json_t *summarize(const json_t *record, const char *issue) {
    return json_pack("{sO*sO*sO*sO*sO*sssO*}", "id", json_object_get(record, "id"), "number",
                     json_object_get(record, "number"), "title", json_object_get(record, "title"), "issuer",
                     json_object_get(record, "issuer"), "date", json_object_get(record, "date"), "issue",
                     issue, "page", json_object_get(record, "page"));
}

// The id of the issue is the beginning of all ids in it.
static const char *issue_of(const struct builder *builder, const char *id) {
    const char *slash = strchr(id, '/');
    return gaz_arena_strndup(builder->hit->arena, id, slash ? (size_t)(slash - id) : strlen(id));
}

static enum gaz_status set_document(const struct builder *builder, const json_t *record) {
    const char *issue = issue_of(builder, text_of(record, "id"));
    builder->hit->document =
        is_type(record, GAZ_RECORD_DOCUMENT) && issue ? summarize(record, issue) : json_null();
    return issue && builder->hit->document ? GAZ_OK : gaz_err_memory(builder->err);
}

static enum gaz_status set_document_of_unit(const struct builder *builder) {
    const char *id = json_string_value(json_object_get(builder->hit->record, "document"));
    json_t *document = NULL;
    if (!id) {
        return set_document(builder, builder->hit->record);
    }
    enum gaz_status status = gaz_archive_record_by_id(builder->answer->archive, id, &document, builder->err);
    if (status == GAZ_OK) {
        status = set_document(builder, document);
        json_decref(document);
    }
    return status;
}

// --- hits ---

// The id of the document (or issue) that a match belongs to, in the hit's arena.
static enum gaz_status owner_of(const struct builder *builder, const struct gaz_found_match *match,
                                const char **out) {
    char *id;
    const struct gaz_archive *archive = builder->answer->archive;
    enum gaz_status status = gaz_archive_value(archive, match->docid, GAZ_SLOT_DOCUMENT, &id, builder->err);
    if (status == GAZ_OK && *id == '\0') {
        gaz_free(id);
        status = gaz_archive_value(archive, match->docid, GAZ_SLOT_ISSUE, &id, builder->err);
    }
    if (status != GAZ_OK) {
        return status;
    }
    *out = gaz_arena_strndup(builder->hit->arena, id, strlen(id));
    gaz_free(id);
    return *out ? GAZ_OK : gaz_err_memory(builder->err);
}

static enum gaz_status add_place(const struct builder *builder, const char *id) {
    json_t *record = NULL;
    enum gaz_status status = gaz_archive_record_by_id(builder->answer->archive, id, &record, builder->err);
    if (status != GAZ_OK) {
        return status;
    }
    const char *issue = issue_of(builder, id);
    json_t *place =
        issue ? json_pack("{ss ss sO}", "id", id, "issue", issue, "page", json_object_get(record, "page"))
              : NULL;
    json_decref(record);
    if (!builder->hit->places) {
        builder->hit->places = json_array();
    }
    return json_array_append_new(builder->hit->places, place) == 0 ? GAZ_OK : gaz_err_memory(builder->err);
}

// Where else the document stands: its matches tell.
static enum gaz_status add_places(const struct builder *builder, const struct gaz_found_group *group) {
    struct gaz_strings seen = {0};
    enum gaz_status status = GAZ_OK;
    for (size_t i = 0; i < group->count && status == GAZ_OK; i++) {
        const char *id;
        size_t before = seen.count;
        status = owner_of(builder, &builder->answer->found.matches[group->first + i], &id);
        if (status == GAZ_OK) {
            status = gaz_strings_add_once(&seen, builder->hit->arena, id, strlen(id), builder->err);
        }
        if (status == GAZ_OK && seen.count > before && before > 0) {
            status = add_place(builder, id);
        }
    }
    return status;
}

// What is known of the force of a document that is looked up.
static enum gaz_status set_validity(const struct builder *builder, uint32_t docid) {
    struct gaz_hit *hit = builder->hit;
    enum gaz_mode mode = builder->answer->request.mode;
    hit->has_validity =
        (mode == GAZ_MODE_NUMBER || mode == GAZ_MODE_SHOW) && is_type(hit->record, GAZ_RECORD_DOCUMENT);
    if (!hit->has_validity) {
        return GAZ_OK;
    }
    enum gaz_status status =
        gaz_citings_of_document(builder->answer->archive, docid, hit->arena, &hit->evidence, builder->err);
    hit->validity = gaz_citings_validity(&hit->evidence);
    return status;
}

static enum gaz_status build_document(const struct builder *builder, const struct gaz_found_group *group) {
    const struct gaz_answer *answer = builder->answer;
    size_t most = answer->request.excerpts;
    builder->hit->score = group->rank.score;
    builder->hit->match_count = group->count;
    const char *id;
    enum gaz_status status = owner_of(builder, &answer->found.matches[group->first], &id);
    if (status == GAZ_OK) {
        status = gaz_archive_record_by_id(answer->archive, id, &builder->hit->record, builder->err);
    }
    if (status == GAZ_OK) {
        status = set_document(builder, builder->hit->record);
    }
    if (status == GAZ_OK) {
        status = set_validity(builder, answer->found.matches[group->first].docid);
    }
    if (status == GAZ_OK) {
        status = add_places(builder, group);
    }
    if (status == GAZ_OK) {
        status = make_room(builder, group->count);
    }
    if (answer->request.mode == GAZ_MODE_NUMBER) {
        return status; // the number stands in the record
    }
    for (size_t i = 0; i < group->count && status == GAZ_OK; i++) {
        if (most > 0 && builder->hit->excerpt_count == most) {
            break;
        }
        status = add_excerpt_of(builder, answer->found.matches[group->first + i].docid);
    }
    return status;
}

static enum gaz_status build_unit(const struct builder *builder, const struct gaz_found_match *match) {
    const struct gaz_archive *archive = builder->answer->archive;
    builder->hit->score = match->rank.score;
    builder->hit->match_count = 1;
    builder->hit->unit_level = true;
    enum gaz_status status = gaz_archive_record(archive, match->docid, &builder->hit->record, builder->err);
    if (status == GAZ_OK) {
        status = gaz_citation_resolve(archive, builder->hit->record, builder->err);
    }
    if (status == GAZ_OK) {
        status = set_document_of_unit(builder);
    }
    if (status == GAZ_OK) {
        status = set_validity(builder, match->docid);
    }
    if (status == GAZ_OK) {
        status = make_room(builder, 1);
    }
    if (status != GAZ_OK) {
        return status;
    }
    return is_type(builder->hit->record, GAZ_RECORD_CITATION) ? add_citation(builder, builder->hit->record)
                                                              : add_excerpt(builder, builder->hit->record);
}

// --- numbers ---

// The first record with PREFIX and KEY; NULL when there is none.
static enum gaz_status first_record(const struct builder *builder, const char *prefix, const char *key,
                                    json_t **out) {
    const struct gaz_archive *archive = builder->answer->archive;
    struct gaz_select *select = gaz_select_name(builder->hit->arena, prefix, key);
    struct gaz_docids docids = {0};
    *out = NULL;
    enum gaz_status status = select ? gaz_archive_select(archive, &select->query, &docids, builder->err)
                                    : gaz_err_memory(builder->err);
    size_t first = 0;
    if (status == GAZ_OK) {
        status = gaz_archive_first(archive, &docids, &first, builder->err);
    }
    if (status == GAZ_OK && docids.count > 0) {
        status = gaz_archive_record(archive, docids.items[first], out, builder->err);
    }
    gaz_free(docids.items);
    return status;
}

// Takes the number with KEY as RECORD (of a document or citation) prints it.
static enum gaz_status note_number(const struct builder *builder, const json_t *record, const char *key) {
    const json_t *number = json_object_get(record, "number"), *other;
    size_t i;
    json_array_foreach(json_object_get(record, "numbers"), i, other) {
        number = strcmp(text_of(other, "key"), key) == 0 ? other : number;
    }
    const char *text = text_of(number, "text");
    if (*text && strcmp(text_of(number, "key"), key) == 0) {
        builder->hit->number = gaz_arena_strndup(builder->hit->arena, text, strlen(text));
    }
    return builder->hit->number ? GAZ_OK : gaz_err_memory(builder->err);
}

// A number, with its document's record where the archive has one.
static enum gaz_status build_listed(const struct builder *builder, const struct gaz_listed *listed) {
    struct gaz_hit *hit = builder->hit;
    json_t *citation = NULL;
    hit->listed = listed;
    hit->number = listed->text;
    enum gaz_status status = first_record(builder, GAZ_TERM_NUMBER, listed->key, &hit->record);
    if (status == GAZ_OK && hit->record) {
        status = set_document(builder, hit->record);
        return status == GAZ_OK ? note_number(builder, hit->record, listed->key) : status;
    }
    if (status == GAZ_OK && listed->citations > 0) {
        status = first_record(builder, GAZ_TERM_CITES, listed->key, &citation);
    }
    if (status == GAZ_OK && citation) {
        status = note_number(builder, citation, listed->key);
    }
    json_decref(citation);
    return status;
}

// --- pages and streams ---

static enum gaz_status build(const struct builder *builder, size_t place) {
    const struct gaz_answer *answer = builder->answer;
    if (answer->kwic.count > 0) {
        builder->hit->line = &answer->kwic.items[place];
        return GAZ_OK;
    }
    if (answer->listing.count > 0) {
        return build_listed(builder, &answer->listing.items[place]);
    }
    if (answer->request.unit_level) {
        return build_unit(builder, &answer->found.matches[place]);
    }
    return build_document(builder, &answer->found.groups[place]);
}

static enum gaz_status begin_hit(struct gaz_hit *out, size_t rank, struct gaz_err *err) {
    *out = (struct gaz_hit){.rank = rank, .arena = gaz_arena_new()};
    return out->arena ? GAZ_OK : gaz_err_memory(err);
}

static enum gaz_status end_hit(struct gaz_hit *out, enum gaz_status status) {
    if (status != GAZ_OK) {
        gaz_hit_free(out);
    }
    return status == GAZ_ERR_NOT_FOUND ? GAZ_ERR_BUSY : status; // it was there when the search began
}

enum gaz_status gaz_answer_hit(const struct gaz_answer *answer, size_t at, struct gaz_hit *out,
                               struct gaz_err *err) {
    const struct builder builder = {answer, out, err};
    size_t place = answer->request.offset + at;
    enum gaz_status status = begin_hit(out, place + 1, err);
    if (status == GAZ_OK) {
        status = build(&builder, place);
    }
    return end_hit(out, status);
}

struct stream {
    const struct gaz_answer *answer;
    gaz_answer_visit *visit;
    void *context;
    size_t rank;
};

static enum gaz_status stream_hit(void *context, uint32_t docid, struct gaz_err *err) {
    struct stream *stream = context;
    struct gaz_hit hit;
    const struct builder builder = {stream->answer, &hit, err};
    const struct gaz_found_match found = {.docid = docid};
    enum gaz_status status = begin_hit(&hit, ++stream->rank, err);
    if (status == GAZ_OK) {
        status = build_unit(&builder, &found);
    }
    status = end_hit(&hit, status);
    if (status == GAZ_OK) {
        status = stream->visit(stream->context, &hit, err);
        gaz_hit_free(&hit);
    }
    return status;
}

enum gaz_status gaz_answer_each(struct gaz_answer *answer, gaz_answer_visit *visit, void *context,
                                struct gaz_err *err) {
    if (answer->request.extract) {
        struct stream stream = {answer, visit, context, 0};
        return gaz_found_each(answer->archive, &answer->plan, answer->after, stream_hit, &stream, err);
    }
    size_t count = gaz_answer_hit_count(answer);
    enum gaz_status status = GAZ_OK;
    for (size_t at = 0; at < count && status == GAZ_OK; at++) {
        struct gaz_hit hit;
        status = gaz_answer_hit(answer, at, &hit, err);
        if (status == GAZ_OK) {
            status = visit(context, &hit, err);
            gaz_hit_free(&hit);
        }
    }
    return status;
}

void gaz_hit_free(struct gaz_hit *hit) {
    json_decref(hit->record);
    json_decref(hit->document);
    json_decref(hit->places);
    gaz_arena_free(hit->arena);
    *hit = (struct gaz_hit){0};
}
