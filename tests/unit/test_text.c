// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/text.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static struct gaz_str of(const char *text) {
    return gaz_str_of(text);
}

static void assert_str(struct gaz_str text, const char *wanted) {
    if (text.len != strlen(wanted) || memcmp(text.data, wanted, text.len) != 0)
        print_error("%.*s instead of %s\n", (int)text.len, text.data, wanted);
    assert_int_equal(text.len, strlen(wanted));
    assert_memory_equal(text.data, wanted, text.len);
}

static void pieces_are_cut(void **state) {
    (void)state;
    assert_int_equal(of(NULL).len, 0);
    assert_non_null(of(NULL).data);
    assert_str(gaz_str_from(of("通知如下"), 6), "如下");
    assert_str(gaz_str_from(of("通知"), 6), "");
    assert_str(gaz_str_trim(of(" \t　市财政局　\n")), "市财政局");
    assert_str(gaz_str_trim(of("　 \t")), "");
    assert_str(gaz_str_trim(of("")), "");
    assert_str(gaz_str_trim(of("甲 乙")), "甲 乙");
    assert_str(gaz_str_trim(of("\uFEFF甲")), "甲");
}

static void pieces_are_compared(void **state) {
    (void)state;
    assert_true(gaz_str_equal(of("通知"), of("通知")));
    assert_false(gaz_str_equal(of("通知"), of("通告")));
    assert_false(gaz_str_equal(of("通知"), of("通")));
    assert_true(gaz_str_equal(of(""), of(NULL)));
    assert_true(gaz_str_starts(of("附件2"), "附件"));
    assert_false(gaz_str_starts(of("附"), "附件"));
    assert_true(gaz_str_starts(of("附件"), ""));
    assert_true(gaz_str_ends(of("的通知"), "通知"));
    assert_false(gaz_str_ends(of("知"), "通知"));
    assert_int_equal(gaz_str_find(of("关于印发方案的通知"), "印发"), 6);
    assert_int_equal(gaz_str_find(of("关于印发方案的通知"), "转发"), SIZE_MAX);
    assert_int_equal(gaz_str_find(of(""), "转发"), SIZE_MAX);
}

static void longest_end_is_found(void **state) {
    (void)state;
    static const char *const ends[] = {"表", "一览表", "公告"};
    const char *which = "";
    assert_true(gaz_str_ends_one(of("任务一览表"), ends, COUNT(ends), &which));
    assert_string_equal(which, "一览表");
    assert_true(gaz_str_ends_one(of("统计表"), ends, COUNT(ends), &which));
    assert_string_equal(which, "表");
    assert_false(gaz_str_ends_one(of("表格"), ends, COUNT(ends), &which));
    assert_null(which);
    assert_true(gaz_str_ends_one(of("公告"), ends, COUNT(ends), NULL));
    assert_false(gaz_str_ends_one(of("公告"), ends, 0, NULL));
}

static void ends_are_looked_at(void **state) {
    (void)state;
    assert_int_equal(gaz_text_first(of("　（一）")), U'（');
    assert_int_equal(gaz_text_last(of("通知： ")), U'：');
    assert_int_equal(gaz_text_first(of(" 　")), 0);
    assert_int_equal(gaz_text_last(of("")), 0);
    assert_int_equal(gaz_text_last(of("甲𠮷")), U'𠮷');
}

static void white_space_does_not_count(void **state) {
    (void)state;
    assert_int_equal(gaz_text_count(of("1 0 月　7 日")), 5);
    assert_int_equal(gaz_text_count(of("")), 0);
    assert_true(gaz_text_same(of("政 务 简 讯"), of("政务简讯")));
    assert_true(gaz_text_same(of(" "), of("")));
    assert_false(gaz_text_same(of("政务"), of("政务简讯")));
    assert_false(gaz_text_same(of("政务简讯"), of("政务")));
    struct gaz_arena *arena = gaz_arena_new();
    assert_string_equal(gaz_text_squeeze(arena, of(" 市 长　张 三\t")), "市长张三");
    assert_string_equal(gaz_text_squeeze(arena, of("　")), "");
    gaz_arena_free(arena);
}

// What is no UTF-8 is a character like any other: it is counted, kept and compared.
static void broken_bytes_are_characters(void **state) {
    (void)state;
    const struct gaz_str broken = {"\xE6\xB8 \xFF", 4};
    struct gaz_arena *arena = gaz_arena_new();
    assert_int_equal(gaz_text_count(broken), 3);
    assert_memory_equal(gaz_text_squeeze(arena, broken), "\xE6\xB8\xFF", 4);
    assert_int_equal(gaz_str_trim(broken).len, 4);
    assert_int_equal(gaz_text_last(broken), 0xFFFD);
    gaz_arena_free(arena);
}

static void ends_of_sentences_are_known(void **state) {
    (void)state;
    static const char *const closed[] = {"印发给你们。",     "通知如下：", "（责任单位：市财政局）。",
                                         "“一件事”改革；",   "为什么？",   "“全力以赴！”",
                                         "（由市局负责。）", "Done!",      "等等……"};
    static const char *const not_closed[] = {"",         "　",     "市财政局", "（市财政局）",
                                             "“一件事”", "认真，", "各县、",   "共3."};
    for (size_t i = 0; i < COUNT(closed); i++)
        if (!gaz_text_is_closed(of(closed[i])))
            fail_msg("%s is not closed", closed[i]);
    for (size_t i = 0; i < COUNT(not_closed); i++)
        if (gaz_text_is_closed(of(not_closed[i])))
            fail_msg("%s is closed", not_closed[i]);
    assert_true(gaz_text_is_open(of("市财政局、 ")));
    assert_true(gaz_text_is_open(of("贯彻《")));
    assert_true(gaz_text_is_open(of("认真，")));
    assert_false(gaz_text_is_open(of("落实。")));
    assert_false(gaz_text_is_open(of("")));
}

static void brackets_are_counted(void **state) {
    (void)state;
    assert_int_equal(gaz_text_depth(of("（责任单位：市局"), 0), 1);
    assert_int_equal(gaz_text_depth(of("市财政局）"), 1), 0);
    assert_int_equal(gaz_text_depth(of("《关于〔2023〕的（试行"), 0), 2);
    assert_int_equal(gaz_text_depth(of("）））"), 1), 0);
    assert_int_equal(gaz_text_depth(of("）（"), 0), 1);
    assert_int_equal(gaz_text_depth(of(""), 3), 3);
}

static void breaking_rules_are_known(void **state) {
    (void)state;
    assert_true(gaz_text_never_first(U'，'));
    assert_true(gaz_text_never_first(U'》'));
    assert_false(gaz_text_never_first(U'《'));
    assert_false(gaz_text_never_first(U'市'));
    assert_false(gaz_text_never_first(0));
    assert_true(gaz_text_never_last(U'（'));
    assert_true(gaz_text_never_last(U'“'));
    assert_false(gaz_text_never_last(U'）'));
    assert_false(gaz_text_never_last(0));
}

static void columns_are_those_of_a_terminal(void **state) {
    (void)state;
    assert_int_equal(gaz_text_columns(of("市财政局")), 8);
    assert_int_equal(gaz_text_columns(of("2023年")), 6);
    assert_int_equal(gaz_text_columns(of("")), 0);
}

static void first_token_holds_together(void **state) {
    (void)state;
    assert_int_equal(gaz_text_first_token(of("市财政局")), 2);
    assert_int_equal(gaz_text_first_token(of("年，各县")), 4);
    assert_int_equal(gaz_text_first_token(of("《办法》")), 4);
    assert_int_equal(gaz_text_first_token(of("《办》的")), 6);
    assert_int_equal(gaz_text_first_token(of("2023年")), 4);
    assert_int_equal(gaz_text_first_token(of("95%以上")), 3);
    assert_int_equal(gaz_text_first_token(of("")), 0);
    assert_int_equal(gaz_text_first_token(of("A B")), 1);
}

static void additions_are_taken_off_titles(void **state) {
    (void)state;
    assert_str(gaz_text_without_brackets(of("管理办法（试行）")), "管理办法");
    assert_str(gaz_text_without_brackets(of("行动方案（2023—2025年） （试行）")), "行动方案");
    assert_str(gaz_text_without_brackets(of("通知(暂行)")), "通知");
    assert_str(gaz_text_without_brackets(of("各县（市、区）政府")), "各县（市、区）政府");
    assert_str(gaz_text_without_brackets(of("（试行）")), "（试行）");
    assert_str(gaz_text_without_brackets(of("试行）")), "试行）");
    assert_str(gaz_text_without_brackets(of("")), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_cut),
        cmocka_unit_test(pieces_are_compared),
        cmocka_unit_test(longest_end_is_found),
        cmocka_unit_test(ends_are_looked_at),
        cmocka_unit_test(white_space_does_not_count),
        cmocka_unit_test(broken_bytes_are_characters),
        cmocka_unit_test(ends_of_sentences_are_known),
        cmocka_unit_test(brackets_are_counted),
        cmocka_unit_test(breaking_rules_are_known),
        cmocka_unit_test(columns_are_those_of_a_terminal),
        cmocka_unit_test(first_token_holds_together),
        cmocka_unit_test(additions_are_taken_off_titles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
