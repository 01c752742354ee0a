// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/render.h"

#include <errno.h>
#include <string.h>

#include "searcher/message.h"

static const struct gaz_renderer *const renderers[] = {&gaz_render_text, &gaz_render_json,
                                                       &gaz_render_ndjson};

const struct gaz_renderer *gaz_renderer_find(const char *name) {
    for (size_t i = 0; i < sizeof renderers / sizeof renderers[0]; i++) {
        if (strcmp(renderers[i]->name, name) == 0) {
            return renderers[i];
        }
    }
    return NULL;
}

static enum gaz_status write_out(struct gaz_buf *out, FILE *to, struct gaz_err *err) {
    errno = 0;
    bool written = fwrite(out->data, 1, out->len, to) == out->len;
    gaz_buf_clear(out);
    if (!written) {
        return gaz_err_set(err, GAZ_ERR_IO, _("cannot write the answer: %s"), strerror(errno));
    }
    return GAZ_OK;
}

static enum gaz_status render_hit(const struct gaz_renderer *renderer, const struct gaz_answer *answer,
                                  size_t at, const struct gaz_render_options *options, struct gaz_buf *out,
                                  struct gaz_err *err) {
    struct gaz_hit hit;
    enum gaz_status status = gaz_answer_hit(answer, at, &hit, err);
    if (status == GAZ_OK) {
        status = renderer->hit(answer, &hit, options, out, err);
        gaz_hit_free(&hit);
    }
    return status;
}

enum gaz_status gaz_render(const struct gaz_renderer *renderer, const struct gaz_answer *answer,
                           const struct gaz_render_options *options, FILE *to, struct gaz_err *err) {
    struct gaz_buf out = GAZ_BUF_INIT;
    size_t count = gaz_answer_hit_count(answer);
    enum gaz_status status = renderer->begin(answer, options, &out, err);
    for (size_t at = 0; at < count && status == GAZ_OK; at++) {
        status = render_hit(renderer, answer, at, options, &out, err);
        if (status == GAZ_OK) {
            status = write_out(&out, to, err);
        }
    }
    if (status == GAZ_OK) {
        status = renderer->end(answer, options, &out, err);
    }
    if (status == GAZ_OK) {
        status = write_out(&out, to, err);
    }
    if (status == GAZ_OK && fflush(to) != 0) {
        status = gaz_err_set(err, GAZ_ERR_IO, _("cannot write the answer: %s"), strerror(errno));
    }
    gaz_buf_free(&out);
    return status;
}
