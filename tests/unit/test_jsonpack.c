// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/jsonpack.h"

static const char *const samples[] = {
    "null",
    "true",
    "[]",
    "{}",
    "[0,63,64,-1,1000000000000,-1000000000000,0.25,0.9]",
    "\"甲乙丙\"",
    "\"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十\"",
    ("{\"type\":\"clause\",\"id\":\"lanyun-2024-01/3/17\",\"attachment\":null,"
     "\"path\":[\"三\",\"（二）\",\"5\"]}"),
    "{\"cells\":{\"重点任务\":\"推进集镇整治\",\"\":\"\"},\"carried\":[\"重点任务\"],\"confidence\":0.75}",
    "{\"source\":[[120,30],[151,27],[10,5]],\"pages\":[1,2]}",
    "[[1,2],[3,\"4\"]]",
    "[[1,2],[-3,4]]",
    "[false,[[[[[[null]]]]]]]",
};
enum { SAMPLE_COUNT = sizeof samples / sizeof *samples };

static json_t *read_sample(size_t at) {
    json_t *json = json_loads(samples[at], JSON_DECODE_ANY, NULL);
    assert_non_null(json);
    return json;
}

static void what_was_packed_comes_back(void **state) {
    (void)state;
    for (size_t i = 0; i < SAMPLE_COUNT; i++) {
        struct gaz_buf packed = GAZ_BUF_INIT;
        json_t *json = read_sample(i), *out = NULL;
        assert_int_equal(gaz_json_pack(json, &packed, NULL), GAZ_OK);
        assert_int_equal(gaz_json_unpack(packed.data, packed.len, &out, NULL), GAZ_OK);
        char *printed = json_dumps(out, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(6));
        assert_string_equal(printed, samples[i]);
        free(printed);
        json_decref(json);
        json_decref(out);
        gaz_buf_free(&packed);
    }
}

static void a_part_is_damaged(void **state) {
    (void)state;
    for (size_t i = 0; i < SAMPLE_COUNT; i++) {
        struct gaz_buf packed = GAZ_BUF_INIT;
        json_t *json = read_sample(i), *out = NULL;
        assert_int_equal(gaz_json_pack(json, &packed, NULL), GAZ_OK);
        for (size_t len = 0; len < packed.len; len++) {
            char *part = malloc(len + 1);
            memcpy(part, packed.data, len);
            assert_int_equal(gaz_json_unpack(part, len, &out, NULL), GAZ_ERR_CORRUPT);
            free(part);
        }
        json_decref(json);
        gaz_buf_free(&packed);
    }
}

static void changed_bytes_give_damage_or_json(void **state) {
    struct gaz_buf packed = GAZ_BUF_INIT;
    json_t *json = read_sample(8);

    (void)state;
    assert_int_equal(gaz_json_pack(json, &packed, NULL), GAZ_OK);
    char *copy = malloc(packed.len);
    for (size_t i = 0; i < packed.len * 256; i++) {
        json_t *out = NULL;
        memcpy(copy, packed.data, packed.len);
        copy[i / 256] = (char)(i % 256);
        enum gaz_status status = gaz_json_unpack(copy, packed.len, &out, NULL);
        assert_true(status == GAZ_OK || status == GAZ_ERR_CORRUPT);
        json_decref(out);
    }
    free(copy);
    json_decref(json);
    gaz_buf_free(&packed);
}

static void depth_has_an_end(void **state) {
    char nested[200] = {0};
    json_t *out = NULL;

    (void)state;
    for (size_t i = 0; i + 1 < sizeof nested; i += 2)
        memcpy(nested + i, "\x06\x01", 2); // an array of one
    assert_int_equal(gaz_json_unpack(nested, sizeof nested, &out, NULL), GAZ_ERR_CORRUPT);
}

static void damage_is_no_lack_of_memory(void **state) {
    static const struct {
        const char *bytes;
        size_t len;
    } damaged[] = {
        {"\x04\x03nan", 5}, {"\x04\x03inf", 5}, {"\x82\xE4\xB8", 3}, {"\x07\x01\0\x02\xE4x\x41", 7}};
    json_t *out = NULL;

    (void)state;
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++)
        assert_int_equal(gaz_json_unpack(damaged[i].bytes, damaged[i].len, &out, NULL), GAZ_ERR_CORRUPT);
}

static void what_could_not_be_read_back_is_not_packed(void **state) {
    struct gaz_buf packed = GAZ_BUF_INIT;
    json_t *json = json_loads("[[[[[[[[[[[[[[[[[[0]]]]]]]]]]]]]]]]]]", 0, NULL);

    (void)state;
    assert_int_equal(gaz_json_pack(json, &packed, NULL), GAZ_ERR_LIMIT);
    json_decref(json);
    gaz_buf_free(&packed);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_packed_comes_back),
        cmocka_unit_test(a_part_is_damaged),
        cmocka_unit_test(changed_bytes_give_damage_or_json),
        cmocka_unit_test(depth_has_an_end),
        cmocka_unit_test(damage_is_no_lack_of_memory),
        cmocka_unit_test(what_could_not_be_read_back_is_not_packed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
