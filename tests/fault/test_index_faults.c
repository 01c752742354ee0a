// SPDX-License-Identifier: GPL-2.0-or-later
//
// Every allocation of an indexing run fails in turn: the run says so and leaves nothing behind, and the index
// opens with what was committed before.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "corpus/record.h"
#include "indexer/run.h"
#include "tests/support/faults.h"
#include "tests/support/folder.h"

static const char *const issue_files[] = {"tests/unit/read/late-header.txt", "tests/unit/read/calendar.txt"};
static struct gaz_authority *authority;
static char folder[] = "/tmp/gazette-faults-XXXXXX";
static char *dir;

static int set_up(void **state) {
    (void)state;
    json_set_alloc_funcs(gaz_malloc, gaz_free);
    dir = mkdtemp(folder);
    return dir && gaz_authority_load("corpus/authority.tsv", &authority, NULL) == GAZ_OK ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    gaz_authority_free(authority);
    return folder_remove(dir);
}

static enum gaz_status index_issues(size_t count, bool rebuild, struct gaz_err *err) {
    struct gaz_run_options options = {.index = dir, .authority = authority, .rebuild = rebuild};
    struct gaz_run_summary summary;
    return gaz_run_index(&options, issue_files, count, &summary, err);
}

static uint32_t documents_held(void) {
    const char *dirs[] = {dir};
    struct gaz_index *index;
    struct gaz_err err = {0};
    if (gaz_index_open(dirs, 1, &index, &err) != GAZ_OK)
        fail_msg("%s", err.message);
    uint32_t count = gaz_index_count(index);
    gaz_index_close(index);
    return count;
}

// Runs STEP with ever more allocations allowed until it succeeds.
static void fail_each_allocation(enum gaz_status (*step)(struct gaz_err *err), size_t stride, uint32_t least,
                                 uint32_t most) {
    size_t live = gaz_mem_live();
    enum gaz_status status = GAZ_ERR_MEMORY;
    for (size_t allowed = 0; status != GAZ_OK; allowed += stride) {
        struct gaz_err err = {0};
        faults_begin(allowed);
        status = step(&err);
        faults_end();
        if ((status != GAZ_OK && status != GAZ_ERR_MEMORY) || status != err.status || gaz_mem_live() != live)
            fail_msg("allocation %zu: %s, %s, %zu blocks left", allowed, gaz_status_name(status), err.message,
                     gaz_mem_live() - live);
        uint32_t held = documents_held();
        assert_true(held >= least && held <= most);
    }
    struct gaz_run_check checked;
    assert_int_equal(gaz_run_check(dir, authority, true, &checked, NULL), GAZ_OK);
}

static enum gaz_status add_second(struct gaz_err *err) {
    return index_issues(2, false, err);
}

static enum gaz_status rebuild_both(struct gaz_err *err) {
    return index_issues(2, true, err);
}

static enum gaz_status remove_second(struct gaz_err *err) {
    static const char *const ids[] = {"calendar"};
    return gaz_run_remove(dir, ids, 1, err);
}

static enum gaz_status look_after(struct gaz_err *err) {
    struct gaz_run_check checked;
    FILE *nowhere = fopen("/dev/null", "w");
    assert_non_null(nowhere);
    enum gaz_status status = gaz_run_list(dir, nowhere, err);
    if (status == GAZ_OK)
        status = gaz_run_stats(dir, authority, nowhere, err);
    if (status == GAZ_OK)
        status = gaz_run_check(dir, authority, true, &checked, err);
    fclose(nowhere);
    return status;
}

static void runs_fail_whole(void **state) {
    (void)state;
    struct gaz_err err = {0};
    if (index_issues(1, false, &err) != GAZ_OK)
        fail_msg("%s", err.message);
    uint32_t one = documents_held();
    struct gaz_err again = {0};
    assert_true(one > 0);
    fail_each_allocation(add_second, 7, one, UINT32_MAX);
    uint32_t both = documents_held();
    assert_true(both > one);
    fail_each_allocation(rebuild_both, 31, both, both);
    fail_each_allocation(look_after, 13, both, both);
    fail_each_allocation(remove_second, 1, one, both);
    assert_int_equal(documents_held(), one);
    assert_int_equal(index_issues(2, false, &again), GAZ_OK);
    assert_int_equal(documents_held(), both);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_fail_whole),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
