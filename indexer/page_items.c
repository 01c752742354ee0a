// SPDX-License-Identifier: GPL-2.0-or-later
//
// Glyphs → items: what stands close together on one line.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "indexer/page_parts.h"

enum { BAND_OPEN = 12 }; // items of one height that may still go on

static const double GAP = 1.3;   // ems between glyphs of one item
static const double BACK = 0.6;  // ems by which glyphs may overlap
static const double SHIFT = 0.4; // ems by which they may differ in height

// Room for one more of COUNT things of SIZE bytes, in ARENA.
static void *grow(struct gaz_arena *arena, void *items, size_t count, size_t *capacity, size_t size) {
    if (count < *capacity)
        return items;
    size_t more = *capacity ? *capacity * 2 : 16;
    void *moved = gaz_arena_alloc(arena, more * size);
    if (!moved)
        return NULL;
    if (count > 0)
        memcpy(moved, items, count * size);
    *capacity = more;
    return moved;
}

bool page_items_add(struct page_items *items, struct gaz_arena *arena, struct page_item item) {
    struct page_item *room = grow(arena, items->items, items->count, &items->capacity, sizeof *room);
    if (!room)
        return false;
    items->items = room;
    room[items->count++] = item;
    return true;
}

bool page_tables_add(struct page_tables *tables, struct gaz_arena *arena, struct page_table table) {
    struct page_table *room = grow(arena, tables->items, tables->count, &tables->capacity, sizeof *room);
    if (!room)
        return false;
    tables->items = room;
    room[tables->count++] = table;
    return true;
}

bool page_cell_add(struct page_cell *cell, struct gaz_arena *arena, size_t glyph) {
    size_t *room = grow(arena, cell->glyphs, cell->count, &cell->capacity, sizeof *room);
    if (!room)
        return false;
    cell->glyphs = room;
    room[cell->count++] = glyph;
    return true;
}

// --- sorting

static int by_middle(const void *a, const void *b, void *context) {
    const struct page_glyph *glyphs = context;
    const struct page_glyph *x = &glyphs[*(const size_t *)a], *y = &glyphs[*(const size_t *)b];
    return (x->middle > y->middle) - (x->middle < y->middle);
}

static int by_start(const void *a, const void *b, void *context) {
    const struct page_glyph *glyphs = context;
    size_t i = *(const size_t *)a, j = *(const size_t *)b;
    const struct page_glyph *x = &glyphs[i], *y = &glyphs[j];
    if (x->from != y->from)
        return x->from > y->from ? 1 : -1;
    return (i > j) - (i < j);
}

void page_sort_lines(const struct page_layer *layer, size_t *indices, size_t count) {
    if (count < 2)
        return;
    qsort_r(indices, count, sizeof *indices, by_middle, layer->glyphs);
    for (size_t from = 0, to; from < count; from = to) {
        const struct page_glyph *last = &layer->glyphs[indices[from]];
        for (to = from + 1; to < count; to++) {
            const struct page_glyph *next = &layer->glyphs[indices[to]];
            if (next->middle - last->middle > SHIFT * fmax(next->em, last->em))
                break;
            last = next;
        }
        qsort_r(indices + from, to - from, sizeof *indices, by_start, layer->glyphs);
    }
}

// --- joining

// An item in the making.
struct open_item {
    size_t first, last, count; // glyphs; NEXT leads from one to the next
    bool used;
};

struct joining {
    const struct page_layer *layer;
    size_t *next;           // of each glyph in its item
    struct open_item *open; // BAND_OPEN for each band of height
    size_t bands;
    double top, band; // where the first begins, and the height of each
};

static size_t band_of(const struct joining *j, double middle) {
    double band = (middle - j->top) / j->band;
    size_t at = band > 0 ? (size_t)band : 0;
    return at < j->bands ? at : j->bands - 1;
}

static bool begin(struct joining *j, struct gaz_arena *arena) {
    enum { BANDS_MAX = 4096 };
    double top = INFINITY, bottom = -INFINITY, em = INFINITY;
    for (size_t i = 0; i < j->layer->count; i++) {
        const struct page_glyph *glyph = &j->layer->glyphs[i];
        top = fmin(top, glyph->middle);
        bottom = fmax(bottom, glyph->middle);
        em = fmin(em, glyph->em);
    }
    j->top = top;
    j->band = fmax(2 * em, fmax((bottom - top) / BANDS_MAX, 1));
    j->bands = (size_t)((bottom - top) / j->band) + 1;
    j->open = gaz_arena_alloc(arena, j->bands * BAND_OPEN * sizeof *j->open);
    j->next = gaz_arena_alloc(arena, (j->layer->count + 1) * sizeof *j->next);
    return j->open && j->next;
}

// How badly GLYPH goes on behind LAST, in ems; negative when it does not.
static double misfit(const struct page_glyph *last, const struct page_glyph *glyph) {
    double em = fmax(last->em, glyph->em), gap = (glyph->from - last->to) / em;
    double shift = fabs(glyph->middle - last->middle) / em;
    return gap > GAP || gap < -BACK || shift > SHIFT ? -1 : fabs(gap) + 2 * shift;
}

// The item that GLYPH goes on with, NULL when it begins one.
static struct open_item *find_open(const struct joining *j, const struct page_glyph *glyph) {
    size_t reach = (size_t)ceil(SHIFT * glyph->em / j->band) + 1, band = band_of(j, glyph->middle);
    size_t low = band > reach ? band - reach : 0,
           high = band + reach < j->bands ? band + reach : j->bands - 1;
    struct open_item *best = NULL;
    double least = 0;
    for (size_t i = low * BAND_OPEN; i < (high + 1) * BAND_OPEN; i++) {
        struct open_item *open = &j->open[i];
        double bad = open->used ? misfit(&j->layer->glyphs[open->last], glyph) : -1;
        if (bad >= 0 && (!best || bad < least)) {
            best = open;
            least = bad;
        }
    }
    return best;
}

static bool close_item(const struct joining *j, struct open_item *open, struct gaz_arena *arena,
                       struct page_items *items) {
    size_t *glyphs = gaz_arena_alloc(arena, open->count * sizeof *glyphs);
    const struct page_glyph *first = &j->layer->glyphs[open->first];
    struct page_item item = {.left = first->from, .right = first->to, .top = INFINITY, .bottom = -INFINITY};
    if (!glyphs)
        return false;
    for (size_t i = open->first, k = 0; k < open->count; i = j->next[i], k++) {
        const struct page_glyph *glyph = &j->layer->glyphs[i];
        item.right = fmax(item.right, glyph->to);
        item.top = fmin(item.top, glyph->middle - glyph->em / 2);
        item.bottom = fmax(item.bottom, glyph->middle + glyph->em / 2);
        item.em = fmax(item.em, glyph->em);
        glyphs[k] = i;
    }
    item.middle = (item.top + item.bottom) / 2;
    item.glyphs = glyphs;
    item.count = open->count;
    open->used = false;
    return page_items_add(items, arena, item);
}

// A free place in the band of GLYPH; the item that ends furthest behind makes room.
static struct open_item *make_room(const struct joining *j, const struct page_glyph *glyph,
                                   struct gaz_arena *arena, struct page_items *items) {
    struct open_item *band = &j->open[band_of(j, glyph->middle) * BAND_OPEN], *oldest = band;
    for (size_t i = 0; i < BAND_OPEN; i++) {
        if (!band[i].used)
            return &band[i];
        if (j->layer->glyphs[band[i].last].to < j->layer->glyphs[oldest->last].to)
            oldest = &band[i];
    }
    return close_item(j, oldest, arena, items) ? oldest : NULL;
}

static bool take_glyph(struct joining *j, size_t i, struct gaz_arena *arena, struct page_items *items) {
    struct open_item *open = find_open(j, &j->layer->glyphs[i]);
    if (open) {
        j->next[open->last] = i;
        open->last = i;
        open->count++;
        return true;
    }
    open = make_room(j, &j->layer->glyphs[i], arena, items);
    if (open)
        *open = (struct open_item){i, i, 1, true};
    return open != NULL;
}

bool page_find_items(const struct page_layer *layer, const bool *taken, struct gaz_arena *arena,
                     struct page_items *items) {
    struct joining j = {.layer = layer};
    size_t *order = gaz_arena_alloc(arena, (layer->count + 1) * sizeof *order), count = 0;
    if (layer->count == 0)
        return true;
    if (!order || !begin(&j, arena))
        return false;
    for (size_t i = 0; i < layer->count; i++)
        if (!taken[i])
            order[count++] = i;
    qsort_r(order, count, sizeof *order, by_start, layer->glyphs);
    for (size_t i = 0; i < count; i++)
        if (!take_glyph(&j, order[i], arena, items))
            return false;
    for (size_t i = 0; i < j.bands * BAND_OPEN; i++)
        if (j.open[i].used && !close_item(&j, &j.open[i], arena, items))
            return false;
    return true;
}
