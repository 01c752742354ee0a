// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "searcher/query.h"

static void assert_tree(const char *text, const char *expected) {
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_query *query = NULL;
    struct gaz_err err = {0};
    struct gaz_buf buf = GAZ_BUF_INIT;
    if (gaz_query_parse(text, arena, &query, &err) != GAZ_OK) {
        fail_msg("%s: %s", text, err.message);
    }
    gaz_query_describe(query, &buf);
    assert_string_equal(buf.data, expected);
    gaz_buf_free(&buf);
    gaz_arena_free(arena);
}

static void assert_error(const char *text, const char *message) {
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_query *query = NULL;
    struct gaz_err err = {0};
    assert_int_equal(gaz_query_parse(text, arena, &query, &err), GAZ_ERR_QUERY);
    assert_string_equal(err.message, message);
    gaz_arena_free(arena);
}

static void a_run_is_one_phrase_and_a_blank_is_and(void **state) {
    (void)state;
    assert_tree("高质量发展", "\"高质量发展\"");
    assert_tree("  就业　培训 ", "AND(\"就业\" \"培训\")");
    assert_tree("就业 AND 培训", "AND(\"就业\" \"培训\")");
    assert_tree("a b c", "AND(\"a\" \"b\" \"c\")");
}

static void or_binds_less_than_and(void **state) {
    (void)state;
    assert_tree("就业 培训 OR 创业", "OR(AND(\"就业\" \"培训\") \"创业\")");
    assert_tree("就业|创业", "OR(\"就业\" \"创业\")");
    assert_tree("a | b OR c", "OR(\"a\" \"b\" \"c\")");
    assert_tree("(就业 OR 创业) 培训", "AND(OR(\"就业\" \"创业\") \"培训\")");
    assert_tree("((a b) c) d", "AND(AND(AND(\"a\" \"b\") \"c\") \"d\")");
}

static void exclusion_is_a_minus_or_not(void **state) {
    (void)state;
    assert_tree("\"高质量发展\" -医疗", "AND(\"高质量发展\" NOT(\"医疗\"))");
    assert_tree("发展 NOT 医疗", "AND(\"发展\" NOT(\"医疗\"))");
    assert_tree("发展 NOT -医疗", "AND(\"发展\" \"医疗\")");
    assert_tree("-(医疗 OR 教育) 发展", "AND(NOT(OR(\"医疗\" \"教育\")) \"发展\")");
    assert_tree("-医疗", "NOT(\"医疗\")");
    assert_tree("10-12 -", "AND(\"10-12\" \"-\")");
}

static void near_joins_phrases(void **state) {
    (void)state;
    assert_tree("就业 NEAR/5 培训", "NEAR/5(\"就业\" \"培训\")");
    assert_tree("就业 NEAR 培训 补贴", "AND(NEAR/10(\"就业\" \"培训\") \"补贴\")");
    assert_tree("就业 BEFORE/0 培训 NEAR/3 补贴", "NEAR/3(BEFORE/0(\"就业\" \"培训\") \"补贴\")");
    assert_tree("(就业|创业) NEAR/2 补贴", "NEAR/2(OR(\"就业\" \"创业\") \"补贴\")");
    assert_tree("NEARBY", "\"NEARBY\"");
}

static void fields_have_two_names(void **state) {
    (void)state;
    assert_tree("单位:市经信局 issue:2023-10", "AND(单位:\"市经信局\" 期:\"2023-10\")");
    assert_tree("标题:\"稳定 就业\"", "标题:\"稳定 就业\"");
    assert_tree("日期:2023-10..2023-12", "日期:\"2023-10..2023-12\"");
    assert_tree("-kind:通知 培训", "AND(NOT(类型:\"通知\") \"培训\")");
    assert_tree("责任单位：市经信局", "\"责任单位：市经信局\"");
    assert_tree("时间:8时", "\"时间:8时\"");
}

static void quotation_marks_keep_blanks_and_signs(void **state) {
    (void)state;
    assert_tree("\"A OR (B\"", "\"A OR (B\"");
    assert_tree("\"说\\\"好\\\"\\\\ \\n\"", "\"说\"好\"\\ \\n\"");
    assert_tree("“满天星”计划", "\"“满天星”计划\"");
    assert_tree("5\"管", "\"5\"管\"");
}

static void what_is_no_group_is_text(void **state) {
    (void)state;
    assert_tree("(一)加强", "\"(一)加强\"");
    assert_tree("(一)加强 培训", "AND(\"(一)加强\" \"培训\")");
    assert_tree("(一", "\"(一\"");
    assert_tree("(责任单位:市经信局", "\"(责任单位:市经信局\"");
    assert_tree("(单位:市经信局)", "单位:\"市经信局\"");
    assert_tree("1)加强", "\"1)加强\"");
    assert_tree("（二）加强", "\"（二）加强\"");
    assert_tree("(f(x) OR y)", "OR(\"f(x)\" \"y\")");
}

static void errors_name_their_column(void **state) {
    (void)state;
    assert_error(" ", "the query is empty: write what to look for");
    assert_error("就业 \"培训",
                 "query, column 4: this quotation mark is never closed: add \" at the end of the phrase");
    assert_error("就业 (培训 OR 补贴",
                 "query, column 4: this bracket is never closed: add ) or put the text in quotation marks");
    assert_error("(就业 培训))", "query, column 8: this bracket closes nothing: take it away");
    assert_error("就业 OR", "query, column 6: something is missing here: write what to look for");
    assert_error("就业 OR OR 培训",
                 "query, column 7: an operator stands between two terms: put it in quotation "
                 "marks to look for the word");
    assert_error("(就业 OR )", "query, column 8: something is missing here: write what to look for");
    assert_error("单位: 就业", "query, column 1: the field has no value: write it behind the colon");
    assert_error("就业 \" \"", "query, column 4: there is nothing in it: write what to look for");
    assert_error("就业 NEAR/3 -培训",
                 "query, column 4: NEAR joins phrases: move fields and exclusions out of it");
}

static void too_deep_and_too_long_are_refused(void **state) {
    (void)state;
    char deep[2 * GAZ_QUERY_DEPTH_MAX + 8] = "";
    for (int i = 0; i <= GAZ_QUERY_DEPTH_MAX; i++) {
        strcat(deep, "(");
    }
    strcat(deep, "a b");
    assert_error(deep, "query, column 65: too many brackets inside each other: make the query simpler");
    static char longest[GAZ_QUERY_LENGTH_MAX + 2];
    memset(longest, 'a', sizeof longest - 1);
    assert_error(longest, "the query is longer than 65536 bytes: shorten it");
    static char many[2 * (GAZ_QUERY_TERMS_MAX + 1) + 1];
    for (size_t i = 0; i <= GAZ_QUERY_TERMS_MAX; i++) {
        strcat(many, "a ");
    }
    assert_error(many, "the query has more than 256 terms: shorten it");
    static char chain[8 * (GAZ_QUERY_DEPTH_MAX + 2)] = "a";
    for (size_t i = 0; i <= GAZ_QUERY_DEPTH_MAX; i++) {
        strcat(chain, " NEAR a");
    }
    assert_error(chain, "query, column 451: too many NEAR behind each other: make the query simpler");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_is_one_phrase_and_a_blank_is_and),
        cmocka_unit_test(or_binds_less_than_and),
        cmocka_unit_test(exclusion_is_a_minus_or_not),
        cmocka_unit_test(near_joins_phrases),
        cmocka_unit_test(fields_have_two_names),
        cmocka_unit_test(quotation_marks_keep_blanks_and_signs),
        cmocka_unit_test(what_is_no_group_is_text),
        cmocka_unit_test(errors_name_their_column),
        cmocka_unit_test(too_deep_and_too_long_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
