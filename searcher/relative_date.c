// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/relative_date.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "corpus/day.h"
#include "corpus/numeral.h"
#include "shim/status.h"
#include "shim/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

enum { MONTHS = 12, QUARTER = 3 /* months */, WEEK = 7 /* days */, STRETCH_MAX = 1000 };

enum unit { DAY, WEEKS, MONTH, QUARTERS, YEAR };

// Of words that begin alike the longer comes first.
static const struct {
    const char *word;
    enum unit unit;
    int shift; // from today's
} words[] = {
    {"大前年", YEAR, -3},       {"前年", YEAR, -2},       {"去年度", YEAR, -1},      {"去年", YEAR, -1},
    {"上年度", YEAR, -1},       {"上年", YEAR, -1},       {"今年度", YEAR, 0},       {"今年", YEAR, 0},
    {"本年度", YEAR, 0},        {"本年", YEAR, 0},        {"上上个月", MONTH, -2},   {"上上月", MONTH, -2},
    {"上个月", MONTH, -1},      {"上月", MONTH, -1},      {"这个月", MONTH, 0},      {"本月", MONTH, 0},
    {"上个季度", QUARTERS, -1}, {"上季度", QUARTERS, -1}, {"这个季度", QUARTERS, 0}, {"本季度", QUARTERS, 0},
    {"上上周", WEEKS, -2},      {"上个星期", WEEKS, -1},  {"上星期", WEEKS, -1},     {"上周", WEEKS, -1},
    {"这个星期", WEEKS, 0},     {"这星期", WEEKS, 0},     {"本周", WEEKS, 0},        {"这周", WEEKS, 0},
    {"大前天", DAY, -3},        {"前天", DAY, -2},        {"前日", DAY, -2},         {"昨天", DAY, -1},
    {"昨日", DAY, -1},          {"今天", DAY, 0},         {"今日", DAY, 0},
};

// --- dates ---

void gaz_date_text_add(struct gaz_date_text *text, const char *bytes, size_t len) {
    size_t room = sizeof text->data - text->len;
    len = len < room ? len : room;
    memcpy(text->data + text->len, bytes, len);
    text->len += len;
}

GAZ_PRINTF(2, 3) static void add_format(struct gaz_date_text *out, const char *format, ...) {
    char text[64];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    gaz_date_text_add(out, text, strlen(text));
}

static void add_day(const struct gaz_date *date, struct gaz_date_text *out) {
    add_format(out, "%d年%d月%d日", date->year, date->month, date->day);
}

static void add_days(long from, long to, struct gaz_date_text *out) {
    struct gaz_date first = gaz_day_date(from), last = gaz_day_date(to);
    add_day(&first, out);
    if (to > from) {
        add_format(out, "至");
        add_day(&last, out);
    }
}

// The month that is SHIFT months from that of DATE, as months from year 0.
static int month_number(const struct gaz_date *date, int shift) {
    return date->year * MONTHS + date->month - 1 + shift;
}

// The same day MONTHS_AGO months before DATE, or the last one that month has.
static struct gaz_date months_before(const struct gaz_date *date, int months_ago) {
    int number = month_number(date, -months_ago);
    struct gaz_date before = {number / MONTHS, number % MONTHS + 1, date->day};
    int last = gaz_date_days_in_month(before.year, before.month);
    before.day = before.day < last ? before.day : last;
    return before;
}

// --- words ---

// A year, or of it the days that have gone by in this one: 去年同期.
static size_t add_year(struct gaz_str behind, const struct gaz_date *today, int shift,
                       struct gaz_date_text *out) {
    const int year = today->year + shift;
    if (!gaz_str_starts(behind, "同期")) {
        add_format(out, "%d年", year);
        return 0;
    }
    const struct gaz_date first = {year, 1, 1}, same = months_before(today, -shift * MONTHS);
    add_days(gaz_day_number(&first), gaz_day_number(&same), out);
    return strlen("同期");
}

// A week from Monday on, or a day of it: 上周五.
static size_t add_week(struct gaz_str behind, const struct gaz_date *today, int shift,
                       struct gaz_date_text *out) {
    static const char *const names[] = {"一", "二", "三", "四", "五", "六", "日", "天"};
    long number = gaz_day_number(today), monday = number - gaz_day_of_week(number) + shift * WEEK;
    for (int i = 0; i < (int)COUNT(names); i++) {
        if (gaz_str_starts(behind, names[i])) {
            long day = monday + (i < WEEK ? i : WEEK - 1);
            add_days(day, day, out);
            return strlen(names[i]);
        }
    }
    add_days(monday, monday + WEEK - 1, out);
    return 0;
}

// What WORD, the number of one of the table, stands for. Returns the bytes of BEHIND that belong to it.
static size_t add_word(size_t word, struct gaz_str behind, const struct gaz_date *today,
                       struct gaz_date_text *out) {
    const int shift = words[word].shift, this_month = month_number(today, 0);
    long number = gaz_day_number(today) + shift;
    int month = this_month + shift, quarter = this_month / QUARTER + shift;
    switch (words[word].unit) {
    case DAY:
        add_days(number, number, out);
        return 0;
    case WEEKS:
        return add_week(behind, today, shift, out);
    case MONTH:
        add_format(out, "%d年%d月", month / MONTHS, month % MONTHS + 1);
        return 0;
    case QUARTERS:
        add_format(out, "%d年%d季度", quarter * QUARTER / MONTHS, quarter % (MONTHS / QUARTER) + 1);
        return 0;
    case YEAR:
        return add_year(behind, today, shift, out);
    }
    return 0;
}

// The word of the table that TEXT begins with, or SIZE_MAX.
static size_t word_at(struct gaz_str text) {
    for (size_t i = 0; i < COUNT(words); i++) {
        if (gaz_str_starts(text, words[i].word)) {
            return i;
        }
    }
    return SIZE_MAX;
}

bool gaz_relative_date_resolve(struct gaz_str text, const struct gaz_date *today, struct gaz_date_text *out) {
    bool any = false;
    while (text.len > 0) {
        size_t word = word_at(text);
        if (word == SIZE_MAX) {
            uint32_t code;
            size_t length = gaz_utf8_decode(text.data, text.len, &code);
            gaz_date_text_add(out, text.data, length);
            text = gaz_str_from(text, length);
        } else {
            text = gaz_str_from(text, strlen(words[word].word));
            text = gaz_str_from(text, add_word(word, text, today, out));
            any = true;
        }
    }
    return any;
}

// --- stretches ---

static bool cut_start(struct gaz_str *text, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (gaz_str_starts(*text, list[i])) {
            *text = gaz_str_from(*text, strlen(list[i]));
            return true;
        }
    }
    return false;
}

static bool cut_end(struct gaz_str *text, const char *const *list, size_t count) {
    const char *end;
    bool ends = gaz_str_ends_one(*text, list, count, &end);
    text->len -= ends ? strlen(end) : 0;
    return ends;
}

// 三, 3, 两: how many; 0 when there is none.
static int cut_number(struct gaz_str *text) {
    static const char *const two[] = {"两"};
    uint64_t number = 0;
    if (cut_start(text, two, COUNT(two))) {
        return 2;
    }
    size_t length = gaz_numeral_read(text->data, text->len, &number);
    *text = gaz_str_from(*text, length);
    return length > 0 && number <= STRETCH_MAX ? (int)number : 0;
}

// Months or days of a stretch, of which TEXT is what follows 近.
static bool read_stretch(struct gaz_str text, int *months, int *days) {
    static const struct {
        const char *name;
        int months, days;
    } units[] = {
        {"年", MONTHS, 0},    {"个月", 1, 0},  {"月", 1, 0},        {"个季度", QUARTER, 0},
        {"季度", QUARTER, 0}, {"周", 0, WEEK}, {"个星期", 0, WEEK}, {"星期", 0, WEEK},
        {"天", 0, 1},         {"日", 0, 1},
    };
    if (gaz_str_equal(text, gaz_str_of("半年"))) {
        *months = MONTHS / 2;
        return true;
    }
    int number = cut_number(&text);
    for (size_t i = 0; i < COUNT(units) && number > 0; i++) {
        if (gaz_str_equal(text, gaz_str_of(units[i].name))) {
            *months = number * units[i].months;
            *days = number * units[i].days;
            return true;
        }
    }
    return false;
}

bool gaz_relative_date_stretch(struct gaz_str text, const struct gaz_date *today, struct gaz_date *from) {
    static const char *const starts[] = {"最近", "近", "过去"};
    static const char *const ends[] = {"以来", "来", "以内", "之内", "内", "间"};
    int months = 0, days = 0;
    if (!cut_start(&text, starts, COUNT(starts))) {
        return false;
    }
    (void)cut_end(&text, ends, COUNT(ends));
    if (!read_stretch(text, &months, &days)) {
        return false;
    }
    struct gaz_date before = months_before(today, months); // today is the last day, so that one is not in it
    *from = gaz_day_date(gaz_day_number(&before) - days + 1);
    return from->year > 0;
}

bool gaz_relative_date_until_today(struct gaz_str *text) {
    static const char *const ends[] = {"以来", "至今", "到现在"};
    return cut_end(text, ends, COUNT(ends));
}
