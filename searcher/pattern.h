// SPDX-License-Identifier: GPL-2.0-or-later
//
// Patterns: wildcards and regular expressions as they are typed, made ready for folded text.
#ifndef GAZ_SEARCHER_PATTERN_H
#define GAZ_SEARCHER_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/fold.h"
#include "shim/mem.h"

// Characters that * may stand for.
enum { GAZ_PATTERN_STAR_MAX = 20 };

// Appends to OUT the regular expression that finds in text folded by MODE what TEXT means: a regular
// expression, or (WILDCARDS) text with * and ?.
void gaz_pattern_write(const char *text, bool wildcards, enum gaz_fold_mode mode, struct gaz_buf *out);

// Calls TAKE for each literal piece of the regular expression REGEX (in the form of gaz_pattern_write) that
// every match must contain. TAKE returns false to end it.
typedef bool gaz_pattern_take(void *context, const char *literal, size_t len);
void gaz_pattern_literals(const char *regex, gaz_pattern_take *take, void *context);

#endif
