// SPDX-License-Identifier: GPL-2.0-or-later
//
// Known-item search: who looks for a document that is there, by its title not quite remembered, in the other
// script, or by a sentence of it, finds it at the top. Measured as mean reciprocal rank.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "searcher/search.h"
#include "shim/hanzi.h"
#include "shim/segment.h"
#include "tests/unit/sample_archive.h"

static struct sample_archive sample;

static int open_sample(void **state) {
    (void)state;
    json_set_alloc_funcs(gaz_malloc, gaz_free);
    return sample_open(&sample);
}

static int close_sample(void **state) {
    (void)state;
    return sample_close(&sample);
}

// Reciprocal ranks, summed up.
struct score {
    double sum;
    size_t count;
};

static const char *text_of(const json_t *record, const char *key) {
    const char *text = json_string_value(json_object_get(record, key));
    return text ? text : "";
}

// Asks for QUERY in quotation marks where it has blanks, as who pastes a title does.
static double reciprocal_rank(const char *query, const char *id) {
    const struct gaz_request request = {.mode = GAZ_MODE_READ, .query = query, .limit = 10, .excerpts = 1};
    struct gaz_answer answer;
    double found = 0;
    assert_int_equal(gaz_search(&sample.archive, &request, &answer, NULL), GAZ_OK);
    for (size_t i = 0; i < gaz_answer_hit_count(&answer) && found == 0; i++) {
        struct gaz_hit hit;
        assert_int_equal(gaz_answer_hit(&answer, i, &hit, NULL), GAZ_OK);
        if (strcmp(text_of(hit.record, "id"), id) == 0) {
            found = 1.0 / (double)(i + 1);
        }
        gaz_hit_free(&hit);
    }
    gaz_answer_free(&answer);
    return found;
}

static void ask(struct score *score, const char *query, const char *id) {
    double rank = reciprocal_rank(query, id);
    if (rank < 1) {
        print_message("%.2f for %s: %s\n", rank, id, query);
    }
    score->sum += rank;
    score->count++;
}

static void assert_good(const struct score *score) {
    double mean = score->sum / (double)score->count;
    print_message("mean reciprocal rank %.3f of %zu\n", mean, score->count);
    assert_true(score->count > 20);
    assert_true(mean >= 0.98);
}

// Calls ASK_ONE for the record of each document with a title that is no other's.
static void for_documents(void (*ask_one)(struct score *, const json_t *), struct score *score) {
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_select *documents = gaz_select_type(arena, GAZ_RECORD_DOCUMENT);
    struct gaz_docids docids;
    assert_int_equal(gaz_archive_select(&sample.archive, &documents->query, &docids, NULL), GAZ_OK);
    for (size_t i = 0; i < docids.count; i++) {
        json_t *record;
        assert_int_equal(gaz_archive_record(&sample.archive, docids.items[i], &record, NULL), GAZ_OK);
        if (strlen(text_of(record, "title")) > 6 * strlen("字")) { // 令 and 公告 are no titles to find by
            ask_one(score, record);
        }
        json_decref(record);
    }
    gaz_free(docids.items);
    gaz_arena_free(arena);
}

// The word in the middle of a title.
struct middle {
    size_t target, offset, length;
};

static int take_middle(void *context, size_t offset, size_t length) {
    struct middle *middle = context;
    middle->offset = offset;
    middle->length = length;
    return offset >= middle->target;
}

static void ask_without_a_word(struct score *score, const json_t *record) {
    const char *title = text_of(record, "title");
    struct middle middle = {.target = strlen(title) / 2};
    struct gaz_buf query = GAZ_BUF_INIT;
    assert_int_equal(gaz_segment_words(title, strlen(title), take_middle, &middle, NULL), GAZ_OK);
    gaz_buf_add(&query, title, middle.offset);
    gaz_buf_addstr(&query, title + middle.offset + middle.length);
    ask(score, query.data, text_of(record, "id"));
    gaz_buf_free(&query);
}

static void a_title_with_a_word_missing_finds_it(void **state) {
    (void)state;
    struct score score = {0};
    for_documents(ask_without_a_word, &score);
    assert_good(&score);
}

static void ask_in_the_other_script(struct score *score, const json_t *record) {
    const char *title = text_of(record, "title");
    char *converted;
    size_t len;
    int to_traditional = strncmp(text_of(record, "id"), "lanyun", strlen("lanyun")) != 0;
    assert_int_equal(gaz_hanzi_convert(title, strlen(title), to_traditional, &converted, &len, NULL), GAZ_OK);
    ask(score, converted, text_of(record, "id"));
    gaz_free(converted);
}

static void a_title_in_the_other_script_finds_it(void **state) {
    (void)state;
    struct score score = {0};
    for_documents(ask_in_the_other_script, &score);
    assert_good(&score);
}

// The first sentence of TEXT, when it is one of 20 to 100 characters.
static bool take_sentence(const char *text, struct gaz_buf *out) {
    const long character = (long)strlen("字");
    const char *end = strstr(text, "。");
    if (!end || end - text < 20 * character || end - text > 100 * character) {
        return false;
    }
    gaz_buf_add(out, text, (size_t)(end - text));
    return true;
}

static bool is_text(const json_t *unit) {
    const char *type = text_of(unit, "type");
    return strcmp(type, "clause") == 0 || strcmp(type, "paragraph") == 0 || strcmp(type, "entry") == 0;
}

static void ask_for_a_sentence(struct score *score, const json_t *record) {
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_select *units = gaz_select_name(arena, GAZ_TERM_DOCUMENT, text_of(record, "id"));
    struct gaz_docids docids;
    struct gaz_buf sentence = GAZ_BUF_INIT;
    assert_int_equal(gaz_archive_select(&sample.archive, &units->query, &docids, NULL), GAZ_OK);
    for (size_t i = 0; i < docids.count && sentence.len == 0; i++) {
        json_t *unit;
        assert_int_equal(gaz_archive_record(&sample.archive, docids.items[i], &unit, NULL), GAZ_OK);
        if (is_text(unit) && take_sentence(text_of(unit, "text"), &sentence)) {
            ask(score, sentence.data, text_of(record, "id"));
        }
        json_decref(unit);
    }
    gaz_buf_free(&sentence);
    gaz_free(docids.items);
    gaz_arena_free(arena);
}

static void a_sentence_of_its_body_finds_it(void **state) {
    (void)state;
    struct score score = {0};
    for_documents(ask_for_a_sentence, &score);
    assert_good(&score);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_title_with_a_word_missing_finds_it),
        cmocka_unit_test(a_title_in_the_other_script_finds_it),
        cmocka_unit_test(a_sentence_of_its_body_finds_it),
    };
    return cmocka_run_group_tests(tests, open_sample, close_sample);
}
