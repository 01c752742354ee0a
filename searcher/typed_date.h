// SPDX-License-Identifier: GPL-2.0-or-later
//
// Dates as people type them in a query.
#ifndef GAZ_SEARCHER_TYPED_DATE_H
#define GAZ_SEARCHER_TYPED_DATE_H

#include <stdbool.h>

#include "corpus/text.h"
#include "shim/mem.h"

// Reads TEXT, which is nothing but a date, as the normal form that the field date: understands, appended to
// KEY:
//   2024年3月8日  2024-03-08      3月8日            03-08
//   2024年3月份   2024-03         三月              03
//   2024年        2024            2024年一季度      2024-01..2024-03
//   2024年3月至4月  2024-03..2024-04     3月1日到15日      03-01..03-15
// False when it is none. A bare 2024 is a year; 2023—2025年 is a name of plans and no date.
bool gaz_typed_date_read(struct gaz_str text, struct gaz_buf *key);

// The longest date in TEXT that is not all of it and does not begin or end inside a numeral. False when there
// is none.
bool gaz_typed_date_find(struct gaz_str text, struct gaz_str *date);

#endif
