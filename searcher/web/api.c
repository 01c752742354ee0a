// SPDX-License-Identifier: GPL-2.0-or-later
//
// What gazette-search prints, over HTTP: the same question in the same words, answered by the same renderers.
#include <string.h>

#include "searcher/web/extract.h"
#include "searcher/web/page.h"

// Bytes of an answer that is made in memory; an extract, which is streamed, may be larger.
enum { ANSWER_MAX = 64 * 1024 * 1024 };

static const struct {
    const char *format, *type;
} types[] = {
    {"json", "application/json"},
    {"ndjson", "application/x-ndjson"},
    {"csv", "text/csv; charset=utf-8"},
    {"tsv", "text/tab-separated-values; charset=utf-8"},
    {"md", "text/markdown; charset=utf-8"},
    {"bibtex", "application/x-bibtex; charset=utf-8"},
    {"akn", "application/xml"},
    {"atom", "application/atom+xml; charset=utf-8"},
};

static const char *type_of(const struct gaz_renderer *renderer) {
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (strcmp(types[i].format, renderer->name) == 0) {
            return types[i].type;
        }
    }
    return "text/plain; charset=utf-8";
}

// A table is saved, not shown.
static enum gaz_status name_file(struct gaz_page *page, struct gaz_err *err) {
    bool is_csv = page->asked.renderer == &gaz_render_csv;
    if (is_csv &&
        !gaz_http_add_field(page->response, "Content-Disposition", "attachment; filename=\"gazette.csv\"")) {
        return gaz_err_memory(err);
    }
    return GAZ_OK;
}

static enum gaz_status answer(struct gaz_page *page, struct gaz_err *err) {
    const struct gaz_render_options options = {.explain = page->asked.explain, .bom = page->asked.bom};
    struct gaz_answer found;
    page->out->max = ANSWER_MAX;
    enum gaz_status status = gaz_search(page->archive, &page->asked.request, &found, err);
    if (status == GAZ_OK) {
        status = gaz_render_whole(page->asked.renderer, &found, &options, page->out, err);
        gaz_answer_free(&found);
    }
    return status;
}

enum gaz_status gaz_api_search(struct gaz_page *page, struct gaz_err *err) {
    page->asked.renderer = &gaz_render_json;
    enum gaz_status status = gaz_page_ask(page, true, err);
    if (status != GAZ_OK) {
        return status;
    }
    bool is_stream = page->asked.request.extract && page->asked.renderer == &gaz_render_ndjson;
    status = is_stream ? gaz_extract_begin(page, err) : answer(page, err);
    if (status == GAZ_OK) {
        status = name_file(page, err);
    }
    return status == GAZ_OK ? gaz_page_is(page, 200, type_of(page->asked.renderer), err) : status;
}

// Whether the index can be read: who balances load or watches over a service asks that.
enum gaz_status gaz_api_health(struct gaz_page *page, struct gaz_err *err) {
    gaz_buf_printf(page->out, "{\"status\":\"ok\",\"version\":\"%s\"}\n", GAZ_VERSION);
    return gaz_page_is(page, 200, "application/json", err);
}
