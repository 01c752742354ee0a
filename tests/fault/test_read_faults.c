// SPDX-License-Identifier: GPL-2.0-or-later
//
// Every allocation of a reading fails in turn: the reading says so, and leaves nothing behind.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "indexer/files.h"
#include "indexer/read.h"
#include "shim/pdf.h"
#include "tests/support/faults.h"

static struct gaz_authority *authority;

static int set_up(void **state) {
    (void)state;
    json_set_alloc_funcs(gaz_malloc, gaz_free);
    return gaz_authority_load("corpus/authority.tsv", &authority, NULL) == GAZ_OK ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    gaz_authority_free(authority);
    return 0;
}

// Reads PATH and prints its records as the dump does.
static enum gaz_status read_and_print(const char *path, struct gaz_err *err) {
    struct gaz_read_options options = {.authority = authority};
    struct gaz_records records = {0};
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_buf line = GAZ_BUF_INIT;
    enum gaz_status status =
        arena ? gaz_read_file(path, &options, arena, &records, err) : gaz_err_memory(err);
    for (size_t i = 0; i < records.count && status == GAZ_OK; i++) {
        json_t *object = gaz_record_to_json(records.items[i]);
        gaz_buf_clear(&line);
        status = object ? gaz_record_print_json(object, &line, err) : gaz_err_memory(err);
        json_decref(object);
    }
    gaz_buf_free(&line);
    gaz_arena_free(arena);
    return status;
}

static void fail_each_allocation(const char *path, size_t step) {
    size_t live = gaz_mem_live();
    enum gaz_status status = GAZ_ERR_MEMORY;
    for (size_t allowed = 0; status != GAZ_OK; allowed += step) {
        struct gaz_err err = {0};
        faults_begin(allowed);
        status = read_and_print(path, &err);
        size_t seen = faults_end();
        if (gaz_mem_live() != live || status != err.status ||
            (status != GAZ_ERR_MEMORY && (status != GAZ_OK || seen > allowed)))
            fail_msg("%s: allocation %zu of %zu: %s, %s, %zu blocks left", path, allowed, seen,
                     gaz_status_name(status), err.message, gaz_mem_live() - live);
    }
}

static void small_issue(void **state) {
    (void)state;
    fail_each_allocation("tests/unit/read/responsible-units.txt", 1);
}

// The more there is to read, the larger the steps; being prime, they meet allocations of every kind.
static void other_small_issues(void **state) {
    (void)state;
    static const char *const names[] = {"late-header", "attachment-labels-late",    "calendar",
                                        "relations",   "front-matter-and-contents", "taiwan"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct gaz_buf path = GAZ_BUF_INIT;
        gaz_buf_printf(&path, "tests/unit/read/%s.txt", names[i]);
        fail_each_allocation(path.data, 7);
        gaz_buf_free(&path);
    }
}

static void sample_issue(void **state) {
    (void)state;
    fail_each_allocation("corpus/issues/lanchuan-2024-02.txt", 307);
}

static void other_kinds_of_files(void **state) {
    (void)state;
    if (gaz_pdf_is_built_in())
        fail_each_allocation("tests/unit/pdf/small.pdf", 61); // a process and its fonts each time
}

static void search_for_files(void **state) {
    (void)state;
    static const char *const paths[] = {"corpus/issues", "LICENSE"};
    size_t live = gaz_mem_live();
    enum gaz_status status = GAZ_ERR_MEMORY;
    for (size_t allowed = 0; status != GAZ_OK; allowed++) {
        struct gaz_files files;
        struct gaz_err err = {0};
        faults_begin(allowed);
        struct gaz_arena *arena = gaz_arena_new();
        status = arena ? gaz_files_find(paths, 2, NULL, NULL, arena, &files, &err) : gaz_err_memory(&err);
        faults_end();
        assert_true(status != GAZ_OK || files.count == 4);
        gaz_arena_free(arena);
        assert_int_equal(status, err.status);
        assert_true(status == GAZ_OK || status == GAZ_ERR_MEMORY);
        assert_int_equal(gaz_mem_live(), live);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_issue),      cmocka_unit_test(other_small_issues),
        cmocka_unit_test(sample_issue),     cmocka_unit_test(other_kinds_of_files),
        cmocka_unit_test(search_for_files),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
