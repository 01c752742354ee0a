// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/web/timeline.h"

#include <stdio.h>
#include <string.h>

// Of the drawing, in its own units.
enum { WIDTH = 240, HEIGHT = 60, LABEL = 16, BAR_MAX = 22, MONTHS_MAX = 36, YEARS_MAX = 120 };

// Times are counted in steps of a month or a year.
struct timeline {
    const struct gaz_facet_values *values;
    bool months;
    int first, count; // steps
    size_t most;      // of any step
};

static int step_of(const char *name, bool months) {
    int year = 0, month = 1;
    if (sscanf(name, "%4d-%2d", &year, &month) < 1) {
        return 0;
    }
    return months ? 12 * year + month - 1 : year;
}

static void name_of(int step, bool months, char out[16]) {
    if (months) {
        snprintf(out, 16, "%04d-%02d", step / 12, step % 12 + 1);
    } else {
        snprintf(out, 16, "%04d", step);
    }
}

// Values come in their order.
static struct timeline measure(const struct gaz_facet_values *values, bool months) {
    struct timeline line = {.values = values, .months = months, .most = 1};
    if (values->count > 0) {
        line.first = step_of(values->items[0].name, months);
        line.count = step_of(values->items[values->count - 1].name, months) - line.first + 1;
    }
    for (size_t i = 0; i < values->count; i++) {
        line.most = values->items[i].count > line.most ? values->items[i].count : line.most;
    }
    return line;
}

static const char *link_to(const struct gaz_page *page, const char *when) {
    static const char *const times[] = {"until", "offset", NULL};
    struct gaz_buf link = GAZ_BUF_INIT;
    gaz_buf_addstr(&link, gaz_link_with(page, "/search", "since", when, times));
    gaz_target_put_parameter(&link, "until", when);
    const char *kept = gaz_arena_strndup(page->arena, link.data, link.len);
    gaz_buf_free(&link);
    return kept ? kept : "";
}

static void put_bar(const struct gaz_page *page, const struct timeline *line,
                    const struct gaz_facet_value *value) {
    int place = step_of(value->name, line->months) - line->first;
    int room = WIDTH / line->count < BAR_MAX ? WIDTH / line->count : BAR_MAX;
    int left = place * WIDTH / line->count, gap = room > 3 ? 2 : 0;
    int tall = 2 + (int)(value->count * (HEIGHT - 2) / line->most);
    room = room > gap + 1 ? room - gap : 1;
    gaz_html_put(page->out, "<a href=\"%s\"><title>%s：%zu</title>", link_to(page, value->name), value->name,
                 value->count);
    gaz_html_put(page->out,
                 "<rect class=\"ground\" x=\"%d\" y=\"0\" width=\"%d\" height=\"%d\"/>"
                 "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/></a>",
                 left, room, HEIGHT, left, HEIGHT - tall, room, tall);
}

static void put_labels(const struct gaz_page *page, const struct timeline *line) {
    char name[16];
    name_of(line->first, line->months, name);
    gaz_html_put(page->out, "<path d=\"M0 %d.5H%d\"/><text x=\"0\" y=\"%d\">%s</text>", HEIGHT, WIDTH,
                 HEIGHT + LABEL - 3, name);
    if (line->count > 1) {
        name_of(line->first + line->count - 1, line->months, name);
        gaz_html_put(page->out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", WIDTH,
                     HEIGHT + LABEL - 3, name);
    }
}

// A style of its own would not pass our policy, so it is a drawing.
void gaz_timeline_put(const struct gaz_page *page, const struct gaz_facets *counted) {
    struct timeline line = measure(&counted->by[GAZ_FACET_MONTH], true);
    if (line.count > MONTHS_MAX) {
        line = measure(&counted->by[GAZ_FACET_YEAR], false);
    }
    if (line.count < 1 || line.count > YEARS_MAX) {
        return;
    }
    gaz_html_put(page->out,
                 "<section><h3>%s</h3><svg class=\"timeline\" viewBox=\"0 0 %d %d\" role=\"group\" "
                 "aria-label=\"%s\">",
                 M(TIMELINE), WIDTH, HEIGHT + LABEL, M(TIMELINE));
    for (size_t i = 0; i < line.values->count; i++) {
        put_bar(page, &line, &line.values->items[i]);
    }
    put_labels(page, &line);
    gaz_html_put(page->out, "</svg></section>");
}
