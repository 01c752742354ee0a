// SPDX-License-Identifier: GPL-2.0-or-later
//
// Fields and filters: what they ask the index for.
#ifndef GAZ_SEARCHER_FIELD_H
#define GAZ_SEARCHER_FIELD_H

#include "searcher/archive.h"
#include "searcher/query.h"
#include "searcher/select.h"

// The records for which FIELD has the value TEXT, exactly. Fields of documents hold for all their units.
// GAZ_ERR_QUERY when TEXT can be no value of the field (the message says what is wrong and what to do,
// without the column); GAZ_ERR_MEMORY, the statuses of reading.
enum gaz_status gaz_field_select(const struct gaz_archive *archive, enum gaz_field field, const char *text,
                                 struct gaz_arena *arena, struct gaz_select **out, struct gaz_err *err);

// The document records whose own number TEXT is, in any spelling, an incomplete one too. GAZ_ERR_QUERY when
// it is no number.
enum gaz_status gaz_field_numbered(const struct gaz_archive *archive, const char *text,
                                   struct gaz_arena *arena, struct gaz_select **out, struct gaz_err *err);

// The document records that a unit issued.
enum gaz_status gaz_field_issued(const struct gaz_archive *archive, const char *unit, struct gaz_arena *arena,
                                 struct gaz_select **out, struct gaz_err *err);

// All records of the documents that the records DOCUMENTS are.
enum gaz_status gaz_field_whole_documents(const struct gaz_archive *archive,
                                          const struct gaz_select *documents, struct gaz_arena *arena,
                                          struct gaz_select **out, struct gaz_err *err);

#endif
