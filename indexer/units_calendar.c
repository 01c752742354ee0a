// SPDX-License-Identifier: GPL-2.0-or-later
//
// The calendar (记事): day lines and their entries.
#include <string.h>

#include "corpus/date.h"
#include "corpus/numeral.h"
#include "indexer/people.h"
#include "indexer/units_parts.h"

// The month that the title names (10月份市政府记事); 0 without one.
static int month_of(const char *title) {
    struct gaz_str text = gaz_str_of(title);
    for (size_t at = 0; at < text.len; at++) {
        uint64_t month;
        size_t len = gaz_numeral_read(text.data + at, text.len - at, &month);
        if (len > 0 && month >= 1 && month <= 12 &&
            gaz_str_starts(gaz_str_trim(gaz_str_from(text, at + len)), "月"))
            return (int)month;
        at += len > 0 ? len - 1 : 0;
    }
    return 0;
}

// The year of MONTH in the issue: the end of a year is told in the first issues of the next.
static int year_of(const struct gaz_issue *issue, int month) {
    enum { FIRST_ISSUES = 2, LATE_MONTH = 11 };
    uint64_t number = 0;
    struct gaz_str text = gaz_str_of(issue->masthead.number ? issue->masthead.number : "");
    if (gaz_str_starts(text, "第"))
        text = gaz_str_from(text, strlen("第"));
    bool first = gaz_numeral_read(text.data, text.len, &number) > 0 && number <= FIRST_ISSUES;
    return issue->year - (issue->year > 0 && first && month >= LATE_MONTH);
}

// A day line: 7日 or 10月7日.
static void read_day(struct gaz_str text, struct gaz_date *date) {
    struct gaz_date full;
    uint64_t day;
    text = gaz_str_trim(text);
    if (gaz_date_read(text.data, text.len, &full) > 0 && full.day > 0) {
        date->month = full.month;
        date->day = full.day;
        date->year = full.year ? full.year : date->year;
    } else if (gaz_numeral_read(text.data, text.len, &day) > 0 && day <= 31) {
        date->day = (int)day;
    }
}

// Bytes of the day and comma that an entry without mark begins with (1月3日，… 9日至10日，… 同日，…); 0 when
// it begins otherwise. DATE gets the day.
static size_t leading_day(struct gaz_str text, struct gaz_date *date) {
    enum { DAY_BYTES = 60 };
    struct gaz_date own;
    size_t len = gaz_date_read(text.data, text.len, &own);
    size_t comma = gaz_str_find(text, "，");
    bool same = gaz_str_starts(text, "同日") || gaz_str_starts(text, "是日");
    if (!same && (len == 0 || own.day == 0))
        return 0;
    if (!same) {
        date->month = own.month ? own.month : date->month;
        date->day = own.day;
    }
    return comma != SIZE_MAX && comma <= DAY_BYTES ? comma + strlen("，") : len;
}

static void take_entry(struct units *units, const struct gaz_block *block, const struct gaz_date *date,
                       size_t number, struct gaz_people_known *known) {
    struct gaz_record *record = units_add_block(units, GAZ_RECORD_ENTRY, block);
    char iso[GAZ_DATE_ISO_MAX] = "";
    bool dated = date->year > 0 && date->month > 0 && date->day > 0;
    if (!record)
        return;
    if (dated)
        gaz_date_iso(date, iso);
    record->address =
        units_name(units, dated ? units_format(units, "%s 记事 %zu", iso, number)
                                : units_format(units, "%s %zu", units->address, units->ordinal));
    record->as.entry.date = dated ? units_format(units, "%s", iso) : NULL;
    struct gaz_str text = {block->text, block->text_len};
    struct gaz_date day = *date;
    text = gaz_str_from(text, leading_day(text, &day));
    if (!gaz_people_find(text, known, units->issue->arena, &record->as.entry.people,
                         &record->as.entry.people_count))
        units->failed = true;
    if (!units->failed)
        units_cite(units, record);
}

// Names of all entries first: a misprinted role is read by a name known from elsewhere in the month.
static void gather_names(struct units *units, struct gaz_people_known *known) {
    for (size_t i = 0; i < units->document->block_count && !units->failed; i++) {
        const struct gaz_block *block = units->document->blocks[i];
        const struct gaz_person *people;
        size_t count;
        if (block->kind == GAZ_BLOCK_ENTRY && !gaz_people_find((struct gaz_str){block->text, block->text_len},
                                                               known, units->issue->arena, &people, &count))
            units->failed = true;
    }
}

void units_take_calendar(struct units *units) {
    const struct gaz_document *document = units->document;
    struct gaz_people_known known = {{0}};
    int month = month_of(document->title);
    struct gaz_date date = {.year = year_of(units->issue, month), .month = month};

    size_t number = 0;
    gather_names(units, &known);
    for (size_t i = 0; i < document->block_count && !units->failed; i++) {
        const struct gaz_block *block = document->blocks[i];
        if (block->kind == GAZ_BLOCK_DAY) {
            read_day((struct gaz_str){block->text, block->text_len}, &date);
            number = 0;
            units_add_other(units, &block->spans, block->text, block->page, "section_head", true);
        } else if (block->kind == GAZ_BLOCK_CALENDAR_TITLE) {
            units_own(units, &block->spans, block->text);
        } else if (block->kind == GAZ_BLOCK_ENTRY) {
            int day = date.day;
            leading_day((struct gaz_str){block->text, block->text_len}, &date);
            number = date.day == day ? number + 1 : 1;
            take_entry(units, block, &date, number, &known);
        } else {
            units_take_other_block(units, block);
        }
    }
}
