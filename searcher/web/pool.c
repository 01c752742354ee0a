// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/web/pool.h"

#include <pthread.h>
#include <stdint.h>
#include <sys/stat.h>
#include <time.h>

// Seconds after which an archive is opened again in any case: of an index on another machine (a stub file)
// nothing here tells that it has changed.
enum { AGE_MAX = 60 };

// What tells that the indexes have changed: a commit puts a new file in the folder, a compaction a new folder
// in the place of the old one.
struct stamp {
    uint64_t mark;
    time_t time; // of opening, by the monotonic clock
};

struct pooled {
    struct gaz_shelf shelf; // first: a shelf that comes back is this
    struct stamp stamp;
    struct pooled *next;
};

struct gaz_pool {
    const char *const *dirs;
    size_t dir_count;
    pthread_mutex_t lock; // of `free`
    struct pooled *free;
};

static uint64_t mix(uint64_t mark, uint64_t value) {
    return (mark ^ value) * 0x100000001B3; // FNV-1a, by words
}

static struct stamp stamp_now(const struct gaz_pool *pool) {
    struct stamp stamp = {.mark = 0xCBF29CE484222325};
    struct timespec time;
    struct stat info;
    for (size_t i = 0; i < pool->dir_count; i++) {
        if (stat(pool->dirs[i], &info) == 0) {
            stamp.mark = mix(stamp.mark, (uint64_t)info.st_dev);
            stamp.mark = mix(stamp.mark, (uint64_t)info.st_ino);
            stamp.mark = mix(stamp.mark, (uint64_t)info.st_mtim.tv_sec);
            stamp.mark = mix(stamp.mark, (uint64_t)info.st_mtim.tv_nsec);
        }
    }
    clock_gettime(CLOCK_MONOTONIC, &time);
    stamp.time = time.tv_sec;
    return stamp;
}

static bool is_fresh(const struct pooled *pooled, const struct stamp *now) {
    return pooled->stamp.mark == now->mark && now->time - pooled->stamp.time <= AGE_MAX;
}

static void discard(struct pooled *pooled) {
    gaz_shelf_close(&pooled->shelf);
    gaz_free(pooled);
}

static struct pooled *pop(struct gaz_pool *pool) {
    pthread_mutex_lock(&pool->lock);
    struct pooled *pooled = pool->free;
    if (pooled) {
        pool->free = pooled->next;
    }
    pthread_mutex_unlock(&pool->lock);
    return pooled;
}

static enum gaz_status open_one(const struct gaz_pool *pool, const struct stamp *stamp, struct pooled **out,
                                struct gaz_err *err) {
    struct pooled *pooled = gaz_calloc(1, sizeof *pooled);
    if (!pooled) {
        return gaz_err_memory(err);
    }
    pooled->stamp = *stamp;
    enum gaz_status status = gaz_shelf_open(pool->dirs, pool->dir_count, &pooled->shelf, err);
    if (status != GAZ_OK) {
        discard(pooled);
        return status;
    }
    *out = pooled;
    return GAZ_OK;
}

enum gaz_status gaz_pool_take(struct gaz_pool *pool, struct gaz_shelf **out, struct gaz_err *err) {
    const struct stamp stamp = stamp_now(pool); // before opening: a change in between is seen the next time
    struct pooled *pooled = pop(pool);
    while (pooled && !is_fresh(pooled, &stamp)) {
        discard(pooled);
        pooled = pop(pool);
    }
    enum gaz_status status = pooled ? GAZ_OK : open_one(pool, &stamp, &pooled, err);
    if (status == GAZ_OK) {
        *out = &pooled->shelf;
    }
    return status;
}

void gaz_pool_give(struct gaz_pool *pool, struct gaz_shelf *shelf) {
    struct pooled *pooled = (struct pooled *)shelf;
    pthread_mutex_lock(&pool->lock);
    pooled->next = pool->free;
    pool->free = pooled;
    pthread_mutex_unlock(&pool->lock);
}

enum gaz_status gaz_pool_new(const char *const *dirs, size_t dir_count, struct gaz_pool **out,
                             struct gaz_err *err) {
    struct gaz_shelf *shelf;
    struct gaz_pool *pool = gaz_calloc(1, sizeof *pool);
    if (!pool) {
        return gaz_err_memory(err);
    }
    pool->dirs = dirs;
    pool->dir_count = dir_count;
    pthread_mutex_init(&pool->lock, NULL);
    enum gaz_status status = gaz_pool_take(pool, &shelf, err);
    if (status != GAZ_OK) {
        gaz_pool_free(pool);
        return status;
    }
    gaz_pool_give(pool, shelf);
    *out = pool;
    return GAZ_OK;
}

void gaz_pool_free(struct gaz_pool *pool) {
    if (!pool) {
        return;
    }
    for (struct pooled *pooled = pop(pool); pooled; pooled = pop(pool)) {
        discard(pooled);
    }
    pthread_mutex_destroy(&pool->lock);
    gaz_free(pool);
}
