// SPDX-License-Identifier: GPL-2.0-or-later
//
// The index: Xapian behind plain C. Knows terms, values, stored bytes and metadata; has never heard of a
// gazette.
//
// No exception leaves any function. A handle is used by one thread at a time. Besides the statuses named,
// every function may return GAZ_ERR_MEMORY, GAZ_ERR_IO (system, remote server), GAZ_ERR_CORRUPT and
// GAZ_ERR_INTERNAL.
#ifndef GAZ_SHIM_INDEX_H
#define GAZ_SHIM_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shim/bundle.h"
#include "shim/status.h"

#ifdef __cplusplus
extern "C" {
#define GAZ_NOEXCEPT noexcept
#else
#define GAZ_NOEXCEPT
#endif

enum {
    // Longest term or metadata key in bytes that the back end stores; a zero byte in it counts as two.
    GAZ_INDEX_TERM_MAX = 245,
    // Longest name of an owner in bytes, counted in the same way.
    GAZ_INDEX_OWNER_MAX = 232,
    // What an index is made of: raised when older programs would read it wrongly. It stands in the metadata
    // under "format". Format 1 had no digests, format 2 no sheets.
    GAZ_INDEX_FORMAT = 3
};

struct gaz_index;        // an open index for reading
struct gaz_index_writer; // an open index for writing

// --- writing ---
//
// Documents are stored in bundles (see bundle.h), and bundles belong to an owner: what is replaced or removed
// is all that an owner has. The index keeps no list of the terms of a bundle, which would be larger than all
// the rest together; so the terms of what is removed are not taken out but masked, and their room comes back
// when the index is made anew. That of the data, which are most of it, is used again at once.

// Opens DIR for writing, creating it (and only it, not its parents). GAZ_ERR_BUSY when another writer has it,
// GAZ_ERR_VERSION. Closed with gaz_index_writer_close.
enum gaz_status gaz_index_writer_open(const char *dir, struct gaz_index_writer **out,
                                      struct gaz_err *err) GAZ_NOEXCEPT;
// The same; a new index can be copied by xapian-replicate, for which it keeps lists of the terms of its
// bundles.
enum gaz_status gaz_index_writer_open_replicable(const char *dir, struct gaz_index_writer **out,
                                                 struct gaz_err *err) GAZ_NOEXCEPT;
// Adds a bundle to what OWNER has; BUNDLE comes from gaz_bundle_pack and is copied, with its sheet. *DOCID is
// that of its first document (may be NULL), the others follow it. GAZ_ERR_LIMIT for a term that is too long
// or when the index is full (2^24 bundles) and GAZ_ERR_ARGUMENT for an empty one change nothing, here and in
// the next two functions. After any other error the changes since the last commit are lost and the writer
// returns that status for everything: close it, open it again, repeat.
enum gaz_status gaz_index_writer_add(struct gaz_index_writer *writer, struct gaz_index_bytes owner,
                                     const struct gaz_index_document *bundle, uint32_t *docid,
                                     struct gaz_err *err) GAZ_NOEXCEPT;
// Removes all that OWNER has; nothing is no error. What is added for it later is not touched.
enum gaz_status gaz_index_writer_remove(struct gaz_index_writer *writer, struct gaz_index_bytes owner,
                                        struct gaz_err *err) GAZ_NOEXCEPT;
// Sets the metadata of KEY (not empty); an empty value removes it.
enum gaz_status gaz_index_writer_set_metadata(struct gaz_index_writer *writer, const char *key,
                                              struct gaz_index_bytes value, struct gaz_err *err) GAZ_NOEXCEPT;
// All since the last commit (or since opening) becomes visible and durable at once, or (on error) none of it.
enum gaz_status gaz_index_writer_commit(struct gaz_index_writer *writer, struct gaz_err *err) GAZ_NOEXCEPT;
// Size of the index on disk in bytes; 0 when that cannot be read.
uint64_t gaz_index_writer_size(struct gaz_index_writer *writer) GAZ_NOEXCEPT;
// Makes the index as small as it can be, by copying it and putting the copy in its place at once: readers
// that have the old one keep it. All must have been committed. Afterwards, and after an error, the writer can
// only be closed; the index is whole in either case.
enum gaz_status gaz_index_writer_compact(struct gaz_index_writer *writer, struct gaz_err *err) GAZ_NOEXCEPT;
// Closes; what has not been committed is dropped. NULL is allowed.
void gaz_index_writer_close(struct gaz_index_writer *writer) GAZ_NOEXCEPT;

// --- reading ---

// Opens DIRS (one index, or several as one) for reading. Each is a directory, or a Xapian stub file with a
// line for each index that is a part: "auto DIR", "remote HOST:PORT", "remote :PROGRAM ARGUMENTS". An error
// names the part. GAZ_ERR_NO_INDEX when one is no index, GAZ_ERR_VERSION for another format, GAZ_ERR_ARGUMENT
// when DIR_COUNT is 0 or a stub file cannot be understood. Closed with gaz_index_close (NULL allowed).
//
// A reader sees the commit that was newest when it was opened. After two more commits that state is gone: the
// next read then takes the newest state by itself, but where it would mix two states (a visit has been made
// already, or the read is made from inside a visit) it returns GAZ_ERR_BUSY instead: drop what was read, call
// gaz_index_reopen, start again. So may any read return GAZ_ERR_BUSY when commits come faster than it can be
// done.
enum gaz_status gaz_index_open(const char *const *dirs, size_t dir_count, struct gaz_index **out,
                               struct gaz_err *err) GAZ_NOEXCEPT;
// The same, but makes do with those parts that can be opened, if there is one.
enum gaz_status gaz_index_open_partial(const char *const *dirs, size_t dir_count, struct gaz_index **out,
                                       struct gaz_err *err) GAZ_NOEXCEPT;
void gaz_index_close(struct gaz_index *index) GAZ_NOEXCEPT;
// The name of part AT of those that a partial index has to do without; NULL when there are no more.
const char *gaz_index_missing(const struct gaz_index *index, size_t at) GAZ_NOEXCEPT;
// Takes the newest state; a partial index also tries all its parts again. Not from inside a visit.
enum gaz_status gaz_index_reopen(struct gaz_index *index, struct gaz_err *err) GAZ_NOEXCEPT;

// While it is held, an index does not take a newer state by itself, but returns GAZ_ERR_BUSY: for who reads
// what another read has told. Holds are counted.
void gaz_index_hold(struct gaz_index *index) GAZ_NOEXCEPT;
void gaz_index_release(struct gaz_index *index) GAZ_NOEXCEPT;

// Number of documents; 0 when that cannot be read.
uint32_t gaz_index_count(struct gaz_index *index) GAZ_NOEXCEPT;
// Copies the metadata of KEY (not empty) to *OUT (NUL-terminated, freed with gaz_free; empty when unset). Of
// several indexes, that of the first one that has any.
enum gaz_status gaz_index_metadata(struct gaz_index *index, const char *key, char **out, size_t *len,
                                   struct gaz_err *err) GAZ_NOEXCEPT;
// Calls VISIT for each metadata key that begins with PREFIX, in byte order, with its value; both live as long
// as the call. Of several indexes, those of the first. VISIT returns 0 to go on; else the walk ends, with
// GAZ_OK.
typedef int gaz_index_visit_metadata(void *context, const char *key, struct gaz_index_bytes value);
enum gaz_status gaz_index_each_metadata(struct gaz_index *index, const char *prefix,
                                        gaz_index_visit_metadata *visit, void *context,
                                        struct gaz_err *err) GAZ_NOEXCEPT;
// Number of documents that carry the exact TERM; of a loose one, number of bundles.
enum gaz_status gaz_index_term_frequency(struct gaz_index *index, struct gaz_index_bytes term,
                                         uint32_t *frequency, struct gaz_err *err) GAZ_NOEXCEPT;
// Number of bundles that have a loose term which begins with PREFIX (not empty).
enum gaz_status gaz_index_prefix_frequency(struct gaz_index *index, struct gaz_index_bytes prefix,
                                           uint32_t *frequency, struct gaz_err *err) GAZ_NOEXCEPT;
// Calls VISIT for each term that begins with PREFIX (may be empty), in byte order, with its frequency as
// above; rare ones are left out. TERM lives as long as the call. VISIT returns 0 to go on; else the walk
// ends, with GAZ_OK. It may read from INDEX.
typedef int gaz_index_visit_term(void *context, struct gaz_index_bytes term, uint32_t frequency);
enum gaz_status gaz_index_terms(struct gaz_index *index, struct gaz_index_bytes prefix,
                                gaz_index_visit_term *visit, void *context, struct gaz_err *err) GAZ_NOEXCEPT;

// A stored document; freed with gaz_index_stored_free.
struct gaz_index_stored {
    uint32_t docid;
    char *data;  // NUL-terminated
    size_t len;  // bytes
    size_t head; // of them
};
// GAZ_ERR_NOT_FOUND when there is no document DOCID, GAZ_ERR_ARGUMENT when DOCID is 0; the same for the next
// two.
enum gaz_status gaz_index_get(struct gaz_index *index, uint32_t docid, struct gaz_index_stored *out,
                              struct gaz_err *err) GAZ_NOEXCEPT;
void gaz_index_stored_free(struct gaz_index_stored *stored) GAZ_NOEXCEPT;
// One value of one document, copied to *OUT (NUL-terminated, freed with gaz_free; empty when unset).
enum gaz_status gaz_index_value(struct gaz_index *index, uint32_t docid, uint32_t slot, char **out,
                                size_t *len, struct gaz_err *err) GAZ_NOEXCEPT;
// The sheet of the bundle that DOCID is in, and which of its documents that is; borrowed until the next read.
enum gaz_status gaz_index_sheet(struct gaz_index *index, uint32_t docid, struct gaz_index_bytes *sheet,
                                size_t *at, struct gaz_err *err) GAZ_NOEXCEPT;
// The exact terms of one document that begin with PREFIX, as gaz_index_terms, but in no order and with 1 for
// the frequency.
enum gaz_status gaz_index_document_terms(struct gaz_index *index, uint32_t docid,
                                         struct gaz_index_bytes prefix, gaz_index_visit_term *visit,
                                         void *context, struct gaz_err *err) GAZ_NOEXCEPT;

// --- query ---

// A query is a tree of nodes owned by the caller. GAZ_ERR_ARGUMENT for an empty term and for a missing child.
enum gaz_index_op {
    GAZ_INDEX_NOTHING, // matches nothing
    GAZ_INDEX_ALL,     // matches every document
    GAZ_INDEX_TERM,    // the documents with the exact term
    GAZ_INDEX_LOOSE,   // all documents of the bundles with the loose term
    GAZ_INDEX_PREFIX,  // all documents of the bundles with a loose term that begins with it, or more
    GAZ_INDEX_AND,     // in all children (none: nothing)
    GAZ_INDEX_OR,      // in any child
    GAZ_INDEX_AND_NOT, // child 0 without those that any of the others has for certain
    GAZ_INDEX_RANGE    // ranged value of SLOT is set and between TERM and TERM2 inclusive, as bytes (empty
                       // TERM2: no upper end)
};
struct gaz_index_query {
    enum gaz_index_op op;
    struct gaz_index_bytes term;
    struct gaz_index_bytes term2;
    uint32_t slot;
    const struct gaz_index_query *const *children;
    size_t child_count;
};

// Calls VISIT for every matching document in ascending docid order, unranked, streamed in constant memory:
// exactly those that match when all terms are exact, and no fewer when some are loose. Intersections go by
// the rarest child first. VISIT returns 0 to go on; else the walk ends, with GAZ_OK. It may read from INDEX.
typedef int gaz_index_visit_match(void *context, uint32_t docid);
enum gaz_status gaz_index_each(struct gaz_index *index, const struct gaz_index_query *query,
                               gaz_index_visit_match *visit, void *context, struct gaz_err *err) GAZ_NOEXCEPT;

// The same by bundles. Of the documents in SET, those past the end of the bundle mean nothing.
struct gaz_index_bundle {
    uint32_t docid; // of the first document
    struct gaz_bundle_set set;
    struct gaz_index_bytes sheet; // lives as long as the call
};
typedef int gaz_index_visit_bundle(void *context, const struct gaz_index_bundle *bundle);
enum gaz_status gaz_index_each_bundle(struct gaz_index *index, const struct gaz_index_query *query,
                                      gaz_index_visit_bundle *visit, void *context,
                                      struct gaz_err *err) GAZ_NOEXCEPT;

// --- care ---

// Checks DIR, last commit only: Xapian's own consistency check, then each bundle's data against the hash that
// was written with them; with POSTINGS all terms, too, against the sum that was written of them.
// GAZ_ERR_CORRUPT with the first damage in the message, GAZ_ERR_NO_INDEX, GAZ_ERR_VERSION.
enum gaz_status gaz_index_check(const char *dir, bool postings, struct gaz_err *err) GAZ_NOEXCEPT;
// Whether the bundle of DOCID carries the terms that BUNDLE has, as OWNER's. BUNDLE is made by
// gaz_bundle_pack from what should be the same documents.
enum gaz_status gaz_index_has_terms(struct gaz_index *index, uint32_t docid, struct gaz_index_bytes owner,
                                    const struct gaz_index_document *bundle, bool *same,
                                    struct gaz_err *err) GAZ_NOEXCEPT;
#ifdef __cplusplus
}
#endif

#endif
