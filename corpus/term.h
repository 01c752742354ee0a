// SPDX-License-Identifier: GPL-2.0-or-later
//
// Index terms of names and keys (not of text, see analyse.h): one way to make them for those who write and
// those who look up.
#ifndef GAZ_CORPUS_TERM_H
#define GAZ_CORPUS_TERM_H

#include <stddef.h>

#include "shim/index.h"
#include "shim/mem.h"

// A term of its own memory; LEN bytes, not NUL-terminated.
struct gaz_term {
    char bytes[GAZ_INDEX_TERM_MAX];
    size_t len;
};

// The term of PREFIX (see schema.def) and TEXT (LEN bytes). A colon goes between when TEXT begins with an
// upper-case letter, which would read as part of the prefix. What is too long for a term is cut between
// characters and ends in a hash of the whole, so that two texts never share a term. Never fails.
void gaz_term_make(const char *prefix, const char *text, size_t len, struct gaz_term *out);

// The same for the folded form of TEXT (GAZ_FOLD_FULL). GAZ_ERR_MEMORY.
enum gaz_status gaz_term_make_folded(const char *prefix, const char *text, size_t len, struct gaz_term *out,
                                     struct gaz_err *err);

// TERM as the index wants it; it points into TERM.
struct gaz_index_bytes gaz_term_bytes(const struct gaz_term *term);

// What of the index term BYTES follows PREFIX; NULL when BYTES does not begin with it. *LEN is its length.
const char *gaz_term_text(struct gaz_index_bytes bytes, const char *prefix, size_t *len);

#endif
