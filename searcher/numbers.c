// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/numbers.h"

#include <inttypes.h>
#include <string.h>

#include "corpus/numeral.h"
#include "corpus/text.h"
#include "shim/unicode.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

struct reader {
    struct gaz_arena *arena;
    struct gaz_docnums *out;
    size_t capacity;
    struct gaz_err *err;
};

static enum gaz_status refuse(const struct reader *reader, struct gaz_str text) {
    char *copy = gaz_arena_strndup(reader->arena, text.data, text.len);
    return copy ? gaz_err_set(reader->err, GAZ_ERR_QUERY,
                              "\"%s\" is no document number: write it like 国办发〔2023〕5号",
                              gaz_quote(copy).text)
                : gaz_err_memory(reader->err);
}

static enum gaz_status add(struct reader *reader, const struct gaz_docnum *number) {
    struct gaz_docnums *out = reader->out;
    if (out->count == GAZ_NUMBERS_MAX) {
        return gaz_err_set(reader->err, GAZ_ERR_QUERY, "more than %d numbers: ask for fewer, or use --batch",
                           GAZ_NUMBERS_MAX);
    }
    if (out->count == reader->capacity) {
        size_t capacity = reader->capacity ? 2 * reader->capacity : 4;
        struct gaz_docnum *items = gaz_arena_alloc(reader->arena, capacity * sizeof *items);
        if (!items) {
            return gaz_err_memory(reader->err);
        }
        if (out->count > 0) {
            memcpy(items, out->items, out->count * sizeof *items);
        }
        out->items = items;
        reader->capacity = capacity;
    }
    out->items[out->count++] = *number;
    return GAZ_OK;
}

// Sets *IS to whether TEXT is one number, and *NUMBER then.
static enum gaz_status parse(const struct reader *reader, struct gaz_str text, struct gaz_docnum *number,
                             bool *is) {
    struct gaz_err reason = {0};
    enum gaz_status status = gaz_docnum_parse(text.data, text.len, reader->arena, number, &reason);
    *is = status == GAZ_OK;
    if (status == GAZ_OK || status == GAZ_ERR_NOT_FOUND) {
        return GAZ_OK;
    }
    return gaz_err_set(reader->err, status, "%s", reason.message);
}

// --- ranges ---

static const char *const range_signs[] = {"-", "–", "—", "~", "～", "至", "－"};

bool gaz_range_split(struct gaz_str text, struct gaz_str *first, struct gaz_str *last) {
    for (size_t at = text.len; at-- > 0;) {
        for (size_t i = 0; i < COUNT(range_signs); i++) {
            if (gaz_str_starts(gaz_str_from(text, at), range_signs[i])) {
                *first = gaz_str_trim((struct gaz_str){text.data, at});
                *last = gaz_str_trim(gaz_str_from(text, at + strlen(range_signs[i])));
                return true;
            }
        }
    }
    return false;
}

// The last serial of a range: nothing but a numeral and 号.
static bool read_end(struct gaz_str text, uint64_t *last) {
    struct gaz_str rest = gaz_str_trim(text);
    size_t length = gaz_numeral_read(rest.data, rest.len, last);
    rest = gaz_str_trim(gaz_str_from(rest, length));
    return length > 0 &&
           (rest.len == 0 || gaz_str_equal(rest, gaz_str_of("号")) || gaz_str_equal(rest, gaz_str_of("號")));
}

static enum gaz_status add_range(struct reader *reader, const struct gaz_docnum *first, uint64_t last) {
    enum gaz_status status = GAZ_OK;
    for (uint64_t serial = first->serial; serial <= last && status == GAZ_OK; serial++) {
        struct gaz_buf text = GAZ_BUF_INIT;
        struct gaz_docnum number;
        bool is = false;
        gaz_buf_printf(&text, first->year > 0 ? "%s〔%d〕" : "%s第", first->code, first->year);
        gaz_buf_printf(&text, "%" PRIu64 "号", serial);
        status = gaz_buf_check(&text, reader->err);
        if (status == GAZ_OK) {
            status = parse(reader, (struct gaz_str){text.data, text.len}, &number, &is);
        }
        if (status == GAZ_OK) {
            status = is ? add(reader, &number) : refuse(reader, (struct gaz_str){text.data, text.len});
        }
        gaz_buf_free(&text);
    }
    return status;
}

// Sets *IS to whether TEXT is a range, and adds its numbers then.
static enum gaz_status read_range(struct reader *reader, struct gaz_str text, bool *is) {
    struct gaz_str from, to;
    struct gaz_docnum first;
    uint64_t last;
    *is = false;
    if (!gaz_range_split(text, &from, &to) || !read_end(to, &last)) {
        return GAZ_OK;
    }
    enum gaz_status status = parse(reader, from, &first, is);
    *is = *is && first.serial > 0 && first.serial <= last;
    return status == GAZ_OK && *is ? add_range(reader, &first, last) : status;
}

// --- lists ---

static bool separates(uint32_t code) {
    return code == U'、' || code == U'，' || code == U'；' || code == ',' || code == ';';
}

static struct gaz_str next_part(struct gaz_str *rest) {
    size_t at = 0;
    while (at < rest->len) {
        uint32_t code;
        size_t length = gaz_utf8_decode(rest->data + at, rest->len - at, &code);
        if (separates(code)) {
            struct gaz_str part = {rest->data, at};
            *rest = gaz_str_from(*rest, at + length);
            return gaz_str_trim(part);
        }
        at += length;
    }
    struct gaz_str part = *rest;
    *rest = gaz_str_from(*rest, rest->len);
    return gaz_str_trim(part);
}

static enum gaz_status read_part(struct reader *reader, struct gaz_str text) {
    struct gaz_docnum number;
    bool is = false;
    enum gaz_status status = parse(reader, text, &number, &is);
    if (status == GAZ_OK && is) {
        return add(reader, &number);
    }
    if (status == GAZ_OK) {
        status = read_range(reader, text, &is);
    }
    return status == GAZ_OK && !is ? refuse(reader, text) : status;
}

// Joint numbers leave out what is the same (〔2023〕6、8号): whoever reads running text knows them.
static enum gaz_status read_joint(struct reader *reader, struct gaz_str text) {
    struct gaz_docnums found = {0};
    enum gaz_status status = gaz_docnum_find(text.data, text.len, reader->arena, &found, reader->err);
    if (status == GAZ_OK && found.count == 0) {
        return refuse(reader, text);
    }
    for (size_t i = 0; i < found.count && status == GAZ_OK; i++) {
        status = add(reader, &found.items[i]);
    }
    return status;
}

enum gaz_status gaz_numbers_read(const char *text, struct gaz_arena *arena, struct gaz_docnums *out,
                                 struct gaz_err *err) {
    struct reader reader = {arena, out, 0, err};
    struct gaz_str whole = gaz_str_trim(gaz_str_of(text)), rest = whole;
    struct gaz_err reason = {0};
    *out = (struct gaz_docnums){0};
    reader.err = &reason;
    enum gaz_status status = GAZ_OK;
    do {
        status = read_part(&reader, next_part(&rest));
    } while (status == GAZ_OK && rest.len > 0);
    reader.err = err;
    if (status == GAZ_ERR_QUERY && out->count > 0 && out->count < GAZ_NUMBERS_MAX) {
        out->count = 0;
        return read_joint(&reader, whole);
    }
    if (status == GAZ_ERR_QUERY && out->count == 0) {
        return refuse(&reader, whole);
    }
    return status == GAZ_OK ? GAZ_OK : gaz_err_set(err, status, "%s", reason.message);
}
