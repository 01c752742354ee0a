// SPDX-License-Identifier: GPL-2.0-or-later
//
// Which files to read: the paths of the command line, folders searched.
#ifndef GAZ_INDEXER_FILES_H
#define GAZ_INDEXER_FILES_H

#include <stddef.h>

#include "shim/mem.h"
#include "shim/status.h"

struct gaz_files {
    const char **items; // in the arena given
    size_t count;
    size_t unreadable; // folders that could not be read, and entries of folders
};

// The files that PATHS name: a path that is no folder is taken as it is (whether it can be read shows later);
// in a folder, and the folders below it, everything that is no folder and an issue by its name (.txt, .pdf,
// .docx, .html, .htm; of files that differ only in that a .txt stands for the others), in byte order of their
// paths, each folder entered once (symbolic links included). What a folder has that cannot be looked into is
// a diagnostic, and the rest is found. DIAG may be NULL. GAZ_ERR_NOT_FOUND when a folder holds no issue;
// GAZ_ERR_IO, GAZ_ERR_MEMORY.
enum gaz_status gaz_files_find(const char *const *paths, size_t count, gaz_diag_sink *diag,
                               void *diag_context, struct gaz_arena *arena, struct gaz_files *out,
                               struct gaz_err *err);

#endif
