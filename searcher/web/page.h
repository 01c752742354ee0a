// SPDX-License-Identifier: GPL-2.0-or-later
//
// A request that is being answered, and what all pages have in common.
#ifndef GAZ_SEARCHER_WEB_PAGE_H
#define GAZ_SEARCHER_WEB_PAGE_H

#include "searcher/question.h"
#include "searcher/web/html.h"
#include "searcher/web/pool.h"
#include "searcher/web/target.h"
#include "shim/http.h"

struct gaz_sources; // see sources.h

// What all requests share; nobody changes it.
struct gaz_site {
    struct gaz_pool *pool;
    const struct gaz_sources *sources; // NULL: none are served
    const char *name;                  // heading of all pages; NULL: what we call ourselves
};

struct gaz_page {
    const struct gaz_site *site;
    const struct gaz_http_request *request;
    struct gaz_target target;
    enum gaz_language language;
    struct gaz_arena *arena;
    struct gaz_shelf *shelf;     // NULL on pages that need none
    struct gaz_archive *archive; // that of the shelf
    struct gaz_http_response *response;
    struct gaz_buf *out;       // the body of the response
    struct gaz_question asked; // by the parameters, on pages that ask
    const char
        *sought; // parameters that links to what was found take along, so that it is marked there; "" or ?…
};

// Answers a request whose path is the handler's own: sets the code of the response and what it holds. A
// status but GAZ_OK gives a page or an object that says what was wrong instead.
typedef enum gaz_status gaz_page_handler(struct gaz_page *page, struct gaz_err *err);

gaz_page_handler gaz_page_home;
gaz_page_handler gaz_page_search;
gaz_page_handler gaz_page_document;
gaz_page_handler gaz_page_issues;
gaz_page_handler gaz_page_issue;
gaz_page_handler gaz_page_number;
gaz_page_handler gaz_page_calendar;
gaz_page_handler gaz_page_unit;
gaz_page_handler gaz_page_series;
gaz_page_handler gaz_page_cites;
gaz_page_handler gaz_page_show;
gaz_page_handler gaz_page_source;
gaz_page_handler gaz_page_help;
gaz_page_handler gaz_api_search;
gaz_page_handler gaz_api_health;
gaz_page_handler gaz_api_openapi;
gaz_page_handler gaz_feed_atom;
gaz_page_handler gaz_feed_opensearch;
gaz_page_handler gaz_asset_get;

// --- writing a page ---

// A head of its own: what is in the search field, and the address of the same as a feed (NULL: none).
struct gaz_page_head {
    const char *title; // NULL: the site's name alone
    const char *query; // may be NULL
    const char *feed;  // target of an Atom feed of the page; may be NULL
    bool is_first;     // the first page, which has the search field in itself
};
// The field for a query, with what is in it (may be NULL).
void gaz_page_put_search(const struct gaz_page *page, const char *query);
// A list of ways to ask, from COUNT messages "typed|found".
void gaz_page_put_ways(const struct gaz_page *page, const enum gaz_message *ways, size_t count);
// Everything up to the content, and everything behind it.
void gaz_page_begin(struct gaz_page *page, const struct gaz_page_head *head);
void gaz_page_end(struct gaz_page *page);

// The page's status line and content type.
enum gaz_status gaz_page_is(struct gaz_page *page, unsigned code, const char *type, struct gaz_err *err);
enum gaz_status gaz_page_is_html(struct gaz_page *page, unsigned code, struct gaz_err *err);
// 302 to TARGET, a target with encoded characters only.
enum gaz_status gaz_page_redirect(struct gaz_page *page, const char *target, struct gaz_err *err);

// Messages in the page's language, to its end.
void gaz_page_say(const struct gaz_page *page, enum gaz_message message);
void gaz_page_say_value(const struct gaz_page *page, enum gaz_message message, const char *value);
void gaz_page_say_count(const struct gaz_page *page, enum gaz_message message, size_t count);
// The message itself, for gaz_html_put.
const char *gaz_page_text(const struct gaz_page *page, enum gaz_message message);
#define M(id) gaz_page_text(page, GAZ_MESSAGE_##id)

// Segment AT of the path, NULL when there is none; those from AT on joined by /, in the page's arena.
const char *gaz_page_segment(const struct gaz_page *page, size_t at);
const char *gaz_page_rest(const struct gaz_page *page, size_t at);

// --- asking ---

// Reads the parameters of the target as options of gazette-search, q being the query that belongs to none;
// values are borrowed from the target. STRICT: one that is no option is an error, and so is one that only
// pages have. Others are passed over, and so are all with an empty value. GAZ_ERR_ARGUMENT.
enum gaz_status gaz_page_ask(struct gaz_page *page, bool strict, struct gaz_err *err);

// A string of a record; "" when it has none.
const char *gaz_page_field(const json_t *record, const char *key);

// --- leading elsewhere ---

// The targets are made in the page's arena; "" when memory is out, which the page's buffer then knows.
const char *gaz_link_document(const struct gaz_page *page, const char *id);
// Of a unit: its document with the anchor of the unit, #u17. Both take along what is sought.
const char *gaz_link_unit(const struct gaz_page *page, const char *id);
// /PLACE/TEXT
const char *gaz_link_name(const struct gaz_page *page, const char *place, const char *text);
// The page's own path, without parameters.
const char *gaz_link_here(const struct gaz_page *page);
// PATH with the page's parameters, NAME being VALUE (NULL: without it) and those in WITHOUT left out
// (NULL-terminated; may be NULL).
const char *gaz_link_with(const struct gaz_page *page, const char *path, const char *name, const char *value,
                          const char *const *without);

// The same as gaz_shelf_issue_name.
enum gaz_status gaz_page_issue_name(const struct gaz_page *page, const char *id, const char **out,
                                    struct gaz_err *err);

// --- answers ---

// Hits as a list. options->page is the page, into which is written.
extern const struct gaz_renderer gaz_render_html;

// Appends the bytes FROM up to TO of TEXT, with <mark> around the marks.
void gaz_html_marked(struct gaz_buf *out, const char *text, size_t from, size_t to,
                     const struct gaz_span *marks, size_t count);

// Whether a document is in force, with the EVIDENCE; nothing when it is not known.
void gaz_html_validity(const struct gaz_page *page, enum gaz_validity validity,
                       const struct gaz_citings *evidence);

// A section with the units that cite.
enum gaz_status gaz_html_citings(const struct gaz_page *page, const struct gaz_citings *citings,
                                 enum gaz_message heading, struct gaz_err *err);
// Appends the name of a relation ("repeals").
void gaz_html_relation(const struct gaz_page *page, const char *relation);

#endif
