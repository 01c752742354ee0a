// SPDX-License-Identifier: GPL-2.0-or-later
//
// Days, months, years and ranges of them, as typed.
#ifndef GAZ_SEARCHER_DATERANGE_H
#define GAZ_SEARCHER_DATERANGE_H

#include <stdbool.h>
#include <stddef.h>

// Bounds for comparing ISO dates as bytes: LOW <= date <= HIGH. Both ends are inclusive; a partial date
// (2023-10) counts for all its days.
enum { GAZ_DATE_BOUND_MAX = 20 };
struct gaz_date_range {
    char low[GAZ_DATE_BOUND_MAX];
    char high[GAZ_DATE_BOUND_MAX];
};

// Reads DATE or FROM..TO (either end may be missing), each of them an ISO date, month or year (2023, 2023-10,
// 2023-10-07) or a date as gazettes print it (2023年10月). False when TEXT is something else or no real date.
bool gaz_date_range_read(const char *text, struct gaz_date_range *out);

// Reads a day or month of any year, or a range of them: 10-07, 10, 10-01..10-15. The bounds are for the part
// of an ISO date behind its year. False when TEXT is none of that.
bool gaz_date_range_of_year(const char *text, struct gaz_date_range *out);

// The smallest and the largest bound: everything that has a date.
void gaz_date_range_all(struct gaz_date_range *out);

#endif
