// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/numeral.h"
#include "shim/mem.h"

struct reading {
    const char *text;
    uint64_t value;
    const char *rest; // what follows the numeral; NULL: no numeral
};

static void check(const struct reading *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        uint64_t value = 77;
        size_t length = gaz_numeral_read(cases[i].text, strlen(cases[i].text), &value);
        if (cases[i].rest == NULL) {
            assert_int_equal(length, 0);
            assert_int_equal(value, 77);
            continue;
        }
        assert_string_equal(cases[i].text + length, cases[i].rest);
        assert_int_equal(value, cases[i].value);
    }
}

#define CHECK(...)                                                                                           \
    do {                                                                                                     \
        static const struct reading cases[] = {__VA_ARGS__};                                                 \
        check(cases, sizeof cases / sizeof cases[0]);                                                        \
    } while (0)

static void reads_arabic(void **state) {
    (void)state;
    CHECK({"24号", 24, "号"}, {"２４号", 24, "号"}, {"2０2３", 2023, ""}, {"007", 7, ""}, {"3.14", 3, ".14"},
          {"9999999999999", GAZ_NUMERAL_MAX, ""}, {"10000000000000", 0, NULL}, {"号24", 0, NULL},
          {"", 0, NULL}, {"24二", 24, "二"}, {" 24", 0, NULL});
}

static void reads_han(void **state) {
    (void)state;
    CHECK({"十", 10, ""}, {"十二月", 12, "月"}, {"二十四号", 24, "号"}, {"一百二十三", 123, ""},
          {"一百零三", 103, ""}, {"一百〇三", 103, ""}, {"一千零五十", 1050, ""},
          {"一万二千三百四十五", 12345, ""}, {"三亿零五万", 300050000, ""}, {"一万亿", 1000000000000, ""},
          {"廿三", 23, ""}, {"卅一日", 31, "日"}, {"贰拾叁", 23, ""}, {"壹佰零伍", 105, ""},
          {"貳拾參號", 23, "號"}, {"十五万", 150000, ""}, {"一百二", 120, ""}, {"一万五", 15000, ""},
          {"一百十五", 115, ""}, {"两千", 2000, ""}, {"三", 3, ""}, {"百", 0, NULL}, {"万", 0, NULL},
          {"二十三四", 23, "四"}, {"十十", 10, "十"}, {"一百千", 100, "千"}, {"二十零", 20, "零"},
          {"十百", 10, "百"});
}

static void reads_positions(void **state) {
    (void)state;
    CHECK({"二〇二三年", 2023, "年"}, {"二○二三", 2023, ""}, {"二O二三", 2023, ""},
          {"二Ｏ二Ｏ年", 2020, "年"}, {"二0二三", 2023, ""}, {"二零二三", 2023, ""}, {"一二三", 123, ""},
          {"〇", 0, ""}, {"二〇二〇年", 2020, "年"}, {"二〇〇O年", 2000, "年"}, {"三OA系统", 3, "OA系统"},
          {"O二三", 0, NULL}, {"二〇二三十", 2023, "十"}, {"一三五七九二四六八〇一二三", 1357924680123, ""},
          {"一三五七九二四六八〇一二三四", 0, NULL});
}

static void reads_circled(void **state) {
    (void)state;
    CHECK({"①加强", 1, "加强"}, {"⑳", 20, ""}, {"㉑", 21, ""}, {"㊿", 50, ""}, {"⑴⑵", 1, "⑵"}, {"㈩", 10, ""},
          {"❿", 10, ""}, {"⓪", 0, ""});
}

static void keeps_to_kinds(void **state) {
    (void)state;
    static const struct {
        const char *text;
        unsigned kinds, kind;
        uint64_t value;
        size_t length;
    } cases[] = {
        {"十二", GAZ_NUMERAL_HAN_DIGITS, 0, 0, 0},
        {"二〇二三", GAZ_NUMERAL_HAN, GAZ_NUMERAL_HAN, 2, 3},
        {"二〇二三", GAZ_NUMERAL_HAN | GAZ_NUMERAL_HAN_DIGITS, GAZ_NUMERAL_HAN_DIGITS, 2023, 12},
        {"三", GAZ_NUMERAL_HAN | GAZ_NUMERAL_HAN_DIGITS, GAZ_NUMERAL_HAN, 3, 3},
        {"24", GAZ_NUMERAL_HAN, 0, 0, 0},
        {"①", GAZ_NUMERAL_ARABIC, 0, 0, 0},
        {"①", GAZ_NUMERAL_CIRCLED, GAZ_NUMERAL_CIRCLED, 1, 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint64_t value = 0;
        unsigned kind = 0;
        size_t length =
            gaz_numeral_read_kind(cases[i].text, strlen(cases[i].text), cases[i].kinds, &value, &kind);
        assert_int_equal(length, cases[i].length);
        assert_int_equal(value, cases[i].value);
        assert_int_equal(kind, cases[i].kind);
    }
}

static void ends_in_long_runs(void **state) {
    (void)state;
    char zeros[4096];
    memset(zeros, '0', sizeof zeros);
    uint64_t value = 0;
    assert_int_equal(gaz_numeral_read(zeros, sizeof zeros, &value), 0);
    assert_int_equal(gaz_numeral_read(zeros, GAZ_NUMERAL_LENGTH_MAX, &value), GAZ_NUMERAL_LENGTH_MAX);
    assert_int_equal(gaz_numeral_read(zeros, GAZ_NUMERAL_LENGTH_MAX + 1, &value), 0);
    assert_int_equal(gaz_numeral_read("\xe4\xba", 2, &value), 0);
}

static const char *const digits[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

// A number under 10000 with its units, as a person writes it.
static void print_section(uint64_t value, int leading, struct gaz_buf *out) {
    static const char *const units[] = {"千", "百", "十", ""};
    int zero = 0, begun = leading;
    for (uint64_t scale = 1000, i = 0; scale > 0; scale /= 10, i++) {
        uint64_t digit = value / scale % 10;
        if (digit == 0) {
            zero = begun;
            continue;
        }
        if (zero)
            gaz_buf_addstr(out, "零");
        gaz_buf_addstr(out, digits[digit]);
        gaz_buf_addstr(out, units[i]);
        zero = 0;
        begun = 1;
    }
}

static void print_han(uint64_t value, struct gaz_buf *out) {
    int leading = 0;
    if (value >= 100000000) {
        print_section(value / 100000000, 0, out);
        gaz_buf_addstr(out, "亿");
        leading = 1;
    }
    if (value / 10000 % 10000 > 0) {
        print_section(value / 10000 % 10000, leading, out);
        gaz_buf_addstr(out, "万");
        leading = 1;
    }
    print_section(value % 10000, leading, out);
}

static void print_positions(uint64_t value, struct gaz_buf *out) {
    char arabic[32];
    (void)snprintf(arabic, sizeof arabic, "%llu", (unsigned long long)value);
    for (const char *at = arabic; *at != '\0'; at++)
        gaz_buf_addstr(out, digits[*at - '0']);
}

// What is printed in any kind is read back.
static void reads_what_is_printed(void **state) {
    (void)state;
    uint64_t seed = 88172645463325252u;
    for (int round = 0; round < 20000; round++) {
        seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
        uint64_t value = round < 12000 ? (uint64_t)round + 1 : seed % 999999999999u + 1;
        struct gaz_buf han = GAZ_BUF_INIT, positions = GAZ_BUF_INIT;
        print_han(value, &han);
        print_positions(value, &positions);
        uint64_t read = 0;
        assert_int_equal(gaz_numeral_read(han.data, han.len, &read), han.len);
        assert_int_equal(read, value);
        assert_int_equal(gaz_numeral_read(positions.data, positions.len, &read), positions.len);
        assert_int_equal(read, value);
        gaz_buf_free(&han);
        gaz_buf_free(&positions);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_arabic),          cmocka_unit_test(reads_han),
        cmocka_unit_test(reads_positions),       cmocka_unit_test(reads_circled),
        cmocka_unit_test(keeps_to_kinds),        cmocka_unit_test(ends_in_long_runs),
        cmocka_unit_test(reads_what_is_printed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
