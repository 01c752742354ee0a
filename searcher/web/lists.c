// SPDX-License-Identifier: GPL-2.0-or-later
//
// Pages whose address says what is asked: a number, a day, a unit, a series, what cites something.
#include <stdio.h>
#include <string.h>

#include "searcher/web/reader.h"
#include "searcher/web/results.h"

enum { HITS = 20, LINES = 100 };

// Reads "offset", and makes a page of LIMIT hits of the mode.
static enum gaz_status ask(struct gaz_page *page, enum gaz_mode mode, const char *query, size_t limit,
                           struct gaz_err *err) {
    static const char *const names[] = {"offset", "sort", "since", "until"};
    struct gaz_target *target = &page->target;
    size_t kept = 0;
    for (size_t i = 0; i < target->parameter_count; i++) {
        for (size_t j = 0; j < sizeof names / sizeof names[0]; j++) {
            if (strcmp(target->parameters[i].name, names[j]) == 0) {
                target->parameters[kept++] = target->parameters[i];
                break;
            }
        }
    }
    target->parameter_count = kept;
    page->asked.request.mode = mode;
    page->asked.mode_given = true;
    enum gaz_status status = gaz_page_ask(page, false, err);
    page->asked.request.query = query;
    page->asked.request.limit = limit;
    return status;
}

static enum gaz_status put_hits(struct gaz_page *page, struct gaz_answer *answer, struct gaz_err *err) {
    const struct gaz_render_options options = {.page = page};
    return gaz_render_whole(&gaz_render_html, answer, &options, page->out, err);
}

static void begin(struct gaz_page *page, const char *title) {
    gaz_page_begin(page, &(struct gaz_page_head){.title = title});
    gaz_html_put(page->out, "<div class=\"narrow\">");
}

static enum gaz_status end(struct gaz_page *page, unsigned code, enum gaz_status status,
                           struct gaz_err *err) {
    gaz_html_put(page->out, "</div>");
    gaz_page_end(page);
    return status == GAZ_OK ? gaz_page_is_html(page, code, err) : status;
}

static unsigned code_of(const struct gaz_answer *answer) {
    return answer->state == GAZ_STATE_NOT_FOUND ? 404 : 200;
}

// A page with a heading, the total and the hits of ANSWER.
static enum gaz_status put_list(struct gaz_page *page, enum gaz_message heading, struct gaz_answer *answer,
                                struct gaz_err *err) {
    begin(page, answer->request.query);
    gaz_html_put(page->out, "<h1>");
    gaz_page_say_value(page, heading, answer->request.query);
    gaz_html_put(page->out, "</h1>");
    gaz_results_put_total(page, answer);
    enum gaz_status status = put_hits(page, answer, err);
    gaz_results_put_paging(page, answer, gaz_link_here(page));
    return end(page, code_of(answer), status, err);
}

static enum gaz_status list(struct gaz_page *page, enum gaz_mode mode, const char *query, size_t limit,
                            enum gaz_message heading, struct gaz_err *err) {
    struct gaz_answer answer;
    enum gaz_status status = ask(page, mode, query, limit, err);
    if (status == GAZ_OK) {
        status = gaz_search(page->archive, &page->asked.request, &answer, err);
    }
    if (status == GAZ_OK) {
        status = put_list(page, heading, &answer, err);
        gaz_answer_free(&answer);
    }
    return status;
}

// /cites/NUMBER and /cites/《TITLE》
enum gaz_status gaz_page_cites(struct gaz_page *page, struct gaz_err *err) {
    return list(page, GAZ_MODE_CITES, gaz_page_rest(page, 1), HITS, GAZ_MESSAGE_WHO_CITES, err);
}

// --- numbers ---

static enum gaz_status lead_to_hit(struct gaz_page *page, const struct gaz_answer *answer,
                                   struct gaz_err *err) {
    struct gaz_hit hit;
    enum gaz_status status = gaz_answer_hit(answer, 0, &hit, err);
    if (status == GAZ_OK) {
        status = gaz_page_redirect(page, gaz_link_document(page, gaz_page_field(hit.document, "id")), err);
        gaz_hit_free(&hit);
    }
    return status;
}

// /number/NUMBER: its document, or those that it may be, or who cites it.
enum gaz_status gaz_page_number(struct gaz_page *page, struct gaz_err *err) {
    struct gaz_answer answer;
    enum gaz_status status = ask(page, GAZ_MODE_NUMBER, gaz_page_rest(page, 1), HITS, err);
    if (status == GAZ_OK) {
        status = gaz_search(page->archive, &page->asked.request, &answer, err);
    }
    if (status == GAZ_OK) {
        status = answer.state == GAZ_STATE_FOUND && answer.total == 1
                     ? lead_to_hit(page, &answer, err)
                     : put_list(page, GAZ_MESSAGE_NUMBER_IS, &answer, err);
        gaz_answer_free(&answer);
    }
    return status;
}

// --- records by address ---

static enum gaz_status lead_to_record(struct gaz_page *page, const json_t *record, struct gaz_err *err) {
    const char *id = gaz_page_field(record, "id"), *type = gaz_page_field(record, "type");
    const char *target =
        strcmp(type, gaz_record_type_name(GAZ_RECORD_ISSUE)) == 0      ? gaz_link_name(page, "issue", id)
        : strcmp(type, gaz_record_type_name(GAZ_RECORD_DOCUMENT)) == 0 ? gaz_link_document(page, id)
                                                                       : gaz_link_unit(page, id);
    return gaz_page_redirect(page, target, err);
}

// /show/ADDRESS, and what under /doc is no document: to the first record that is there.
enum gaz_status gaz_page_show(struct gaz_page *page, struct gaz_err *err) {
    const char *address = gaz_page_rest(page, 1);
    json_t *records = NULL;
    enum gaz_status status = gaz_reader_show(page, address, &records, err);
    if (status == GAZ_OK && json_array_size(records) == 0) {
        status = gaz_err_set(err, GAZ_ERR_NOT_FOUND, "%s: nothing has this address", address);
    }
    if (status == GAZ_OK) {
        status = lead_to_record(page, json_array_get(records, 0), err);
    }
    json_decref(records);
    return status;
}

// --- calendar ---

// Leads to the month before or behind WHEN, which begins with one.
static void put_month(const struct gaz_page *page, const char *when, int by, const char *which,
                      enum gaz_message message) {
    int year, month;
    char text[16];
    if (sscanf(when, "%4d-%2d", &year, &month) != 2 || month < 1 || month > 12) {
        return;
    }
    month += by - 1;
    year += month < 0 ? -1 : month / 12;
    month = (month + 12) % 12 + 1;
    snprintf(text, sizeof text, "%04d-%02d", year, month);
    gaz_html_put(page->out, "<a rel=\"%s\" href=\"%s\"><span>%s</span> %s</a>", which,
                 gaz_link_name(page, "calendar", text), gaz_page_text(page, message), text);
}

struct days {
    struct gaz_page *page;
    char day[16]; // the one whose list is open
};

static enum gaz_status put_day_hit(void *context, const struct gaz_hit *hit, struct gaz_err *err) {
    struct days *days = context;
    struct gaz_page *page = days->page;
    const char *date = gaz_page_field(hit->record, "date"), *issue = "";
    enum gaz_status status = gaz_page_issue_name(page, gaz_page_field(hit->document, "issue"), &issue, err);
    if (strcmp(date, days->day) != 0) {
        gaz_html_put(page->out, *days->day ? "</ul>" : "");
        gaz_html_put(page->out, "<h2><time datetime=\"%s\">%s</time></h2><ul>", date, date);
        snprintf(days->day, sizeof days->day, "%.15s", date);
    }
    gaz_html_put(page->out, "<li>%s <a class=\"where\" href=\"%s\">%s</a></li>\n",
                 gaz_page_field(hit->record, "text"), gaz_link_unit(page, gaz_page_field(hit->record, "id")),
                 issue);
    return status;
}

static enum gaz_status put_days(struct gaz_page *page, struct gaz_answer *answer, struct gaz_err *err) {
    struct days days = {.page = page};
    enum gaz_status status = gaz_answer_each(answer, put_day_hit, &days, err);
    gaz_html_put(page->out, *days.day ? "</ul>" : "<p class=\"state\">%s</p>", M(NOT_FOUND));
    return status;
}

static enum gaz_status put_calendar(struct gaz_page *page, struct gaz_answer *answer, struct gaz_err *err) {
    const char *when = answer->request.query;
    begin(page, when);
    gaz_html_put(page->out, "<h1>");
    gaz_page_say_value(page, GAZ_MESSAGE_CALENDAR_OF, when);
    gaz_html_put(page->out, "</h1><div class=\"calendar\">");
    enum gaz_status status = put_days(page, answer, err);
    gaz_html_put(page->out, "</div>");
    gaz_results_put_paging(page, answer, gaz_link_here(page));
    gaz_html_put(page->out, "<nav class=\"paging\" aria-label=\"%s\">", M(MONTHS));
    put_month(page, when, -1, "prev", GAZ_MESSAGE_PREVIOUS);
    put_month(page, when, 1, "next", GAZ_MESSAGE_NEXT);
    gaz_html_put(page->out, "</nav>");
    return end(page, 200, status, err);
}

// /calendar/2023-10, a day, a year or FROM..TO
enum gaz_status gaz_page_calendar(struct gaz_page *page, struct gaz_err *err) {
    struct gaz_answer answer;
    enum gaz_status status = ask(page, GAZ_MODE_CALENDAR, gaz_page_segment(page, 1), LINES, err);
    if (status == GAZ_OK) {
        status = gaz_search(page->archive, &page->asked.request, &answer, err);
    }
    if (status == GAZ_OK) {
        status = put_calendar(page, &answer, err);
        gaz_answer_free(&answer);
    }
    return status;
}

// --- units ---

static void put_all_link(const struct gaz_page *page, const struct gaz_answer *answer) {
    struct gaz_buf link = GAZ_BUF_INIT;
    if (answer->total <= gaz_answer_hit_count(answer)) {
        return;
    }
    gaz_buf_addstr(&link, "/search");
    gaz_target_put_parameter(&link, "unit", answer->request.query);
    gaz_target_put_parameter(&link, "role", gaz_role_name(answer->request.role));
    gaz_html_put(page->out, "<p class=\"more\"><a href=\"%s\">", link.data);
    gaz_page_say_count(page, GAZ_MESSAGE_ALL_HITS, answer->total);
    gaz_html_put(page->out, "</a></p>");
    gaz_buf_free(&link);
}

// A section with what the unit does in one role. Adds to *TOTAL.
static enum gaz_status put_role(struct gaz_page *page, enum gaz_role role, enum gaz_message heading,
                                size_t *total, struct gaz_err *err) {
    struct gaz_answer answer;
    page->asked.request.role = role;
    enum gaz_status status = gaz_search(page->archive, &page->asked.request, &answer, err);
    if (status != GAZ_OK) {
        return status;
    }
    if (answer.total > 0 && !answer.relaxed && strcmp(answer.mode, "unit") == 0) {
        *total += answer.total;
        gaz_html_put(page->out, "<section><h2>%s <span class=\"count\">%zu</span></h2>",
                     gaz_page_text(page, heading), answer.total);
        status = put_hits(page, &answer, err);
        put_all_link(page, &answer);
        gaz_html_put(page->out, "</section>");
    }
    gaz_answer_free(&answer);
    return status;
}

// /unit/NAME: what it leads, what it shares in, what it issued and what was addressed to it.
enum gaz_status gaz_page_unit(struct gaz_page *page, struct gaz_err *err) {
    static const struct {
        enum gaz_role role;
        enum gaz_message heading;
    } parts[] = {{GAZ_ROLE_LEAD, GAZ_MESSAGE_UNIT_LEADS},
                 {GAZ_ROLE_SHARE, GAZ_MESSAGE_UNIT_SHARES},
                 {GAZ_ROLE_ISSUER, GAZ_MESSAGE_UNIT_ISSUED},
                 {GAZ_ROLE_ADDRESSEE, GAZ_MESSAGE_UNIT_ADDRESSED}};
    const char *name = gaz_page_segment(page, 1);
    size_t total = 0;
    enum gaz_status status = ask(page, GAZ_MODE_UNIT, name, HITS, err);
    begin(page, name);
    gaz_html_put(page->out, "<h1>%s</h1>", name);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && status == GAZ_OK; i++) {
        status = put_role(page, parts[i].role, parts[i].heading, &total, err);
    }
    if (total == 0) {
        gaz_html_put(page->out, "<p class=\"state\">%s</p>", M(NOT_FOUND));
    }
    return end(page, total > 0 ? 200 : 404, status, err);
}

// --- series ---

struct series {
    struct gaz_page *page;
    struct gaz_answer held, missing;
    struct gaz_err *err;
};

static bool is_before(const struct gaz_listed *one, const struct gaz_listed *other) {
    return one->year != other->year ? one->year < other->year : one->serial < other->serial;
}

static enum gaz_status put_number(const struct series *series, const struct gaz_answer *answer, size_t at) {
    const struct gaz_render_options options = {.page = series->page};
    struct gaz_hit hit;
    enum gaz_status status = gaz_answer_hit(answer, at, &hit, series->err);
    if (status == GAZ_OK) {
        status = gaz_render_html.hit(answer, &hit, &options, series->page->out, series->err);
        gaz_hit_free(&hit);
    }
    return status;
}

// How many numbers from AT on are missing one behind the other, without any citation.
static size_t run_length(const struct gaz_listing *missing, size_t at) {
    size_t end = at;
    while (end < missing->count && missing->items[end].holding == GAZ_HOLDING_MISSING &&
           missing->items[end].year == missing->items[at].year &&
           missing->items[end].serial == missing->items[at].serial + (end - at)) {
        end++;
    }
    return end - at;
}

static enum gaz_status put_missing(const struct series *series, size_t *at) {
    const struct gaz_page *page = series->page;
    const struct gaz_listing *missing = &series->missing.listing;
    size_t run = run_length(missing, *at);
    if (run < 2) {
        return put_number(series, &series->missing, (*at)++);
    }
    gaz_html_put(page->out,
                 "<li class=\"listed missing\"><span class=\"number\">%s – %s</span>"
                 "<span class=\"meta\"><span>",
                 missing->items[*at].text, missing->items[*at + run - 1].text);
    gaz_page_say_count(page, GAZ_MESSAGE_MISSING_RUN, run);
    gaz_html_put(page->out, "</span></span></li>\n");
    *at += run;
    return GAZ_OK;
}

// Both lists in one, by year and number.
static enum gaz_status put_series(const struct series *series) {
    const struct gaz_listing *held = &series->held.listing, *missing = &series->missing.listing;
    const struct gaz_page *page = series->page;
    size_t i = 0, j = 0;
    int year = -1;
    enum gaz_status status = GAZ_OK;
    while ((i < held->count || j < missing->count) && status == GAZ_OK) {
        bool is_held =
            j >= missing->count || (i < held->count && is_before(&held->items[i], &missing->items[j]));
        int of = is_held ? held->items[i].year : missing->items[j].year;
        if (of != year) {
            gaz_html_put(page->out, year >= 0 ? "</ul>" : "");
            if (of > 0) {
                gaz_html_put(page->out, "<h2>%d</h2>", of);
            }
            gaz_html_put(page->out, "<ul class=\"listing\">\n");
            year = of;
        }
        status = is_held ? put_number(series, &series->held, i++) : put_missing(series, &j);
    }
    gaz_html_put(page->out, year >= 0 ? "</ul>" : "<p class=\"state\">%s</p>", M(NOT_FOUND));
    return status;
}

// CODE, or CODE〔YEAR〕.
static const char *series_name(const struct gaz_page *page) {
    const char *code = gaz_page_segment(page, 1), *year = gaz_page_segment(page, 2);
    struct gaz_buf name = GAZ_BUF_INIT;
    gaz_buf_addstr(&name, code);
    if (year) {
        gaz_buf_printf(&name, "〔%s〕", year);
    }
    const char *kept = gaz_arena_strndup(page->arena, name.data, name.len);
    gaz_buf_free(&name);
    return kept;
}

// /series/CODE/YEAR, with the numbers that are missing.
enum gaz_status gaz_page_series(struct gaz_page *page, struct gaz_err *err) {
    struct series series = {.page = page, .err = err};
    const char *name = series_name(page);
    enum gaz_status status = name ? ask(page, GAZ_MODE_SERIES, name, 0, err) : gaz_err_memory(err);
    if (status == GAZ_OK) {
        status = gaz_search(page->archive, &page->asked.request, &series.held, err);
    }
    if (status != GAZ_OK) {
        return status;
    }
    page->asked.request.gaps = true;
    status = gaz_search(page->archive, &page->asked.request, &series.missing, err);
    if (status == GAZ_OK) {
        begin(page, name);
        gaz_html_put(page->out, "<h1>");
        gaz_page_say_value(page, GAZ_MESSAGE_SERIES_OF, name);
        gaz_html_put(page->out, "</h1>");
        status = put_series(&series);
        status = end(page, code_of(&series.held), status, err);
        gaz_answer_free(&series.missing);
    }
    gaz_answer_free(&series.held);
    return status;
}
