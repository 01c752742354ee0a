// SPDX-License-Identifier: GPL-2.0-or-later
//
// Folded text as bytes that are searched as they are, a byte for each common character and two for most
// others, with what it takes to get the text back from them.
//
// The code is (s,c)-dense: a character is its rank by frequency, written to base 192 and 64 so that its last
// byte, and only that, is below 192 (Brisaboa, Fariña, Navarro, Esteller: (S,C)-Dense Coding, SPIRE 2003).
// So the code of a phrase stands in the code of a text where the phrase stands in the text, and also where a
// character's code ends with that of the phrase's first one; which the byte before tells.
#ifndef GAZ_CORPUS_TEXTCODE_H
#define GAZ_CORPUS_TEXTCODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/fold.h"
#include "shim/bundle.h"
#include "shim/mem.h"

enum { GAZ_TEXTCODE_STOP = 192 }; // lower bytes end a character

// Appends the code of a fully folded text.
void gaz_textcode_add(const struct gaz_folded *folded, struct gaz_buf *out);

// The first place at or after FROM where the code NEEDLE (not empty) stands in TEXT, whose bytes begin with
// a whole character; SIZE_MAX when there is none.
size_t gaz_textcode_find(struct gaz_index_bytes text, struct gaz_index_bytes needle, size_t from);

// The number of characters.
size_t gaz_textcode_count(struct gaz_index_bytes text);

// Reads the character at *AT and moves *AT behind it; false at the end and at what is no code.
bool gaz_textcode_read(struct gaz_index_bytes text, size_t *at, uint32_t *code);

// The folded text that has the code TEXT, with all offsets 0; freed with gaz_folded_free. GAZ_ERR_MEMORY.
enum gaz_status gaz_textcode_decode(struct gaz_index_bytes text, struct gaz_folded *out, struct gaz_err *err);

// Appends what distinguishes TEXT (LEN bytes), of which FOLDED is the full folding, from other texts that
// fold to the same.
void gaz_textcode_add_rest(const char *text, size_t len, const struct gaz_folded *folded,
                           struct gaz_buf *out);
// Appends the text that has the code CODED and that rest. Bytes that are no UTF-8 come back as U+FFFD. False
// when they do not fit each other.
bool gaz_textcode_restore(struct gaz_index_bytes coded, struct gaz_index_bytes rest, struct gaz_buf *out);

#endif
