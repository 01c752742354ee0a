// SPDX-License-Identifier: GPL-2.0-or-later
#include "corpus/jsonpack.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shim/utf8.h"
#include "shim/varint.h"

// Keys by number, from 1. Append only.
static const char *const keys[] = {
    "type",         "id",          "address", "document",   "text",      "page",         "page_label",
    "source",       "gazette",     "year",    "number",     "serial",    "encoding",     "bytes",
    "sha256",       "class",       "kind",    "section",    "numbers",   "code",         "key",
    "registration", "issuer",      "title",   "plan_title", "addressee", "signature",    "date",
    "pages",        "attachments", "n",       "attachment", "path",      "label",        "heading",
    "responsible",  "lead",        "others",  "table",      "row",       "columns",      "cells",
    "carried",      "confidence",  "people",  "name",       "role",      "photographer", "from",
    "relation",     "to",
};
enum { KEY_COUNT = sizeof keys / sizeof keys[0], OTHER_KEY = 0 };

// A value begins with a byte: its tag, or SMALL + a number below 64, or SHORT + the length of a string below
// 64. PAIRS are the spans of a source: arrays of an offset (from the end of the pair before) and a length.
enum tag {
    TAG_NULL,
    TAG_TRUE,
    TAG_FALSE,
    TAG_INTEGER,
    TAG_REAL,
    TAG_STRING,
    TAG_ARRAY,
    TAG_OBJECT,
    TAG_PAIRS
};
enum { SMALL = 0x40, SHORT = 0x80, SMALL_END = 0x40, DEPTH_MAX = 16, REAL_SIZE = 32 };

// --- packing ---

// Signed numbers become unsigned ones that are small when they are near 0.
static uint64_t fold_sign(json_int_t number) {
    return number < 0 ? ~((uint64_t)number << 1) : (uint64_t)number << 1;
}

static json_int_t unfold_sign(uint64_t number) {
    return (json_int_t)(number & 1 ? ~(number >> 1) : number >> 1);
}

static void pack_integer(json_int_t number, struct gaz_buf *out) {
    if (number >= 0 && number < SMALL_END) {
        gaz_buf_addch(out, (char)(SMALL + number));
        return;
    }
    gaz_buf_addch(out, TAG_INTEGER);
    gaz_varint_add(out, fold_sign(number));
}

static void pack_string(const json_t *json, struct gaz_buf *out) {
    size_t len = json_string_length(json);
    if (len < SMALL_END) {
        gaz_buf_addch(out, (char)(SHORT + len));
    } else {
        gaz_buf_addch(out, TAG_STRING);
        gaz_varint_add(out, len);
    }
    gaz_buf_add(out, json_string_value(json), len);
}

static void pack_real(double real, struct gaz_buf *out) {
    char digits[REAL_SIZE];
    int len = snprintf(digits, sizeof digits, "%.6g", real);
    gaz_buf_addch(out, TAG_REAL);
    gaz_varint_add(out, (uint64_t)len);
    gaz_buf_add(out, digits, (size_t)len);
}

static bool is_pair(const json_t *json) {
    return json_array_size(json) == 2 && json_is_integer(json_array_get(json, 0)) &&
           json_is_integer(json_array_get(json, 1));
}

static bool is_pairs(const json_t *json) {
    for (size_t i = 0; i < json_array_size(json); i++)
        if (!is_pair(json_array_get(json, i)))
            return false;
    return json_array_size(json) > 0;
}

static void pack_pairs(const json_t *json, struct gaz_buf *out) {
    uint64_t end = 0;
    gaz_buf_addch(out, TAG_PAIRS);
    gaz_varint_add(out, json_array_size(json));
    for (size_t i = 0; i < json_array_size(json); i++) {
        const json_t *pair = json_array_get(json, i);
        uint64_t offset = (uint64_t)json_integer_value(json_array_get(pair, 0));
        uint64_t length = (uint64_t)json_integer_value(json_array_get(pair, 1));
        gaz_varint_add(out, fold_sign((json_int_t)(offset - end)));
        gaz_varint_add(out, length);
        end = offset + length;
    }
}

// False when JSON, which stands in DEPTH arrays and objects, is too deep to be read back.
static bool pack_value(json_t *json, unsigned depth, struct gaz_buf *out);

static bool pack_array(json_t *json, unsigned depth, struct gaz_buf *out) {
    bool fits = true;
    if (is_pairs(json)) {
        pack_pairs(json, out);
        return true;
    }
    gaz_buf_addch(out, TAG_ARRAY);
    gaz_varint_add(out, json_array_size(json));
    for (size_t i = 0; i < json_array_size(json) && fits; i++)
        fits = pack_value(json_array_get(json, i), depth, out);
    return fits;
}

static void pack_key(const char *key, struct gaz_buf *out) {
    for (size_t i = 0; i < KEY_COUNT; i++) {
        if (strcmp(keys[i], key) == 0) {
            gaz_buf_addch(out, (char)(i + 1));
            return;
        }
    }
    gaz_buf_addch(out, OTHER_KEY);
    gaz_varint_add(out, strlen(key));
    gaz_buf_addstr(out, key);
}

static bool pack_object(json_t *json, unsigned depth, struct gaz_buf *out) {
    bool fits = true;
    gaz_buf_addch(out, TAG_OBJECT);
    gaz_varint_add(out, json_object_size(json));
    for (void *at = json_object_iter(json); at && fits; at = json_object_iter_next(json, at)) {
        pack_key(json_object_iter_key(at), out);
        fits = pack_value(json_object_iter_value(at), depth, out);
    }
    return fits;
}

static bool pack_value(json_t *json, unsigned depth, struct gaz_buf *out) {
    if (depth > DEPTH_MAX)
        return false;
    switch (json_typeof(json)) {
    case JSON_NULL:
        gaz_buf_addch(out, TAG_NULL);
        break;
    case JSON_TRUE:
        gaz_buf_addch(out, TAG_TRUE);
        break;
    case JSON_FALSE:
        gaz_buf_addch(out, TAG_FALSE);
        break;
    case JSON_INTEGER:
        pack_integer(json_integer_value(json), out);
        break;
    case JSON_REAL:
        pack_real(json_real_value(json), out);
        break;
    case JSON_STRING:
        pack_string(json, out);
        break;
    case JSON_ARRAY:
        return pack_array(json, depth + 1, out);
    case JSON_OBJECT:
        return pack_object(json, depth + 1, out);
    }
    return true;
}

enum gaz_status gaz_json_pack(json_t *json, struct gaz_buf *out, struct gaz_err *err) {
    if (!pack_value(json, 0, out))
        return gaz_err_set(err, GAZ_ERR_LIMIT, "a record is nested deeper than %d levels", DEPTH_MAX);
    return gaz_buf_check(out, err);
}

// --- unpacking ---
//
// NULL is returned for damage, which the source remembers, and when memory is short, which it does not.

static json_t *unpack_value(struct gaz_varint_source *source, unsigned depth);

static json_t *damaged(struct gaz_varint_source *source) {
    source->failed = true;
    return NULL;
}

static json_t *unpack_string(struct gaz_varint_source *source, size_t len) {
    const char *text = gaz_varint_bytes(source, len);
    if (source->failed || !gaz_utf8_is_valid(text, len))
        return damaged(source);
    return json_stringn_nocheck(text, len);
}

static json_t *unpack_real(struct gaz_varint_source *source) {
    char digits[REAL_SIZE] = "";
    size_t len = gaz_varint_count(source);
    if (len >= sizeof digits)
        return damaged(source);
    memcpy(digits, gaz_varint_bytes(source, len), len);
    double real = strtod(digits, NULL);
    return source->failed || !isfinite(real) ? damaged(source) : json_real(real);
}

// Drops ARRAY, or whatever is being made, after a failure.
static json_t *finished(json_t *made, bool ok) {
    if (ok)
        return made;
    json_decref(made);
    return NULL;
}

static json_t *unpack_pairs(struct gaz_varint_source *source) {
    json_t *array = json_array();
    size_t count = gaz_varint_count(source);
    uint64_t end = 0;
    bool ok = array;
    for (size_t i = 0; i < count && ok; i++) {
        uint64_t offset = end + (uint64_t)unfold_sign(gaz_varint_number(source));
        uint64_t length = gaz_varint_number(source);
        end = offset + length;
        ok = !source->failed &&
             json_array_append_new(array, json_pack("[II]", (json_int_t)offset, (json_int_t)length)) == 0;
    }
    return finished(array, ok && !source->failed);
}

static json_t *unpack_array(struct gaz_varint_source *source, unsigned depth) {
    json_t *array = json_array();
    size_t count = gaz_varint_count(source);
    bool ok = array;
    for (size_t i = 0; i < count && ok; i++)
        ok = json_array_append_new(array, unpack_value(source, depth)) == 0;
    return finished(array, ok && !source->failed);
}

// Keys of jansson end with a NUL.
static bool is_key(const char *key, size_t len) {
    return !memchr(key, '\0', len) && gaz_utf8_is_valid(key, len);
}

static bool unpack_member(struct gaz_varint_source *source, json_t *object, unsigned depth) {
    size_t number = (unsigned char)*gaz_varint_bytes(source, 1);
    if (source->failed || number > KEY_COUNT)
        return damaged(source) != NULL;
    const char *key = number == OTHER_KEY ? NULL : keys[number - 1];
    size_t len = key ? strlen(key) : gaz_varint_count(source);
    key = key ? key : gaz_varint_bytes(source, len);
    if (source->failed || !is_key(key, len))
        return damaged(source) != NULL;
    return json_object_setn_new_nocheck(object, key, len, unpack_value(source, depth)) == 0;
}

static json_t *unpack_object(struct gaz_varint_source *source, unsigned depth) {
    json_t *object = json_object();
    size_t count = gaz_varint_count(source);
    bool ok = object;
    for (size_t i = 0; i < count && ok; i++)
        ok = source->at < source->end ? unpack_member(source, object, depth) : damaged(source) != NULL;
    return finished(object, ok && !source->failed);
}

static json_t *unpack_tagged(struct gaz_varint_source *source, unsigned tag, unsigned depth) {
    switch (tag) {
    case TAG_NULL:
        return json_null();
    case TAG_TRUE:
        return json_true();
    case TAG_FALSE:
        return json_false();
    case TAG_INTEGER:
        return json_integer(unfold_sign(gaz_varint_number(source)));
    case TAG_REAL:
        return unpack_real(source);
    case TAG_STRING:
        return unpack_string(source, gaz_varint_count(source));
    case TAG_ARRAY:
        return unpack_array(source, depth + 1);
    case TAG_OBJECT:
        return unpack_object(source, depth + 1);
    case TAG_PAIRS:
        return unpack_pairs(source);
    default:
        return damaged(source);
    }
}

static json_t *unpack_value(struct gaz_varint_source *source, unsigned depth) {
    if (source->at == source->end || depth > DEPTH_MAX)
        return damaged(source);
    unsigned tag = (unsigned char)*source->at++;
    if (tag >= SHORT)
        return tag < SHORT + SMALL_END ? unpack_string(source, tag - SHORT) : damaged(source);
    return tag >= SMALL ? json_integer((json_int_t)(tag - SMALL)) : unpack_tagged(source, tag, depth);
}

enum gaz_status gaz_json_unpack(const char *data, size_t len, json_t **out, struct gaz_err *err) {
    struct gaz_varint_source source = {data, data + len, false};
    json_t *json = unpack_value(&source, 0);
    if (json && !source.failed && source.at == source.end) {
        *out = json;
        return GAZ_OK;
    }
    bool damage = source.failed || json;
    json_decref(json);
    return damage ? gaz_err_set(err, GAZ_ERR_CORRUPT, "a stored record is damaged: rebuild the index")
                  : gaz_err_memory(err);
}
