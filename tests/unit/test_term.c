// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/fold.h"
#include "corpus/term.h"
#include "shim/unicode.h"

static void assert_term(const char *prefix, const char *text, const char *expected) {
    struct gaz_term term;
    gaz_term_make(prefix, text, strlen(text), &term);
    assert_int_equal(term.len, strlen(expected));
    assert_memory_equal(term.bytes, expected, term.len);
    size_t len;
    const char *back = gaz_term_text(gaz_term_bytes(&term), prefix, &len);
    assert_int_equal(len, strlen(text));
    assert_memory_equal(back, text, len);
}

static void a_term_is_prefix_and_text_and_gives_the_text_back(void **state) {
    (void)state;
    assert_term("N", "云政发-2023-24", "N云政发-2023-24");
    assert_term("CT", "促进就业条例", "CT促进就业条例");
    assert_term("Q", "", "Q");
    assert_term("Q", ":a", "Q:a");
}

static void an_upper_case_text_is_not_taken_for_a_longer_prefix(void **state) {
    (void)state;
    assert_term("C", "T-2023-1", "C:T-2023-1");
    struct gaz_term term;
    gaz_term_make("CT", "x", 1, &term);
    size_t len;
    assert_null(gaz_term_text(gaz_term_bytes(&term), "C", &len));
    assert_null(gaz_term_text(gaz_term_bytes(&term), "N", &len));
}

static void long_texts_are_cut_between_characters_and_stay_apart(void **state) {
    (void)state;
    char text[301] = "";
    for (int i = 0; i < 100; i++) {
        strcat(text, "政");
    }
    struct gaz_term first, second;
    gaz_term_make("CT", text, 300, &first);
    assert_true(first.len <= GAZ_INDEX_TERM_MAX);
    for (size_t at = 0; at < first.len;) {
        uint32_t code;
        at += gaz_utf8_decode(first.bytes + at, first.len - at, &code);
        assert_int_not_equal(code, 0xFFFD);
    }
    memcpy(text + 297, "府", 3);
    gaz_term_make("CT", text, 300, &second);
    assert_int_equal(first.len, second.len);
    assert_memory_not_equal(first.bytes, second.bytes, first.len);
}

static void folded_terms_meet(void **state) {
    (void)state;
    struct gaz_term printed, typed;
    assert_int_equal(gaz_term_make_folded("K", "通 知", strlen("通 知"), &printed, NULL), GAZ_OK);
    assert_int_equal(gaz_term_make_folded("K", "通知", strlen("通知"), &typed, NULL), GAZ_OK);
    assert_int_equal(printed.len, typed.len);
    assert_memory_equal(printed.bytes, typed.bytes, typed.len);
}

int main(void) {
    if (gaz_fold_init(NULL) != GAZ_OK) {
        return 1;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_term_is_prefix_and_text_and_gives_the_text_back),
        cmocka_unit_test(an_upper_case_text_is_not_taken_for_a_longer_prefix),
        cmocka_unit_test(long_texts_are_cut_between_characters_and_stay_apart),
        cmocka_unit_test(folded_terms_meet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
