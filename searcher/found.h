// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a query finds: all its matches, grouped by document, and as many of them put in order as are shown.
// Holds a few bytes a match; records are read when they are shown.
#ifndef GAZ_SEARCHER_FOUND_H
#define GAZ_SEARCHER_FOUND_H

#include "searcher/archive.h"
#include "searcher/names.h"
#include "searcher/plan.h"

enum gaz_sort {
    GAZ_SORT_RELEVANCE,
    GAZ_SORT_DATE,
    GAZ_SORT_DATE_DOWN,
    GAZ_SORT_ARCHIVE // by issue; reading order within an issue
};

// What a match is worth: a title more than any heading, a heading more than any text (under 1). Up to 1 is
// added for how much of it the phrases fill.
enum { GAZ_WORTH_TITLE = 4, GAZ_WORTH_HEADING = 2 };

// What is put in order: documents, the same in two issues being one, or units.
enum gaz_found_level { GAZ_FOUND_WORKS, GAZ_FOUND_UNITS };

// What matches and groups are put in order by: the first member of both.
struct gaz_found_rank {
    uint64_t place; // in the order of the archive
    uint32_t date;  // 20231012, 0 when it has none
    float score;
};

// A unit that matches.
struct gaz_found_match {
    struct gaz_found_rank rank;
    uint32_t docid;
    uint32_t group; // number of its document
};

// A document in which units match.
struct gaz_found_group {
    struct gaz_found_rank rank; // the latest date and the first place of its matches
    size_t first;               // in `matches`, the best first
    size_t count;               // of its matches
};

struct gaz_found {
    struct gaz_found_match *matches;
    size_t match_count, match_capacity;
    struct gaz_found_group *groups;
    size_t group_count;
};

// Collects all matches of PLAN. Of the groups by SORT or, at the LEVEL of units, of the matches the first
// MOST (0: all) are put in order in front; each of those groups has its matches, the best first. Ties are
// broken by the order of the archive, so that it makes no difference how the index came about. Freed with
// gaz_found_free.
enum gaz_status gaz_found_collect(const struct gaz_archive *archive, const struct gaz_plan *plan,
                                  enum gaz_sort sort, enum gaz_found_level level, size_t most,
                                  struct gaz_found *out, struct gaz_err *err);
void gaz_found_free(struct gaz_found *found);

// Calls VISIT for every record that matches PLAN, in the order of the archive, from behind the record AFTER
// (0: from the first), with nothing kept of them. VISIT returns a status; any but GAZ_OK ends the walk and is
// returned.
typedef enum gaz_status gaz_found_visit(void *context, uint32_t docid, struct gaz_err *err);
enum gaz_status gaz_found_each(const struct gaz_archive *archive, const struct gaz_plan *plan, uint32_t after,
                               gaz_found_visit *visit, void *context, struct gaz_err *err);

// Counts the records that match PLAN, up to MOST.
enum gaz_status gaz_found_count(const struct gaz_archive *archive, const struct gaz_plan *plan, size_t most,
                                size_t *count, struct gaz_err *err);

// The documents (gaz_sheet_owner) in which records match PLAN, each once, ascending; freed with gaz_free.
struct gaz_found_documents {
    uint64_t *items;
    size_t count, capacity;
};
enum gaz_status gaz_found_documents(const struct gaz_archive *archive, const struct gaz_plan *plan,
                                    struct gaz_found_documents *out, struct gaz_err *err);

#endif
