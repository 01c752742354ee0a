// SPDX-License-Identifier: GPL-2.0-or-later
//
// An archive open for reading: the index with the authority file that its unit names were keyed by.
#ifndef GAZ_SEARCHER_ARCHIVE_H
#define GAZ_SEARCHER_ARCHIVE_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/authority.h"
#include "corpus/record.h"
#include "shim/index.h"
#include "shim/mem.h"

// A unit by the name it was asked for once, and the keys it had then: names may have been given up since.
struct gaz_bound_unit {
    const char *name;
    struct gaz_strings keys;
};

struct gaz_archive {
    struct gaz_index *index;
    bool partial; // makes do with the parts of the index that can be reached
    struct gaz_authority *authority;
    struct gaz_arena *arena;            // of `places`
    struct gaz_strings places;          // whose units documents speak of as 市…, folded
    const struct gaz_bound_unit *bound; // set by who asks again; borrowed
    size_t bound_count;
};

// Opens DIRS as one archive; closed with gaz_archive_close. The statuses of gaz_index_open and
// gaz_authority_load.
enum gaz_status gaz_archive_open(const char *const *dirs, size_t dir_count, struct gaz_archive *out,
                                 struct gaz_err *err);
// The same, but makes do with the parts that can be opened (gaz_index_missing).
enum gaz_status gaz_archive_open_partial(const char *const *dirs, size_t dir_count, struct gaz_archive *out,
                                         struct gaz_err *err);
void gaz_archive_close(struct gaz_archive *archive);

// Record numbers (docids of the index), ascending; the items are freed with gaz_free.
struct gaz_docids {
    uint32_t *items;
    size_t count, capacity;
};
// The matches of QUERY.
enum gaz_status gaz_archive_select(const struct gaz_archive *archive, const struct gaz_index_query *query,
                                   struct gaz_docids *out, struct gaz_err *err);

// The same in the order of the archive: by the ids of issues, in each in reading order.
enum gaz_status gaz_archive_select_in_order(const struct gaz_archive *archive,
                                            const struct gaz_index_query *query, struct gaz_docids *out,
                                            struct gaz_err *err);

// Appends the text of the record DOCID to OUT. GAZ_ERR_BUSY when it has been removed since.
enum gaz_status gaz_archive_text(const struct gaz_archive *archive, uint32_t docid, struct gaz_buf *out,
                                 struct gaz_err *err);
// The record with the number DOCID; the caller drops it with json_decref. GAZ_ERR_BUSY when it has been
// removed since.
enum gaz_status gaz_archive_record(const struct gaz_archive *archive, uint32_t docid, json_t **out,
                                   struct gaz_err *err);
// The record whose id is ID (NUL-terminated). GAZ_ERR_NOT_FOUND.
enum gaz_status gaz_archive_record_by_id(const struct gaz_archive *archive, const char *id, json_t **out,
                                         struct gaz_err *err);
// The place in DOCIDS of the first record by the id of its document: of several that serve, the one that does
// not depend on the order in which issues were indexed. 0 when there are none.
enum gaz_status gaz_archive_first(const struct gaz_archive *archive, const struct gaz_docids *docids,
                                  size_t *first, struct gaz_err *err);
// A value of a record, NUL-terminated; freed with gaz_free.
enum gaz_status gaz_archive_value(const struct gaz_archive *archive, uint32_t docid, uint32_t slot,
                                  char **out, struct gaz_err *err);

// What follows PREFIX in the terms of a record; strings in ARENA.
enum gaz_status gaz_archive_terms_of(const struct gaz_archive *archive, uint32_t docid, const char *prefix,
                                     struct gaz_arena *arena, struct gaz_strings *out, struct gaz_err *err);

// All authority keys by which NAME may be looked up, wherever it is a unit of, those it is bound to too; at
// least one, strings in ARENA.
enum gaz_status gaz_archive_unit_keys(const struct gaz_archive *archive, const char *name, size_t len,
                                      struct gaz_arena *arena, struct gaz_strings *out, struct gaz_err *err);
// The longest of KEYS that the archive has anything of, which is the fullest name; the first key, which says
// no place, when it has units of several places; NULL when it has nothing.
enum gaz_status gaz_archive_held_unit(const struct gaz_archive *archive, const struct gaz_strings *keys,
                                      const char **out, struct gaz_err *err);

// The keys of all numbers held (PREFIX GAZ_TERM_NUMBER) or cited (GAZ_TERM_CITES) that NUMBER may mean: its
// own when it is complete, else those that agree with it in all that it says. Strings in ARENA.
enum gaz_status gaz_archive_number_keys(const struct gaz_archive *archive, const char *prefix,
                                        const struct gaz_docnum *number, struct gaz_arena *arena,
                                        struct gaz_strings *out, struct gaz_err *err);

bool gaz_strings_have(const struct gaz_strings *strings, const char *text, size_t len);
// Appends TEXT to STRINGS unless it is there; *STRINGS grows in ARENA. GAZ_ERR_MEMORY.
enum gaz_status gaz_strings_add_once(struct gaz_strings *strings, struct gaz_arena *arena, const char *text,
                                     size_t len, struct gaz_err *err);

#endif
