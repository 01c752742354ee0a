// SPDX-License-Identifier: GPL-2.0-or-later
//
// A query that finds nothing as it stands, made into the words in it.
#ifndef GAZ_SEARCHER_RELAX_H
#define GAZ_SEARCHER_RELAX_H

#include "searcher/archive.h"
#include "searcher/query.h"

// A tree that asks for a good part of the words in the phrases of QUERY and keeps its fields and exclusions.
// Words are those of a dictionary, the names of units that the authority file knows, and what is left between
// them; words that join others (的, 和) do not count. Beside them stand the runs of four characters and more
// that a title held has. *OUT is NULL when QUERY has no phrase that could be cut. GAZ_ERR_MEMORY,
// GAZ_ERR_LIMIT, the statuses of gaz_segment_words and of reading the index.
enum gaz_status gaz_relax(struct gaz_query *query, const struct gaz_archive *archive, struct gaz_arena *arena,
                          struct gaz_query **out, struct gaz_err *err);

#endif
