// SPDX-License-Identifier: GPL-2.0-or-later
//
// A run over files: read each, give its records to a sink (the dump or the index), count.
#ifndef GAZ_INDEXER_RUN_H
#define GAZ_INDEXER_RUN_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "corpus/authority.h"
#include "shim/index.h"

// The code of the diagnostic about a file that cannot be read.
#define GAZ_RUN_UNREADABLE "unreadable"

// How far an update is with the files that it has to read.
struct gaz_run_progress {
    size_t files, file_count;
    uint64_t bytes, byte_count;
};
// Takes it before the first file and behind each.
typedef void gaz_run_progress_sink(void *context, const struct gaz_run_progress *progress);

struct gaz_run_options {
    const char *index;    // folder of the index
    const char *encoding; // NULL: detected
    bool rebuild;         // unchanged files too
    bool strict;          // the first unreadable file ends the run
    size_t jobs;          // processes that read files; 0 or 1: this one does
    bool replicable;      // a new index can be copied by xapian-replicate; it is larger
    size_t memory;        // MiB, about, that an update may use before it commits; 0: 64
    const struct gaz_authority *authority;
    gaz_diag_sink *diag; // odd input and files that cannot be read; may be NULL
    void *diag_context;
    gaz_run_progress_sink *progress; // may be NULL
    void *progress_context;
};

struct gaz_run_summary {
    size_t files;   // read
    size_t skipped; // unchanged
    size_t failed;  // could not be read; each is a diagnostic
    size_t documents, units;
};

// Prints the records of FILES as NDJSON to TO, an issue at a time. A file that cannot be read is a diagnostic
// (an error when STRICT); GAZ_ERR_IO when TO cannot be written.
enum gaz_status gaz_run_dump(const struct gaz_run_options *options, const char *const *files, size_t count,
                             FILE *to, struct gaz_run_summary *summary, struct gaz_err *err);

// Prints to TO the text of each of FILES, in which the spans of its records are. As gaz_run_dump otherwise.
enum gaz_status gaz_run_text(const struct gaz_run_options *options, const char *const *files, size_t count,
                             FILE *to, struct gaz_run_summary *summary, struct gaz_err *err);

// Adds or updates FILES in the index, in their order; each issue is committed whole, some issues at a time.
// The index depends neither on JOBS nor on MEMORY. Statuses of gaz_index_writer_open and gaz_job_run.
enum gaz_status gaz_run_index(const struct gaz_run_options *options, const char *const *files, size_t count,
                              struct gaz_run_summary *summary, struct gaz_err *err);

// Removes issues by id. GAZ_ERR_NOT_FOUND names one that is not held; then nothing is removed.
enum gaz_status gaz_run_remove(const char *index, const char *const *issues, size_t count,
                               struct gaz_err *err);

// GAZ_ERR_NOT_FOUND names one of ISSUES that is not held.
enum gaz_status gaz_run_require(const char *index, const char *const *issues, size_t count,
                                struct gaz_err *err);

// Makes the index as small as it can be without reading files again. Statuses of gaz_index_writer_open and
// gaz_index_writer_compact; the index is whole after an error, too.
enum gaz_status gaz_run_compact(const char *index, struct gaz_err *err);

// Prints the issues held, one a line: id, gazette, address, serial, parted by tabs.
enum gaz_status gaz_run_list(const char *index, FILE *to, struct gaz_err *err);

// Prints counts: issues, documents and other records by type; unit names that the authority file does not
// know.
enum gaz_status gaz_run_stats(const char *index, const struct gaz_authority *authority, FILE *to,
                              struct gaz_err *err);

// What a check has looked at.
struct gaz_run_check {
    size_t issues, records;
    size_t compared; // issues whose terms were compared with their records
};

// Verifies the index: the back end's own check; the data of each record against their hash; every record can
// be decoded and carries its id, which no other has; issues are those that were read from files with their
// hashes; of some issues, the terms are those of the records. FULL: of all issues, and every posting is
// counted. Terms of issues that were read by other rules or with another authority file cannot be compared.
// GAZ_ERR_CORRUPT with the first damage, GAZ_ERR_VERSION, GAZ_ERR_BUSY when the index was changed meanwhile.
enum gaz_status gaz_run_check(const char *index, const struct gaz_authority *authority, bool full,
                              struct gaz_run_check *out, struct gaz_err *err);

// Prints all that the index holds to TO, as gaz_run_import reads it: the records as NDJSON, an issue at a
// time. An issue has two keys more than in the dump, `records`, how many it has with itself, and `read_as`,
// in which manner its file was read. A last line of the type `end` counts `issues` and `records`. GAZ_ERR_IO
// when TO cannot be written, GAZ_ERR_BUSY when the index was changed meanwhile.
enum gaz_status gaz_run_export(const char *index, FILE *to, struct gaz_err *err);

// Adds the issues that FROM (called NAME in messages) has to the index of OPTIONS, as if their files had been
// read; such as are held already are replaced. Each is committed whole. GAZ_ERR_CORRUPT names a line that is
// not from an export, or tells that the end is missing: then the issues before it are in the index.
enum gaz_status gaz_run_import(const struct gaz_run_options *options, FILE *from, const char *name,
                               struct gaz_run_summary *summary, struct gaz_err *err);

#endif
