// SPDX-License-Identifier: GPL-2.0-or-later
//
// The sample issues of corpus/issues as an archive, for tests that ask questions of whole gazettes. Tests run
// in the root of the source tree.
#ifndef GAZ_TESTS_UNIT_SAMPLE_ARCHIVE_H
#define GAZ_TESTS_UNIT_SAMPLE_ARCHIVE_H

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "indexer/emit.h"
#include "indexer/read.h"
#include "searcher/archive.h"
#include "tests/support/folder.h"

struct sample_archive {
    char dir[64];
    struct gaz_archive archive;
};

// Reads and adds one issue.
static enum gaz_status sample_add(struct gaz_index_writer *writer, const struct gaz_authority *authority,
                                  const char *path, struct gaz_err *err) {
    const struct gaz_read_options options = {.authority = authority};
    struct gaz_records records = {0};
    struct gaz_arena *arena = gaz_arena_new();
    enum gaz_status status =
        arena ? gaz_read_file(path, &options, arena, &records, err) : gaz_err_memory(err);
    if (status == GAZ_OK) {
        status = gaz_emit_issue(writer, &records, authority, err);
    }
    gaz_arena_free(arena);
    return status;
}

static enum gaz_status sample_index(const char *dir, const glob_t *paths, struct gaz_err *err) {
    struct gaz_authority *authority = NULL;
    struct gaz_index_writer *writer = NULL;
    enum gaz_status status = gaz_authority_load(NULL, &authority, err);
    if (status == GAZ_OK) {
        status = gaz_index_writer_open(dir, &writer, err);
    }
    for (size_t i = 0; i < paths->gl_pathc && status == GAZ_OK; i++) {
        status = sample_add(writer, authority, paths->gl_pathv[i], err);
    }
    if (status == GAZ_OK) {
        status = gaz_index_writer_commit(writer, err);
    }
    gaz_index_writer_close(writer);
    gaz_authority_free(authority);
    return status;
}

// For the set-up of a cmocka group. MORE (may be NULL): a pattern of other issues that are added where there
// are any.
static int sample_open_with(struct sample_archive *sample, const char *more) {
    struct gaz_err err = {0};
    glob_t paths;
    const char *dirs[] = {sample->dir};
    strcpy(sample->dir, "/tmp/gaz-test-XXXXXX");
    if (glob("corpus/issues/*.txt", 0, NULL, &paths) != 0 || !mkdtemp(sample->dir)) {
        return -1;
    }
    if (more) {
        (void)glob(more, GLOB_APPEND, NULL, &paths);
    }
    enum gaz_status status = sample_index(sample->dir, &paths, &err);
    globfree(&paths);
    if (status == GAZ_OK) {
        status = gaz_archive_open(dirs, 1, &sample->archive, &err);
    }
    if (status != GAZ_OK) {
        fprintf(stderr, "sample archive: %s\n", err.message);
    }
    return status == GAZ_OK ? 0 : -1;
}

static inline int sample_open(struct sample_archive *sample) {
    return sample_open_with(sample, NULL);
}

static int sample_close(struct sample_archive *sample) {
    gaz_archive_close(&sample->archive);
    return folder_remove(sample->dir);
}

#endif
