// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/render.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "shim/terminal.h"

static const struct gaz_renderer *const renderers[] = {
    &gaz_render_text, &gaz_render_json, &gaz_render_ndjson, &gaz_render_csv, &gaz_render_tsv,
    &gaz_render_md,   &gaz_render_gbt,  &gaz_render_bibtex, &gaz_render_akn, &gaz_render_atom};

const struct gaz_renderer *gaz_renderer_find(const char *name) {
    for (size_t i = 0; i < sizeof renderers / sizeof renderers[0]; i++) {
        if (strcmp(renderers[i]->name, name) == 0) {
            return renderers[i];
        }
    }
    return NULL;
}

// ISSUE/3/17 is /doc/ISSUE/3#u17. What an address cannot hold is percent-encoded (RFC 3986).
void gaz_render_link(const char *links, const char *id, struct gaz_buf *out) {
    size_t slashes = 0;
    gaz_buf_printf(out, "%s/doc/", links);
    for (; *id; id++) {
        slashes += *id == '/';
        if (*id == '/' && slashes == 2) {
            gaz_buf_addstr(out, "#u");
        } else {
            bool plain = isalnum((unsigned char)*id) || strchr("-._~/", *id);
            gaz_buf_printf(out, plain ? "%c" : "%%%02X", (unsigned char)*id);
        }
    }
}

struct rendering {
    const struct gaz_renderer *renderer;
    struct gaz_answer *answer;
    const struct gaz_render_options *options;
    struct gaz_buf *out;
    FILE *to; // NULL: all stays in `out`
};

// What is written for people is visible already, with colours.
static enum gaz_status write_out(const struct rendering *rendering, struct gaz_err *err) {
    struct gaz_buf *out = rendering->out;
    errno = 0;
    bool written = rendering->renderer == &gaz_render_text
                       ? fwrite(out->data, 1, out->len, rendering->to) == out->len
                       : gaz_terminal_write(rendering->to, out->data, out->len);
    gaz_buf_clear(out);
    if (!written) {
        return gaz_err_set(err, GAZ_ERR_IO, "cannot write the answer: %s", strerror(errno));
    }
    return GAZ_OK;
}

static enum gaz_status pass_on(const struct rendering *rendering, enum gaz_status status,
                               struct gaz_err *err) {
    return status == GAZ_OK && rendering->to ? write_out(rendering, err) : status;
}

static enum gaz_status render_hit(void *context, const struct gaz_hit *hit, struct gaz_err *err) {
    const struct rendering *rendering = context;
    return pass_on(rendering,
                   rendering->renderer->hit(rendering->answer, hit, rendering->options, rendering->out, err),
                   err);
}

static enum gaz_status render(struct rendering *rendering, struct gaz_err *err) {
    const struct gaz_renderer *renderer = rendering->renderer;
    enum gaz_status status = renderer->begin(rendering->answer, rendering->options, rendering->out, err);
    if (status == GAZ_OK) {
        status = gaz_answer_each(rendering->answer, render_hit, rendering, err);
    }
    if (status == GAZ_OK) {
        status = renderer->end(rendering->answer, rendering->options, rendering->out, err);
    }
    return pass_on(rendering, status, err);
}

enum gaz_status gaz_render(const struct gaz_renderer *renderer, struct gaz_answer *answer,
                           const struct gaz_render_options *options, FILE *to, struct gaz_err *err) {
    struct gaz_buf out = GAZ_BUF_INIT;
    struct rendering rendering = {renderer, answer, options, &out, to};
    enum gaz_status status = render(&rendering, err);
    if (status == GAZ_OK && fflush(to) != 0) {
        status = gaz_err_set(err, GAZ_ERR_IO, "cannot write the answer: %s", strerror(errno));
    }
    gaz_buf_free(&out);
    return status;
}

enum gaz_status gaz_render_whole(const struct gaz_renderer *renderer, struct gaz_answer *answer,
                                 const struct gaz_render_options *options, struct gaz_buf *out,
                                 struct gaz_err *err) {
    struct rendering rendering = {renderer, answer, options, out, NULL};
    return render(&rendering, err);
}
