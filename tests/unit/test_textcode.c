// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/textcode.h"

static struct gaz_index_bytes bytes_of(const struct gaz_buf *buf) {
    return (struct gaz_index_bytes){buf->data, buf->len};
}

// The code of TEXT and, when REST is not NULL, its rest.
static struct gaz_buf code_of(const char *text, struct gaz_buf *rest) {
    struct gaz_folded folded;
    struct gaz_buf coded = GAZ_BUF_INIT;
    assert_int_equal(gaz_fold_text(text, strlen(text), GAZ_FOLD_FULL, &folded, NULL), GAZ_OK);
    gaz_textcode_add(&folded, &coded);
    if (rest) {
        gaz_textcode_add_rest(text, strlen(text), &folded, rest);
    }
    gaz_folded_free(&folded);
    return coded;
}

static void assert_comes_back(const char *text) {
    struct gaz_buf rest = GAZ_BUF_INIT, restored = GAZ_BUF_INIT, coded = code_of(text, &rest);
    assert_true(gaz_textcode_restore(bytes_of(&coded), bytes_of(&rest), &restored));
    assert_string_equal(restored.data, text);
    gaz_buf_free(&rest);
    gaz_buf_free(&restored);
    gaz_buf_free(&coded);
}

static void a_text_comes_back_as_it_was(void **state) {
    (void)state;
    assert_comes_back("");
    assert_comes_back("各县（市、区）人民政府，市政府直属各单位：");
    assert_comes_back("各县(市,区) 人民政府:\n\t２０２４年 〔2024〕8號 ");
    assert_comes_back("㈱ＡＢＣ Abc ﬃ ①②③ 𠮷野家 \U0010FFFD 龘靐齉");
    assert_comes_back("　全角空格　");
}

// The place, in characters, where NEEDLE is found in TEXT.
static size_t found_at(const char *text, const char *needle) {
    struct gaz_buf coded = code_of(text, NULL), wanted = code_of(needle, NULL);
    size_t at = gaz_textcode_find(bytes_of(&coded), bytes_of(&wanted), 0);
    size_t place = at == SIZE_MAX ? SIZE_MAX : gaz_textcode_count((struct gaz_index_bytes){coded.data, at});
    gaz_buf_free(&coded);
    gaz_buf_free(&wanted);
    return place;
}

static void a_phrase_is_found_where_it_stands(void **state) {
    (void)state;
    assert_int_equal(found_at("云港市人民政府", "人民"), 3);
    assert_int_equal(found_at("云港市人民政府", "云港市人民政府"), 0);
    assert_int_equal(found_at("云港市人民政府", "人民银行"), SIZE_MAX);
    assert_int_equal(found_at("云港市", "云港市人民政府"), SIZE_MAX);
    assert_int_equal(found_at("雲港市人民政府", "人 民"), 3);
    assert_int_equal(found_at("", "市"), SIZE_MAX);
}

// Any two characters, so that the code of one ends with that of the other: it must not be found there.
static void a_code_is_not_found_within_another(void **state) {
    (void)state;
    for (uint32_t code = U'一'; code < U'一' + 0x5000; code += 7) {
        uint32_t codes[] = {code, U'市', 0}, offsets[] = {0, 3, 6};
        const struct gaz_folded text = {codes, offsets, 2};
        struct gaz_buf coded = GAZ_BUF_INIT;
        gaz_textcode_add(&text, &coded);
        for (size_t last = 0; last < coded.len; last++) {
            struct gaz_index_bytes needle = {coded.data + last, 1};
            bool starts = last == 0 || (unsigned char)coded.data[last - 1] < GAZ_TEXTCODE_STOP;
            bool ends = (unsigned char)coded.data[last] < GAZ_TEXTCODE_STOP;
            if (ends && !starts) {
                assert_int_not_equal(gaz_textcode_find(bytes_of(&coded), needle, 0), last);
            }
        }
        gaz_buf_free(&coded);
    }
}

static void every_code_point_has_a_code_of_its_own(void **state) {
    (void)state;
    for (uint32_t code = 0; code < 0x110000; code += code < 0x12000 ? 1 : 997) {
        uint32_t codes[] = {code, 0}, offsets[] = {0, 1}, back = ~code;
        const struct gaz_folded text = {codes, offsets, 1};
        struct gaz_buf coded = GAZ_BUF_INIT;
        size_t at = 0;
        gaz_textcode_add(&text, &coded);
        assert_true(gaz_textcode_read(bytes_of(&coded), &at, &back));
        assert_int_equal(back, code);
        assert_int_equal(at, coded.len);
        gaz_buf_free(&coded);
    }
}

static void what_does_not_fit_is_refused(void **state) {
    (void)state;
    struct gaz_buf rest = GAZ_BUF_INIT, out = GAZ_BUF_INIT, coded = code_of("第１条 为了", &rest);
    const struct gaz_index_bytes damaged = {"\xFF\xFF\xFF\xFF\xFF", 5}, half = {coded.data, 1};
    uint32_t code;
    size_t at = 0;
    assert_false(gaz_textcode_read(damaged, &at, &code));
    assert_false(gaz_textcode_restore(half, bytes_of(&rest), &out));
    assert_false(gaz_textcode_restore(damaged, (struct gaz_index_bytes){"", 0}, &out));
    gaz_buf_free(&rest);
    gaz_buf_free(&out);
    gaz_buf_free(&coded);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_comes_back_as_it_was),
        cmocka_unit_test(a_phrase_is_found_where_it_stands),
        cmocka_unit_test(a_code_is_not_found_within_another),
        cmocka_unit_test(every_code_point_has_a_code_of_its_own),
        cmocka_unit_test(what_does_not_fit_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
