// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "searcher/pattern.h"

static void assert_written(const char *text, bool wildcards, const char *expected) {
    struct gaz_buf out = GAZ_BUF_INIT;
    gaz_pattern_write(text, wildcards, GAZ_FOLD_FULL, &out);
    assert_string_equal(out.data, expected);
    gaz_buf_free(&out);
}

static void wildcards_become_an_expression(void **state) {
    (void)state;
    assert_written("数字*经济", true, "数字[^。！？!?]{0,20}?经济");
    assert_written("第?条", true, "第.条");
    assert_written("（責任 單位）", true, "\\(责任单位\\)");
    assert_written("a.b", true, "a\\.b");
}

static void literals_of_an_expression_are_folded_and_its_grammar_is_kept(void **state) {
    (void)state;
    assert_written("發展.{0,3}", false, "发展.{0,3}");
    assert_written("（一）", false, "\\(一\\)");
    assert_written("\\[2023\\]", false, "\\(2023\\)");
    assert_written("\\d+ 家", false, "\\d+ 家");
}

static bool join(void *context, const char *literal, size_t len) {
    struct gaz_buf *out = context;
    gaz_buf_addstr(out, out->len > 0 ? "/" : "");
    gaz_buf_add(out, literal, len);
    return true;
}

static void assert_literals(const char *regex, const char *expected) {
    struct gaz_buf out = GAZ_BUF_INIT;
    gaz_pattern_literals(regex, join, &out);
    assert_string_equal(out.data, expected);
    gaz_buf_free(&out);
}

static void only_what_must_be_there_is_a_literal(void **state) {
    (void)state;
    assert_literals("就业岗位", "就业岗位");
    assert_literals("就业.{0,5}岗位", "就业/岗位");
    assert_literals("就业补?贴", "就业/贴");
    assert_literals("就业*岗", "就/岗");
    assert_literals("就业+岗", "就业/岗");
    assert_literals("就业{2}岗", "就/岗");
    assert_literals("第[一二]条", "第/条");
    assert_literals("第[]一]条", "第/条");
    assert_literals("第[^]一]条", "第/条");
    assert_literals("第[[:digit:]]条", "第/条");
    assert_literals("第[\\]一]条", "第/条");
    assert_literals("第([)]一)条", "第/条");
    assert_literals("第\\p{Han}条", "第/条");
    assert_literals("第\\pL条", "");
    assert_literals("第\\x41条", "");
    assert_literals("第(.)\\1条", "");
    assert_literals("第(*ACCEPT)条", "");
    assert_literals("就(业|近)岗", "");
    assert_literals("就(业)岗", "就/岗");
    assert_literals("\\d家\\(一\\)", "家(一)");
    assert_literals("^就$", "就");
    assert_literals("(?s)就业", "");
    assert_literals("就业|创业", "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wildcards_become_an_expression),
        cmocka_unit_test(literals_of_an_expression_are_folded_and_its_grammar_is_kept),
        cmocka_unit_test(only_what_must_be_there_is_a_literal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
