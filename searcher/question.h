// SPDX-License-Identifier: GPL-2.0-or-later
//
// A question put by options: by those of gazette-search, or by the parameters of an address, which have the
// same names. One table, options.def, says which there are, so that both ask the same in the same words.
#ifndef GAZ_SEARCHER_QUESTION_H
#define GAZ_SEARCHER_QUESTION_H

#include "corpus/cli.h"
#include "searcher/render.h"
#include "searcher/search.h"

enum gaz_option {
#define GAZ_OPTION(id, name, argument, group, help) GAZ_OPTION_##id,
#include "searcher/options.def"
#undef GAZ_OPTION
    GAZ_OPTION_COUNT
};

// The table, by option.
extern const struct gaz_cli_option gaz_options[GAZ_OPTION_COUNT];

// Zero-initialise it, and give it a renderer. What is set is read by everyone; `…_given` is its own business.
struct gaz_question {
    struct gaz_request request; // its strings are those that were set
    const struct gaz_renderer *renderer;
    bool explain, bom;
    bool excerpts_given, limit_given, mode_given;
};

// Whether OPTION is part of a question: the others are about the program, its terminal or its index.
bool gaz_question_takes(enum gaz_option option);

// Sets OPTION, which is part of a question, to VALUE (borrowed; NULL for an option without argument).
// GAZ_ERR_ARGUMENT names the choices.
enum gaz_status gaz_question_set(struct gaz_question *question, enum gaz_option option, const char *value,
                                 struct gaz_err *err);

// Sets what was not given to its default, for OPERANDS (borrowed; NULL: none), the query that belongs to no
// option. GAZ_ERR_ARGUMENT for options that mean nothing together.
enum gaz_status gaz_question_complete(struct gaz_question *question, const char *operands,
                                      struct gaz_err *err);

// GAZ_ERR_ARGUMENT, saying that VALUE is no choice for OPTION and what is one.
enum gaz_status gaz_option_bad_value(enum gaz_option option, const char *value, const char *choices,
                                     struct gaz_err *err);

#endif
