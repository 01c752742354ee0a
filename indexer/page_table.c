// SPDX-License-Identifier: GPL-2.0-or-later
//
// Tables by their ruling lines: lines that touch make a grid; fields of it with no line between them are one
// cell (merged cells); a character is in the field that its middle is in.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "indexer/page_parts.h"

enum { EDGES_MAX = 65, TOPS_MAX = 600, FIELDS_MAX = 16384, SAMPLES = 5 };

static const double TOUCH = 3.0;     // points between rules that meet
static const double COVERED = 0.5;   // of the side of a field, to be a line between two
static const double STROKE_MAX = 70; // points: longer rules are no strokes of characters

static bool is_level(const struct gaz_pdf_rule *rule) {
    return rule->y2 - rule->y1 <= rule->x2 - rule->x1;
}

static bool touch(const struct gaz_pdf_rule *a, const struct gaz_pdf_rule *b) {
    return (double)(a->x1 - b->x2) <= TOUCH && (double)(b->x1 - a->x2) <= TOUCH &&
           (double)(a->y1 - b->y2) <= TOUCH && (double)(b->y1 - a->y2) <= TOUCH;
}

static size_t root_of(size_t *parents, size_t i) {
    while (parents[i] != i) {
        parents[i] = parents[parents[i]];
        i = parents[i];
    }
    return i;
}

// --- the grid

struct grid {
    double edges[EDGES_MAX]; // of columns, ascending
    double tops[TOPS_MAX];   // of rows
    size_t columns, rows;    // one less than there are edges
};

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// Sorts VALUES and leaves one of those that are the same line; returns how many.
static size_t distinct(double *values, size_t count) {
    size_t kept = 0;
    qsort(values, count, sizeof *values, by_value);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || values[i] - values[kept - 1] > TOUCH)
            values[kept++] = values[i];
    return kept;
}

// The lines of one group of rules as a grid, closed at its sides: tables are often open there.
static bool make_grid(const struct page_layer *layer, size_t *parents, size_t root, double *room,
                      struct grid *grid) {
    double *across = room, *along = room + 2 * layer->rule_count + 2;
    size_t columns = 0, rows = 0;
    for (size_t i = 0; i < layer->rule_count; i++) {
        const struct gaz_pdf_rule *rule = &layer->rules[i];
        if (root_of(parents, i) != root)
            continue;
        along[columns++] = is_level(rule) ? (double)rule->x1 : (double)(rule->x1 + rule->x2) / 2;
        across[rows++] = is_level(rule) ? (double)(rule->y1 + rule->y2) / 2 : (double)rule->y1;
    }
    size_t rules = columns;
    double right = -INFINITY, bottom = -INFINITY;
    for (size_t i = 0; i < layer->rule_count; i++)
        if (root_of(parents, i) == root) {
            right = fmax(right, (double)layer->rules[i].x2);
            bottom = fmax(bottom, (double)layer->rules[i].y2);
        }
    along[columns++] = right;
    across[rows++] = bottom;
    columns = distinct(along, columns);
    rows = distinct(across, rows);
    if (rules < 4 || columns < 3 || rows < 2 || columns > EDGES_MAX || rows > TOPS_MAX ||
        columns * rows > FIELDS_MAX || (rows == 2 && columns == 3))
        return false;
    memcpy(grid->edges, along, columns * sizeof *along);
    memcpy(grid->tops, across, rows * sizeof *across);
    grid->columns = columns - 1;
    grid->rows = rows - 1;
    return true;
}

// --- strokes

static bool is_in_glyph(const struct page_glyph *glyph, double x, double y, bool level) {
    double reach = glyph->em * (level ? 0.4 : 0.5);
    return x > glyph->from && x < glyph->to && y > glyph->middle - reach && y < glyph->middle + reach;
}

// Whether a rule is only a stroke of characters (一, ——): it runs through them.
static bool is_stroke(const struct page_layer *layer, const struct gaz_pdf_rule *rule) {
    double wide = (double)(rule->x2 - rule->x1), high = (double)(rule->y2 - rule->y1);
    size_t inside = 0;
    if (wide > STROKE_MAX || high > STROKE_MAX)
        return false;
    for (int sample = 0; sample < SAMPLES; sample++) {
        double part = (sample + 0.5) / SAMPLES, x = (double)rule->x1 + part * wide,
               y = (double)rule->y1 + part * high;
        for (size_t i = 0; i < layer->count; i++)
            if (is_in_glyph(&layer->glyphs[i], x, y, is_level(rule))) {
                inside++;
                break;
            }
    }
    return inside + 1 >= SAMPLES;
}

// --- cells

struct fields {
    const struct grid *grid;
    size_t *parents;        // rows × columns, of the cell that a field is in
    double *under, *beside; // how much of its lower and right side is ruled
};

// Between which of the COUNT + 1 lines VALUE lies; COUNT when outside.
static size_t between(const double *lines, size_t count, double value) {
    size_t low = 0, high = count;
    if (value < lines[0] || value > lines[count])
        return count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (value < lines[middle])
            high = middle;
        else
            low = middle;
    }
    return low;
}

// Adds what RULE covers of the sides of fields along it: of the line that is nearest to it.
static void cover(const struct grid *grid, const struct gaz_pdf_rule *rule, struct fields *fields) {
    bool level = is_level(rule);
    const double *lines = level ? grid->tops : grid->edges, *steps = level ? grid->edges : grid->tops;
    size_t line_count = level ? grid->rows : grid->columns, step_count = level ? grid->columns : grid->rows;
    double at = (double)(level ? rule->y1 + rule->y2 : rule->x1 + rule->x2) / 2;
    double from = (double)(level ? rule->x1 : rule->y1), to = (double)(level ? rule->x2 : rule->y2);
    for (size_t line = 1; line < line_count; line++) {
        if (fabs(lines[line] - at) > TOUCH)
            continue;
        for (size_t step = 0; step < step_count; step++) {
            double part = fmin(to, steps[step + 1]) - fmax(from, steps[step]);
            size_t field = level ? (line - 1) * grid->columns + step : step * grid->columns + line - 1;
            if (part > 0)
                (level ? fields->under : fields->beside)[field] += part / (steps[step + 1] - steps[step]);
        }
    }
}

static void unite(size_t *parents, size_t a, size_t b) {
    a = root_of(parents, a);
    b = root_of(parents, b);
    parents[a > b ? a : b] = a > b ? b : a; // the root is the first field of the cell
}

static void merge_fields(struct fields *fields) {
    const struct grid *grid = fields->grid;
    for (size_t r = 0; r < grid->rows; r++)
        for (size_t c = 0; c < grid->columns; c++) {
            size_t field = r * grid->columns + c;
            if (r + 1 < grid->rows && fields->under[field] < COVERED)
                unite(fields->parents, field, field + grid->columns);
            if (c + 1 < grid->columns && fields->beside[field] < COVERED)
                unite(fields->parents, field, field + 1);
        }
}

static bool make_fields(const struct page_layer *layer, size_t *parents, size_t root, const struct grid *grid,
                        struct gaz_arena *arena, struct fields *fields) {
    size_t count = grid->rows * grid->columns;
    *fields = (struct fields){grid, gaz_arena_alloc(arena, count * sizeof *fields->parents),
                              gaz_arena_alloc(arena, count * sizeof *fields->under),
                              gaz_arena_alloc(arena, count * sizeof *fields->beside)};
    if (!fields->parents || !fields->under || !fields->beside)
        return false;
    for (size_t i = 0; i < count; i++)
        fields->parents[i] = i;
    for (size_t i = 0; i < layer->rule_count; i++)
        if (root_of(parents, i) == root)
            cover(grid, &layer->rules[i], fields);
    merge_fields(fields);
    return true;
}

// Gives each glyph in the grid to its cell; returns how many cells have any, SIZE_MAX when memory is out.
static size_t fill_cells(const struct page_layer *layer, const struct fields *fields, const bool *taken,
                         struct gaz_arena *arena, struct page_table *table) {
    const struct grid *grid = fields->grid;
    size_t filled = 0;
    for (size_t i = 0; i < layer->count; i++) {
        const struct page_glyph *glyph = &layer->glyphs[i];
        size_t column = between(grid->edges, grid->columns, (glyph->from + glyph->to) / 2);
        size_t row = between(grid->tops, grid->rows, glyph->middle);
        if (taken[i] || column == grid->columns || row == grid->rows)
            continue;
        struct page_cell *cell = &table->cells[root_of(fields->parents, row * grid->columns + column)];
        filled += cell->count == 0;
        if (!page_cell_add(cell, arena, i))
            return SIZE_MAX;
    }
    return filled;
}

static void finish_cells(const struct page_layer *layer, const struct fields *fields,
                         struct page_table *table, bool *taken) {
    for (size_t i = 0; i < table->rows * table->columns; i++) {
        struct page_cell *cell = &table->cells[i];
        size_t column = i % table->columns, end = column + 1;
        while (end < table->columns &&
               root_of(fields->parents, i + end - column) == root_of(fields->parents, i))
            end++;
        cell->columns = end - column;
        page_sort_lines(layer, cell->glyphs, cell->count);
        for (size_t k = 0; k < cell->count; k++)
            taken[cell->glyphs[k]] = true;
    }
}

static bool read_table(const struct page_layer *layer, size_t *parents, size_t root, const struct grid *grid,
                       struct gaz_arena *arena, struct page_tables *tables, bool *taken) {
    struct fields fields;
    struct page_table table = {grid->edges[0],
                               grid->edges[grid->columns],
                               grid->tops[0],
                               grid->tops[grid->rows],
                               grid->rows,
                               grid->columns,
                               NULL};
    table.cells = gaz_arena_alloc(arena, grid->rows * grid->columns * sizeof *table.cells);
    if (!table.cells || !make_fields(layer, parents, root, grid, arena, &fields))
        return false;
    size_t filled = fill_cells(layer, &fields, taken, arena, &table);
    if (filled == SIZE_MAX)
        return false;
    if (filled < 2) // a frame round a picture or a text
        return true;
    finish_cells(layer, &fields, &table, taken);
    return page_tables_add(tables, arena, table);
}

bool page_find_ruled(const struct page_layer *layer, struct gaz_arena *arena, struct page_tables *tables,
                     bool *taken) {
    size_t count = layer->rule_count;
    size_t *parents = gaz_arena_alloc(arena, (count + 1) * sizeof *parents);
    double *room = gaz_arena_alloc(arena, (4 * count + 4) * sizeof *room);
    struct grid *grid = gaz_arena_alloc(arena, sizeof *grid);
    if (!parents || !room || !grid)
        return false;
    bool *stroke = gaz_arena_alloc(arena, count + 1);
    if (!stroke)
        return false;
    for (size_t i = 0; i < count; i++) {
        parents[i] = i;
        stroke[i] = is_stroke(layer, &layer->rules[i]);
    }
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i && !stroke[i]; j++)
            if (!stroke[j] && touch(&layer->rules[i], &layer->rules[j]))
                unite(parents, i, j);
    for (size_t i = 0; i < count; i++)
        if (parents[i] == i && make_grid(layer, parents, i, room, grid) &&
            !read_table(layer, parents, i, grid, arena, tables, taken))
            return false;
    return true;
}
