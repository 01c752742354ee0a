// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/unit/search_fixture.h"
#include "tests/unit/search_records.h"

#include "searcher/read.h"

static struct fixture fixture;

static int open_fixture(void **state) {
    (void)state;
    return fixture_open(&fixture, fixture_records, COUNT(fixture_records));
}

static int close_fixture(void **state) {
    (void)state;
    fixture_close(&fixture);
    return 0;
}

// Checks the reading of TEXT, written as kind〈text〉key role … joined by +.
static void assert_read(const char *text, const char *expected) {
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_readings readings;
    struct gaz_err err = {0};
    struct gaz_buf buf = GAZ_BUF_INIT;
    if (gaz_read_query(&fixture.archive, text, arena, &readings, &err) != GAZ_OK) {
        fail_msg("%s: %s", text, err.message);
    }
    for (size_t i = 0; i < readings.count; i++) {
        const struct gaz_reading *reading = &readings.items[i];
        gaz_buf_printf(&buf, "%s%s〈%s〉%s%s%s", i > 0 ? "+" : "", gaz_reading_kind_name(reading->kind),
                       reading->text, reading->key ? reading->key : "", reading->role ? " " : "",
                       reading->role ? gaz_role_name(reading->role) : "");
    }
    assert_string_equal(buf.data, expected);
    gaz_buf_free(&buf);
    gaz_arena_free(arena);
}

static void numbers_are_read_in_any_spelling(void **state) {
    (void)state;
    assert_read("云政发〔2023〕24号", "number〈云政发〔2023〕24号〉云政发-2023-24");
    assert_read("云政发[2023]24", "number〈云政发[2023]24〉云政发-2023-24");
    assert_read("云政发 2023 24", "number〈云政发 2023 24〉云政发-2023-24");
    assert_read("云政发24号 2023", "number〈云政发〔2023〕24号〉云政发-2023-24");
    assert_read("云政发24号 2023年", "number〈云政发〔2023〕24号〉云政发-2023-24");
    assert_read("国令第828号", "number〈国令第828号〉国令--828");
    assert_read("云政发〔2023〕24号 就业", "number〈云政发〔2023〕24号〉云政发-2023-24+words〈就业〉");
}

static void units_are_read_with_their_role(void **state) {
    (void)state;
    assert_read("市卫健委", "unit〈市卫健委〉云河市卫生健康委员会");
    assert_read("市卫健委牵头的任务", "unit〈市卫健委〉云河市卫生健康委员会 lead");
    assert_read("市教育局负责", "unit〈市教育局〉云河市教育局 responsible");
    assert_read("云河市人民政府印发的文件", "unit〈云河市人民政府〉云河市人民政府 issuer");
    assert_read("市教育局 招生", "unit〈市教育局〉云河市教育局+words〈招生〉");
    assert_read("市教育局关于招生的规定", "words〈市教育局关于招生的规定〉");
}

static void dates_and_issues_are_read(void **state) {
    (void)state;
    assert_read("2023年10月", "date〈2023年10月〉2023-10");
    assert_read("2023年10月12日", "date〈2023年10月12日〉2023-10-12");
    assert_read("二〇二三年十月十二日", "date〈二〇二三年十月十二日〉2023-10-12");
    assert_read("10月7日 记事", "date〈10月7日〉10-07+calendar〈记事〉");
    assert_read("稳岗 2023年10月", "words〈稳岗〉+date〈2023年10月〉2023-10");
    assert_read("稳岗 2023", "words〈稳岗〉+date〈2023〉2023");
    assert_read("2023年第10期", "issue〈2023年第10期〉");
    assert_read("总第88期 就业", "issue〈总第88期〉+words〈就业〉");
    assert_read("2023年 第10期", "issue〈2023年 第10期〉");
}

static void anything_else_is_words(void **state) {
    (void)state;
    assert_read("高质量发展", "words〈高质量发展〉");
    assert_read(" 稳岗　就业 补贴 ", "words〈稳岗 就业 补贴〉");
    assert_read("2023", "words〈2023〉");
    assert_read("GDP", "words〈GDP〉");
}

static void grammar_makes_the_whole_words(void **state) {
    (void)state;
    assert_read("\"高质量发展\" -医疗", "words〈\"高质量发展\" -医疗〉");
    assert_read("单位:市教育局 2023年10月", "words〈单位:市教育局 2023年10月〉");
    assert_read("就业 OR 2023年10月", "words〈就业 OR 2023年10月〉");
    assert_read("\"2023年10月\"", "words〈\"2023年10月\"〉");
}

static void the_mode_is_that_of_all_pieces(void **state) {
    (void)state;
    struct gaz_reading items[] = {{.kind = GAZ_READING_WORDS}, {.kind = GAZ_READING_DATE}};
    struct gaz_readings readings = {items, 2, 2};
    assert_string_equal(gaz_read_mode(&readings), "mixed");
    readings.count = 1;
    assert_string_equal(gaz_read_mode(&readings), "keyword");
    items[0].kind = GAZ_READING_UNIT;
    assert_string_equal(gaz_read_mode(&readings), "unit");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_in_any_spelling), cmocka_unit_test(units_are_read_with_their_role),
        cmocka_unit_test(dates_and_issues_are_read),        cmocka_unit_test(anything_else_is_words),
        cmocka_unit_test(grammar_makes_the_whole_words),    cmocka_unit_test(the_mode_is_that_of_all_pieces),
    };
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
