// SPDX-License-Identifier: GPL-2.0-or-later
//
// Records → index documents: terms and values by corpus/schema.def, the stored form as data.
#ifndef GAZ_INDEXER_EMIT_H
#define GAZ_INDEXER_EMIT_H

#include "corpus/authority.h"
#include "corpus/record.h"
#include "corpus/term.h"
#include "shim/index.h"

// The name under which the index holds the bundles of an issue.
void gaz_emit_owner(const char *issue, struct gaz_term *out);

// Makes bundles of RECORDS, which are all the records of an issue: the issue's own first, a document's before
// those of its units. Each is given to TAKE in turn and lives as long as that call. The bundles of an issue
// depend on nothing but the records, the authority file and this program. GAZ_ERR_ARGUMENT when the first
// record is no issue; the statuses of gaz_bundle_pack, gaz_authority_keys and TAKE.
typedef enum gaz_status gaz_emit_bundle(void *context, const struct gaz_index_document *bundle,
                                        struct gaz_err *err);
enum gaz_status gaz_emit_bundles(const struct gaz_records *records, const struct gaz_authority *authority,
                                 gaz_emit_bundle *take, void *context, struct gaz_err *err);

// Replaces all that the index holds of an issue by its records, as above. Nothing is committed. After an
// error the writer holds part of the issue and must be closed without a commit.
enum gaz_status gaz_emit_issue(struct gaz_index_writer *writer, const struct gaz_records *records,
                               const struct gaz_authority *authority, struct gaz_err *err);

#endif
