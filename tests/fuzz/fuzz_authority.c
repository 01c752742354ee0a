// SPDX-License-Identifier: GPL-2.0-or-later
//
// The authority file, which people may edit: any bytes are one, or an error that names the line.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tests/support/property.h"

// A file in memory with BYTES in it; its path goes to PATH.
static int make_file(struct gaz_str bytes, char *path, size_t path_size) {
    int file = memfd_create("authority", MFD_CLOEXEC);
    require(file >= 0 && write(file, bytes.data, bytes.len) == (ssize_t)bytes.len, "there is a file");
    snprintf(path, path_size, "/proc/self/fd/%d", file);
    return file;
}

static void check_names(const struct gaz_authority *authority, struct gaz_str bytes) {
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_unit_keys keys;
    require(arena != NULL, "there is memory");
    for (size_t at = 0; at < bytes.len;) {
        size_t len = strcspn(bytes.data + at, "\t\n|");
        require(gaz_authority_keys(authority, bytes.data + at, len, NULL, arena, &keys, NULL) == GAZ_OK &&
                    keys.count > 0,
                "a name in the file has a key");
        at += len + 1;
    }
    gaz_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct input input = {(const char *)data, size};
    char *text = input_text(&input);
    struct gaz_str bytes = gaz_str_of(text);
    struct gaz_authority *authority = NULL;
    struct gaz_err err = {0};
    char path[64];
    int file = make_file((struct gaz_str){(const char *)data, size}, path, sizeof path);
    enum gaz_status status = gaz_authority_load(path, &authority, &err);
    require(status == GAZ_OK || (status == GAZ_ERR_CORRUPT && strstr(err.message, "line")),
            "a file is loaded, or the line that is wrong is told");
    if (status == GAZ_OK)
        check_names(authority, bytes);
    gaz_authority_free(authority);
    close(file);
    free(text);
    return 0;
}
