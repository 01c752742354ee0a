// SPDX-License-Identifier: GPL-2.0-or-later
//
// Document numbers as people ask for them: one, a list, a range.
#ifndef GAZ_SEARCHER_NUMBERS_H
#define GAZ_SEARCHER_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/docnum.h"
#include "corpus/text.h"
#include "shim/mem.h"

// Most numbers that one question may name.
enum { GAZ_NUMBERS_MAX = 10000 };

// Reads TEXT: a number in any spelling, several of them (joined by 、 ， ； , ; or blanks), or a range of
// serials (温政发〔2023〕1-30号, with - – — ~ ～ 至). Each is complete or incomplete as gaz_docnum_parse
// says; everything lives in ARENA. GAZ_ERR_QUERY when TEXT is none of that, or too many of them;
// GAZ_ERR_MEMORY, GAZ_ERR_LIMIT.
enum gaz_status gaz_numbers_read(const char *text, struct gaz_arena *arena, struct gaz_docnums *out,
                                 struct gaz_err *err);

// Splits TEXT at its last range sign (- – — ~ ～ 至), white space around it taken off. False when it has
// none.
bool gaz_range_split(struct gaz_str text, struct gaz_str *first, struct gaz_str *last);

#endif
