// SPDX-License-Identifier: GPL-2.0-or-later
#include "corpus/day.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

// An era of the calendar is 400 years. Its years begin with March, so that the leap day is the last one.
enum { ERA_YEARS = 400, ERA_DAYS = 146097, EPOCH = 719468 /* days from 0000-03-01 to 1970-01-01 */ };

static long floor_divide(long value, long by) {
    return value >= 0 ? value / by : -((by - 1 - value) / by);
}

long gaz_day_number(const struct gaz_date *date) {
    long year = date->year - (date->month <= 2);
    long era = floor_divide(year, ERA_YEARS), of_era = year - era * ERA_YEARS;
    long month = date->month > 2 ? date->month - 3 : date->month + 9; // from March
    long of_year = (153 * month + 2) / 5 + date->day - 1;
    return era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 + of_year - EPOCH;
}

struct gaz_date gaz_day_date(long number) {
    long shifted = number + EPOCH, era = floor_divide(shifted, ERA_DAYS), of_era = shifted - era * ERA_DAYS;
    long year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    long of_year = of_era - (365 * year + year / 4 - year / 100);
    long month = (5 * of_year + 2) / 153; // from March
    struct gaz_date date = {.day = (int)(of_year - (153 * month + 2) / 5 + 1),
                            .month = (int)(month < 10 ? month + 3 : month - 9)};
    date.year = (int)(year + era * ERA_YEARS) + (date.month <= 2);
    return date;
}

int gaz_day_of_week(long number) {
    const long thursday = 3; // 1970-01-01
    long day = number + thursday;
    return (int)(day - 7 * floor_divide(day, 7));
}

static enum gaz_status read_named(const char *named, struct gaz_date *today, struct gaz_err *err) {
    size_t len = strlen(named);
    if (gaz_date_read(named, len, today) != len || today->year == 0 || today->day == 0) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT, "GAZETTE_TODAY: \"%s\" is no day: write it as 2024-10-07",
                           gaz_quote(named).text);
    }
    return GAZ_OK;
}

enum gaz_status gaz_day_today(struct gaz_date *today, struct gaz_err *err) {
    const char *named = getenv("GAZETTE_TODAY");
    if (named && *named) {
        return read_named(named, today, err);
    }
    time_t now = time(NULL);
    struct tm local;
    if (now == (time_t)-1 || !localtime_r(&now, &local)) {
        return gaz_err_set(err, GAZ_ERR_IO, "the clock cannot be read: set GAZETTE_TODAY to the day it is");
    }
    *today = (struct gaz_date){local.tm_year + 1900, local.tm_mon + 1, local.tm_mday};
    return GAZ_OK;
}
