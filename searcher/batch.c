// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/batch.h"

#include <errno.h>
#include <string.h>

#include "searcher/render.h"
#include "shim/terminal.h"
#include "shim/unicode.h"

struct batch {
    const struct gaz_archive *archive;
    struct gaz_request request;
    FILE *from, *to;
    size_t line; // from 1
    bool found;
    struct gaz_buf input, output;
    struct gaz_err *err;
};

// Reads the next line without its end; false at the end of the file.
static bool read_line(struct batch *batch, enum gaz_status *status) {
    bool any = gaz_buf_read_line(&batch->input, batch->from);
    if (ferror(batch->from)) {
        *status = gaz_err_set(batch->err, GAZ_ERR_IO, "cannot read the batch: %s", strerror(errno));
        return false;
    }
    if (batch->input.status == GAZ_ERR_LIMIT) {
        *status = gaz_err_set(batch->err, GAZ_ERR_LIMIT,
                              "line %zu of the batch is longer than %d bytes: shorten it", batch->line + 1,
                              GAZ_BATCH_LINE_MAX);
        return false;
    }
    *status = gaz_buf_check(&batch->input, batch->err);
    batch->line += any;
    return *status == GAZ_OK && any;
}

// The line as text: without the return of a CR LF, bytes that are no UTF-8 replaced.
static char *line_text(const struct batch *batch, struct gaz_arena *arena) {
    struct gaz_buf text = GAZ_BUF_INIT;
    size_t len = batch->input.len;
    if (len > 0 && batch->input.data[len - 1] == '\r') {
        len--;
    }
    for (size_t at = 0; at < len;) {
        uint32_t code;
        char bytes[4];
        at += gaz_utf8_decode(batch->input.data + at, len - at, &code);
        gaz_buf_add(&text, bytes, gaz_utf8_encode(code ? code : 0xFFFD, bytes));
    }
    char *copy = text.status == GAZ_OK ? gaz_arena_strndup(arena, text.data, text.len) : NULL;
    gaz_buf_free(&text);
    return copy;
}

struct hits {
    json_t *array;
};

static enum gaz_status take_hit(void *context, const struct gaz_hit *hit, struct gaz_err *err) {
    struct hits *hits = context;
    return json_array_append_new(hits->array, gaz_hit_to_json(hit)) == 0 ? GAZ_OK : gaz_err_memory(err);
}

static enum gaz_status print_line(struct batch *batch, json_t *json) {
    if (!json) {
        return gaz_err_memory(batch->err);
    }
    gaz_buf_clear(&batch->output);
    enum gaz_status status = gaz_record_print_json(json, &batch->output, batch->err);
    json_decref(json);
    gaz_buf_addch(&batch->output, '\n');
    if (status == GAZ_OK) {
        status = gaz_buf_check(&batch->output, batch->err);
    }
    errno = 0;
    if (status == GAZ_OK &&
        (!gaz_terminal_write(batch->to, batch->output.data, batch->output.len) || fflush(batch->to) != 0)) {
        status = gaz_err_set(batch->err, GAZ_ERR_IO, "cannot write the answers: %s", strerror(errno));
    }
    return status;
}

static json_t *answer_json(const struct batch *batch, const char *input, const struct gaz_answer *answer,
                           json_t *hits) {
    json_t *query = gaz_query_to_json(answer);
    if (!query) {
        json_decref(hits);
        return NULL;
    }
    json_t *json =
        json_pack("{sI ss sO* sO* ss ss sI so}", "line", (json_int_t)batch->line, "input", input, "mode",
                  json_object_get(query, "mode"), "reading", json_object_get(query, "reading"), "state",
                  gaz_state_name(answer->state), "match", answer->relaxed ? "relaxed" : "exact", "total",
                  (json_int_t)answer->total, "hits", hits);
    json_decref(query);
    // Who cites a number, above all one that is not held; and of several numbers those that are not.
    int bad = 0;
    if (json && answer->cited_by.count > 0) {
        bad |= json_object_set_new(json, "cited_by", gaz_citings_to_json(&answer->cited_by));
    }
    if (json && answer->missing.count > 0) {
        bad |= json_object_set_new(json, "missing", gaz_missing_to_json(&answer->missing));
    }
    if (bad) {
        json_decref(json);
        return NULL;
    }
    return json;
}

static enum gaz_status print_answer(struct batch *batch, const char *input, struct gaz_answer *answer) {
    struct hits hits = {json_array()};
    enum gaz_status status =
        hits.array ? gaz_answer_each(answer, take_hit, &hits, batch->err) : gaz_err_memory(batch->err);
    if (status != GAZ_OK) {
        json_decref(hits.array);
        return status;
    }
    batch->found = batch->found || answer->state != GAZ_STATE_NOT_FOUND;
    return print_line(batch, answer_json(batch, input, answer, hits.array));
}

static enum gaz_status print_error(struct batch *batch, const char *input, const char *message) {
    return print_line(batch, json_pack("{sI ss ss sI s[] ss}", "line", (json_int_t)batch->line, "input",
                                       input, "state", gaz_state_name(GAZ_STATE_NOT_FOUND), "total",
                                       (json_int_t)0, "hits", "error", message));
}

static enum gaz_status answer_input(struct batch *batch, const char *input) {
    struct gaz_err reason = {0};
    struct gaz_answer answer;
    batch->request.query = *input ? input : " "; // an empty line is an empty query, not everything
    enum gaz_status status = gaz_search(batch->archive, &batch->request, &answer, &reason);
    if (status == GAZ_OK) {
        status = print_answer(batch, input, &answer);
        gaz_answer_free(&answer);
    } else if (status == GAZ_ERR_QUERY) {
        status = print_error(batch, input, reason.message);
    } else {
        gaz_err_set(batch->err, status, "%s", reason.message);
    }
    return status;
}

static enum gaz_status answer_line(struct batch *batch) {
    struct gaz_arena *arena = gaz_arena_new();
    const char *input = arena ? line_text(batch, arena) : NULL;
    enum gaz_status status = input ? answer_input(batch, input) : gaz_err_memory(batch->err);
    gaz_arena_free(arena);
    return status;
}

enum gaz_status gaz_batch(const struct gaz_archive *archive, const struct gaz_request *request, FILE *from,
                          FILE *to, size_t after, bool *found, struct gaz_err *err) {
    struct batch batch = {.archive = archive,
                          .request = *request,
                          .from = from,
                          .to = to,
                          .input = GAZ_BUF_INIT,
                          .output = GAZ_BUF_INIT,
                          .err = err};
    enum gaz_status status = GAZ_OK;
    batch.input.max = GAZ_BATCH_LINE_MAX;
    while (status == GAZ_OK && read_line(&batch, &status)) {
        if (batch.line > after) {
            status = answer_line(&batch);
        }
    }
    *found = batch.found;
    gaz_buf_free(&batch.input);
    gaz_buf_free(&batch.output);
    return status;
}
