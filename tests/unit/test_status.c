// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "shim/status.h"

static void set_formats_and_returns_the_status(void **state) {
    (void)state;
    struct gaz_err err = {0};
    assert_int_equal(gaz_err_set(&err, GAZ_ERR_IO, "%s: line %d", "公报.txt", 7), GAZ_ERR_IO);
    assert_int_equal(err.status, GAZ_ERR_IO);
    assert_string_equal(err.message, "公报.txt: line 7");
}

static void the_first_error_wins(void **state) {
    (void)state;
    struct gaz_err err = {0};
    gaz_err_set(&err, GAZ_ERR_CORRUPT, "cause");
    assert_int_equal(gaz_err_set(&err, GAZ_ERR_INTERNAL, "consequence"), GAZ_ERR_INTERNAL);
    assert_int_equal(err.status, GAZ_ERR_CORRUPT);
    assert_string_equal(err.message, "cause");
    gaz_err_clear(&err);
    assert_int_equal(err.status, GAZ_OK);
    assert_string_equal(err.message, "");
    gaz_err_memory(&err);
    assert_string_equal(err.message, "out of memory");
}

static void err_may_be_null(void **state) {
    (void)state;
    assert_int_equal(gaz_err_set(NULL, GAZ_ERR_BUSY, "%d", 1), GAZ_ERR_BUSY);
    assert_int_equal(gaz_err_memory(NULL), GAZ_ERR_MEMORY);
    gaz_err_clear(NULL);
}

// A message of FILLER 'a' and many 文 (3 bytes each) fills 511 bytes as far as whole characters go.
static void check_cut(size_t filler, size_t expected) {
    char text[1024];
    memset(text, 'a', filler);
    text[filler] = '\0';
    for (int i = 0; i < 200; i++) {
        strcat(text, "文");
    }
    struct gaz_err err = {0};
    gaz_err_set(&err, GAZ_ERR_IO, "%s", text);
    assert_int_equal(strlen(err.message), expected);
    assert_memory_equal(err.message, text, expected);
}

static void a_long_message_is_cut_between_characters(void **state) {
    (void)state;
    check_cut(0, 510); // 170 characters; one byte is left over
    check_cut(1, 511); // fits exactly
    check_cut(2, 509); // two bytes are left over
}

static void a_long_ascii_message_is_cut_at_the_end(void **state) {
    (void)state;
    char text[600];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    struct gaz_err err = {0};
    gaz_err_set(&err, GAZ_ERR_IO, "%s", text);
    assert_int_equal(strlen(err.message), sizeof err.message - 1);
}

static void every_status_has_a_name_of_its_own(void **state) {
    (void)state;
    for (int i = GAZ_OK; i <= GAZ_ERR_INTERNAL; i++) {
        assert_string_not_equal(gaz_status_name((enum gaz_status)i), "unknown");
        for (int j = GAZ_OK; j < i; j++) {
            assert_string_not_equal(gaz_status_name((enum gaz_status)i), gaz_status_name((enum gaz_status)j));
        }
    }
}

static void exit_statuses_are_those_of_the_contract(void **state) {
    (void)state;
    assert_int_equal(gaz_status_exit(GAZ_OK), 0);
    assert_int_equal(gaz_status_exit(GAZ_ERR_BUSY), 75);
    assert_int_equal(gaz_status_exit(GAZ_ERR_NO_INDEX), 2);
    assert_int_equal(gaz_status_exit(GAZ_ERR_QUERY), 2);
}

static void keep(void *context, const struct gaz_diag *diag) {
    *(struct gaz_diag *)context = *diag;
}

static void a_diagnostic_reaches_its_sink(void **state) {
    (void)state;
    struct gaz_diag seen = {0};
    gaz_diag_report(keep, &seen, "公报.txt", 3, 41, "charset-fault", "byte 0x%02X is no character", 0xFFU);
    assert_string_equal(seen.file, "公报.txt");
    assert_int_equal(seen.page, 3);
    assert_int_equal(seen.line, 41);
    assert_string_equal(seen.code, "charset-fault");
    assert_string_equal(seen.message, "byte 0xFF is no character");
    gaz_diag_report(NULL, NULL, NULL, 0, 0, "dropped", "nobody listens");
}

static void a_long_text_is_quoted_in_part(void **state) {
    (void)state;
    char text[GAZ_QUOTED_MAX + 2] = "";
    memset(text, 'a', GAZ_QUOTED_MAX);
    assert_string_equal(gaz_quote("云政发").text, "云政发");
    assert_string_equal(gaz_quote(text).text, text);
    memcpy(text + GAZ_QUOTED_MAX - 2, "云", sizeof "云"); // a byte too many, and in the middle of a character
    struct gaz_quoted quoted = gaz_quote(text);
    assert_int_equal(strlen(quoted.text), GAZ_QUOTED_MAX - 2 + strlen("…"));
    assert_string_equal(quoted.text + GAZ_QUOTED_MAX - 2, "…");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(set_formats_and_returns_the_status),
        cmocka_unit_test(the_first_error_wins),
        cmocka_unit_test(err_may_be_null),
        cmocka_unit_test(a_long_text_is_quoted_in_part),
        cmocka_unit_test(a_long_message_is_cut_between_characters),
        cmocka_unit_test(a_long_ascii_message_is_cut_at_the_end),
        cmocka_unit_test(every_status_has_a_name_of_its_own),
        cmocka_unit_test(exit_statuses_are_those_of_the_contract),
        cmocka_unit_test(a_diagnostic_reaches_its_sink),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
