// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "shim/mem.h"
#include "shim/segment.h"

struct words {
    const char *text;
    struct gaz_buf joined;
    size_t left; // words to take before the walk is ended
};

static int take(void *context, size_t offset, size_t length) {
    struct words *words = context;
    gaz_buf_addstr(&words->joined, words->joined.len > 0 ? "/" : "");
    gaz_buf_add(&words->joined, words->text + offset, length);
    return --words->left == 0;
}

static void assert_words(const char *text, size_t most, const char *expected) {
    struct words words = {text, GAZ_BUF_INIT, most};
    assert_int_equal(gaz_segment_words(text, strlen(text), take, &words, NULL), GAZ_OK);
    assert_string_equal(words.joined.data, expected);
    gaz_buf_free(&words.joined);
}

static void chinese_is_cut_into_words(void **state) {
    (void)state;
    assert_words("扩大就业岗位", SIZE_MAX, "扩大/就业/岗位");
    assert_words("人民政府", SIZE_MAX, "人民政府");
}

static void punctuation_and_blanks_are_no_words(void **state) {
    (void)state;
    assert_words("就业，GDP　2023。", SIZE_MAX, "就业/GDP/2023");
    assert_words("", SIZE_MAX, "");
    assert_words("，。 ", SIZE_MAX, "");
}

static void the_walk_can_be_ended(void **state) {
    (void)state;
    assert_words("就业，创业，培训", 2, "就业/创业");
}

static void broken_text_does_no_harm(void **state) {
    (void)state;
    assert_words("就业\xE5\xB0", 1, "就业");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chinese_is_cut_into_words),
        cmocka_unit_test(punctuation_and_blanks_are_no_words),
        cmocka_unit_test(the_walk_can_be_ended),
        cmocka_unit_test(broken_text_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
