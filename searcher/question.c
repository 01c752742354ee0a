// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/question.h"

#include <string.h>

enum { DEFAULT_LIMIT = 10, DEFAULT_EXCERPTS = 3 };

const struct gaz_cli_option gaz_options[GAZ_OPTION_COUNT] = {
#define GAZ_OPTION(id, name, argument, group, help) {name, argument, help, group},
#include "searcher/options.def"
#undef GAZ_OPTION
};

enum gaz_status gaz_option_bad_value(enum gaz_option option, const char *value, const char *choices,
                                     struct gaz_err *err) {
    return gaz_err_set(err, GAZ_ERR_ARGUMENT, "--%s %s: there is no such choice: use %s",
                       gaz_options[option].name, gaz_quote(value).text, choices);
}

static enum gaz_status set_mode(struct gaz_question *question, enum gaz_option option, const char *value,
                                struct gaz_err *err) {
    static const enum gaz_mode modes[] = {
        [GAZ_OPTION_NUMBER] = GAZ_MODE_NUMBER,
        [GAZ_OPTION_UNIT] = GAZ_MODE_UNIT,
        [GAZ_OPTION_KEYWORD] = GAZ_MODE_KEYWORD,
        [GAZ_OPTION_SHOW] = GAZ_MODE_SHOW,
        [GAZ_OPTION_CITES] = GAZ_MODE_CITES,
        [GAZ_OPTION_CITED_BY] = GAZ_MODE_CITED_BY,
        [GAZ_OPTION_CITED_NOT_HELD] = GAZ_MODE_CITED_NOT_HELD,
        [GAZ_OPTION_SERIES] = GAZ_MODE_SERIES,
        [GAZ_OPTION_CALENDAR] = GAZ_MODE_CALENDAR,
    };
    if (question->mode_given) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT,
                           "--%s: another question is asked already: ask one at a time",
                           gaz_options[option].name);
    }
    question->mode_given = true;
    question->request.mode = modes[option];
    question->request.query = value;
    return GAZ_OK;
}

static enum gaz_status set_role(struct gaz_question *question, enum gaz_option option, const char *value,
                                struct gaz_err *err) {
    int role = gaz_role_parse(value);
    if (role < 0) {
        return gaz_option_bad_value(option, value, "lead, share, responsible, issuer, addressee, mentioned",
                                    err);
    }
    question->request.role = (enum gaz_role)role;
    return GAZ_OK;
}

static enum gaz_status set_level(struct gaz_question *question, enum gaz_option option, const char *value,
                                 struct gaz_err *err) {
    question->request.unit_level = strcmp(value, "unit") == 0;
    return question->request.unit_level || strcmp(value, "document") == 0
               ? GAZ_OK
               : gaz_option_bad_value(option, value, "document, unit", err);
}

static enum gaz_status set_scope(struct gaz_question *question, enum gaz_option option, const char *value,
                                 struct gaz_err *err) {
    static const char *const names[] = {
        [GAZ_SCOPE_UNIT] = "unit", [GAZ_SCOPE_SENTENCE] = "sentence", [GAZ_SCOPE_DOCUMENT] = "document"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(names[i], value) == 0) {
            question->request.scope = (enum gaz_scope)i;
            return GAZ_OK;
        }
    }
    return gaz_option_bad_value(option, value, "unit, sentence, document", err);
}

static enum gaz_status set_sort(struct gaz_question *question, enum gaz_option option, const char *value,
                                struct gaz_err *err) {
    static const struct {
        const char *name;
        enum gaz_sort sort;
        enum gaz_kwic_order kwic_order;
    } orders[] = {
        {"relevance", GAZ_SORT_RELEVANCE, GAZ_KWIC_AS_FOUND}, {"date", GAZ_SORT_DATE, GAZ_KWIC_AS_FOUND},
        {"-date", GAZ_SORT_DATE_DOWN, GAZ_KWIC_AS_FOUND},     {"left", GAZ_SORT_ARCHIVE, GAZ_KWIC_BY_LEFT},
        {"right", GAZ_SORT_ARCHIVE, GAZ_KWIC_BY_RIGHT},
    };
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        if (strcmp(orders[i].name, value) == 0) {
            question->request.sort = orders[i].sort;
            question->request.kwic_order = orders[i].kwic_order;
            return GAZ_OK;
        }
    }
    return gaz_option_bad_value(option, value, "relevance, date, -date, left, right", err);
}

static enum gaz_status set_format(struct gaz_question *question, enum gaz_option option, const char *value,
                                  struct gaz_err *err) {
    question->renderer = gaz_renderer_find(value);
    return question->renderer
               ? GAZ_OK
               : gaz_option_bad_value(option, value,
                                      "text, json, ndjson, csv, tsv, md, gbt, bibtex, akn, atom", err);
}

static enum gaz_status read_count(enum gaz_option option, const char *value, size_t *out,
                                  struct gaz_err *err) {
    unsigned long count;
    enum gaz_status status = gaz_cli_number(gaz_options[option].name, value, 0, UINT32_MAX, &count, err);
    if (status == GAZ_OK) {
        *out = count;
    }
    return status;
}

static enum gaz_status set_limit(struct gaz_question *question, enum gaz_option option, const char *value,
                                 struct gaz_err *err) {
    question->limit_given = true;
    return read_count(option, value, &question->request.limit, err);
}

static enum gaz_status set_offset(struct gaz_question *question, enum gaz_option option, const char *value,
                                  struct gaz_err *err) {
    return read_count(option, value, &question->request.offset, err);
}

static enum gaz_status set_context(struct gaz_question *question, enum gaz_option option, const char *value,
                                   struct gaz_err *err) {
    return read_count(option, value, &question->request.context, err);
}

static enum gaz_status set_excerpts(struct gaz_question *question, enum gaz_option option, const char *value,
                                    struct gaz_err *err) {
    question->excerpts_given = true;
    return read_count(option, value, &question->request.excerpts, err);
}

static enum gaz_status set_filter(struct gaz_question *question, enum gaz_option option, const char *value,
                                  struct gaz_err *err) {
    struct gaz_filters *filters = &question->request.filters;
    const char **const places[GAZ_OPTION_COUNT] = {
        [GAZ_OPTION_ISSUER] = &filters->issuer,    [GAZ_OPTION_KIND] = &filters->kind,
        [GAZ_OPTION_CLASS] = &filters->class_name, [GAZ_OPTION_SECTION] = &filters->section,
        [GAZ_OPTION_ISSUE] = &filters->issue,      [GAZ_OPTION_SINCE] = &filters->since,
        [GAZ_OPTION_UNTIL] = &filters->until,
    };
    (void)err;
    *places[option] = value;
    return GAZ_OK;
}

static enum gaz_status set_flag(struct gaz_question *question, enum gaz_option option, const char *value,
                                struct gaz_err *err) {
    (void)value;
    (void)err;
    question->request.exact = question->request.exact || option == GAZ_OPTION_EXACT;
    question->explain = question->explain || option == GAZ_OPTION_EXPLAIN;
    question->request.gaps = question->request.gaps || option == GAZ_OPTION_GAPS;
    question->request.facets = question->request.facets || option == GAZ_OPTION_FACETS;
    question->request.extract = question->request.extract || option == GAZ_OPTION_EXTRACT;
    question->bom = question->bom || option == GAZ_OPTION_BOM;
    return GAZ_OK;
}

static enum gaz_status set_kwic(struct gaz_question *question, enum gaz_option option, const char *value,
                                struct gaz_err *err) {
    unsigned long characters = GAZ_KWIC_DEFAULT;
    enum gaz_status status =
        value ? gaz_cli_number(gaz_options[option].name, value, 1, GAZ_KWIC_MAX, &characters, err) : GAZ_OK;
    question->request.kwic = characters;
    return status;
}

static enum gaz_status set_after(struct gaz_question *question, enum gaz_option option, const char *value,
                                 struct gaz_err *err) {
    (void)option;
    (void)err;
    question->request.after = value;
    return GAZ_OK;
}

typedef enum gaz_status setter(struct gaz_question *question, enum gaz_option option, const char *value,
                               struct gaz_err *err);

static setter *const setters[GAZ_OPTION_COUNT] = {
    [GAZ_OPTION_NUMBER] = set_mode,
    [GAZ_OPTION_UNIT] = set_mode,
    [GAZ_OPTION_ROLE] = set_role,
    [GAZ_OPTION_KEYWORD] = set_mode,
    [GAZ_OPTION_SHOW] = set_mode,
    [GAZ_OPTION_CONTEXT] = set_context,
    [GAZ_OPTION_CITES] = set_mode,
    [GAZ_OPTION_CITED_BY] = set_mode,
    [GAZ_OPTION_CITED_NOT_HELD] = set_mode,
    [GAZ_OPTION_SERIES] = set_mode,
    [GAZ_OPTION_GAPS] = set_flag,
    [GAZ_OPTION_CALENDAR] = set_mode,
    [GAZ_OPTION_EXACT] = set_flag,
    [GAZ_OPTION_WITHIN] = set_scope,
    [GAZ_OPTION_LEVEL] = set_level,
    [GAZ_OPTION_ISSUER] = set_filter,
    [GAZ_OPTION_KIND] = set_filter,
    [GAZ_OPTION_CLASS] = set_filter,
    [GAZ_OPTION_SECTION] = set_filter,
    [GAZ_OPTION_ISSUE] = set_filter,
    [GAZ_OPTION_SINCE] = set_filter,
    [GAZ_OPTION_UNTIL] = set_filter,
    [GAZ_OPTION_SORT] = set_sort,
    [GAZ_OPTION_LIMIT] = set_limit,
    [GAZ_OPTION_OFFSET] = set_offset,
    [GAZ_OPTION_EXCERPTS] = set_excerpts,
    [GAZ_OPTION_FACETS] = set_flag,
    [GAZ_OPTION_KWIC] = set_kwic,
    [GAZ_OPTION_EXTRACT] = set_flag,
    [GAZ_OPTION_AFTER] = set_after,
    [GAZ_OPTION_EXPLAIN] = set_flag,
    [GAZ_OPTION_FORMAT] = set_format,
    [GAZ_OPTION_BOM] = set_flag,
};

bool gaz_question_takes(enum gaz_option option) {
    return setters[option] != NULL;
}

enum gaz_status gaz_question_set(struct gaz_question *question, enum gaz_option option, const char *value,
                                 struct gaz_err *err) {
    return setters[option](question, option, value, err);
}

// --- what follows from them ---

// Options that mean something only with another one.
static enum gaz_status check_pairs(const struct gaz_question *question, const char *operands,
                                   struct gaz_err *err) {
    const struct gaz_request *request = &question->request;
    if (request->role != GAZ_ROLE_ANY && request->mode != GAZ_MODE_UNIT) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT,
                           "--role says what of a unit is asked for: name one with --unit");
    }
    if (request->context > 0 && request->mode != GAZ_MODE_SHOW) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT, "--context is that of a record: name one with --show");
    }
    if (request->gaps && request->mode != GAZ_MODE_SERIES) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT, "--gaps are those of a series: name one with --series");
    }
    if (request->kwic_order != GAZ_KWIC_AS_FOUND && request->kwic == 0) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT, "--sort left and right are orders of --kwic: add it");
    }
    if (request->after && !request->extract) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT,
                           "--after goes on with an --extract or a --batch: add one of them");
    }
    if (operands && question->mode_given) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT,
                           "\"%s\" is left over: put the whole query in quotation marks",
                           gaz_quote(operands).text);
    }
    return GAZ_OK;
}

static bool is_list(const struct gaz_request *request) {
    enum gaz_mode mode = request->mode;
    return request->extract || request->kwic > 0 || mode == GAZ_MODE_SHOW || mode == GAZ_MODE_CALENDAR ||
           mode == GAZ_MODE_CITED_BY || mode == GAZ_MODE_SERIES || mode == GAZ_MODE_CITED_NOT_HELD;
}

static void set_defaults(struct gaz_question *question) {
    struct gaz_request *request = &question->request;
    // A document by its number is shown whole where nothing but whole documents can be.
    if (question->renderer == &gaz_render_akn && request->mode == GAZ_MODE_NUMBER) {
        request->mode = GAZ_MODE_SHOW;
    }
    if (!question->limit_given) {
        request->limit = is_list(request) ? 0 : DEFAULT_LIMIT;
    }
    if (!question->excerpts_given) {
        request->excerpts = request->mode == GAZ_MODE_UNIT ? 0 : DEFAULT_EXCERPTS;
    }
    request->count = request->extract && question->renderer->tells_total;
}

enum gaz_status gaz_question_complete(struct gaz_question *question, const char *operands,
                                      struct gaz_err *err) {
    enum gaz_status status = check_pairs(question, operands, err);
    if (status == GAZ_OK && !question->mode_given) {
        question->request.query = operands;
    }
    set_defaults(question);
    return status;
}
