// SPDX-License-Identifier: GPL-2.0-or-later
//
// Pages of what the archive holds: the first page, all issues, and what is in one.
#include <stdlib.h>
#include <string.h>

#include "searcher/web/reader.h"

#define M(id) gaz_page_text(page, GAZ_MESSAGE_##id)

enum { LATEST = 12 };

// --- issues ---

static enum gaz_status read_issues(const struct gaz_page *page, json_t **out, struct gaz_err *err) {
    return gaz_reader_select(page, gaz_select_type(page->arena, GAZ_RECORD_ISSUE), out, err);
}

static json_int_t year_of(const json_t *issue) {
    return json_integer_value(json_object_get(issue, "year"));
}

// The latest year first; within a year by gazette, then the later one first as ids tell.
static int by_year(const void *a, const void *b) {
    const json_t *one = *(json_t *const *)a, *other = *(json_t *const *)b;
    json_int_t years = year_of(other) - year_of(one);
    int gazettes = strcmp(gaz_page_field(one, "gazette"), gaz_page_field(other, "gazette"));
    if (years != 0) {
        return years < 0 ? -1 : 1;
    }
    return gazettes ? gazettes : strverscmp(gaz_page_field(other, "id"), gaz_page_field(one, "id"));
}

// The issues in that order, borrowed from ISSUES, in the page's arena.
static const json_t **sort_issues(const struct gaz_page *page, const json_t *issues) {
    size_t count = json_array_size(issues), i;
    json_t *issue;
    const json_t **sorted = gaz_arena_alloc(page->arena, (count + 1) * sizeof(json_t *));
    if (!sorted) {
        return NULL;
    }
    json_array_foreach(issues, i, issue) {
        sorted[i] = issue;
    }
    if (count > 0) {
        qsort(sorted, count, sizeof *sorted, by_year);
    }
    return sorted;
}

static void put_issue_link(const struct gaz_page *page, const json_t *issue) {
    gaz_html_put(page->out, "<li><a href=\"%s\">%s <b>%s</b></a> <span class=\"meta\">%s</span></li>\n",
                 gaz_link_name(page, "issue", gaz_page_field(issue, "id")), gaz_page_field(issue, "gazette"),
                 gaz_page_field(issue, "address"), gaz_page_field(issue, "serial"));
}

static void put_years(const struct gaz_page *page, const json_t *const *issues, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || year_of(issues[i]) != year_of(issues[i - 1])) {
            gaz_html_put(page->out, i > 0 ? "</ul>" : "");
            gaz_html_put(page->out,
                         year_of(issues[i]) > 0 ? "<h2>%d</h2><ul class=\"issues\">"
                                                : "<ul class=\"issues\">",
                         (int)year_of(issues[i]));
        }
        put_issue_link(page, issues[i]);
    }
    gaz_html_put(page->out, count > 0 ? "</ul>" : "");
}

enum gaz_status gaz_page_issues(struct gaz_page *page, struct gaz_err *err) {
    json_t *issues = NULL;
    enum gaz_status status = read_issues(page, &issues, err);
    const json_t **sorted = status == GAZ_OK ? sort_issues(page, issues) : NULL;
    if (status == GAZ_OK && !sorted) {
        status = gaz_err_memory(err);
    }
    if (status == GAZ_OK) {
        gaz_page_begin(page, &(struct gaz_page_head){.title = M(ISSUES)});
        gaz_html_put(page->out, "<h1>%s</h1>", M(ISSUES));
        put_years(page, sorted, json_array_size(issues));
        gaz_page_end(page);
        status = gaz_page_is_html(page, 200, err);
    }
    json_decref(issues);
    return status;
}

// --- the first page ---

static void put_examples(const struct gaz_page *page) {
    static const enum gaz_message examples[] = {GAZ_MESSAGE_EXAMPLE_NUMBER, GAZ_MESSAGE_EXAMPLE_UNIT,
                                                GAZ_MESSAGE_EXAMPLE_PHRASE, GAZ_MESSAGE_EXAMPLE_DATE};
    gaz_html_put(page->out, "<dl class=\"ways\">");
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        const char *text = gaz_page_text(page, examples[i]), *bar = strchr(text, '|');
        gaz_html_put(page->out, "<div><dt>");
        gaz_html_escape(page->out, text, (size_t)(bar - text));
        gaz_html_put(page->out, "</dt><dd>%s</dd></div>", bar + 1);
    }
    gaz_html_put(page->out, "</dl>");
}

static void put_home(struct gaz_page *page, const json_t *const *issues, size_t count) {
    gaz_page_begin(page, &(struct gaz_page_head){.feed = "/feed", .is_first = true});
    gaz_html_put(page->out, "<div class=\"home\"><h1>%s</h1><p class=\"lead\">%s</p>",
                 page->site->name ? page->site->name : M(SITE), M(LEAD));
    gaz_page_put_search(page, NULL);
    put_examples(page);
    gaz_html_put(page->out, "<h2>%s</h2><ul class=\"issues\">", M(LATEST_ISSUES));
    for (size_t i = 0; i < count && i < LATEST; i++) {
        put_issue_link(page, issues[i]);
    }
    gaz_html_put(page->out, "</ul>");
    if (count > LATEST) {
        gaz_html_put(page->out, "<p><a href=\"/issues\">");
        gaz_page_say_count(page, GAZ_MESSAGE_ALL_ISSUES, count);
        gaz_html_put(page->out, "</a></p>");
    }
    gaz_html_put(page->out, "</div>");
    gaz_page_end(page);
}

enum gaz_status gaz_page_home(struct gaz_page *page, struct gaz_err *err) {
    json_t *issues = NULL;
    enum gaz_status status = read_issues(page, &issues, err);
    const json_t **sorted = status == GAZ_OK ? sort_issues(page, issues) : NULL;
    if (status == GAZ_OK && !sorted) {
        status = gaz_err_memory(err);
    }
    if (status == GAZ_OK) {
        put_home(page, sorted, json_array_size(issues));
        status = gaz_page_is_html(page, 200, err);
    }
    json_decref(issues);
    return status;
}

// --- one issue ---

static void put_entry(const struct gaz_page *page, const json_t *document) {
    const char *title = gaz_page_field(document, "title"), *address = gaz_page_field(document, "address");
    const char *number = gaz_page_field(json_object_get(document, "number"), "text");
    const char *issuer = gaz_page_field(document, "issuer");
    gaz_html_put(page->out, "<li><a href=\"%s\">%s</a> <span class=\"pageno\">%d</span>",
                 gaz_link_document(page, gaz_page_field(document, "id")), *title ? title : address,
                 (int)json_integer_value(json_object_get(document, "page")));
    if (*number || *issuer) {
        gaz_html_put(page->out, "<span class=\"meta\"><span class=\"number\">%s</span><span>%s</span></span>",
                     number, issuer);
    }
    gaz_html_put(page->out, "</li>\n");
}

// Documents under the sections of the gazette.
static void put_table_of_contents(const struct gaz_page *page, const json_t *documents) {
    const char *section = NULL;
    size_t i;
    json_t *document;
    gaz_html_put(page->out, "<div class=\"toc narrow\">");
    json_array_foreach(documents, i, document) {
        const char *of = gaz_page_field(document, "section");
        if (strcmp(gaz_page_field(document, "type"), "document") != 0) {
            continue;
        }
        if (!section || strcmp(section, of) != 0) {
            gaz_html_put(page->out, section ? "</ol>" : "");
            gaz_html_put(page->out, *of ? "<h2>%s</h2>" : "%s", of);
            gaz_html_put(page->out, "<ol>\n");
            section = of;
        }
        put_entry(page, document);
    }
    gaz_html_put(page->out, section ? "</ol></div>" : "</div>");
}

static void put_issue(struct gaz_page *page, const json_t *records) {
    const json_t *issue = json_array_get(records, 0);
    const char *gazette = gaz_page_field(issue, "gazette"), *address = gaz_page_field(issue, "address");
    gaz_page_begin(page, &(struct gaz_page_head){.title = address});
    gaz_html_put(
        page->out,
        "<header class=\"head\"><p class=\"issuer\">%s</p><h1>%s</h1><p class=\"meta\">%s</p></header>",
        gazette, address, gaz_page_field(issue, "serial"));
    put_table_of_contents(page, records);
    if (page->site->sources) {
        gaz_html_put(page->out, "<p><a href=\"%s/1\">%s</a></p>",
                     gaz_link_name(page, "source", gaz_page_field(issue, "id")), M(SOURCE_TEXT));
    }
    gaz_page_end(page);
}

static bool is_issue(const json_t *record) {
    return strcmp(gaz_page_field(record, "type"), gaz_record_type_name(GAZ_RECORD_ISSUE)) == 0;
}

// /issue/ID, and /issue/2024年第3期
enum gaz_status gaz_page_issue(struct gaz_page *page, struct gaz_err *err) {
    json_t *records = NULL;
    const char *name = gaz_page_segment(page, 1);
    enum gaz_status status = gaz_reader_show(page, name, &records, err);
    const char *id = gaz_page_field(json_array_get(records, 0), "id");
    if (status == GAZ_OK && !is_issue(json_array_get(records, 0))) {
        status = gaz_err_set(err, GAZ_ERR_NOT_FOUND, "%s: no such issue", name);
    } else if (status == GAZ_OK && strcmp(id, name) != 0) {
        status = gaz_page_redirect(page, gaz_link_name(page, "issue", id), err);
    } else if (status == GAZ_OK) {
        put_issue(page, records);
        status = gaz_page_is_html(page, 200, err);
    }
    json_decref(records);
    return status;
}
