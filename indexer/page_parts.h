// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the files that read a page share. Lengths are points. Along: in the direction of reading; across: at a
// right angle to it, from each line to the next.
#ifndef GAZ_INDEXER_PAGE_PARTS_H
#define GAZ_INDEXER_PAGE_PARTS_H

#include "indexer/page.h"

// Where lines of text run to, on the page as it is shown.
enum page_direction { PAGE_RIGHT, PAGE_DOWN, PAGE_UP, PAGE_LEFT, PAGE_DIRECTIONS };

// A character in the frame of its layer, where lines run to the right and follow each other downwards.
struct page_glyph {
    double from, to; // along
    double middle;   // across
    double em;       // size of its print
    uint32_t code;
};

// Characters that are read together.
struct page_layer {
    struct page_glyph *glyphs;
    size_t count;
    struct gaz_pdf_rule *rules; // of the page, in the layer's frame
    size_t rule_count;
    double length; // of the frame, along
};

// Layers of a page in the order of reading.
struct page_layers {
    struct page_layer *items;
    size_t count;
};

// Turns the characters of PAGE upright. False when memory is out.
bool page_turn(const struct gaz_pdf_page *page, struct gaz_arena *arena, struct page_layers *out);

// A table: rows from the top, of cells from the left. Of a cell that goes over several rows or columns the
// first has the glyphs, in reading order.
struct page_cell {
    size_t *glyphs; // indices in the layer
    size_t count, capacity;
    size_t columns; // over how many it goes
};

struct page_table {
    double left, right, top, bottom;
    size_t rows, columns;
    struct page_cell *cells; // rows × columns
};

struct page_tables {
    struct page_table *items;
    size_t count, capacity;
};

// Something that has a place in the order of reading: glyphs that stand close together on a line, or a table.
struct page_item {
    double left, right, top, bottom;
    double middle;                  // across
    double em;                      // of its largest glyph
    const size_t *glyphs;           // from the left; NULL for a table
    size_t count;                   // of glyphs
    const struct page_table *table; // NULL for glyphs
};

struct page_items {
    struct page_item *items;
    size_t count, capacity;
};

// Adds one to ITEMS, growing in ARENA. False when memory is out.
bool page_items_add(struct page_items *items, struct gaz_arena *arena, struct page_item item);
bool page_tables_add(struct page_tables *tables, struct gaz_arena *arena, struct page_table table);
bool page_cell_add(struct page_cell *cell, struct gaz_arena *arena, size_t glyph);

// Finds the tables that ruling lines part into cells; TAKEN[i] is set for each glyph that one of them has.
// False when memory is out.
bool page_find_ruled(const struct page_layer *layer, struct gaz_arena *arena, struct page_tables *tables,
                     bool *taken);

// Joins the glyphs that are not TAKEN into items. False when memory is out.
bool page_find_items(const struct page_layer *layer, const bool *taken, struct gaz_arena *arena,
                     struct page_items *items);

// Takes out of ITEMS what is a table by its gaps and puts the tables there instead. False when memory is out.
bool page_find_gapped(const struct page_layer *layer, struct gaz_arena *arena, struct page_items *items);

// Writes ITEMS in reading order. False when memory is out.
bool page_write_items(const struct page_layer *layer, struct page_items *items, struct gaz_page_habit *habit,
                      struct gaz_arena *arena, struct gaz_page_text *out);

// Sorts COUNT glyphs, INDICES of LAYER, by lines and from the left in each.
void page_sort_lines(const struct page_layer *layer, size_t *indices, size_t count);

#endif
