// SPDX-License-Identifier: GPL-2.0-or-later
//
// Answers as text, JSON, …: one table of functions a format.
#ifndef GAZ_SEARCHER_RENDER_H
#define GAZ_SEARCHER_RENDER_H

#include <stdbool.h>
#include <stdio.h>

#include "searcher/search.h"

struct gaz_render_options {
    bool colour;
    bool explain;
    size_t width; // columns to wrap text at; 0: lines are not broken
};

// A format. The functions append to OUT, which the caller writes and empties in between, so that an answer is
// never in memory as a whole; they return the buffer's status or that of making JSON.
struct gaz_renderer {
    const char *name; // value of --format
    enum gaz_status (*begin)(const struct gaz_answer *answer, const struct gaz_render_options *options,
                             struct gaz_buf *out, struct gaz_err *err);
    enum gaz_status (*hit)(const struct gaz_answer *answer, const struct gaz_hit *hit,
                           const struct gaz_render_options *options, struct gaz_buf *out,
                           struct gaz_err *err);
    enum gaz_status (*end)(const struct gaz_answer *answer, const struct gaz_render_options *options,
                           struct gaz_buf *out, struct gaz_err *err);
};

extern const struct gaz_renderer gaz_render_text;
extern const struct gaz_renderer gaz_render_json;
extern const struct gaz_renderer gaz_render_ndjson;

// The format whose name is NAME, NULL when there is none.
const struct gaz_renderer *gaz_renderer_find(const char *name);

// Renders ANSWER with all hits of its page to TO. GAZ_ERR_IO when TO cannot be written; then errno is that of
// the write. The statuses of gaz_answer_hit.
enum gaz_status gaz_render(const struct gaz_renderer *renderer, const struct gaz_answer *answer,
                           const struct gaz_render_options *options, FILE *to, struct gaz_err *err);

#endif
