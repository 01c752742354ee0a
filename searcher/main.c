// SPDX-License-Identifier: GPL-2.0-or-later
//
// gazette-search: the command.
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "corpus/cli.h"
#include "searcher/batch.h"
#include "searcher/render.h"
#include "searcher/search.h"
#include "shim/message.h"

enum { DEFAULT_LIMIT = 10, DEFAULT_EXCERPTS = 3, EXIT_NOTHING_FOUND = 1, INDEXES_MAX = 64 };

enum option {
#define GAZ_OPTION(id, name, argument, group, help) OPTION_##id,
#include "searcher/options.def"
#undef GAZ_OPTION
    OPTION_COUNT
};

static const struct gaz_cli_option options[] = {
#define GAZ_OPTION(id, name, argument, group, help) {name, argument, help, group},
#include "searcher/options.def"
#undef GAZ_OPTION
};

enum colour { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER };

struct command {
    struct gaz_request request;
    bool excerpts_given, limit_given, mode_given;
    const struct gaz_renderer *renderer;
    enum colour colour;
    bool explain, bom, no_pager;
    const char *batch;  // file of --batch, NULL without one
    bool is_closed;     // the pipe that the answer goes to
    enum option action; // OPTION_HELP, OPTION_VERSION, else to search
    const char *indexes[INDEXES_MAX];
    size_t index_count;
    const char **operands;
    size_t operand_count;
    struct gaz_buf query; // the operands
};

// --- options ---

static enum gaz_status bad_value(enum option option, const char *value, const char *choices,
                                 struct gaz_err *err) {
    return gaz_err_set(err, GAZ_ERR_ARGUMENT, "--%s %s: there is no such choice: use %s",
                       options[option].name, value, choices);
}

static enum gaz_status set_mode(struct command *command, enum option option, const char *value,
                                struct gaz_err *err) {
    static const enum gaz_mode modes[] = {
        [OPTION_NUMBER] = GAZ_MODE_NUMBER,
        [OPTION_UNIT] = GAZ_MODE_UNIT,
        [OPTION_KEYWORD] = GAZ_MODE_KEYWORD,
        [OPTION_SHOW] = GAZ_MODE_SHOW,
        [OPTION_CITES] = GAZ_MODE_CITES,
        [OPTION_CITED_BY] = GAZ_MODE_CITED_BY,
        [OPTION_CITED_NOT_HELD] = GAZ_MODE_CITED_NOT_HELD,
        [OPTION_SERIES] = GAZ_MODE_SERIES,
        [OPTION_CALENDAR] = GAZ_MODE_CALENDAR,
    };
    if (command->mode_given) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT,
                           "--%s: another question is asked already: ask one at a time",
                           options[option].name);
    }
    command->mode_given = true;
    command->request.mode = modes[option];
    command->request.query = value;
    return GAZ_OK;
}

static enum gaz_status set_role(struct command *command, enum option option, const char *value,
                                struct gaz_err *err) {
    int role = gaz_role_parse(value);
    if (role < 0) {
        return bad_value(option, value, "lead, responsible, issuer, addressee, mentioned", err);
    }
    command->request.role = (enum gaz_role)role;
    return GAZ_OK;
}

static enum gaz_status set_level(struct command *command, enum option option, const char *value,
                                 struct gaz_err *err) {
    command->request.unit_level = strcmp(value, "unit") == 0;
    return command->request.unit_level || strcmp(value, "document") == 0
               ? GAZ_OK
               : bad_value(option, value, "document, unit", err);
}

static enum gaz_status set_scope(struct command *command, enum option option, const char *value,
                                 struct gaz_err *err) {
    static const char *const names[] = {
        [GAZ_SCOPE_UNIT] = "unit", [GAZ_SCOPE_SENTENCE] = "sentence", [GAZ_SCOPE_DOCUMENT] = "document"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(names[i], value) == 0) {
            command->request.scope = (enum gaz_scope)i;
            return GAZ_OK;
        }
    }
    return bad_value(option, value, "unit, sentence, document", err);
}

static enum gaz_status set_sort(struct command *command, enum option option, const char *value,
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
            command->request.sort = orders[i].sort;
            command->request.kwic_order = orders[i].kwic_order;
            return GAZ_OK;
        }
    }
    return bad_value(option, value, "relevance, date, -date, left, right", err);
}

static enum gaz_status set_format(struct command *command, enum option option, const char *value,
                                  struct gaz_err *err) {
    command->renderer = gaz_renderer_find(value);
    return command->renderer
               ? GAZ_OK
               : bad_value(option, value, "text, json, ndjson, csv, tsv, md, gbt, bibtex, akn", err);
}

static enum gaz_status set_colour(struct command *command, enum option option, const char *value,
                                  struct gaz_err *err) {
    static const char *const names[] = {"auto", "always", "never"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(names[i], value) == 0) {
            command->colour = (enum colour)i;
            return GAZ_OK;
        }
    }
    return bad_value(option, value, "auto, always, never", err);
}

static enum gaz_status read_count(enum option option, const char *value, size_t *out, struct gaz_err *err) {
    unsigned long count;
    enum gaz_status status = gaz_cli_number(options[option].name, value, 0, UINT32_MAX, &count, err);
    if (status == GAZ_OK) {
        *out = count;
    }
    return status;
}

static enum gaz_status set_limit(struct command *command, enum option option, const char *value,
                                 struct gaz_err *err) {
    command->limit_given = true;
    return read_count(option, value, &command->request.limit, err);
}

static enum gaz_status set_offset(struct command *command, enum option option, const char *value,
                                  struct gaz_err *err) {
    return read_count(option, value, &command->request.offset, err);
}

static enum gaz_status set_context(struct command *command, enum option option, const char *value,
                                   struct gaz_err *err) {
    return read_count(option, value, &command->request.context, err);
}

static enum gaz_status set_excerpts(struct command *command, enum option option, const char *value,
                                    struct gaz_err *err) {
    command->excerpts_given = true;
    return read_count(option, value, &command->request.excerpts, err);
}

static enum gaz_status add_index(struct command *command, enum option option, const char *value,
                                 struct gaz_err *err) {
    if (command->index_count == INDEXES_MAX) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT, "--%s: more than %d of them: join some",
                           options[option].name, INDEXES_MAX);
    }
    command->indexes[command->index_count++] = value;
    return GAZ_OK;
}

static enum gaz_status set_filter(struct command *command, enum option option, const char *value,
                                  struct gaz_err *err) {
    struct gaz_filters *filters = &command->request.filters;
    const char **const places[OPTION_COUNT] = {
        [OPTION_ISSUER] = &filters->issuer,    [OPTION_KIND] = &filters->kind,
        [OPTION_CLASS] = &filters->class_name, [OPTION_SECTION] = &filters->section,
        [OPTION_ISSUE] = &filters->issue,      [OPTION_SINCE] = &filters->since,
        [OPTION_UNTIL] = &filters->until,
    };
    (void)err;
    *places[option] = value;
    return GAZ_OK;
}

static enum gaz_status set_flag(struct command *command, enum option option, const char *value,
                                struct gaz_err *err) {
    (void)value;
    (void)err;
    command->request.exact = command->request.exact || option == OPTION_EXACT;
    command->explain = command->explain || option == OPTION_EXPLAIN;
    command->request.gaps = command->request.gaps || option == OPTION_GAPS;
    command->request.facets = command->request.facets || option == OPTION_FACETS;
    command->request.extract = command->request.extract || option == OPTION_EXTRACT;
    command->bom = command->bom || option == OPTION_BOM;
    command->no_pager = command->no_pager || option == OPTION_NO_PAGER;
    return GAZ_OK;
}

static enum gaz_status set_kwic(struct command *command, enum option option, const char *value,
                                struct gaz_err *err) {
    unsigned long characters = GAZ_KWIC_DEFAULT;
    enum gaz_status status =
        value ? gaz_cli_number(options[option].name, value, 1, GAZ_KWIC_MAX, &characters, err) : GAZ_OK;
    command->request.kwic = characters;
    return status;
}

static enum gaz_status set_batch(struct command *command, enum option option, const char *value,
                                 struct gaz_err *err) {
    (void)option;
    (void)err;
    command->batch = value;
    return GAZ_OK;
}

static enum gaz_status set_after(struct command *command, enum option option, const char *value,
                                 struct gaz_err *err) {
    (void)option;
    (void)err;
    command->request.after = value;
    return GAZ_OK;
}

static enum gaz_status set_action(struct command *command, enum option option, const char *value,
                                  struct gaz_err *err) {
    (void)value;
    (void)err;
    command->action = option;
    return GAZ_OK;
}

typedef enum gaz_status setter(struct command *command, enum option option, const char *value,
                               struct gaz_err *err);

static setter *const setters[OPTION_COUNT] = {
    [OPTION_NUMBER] = set_mode,         [OPTION_UNIT] = set_mode,      [OPTION_KEYWORD] = set_mode,
    [OPTION_WITHIN] = set_scope,        [OPTION_NO_PAGER] = set_flag,  [OPTION_CONTEXT] = set_context,
    [OPTION_BATCH] = set_batch,         [OPTION_AFTER] = set_after,    [OPTION_KWIC] = set_kwic,
    [OPTION_FACETS] = set_flag,         [OPTION_EXTRACT] = set_flag,   [OPTION_BOM] = set_flag,
    [OPTION_SHOW] = set_mode,           [OPTION_CITES] = set_mode,     [OPTION_CITED_BY] = set_mode,
    [OPTION_CITED_NOT_HELD] = set_mode, [OPTION_SERIES] = set_mode,    [OPTION_CALENDAR] = set_mode,
    [OPTION_GAPS] = set_flag,           [OPTION_ROLE] = set_role,      [OPTION_EXACT] = set_flag,
    [OPTION_LEVEL] = set_level,         [OPTION_ISSUER] = set_filter,  [OPTION_KIND] = set_filter,
    [OPTION_CLASS] = set_filter,        [OPTION_SECTION] = set_filter, [OPTION_ISSUE] = set_filter,
    [OPTION_SINCE] = set_filter,        [OPTION_UNTIL] = set_filter,   [OPTION_SORT] = set_sort,
    [OPTION_LIMIT] = set_limit,         [OPTION_OFFSET] = set_offset,  [OPTION_EXCERPTS] = set_excerpts,
    [OPTION_EXPLAIN] = set_flag,        [OPTION_FORMAT] = set_format,  [OPTION_COLOR] = set_colour,
    [OPTION_INDEX] = add_index,         [OPTION_HELP] = set_action,    [OPTION_VERSION] = set_action,
};

static enum gaz_status take_option(void *context, size_t option, const char *value, struct gaz_err *err) {
    return setters[option](context, (enum option)option, value, err);
}

// --- what follows from the options ---

static enum gaz_status join_operands(struct command *command, struct gaz_err *err) {
    for (size_t i = 0; i < command->operand_count; i++) {
        gaz_buf_addstr(&command->query, i > 0 ? " " : "");
        gaz_buf_addstr(&command->query, command->operands[i]);
    }
    return gaz_buf_check(&command->query, err);
}

// Options that mean something only with another one.
static enum gaz_status check_pairs(const struct command *command, struct gaz_err *err) {
    const struct gaz_request *request = &command->request;
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
    if (request->after && !request->extract && !command->batch) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT,
                           "--after goes on with an --extract or a --batch: add one of them");
    }
    if (command->batch && (command->mode_given || command->operand_count > 0 || request->extract)) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT, "--batch has its questions in the file: ask no other one");
    }
    if (command->operand_count > 0 && command->mode_given) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT,
                           "\"%s\" is left over: put the whole query in quotation marks",
                           command->operands[0]);
    }
    return GAZ_OK;
}

static bool is_list(const struct gaz_request *request) {
    enum gaz_mode mode = request->mode;
    return request->extract || request->kwic > 0 || mode == GAZ_MODE_SHOW || mode == GAZ_MODE_CALENDAR ||
           mode == GAZ_MODE_CITED_BY || mode == GAZ_MODE_SERIES || mode == GAZ_MODE_CITED_NOT_HELD;
}

static void set_defaults(struct command *command) {
    struct gaz_request *request = &command->request;
    if (!command->limit_given) {
        request->limit = is_list(request) ? 0 : DEFAULT_LIMIT;
    }
    if (!command->excerpts_given) {
        request->excerpts = request->mode == GAZ_MODE_UNIT ? 0 : DEFAULT_EXCERPTS;
    }
    request->count = request->extract && command->renderer->tells_total;
    if (command->index_count == 0) {
        const char *named = getenv("GAZETTE_INDEX");
        command->indexes[command->index_count++] = named && *named ? named : "gazette.idx";
    }
}

static enum gaz_status complete(struct command *command, struct gaz_err *err) {
    enum gaz_status status = check_pairs(command, err);
    if (status == GAZ_OK && !command->mode_given) {
        status = join_operands(command, err);
        command->request.query = command->operand_count > 0 ? command->query.data : NULL;
    }
    set_defaults(command);
    return status;
}

static bool wants_colour(const struct command *command) {
    const char *no_colour = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    if (command->colour != COLOUR_AUTO) {
        return command->colour == COLOUR_ALWAYS;
    }
    return isatty(STDOUT_FILENO) && !(no_colour && *no_colour) &&
           !(terminal && strcmp(terminal, "dumb") == 0);
}

static size_t terminal_width(void) {
    struct winsize size = {0};
    return isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

// --- actions ---

static void show_help(void) {
    printf(_("Usage: gazette-search [OPTION…] [QUERY…]\n"
             "Searches an index of government gazettes. A query is read: document numbers, units, dates,\n"
             "issues and words are recognised.\n"));
    gaz_cli_help(stdout, options, OPTION_COUNT);
    printf(_("\nWords: a blank is AND; OR or |, -word or NOT, \"one phrase\", NEAR/n and BEFORE/n "
             "(characters), ( ).\n"
             "Fields: "));
    for (int field = 0; field < GAZ_FIELD_COUNT; field++) {
        printf("%s%s:", field > 0 ? " " : "", gaz_field_name_zh((enum gaz_field)field));
    }
    printf(_("\nExit status: 0 something found, 1 nothing found, 2 error, 75 the index is being changed.\n"));
}

// Where text on a terminal goes, as with git: $PAGER, else less, which ends by itself when all fits on the
// screen. NULL when it is to go to standard output.
static FILE *open_pager(const struct command *command) {
    const char *pager = getenv("PAGER");
    if (command->no_pager || command->renderer != &gaz_render_text || !isatty(STDOUT_FILENO)) {
        return NULL;
    }
    if (pager && (!*pager || strcmp(pager, "cat") == 0)) {
        return NULL;
    }
    setenv("LESS", "FRX", 0);
    return popen(pager ? pager : "less", "w");
}

static enum gaz_status render(struct command *command, struct gaz_answer *result, struct gaz_err *err) {
    const struct gaz_render_options how = {.colour = wants_colour(command),
                                           .explain = command->explain,
                                           .bom = command->bom,
                                           .width = terminal_width()};
    FILE *pager = open_pager(command);
    enum gaz_status status = gaz_render(command->renderer, result, &how, pager ? pager : stdout, err);
    command->is_closed = status == GAZ_ERR_IO && errno == EPIPE;
    if (pager) {
        pclose(pager);
    }
    return status;
}

static enum gaz_status answer_one(struct command *command, const struct gaz_archive *archive, bool *found,
                                  struct gaz_err *err) {
    struct gaz_answer result;
    enum gaz_status status = gaz_search(archive, &command->request, &result, err);
    if (status == GAZ_OK) {
        *found = result.state != GAZ_STATE_NOT_FOUND;
        status = render(command, &result, err);
        gaz_answer_free(&result);
    }
    return status;
}

static enum gaz_status answer_batch(struct command *command, const struct gaz_archive *archive, bool *found,
                                    struct gaz_err *err) {
    unsigned long after = 0;
    struct gaz_request request = command->request;
    enum gaz_status status = GAZ_OK;
    if (request.after) {
        status = gaz_cli_number(options[OPTION_AFTER].name, request.after, 0, UINT32_MAX, &after, err);
        request.after = NULL;
    }
    if (status != GAZ_OK) {
        return status;
    }
    bool is_stdin = strcmp(command->batch, "-") == 0;
    FILE *from = is_stdin ? stdin : fopen(command->batch, "r");
    if (!from) {
        return gaz_err_set(err, GAZ_ERR_IO, "%s: cannot be read: %s", command->batch, strerror(errno));
    }
    status = gaz_batch(archive, &request, from, stdout, after, found, err);
    command->is_closed = status == GAZ_ERR_IO && errno == EPIPE;
    if (!is_stdin) {
        fclose(from);
    }
    return status;
}

static enum gaz_status answer(struct command *command, bool *found, struct gaz_err *err) {
    struct gaz_archive archive;
    enum gaz_status status = gaz_archive_open(command->indexes, command->index_count, &archive, err);
    if (status == GAZ_OK) {
        status = command->batch ? answer_batch(command, &archive, found, err)
                                : answer_one(command, &archive, found, err);
        gaz_archive_close(&archive);
    }
    return status;
}

static enum gaz_status act(struct command *command, bool *found, struct gaz_err *err) {
    *found = true;
    if (command->action == OPTION_HELP) {
        show_help();
        return GAZ_OK;
    }
    if (command->action == OPTION_VERSION) {
        printf("gazette-search %s\n", GAZ_VERSION);
        return GAZ_OK;
    }
    enum gaz_status status = complete(command, err);
    return status == GAZ_OK ? answer(command, found, err) : status;
}

// One line with control characters made visible: a query may hold anything.
static void report(const struct gaz_err *err) {
    fputs("gazette-search: ", stderr);
    for (const char *at = err->message; *at; at++) {
        if ((unsigned char)*at < 32 || *at == 127) {
            fprintf(stderr, "\\x%02x", (unsigned char)*at);
        } else {
            putc(*at, stderr);
        }
    }
    putc('\n', stderr);
}

static int run(int argc, char **argv, struct command *command) {
    struct gaz_err err = {0};
    bool found = true;
    command->operands = gaz_calloc((size_t)argc + 1, sizeof *command->operands);
    enum gaz_status status = command->operands ? GAZ_OK : gaz_err_memory(&err);
    if (status == GAZ_OK) {
        status = gaz_cli_parse(argc, argv, options, OPTION_COUNT, take_option, command, command->operands,
                               &command->operand_count, &err);
    }
    if (status == GAZ_OK) {
        status = act(command, &found, &err);
    }
    if (command->is_closed) {
        return EXIT_SUCCESS; // whoever reads has seen enough
    }
    if (status != GAZ_OK) {
        report(&err);
        return gaz_status_exit(status);
    }
    return found ? EXIT_SUCCESS : EXIT_NOTHING_FOUND;
}

int main(int argc, char **argv) {
    struct command command = {
        .renderer = &gaz_render_text,
        .action = OPTION_COUNT, // none
        .query = GAZ_BUF_INIT,
    };
    gaz_message_init();
    signal(SIGPIPE, SIG_IGN);
    json_set_alloc_funcs(gaz_malloc, gaz_free);
    int status = run(argc, argv, &command);
    gaz_free(command.operands);
    gaz_buf_free(&command.query);
    return status;
}
