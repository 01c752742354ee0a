// SPDX-License-Identifier: GPL-2.0-or-later
//
// Table repair, given all lines of any text as one run of fragments: rows and what is between them own every
// character once, in reading order.
#include <stdlib.h>
#include <string.h>

#include "indexer/reader.h"
#include "indexer/table.h"
#include "tests/support/owners.h"
#include "tests/support/property.h"

static void check_cell(const struct gaz_table_cell *cell, struct gaz_str source, unsigned char *owners) {
    require(cell->column && cell->text, "a cell has a column and a text");
    require(!cell->carried || cell->spans.count == 0, "a carried cell owns nothing");
    require(owners_spans_fit(&cell->spans, source.data, source.len), "a cell lies inside its source");
    owners_count(&cell->spans, owners);
}

// The cells of ROW own nothing twice, and nothing that the row does not own.
static void check_row(const struct gaz_table_row *row, struct gaz_str source) {
    unsigned char *of_row = calloc(source.len + 1, 1), *of_cells = calloc(source.len + 1, 1);
    require(of_row && of_cells, "there is memory");
    require(row->number > 0 && row->page > 0, "a row has a number and a page");
    require(row->confidence >= 0 && row->confidence <= 1, "confidence is between 0 and 1");
    owners_count(&row->spans, of_row);
    for (size_t i = 0; i < row->cell_count; i++)
        check_cell(&row->cells[i], source, of_cells);
    for (size_t at = 0; at < source.len; at++)
        require(of_cells[at] <= of_row[at], "what a cell owns its row owns");
    free(of_row);
    free(of_cells);
}

static void check_parts(const struct gaz_table *table, struct gaz_str source, unsigned char *owners) {
    for (size_t i = 0; i < table->part_count; i++) {
        const struct gaz_table_part *part = &table->parts[i];
        require(part->text && part->spans.count > 0, "a part has text and spans");
        require(owners_spans_fit(&part->spans, source.data, source.len), "a part lies inside its source");
        require((part->kind == GAZ_TABLE_ROW) == (part->row != NULL), "a row is a row");
        owners_count(&part->spans, owners);
        if (part->row)
            check_row(part->row, source);
    }
}

static void check_repair(const struct gaz_issue *issue) {
    struct gaz_str source = {issue->source.data, issue->source.len};
    struct gaz_table_context context = {.authority = property_authority()};
    struct gaz_tables tables;
    size_t count = issue->lines.count;
    const struct gaz_line **lines = calloc(count + 1, sizeof *lines);
    unsigned char *owners = calloc(source.len + 1, 1);
    require(lines && owners, "there is memory");
    for (size_t i = 0; i < count; i++)
        lines[i] = &issue->lines.items[i];
    require(gaz_table_repair(source.data, lines, count, &context, issue->arena, &tables, NULL) == GAZ_OK,
            "a table is repaired");
    for (size_t i = 0; i < tables.count; i++)
        check_parts(&tables.items[i], source, owners);
    require(owners_are_single(source.data, 0, source.len, owners, NULL), "every character is owned once");
    free(owners);
    free(lines);
}

// Runs of fragments end inside the lines.
static void check_runs(const struct gaz_issue *issue) {
    const struct gaz_lines *lines = &issue->lines;
    for (size_t at = 0; at < lines->count;) {
        size_t run = gaz_table_run(issue->source.data, lines->items, lines->count, at);
        require(run <= lines->count - at, "a run lies inside the lines");
        at += run > 0 ? run : 1;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_issue issue = {.arena = arena};
    require(arena != NULL, "there is memory");
    require(gaz_reader_take(&issue, "table.txt", (const char *)data, size, "UTF-8", NULL) == GAZ_OK,
            "text is cut into lines");
    check_runs(&issue);
    check_repair(&issue);
    gaz_arena_free(arena);
    return 0;
}
