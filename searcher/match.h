// SPDX-License-Identifier: GPL-2.0-or-later
//
// Whether a text is what a query asks for, and where. The index gives candidates; here they are verified on
// their folded text, so that a phrase is a substring, exactly.
#ifndef GAZ_SEARCHER_MATCH_H
#define GAZ_SEARCHER_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/fold.h"
#include "corpus/record.h"
#include "searcher/query.h"
#include "shim/bundle.h"
#include "shim/regex.h"

// Part of the weight of its words that SOME needs.
enum { GAZ_MATCH_SOME_PERCENT = 50 };

// Pairs of places that NEAR compares in one search.
enum { GAZ_MATCH_PAIRS_MAX = 50000000 };

// What a search has cost so far; one for the whole tree.
struct gaz_match_work {
    size_t pairs;
};

// A query node made ready for matching. Lives in the arena of its plan, but for what gaz_matcher_free frees.
struct gaz_matcher {
    enum gaz_query_op op;
    const char *text;            // PHRASE: as typed
    struct gaz_folded needle;    // PHRASE: folded
    struct gaz_index_bytes code; // PHRASE: fully folded and coded (corpus/textcode.h)
    bool whole;                  // PHRASE: not in the middle of letters or digits
    struct gaz_regex *regex;     // REGEX
    double weight;               // a child of SOME: how much its presence counts
    const uint32_t *docids;      // FIELD: the records it holds for, ascending; not used when `implied`
    size_t docid_count;
    bool implied;    // FIELD: every candidate fulfils it
    size_t distance; // NEAR
    bool ordered;
    struct gaz_match_work *work; // NEAR
    struct gaz_matcher **children;
    size_t child_count;
};

// Frees the needles and expressions of a tree (NULL is allowed).
void gaz_matcher_free(struct gaz_matcher *matcher);

// A text to match.
struct gaz_subject {
    const char *text;
    struct gaz_folded folded;
    uint32_t docid;
};

// What a match is worth.
struct gaz_match {
    size_t occurrences; // of phrases
    size_t covered;     // characters in them
    double weight;      // SOME: part of the weight that is there, 0…1; else 1
};

// Whether SUBJECT fulfils MATCHER; fills *OUT when it does. False with ERR (not NULL) set when memory is out
// or the search costs too much (GAZ_ERR_QUERY).
bool gaz_match(struct gaz_matcher *matcher, const struct gaz_subject *subject, struct gaz_match *out,
               struct gaz_err *err);

// The same for SUBJECT's sentences: whether one of them fulfils MATCHER by itself.
bool gaz_match_sentence(struct gaz_matcher *matcher, const struct gaz_subject *subject, struct gaz_match *out,
                        struct gaz_err *err);

// How well HEADING, coded, answers MATCHER: the part of its phrases (those under NOT left out) that are in
// it, and how much of HEADING they fill; both 0…1.
struct gaz_emphasis {
    double phrases, filled;
};
struct gaz_emphasis gaz_match_heading(const struct gaz_matcher *matcher, struct gaz_index_bytes heading);

// Whether FIELD holds for the record DOCID.
bool gaz_match_field(const struct gaz_matcher *field, uint32_t docid);

// Byte spans of SUBJECT's text in which phrases of MATCHER stand (those of NEAR only where they are near),
// ascending, those that touch or overlap joined; white space at their ends left out. Freed with gaz_free.
struct gaz_marks {
    struct gaz_span *items;
    size_t count, capacity;
};
enum gaz_status gaz_match_marks(const struct gaz_matcher *matcher, const struct gaz_subject *subject,
                                struct gaz_marks *out, struct gaz_err *err);

// Appends a mark, which must not begin before the last one; one that touches or overlaps it is joined with
// it.
enum gaz_status gaz_marks_add(struct gaz_marks *marks, struct gaz_span mark, struct gaz_err *err);

#endif
