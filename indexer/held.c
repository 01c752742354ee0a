// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/held.h"

#include <string.h>

// The version of the rules that read files: to be changed when records of unchanged files come out
// differently.
#define RULES "2"

enum { HASH_DIGITS = GAZ_HASH_HEX - 1 };

void gaz_held_key(const char *issue, struct gaz_buf *out) {
    gaz_buf_printf(out, GAZ_HELD_PREFIX "%s", issue);
}

void gaz_held_manner(const struct gaz_authority *authority, const char *encoding, struct gaz_buf *out) {
    gaz_buf_printf(out, RULES " %s", authority ? gaz_authority_mark(authority) : "-");
    if (encoding)
        gaz_buf_printf(out, " %s", encoding);
}

static enum gaz_status set(struct gaz_index_writer *writer, const char *issue, const struct gaz_buf *value,
                           struct gaz_err *err) {
    struct gaz_buf key = GAZ_BUF_INIT;
    gaz_held_key(issue, &key);
    enum gaz_status status = gaz_buf_check(&key, err);
    if (status == GAZ_OK)
        status = gaz_buf_check(value, err);
    if (status == GAZ_OK)
        status = gaz_index_writer_set_metadata(writer, key.data,
                                               (struct gaz_index_bytes){value->data, value->len}, err);
    gaz_buf_free(&key);
    return status;
}

enum gaz_status gaz_held_set(struct gaz_index_writer *writer, const char *issue, const char *sha256,
                             const char *manner, struct gaz_err *err) {
    struct gaz_buf value = GAZ_BUF_INIT;
    gaz_buf_printf(&value, "%s %s", sha256, manner);
    enum gaz_status status = set(writer, issue, &value, err);
    gaz_buf_free(&value);
    return status;
}

enum gaz_status gaz_held_forget(struct gaz_index_writer *writer, const char *issue, struct gaz_err *err) {
    const struct gaz_buf nothing = GAZ_BUF_INIT;
    return set(writer, issue, &nothing, err);
}

static enum gaz_status split_value(const char *issue, const char *value, size_t len, struct gaz_held *out,
                                   struct gaz_err *err) {
    if (strspn(value, "0123456789abcdef") != HASH_DIGITS || value[HASH_DIGITS] != ' ')
        return gaz_err_set(err, GAZ_ERR_CORRUPT,
                           "what the index says of the file of %s is damaged: use --rebuild", issue);
    memcpy(out->sha256, value, HASH_DIGITS);
    out->sha256[HASH_DIGITS] = '\0';
    out->manner = gaz_strndup(value + HASH_DIGITS + 1, len - HASH_DIGITS - 1);
    return out->manner ? GAZ_OK : gaz_err_memory(err);
}

enum gaz_status gaz_held_get(struct gaz_index *index, const char *issue, struct gaz_held *out,
                             struct gaz_err *err) {
    struct gaz_buf key = GAZ_BUF_INIT;
    char *value = NULL;
    size_t len = 0;
    *out = (struct gaz_held){0};
    gaz_held_key(issue, &key);
    enum gaz_status status = gaz_buf_check(&key, err);
    if (status == GAZ_OK)
        status = gaz_index_metadata(index, key.data, &value, &len, err);
    if (status == GAZ_OK && len == 0)
        status = (out->manner = gaz_strndup("", 0)) ? GAZ_OK : gaz_err_memory(err);
    else if (status == GAZ_OK)
        status = split_value(issue, value, len, out, err);
    gaz_free(value);
    gaz_buf_free(&key);
    return status;
}

void gaz_held_free(struct gaz_held *held) {
    gaz_free(held->manner);
    *held = (struct gaz_held){0};
}
