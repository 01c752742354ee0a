// SPDX-License-Identifier: GPL-2.0-or-later
//
// Archives for several threads: each takes one for as long as it answers, and always one that shows the
// newest commit.
#ifndef GAZ_SEARCHER_WEB_POOL_H
#define GAZ_SEARCHER_WEB_POOL_H

#include "searcher/web/shelf.h"

struct gaz_pool;

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
