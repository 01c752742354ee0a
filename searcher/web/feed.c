// SPDX-License-Identifier: GPL-2.0-or-later
//
// For other programs of a reader: an Atom feed (RFC 4287) of a question, and an OpenSearch 1.1 description,
// by which a browser asks here.
#include <string.h>

#include "searcher/web/page.h"

#define M(id) gaz_page_text(page, GAZ_MESSAGE_##id)

enum { ENTRIES = 30 };

// Where the client thinks it is; "" unless that looks like a host.
static const char *host_of(const struct gaz_page *page) {
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]";
    const char *host = page->request->host;
    return host && host[strspn(host, allowed)] == '\0' ? host : "";
}

static void put_base(const struct gaz_page *page) {
    gaz_html_put(page->out, *host_of(page) ? "http://%s" : "%s", host_of(page));
}

// --- Atom ---

// Dates without a time; of what has none, the beginning of time.
static void put_updated(const struct gaz_page *page, const char *date) {
    gaz_html_put(page->out, "<updated>%sT00:00:00Z</updated>\n", *date ? date : "1970-01-01");
}

static void put_entry(struct gaz_page *page, const struct gaz_hit *hit) {
    const char *id = gaz_page_field(hit->record, "id"), *title = gaz_page_field(hit->document, "title");
    const char *issuer = gaz_page_field(hit->document, "issuer");
    const char *number = gaz_page_field(json_object_get(hit->document, "number"), "text");
    gaz_html_put(page->out, "<entry><title>%s</title><id>tag:gazette-web,2024:%s</id><link href=\"",
                 *title ? title : gaz_page_field(hit->record, "address"), id);
    put_base(page);
    gaz_html_put(page->out, "%s\"/>", gaz_link_unit(page, id));
    put_updated(page, gaz_page_field(hit->document, "date"));
    if (*issuer) {
        gaz_html_put(page->out, "<author><name>%s</name></author>", issuer);
    }
    gaz_html_put(page->out, "<summary>%s", number);
    for (size_t i = 0; i < hit->excerpt_count; i++) {
        gaz_html_put(page->out, "\n%s", hit->excerpts[i].text);
    }
    gaz_html_put(page->out, "</summary></entry>\n");
}

static enum gaz_status put_entries(struct gaz_page *page, const struct gaz_answer *answer,
                                   struct gaz_err *err) {
    size_t count = gaz_answer_hit_count(answer);
    enum gaz_status status = GAZ_OK;
    for (size_t at = 0; at < count && status == GAZ_OK; at++) {
        struct gaz_hit hit;
        status = gaz_answer_hit(answer, at, &hit, err);
        if (status == GAZ_OK) {
            put_entry(page, &hit);
            gaz_hit_free(&hit);
        }
    }
    return status;
}

static const char *latest_date(const struct gaz_page *page, const struct gaz_answer *answer) {
    const char *latest = "";
    size_t count = gaz_answer_hit_count(answer);
    for (size_t at = 0; at < count; at++) {
        struct gaz_hit hit;
        if (gaz_answer_hit(answer, at, &hit, NULL) != GAZ_OK) {
            break;
        }
        const char *date = gaz_page_field(hit.document, "date");
        if (strcmp(date, latest) > 0) {
            const char *kept = gaz_arena_strndup(page->arena, date, strlen(date));
            latest = kept ? kept : latest;
        }
        gaz_hit_free(&hit);
    }
    return latest;
}

static enum gaz_status put_feed(struct gaz_page *page, const struct gaz_answer *answer, struct gaz_err *err) {
    const char *name = page->site->name ? page->site->name : M(SITE), *query = answer->request.query;
    gaz_html_put(page->out,
                 "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                 "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"%s\"><title>%s%s%s</title>",
                 gaz_language_tag(page->language), query, query ? " · " : "", name);
    gaz_html_put(page->out, "<id>tag:gazette-web,2024:%s</id><link rel=\"self\" href=\"",
                 gaz_link_with(page, "/feed", NULL, NULL, NULL));
    put_base(page);
    gaz_html_put(page->out, "%s\"/><link href=\"", gaz_link_with(page, "/feed", NULL, NULL, NULL));
    put_base(page);
    gaz_html_put(page->out, "%s\"/><author><name>%s</name></author>\n",
                 gaz_link_with(page, "/search", NULL, NULL, NULL), name);
    put_updated(page, latest_date(page, answer));
    enum gaz_status status = put_entries(page, answer, err);
    gaz_html_put(page->out, "</feed>\n");
    return status;
}

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
    struct gaz_answer answer;
    enum gaz_status status = gaz_page_ask(page, false, err);
    if (status == GAZ_OK) {
        suit_feed(&page->asked, gaz_target_value(&page->target, "sort") != NULL);
        status = gaz_search(page->archive, &page->asked.request, &answer, err);
    }
    if (status == GAZ_OK) {
        status = put_feed(page, &answer, err);
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
