// SPDX-License-Identifier: GPL-2.0-or-later
//
// Dates as printed, and ranges of them as typed.
#include <stdlib.h>
#include <string.h>

#include "corpus/date.h"
#include "searcher/daterange.h"
#include "tests/support/property.h"

static void check_is_real(const struct gaz_date *date) {
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    require(date->year >= 0 && date->month >= 0 && date->month <= 12 && date->day >= 0,
            "a date is in the calendar");
    require(date->day == 0 || (date->month > 0 && date->day <= days[date->month - 1]),
            "a day is in its month");
}

static void check_iso(const struct gaz_date *date) {
    char iso[GAZ_DATE_ISO_MAX];
    struct gaz_date again = {0, 0, 0};
    size_t len = gaz_date_iso(date, iso);
    require(strlen(iso) == len && (len > 0) == (date->year > 0), "a date with a year has an ISO form");
    if (date->day > 0 && len > 0)
        require(gaz_date_read(iso, len, &again) == len && gaz_date_compare(date, &again) == 0,
                "the ISO form of a date is read as that date");
}

static void check_find(struct gaz_str text) {
    struct gaz_date date = {0, 0, 0}, again = {0, 0, 0};
    size_t at = 0, len = gaz_date_find(text.data, text.len, &date, &at);
    if (len == 0)
        return;
    require(lies_inside(at, len, text.len) && is_boundary(text, at) && is_boundary(text, at + len),
            "a date lies inside its text");
    check_is_real(&date);
    check_iso(&date);
    require(gaz_date_read(text.data + at, text.len - at, &again) == len &&
                gaz_date_compare(&date, &again) == 0,
            "a date that is found is read");
    require(gaz_date_read(text.data + at, len, &again) == len && gaz_date_compare(&date, &again) == 0,
            "a date alone is the same date");
}

static void check_range(struct gaz_str text) {
    struct input input = {text.data, text.len};
    char *typed = input_text(&input);
    struct gaz_date_range range, all;
    gaz_date_range_all(&all);
    if (gaz_date_range_read(typed, &range)) {
        require(strlen(range.low) < GAZ_DATE_BOUND_MAX && strlen(range.high) < GAZ_DATE_BOUND_MAX,
                "bounds are texts");
        require(strcmp(all.low, range.low) <= 0 && strcmp(range.high, all.high) <= 0,
                "a range is part of all dates");
    }
    free(typed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct gaz_str text = {(const char *)data, size};
    struct gaz_date date = {0, 0, 0};
    check_find(text);
    check_range(text);
    if (gaz_date_is_line(text.data, text.len)) {
        struct gaz_str line = gaz_str_trim(text);
        require(gaz_date_read(line.data, line.len, &date) == line.len && date.year > 0 && date.month > 0,
                "a date line is a date with year and month");
    }
    return 0;
}
