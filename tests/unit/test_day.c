// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "corpus/day.h"

static void days_are_counted_from_1970(void **state) {
    (void)state;
    assert_int_equal(gaz_day_number(&(struct gaz_date){1970, 1, 1}), 0);
    assert_int_equal(gaz_day_number(&(struct gaz_date){1969, 12, 31}), -1);
    assert_int_equal(gaz_day_number(&(struct gaz_date){2000, 3, 1}), 11017);
    assert_int_equal(gaz_day_number(&(struct gaz_date){2024, 10, 7}), 20003);
}

// From 1600 to 2400 each day follows the one before, in the calendar and in the week.
static void every_day_follows_the_one_before(void **state) {
    (void)state;
    struct gaz_date date = {1600, 1, 1};
    long first = gaz_day_number(&date), last = gaz_day_number(&(struct gaz_date){2400, 12, 31});
    int week = 5; // 1 January 1600 was a Saturday
    for (long number = first; number <= last; number++, week = (week + 1) % 7) {
        struct gaz_date found = gaz_day_date(number);
        assert_int_equal(gaz_date_compare(&found, &date), 0);
        assert_int_equal(gaz_day_number(&date), number);
        assert_int_equal(gaz_day_of_week(number), week);
        if (++date.day > gaz_date_days_in_month(date.year, date.month)) {
            date.day = 1;
            date.year += date.month == 12;
            date.month = date.month % 12 + 1;
        }
    }
}

static void today_may_be_named(void **state) {
    (void)state;
    static const char *const wrong[] = {"2024-02-30", "2024-10", "10月7日", "今天", "2024-10-07 "};
    struct gaz_date today;
    setenv("GAZETTE_TODAY", "2024-10-07", 1);
    assert_int_equal(gaz_day_today(&today, NULL), GAZ_OK);
    assert_int_equal(gaz_date_compare(&today, &(struct gaz_date){2024, 10, 7}), 0);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        setenv("GAZETTE_TODAY", wrong[i], 1);
        assert_int_equal(gaz_day_today(&today, NULL), GAZ_ERR_ARGUMENT);
    }
}

static void else_it_is_that_of_the_clock(void **state) {
    (void)state;
    static const char *const unnamed[] = {NULL, ""};
    struct gaz_date today;
    for (size_t i = 0; i < 2; i++) {
        if (unnamed[i]) {
            setenv("GAZETTE_TODAY", unnamed[i], 1);
        } else {
            unsetenv("GAZETTE_TODAY");
        }
        assert_int_equal(gaz_day_today(&today, NULL), GAZ_OK);
        assert_true(today.year >= 2024 && today.month >= 1 && today.day >= 1);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_counted_from_1970),
        cmocka_unit_test(every_day_follows_the_one_before),
        cmocka_unit_test(today_may_be_named),
        cmocka_unit_test(else_it_is_that_of_the_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
