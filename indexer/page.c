// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/page.h"

#include <math.h>

#include "indexer/page_parts.h"

static bool add_tables(const struct page_tables *tables, struct gaz_arena *arena, struct page_items *items) {
    for (size_t i = 0; i < tables->count; i++) {
        const struct page_table *table = &tables->items[i];
        struct page_item item = {.left = table->left,
                                 .right = table->right,
                                 .top = table->top,
                                 .bottom = table->bottom,
                                 .middle = (table->top + table->bottom) / 2,
                                 .em = 10,
                                 .table = table};
        if (!page_items_add(items, arena, item))
            return false;
    }
    return true;
}

static bool write_layer(const struct page_layer *layer, struct gaz_page_habit *habit, struct gaz_arena *arena,
                        struct gaz_page_text *out) {
    struct page_tables tables = {0};
    struct page_items items = {0};
    bool *taken = gaz_arena_alloc(arena, layer->count + 1);
    return taken && page_find_ruled(layer, arena, &tables, taken) &&
           page_find_items(layer, taken, arena, &items) && add_tables(&tables, arena, &items) &&
           page_write_items(layer, &items, habit, arena, out);
}

void gaz_page_end_line(struct gaz_page_text *out, enum gaz_line_sort sort) {
    gaz_buf_addch(&out->text, '\n');
    gaz_buf_addch(&out->sorts, (char)sort);
}

void gaz_page_text_free(struct gaz_page_text *text) {
    gaz_buf_free(&text->text);
    gaz_buf_free(&text->sorts);
}

bool gaz_page_write(const struct gaz_pdf_page *page, struct gaz_page_habit *habit,
                    struct gaz_page_text *out) {
    struct page_layers layers;
    struct gaz_arena *arena = gaz_arena_new();
    bool ok = arena && page_turn(page, arena, &layers);
    for (size_t i = 0; ok && i < layers.count; i++)
        ok = write_layer(&layers.items[i], habit, arena, out);
    gaz_arena_free(arena);
    return ok;
}
