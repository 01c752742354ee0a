// SPDX-License-Identifier: GPL-2.0-or-later
//
// Dates as people type them in a query.
#ifndef GAZ_SEARCHER_TYPED_DATE_H
#define GAZ_SEARCHER_TYPED_DATE_H

#include <stdbool.h>

#include "corpus/date.h"
#include "corpus/text.h"
#include "shim/mem.h"
#include "shim/status.h"

// A date that was typed, from its first year, month or day to its last; both may lack the year, or the day,
// or all but the year.
struct gaz_typed_date {
    struct gaz_date from, to;
    bool relative; // it is another one on another day
    const struct gaz_date *today;
};

// Reads TEXT, which is nothing but a date, as one that is typed on TODAY, which must live as long as OUT. By
// its key:
//   2024年3月8日    2024-03-08               3月8日           03-08
//   2024年3月份     2024-03                  三月             03
//   2024年          2024                     2024年一季度     2024-01..2024-03
//   2024年3月至4月  2024-03..2024-04         3月1日到15日     03-01..03-15
//   2024年1至11月   2024-01..2024-11         3月上旬          03-01..03-10
//   2023年底        2023-12                  2024年前五个月   2024-01..2024-05
// and on 7 October 2024:
//   今年3月         2024-03                  去年             2023
//   上月5日         2024-09-05               昨天             2024-10-06
//   今年以来        2024-01-01..2024-10-07   近三年           2021-10-08..2024-10-07
//   上半年          2024-01..2024-06         四季度           2024-10..2024-12
//   去年同期        2023-01-01..2023-10-07   上周             2024-09-30..2024-10-06
// Without a year, 四季度 and 上半年 are the latest that have begun. False when it is none. A bare 2024 is a
// year; 2023—2025年 is a name of plans and no date.
bool gaz_typed_date_read(struct gaz_str text, const struct gaz_date *today, struct gaz_typed_date *out);

// Appends to KEY the normal form, which the field date: understands.
void gaz_typed_date_key(const struct gaz_typed_date *date, struct gaz_buf *key);

// The normal form of TEXT, a date for a field or an option, in ARENA; TEXT itself where it is none as people
// say it (2024-03.., and what is no date). GAZ_ERR_MEMORY; GAZ_ERR_ARGUMENT when it is not known which day it
// is.
enum gaz_status gaz_typed_date_normal(const char *text, struct gaz_arena *arena, const char **normal,
                                      struct gaz_err *err);

// The longest date in TEXT that is not all of it and does not begin or end inside a numeral. False when there
// is none.
bool gaz_typed_date_find(struct gaz_str text, const struct gaz_date *today, struct gaz_str *date);

#endif
