// SPDX-License-Identifier: GPL-2.0-or-later
//
// Days as numbers, for reckoning with them, and the day it is.
#ifndef GAZ_CORPUS_DAY_H
#define GAZ_CORPUS_DAY_H

#include "corpus/date.h"
#include "shim/status.h"

// Days from 1 January 1970 to DATE, which has year, month and day; and the date of such a number. Gregorian,
// backward without end (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2013).
long gaz_day_number(const struct gaz_date *date);
struct gaz_date gaz_day_date(long number);

// 0 for Monday to 6 for Sunday.
int gaz_day_of_week(long number);

// The day it is, by the clock and in local time; where $GAZETTE_TODAY is set, the day (2024-10-07) that it
// names. GAZ_ERR_ARGUMENT when it names none.
enum gaz_status gaz_day_today(struct gaz_date *today, struct gaz_err *err);

#endif
