// SPDX-License-Identifier: GPL-2.0-or-later
#include "corpus/issue_id.h"

#include <stdbool.h>
#include <string.h>

#include "shim/hash.h"

const char *gaz_issue_stem(struct gaz_arena *arena, const char *path) {
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    return gaz_arena_strndup(arena, name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
}

static bool is_unreserved(char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           byte == '-' || byte == '_' || byte == '.';
}

// An id that is too long for a term of the index keeps its beginning; the hash of the whole stem tells it
// from others.
static void shorten_id(struct gaz_buf *id, const char *stem) {
    enum { KEPT = 96, HASH_DIGITS = 16 };
    char hex[GAZ_HASH_HEX], beginning[KEPT + 1] = "";
    struct gaz_hash hash;
    size_t kept = KEPT;
    gaz_hash_begin(&hash);
    gaz_hash_add(&hash, stem, strlen(stem));
    gaz_hash_end(&hash, hex);
    kept -= id->data[kept - 1] == '%' ? 1 : id->data[kept - 2] == '%' ? 2 : 0;
    memcpy(beginning, id->data, kept);
    gaz_buf_clear(id);
    gaz_buf_printf(id, "%s-%.*s", beginning, HASH_DIGITS, hex);
}

const char *gaz_issue_id(struct gaz_arena *arena, const char *stem) {
    struct gaz_buf id = GAZ_BUF_INIT;
    for (const char *at = stem; *at; at++) {
        if (is_unreserved(*at))
            gaz_buf_addch(&id, *at);
        else
            gaz_buf_printf(&id, "%%%02X", (unsigned char)*at);
    }
    if (id.status == GAZ_OK && id.len > GAZ_ISSUE_ID_MAX)
        shorten_id(&id, stem);
    const char *copy = id.status == GAZ_OK ? gaz_arena_strndup(arena, id.data, id.len) : NULL;
    gaz_buf_free(&id);
    return copy;
}

const char *gaz_issue_id_of(struct gaz_arena *arena, const char *path) {
    const char *stem = gaz_issue_stem(arena, path);
    return stem ? gaz_issue_id(arena, stem) : NULL;
}
