// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/shards.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "corpus/issue_id.h"

#define STUB "XAPIANDB"
#define LINE "auto %zu\n"

// DIR/NAME; freed with gaz_free. NULL when memory is short.
static char *join(const char *dir, const char *name) {
    struct gaz_buf path = GAZ_BUF_INIT;
    gaz_buf_printf(&path, "%s/%s", dir, name);
    char *taken = gaz_buf_take(&path);
    gaz_buf_free(&path);
    return taken;
}

static bool is_there(const char *dir, const char *name) {
    char *path = join(dir, name);
    bool there = path && access(path, F_OK) == 0;
    gaz_free(path);
    return there;
}

enum gaz_status gaz_shards_count(const char *dir, size_t *count, struct gaz_err *err) {
    char *path = join(dir, STUB);
    FILE *stub = path ? fopen(path, "re") : NULL;
    size_t number;
    *count = 0;
    while (stub && fscanf(stub, LINE, &number) == 1 && number == *count + 1) {
        ++*count;
    }
    if (stub) {
        fclose(stub);
    }
    enum gaz_status status = path ? GAZ_OK : gaz_err_memory(err);
    gaz_free(path);
    return status;
}

static enum gaz_status cannot_make(const char *path, struct gaz_err *err) {
    return gaz_err_set(err, GAZ_ERR_IO, "%s: cannot be made: %s", path, strerror(errno));
}

static enum gaz_status write_stub(const char *dir, size_t count, struct gaz_err *err) {
    char *path = join(dir, STUB);
    if (!path) {
        return gaz_err_memory(err);
    }
    FILE *stub = fopen(path, "we");
    for (size_t i = 1; i <= count && stub; i++) {
        fprintf(stub, LINE, i);
    }
    bool ok = stub && !ferror(stub);
    ok = stub && fclose(stub) == 0 && ok;
    enum gaz_status status = ok ? GAZ_OK : cannot_make(path, err);
    gaz_free(path);
    return status;
}

enum gaz_status gaz_shards_make(const char *dir, size_t count, struct gaz_err *err) {
    size_t held;
    enum gaz_status status = gaz_shards_count(dir, &held, err);
    if (status != GAZ_OK || held == count) {
        return status;
    }
    if (held > 0) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT,
                           "%s: this index has %zu shards: leave --shards out, or name a new folder", dir,
                           held);
    }
    if (is_there(dir, "iamglass")) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT,
                           "%s: this index has no shards: leave --shards out, or name a new folder", dir);
    }
    if (mkdir(dir, 0777) != 0 && errno != EEXIST) {
        return cannot_make(dir, err);
    }
    return write_stub(dir, count, err);
}

// --- parts

// The folder of part NUMBER, from 0.
static char *part_of(const char *dir, size_t number) {
    char name[32];
    snprintf(name, sizeof name, "%zu", number + 1);
    return join(dir, name);
}

// The part that an issue falls to: FNV-1a of its id.
static size_t choose(const char *issue, size_t count) {
    uint64_t hash = UINT64_C(14695981039346656037);
    for (; *issue; issue++) {
        hash = (hash ^ (unsigned char)*issue) * UINT64_C(1099511628211);
    }
    return (size_t)((hash ^ hash >> 32) % count);
}

enum gaz_status gaz_shards_each(const char *dir, gaz_shards_visit *visit, void *context,
                                struct gaz_err *err) {
    size_t count;
    enum gaz_status status = gaz_shards_count(dir, &count, err);
    if (status == GAZ_OK && count == 0) {
        return visit(context, dir, err);
    }
    for (size_t i = 0; i < count && status == GAZ_OK; i++) {
        char *part = part_of(dir, i);
        status = part ? visit(context, part, err) : gaz_err_memory(err);
        gaz_free(part);
    }
    return status;
}

// --- indexing

static enum gaz_status find_part(const char *file, size_t count, size_t *part, struct gaz_err *err) {
    struct gaz_arena *arena = gaz_arena_new();
    const char *issue = arena ? gaz_issue_id_of(arena, file) : NULL;
    *part = issue ? choose(issue, count) : 0;
    gaz_arena_free(arena);
    return issue ? GAZ_OK : gaz_err_memory(err);
}

static void add_summary(const struct gaz_run_summary *from, struct gaz_run_summary *to) {
    to->files += from->files;
    to->skipped += from->skipped;
    to->failed += from->failed;
    to->documents += from->documents;
    to->units += from->units;
}

struct indexing {
    const struct gaz_run_options *options;
    const char *const *files;
    const size_t *parts; // of the files
    const char **chosen; // room for those of one part
    size_t file_count, number;
    struct gaz_run_summary *summary;
};

static enum gaz_status index_part(void *context, const char *dir, struct gaz_err *err) {
    struct indexing *indexing = context;
    struct gaz_run_options options = *indexing->options;
    struct gaz_run_summary summary;
    size_t count = 0;
    options.index = dir;
    options.replicable = true;
    for (size_t i = 0; i < indexing->file_count; i++) {
        if (indexing->parts[i] == indexing->number) {
            indexing->chosen[count++] = indexing->files[i];
        }
    }
    indexing->number++;
    enum gaz_status status = gaz_run_index(&options, indexing->chosen, count, &summary, err);
    add_summary(&summary, indexing->summary);
    return status;
}

enum gaz_status gaz_shards_index(const struct gaz_run_options *options, const char *const *files,
                                 size_t count, struct gaz_run_summary *summary, struct gaz_err *err) {
    size_t shards, *parts = NULL;
    const char **chosen = NULL;
    enum gaz_status status = gaz_shards_count(options->index, &shards, err);
    if (status != GAZ_OK || shards == 0) {
        return status == GAZ_OK ? gaz_run_index(options, files, count, summary, err) : status;
    }
    *summary = (struct gaz_run_summary){0};
    parts = gaz_calloc(count + 1, sizeof *parts);
    chosen = gaz_calloc(count + 1, sizeof *chosen);
    status = parts && chosen ? GAZ_OK : gaz_err_memory(err);
    for (size_t i = 0; i < count && status == GAZ_OK; i++) {
        status = find_part(files[i], shards, &parts[i], err);
    }
    if (status == GAZ_OK) {
        struct indexing indexing = {options, files, parts, chosen, count, 0, summary};
        status = gaz_shards_each(options->index, index_part, &indexing, err);
    }
    gaz_free(parts);
    gaz_free(chosen);
    return status;
}

// --- removing

struct removing {
    const char *const *issues;
    const char **chosen; // room for those of one part
    size_t issue_count, number, part_count;
};

static enum gaz_status remove_part(void *context, const char *dir, struct gaz_err *err) {
    struct removing *removing = context;
    size_t count = 0;
    for (size_t i = 0; i < removing->issue_count; i++) {
        if (choose(removing->issues[i], removing->part_count) == removing->number) {
            removing->chosen[count++] = removing->issues[i];
        }
    }
    removing->number++;
    return count > 0 ? gaz_run_remove(dir, removing->chosen, count, err) : GAZ_OK;
}

enum gaz_status gaz_shards_remove(const char *dir, const char *const *issues, size_t count,
                                  struct gaz_err *err) {
    size_t shards;
    enum gaz_status status = gaz_shards_count(dir, &shards, err);
    if (status != GAZ_OK || shards == 0) {
        return status == GAZ_OK ? gaz_run_remove(dir, issues, count, err) : status;
    }
    status = gaz_run_require(dir, issues, count, err);
    const char **chosen = gaz_calloc(count + 1, sizeof *chosen);
    if (status == GAZ_OK && !chosen) {
        status = gaz_err_memory(err);
    }
    if (status == GAZ_OK) {
        struct removing removing = {issues, chosen, count, 0, shards};
        status = gaz_shards_each(dir, remove_part, &removing, err);
    }
    gaz_free(chosen);
    return status;
}
