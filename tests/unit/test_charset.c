// SPDX-License-Identifier: GPL-2.0-or-later
//
// The files in tests/unit/charset hold two invented notices, each in several encodings.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shim/charset.h"
#include "shim/mem.h"

enum { FILE_MAX = 4096 };

struct sample {
    char data[FILE_MAX];
    size_t len;
};

static void load(const char *name, struct sample *sample) {
    char path[128];

    snprintf(path, sizeof path, "tests/unit/charset/%s", name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    sample->len = fread(sample->data, 1, sizeof sample->data, file);
    assert_in_range(sample->len, 1, sizeof sample->data - 1);
    assert_int_equal(fclose(file), 0);
}

// RAW, read as ENCODING, is TEXT; the faults are at OFFSETS, as in "3 4".
static void assert_decodes(const char *raw, size_t len, const char *encoding, const char *text,
                           size_t text_len, const char *offsets) {
    struct gaz_buf found = GAZ_BUF_INIT;
    struct gaz_charset_text out;
    struct gaz_err err = {0};

    assert_int_equal(gaz_charset_decode(raw, len, encoding, &out, &err), GAZ_OK);
    assert_int_equal(out.len, text_len);
    assert_memory_equal(out.data, text, text_len);
    assert_int_equal(out.data[out.len], 0);
    for (size_t i = 0; i < out.fault_count; i++) {
        gaz_buf_printf(&found, i ? " %zu" : "%zu", out.faults[i].input_offset);
        assert_int_equal(out.faults[i].byte, (unsigned char)raw[out.faults[i].input_offset]);
        assert_memory_equal(out.data + out.faults[i].output_offset, "\uFFFD", 3);
    }
    assert_string_equal(found.data, offsets);
    gaz_buf_free(&found);
    gaz_charset_text_free(&out);
}

#define DECODES(raw, encoding, text, offsets)                                                                \
    assert_decodes((const char *)(raw), sizeof(raw), encoding, text, sizeof(text) - 1, offsets)

static void assert_detected(const char *raw, size_t len, const char *expected) {
    assert_string_equal(gaz_charset_detect(raw, len), expected);
}

static void whole_texts_are_detected_and_decoded(void **state) {
    static const struct {
        const char *file;
        const char *utf8;
        const char *encoding;
    } cases[] = {
        {"simplified.utf8", "simplified.utf8", "UTF-8"},
        {"simplified.gb18030", "simplified.utf8", "GB18030"},
        {"simplified.utf16le", "simplified.utf8", "UTF-16LE"},
        {"simplified.utf16be", "simplified.utf8", "UTF-16BE"},
        {"traditional.utf8", "traditional.utf8", "UTF-8"},
        {"traditional.big5", "traditional.utf8", "Big5"},
        {"traditional.gb18030", "traditional.utf8", "GB18030"},
        {"traditional.utf16le", "traditional.utf8", "UTF-16LE"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sample raw;
        struct sample text;
        load(cases[i].file, &raw);
        load(cases[i].utf8, &text);
        assert_detected(raw.data, raw.len, cases[i].encoding);
        assert_decodes(raw.data, raw.len, NULL, text.data, text.len, "");
    }
}

static void beginnings_are_enough(void **state) {
    static const struct {
        const char *file;
        const char *encoding;
    } cases[] = {
        {"simplified.gb18030", "GB18030"},  {"simplified.utf16le", "UTF-16LE"},
        {"simplified.utf16be", "UTF-16BE"}, {"traditional.big5", "Big5"},
        {"traditional.gb18030", "GB18030"}, {"traditional.utf16le", "UTF-16LE"},
        {"simplified.utf8", "UTF-8"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sample raw;
        load(cases[i].file, &raw);
        for (size_t len = 24; len <= raw.len; len += 2) // UTF-8 is cut inside characters, too
            assert_detected(raw.data, len, cases[i].encoding);
    }
}

static void long_texts_are_detected(void **state) {
    enum { REPEATS = 400 };
    static const char *const files[][2] = {{"simplified.gb18030", "GB18030"}, {"traditional.big5", "Big5"}};

    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct sample raw;
        struct gaz_buf text = GAZ_BUF_INIT;
        load(files[i][0], &raw);
        for (size_t j = 0; j < REPEATS; j++)
            gaz_buf_add(&text, raw.data, raw.len);
        assert_detected(text.data, text.len, files[i][1]);
        gaz_buf_free(&text);
    }
}

static void ascii_is_utf8_unless_zeros_stand_between(void **state) {
    static const char stray[] = "Gazette\0No. 10";

    (void)state;
    assert_detected("", 0, "UTF-8");
    assert_detected("2023", 4, "UTF-8");
    assert_detected(stray, sizeof stray - 1, "UTF-8");
    assert_detected("N\0o\0.\0\n\0", 8, "UTF-16LE");
    assert_detected("\0N\0o\0.\0\n", 8, "UTF-16BE");
}

static void a_utf8_text_with_a_few_broken_characters_stays_utf8(void **state) {
    struct sample raw;

    (void)state;
    load("simplified.utf8", &raw);
    for (size_t at = 90; at < raw.len; at += 90)
        raw.data[at] = (char)0xFF;
    assert_detected(raw.data, raw.len, "UTF-8");
}

static void byte_order_marks_decide_and_are_removed(void **state) {
    static const unsigned char utf8[] = {0xEF, 0xBB, 0xBF, 'a', 0xFF};
    static const unsigned char little[] = {0xFF, 0xFE, 'a', 0, 0x3F, 0x65};
    static const unsigned char big[] = {0xFE, 0xFF, 0, 'a', 0x65, 0x3F};
    static const unsigned char gb[] = {0x84, 0x31, 0x95, 0x33, 'a', 0xD5, 0xFE};
    struct gaz_charset_text out;

    (void)state;
    assert_detected((const char *)utf8, sizeof utf8, "UTF-8");
    assert_detected((const char *)little, sizeof little, "UTF-16LE");
    assert_detected((const char *)big, sizeof big, "UTF-16BE");
    assert_detected((const char *)gb, sizeof gb, "GB18030");
    DECODES(utf8, NULL, "a\uFFFD", "4");
    DECODES(little, NULL, "a政", "");
    DECODES(big, "utf16be", "a政", "");
    DECODES(gb, NULL, "a政", "");
    assert_int_equal(gaz_charset_decode((const char *)big, sizeof big, NULL, &out, NULL), GAZ_OK);
    assert_true(out.had_bom);
    gaz_charset_text_free(&out);
    assert_int_equal(gaz_charset_decode("a", 1, NULL, &out, NULL), GAZ_OK);
    assert_false(out.had_bom);
    gaz_charset_text_free(&out);
}

static void broken_utf8_is_faults_byte_by_byte(void **state) {
    static const unsigned char overlong[] = {'a', 0xC0, 0xAF, 'b'};
    static const unsigned char surrogate[] = {0xED, 0xA0, 0x80, 'b'};
    static const unsigned char cut[] = {0xE6, 0x94, 0xBF, 0xE5, 0xBA};
    static const unsigned char replaced[] = {0xEF, 0xBF, 0xBD, 0x80};

    (void)state;
    DECODES(overlong, "UTF-8", "a\uFFFD\uFFFDb", "1 2");
    DECODES(surrogate, "UTF-8", "\uFFFD\uFFFD\uFFFDb", "0 1 2");
    DECODES(cut, "UTF-8", "政\uFFFD\uFFFD", "3 4");
    DECODES(replaced, "UTF-8", "\uFFFD\uFFFD", "3"); // the first one was in the text
}

static void broken_gb18030_loses_nothing_around_it(void **state) {
    static const unsigned char stray[] = {0xD5, 0xFE, 0xFF, 0xB8, 0xAE, 0x80, 'x'};
    static const unsigned char bad_trail[] = {0xD5, ' ', 0xB8, 0xAE};
    static const unsigned char cut_two[] = {0xB8, 0xAE, 0xD5};
    static const unsigned char cut_four[] = {'x', 0x81, 0x30, 0x81};
    static const unsigned char four[] = {0x95, 0x32, 0x82, 0x36, 0xA2, 0xE3};

    (void)state;
    DECODES(stray, "GBK", "政\uFFFD府\uFFFDx", "2 5");
    DECODES(bad_trail, "gb2312", "\uFFFD 府", "0");
    DECODES(cut_two, "GB18030", "府\uFFFD", "2");
    DECODES(cut_four, "GB18030", "x\uFFFD0\uFFFD", "1 3");
    DECODES(four, "GB18030", "𠀀€", "");
}

static void broken_big5_loses_nothing_around_it(void **state) {
    static const unsigned char stray[] = {0xAC, 0x46, 0xFF, 0xA9, 0xB2};
    static const unsigned char cut[] = {0xA9, 0xB2, 0xAC};
    static const unsigned char hong_kong[] = {0x95, 0x7B, 0xA9, 0xB2}; // 0x957B is no character of CP950
    static const unsigned char composed[] = {0x88, 0x62, 0xFF, 'x'};
    static const unsigned char trailing[] = {0xA9, 0xB2, 0x88, 0x66};

    (void)state;
    DECODES(stray, "Big5", "政\uFFFD府", "2");
    DECODES(cut, "Big5", "府\uFFFD", "2");
    DECODES(hong_kong, "big5-hkscs", "𣶏府", "");
    DECODES(composed, "Big5", "Ê̄\uFFFDx", "2");
    DECODES(trailing, "Big5", "府Ê", "");
}

static void broken_utf16_is_faults_by_units(void **state) {
    static const unsigned char low_alone[] = {0x00, 0xDC, 0x3F, 0x65};
    static const unsigned char high_alone[] = {0x40, 0xD8, 0x3F, 0x65};
    static const unsigned char pair[] = {0x40, 0xD8, 0x00, 0xDC};
    static const unsigned char cut_pair[] = {0x3F, 0x65, 0x40, 0xD8};
    static const unsigned char odd[] = {0x3F, 0x65, 0x9C};

    (void)state;
    DECODES(low_alone, "UTF-16LE", "\uFFFD\uFFFD政", "0 1");
    DECODES(high_alone, "UTF-16LE", "\uFFFD\uFFFD政", "0 1");
    DECODES(pair, "UTF-16LE", "𠀀", "");
    DECODES(cut_pair, "UTF-16LE", "政\uFFFD\uFFFD", "2 3");
    DECODES(odd, "UTF-16LE", "政\uFFFD", "2");
}

static void nuls_are_kept(void **state) {
    static const char utf8[] = {'a', 0, 'b', 0};
    static const unsigned char gb[] = {0xD5, 0xFE, 0, 0xB8, 0xAE};

    (void)state;
    DECODES(utf8, "UTF-8", "a\0b\0", "");
    DECODES(gb, "GB18030", "政\0府", "");
}

static void output_longer_than_a_chunk_is_whole(void **state) {
    enum { CHARACTERS = 100000 };
    static char raw[2 * CHARACTERS + 1];
    struct gaz_charset_text out;

    (void)state;
    for (size_t i = 0; i < CHARACTERS; i++) {
        raw[2 * i] = (char)0xB8;
        raw[2 * i + 1] = (char)0xAE;
    }
    raw[sizeof raw - 1] = (char)0xFF;
    assert_int_equal(gaz_charset_decode(raw, sizeof raw, NULL, &out, NULL), GAZ_OK);
    assert_string_equal(out.encoding, "GB18030");
    assert_int_equal(out.len, 3 * CHARACTERS + 3);
    for (size_t i = 0; i < CHARACTERS; i++)
        assert_memory_equal(out.data + 3 * i, "府", 3);
    assert_int_equal(out.fault_count, 1);
    assert_int_equal(out.faults[0].output_offset, 3 * CHARACTERS);
    gaz_charset_text_free(&out);
}

static void unknown_encodings_are_refused(void **state) {
    struct gaz_charset_text out;
    struct gaz_err err = {0};

    (void)state;
    assert_int_equal(gaz_charset_decode("a", 1, "EBCDIC", &out, &err), GAZ_ERR_ARGUMENT);
    assert_non_null(strstr(err.message, "EBCDIC"));
    assert_null(out.data);
    gaz_charset_text_free(&out);
}

static int fail_after(void *context, size_t size) {
    int *left = context;

    (void)size;
    return (*left)-- <= 0;
}

static int fail_only(void *context, size_t size) {
    int *left = context;

    (void)size;
    return (*left)-- == 0;
}

static void assert_failures_are_reported(int (*fail)(void *, size_t)) {
    static const unsigned char raw[] = {0xD5, 0xFE, 0xFF, 0xB8, 0xAE, 0xFF};
    enum gaz_status status = GAZ_ERR_MEMORY;

    for (int allowed = 0; status != GAZ_OK; allowed++) {
        int left = allowed;
        struct gaz_charset_text out;
        gaz_mem_set_hook(&(struct gaz_mem_hook){fail, &left});
        status = gaz_charset_decode((const char *)raw, sizeof raw, "Big5", &out, NULL);
        gaz_mem_set_hook(NULL);
        assert_true(status == GAZ_OK || status == GAZ_ERR_MEMORY);
        gaz_charset_text_free(&out);
        assert_int_equal(gaz_mem_live(), 0);
    }
}

static void every_failed_allocation_is_reported(void **state) {
    (void)state;
    assert_failures_are_reported(fail_after);
    assert_failures_are_reported(fail_only);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_texts_are_detected_and_decoded),
        cmocka_unit_test(beginnings_are_enough),
        cmocka_unit_test(long_texts_are_detected),
        cmocka_unit_test(ascii_is_utf8_unless_zeros_stand_between),
        cmocka_unit_test(a_utf8_text_with_a_few_broken_characters_stays_utf8),
        cmocka_unit_test(byte_order_marks_decide_and_are_removed),
        cmocka_unit_test(broken_utf8_is_faults_byte_by_byte),
        cmocka_unit_test(broken_gb18030_loses_nothing_around_it),
        cmocka_unit_test(broken_big5_loses_nothing_around_it),
        cmocka_unit_test(broken_utf16_is_faults_by_units),
        cmocka_unit_test(nuls_are_kept),
        cmocka_unit_test(output_longer_than_a_chunk_is_whole),
        cmocka_unit_test(unknown_encodings_are_refused),
        cmocka_unit_test(every_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
