// SPDX-License-Identifier: GPL-2.0-or-later
#include "shim/data.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum gaz_status gaz_data_beside_program(const char *relative, struct gaz_buf *path, struct gaz_err *err) {
    char program[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", program, sizeof program - 1);
    if (len < 0) {
        return gaz_err_set(err, GAZ_ERR_IO, "cannot tell where this program is: %s: set GAZETTE_DATA",
                           strerror(errno));
    }
    program[len] = '\0';
    const char *slash = strrchr(program, '/');
    gaz_buf_add(path, program, slash ? (size_t)(slash - program) : 0);
    gaz_buf_printf(path, "/%s", relative);
    return gaz_buf_check(path, err);
}

enum gaz_status gaz_data_path(const char *name, struct gaz_buf *path, struct gaz_err *err) {
    size_t start = path->len;
    const char *folder = getenv("GAZETTE_DATA");
    if (folder && *folder) {
        gaz_buf_addstr(path, folder);
    } else {
        enum gaz_status status = gaz_data_beside_program(GAZ_DATA_DIR, path, err);
        if (status != GAZ_OK) {
            return status;
        }
    }
    gaz_buf_printf(path, "/%s", name);
    if (path->status != GAZ_OK) {
        return gaz_buf_check(path, err);
    }
    if (access(path->data + start, R_OK) != 0) {
        return gaz_err_set(err, GAZ_ERR_NOT_FOUND,
                           "no data file %s: set GAZETTE_DATA to the folder that holds %s",
                           path->data + start, name);
    }
    return GAZ_OK;
}
