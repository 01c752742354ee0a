// SPDX-License-Identifier: GPL-2.0-or-later
//
// Regular expressions over UTF-8 text (through PCRE2, with its Unicode properties, letter case ignored). What
// a search may cost is bounded.
#ifndef GAZ_SHIM_REGEX_H
#define GAZ_SHIM_REGEX_H

#include <stddef.h>

#include "shim/status.h"

struct gaz_regex;

// A search takes too long when it needs more than so many steps from one place of a text, or more than
// GRACE of processor time, all texts together, and more than NANOSECONDS for each byte of them.
enum { GAZ_REGEX_STEPS_MAX = 1000000, GAZ_REGEX_GRACE_MILLISECONDS = 400, GAZ_REGEX_NANOSECONDS = 200 };

// Compiles PATTERN (LEN bytes); freed with gaz_regex_free (NULL allowed). GAZ_ERR_QUERY says what is wrong
// and at which character; GAZ_ERR_MEMORY.
enum gaz_status gaz_regex_compile(const char *pattern, size_t len, struct gaz_regex **out,
                                  struct gaz_err *err);
void gaz_regex_free(struct gaz_regex *regex);

// The first match in TEXT that begins at byte FROM or later and is not empty: sets *START and *END (bytes),
// both to LEN when there is none. GAZ_ERR_QUERY when to find it takes too long, GAZ_ERR_MEMORY.
enum gaz_status gaz_regex_find(struct gaz_regex *regex, const char *text, size_t len, size_t from,
                               size_t *start, size_t *end, struct gaz_err *err);

#endif
