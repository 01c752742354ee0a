// SPDX-License-Identifier: GPL-2.0-or-later
#include "corpus/term.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "corpus/fold.h"
#include "shim/unicode.h"

enum { HASH_DIGITS = 16 };

// FNV-1a, 64 bits.
static uint64_t hash(const char *bytes, size_t len) {
    uint64_t value = 14695981039346656037U;
    for (size_t i = 0; i < len; i++) {
        value = (value ^ (unsigned char)bytes[i]) * 1099511628211U;
    }
    return value;
}

static void append(struct gaz_term *term, const char *bytes, size_t len) {
    memcpy(term->bytes + term->len, bytes, len);
    term->len += len;
}

// The largest number of bytes, at most ROOM, that ends between characters of TEXT (longer than ROOM).
static size_t whole_characters(const char *text, size_t room) {
    while (room > 0 && ((unsigned char)text[room] & 0xC0) == 0x80) {
        room--;
    }
    return room;
}

void gaz_term_make(const char *prefix, const char *text, size_t len, struct gaz_term *out) {
    out->len = 0;
    append(out, prefix, strlen(prefix));
    if (len > 0 && text[0] >= 'A' && text[0] <= 'Z') {
        append(out, ":", 1);
    }
    size_t room = sizeof out->bytes - out->len;
    if (len <= room) {
        append(out, text, len);
        return;
    }
    char digits[HASH_DIGITS + 1];
    snprintf(digits, sizeof digits, "%016" PRIx64, hash(text, len));
    append(out, text, whole_characters(text, room - HASH_DIGITS));
    append(out, digits, HASH_DIGITS);
}

enum gaz_status gaz_term_make_folded(const char *prefix, const char *text, size_t len, struct gaz_term *out,
                                     struct gaz_err *err) {
    struct gaz_buf folded = GAZ_BUF_INIT;
    gaz_fold_append(text, len, GAZ_FOLD_FULL, &folded);
    gaz_term_make(prefix, folded.data, folded.len, out);
    enum gaz_status status = gaz_buf_check(&folded, err);
    gaz_buf_free(&folded);
    return status;
}

struct gaz_index_bytes gaz_term_bytes(const struct gaz_term *term) {
    return (struct gaz_index_bytes){term->bytes, term->len};
}

const char *gaz_term_text(struct gaz_index_bytes bytes, const char *prefix, size_t *len) {
    size_t at = strlen(prefix);
    if (bytes.len < at || memcmp(bytes.data, prefix, at) != 0) {
        return NULL;
    }
    if (at < bytes.len && bytes.data[at] >= 'A' && bytes.data[at] <= 'Z') {
        return NULL; // a longer prefix
    }
    if (at + 1 < bytes.len && bytes.data[at] == ':' && bytes.data[at + 1] >= 'A' &&
        bytes.data[at + 1] <= 'Z') {
        at++;
    }
    *len = bytes.len - at;
    return bytes.data + at;
}
