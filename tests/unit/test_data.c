// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shim/data.h"

// Tests run in the root of the source tree, where shim/data.h is a file as good as any.
static void the_environment_names_the_folder(void **state) {
    (void)state;
    struct gaz_buf path = GAZ_BUF_INIT;
    setenv("GAZETTE_DATA", "shim", 1);
    assert_int_equal(gaz_data_path("data.h", &path, NULL), GAZ_OK);
    assert_string_equal(path.data, "shim/data.h");
    unsetenv("GAZETTE_DATA");
    gaz_buf_free(&path);
}

static void a_missing_file_is_named(void **state) {
    (void)state;
    struct gaz_buf path = GAZ_BUF_INIT;
    struct gaz_err err = {0};
    setenv("GAZETTE_DATA", "shim", 1);
    assert_int_equal(gaz_data_path("missing.tsv", &path, &err), GAZ_ERR_NOT_FOUND);
    assert_string_equal(
        err.message, "no data file shim/missing.tsv: set GAZETTE_DATA to the folder that holds missing.tsv");
    unsetenv("GAZETTE_DATA");
    gaz_buf_free(&path);
}

// The test program is in the folder tests of the build tree, beside bin: one rule serves both.
static void without_it_the_folder_is_found_from_the_program(void **state) {
    (void)state;
    const char *expected = "/tests/../share/gazette/missing.tsv";
    struct gaz_buf path = GAZ_BUF_INIT;
    struct gaz_err err = {0};
    unsetenv("GAZETTE_DATA");
    assert_int_equal(gaz_data_path("missing.tsv", &path, &err), GAZ_ERR_NOT_FOUND);
    assert_non_null(strstr(err.message, expected));
    assert_int_equal(path.len, 0);
    assert_int_equal(gaz_data_path("authority.tsv", &path, &err), GAZ_OK);
    assert_true(path.data[0] == '/');
    gaz_buf_free(&path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_environment_names_the_folder),
        cmocka_unit_test(a_missing_file_is_named),
        cmocka_unit_test(without_it_the_folder_is_found_from_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
