// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/daterange.h"

#include <stdio.h>
#include <string.h>

#include "corpus/date.h"
#include "corpus/text.h"

// Before every date, but after the empty value of a record without one; behind every date.
static const char first_bound[] = "0";
static const char last_bound[] = "9999~";

void gaz_date_range_all(struct gaz_date_range *out) {
    snprintf(out->low, sizeof out->low, "%s", first_bound);
    snprintf(out->high, sizeof out->high, "%s", last_bound);
}

static bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

// Whether TEXT looks like PATTERN, in which 0 is any digit.
static bool looks_like(struct gaz_str text, const char *pattern) {
    if (text.len != strlen(pattern)) {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        if (pattern[i] == '0' ? !is_digit(text.data[i]) : text.data[i] != pattern[i]) {
            return false;
        }
    }
    return true;
}

static bool is_month(const char *digits) {
    int month = (digits[0] - '0') * 10 + digits[1] - '0';
    return month >= 1 && month <= 12;
}

// Writes the ISO form of a date as typed.
static bool read_date(struct gaz_str text, char iso[GAZ_DATE_ISO_MAX]) {
    struct gaz_str typed = gaz_str_trim(text);
    struct gaz_date date = {0};
    if (typed.len > 4 && gaz_str_equal(gaz_str_from(typed, 4), gaz_str_of("年"))) {
        typed.len = 4;
    }
    if (looks_like(typed, "0000") || (looks_like(typed, "0000-00") && is_month(typed.data + 5))) {
        snprintf(iso, GAZ_DATE_ISO_MAX, "%.*s", (int)typed.len, typed.data);
        return true;
    }
    if (typed.len == 0 || gaz_date_read(typed.data, typed.len, &date) != typed.len) {
        return false;
    }
    return gaz_date_iso(&date, iso) > 0;
}

bool gaz_date_range_read(const char *text, struct gaz_date_range *out) {
    struct gaz_str whole = gaz_str_of(text);
    size_t dots = gaz_str_find(whole, "..");
    bool is_range = dots != SIZE_MAX;
    struct gaz_str from = {whole.data, is_range ? dots : whole.len};
    struct gaz_str to = is_range ? gaz_str_from(whole, dots + 2) : from;
    bool has_from = gaz_str_trim(from).len > 0, has_to = gaz_str_trim(to).len > 0;
    char iso[GAZ_DATE_ISO_MAX];
    gaz_date_range_all(out);
    if (!has_from && !has_to) {
        return false;
    }
    if (has_from) {
        if (!read_date(from, iso)) {
            return false;
        }
        snprintf(out->low, sizeof out->low, "%s", iso);
    }
    if (has_to) {
        if (!read_date(to, iso)) {
            return false;
        }
        snprintf(out->high, sizeof out->high, "%s~", iso); // behind all days of a month or year
    }
    return strcmp(out->low, out->high) <= 0;
}

// Whether TEXT is MM or MM-DD.
static bool is_part_of_year(struct gaz_str text) {
    return (looks_like(text, "00") || looks_like(text, "00-00")) && is_month(text.data);
}

bool gaz_date_range_of_year(const char *text, struct gaz_date_range *out) {
    struct gaz_str whole = gaz_str_of(text);
    size_t dots = gaz_str_find(whole, "..");
    struct gaz_str from = {whole.data, dots == SIZE_MAX ? whole.len : dots};
    struct gaz_str to = dots == SIZE_MAX ? from : gaz_str_from(whole, dots + 2);
    if (!is_part_of_year(from) || !is_part_of_year(to)) {
        return false;
    }
    snprintf(out->low, sizeof out->low, "%.*s", (int)from.len, from.data);
    snprintf(out->high, sizeof out->high, "%.*s~", (int)to.len, to.data); // behind all days of a month
    return strcmp(out->low, out->high) <= 0;
}
