// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "searcher/folds.h"

static void assert_folds(const char *typed, const char *printed, const char *expected) {
    struct gaz_buf names = GAZ_BUF_INIT;
    unsigned folds = gaz_folds_between(typed, strlen(typed), printed, strlen(printed));
    for (int kind = 0; kind < GAZ_FOLDED_COUNT; kind++) {
        if (folds & 1U << kind) {
            gaz_buf_printf(&names, "%s%s", names.len > 0 ? " " : "",
                           gaz_fold_kind_name((enum gaz_fold_kind)kind));
        }
    }
    assert_string_equal(names.data, expected);
    gaz_buf_free(&names);
}

static void each_kind_of_difference_is_named(void **state) {
    (void)state;
    assert_folds("发展", "发展", "");
    assert_folds("发展", "發展", "script");
    assert_folds("2023", "２０２３", "width");
    assert_folds("gdp", "GDP", "case");
    assert_folds("〔2023〕", "[2023]", "bracket");
    assert_folds("〔2023〕", "（2023）", "bracket");
    assert_folds("(一)", "（一）", "width");
    assert_folds("发展", "发 展", "blanks");
    assert_folds("gdp", "Ｇ Ｄ Ｐ", "width case blanks");
    assert_folds("（株）", "㈱", "width");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_kind_of_difference_is_named)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
