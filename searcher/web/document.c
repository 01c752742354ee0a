// SPDX-License-Identifier: GPL-2.0-or-later
//
// The page of a document, as the gazette prints it.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "searcher/web/reader.h"
#include "searcher/web/sources.h"
#include "searcher/web/units.h"

static const char *title_of(const json_t *document) {
    const char *title = gaz_page_field(document, "title");
    return *title ? title : gaz_page_field(document, "address");
}

// --- header ---

static void put_fact(const struct gaz_page *page, enum gaz_message name, const char *value,
                     const char *target) {
    if (*value) {
        gaz_html_put(page->out, target ? "<div><dt>%s</dt><dd><a href=\"%s\">" : "<div><dt>%s</dt><dd>",
                     gaz_page_text(page, name), target);
        gaz_html_put(page->out, target ? "%s</a></dd></div>" : "%s</dd></div>", value);
    }
}

static const char *pages_of(const struct gaz_page *page, const json_t *document) {
    const json_t *pages = json_object_get(document, "pages");
    long long first = json_integer_value(json_array_get(pages, 0));
    long long last = json_integer_value(json_array_get(pages, 1));
    char text[64];
    snprintf(text, sizeof text, last > first ? "%lld–%lld" : "%lld", first, last);
    const char *kept = gaz_arena_strndup(page->arena, text, strlen(text));
    return first > 0 && kept ? kept : "";
}

static enum gaz_status put_facts(const struct gaz_page *page, const struct gaz_reader *reader,
                                 struct gaz_err *err) {
    const json_t *document = reader->document;
    const char *issue = gaz_page_field(reader->issue, "id"), *issue_name = "";
    const char *issuer = gaz_page_field(document, "issuer"), *date = gaz_page_field(document, "date");
    const char *code = gaz_page_field(json_object_get(document, "number"), "code");
    enum gaz_status status = gaz_page_issue_name(page, issue, &issue_name, err);
    gaz_html_put(page->out, "<dl class=\"facts\">");
    put_fact(page, GAZ_MESSAGE_FACET_ISSUER, issuer, gaz_link_name(page, "unit", issuer));
    put_fact(page, GAZ_MESSAGE_DATE, date, NULL);
    put_fact(page, GAZ_MESSAGE_FACET_KIND, gaz_page_field(document, "kind"), NULL);
    put_fact(page, GAZ_MESSAGE_REGISTRATION, gaz_page_field(document, "registration"), NULL);
    put_fact(page, GAZ_MESSAGE_FACET_SECTION, gaz_page_field(document, "section"), NULL);
    put_fact(page, GAZ_MESSAGE_PUBLISHED_IN, issue_name, gaz_link_name(page, "issue", issue));
    put_fact(page, GAZ_MESSAGE_PAGES, pages_of(page, document), NULL);
    put_fact(page, GAZ_MESSAGE_SERIES, code, gaz_link_name(page, "series", code));
    gaz_html_put(page->out, "</dl>");
    return status;
}

// Issuer over a red line, number and title, as the first page of a document has them.
static void put_header(const struct gaz_page *page, const struct gaz_reader *reader) {
    const json_t *document = reader->document;
    const char *number = gaz_page_field(json_object_get(document, "number"), "text");
    gaz_html_put(page->out, "<header class=\"head\">");
    if (*gaz_page_field(document, "issuer")) {
        gaz_html_put(page->out, "<p class=\"issuer\">%s</p>", gaz_page_field(document, "issuer"));
    }
    if (*number) {
        gaz_html_put(page->out, "<p class=\"number\">%s</p>", number);
    }
    gaz_html_put(page->out, "<h1>%s</h1>", title_of(document));
    gaz_html_validity(page, reader->validity, &reader->evidence);
    gaz_html_put(page->out, "</header>");
}

// --- the parts beside it ---

static void put_cited(const struct gaz_page *page, const json_t *citation) {
    const char *to = gaz_page_field(citation, "to"), *text = gaz_page_field(citation, "text");
    const char *key = gaz_page_field(json_object_get(citation, "number"), "key");
    gaz_html_put(page->out, "<li>");
    gaz_html_relation(page, gaz_page_field(citation, "relation"));
    if (*to) {
        gaz_html_put(page->out, "<a href=\"%s\">%s</a>", gaz_link_document(page, to), text);
    } else if (*key) {
        gaz_html_put(page->out, "<a href=\"%s\">%s</a> <span class=\"meta\">%s</span>",
                     gaz_link_name(page, "number", key), text, M(NOT_HELD));
    } else {
        gaz_html_put(page->out, "%s <span class=\"meta\">%s</span>", text, M(NOT_HELD));
    }
    gaz_html_put(page->out, " <a class=\"where\" href=\"%s\">%s</a></li>",
                 gaz_link_unit(page, gaz_page_field(citation, "from")), M(WHERE_CITED));
}

static void put_cites(const struct gaz_page *page, const struct gaz_reader *reader) {
    size_t i;
    json_t *citation;
    if (json_array_size(reader->cites) == 0) {
        return;
    }
    gaz_html_put(page->out, "<section class=\"citings\" id=\"cites\"><h2>");
    gaz_page_say_count(page, GAZ_MESSAGE_CITES, json_array_size(reader->cites));
    gaz_html_put(page->out, "</h2><ul>");
    json_array_foreach(reader->cites, i, citation) {
        put_cited(page, citation);
    }
    gaz_html_put(page->out, "</ul></section>");
}

// The citation of the whole, ready to be copied, and what else can be had of it.
static void put_take_away(const struct gaz_page *page, const struct gaz_reader *reader) {
    const char *id = gaz_page_field(reader->document, "id");
    struct gaz_buf citation = GAZ_BUF_INIT;
    gaz_cite_gbt(reader->document, reader->issue, NULL, 0, &citation);
    gaz_html_put(page->out,
                 "<section class=\"cite\"><h2>%s</h2><p class=\"citation\" data-text=\"%s\">%s</p>"
                 "<p class=\"downloads\">",
                 M(CITE_THIS), citation.data, citation.data);
    static const char *const formats[][2] = {
        {"md", "Markdown"}, {"json", "JSON"}, {"bibtex", "BibTeX"}, {"akn", "Akoma Ntoso"}};
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        struct gaz_buf link = GAZ_BUF_INIT;
        gaz_buf_addstr(&link, "/api/search");
        gaz_target_put_parameter(&link, "show", id);
        gaz_target_put_parameter(&link, "format", formats[i][0]);
        gaz_html_put(page->out, "<a href=\"%s\">%s</a> ", link.data, formats[i][1]);
        gaz_buf_free(&link);
    }
    gaz_html_put(page->out, "</p></section>");
    gaz_buf_free(&citation);
}

static void put_views(const struct gaz_page *page, const char *id, bool printed) {
    const char *plain = gaz_link_document(page, id);
    if (!page->site->sources) {
        return;
    }
    gaz_html_put(page->out, "<p class=\"views\" role=\"group\" aria-label=\"%s\">", M(VIEW));
    gaz_html_put(page->out, printed ? "<a href=\"%s\">%s</a>" : "<a href=\"%s\" aria-current=\"true\">%s</a>",
                 plain, M(VIEW_READ));
    gaz_html_put(page->out,
                 printed ? "<a href=\"%s?view=printed\" aria-current=\"true\">%s</a>"
                         : "<a href=\"%s?view=printed\">%s</a>",
                 plain, M(VIEW_PRINTED));
    gaz_html_put(page->out, "</p>");
}

// Leads to the documents before and behind it in the issue.
static enum gaz_status put_neighbour(const struct gaz_page *page, const char *issue, long number,
                                     const char *which, enum gaz_message message, struct gaz_err *err) {
    json_t *record = NULL;
    struct gaz_err reason = {0};
    struct gaz_buf id = GAZ_BUF_INIT;
    gaz_buf_printf(&id, "%s/%ld", issue, number);
    enum gaz_status status = gaz_buf_check(&id, err);
    if (status == GAZ_OK) {
        status = gaz_archive_record_by_id(page->archive, id.data, &record, &reason);
    }
    if (status == GAZ_OK) {
        gaz_html_put(page->out, "<a rel=\"%s\" href=\"%s\"><span>%s</span> %s</a>", which,
                     gaz_link_document(page, id.data), gaz_page_text(page, message), title_of(record));
        json_decref(record);
    }
    gaz_buf_free(&id);
    return status == GAZ_OK || status == GAZ_ERR_NOT_FOUND ? GAZ_OK
                                                           : gaz_err_set(err, status, "%s", reason.message);
}

static enum gaz_status put_neighbours(const struct gaz_page *page, const struct gaz_reader *reader,
                                      struct gaz_err *err) {
    const char *id = gaz_page_field(reader->document, "id"), *slash = strrchr(id, '/');
    const char *issue = gaz_page_field(reader->issue, "id");
    long number = slash ? strtol(slash + 1, NULL, 10) : 0;
    gaz_html_put(page->out, "<nav class=\"paging\" aria-label=\"%s\">", M(IN_THE_ISSUE));
    enum gaz_status status = put_neighbour(page, issue, number - 1, "prev", GAZ_MESSAGE_BEFORE, err);
    if (status == GAZ_OK) {
        status = put_neighbour(page, issue, number + 1, "next", GAZ_MESSAGE_BEHIND, err);
    }
    gaz_html_put(page->out, "</nav>");
    return status;
}

// --- the page ---

static enum gaz_status put_text(const struct gaz_page *page, const struct gaz_reader *reader, bool printed,
                                struct gaz_err *err) {
    const char *addressee = gaz_page_field(reader->document, "addressee");
    if (*addressee && !printed) {
        gaz_html_put(page->out, "<p class=\"addressee\">%s：</p>", addressee);
    }
    return printed ? gaz_sources_put_beside(page, reader, err) : gaz_units_put(page, reader, err);
}

static enum gaz_status put_document(struct gaz_page *page, const struct gaz_reader *reader,
                                    struct gaz_err *err) {
    const char *view = gaz_target_value(&page->target, "view");
    bool printed = view && strcmp(view, "printed") == 0 && page->site->sources;
    gaz_page_begin(page, &(struct gaz_page_head){.title = title_of(reader->document)});
    gaz_html_put(page->out, "<div class=\"columns document\"><article class=\"%s\">",
                 printed ? "beside" : "sheet");
    put_views(page, gaz_page_field(reader->document, "id"), printed);
    put_header(page, reader);
    enum gaz_status status = put_text(page, reader, printed, err);
    gaz_html_put(page->out, "<p class=\"note\">%s</p></article><aside>", M(REPRODUCTION_NOTE));
    if (status == GAZ_OK) {
        status = put_facts(page, reader, err);
    }
    if (!printed) {
        gaz_units_put_contents(page, reader);
    }
    put_take_away(page, reader);
    gaz_html_put(page->out, "</aside></div>");
    put_cites(page, reader);
    if (status == GAZ_OK) {
        status = gaz_html_citings(page, &reader->cited_by, GAZ_MESSAGE_CITED_BY, err);
    }
    if (status == GAZ_OK) {
        status = put_neighbours(page, reader, err);
    }
    gaz_page_end(page);
    return status == GAZ_OK ? gaz_page_is_html(page, 200, err) : status;
}

enum gaz_status gaz_page_document(struct gaz_page *page, struct gaz_err *err) {
    struct gaz_reader reader;
    struct gaz_err reason = {0};
    const char *id = gaz_page_rest(page, 1);
    enum gaz_status status = gaz_reader_open(page, id, &reader, &reason);
    if (status == GAZ_ERR_NOT_FOUND) {
        return gaz_page_show(page, err); // the id of something else, or an address
    }
    if (status != GAZ_OK) {
        return gaz_err_set(err, status, "%s", reason.message);
    }
    status = put_document(page, &reader, err);
    gaz_reader_close(&reader);
    return status;
}
