// SPDX-License-Identifier: GPL-2.0-or-later
//
// When what has been written to an index is committed, and when the index is compacted.
#ifndef GAZ_INDEXER_BATCH_H
#define GAZ_INDEXER_BATCH_H

#include "shim/index.h"

struct gaz_batch {
    struct gaz_index_writer *writer;
    size_t memory;  // MiB, about, that may be used before a commit; 0: 64
    size_t pending; // bytes of text not committed yet; 0 at first, as the next
    size_t added;   // bytes of text in all
};

// BYTES of text are on their way into the writer.
void gaz_batch_add(struct gaz_batch *batch, size_t bytes);
// A whole issue has been written: commits when enough are pending.
enum gaz_status gaz_batch_issue(struct gaz_batch *batch, struct gaz_err *err);
// Commits the rest and, when much was added, compacts the index; then the writer can only be closed. That the
// compaction does not succeed is no error: the index is whole without it.
enum gaz_status gaz_batch_finish(struct gaz_batch *batch, struct gaz_err *err);

#endif
