// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/model.h"

static struct gaz_arena *arena;

static int open_arena(void **state) {
    (void)state;
    arena = gaz_arena_new();
    return arena ? 0 : -1;
}

static int close_arena(void **state) {
    (void)state;
    gaz_mem_set_hook(NULL);
    gaz_arena_free(arena);
    return gaz_mem_live() == 0 ? 0 : -1;
}

// The text of the lines of SOURCE, one span a line.
static const char *text_of_lines(const char *source) {
    struct gaz_spans spans = {0};
    for (const char *line = source; *line;) {
        size_t len = strcspn(line, "\n");
        assert_true(gaz_spans_add(&spans, arena, (struct gaz_span){(size_t)(line - source), len}));
        line += len + (line[len] == '\n');
    }
    size_t len = 0;
    const char *text = gaz_spans_text(&spans, source, arena, &len);
    assert_non_null(text);
    assert_int_equal(len, strlen(text));
    return text;
}

static void spans_that_touch_are_merged(void **state) {
    (void)state;
    struct gaz_spans spans = {0};
    assert_true(gaz_spans_add(&spans, arena, (struct gaz_span){10, 3}));
    assert_true(gaz_spans_add(&spans, arena, (struct gaz_span){13, 3}));
    assert_true(gaz_spans_add(&spans, arena, (struct gaz_span){17, 3}));
    assert_true(gaz_spans_add(&spans, arena, (struct gaz_span){2, 8}));
    assert_int_equal(spans.count, 3);
    assert_int_equal(spans.items[0].offset, 10);
    assert_int_equal(spans.items[0].length, 6);
    assert_int_equal(spans.items[2].offset, 2);
}

static void spans_grow(void **state) {
    (void)state;
    struct gaz_spans spans = {0};
    for (size_t i = 0; i < 1000; i++)
        assert_true(gaz_spans_add(&spans, arena, (struct gaz_span){i * 10, 5}));
    assert_int_equal(spans.count, 1000);
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(spans.items[i].offset, i * 10);
}

static int fail_all(void *context, size_t size) {
    (void)context;
    (void)size;
    return 1;
}

static void lack_of_memory_is_reported(void **state) {
    (void)state;
    struct gaz_spans spans = {0};
    gaz_mem_set_hook(&(struct gaz_mem_hook){fail_all, NULL});
    bool ok = true;
    for (size_t i = 0; ok && i < 1000000; i++)
        ok = gaz_spans_add(&spans, arena, (struct gaz_span){i * 10, 5});
    assert_false(ok);
    size_t kept = spans.count;
    while (gaz_arena_alloc(arena, 1))
        ;
    assert_null(gaz_spans_text(&spans, "", arena, NULL));
    assert_int_equal(spans.count, kept);
}

static void nothing_gives_empty_text(void **state) {
    (void)state;
    assert_string_equal(text_of_lines(""), "");
    assert_string_equal(text_of_lines(" \n　\n"), "");
}

static void lines_are_unwrapped(void **state) {
    (void)state;
    assert_string_equal(text_of_lines("　　支持各地建设创业基\n地，给予补助。 "),
                        "支持各地建设创业基地，给予补助。");
    assert_string_equal(text_of_lines("到20\n25年"), "到2025年");
    assert_string_equal(text_of_lines("20\n25\n年"), "2025年");
    assert_string_equal(text_of_lines("达到9\n0%以上"), "达到90%以上");
}

static void latin_words_are_kept_apart(void **state) {
    (void)state;
    assert_string_equal(text_of_lines("The opening of the green\nindustry park"),
                        "The opening of the green industry park");
    assert_string_equal(text_of_lines("实施 Green\nBay 计划"), "实施 Green Bay 计划");
    assert_string_equal(text_of_lines("Windows\n10系统"), "Windows10系统");
    assert_string_equal(text_of_lines("MD\nT门\n诊"), "MDT门诊");
    assert_string_equal(text_of_lines("H\nPV\n疫\n苗"), "HPV疫苗");
}

static void letter_spacing_is_undone(void **state) {
    (void)state;
    assert_string_equal(text_of_lines("1 0 月 1 0 日 ， 市 委 召 开"), "10月10日，市委召开");
    assert_string_equal(text_of_lines("政 务 简 讯"), "政务简讯");
    assert_string_equal(text_of_lines("记　事"), "记事");
    assert_string_equal(text_of_lines("5 . 实 施 计 划 。 为\n企业减负"), "5.实施计划。为企业减负");
    assert_string_equal(text_of_lines("简 讯   目 录"), "简讯   目录");
}

static void other_blanks_stay(void **state) {
    (void)state;
    assert_string_equal(text_of_lines("中共中央 国务院关于促进发展的意见"),
                        "中共中央 国务院关于促进发展的意见");
    assert_string_equal(text_of_lines("临海市人民政府  关于印发"), "临海市人民政府  关于印发");
    assert_string_equal(text_of_lines("财政部 海关总署"), "财政部 海关总署");
    assert_string_equal(text_of_lines("第 1 条 本市"), "第 1 条 本市");
}

static void broken_bytes_are_kept(void **state) {
    (void)state;
    assert_string_equal(text_of_lines("\xff\xe6 \xe6\x96"), "\xff\xe6 \xe6\x96");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(spans_that_touch_are_merged, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(spans_grow, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(lack_of_memory_is_reported, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(nothing_gives_empty_text, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(lines_are_unwrapped, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(latin_words_are_kept_apart, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(letter_spacing_is_undone, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(other_blanks_stay, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(broken_bytes_are_kept, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
