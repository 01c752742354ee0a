// SPDX-License-Identifier: GPL-2.0-or-later
//
// Answers as text, JSON, …: one table of functions a format.
#ifndef GAZ_SEARCHER_RENDER_H
#define GAZ_SEARCHER_RENDER_H

#include <stdbool.h>
#include <stdio.h>

#include "searcher/search.h"

struct gaz_page; // see searcher/web/page.h

struct gaz_render_options {
    bool colour;
    bool explain;
    bool bom;                    // csv begins with a byte order mark
    size_t width;                // columns to wrap text at; 0: lines are not broken
    const struct gaz_page *page; // html: the page that it is a part of
    const char *links;           // address of a gazette-web that documents are linked to; NULL: none
};

// A format. The functions append to OUT, which the caller writes and empties in between, so that an answer is
// never in memory as a whole; they return the buffer's status or that of making JSON.
struct gaz_renderer {
    const char *name; // value of --format
    bool tells_total; // before the hits
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
extern const struct gaz_renderer gaz_render_csv;
extern const struct gaz_renderer gaz_render_tsv;
extern const struct gaz_renderer gaz_render_md;
extern const struct gaz_renderer gaz_render_gbt;
extern const struct gaz_renderer gaz_render_bibtex;
extern const struct gaz_renderer gaz_render_akn;
extern const struct gaz_renderer gaz_render_atom;

// The format whose name is NAME, NULL when there is none.
const struct gaz_renderer *gaz_renderer_find(const char *name);

// What a question means, {"input","mode","reading"}, as JSON; as for hits below.
json_t *gaz_query_to_json(const struct gaz_answer *answer);
// Units that cite, as the array "cited_by". NULL when memory is out.
json_t *gaz_citings_to_json(const struct gaz_citings *citings);
// [{"number","holding","citations"}] of the numbers that are not held. NULL: no memory.
json_t *gaz_missing_to_json(const struct gaz_listing *missing);

// A hit as JSON, as the contract has it; the caller drops it. NULL when memory is out.
json_t *gaz_hit_to_json(const struct gaz_hit *hit);

// Appends the address of the page that has the record with ID (a document, or a unit of one) on the
// gazette-web at LINKS.
void gaz_render_link(const char *links, const char *id, struct gaz_buf *out);

// Renders ANSWER with all hits of its page to TO. GAZ_ERR_IO when TO cannot be written; then errno is that of
// the write. The statuses of gaz_answer_hit.
enum gaz_status gaz_render(const struct gaz_renderer *renderer, struct gaz_answer *answer,
                           const struct gaz_render_options *options, FILE *to, struct gaz_err *err);

// The same to the end of OUT, in memory as a whole.
enum gaz_status gaz_render_whole(const struct gaz_renderer *renderer, struct gaz_answer *answer,
                                 const struct gaz_render_options *options, struct gaz_buf *out,
                                 struct gaz_err *err);

// Appends a citation of the record DOCUMENT, which stands in that of ISSUE, by GB/T 7714, and a line end.
// ADDRESS says which part of it is cited, PAGE where that stands; NULL and 0: the whole.
void gaz_cite_gbt(const json_t *document, const json_t *issue, const char *address, size_t page,
                  struct gaz_buf *out);

#endif
