// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/command.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/cli.h"

// --- options ---

static enum gaz_status set_colour(struct gaz_command *command, enum gaz_option option, const char *value,
                                  struct gaz_err *err) {
    static const char *const names[] = {"auto", "always", "never"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(names[i], value) == 0) {
            command->colour = (enum gaz_colour)i;
            return GAZ_OK;
        }
    }
    return gaz_option_bad_value(option, value, "auto, always, never", err);
}

static enum gaz_status add_index(struct gaz_command *command, enum gaz_option option, const char *value,
                                 struct gaz_err *err) {
    if (command->index_count == GAZ_COMMAND_INDEXES_MAX) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT, "--%s: more than %d of them: join some",
                           gaz_options[option].name, GAZ_COMMAND_INDEXES_MAX);
    }
    command->indexes[command->index_count++] = value;
    return GAZ_OK;
}

static enum gaz_status set_batch(struct gaz_command *command, enum gaz_option option, const char *value,
                                 struct gaz_err *err) {
    (void)option;
    (void)err;
    command->batch = value;
    return GAZ_OK;
}

static enum gaz_status set_links(struct gaz_command *command, enum gaz_option option, const char *value,
                                 struct gaz_err *err) {
    (void)option;
    (void)err;
    command->links = value;
    return GAZ_OK;
}

static enum gaz_status set_no_pager(struct gaz_command *command, enum gaz_option option, const char *value,
                                    struct gaz_err *err) {
    (void)option;
    (void)value;
    (void)err;
    command->no_pager = true;
    return GAZ_OK;
}

static enum gaz_status set_partial(struct gaz_command *command, enum gaz_option option, const char *value,
                                   struct gaz_err *err) {
    (void)option;
    (void)value;
    (void)err;
    command->partial = true;
    return GAZ_OK;
}

static bool tells_about_program(enum gaz_option option) {
    return option == GAZ_OPTION_HELP || option == GAZ_OPTION_SHORT_HELP || option == GAZ_OPTION_VERSION;
}

static enum gaz_status set_action(struct gaz_command *command, enum gaz_option option, const char *value,
                                  struct gaz_err *err) {
    if (tells_about_program(command->action)) {
        return GAZ_OK; // whatever else is asked
    }
    if (command->action != GAZ_OPTION_COUNT && command->action != option && !tells_about_program(option)) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT, "--%s: --%s is asked for already: ask for one at a time",
                           gaz_options[option].name, gaz_options[command->action].name);
    }
    command->action = option;
    command->action_value = value;
    return GAZ_OK;
}

typedef enum gaz_status setter(struct gaz_command *command, enum gaz_option option, const char *value,
                               struct gaz_err *err);

// What is no part of the question.
static setter *const setters[GAZ_OPTION_COUNT] = {
    [GAZ_OPTION_NO_PAGER] = set_no_pager, [GAZ_OPTION_PARTIAL] = set_partial,
    [GAZ_OPTION_BATCH] = set_batch,       [GAZ_OPTION_COLOR] = set_colour,
    [GAZ_OPTION_LINKS] = set_links,       [GAZ_OPTION_INDEX] = add_index,
    [GAZ_OPTION_SAVE] = set_action,       [GAZ_OPTION_ALERTS] = set_action,
    [GAZ_OPTION_SAVED] = set_action,      [GAZ_OPTION_FORGET] = set_action,
    [GAZ_OPTION_MCP] = set_action,        [GAZ_OPTION_SHORT_HELP] = set_action,
    [GAZ_OPTION_HELP] = set_action,       [GAZ_OPTION_VERSION] = set_action,
};

static enum gaz_status take_option(void *context, size_t option, const char *value, struct gaz_err *err) {
    struct gaz_command *command = context;
    enum gaz_option which = (enum gaz_option)option;
    if (!gaz_question_takes(which)) {
        return setters[which](command, which, value, err);
    }
    command->given[command->given_count++] = (struct gaz_given){which, value};
    return gaz_question_set(&command->question, which, value, err);
}

enum gaz_status gaz_command_read(int argc, char **argv, struct gaz_command *command, struct gaz_err *err) {
    *command = (struct gaz_command){
        .question.renderer = &gaz_render_text, .action = GAZ_OPTION_COUNT, .query = GAZ_BUF_INIT};
    command->operands = gaz_calloc((size_t)argc + 1, sizeof *command->operands);
    command->given = gaz_calloc((size_t)argc + 1, sizeof *command->given);
    if (!command->operands || !command->given) {
        return gaz_err_memory(err);
    }
    return gaz_cli_parse(argc, argv, gaz_options, GAZ_OPTION_COUNT, take_option, command, command->operands,
                         &command->operand_count, err);
}

void gaz_command_free(struct gaz_command *command) {
    gaz_free(command->operands);
    gaz_free(command->given);
    gaz_buf_free(&command->query);
}

// --- what follows from the options ---

static enum gaz_status join_operands(struct gaz_command *command, struct gaz_err *err) {
    for (size_t i = 0; i < command->operand_count; i++) {
        gaz_buf_addstr(&command->query, i > 0 ? " " : "");
        gaz_buf_addstr(&command->query, command->operands[i]);
    }
    return gaz_buf_check(&command->query, err);
}

void gaz_command_default_index(struct gaz_command *command) {
    if (command->index_count == 0) {
        const char *named = getenv("GAZETTE_INDEX");
        command->indexes[command->index_count++] = named && *named ? named : "gazette.idx";
    }
}

// A batch has its questions in a file; --after then counts its lines.
static enum gaz_status prepare_batch(struct gaz_command *command, struct gaz_err *err) {
    struct gaz_question *question = &command->question;
    if (question->mode_given || command->operand_count > 0 || question->request.extract) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT, "--batch has its questions in the file: ask no other one");
    }
    command->batch_after = question->request.after;
    question->request.after = NULL;
    return GAZ_OK;
}

enum gaz_status gaz_command_complete(struct gaz_command *command, struct gaz_err *err) {
    enum gaz_status status = command->batch ? prepare_batch(command, err) : GAZ_OK;
    if (status == GAZ_OK) {
        status = join_operands(command, err);
    }
    if (status == GAZ_OK) {
        const char *operands = command->operand_count > 0 ? command->query.data : NULL;
        status = gaz_question_complete(&command->question, operands, err);
    }
    gaz_command_default_index(command);
    return status;
}
