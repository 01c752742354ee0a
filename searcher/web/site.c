// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/web/site.h"

#include <string.h>

#include "searcher/web/assets.h"
#include "shim/hash.h"

// A page: its first segment, how many segments its path has, and whether it asks the archive.
struct route {
    const char *name;
    size_t least, most;
    bool needs_archive;
    bool is_machine; // errors are JSON
    gaz_page_handler *handler;
};

static const struct route routes[] = {
    {"search", 1, 1, true, false, gaz_page_search},
    {"doc", 2, GAZ_TARGET_SEGMENTS_MAX, true, false, gaz_page_document},
    {"show", 2, GAZ_TARGET_SEGMENTS_MAX, true, false, gaz_page_show},
    {"issues", 1, 1, true, false, gaz_page_issues},
    {"issue", 2, 2, true, false, gaz_page_issue},
    {"number", 2, GAZ_TARGET_SEGMENTS_MAX, true, false, gaz_page_number},
    {"calendar", 2, 2, true, false, gaz_page_calendar},
    {"unit", 2, 2, true, false, gaz_page_unit},
    {"series", 2, 3, true, false, gaz_page_series},
    {"cites", 2, GAZ_TARGET_SEGMENTS_MAX, true, false, gaz_page_cites},
    {"source", 3, 3, true, false, gaz_page_source},
    {"help", 1, 1, false, false, gaz_page_help},
    {"feed", 1, 1, true, true, gaz_feed_atom},
    {"opensearch.xml", 1, 1, false, true, gaz_feed_opensearch},
    {"openapi.json", 1, 1, false, true, gaz_api_openapi},
    {"healthz", 1, 1, true, true, gaz_api_health},
};
static const struct route home = {"", 0, 0, true, false, gaz_page_home};
static const struct route api = {"api", 2, 2, true, true, gaz_api_search};
static const struct route asset = {"", 1, 1, false, true, gaz_asset_get};

static bool is_asset(const char *name) {
    for (size_t i = 0; i < gaz_asset_count; i++) {
        if (strcmp(gaz_assets[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static const struct route *find_route(const struct gaz_target *target) {
    size_t count = target->segment_count;
    if (count == 0) {
        return &home;
    }
    if (count == 1 && is_asset(target->segments[0])) {
        return &asset;
    }
    if (count == 2 && strcmp(target->segments[0], "api") == 0 && strcmp(target->segments[1], "search") == 0) {
        return &api;
    }
    for (size_t i = 0; i < sizeof routes / sizeof routes[0]; i++) {
        if (strcmp(routes[i].name, target->segments[0]) == 0 && count >= routes[i].least &&
            count <= routes[i].most) {
            return &routes[i];
        }
    }
    return NULL;
}

// --- files ---

enum gaz_status gaz_asset_get(struct gaz_page *page, struct gaz_err *err) {
    for (size_t i = 0; i < gaz_asset_count; i++) {
        if (strcmp(gaz_assets[i].name, gaz_page_segment(page, 0)) == 0) {
            page->response->fixed = gaz_assets[i].bytes;
            page->response->fixed_length = gaz_assets[i].length;
            return gaz_page_is(page, 200, gaz_assets[i].type, err);
        }
    }
    return gaz_err_set(err, GAZ_ERR_NOT_FOUND, "there is no such file");
}

// --- errors ---

static unsigned code_of(enum gaz_status status) {
    switch (status) {
    case GAZ_OK:
        return 200;
    case GAZ_ERR_ARGUMENT:
    case GAZ_ERR_QUERY:
    case GAZ_ERR_LIMIT:
    case GAZ_ERR_ENCODING:
    case GAZ_ERR_UNSUPPORTED:
        return 400;
    case GAZ_ERR_NOT_FOUND:
        return 404;
    case GAZ_ERR_NO_INDEX:
    case GAZ_ERR_BUSY:
    case GAZ_ERR_VERSION:
        return 503;
    case GAZ_ERR_MEMORY:
    case GAZ_ERR_IO:
    case GAZ_ERR_CORRUPT:
    case GAZ_ERR_INTERNAL:
        break;
    }
    return 500;
}

static enum gaz_message message_of(unsigned code) {
    switch (code) {
    case 400:
        return GAZ_MESSAGE_ERROR_400;
    case 404:
        return GAZ_MESSAGE_ERROR_404;
    case 405:
        return GAZ_MESSAGE_ERROR_405;
    case 413:
        return GAZ_MESSAGE_ERROR_413;
    case 414:
        return GAZ_MESSAGE_ERROR_414;
    case 503:
        return GAZ_MESSAGE_ERROR_503;
    default:
        return GAZ_MESSAGE_ERROR_500;
    }
}

// Only what the one who asks can mend is told; where the index is, and what is wrong with it, is nobody's
// business.
static const char *reason_for(unsigned code, const struct gaz_err *reason) {
    return code < 500 ? reason->message : "";
}

static enum gaz_status put_error_page(struct gaz_page *page, unsigned code, const char *reason) {
    const char *message = gaz_page_text(page, message_of(code));
    const char *query = gaz_target_value(&page->target, "q");
    gaz_page_begin(page, &(struct gaz_page_head){.title = message, .query = query});
    gaz_html_put(page->out,
                 "<div class=\"narrow error\"><p class=\"code\" aria-hidden=\"true\">%d</p><h1>%s</h1>",
                 (int)code, message);
    if (*reason) {
        gaz_html_put(page->out, "<p class=\"reason\" lang=\"en\">%s</p>", reason);
    }
    gaz_html_put(page->out, "<p><a href=\"/\">%s</a></p></div>", gaz_page_text(page, GAZ_MESSAGE_TO_HOME));
    gaz_page_end(page);
    return gaz_page_is_html(page, code, NULL);
}

static enum gaz_status put_error_object(struct gaz_page *page, unsigned code, enum gaz_status status,
                                        const char *reason) {
    json_t *json = json_pack("{s{sI ss ss}}", "error", "code", (json_int_t)code, "status",
                             gaz_status_name(status), "message", reason);
    enum gaz_status printed = json ? gaz_record_print_json(json, page->out, NULL) : GAZ_ERR_MEMORY;
    json_decref(json);
    gaz_buf_addch(page->out, '\n');
    return printed == GAZ_OK ? gaz_page_is(page, code, "application/json", NULL) : printed;
}

// What had been made of the page is dropped.
static void answer_error(struct gaz_page *page, unsigned code, bool is_machine, enum gaz_status status,
                         const struct gaz_err *reason) {
    gaz_http_response_free(page->response);
    const char *said = reason_for(code, reason);
    status = is_machine ? put_error_object(page, code, status, said) : put_error_page(page, code, said);
    bool ok = status == GAZ_OK && (code != 405 || gaz_http_add_field(page->response, "Allow", "GET, HEAD")) &&
              (code != 503 || gaz_http_add_field(page->response, "Retry-After", "5"));
    if (!ok) {
        page->response->code = 0;
    }
}

// --- what every answer has ---

static const char policy[] = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
                             "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

// A mark of the content, by which a client that has it already is told so.
static void make_tag(const struct gaz_http_response *response, char tag[24]) {
    char hex[GAZ_HASH_HEX];
    struct gaz_hash hash;
    gaz_hash_begin(&hash);
    if (response->fixed) {
        gaz_hash_add(&hash, response->fixed, response->fixed_length);
    } else {
        gaz_hash_add(&hash, response->body.data, response->body.len);
    }
    gaz_hash_end(&hash, hex);
    hex[16] = '\0';
    tag[0] = '"';
    memcpy(tag + 1, hex, 16);
    memcpy(tag + 17, "\"", 2);
}

static bool add_tag(struct gaz_page *page) {
    struct gaz_http_response *response = page->response;
    char tag[24];
    if (response->code != 200 || response->read) {
        return true;
    }
    make_tag(response, tag);
    const char *held = page->request->if_none_match;
    if (held && strstr(held, tag)) {
        response->code = 304;
        response->fixed = NULL;
        gaz_buf_clear(&response->body);
    }
    return gaz_http_add_field(response, "ETag", tag);
}

static bool add_fields(struct gaz_page *page) {
    struct gaz_http_response *response = page->response;
    return gaz_http_add_field(response, "Content-Security-Policy", policy) &&
           gaz_http_add_field(response, "X-Content-Type-Options", "nosniff") &&
           gaz_http_add_field(response, "Referrer-Policy", "no-referrer") &&
           gaz_http_add_field(response, "Cross-Origin-Resource-Policy", "same-origin") &&
           gaz_http_add_field(response, "Cache-Control", "no-cache") &&
           gaz_http_add_field(response, "Vary", "Accept-Language") &&
           gaz_http_add_field(response, "Content-Language", gaz_language_tag(page->language)) &&
           add_tag(page);
}

// --- answering ---

static enum gaz_status run(struct gaz_page *page, const struct route *route, struct gaz_err *err) {
    enum gaz_status status =
        route->needs_archive ? gaz_pool_take(page->site->pool, &page->shelf, err) : GAZ_OK;
    if (status == GAZ_OK) {
        page->archive = page->shelf ? &page->shelf->archive : NULL;
        status = route->handler(page, err);
    }
    if (page->shelf) {
        gaz_pool_give(page->site->pool, page->shelf);
        page->shelf = NULL;
        page->archive = NULL;
    }
    if (status == GAZ_OK && page->out->status != GAZ_OK) {
        status = gaz_buf_check(page->out, err);
    }
    return status;
}

static bool is_method(const char *method) {
    return strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
}

static void answer(struct gaz_page *page) {
    struct gaz_err reason = {0};
    enum gaz_status status = gaz_target_parse(page->request->target, page->arena, &page->target, &reason);
    const struct route *route = status == GAZ_OK ? find_route(&page->target) : NULL;
    bool is_machine = route && route->is_machine;
    if (!is_method(page->request->method)) {
        answer_error(page, 405, is_machine, GAZ_ERR_UNSUPPORTED, &reason);
    } else if (page->request->has_body) {
        answer_error(page, 413, is_machine, GAZ_ERR_UNSUPPORTED, &reason);
    } else if (status != GAZ_OK) {
        answer_error(page, status == GAZ_ERR_LIMIT ? 414 : code_of(status), false, status, &reason);
    } else if (!route) {
        answer_error(page, 404, false, GAZ_ERR_NOT_FOUND, &reason);
    } else {
        status = run(page, route, &reason);
        if (status != GAZ_OK) {
            answer_error(page, code_of(status), is_machine, status, &reason);
        }
    }
}

void gaz_site_answer(void *context, const struct gaz_http_request *request,
                     struct gaz_http_response *response) {
    struct gaz_page page = {
        .site = context,
        .request = request,
        .language = gaz_language_choose(request->accept_language),
        .arena = gaz_arena_new(),
        .response = response,
        .out = &response->body,
        .asked = {.renderer = &gaz_render_html},
        .sought = "",
    };
    if (page.arena) {
        answer(&page);
    }
    if (response->code != 0 && !add_fields(&page)) {
        response->code = 0;
    }
    gaz_arena_free(page.arena);
}
