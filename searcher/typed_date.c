// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/typed_date.h"

#include <string.h>

#include "corpus/date.h"
#include "corpus/fold.h"
#include "corpus/numeral.h"
#include "shim/unicode.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

enum { FIRST_YEAR = 1900, LAST_YEAR = 2099, MONTHS = 12, LONGEST_DATE = 60 /* bytes */ };

static void drop_end(struct gaz_str *text, const char *end) {
    if (gaz_str_ends(*text, end)) {
        text->len -= strlen(end);
    }
}

// --- one date ---

// 2024, 2024年, 二〇二四年.
static bool read_year(struct gaz_str text, struct gaz_date *out) {
    uint64_t year = 0;
    struct gaz_str digits = text;
    drop_end(&digits, "年");
    size_t length = gaz_numeral_read(digits.data, digits.len, &year);
    if (length == 0 || length != digits.len || year < FIRST_YEAR || year > LAST_YEAR) {
        return false;
    }
    *out = (struct gaz_date){.year = (int)year};
    return true;
}

// 2024-03
static bool read_iso_month(struct gaz_str text, struct gaz_date *out) {
    struct gaz_str year = {text.data, 4}, month = gaz_str_from(text, 5);
    uint64_t number = 0;
    if (text.len != strlen("2024-03") || text.data[4] != '-' || !read_year(year, out) ||
        gaz_numeral_read(month.data, month.len, &number) != month.len || number < 1 || number > MONTHS) {
        return false;
    }
    out->month = (int)number;
    return true;
}

// 3月, 三月.
static bool read_month(struct gaz_str text, struct gaz_date *out) {
    uint64_t month = 0;
    struct gaz_str digits = text;
    drop_end(&digits, "月");
    size_t length = gaz_numeral_read(digits.data, digits.len, &month);
    if (digits.len == text.len || length == 0 || length != digits.len || month < 1 || month > MONTHS) {
        return false;
    }
    *out = (struct gaz_date){.month = (int)month};
    return true;
}

static bool read_date(struct gaz_str text, struct gaz_date *out) {
    struct gaz_str date = gaz_str_trim(text);
    if (gaz_str_ends(date, "月份")) {
        drop_end(&date, "份");
    }
    *out = (struct gaz_date){0};
    return date.len > 0 && (gaz_date_read(date.data, date.len, out) == date.len ||
                            read_iso_month(date, out) || read_year(date, out) || read_month(date, out));
}

// --- the end of a range, which leaves out what is the same ---

// 15日
static bool read_day(struct gaz_str text, int *day) {
    uint64_t number = 0;
    struct gaz_str digits = gaz_str_trim(text);
    size_t whole = digits.len;
    drop_end(&digits, "日");
    drop_end(&digits, "号");
    size_t length = gaz_numeral_read(digits.data, digits.len, &number);
    *day = (int)number;
    return digits.len < whole && length > 0 && length == digits.len && number >= 1 && number <= 31;
}

static bool read_end(struct gaz_str text, const struct gaz_date *start, struct gaz_date *out) {
    int day;
    if (start->day > 0 && read_day(text, &day)) {
        *out = *start;
        out->day = day;
        return true;
    }
    if (!read_date(text, out)) {
        return false;
    }
    out->year = out->year ? out->year : start->year;
    return (out->year > 0) == (start->year > 0) && (out->day > 0) == (start->day > 0) &&
           (out->month > 0) == (start->month > 0);
}

// --- keys ---

static void add_key(const struct gaz_date *date, struct gaz_buf *key) {
    if (date->year > 0) {
        gaz_buf_printf(key, "%04d", date->year);
    }
    if (date->month > 0) {
        gaz_buf_printf(key, date->year > 0 ? "-%02d" : "%02d", date->month);
    }
    if (date->day > 0) {
        gaz_buf_printf(key, "-%02d", date->day);
    }
}

static void add_range(const struct gaz_date *from, const struct gaz_date *to, struct gaz_buf *key) {
    add_key(from, key);
    gaz_buf_addstr(key, "..");
    add_key(to, key);
}

// 2024年一季度, 2024年上半年.
static bool read_part_of_year(struct gaz_str text, struct gaz_buf *key) {
    static const struct {
        const char *name;
        int first, last;
    } parts[] = {
        {"一季度", 1, 3}, {"二季度", 4, 6}, {"三季度", 7, 9},  {"四季度", 10, 12}, {"1季度", 1, 3},
        {"2季度", 4, 6},  {"3季度", 7, 9},  {"4季度", 10, 12}, {"上半年", 1, 6},   {"下半年", 7, 12},
    };
    struct gaz_date year;
    for (size_t i = 0; i < COUNT(parts); i++) {
        struct gaz_str before = text;
        drop_end(&before, parts[i].name);
        if (before.len == text.len) {
            continue;
        }
        drop_end(&before, "第");
        if (!read_year(before, &year)) {
            return false;
        }
        const struct gaz_date from = {year.year, parts[i].first, 0}, to = {year.year, parts[i].last, 0};
        add_range(&from, &to, key);
        return true;
    }
    return false;
}

static bool read_range(struct gaz_str text, struct gaz_buf *key) {
    static const char *const signs[] = {"..", "至", "到", "—", "–", "～", "~", "-"};
    struct gaz_date from, to;
    for (size_t i = 0; i < COUNT(signs); i++) {
        size_t at = gaz_str_find(text, signs[i]);
        if (at == SIZE_MAX || !read_date((struct gaz_str){text.data, at}, &from) ||
            !read_end(gaz_str_from(text, at + strlen(signs[i])), &from, &to)) {
            continue;
        }
        bool is_word = i < 3; // of years only a word makes a range
        if (gaz_date_compare(&from, &to) > 0 || (from.month == 0 && !is_word)) {
            return false;
        }
        add_range(&from, &to, key);
        return true;
    }
    return false;
}

bool gaz_typed_date_read(struct gaz_str text, struct gaz_buf *key) {
    struct gaz_date date;
    if (read_date(text, &date)) {
        add_key(&date, key);
        return true;
    }
    return read_part_of_year(text, key) || read_range(text, key);
}

// --- in other text ---

static bool is_numeral(uint32_t code) {
    return (code >= '0' && code <= '9') || gaz_numeral_is_han(gaz_fold_code(code));
}

// Whether AT parts a numeral of TEXT.
static bool parts_numeral(struct gaz_str text, size_t at) {
    uint32_t before = 0, behind = 0;
    size_t start = at;
    if (at == 0 || at == text.len) {
        return false;
    }
    do {
        start--;
    } while (start > 0 && ((unsigned char)text.data[start] & 0xC0) == 0x80);
    (void)gaz_utf8_decode(text.data + start, at - start, &before);
    (void)gaz_utf8_decode(text.data + at, text.len - at, &behind);
    return is_numeral(before) && is_numeral(behind);
}

static bool is_date(struct gaz_str text) {
    struct gaz_buf key = GAZ_BUF_INIT;
    bool is = gaz_typed_date_read(text, &key) && key.status == GAZ_OK;
    gaz_buf_free(&key);
    return is;
}

static bool is_all_digits(struct gaz_str text) {
    size_t digits = 0;
    while (digits < text.len && text.data[digits] >= '0' && text.data[digits] <= '9') {
        digits++;
    }
    return digits == text.len;
}

// The longest date that begins at AT: its length, or 0. Digits alone are none.
static size_t date_at(struct gaz_str text, size_t at) {
    struct gaz_str rest = gaz_str_from(text, at);
    for (size_t len = rest.len < LONGEST_DATE ? rest.len : LONGEST_DATE; len > 0; len--) {
        bool inside = len < rest.len && ((unsigned char)rest.data[len] & 0xC0) == 0x80;
        struct gaz_str date = {rest.data, len};
        if (!inside && !parts_numeral(text, at + len) && !is_all_digits(date) && is_date(date)) {
            return len;
        }
    }
    return 0;
}

bool gaz_typed_date_find(struct gaz_str text, struct gaz_str *date) {
    *date = (struct gaz_str){text.data, 0};
    for (size_t at = 0; at < text.len && text.len < 4 * LONGEST_DATE;) {
        uint32_t code;
        size_t length = gaz_utf8_decode(text.data + at, text.len - at, &code);
        size_t found = is_numeral(code) && !parts_numeral(text, at) ? date_at(text, at) : 0;
        if (found > date->len) {
            *date = (struct gaz_str){text.data + at, found};
        }
        at += found > 0 ? found : length;
    }
    return date->len > 0 && date->len < text.len;
}
