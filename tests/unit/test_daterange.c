// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "searcher/daterange.h"

// Whether DATE lies in the range that TEXT names, by comparing bytes as the index does.
static int is_in(const char *text, const char *date) {
    struct gaz_date_range range;
    assert_true(gaz_date_range_read(text, &range));
    return strcmp(range.low, date) <= 0 && strcmp(date, range.high) <= 0;
}

static void both_ends_are_inclusive(void **state) {
    (void)state;
    assert_true(is_in("2023-10-07..2023-10-09", "2023-10-07"));
    assert_true(is_in("2023-10-07..2023-10-09", "2023-10-09"));
    assert_false(is_in("2023-10-07..2023-10-09", "2023-10-06"));
    assert_false(is_in("2023-10-07..2023-10-09", "2023-10-10"));
}

static void months_and_years_hold_all_their_days(void **state) {
    (void)state;
    assert_true(is_in("2023-10", "2023-10-31"));
    assert_true(is_in("2023年10月", "2023-10-01"));
    assert_false(is_in("2023-10", "2023-11-01"));
    assert_true(is_in("2023", "2023-12-31"));
    assert_true(is_in("2023年", "2023-01-01"));
    assert_false(is_in("2023", "2022-12-31"));
    assert_true(is_in("2023-10..2023-12", "2023-12-31"));
}

static void an_end_may_be_missing_but_undated_records_stay_out(void **state) {
    (void)state;
    assert_true(is_in("..2023-10", "1949-10-01"));
    assert_true(is_in("2023-10..", "2099-01-01"));
    assert_false(is_in("..2023-10", ""));
    assert_false(is_in("2023", ""));
}

static void what_is_no_date_is_refused(void **state) {
    (void)state;
    static const char *const texts[] = {"",       "..", "2023-13", "2023-02-30", "就业", "2023-12..2023-10",
                                        "10月7日"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct gaz_date_range range;
        assert_false(gaz_date_range_read(texts[i], &range));
    }
}

// The bounds are for what follows the year.
static int is_in_year(const char *text, const char *day) {
    struct gaz_date_range range;
    assert_true(gaz_date_range_of_year(text, &range));
    return strcmp(range.low, day) <= 0 && strcmp(day, range.high) <= 0;
}

static void days_and_months_of_any_year(void **state) {
    (void)state;
    static const char *const others[] = {"", "3", "13", "2024", "2024-03", "03-15..", "04..03", "03-1"};
    struct gaz_date_range range;
    assert_true(is_in_year("03-15", "03-15"));
    assert_false(is_in_year("03-15", "03-16"));
    assert_true(is_in_year("03", "03-31"));
    assert_true(is_in_year("03", "03"));
    assert_false(is_in_year("03", "04-01"));
    assert_true(is_in_year("03-01..03-15", "03-15"));
    assert_false(is_in_year("03-01..03-15", "03-16"));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        assert_false(gaz_date_range_of_year(others[i], &range));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_and_months_of_any_year),
        cmocka_unit_test(both_ends_are_inclusive),
        cmocka_unit_test(months_and_years_hold_all_their_days),
        cmocka_unit_test(an_end_may_be_missing_but_undated_records_stay_out),
        cmocka_unit_test(what_is_no_date_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
