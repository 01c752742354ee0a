// SPDX-License-Identifier: GPL-2.0-or-later
//
// Split: blocks → documents with their header fields: published acts, briefs, the calendar, features, and
// what stands before them all.
#ifndef GAZ_INDEXER_SPLIT_H
#define GAZ_INDEXER_SPLIT_H

#include "corpus/model.h"

// Fills ISSUE->documents, and names the blocks that are fields of their document (addressee, signature, date,
// titles of briefs and features, captions). Every block is in the run of exactly one document.
// GAZ_ERR_MEMORY.
enum gaz_status gaz_split_run(struct gaz_issue *issue, struct gaz_err *err);

#endif
