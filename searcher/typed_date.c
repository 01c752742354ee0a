// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/typed_date.h"

#include <string.h>
#include <uchar.h>

#include "corpus/day.h"
#include "corpus/fold.h"
#include "corpus/numeral.h"
#include "searcher/relative_date.h"
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

// --- parts of years and months ---

// Each end is kept once, with what may stand before it.
static bool cut_end(struct gaz_str text, const char *end, const char *joint, struct gaz_str *before) {
    *before = text;
    drop_end(before, end);
    if (before->len == text.len) {
        return false;
    }
    drop_end(before, joint);
    return true;
}

// The year of a part that is named without one: the latest in which its first MONTH has begun.
static int latest_year(const struct gaz_date *today, int month) {
    return month <= today->month ? today->year : today->year - 1;
}

// 2024年一季度, 2024年上半年, 2024年底; 上半年.
static bool read_part_of_year(struct gaz_str text, struct gaz_typed_date *out) {
    static const struct {
        const char *name;
        int first, last;
        bool alone; // names a date without any year
    } parts[] = {
        {"一季度", 1, 3, true},  {"二季度", 4, 6, true},  {"三季度", 7, 9, true},   {"四季度", 10, 12, true},
        {"1季度", 1, 3, true},   {"2季度", 4, 6, true},   {"3季度", 7, 9, true},    {"4季度", 10, 12, true},
        {"上半年", 1, 6, true},  {"下半年", 7, 12, true}, {"前三季度", 1, 9, true}, {"前两季度", 1, 6, true},
        {"前3季度", 1, 9, true}, {"前2季度", 1, 6, true}, {"年初", 1, 1, false},    {"年底", 12, 12, false},
        {"年末", 12, 12, false},
    };
    struct gaz_str before;
    struct gaz_date year;
    for (size_t i = COUNT(parts); i-- > 0;) { // 前三季度 before 三季度
        if (!cut_end(text, parts[i].name, "第", &before)) {
            continue;
        }
        bool alone = before.len == 0 && parts[i].alone;
        if (!alone && !read_year(before, &year)) {
            return false;
        }
        out->relative |= alone;
        year.year = alone ? latest_year(out->today, parts[i].first) : year.year;
        out->from = (struct gaz_date){year.year, parts[i].first, 0};
        out->to = (struct gaz_date){year.year, parts[i].last, 0};
        return true;
    }
    return false;
}

// 2024年3月上旬, 3月底.
static bool read_part_of_month(struct gaz_str text, struct gaz_typed_date *out) {
    static const struct {
        const char *name;
        int first, last; // 0: of the month
    } parts[] = {
        {"上旬", 1, 10}, {"中旬", 11, 20}, {"下旬", 21, 0}, {"初", 1, 10}, {"底", 21, 0}, {"末", 21, 0},
    };
    struct gaz_str before;
    for (size_t i = 0; i < COUNT(parts); i++) {
        if (!cut_end(text, parts[i].name, "份", &before)) {
            continue;
        }
        struct gaz_date month;
        if (!read_date(before, &month) || month.month == 0 || month.day > 0) {
            return false;
        }
        int last = parts[i].last > 0 ? parts[i].last : gaz_date_days_in_month(month.year, month.month);
        out->from = (struct gaz_date){month.year, month.month, parts[i].first};
        out->to = (struct gaz_date){month.year, month.month, last};
        return true;
    }
    return false;
}

// 2024年前五个月.
static bool read_first_months(struct gaz_str text, struct gaz_typed_date *out) {
    const char *const first = "年前";
    size_t at = gaz_str_find(text, first);
    uint64_t months = 0;
    struct gaz_date year;
    if (at == SIZE_MAX || !read_year((struct gaz_str){text.data, at}, &year)) {
        return false;
    }
    struct gaz_str number = gaz_str_from(text, at + strlen(first));
    size_t length = gaz_numeral_read(number.data, number.len, &months);
    bool whole = length > 0 && (gaz_str_equal(gaz_str_from(number, length), gaz_str_of("个月")));
    if (!whole || months < 1 || months > MONTHS) {
        return false;
    }
    out->from = (struct gaz_date){year.year, 1, 0};
    out->to = (struct gaz_date){year.year, (int)months, 0};
    return true;
}

// --- ranges ---

// The start of a range that leaves its unit to the end: 2024年1至11月, 3月1-15日.
static bool read_start(struct gaz_str text, struct gaz_str end, struct gaz_date *out) {
    static const char *const units[] = {"月份", "月", "日", "号"};
    const char *unit;
    if (read_date(text, out) && (out->month > 0 || gaz_str_find(end, "月") == SIZE_MAX)) {
        return true;
    }
    if (!gaz_str_ends_one(end, units, COUNT(units), &unit)) {
        return false;
    }
    struct gaz_date_text whole = {.len = 0};
    gaz_date_text_add(&whole, text.data, text.len);
    gaz_date_text_add(&whole, unit, strlen(unit));
    return read_date((struct gaz_str){whole.data, whole.len}, out) &&
           (out->year > 0 || out->day > 0); // not 1-11月
}

static bool read_range(struct gaz_str text, struct gaz_typed_date *out) {
    static const char *const signs[] = {"..", "至", "到", "—", "–", "～", "~", "-"};
    for (size_t i = 0; i < COUNT(signs); i++) {
        size_t at = gaz_str_find(text, signs[i]);
        struct gaz_str end = at == SIZE_MAX ? text : gaz_str_from(text, at + strlen(signs[i]));
        if (at == SIZE_MAX || !read_start((struct gaz_str){text.data, at}, end, &out->from) ||
            !read_end(end, &out->from, &out->to)) {
            continue;
        }
        bool is_word = i < 3; // of years only a word makes a range
        return gaz_date_compare(&out->from, &out->to) <= 0 && (out->from.month > 0 || is_word);
    }
    return false;
}

static bool read_absolute(struct gaz_str text, struct gaz_typed_date *out) {
    if (read_date(text, &out->from)) {
        out->to = out->from;
        return true;
    }
    return read_part_of_year(text, out) || read_part_of_month(text, out) || read_first_months(text, out) ||
           read_range(text, out);
}

// --- from today ---

// The range that begins with DATE and ends today; false when it has not begun.
static bool read_until_today(struct gaz_typed_date *out) {
    struct gaz_date *from = &out->from;
    from->year = from->year > 0 ? from->year : latest_year(out->today, from->month);
    from->month = from->month > 0 ? from->month : 1;
    from->day = from->day > 0 ? from->day : 1;
    out->to = *out->today;
    return gaz_date_compare(from, out->today) <= 0;
}

// TEXT is folded.
static bool read_relative(struct gaz_str text, struct gaz_typed_date *out) {
    struct gaz_date_text absolute = {.len = 0};
    bool until_today = gaz_relative_date_until_today(&text);
    if (!until_today && gaz_relative_date_stretch(text, out->today, &out->from)) {
        out->relative = true;
        return read_until_today(out);
    }
    bool any = gaz_relative_date_resolve(text, out->today, &absolute);
    if (!read_absolute((struct gaz_str){absolute.data, absolute.len}, out)) {
        return false;
    }
    out->relative |= any || until_today;
    return until_today ? read_until_today(out) : true;
}

static bool fold_and_read(struct gaz_str text, struct gaz_typed_date *out) {
    struct gaz_date_text folded = {.len = 0};
    for (size_t at = 0; at < text.len;) {
        uint32_t code;
        char bytes[4];
        at += gaz_utf8_decode(text.data + at, text.len - at, &code);
        code = gaz_fold_code(code); // 0: white space
        gaz_date_text_add(&folded, bytes, code > 0 ? gaz_utf8_encode(code, bytes) : 0);
    }
    return read_relative((struct gaz_str){folded.data, folded.len}, out);
}

bool gaz_typed_date_read(struct gaz_str text, const struct gaz_date *today, struct gaz_typed_date *out) {
    *out = (struct gaz_typed_date){.today = today};
    return read_absolute(text, out) || (text.len <= LONGEST_DATE && fold_and_read(text, out));
}

void gaz_typed_date_key(const struct gaz_typed_date *date, struct gaz_buf *key) {
    add_key(&date->from, key);
    if (gaz_date_compare(&date->from, &date->to) != 0) {
        gaz_buf_addstr(key, "..");
        add_key(&date->to, key);
    }
}

enum gaz_status gaz_typed_date_normal(const char *text, struct gaz_arena *arena, const char **normal,
                                      struct gaz_err *err) {
    struct gaz_date today;
    struct gaz_typed_date date;
    struct gaz_buf key = GAZ_BUF_INIT;
    *normal = text;
    enum gaz_status status = gaz_day_today(&today, err);
    if (status != GAZ_OK || !gaz_typed_date_read(gaz_str_trim(gaz_str_of(text)), &today, &date)) {
        return status;
    }
    gaz_typed_date_key(&date, &key);
    *normal = gaz_arena_strndup(arena, key.data, key.len);
    status = *normal ? gaz_buf_check(&key, err) : gaz_err_memory(err);
    gaz_buf_free(&key);
    return status;
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

static bool is_all_digits(struct gaz_str text) {
    size_t digits = 0;
    while (digits < text.len && text.data[digits] >= '0' && text.data[digits] <= '9') {
        digits++;
    }
    return digits == text.len;
}

// The longest date that begins at AT: its length, or 0. Digits alone are none.
static size_t date_at(struct gaz_str text, const struct gaz_date *today, size_t at) {
    struct gaz_str rest = gaz_str_from(text, at);
    struct gaz_typed_date date;
    for (size_t len = rest.len < LONGEST_DATE ? rest.len : LONGEST_DATE; len > 0; len--) {
        bool inside = len < rest.len && ((unsigned char)rest.data[len] & 0xC0) == 0x80;
        struct gaz_str part = {rest.data, len};
        if (!inside && !parts_numeral(text, at + len) && !is_all_digits(part) &&
            gaz_typed_date_read(part, today, &date)) {
            return len;
        }
    }
    return 0;
}

// Whether a date may begin with CODE.
static bool may_begin(uint32_t code) {
    static const char32_t starts[] = U"今本去上前大昨这近最过下第";
    uint32_t folded = gaz_fold_code(code);
    for (size_t i = 0; starts[i] != 0; i++) {
        if (folded == starts[i]) {
            return true;
        }
    }
    return is_numeral(code);
}

bool gaz_typed_date_find(struct gaz_str text, const struct gaz_date *today, struct gaz_str *date) {
    *date = (struct gaz_str){text.data, 0};
    for (size_t at = 0; at < text.len && text.len < 4 * LONGEST_DATE;) {
        uint32_t code;
        size_t length = gaz_utf8_decode(text.data + at, text.len - at, &code);
        size_t found = may_begin(code) && !parts_numeral(text, at) ? date_at(text, today, at) : 0;
        if (found > date->len) {
            *date = (struct gaz_str){text.data + at, found};
        }
        at += found > 0 ? found : length;
    }
    return date->len > 0 && date->len < text.len;
}
