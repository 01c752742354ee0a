// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/unit/search_fixture.h"
#include "tests/unit/search_records.h"

#include "corpus/term.h"

static struct fixture fixture;

static int open_fixture(void **state) {
    (void)state;
    return fixture_open(&fixture, fixture_records, COUNT(fixture_records));
}

static int close_fixture(void **state) {
    (void)state;
    fixture_close(&fixture);
    return 0;
}

static void assert_frequency(const char *prefix, const char *text, uint32_t expected) {
    struct gaz_term term;
    uint32_t frequency;
    gaz_term_make(prefix, text, strlen(text), &term);
    assert_int_equal(gaz_index_term_frequency(fixture.archive.index, gaz_term_bytes(&term), &frequency, NULL),
                     GAZ_OK);
    if (frequency != expected) {
        fail_msg("%s%s is in %u records, not %u", prefix, text, frequency, expected);
    }
}

static void every_record_is_found_by_its_names(void **state) {
    (void)state;
    assert_int_equal(gaz_index_count(fixture.archive.index), COUNT(fixture_records));
    for (size_t i = 0; i < COUNT(fixture_records); i++) {
        assert_frequency(GAZ_TERM_ID, fixture_records[i].id, 1);
    }
    assert_frequency(GAZ_TERM_ISSUE, "yunhe-2023-10", COUNT(fixture_records));
    assert_frequency(GAZ_TERM_DOCUMENT, "yunhe-2023-10/2", 3);
    assert_frequency(GAZ_TERM_TYPE, "clause", 3);
    assert_frequency(GAZ_TERM_ADDRESS, "云政发(2023)24号一(一)", 2); // the clause and the citation in it
}

static void what_a_document_is_holds_for_all_its_records(void **state) {
    (void)state;
    assert_frequency(GAZ_TERM_KIND, "意见", 6);
    assert_frequency(GAZ_TERM_KIND, "通知", 4);
    assert_frequency(GAZ_TERM_CLASS, "calendar", 3);
    assert_frequency(GAZ_TERM_SECTION, "文件发布", 9);
    assert_frequency(GAZ_TERM_ISSUER, "云河市人民政府", 7);
}

static void numbers_titles_and_citations_have_terms_of_their_own(void **state) {
    (void)state;
    assert_frequency(GAZ_TERM_NUMBER, "云政发-2023-24", 1);
    assert_frequency(GAZ_TERM_CITES, "云政发-2022-6", 1);
    assert_frequency(GAZ_TERM_CITED_FROM, "yunhe-2023-10/1/4", 1);
    assert_frequency(GAZ_TERM_TITLE, "稳定", 1);
    assert_frequency(GAZ_TERM_TEXT, "废止", 1); // in the clause, not in the citation
    assert_frequency(GAZ_TERM_PLACE, "云河市", 4);
    assert_frequency(GAZ_TERM_DATE, "2023-10-07", 1);
}

static void units_are_keyed_by_their_full_names(void **state) {
    (void)state;
    assert_frequency(GAZ_TERM_UNIT, "云河市教育局", 2);
    assert_frequency(GAZ_TERM_LEAD, "云河市教育局", 0);
    assert_frequency(GAZ_TERM_LEAD, "云河市卫生健康委员会", 1);
    assert_frequency(GAZ_TERM_ADDRESSEE, "云河市教育局", 1);
}

static char *value_of(const char *id, uint32_t slot) {
    struct gaz_term term;
    struct gaz_docids docids;
    char *value = NULL;
    gaz_term_make(GAZ_TERM_ID, id, strlen(id), &term);
    const struct gaz_index_query query = {.op = GAZ_INDEX_TERM, .term = gaz_term_bytes(&term)};
    assert_int_equal(gaz_archive_select(&fixture.archive, &query, &docids, NULL), GAZ_OK);
    assert_int_equal(docids.count, 1);
    assert_int_equal(gaz_archive_value(&fixture.archive, docids.items[0], slot, &value, NULL), GAZ_OK);
    gaz_free(docids.items);
    return value;
}

static void assert_value(const char *id, uint32_t slot, const char *expected) {
    char *value = value_of(id, slot);
    assert_string_equal(value, expected);
    gaz_free(value);
}

static void values_are_those_of_the_schema(void **state) {
    (void)state;
    assert_value("yunhe-2023-10/1/2", GAZ_SLOT_DATE, "2023-10-12");
    assert_value("yunhe-2023-10/4/1", GAZ_SLOT_DATE, "2023-10-07");
    assert_value("yunhe-2023-10/1/2", GAZ_SLOT_DOCUMENT, "yunhe-2023-10/1");
    assert_value("yunhe-2023-10/0/1", GAZ_SLOT_DOCUMENT, "");
    assert_value("yunhe-2023-10", GAZ_SLOT_ISSUE, "yunhe-2023-10");
}

static void an_issue_that_comes_again_replaces_itself(void **state) {
    (void)state;
    struct gaz_record *few[] = {&fixture_records[0], &fixture_records[2]};
    const struct gaz_records records = {few, 2, 2};
    assert_int_equal(fixture_index(fixture.dir, &records, NULL), GAZ_OK);
    assert_int_equal(gaz_index_reopen(fixture.archive.index, NULL), GAZ_OK);
    assert_int_equal(gaz_index_count(fixture.archive.index), 2);
    assert_frequency(GAZ_TERM_ID, "yunhe-2023-10/1", 1);
    assert_frequency(GAZ_TERM_ID, "yunhe-2023-10/2", 0);
}

static void records_must_begin_with_their_issue(void **state) {
    (void)state;
    struct gaz_record *no_issue[] = {&fixture_records[2]};
    const struct gaz_records records = {no_issue, 1, 1};
    assert_int_equal(fixture_index(fixture.dir, &records, NULL), GAZ_ERR_ARGUMENT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_record_is_found_by_its_names),
        cmocka_unit_test(what_a_document_is_holds_for_all_its_records),
        cmocka_unit_test(numbers_titles_and_citations_have_terms_of_their_own),
        cmocka_unit_test(units_are_keyed_by_their_full_names),
        cmocka_unit_test(values_are_those_of_the_schema),
        cmocka_unit_test(an_issue_that_comes_again_replaces_itself),
        cmocka_unit_test(records_must_begin_with_their_issue),
    };
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
