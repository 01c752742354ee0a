// SPDX-License-Identifier: GPL-2.0-or-later
//
// What makes one match worth more than another: a phrase that stands in the title of a document or in the
// heading of a clause.
#ifndef GAZ_SEARCHER_BOOST_H
#define GAZ_SEARCHER_BOOST_H

#include "searcher/archive.h"
#include "searcher/query.h"

// A record and what it is worth more, ascending by docid.
struct gaz_boost {
    uint32_t docid;
    float worth;
};

struct gaz_boosts {
    struct gaz_boost *items;
    size_t count, capacity;
    size_t cursor; // follows the ascending docids that are asked for
};

// The order of worths: a title is worth more than any heading, a heading more than any body text (under 1).
enum { GAZ_BOOST_TITLE = 4, GAZ_BOOST_HEADING = 2 };

// Looks up the phrases of QUERY that are asked for, not excluded. A title or heading counts in proportion to
// the phrases it has; up to 1 is added for how much of it they fill. Freed with gaz_boosts_free.
enum gaz_status gaz_boosts_find(const struct gaz_archive *archive, const struct gaz_query *query,
                                struct gaz_boosts *out, struct gaz_err *err);
// What DOCID is worth more. Asked for in ascending order.
float gaz_boosts_of(struct gaz_boosts *boosts, uint32_t docid);
void gaz_boosts_free(struct gaz_boosts *boosts);

#endif
