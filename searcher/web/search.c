// SPDX-License-Identifier: GPL-2.0-or-later
//
// The page of a search: how the query was read, the hits, and what they can be narrowed to.
#include <stdio.h>
#include <string.h>

#include "searcher/web/results.h"
#include "searcher/web/timeline.h"

enum { HITS = 20, HITS_MAX = 200, FACET_VALUES = 8, FACET_VALUES_MAX = 80 };

// Parameters that mean nothing for another set of hits.
static const char *const paging[] = {"offset", NULL};

static const char *link_with(const struct gaz_page *page, const char *name, const char *value) {
    return gaz_link_with(page, "/search", name, value, paging);
}

// --- the reading ---

static const enum gaz_message reading_messages[] = {
    [GAZ_READING_NUMBER] = GAZ_MESSAGE_READ_NUMBER,     [GAZ_READING_UNIT] = GAZ_MESSAGE_READ_UNIT,
    [GAZ_READING_DATE] = GAZ_MESSAGE_READ_DATE,         [GAZ_READING_ISSUE] = GAZ_MESSAGE_READ_ISSUE,
    [GAZ_READING_CALENDAR] = GAZ_MESSAGE_READ_CALENDAR, [GAZ_READING_WORDS] = GAZ_MESSAGE_READ_WORDS,
};

static const enum gaz_message role_messages[] = {
    [GAZ_ROLE_ANY] = GAZ_MESSAGE_ROLE_ANY,
    [GAZ_ROLE_LEAD] = GAZ_MESSAGE_ROLE_LEAD,
    [GAZ_ROLE_SHARE] = GAZ_MESSAGE_ROLE_SHARE,
    [GAZ_ROLE_RESPONSIBLE] = GAZ_MESSAGE_ROLE_RESPONSIBLE,
    [GAZ_ROLE_ISSUER] = GAZ_MESSAGE_ROLE_ISSUER,
    [GAZ_ROLE_ADDRESSEE] = GAZ_MESSAGE_ROLE_ADDRESSEE,
    [GAZ_ROLE_MENTIONED] = GAZ_MESSAGE_ROLE_MENTIONED,
};

static void put_reading(const struct gaz_page *page, const struct gaz_reading *reading) {
    gaz_html_put(page->out, "<span class=\"reading\"><b>%s</b> %s",
                 gaz_page_text(page, reading_messages[reading->kind]), reading->text);
    if (reading->key && strcmp(reading->key, reading->text) != 0) {
        gaz_html_put(page->out, " <span class=\"key\">= %s</span>", reading->key);
    }
    if (reading->role != GAZ_ROLE_ANY) {
        gaz_html_put(page->out, " · %s", gaz_page_text(page, role_messages[reading->role]));
    }
    gaz_html_put(page->out, "</span>");
}

static bool is_more_than_words(const struct gaz_readings *readings) {
    return readings->count > 1 || (readings->count == 1 && readings->items[0].kind != GAZ_READING_WORDS);
}

// How the query was read, and the same as words only for who meant those.
static void put_readings(const struct gaz_page *page, const struct gaz_answer *answer) {
    static const char *const typed[] = {"q", "unit", "number", "role", "offset", NULL};
    if (!is_more_than_words(&answer->readings)) {
        return;
    }
    gaz_html_put(page->out, "<p class=\"readings\">%s ", M(READ_AS));
    for (size_t i = 0; i < answer->readings.count; i++) {
        put_reading(page, &answer->readings.items[i]);
    }
    if (answer->request.query) {
        gaz_html_put(page->out, " <a class=\"refuse\" href=\"%s\">%s</a>",
                     gaz_link_with(page, "/search", "keyword", answer->request.query, typed), M(REFUSE));
    }
    gaz_html_put(page->out, "</p>");
}

// --- filters that are set ---

static const struct {
    const char *name;
    enum gaz_message message;
} filters[] = {
    {"issuer", GAZ_MESSAGE_FACET_ISSUER}, {"kind", GAZ_MESSAGE_FACET_KIND},
    {"class", GAZ_MESSAGE_FACET_CLASS},   {"section", GAZ_MESSAGE_FACET_SECTION},
    {"issue", GAZ_MESSAGE_FACET_ISSUE},   {"since", GAZ_MESSAGE_SINCE},
    {"until", GAZ_MESSAGE_UNTIL},
};

static void put_filters(const struct gaz_page *page) {
    bool any = false;
    for (size_t i = 0; i < sizeof filters / sizeof filters[0]; i++) {
        const char *value = gaz_target_value(&page->target, filters[i].name);
        if (!value || !*value) {
            continue;
        }
        if (!any) {
            gaz_html_put(page->out, "<ul class=\"filters\" aria-label=\"%s\">", M(FILTERS));
        }
        gaz_html_put(page->out,
                     "<li>%s：<b>%s</b> <a href=\"%s\" title=\"%s\"><span class=\"unseen\">%s</span>"
                     "<span aria-hidden=\"true\">×</span></a></li>",
                     gaz_page_text(page, filters[i].message), value, link_with(page, filters[i].name, NULL),
                     M(REMOVE_FILTER), M(REMOVE_FILTER));
        any = true;
    }
    gaz_html_put(page->out, any ? "</ul>" : "");
}

// --- the line over the hits ---

static void put_choice(const struct gaz_page *page, const char *name, const char *value,
                       enum gaz_message message, bool chosen) {
    gaz_html_put(page->out, chosen ? "<a href=\"%s\" aria-current=\"true\">%s</a>" : "<a href=\"%s\">%s</a>",
                 link_with(page, name, value), gaz_page_text(page, message));
}

static void put_choices(const struct gaz_page *page, const struct gaz_request *request) {
    bool by_date = request->sort == GAZ_SORT_DATE || request->sort == GAZ_SORT_DATE_DOWN;
    gaz_html_put(page->out, "<span class=\"choices\" role=\"group\" aria-label=\"%s\">", M(SORT));
    put_choice(page, "sort", NULL, GAZ_MESSAGE_SORT_RELEVANCE, !by_date);
    put_choice(page, "sort", "-date", GAZ_MESSAGE_SORT_NEWEST, request->sort == GAZ_SORT_DATE_DOWN);
    put_choice(page, "sort", "date", GAZ_MESSAGE_SORT_OLDEST, request->sort == GAZ_SORT_DATE);
    gaz_html_put(page->out, "</span><span class=\"choices\" role=\"group\" aria-label=\"%s\">", M(LEVEL));
    put_choice(page, "level", NULL, GAZ_MESSAGE_LEVEL_DOCUMENT, !request->unit_level);
    put_choice(page, "level", "unit", GAZ_MESSAGE_LEVEL_UNIT, request->unit_level);
    gaz_html_put(page->out, "</span>");
}

static void put_total_line(const struct gaz_page *page, const struct gaz_answer *answer) {
    if (answer->total > 0) {
        gaz_html_put(page->out, "<div class=\"total\">");
        gaz_results_put_total(page, answer);
        put_choices(page, &answer->request);
        gaz_html_put(page->out, "<a class=\"tofacets\" href=\"#facets\">%s</a></div>", M(NARROW));
    }
}

// --- facets ---

static const struct {
    enum gaz_facet facet;
    enum gaz_message message;
    const char *parameter; // that narrows to a value
} facets[] = {
    {GAZ_FACET_ISSUER, GAZ_MESSAGE_FACET_ISSUER, "issuer"},
    {GAZ_FACET_KIND, GAZ_MESSAGE_FACET_KIND, "kind"},
    {GAZ_FACET_SECTION, GAZ_MESSAGE_FACET_SECTION, "section"},
    {GAZ_FACET_ISSUE, GAZ_MESSAGE_FACET_ISSUE, "issue"},
    {GAZ_FACET_UNIT, GAZ_MESSAGE_FACET_UNIT, NULL},
};

// The value as people call it: an issue by its name. GAZ_ERR_BUSY is the only thing that can go wrong with
// that.
static const char *label_of(const struct gaz_page *page, const char *parameter, const char *value) {
    const char *name = value;
    bool is_issue = parameter && strcmp(parameter, "issue") == 0;
    return is_issue && gaz_page_issue_name(page, value, &name, NULL) == GAZ_OK ? name : value;
}

static void put_facet_values(const struct gaz_page *page, const struct gaz_facet_values *values, size_t from,
                             size_t to, const char *parameter) {
    gaz_html_put(page->out, "<ul>");
    for (size_t i = from; i < values->count && i < to; i++) {
        const struct gaz_facet_value *value = &values->items[i];
        gaz_html_put(page->out, "<li><a href=\"%s\">%s</a> <span class=\"count\">%zu</span></li>",
                     parameter ? link_with(page, parameter, value->name)
                               : gaz_link_name(page, "unit", value->name),
                     label_of(page, parameter, value->name), value->count);
    }
    gaz_html_put(page->out, "</ul>");
}

static void put_facet(const struct gaz_page *page, const struct gaz_facet_values *values,
                      enum gaz_message message, const char *parameter) {
    gaz_html_put(page->out, "<section><h3>%s</h3>", gaz_page_text(page, message));
    put_facet_values(page, values, 0, FACET_VALUES, parameter);
    if (values->count > FACET_VALUES) {
        gaz_html_put(page->out, "<details><summary>");
        gaz_page_say_count(page, GAZ_MESSAGE_MORE_VALUES, values->count - FACET_VALUES);
        gaz_html_put(page->out, "</summary>");
        put_facet_values(page, values, FACET_VALUES, FACET_VALUES_MAX, parameter);
        gaz_html_put(page->out, "</details>");
    }
    gaz_html_put(page->out, "</section>");
}

// --- beside the hits ---

static void put_downloads(const struct gaz_page *page) {
    static const char *const formats[][2] = {
        {"csv", "CSV"}, {"json", "JSON"}, {"gbt", "GB/T 7714"}, {"bibtex", "BibTeX"}};
    gaz_html_put(page->out, "<section><h3>%s</h3><p class=\"downloads\">", M(TAKE_AWAY));
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        gaz_html_put(page->out, "<a href=\"%s\">%s</a> ",
                     gaz_link_with(page, "/api/search", "format", formats[i][0], NULL), formats[i][1]);
    }
    gaz_html_put(page->out, "<a href=\"%s\">Atom</a></p></section>",
                 gaz_link_with(page, "/feed", NULL, NULL, paging));
}

static void put_aside(const struct gaz_page *page, const struct gaz_answer *answer) {
    gaz_html_put(page->out, "<aside id=\"facets\" aria-label=\"%s\"><h2 class=\"unseen\">%s</h2>", M(NARROW),
                 M(NARROW));
    gaz_timeline_put(page, &answer->facets);
    for (size_t i = 0; i < sizeof facets / sizeof facets[0]; i++) {
        const struct gaz_facet_values *values = &answer->facets.by[facets[i].facet];
        if (values->count > 0) {
            put_facet(page, values, facets[i].message, facets[i].parameter);
        }
    }
    put_downloads(page);
    gaz_html_put(page->out, "</aside>");
}

// --- the page ---

static void put_advice(const struct gaz_page *page, const struct gaz_answer *answer) {
    if (answer->state == GAZ_STATE_NOT_FOUND) {
        gaz_html_put(page->out, "<p class=\"advice\">%s <a href=\"/help\">%s</a></p>", M(ADVICE), M(HELP));
    }
}

static enum gaz_status put_answer(struct gaz_page *page, struct gaz_answer *answer, struct gaz_err *err) {
    const struct gaz_render_options options = {.page = page};
    const char *query = answer->request.query;
    gaz_page_begin(page, &(struct gaz_page_head){.title = query ? query : M(RESULTS),
                                                 .query = query,
                                                 .feed = gaz_link_with(page, "/feed", NULL, NULL, paging)});
    gaz_html_put(page->out, "<div class=\"columns\"><div class=\"results\"><h1 class=\"unseen\">%s</h1>",
                 M(RESULTS));
    put_readings(page, answer);
    put_filters(page);
    put_total_line(page, answer);
    enum gaz_status status = gaz_render_whole(&gaz_render_html, answer, &options, page->out, err);
    put_advice(page, answer);
    gaz_results_put_paging(page, answer, "/search");
    gaz_html_put(page->out, "</div>");
    if (answer->total > 0) {
        put_aside(page, answer);
    }
    gaz_html_put(page->out, "</div>");
    gaz_page_end(page);
    return status == GAZ_OK ? gaz_page_is_html(page, 200, err) : status;
}

// What links to hits take along: the question without its filters and without what is about this page.
static const char *sought(const struct gaz_page *page) {
    static const char *const asking[] = {"q",      "keyword", "unit",  "role",
                                         "number", "cites",   "exact", "within"};
    struct gaz_buf taken = GAZ_BUF_INIT;
    for (size_t i = 0; i < sizeof asking / sizeof asking[0]; i++) {
        const char *value = gaz_target_value(&page->target, asking[i]);
        if (value && *value) {
            gaz_target_put_parameter(&taken, asking[i], value);
        }
    }
    const char *kept = gaz_arena_strndup(page->arena, taken.data, taken.len);
    gaz_buf_free(&taken);
    return kept ? kept : "";
}

// A page shows hits, counted, and not everything at once.
static void suit_page(struct gaz_question *asked) {
    struct gaz_request *request = &asked->request;
    if (!asked->limit_given || request->limit == 0 || request->limit > HITS_MAX) {
        request->limit = asked->limit_given ? HITS_MAX : HITS;
    }
    request->facets = true;
    request->extract = request->count = false;
    request->after = NULL;
}

static bool asks_nothing(const struct gaz_page *page) {
    for (size_t i = 0; i < page->target.parameter_count; i++) {
        if (*page->target.parameters[i].value) {
            return false;
        }
    }
    return true;
}

enum gaz_status gaz_page_search(struct gaz_page *page, struct gaz_err *err) {
    struct gaz_answer answer;
    if (asks_nothing(page)) {
        return gaz_page_redirect(page, "/", err);
    }
    enum gaz_status status = gaz_page_ask(page, false, err);
    if (status != GAZ_OK) {
        return status;
    }
    suit_page(&page->asked);
    page->sought = sought(page);
    status = gaz_search(page->archive, &page->asked.request, &answer, err);
    if (status == GAZ_OK) {
        status = put_answer(page, &answer, err);
        gaz_answer_free(&answer);
    }
    return status;
}
