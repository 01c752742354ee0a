// SPDX-License-Identifier: GPL-2.0-or-later
//
// Every allocation of a search fails in turn: it ends with an error, or as if nothing had been, and leaves
// nothing behind.
#include "tests/support/faults.h"
#include "tests/unit/search_fixture.h"
#include "tests/unit/search_records.h"

#include "searcher/render.h"

static struct fixture fixture;
static FILE *nowhere;

static int open_fixture(void **state) {
    (void)state;
    nowhere = fopen("/dev/null", "w");
    return nowhere ? fixture_open(&fixture, fixture_records, COUNT(fixture_records)) : -1;
}

static int close_fixture(void **state) {
    (void)state;
    fixture_close(&fixture);
    return fclose(nowhere);
}

static enum gaz_status search_and_render(const struct gaz_request *request, const char *format) {
    const struct gaz_render_options options = {.colour = true, .explain = true, .width = 60};
    struct gaz_answer answer;
    struct gaz_err err = {0};
    enum gaz_status status = gaz_search(&fixture.archive, request, &answer, &err);
    if (status == GAZ_OK) {
        status = gaz_render(gaz_renderer_find(format), &answer, &options, nowhere, &err);
        gaz_answer_free(&answer);
    }
    assert_int_equal(status, err.status);
    return status;
}

static void fail_each_allocation(const struct gaz_request *request, const char *format) {
    size_t live = gaz_mem_live();
    enum gaz_status status = GAZ_ERR_MEMORY;
    for (size_t allowed = 0; status != GAZ_OK; allowed++) {
        faults_begin(allowed);
        status = search_and_render(request, format);
        faults_end();
        gaz_index_reopen(fixture.archive.index, NULL); // drops what it keeps of what was read last
        if ((status != GAZ_OK && status != GAZ_ERR_MEMORY) || gaz_mem_live() != live) {
            fail_msg("%s: allocation %zu: %s, %zu blocks left", request->query, allowed,
                     gaz_status_name(status), gaz_mem_live() - live);
        }
    }
}

static void numbers(void **state) {
    (void)state;
    const struct gaz_request request = {.mode = GAZ_MODE_NUMBER, .query = "云政办发〔2023〕24号"};
    fail_each_allocation(&request, "json");
    fail_each_allocation(&request, "text");
}

static void units(void **state) {
    (void)state;
    fail_each_allocation(&(struct gaz_request){.mode = GAZ_MODE_UNIT, .query = "市教育局"}, "json");
}

static void words(void **state) {
    (void)state;
    const struct gaz_request request = {.mode = GAZ_MODE_READ,
                                        .query = "(就业 NEAR/9 岗位) OR 标题:就业 -防汛",
                                        .filters = {.since = "2023"}};
    fail_each_allocation(&request, "ndjson");
    fail_each_allocation(&(struct gaz_request){.mode = GAZ_MODE_KEYWORD, .query = "扩大稳定就业"}, "text");
}

static void patterns(void **state) {
    (void)state;
    fail_each_allocation(&(struct gaz_request){.mode = GAZ_MODE_KEYWORD, .query = "正则:就业.位 通配:扩?就"},
                         "md");
}

static void lists(void **state) {
    (void)state;
    fail_each_allocation(&(struct gaz_request){.mode = GAZ_MODE_SERIES, .query = "云政发"}, "csv");
    fail_each_allocation(&(struct gaz_request){.mode = GAZ_MODE_CITED_NOT_HELD}, "tsv");
    fail_each_allocation(&(struct gaz_request){.mode = GAZ_MODE_CITED_BY, .query = "云政发〔2023〕24号"},
                         "text");
    fail_each_allocation(
        &(struct gaz_request){
            .mode = GAZ_MODE_KEYWORD, .query = "就业", .kwic = 5, .kwic_order = GAZ_KWIC_BY_LEFT},
        "text");
    fail_each_allocation(&(struct gaz_request){.mode = GAZ_MODE_KEYWORD, .query = "就业", .facets = true},
                         "json");
    fail_each_allocation(
        &(struct gaz_request){.mode = GAZ_MODE_KEYWORD, .query = "就业", .extract = true, .count = true},
        "csv");
}

static void records(void **state) {
    (void)state;
    fail_each_allocation(&(struct gaz_request){.mode = GAZ_MODE_SHOW, .query = "yunhe-2023-10/1"}, "akn");
    fail_each_allocation(&(struct gaz_request){.mode = GAZ_MODE_NUMBER, .query = "云政发〔2023〕24号"},
                         "bibtex");
    fail_each_allocation(&(struct gaz_request){.mode = GAZ_MODE_SHOW, .query = "云政发〔2023〕24号 一"},
                         "text");
}

int main(void) {
    json_set_alloc_funcs(gaz_malloc, gaz_free);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers),  cmocka_unit_test(units), cmocka_unit_test(words),
        cmocka_unit_test(patterns), cmocka_unit_test(lists), cmocka_unit_test(records),
    };
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
