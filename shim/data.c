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

// Whether the data file NAME is in FOLDER; its path is then in PATH.
static bool is_in(const char *folder, const char *name, struct gaz_buf *path) {
    gaz_buf_clear(path);
    gaz_buf_printf(path, "%s/%s", folder, name);
    return path->status == GAZ_OK && access(path->data, R_OK) == 0;
}

// Puts the path of NAME into PATH, whether there is such a file or not.
static enum gaz_status find(const char *name, struct gaz_buf *path, struct gaz_err *err) {
    const char *named = getenv("GAZETTE_DATA");
    struct gaz_buf beside = GAZ_BUF_INIT;
    if (named && *named) {
        is_in(named, name, path);
        return gaz_buf_check(path, err);
    }
    enum gaz_status status = gaz_data_beside_program(GAZ_DATA_DIR, &beside, err);
    if (status == GAZ_OK && !is_in(beside.data, name, path) && !is_in(GAZ_DATA_INSTALLED, name, path)) {
        is_in(beside.data, name, path);
    }
    gaz_buf_free(&beside);
    return status == GAZ_OK ? gaz_buf_check(path, err) : status;
}

enum gaz_status gaz_data_path(const char *name, struct gaz_buf *path, struct gaz_err *err) {
    struct gaz_buf found = GAZ_BUF_INIT;
    enum gaz_status status = find(name, &found, err);
    if (status == GAZ_OK && access(found.data, R_OK) != 0) {
        status =
            gaz_err_set(err, GAZ_ERR_NOT_FOUND,
                        "no data file %s: set GAZETTE_DATA to the folder that holds %s", found.data, name);
    }
    gaz_buf_add(path, found.data, status == GAZ_OK ? found.len : 0);
    gaz_buf_free(&found);
    return status == GAZ_OK ? gaz_buf_check(path, err) : status;
}
