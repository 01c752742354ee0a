// SPDX-License-Identifier: GPL-2.0-or-later
//
// What stands around the content of every page.
#include <string.h>

#include "searcher/web/page.h"

static const char *site_name(const struct gaz_page *page) {
    return page->site->name ? page->site->name : M(SITE);
}

static void put_title(const struct gaz_page *page, const char *title) {
    gaz_html_put(page->out, title ? "<title>%s · " : "<title>%s", title);
    gaz_html_put(page->out, "%s</title>", site_name(page));
}

static void put_head(const struct gaz_page *page, const struct gaz_page_head *head) {
    struct gaz_buf *out = page->out;
    gaz_html_put(out, "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\">",
                 gaz_language_tag(page->language));
    put_title(page, head->title);
    gaz_html_put(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                      "<meta name=\"color-scheme\" content=\"light dark\">"
                      "<link rel=\"stylesheet\" href=\"/style.css\">"
                      "<link rel=\"icon\" href=\"/icon.svg\" type=\"image/svg+xml\">");
    gaz_html_put(out,
                 "<link rel=\"search\" href=\"/opensearch.xml\" "
                 "type=\"application/opensearchdescription+xml\" title=\"%s\">",
                 site_name(page));
    if (head->feed) {
        gaz_html_put(out, "<link rel=\"alternate\" type=\"application/atom+xml\" href=\"%s\" title=\"%s\">",
                     head->feed, M(FEED));
    }
    gaz_html_put(out, "<script src=\"/script.js\" defer></script></head>\n");
}

void gaz_page_put_search(const struct gaz_page *page, const char *query) {
    gaz_html_put(page->out,
                 "<form class=\"search\" role=\"search\" action=\"/search\">"
                 "<label class=\"unseen\" for=\"q\">%s</label>"
                 "<input id=\"q\" name=\"q\" type=\"search\" value=\"%s\" placeholder=\"%s\" "
                 "autocomplete=\"off\" spellcheck=\"false\" enterkeyhint=\"search\">"
                 "<button type=\"submit\">%s</button></form>",
                 M(SEARCH_LABEL), query, M(SEARCH_HINT), M(SEARCH));
}

void gaz_page_put_ways(const struct gaz_page *page, const enum gaz_message *ways, size_t count) {
    gaz_html_put(page->out, "<dl class=\"ways\">");
    for (size_t i = 0; i < count; i++) {
        const char *text = gaz_page_text(page, ways[i]), *bar = strchr(text, '|');
        gaz_html_put(page->out, "<div><dt>");
        gaz_html_escape(page->out, text, (size_t)(bar - text));
        gaz_html_put(page->out, "</dt><dd>%s</dd></div>", bar + 1);
    }
    gaz_html_put(page->out, "</dl>");
}

void gaz_page_begin(struct gaz_page *page, const struct gaz_page_head *head) {
    put_head(page, head);
    gaz_html_put(page->out,
                 "<body><a class=\"skip\" href=\"#content\">%s</a>"
                 "<header class=\"site\"><div class=\"bar\"><a class=\"name\" href=\"/\">%s</a>",
                 M(SKIP), site_name(page));
    if (!head->is_first) {
        gaz_page_put_search(page, head->query);
    }
    gaz_html_put(page->out,
                 "<nav aria-label=\"%s\"><a href=\"/issues\">%s</a><a href=\"/help\">%s</a></nav>"
                 "</div></header>\n<main id=\"content\" tabindex=\"-1\">",
                 M(NAVIGATION), M(ISSUES), M(HELP));
}

void gaz_page_end(struct gaz_page *page) {
    gaz_html_put(page->out,
                 "</main>\n<footer class=\"site\"><p>%s</p><p><a href=\"/openapi.json\">API</a>"
                 "<a href=\"/opensearch.xml\">OpenSearch</a><a href=\"/help\">%s</a></p></footer>"
                 "<p id=\"said\" class=\"unseen\" role=\"status\" data-copied=\"%s\"></p>"
                 "</body></html>\n",
                 M(REPRODUCTION), M(HELP), M(COPIED));
}
