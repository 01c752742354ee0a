// SPDX-License-Identifier: GPL-2.0-or-later
//
// Pages of what the archive holds: the first page, all issues, and what is in one.
#include <string.h>

#include "searcher/web/reader.h"

enum { LATEST = 12 };

// --- issues ---

static void put_issue_link(const struct gaz_page *page, const struct gaz_shelf_issue *issue) {
    gaz_html_put(page->out, "<li><a href=\"%s\">%s <b>%s</b></a> <span class=\"meta\">%s</span></li>\n",
                 gaz_link_name(page, "issue", issue->id), issue->gazette, issue->address, issue->serial);
}

static void put_years(const struct gaz_page *page, const struct gaz_shelf_issue *issues, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || issues[i].year != issues[i - 1].year) {
            gaz_html_put(page->out, i > 0 ? "</ul>" : "");
            gaz_html_put(page->out,
                         issues[i].year > 0 ? "<h2>%d</h2><ul class=\"issues\">" : "<ul class=\"issues\">",
                         issues[i].year);
        }
        put_issue_link(page, &issues[i]);
    }
    gaz_html_put(page->out, count > 0 ? "</ul>" : "");
}

enum gaz_status gaz_page_issues(struct gaz_page *page, struct gaz_err *err) {
    const struct gaz_shelf_issue *issues;
    size_t count;
    enum gaz_status status = gaz_shelf_issues(page->shelf, &issues, &count, err);
    if (status != GAZ_OK) {
        return status;
    }
    gaz_page_begin(page, &(struct gaz_page_head){.title = M(ISSUES)});
    gaz_html_put(page->out, "<h1>%s</h1>", M(ISSUES));
    put_years(page, issues, count);
    gaz_page_end(page);
    return gaz_page_is_html(page, 200, err);
}

// --- the first page ---

static void put_examples(const struct gaz_page *page) {
    static const enum gaz_message examples[] = {GAZ_MESSAGE_EXAMPLE_NUMBER, GAZ_MESSAGE_EXAMPLE_UNIT,
                                                GAZ_MESSAGE_EXAMPLE_PHRASE, GAZ_MESSAGE_EXAMPLE_DATE};
    gaz_page_put_ways(page, examples, sizeof examples / sizeof examples[0]);
}

static void put_home(struct gaz_page *page, const struct gaz_shelf_issue *issues, size_t count) {
    gaz_page_begin(page, &(struct gaz_page_head){.feed = "/feed", .is_first = true});
    gaz_html_put(page->out, "<div class=\"home\"><h1>%s</h1><p class=\"lead\">%s</p>",
                 page->site->name ? page->site->name : M(SITE), M(LEAD));
    gaz_page_put_search(page, NULL);
    put_examples(page);
    gaz_html_put(page->out, "<h2>%s</h2><ul class=\"issues\">", M(LATEST_ISSUES));
    for (size_t i = 0; i < count && i < LATEST; i++) {
        put_issue_link(page, &issues[i]);
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
    const struct gaz_shelf_issue *issues;
    size_t count;
    enum gaz_status status = gaz_shelf_issues(page->shelf, &issues, &count, err);
    if (status != GAZ_OK) {
        return status;
    }
    put_home(page, issues, count);
    return gaz_page_is_html(page, 200, err);
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

static size_t count_issues(const json_t *records) {
    size_t count = 0, i;
    json_t *record;
    json_array_foreach(records, i, record) {
        count += is_issue(record);
    }
    return count;
}

// The issues that NAME may be: several gazettes may have one of it.
static enum gaz_status put_candidates(struct gaz_page *page, const char *name, const json_t *records,
                                      struct gaz_err *err) {
    enum gaz_status status = GAZ_OK;
    size_t i;
    json_t *record;
    gaz_page_begin(page, &(struct gaz_page_head){.title = name});
    gaz_html_put(page->out, "<div class=\"narrow\"><h1>%s</h1><ul class=\"issues\">", name);
    json_array_foreach(records, i, record) {
        struct gaz_shelf_issue issue;
        if (is_issue(record) && status == GAZ_OK) {
            status = gaz_shelf_issue_read(record, page->arena, &issue, err);
            if (status == GAZ_OK) {
                put_issue_link(page, &issue);
            }
        }
    }
    gaz_html_put(page->out, "</ul></div>");
    gaz_page_end(page);
    return status == GAZ_OK ? gaz_page_is_html(page, 200, err) : status;
}

// /issue/ID, and /issue/2024年第3期
enum gaz_status gaz_page_issue(struct gaz_page *page, struct gaz_err *err) {
    json_t *records = NULL;
    const char *name = gaz_page_segment(page, 1);
    enum gaz_status status = gaz_reader_show(page, name, &records, err);
    const char *id = gaz_page_field(json_array_get(records, 0), "id");
    size_t count = count_issues(records);
    if (status == GAZ_OK && count == 0) {
        status = gaz_err_set(err, GAZ_ERR_NOT_FOUND, "%s: no such issue", name);
    } else if (status == GAZ_OK && count > 1) {
        status = put_candidates(page, name, records, err);
    } else if (status == GAZ_OK && strcmp(id, name) != 0) {
        status = gaz_page_redirect(page, gaz_link_name(page, "issue", id), err);
    } else if (status == GAZ_OK) {
        put_issue(page, records);
        status = gaz_page_is_html(page, 200, err);
    }
    json_decref(records);
    return status;
}
