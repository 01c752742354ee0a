// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/fold.h"
#include "shim/unicode.h"

static struct gaz_folded fold(const char *text, enum gaz_fold_mode mode) {
    struct gaz_folded folded;
    assert_int_equal(gaz_fold_text(text, strlen(text), mode, &folded, NULL), GAZ_OK);
    return folded;
}

static int meet(const char *a, const char *b, enum gaz_fold_mode mode) {
    struct gaz_folded left = fold(a, mode), right = fold(b, mode);
    int same =
        left.count == right.count && memcmp(left.codes, right.codes, left.count * sizeof left.codes[0]) == 0;
    gaz_folded_free(&left);
    gaz_folded_free(&right);
    return same;
}

static void spellings_meet(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"温政发〔2023〕24号", "溫政發[２０２３]24號"},
        {"温政发（2023）24号", "温政发【2023】 24 号"},
        {"各县〈市、区〉政府", "各县(市、区)政府"},
        {"各县<市、区>政府", "各縣（市、區）政府"},
        {"干部", "幹部"},
        {"乾燥", "干燥"},
        {"皇后以后", "皇后以後"},
        {"ＧＢ／Ｔ　９７０４", "gb/t9704"},
        {"“两个健康”", "\"两个健康\""},
        {"ZJCC00–2023–0011", "zjcc00-2023—0011"},
        {"5 . 实 施 小 微", "5.实施小微"},
        {"第十期\n\n 总第五期", "第十期总第五期"},
        {"臺灣", "台湾"},
        {"㎡", "m2"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        assert_true(meet(pairs[i][0], pairs[i][1], GAZ_FOLD_FULL));
        assert_true(meet(pairs[i][1], pairs[i][0], GAZ_FOLD_FULL));
    }
}

static void different_texts_do_not_meet(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"温政发", "温政办"}, {"24号", "240号"},        {"市财政局", "市财政厅"},
        {"、", "，"},         {"《通知》", "（通知）"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        assert_false(meet(pairs[i][0], pairs[i][1], GAZ_FOLD_FULL));
    assert_false(meet("發", "发", GAZ_FOLD_BLANKS));
    assert_false(meet("（", "(", GAZ_FOLD_BLANKS));
    assert_true(meet("政 务　简\n讯", "政务简讯", GAZ_FOLD_BLANKS));
}

static void maps_back(void **state) {
    (void)state;
    struct gaz_folded folded = fold(" 溫\n㈱a", GAZ_FOLD_FULL);
    static const uint32_t offsets[] = {1, 5, 5, 5, 8, 9};
    assert_int_equal(folded.count, 5);
    assert_memory_equal(folded.offsets, offsets, sizeof offsets);
    assert_int_equal(folded.codes[0], U'温');
    assert_int_equal(folded.codes[1], U'(');
    assert_int_equal(folded.codes[5], 0);
    gaz_folded_free(&folded);
    gaz_folded_free(&folded);
}

static void keeps_odd_bytes(void **state) {
    (void)state;
    static const char text[] = "a\0\xff\xe6\xb8";
    struct gaz_folded folded;
    assert_int_equal(gaz_fold_text(text, 5, GAZ_FOLD_FULL, &folded, NULL), GAZ_OK);
    static const uint32_t codes[] = {'a', 0, 0xFFFD, 0xFFFD, 0xFFFD, 0};
    assert_int_equal(folded.count, 5);
    assert_memory_equal(folded.codes, codes, sizeof codes);
    gaz_folded_free(&folded);
    assert_int_equal(gaz_fold_text("", 0, GAZ_FOLD_FULL, &folded, NULL), GAZ_OK);
    assert_int_equal(folded.count, 0);
    assert_int_equal(folded.codes[0], 0);
    gaz_folded_free(&folded);
}

static void appends_utf8(void **state) {
    (void)state;
    struct gaz_buf buf = GAZ_BUF_INIT;
    gaz_fold_append("溫 政〔Ａ〕", strlen("溫 政〔Ａ〕"), GAZ_FOLD_FULL, &buf);
    assert_string_equal(buf.data, "温政(a)");
    gaz_buf_clear(&buf);
    gaz_fold_append("溫 政", strlen("溫 政"), GAZ_FOLD_BLANKS, &buf);
    assert_string_equal(buf.data, "溫政");
    gaz_buf_free(&buf);
}

// Folding what was folded changes nothing, for every code point there is.
static void is_idempotent(void **state) {
    (void)state;
    struct gaz_buf once = GAZ_BUF_INIT, twice = GAZ_BUF_INIT;
    for (uint32_t code = 1; code < 0x110000; code++) {
        char bytes[4];
        size_t length = gaz_utf8_encode(code, bytes);
        gaz_buf_clear(&once);
        gaz_buf_clear(&twice);
        gaz_fold_append(bytes, length, GAZ_FOLD_FULL, &once);
        gaz_fold_append(once.data, once.len, GAZ_FOLD_FULL, &twice);
        if (strcmp(once.data, twice.data) != 0)
            fail_msg("U+%04X: %s %s", code, once.data, twice.data);
    }
    gaz_buf_free(&once);
    gaz_buf_free(&twice);
}

static uint32_t next_random(uint32_t *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

static size_t brute_find(const struct gaz_folded *haystack, const struct gaz_folded *needle, size_t from) {
    for (size_t at = from; at + needle->count <= haystack->count; at++)
        if (memcmp(haystack->codes + at, needle->codes, needle->count * sizeof needle->codes[0]) == 0)
            return at;
    return SIZE_MAX;
}

// Small alphabets, so that periods and near misses abound.
static void finds_as_brute_force_does(void **state) {
    (void)state;
    uint32_t seed = 2463534242u, codes[64], needle_codes[16], offsets[1] = {0};
    for (int round = 0; round < 200000; round++) {
        uint32_t letters = next_random(&seed) % 3 + 1;
        struct gaz_folded haystack = {codes, offsets, next_random(&seed) % 64};
        struct gaz_folded needle = {needle_codes, offsets, next_random(&seed) % 9};
        for (size_t i = 0; i < haystack.count; i++)
            codes[i] = next_random(&seed) % letters;
        for (size_t i = 0; i < needle.count; i++)
            needle_codes[i] = next_random(&seed) % letters;
        size_t from = next_random(&seed) % 8;
        size_t expected = from > haystack.count ? SIZE_MAX : brute_find(&haystack, &needle, from);
        assert_int_equal(gaz_folded_find(&haystack, &needle, from), expected);
    }
}

static void finds_every_occurrence(void **state) {
    (void)state;
    struct gaz_folded text = fold("市财政局、市财政局，市财\n政局", GAZ_FOLD_FULL),
                      name = fold("財政局", GAZ_FOLD_FULL);
    assert_int_equal(gaz_folded_find(&text, &name, 0), 1);
    assert_int_equal(gaz_folded_find(&text, &name, 2), 6);
    assert_int_equal(gaz_folded_find(&text, &name, 7), 11);
    assert_int_equal(gaz_folded_find(&text, &name, 12), SIZE_MAX);
    assert_int_equal(gaz_folded_find(&text, &name, 99), SIZE_MAX);
    gaz_folded_free(&text);
    gaz_folded_free(&name);
}

static int fail_nth(void *context, size_t size) {
    (void)size;
    return (*(int *)context)-- == 0;
}

static void survives_want_of_memory(void **state) {
    (void)state;
    char *text = malloc(6000);
    assert_non_null(text);
    for (size_t i = 0; i < 2000; i++)
        memcpy(text + 3 * i, "\xe3\x88\xb1", 3); // ㈱, which grows the arrays
    size_t live = gaz_mem_live();
    for (int n = 0;; n++) {
        int countdown = n;
        struct gaz_mem_hook hook = {fail_nth, &countdown};
        struct gaz_folded folded;
        gaz_mem_set_hook(&hook);
        enum gaz_status status = gaz_fold_text(text, 6000, GAZ_FOLD_FULL, &folded, NULL);
        gaz_mem_set_hook(NULL);
        if (status == GAZ_OK) {
            assert_int_equal(folded.count, 6000);
            gaz_folded_free(&folded);
            assert_true(n > 1);
            break;
        }
        assert_int_equal(status, GAZ_ERR_MEMORY);
        assert_int_equal(gaz_mem_live(), live);
    }
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_meet),
        cmocka_unit_test(different_texts_do_not_meet),
        cmocka_unit_test(maps_back),
        cmocka_unit_test(keeps_odd_bytes),
        cmocka_unit_test(appends_utf8),
        cmocka_unit_test(is_idempotent),
        cmocka_unit_test(finds_as_brute_force_does),
        cmocka_unit_test(finds_every_occurrence),
        cmocka_unit_test(survives_want_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
