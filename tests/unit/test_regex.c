// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shim/mem.h"
#include "shim/regex.h"

// Checks all matches of PATTERN in TEXT, joined by /.
static void assert_matches(const char *pattern, const char *text, const char *expected) {
    struct gaz_regex *regex = NULL;
    struct gaz_buf found = GAZ_BUF_INIT;
    size_t start, end = 0;
    assert_int_equal(gaz_regex_compile(pattern, strlen(pattern), &regex, NULL), GAZ_OK);
    while (gaz_regex_find(regex, text, strlen(text), end, &start, &end, NULL) == GAZ_OK && start < end) {
        gaz_buf_addstr(&found, found.len > 0 ? "/" : "");
        gaz_buf_add(&found, text + start, end - start);
    }
    assert_string_equal(found.data, expected);
    gaz_buf_free(&found);
    gaz_regex_free(regex);
}

static void characters_are_whole_and_letter_case_does_not_count(void **state) {
    (void)state;
    assert_matches("就.补", "稳就业补贴，就补贴", "就业补");
    assert_matches("第[一二三]条", "第一条第四条第三条", "第一条/第三条");
    assert_matches("gdp", "GDP与Gdp", "GDP/Gdp");
    assert_matches("\\d+家", "12家、3家", "12家/3家");
}

static void empty_matches_are_none(void **state) {
    (void)state;
    assert_matches("x*", "就业", "");
    assert_matches("就(?=业)", "就业", "就");
}

static void a_bad_pattern_names_its_character(void **state) {
    (void)state;
    struct gaz_regex *regex;
    struct gaz_err err = {0};
    assert_int_equal(gaz_regex_compile("就业(", strlen("就业("), &regex, &err), GAZ_ERR_QUERY);
    assert_string_equal(err.message,
                        "regular expression, character 4: missing closing parenthesis: correct it");
}

static void assert_too_long(const char *pattern, const char *text) {
    struct gaz_regex *regex = NULL;
    struct gaz_err err = {0};
    size_t start, end;
    assert_int_equal(gaz_regex_compile(pattern, strlen(pattern), &regex, NULL), GAZ_OK);
    assert_int_equal(gaz_regex_find(regex, text, strlen(text), 0, &start, &end, &err), GAZ_ERR_QUERY);
    assert_string_equal(err.message, "the regular expression takes too long: make it simpler");
    gaz_regex_free(regex);
}

static void endless_searches_end(void **state) {
    (void)state;
    char text[2001];
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_too_long("(a+)+[bc]", text);
    assert_too_long("(a|a|.)+\\d", text);
    assert_too_long("(.*)*(.*)*(.*)*[0-9]", text);
    assert_matches("a*b", text, "");
}

// From each place no more than a few thousand steps, from all of them together too many.
static void long_searches_end(void **state) {
    (void)state;
    enum { LENGTH = 1 << 20 };
    char *text = malloc(LENGTH + 1);
    memset(text, 'a', LENGTH);
    text[LENGTH] = '\0';
    assert_too_long("a{0,5000}\\d", text);
    free(text);
}

static int fail_after(void *context, size_t size) {
    (void)size;
    int *left = context;
    return (*left)-- <= 0;
}

static void every_failed_allocation_is_an_error(void **state) {
    (void)state;
    enum gaz_status status = GAZ_ERR_MEMORY;
    for (int allowed = 0; status != GAZ_OK; allowed++) {
        struct gaz_regex *regex = NULL;
        int left = allowed;
        gaz_mem_set_hook(&(struct gaz_mem_hook){fail_after, &left});
        status = gaz_regex_compile("(就|创)业", strlen("(就|创)业"), &regex, NULL);
        gaz_mem_set_hook(NULL);
        assert_true(status == GAZ_OK || status == GAZ_ERR_MEMORY);
        if (status == GAZ_OK) {
            gaz_regex_free(regex);
        }
        assert_int_equal(gaz_mem_live(), 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(characters_are_whole_and_letter_case_does_not_count),
        cmocka_unit_test(empty_matches_are_none),
        cmocka_unit_test(a_bad_pattern_names_its_character),
        cmocka_unit_test(endless_searches_end),
        cmocka_unit_test(long_searches_end),
        cmocka_unit_test(every_failed_allocation_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
