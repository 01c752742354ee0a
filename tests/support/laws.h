// SPDX-License-Identifier: GPL-2.0-or-later
//
// The laws of the record contract that hold for the records of every file, whatever is in it. Unit tests and
// fuzz targets check them by the same code.
#ifndef GAZ_TESTS_SUPPORT_LAWS_H
#define GAZ_TESTS_SUPPORT_LAWS_H

#include <stdbool.h>

#include "corpus/record.h"

// Whether RECORDS, read from a file that decodes to SOURCE (LEN bytes of UTF-8), keep every law:
//   accounting: each character of SOURCE that is no white space is owned by exactly one record which is no
//               citation;
//   fidelity:   the text of a record and the bytes of its spans are equal, white space aside;
//   spans:      inside SOURCE, not empty, from one character's start to another's;
//   names:      an id in printable ASCII which no other record has, an address, a page from 1;
//   order:      the issue first, and each document before what belongs to it;
//   stored:     the stored form gives back the same JSON, and that the same stored form.
// When not, WHY says which law is broken and where. A law that cannot be checked for want of memory is
// broken.
bool laws_hold(const char *source, size_t len, const struct gaz_records *records, struct gaz_err *why);

// Reads RAW (LEN bytes) as the indexer does, ENCODING NULL: detected, and checks the laws on what comes out.
// An error of the reading itself breaks them too, but for an unknown ENCODING.
bool laws_hold_for(const char *raw, size_t len, const char *encoding, const struct gaz_authority *authority,
                   struct gaz_err *why);

// The same for a file called NAME, which says what kind it is. That it is refused as damaged, too large or
// not built in breaks no law; WHY then says so.
bool laws_hold_for_file(const char *name, const char *raw, size_t len, const char *encoding,
                        const struct gaz_authority *authority, struct gaz_err *why);

#endif
