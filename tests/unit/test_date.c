// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/date.h"

static void assert_date(const char *text, const char *whole, int year, int month, int day) {
    struct gaz_date date = {-1, -1, -1};
    size_t at = SIZE_MAX;
    size_t length = gaz_date_find(text, strlen(text), &date, &at);
    if (whole == NULL) {
        if (length != 0)
            print_error("%s\n", text);
        assert_int_equal(length, 0);
        assert_int_equal(date.year, -1);
        return;
    }
    if (length != strlen(whole) || memcmp(text + at, whole, length) != 0)
        print_error("%s: %.*s\n", text, (int)length, length > 0 ? text + at : "");
    assert_int_equal(length, strlen(whole));
    assert_memory_equal(text + at, whole, length);
    assert_int_equal(date.year, year);
    assert_int_equal(date.month, month);
    assert_int_equal(date.day, day);
}

static void reads_every_form(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int year, month, day;
    } cases[] = {
        {"2023年10月12日", 2023, 10, 12},
        {"２０２３年１０月１２日", 2023, 10, 12},
        {"二〇二三年十月十二日", 2023, 10, 12},
        {"二○二三年十月十二日", 2023, 10, 12},
        {"二O二三年十月十二日", 2023, 10, 12},
        {"二Ｏ二三年十月十二日", 2023, 10, 12},
        {"二0二三年十月十二日", 2023, 10, 12},
        {"二零二三年十月十二日", 2023, 10, 12},
        {"二〇二三年一〇月一二日", 2023, 10, 12},
        {"二〇二〇年十二月三十一日", 2020, 12, 31},
        {"二〇二三年元月廿三日", 2023, 1, 23},
        {"2023 年 10 月 12 日", 2023, 10, 12},
        {"2 0 2 3 年 1 0 月 1 2 日", 2023, 10, 12},
        {"2023年\n10月12日", 2023, 10, 12},
        {"2023　年　10月 12 日", 2023, 10, 12},
        {"2023年十月12日", 2023, 10, 12},
        {"2023年10月", 2023, 10, 0},
        {"二〇二三年十月", 2023, 10, 0},
        {"10月12日", 0, 10, 12},
        {"十月十二日", 0, 10, 12},
        {"10月7号", 0, 10, 7},
        {"2月29日", 0, 2, 29},
        {"民國93年7月30日", 2004, 7, 30},
        {"民国93年7月30日", 2004, 7, 30},
        {"中華民國九十三年七月三十日", 2004, 7, 30},
        {"中華民國一百一十二年十二月三十一日", 2023, 12, 31},
        {"中華民國 112 年 3 月 1 日", 2023, 3, 1},
        {"民國元年一月一日", 1912, 1, 1},
        {"2023-10-12", 2023, 10, 12},
        {"2023.10.12", 2023, 10, 12},
        {"2023/10/12", 2023, 10, 12},
        {"2023－10－12", 2023, 10, 12},
        {"2023—10—12", 2023, 10, 12},
        {"2023.1.2", 2023, 1, 2},
        {"２０２３．１０．１２", 2023, 10, 12},
        {"2024年2月29日", 2024, 2, 29},
        {"2000年2月29日", 2000, 2, 29},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_date(cases[i].text, cases[i].text, cases[i].year, cases[i].month, cases[i].day);
}

static void finds_the_first(void **state) {
    (void)state;
    assert_date("云江市人民政府\n2023年10月12日\n（此件公开发布）", "2023年10月12日", 2023, 10, 12);
    assert_date("自2024年1月1日起施行，有效期至2028年12月31日", "2024年1月1日", 2024, 1, 1);
    assert_date("截至今年10月7日", "10月7日", 0, 10, 7);
    assert_date("第3页 2023年10月", "2023年10月", 2023, 10, 0);
    assert_date("12 10月7日", "10月7日", 0, 10, 7);
    assert_date("2023.10.12 3人", "2023.10.12", 2023, 10, 12);
    assert_date("2023年10月7日至9日", "2023年10月7日", 2023, 10, 7);
    assert_date("2023年10月12个项目", "2023年10月", 2023, 10, 0);
    assert_date("2023年度工作，3月5日上报", "3月5日", 0, 3, 5);
    assert_date("发布日期：2023-10-12。", "2023-10-12", 2023, 10, 12);
    assert_date("中华民族，二〇二三年五月", "二〇二三年五月", 2023, 5, 0);
}

static void refuses_what_is_no_date(void **state) {
    (void)state;
    static const char *const cases[] = {
        "",
        "2023年",
        "2023年2月29日",
        "2023年13月1日",
        "2023年10月32日",
        "1900年2月29日",
        "12023年1月",
        "2023-13-01",
        "2023-10-123",
        "2023-10.12",
        "10-12",
        "12个月3日",
        "二十三年五月",
        "2023年度",
        "温政发〔2023〕24号",
        "第10期",
        "0月3日",
        "13月1日",
        "4月31日",
        "中央和国家",
        "2023.10",
        "2023年0月",
        "民國年3月",
        "十三月一日",
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_date(cases[i], NULL, 0, 0, 0);
    struct gaz_date date;
    assert_int_equal(gaz_date_read(" 2023年10月", strlen(" 2023年10月"), &date), 0);
    assert_int_equal(gaz_date_read("于2023年10月", strlen("于2023年10月"), &date), 0);
}

static int month_days(int year, int month) {
    if (month == 2)
        return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static const char *han_number(int value, char out[16]) {
    static const char *const digits[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    (void)snprintf(out, 16, "%s%s%s", value >= 20 ? digits[value / 10] : "", value >= 10 ? "十" : "",
                   digits[value % 10]);
    return out;
}

static void print_han(int year, int month, int day, char out[64]) {
    static const char *const digits[] = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    char m[16], d[16];
    (void)snprintf(out, 64, "%s%s%s%s年%s月%s日", digits[year / 1000], digits[year / 100 % 10],
                   digits[year / 10 % 10], digits[year % 10], han_number(month, m), han_number(day, d));
}

static void assert_reads(const char *text, int year, int month, int day) {
    struct gaz_date date = {0};
    assert_int_equal(gaz_date_read(text, strlen(text), &date), strlen(text));
    assert_true(date.year == year && date.month == month && date.day == day);
}

// Every day of some years in every form; the day after the last of a month is none.
static void reads_what_is_printed(void **state) {
    (void)state;
    static const int years[] = {1949, 1996, 2000, 2023, 2024, 2100};
    for (size_t y = 0; y < sizeof years / sizeof years[0]; y++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= 32; day++) {
                int year = years[y];
                char arabic[64], han[64], iso[GAZ_DATE_ISO_MAX];
                (void)snprintf(arabic, sizeof arabic, "%d年%d月%d日", year, month, day);
                print_han(year, month, day, han);
                if (day > month_days(year, month)) {
                    assert_date(arabic, NULL, 0, 0, 0);
                    assert_date(han, NULL, 0, 0, 0);
                    continue;
                }
                struct gaz_date date = {year, month, day};
                assert_int_equal(gaz_date_iso(&date, iso), 10);
                assert_reads(arabic, year, month, day);
                assert_reads(han, year, month, day);
                assert_reads(iso, year, month, day);
            }
}

static void writes_iso(void **state) {
    (void)state;
    char out[GAZ_DATE_ISO_MAX];
    assert_int_equal(gaz_date_iso(&(struct gaz_date){2023, 1, 2}, out), 10);
    assert_string_equal(out, "2023-01-02");
    assert_int_equal(gaz_date_iso(&(struct gaz_date){2023, 1, 0}, out), 7);
    assert_string_equal(out, "2023-01");
    assert_int_equal(gaz_date_iso(&(struct gaz_date){2023, 0, 0}, out), 4);
    assert_string_equal(out, "2023");
    assert_int_equal(gaz_date_iso(&(struct gaz_date){0, 1, 2}, out), 0);
    assert_string_equal(out, "");
}

static void compares(void **state) {
    (void)state;
    const struct gaz_date a = {2023, 0, 0}, b = {2023, 10, 0}, c = {2023, 10, 12}, d = {2024, 1, 1};
    assert_true(gaz_date_compare(&a, &b) < 0);
    assert_true(gaz_date_compare(&b, &c) < 0);
    assert_true(gaz_date_compare(&c, &d) < 0);
    assert_true(gaz_date_compare(&d, &a) > 0);
    assert_int_equal(gaz_date_compare(&c, &c), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_form),
        cmocka_unit_test(finds_the_first),
        cmocka_unit_test(refuses_what_is_no_date),
        cmocka_unit_test(reads_what_is_printed),
        cmocka_unit_test(writes_iso),
        cmocka_unit_test(compares),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
