// SPDX-License-Identifier: GPL-2.0-or-later
//
// Which folds a match needed: in what the text as printed differs from the phrase as typed.
#ifndef GAZ_SEARCHER_FOLDS_H
#define GAZ_SEARCHER_FOLDS_H

#include "searcher/match.h"

enum gaz_fold_kind {
    GAZ_FOLDED_SCRIPT,  // simplified and traditional or variant characters
    GAZ_FOLDED_WIDTH,   // width and compatibility forms
    GAZ_FOLDED_CASE,    // letter case
    GAZ_FOLDED_BRACKET, // bracket kinds
    GAZ_FOLDED_BLANKS,  // white space in between
    GAZ_FOLDED_COUNT
};
// "script" "width" "case" "bracket" "blanks"; static.
const char *gaz_fold_kind_name(enum gaz_fold_kind kind);

// A set of kinds: bit 1 << kind. What makes PRINTED, a match of TYPED, differ from it; 0 when they are equal.
unsigned gaz_folds_between(const char *typed, size_t typed_len, const char *printed, size_t printed_len);

// The kinds that the phrases of MATCHER need in SUBJECT, of each phrase the occurrence that needs the fewest.
unsigned gaz_folds_needed(const struct gaz_matcher *matcher, const struct gaz_subject *subject);

#endif
