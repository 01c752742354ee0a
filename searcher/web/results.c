// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/web/results.h"

#include <stdio.h>

void gaz_results_put_total(const struct gaz_page *page, const struct gaz_answer *answer) {
    size_t first = answer->request.offset + 1, count = gaz_answer_hit_count(answer);
    bool units = answer->request.unit_level || answer->listing.count > 0;
    if (answer->total == 0) {
        return;
    }
    gaz_html_put(page->out, "<p class=\"count\" role=\"status\">");
    gaz_page_say_count(page, units ? GAZ_MESSAGE_TOTAL_UNITS : GAZ_MESSAGE_TOTAL_DOCUMENTS, answer->total);
    if (count > 0 && count < answer->total) {
        gaz_html_put(page->out, " · %zu–%zu", first, first + count - 1);
    }
    gaz_html_put(page->out, "</p>");
}

// A link to the hits from OFFSET on.
static void put_link(const struct gaz_page *page, const char *path, size_t offset, const char *which,
                     enum gaz_message message) {
    char digits[24];
    snprintf(digits, sizeof digits, "%zu", offset);
    gaz_html_put(page->out, "<a rel=\"%s\" href=\"%s\">%s</a>", which,
                 gaz_link_with(page, path, "offset", offset > 0 ? digits : NULL, NULL),
                 gaz_page_text(page, message));
}

void gaz_results_put_paging(const struct gaz_page *page, const struct gaz_answer *answer, const char *path) {
    const struct gaz_request *request = &answer->request;
    size_t next = request->offset + gaz_answer_hit_count(answer);
    if (request->limit == 0 || (request->offset == 0 && next >= answer->total)) {
        return;
    }
    gaz_html_put(page->out, "<nav class=\"paging\" aria-label=\"%s\">", M(PAGING));
    if (request->offset > 0) {
        size_t before = request->offset > request->limit ? request->offset - request->limit : 0;
        put_link(page, path, before, "prev", GAZ_MESSAGE_PREVIOUS);
    }
    if (next < answer->total) {
        put_link(page, path, next, "next", GAZ_MESSAGE_NEXT);
    }
    gaz_html_put(page->out, "</nav>");
}
