// SPDX-License-Identifier: GPL-2.0-or-later
//
// Records in an index. The text of a record lies in the sheet of its bundle, folded; its data are what tells
// that text from others that fold to the same, as their head, and the stored form of the record.
#ifndef GAZ_CORPUS_STORE_H
#define GAZ_CORPUS_STORE_H

#include <jansson.h>
#include <stdint.h>

#include "corpus/fold.h"
#include "corpus/record.h"
#include "shim/index.h"

// Appends the data of RECORD, of whose text FOLDED is the full folding, to OUT; *HEAD is the length of their
// head. GAZ_ERR_MEMORY, GAZ_ERR_LIMIT.
enum gaz_status gaz_store_write(const struct gaz_record *record, const struct gaz_folded *folded,
                                struct gaz_buf *out, size_t *head, struct gaz_err *err);

// The record with the number DOCID; the caller drops it with json_decref. The statuses of gaz_index_get and
// gaz_record_decode.
enum gaz_status gaz_store_record(struct gaz_index *index, uint32_t docid, json_t **out, struct gaz_err *err);

// Appends its text to OUT. Statuses as above.
enum gaz_status gaz_store_text(struct gaz_index *index, uint32_t docid, struct gaz_buf *out,
                               struct gaz_err *err);

#endif
