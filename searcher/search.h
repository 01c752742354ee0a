// SPDX-License-Identifier: GPL-2.0-or-later
//
// A question and its answer: what a query means, what it finds, and each hit with its records and excerpts.
#ifndef GAZ_SEARCHER_SEARCH_H
#define GAZ_SEARCHER_SEARCH_H

#include "searcher/citation.h"
#include "searcher/facets.h"
#include "searcher/found.h"
#include "searcher/kwic.h"
#include "searcher/listing.h"
#include "searcher/read.h"
#include "searcher/scope.h"

enum gaz_mode {
    GAZ_MODE_READ,          // the query is read
    GAZ_MODE_NUMBER,        // --number: documents with a number, and who cites it
    GAZ_MODE_UNIT,          // --unit
    GAZ_MODE_KEYWORD,       // --keyword
    GAZ_MODE_SHOW,          // --show: records at an address, whole
    GAZ_MODE_CALENDAR,      // --calendar: entries of a day or range of days
    GAZ_MODE_CITES,         // --cites: the units that cite a number or 《title》
    GAZ_MODE_CITED_BY,      // --cited-by: the citations in the document with a number
    GAZ_MODE_SERIES,        // --series: the numbers held of a code
    GAZ_MODE_CITED_NOT_HELD // --cited-not-held
};

enum gaz_kwic_order { GAZ_KWIC_AS_FOUND, GAZ_KWIC_BY_LEFT, GAZ_KWIC_BY_RIGHT };

struct gaz_request {
    enum gaz_mode mode;
    const char *query; // as typed; NULL in GAZ_MODE_READ: everything that the filters let through
    enum gaz_role role;
    struct gaz_filters filters;
    size_t context;       // GAZ_MODE_SHOW: units before and behind
    bool gaps;            // GAZ_MODE_SERIES: the numbers that are missing
    bool exact;           // fold only white space
    enum gaz_scope scope; // where all terms have to stand together
    bool unit_level;      // hits are units, not documents
    enum gaz_sort sort;
    size_t offset, limit; // hits; limit 0: all
    size_t excerpts;      // at most so many a hit; 0: all
    bool facets;          // count what was found
    size_t kwic;          // characters of context on each side of an occurrence; 0: hits are not occurrences
    enum gaz_kwic_order kwic_order;
    bool extract;      // every unit with its whole text, streamed in the order of the archive
    bool count;        // with `extract`: set the total, which costs a walk of its own
    const char *after; // with `extract`: begin behind the unit with this id
};

enum gaz_state { GAZ_STATE_FOUND, GAZ_STATE_SEVERAL, GAZ_STATE_CITED_ONLY, GAZ_STATE_NOT_FOUND };
// The contract's name ("cited_only"); static.
const char *gaz_state_name(enum gaz_state state);

struct gaz_answer {
    const struct gaz_archive *archive;
    struct gaz_request request;
    const char *mode; // as the contract names it; static
    struct gaz_readings readings;
    enum gaz_state state;
    bool relaxed; // nothing matched exactly: these have all terms in one document or a good part of the words
    bool scattered; // the former
    size_t total;   // hits, all pages of them
    struct gaz_citings cited_by;
    struct gaz_listing missing; // of several numbers asked for, those that are not held
    struct gaz_facets facets;   // when they were asked for
    // Its own business:
    struct gaz_arena *arena;
    struct gaz_plan plan;
    struct gaz_found found;
    struct gaz_strings unit_keys;   // asked for: their names are marked
    struct gaz_strings number_keys; // as well
    struct gaz_listing listing;     // of the modes whose hits are numbers
    struct gaz_kwic kwic;           // lines, when these are the hits
    uint32_t after;                 // record number; `extract` begins behind it
};

// Answers REQUEST, whose strings must live as long as the answer. Freed with gaz_answer_free. Not found is a
// state, no error. GAZ_ERR_QUERY, GAZ_ERR_ARGUMENT, GAZ_ERR_BUSY when the index is being changed, the
// statuses of reading.
enum gaz_status gaz_search(const struct gaz_archive *archive, const struct gaz_request *request,
                           struct gaz_answer *out, struct gaz_err *err);
void gaz_answer_free(struct gaz_answer *answer);

// The hits of the page that was asked for; of an extract unknown, 0.
size_t gaz_answer_hit_count(const struct gaz_answer *answer);

struct gaz_excerpt {
    const char *id, *address;     // of the unit
    size_t page;                  // 0: unknown
    const char *text;             // NUL-terminated
    const struct gaz_span *marks; // in bytes of text
    size_t mark_count;
    unsigned folds; // that its marks needed, see folds.h
};

struct gaz_hit {
    size_t rank; // from 1
    const struct gaz_listed
        *listed; // the number, in modes whose hits are numbers; the record is then its document's or NULL
    double score;
    bool unit_level;
    const struct gaz_kwic_line *line; // the occurrence, when hits are such; then there is no record
    const char *number;               // of `listed`: as it is printed where it stands, else made of its key
    json_t *record;                   // owned
    json_t *document;                 // owned; null for what belongs to no document
    bool has_validity;                // in the modes that look documents up
    enum gaz_validity validity;
    struct gaz_citings evidence; // of `validity`
    json_t *places; // owned; [{"id","issue","page"}] of the same document in other issues, NULL when there is
                    // none
    struct gaz_excerpt *excerpts;
    size_t excerpt_count;
    size_t match_count; // units of the document that match
    struct gaz_arena *arena;
};

// Calls VISIT with each hit of the page in turn; of an extract, with each unit as it is found. The first
// status other than GAZ_OK ends it and is returned.
typedef enum gaz_status gaz_answer_visit(void *context, const struct gaz_hit *hit, struct gaz_err *err);
enum gaz_status gaz_answer_each(struct gaz_answer *answer, gaz_answer_visit *visit, void *context,
                                struct gaz_err *err);

// What ANSWER marks in a text of a record.
struct gaz_answer_marks {
    const char *text;       // that is marked; borrowed from the record
    struct gaz_marks marks; // phrases, else units or numbers asked for; the items are freed with gaz_free
    bool by_unit;           // units
    unsigned folds;         // that phrases needed, see folds.h
};
// KEY says which text: "text", "title".
enum gaz_status gaz_answer_mark(const struct gaz_answer *answer, const json_t *record, const char *key,
                                struct gaz_arena *arena, struct gaz_answer_marks *out, struct gaz_err *err);

// Reads hit AT (from 0) of the page; freed with gaz_hit_free. GAZ_ERR_BUSY when its records have been removed
// since.
enum gaz_status gaz_answer_hit(const struct gaz_answer *answer, size_t at, struct gaz_hit *out,
                               struct gaz_err *err);
void gaz_hit_free(struct gaz_hit *hit);

#endif
