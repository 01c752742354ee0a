// SPDX-License-Identifier: GPL-2.0-or-later
//
// Reads tables whose cells are kept apart by tabs or wide gaps. A row may take several lines: what stands on
// the later ones goes on with the cell above it. The glyphs are put into the order of the cells, so that each
// cell is one range.
#include "indexer/table_parse.h"

#include <string.h>

#include "shim/unicode.h"

enum { MAX_CELLS = 64 };

// A row in the making: the stretches of text of each cell.
struct stretch {
    size_t column;
    struct gaz_table_range range; // in the text
};

struct grid {
    const struct gaz_table_text *text;
    const struct gaz_table_head *head;
    size_t starts[GAZ_TABLE_MAX_COLUMNS]; // where the columns begin on the page, in columns of print
    struct stretch *stretches;            // of the present row
    size_t count, capacity;
    struct gaz_table_text *data;
    struct gaz_table_records *records;
    struct gaz_arena *scratch;
};

size_t gaz_table_line_end(const struct gaz_table_text *text, size_t at) {
    size_t line = text->glyphs[at].line;
    while (at < text->count && text->glyphs[at].line == line)
        at++;
    return at;
}

size_t gaz_table_grid_cells(const struct gaz_table_text *text, size_t at,
                            struct gaz_table_range cells[GAZ_TABLE_MAX_COLUMNS]) {
    struct gaz_table_line_cell bytes[MAX_CELLS];
    const struct gaz_line *line = text->lines[text->glyphs[at].line];
    size_t count = gaz_table_line_cells(text->source, line, bytes, MAX_CELLS),
           end = gaz_table_line_end(text, at);
    count = count < GAZ_TABLE_MAX_COLUMNS ? count : GAZ_TABLE_MAX_COLUMNS;
    for (size_t i = 0; i < count; i++) {
        cells[i].from = at;
        bool last = i + 1 == count; // takes what is left, so that nothing is lost
        while (at < end && (last || text->glyphs[at].offset < line->span.offset + bytes[i].to))
            at++;
        cells[i].to = at;
    }
    return count;
}

bool gaz_table_is_grid(const struct gaz_table_text *text) {
    size_t lines = 0, cells = 0;
    struct gaz_table_range ranges[GAZ_TABLE_MAX_COLUMNS];
    for (size_t at = 0; at < text->count; at = gaz_table_line_end(text, at)) {
        lines++;
        cells += gaz_table_grid_cells(text, at, ranges) > 1;
    }
    return !text->sideways && cells >= 2 && cells * 3 >= lines;
}

// Where a glyph stands on the page: columns of print before it in its line.
static size_t place_of(const struct gaz_table_text *text, size_t at) {
    const struct gaz_line *line = text->lines[text->glyphs[at].line];
    size_t place = line->indent;
    for (size_t byte = line->span.offset; byte < text->glyphs[at].offset;) {
        uint32_t code;
        byte += gaz_utf8_decode(text->source + byte, text->glyphs[at].offset - byte, &code);
        place += (size_t)gaz_unicode_width(code);
    }
    return place;
}

// The column whose head begins nearest to PLACE, FIRST or a later one.
static size_t nearest(const struct grid *g, size_t place, size_t first) {
    size_t best = first, distance = SIZE_MAX;
    for (size_t i = first; i < g->head->count; i++) {
        size_t here = place > g->starts[i] ? place - g->starts[i] : g->starts[i] - place;
        if (here < distance) {
            distance = here;
            best = i;
        }
    }
    return best;
}

static bool empty(struct gaz_table_range range) {
    return range.from == range.to;
}

// A running number: 12, 3., 2-1, but not 45号.
static bool is_number(const struct grid *g, struct gaz_table_range cell) {
    for (size_t i = cell.from; i < cell.to; i++) {
        uint32_t code = g->text->glyphs[i].code;
        if (!gaz_table_is_digit(code) && (i == cell.from || (code != '.' && code != '-' && code != U'、')))
            return false;
    }
    return !empty(cell);
}

// 合计: a row without a running number.
static bool is_sum(const struct grid *g, struct gaz_table_range cell) {
    static const char *const words[] = {"合计", "总计", "小计", "共计", "合计："};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!empty(cell) && gaz_table_word_at(g->text, cell.from, words[i]) == cell.to - cell.from)
            return true;
    return false;
}

// Whether a line of COUNT cells goes on in the middle of the present row, where a cell was broken: it begins
// at the margin, but not with the running number that stands there, and has not all the cells of a row.
static bool goes_on(const struct grid *g, const struct gaz_table_range *cells, size_t count) {
    if (g->count == 0 || empty(cells[0]) || g->head->columns[0].role != GAZ_ROLE_NUMBER ||
        is_sum(g, cells[0]) || count == g->head->count)
        return false;
    return !is_number(g, cells[0]) && place_of(g->text, cells[0].from) <= g->starts[0] + 1;
}

// Finds the column of each of the COUNT cells of a line: by tabs, by their number, or by where they stand.
static void find_columns(const struct grid *g, const struct gaz_table_range *cells, size_t count, bool tabbed,
                         size_t *columns) {
    size_t last = g->head->count - 1, next = 0;
    if (goes_on(g, cells, count)) {
        size_t broken = g->stretches[g->count - 1].column;
        next = broken + count <= g->head->count ? broken : g->head->count - count;
        tabbed = true;
    }
    for (size_t i = 0; i < count; i++) {
        if (tabbed || count == g->head->count)
            columns[i] = next < last ? next : last;
        else
            columns[i] = nearest(g, empty(cells[i]) ? 0 : place_of(g->text, cells[i].from), next);
        next = columns[i] < last ? columns[i] + 1 : last;
    }
}

static bool has_tab(const struct grid *g, size_t at) {
    const struct gaz_line *line = g->text->lines[g->text->glyphs[at].line];
    return gaz_table_leading_tabs(g->text->source, line) > 0 ||
           memchr(g->text->source + line->span.offset, '\t', line->span.length) != NULL;
}

// --- rows

static bool holds(const struct grid *g, enum gaz_table_role role) {
    for (size_t i = 0; i < g->count; i++) {
        enum gaz_table_role here = g->head->columns[g->stretches[i].column].role;
        if (here == role || (role == GAZ_ROLE_UNITS && here == GAZ_ROLE_LEAD_UNITS))
            return true;
    }
    return false;
}

// Whether the sentences of the present row have ended.
static bool text_ended(const struct grid *g) {
    for (size_t i = g->count; i-- > 0;) {
        if (g->head->columns[g->stretches[i].column].role == GAZ_ROLE_TEXT) {
            uint32_t last = g->text->glyphs[g->stretches[i].range.to - 1].code;
            return last == U'。' || last == ';';
        }
    }
    return false;
}

// Whether a line of cells begins a row: it has a running number, or words in its place, or more than one cell
// after a row that is whole.
static bool begins_row(const struct grid *g, const struct gaz_table_range *cells, const size_t *columns,
                       size_t count) {
    bool numbered = false, text = false, units = false;
    bool led = count > 1 && empty(cells[0]); // tabs stand for cells merged with those above
    size_t filled = 0;
    for (size_t i = 0; i < count; i++) {
        if (empty(cells[i]))
            continue;
        enum gaz_table_role role = g->head->columns[columns[i]].role;
        filled++;
        numbered = numbered || (role == GAZ_ROLE_NUMBER && (is_number(g, cells[i]) || i == 0));
        text = text || role == GAZ_ROLE_TEXT;
        units = units || role == GAZ_ROLE_UNITS || role == GAZ_ROLE_LEAD_UNITS;
    }
    if (numbered || g->count == 0)
        return true;
    if (g->head->columns[0].role != GAZ_ROLE_NUMBER && !empty(cells[0]) && columns[0] == 0)
        return filled * 2 > g->head->count;
    return text && (units || led) && holds(g, GAZ_ROLE_UNITS) && text_ended(g);
}

static bool add_stretch(struct grid *g, size_t column, struct gaz_table_range range) {
    if (empty(range))
        return true;
    if (g->count == g->capacity) {
        size_t capacity = g->capacity ? g->capacity * 2 : 32;
        struct stretch *stretches = gaz_arena_alloc(g->scratch, capacity * sizeof *stretches);
        if (!stretches)
            return false;
        if (g->count > 0)
            memcpy(stretches, g->stretches, g->count * sizeof *stretches);
        g->stretches = stretches;
        g->capacity = capacity;
    }
    g->stretches[g->count++] = (struct stretch){column, range};
    return true;
}

// Columns before the first cell of RECORD are those of the row above, and so are names that are not printed
// again.
static void carry_down(const struct grid *g, struct gaz_table_record *record,
                       const struct gaz_table_record *above) {
    bool leading = true;
    for (size_t i = 0; i < record->count; i++) {
        leading = leading && empty(record->fields[i].range);
        if (!empty(record->fields[i].range) || (!leading && g->head->columns[i].role != GAZ_ROLE_NAME))
            continue;
        record->fields[i].range = above->fields[i].range;
        record->fields[i].carried = !empty(above->fields[i].range);
    }
}

// Words in the place of the running number (合计, 一、交通): a row that takes nothing from the one above.
static bool stands_alone(const struct grid *g, const struct gaz_table_record *record) {
    struct gaz_table_range first = record->fields[0].range;
    return g->head->columns[0].role == GAZ_ROLE_NUMBER && !empty(first) &&
           !gaz_table_is_digit(g->data->glyphs[first.from].code);
}

// Ends the present row: its stretches become cells, its glyphs go to the data.
static bool end_row(struct grid *g) {
    struct gaz_table_record record = {.count = g->head->count, .confidence = 0.9};
    if (g->count == 0)
        return true;
    for (size_t column = 0; column < g->head->count; column++) {
        struct gaz_table_field *field = &record.fields[column];
        field->range.from = g->data->count;
        for (size_t i = 0; i < g->count; i++) {
            struct gaz_table_range range = g->stretches[i].range;
            if (g->stretches[i].column != column)
                continue;
            memcpy(g->data->glyphs + g->data->count, g->text->glyphs + range.from,
                   (range.to - range.from) * sizeof *g->text->glyphs);
            g->data->count += range.to - range.from;
        }
        field->range.to = g->data->count;
    }
    g->count = 0;
    if (g->records->count > 0 && !stands_alone(g, &record))
        carry_down(g, &record, &g->records->items[g->records->count - 1]);
    return gaz_table_records_add(g->records, g->scratch, &record);
}

// Reads the line of cells at AT.
static bool read_line(struct grid *g, size_t at) {
    struct gaz_table_range cells[GAZ_TABLE_MAX_COLUMNS];
    size_t columns[GAZ_TABLE_MAX_COLUMNS];
    size_t count = gaz_table_grid_cells(g->text, at, cells);
    find_columns(g, cells, count, has_tab(g, at), columns);
    if (begins_row(g, cells, columns, count) && !end_row(g))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!add_stretch(g, columns[i], cells[i]))
            return false;
    }
    return true;
}

bool gaz_table_read_grid(const struct gaz_table_text *text, const struct gaz_table_text *head_text,
                         const struct gaz_table_head *head, struct gaz_arena *scratch,
                         struct gaz_table_text *data, struct gaz_table_records *out) {
    struct grid g = {.text = text, .head = head, .data = data, .records = out, .scratch = scratch};
    struct gaz_table_range cells[GAZ_TABLE_MAX_COLUMNS];
    size_t count = gaz_table_grid_cells(head_text, head->range.from, cells);
    for (size_t i = 0; i < count && i < head->count; i++)
        g.starts[i] =
            place_of(head_text, cells[i].from < head_text->count ? cells[i].from : cells[i].from - 1);
    *data = *text;
    data->count = 0;
    data->glyphs = gaz_arena_alloc(scratch, (text->count + 1) * sizeof *data->glyphs);
    if (!data->glyphs)
        return false;
    for (size_t at = 0; at < text->count; at = gaz_table_line_end(text, at)) {
        if (!read_line(&g, at))
            return false;
    }
    return end_row(&g);
}
