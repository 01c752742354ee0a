// SPDX-License-Identifier: GPL-2.0-or-later
//
// Items → text in reading order. A gutter parts columns where lines on both sides end and begin at it; what
// stands across it (a title, a table) is read between what stands above and below it.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "indexer/page_parts.h"
#include "shim/unicode.h"
#include "shim/utf8.h"

enum { DEPTH_MAX = 6, REACH_LEAST = 3, INDENT_MAX = 40, LINES_KNOWN = 4 };

static const double SAME_LINE = 0.45;   // ems by which items of a line may differ in height
static const double REACH_LEFT = 3.0;   // ems from a gutter in which lines before it end …
static const double REACH_RIGHT = 4.5;  // … and lines behind it begin, indents included
static const double EDGE = 0.6;         // ems by which lines of one edge may differ
static const double INDENT = 2.0;       // ems, of a first line …
static const double INDENT_LEAST = 1.5; // … give or take
static const double INDENT_MOST = 2.6;
static const double FULL_LINE = 0.9;   // ems that a full line may lack
static const double MIDDLE_BEFORE = 4; // ems from the middle of the page to the columns beside it
static const double MIDDLE_BEHIND = 2;
static const double GUTTER_LEAST = 1.2; // ems
static const double COLUMN_LEAST = 8.0; // ems
static const double FULL = 0.5;         // of a column's width, which the lines that reach its gutter have
static const double HEAD_BLANK = 0.9;   // ems of blank between a running head and the text
static const double HEAD_PARTS = 3.0;   // ems between a running head and a folio beside it

struct writer {
    const struct page_layer *layer;
    struct gaz_arena *arena;
    struct gaz_page_habit *habit;
    struct gaz_page_text *out;
};

// Edges of a column.
struct edges {
    double left, right;
};

// Items of a part of the page, sorted by their middle.
struct part {
    const struct page_item **items;
    size_t count;
};

static int by_middle(const void *a, const void *b) {
    const struct page_item *x = *(const struct page_item *const *)a, *y = *(const struct page_item *const *)b;
    if (x->middle != y->middle)
        return x->middle > y->middle ? 1 : -1;
    return (x->left > y->left) - (x->left < y->left);
}

static int by_left(const void *a, const void *b) {
    const struct page_item *x = *(const struct page_item *const *)a, *y = *(const struct page_item *const *)b;
    if (x->left != y->left)
        return x->left > y->left ? 1 : -1;
    return (x->middle > y->middle) - (x->middle < y->middle);
}

// --- lines of text

static bool is_word(uint32_t code) {
    return code < 0x80 &&
           ((code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z'));
}

static void write_code(struct gaz_buf *text, uint32_t code) {
    char bytes[4];
    gaz_buf_add(text, bytes, gaz_utf8_encode(code, bytes));
}

// The blank that is seen between two glyphs of a line.
static void write_gap(struct gaz_buf *text, const struct page_glyph *last, const struct page_glyph *next) {
    double gap = (next->from - last->to) / fmax(last->em, next->em);
    if (gap > 1.6)
        gaz_buf_addstr(text, "  ");
    else if (gap > (is_word(last->code) && is_word(next->code) ? 0.18 : 0.6))
        gaz_buf_addch(text, ' ');
}

static void write_glyphs(const struct writer *w, const size_t *glyphs, size_t count,
                         const struct page_glyph **last) {
    for (size_t i = 0; i < count; i++) {
        const struct page_glyph *glyph = &w->layer->glyphs[glyphs[i]];
        if (*last)
            write_gap(&w->out->text, *last, glyph);
        write_code(&w->out->text, glyph->code);
        *last = glyph;
    }
}

static void write_indent(const struct writer *w, double indent) {
    for (int i = 0; i < INDENT_MAX && i + 0.5 < indent; i++)
        gaz_buf_addstr(&w->out->text, "　");
}

// --- tables

// The text of a cell: its lines joined, with a blank only between two words.
static void write_cell(const struct writer *w, const struct page_cell *cell) {
    const struct page_glyph *last = NULL;
    for (size_t i = 0; i < cell->count; i++) {
        const struct page_glyph *glyph = &w->layer->glyphs[cell->glyphs[i]];
        bool wrapped = last && glyph->from < last->to - last->em;
        if (wrapped && is_word(last->code) && is_word(glyph->code) && last->code > '9' && glyph->code > '9')
            gaz_buf_addch(&w->out->text, ' ');
        else if (last && !wrapped)
            write_gap(&w->out->text, last, glyph);
        write_code(&w->out->text, glyph->code);
        last = glyph;
    }
}

static void write_row(const struct writer *w, const struct page_table *table, const struct page_cell *cells) {
    size_t filled = 0, only = 0;
    for (size_t i = 0; i < table->columns; i++) {
        filled += cells[i].count > 0;
        only = cells[i].count > 0 ? i : only;
    }
    if (filled == 0)
        return;
    if (filled == 1 && cells[only].columns == table->columns) { // a title in the frame
        write_cell(w, &cells[only]);
        gaz_page_end_line(w->out, GAZ_LINE_ANY);
        return;
    } else {
        for (size_t i = 0; i < table->columns; i++) {
            if (i > 0)
                gaz_buf_addch(&w->out->text, '\t');
            write_cell(w, &cells[i]);
        }
    }
    gaz_page_end_line(w->out, GAZ_LINE_ROW);
}

// --- a column

// Whether CODE ends a sentence.
static bool is_end(uint32_t code) {
    return code == U'。' || code == U'；' || code == U'：' || code == U'！' || code == U'？';
}

// What the place of a line says: with an indent it begins a paragraph, and without one it goes on from a full
// line above. That holds in files whose first lines are indented; after the end of a sentence what goes on
// must be full, too.
static enum gaz_line_sort sort_line(struct gaz_page_habit *habit, double indent, bool full, uint32_t end) {
    bool indented = indent >= INDENT_LEAST && indent <= INDENT_MOST,
         inner = indent < EDGE && habit->last_full;
    bool known = habit->indented >= LINES_KNOWN && habit->indented * 2 < habit->lines;
    inner = inner && (full || !is_end(habit->last_code));
    habit->lines++;
    habit->indented += indented;
    habit->last_full = full;
    habit->last_code = end;
    return !known ? GAZ_LINE_ANY : indented ? GAZ_LINE_FIRST : inner ? GAZ_LINE_INNER : GAZ_LINE_ANY;
}

// Writes the items of one line, and returns its last glyph.
static const struct page_glyph *write_items(const struct writer *w, const struct page_item **items,
                                            size_t count, double indent) {
    const struct page_glyph *last = NULL;
    write_indent(w, indent);
    for (size_t i = 0; i < count; i++)
        write_glyphs(w, items[i]->glyphs, items[i]->count, &last);
    return last;
}

static void write_line(const struct writer *w, const struct page_item **items, size_t count,
                       const struct edges *edges) {
    qsort(items, count, sizeof *items, by_left);
    double em = items[0]->em, indent = (items[0]->left - edges->left) / em;
    const struct page_glyph *last = write_items(w, items, count, indent);
    bool full = last->to > edges->right - FULL_LINE * em;
    gaz_page_end_line(w->out, sort_line(w->habit, indent, full, last->code));
}

// Writes PART from the top down.
static void write_column(const struct writer *w, struct part part, const struct edges *edges) {
    for (size_t i = 0, end; i < part.count; i = end) {
        const struct page_item *first = part.items[i];
        end = i + 1;
        if (first->table) {
            for (size_t row = 0; row < first->table->rows; row++)
                write_row(w, first->table, first->table->cells + row * first->table->columns);
            w->habit->last_full = false;
            continue;
        }
        while (end < part.count && !part.items[end]->table &&
               part.items[end]->middle - first->middle <= SAME_LINE * fmax(first->em, part.items[end]->em))
            end++;
        write_line(w, part.items + i, end - i, edges);
    }
}

// --- gutters

static struct edges edges_of(const struct part *part) {
    struct edges edges = {INFINITY, -INFINITY};
    for (size_t i = 0; i < part->count; i++) {
        edges.left = fmin(edges.left, part->items[i]->left);
        edges.right = fmax(edges.right, part->items[i]->right);
    }
    return edges;
}

struct gutter {
    double from, to;
};

// The edges that lines of PART are held against. A few lines, as a signature overleaf, do not show where full
// ones end.
static struct edges column_edges(const struct part *part) {
    struct edges edges = edges_of(part);
    if (part->count < LINES_KNOWN)
        edges.right = INFINITY;
    return edges;
}

// What speaks for a gutter: lines that end just before it and those that begin just behind it.
struct evidence {
    size_t before, behind, across;
    size_t left;    // all that end before it
    size_t beyond;  // further behind it
    double widest;  // of those behind it, in ems
    size_t aligned; // of those before it, at one edge
    size_t level;   // of those behind it, at one edge or with the indent of a first line
};

static struct evidence weigh(const struct part *part, double x, struct gutter *gutter) {
    struct evidence found = {0};
    double nearest = INFINITY;
    *gutter = (struct gutter){-INFINITY, INFINITY};
    for (size_t i = 0; i < part->count; i++) {
        const struct page_item *item = part->items[i];
        found.left += item->right <= x;
        if (item->right <= x && item->right > x - REACH_LEFT * item->em) {
            found.before++;
            gutter->from = fmax(gutter->from, item->right);
        } else if (item->left >= x && item->left < x + REACH_RIGHT * item->em) {
            found.behind++;
            found.widest = fmax(found.widest, (item->right - item->left) / item->em);
            gutter->to = fmin(gutter->to, item->left);
        } else if (item->left >= x) {
            found.beyond++;
            nearest = fmin(nearest, item->left);
        } else if (item->right > x) {
            found.across++;
        }
    }
    if (found.behind == 0)
        gutter->to = nearest;
    for (size_t i = 0; i < part->count; i++) {
        const struct page_item *item = part->items[i];
        double inner = (item->left - gutter->to) / item->em;
        found.aligned += item->right <= gutter->from && item->right > gutter->from - EDGE * item->em;
        found.level += inner >= 0 && (inner < EDGE || fabs(inner - INDENT) < EDGE);
    }
    return found;
}

// Lines on both sides; or few on the far side, when those before the gutter end at one edge in the MIDDLE of
// the page: its last column may be short.
static bool is_enough(const struct evidence *found, bool middle) {
    if (found->before < REACH_LEAST || found->behind + found->beyond == 0)
        return false;
    if (found->behind >= REACH_LEAST && found->level * 10 >= found->behind * 6 &&
        found->aligned * 3 >= found->before && found->widest >= COLUMN_LEAST)
        return true;
    return middle && found->aligned >= REACH_LEAST && found->aligned * 2 >= found->left &&
           found->across <= found->before;
}

// Whether what GUTTER parts are columns of running text: wide, and mostly full where they reach it.
static bool parts_columns(const struct part *part, const struct gutter *gutter) {
    double left = INFINITY, right = -INFINITY, em = 0;
    size_t reach = 0, full = 0;
    for (size_t i = 0; i < part->count; i++) {
        const struct page_item *item = part->items[i];
        if (item->left < gutter->to && item->right > gutter->from)
            continue; // across
        left = fmin(left, item->left);
        right = fmax(right, item->right);
    }
    for (size_t i = 0; i < part->count; i++) {
        const struct page_item *item = part->items[i];
        if (item->right > gutter->from || item->right < gutter->from - REACH_LEFT * item->em)
            continue;
        reach++;
        full += item->right - item->left > FULL * (gutter->from - left);
        em = item->em;
    }
    return gutter->to - gutter->from >= GUTTER_LEAST * em && gutter->from - left >= COLUMN_LEAST * em &&
           full * 2 > reach;
}

static bool is_in_middle(const struct gutter *gutter, double length, double em) {
    return gutter->from > length / 2 - MIDDLE_BEFORE * em && gutter->from < length / 2 + MIDDLE_BEHIND * em;
}

// Finds the best gutter of PART, on a page of LENGTH along its lines: one begins where lines end. Of places
// that are nearly the same one is tried.
static bool find_gutter(const struct part *part, double length, struct gutter *best) {
    enum { PLACES = 512 };
    bool tried[PLACES] = {false};
    struct edges edges = edges_of(part);
    double left = edges.left, right = edges.right;
    size_t most = 0;
    for (size_t i = 0; i < part->count; i++) {
        struct gutter gutter;
        size_t place = (size_t)((part->items[i]->right - left) / (right - left + 1) * PLACES);
        if (tried[place])
            continue;
        tried[place] = true;
        struct evidence found =
            weigh(part, left + ((double)place + 1) * (right - left + 1) / PLACES, &gutter);
        size_t weight = 1 + (found.before < found.behind ? found.before : found.behind);
        if (!is_enough(&found, is_in_middle(&gutter, length, part->items[i]->em)) || weight <= most ||
            !parts_columns(part, &gutter))
            continue;
        most = weight;
        *best = gutter;
    }
    return most > 0;
}

static bool is_across(const struct page_item *item, const struct gutter *gutter) {
    return item->left < gutter->from + 1 && item->right > gutter->to - 1;
}

// --- order

static bool write_part(const struct writer *w, struct part part, const struct edges *edges, int depth);

// Those of PART on one side of GUTTER, or across it.
enum side { SIDE_BEFORE, SIDE_BEHIND, SIDE_ACROSS };

static enum side side_of(const struct page_item *item, const struct gutter *gutter) {
    if (is_across(item, gutter))
        return SIDE_ACROSS;
    return (item->left + item->right) / 2 < (gutter->from + gutter->to) / 2 ? SIDE_BEFORE : SIDE_BEHIND;
}

static struct part take_side(struct part part, const struct gutter *gutter, enum side side,
                             const struct page_item **room) {
    struct part taken = {room, 0};
    for (size_t i = 0; i < part.count; i++)
        if (side_of(part.items[i], gutter) == side)
            room[taken.count++] = part.items[i];
    return taken;
}

// Writes a band of two columns with nothing across them.
static bool write_band(const struct writer *w, struct part band, const struct gutter *gutter,
                       const struct edges edges[2], int depth) {
    for (enum side side = SIDE_BEFORE; side <= SIDE_BEHIND; side++) {
        const struct page_item **room =
            gaz_arena_alloc(w->arena, (band.count + 1) * sizeof(struct page_item *));
        if (!room)
            return false;
        struct part column = take_side(band, gutter, side, room);
        if (column.count > 0 && !write_part(w, column, &edges[side], depth))
            return false;
    }
    return true;
}

// Whether ITEM stands across GUTTER as running text does, from the left edge on; a title in the middle does
// not.
static bool is_text_across(const struct page_item *item, const struct gutter *gutter,
                           const struct edges *edges) {
    return side_of(item, gutter) == SIDE_ACROSS && item->left < edges->left + (INDENT + 1) * item->em;
}

// The gutter of earlier pages, where this one has too little text to show its own.
static bool use_habit(const struct writer *w, const struct part *part, const struct edges *edges,
                      struct gutter *gutter) {
    const struct gaz_page_habit *habit = w->habit;
    size_t sides[SIDE_ACROSS + 1] = {0};
    if (habit->length != w->layer->length || !(habit->gutter_to > habit->gutter_from))
        return false;
    *gutter = (struct gutter){habit->gutter_from, habit->gutter_to};
    for (size_t i = 0; i < part->count; i++) {
        const struct page_item *item = part->items[i];
        if (item->table || is_text_across(item, gutter, edges))
            return false;
        sides[side_of(item, gutter)]++;
    }
    return sides[SIDE_BEFORE] > 0 && sides[SIDE_BEHIND] > 0;
}

static bool choose_gutter(const struct writer *w, const struct part *part, const struct edges *edges,
                          bool whole, struct gutter *gutter) {
    if (!find_gutter(part, w->layer->length, gutter))
        return whole && use_habit(w, part, edges, gutter);
    if (whole) {
        w->habit->gutter_from = gutter->from;
        w->habit->gutter_to = gutter->to;
        w->habit->length = w->layer->length;
    }
    return true;
}

// Writes PART: in columns where there is a gutter, what stands across it by itself.
static bool write_part(const struct writer *w, struct part part, const struct edges *edges, int depth) {
    struct gutter gutter;
    if (depth == 0 || !choose_gutter(w, &part, edges, depth == DEPTH_MAX, &gutter)) {
        write_column(w, part, edges);
        return true;
    }
    const struct page_item **room = gaz_arena_alloc(w->arena, (part.count + 1) * sizeof(struct page_item *));
    if (!room)
        return false;
    struct edges sides[2];
    for (enum side side = SIDE_BEFORE; side <= SIDE_BEHIND; side++) {
        struct part column = take_side(part, &gutter, side, room);
        sides[side] = column.count > 0 ? column_edges(&column) : *edges;
    }
    for (size_t from = 0, end; from < part.count; from = end) {
        bool across = side_of(part.items[from], &gutter) == SIDE_ACROSS;
        end = from + 1;
        while (end < part.count && (side_of(part.items[end], &gutter) == SIDE_ACROSS) == across)
            end++;
        struct part band = {part.items + from, end - from};
        if (across)
            write_column(w, band, edges);
        else if (!write_band(w, band, &gutter, sides, depth - 1))
            return false;
    }
    return true;
}

// --- running heads

// Whether a blank parts the lines before END from those behind; END is a place in PART.
static bool is_parted(const struct part *part, size_t end) {
    double bottom = -INFINITY, top = INFINITY, em = 0;
    for (size_t i = 0; i < end; i++) {
        bottom = fmax(bottom, part->items[i]->bottom);
        em = fmax(em, part->items[i]->em);
    }
    for (size_t i = end; i < part->count; i++)
        top = fmin(top, part->items[i]->top);
    return top - bottom > HEAD_BLANK * em;
}

static bool holds_table(struct part part) {
    for (size_t i = 0; i < part.count; i++)
        if (part.items[i]->table)
            return true;
    return false;
}

// The items of the first line of PART when they stand apart from the rest, 0 when they do not.
static size_t head_of(const struct part *part) {
    size_t end = 1;
    while (end < part->count &&
           part->items[end]->middle - part->items[0]->middle <= SAME_LINE * part->items[0]->em)
        end++;
    bool apart = end == part->count || is_parted(part, end);
    return apart && !holds_table((struct part){part->items, end}) ? end : 0;
}

// The same of the last line, which is not the first.
static size_t foot_of(const struct part *part) {
    size_t begin = part->count - 1;
    const struct page_item *last = part->items[begin];
    while (begin > 0 && last->middle - part->items[begin - 1]->middle <= SAME_LINE * last->em)
        begin--;
    bool apart = begin > 0 && is_parted(part, begin);
    return apart && !holds_table((struct part){part->items + begin, part->count - begin})
               ? part->count - begin
               : 0;
}

// Writes a line at the edge of the page: what stands far apart on it is not one line.
static void write_edge(const struct writer *w, struct part line) {
    qsort(line.items, line.count, sizeof *line.items, by_left);
    for (size_t from = 0, end; from < line.count; from = end) {
        end = from + 1;
        while (end < line.count &&
               line.items[end]->left - line.items[end - 1]->right < HEAD_PARTS * line.items[end]->em)
            end++;
        write_items(w, line.items + from, end - from, 0);
        gaz_page_end_line(w->out, GAZ_LINE_ANY);
    }
}

static bool sort_part(struct gaz_arena *arena, const struct page_items *items, struct part *part) {
    *part = (struct part){gaz_arena_alloc(arena, (items->count + 1) * sizeof *part->items), items->count};
    for (size_t i = 0; part->items && i < items->count; i++)
        part->items[i] = &items->items[i];
    if (part->items)
        qsort(part->items, part->count, sizeof *part->items, by_middle);
    return part->items != NULL;
}

bool page_write_items(const struct page_layer *layer, struct page_items *items, struct gaz_page_habit *habit,
                      struct gaz_arena *arena, struct gaz_page_text *out) {
    struct writer w = {layer, arena, habit, out};
    struct part all;
    if (!page_find_gapped(layer, arena, items) || !sort_part(arena, items, &all))
        return false;
    if (all.count == 0)
        return true;
    size_t head = head_of(&all);
    struct part text = {all.items + head, all.count - head};
    size_t foot = text.count > 0 ? foot_of(&text) : 0;
    text.count -= foot;
    struct edges edges = column_edges(&text);
    write_edge(&w, (struct part){all.items, head});
    if (text.count > 0 && !write_part(&w, text, &edges, DEPTH_MAX))
        return false;
    write_edge(&w, (struct part){all.items + all.count - foot, foot});
    return true;
}
