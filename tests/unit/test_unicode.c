// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "shim/mem.h"
#include "shim/unicode.h"

static char *fold_text(const char *text) {
    struct gaz_buf buf = GAZ_BUF_INIT;

    while (*text) {
        uint32_t code;
        uint32_t folded[GAZ_UNICODE_FOLD_MAX];

        text += gaz_utf8_decode(text, strlen(text), &code);
        size_t count = gaz_unicode_fold(code, folded);
        for (size_t i = 0; i < count; i++) {
            char bytes[4];
            gaz_buf_add(&buf, bytes, gaz_utf8_encode(folded[i], bytes));
        }
    }
    return gaz_buf_take(&buf);
}

static void assert_folds(const char *text, const char *expected) {
    char *folded = fold_text(text);
    assert_string_equal(folded, expected);
    gaz_free(folded);
}

static void white_space_is_that_of_the_record_contract(void **state) {
    static const uint32_t spaces[] = {0x09,   0x0A,   0x0B,   0x0C,   0x0D,   0x1C,   0x1D,   0x1E,
                                      0x1F,   0x20,   0x85,   0xA0,   0x1680, 0x2000, 0x2001, 0x2002,
                                      0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200A,
                                      0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF};
    size_t next = 0;

    (void)state;
    for (uint32_t code = 0; code < 0x110000; code++) {
        int expected = next < sizeof spaces / sizeof *spaces && spaces[next] == code;
        next += (size_t)expected;
        assert_int_equal(gaz_unicode_is_space(code), expected);
    }
}

static void han_is_every_ideograph_block_and_nothing_beside(void **state) {
    static const uint32_t han[] = {0x3005, 0x3007, 0x3400,  0x4DBF,  0x4E00,
                                   0x9FFF, 0xFA0E, 0x20000, 0x2EE5D, 0x323AF};
    static const uint32_t other[] = {'a',    0x3001, 0x3006,  0x3041,  0x33FF,
                                     0x4DC0, 0xA000, 0x1FFFF, 0x323B0, 0x110000};

    (void)state;
    for (size_t i = 0; i < sizeof han / sizeof *han; i++)
        assert_true(gaz_unicode_is_han(han[i]));
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        assert_false(gaz_unicode_is_han(other[i]));
}

static void assert_width(const char *text, int expected) {
    while (*text) {
        uint32_t code;
        text += gaz_utf8_decode(text, strlen(text), &code);
        assert_int_equal(gaz_unicode_width(code), expected);
    }
}

static void width_counts_columns(void **state) {
    (void)state;
    assert_width("aZ09.,-éДα", 1);
    assert_width("政府公报，。《》（）〔〕、：；！？Ａ０　", 2);
    assert_width("“”‘’—…·①⑳Ⅷ※△○●→℃×÷", 2);
    assert_width("\u0301\u200B\uFE0F", 0);
    assert_int_equal(gaz_unicode_width(0), 0);
    assert_int_equal(gaz_unicode_width(0x110000), 0);
}

static void widths_compatibility_and_case_are_folded(void **state) {
    (void)state;
    assert_folds("ＡＢＣａｂｃ０１２３", "abcabc0123");
    assert_folds("PM２．５ ㎡ ㎏ ℃ № ½", "pm2.5 m2 kg °c no 1⁄2");
    assert_folds("①⑩㈠㊣", "110(一)正");
    assert_folds("，：；！？％（）", ",:;!?%()");
    assert_folds("、。《》「」", "、。《》「」");
    assert_folds("⼀⾏⾧", "一行長"); // Kangxi radicals, as some PDF text layers have them
    assert_folds("\uF900\uFA0E", "\u8C48\uFA0E");
    assert_folds("Straße É ﬁ", "strasse é fi");
}

static void brackets_and_look_alikes_are_one_kind_each(void **state) {
    (void)state;
    assert_folds("〔［【﹝[〖︹", "[[[[[[[");
    assert_folds("〕］】﹞]〗︺", "]]]]]]]");
    assert_folds("（﹙(", "(((");
    assert_folds("〈＜<〉＞>", "<<<>>>");
    assert_folds("—–－‐―-−", "-------");
    assert_folds("“”＂\"‘’＇'", "\"\"\"\"''''");
    assert_folds("·・•", "···");
    assert_folds("○〇", "〇〇");
    assert_folds("～~〜", "~~~");
}

static void what_has_no_appearance_vanishes(void **state) {
    (void)state;
    assert_folds("政\u200B府\u00AD公\uFE00报\uFEFF", "政府公报");
}

static void blanks_stay_blanks_but_not_inside_expansions(void **state) {
    (void)state;
    assert_folds("政\u3000府\u00A0令\t\n", "政 府 令\t\n");
    assert_folds("\u00A8\uFFE3", "\u0308\u0304");
}

static void folding_twice_changes_nothing(void **state) {
    (void)state;
    for (uint32_t code = 0; code < 0x110000; code++) {
        uint32_t once[GAZ_UNICODE_FOLD_MAX];
        uint32_t twice[GAZ_UNICODE_FOLD_MAX];
        size_t count = gaz_unicode_fold(code, once);

        assert_in_range(count, 0, GAZ_UNICODE_FOLD_MAX);
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(gaz_unicode_fold(once[i], twice), 1);
            assert_int_equal(twice[0], once[i]);
        }
    }
}

static void what_is_no_code_point_folds_to_itself(void **state) {
    uint32_t out[GAZ_UNICODE_FOLD_MAX];

    (void)state;
    assert_int_equal(gaz_unicode_fold(UINT32_MAX, out), 1);
    assert_int_equal(out[0], UINT32_MAX);
    assert_int_equal(gaz_unicode_fold(0, out), 1);
    assert_int_equal(out[0], 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(white_space_is_that_of_the_record_contract),
        cmocka_unit_test(han_is_every_ideograph_block_and_nothing_beside),
        cmocka_unit_test(width_counts_columns),
        cmocka_unit_test(widths_compatibility_and_case_are_folded),
        cmocka_unit_test(brackets_and_look_alikes_are_one_kind_each),
        cmocka_unit_test(what_has_no_appearance_vanishes),
        cmocka_unit_test(blanks_stay_blanks_but_not_inside_expansions),
        cmocka_unit_test(folding_twice_changes_nothing),
        cmocka_unit_test(what_is_no_code_point_folds_to_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
