// SPDX-License-Identifier: GPL-2.0-or-later
//
// The allocations of the server for assistants fail in turn (a sample of them, all with FAULTS_ALL): there is
// an answer, or an error, and nothing is left behind.
#include "tests/support/faults.h"
#include "tests/unit/search_fixture.h"
#include "tests/unit/search_records.h"

#include "searcher/mcp.h"

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

// What is wrong is a status or, where it went wrong inside a tool, told to the assistant.
static bool succeeds(const char *message, const char *version) {
    const char *indexes[] = {fixture.dir};
    struct gaz_mcp mcp = {.indexes = indexes, .index_count = 1, .version = version};
    struct gaz_buf out = GAZ_BUF_INIT;
    struct gaz_err err = {0};
    enum gaz_status status = gaz_mcp_answer(&mcp, message, strlen(message), &out, &err);
    assert_true(status == GAZ_OK || status == GAZ_ERR_MEMORY);
    bool good = status == GAZ_OK && !strstr(out.data, "out of memory") && !strstr(out.data, "\"error\"");
    gaz_buf_free(&out);
    return good;
}

static void fail_each_allocation(const char *message, const char *version) {
    assert_true(succeeds(message, version));
    size_t live = gaz_mem_live();
    bool good = false;
    for (size_t allowed = 0; !good; allowed += faults_stride()) {
        faults_begin(allowed);
        good = succeeds(message, version);
        faults_end();
        if (gaz_mem_live() != live) {
            fail_msg("allocation %zu: %zu blocks left: %s", allowed, gaz_mem_live() - live, message);
        }
    }
}

static void agreement(void **state) {
    (void)state;
    fail_each_allocation("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
                         "{\"protocolVersion\":\"2025-11-25\"}}",
                         NULL);
}

static void discovery(void **state) {
    (void)state;
    fail_each_allocation("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"server/discover\",\"params\":{\"_meta\":"
                         "{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                         "\"io.modelcontextprotocol/clientCapabilities\":{}}}}",
                         NULL);
}

static void tools(void **state) {
    (void)state;
    fail_each_allocation("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}", "2025-11-25");
}

static void calls(void **state) {
    (void)state;
    fail_each_allocation("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":"
                         "\"search\",\"arguments\":{\"keyword\":\"教育\",\"limit\":2}}}]",
                         "2025-11-25");
}

int main(void) {
    json_set_alloc_funcs(gaz_malloc, gaz_free);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agreement),
        cmocka_unit_test(discovery),
        cmocka_unit_test(tools),
        cmocka_unit_test(calls),
    };
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
