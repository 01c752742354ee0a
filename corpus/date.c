// SPDX-License-Identifier: GPL-2.0-or-later
#include "corpus/date.h"

#include <stdint.h>
#include <stdio.h>
#include <uchar.h>

#include "corpus/numeral.h"
#include "corpus/text.h"
#include "shim/unicode.h"

// The longest date without white space is 中華民國一百一十二年一十二月三十一日; more is never looked at.
enum { WINDOW = 24, FIRST_MINGUO_YEAR = 1911 };

// The next characters without white space, and for each the byte offset after it.
struct window {
    uint32_t codes[WINDOW];
    size_t ends[WINDOW];
    size_t count;
    size_t at; // characters read
};

static void window_fill(struct window *window, const char *text, size_t len) {
    window->count = window->at = 0;
    for (size_t at = 0; at < len && window->count < WINDOW;) {
        uint32_t code;
        at += gaz_utf8_decode(text + at, len - at, &code);
        if (gaz_unicode_is_space(code))
            continue;
        window->codes[window->count] = code;
        window->ends[window->count++] = at;
    }
}

static uint32_t peek(const struct window *window) {
    return window->at < window->count ? window->codes[window->at] : 0;
}

static int take(struct window *window, char32_t code) {
    if (peek(window) != code)
        return 0;
    window->at++;
    return 1;
}

// A number of MIN to MAX characters; -1 when there is none.
static int take_number(struct window *window, unsigned kinds, size_t min, size_t max) {
    uint64_t value = 0;
    size_t length =
        gaz_numeral_read_codes(window->codes + window->at, window->count - window->at, kinds, &value, NULL);
    if (length < min || length > max)
        return -1;
    window->at += length;
    return (int)value;
}

int gaz_date_days_in_month(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int leap = year == 0 || (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
    return days[month - 1] + (month == 2 && leap);
}

static int month_is_real(int month) {
    return month >= 1 && month <= 12;
}

static int day_is_real(const struct gaz_date *date) {
    return date->day >= 1 && date->day <= gaz_date_days_in_month(date->year, date->month);
}

// 民國 or 中華民國, then the year of the republic.
static int take_minguo_year(struct window *window) {
    if (take(window, U'中') && !take(window, U'華') && !take(window, U'华'))
        return -1;
    if (!take(window, U'民') || !(take(window, U'國') || take(window, U'国')))
        return -1;
    int year = take(window, U'元')
                   ? 1
                   : take_number(window, GAZ_NUMERAL_ARABIC | GAZ_NUMERAL_HAN | GAZ_NUMERAL_HAN_DIGITS, 1, 5);
    return year >= 1 && year <= 999 ? year + FIRST_MINGUO_YEAR : -1;
}

static int take_year(struct window *window) {
    if (peek(window) == U'中' || peek(window) == U'民')
        return take_minguo_year(window);
    int year = take_number(window, GAZ_NUMERAL_ARABIC | GAZ_NUMERAL_HAN_DIGITS, 4, 4);
    return year >= 1000 ? year : -1;
}

static int take_small_number(struct window *window) {
    return take_number(window, GAZ_NUMERAL_ARABIC | GAZ_NUMERAL_HAN | GAZ_NUMERAL_HAN_DIGITS, 1, 4);
}

// 10月12日, or (where MONTH_ALONE) 10月. A day that is not real is no day, and the month may still stand.
static int take_month_day(struct window *window, struct gaz_date *date, int month_alone) {
    date->month = take(window, U'元') ? 1 : take_small_number(window);
    if (!take(window, U'月') || !month_is_real(date->month))
        return 0;
    size_t after_month = window->at;
    date->day = take_small_number(window);
    if (date->day < 0 || !(take(window, U'日') || take(window, U'号') || take(window, U'號'))) {
        window->at = after_month;
        date->day = 0;
        return month_alone;
    }
    return day_is_real(date);
}

static int take_year_form(struct window *window, struct gaz_date *date) {
    date->year = take_year(window);
    return date->year > 0 && take(window, U'年') && take_month_day(window, date, 1);
}

static int take_yearless_form(struct window *window, struct gaz_date *date) {
    date->year = 0;
    return take_month_day(window, date, 0);
}

// One or two adjacent digits: what follows a blank is another number.
static int take_adjacent_number(struct window *window) {
    int first = window->at < window->count ? gaz_numeral_arabic_digit(peek(window)) : -1;
    if (first < 0)
        return -1;
    size_t end = window->ends[window->at++];
    int second = window->at < window->count ? gaz_numeral_arabic_digit(peek(window)) : -1;
    size_t width = peek(window) < 128 ? 1 : 3;
    if (second < 0 || window->ends[window->at] != end + width)
        return first;
    end = window->ends[window->at++];
    width = peek(window) < 128 ? 1 : 3;
    if (window->at < window->count && gaz_numeral_arabic_digit(peek(window)) >= 0 &&
        window->ends[window->at] == end + width)
        return -1;
    return first * 10 + second;
}

static uint32_t take_separator(struct window *window) {
    uint32_t folded[GAZ_UNICODE_FOLD_MAX];
    if (window->at == window->count || gaz_unicode_fold(peek(window), folded) != 1)
        return 0;
    if (folded[0] != U'-' && folded[0] != U'.' && folded[0] != U'/')
        return 0;
    window->at++;
    return folded[0];
}

// 2023-10-12
static int take_separated_form(struct window *window, struct gaz_date *date) {
    date->year = take_number(window, GAZ_NUMERAL_ARABIC, 4, 4);
    uint32_t separator = date->year >= 1000 ? take_separator(window) : 0;
    date->month = separator != 0 ? take_number(window, GAZ_NUMERAL_ARABIC, 1, 2) : -1;
    if (!month_is_real(date->month) || take_separator(window) != separator)
        return 0;
    date->day = take_adjacent_number(window);
    return day_is_real(date);
}

size_t gaz_date_read(const char *text, size_t len, struct gaz_date *date) {
    static int (*const forms[])(struct window *, struct gaz_date *) = {take_year_form, take_yearless_form,
                                                                       take_separated_form};
    struct window window;
    if (len == 0)
        return 0;
    window_fill(&window, text, len);
    uint32_t first;
    size_t first_length = gaz_utf8_decode(text, len, &first);
    if (window.count == 0 || window.ends[0] != first_length)
        return 0; // begins with white space
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct gaz_date found = {0};
        window.at = 0;
        if (!forms[i](&window, &found))
            continue;
        *date = found;
        return window.ends[window.at - 1];
    }
    return 0;
}

// What gaz_date_find remembers of the characters it has passed.
struct passed {
    uint32_t previous;   // the character before, blanks included
    uint32_t before;     // the last that is not white space
    int year_is_printed; // they end with 2023年: a month and day that follow are not a date of their own
};

static int is_numeral(uint32_t code) {
    return gaz_numeral_arabic_digit(code) >= 0 || gaz_numeral_is_han(code);
}

static void pass(struct passed *passed, uint32_t code) {
    passed->previous = code;
    if (gaz_unicode_is_space(code))
        return;
    passed->year_is_printed = code == U'年' && is_numeral(passed->before);
    passed->before = code;
}

static int may_begin(const struct passed *passed, uint32_t code) {
    if (code == U'中' || code == U'民')
        return 1;
    if (passed->year_is_printed || (code != U'元' && !is_numeral(code)))
        return 0;
    return gaz_numeral_arabic_digit(code) >= 0 ? gaz_numeral_arabic_digit(passed->previous) < 0
                                               : !is_numeral(passed->previous);
}

size_t gaz_date_find(const char *text, size_t len, struct gaz_date *date, size_t *at) {
    struct passed passed = {0};
    for (size_t here = 0; here < len;) {
        uint32_t code;
        size_t width = gaz_utf8_decode(text + here, len - here, &code);
        size_t length = may_begin(&passed, code) ? gaz_date_read(text + here, len - here, date) : 0;
        if (length > 0) {
            *at = here;
            return length;
        }
        pass(&passed, code);
        here += width;
    }
    return 0;
}

size_t gaz_date_iso(const struct gaz_date *date, char out[GAZ_DATE_ISO_MAX]) {
    int length = 0;
    out[0] = '\0';
    if (date->year <= 0 || date->year > 9999)
        return 0;
    if (date->month == 0)
        length = snprintf(out, GAZ_DATE_ISO_MAX, "%04d", date->year);
    else if (date->day == 0)
        length = snprintf(out, GAZ_DATE_ISO_MAX, "%04d-%02d", date->year, date->month % 100);
    else
        length =
            snprintf(out, GAZ_DATE_ISO_MAX, "%04d-%02d-%02d", date->year, date->month % 100, date->day % 100);
    return (size_t)length;
}

int gaz_date_compare(const struct gaz_date *a, const struct gaz_date *b) {
    if (a->year != b->year)
        return a->year < b->year ? -1 : 1;
    if (a->month != b->month)
        return a->month < b->month ? -1 : 1;
    return (a->day > b->day) - (a->day < b->day);
}

bool gaz_date_is_line(const char *text, size_t len) {
    struct gaz_date date;
    struct gaz_str line = gaz_str_trim((struct gaz_str){text, len});
    size_t read = gaz_date_read(line.data, line.len, &date);
    return read > 0 && date.year > 0 && date.month > 0 && gaz_str_trim(gaz_str_from(line, read)).len == 0;
}
