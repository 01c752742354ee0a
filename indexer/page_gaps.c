// SPDX-License-Identifier: GPL-2.0-or-later
//
// Tables without ruling lines: from a line of several cells down, as long as the same gaps go through every
// line. Rows are told by the wider blank between them, or else by the first column.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "indexer/page_parts.h"

enum { GAPS_MAX = 64, CELLS_LEAST = 3, LINES_LEAST = 3, COLUMNS_TEXT = 10 };

static const double GAP = 0.55;        // ems between two cells
static const double SHIFT = 0.4;       // ems by which items of a line may differ in height
static const double APART = 2.5;       // ems below a line behind which the table has ended …
static const double APART_TIMES = 2.2; // … when that is so many times more than between its lines before
static const double ROW_BLANK = 0.5;   // ems more between two rows than between two lines

struct gap {
    double from, to;
};

// Lines of items, by place.
struct lines {
    const struct page_layer *layer;
    size_t *order;  // items by their middle
    size_t *starts; // of each line in ORDER; one more at the end
    size_t count;
    const struct page_items *items;
};

static int by_item_middle(const void *a, const void *b, void *context) {
    const struct page_item *items = context;
    size_t i = *(const size_t *)a, j = *(const size_t *)b;
    if (items[i].middle != items[j].middle)
        return items[i].middle > items[j].middle ? 1 : -1;
    return (i > j) - (i < j);
}

static int by_item_left(const void *a, const void *b, void *context) {
    const struct page_item *items = context;
    size_t i = *(const size_t *)a, j = *(const size_t *)b;
    if (items[i].left != items[j].left)
        return items[i].left > items[j].left ? 1 : -1;
    return (i > j) - (i < j);
}

static bool make_lines(const struct page_layer *layer, const struct page_items *items,
                       struct gaz_arena *arena, struct lines *lines) {
    *lines = (struct lines){.layer = layer, .items = items};
    lines->order = gaz_arena_alloc(arena, (items->count + 1) * sizeof *lines->order);
    lines->starts = gaz_arena_alloc(arena, (items->count + 2) * sizeof *lines->starts);
    if (!lines->order || !lines->starts)
        return false;
    for (size_t i = 0; i < items->count; i++)
        lines->order[i] = i;
    qsort_r(lines->order, items->count, sizeof *lines->order, by_item_middle, items->items);
    for (size_t i = 0; i < items->count; i++) {
        const struct page_item *item = &items->items[lines->order[i]];
        const struct page_item *last = i > 0 ? &items->items[lines->order[i - 1]] : NULL;
        if (!last || item->middle - last->middle > SHIFT * fmax(item->em, last->em))
            lines->starts[lines->count++] = i;
    }
    lines->starts[lines->count] = items->count;
    for (size_t i = 0; i < lines->count; i++)
        qsort_r(lines->order + lines->starts[i], lines->starts[i + 1] - lines->starts[i],
                sizeof *lines->order, by_item_left, items->items);
    return true;
}

static const struct page_item *item_at(const struct lines *lines, size_t place) {
    return &lines->items->items[lines->order[place]];
}

// --- gaps

// The gaps in LINE; a table that is there already is no cell.
static size_t gaps_of(const struct lines *lines, size_t line, struct gap *gaps) {
    size_t count = 0;
    double end = 0, em = 0;
    for (size_t i = lines->starts[line]; i < lines->starts[line + 1]; i++) {
        const struct page_item *item = item_at(lines, i);
        if (item->table)
            return 0;
        for (size_t k = 0; k < item->count; k++) {
            const struct page_glyph *glyph = &lines->layer->glyphs[item->glyphs[k]];
            if (em > 0 && glyph->from - end > GAP * fmax(em, glyph->em) && count < GAPS_MAX)
                gaps[count++] = (struct gap){end, glyph->from};
            end = em > 0 ? fmax(end, glyph->to) : glyph->to;
            em = glyph->em;
        }
    }
    return count;
}

// Takes from GAP what glyphs of LINE cover, and keeps the widest rest.
static struct gap cut_gap(const struct lines *lines, size_t line, struct gap gap) {
    struct gap best = {0, 0};
    double from = gap.from;
    for (size_t i = lines->starts[line]; i < lines->starts[line + 1]; i++) {
        const struct page_item *item = item_at(lines, i);
        for (size_t k = 0; k < item->count; k++) {
            const struct page_glyph *glyph = &lines->layer->glyphs[item->glyphs[k]];
            if (glyph->to <= from || glyph->from >= gap.to)
                continue;
            if (glyph->from - from > best.to - best.from)
                best = (struct gap){from, glyph->from};
            from = fmax(from, glyph->to);
        }
    }
    return gap.to - from > best.to - best.from ? (struct gap){from, gap.to} : best;
}

// What of GAPS goes on through LINE; returns how many do.
static size_t cut_gaps(const struct lines *lines, size_t line, double em, struct gap *gaps, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        struct gap rest = cut_gap(lines, line, gaps[i]);
        if (rest.to - rest.from > GAP * em)
            gaps[kept++] = rest;
    }
    return kept;
}

static double bottom_of(const struct lines *lines, size_t line) {
    double bottom = -INFINITY;
    for (size_t i = lines->starts[line]; i < lines->starts[line + 1]; i++)
        bottom = fmax(bottom, item_at(lines, i)->bottom);
    return bottom;
}

static double top_of(const struct lines *lines, size_t line) {
    double top = INFINITY;
    for (size_t i = lines->starts[line]; i < lines->starts[line + 1]; i++)
        top = fmin(top, item_at(lines, i)->top);
    return top;
}

static bool holds_table(const struct lines *lines, size_t line) {
    for (size_t i = lines->starts[line]; i < lines->starts[line + 1]; i++)
        if (item_at(lines, i)->table)
            return true;
    return false;
}

// Whether LINE may be the first of a table: the names of columns, or a row with its number, and no sentence.
static bool may_begin(const struct lines *lines, size_t line) {
    size_t glyphs = 0, digits = 0, marks = 0;
    for (size_t i = lines->starts[line]; i < lines->starts[line + 1]; i++) {
        const struct page_item *item = item_at(lines, i);
        for (size_t k = 0; k < item->count; k++) {
            uint32_t code = lines->layer->glyphs[item->glyphs[k]].code;
            glyphs++;
            digits += i == lines->starts[line] && code >= '0' && code <= '9';
            marks += code == U'，' || code == U'。' || code == U'；' || code == U'：' || code == U'△' ||
                     (glyphs == 2 && code == U'、');
        }
    }
    return marks == 0 || digits == item_at(lines, lines->starts[line])->count;
}

// The line behind the table that begins at FROM; FROM when none does. GAPS are those that go through it.
static size_t table_end(const struct lines *lines, size_t from, struct gap *gaps, size_t *count) {
    double em = item_at(lines, lines->starts[from])->em, widest = 0;
    size_t line = from + 1;
    *count = gaps_of(lines, from, gaps);
    if (*count + 1 < CELLS_LEAST || !may_begin(lines, from))
        return from;
    for (; line < lines->count && !holds_table(lines, line); line++) {
        struct gap rest[GAPS_MAX];
        double blank = top_of(lines, line) - bottom_of(lines, line - 1);
        if (blank > APART * em && line > from + 1 && blank > APART_TIMES * widest)
            break;
        memcpy(rest, gaps, *count * sizeof *gaps);
        size_t left = cut_gaps(lines, line, em, rest, *count);
        if (left + 1 < CELLS_LEAST || (left < *count && line >= from + LINES_LEAST))
            break;
        memcpy(gaps, rest, left * sizeof *gaps);
        *count = left;
        widest = fmax(widest, blank);
    }
    return line;
}

// --- rows

static size_t column_of(const struct gap *gaps, size_t count, double at) {
    size_t column = 0;
    while (column < count && at > (gaps[column].from + gaps[column].to) / 2)
        column++;
    return column;
}

// Whether LINE has something in the first column.
static bool begins_first(const struct lines *lines, size_t line, const struct gap *gaps) {
    const struct page_item *first = item_at(lines, lines->starts[line]);
    return first->left < gaps[0].from;
}

// Sets BEGINS for each of the lines FROM to END that begins a row; returns how many rows there are.
static size_t find_rows(const struct lines *lines, size_t from, size_t end, const struct gap *gaps,
                        bool *begins) {
    double least = INFINITY, em = item_at(lines, lines->starts[from])->em, bottom = bottom_of(lines, from);
    size_t rows = 1, firsts = 0;
    for (size_t line = from + 1; line < end; line++) {
        least = fmin(least, top_of(lines, line) - bottom);
        bottom = fmax(bottom, bottom_of(lines, line));
        firsts += begins_first(lines, line, gaps);
    }
    bottom = bottom_of(lines, from);
    memset(begins, 0, (end - from) * sizeof *begins);
    begins[0] = true;
    for (size_t line = from + 1; line < end; line++) {
        begins[line - from] = top_of(lines, line) - bottom > fmax(least, 0) + ROW_BLANK * em;
        rows += begins[line - from];
        bottom = fmax(bottom, bottom_of(lines, line));
    }
    if (rows > 1 && rows < end - from)
        return rows;
    bool all = firsts * 2 < end - from; // the first column is mostly empty: each line is a row
    rows = 1;
    for (size_t line = from + 1; line < end; line++) {
        begins[line - from] = all || begins_first(lines, line, gaps);
        rows += begins[line - from];
    }
    return rows;
}

// Whether columns are those of running text set in three or more of them: all of one width, and wide.
static bool is_text(const struct lines *lines, size_t from, size_t end, const struct gap *gaps,
                    size_t count) {
    double left = INFINITY, right = -INFINITY, em = item_at(lines, lines->starts[from])->em;
    for (size_t i = lines->starts[from]; i < lines->starts[end]; i++) {
        left = fmin(left, item_at(lines, i)->left);
        right = fmax(right, item_at(lines, i)->right);
    }
    double least = gaps[0].from - left, most = least;
    for (size_t i = 0; i < count; i++) {
        double width = (i + 1 < count ? gaps[i + 1].from : right) - gaps[i].to;
        least = fmin(least, width);
        most = fmax(most, width);
    }
    return least > COLUMNS_TEXT * em && most < 1.3 * least;
}

// --- tables

static bool fill_table(const struct lines *lines, size_t from, size_t end, const struct gap *gaps,
                       size_t count, const bool *begins, struct page_table *table, struct gaz_arena *arena) {
    size_t row = 0;
    table->left = table->top = INFINITY;
    table->right = table->bottom = -INFINITY;
    for (size_t line = from; line < end; line++) {
        row += begins[line - from] && line > from;
        for (size_t i = lines->starts[line]; i < lines->starts[line + 1]; i++) {
            const struct page_item *item = item_at(lines, i);
            table->left = fmin(table->left, item->left);
            table->right = fmax(table->right, item->right);
            table->top = fmin(table->top, item->top);
            table->bottom = fmax(table->bottom, item->bottom);
            for (size_t k = 0; k < item->count; k++) {
                const struct page_glyph *glyph = &lines->layer->glyphs[item->glyphs[k]];
                size_t column = column_of(gaps, count, (glyph->from + glyph->to) / 2);
                if (!page_cell_add(&table->cells[row * table->columns + column], arena, item->glyphs[k]))
                    return false;
            }
        }
    }
    for (size_t i = 0; i < table->rows * table->columns; i++) {
        table->cells[i].columns = 1;
        page_sort_lines(lines->layer, table->cells[i].glyphs, table->cells[i].count);
    }
    return true;
}

// A table has two rows of several cells at least; less is chance.
static bool is_likely(const struct page_table *table) {
    size_t rows = 0;
    for (size_t row = 0; row < table->rows; row++) {
        size_t filled = 0;
        for (size_t column = 0; column < table->columns; column++)
            filled += table->cells[row * table->columns + column].count > 0;
        rows += filled >= CELLS_LEAST;
    }
    return rows >= 2;
}

// Makes the lines FROM to END a table and puts it in the place of their items, which are marked GONE.
static bool make_table(const struct lines *lines, size_t from, size_t end, const struct gap *gaps,
                       size_t count, struct gaz_arena *arena, struct page_items *made, bool *gone) {
    struct page_table *table = gaz_arena_alloc(arena, sizeof *table);
    bool *begins = gaz_arena_alloc(arena, (end - from) * sizeof *begins);
    if (!table || !begins)
        return false;
    table->rows = find_rows(lines, from, end, gaps, begins);
    table->columns = count + 1;
    table->cells = gaz_arena_alloc(arena, table->rows * table->columns * sizeof *table->cells);
    if (!table->cells || !fill_table(lines, from, end, gaps, count, begins, table, arena))
        return false;
    if (!is_likely(table))
        return true;
    for (size_t i = lines->starts[from]; i < lines->starts[end]; i++)
        gone[lines->order[i]] = true;
    struct page_item item = {.left = table->left,
                             .right = table->right,
                             .top = table->top,
                             .bottom = table->bottom,
                             .middle = (table->top + table->bottom) / 2,
                             .em = item_at(lines, lines->starts[from])->em,
                             .table = table};
    return page_items_add(made, arena, item);
}

bool page_find_gapped(const struct page_layer *layer, struct gaz_arena *arena, struct page_items *items) {
    struct lines lines;
    struct page_items made = {0};
    bool *gone = gaz_arena_alloc(arena, items->count + 1);
    if (!gone || !make_lines(layer, items, arena, &lines))
        return false;
    for (size_t line = 0; line < lines.count;) {
        struct gap gaps[GAPS_MAX];
        size_t count = 0, end = table_end(&lines, line, gaps, &count);
        if (end < line + LINES_LEAST) {
            line++;
            continue;
        }
        if (!is_text(&lines, line, end, gaps, count) &&
            !make_table(&lines, line, end, gaps, count, arena, &made, gone))
            return false;
        line = end;
    }
    size_t kept = 0;
    for (size_t i = 0; i < items->count; i++)
        if (!gone[i])
            items->items[kept++] = items->items[i];
    items->count = kept;
    for (size_t i = 0; i < made.count; i++)
        if (!page_items_add(items, arena, made.items[i]))
            return false;
    return true;
}
