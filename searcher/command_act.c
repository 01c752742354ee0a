// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "corpus/cli.h"
#include "searcher/alert.h"
#include "searcher/batch.h"
#include "searcher/command.h"
#include "searcher/mcp.h"
#include "shim/message.h"
#include "shim/terminal.h"

static bool wants_colour(const struct gaz_command *command) {
    return command->colour == GAZ_COLOUR_AUTO ? gaz_terminal_coloured(stdout)
                                              : command->colour == GAZ_COLOUR_ALWAYS;
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
static FILE *open_pager(const struct gaz_command *command) {
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

// Links are for terminals; in a feed they are always wanted.
static const char *links_of(const struct gaz_command *command) {
    const char *links = command->links ? command->links : getenv("GAZETTE_LINKS");
    bool wanted = command->question.renderer == &gaz_render_atom || command->colour == GAZ_COLOUR_ALWAYS ||
                  (command->colour == GAZ_COLOUR_AUTO && gaz_terminal_obeys(stdout));
    return wanted && links && *links ? links : NULL;
}

static struct gaz_render_options how_of(const struct gaz_command *command) {
    return (struct gaz_render_options){.colour = wants_colour(command),
                                       .explain = command->question.explain,
                                       .bom = command->question.bom,
                                       .width = gaz_terminal_width(stdout),
                                       .links = links_of(command)};
}

static enum gaz_status render(struct gaz_command *command, struct gaz_answer *result, struct gaz_err *err) {
    const struct gaz_render_options how = how_of(command);
    FILE *pager = open_pager(command);
    enum gaz_status status =
        gaz_render(command->question.renderer, result, &how, pager ? pager : stdout, err);
    command->is_closed = status == GAZ_ERR_IO && errno == EPIPE;
    if (pager) {
        pclose(pager);
    }
    return status;
}

static enum gaz_status answer_one(struct gaz_command *command, const struct gaz_archive *archive, bool *found,
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

static enum gaz_status answer_batch(struct gaz_command *command, const struct gaz_archive *archive,
                                    bool *found, struct gaz_err *err) {
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

// Says which parts of the index the answer is without.
static void tell_missing(const struct gaz_archive *archive) {
    const char *name;
    for (size_t i = 0; (name = gaz_index_missing(archive->index, i)); i++) {
        fprintf(stderr, "gazette-search: ");
        fprintf(stderr, _("%s cannot be reached: the answer is without what it holds"), name);
        putc('\n', stderr);
    }
}

static enum gaz_status answer(struct gaz_command *command, bool *found, struct gaz_err *err) {
    struct gaz_archive archive;
    enum gaz_status status =
        command->partial ? gaz_archive_open_partial(command->indexes, command->index_count, &archive, err)
                         : gaz_archive_open(command->indexes, command->index_count, &archive, err);
    if (status == GAZ_OK) {
        tell_missing(&archive);
        status = command->batch ? answer_batch(command, &archive, found, err)
                                : answer_one(command, &archive, found, err);
        gaz_archive_close(&archive);
    }
    return status;
}

static enum gaz_status serve(struct gaz_command *command, struct gaz_err *err) {
    gaz_command_default_index(command);
    struct gaz_mcp mcp = {.indexes = command->indexes, .index_count = command->index_count};
    enum gaz_status status = gaz_mcp_serve(&mcp, stdin, stdout, err);
    command->is_closed = status == GAZ_ERR_IO && errno == EPIPE;
    return status;
}

// --- alerts ---

static enum gaz_status note_options(const struct gaz_command *command, json_t *options, struct gaz_err *err) {
    enum gaz_status status = options ? GAZ_OK : gaz_err_memory(err);
    for (size_t i = 0; i < command->given_count && status == GAZ_OK; i++) {
        status = gaz_alert_note_option(options, command->given[i].option, command->given[i].value, err);
    }
    return status;
}

static enum gaz_status save(struct gaz_command *command, struct gaz_err *err) {
    json_t *options = json_array();
    size_t known = 0;
    enum gaz_status status = note_options(command, options, err);
    if (status == GAZ_OK && command->batch) {
        status = gaz_err_set(err, GAZ_ERR_ARGUMENT, "--batch has many questions: save them one by one");
    }
    if (status == GAZ_OK) {
        status = gaz_command_complete(command, err);
    }
    if (status == GAZ_OK) {
        const struct gaz_alert_question question = {command->action_value, options,
                                                    command->operand_count > 0 ? command->query.data : NULL,
                                                    command->indexes, command->index_count};
        status = gaz_alert_save(&question, &known, err);
    }
    if (status == GAZ_OK) {
        fprintf(stderr,
                gaz_plural("%zu hit is known; --alerts shows what comes from now on\n",
                           "%zu hits are known; --alerts shows what comes from now on\n", known),
                known);
    }
    json_decref(options);
    return status;
}

static enum gaz_status check_alerts(struct gaz_command *command, bool *found, struct gaz_err *err) {
    const struct gaz_alert_check check = {.name = command->action_value,
                                          .renderer = command->question.renderer,
                                          .how = how_of(command),
                                          .indexes = command->indexes,
                                          .index_count = command->index_count,
                                          .to = stdout,
                                          .report = gaz_command_report};
    size_t news;
    if (command->operand_count > 0 || command->question.mode_given) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT, "--alerts asks what was saved: ask no other question");
    }
    enum gaz_status status = gaz_alert_run(&check, &news, err);
    command->is_closed = status == GAZ_ERR_IO && errno == EPIPE;
    *found = news > 0;
    return status;
}

// --- all of them ---

static void show_version(void) {
    printf("gazette-search %s\n", GAZ_VERSION);
}

enum gaz_status gaz_command_act(struct gaz_command *command, bool *found, struct gaz_err *err) {
    enum gaz_status status = GAZ_OK;
    *found = true;
    if (command->action == GAZ_OPTION_SHORT_HELP) {
        show_short_help();
    } else if (command->action == GAZ_OPTION_HELP) {
        show_help();
    } else if (command->action == GAZ_OPTION_VERSION) {
        show_version();
    } else if (command->action == GAZ_OPTION_MCP) {
        status = serve(command, err);
    } else if (command->action == GAZ_OPTION_SAVE) {
        status = save(command, err);
    } else if (command->action == GAZ_OPTION_ALERTS) {
        status = check_alerts(command, found, err);
    } else if (command->action == GAZ_OPTION_SAVED) {
        status = gaz_alert_list(stdout, err);
    } else if (command->action == GAZ_OPTION_FORGET) {
        status = gaz_alert_forget(command->action_value, err);
    } else {
        status = gaz_command_complete(command, err);
        status = status == GAZ_OK ? answer(command, found, err) : status;
    }
    return status;
}

void gaz_command_report(const struct gaz_err *err) {
    fputs("gazette-search: ", stderr);
    gaz_terminal_print(stderr, err->message);
    putc('\n', stderr);
}
