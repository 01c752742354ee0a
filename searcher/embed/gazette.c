// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/embed/gazette.h"

#include <string.h>

#include "searcher/question.h"

struct gazette {
    struct gaz_archive archive;
};

// What goes wrong as the header has it; as a program it would be the exit status.
static enum gazette_status tell(enum gaz_status status, const struct gaz_err *err,
                                struct gazette_error *out) {
    if (out) {
        memcpy(out->message, err->message, sizeof out->message);
    }
    return status == GAZ_OK ? GAZETTE_FOUND : status == GAZ_ERR_BUSY ? GAZETTE_BUSY : GAZETTE_ERROR;
}

const char *gazette_version(void) {
    return GAZ_VERSION;
}

enum gazette_status gazette_open(const char *const *indexes, size_t count, struct gazette **out,
                                 struct gazette_error *error) {
    struct gaz_err err = {0};
    struct gazette *gazette = gaz_calloc(1, sizeof *gazette);
    enum gaz_status status =
        gazette ? gaz_archive_open(indexes, count, &gazette->archive, &err) : gaz_err_memory(&err);
    if (status != GAZ_OK) {
        gaz_free(gazette);
        gazette = NULL;
    }
    *out = gazette;
    return tell(status, &err, error);
}

void gazette_close(struct gazette *archive) {
    if (archive) {
        gaz_archive_close(&archive->archive);
        gaz_free(archive);
    }
}

static enum gaz_status set_option(struct gaz_question *question, const char *name, const char *value,
                                  struct gaz_err *err) {
    for (enum gaz_option option = 0; option < GAZ_OPTION_COUNT; option++) {
        const char *argument = gaz_options[option].argument;
        if (strcmp(gaz_options[option].name, name) != 0 || !gaz_question_takes(option)) {
            continue;
        }
        if (argument && argument[0] != '[' && !value) {
            return gaz_err_set(err, GAZ_ERR_ARGUMENT, "option --%s needs %s: give it a value", name,
                               argument);
        }
        return gaz_question_set(question, option, value, err);
    }
    return gaz_err_set(err, GAZ_ERR_ARGUMENT, "%s is no option of a question: see gazette-search(1)", name);
}

static enum gaz_status read_question(const char *const *options, struct gaz_question *question,
                                     struct gaz_err *err) {
    const char *query = NULL;
    enum gaz_status status = GAZ_OK;
    *question = (struct gaz_question){.renderer = &gaz_render_json};
    for (; *options && status == GAZ_OK; options += 2) {
        if (strcmp(options[0], "query") == 0) {
            query = options[1];
        } else {
            status = set_option(question, options[0], options[1], err);
        }
    }
    return status == GAZ_OK ? gaz_question_complete(question, query, err) : status;
}

static enum gaz_status answer_question(const struct gazette *archive, const struct gaz_question *question,
                                       bool *found, struct gaz_buf *out, struct gaz_err *err) {
    const struct gaz_render_options how = {.explain = question->explain, .bom = question->bom};
    struct gaz_answer answer;
    enum gaz_status status = gaz_search(&archive->archive, &question->request, &answer, err);
    if (status == GAZ_OK) {
        *found = answer.state != GAZ_STATE_NOT_FOUND;
        status = gaz_render_whole(question->renderer, &answer, &how, out, err);
        gaz_answer_free(&answer);
    }
    return status;
}

enum gazette_status gazette_search(struct gazette *archive, const char *const *options, char **answer,
                                   struct gazette_error *error) {
    struct gaz_err err = {0};
    struct gaz_question question;
    struct gaz_buf out = GAZ_BUF_INIT;
    bool found = false;
    *answer = NULL;
    enum gaz_status status = read_question(options, &question, &err);
    if (status == GAZ_OK) {
        status = answer_question(archive, &question, &found, &out, &err);
    }
    if (status == GAZ_OK) {
        *answer = gaz_buf_take(&out);
        status = *answer ? GAZ_OK : gaz_err_memory(&err);
    }
    gaz_buf_free(&out);
    enum gazette_status told = tell(status, &err, error);
    return told == GAZETTE_FOUND && !found ? GAZETTE_NOT_FOUND : told;
}

void gazette_free(char *answer) {
    gaz_free(answer);
}
