// SPDX-License-Identifier: GPL-2.0-or-later
//
// Answers as HTML: what the text of gazette-search says, with links.
#include <string.h>

#include "searcher/web/page.h"

void gaz_html_marked(struct gaz_buf *out, const char *text, size_t from, size_t to,
                     const struct gaz_span *marks, size_t count) {
    size_t at = from;
    for (size_t i = 0; i < count && at < to; i++) {
        size_t start = marks[i].offset, end = start + marks[i].length;
        start = start < at ? at : start;
        end = end < to ? end : to;
        if (start < end) {
            gaz_html_escape(out, text + at, start - at);
            gaz_buf_addstr(out, "<mark>");
            gaz_html_escape(out, text + start, end - start);
            gaz_buf_addstr(out, "</mark>");
            at = end;
        }
    }
    gaz_html_escape(out, text + at, to - at);
}

// --- parts of a hit ---

static void put_page_number(const struct gaz_page *page, size_t number) {
    if (number > 0) {
        gaz_html_put(page->out, " <span class=\"pageno\">");
        gaz_page_say_count(page, GAZ_MESSAGE_PAGE, number);
        gaz_html_put(page->out, "</span>");
    }
}

static size_t page_of(const json_t *record) {
    return (size_t)json_integer_value(json_object_get(record, "page"));
}

static enum gaz_status put_issue(const struct gaz_page *page, const char *id, struct gaz_err *err) {
    const char *name = NULL;
    if (!*id) {
        return GAZ_OK;
    }
    enum gaz_status status = gaz_page_issue_name(page, id, &name, err);
    if (status == GAZ_OK) {
        gaz_html_put(page->out, "<span><a class=\"quiet\" href=\"%s\">%s</a></span>",
                     gaz_link_name(page, "issue", id), name);
    }
    return status;
}

static void put_part(const struct gaz_page *page, const char *kind, const char *text) {
    if (*text) {
        gaz_html_put(page->out, "<span class=\"%s\">%s</span>", kind, text);
    }
}

// Number, issuer, date, issue, page.
static enum gaz_status put_document_line(const struct gaz_page *page, const json_t *document,
                                         struct gaz_err *err) {
    const char *date = gaz_page_field(document, "date");
    gaz_html_put(page->out, "<p class=\"meta\">");
    put_part(page, "number", gaz_page_field(json_object_get(document, "number"), "text"));
    put_part(page, "issuer", gaz_page_field(document, "issuer"));
    if (*date) {
        gaz_html_put(page->out, "<span><time datetime=\"%s\">%s</time></span>", date, date);
    }
    enum gaz_status status = put_issue(page, gaz_page_field(document, "issue"), err);
    put_page_number(page, page_of(document));
    gaz_html_put(page->out, "</p>");
    return status;
}

static const char *heading_of(const struct gaz_hit *hit) {
    const char *title = gaz_page_field(hit->document, "title");
    return *title ? title : gaz_page_field(hit->record, "address");
}

// The part of ADDRESS that does not repeat the number of the document above it.
static const char *short_address(const char *address, const json_t *document) {
    const char *number = gaz_page_field(json_object_get(document, "number"), "text");
    size_t len = strlen(number);
    bool repeats = len > 0 && strncmp(address, number, len) == 0 && address[len] == ' ';
    return repeats ? address + len + 1 : address;
}

static void put_excerpt(const struct gaz_page *page, const struct gaz_hit *hit,
                        const struct gaz_excerpt *excerpt) {
    gaz_html_put(page->out, "<div class=\"excerpt\"><a class=\"where\" href=\"%s\">%s",
                 gaz_link_unit(page, excerpt->id), short_address(excerpt->address, hit->document));
    put_page_number(page, excerpt->page);
    gaz_html_put(page->out, "</a><p>");
    gaz_html_marked(page->out, excerpt->text, 0, strlen(excerpt->text), excerpt->marks, excerpt->mark_count);
    gaz_html_put(page->out, "</p></div>");
}

static enum gaz_status put_places(const struct gaz_page *page, const json_t *places, struct gaz_err *err) {
    enum gaz_status status = GAZ_OK;
    size_t i;
    json_t *place;
    if (json_array_size(places) == 0) {
        return GAZ_OK;
    }
    gaz_html_put(page->out, "<p class=\"meta\">%s", M(ALSO_IN));
    json_array_foreach(places, i, place) {
        const char *name = NULL;
        status =
            status == GAZ_OK ? gaz_page_issue_name(page, gaz_page_field(place, "issue"), &name, err) : status;
        gaz_html_put(page->out, " <a href=\"%s\">%s</a>",
                     gaz_link_document(page, gaz_page_field(place, "id")), name);
        put_page_number(page, page_of(place));
    }
    gaz_html_put(page->out, "</p>");
    return status;
}

void gaz_html_validity(const struct gaz_page *page, enum gaz_validity validity,
                       const struct gaz_citings *evidence) {
    if (validity == GAZ_VALIDITY_UNKNOWN) {
        return;
    }
    gaz_html_put(page->out, "<p class=\"validity\"><strong>%s</strong>",
                 validity == GAZ_VALIDITY_REPEALED  ? M(REPEALED)
                 : validity == GAZ_VALIDITY_AMENDED ? M(AMENDED)
                                                    : M(IN_FORCE));
    for (size_t i = 0; i < evidence->count; i++) {
        const struct gaz_citing *citing = &evidence->items[i];
        gaz_html_put(page->out, " <a href=\"%s\">%s</a>", gaz_link_unit(page, citing->id), citing->address);
    }
    gaz_html_put(page->out, "</p>");
}

static void put_rest(const struct gaz_page *page, const struct gaz_hit *hit) {
    if (hit->match_count > hit->excerpt_count && hit->excerpt_count > 0) {
        gaz_html_put(page->out, "<p class=\"more\">");
        gaz_page_say_count(page, GAZ_MESSAGE_ALL_MATCHES, hit->match_count);
        gaz_html_put(page->out, "</p>");
    }
}

static enum gaz_status document_hit(const struct gaz_page *page, const struct gaz_hit *hit,
                                    struct gaz_err *err) {
    const char *id = gaz_page_field(hit->document, "id");
    gaz_html_put(page->out, "<li class=\"hit\"><h2><a href=\"%s\">%s</a></h2>",
                 *id && !hit->unit_level ? gaz_link_document(page, id)
                                         : gaz_link_unit(page, gaz_page_field(hit->record, "id")),
                 heading_of(hit));
    enum gaz_status status = put_document_line(page, hit->document, err);
    if (status == GAZ_OK) {
        status = put_places(page, hit->places, err);
    }
    gaz_html_validity(page, hit->validity, &hit->evidence);
    for (size_t i = 0; i < hit->excerpt_count; i++) {
        put_excerpt(page, hit, &hit->excerpts[i]);
    }
    put_rest(page, hit);
    gaz_html_put(page->out, "</li>\n");
    return status;
}

// --- occurrences, numbers, citations ---

static void line_hit(const struct gaz_page *page, const struct gaz_kwic_line *line) {
    gaz_html_put(page->out,
                 "<li class=\"line\"><span class=\"left\">%s</span><mark>%s</mark>"
                 "<span class=\"right\">%s</span><a class=\"where\" href=\"%s\">%s</a></li>\n",
                 line->left, line->match, line->right, gaz_link_unit(page, line->id), line->address);
}

static enum gaz_message holding_message(enum gaz_holding holding) {
    return holding == GAZ_HOLDING_CITED ? GAZ_MESSAGE_ONLY_CITED : GAZ_MESSAGE_MISSING;
}

static void listed_hit(const struct gaz_page *page, const struct gaz_hit *hit) {
    const struct gaz_listed *listed = hit->listed;
    const char *id = gaz_page_field(hit->document, "id"), *date = gaz_page_field(hit->document, "date");
    gaz_html_put(page->out, "<li class=\"listed %s\">", gaz_holding_name(listed->holding));
    if (*id) {
        gaz_html_put(page->out, "<a href=\"%s\"><span class=\"number\">%s</span> %s</a>",
                     gaz_link_document(page, id), hit->number, gaz_page_field(hit->document, "title"));
    } else if (listed->citations > 0) {
        gaz_html_put(page->out, "<a class=\"number\" href=\"%s\">%s</a>",
                     gaz_link_name(page, "number", hit->number), hit->number);
    } else {
        gaz_html_put(page->out, "<span class=\"number\">%s</span>", hit->number);
    }
    gaz_html_put(page->out, "<span class=\"meta\">");
    put_part(page, "date", date);
    if (listed->holding != GAZ_HOLDING_HELD) {
        put_part(page, "holding", gaz_page_text(page, holding_message(listed->holding)));
    }
    if (listed->citations > 0) {
        gaz_html_put(page->out, "<span>");
        gaz_page_say_count(page, GAZ_MESSAGE_CITED_TIMES, listed->citations);
        gaz_html_put(page->out, "</span>");
    }
    gaz_html_put(page->out, "</span></li>\n");
}

static const struct {
    const char *relation;
    enum gaz_message message;
} relations[] = {
    {"cites", GAZ_MESSAGE_RELATION_CITES},       {"issues", GAZ_MESSAGE_RELATION_ISSUES},
    {"forwards", GAZ_MESSAGE_RELATION_FORWARDS}, {"implements", GAZ_MESSAGE_RELATION_IMPLEMENTS},
    {"amends", GAZ_MESSAGE_RELATION_AMENDS},     {"repeals", GAZ_MESSAGE_RELATION_REPEALS},
};

void gaz_html_relation(const struct gaz_page *page, const char *relation) {
    for (size_t i = 0; i < sizeof relations / sizeof relations[0]; i++) {
        if (strcmp(relations[i].relation, relation) == 0) {
            gaz_html_put(page->out, "<span class=\"relation %s\">%s</span> ", relation,
                         gaz_page_text(page, relations[i].message));
        }
    }
}

static void citation_hit(const struct gaz_page *page, const struct gaz_hit *hit) {
    gaz_html_put(page->out, "<li class=\"hit\">");
    gaz_html_relation(page, gaz_page_field(hit->record, "relation"));
    gaz_html_put(page->out, "<strong>%s</strong>", gaz_page_field(hit->record, "text"));
    for (size_t i = 0; i < hit->excerpt_count; i++) {
        put_excerpt(page, hit, &hit->excerpts[i]);
    }
    gaz_html_put(page->out, "</li>\n");
}

static bool is_citation(const struct gaz_hit *hit) {
    return strcmp(gaz_page_field(hit->record, "type"), gaz_record_type_name(GAZ_RECORD_CITATION)) == 0;
}

static enum gaz_status html_hit(const struct gaz_answer *answer, const struct gaz_hit *hit,
                                const struct gaz_render_options *options, struct gaz_buf *out,
                                struct gaz_err *err) {
    const struct gaz_page *page = options->page;
    enum gaz_status status = GAZ_OK;
    (void)answer;
    if (hit->line) {
        line_hit(page, hit->line);
    } else if (hit->listed) {
        listed_hit(page, hit);
    } else if (is_citation(hit)) {
        citation_hit(page, hit);
    } else {
        status = document_hit(page, hit, err);
    }
    return status == GAZ_OK ? gaz_buf_check(out, err) : status;
}

// --- around the hits ---

static void put_state(const struct gaz_page *page, const struct gaz_answer *answer) {
    if (answer->state == GAZ_STATE_CITED_ONLY) {
        gaz_html_put(page->out, "<p class=\"state\">%s</p>", M(NOT_HELD_BUT_CITED));
    } else if (answer->state == GAZ_STATE_NOT_FOUND) {
        gaz_html_put(page->out, "<p class=\"state\">%s</p>", M(NOT_FOUND));
    } else if (answer->state == GAZ_STATE_SEVERAL) {
        gaz_html_put(page->out, "<p class=\"state\">%s</p>", M(SEVERAL));
    }
    if (answer->relaxed) {
        gaz_html_put(page->out, "<p class=\"state\">%s</p>", answer->scattered ? M(SCATTERED) : M(RELAXED));
    }
}

static enum gaz_status html_begin(const struct gaz_answer *answer, const struct gaz_render_options *options,
                                  struct gaz_buf *out, struct gaz_err *err) {
    put_state(options->page, answer);
    if (answer->total > 0) {
        gaz_html_put(out, "<ol class=\"%s\" start=\"%zu\">\n",
                     answer->listing.count > 0 ? "listing"
                     : answer->kwic.count > 0  ? "lines"
                                               : "hits",
                     answer->request.offset + 1);
    }
    return gaz_buf_check(out, err);
}

enum gaz_status gaz_html_citings(const struct gaz_page *page, const struct gaz_citings *citings,
                                 enum gaz_message heading, struct gaz_err *err) {
    if (citings->count == 0) {
        return gaz_buf_check(page->out, err);
    }
    gaz_html_put(page->out, "<section class=\"citings\" id=\"cited-by\"><h2>");
    gaz_page_say_count(page, heading, citings->count);
    gaz_html_put(page->out, "</h2><ul>\n");
    for (size_t i = 0; i < citings->count; i++) {
        const struct gaz_citing *citing = &citings->items[i];
        gaz_html_put(page->out, "<li>");
        gaz_html_relation(page, citing->relation);
        gaz_html_put(page->out, "<a href=\"%s\">%s</a> <span class=\"meta\">%s</span>",
                     gaz_link_unit(page, citing->id), citing->address, citing->title);
        put_page_number(page, citing->page);
        gaz_html_put(page->out, "<p>");
        gaz_html_marked(page->out, citing->text, 0, strlen(citing->text), citing->marks, citing->mark_count);
        gaz_html_put(page->out, "</p></li>\n");
    }
    gaz_html_put(page->out, "</ul></section>\n");
    return gaz_buf_check(page->out, err);
}

static enum gaz_status html_end(const struct gaz_answer *answer, const struct gaz_render_options *options,
                                struct gaz_buf *out, struct gaz_err *err) {
    if (answer->total > 0) {
        gaz_html_put(out, "</ol>\n");
    }
    return gaz_html_citings(options->page, &answer->cited_by, GAZ_MESSAGE_CITED_BY, err);
}

const struct gaz_renderer gaz_render_html = {"html", true, html_begin, html_hit, html_end};
