// SPDX-License-Identifier: GPL-2.0-or-later
//
// The one analyser: folded text → search terms. A text is cut into overlapping bigrams of folded code points
// (punctuation, letters and digits included; white space is gone), plus its last code point alone, so that
// every code point begins a term. Terms carry no positions: a phrase is the AND of its bigrams, verified on
// the folded text; one code point is any term that begins with it.
#ifndef GAZ_CORPUS_ANALYSE_H
#define GAZ_CORPUS_ANALYSE_H

#include <stddef.h>

#include "corpus/fold.h"
#include "shim/index.h"

// Terms, distinct, sorted by bytes, each with its count. Freed with gaz_terms_free.
struct gaz_terms {
    struct gaz_index_term *items;
    size_t count;
    char *bytes; // what the items point into
};

// The terms of several texts together, being gathered. Zero is none yet; freed with gaz_analysis_free.
struct gaz_analysis {
    uint64_t *keys;
    size_t count, capacity;
};

// Adds those of a folded document text. GAZ_ERR_MEMORY.
enum gaz_status gaz_analysis_add(struct gaz_analysis *analysis, const struct gaz_folded *folded,
                                 struct gaz_err *err);
// All terms gathered, each beginning with PREFIX (ASCII, see schema.def; may be empty), and ANALYSIS is empty
// again. GAZ_ERR_MEMORY, GAZ_ERR_LIMIT (a prefix that leaves no room in a term); then OUT is empty.
enum gaz_status gaz_analysis_take(struct gaz_analysis *analysis, const char *prefix, struct gaz_terms *out,
                                  struct gaz_err *err);
void gaz_analysis_free(struct gaz_analysis *analysis);

// The terms of one text. Statuses as above.
enum gaz_status gaz_analyse_document(const struct gaz_folded *folded, const char *prefix,
                                     struct gaz_terms *out, struct gaz_err *err);

// The terms that every text containing the phrase FOLDED must have: its bigrams; or the single code point,
// with which a term of the text must begin. Statuses as above.
enum gaz_status gaz_analyse_phrase(const struct gaz_folded *folded, const char *prefix, struct gaz_terms *out,
                                   struct gaz_err *err);

// TERMS is empty afterwards.
void gaz_terms_free(struct gaz_terms *terms);

#endif
