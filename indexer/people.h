// SPDX-License-Identifier: GPL-2.0-or-later
//
// Persons with roles at the start of a calendar entry:
// 市长张某某，市委常委、副市长李某，副市长王某、赵某参加…，副市长钱某列席。
#ifndef GAZ_INDEXER_PEOPLE_H
#define GAZ_INDEXER_PEOPLE_H

#include "corpus/record.h"
#include "corpus/text.h"

// Names met so far in the calendar: evidence where a role is misprinted (副市陈某).
struct gaz_people_known {
    struct gaz_strings names;
};

// Finds the persons named before the first verb of ENTRY, and in later parts that begin with an office and a
// name (副市长钱某列席); *PEOPLE (in ARENA) in order, each name once. Names are added to KNOWN (may be NULL).
// False when memory is out.
bool gaz_people_find(struct gaz_str entry, struct gaz_people_known *known, struct gaz_arena *arena,
                     const struct gaz_person **people, size_t *count);

#endif
