// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "shim/hanzi.h"
#include "shim/mem.h"
#include "shim/utf8.h"

// Every character of MEMBERS folds to the first one.
static void assert_class(const char *members) {
    uint32_t first;

    gaz_utf8_decode(members, strlen(members), &first);
    while (*members) {
        uint32_t member;
        members += gaz_utf8_decode(members, strlen(members), &member);
        assert_int_equal(gaz_hanzi_fold(member), first);
    }
}

static void scripts_and_variants_fold_to_the_simplified_form(void **state) {
    static const char *const classes[] = {
        "发發髮", "后後",   "台臺檯颱枱", "为為爲", "号號",   "干乾幹榦", "里裏裡", "复復複覆", "划劃画畫",
        "具俱",   "钟鐘鍾", "冲沖衝",     "征徵",   "众眾衆", "线線綫",   "了瞭",   "么麼麽",   "群羣",
    };

    (void)state;
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        assert_class(classes[i]);
}

static void words_that_differ_stay_apart(void **state) {
    static const char apart[] = "政府公报令批办字第温州市炼链艺芸";
    uint32_t seen[64];
    size_t count = 0;

    (void)state;
    for (const char *at = apart; *at; count++) {
        uint32_t code;
        at += gaz_utf8_decode(at, strlen(at), &code);
        seen[count] = gaz_hanzi_fold(code);
        for (size_t i = 0; i < count; i++)
            assert_int_not_equal(seen[count], seen[i]);
    }
}

static void what_is_no_han_character_maps_to_itself(void **state) {
    static const uint32_t codes[] = {0, 'a', 0x3007, 0xFF0C, 0x33FF, 0x10FFFF, 0x110000, UINT32_MAX};

    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        assert_int_equal(gaz_hanzi_fold(codes[i]), codes[i]);
}

// Too large a class would mean that a wrong link has joined what differs.
static void classes_are_small_and_folding_is_idempotent(void **state) {
    static unsigned char sizes[0x110000];

    (void)state;
    for (uint32_t code = 0; code < 0x110000; code++) {
        uint32_t folded = gaz_hanzi_fold(code);
        assert_int_equal(gaz_hanzi_fold(folded), folded);
        assert_in_range(++sizes[folded], 1, 6);
    }
}

static void assert_converts(const char *text, int to_traditional, const char *expected) {
    struct gaz_err err = {0};
    char *out = NULL;
    size_t out_len = 0;

    assert_int_equal(gaz_hanzi_convert(text, strlen(text), to_traditional, &out, &out_len, &err), GAZ_OK);
    assert_string_equal(out, expected);
    assert_int_equal(out_len, strlen(expected));
    gaz_free(out);
}

static void texts_are_converted_with_their_phrases(void **state) {
    (void)state;
    assert_converts("", 0, "");
    assert_converts("青巒市人民政府關於頭髮製品產業發展的答覆", 0,
                    "青峦市人民政府关于头发制品产业发展的答复");
    assert_converts("青峦市干部发展头发制品", 1, "青巒市幹部發展頭髮製品");
}

static void nuls_are_kept_in_conversion(void **state) {
    static const char text[] = "\0後\0\0號";
    static const char expected[] = "\0后\0\0号";
    char *out = NULL;
    size_t out_len = 0;

    (void)state;
    assert_int_equal(gaz_hanzi_convert(text, sizeof text - 1, 0, &out, &out_len, NULL), GAZ_OK);
    assert_int_equal(out_len, sizeof expected - 1);
    assert_memory_equal(out, expected, sizeof expected);
    gaz_free(out);
}

static void a_text_that_is_not_utf8_is_refused(void **state) {
    struct gaz_err err = {0};
    char *out = NULL;
    size_t out_len = 0;

    (void)state;
    assert_int_equal(gaz_hanzi_convert("政\xFF\xFE府", 8, 0, &out, &out_len, &err), GAZ_ERR_ENCODING);
    assert_null(out);
    assert_string_not_equal(err.message, "");
}

static int fail_all(void *context, size_t size) {
    (void)context;
    (void)size;
    return 1;
}

static void conversion_reports_that_memory_is_short(void **state) {
    const struct gaz_mem_hook hook = {fail_all, NULL};
    char *out = NULL;
    size_t out_len = 0;

    (void)state;
    gaz_mem_set_hook(&hook);
    enum gaz_status status = gaz_hanzi_convert("後", 3, 0, &out, &out_len, NULL);
    gaz_mem_set_hook(NULL);
    assert_int_equal(status, GAZ_ERR_MEMORY);
    assert_null(out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scripts_and_variants_fold_to_the_simplified_form),
        cmocka_unit_test(words_that_differ_stay_apart),
        cmocka_unit_test(what_is_no_han_character_maps_to_itself),
        cmocka_unit_test(classes_are_small_and_folding_is_idempotent),
        cmocka_unit_test(texts_are_converted_with_their_phrases),
        cmocka_unit_test(nuls_are_kept_in_conversion),
        cmocka_unit_test(a_text_that_is_not_utf8_is_refused),
        cmocka_unit_test(conversion_reports_that_memory_is_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
