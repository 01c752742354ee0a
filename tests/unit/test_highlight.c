// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "searcher/highlight.h"

// Checks the excerpt of TEXT in which each occurrence of PHRASE is marked; EXPECTED shows marks as 【…】.
static void assert_excerpt(const char *text, const char *phrase, size_t max, const char *expected) {
    struct gaz_marks marks = {0};
    struct gaz_span items[16];
    marks.items = items;
    for (const char *at = text; phrase && (at = strstr(at, phrase)); at += strlen(phrase)) {
        items[marks.count++] = (struct gaz_span){(size_t)(at - text), strlen(phrase)};
    }
    struct gaz_excerpt_span excerpt;
    assert_int_equal(gaz_excerpt_choose(text, strlen(text), &marks, max, &excerpt, NULL), GAZ_OK);
    struct gaz_buf shown = GAZ_BUF_INIT;
    const char *piece = text + excerpt.offset;
    size_t at = 0;
    for (size_t i = 0; i < excerpt.marks.count; i++) {
        const struct gaz_span *mark = &excerpt.marks.items[i];
        gaz_buf_add(&shown, piece + at, mark->offset - at);
        gaz_buf_addstr(&shown, "【");
        gaz_buf_add(&shown, piece + mark->offset, mark->length);
        gaz_buf_addstr(&shown, "】");
        at = mark->offset + mark->length;
    }
    gaz_buf_add(&shown, piece + at, excerpt.length - at);
    assert_string_equal(shown.data, expected);
    gaz_buf_free(&shown);
    gaz_free(excerpt.marks.items);
}

static void the_excerpt_is_the_whole_sentence(void **state) {
    (void)state;
    assert_excerpt("坚持就业优先。全年新增岗位两万个，失业率不超过5%。完善服务体系。", "岗位", 0,
                   "全年新增【岗位】两万个，失业率不超过5%。");
    assert_excerpt("完善服务体系", "服务", 0, "完善【服务】体系");
}

static void the_sentence_with_most_marks_is_chosen(void **state) {
    (void)state;
    assert_excerpt("支持创业。创业者可申领创业补贴。鼓励创业。", "创业", 0, "【创业】者可申领【创业】补贴。");
}

static void closing_quotes_belong_to_the_sentence(void **state) {
    (void)state;
    assert_excerpt("会议要求“守住底线！”各县要抓紧落实。", "底线", 0, "会议要求“守住【底线】！”");
    assert_excerpt("会议要求“守住底线！”各县要抓紧落实。", "各县", 0, "【各县】要抓紧落实。");
}

static void a_match_over_two_sentences_shows_both(void **state) {
    (void)state;
    assert_excerpt("一是稳岗。二是扩面。三是提质。", "扩面。三", 0, "二是【扩面。三】是提质。");
}

static void white_space_around_is_left_out(void **state) {
    (void)state;
    assert_excerpt("　　稳岗。　扩面。\n", "扩面", 0, "【扩面】。");
}

static void without_marks_it_is_the_first_sentence(void **state) {
    (void)state;
    assert_excerpt("稳岗。扩面。", NULL, 0, "稳岗。");
    assert_excerpt("", NULL, 0, "");
}

static void a_long_sentence_is_cut_at_commas_around_the_match(void **state) {
    (void)state;
    const char *text =
        "各级各部门要提高站位，压实责任，细化举措，扩大岗位，优化服务，强化督导，确保实效，不断开创新局面。";
    assert_excerpt(text, "扩大岗位", 20, "细化举措，【扩大岗位】，优化服务，强化督导，");
    assert_excerpt(text, "各级", 8, "【各级】各部门要提高");
    assert_excerpt(text, "新局面", 12, "不断开创【新局面】。");
    assert_excerpt(text, "扩大岗位", 2, "【扩大岗位】");
    assert_excerpt(text, NULL, 16, "各级各部门要提高站位，压实责任，");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_excerpt_is_the_whole_sentence),
        cmocka_unit_test(the_sentence_with_most_marks_is_chosen),
        cmocka_unit_test(closing_quotes_belong_to_the_sentence),
        cmocka_unit_test(a_match_over_two_sentences_shows_both),
        cmocka_unit_test(white_space_around_is_left_out),
        cmocka_unit_test(without_marks_it_is_the_first_sentence),
        cmocka_unit_test(a_long_sentence_is_cut_at_commas_around_the_match),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
