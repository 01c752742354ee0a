// SPDX-License-Identifier: GPL-2.0-or-later
//
// Command lines: GNU-style long options from one table, which help, man page and completions are made of too.
#ifndef GAZ_CORPUS_CLI_H
#define GAZ_CORPUS_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "shim/status.h"

struct gaz_cli_option {
    const char *name;     // without the dashes; a name of one letter is written with one dash
    const char *argument; // name of its argument (DIR); NULL: takes none; [=N]: may take one
    const char *help;     // one line, translatable
    const char *group;    // heading in the help
};

// The option met, by its place in the table, and its argument (NULL without one).
typedef enum gaz_status gaz_cli_take(void *context, size_t option, const char *argument, struct gaz_err *err);

// Parses ARGV[1..] (options and operands may mix; -- ends the options; -医疗 is an operand): calls TAKE for
// each option in order and gathers the operands at the front of OPERANDS (room for ARGC). Long names may be
// cut short when that is not ambiguous. GAZ_ERR_ARGUMENT names what is wrong; else what TAKE returns.
enum gaz_status gaz_cli_parse(int argc, char **argv, const struct gaz_cli_option *table, size_t count,
                              gaz_cli_take *take, void *context, const char **operands, size_t *operand_count,
                              struct gaz_err *err);

// Prints TEXT, each of its lines broken to the width of the terminal that TO may be.
void gaz_cli_print(FILE *to, const char *text);

// Prints the options under their headings, names and help in two columns, broken to the width of the terminal
// that TO may be.
void gaz_cli_help(FILE *to, const struct gaz_cli_option *table, size_t count);

// Prints their names alone, a few lines for each heading.
void gaz_cli_help_short(FILE *to, const struct gaz_cli_option *table, size_t count);

// TEXT as a number from MIN to MAX. GAZ_ERR_ARGUMENT, naming OPTION.
enum gaz_status gaz_cli_number(const char *option, const char *text, unsigned long min, unsigned long max,
                               unsigned long *value, struct gaz_err *err);

#endif
