// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/batch.h"

enum {
    MEMORY_DEFAULT = 64,     // MiB; the caches of processors prefer less to more
    MEMORY_PER_BYTE = 24,    // what a byte of text takes until it is committed
    COMPACT_LEAST = 1 << 20, // bytes of text; less is not worth it
    COMPACT_SHARE = 4        // nor is less than the index divided by this
};

void gaz_batch_add(struct gaz_batch *batch, size_t bytes) {
    batch->pending += bytes;
    batch->added += bytes;
}

enum gaz_status gaz_batch_issue(struct gaz_batch *batch, struct gaz_err *err) {
    size_t memory = batch->memory > 0 ? batch->memory : MEMORY_DEFAULT;
    if (batch->pending < (memory << 20) / MEMORY_PER_BYTE)
        return GAZ_OK;
    batch->pending = 0;
    return gaz_index_writer_commit(batch->writer, err);
}

// After much was added, the index has twice the size that it could have.
static void compact(struct gaz_batch *batch) {
    if (batch->added >= COMPACT_LEAST && batch->added >= gaz_index_writer_size(batch->writer) / COMPACT_SHARE)
        gaz_index_writer_compact(batch->writer, NULL);
}

enum gaz_status gaz_batch_finish(struct gaz_batch *batch, struct gaz_err *err) {
    enum gaz_status status = batch->pending > 0 ? gaz_index_writer_commit(batch->writer, err) : GAZ_OK;
    if (status == GAZ_OK)
        compact(batch);
    return status;
}
