// SPDX-License-Identifier: GPL-2.0-or-later
//
// Counts: what a facet says is what a scan of the dump counts, or what the search finds that asks for its
// value; and the pages of an answer together are the answer.
#include <stdio.h>
#include <string.h>

#include "corpus/fold.h"
#include "shim/unicode.h"
#include "tests/scale/proof.h"

// --- words to ask for ---

// A run of one to three characters of a text, none of which the query language knows.
static void take_word(struct proof *proof, struct gaz_buf *word) {
    size_t length = 1 + proof_random(proof, 3);
    gaz_buf_clear(word);
    for (size_t at = proof_random(proof, proof->folded.buf.len); length > 0 && at < proof->folded.buf.len;) {
        uint32_t code;
        size_t bytes = gaz_utf8_decode(proof->folded.buf.data + at, proof->folded.buf.len - at, &code);
        if (gaz_unicode_is_han(code)) {
            gaz_buf_add(word, proof->folded.buf.data + at, bytes);
            length--;
        } else if (word->len > 0) {
            return;
        }
        at += bytes;
    }
}

// --- facets ---

static const json_t *document_of(const struct proof *proof, const json_t *unit) {
    const char *id = proof_text(unit, "document");
    return *id                                                 ? proof->records[proof_place(proof, id)]
           : strcmp(proof_text(unit, "type"), "document") == 0 ? unit
                                                               : NULL;
}

static const json_t *issue_of(const struct proof *proof, const json_t *unit) {
    struct gaz_buf id = GAZ_BUF_INIT;
    const char *own = proof_text(unit, "id");
    gaz_buf_add(&id, own, strcspn(own, "/"));
    const json_t *issue = proof->records[proof_place(proof, id.data)];
    gaz_buf_free(&id);
    return issue;
}

// The value that UNIT has of a facet, "" for none. Of those that a record prints as they are.
static void value_of(const struct proof *proof, const json_t *unit, const char *facet, struct gaz_buf *out) {
    const json_t *document = document_of(proof, unit);
    const char *date = strcmp(proof_text(unit, "type"), "entry") == 0 ? proof_text(unit, "date")
                       : document                                     ? proof_text(document, "date")
                                                                      : "";
    gaz_buf_clear(out);
    if (strcmp(facet, "issue") == 0) {
        gaz_buf_addstr(out, proof_text(issue_of(proof, unit), "id"));
    } else if (strcmp(facet, "year") == 0) {
        gaz_buf_add(out, date, strlen(date) >= 4 ? 4 : 0);
    } else if (strcmp(facet, "month") == 0) {
        gaz_buf_add(out, date, strlen(date) >= 7 ? 7 : 0);
    } else if (document) {
        gaz_buf_addstr(out, proof_text(document, facet));
    }
}

static json_int_t count_in(const json_t *counts, const char *value) {
    return json_integer_value(json_object_get(counts, value));
}

// Counts by FACET of the units in SET; values are compared folded, since a facet has one name for all
// spellings.
static json_t *scan_counts(const struct proof *proof, const struct proof_set *set, const char *facet) {
    json_t *counts = json_object();
    struct gaz_buf value = GAZ_BUF_INIT, folded = GAZ_BUF_INIT;
    for (size_t i = 0; i < set->count; i++) {
        value_of(proof, proof->records[set->items[i]], facet, &value);
        gaz_buf_clear(&folded);
        gaz_fold_append(value.data, value.len, GAZ_FOLD_FULL, &folded);
        if (folded.len > 0) {
            json_object_set_new(counts, folded.data, json_integer(count_in(counts, folded.data) + 1));
        }
    }
    gaz_buf_free(&value);
    gaz_buf_free(&folded);
    return counts;
}

static json_t *answered_counts(const struct gaz_facet_values *values) {
    json_t *counts = json_object();
    struct gaz_buf folded = GAZ_BUF_INIT;
    for (size_t i = 0; i < values->count; i++) {
        gaz_buf_clear(&folded);
        gaz_fold_append(values->items[i].name, strlen(values->items[i].name), GAZ_FOLD_FULL, &folded);
        json_object_set_new(counts, folded.data, json_integer((json_int_t)values->items[i].count));
    }
    gaz_buf_free(&folded);
    return counts;
}

static bool is_scanned(enum gaz_facet facet) {
    return facet == GAZ_FACET_KIND || facet == GAZ_FACET_SECTION || facet == GAZ_FACET_YEAR ||
           facet == GAZ_FACET_MONTH || facet == GAZ_FACET_ISSUE;
}

static void compare_counts(struct proof *proof, const char *word, const struct gaz_answer *answer) {
    struct proof_set found;
    proof_found(proof, answer, &found);
    for (int facet = 0; facet < GAZ_FACET_COUNT; facet++) {
        if (!is_scanned((enum gaz_facet)facet)) {
            continue;
        }
        json_t *counts = answered_counts(&answer->facets.by[facet]);
        json_t *expected = scan_counts(proof, &found, gaz_facet_name((enum gaz_facet)facet));
        proof_judge(proof, word, json_equal(counts, expected) ? NULL : gaz_facet_name((enum gaz_facet)facet));
        json_decref(counts);
        json_decref(expected);
    }
    proof_set_free(&found);
}

// Adds the field of a unit, whose name may have quotation marks.
static void add_unit(const char *name, struct gaz_buf *query) {
    gaz_buf_addstr(query, " 单位:\"");
    for (; *name; name++) {
        gaz_buf_addstr(query, *name == '"' ? "\\" : "");
        gaz_buf_addch(query, *name);
    }
    gaz_buf_addch(query, '"');
}

// Asks again with VALUE of FACET added: it finds as many as the facet says.
static void ask_for_value(struct proof *proof, const struct gaz_request *request, enum gaz_facet facet,
                          const struct gaz_facet_value *value) {
    struct gaz_request narrow = *request;
    struct gaz_answer answer;
    struct gaz_buf query = GAZ_BUF_INIT, wrong = GAZ_BUF_INIT;
    gaz_buf_addstr(&query, request->query);
    if (facet == GAZ_FACET_UNIT) {
        add_unit(value->name, &query);
    }
    narrow.facets = false;
    narrow.query = query.data;
    narrow.filters.issuer = facet == GAZ_FACET_ISSUER ? value->name : NULL;
    narrow.filters.kind = facet == GAZ_FACET_KIND ? value->name : NULL;
    narrow.filters.section = facet == GAZ_FACET_SECTION ? value->name : NULL;
    narrow.filters.issue = facet == GAZ_FACET_ISSUE ? value->name : NULL;
    narrow.filters.since = narrow.filters.until =
        facet == GAZ_FACET_YEAR || facet == GAZ_FACET_MONTH ? value->name : NULL;
    proof_ask(proof, &narrow, &answer);
    if (answer.total != value->count || answer.relaxed) {
        gaz_buf_printf(&wrong, "%s %s: counted %zu, found %zu", gaz_facet_name(facet), value->name,
                       value->count, answer.total);
    }
    proof_judge(proof, request->query, wrong.len > 0 ? wrong.data : NULL);
    gaz_buf_free(&query);
    gaz_buf_free(&wrong);
    gaz_answer_free(&answer);
}

static void ask_with_facets(struct proof *proof, const char *word, bool unit_level) {
    enum { VALUES_MAX = 5 }; // of each facet that are asked for
    const struct gaz_request request = {
        .mode = GAZ_MODE_KEYWORD, .query = word, .unit_level = unit_level, .facets = true};
    struct gaz_answer answer;
    proof_ask(proof, &request, &answer);
    if (unit_level) {
        compare_counts(proof, word, &answer);
    }
    for (int facet = 0; facet < GAZ_FACET_COUNT; facet++) {
        const struct gaz_facet_values *values = &answer.facets.by[facet];
        for (size_t i = 0; i < VALUES_MAX && values->count > 0; i++) {
            ask_for_value(proof, &request, (enum gaz_facet)facet,
                          &values->items[proof_random(proof, values->count)]);
        }
    }
    gaz_answer_free(&answer);
}

void prove_facets(struct proof *proof) {
    struct gaz_buf word = GAZ_BUF_INIT;
    for (size_t asked = 0; asked < proof->size;) {
        take_word(proof, &word);
        if (word.len > 0) {
            ask_with_facets(proof, word.data, asked++ % 2 == 0);
        }
    }
    gaz_buf_free(&word);
}

// --- pages ---

// The ids of the hits of REQUEST, in order, one a line.
static void list_hits(const struct proof *proof, const struct gaz_request *request, struct gaz_buf *out,
                      size_t *total) {
    struct gaz_answer answer;
    proof_ask(proof, request, &answer);
    for (size_t i = 0; i < gaz_answer_hit_count(&answer); i++) {
        struct gaz_hit hit;
        struct gaz_err err = {0};
        if (gaz_answer_hit(&answer, i, &hit, &err) != GAZ_OK) {
            proof_die(request->query, &err);
        }
        gaz_buf_printf(out, "%zu %s\n", hit.rank, proof_text(hit.record, "id"));
        gaz_hit_free(&hit);
    }
    *total = answer.total;
    gaz_answer_free(&answer);
}

static size_t count_lines(const struct gaz_buf *buf) {
    size_t lines = 0;
    for (size_t i = 0; i < buf->len; i++) {
        lines += buf->data[i] == '\n';
    }
    return lines;
}

static void ask_in_pages(struct proof *proof, const char *word, bool unit_level) {
    struct gaz_request request = {
        .mode = GAZ_MODE_KEYWORD, .query = word, .unit_level = unit_level, .excerpts = 1};
    struct gaz_buf whole = GAZ_BUF_INIT, pages = GAZ_BUF_INIT;
    size_t total, same = 0;
    list_hits(proof, &request, &whole, &total);
    request.limit = 1 + proof_random(proof, 9) + total / 3;
    bool right = count_lines(&whole) == total;
    for (; request.offset < total; request.offset += request.limit) {
        list_hits(proof, &request, &pages, &same);
        right = right && same == total;
    }
    right =
        right && pages.len == whole.len && (whole.len == 0 || memcmp(pages.data, whole.data, whole.len) == 0);
    proof_judge(proof, word, right ? NULL : "its pages are not the whole answer");
    gaz_buf_free(&whole);
    gaz_buf_free(&pages);
}

void prove_pages(struct proof *proof) {
    struct gaz_buf word = GAZ_BUF_INIT;
    for (size_t asked = 0; asked < proof->size;) {
        take_word(proof, &word);
        if (word.len > strlen("字")) {
            ask_in_pages(proof, word.data, asked++ % 2 == 0);
        }
    }
    gaz_buf_free(&word);
}
