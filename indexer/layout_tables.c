// SPDX-License-Identifier: GPL-2.0-or-later
//
// Which lines are fragments of tables: runs that the table room finds, cut where the text goes on.
#include "indexer/layout_parts.h"

#include <string.h>

#include "corpus/date.h"
#include "corpus/docnum.h"
#include "corpus/numeral.h"
#include "indexer/table.h"

enum { NARROW_REST = 2, TITLE_LINES = 5, INDENT = 4, ROW_LINES = 40, WINDOW_LINES = 512, MARGIN_LINES = 128 };

// How many lines at FROM, where a run of narrow lines begins, only end the paragraph of the page before the
// table's (…任务清|单).
static size_t lines_of_text(const struct layout *layout, size_t from, size_t count) {
    size_t lines = 0;
    while (lines <= NARROW_REST && lines < count &&
           (lines == 0 || !layout->lines[from + lines].line->page_start))
        lines++;
    bool goes_on = from > 0 && layout->lines[from - 1].kind == GAZ_BLOCK_TEXT &&
                   !gaz_text_is_closed(layout->lines[from - 1].text);
    return goes_on && lines <= NARROW_REST && lines < count ? lines : 0;
}

// Whether LINE opens what no table goes on over: a document, a section, the calendar.
static bool opens_another(const struct layout_line *line) {
    return line->kind == GAZ_BLOCK_SECTION_HEAD || line->kind == GAZ_BLOCK_CALENDAR_TITLE ||
           layout_is_registration(line->text) ||
           (line->text.len > 9 && gaz_docnum_is_heading(line->text.data, line->text.len));
}

// 11月3日，…, 11月3日上午…: how the text of a brief begins.
static bool begins_with_day(struct gaz_str text) {
    struct gaz_date date;
    size_t len = gaz_date_read(text.data, text.len, &date);
    struct gaz_str rest = gaz_str_trim(gaz_str_from(text, len));
    return len > 0 && date.day > 0 &&
           (gaz_str_starts(rest, "，") || gaz_str_starts(rest, "上午") || gaz_str_starts(rest, "下午"));
}

// Whether a text begins at line TOP, the first of a page, behind a table that begins at FROM: an indented
// paragraph, whom a document is for, the title of a brief and the day it reports, the header of a Taiwan
// document.
static bool text_begins(const struct layout *layout, size_t from, size_t top) {
    bool indented = layout->lines[top].line->indent == INDENT && layout->lines[from].line->indent < INDENT;
    if (indented || layout_is_addressee(layout->lines[top].text))
        return true;
    for (size_t i = top; i < layout->line_count && i < top + TITLE_LINES; i++) {
        struct gaz_str text = layout->lines[i].text;
        if (gaz_str_starts(text, "發文") || gaz_str_starts(text, "发文") || begins_with_day(text))
            return true;
        bool kind = layout->lines[i].kind == GAZ_BLOCK_SECTION_HEAD; // 公告, under its issuer
        if (!kind && !layout_is_heading_like(&layout->lines[i]))
            return false;
    }
    return false;
}

static size_t skip_furniture(const struct layout *layout, size_t at, size_t end) {
    while (at < end && gaz_block_is_furniture(layout->lines[at].kind))
        at++;
    return at;
}

// The number that LINE is and nothing else, 0 when it is none.
static size_t bare_number(const struct layout_line *line) {
    uint64_t value;
    size_t len = line->text.len <= 3 ? gaz_numeral_read_kind(line->text.data, line->text.len,
                                                             GAZ_NUMERAL_ARABIC, &value, NULL)
                                     : 0;
    return len > 0 && len == line->text.len ? (size_t)value : 0;
}

// Whether the row with NUMBER begins soon behind line TOP.
static bool row_follows(const struct layout *layout, size_t top, size_t end, size_t number) {
    for (size_t i = top; i < end && i < top + ROW_LINES; i++)
        if (layout->lines[i].kind == GAZ_BLOCK_TEXT && bare_number(&layout->lines[i]) == number)
            return true;
    return false;
}

// Lines of the run of COUNT from FROM that are the table's, without the page furniture after its end. A table
// that has repeated its head on a page does so on each, or its rows go on counting.
static size_t lines_of_table(const struct layout *layout, size_t from, size_t count) {
    const struct gaz_lines *lines = &layout->issue->lines;
    size_t end = from, heads = 0, number = 0;
    for (; end < from + count && !opens_another(&layout->lines[end]); end++) {
        number += bare_number(&layout->lines[end]) == number + 1;
        if (end > from && !lines->items[end].page_start)
            continue;
        size_t top = skip_furniture(layout, end, from + count);
        bool head = top < from + count &&
                    gaz_table_head_begins(layout->issue->source.data, lines->items, lines->count, top);
        bool headless = heads > 1 && !row_follows(layout, top, from + count, number + 1);
        if (end > from && top < from + count && !head && (headless || text_begins(layout, from, top)))
            break;
        heads += head;
    }
    while (end > from && gaz_block_is_furniture(layout->lines[end - 1].kind))
        end--;
    return end - from;
}

// Finds the table that begins at line I: how many lines of it end a paragraph (*TEXT), how many are the
// table's. Looks only so far ahead as the result, which may be cut well before the run ends, can depend on:
// else each of many tables would be followed to the end of the file. Whether a run begins shows at once.
static size_t table_at(const struct layout *layout, size_t i, size_t *text) {
    const struct gaz_lines *lines = &layout->issue->lines;
    for (size_t window = WINDOW_LINES;; window *= 4) {
        size_t count = lines->count - i > window ? i + window : lines->count;
        size_t run = gaz_table_run(layout->issue->source.data, lines->items, count, i);
        *text = lines_of_text(layout, i, run);
        size_t table = lines_of_table(layout, i + *text, run - *text);
        if (count == lines->count || run == 0 || *text + table + MARGIN_LINES < window)
            return table;
    }
}

// What looks like the beginning of a table before rows that the reader has seen is none: it would have seen
// it.
static bool runs_into_rows(const struct layout *layout, size_t from, size_t count) {
    for (size_t i = from; i < from + count; i++)
        if (layout->lines[i].line->sort == GAZ_LINE_ROW)
            return true;
    return false;
}

void layout_find_tables(struct layout *layout) {
    for (size_t i = 0; i < layout->line_count;) {
        bool seen = layout->lines[i].line->sort == GAZ_LINE_ROW;
        size_t text = 0, table = seen ? 1 : table_at(layout, i, &text);
        if (!seen && runs_into_rows(layout, i, text + table))
            table = text = 0;
        i += text;
        for (size_t j = i; j < i + table; j++)
            layout->lines[j].kind = GAZ_BLOCK_TABLE;
        i += table > 0 || text > 0 ? table : 1;
    }
}
