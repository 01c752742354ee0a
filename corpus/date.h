// SPDX-License-Identifier: GPL-2.0-or-later
//
// Dates as gazettes print them.
#ifndef GAZ_CORPUS_DATE_H
#define GAZ_CORPUS_DATE_H

#include <stdbool.h>
#include <stddef.h>

// Month or day 0: not given. Year 0: not given (10月7日). Years are Gregorian.
struct gaz_date {
    int year, month, day;
};

// Reads a date at the start of TEXT (LEN bytes of UTF-8): 2023年10月12日 (or 号), 二〇二三年十月十二日 (○ O
// Ｏ 0 零 for 〇), full-width digits, white space inside, 民國93年7月30日 and 中華民國九十三年七月三十日 (the
// first year is 元年), 2023-10-12, 2023.10.12, 2023/10/12, 2023年10月, 10月12日 (year 0). Real calendar dates
// only (29 February in leap years; without a year it may be). Returns the bytes read; 0, and *DATE unchanged,
// when there is no date.
size_t gaz_date_read(const char *text, size_t len, struct gaz_date *date);

// The first date anywhere in TEXT; returns its length in bytes and sets *AT to its byte offset, or returns 0.
// A date does not begin inside a numeral (12023年1月 has none). Time is linear.
size_t gaz_date_find(const char *text, size_t len, struct gaz_date *date, size_t *at);

// Whether TEXT, white space at its ends aside, is a date with year and month and nothing else: the date line
// of a document.
bool gaz_date_is_line(const char *text, size_t len);

// Writes the ISO 8601 form (YYYY-MM-DD, YYYY-MM or YYYY), NUL-terminated, and returns its length; 0 and an
// empty string when the year is not given.
enum { GAZ_DATE_ISO_MAX = 16 };
size_t gaz_date_iso(const struct gaz_date *date, char out[GAZ_DATE_ISO_MAX]);

// Below, equal to or above 0 as A is before, equal to or after B; what is not given comes first.
int gaz_date_compare(const struct gaz_date *a, const struct gaz_date *b);

// The days of MONTH (1 to 12) of YEAR; of year 0, which is any year, February has 29.
int gaz_date_days_in_month(int year, int month);

#endif
