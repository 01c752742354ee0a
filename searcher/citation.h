// SPDX-License-Identifier: GPL-2.0-or-later
//
// Who cites a number.
#ifndef GAZ_SEARCHER_CITATION_H
#define GAZ_SEARCHER_CITATION_H

#include "searcher/archive.h"
#include "searcher/select.h"

// A unit that cites, with its sentence. Strings live in the arena of the list.
struct gaz_citing {
    const char *id, *address;
    const char *document; // id of its document
    const char *title;    // of its document; NULL when it has none
    const char *relation;
    size_t page;
    const char *text; // the sentence
    const struct gaz_span *marks;
    size_t mark_count;
};

struct gaz_citings {
    struct gaz_citing *items;
    size_t count, capacity;
};

// Appends the units that cite one of the numbers with KEYS, or a document of the archive with such a number
// by its title, in the order of the archive, each unit once. Everything lives in ARENA.
enum gaz_status gaz_citings_find(const struct gaz_archive *archive, const struct gaz_strings *keys,
                                 struct gaz_arena *arena, struct gaz_citings *out, struct gaz_err *err);

// The citation records of the same, those in the documents themselves left out.
enum gaz_status gaz_citations_select(const struct gaz_archive *archive, const struct gaz_strings *keys,
                                     struct gaz_arena *arena, struct gaz_select **out, struct gaz_err *err);

// The same for one document record, by its numbers and titles.
enum gaz_status gaz_citings_of_document(const struct gaz_archive *archive, uint32_t docid,
                                        struct gaz_arena *arena, struct gaz_citings *out,
                                        struct gaz_err *err);

// What the archive says of a document's force: that something repeals it, or else amends it, or else says
// that it goes on being in force (a list of what 继续有效). It cannot say that nothing does.
enum gaz_validity {
    GAZ_VALIDITY_UNKNOWN,
    GAZ_VALIDITY_IN_FORCE,
    GAZ_VALIDITY_AMENDED,
    GAZ_VALIDITY_REPEALED
};
// "unknown" "in_force" "amended" "repealed"; static.
const char *gaz_validity_name(enum gaz_validity validity);
// Keeps of CITINGS the evidence: those that repeal, or else those that amend, or else those that
// confirm; none when it is unknown.
enum gaz_validity gaz_citings_validity(struct gaz_citings *citings);

// What the citation record CITATION says of the unit it stands in. Strings live in ARENA. GAZ_ERR_NOT_FOUND
// when the unit is gone.
enum gaz_status gaz_citing_read(const struct gaz_archive *archive, const json_t *citation,
                                struct gaz_arena *arena, struct gaz_citing *out, struct gaz_err *err);

// Sets "to" of a citation record: the id of the document it names when the archive holds it, else null. Other
// records are left alone.
enum gaz_status gaz_citation_resolve(const struct gaz_archive *archive, json_t *record, struct gaz_err *err);

#endif
