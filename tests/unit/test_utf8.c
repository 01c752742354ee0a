// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "shim/utf8.h"

static void every_scalar_value_survives_encoding_and_decoding(void **state) {
    (void)state;
    for (uint32_t code = 0; code <= 0x10FFFF; code++) {
        char bytes[4];
        uint32_t decoded;

        if (code >= 0xD800 && code <= 0xDFFF)
            continue;
        size_t length = gaz_utf8_encode(code, bytes);
        assert_int_equal(gaz_utf8_decode(bytes, length, &decoded), length);
        assert_int_equal(decoded, code);
        assert_int_equal(gaz_utf8_back(bytes, length), 0);
    }
}

static void what_is_no_scalar_value_is_encoded_as_the_replacement_character(void **state) {
    static const uint32_t codes[] = {0xD800, 0xDFFF, 0x110000, UINT32_MAX};

    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        char bytes[4];
        assert_int_equal(gaz_utf8_encode(codes[i], bytes), 3);
        assert_memory_equal(bytes, "\uFFFD", 3);
    }
}

static void ill_formed_bytes_are_taken_one_at_a_time(void **state) {
    static const unsigned char overlong_two[] = {0xC0, 0xAF};
    static const unsigned char overlong_three[] = {0xE0, 0x80, 0xAF};
    static const unsigned char overlong_four[] = {0xF0, 0x80, 0x80, 0xAF};
    static const unsigned char surrogate[] = {0xED, 0xA0, 0x80};
    static const unsigned char too_high[] = {0xF4, 0x90, 0x80, 0x80};
    static const unsigned char five_bytes[] = {0xF8, 0x88, 0x80, 0x80, 0x80};
    static const unsigned char continuation[] = {0x80};
    static const unsigned char broken[] = {0xE6, 0xB8, 'a'};
    static const struct {
        const unsigned char *bytes;
        size_t len;
    } cases[] = {
        {overlong_two, 2}, {overlong_three, 3}, {overlong_four, 4}, {surrogate, 3},
        {too_high, 4},     {five_bytes, 5},     {continuation, 1},  {broken, 3},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t code = 0;
        assert_int_equal(gaz_utf8_decode((const char *)cases[i].bytes, cases[i].len, &code), 1);
        assert_int_equal(code, 0xFFFD);
    }
}

static void a_character_cut_off_by_the_end_is_ill_formed(void **state) {
    uint32_t code;

    (void)state;
    assert_int_equal(gaz_utf8_decode("政", 2, &code), 1);
    assert_int_equal(code, 0xFFFD);
    assert_int_equal(gaz_utf8_decode("政", 3, &code), 3);
    assert_int_equal(code, 0x653F);
}

static void stepping_back_finds_the_starts_that_going_forwards_finds(void **state) {
    static const char text[] = "a政é𠮷\xE6\xB8z\x80\xF0";
    size_t starts[sizeof text];
    size_t count = 0;
    uint32_t code;

    (void)state;
    for (size_t at = 0; at < sizeof text - 1; at += gaz_utf8_decode(text + at, sizeof text - 1 - at, &code))
        starts[count++] = at;
    size_t at = sizeof text - 1;
    while (count > 0) {
        at = gaz_utf8_back(text, at);
        assert_int_equal(at, starts[--count]);
    }
    assert_int_equal(at, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_scalar_value_survives_encoding_and_decoding),
        cmocka_unit_test(what_is_no_scalar_value_is_encoded_as_the_replacement_character),
        cmocka_unit_test(ill_formed_bytes_are_taken_one_at_a_time),
        cmocka_unit_test(a_character_cut_off_by_the_end_is_ill_formed),
        cmocka_unit_test(stepping_back_finds_the_starts_that_going_forwards_finds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
