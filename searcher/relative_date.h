// SPDX-License-Identifier: GPL-2.0-or-later
//
// Dates that are said from today: 去年, 上月, 近三年.
#ifndef GAZ_SEARCHER_RELATIVE_DATE_H
#define GAZ_SEARCHER_RELATIVE_DATE_H

#include <stdbool.h>

#include "corpus/date.h"
#include "corpus/text.h"

// A short text with room of its own. What does not fit is left off: no date is so long.
enum { GAZ_DATE_TEXT_MAX = 250 };
struct gaz_date_text {
    char data[GAZ_DATE_TEXT_MAX];
    size_t len;
};
void gaz_date_text_add(struct gaz_date_text *text, const char *bytes, size_t len);

// TEXT below is folded (corpus/fold.h). All words are those of a query that is asked on TODAY.

// Appends TEXT to OUT with each word for a year, month, week or day put as that date: 去年底 2023年底,
// 上月5日 2024年9月5日, 昨天 2024年10月6日, 上周 2024年9月30日至2024年10月6日, 去年同期
// 2023年1月1日至2023年10月7日. Returns whether there was any.
bool gaz_relative_date_resolve(struct gaz_str text, const struct gaz_date *today, struct gaz_date_text *out);

// Reads a stretch of time that ends today: 近三年, 最近一周, 过去六个月, 近半年来. False when TEXT is none.
bool gaz_relative_date_stretch(struct gaz_str text, const struct gaz_date *today, struct gaz_date *from);

// Takes off what says "until today": 以来, 至今. False, and TEXT unchanged, when it does not end so.
bool gaz_relative_date_until_today(struct gaz_str *text);

#endif
