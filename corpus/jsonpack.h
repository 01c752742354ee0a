// SPDX-License-Identifier: GPL-2.0-or-later
//
// JSON in few bytes, for storing: a third of its text, read back without parsing. Keys of the record contract
// take one byte, so their table (in jsonpack.c) only ever grows at its end.
#ifndef GAZ_CORPUS_JSONPACK_H
#define GAZ_CORPUS_JSONPACK_H

#include <jansson.h>
#include <stddef.h>

#include "shim/mem.h"
#include "shim/status.h"

// Appends JSON to OUT. Reals keep six digits. GAZ_ERR_MEMORY, GAZ_ERR_LIMIT.
enum gaz_status gaz_json_pack(json_t *json, struct gaz_buf *out, struct gaz_err *err);

// The value that LEN bytes hold, keys in their order; dropped with json_decref. GAZ_ERR_CORRUPT,
// GAZ_ERR_MEMORY.
enum gaz_status gaz_json_unpack(const char *data, size_t len, json_t **out, struct gaz_err *err);

#endif
