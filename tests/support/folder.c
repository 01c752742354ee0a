// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/support/folder.h"

#include <ftw.h>
#include <stdio.h>

enum { FILES_OPEN = 8 };

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *walk) {
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

int folder_remove(const char *path) {
    return nftw(path, remove_entry, FILES_OPEN, FTW_DEPTH | FTW_PHYS);
}
