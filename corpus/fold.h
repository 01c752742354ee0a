// SPDX-License-Identifier: GPL-2.0-or-later
//
// Folding: the normal form in which text is searched, with a map back. One table (built once from
// shim/unicode.h and shim/hanzi.h) serves documents, queries and highlighting.
#ifndef GAZ_CORPUS_FOLD_H
#define GAZ_CORPUS_FOLD_H

#include <stddef.h>
#include <stdint.h>

#include "shim/mem.h"
#include "shim/status.h"

enum gaz_fold_mode {
    GAZ_FOLD_FULL,  // script, width and compatibility, letter case, bracket kinds; white space removed
    GAZ_FOLD_BLANKS // only white space removed (--exact)
};

// Folded text. Both arrays end with one element for the end of the text: codes[count] = 0, offsets[count] =
// source length.
struct gaz_folded {
    uint32_t *codes; // code points
    uint32_t
        *offsets; // byte offset in the source of the character each comes from (㈱ gives three of one offset)
    size_t count; // code points
};

// Builds the table. Every function here does so itself when need be; a program that starts threads or
// measures calls it first. Thread-safe; always GAZ_OK today.
enum gaz_status gaz_fold_init(struct gaz_err *err);

// Folds LEN bytes of UTF-8 (LEN < 4 GiB). Each byte that is no UTF-8 counts as one U+FFFD. Folding is code
// point by code point and idempotent, so that a substring of a text folds to a substring of the folded text.
// Freed with gaz_folded_free. GAZ_ERR_MEMORY, GAZ_ERR_LIMIT; then OUT is empty and needs no freeing.
enum gaz_status gaz_fold_text(const char *text, size_t len, enum gaz_fold_mode mode, struct gaz_folded *out,
                              struct gaz_err *err);

// NULL arrays are allowed; FOLDED is empty afterwards.
void gaz_folded_free(struct gaz_folded *folded);

// One code point in full mode, for comparing characters of texts that are folded: of an expansion the first,
// 0 for white space and what has no appearance.
uint32_t gaz_fold_code(uint32_t code);

// All of them; returns how many.
enum { GAZ_FOLD_CODES_MAX = 18 };
size_t gaz_fold_codes(uint32_t code, uint32_t out[GAZ_FOLD_CODES_MAX]);

// The first occurrence of NEEDLE in HAYSTACK at or after position FROM (both in code points), or SIZE_MAX. An
// empty needle is found at FROM when that is within the text. Time is linear in both lengths (two-way
// matching: Crochemore and Perrin, JACM 38, 1991), no memory is used.
size_t gaz_folded_find(const struct gaz_folded *haystack, const struct gaz_folded *needle, size_t from);

// The folded form as UTF-8 text, appended to BUF, whose status tells of failure.
void gaz_fold_append(const char *text, size_t len, enum gaz_fold_mode mode, struct gaz_buf *buf);

#endif
