// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the index says of an issue beside its records: which file it was read from, and as what. It stands in
// the metadata under "hash:ISSUE": the SHA-256 of the file, a blank, the manner.
#ifndef GAZ_INDEXER_HELD_H
#define GAZ_INDEXER_HELD_H

#include "corpus/authority.h"
#include "shim/hash.h"
#include "shim/index.h"
#include "shim/mem.h"

#define GAZ_HELD_PREFIX "hash:"

// The functions append to OUT, whose status tells of failure.

// The metadata key of ISSUE.
void gaz_held_key(const char *issue, struct gaz_buf *out);
// How files are read now: the version of the rules, the authority file (may be NULL), the encoding (NULL:
// detected). A file that was read in another manner is to be read again.
void gaz_held_manner(const struct gaz_authority *authority, const char *encoding, struct gaz_buf *out);

// Says in WRITER's index that ISSUE was read from a file with SHA256 in MANNER. Statuses of
// gaz_index_writer_set_metadata.
enum gaz_status gaz_held_set(struct gaz_index_writer *writer, const char *issue, const char *sha256,
                             const char *manner, struct gaz_err *err);
// Takes away what is said of ISSUE.
enum gaz_status gaz_held_forget(struct gaz_index_writer *writer, const char *issue, struct gaz_err *err);

// What is said of ISSUE; empty when nothing is.
struct gaz_held {
    char sha256[GAZ_HASH_HEX];
    char *manner; // NUL-terminated; freed with gaz_held_free
};
// GAZ_ERR_CORRUPT when it makes no sense; statuses of gaz_index_metadata.
enum gaz_status gaz_held_get(struct gaz_index *index, const char *issue, struct gaz_held *out,
                             struct gaz_err *err);
void gaz_held_free(struct gaz_held *held);

#endif
