// SPDX-License-Identifier: GPL-2.0-or-later
//
// Regular expressions over UTF-8 text (through PCRE2, with its Unicode properties, letter case ignored). Time
// for one match is bounded.
#ifndef GAZ_SHIM_REGEX_H
#define GAZ_SHIM_REGEX_H

#include <stddef.h>

#include "shim/status.h"

struct gaz_regex;

// Compiles PATTERN (LEN bytes); freed with gaz_regex_free (NULL allowed). GAZ_ERR_QUERY says what is wrong
// and at which character; GAZ_ERR_MEMORY.
enum gaz_status gaz_regex_compile(const char *pattern, size_t len, struct gaz_regex **out,
                                  struct gaz_err *err);
void gaz_regex_free(struct gaz_regex *regex);

// The first match in TEXT that begins at byte FROM or later and is not empty: sets *START and *END (bytes)
// and returns 1; 0 when there is none, or when to find it would take too long.
int gaz_regex_find(const struct gaz_regex *regex, const char *text, size_t len, size_t from, size_t *start,
                   size_t *end);

#endif
