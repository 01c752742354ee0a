// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "searcher/relax.h"
#include "tests/unit/sample_archive.h"

static struct sample_archive sample;

static int open_sample(void **state) {
    (void)state;
    return sample_open(&sample);
}

static int close_sample(void **state) {
    (void)state;
    return sample_close(&sample);
}

static void assert_relaxed(const char *text, const char *expected) {
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_query *query = NULL, *relaxed = NULL;
    struct gaz_buf buf = GAZ_BUF_INIT;
    assert_int_equal(gaz_query_parse(text, arena, &query, NULL), GAZ_OK);
    assert_int_equal(gaz_relax(query, &sample.archive, arena, &relaxed, NULL), GAZ_OK);
    if (relaxed) {
        gaz_query_describe(relaxed, &buf);
    }
    assert_string_equal(buf.data, expected);
    gaz_buf_free(&buf);
    gaz_arena_free(arena);
}

static void phrases_are_cut_into_words(void **state) {
    (void)state;
    assert_relaxed("扩大就业岗位", "AND(SOME(\"扩大\" \"就业\" \"岗位\"))");
    assert_relaxed("就业的政策和补贴", "AND(SOME(\"就业\" \"政策\" \"补贴\"))");
    assert_relaxed("就业，GDP2023", "AND(SOME(\"就业\" \"GDP2023\"))");
    assert_relaxed("扩大就业 就业岗位", "AND(SOME(\"扩大\" \"就业\" \"岗位\"))");
}

static void names_of_units_stay_whole(void **state) {
    (void)state;
    assert_relaxed("市卫健委培训计划", "AND(SOME(\"市卫健委\" \"培训\" \"计划\"))");
}

static void a_single_word_is_cut_into_pairs(void **state) {
    (void)state;
    assert_relaxed("人民政府", "AND(SOME(\"人民\" \"民政\" \"政府\"))");
    assert_relaxed("人民", "");
    assert_relaxed("就", "");
}

static void fields_and_exclusions_are_kept(void **state) {
    (void)state;
    assert_relaxed("扩大就业 -补贴 类型:通知", "AND(NOT(\"补贴\") 类型:\"通知\" SOME(\"扩大\" \"就业\"))");
}

// 关于加快海洋新材料产业发展的实施意见 is held: what stands in it is a word beside its words.
static void titles_held_are_a_dictionary(void **state) {
    (void)state;
    assert_relaxed(
        "海洋新材料产业的实施意见",
        "AND(SOME(\"海洋\" \"新\" \"材料\" \"产业\" \"实施\" \"意见\" \"海洋新材料产业\" \"的实施意见\"))");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phrases_are_cut_into_words),      cmocka_unit_test(names_of_units_stay_whole),
        cmocka_unit_test(a_single_word_is_cut_into_pairs), cmocka_unit_test(fields_and_exclusions_are_kept),
        cmocka_unit_test(titles_held_are_a_dictionary),
    };
    return cmocka_run_group_tests(tests, open_sample, close_sample);
}
