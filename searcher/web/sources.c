// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/web/sources.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "corpus/issue_id.h"
#include "searcher/web/units.h"
#include "shim/charset.h"
#include "shim/hash.h"

enum { SOURCE_MAX = 256 * 1024 * 1024 }; // bytes of a file that is shown

struct source {
    const char *id; // of the issue
    const char *path;
};

struct gaz_sources {
    struct gaz_arena *arena; // of their strings
    struct source *items;    // by id
    size_t count, capacity;
};

// --- what there is ---

static enum gaz_status add(struct gaz_sources *sources, const FTSENT *file, struct gaz_err *err) {
    struct source *items =
        gaz_grow(sources->items, &sources->capacity, sources->count + 1, sizeof *sources->items);
    if (!items) {
        return gaz_err_memory(err);
    }
    sources->items = items;
    struct source *source = &items[sources->count++];
    *source = (struct source){gaz_issue_id_of(sources->arena, file->fts_name),
                              gaz_arena_strndup(sources->arena, file->fts_path, file->fts_pathlen)};
    return source->id && source->path ? GAZ_OK : gaz_err_memory(err);
}

static bool is_text(const FTSENT *file) {
    size_t len = file->fts_namelen, end = strlen(".txt");
    return file->fts_info == FTS_F && len > end && strcmp(file->fts_name + len - end, ".txt") == 0;
}

static int by_id(const void *a, const void *b) {
    const struct source *one = a, *other = b;
    return strcmp(one->id, other->id);
}

static enum gaz_status walk(struct gaz_sources *sources, FTS *tree, struct gaz_err *err) {
    enum gaz_status status = GAZ_OK;
    errno = 0;
    for (FTSENT *file = fts_read(tree); file && status == GAZ_OK; file = fts_read(tree)) {
        bool failed = file->fts_info == FTS_NS || file->fts_info == FTS_ERR || file->fts_info == FTS_DNR;
        if (failed && file->fts_level == FTS_ROOTLEVEL) {
            return gaz_err_set(err, GAZ_ERR_IO, "cannot read %s: %s", file->fts_path,
                               strerror(file->fts_errno));
        }
        status = is_text(file) ? add(sources, file, err) : GAZ_OK;
    }
    return status;
}

enum gaz_status gaz_sources_open(const char *const *places, size_t count, struct gaz_sources **out,
                                 struct gaz_err *err) {
    struct gaz_sources *sources = gaz_calloc(1, sizeof *sources);
    if (sources) {
        sources->arena = gaz_arena_new();
    }
    char **roots = gaz_calloc(count + 1, sizeof *roots);
    enum gaz_status status = sources && sources->arena && roots ? GAZ_OK : gaz_err_memory(err);
    for (size_t i = 0; i < count && status == GAZ_OK; i++) {
        roots[i] = gaz_arena_strndup(sources->arena, places[i], strlen(places[i]));
        status = roots[i] ? GAZ_OK : gaz_err_memory(err);
    }
    FTS *tree = status == GAZ_OK ? fts_open(roots, FTS_LOGICAL | FTS_NOCHDIR, NULL) : NULL;
    if (status == GAZ_OK) {
        status = tree ? walk(sources, tree, err)
                      : gaz_err_set(err, GAZ_ERR_IO, "cannot read %s: %s", places[0], strerror(errno));
    }
    if (tree) {
        fts_close(tree);
    }
    gaz_free(roots);
    if (status != GAZ_OK) {
        gaz_sources_free(sources);
        return status;
    }
    if (sources->count > 0) {
        qsort(sources->items, sources->count, sizeof *sources->items, by_id);
    }
    *out = sources;
    return GAZ_OK;
}

void gaz_sources_free(struct gaz_sources *sources) {
    if (sources) {
        gaz_arena_free(sources->arena);
        gaz_free(sources->items);
    }
    gaz_free(sources);
}

static const char *path_of(const struct gaz_sources *sources, const char *id) {
    const struct source wanted = {.id = id};
    const struct source *found =
        sources->count > 0 ? bsearch(&wanted, sources->items, sources->count, sizeof *sources->items, by_id)
                           : NULL;
    return found ? found->path : NULL;
}

// --- the text ---

static enum gaz_status read_file(const char *path, struct gaz_buf *raw, struct gaz_err *err) {
    char block[65536];
    ssize_t got = 1;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    raw->max = SOURCE_MAX;
    while (file >= 0 && got > 0) {
        got = read(file, block, sizeof block);
        gaz_buf_add(raw, block, got > 0 ? (size_t)got : 0);
    }
    bool failed = file < 0 || got < 0;
    if (file >= 0) {
        close(file);
    }
    return failed ? gaz_err_set(err, GAZ_ERR_NOT_FOUND, "the source of this issue cannot be read")
                  : gaz_buf_check(raw, err);
}

static bool is_what_was_indexed(const struct gaz_buf *raw, const json_t *issue) {
    char hex[GAZ_HASH_HEX];
    struct gaz_hash hash;
    gaz_hash_begin(&hash);
    gaz_hash_add(&hash, raw->data, raw->len);
    gaz_hash_end(&hash, hex);
    return strcmp(hex, gaz_page_field(issue, "sha256")) == 0;
}

static enum gaz_status decode(const struct gaz_page *page, const json_t *issue, struct gaz_source_text *out,
                              struct gaz_err *err) {
    const struct gaz_sources *sources = page->site->sources;
    const char *path = sources ? path_of(sources, gaz_page_field(issue, "id")) : NULL;
    struct gaz_buf raw = GAZ_BUF_INIT;
    struct gaz_charset_text text = {0};
    if (!path) {
        return gaz_err_set(err, GAZ_ERR_NOT_FOUND, "the source of this issue is not here");
    }
    enum gaz_status status = read_file(path, &raw, err);
    if (status == GAZ_OK && !is_what_was_indexed(&raw, issue)) {
        status = gaz_err_set(err, GAZ_ERR_NOT_FOUND, "the source of this issue is not what was indexed");
    }
    if (status == GAZ_OK) {
        status = gaz_charset_decode(raw.data, raw.len, gaz_page_field(issue, "encoding"), &text, err);
    }
    if (status == GAZ_OK) {
        out->len = text.len;
        out->data = gaz_strndup(text.data, text.len);
        status = out->data ? GAZ_OK : gaz_err_memory(err);
    }
    gaz_charset_text_free(&text);
    gaz_buf_free(&raw);
    return status;
}

// --- its pages ---

static size_t last_page(const json_t *records) {
    size_t last = 0, i;
    json_t *record;
    json_array_foreach(records, i, record) {
        size_t number = (size_t)json_integer_value(json_object_get(record, "page"));
        last = number > last ? number : last;
    }
    return last;
}

// Each page begins where the first record that begins on it does, wherever that is printed on it.
static void note_starts(struct gaz_source_text *text, const json_t *records) {
    size_t i, j;
    json_t *record, *span;
    json_array_foreach(records, i, record) {
        size_t number = (size_t)json_integer_value(json_object_get(record, "page"));
        json_array_foreach(json_object_get(record, "source"), j, span) {
            size_t at = (size_t)json_integer_value(json_array_get(span, 0));
            if (number > 0 && number <= text->page_count && at < text->starts[number - 1]) {
                text->starts[number - 1] = at;
            }
        }
    }
}

// A page begins behind the form feed before it, where there is one; and none begins behind the next.
static void settle_starts(struct gaz_source_text *text) {
    for (size_t i = text->page_count; i-- > 0;) {
        size_t *start = &text->starts[i];
        *start = *start < text->starts[i + 1] ? *start : text->starts[i + 1];
        size_t floor = *start;
        while (floor > 0 && text->data[floor - 1] != '\f' && *start - floor < 4096) {
            floor--;
        }
        if (floor == 0 || text->data[floor - 1] == '\f') {
            *start = floor;
        }
    }
}

static enum gaz_status cut_pages(const struct gaz_page *page, const json_t *issue,
                                 struct gaz_source_text *out, struct gaz_err *err) {
    json_t *records = NULL;
    const struct gaz_select *select = gaz_select_without(
        page->arena, gaz_select_name(page->arena, GAZ_TERM_ISSUE, gaz_page_field(issue, "id")),
        gaz_select_type(page->arena, GAZ_RECORD_CITATION));
    enum gaz_status status = gaz_reader_select(page, select, &records, err);
    if (status != GAZ_OK) {
        return status;
    }
    out->page_count = last_page(records);
    out->starts = gaz_malloc((out->page_count + 1) * sizeof *out->starts);
    if (!out->starts) {
        json_decref(records);
        return gaz_err_memory(err);
    }
    for (size_t i = 0; i <= out->page_count; i++) {
        out->starts[i] = out->len;
    }
    note_starts(out, records);
    settle_starts(out);
    json_decref(records);
    return GAZ_OK;
}

enum gaz_status gaz_source_open(const struct gaz_page *page, const json_t *issue, struct gaz_source_text *out,
                                struct gaz_err *err) {
    *out = (struct gaz_source_text){0};
    enum gaz_status status = decode(page, issue, out, err);
    if (status == GAZ_OK) {
        status = cut_pages(page, issue, out, err);
    }
    if (status != GAZ_OK) {
        gaz_source_close(out);
    }
    return status;
}

void gaz_source_close(struct gaz_source_text *text) {
    gaz_free(text->data);
    gaz_free(text->starts);
    *text = (struct gaz_source_text){0};
}

// --- beside what was read ---

static size_t page_of(const json_t *unit) {
    return (size_t)json_integer_value(json_object_get(unit, "page"));
}

static void put_source(const struct gaz_page *page, const struct gaz_source_text *text, size_t number) {
    if (number == 0 || number > text->page_count) {
        return;
    }
    size_t from = text->starts[number - 1], to = text->starts[number];
    gaz_html_put(page->out, "<pre class=\"source\" tabindex=\"0\" aria-label=\"%s\">",
                 gaz_page_text(page, GAZ_MESSAGE_SOURCE_TEXT));
    while (to > from && (text->data[to - 1] == '\f' || text->data[to - 1] == '\n')) {
        to--;
    }
    gaz_html_escape(page->out, text->data + from, to - from);
    gaz_html_put(page->out, "</pre>");
}

// The units from AT on that begin on the same page, beside that page.
static enum gaz_status put_pair(const struct gaz_page *page, const struct gaz_reader *reader,
                                const struct gaz_source_text *text, size_t *at, struct gaz_err *err) {
    size_t number = page_of(json_array_get(reader->units, *at)), from = *at;
    while (*at < json_array_size(reader->units) && page_of(json_array_get(reader->units, *at)) == number) {
        ++*at;
    }
    gaz_html_put(page->out, "<section class=\"pair\"><h2>");
    gaz_page_say_count(page, GAZ_MESSAGE_PAGE, number);
    gaz_html_put(page->out, "</h2><div class=\"read\">");
    enum gaz_status status = gaz_units_put_some(page, reader, from, *at, err);
    gaz_html_put(page->out, "</div>");
    put_source(page, text, number);
    gaz_html_put(page->out, "</section>\n");
    return status;
}

enum gaz_status gaz_sources_put_beside(const struct gaz_page *page, const struct gaz_reader *reader,
                                       struct gaz_err *err) {
    struct gaz_source_text text = {0};
    struct gaz_err reason = {0};
    enum gaz_status status = gaz_source_open(page, reader->issue, &text, &reason);
    if (status == GAZ_ERR_NOT_FOUND) {
        gaz_html_put(page->out, "<p class=\"state\">%s</p>", gaz_page_text(page, GAZ_MESSAGE_NO_SOURCE));
        return gaz_units_put(page, reader, err);
    }
    if (status != GAZ_OK) {
        return gaz_err_set(err, status, "%s", reason.message);
    }
    gaz_html_put(page->out, "<p class=\"pairhead\" aria-hidden=\"true\"><span>%s</span><span>%s</span></p>",
                 gaz_page_text(page, GAZ_MESSAGE_AS_READ), gaz_page_text(page, GAZ_MESSAGE_AS_PRINTED));
    for (size_t at = 0; at < json_array_size(reader->units) && status == GAZ_OK;) {
        status = put_pair(page, reader, &text, &at, err);
    }
    gaz_source_close(&text);
    return status;
}

// --- a page by itself ---

static void put_page_links(const struct gaz_page *page, const char *issue, size_t number, size_t count) {
    gaz_html_put(page->out, "<nav class=\"paging\" aria-label=\"%s\">",
                 gaz_page_text(page, GAZ_MESSAGE_PAGING));
    if (number > 1) {
        gaz_html_put(page->out, "<a rel=\"prev\" href=\"%s/%zu\">%s</a>",
                     gaz_link_name(page, "source", issue), number - 1,
                     gaz_page_text(page, GAZ_MESSAGE_PREVIOUS));
    }
    if (number < count) {
        gaz_html_put(page->out, "<a rel=\"next\" href=\"%s/%zu\">%s</a>",
                     gaz_link_name(page, "source", issue), number + 1, gaz_page_text(page, GAZ_MESSAGE_NEXT));
    }
    gaz_html_put(page->out, "</nav>");
}

static enum gaz_status put_page(struct gaz_page *page, const json_t *issue, size_t number,
                                const struct gaz_source_text *text, struct gaz_err *err) {
    const char *id = gaz_page_field(issue, "id"), *name = "";
    enum gaz_status status = gaz_page_issue_name(page, id, &name, err);
    gaz_page_begin(page, &(struct gaz_page_head){.title = name});
    gaz_html_put(page->out, "<h1><a href=\"%s\">%s</a> ", gaz_link_name(page, "issue", id), name);
    gaz_page_say_count(page, GAZ_MESSAGE_PAGE, number);
    gaz_html_put(page->out, "</h1>");
    put_source(page, text, number);
    put_page_links(page, id, number, text->page_count);
    gaz_page_end(page);
    return status == GAZ_OK ? gaz_page_is_html(page, 200, err) : status;
}

// /source/ISSUE/PAGE
enum gaz_status gaz_page_source(struct gaz_page *page, struct gaz_err *err) {
    struct gaz_source_text text = {0};
    json_t *issue = NULL;
    size_t number = strtoul(gaz_page_segment(page, 2), NULL, 10);
    enum gaz_status status = gaz_archive_record_by_id(page->archive, gaz_page_segment(page, 1), &issue, err);
    if (status == GAZ_OK) {
        status = gaz_source_open(page, issue, &text, err);
    }
    if (status == GAZ_OK && (number == 0 || number > text.page_count)) {
        status = gaz_err_set(err, GAZ_ERR_NOT_FOUND, "there is no such page");
    }
    if (status == GAZ_OK) {
        status = put_page(page, issue, number, &text, err);
    }
    gaz_source_close(&text);
    json_decref(issue);
    return status;
}
