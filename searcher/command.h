// SPDX-License-Identifier: GPL-2.0-or-later
//
// The command line of gazette-search: what it asks for, and doing it.
#ifndef GAZ_SEARCHER_COMMAND_H
#define GAZ_SEARCHER_COMMAND_H

#include "searcher/question.h"

enum { GAZ_COMMAND_INDEXES_MAX = 64 };

enum gaz_colour { GAZ_COLOUR_AUTO, GAZ_COLOUR_ALWAYS, GAZ_COLOUR_NEVER };

// An option of the question as it was given.
struct gaz_given {
    enum gaz_option option;
    const char *value; // NULL: none
};

struct gaz_command {
    struct gaz_question question;
    enum gaz_colour colour;
    bool no_pager;
    bool partial;      // make do with the parts of the index that can be reached
    const char *links; // address of a gazette-web, NULL without one
    const char *batch; // file of --batch, NULL without one
    const char *batch_after;
    enum gaz_option action;   // what is done instead of answering; GAZ_OPTION_COUNT: nothing
    const char *action_value; // its argument
    const char *indexes[GAZ_COMMAND_INDEXES_MAX];
    size_t index_count; // named by options
    const char **operands;
    size_t operand_count;
    struct gaz_given *given; // the question's options, in order
    size_t given_count;
    struct gaz_buf query; // the operands, joined
    bool is_closed;       // whoever reads the answer has seen enough
};

// Reads ARGV into COMMAND, which gaz_command_free frees even after a failure. GAZ_ERR_ARGUMENT,
// GAZ_ERR_MEMORY.
enum gaz_status gaz_command_read(int argc, char **argv, struct gaz_command *command, struct gaz_err *err);
void gaz_command_free(struct gaz_command *command);

// Names an index where none is: $GAZETTE_INDEX, else gazette.idx.
void gaz_command_default_index(struct gaz_command *command);

// Makes the question whole, and names an index where none is.
enum gaz_status gaz_command_complete(struct gaz_command *command, struct gaz_err *err);

// Does what COMMAND asks for. *FOUND: whether there was an answer, or news. The statuses of what is done;
// when `is_closed` is set, the failure is none.
enum gaz_status gaz_command_act(struct gaz_command *command, bool *found, struct gaz_err *err);

// Prints ERR to standard error as an error of the command.
void gaz_command_report(const struct gaz_err *err);

#endif
