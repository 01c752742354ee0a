// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the picture of a page tells that its text does not: ruling lines, and which way the marks are turned.
// The library gives no paths; and what is drawn as a line, a thin box or an edge of cells looks the same
// here.
#include "shim/pdf_parts.h"

enum { RUNS_OPEN = 4096 };

static const double RULE_LEAST = 9.0;   // points: shorter strokes are parts of characters
static const double RULE_THICK = 3.0;   // points: thicker bars are no lines
static const double MARK_OFFSET = 0.08; // of a mark's ink from the middle of its box, in ems

// The picture, or its transpose: what is done along lines is done along columns by the same code.
struct view {
    const struct pdf_ink *ink;
    size_t across, along; // strides
    size_t lines, length;
};

static bool is_dark(const struct view *view, size_t line, size_t at) {
    return view->ink->pixels[line * view->across + at * view->along] != 0;
}

// A run of dark pixels and those under it on the lines that follow.
struct run {
    size_t from, to;    // widest extent on its line
    size_t first, last; // lines
};

struct runs {
    struct run open[RUNS_OPEN];
    size_t count;
    struct gaz_pdf_rule *rules;
    size_t room, found;
    bool level;
};

static void close_run(struct runs *runs, const struct run *run, double scale) {
    double middle = ((double)run->first + (double)run->last + 1) / 2 / scale;
    double from = (double)run->from / scale, to = (double)run->to / scale;
    if ((double)(run->last + 1 - run->first) > RULE_THICK * scale || runs->found > runs->room)
        return;
    if (runs->found < runs->room)
        runs->rules[runs->found] =
            runs->level ? (struct gaz_pdf_rule){(float)from, (float)middle, (float)to, (float)middle}
                        : (struct gaz_pdf_rule){(float)middle, (float)from, (float)middle, (float)to};
    runs->found++;
}

// Whether a run on the next line belongs to an open one: most of the shorter lies over the longer.
static bool goes_on(const struct run *run, size_t from, size_t to) {
    size_t low = from > run->from ? from : run->from, high = to < run->to ? to : run->to;
    size_t shorter = to - from < run->to - run->from ? to - from : run->to - run->from;
    return high > low && (high - low) * 4 >= shorter * 3;
}

static void take_run(struct runs *runs, size_t line, size_t from, size_t to) {
    for (size_t i = 0; i < runs->count; i++) {
        struct run *run = &runs->open[i];
        if (run->last + 1 < line || !goes_on(run, from, to))
            continue;
        run->from = from < run->from ? from : run->from;
        run->to = to > run->to ? to : run->to;
        run->last = line;
        return;
    }
    if (runs->count < RUNS_OPEN)
        runs->open[runs->count++] = (struct run){from, to, line, line};
}

static void close_before(struct runs *runs, size_t line, double scale) {
    size_t kept = 0;
    for (size_t i = 0; i < runs->count; i++) {
        if (runs->open[i].last + 1 < line)
            close_run(runs, &runs->open[i], scale);
        else
            runs->open[kept++] = runs->open[i];
    }
    runs->count = kept;
}

static void scan(const struct view *view, struct runs *runs) {
    double scale = view->ink->scale;
    size_t least = (size_t)(RULE_LEAST * scale);
    for (size_t line = 0; line < view->lines; line++) {
        close_before(runs, line, scale);
        for (size_t at = 0; at < view->length; at++) {
            size_t from = at;
            while (at < view->length && is_dark(view, line, at))
                at++;
            if (at - from >= least)
                take_run(runs, line, from, at);
        }
    }
    close_before(runs, view->lines + 2, scale);
}

size_t pdf_ink_rules(const struct pdf_ink *ink, struct gaz_pdf_rule *rules, size_t room) {
    static struct runs runs; // of the reading process, which does one thing at a time
    const struct view level = {ink, ink->width, 1, ink->height, ink->width};
    const struct view upright = {ink, 1, ink->width, ink->width, ink->height};
    runs = (struct runs){.rules = rules, .room = room, .level = true};
    scan(&level, &runs);
    runs.level = false;
    scan(&upright, &runs);
    return runs.found;
}

bool pdf_ink_is_printed(const struct pdf_ink *ink) {
    for (size_t i = 0; i < ink->width * ink->height; i++)
        if (ink->pixels[i])
            return true;
    return false;
}

// Bounds of a window of HALF points around MIDDLE, in pixels below LIMIT.
static void window(double middle, double half, double scale, size_t limit, size_t *from, size_t *to) {
    double low = (middle - half) * scale, high = (middle + half) * scale;
    *from = low > 0 ? (size_t)low : 0;
    *to = high > 0 ? (size_t)high : 0;
    *from = *from < limit ? *from : limit;
    *to = *to < limit ? *to : limit;
}

enum gaz_pdf_corner pdf_ink_corner(const struct pdf_ink *ink, const struct gaz_pdf_char *character) {
    if (character->code != U'。' && character->code != U'，' && character->code != U'、')
        return GAZ_PDF_CORNER_NONE;
    double wide = (double)(character->x2 - character->x1), high = (double)(character->y2 - character->y1);
    double half = (wide < high ? wide : high) / 2, x = 0, y = 0, count = 0;
    double middle_x = (double)(character->x1 + character->x2) / 2;
    double middle_y = (double)(character->y1 + character->y2) / 2;
    size_t left, right, top, bottom;
    window(middle_x, half, ink->scale, ink->width, &left, &right);
    window(middle_y, half, ink->scale, ink->height, &top, &bottom);
    for (size_t row = top; row < bottom; row++)
        for (size_t column = left; column < right; column++)
            if (ink->pixels[row * ink->width + column]) {
                x += (double)column + 0.5;
                y += (double)row + 0.5;
                count++;
            }
    if (count == 0 || half <= 0)
        return GAZ_PDF_CORNER_NONE;
    x = (x / count / ink->scale - middle_x) / half / 2;
    y = (y / count / ink->scale - middle_y) / half / 2;
    if ((x < MARK_OFFSET && x > -MARK_OFFSET) || (y < MARK_OFFSET && y > -MARK_OFFSET))
        return GAZ_PDF_CORNER_NONE;
    if (y < 0)
        return x < 0 ? GAZ_PDF_CORNER_TOP_LEFT : GAZ_PDF_CORNER_TOP_RIGHT;
    return x < 0 ? GAZ_PDF_CORNER_BOTTOM_LEFT : GAZ_PDF_CORNER_BOTTOM_RIGHT;
}
