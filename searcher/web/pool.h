// SPDX-License-Identifier: GPL-2.0-or-later
//
// Archives for several threads: each takes one for as long as it answers, and always one that shows the
// newest commit.
#ifndef GAZ_SEARCHER_WEB_POOL_H
#define GAZ_SEARCHER_WEB_POOL_H

#include "searcher/archive.h"
#include "searcher/names.h"

struct gaz_pool;

// An archive with the names of issues that pages have asked for, which are on nearly every page.
struct gaz_shelf {
    struct gaz_archive archive;
    struct gaz_arena *arena;
    struct gaz_names ids; // of issues
    const char **names;   // by the number of the id; NULL: not read yet
    size_t name_count, name_capacity;
};

// The name of the issue with ID as people call it: its gazette and number; the id when it has neither. Lives
// as long as the shelf is held. GAZ_ERR_NOT_FOUND, GAZ_ERR_MEMORY, the statuses of reading.
enum gaz_status gaz_shelf_issue_name(struct gaz_shelf *shelf, const char *id, const char **out,
                                     struct gaz_err *err);

// The indexes DIRS (borrowed), opened as one. One archive is opened at once, so that a wrong index is told at
// the start: statuses of gaz_archive_open. Freed with gaz_pool_free (NULL allowed), when all archives are
// back.
enum gaz_status gaz_pool_new(const char *const *dirs, size_t dir_count, struct gaz_pool **out,
                             struct gaz_err *err);
void gaz_pool_free(struct gaz_pool *pool);

// Takes a shelf, opening another one where all are taken or where the index has changed since. Statuses of
// gaz_archive_open. Given back with gaz_pool_give.
enum gaz_status gaz_pool_take(struct gaz_pool *pool, struct gaz_shelf **out, struct gaz_err *err);
void gaz_pool_give(struct gaz_pool *pool, struct gaz_shelf *shelf);

#endif
