// SPDX-License-Identifier: GPL-2.0-or-later
//
// A walk over the records of an index.
#ifndef GAZ_INDEXER_WALK_H
#define GAZ_INDEXER_WALK_H

#include <jansson.h>

#include "shim/index.h"

// Takes a record, whose JSON lives as long as the call and may be changed. Any status but GAZ_OK ends the
// walk and is returned.
typedef enum gaz_status gaz_walk_take(void *context, uint32_t docid, json_t *record, struct gaz_err *err);

// Gives TAKE each record that matches QUERY (NULL: all), in ascending docid: so the records of an issue come
// one after the other, its own first. Statuses of gaz_index_each, gaz_store_record and TAKE,
// which may read from INDEX.
enum gaz_status gaz_walk_records(struct gaz_index *index, const struct gaz_index_query *query,
                                 gaz_walk_take *take, void *context, struct gaz_err *err);

// The string of KEY; "" when there is none.
const char *gaz_walk_text(const json_t *record, const char *key);

#endif
