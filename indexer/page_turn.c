// SPDX-License-Identifier: GPL-2.0-or-later
//
// Which way the text of a page runs. A file may draw a sideways table upright on a turned page, or turned on
// an upright page; vertical writing as a vertical font, or as single characters one below the other. What all
// have in common is where the characters are: the nearest neighbour of one stands on its line. Groups that
// keep to themselves (a running head above a sideways table) are judged by themselves.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "indexer/page_parts.h"
#include "shim/unicode.h"

enum {
    BUCKET_MAX = 48,  // characters of a bucket that are looked at
    GROUP_SMALL = 12, // fewer characters do not tell by themselves how a table or a paragraph is turned …
    GROUP_LEAST = 4,  // … and fewer than these tell nothing
    FRAME_LEVEL = 3,  // rules that make a frame: level ones …
    FRAME_STEEP = 2   // … and upright ones
};

static const double NEAR = 2.2;  // ems between characters of one group
static const double EDGE = 0.15; // of the page, where running heads stand

struct mark {
    double x, y; // of its middle
    double em;
    size_t parent; // of its group (union-find)
    size_t next;   // in its bucket
};

struct group {
    size_t count;
    size_t level, steep; // nearest neighbours beside it, and above or below
    size_t up, down;     // the next character in the order of the file
    size_t corners[5];   // marks by corner
    double left, right, top, bottom;
    enum page_direction direction;
    bool early; // to be read before the layer that most of the page is in
};

struct turning {
    const struct gaz_pdf_page *page;
    struct mark *marks;
    size_t *buckets;
    size_t columns, rows;
    double bucket;        // its side
    struct group *groups; // at the index of the root
};

static const size_t none = SIZE_MAX;

// --- sizes

// The advance of a Han character is its size; what the file calls size is that times something, which the
// last Han character tells.
static void find_sizes(struct turning *t) {
    const struct gaz_pdf_page *page = t->page;
    double ratio = 0;
    for (size_t pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < page->char_count; i++) {
            const struct gaz_pdf_char *c = &page->chars[i];
            double wide = (double)(c->x2 - c->x1), high = (double)(c->y2 - c->y1), size = (double)c->size;
            double em = wide < high ? wide : high;
            bool han = gaz_unicode_is_han(c->code);
            if (han && size > 0 && em > 0)
                ratio = em / size;
            if (pass == 0 && ratio <= 0)
                continue; // the second pass has a ratio from the first, if there is any
            if (!han)
                em = size > 0 ? size * (ratio > 0 ? ratio : 1) : em;
            t->marks[i].em = em > 0.5 ? em : 0.5;
        }
}

// --- buckets

static size_t bucket_at(const struct turning *t, double x, double y) {
    double column = x / t->bucket, row = y / t->bucket;
    size_t c = column > 0 ? (size_t)column : 0, r = row > 0 ? (size_t)row : 0;
    c = c < t->columns ? c : t->columns - 1;
    r = r < t->rows ? r : t->rows - 1;
    return r * t->columns + c;
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static bool fill_buckets(struct turning *t, struct gaz_arena *arena) {
    enum { BUCKETS_SIDE = 512 };
    size_t count = t->page->char_count;
    double *sizes = gaz_arena_alloc(arena, (count + 1) * sizeof *sizes);
    if (!sizes)
        return false;
    for (size_t i = 0; i < count; i++)
        sizes[i] = t->marks[i].em;
    qsort(sizes, count, sizeof *sizes, by_value);
    double side = (double)(t->page->width > t->page->height ? t->page->width : t->page->height);
    t->bucket = fmax(NEAR * sizes[count / 2], side / BUCKETS_SIDE);
    t->columns = (size_t)((double)t->page->width / t->bucket) + 1;
    t->rows = (size_t)((double)t->page->height / t->bucket) + 1;
    t->buckets = gaz_arena_alloc(arena, t->columns * t->rows * sizeof *t->buckets);
    if (!t->buckets)
        return false;
    for (size_t i = 0; i < t->columns * t->rows; i++)
        t->buckets[i] = none;
    for (size_t i = 0; i < count; i++) {
        size_t *head = &t->buckets[bucket_at(t, t->marks[i].x, t->marks[i].y)];
        t->marks[i].next = *head;
        *head = i;
    }
    return true;
}

// --- groups

static size_t root_of(struct turning *t, size_t i) {
    while (t->marks[i].parent != i) {
        t->marks[i].parent = t->marks[t->marks[i].parent].parent;
        i = t->marks[i].parent;
    }
    return i;
}

static void unite(struct turning *t, size_t a, size_t b) {
    a = root_of(t, a);
    b = root_of(t, b);
    t->marks[a > b ? a : b].parent = a > b ? b : a;
}

// Unites mark I with those near it, and returns the nearest, NONE when there is none.
static size_t look_around(struct turning *t, size_t i) {
    size_t nearest = none;
    double least = 0;
    for (int step = 0; step < 9; step++) {
        double x = t->marks[i].x + (step % 3 - 1) * t->bucket, y = t->marks[i].y + (step / 3 - 1) * t->bucket;
        if (x < 0 || y < 0 || x > (double)t->page->width || y > (double)t->page->height)
            continue;
        size_t seen = 0;
        for (size_t j = t->buckets[bucket_at(t, x, y)]; j != none && seen++ < BUCKET_MAX;
             j = t->marks[j].next) {
            double far = hypot(t->marks[j].x - t->marks[i].x, t->marks[j].y - t->marks[i].y);
            if (j == i || far > NEAR * fmax(t->marks[i].em, t->marks[j].em))
                continue;
            unite(t, i, j);
            if (nearest == none || far < least) {
                nearest = j;
                least = far;
            }
        }
    }
    return nearest;
}

// What a group knows by one of its marks.
static void count_mark(struct turning *t, size_t i, size_t nearest) {
    const struct mark *mark = &t->marks[i];
    struct group *group = &t->groups[root_of(t, i)];
    if (group->count++ == 0)
        *group = (struct group){1, 0, 0, 0, 0, {0}, mark->x, mark->x, mark->y, mark->y, PAGE_RIGHT, false};
    group->left = fmin(group->left, mark->x);
    group->right = fmax(group->right, mark->x);
    group->top = fmin(group->top, mark->y);
    group->bottom = fmax(group->bottom, mark->y);
    group->corners[t->page->chars[i].corner <= GAZ_PDF_CORNER_BOTTOM_RIGHT ? t->page->chars[i].corner : 0]++;
    if (nearest != none) {
        bool level = fabs(t->marks[nearest].x - mark->x) > fabs(t->marks[nearest].y - mark->y);
        group->level += level;
        group->steep += !level;
    }
    if (i + 1 < t->page->char_count) {
        const struct mark *next = mark + 1;
        bool stacked = fabs(next->x - mark->x) < 0.3 * mark->em && fabs(next->y - mark->y) < 1.6 * mark->em;
        group->down += stacked && next->y > mark->y;
        group->up += stacked && next->y < mark->y;
    }
}

// A frame of rules holds together what stands in it, however far apart: the cells of a table.
static void unite_frames(struct turning *t) {
    const struct gaz_pdf_page *page = t->page;
    double left = INFINITY, right = -INFINITY, top = INFINITY, bottom = -INFINITY;
    size_t level = 0, steep = 0;
    for (size_t i = 0; i < page->rule_count; i++) {
        const struct gaz_pdf_rule *rule = &page->rules[i];
        left = fmin(left, (double)rule->x1);
        right = fmax(right, (double)rule->x2);
        top = fmin(top, (double)rule->y1);
        bottom = fmax(bottom, (double)rule->y2);
        level += rule->y1 == rule->y2;
        steep += rule->x1 == rule->x2;
    }
    size_t first = none;
    for (size_t i = 0; level >= FRAME_LEVEL && steep >= FRAME_STEEP && i < page->char_count; i++) {
        const struct mark *mark = &t->marks[i];
        if (mark->x < left || mark->x > right || mark->y < top || mark->y > bottom)
            continue;
        if (first != none)
            unite(t, first, i);
        first = first == none ? i : first;
    }
}

static bool make_groups(struct turning *t, struct gaz_arena *arena) {
    size_t count = t->page->char_count;
    size_t *nearest = gaz_arena_alloc(arena, (count + 1) * sizeof *nearest);
    t->groups = gaz_arena_alloc(arena, (count + 1) * sizeof *t->groups);
    if (!nearest || !t->groups)
        return false;
    for (size_t i = 0; i < count; i++)
        nearest[i] = look_around(t, i);
    unite_frames(t);
    for (size_t i = 0; i < count; i++)
        count_mark(t, i, nearest[i]);
    return true;
}

// --- directions

// How a group is turned by its own evidence.
static enum page_direction direction_of(const struct group *group) {
    const size_t *corners = group->corners;
    size_t upright = corners[GAZ_PDF_CORNER_BOTTOM_LEFT], other = corners[GAZ_PDF_CORNER_BOTTOM_RIGHT];
    size_t top = corners[GAZ_PDF_CORNER_TOP_LEFT] + corners[GAZ_PDF_CORNER_TOP_RIGHT];
    if (group->steep <= group->level)
        return corners[GAZ_PDF_CORNER_TOP_RIGHT] > upright + 1 ? PAGE_LEFT : PAGE_RIGHT;
    if (upright + other + top > 0)
        return other > upright + top ? PAGE_UP : PAGE_DOWN;
    return group->up > group->down ? PAGE_UP : PAGE_DOWN;
}

static bool lies_in(const struct group *inner, const struct group *outer) {
    return inner->left >= outer->left && inner->right <= outer->right && inner->top >= outer->top &&
           inner->bottom <= outer->bottom;
}

// A few characters follow the text they stand in; at its edges they may be running heads, or a vertical
// caption.
static bool follows(const struct group *group, const struct group *main) {
    if (group->count >= GROUP_SMALL)
        return false;
    bool steep = main->direction == PAGE_DOWN || main->direction == PAGE_UP;
    return group->count < (steep ? 2 : GROUP_LEAST) || lies_in(group, main);
}

// Finds how each group is turned; returns the root of the largest.
static size_t find_directions(struct turning *t) {
    size_t votes[PAGE_DIRECTIONS] = {0}, largest[PAGE_DIRECTIONS] = {0}, best = PAGE_RIGHT;
    struct group *groups = t->groups;
    for (size_t i = 0; i < t->page->char_count; i++) {
        if (groups[i].count == 0)
            continue;
        groups[i].direction = direction_of(&groups[i]);
        size_t *seen = &largest[groups[i].direction];
        if (votes[groups[i].direction] == 0 || groups[i].count > groups[*seen].count)
            *seen = i;
        votes[groups[i].direction] += groups[i].count;
    }
    for (size_t i = 0; i < PAGE_DIRECTIONS; i++)
        best = votes[i] > votes[best] ? i : best;
    const struct group *main = &groups[largest[best]];
    struct group all = *main; // the room of all that is turned like the largest
    for (size_t i = 0; i < t->page->char_count; i++)
        if (groups[i].count > 0 && groups[i].direction == main->direction) {
            all.left = fmin(all.left, groups[i].left);
            all.right = fmax(all.right, groups[i].right);
            all.top = fmin(all.top, groups[i].top);
            all.bottom = fmax(all.bottom, groups[i].bottom);
        }
    for (size_t i = 0; i < t->page->char_count; i++) {
        if (groups[i].count == 0)
            continue;
        if (follows(&groups[i], &all))
            groups[i].direction = main->direction;
        groups[i].early = groups[i].bottom < EDGE * (double)t->page->height;
    }
    return largest[best];
}

// --- layers

static double place_x(const struct gaz_pdf_page *page, enum page_direction direction, double x, double y) {
    return direction == PAGE_RIGHT  ? x
           : direction == PAGE_DOWN ? y
           : direction == PAGE_UP   ? (double)page->height - y
                                    : (double)page->width - x;
}

static double place_y(const struct gaz_pdf_page *page, enum page_direction direction, double x, double y) {
    return direction == PAGE_RIGHT  ? y
           : direction == PAGE_DOWN ? (double)page->width - x
           : direction == PAGE_UP   ? x
                                    : (double)page->height - y;
}

// Character I in its frame. A box that is much longer along the line than the character is high has the
// height of its font there: upright characters one below the other.
static struct page_glyph turn_glyph(const struct turning *t, size_t i, enum page_direction direction) {
    const struct gaz_pdf_char *c = &t->page->chars[i];
    const struct mark *mark = &t->marks[i];
    double a = place_x(t->page, direction, (double)c->x1, (double)c->y1);
    double b = place_x(t->page, direction, (double)c->x2, (double)c->y2);
    struct page_glyph glyph = {fmin(a, b), fmax(a, b), place_y(t->page, direction, mark->x, mark->y),
                               mark->em, c->code};
    if (glyph.to - glyph.from > 1.25 * mark->em) {
        double middle = (glyph.from + glyph.to) / 2;
        glyph.from = middle - mark->em / 2;
        glyph.to = middle + mark->em / 2;
    }
    return glyph;
}

static struct gaz_pdf_rule turn_rule(const struct gaz_pdf_page *page, const struct gaz_pdf_rule *rule,
                                     enum page_direction direction) {
    double ax = place_x(page, direction, (double)rule->x1, (double)rule->y1);
    double ay = place_y(page, direction, (double)rule->x1, (double)rule->y1);
    double bx = place_x(page, direction, (double)rule->x2, (double)rule->y2);
    double by = place_y(page, direction, (double)rule->x2, (double)rule->y2);
    return (struct gaz_pdf_rule){(float)fmin(ax, bx), (float)fmin(ay, by), (float)fmax(ax, bx),
                                 (float)fmax(ay, by)};
}

// Whether the group of character I is in the layer of DIRECTION, early or not.
static bool is_in(struct turning *t, size_t i, enum page_direction direction, bool main, bool early) {
    const struct group *group = &t->groups[root_of(t, i)];
    return group->direction == direction && (main || group->early == early);
}

// Adds the layer of DIRECTION; of the MAIN one all, of another what is early or what is not.
static bool add_layer(struct turning *t, enum page_direction direction, bool main, bool early,
                      struct gaz_arena *arena, struct page_layers *out) {
    struct page_layer *layer = &out->items[out->count];
    size_t count = 0;
    for (size_t i = 0; i < t->page->char_count; i++)
        count += is_in(t, i, direction, main, early);
    if (count == 0)
        return true;
    bool level = direction == PAGE_RIGHT || direction == PAGE_LEFT;
    *layer = (struct page_layer){.rule_count = t->page->rule_count,
                                 .length = (double)(level ? t->page->width : t->page->height)};
    layer->glyphs = gaz_arena_alloc(arena, count * sizeof *layer->glyphs);
    layer->rules = gaz_arena_alloc(arena, (layer->rule_count + 1) * sizeof *layer->rules);
    if (!layer->glyphs || !layer->rules)
        return false;
    for (size_t i = 0; i < t->page->char_count; i++)
        if (is_in(t, i, direction, main, early))
            layer->glyphs[layer->count++] = turn_glyph(t, i, direction);
    for (size_t i = 0; i < layer->rule_count; i++)
        layer->rules[i] = turn_rule(t->page, &t->page->rules[i], direction);
    out->count++;
    return true;
}

static bool add_others(struct turning *t, enum page_direction main, bool early, struct gaz_arena *arena,
                       struct page_layers *out) {
    for (size_t i = 0; i < PAGE_DIRECTIONS; i++)
        if (i != main && !add_layer(t, (enum page_direction)i, false, early, arena, out))
            return false;
    return true;
}

bool page_turn(const struct gaz_pdf_page *page, struct gaz_arena *arena, struct page_layers *out) {
    struct turning t = {.page = page};
    *out = (struct page_layers){0};
    if (page->char_count == 0)
        return true;
    t.marks = gaz_arena_alloc(arena, page->char_count * sizeof *t.marks);
    out->items = gaz_arena_alloc(arena, 2 * PAGE_DIRECTIONS * sizeof *out->items);
    if (!t.marks || !out->items)
        return false;
    for (size_t i = 0; i < page->char_count; i++) {
        const struct gaz_pdf_char *c = &page->chars[i];
        t.marks[i] =
            (struct mark){.x = (double)(c->x1 + c->x2) / 2, .y = (double)(c->y1 + c->y2) / 2, .parent = i};
    }
    find_sizes(&t);
    if (!fill_buckets(&t, arena) || !make_groups(&t, arena))
        return false;
    enum page_direction main = t.groups[find_directions(&t)].direction;
    return add_others(&t, main, true, arena, out) && add_layer(&t, main, true, false, arena, out) &&
           add_others(&t, main, false, arena, out);
}
