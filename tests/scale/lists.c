// SPDX-License-Identifier: GPL-2.0-or-later
//
// Numbers, citations, counts and pages of whole archives.
#include <stdio.h>
#include <string.h>

#include "corpus/fold.h"
#include "tests/scale/proof.h"

static bool is_type(const json_t *record, const char *type) {
    return strcmp(proof_text(record, "type"), type) == 0;
}

static const char *key_of(const json_t *number) {
    return proof_text(number, "key");
}

// Calls VISIT for each number of each document.
typedef void visit_number(struct proof *proof, size_t place, const json_t *number, void *context);
static void each_number(struct proof *proof, visit_number *visit, void *context) {
    for (size_t i = 0; i < proof->document_count; i++) {
        size_t place = proof->documents[i];
        const json_t *record = proof->records[place], *numbers = json_object_get(record, "numbers");
        for (size_t j = 0; j < json_array_size(numbers); j++) {
            visit(proof, place, json_array_get(numbers, j), context);
        }
        if (json_array_size(numbers) == 0 && json_is_object(json_object_get(record, "number"))) {
            visit(proof, place, json_object_get(record, "number"), context);
        }
    }
}

static bool has_number(const json_t *document, const char *key) {
    const json_t *numbers = json_object_get(document, "numbers"), *number;
    size_t i;
    json_array_foreach(numbers, i, number) {
        if (strcmp(key_of(number), key) == 0) {
            return true;
        }
    }
    return strcmp(key_of(json_object_get(document, "number")), key) == 0;
}

static void documents_with_number(const struct proof *proof, const char *key, struct proof_set *out) {
    *out = (struct proof_set){0};
    for (size_t i = 0; i < proof->document_count; i++) {
        if (has_number(proof->records[proof->documents[i]], key)) {
            proof_set_add(out, proof->documents[i]);
        }
    }
}

// --- numbers ---

// Whether one of the hits of ANSWER that share a number is the record ID or the same printed elsewhere.
static bool is_among(const struct gaz_answer *answer, size_t most, const char *id) {
    bool is = false;
    for (size_t i = 0; i < gaz_answer_hit_count(answer) && i < most && !is; i++) {
        struct gaz_hit hit;
        struct gaz_err err = {0};
        const json_t *place;
        size_t j;
        if (gaz_answer_hit(answer, i, &hit, &err) != GAZ_OK) {
            proof_die(id, &err);
        }
        is = strcmp(proof_text(hit.record, "id"), id) == 0;
        json_array_foreach(hit.places, j, place) {
            is = is || strcmp(proof_text(place, "id"), id) == 0;
        }
        gaz_hit_free(&hit);
    }
    return is;
}

// Documents that share a number share the first ranks.
static void ask_for_number(struct proof *proof, const char *spelling, const char *key, const char *id) {
    const struct gaz_request request = {.mode = GAZ_MODE_NUMBER, .query = spelling, .excerpts = 1};
    struct gaz_answer answer;
    struct proof_set found, expected;
    proof_ask(proof, &request, &answer);
    proof_found(proof, &answer, &found);
    documents_with_number(proof, key, &expected);
    bool right = proof_set_equal(&found, &expected) && is_among(&answer, expected.count, id);
    proof_judge(proof, spelling, right ? NULL : "its document is not at rank 1");
    proof_set_free(&found);
    proof_set_free(&expected);
    gaz_answer_free(&answer);
}

static void add_wide(struct gaz_buf *out, json_int_t number) {
    static const char *const digits[] = {"０", "１", "２", "３", "４", "５", "６", "７", "８", "９"};
    char ascii[32];
    snprintf(ascii, sizeof ascii, "%" JSON_INTEGER_FORMAT, number);
    for (const char *at = ascii; *at; at++) {
        gaz_buf_addstr(out, digits[*at - '0']);
    }
}

static void ask_in_spellings(struct proof *proof, size_t place, const json_t *number, void *context) {
    const char *id = proof_text(proof->records[place], "id"), *key = key_of(number);
    json_int_t year = json_integer_value(json_object_get(number, "year"));
    struct gaz_buf spelling = GAZ_BUF_INIT;
    (void)context;
    ask_for_number(proof, proof_text(number, "text"), key, id);
    ask_for_number(proof, key, key, id);
    if (year > 0) {
        gaz_buf_printf(&spelling, "%s [", proof_text(number, "code"));
        add_wide(&spelling, year);
        gaz_buf_addstr(&spelling, "]\n第");
        add_wide(&spelling, json_integer_value(json_object_get(number, "serial")));
        gaz_buf_addstr(&spelling, "號");
        ask_for_number(proof, spelling.data, key, id);
    }
    gaz_buf_free(&spelling);
}

void prove_numbers(struct proof *proof) {
    each_number(proof, ask_in_spellings, NULL);
}

// --- citations ---

struct graph {
    json_t *titles;  // folded title → places of the citations of it
    json_t *numbers; // key → places of the citations of it
    json_t *citers;  // key → {id of a unit that cites it: true}, as --cites answers
};

static void add_place(json_t *index, const char *name, size_t place) {
    json_t *places = json_object_get(index, name);
    if (!places) {
        places = json_array();
        json_object_set_new(index, name, places);
    }
    json_array_append_new(places, json_integer((json_int_t)place));
}

static const char *fold(const char *text, struct gaz_buf *out) {
    gaz_buf_clear(out);
    gaz_fold_append(text, strlen(text), GAZ_FOLD_FULL, out);
    return out->data ? out->data : "";
}

static void index_citations(const struct proof *proof, struct graph *graph) {
    struct gaz_buf title = GAZ_BUF_INIT;
    for (size_t i = 0; i < proof->count; i++) {
        const json_t *record = proof->records[i];
        if (!is_type(record, "citation")) {
            continue;
        }
        if (is_type(record, "citation") && *key_of(json_object_get(record, "number"))) {
            add_place(graph->numbers, key_of(json_object_get(record, "number")), i);
        } else {
            add_place(graph->titles, fold(proof_text(record, "title"), &title), i);
        }
    }
    gaz_buf_free(&title);
}

// Adds the units of the citations at PLACES that do not stand in one of OWN.
static void add_citers(const struct proof *proof, const json_t *places, const struct proof_set *own,
                       struct proof_set *out) {
    const json_t *place;
    size_t i;
    json_array_foreach(places, i, place) {
        const json_t *citation = proof->records[json_integer_value(place)];
        bool is_own = false;
        for (size_t j = 0; j < own->count; j++) {
            is_own = is_own || strcmp(proof_text(citation, "document"),
                                      proof_text(proof->records[own->items[j]], "id")) == 0;
        }
        if (!is_own) {
            proof_set_add(out, proof_place(proof, proof_text(citation, "from")));
        }
    }
}

// The units that cite KEY, or a document with this number by one of its titles: by the dump alone.
static void scan_citers(const struct proof *proof, const struct graph *graph, const char *key,
                        struct proof_set *out) {
    struct proof_set own;
    struct gaz_buf title = GAZ_BUF_INIT, joined = GAZ_BUF_INIT;
    *out = (struct proof_set){0};
    documents_with_number(proof, key, &own);
    add_citers(proof, json_object_get(graph->numbers, key), &own, out);
    for (size_t i = 0; i < own.count; i++) {
        const json_t *document = proof->records[own.items[i]];
        gaz_buf_clear(&joined);
        gaz_buf_printf(&joined, "%s%s", proof_text(document, "issuer"), proof_text(document, "title"));
        const char *const titles[] = {proof_text(document, "title"), proof_text(document, "plan_title"),
                                      joined.data};
        for (size_t j = 0; j < sizeof titles / sizeof titles[0]; j++) {
            if (*titles[j]) {
                add_citers(proof, json_object_get(graph->titles, fold(titles[j], &title)), &own, out);
            }
        }
    }
    proof_set_sort(out);
    proof_set_free(&own);
    gaz_buf_free(&title);
    gaz_buf_free(&joined);
}

static json_t *ids_of(const struct proof *proof, const struct proof_set *set) {
    json_t *ids = json_object();
    for (size_t i = 0; i < set->count; i++) {
        json_object_set_new(ids, proof_text(proof->records[set->items[i]], "id"), json_true());
    }
    return ids;
}

// Who cites KEY, asked and scanned.
static void ask_cites(struct proof *proof, struct graph *graph, const char *key) {
    const struct gaz_request request = {.mode = GAZ_MODE_CITES, .query = key, .unit_level = true};
    struct gaz_answer answer;
    struct proof_set found, expected;
    if (json_object_get(graph->citers, key)) {
        return;
    }
    proof_ask(proof, &request, &answer);
    proof_found(proof, &answer, &found);
    scan_citers(proof, graph, key, &expected);
    bool right = proof_set_equal(&found, &expected) && answer.total == expected.count;
    proof_judge(proof, key, right ? NULL : "other units cite it than the dump says");
    json_object_set_new(graph->citers, key, ids_of(proof, &found));
    proof_set_free(&found);
    proof_set_free(&expected);
    gaz_answer_free(&answer);
}

static void ask_cites_of_document(struct proof *proof, size_t place, const json_t *number, void *context) {
    (void)place;
    ask_cites(proof, context, key_of(number));
}

// What the document at PLACE cites: the citation records in it, of which those of numbers have to be found
// from the other end, too.
static void ask_cited_by(struct proof *proof, size_t place, const json_t *number, void *context) {
    struct graph *graph = context;
    const struct gaz_request request = {.mode = GAZ_MODE_CITED_BY, .query = key_of(number)};
    struct gaz_answer answer;
    struct proof_set found, own, expected = {0};
    const char *wrong = NULL;
    (void)place;
    proof_ask(proof, &request, &answer);
    proof_found(proof, &answer, &found);
    documents_with_number(proof, key_of(number), &own);
    for (size_t i = 0; i < proof->count; i++) {
        for (size_t j = 0; j < own.count && is_type(proof->records[i], "citation"); j++) {
            if (strcmp(proof_text(proof->records[i], "document"),
                       proof_text(proof->records[own.items[j]], "id")) == 0) {
                proof_set_add(&expected, i);
            }
        }
    }
    wrong = proof_set_equal(&found, &expected) ? NULL : "it cites other things than the dump says";
    for (size_t i = 0; i < found.count && !wrong; i++) {
        const json_t *citation = proof->records[found.items[i]];
        const char *cited = key_of(json_object_get(citation, "number"));
        const json_t *citers = json_object_get(graph->citers, cited);
        if (citers && !has_number(proof->records[own.items[0]], cited) &&
            !json_object_get(citers, proof_text(citation, "from"))) {
            wrong = "it cites a number whose citers it is not among";
        }
    }
    proof_judge(proof, key_of(number), wrong);
    proof_set_free(&found);
    proof_set_free(&own);
    proof_set_free(&expected);
    gaz_answer_free(&answer);
}

void prove_citations(struct proof *proof) {
    struct graph graph = {.titles = json_object(), .numbers = json_object(), .citers = json_object()};
    const char *key;
    const json_t *places;
    index_citations(proof, &graph);
    json_object_foreach(graph.numbers, key, places) {
        ask_cites(proof, &graph, key);
    }
    each_number(proof, ask_cites_of_document, &graph);
    each_number(proof, ask_cited_by, &graph);
    json_decref(graph.titles);
    json_decref(graph.numbers);
    json_decref(graph.citers);
}
