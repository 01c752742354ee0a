// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/web/extract.h"

#include <string.h>

// Bytes behind which a piece ends.
enum { PIECE = 256 * 1024 };

struct extract {
    const struct gaz_site *site;
    struct gaz_arena *arena; // of the strings of the question
    struct gaz_page page;    // what the question is asked with
    struct gaz_buf piece;
    size_t sent;         // bytes of `piece`
    struct gaz_buf last; // id of the last unit
    size_t count;        // of units so far
    bool is_full;        // the piece
    bool is_ended;       // there is nothing behind it
};

static enum gaz_status take_unit(void *context, const struct gaz_hit *hit, struct gaz_err *err) {
    struct extract *extract = context;
    struct gaz_hit numbered = *hit;
    if (extract->piece.len >= PIECE) {
        extract->is_full = true;
        return GAZ_ERR_LIMIT; // ends the walk; the unit begins the next piece
    }
    numbered.rank = ++extract->count;
    const struct gaz_render_options options = {0};
    enum gaz_status status = gaz_render_ndjson.hit(NULL, &numbered, &options, &extract->piece, err);
    gaz_buf_clear(&extract->last);
    gaz_buf_addstr(&extract->last, gaz_page_field(hit->record, "id"));
    return status == GAZ_OK ? gaz_buf_check(&extract->last, err) : status;
}

static enum gaz_status read_piece(struct extract *extract, struct gaz_archive *archive, struct gaz_err *err) {
    struct gaz_request request = extract->page.asked.request;
    struct gaz_answer answer;
    if (extract->count > 0) {
        request.after = extract->last.data;
    }
    enum gaz_status status = gaz_search(archive, &request, &answer, err);
    if (status == GAZ_OK) {
        status = gaz_answer_each(&answer, take_unit, extract, err);
        gaz_answer_free(&answer);
    }
    return extract->is_full ? GAZ_OK : status;
}

static enum gaz_status next_piece(struct extract *extract, struct gaz_err *err) {
    struct gaz_shelf *shelf;
    gaz_buf_clear(&extract->piece);
    extract->sent = 0;
    extract->is_full = false;
    enum gaz_status status = gaz_pool_take(extract->site->pool, &shelf, err);
    if (status == GAZ_OK) {
        status = read_piece(extract, &shelf->archive, err);
        gaz_pool_give(extract->site->pool, shelf);
    }
    extract->is_ended = !extract->is_full;
    return status;
}

static enum gaz_status read_extract(void *context, char *bytes, size_t size, size_t *length) {
    struct extract *extract = context;
    enum gaz_status status = GAZ_OK;
    if (extract->sent == extract->piece.len && !extract->is_ended) {
        status = next_piece(extract, NULL);
    }
    size_t left = extract->piece.len - extract->sent;
    *length = left < size ? left : size;
    memcpy(bytes, extract->piece.data + extract->sent, *length);
    extract->sent += *length;
    return status;
}

static void end_extract(void *context) {
    struct extract *extract = context;
    gaz_buf_free(&extract->piece);
    gaz_buf_free(&extract->last);
    gaz_arena_free(extract->arena);
    gaz_free(extract);
}

// The page's strings end with the page: the stream reads the target again.
static enum gaz_status prepare(struct extract *extract, const struct gaz_page *page, struct gaz_err *err) {
    extract->site = page->site;
    extract->piece = extract->last = (struct gaz_buf)GAZ_BUF_INIT;
    extract->arena = gaz_arena_new();
    extract->page = (struct gaz_page){.site = page->site, .arena = extract->arena, .sought = ""};
    extract->page.asked.renderer = &gaz_render_ndjson;
    enum gaz_status status =
        extract->arena ? gaz_target_parse(page->request->target, extract->arena, &extract->page.target, err)
                       : gaz_err_memory(err);
    return status == GAZ_OK ? gaz_page_ask(&extract->page, true, err) : status;
}

enum gaz_status gaz_extract_begin(struct gaz_page *page, struct gaz_err *err) {
    struct extract *extract = gaz_calloc(1, sizeof *extract);
    if (!extract) {
        return gaz_err_memory(err);
    }
    enum gaz_status status = prepare(extract, page, err);
    if (status == GAZ_OK) {
        status = next_piece(extract, err);
    }
    if (status != GAZ_OK) {
        end_extract(extract);
        return status;
    }
    page->response->read = read_extract;
    page->response->end = end_extract;
    page->response->context = extract;
    return GAZ_OK;
}
