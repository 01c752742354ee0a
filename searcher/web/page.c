// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/web/page.h"

#include <string.h>

// --- heads ---

enum gaz_status gaz_page_is(struct gaz_page *page, unsigned code, const char *type, struct gaz_err *err) {
    page->response->code = code;
    return gaz_http_add_field(page->response, "Content-Type", type) ? GAZ_OK : gaz_err_memory(err);
}

enum gaz_status gaz_page_is_html(struct gaz_page *page, unsigned code, struct gaz_err *err) {
    enum gaz_status status = gaz_page_is(page, code, "text/html; charset=utf-8", err);
    return status == GAZ_OK ? gaz_buf_check(page->out, err) : status;
}

enum gaz_status gaz_page_redirect(struct gaz_page *page, const char *target, struct gaz_err *err) {
    page->response->code = 302;
    gaz_buf_clear(page->out);
    return gaz_http_add_field(page->response, "Location", target) ? GAZ_OK : gaz_err_memory(err);
}

// --- words ---

const char *gaz_page_text(const struct gaz_page *page, enum gaz_message message) {
    return gaz_message_text(page->language, message);
}

void gaz_page_say(const struct gaz_page *page, enum gaz_message message) {
    gaz_html_message(page->out, page->language, message, NULL);
}

void gaz_page_say_value(const struct gaz_page *page, enum gaz_message message, const char *value) {
    gaz_html_message(page->out, page->language, message, value);
}

void gaz_page_say_count(const struct gaz_page *page, enum gaz_message message, size_t count) {
    gaz_html_count(page->out, page->language, message, count);
}

const char *gaz_page_field(const json_t *record, const char *key) {
    const char *text = json_string_value(json_object_get(record, key));
    return text ? text : "";
}

// --- the path ---

const char *gaz_page_segment(const struct gaz_page *page, size_t at) {
    return at < page->target.segment_count ? page->target.segments[at] : NULL;
}

// Moves the text of BUF into the page's arena; a failure is the page's.
static const char *keep(const struct gaz_page *page, struct gaz_buf *buf) {
    const char *text = buf->status == GAZ_OK ? gaz_arena_strndup(page->arena, buf->data, buf->len) : NULL;
    gaz_buf_free(buf);
    if (!text && page->out->status == GAZ_OK) {
        page->out->status = GAZ_ERR_MEMORY;
    }
    return text ? text : "";
}

const char *gaz_page_rest(const struct gaz_page *page, size_t at) {
    struct gaz_buf rest = GAZ_BUF_INIT;
    for (size_t i = at; i < page->target.segment_count; i++) {
        gaz_buf_addstr(&rest, i > at ? "/" : "");
        gaz_buf_addstr(&rest, page->target.segments[i]);
    }
    return keep(page, &rest);
}

// --- the question ---

static bool is_off(const char *value) {
    return strcmp(value, "0") == 0 || strcmp(value, "false") == 0;
}

static int option_named(const char *name) {
    for (int option = 0; option < GAZ_OPTION_COUNT; option++) {
        if (strcmp(gaz_options[option].name, name) == 0 && gaz_question_takes((enum gaz_option)option)) {
            return option;
        }
    }
    return -1;
}

static enum gaz_status set_option(struct gaz_page *page, enum gaz_option option, const char *value,
                                  struct gaz_err *err) {
    const char *argument = gaz_options[option].argument;
    if (!argument) {
        return is_off(value) ? GAZ_OK : gaz_question_set(&page->asked, option, NULL, err);
    }
    bool optional = argument[0] == '[';
    if (*value == '\0' && !optional) {
        return GAZ_OK; // a field of a form that was left empty
    }
    return gaz_question_set(&page->asked, option, *value ? value : NULL, err);
}

enum gaz_status gaz_page_ask(struct gaz_page *page, bool strict, struct gaz_err *err) {
    const char *query = NULL;
    enum gaz_status status = GAZ_OK;
    for (size_t i = 0; i < page->target.parameter_count && status == GAZ_OK; i++) {
        const struct gaz_parameter *parameter = &page->target.parameters[i];
        int option = option_named(parameter->name);
        if (strcmp(parameter->name, "q") == 0) {
            query = *parameter->value ? parameter->value : NULL;
        } else if (option >= 0) {
            status = set_option(page, (enum gaz_option)option, parameter->value, err);
        } else if (strict) {
            status = gaz_err_set(err, GAZ_ERR_ARGUMENT, "there is no parameter %s: see /openapi.json",
                                 parameter->name);
        }
    }
    return status == GAZ_OK ? gaz_question_complete(&page->asked, query, err) : status;
}

// --- links ---

const char *gaz_link_document(const struct gaz_page *page, const char *id) {
    struct gaz_buf link = GAZ_BUF_INIT;
    gaz_buf_addstr(&link, "/doc/");
    gaz_target_put_path(&link, id);
    gaz_buf_addstr(&link, page->sought);
    return keep(page, &link);
}

const char *gaz_link_unit(const struct gaz_page *page, const char *id) {
    struct gaz_buf link = GAZ_BUF_INIT;
    const char *first = strchr(id, '/'), *last = strrchr(id, '/');
    if (!first || first == last) {
        return gaz_link_document(page, id);
    }
    const char *document = gaz_arena_strndup(page->arena, id, (size_t)(last - id));
    gaz_buf_addstr(&link, "/doc/");
    gaz_target_put_path(&link, document ? document : "");
    gaz_buf_printf(&link, "%s#u", page->sought);
    gaz_target_put(&link, last + 1);
    return keep(page, &link);
}

const char *gaz_link_name(const struct gaz_page *page, const char *place, const char *text) {
    struct gaz_buf link = GAZ_BUF_INIT;
    gaz_buf_printf(&link, "/%s/", place);
    gaz_target_put(&link, text);
    return keep(page, &link);
}

const char *gaz_link_here(const struct gaz_page *page) {
    struct gaz_buf link = GAZ_BUF_INIT;
    for (size_t i = 0; i < page->target.segment_count; i++) {
        gaz_buf_addch(&link, '/');
        gaz_target_put(&link, page->target.segments[i]);
    }
    return keep(page, &link);
}

const char *gaz_link_with(const struct gaz_page *page, const char *path, const char *name, const char *value,
                          const char *const *without) {
    enum { WITHOUT_MAX = 8 };
    const char *dropped[WITHOUT_MAX + 2] = {name};
    struct gaz_buf link = GAZ_BUF_INIT;
    for (size_t i = 0; without && without[i] && i < WITHOUT_MAX; i++) {
        dropped[i + 1] = without[i];
    }
    gaz_buf_addstr(&link, path);
    gaz_target_put_parameters(&link, &page->target, dropped);
    if (value) {
        gaz_target_put_parameter(&link, name, value);
    }
    return keep(page, &link);
}

enum gaz_status gaz_page_issue_name(const struct gaz_page *page, const char *id, const char **out,
                                    struct gaz_err *err) {
    return gaz_shelf_issue_name(page->shelf, id, out, err);
}
