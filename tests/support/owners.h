// SPDX-License-Identifier: GPL-2.0-or-later
//
// Who owns which bytes of a source: what the accounting of records and of tables is checked by.
#ifndef GAZ_TESTS_SUPPORT_OWNERS_H
#define GAZ_TESTS_SUPPORT_OWNERS_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/model.h"

// Whether each of SPANS is not empty and reaches from one character's start to another's inside SOURCE (LEN
// bytes of UTF-8).
bool owners_spans_fit(const struct gaz_spans *spans, const char *source, size_t len);

// Counts SPANS, which fit, in OWNERS, which has a byte for each byte of the source; as far as two.
void owners_count(const struct gaz_spans *spans, unsigned char *owners);

// Whether each character from byte FROM to byte TO of SOURCE that is no white space has one owner; says in
// WHY (may be NULL) which has not.
bool owners_are_single(const char *source, size_t from, size_t to, const unsigned char *owners,
                       struct gaz_err *why);

#endif
