// SPDX-License-Identifier: GPL-2.0-or-later
//
// Reading an issue whole: the stages in turn, file → records.
#ifndef GAZ_INDEXER_READ_H
#define GAZ_INDEXER_READ_H

#include "corpus/authority.h"
#include "corpus/record.h"

// What a read is told; zero is the default everywhere.
struct gaz_read_options {
    const char *encoding;                  // NULL: detected
    const struct gaz_authority *authority; // may be NULL
    gaz_diag_sink *diag;                   // where odd input is reported; may be NULL
    void *diag_context;
};

// Reads the file PATH; RECORDS live in ARENA, which is not freed here, with an error neither. Statuses of
// gaz_reader_load; GAZ_ERR_MEMORY.
enum gaz_status gaz_read_file(const char *path, const struct gaz_read_options *options,
                              struct gaz_arena *arena, struct gaz_records *records, struct gaz_err *err);

// As above from LEN bytes in memory; PATH only names them.
enum gaz_status gaz_read_bytes(const char *path, const char *raw, size_t len,
                               const struct gaz_read_options *options, struct gaz_arena *arena,
                               struct gaz_records *records, struct gaz_err *err);

#endif
