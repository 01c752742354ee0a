// SPDX-License-Identifier: GPL-2.0-or-later
//
// Bundles: neighbouring documents stored as one document of the back end, compressed together (zstd). A term
// that many of them share costs one posting, and a bundle remembers which of its documents carry it.
//
// There are terms of two kinds. Of an exact term the bundle knows the documents that carry it. Of a loose one
// (the n-grams of texts) only the back end knows, and only that some document of the bundle does: who asks
// for it gets all of them and looks at their texts.
//
// An exact term that few documents carry may be rare. The back end knows it by one of 65,536 marks only,
// which takes three bytes instead of thirty or more; which bundles of the mark really have it is read in
// them.
#ifndef GAZ_SHIM_BUNDLE_H
#define GAZ_SHIM_BUNDLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shim/mem.h"
#include "shim/status.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    GAZ_BUNDLE_MAX = 256,     // documents in a bundle
    GAZ_BUNDLE_MARK_SIZE = 3, // bytes of a mark
    GAZ_BUNDLE_RANGE_SIZE = 9 // bytes of a range's term
};

#define GAZ_INDEX_RARE UINT32_MAX

struct gaz_index_bytes {
    const char *data;
    size_t len;
};

struct gaz_index_term {
    struct gaz_index_bytes term;
    // In a document, GAZ_INDEX_RARE or nothing. In a bundle, how many of its documents carry it; 0 counts
    // as 1.
    uint32_t count;
};

struct gaz_index_value {
    uint32_t slot; // below 256
    bool ranged;   // documents are looked for by ranges of it
    struct gaz_index_bytes bytes;
};

// A document, or a bundle of them made ready for the back end.
struct gaz_index_document {
    const struct gaz_index_term *terms;
    size_t term_count;
    const struct gaz_index_value *values;
    size_t value_count;
    struct gaz_index_bytes data;
    size_t head; // bytes at the beginning of DATA that are wanted apart from the rest
    // Of a bundle: what those who look through its documents read, all of it and often. Kept as it is.
    struct gaz_index_bytes sheet;
};

// Which documents of a bundle: bit i stands for document i.
struct gaz_bundle_set {
    uint64_t bits[GAZ_BUNDLE_MAX / 64];
};

// Carried by every bundle, counted once for each of its documents.
#define GAZ_BUNDLE_EVERY "\x01"

// Makes one document of COUNT documents (1 … GAZ_BUNDLE_MAX), whose terms are exact, and of the loose terms
// that some of them have (each once, sorted or not). Values are posted by their beginnings when they are
// ranged. OUT lies in ARENA and points into what was given; its sheet is left empty. GAZ_ERR_ARGUMENT,
// GAZ_ERR_MEMORY, GAZ_ERR_LIMIT.
enum gaz_status gaz_bundle_pack(const struct gaz_index_document *documents, size_t count,
                                const struct gaz_index_term *loose, size_t loose_count,
                                struct gaz_arena *arena, struct gaz_index_document *out, struct gaz_err *err);

// A bundle as it is read back from the data that gaz_bundle_pack made; freed with gaz_bundle_free (NULL is
// allowed). GAZ_ERR_CORRUPT, GAZ_ERR_VERSION, GAZ_ERR_MEMORY.
struct gaz_bundle;
enum gaz_status gaz_bundle_open(const char *data, size_t len, struct gaz_bundle **out, struct gaz_err *err);
void gaz_bundle_free(struct gaz_bundle *bundle);

size_t gaz_bundle_count(const struct gaz_bundle *bundle);
// The parts of a document's data, AT below the count; borrowed from the bundle. Only what is asked for is
// decompressed. GAZ_ERR_CORRUPT, GAZ_ERR_MEMORY.
enum gaz_bundle_part { GAZ_BUNDLE_HEAD, GAZ_BUNDLE_REST };
enum gaz_status gaz_bundle_data(struct gaz_bundle *bundle, size_t at, enum gaz_bundle_part part,
                                struct gaz_index_bytes *out, struct gaz_err *err);
// A value of document AT, empty when unset.
struct gaz_index_bytes gaz_bundle_value(const struct gaz_bundle *bundle, size_t at, uint32_t slot);
// The exact terms in no order, by number, and the documents that carry each.
size_t gaz_bundle_term_count(const struct gaz_bundle *bundle);
struct gaz_index_bytes gaz_bundle_term(const struct gaz_bundle *bundle, size_t number,
                                       struct gaz_bundle_set *out);
// The documents that carry the exact term; false when none does.
bool gaz_bundle_find(const struct gaz_bundle *bundle, struct gaz_index_bytes term,
                     struct gaz_bundle_set *out);

// The mark of a rare term: names that are the same up to a slash share it, as they are in few bundles.
void gaz_bundle_mark(struct gaz_index_bytes term, char out[GAZ_BUNDLE_MARK_SIZE]);
// The term under which a bundle is posted that has VALUE in the ranged SLOT: seven bytes of it (those of a
// month), so that the terms of a slot are in the order of its values. An empty value gives the lowest.
struct gaz_index_bytes gaz_bundle_range(uint32_t slot, struct gaz_index_bytes value,
                                        char out[GAZ_BUNDLE_RANGE_SIZE]);

#ifdef __cplusplus
}
#endif

#endif
