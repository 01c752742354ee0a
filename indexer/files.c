// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/files.h"

#include <errno.h>
#include <fts.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

#include "indexer/reader.h"
#include "indexer/run.h"

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

// Whether the text of the issue PATH stands beside it: a.txt is read, not the a.pdf that it was made from.
// *OUT_OF_MEMORY when that cannot be told.
static bool has_text_beside(const char *path, struct gaz_arena *arena, bool *out_of_memory) {
    static const char suffix[] = ".txt";
    const char *dot = strrchr(path, '.');
    size_t stem = (size_t)(dot - path);
    struct stat info;
    if (strcmp(dot, suffix) == 0)
        return false;
    char *text = gaz_arena_alloc(arena, stem + sizeof suffix);
    *out_of_memory = text == NULL;
    if (!text)
        return false;
    memcpy(text, path, stem);
    memcpy(text + stem, suffix, sizeof suffix);
    return stat(text, &info) == 0 && S_ISREG(info.st_mode);
}

static int by_name(const FTSENT **a, const FTSENT **b) {
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

// A search, and where it tells of what it cannot look into.
struct search {
    struct gaz_arena *arena;
    struct gaz_files *files;
    gaz_diag_sink *diag;
    void *diag_context;
};

static void report_entry(const struct search *search, const FTSENT *entry) {
    search->files->unreadable++;
    gaz_diag_report(search->diag, search->diag_context, entry->fts_path, 0, 0, GAZ_RUN_UNREADABLE,
                    "cannot look into it: %s", strerror(entry->fts_errno));
}

// FTS keeps from entering a folder twice on one way down, so a loop of links ends.
static void report_loop(const struct search *search, const FTSENT *entry) {
    gaz_diag_report(search->diag, search->diag_context, entry->fts_path, 0, 0, "loop",
                    "it leads back to %s, which is read already", entry->fts_cycle->fts_path);
}

static bool take_issue(const struct search *search, const char *path) {
    bool out_of_memory = false;
    if (has_text_beside(path, search->arena, &out_of_memory))
        return true;
    return !out_of_memory && add_file(search->files, search->arena, path);
}

// False when memory is out. What is no regular file is taken as well: reading it tells what is wrong.
static bool take_entry(const struct search *search, const FTSENT *entry) {
    switch (entry->fts_info) {
    case FTS_DNR:
    case FTS_NS:
    case FTS_ERR:
        report_entry(search, entry);
        return true;
    case FTS_DC:
        report_loop(search, entry);
        return true;
    case FTS_F:
    case FTS_SLNONE:
    case FTS_DEFAULT:
        return !gaz_reader_is_issue(entry->fts_name) || take_issue(search, entry->fts_path);
    default:
        return true;
    }
}

static enum gaz_status walk_folder(const struct search *search, const char *folder, struct gaz_err *err) {
    enum gaz_status status = GAZ_OK;
    char *path = gaz_strndup(folder, strlen(folder));
    char *roots[] = {path, NULL};
    FTS *walk = path ? fts_open(roots, FTS_LOGICAL | FTS_NOCHDIR, by_name) : NULL;
    if (!walk)
        status = path ? gaz_err_set(err, GAZ_ERR_IO, "cannot read the folder %s: %s", folder, strerror(errno))
                      : gaz_err_memory(err);
    for (FTSENT *entry; walk && status == GAZ_OK && (entry = fts_read(walk));)
        status = take_entry(search, entry) ? GAZ_OK : gaz_err_memory(err);
    if (walk)
        fts_close(walk);
    gaz_free(path);
    return status;
}

static enum gaz_status find_in_folder(const struct search *search, const char *folder, struct gaz_err *err) {
    const struct gaz_files before = *search->files;
    enum gaz_status status = walk_folder(search, folder, err);
    if (status == GAZ_OK && search->files->count == before.count &&
        search->files->unreadable == before.unreadable)
        status = gaz_err_set(
            err, GAZ_ERR_NOT_FOUND,
            "no issue (*.txt, *.pdf, *.docx, *.html) in the folder %s: name its files one by one", folder);
    return status;
}

enum gaz_status gaz_files_find(const char *const *paths, size_t count, gaz_diag_sink *diag,
                               void *diag_context, struct gaz_arena *arena, struct gaz_files *out,
                               struct gaz_err *err) {
    const struct search search = {arena, out, diag, diag_context};
    enum gaz_status status = GAZ_OK;
    *out = (struct gaz_files){0};
    for (size_t i = 0; i < count && status == GAZ_OK; i++) {
        struct stat info;
        if (stat(paths[i], &info) == 0 && S_ISDIR(info.st_mode))
            status = find_in_folder(&search, paths[i], err);
        else if (!add_file(out, arena, paths[i]))
            status = gaz_err_memory(err);
    }
    return status;
}
