// SPDX-License-Identifier: GPL-2.0-or-later
#include <jansson.h>

#include "searcher/folds.h"
#include "searcher/render.h"

// A failed jansson constructor gives NULL, and a container takes no NULL: `bad` gathers such failures.
static json_t *checked(json_t *container, int bad) {
    if (bad) {
        json_decref(container);
        return NULL;
    }
    return container;
}

static json_t *string_or_null(const char *text) {
    return text ? json_string(text) : json_null();
}

static json_t *marks_json(const struct gaz_span *marks, size_t count) {
    json_t *array = json_array();
    int bad = 0;
    for (size_t i = 0; i < count; i++) {
        json_t *mark = json_pack("[II]", (json_int_t)marks[i].offset, (json_int_t)marks[i].length);
        bad |= json_array_append_new(array, mark);
    }
    return checked(array, bad);
}

static json_t *page_json(size_t page) {
    return page > 0 ? json_integer((json_int_t)page) : json_null();
}

// --- the question ---

static json_t *reading_json(const struct gaz_reading *reading) {
    json_t *json = json_pack("{ss ss}", "kind", gaz_reading_kind_name(reading->kind), "text", reading->text);
    int bad = 0;
    if (reading->key) {
        bad |= json_object_set_new(json, "key", json_string(reading->key));
    }
    if (reading->role != GAZ_ROLE_ANY) {
        bad |= json_object_set_new(json, "role", json_string(gaz_role_name(reading->role)));
    }
    if (reading->relative) {
        bad |= json_object_set_new(json, "relative", json_true());
    }
    return checked(json, bad);
}

json_t *gaz_query_to_json(const struct gaz_answer *answer) {
    json_t *readings = json_array();
    int bad = 0;
    for (size_t i = 0; i < answer->readings.count; i++) {
        bad |= json_array_append_new(readings, reading_json(&answer->readings.items[i]));
    }
    return json_pack("{so ss so}", "input", string_or_null(answer->request.query), "mode", answer->mode,
                     "reading", checked(readings, bad));
}

// --- who cites ---

static json_t *citing_json(const struct gaz_citing *citing) {
    return json_pack("{ss ss so so so so so so}", "id", citing->id, "address", citing->address, "document",
                     string_or_null(citing->document), "title", string_or_null(citing->title), "relation",
                     string_or_null(citing->relation), "page", page_json(citing->page), "text",
                     string_or_null(citing->text), "marks", marks_json(citing->marks, citing->mark_count));
}

json_t *gaz_citings_to_json(const struct gaz_citings *citings) {
    json_t *array = json_array();
    int bad = 0;
    for (size_t i = 0; i < citings->count; i++) {
        bad |= json_array_append_new(array, citing_json(&citings->items[i]));
    }
    return checked(array, bad);
}

// --- hits ---

static json_t *folds_json(unsigned folds) {
    json_t *array = json_array();
    int bad = 0;
    for (int kind = 0; kind < GAZ_FOLDED_COUNT; kind++) {
        if (folds & 1U << kind) {
            bad |= json_array_append_new(array, json_string(gaz_fold_kind_name((enum gaz_fold_kind)kind)));
        }
    }
    return checked(array, bad);
}

static json_t *excerpt_json(const struct gaz_excerpt *excerpt) {
    return json_pack("{ss ss so ss so so}", "id", excerpt->id, "address", excerpt->address, "page",
                     page_json(excerpt->page), "text", excerpt->text, "marks",
                     marks_json(excerpt->marks, excerpt->mark_count), "folds", folds_json(excerpt->folds));
}

static json_t *excerpts_json(const struct gaz_hit *hit) {
    json_t *array = json_array();
    int bad = 0;
    for (size_t i = 0; i < hit->excerpt_count; i++) {
        bad |= json_array_append_new(array, excerpt_json(&hit->excerpts[i]));
    }
    return checked(array, bad);
}

static json_t *number_json(const struct gaz_listed *listed, const char *text) {
    return json_pack("{ss ss so sI ss}", "text", text, "code", listed->code, "year",
                     listed->year > 0 ? json_integer(listed->year) : json_null(), "serial",
                     (json_int_t)listed->serial, "key", listed->key);
}

// A number of a list; what the archive does not have has neither id nor document.
static json_t *listed_json(const struct gaz_hit *hit) {
    const struct gaz_listed *listed = hit->listed;
    return json_pack("{sI so ss sI sO? sO? sO?}", "rank", (json_int_t)hit->rank, "number",
                     number_json(listed, hit->number), "holding", gaz_holding_name(listed->holding),
                     "citations", (json_int_t)listed->citations, "id", json_object_get(hit->record, "id"),
                     "address", json_object_get(hit->record, "address"), "document", hit->document);
}

json_t *gaz_missing_to_json(const struct gaz_listing *missing) {
    json_t *array = json_array();
    int bad = 0;
    for (size_t i = 0; i < missing->count; i++) {
        const struct gaz_listed *listed = &missing->items[i];
        bad |= json_array_append_new(
            array, json_pack("{so ss sI}", "number", number_json(listed, listed->text), "holding",
                             gaz_holding_name(listed->holding), "citations", (json_int_t)listed->citations));
    }
    return checked(array, bad);
}

static json_t *validity_json(const struct gaz_hit *hit) {
    return json_pack("{ss so}", "state", gaz_validity_name(hit->validity), "evidence",
                     gaz_citings_to_json(&hit->evidence));
}

static json_t *line_json(const struct gaz_hit *hit) {
    const struct gaz_kwic_line *line = hit->line;
    json_t *json = json_pack("{sI ss ss so ss ss ss}", "rank", (json_int_t)hit->rank, "id", line->id,
                             "address", line->address, "page", page_json(line->page), "left", line->left,
                             "match", line->match, "right", line->right);
    return line->group ? checked(json, json_object_set_new(json, "group", json_string(line->group))) : json;
}

json_t *gaz_hit_to_json(const struct gaz_hit *hit) {
    if (hit->line) {
        return line_json(hit);
    }
    if (hit->listed) {
        return listed_json(hit);
    }
    json_t *json = json_pack(
        "{sI sf sO sO ss sO sO so sI sO*}", "rank", (json_int_t)hit->rank, "score", hit->score, "id",
        json_object_get(hit->record, "id"), "address", json_object_get(hit->record, "address"), "level",
        hit->unit_level ? "unit" : "document", "record", hit->record, "document", hit->document, "excerpts",
        excerpts_json(hit), "matches", (json_int_t)hit->match_count, "places", hit->places);
    int bad = hit->has_validity ? json_object_set_new(json, "validity", validity_json(hit)) : 0;
    return checked(json, bad);
}

// Appends JSON, which is dropped, to OUT.
static enum gaz_status print(json_t *json, struct gaz_buf *out, struct gaz_err *err) {
    if (!json) {
        return gaz_err_memory(err);
    }
    enum gaz_status status = gaz_record_print_json(json, out, err);
    json_decref(json);
    return status;
}

// --- facets ---

static json_t *values_json(const struct gaz_facet_values *values) {
    json_t *array = json_array();
    int bad = 0;
    for (size_t i = 0; i < values->count; i++) {
        const struct gaz_facet_value *value = &values->items[i];
        bad |= json_array_append_new(array, json_pack("[sI]", value->name, (json_int_t)value->count));
    }
    return checked(array, bad);
}

static json_t *facets_json(const struct gaz_facets *facets) {
    json_t *object = json_object();
    int bad = 0;
    for (int facet = 0; facet < GAZ_FACET_COUNT; facet++) {
        bad |= json_object_set_new(object, gaz_facet_name((enum gaz_facet)facet),
                                   values_json(&facets->by[facet]));
    }
    return checked(object, bad);
}

// The parts of the index that the answer is without.
static json_t *missing_json(const struct gaz_archive *archive) {
    json_t *names = json_array();
    const char *name;
    int bad = 0;
    for (size_t i = 0; (name = gaz_index_missing(archive->index, i)); i++) {
        bad |= json_array_append_new(names, json_string(name));
    }
    return checked(names, bad);
}

// --- json: one object, its hits printed as they come ---

static enum gaz_status json_begin(const struct gaz_answer *answer, const struct gaz_render_options *options,
                                  struct gaz_buf *out, struct gaz_err *err) {
    (void)options;
    gaz_buf_printf(out, "{\"format_version\":%d,\"query\":", GAZ_RECORD_FORMAT_VERSION);
    enum gaz_status status = print(gaz_query_to_json(answer), out, err);
    if (status == GAZ_OK && gaz_index_missing(answer->archive->index, 0)) {
        gaz_buf_addstr(out, ",\"partial\":");
        status = print(missing_json(answer->archive), out, err);
    }
    gaz_buf_printf(out, ",\"state\":\"%s\",\"match\":\"%s\",\"total\":%zu,\"hits\":[",
                   gaz_state_name(answer->state), answer->relaxed ? "relaxed" : "exact", answer->total);
    return status;
}

static enum gaz_status json_hit(const struct gaz_answer *answer, const struct gaz_hit *hit,
                                const struct gaz_render_options *options, struct gaz_buf *out,
                                struct gaz_err *err) {
    (void)options;
    if (hit->rank > answer->request.offset + 1) {
        gaz_buf_addch(out, ',');
    }
    return print(gaz_hit_to_json(hit), out, err);
}

static enum gaz_status json_end(const struct gaz_answer *answer, const struct gaz_render_options *options,
                                struct gaz_buf *out, struct gaz_err *err) {
    (void)options;
    gaz_buf_addstr(out, "],\"cited_by\":");
    enum gaz_status status = print(gaz_citings_to_json(&answer->cited_by), out, err);
    if (status == GAZ_OK && answer->missing.count > 0) {
        gaz_buf_addstr(out, ",\"missing\":");
        status = print(gaz_missing_to_json(&answer->missing), out, err);
    }
    if (status == GAZ_OK && answer->request.facets) {
        gaz_buf_addstr(out, ",\"facets\":");
        status = print(facets_json(&answer->facets), out, err);
    }
    gaz_buf_addstr(out, "}\n");
    return status == GAZ_OK ? gaz_buf_check(out, err) : status;
}

const struct gaz_renderer gaz_render_json = {"json", true, json_begin, json_hit, json_end};

// --- ndjson: the hits, one a line ---

static enum gaz_status nothing(const struct gaz_answer *answer, const struct gaz_render_options *options,
                               struct gaz_buf *out, struct gaz_err *err) {
    (void)answer;
    (void)options;
    return gaz_buf_check(out, err);
}

static enum gaz_status ndjson_hit(const struct gaz_answer *answer, const struct gaz_hit *hit,
                                  const struct gaz_render_options *options, struct gaz_buf *out,
                                  struct gaz_err *err) {
    (void)answer;
    (void)options;
    enum gaz_status status = print(gaz_hit_to_json(hit), out, err);
    gaz_buf_addch(out, '\n');
    return status == GAZ_OK ? gaz_buf_check(out, err) : status;
}

const struct gaz_renderer gaz_render_ndjson = {"ndjson", false, nothing, ndjson_hit, nothing};
