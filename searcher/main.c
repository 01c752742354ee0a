// SPDX-License-Identifier: GPL-2.0-or-later
//
// gazette-search: the command.
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "corpus/cli.h"
#include "searcher/batch.h"
#include "searcher/mcp.h"
#include "searcher/question.h"
#include "shim/message.h"
#include "shim/terminal.h"

enum { EXIT_NOTHING_FOUND = 1, INDEXES_MAX = 64 };

enum colour { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER };

struct command {
    struct gaz_question question;
    enum colour colour;
    bool no_pager;
    const char *batch; // file of --batch, NULL without one
    const char *batch_after;
    bool is_closed;         // the pipe that the answer goes to
    enum gaz_option action; // GAZ_OPTION_HELP, GAZ_OPTION_VERSION, else to search
    const char *indexes[INDEXES_MAX];
    size_t index_count;
    const char **operands;
    size_t operand_count;
    struct gaz_buf query; // the operands
};

// --- options ---

static enum gaz_status set_colour(struct command *command, enum gaz_option option, const char *value,
                                  struct gaz_err *err) {
    static const char *const names[] = {"auto", "always", "never"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(names[i], value) == 0) {
            command->colour = (enum colour)i;
            return GAZ_OK;
        }
    }
    return gaz_option_bad_value(option, value, "auto, always, never", err);
}

static enum gaz_status add_index(struct command *command, enum gaz_option option, const char *value,
                                 struct gaz_err *err) {
    if (command->index_count == INDEXES_MAX) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT, "--%s: more than %d of them: join some",
                           gaz_options[option].name, INDEXES_MAX);
    }
    command->indexes[command->index_count++] = value;
    return GAZ_OK;
}

static enum gaz_status set_batch(struct command *command, enum gaz_option option, const char *value,
                                 struct gaz_err *err) {
    (void)option;
    (void)err;
    command->batch = value;
    return GAZ_OK;
}

static enum gaz_status set_no_pager(struct command *command, enum gaz_option option, const char *value,
                                    struct gaz_err *err) {
    (void)option;
    (void)value;
    (void)err;
    command->no_pager = true;
    return GAZ_OK;
}

static enum gaz_status set_action(struct command *command, enum gaz_option option, const char *value,
                                  struct gaz_err *err) {
    (void)value;
    (void)err;
    command->action = option;
    return GAZ_OK;
}

typedef enum gaz_status setter(struct command *command, enum gaz_option option, const char *value,
                               struct gaz_err *err);

// What is no part of the question.
static setter *const setters[GAZ_OPTION_COUNT] = {
    [GAZ_OPTION_NO_PAGER] = set_no_pager, [GAZ_OPTION_BATCH] = set_batch,
    [GAZ_OPTION_COLOR] = set_colour,      [GAZ_OPTION_MCP] = set_action,
    [GAZ_OPTION_INDEX] = add_index,       [GAZ_OPTION_SHORT_HELP] = set_action,
    [GAZ_OPTION_HELP] = set_action,       [GAZ_OPTION_VERSION] = set_action,
};

static enum gaz_status take_option(void *context, size_t option, const char *value, struct gaz_err *err) {
    struct command *command = context;
    enum gaz_option which = (enum gaz_option)option;
    return gaz_question_takes(which) ? gaz_question_set(&command->question, which, value, err)
                                     : setters[which](command, which, value, err);
}

// --- what follows from the options ---

static enum gaz_status join_operands(struct command *command, struct gaz_err *err) {
    for (size_t i = 0; i < command->operand_count; i++) {
        gaz_buf_addstr(&command->query, i > 0 ? " " : "");
        gaz_buf_addstr(&command->query, command->operands[i]);
    }
    return gaz_buf_check(&command->query, err);
}

static void set_index(struct command *command) {
    if (command->index_count == 0) {
        const char *named = getenv("GAZETTE_INDEX");
        command->indexes[command->index_count++] = named && *named ? named : "gazette.idx";
    }
}

// A batch has its questions in a file; --after then counts its lines.
static enum gaz_status prepare_batch(struct command *command, struct gaz_err *err) {
    struct gaz_question *question = &command->question;
    if (question->mode_given || command->operand_count > 0 || question->request.extract) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT, "--batch has its questions in the file: ask no other one");
    }
    command->batch_after = question->request.after;
    question->request.after = NULL;
    return GAZ_OK;
}

static enum gaz_status complete(struct command *command, struct gaz_err *err) {
    enum gaz_status status = command->batch ? prepare_batch(command, err) : GAZ_OK;
    if (status == GAZ_OK) {
        status = join_operands(command, err);
    }
    if (status == GAZ_OK) {
        const char *operands = command->operand_count > 0 ? command->query.data : NULL;
        status = gaz_question_complete(&command->question, operands, err);
    }
    set_index(command);
    return status;
}

static bool wants_colour(const struct command *command) {
    return command->colour == COLOUR_AUTO ? gaz_terminal_coloured(stdout) : command->colour == COLOUR_ALWAYS;
}

// --- actions ---

static void show_usage(void) {
    gaz_cli_print(
        stdout,
        _("Usage: gazette-search [OPTION…] [QUERY…]\n"
          "Searches an index of government gazettes. A query is read: document numbers, units, dates,\n"
          "issues and words are recognised.\n"));
}

static void show_short_help(void) {
    show_usage();
    gaz_cli_print(stdout,
                  _("\n  gazette-search --number '云政发〔2024〕8号'       a document, and who cites it\n"
                    "  gazette-search --unit 市教育局 --role lead        what a unit leads\n"
                    "  gazette-search '3月15日 记事' --explain           anything, and how it is read\n\n"));
    gaz_cli_help_short(stdout, gaz_options, GAZ_OPTION_COUNT);
    gaz_cli_print(stdout, _("\n--help says what each of them does.\n"));
}

static void show_fields(void) {
    struct gaz_buf line = GAZ_BUF_INIT;
    gaz_buf_addstr(&line, _("Fields:"));
    for (int field = 0; field < GAZ_FIELD_COUNT; field++) {
        gaz_buf_printf(&line, " %s:", gaz_field_name_zh((enum gaz_field)field));
    }
    gaz_cli_print(stdout, line.data);
    gaz_buf_free(&line);
}

static void show_help(void) {
    show_usage();
    gaz_cli_help(stdout, gaz_options, GAZ_OPTION_COUNT);
    gaz_cli_print(stdout,
                  _("\nWords: a blank is AND; OR or |, -word or NOT, \"one phrase\", NEAR/n and BEFORE/n "
                    "(characters), ( ).\n"));
    show_fields();
    gaz_cli_print(
        stdout,
        _("\nExit status: 0 something found, 1 nothing found, 2 error, 75 the index is being changed.\n"));
}

// Where text on a terminal goes, as with git: $PAGER, else less, which ends by itself when all fits on the
// screen. NULL when it is to go to standard output.
static FILE *open_pager(const struct command *command) {
    const char *pager = getenv("PAGER");
    if (command->no_pager || command->question.renderer != &gaz_render_text || !isatty(STDOUT_FILENO)) {
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
                                           .explain = command->question.explain,
                                           .bom = command->question.bom,
                                           .width = gaz_terminal_width(stdout)};
    FILE *pager = open_pager(command);
    enum gaz_status status =
        gaz_render(command->question.renderer, result, &how, pager ? pager : stdout, err);
    command->is_closed = status == GAZ_ERR_IO && errno == EPIPE;
    if (pager) {
        pclose(pager);
    }
    return status;
}

static enum gaz_status answer_one(struct command *command, const struct gaz_archive *archive, bool *found,
                                  struct gaz_err *err) {
    struct gaz_answer result;
    enum gaz_status status = gaz_search(archive, &command->question.request, &result, err);
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
    enum gaz_status status = GAZ_OK;
    if (command->batch_after) {
        status = gaz_cli_number(gaz_options[GAZ_OPTION_AFTER].name, command->batch_after, 0, UINT32_MAX,
                                &after, err);
    }
    if (status != GAZ_OK) {
        return status;
    }
    bool is_stdin = strcmp(command->batch, "-") == 0;
    FILE *from = is_stdin ? stdin : fopen(command->batch, "r");
    if (!from) {
        return gaz_err_set(err, GAZ_ERR_IO, "%s: cannot be read: %s", command->batch, strerror(errno));
    }
    status = gaz_batch(archive, &command->question.request, from, stdout, after, found, err);
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

static enum gaz_status serve(struct command *command, struct gaz_err *err) {
    set_index(command);
    struct gaz_mcp mcp = {.indexes = command->indexes, .index_count = command->index_count};
    enum gaz_status status = gaz_mcp_serve(&mcp, stdin, stdout, err);
    command->is_closed = status == GAZ_ERR_IO && errno == EPIPE;
    return status;
}

static enum gaz_status act(struct command *command, bool *found, struct gaz_err *err) {
    *found = true;
    if (command->action == GAZ_OPTION_SHORT_HELP) {
        show_short_help();
        return GAZ_OK;
    }
    if (command->action == GAZ_OPTION_HELP) {
        show_help();
        return GAZ_OK;
    }
    if (command->action == GAZ_OPTION_VERSION) {
        printf("gazette-search %s\n", GAZ_VERSION);
        return GAZ_OK;
    }
    if (command->action == GAZ_OPTION_MCP) {
        return serve(command, err);
    }
    enum gaz_status status = complete(command, err);
    return status == GAZ_OK ? answer(command, found, err) : status;
}

static void report(const struct gaz_err *err) {
    fputs("gazette-search: ", stderr);
    gaz_terminal_print(stderr, err->message);
    putc('\n', stderr);
}

static int run(int argc, char **argv, struct command *command) {
    struct gaz_err err = {0};
    bool found = true;
    command->operands = gaz_calloc((size_t)argc + 1, sizeof *command->operands);
    enum gaz_status status = command->operands ? GAZ_OK : gaz_err_memory(&err);
    if (status == GAZ_OK) {
        status = gaz_cli_parse(argc, argv, gaz_options, GAZ_OPTION_COUNT, take_option, command,
                               command->operands, &command->operand_count, &err);
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
        .question.renderer = &gaz_render_text,
        .action = GAZ_OPTION_COUNT, // none
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
