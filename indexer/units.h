// SPDX-License-Identifier: GPL-2.0-or-later
//
// Units: documents → records: clauses with their paths, paragraphs, table rows, calendar entries, captions,
// citations, and the rest. Over all records every character of the source is owned exactly once.
#ifndef GAZ_INDEXER_UNITS_H
#define GAZ_INDEXER_UNITS_H

#include "corpus/authority.h"
#include "corpus/model.h"
#include "corpus/record.h"

// Fills RECORDS, which lives in the issue's arena, in reading order; the first is the issue's own. AUTHORITY
// may be NULL. GAZ_ERR_MEMORY.
enum gaz_status gaz_units_run(struct gaz_issue *issue, const struct gaz_authority *authority,
                              struct gaz_records *records, struct gaz_err *err);

#endif
