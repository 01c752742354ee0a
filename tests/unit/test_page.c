// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shim/utf8.h"

enum { CHARS_MAX = 4000, RULES_MAX = 200 };

static const float em = 10;
static const float pitch = 16;

// A page that a test prints on.
struct press {
    struct gaz_pdf_char chars[CHARS_MAX];
    struct gaz_pdf_rule rules[RULES_MAX];
    struct gaz_pdf_page page;
    struct gaz_page_habit habit;
    struct gaz_page_text out;
};

static int set_up(void **state) {
    struct press *press = calloc(1, sizeof *press);
    assert_non_null(press);
    press->page =
        (struct gaz_pdf_page){.number = 1, .count = 1, .width = 405, .height = 840, .printed = true};
    press->out = (struct gaz_page_text){GAZ_BUF_INIT, GAZ_BUF_INIT};
    *state = press;
    return 0;
}

static int tear_down(void **state) {
    struct press *press = *state;
    gaz_page_text_free(&press->out);
    free(press);
    return 0;
}

// Which way the press prints: the middle of a character, and its box along and across the line.
enum way { LEVEL, SIDEWAYS, UPWARDS, VERTICAL };

static void print_char(struct press *press, enum way way, float x, float y, uint32_t code) {
    float along = code < 0x80 ? em / 2 : em, across = em * 1.4F; // the height of a font
    bool turned = way == SIDEWAYS || way == UPWARDS;
    float wide = turned ? across : along, high = turned ? along : across;
    uint32_t corner = way == SIDEWAYS  ? GAZ_PDF_CORNER_TOP_LEFT
                      : way == UPWARDS ? GAZ_PDF_CORNER_BOTTOM_RIGHT
                                       : GAZ_PDF_CORNER_BOTTOM_LEFT;
    assert_true(press->page.char_count < CHARS_MAX);
    press->chars[press->page.char_count++] =
        (struct gaz_pdf_char){x - wide / 2,
                              y - high / 2,
                              x + wide / 2,
                              y + high / 2,
                              em,
                              code,
                              code == U'。' || code == U'，' || code == U'、' ? corner : GAZ_PDF_CORNER_NONE};
}

// Prints TEXT from the place (X, Y), the middle of its left edge in the direction of reading.
static void print(struct press *press, enum way way, float x, float y, const char *text) {
    for (size_t at = 0, len = strlen(text); at < len;) {
        uint32_t code;
        at += gaz_utf8_decode(text + at, len - at, &code);
        float step = code < 0x80 && way != VERTICAL ? em / 2 : em;
        x += way == LEVEL ? step / 2 : 0;
        y += way == LEVEL ? 0 : way == UPWARDS ? -step / 2 : step / 2;
        if (code != ' ' && code != 0x3000)
            print_char(press, way, x, y, code);
        x += way == LEVEL ? step / 2 : 0;
        y += way == LEVEL ? 0 : way == UPWARDS ? -step / 2 : step / 2;
    }
}

static void rule(struct press *press, float x1, float y1, float x2, float y2) {
    assert_true(press->page.rule_count < RULES_MAX);
    press->rules[press->page.rule_count++] = (struct gaz_pdf_rule){x1, y1, x2, y2};
}

// What is read of the page.
static const char *read_page(struct press *press) {
    press->page.chars = press->chars;
    press->page.rules = press->rules;
    assert_true(gaz_page_write(&press->page, &press->habit, &press->out));
    assert_int_equal(press->out.text.status, GAZ_OK);
    return press->out.text.data;
}

static void print_lines(struct press *press, float x, float y, const char *const *lines, size_t count) {
    for (size_t i = 0; i < count; i++)
        print(press, LEVEL, x, y + pitch * (float)i, lines[i]);
}

static const char *const left_column[] = {
    "　　一、健全工作机制，定期", "会商研判，形成齐抓共管的", "合力，确保各项任务按期完", "成。",
    "　　二、加大资金投入，优先", "保障农村学校的运动场改造",
};
static const char *const right_column[] = {
    "和图书室建设。",
    "　　三、强化督导考核，考核",
    "结果纳入年度目标责任评价",
    "体系。",
};

static void test_columns_are_read_one_after_the_other(void **state) {
    struct press *press = *state;
    print(press, LEVEL, 150, 60, "关于改善办学条件的意见"); // across both
    print_lines(press, 60, 100, left_column, 6);
    print_lines(press, 215, 100, right_column, 4);
    assert_string_equal(read_page(press),
                        "关于改善办学条件的意见\n"
                        "　　一、健全工作机制，定期\n会商研判，形成齐抓共管的\n"
                        "合力，确保各项任务按期完\n成。\n　　二、加大资金投入，优先\n"
                        "保障农村学校的运动场改造\n和图书室建设。\n　　三、强化督导考核，考核\n"
                        "结果纳入年度目标责任评价\n体系。\n");
}

static void test_a_short_last_column_is_a_column(void **state) {
    struct press *press = *state;
    print(press, LEVEL, 150, 60, "关于改善办学条件的意见");
    for (int i = 0; i < 3; i++)
        print_lines(press, 60, 100 + pitch * 6 * (float)i, left_column, 6);
    print(press, LEVEL, 215, 100, "和图书室建设。");
    const char *text = read_page(press);
    assert_non_null(strstr(text, "改造\n和图书室建设。\n"));
}

static void test_what_repeats_at_the_edge_is_no_line_of_the_text(void **state) {
    struct press *press = *state;
    print(press, LEVEL, 60, 30, "· 12 ·");
    print(press, LEVEL, 250, 30, "云港市人民政府公报");
    print_lines(press, 60, 100, left_column, 6);
    const char *text = read_page(press);
    assert_ptr_equal(strstr(text, "·12·\n云港市人民政府公报\n　　一、"), text);
}

// Rules of ROWS × COLUMNS fields; in the first column the line under row MERGED is left out.
static void print_grid(struct press *press, const float *edges, size_t columns, const float *tops,
                       size_t rows, size_t merged) {
    for (size_t r = 0; r <= rows; r++)
        rule(press, r == merged ? edges[1] : edges[0], tops[r], edges[columns], tops[r]);
    for (size_t c = 0; c <= columns; c++)
        rule(press, edges[c], tops[0], edges[c], tops[rows]);
}

static void test_ruled_cells_are_cells(void **state) {
    struct press *press = *state;
    const float edges[] = {60, 84, 200, 400}, tops[] = {100, 150, 200, 240};
    print_grid(press, edges, 3, tops, 3, 2);
    print(press, LEVEL, 67, 115, "序"); // a narrow head, one character a line
    print(press, LEVEL, 67, 131, "号");
    print(press, LEVEL, 90, 125, "任务名称");
    print(press, LEVEL, 210, 125, "责任单位");
    print(press, LEVEL, 67, 200, "1"); // in the middle of a merged cell
    print(press, LEVEL, 90, 165, "改造农村校园");
    print(press, LEVEL, 90, 181, "运动场");
    print(press, LEVEL, 210, 165, "市教育局、市财政局");
    print(press, LEVEL, 210, 220, "市体育局");
    assert_string_equal(
        read_page(press),
        "序号\t任务名称\t责任单位\n1\t改造农村校园运动场\t市教育局、市财政局\n\t\t市体育局\n");
    assert_memory_equal(press->out.sorts.data, ((char[]){GAZ_LINE_ROW, GAZ_LINE_ROW, GAZ_LINE_ROW}), 3);
}

static void test_cells_are_told_by_gaps(void **state) {
    struct press *press = *state;
    const float x[] = {60, 90, 220};
    static const char *const cells[][3] = {
        {"序号", "任务名称", "责任单位"},
        {"1", "改造农村校园运动场地", "市教育局、市财政局"},
        {"", "三十个以上", ""},
        {"2", "招募退役运动员任教", "市体育局"},
    };
    const float y[] = {100, 130, 144, 176};
    for (size_t r = 0; r < 4; r++)
        for (size_t c = 0; c < 3; c++)
            print(press, LEVEL, x[c], y[r], cells[r][c]);
    assert_string_equal(read_page(press),
                        "序号\t任务名称\t责任单位\n1\t改造农村校园运动场地三十个以上\t市教育局、市财政局\n"
                        "2\t招募退役运动员任教\t市体育局\n");
}

static void test_sideways_text_is_turned(void **state) {
    for (enum way way = SIDEWAYS; way <= UPWARDS; way++) {
        struct press *press = *state;
        press->page.char_count = 0;
        gaz_buf_clear(&press->out.text);
        print(press, LEVEL, 60, 30, "云港市人民政府公报"); // stays upright
        for (size_t i = 0; i < 6; i++) {
            float across = pitch * (float)i;
            print(press, way, way == SIDEWAYS ? 330 - across : 200 + across, way == SIDEWAYS ? 200 : 640,
                  left_column[i]);
        }
        assert_string_equal(
            read_page(press),
            "云港市人民政府公报\n　　一、健全工作机制，定期\n会商研判，形成齐抓共管的\n"
            "合力，确保各项任务按期完\n成。\n　　二、加大资金投入，优先\n保障农村学校的运动场改造\n");
    }
}

static void test_vertical_writing_is_read_from_the_right(void **state) {
    struct press *press = *state;
    for (size_t i = 0; i < 6; i++)
        print(press, VERTICAL, 330 - pitch * (float)i, 100, left_column[i]);
    assert_string_equal(read_page(press),
                        "　　一、健全工作机制，定期\n会商研判，形成齐抓共管的\n合力，确保各项任务按期完\n"
                        "成。\n　　二、加大资金投入，优先\n保障农村学校的运动场改造\n");
}

static void test_words_keep_their_blanks(void **state) {
    struct press *press = *state;
    print(press, LEVEL, 60, 100, "通过Open API接口");
    assert_string_equal(read_page(press), "通过Open API接口\n");
}

static void test_an_empty_page_has_no_text(void **state) {
    assert_string_equal(read_page(*state), "");
}

#define PAGE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        PAGE_TEST(test_columns_are_read_one_after_the_other),
        PAGE_TEST(test_a_short_last_column_is_a_column),
        PAGE_TEST(test_what_repeats_at_the_edge_is_no_line_of_the_text),
        PAGE_TEST(test_ruled_cells_are_cells),
        PAGE_TEST(test_cells_are_told_by_gaps),
        PAGE_TEST(test_sideways_text_is_turned),
        PAGE_TEST(test_vertical_writing_is_read_from_the_right),
        PAGE_TEST(test_words_keep_their_blanks),
        PAGE_TEST(test_an_empty_page_has_no_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
