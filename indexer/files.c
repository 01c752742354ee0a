// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/files.h"

#include <errno.h>
#include <fts.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

static bool add_file(struct gaz_files *files, struct gaz_arena *arena, const char *path) {
    if ((files->count & (files->count - 1)) == 0) { // 0, 1, 2, 4, 8 …: the room doubles
        const char **items = gaz_arena_alloc(arena, (files->count ? 2 * files->count : 1) * sizeof *items);
        if (!items)
            return false;
        if (files->count > 0)
            memcpy(items, files->items, files->count * sizeof *items);
        files->items = items;
    }
    files->items[files->count] = gaz_arena_strndup(arena, path, strlen(path));
    return files->items[files->count++] != NULL;
}

static bool is_issue_name(const char *name) {
    size_t len = strlen(name);
    return len > 4 && strcmp(name + len - 4, ".txt") == 0 && name[0] != '.';
}

static int by_name(const FTSENT **a, const FTSENT **b) {
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

// FTS keeps from entering a folder twice on one way down, so a loop of links ends.
static enum gaz_status walk_folder(const char *folder, struct gaz_arena *arena, struct gaz_files *files,
                                   struct gaz_err *err) {
    enum gaz_status status = GAZ_OK;
    char *path = gaz_strndup(folder, strlen(folder));
    char *roots[] = {path, NULL};
    FTS *walk = path ? fts_open(roots, FTS_LOGICAL | FTS_NOCHDIR, by_name) : NULL;
    size_t before = files->count;
    if (!walk)
        status = path ? gaz_err_set(err, GAZ_ERR_IO, "cannot read the folder %s: %s", folder, strerror(errno))
                      : gaz_err_memory(err);
    for (FTSENT *entry; walk && status == GAZ_OK && (entry = fts_read(walk));) {
        if (entry->fts_info == FTS_DNR)
            status = gaz_err_set(err, GAZ_ERR_IO, "cannot read the folder %s: %s", entry->fts_path,
                                 strerror(entry->fts_errno));
        else if (entry->fts_info == FTS_F && is_issue_name(entry->fts_name) &&
                 !add_file(files, arena, entry->fts_path))
            status = gaz_err_memory(err);
    }
    if (walk)
        fts_close(walk);
    gaz_free(path);
    if (status == GAZ_OK && files->count == before)
        status = gaz_err_set(err, GAZ_ERR_NOT_FOUND,
                             "no issue (*.txt) in the folder %s: name its files one by one", folder);
    return status;
}

enum gaz_status gaz_files_find(const char *const *paths, size_t count, struct gaz_arena *arena,
                               struct gaz_files *out, struct gaz_err *err) {
    enum gaz_status status = GAZ_OK;
    *out = (struct gaz_files){0};
    for (size_t i = 0; i < count && status == GAZ_OK; i++) {
        struct stat info;
        if (stat(paths[i], &info) == 0 && S_ISDIR(info.st_mode))
            status = walk_folder(paths[i], arena, out, err);
        else if (!add_file(out, arena, paths[i]))
            status = gaz_err_memory(err);
    }
    return status;
}
