// SPDX-License-Identifier: GPL-2.0-or-later
//
// For other programs of a reader: an Atom feed (RFC 4287) of a question, and an OpenSearch 1.1 description,
// by which a browser asks here.
#include <stdio.h>
#include <string.h>

#include "searcher/web/page.h"

enum { ENTRIES = 30, BASE_MAX = 300 };

// Where the client thinks it is; "" unless that looks like a host.
static const char *host_of(const struct gaz_page *page) {
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]";
    const char *host = page->request->host;
    bool is_host = host && host[strspn(host, allowed)] == '\0' && strlen(host) < BASE_MAX - strlen("http://");
    return is_host ? host : "";
}

static void put_base(const struct gaz_page *page) {
    gaz_html_put(page->out, *host_of(page) ? "http://%s" : "%s", host_of(page));
}

// --- Atom ---

// Without a question, the latest documents.
static void suit_feed(struct gaz_question *asked, bool sorted) {
    struct gaz_request *request = &asked->request;
    if (request->mode == GAZ_MODE_READ && !request->query && !request->filters.class_name) {
        request->filters.class_name = "document";
    }
    request->limit =
        request->limit == 0 || request->limit > ENTRIES || !asked->limit_given ? ENTRIES : request->limit;
    request->sort = sorted ? request->sort : GAZ_SORT_DATE_DOWN;
    request->extract = request->facets = false;
    request->kwic = 0;
    request->after = NULL;
}

enum gaz_status gaz_feed_atom(struct gaz_page *page, struct gaz_err *err) {
    char base[BASE_MAX] = "";
    const struct gaz_render_options options = {.links = base};
    struct gaz_answer answer;
    if (*host_of(page)) {
        snprintf(base, sizeof base, "http://%s", host_of(page));
    }
    enum gaz_status status = gaz_page_ask(page, false, err);
    if (status == GAZ_OK) {
        suit_feed(&page->asked, gaz_target_value(&page->target, "sort") != NULL);
        status = gaz_search(page->archive, &page->asked.request, &answer, err);
    }
    if (status == GAZ_OK) {
        status = gaz_render_whole(&gaz_render_atom, &answer, &options, page->out, err);
        gaz_answer_free(&answer);
    }
    return status == GAZ_OK ? gaz_page_is(page, 200, "application/atom+xml; charset=utf-8", err) : status;
}

// --- OpenSearch ---

enum gaz_status gaz_feed_opensearch(struct gaz_page *page, struct gaz_err *err) {
    const char *name = page->site->name ? page->site->name : M(SITE);
    gaz_html_put(page->out,
                 "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                 "<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">"
                 "<ShortName>%s</ShortName><Description>%s</Description>"
                 "<InputEncoding>UTF-8</InputEncoding>\n<Image type=\"image/svg+xml\">",
                 name, M(LEAD));
    put_base(page);
    gaz_html_put(page->out, "/icon.svg</Image>\n<Url type=\"text/html\" template=\"");
    put_base(page);
    gaz_html_put(page->out, "/search?q={searchTerms}\"/>\n<Url type=\"application/atom+xml\" template=\"");
    put_base(page);
    gaz_html_put(page->out, "/feed?q={searchTerms}\"/></OpenSearchDescription>\n");
    return gaz_page_is(page, 200, "application/opensearchdescription+xml; charset=utf-8", err);
}
