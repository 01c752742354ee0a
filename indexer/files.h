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
};

// The files that PATHS name: a path that is no folder is taken as it is (whether it can be read shows later);
// in a folder, and the folders below it, every regular file whose name ends in .txt, in byte order of their
// paths, each folder entered once (symbolic links included). GAZ_ERR_NOT_FOUND when a folder holds no issue;
// GAZ_ERR_IO, GAZ_ERR_MEMORY.
enum gaz_status gaz_files_find(const char *const *paths, size_t count, struct gaz_arena *arena,
                               struct gaz_files *out, struct gaz_err *err);

#endif
