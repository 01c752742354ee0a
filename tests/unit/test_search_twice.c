// SPDX-License-Identifier: GPL-2.0-or-later
//
// Documents of two issues: the same one is one answer with two places, two with one number are two, and a
// later one repeals an earlier one.
#include "tests/unit/search_fixture.h"

#include "searcher/search.h"

static struct fixture fixture;

static const struct gaz_docnum number = {
    .text = "云政发〔2023〕24号", .code = "云政发", .year = 2023, .serial = 24, .key = "云政发-2023-24"};
static const struct gaz_docnum shared = {
    .text = "云政发〔2023〕30号", .code = "云政发", .year = 2023, .serial = 30, .key = "云政发-2023-30"};

#define ISSUE(name)                                                                                          \
    { .type = GAZ_RECORD_ISSUE, .id = name, .address = name, .text = "", .page = 1 }
#define DOCUMENT(name, of, heading, on)                                                                      \
    {                                                                                                        \
        .type = GAZ_RECORD_DOCUMENT, .id = name, .address = name, .text = heading, .page = on,               \
        .as.document = {                                                                                     \
            .class_name = "document",                                                                        \
            .numbers = of,                                                                                   \
            .number_count = 1,                                                                               \
            .title = heading                                                                                 \
        }                                                                                                    \
    }

static struct gaz_record first[] = {ISSUE("y-10"), DOCUMENT("y-10/1", &number, "关于稳定就业的意见", 2),
                                    DOCUMENT("y-10/2", &shared, "关于防汛的通知", 5)};
static struct gaz_record second[] = {
    ISSUE("y-11"),
    DOCUMENT("y-11/1", &number, "关于稳定 就業的意见", 7),
    DOCUMENT("y-11/2", &shared, "关于抗旱的通知", 9),
    {.type = GAZ_RECORD_CLAUSE,
     .id = "y-11/2/1",
     .address = "y-11/2 一",
     .document = "y-11/2",
     .text = "一、《关于稳定就业的意见》同时废止。",
     .page = 9},
    {.type = GAZ_RECORD_CITATION,
     .id = "y-11/2/2",
     .address = "y-11/2 一",
     .document = "y-11/2",
     .text = "《关于稳定就业的意见》",
     .as.citation = {.from = "y-11/2/1", .title = "关于稳定就业的意见", .relation = "repeals"}}};

static int open_fixture(void **state) {
    (void)state;
    struct gaz_record *items[COUNT(second)];
    for (size_t i = 0; i < COUNT(second); i++) {
        items[i] = &second[i];
    }
    const struct gaz_records records = {items, COUNT(second), COUNT(second)};
    json_set_alloc_funcs(gaz_malloc, gaz_free);
    if (fixture_open(&fixture, first, 3) != 0 || fixture_index(fixture.dir, &records, NULL) != GAZ_OK) {
        return -1;
    }
    return gaz_index_reopen(fixture.archive.index, NULL) == GAZ_OK ? 0 : -1;
}

static int close_fixture(void **state) {
    (void)state;
    fixture_close(&fixture);
    return 0;
}

static struct gaz_answer ask(enum gaz_mode mode, const char *query, bool unit_level) {
    const struct gaz_request request = {.mode = mode, .query = query, .unit_level = unit_level};
    struct gaz_answer answer;
    assert_int_equal(gaz_search(&fixture.archive, &request, &answer, NULL), GAZ_OK);
    return answer;
}

static void the_same_document_is_one_hit_with_its_places(void **state) {
    (void)state;
    struct gaz_answer answer = ask(GAZ_MODE_NUMBER, "云政发〔2023〕24号", false);
    struct gaz_hit hit;
    assert_int_equal(answer.state, GAZ_STATE_FOUND);
    assert_int_equal(answer.total, 1);
    assert_int_equal(gaz_answer_hit(&answer, 0, &hit, NULL), GAZ_OK);
    assert_string_equal(json_string_value(json_object_get(hit.record, "id")), "y-10/1");
    assert_int_equal(json_array_size(hit.places), 1);
    const json_t *place = json_array_get(hit.places, 0);
    assert_string_equal(json_string_value(json_object_get(place, "id")), "y-11/1");
    assert_string_equal(json_string_value(json_object_get(place, "issue")), "y-11");
    assert_int_equal(json_integer_value(json_object_get(place, "page")), 7);
    gaz_hit_free(&hit);
    gaz_answer_free(&answer);
}

static void its_units_are_not_joined(void **state) {
    (void)state;
    struct gaz_answer answer = ask(GAZ_MODE_KEYWORD, "稳定就业 -废止", true);
    assert_int_equal(answer.total, 2);
    gaz_answer_free(&answer);
    answer = ask(GAZ_MODE_KEYWORD, "稳定就业 -废止", false);
    assert_int_equal(answer.total, 1);
    gaz_answer_free(&answer);
}

static void documents_that_share_a_number_are_several(void **state) {
    (void)state;
    struct gaz_answer answer = ask(GAZ_MODE_NUMBER, "云政发〔2023〕30号", false);
    assert_int_equal(answer.state, GAZ_STATE_SEVERAL);
    assert_int_equal(answer.total, 2);
    gaz_answer_free(&answer);
}

static void a_document_that_a_later_one_repeals_says_so(void **state) {
    (void)state;
    struct gaz_answer answer = ask(GAZ_MODE_NUMBER, "云政发〔2023〕24号", false);
    struct gaz_hit hit;
    assert_int_equal(gaz_answer_hit(&answer, 0, &hit, NULL), GAZ_OK);
    assert_int_equal(hit.validity, GAZ_VALIDITY_REPEALED);
    assert_int_equal(hit.evidence.count, 1);
    assert_string_equal(hit.evidence.items[0].id, "y-11/2/1");
    gaz_hit_free(&hit);
    assert_int_equal(answer.cited_by.count, 1);
    gaz_answer_free(&answer);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_document_is_one_hit_with_its_places),
        cmocka_unit_test(its_units_are_not_joined),
        cmocka_unit_test(documents_that_share_a_number_are_several),
        cmocka_unit_test(a_document_that_a_later_one_repeals_says_so),
    };
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
