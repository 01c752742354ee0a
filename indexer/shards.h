// SPDX-License-Identifier: GPL-2.0-or-later
//
// An index in several parts, so that it can lie on several machines: a folder with an index in each of its
// folders 1, 2, … and a Xapian stub file that names them, by which it is read as one. An issue lies in the
// part that its id falls to.
#ifndef GAZ_INDEXER_SHARDS_H
#define GAZ_INDEXER_SHARDS_H

#include "indexer/run.h"

enum { GAZ_SHARDS_MAX = 256 };

// How many parts the index DIR has; 0 when it is in one piece or there is none yet. GAZ_ERR_MEMORY.
enum gaz_status gaz_shards_count(const char *dir, size_t *count, struct gaz_err *err);
// Makes DIR a folder of COUNT parts, or sees that it is one. GAZ_ERR_ARGUMENT when there is an index of
// another number of parts, GAZ_ERR_IO.
enum gaz_status gaz_shards_make(const char *dir, size_t count, struct gaz_err *err);

// As gaz_run_index and gaz_run_remove, for an index in parts or in one piece.
enum gaz_status gaz_shards_index(const struct gaz_run_options *options, const char *const *files,
                                 size_t count, struct gaz_run_summary *summary, struct gaz_err *err);
enum gaz_status gaz_shards_remove(const char *dir, const char *const *issues, size_t count,
                                  struct gaz_err *err);

// Calls VISIT with the folder of each part in turn; of an index in one piece with DIR. Ends with the first
// status that is not GAZ_OK, and returns it.
typedef enum gaz_status gaz_shards_visit(void *context, const char *dir, struct gaz_err *err);
enum gaz_status gaz_shards_each(const char *dir, gaz_shards_visit *visit, void *context, struct gaz_err *err);

#endif
