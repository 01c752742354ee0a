// SPDX-License-Identifier: GPL-2.0-or-later
//
// An archive for the tests of the searcher: records made by hand, indexed in a folder of its own.
#ifndef GAZ_TESTS_UNIT_SEARCH_FIXTURE_H
#define GAZ_TESTS_UNIT_SEARCH_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "corpus/fold.h"
#include "corpus/record.h"
#include "indexer/emit.h"
#include "searcher/archive.h"
#include "tests/support/folder.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

struct fixture {
    char dir[64];
    struct gaz_archive archive;
};

static enum gaz_status fixture_index(const char *dir, const struct gaz_records *records,
                                     struct gaz_err *err) {
    struct gaz_authority *authority = NULL;
    struct gaz_index_writer *writer = NULL;
    enum gaz_status status = gaz_authority_load(NULL, &authority, err);
    if (status == GAZ_OK) {
        status = gaz_index_writer_open(dir, &writer, err);
    }
    if (status == GAZ_OK) {
        status = gaz_emit_issue(writer, records, authority, err);
    }
    if (status == GAZ_OK) {
        status = gaz_index_writer_commit(writer, err);
    }
    gaz_index_writer_close(writer);
    gaz_authority_free(authority);
    return status;
}

// Indexes COUNT records (an issue's, that first) and opens the archive. For the state of a cmocka group.
static int fixture_open(struct fixture *fixture, struct gaz_record *records, size_t count) {
    struct gaz_err err = {0};
    struct gaz_record **items = gaz_calloc(count, sizeof *items);
    for (size_t i = 0; i < count; i++) {
        items[i] = &records[i];
    }
    const struct gaz_records all = {items, count, count};
    strcpy(fixture->dir, "/tmp/gaz-test-XXXXXX");
    enum gaz_status status = mkdtemp(fixture->dir) ? GAZ_OK : GAZ_ERR_IO;
    if (status == GAZ_OK) {
        status = fixture_index(fixture->dir, &all, &err);
    }
    const char *dirs[] = {fixture->dir};
    if (status == GAZ_OK) {
        status = gaz_archive_open(dirs, 1, &fixture->archive, &err);
    }
    gaz_free(items);
    if (status != GAZ_OK) {
        fprintf(stderr, "fixture: %s\n", err.message);
    }
    return status == GAZ_OK ? 0 : -1;
}

static void fixture_close(struct fixture *fixture) {
    gaz_archive_close(&fixture->archive);
    if (folder_remove(fixture->dir) != 0) {
        fprintf(stderr, "cannot remove %s\n", fixture->dir);
    }
}

#endif
