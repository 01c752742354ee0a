// SPDX-License-Identifier: GPL-2.0-or-later
//
// Records → index documents: terms and values by corpus/schema.def, the stored form as data.
#ifndef GAZ_INDEXER_EMIT_H
#define GAZ_INDEXER_EMIT_H

#include "corpus/authority.h"
#include "corpus/record.h"
#include "shim/index.h"

// Replaces all that the index holds of an issue by RECORDS, which are all the records of that issue: the
// issue's own first, a document's before those of its units. Nothing is committed. After an error the writer
// holds part of the issue and must be closed without a commit. GAZ_ERR_ARGUMENT when the first record is no
// issue; the statuses of gaz_index_writer_add and gaz_authority_keys.
enum gaz_status gaz_emit_issue(struct gaz_index_writer *writer, const struct gaz_records *records,
                               const struct gaz_authority *authority, struct gaz_err *err);

#endif
