// SPDX-License-Identifier: GPL-2.0-or-later
//
// Every allocation of a page fails in turn: what comes is the page, or one that says that something went
// wrong, or nothing; never half a page, and nothing is left behind.
#include "tests/support/faults.h"
#include "tests/unit/search_fixture.h"
#include "tests/unit/search_records.h"

#include "searcher/web/site.h"

static struct fixture fixture;
static struct gaz_site site;

static int open_fixture(void **state) {
    static const char *dirs[1];
    struct gaz_err err = {0};
    (void)state;
    if (fixture_open(&fixture, fixture_records, COUNT(fixture_records)) != 0) {
        return -1;
    }
    dirs[0] = fixture.dir;
    return gaz_pool_new(dirs, 1, &site.pool, &err) == GAZ_OK ? 0 : -1;
}

static int close_fixture(void **state) {
    (void)state;
    gaz_pool_free(site.pool);
    fixture_close(&fixture);
    return 0;
}

// Reads a stream to its end; false when it breaks off.
static bool drain(struct gaz_http_response *response) {
    char bytes[4096];
    size_t length = 1;
    enum gaz_status status = GAZ_OK;
    while (response->read && length > 0 && status == GAZ_OK) {
        status = response->read(response->context, bytes, sizeof bytes, &length);
    }
    return status == GAZ_OK;
}

// Whether the page came as it should have.
static bool ask(const char *target, size_t allowed, unsigned wanted) {
    const struct gaz_http_request request = {
        .method = "GET", .target = target, .host = "localhost", .accept_language = "zh"};
    struct gaz_http_response response = {.body = GAZ_BUF_INIT};
    faults_begin(allowed);
    gaz_site_answer(&site, &request, &response);
    bool whole = response.code == wanted && drain(&response);
    faults_end();
    bool is_html = response.code != 0 && response.body.len > 0 && response.body.data[0] == '<';
    if (is_html && !strstr(response.body.data, "</html>") && !strstr(response.body.data, "</feed>")) {
        fail_msg("%s: allocation %zu: half a page", target, allowed);
    }
    if (response.code != wanted && response.code != 0 && response.code != 500) {
        fail_msg("%s: allocation %zu: code %u", target, allowed, response.code);
    }
    gaz_http_response_free(&response);
    return whole;
}

// Drops what the archive keeps of what was read last.
static void refresh(void) {
    struct gaz_shelf *shelf;
    assert_int_equal(gaz_pool_take(site.pool, &shelf, NULL), GAZ_OK);
    gaz_index_reopen(shelf->archive.index, NULL);
    gaz_pool_give(site.pool, shelf);
}

static void fail_each_allocation(const char *target, unsigned wanted) {
    enum { EACH = 150, STEP = 11 };             // each of the first ones, then some
    bool whole = ask(target, SIZE_MAX, wanted); // names of issues are kept from now on
    assert_true(whole);
    refresh();
    size_t live = gaz_mem_live();
    whole = false;
    for (size_t allowed = 0; !whole; allowed += allowed < EACH ? 1 : STEP) {
        whole = ask(target, allowed, wanted);
        refresh();
        if (gaz_mem_live() != live) {
            fail_msg("%s: allocation %zu: %zd blocks left", target, allowed,
                     (ssize_t)(gaz_mem_live() - live));
        }
    }
}

static void pages(void **state) {
    (void)state;
    fail_each_allocation("/", 200);
    fail_each_allocation("/search?q=%E5%B0%B1%E4%B8%9A", 200);
    fail_each_allocation("/unit/%E5%B8%82%E6%95%99%E8%82%B2%E5%B1%80", 200);
    fail_each_allocation("/nowhere", 404);
}

static void documents(void **state) {
    (void)state;
    fail_each_allocation("/doc/yunhe-2023-10/1?q=%E5%B0%B1%E4%B8%9A", 200);
    fail_each_allocation("/issue/yunhe-2023-10", 200);
}

static void machines(void **state) {
    (void)state;
    fail_each_allocation("/api/search?q=%E5%B0%B1%E4%B8%9A&facets", 200);
    fail_each_allocation("/api/search?q=%E5%B0%B1%E4%B8%9A&extract&format=ndjson", 200);
    fail_each_allocation("/openapi.json", 200);
    fail_each_allocation("/feed?q=%E5%B0%B1%E4%B8%9A", 200);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages),
        cmocka_unit_test(documents),
        cmocka_unit_test(machines),
    };
    json_set_alloc_funcs(gaz_malloc, gaz_free);
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
