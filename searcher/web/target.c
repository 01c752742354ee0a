// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/web/target.h"

#include <string.h>

#include "shim/utf8.h"

// --- reading ---

static int hex_value(char digit) {
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    digit = (char)(digit | 0x20);
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

// Decodes %XX, and + as a blank when PLUS. False for a % that is followed by something else.
static bool decode(const char *text, size_t len, bool plus, char *out, size_t *out_len) {
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        if (text[i] != '%') {
            out[n++] = text[i] == '+' && plus ? ' ' : text[i];
            continue;
        }
        int high = len - i > 2 ? hex_value(text[i + 1]) : -1;
        int low = len - i > 2 ? hex_value(text[i + 2]) : -1;
        if (high < 0 || low < 0) {
            return false;
        }
        out[n++] = (char)(16 * high + low);
        i += 2;
    }
    *out_len = n;
    return true;
}

// Whether TEXT is UTF-8 without control characters; line ends and tabs, which a form may send, become blanks.
static bool clean(char *text, size_t len) {
    for (size_t at = 0; at < len;) {
        uint32_t code;
        size_t size = gaz_utf8_decode(text + at, len - at, &code);
        if (code == 0xFFFD && size == 1) {
            return false;
        }
        if (code == '\r' || code == '\n' || code == '\t') {
            text[at] = ' ';
        } else if (code < 0x20 || (code >= 0x7F && code < 0xA0)) {
            return false;
        }
        at += size;
    }
    return true;
}

static enum gaz_status read_piece(const char *text, size_t len, bool plus, struct gaz_arena *arena,
                                  const char **out, struct gaz_err *err) {
    char *piece = gaz_arena_alloc(arena, len + 1);
    size_t decoded = 0;
    if (!piece) {
        return gaz_err_memory(err);
    }
    if (!decode(text, len, plus, piece, &decoded)) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT,
                           "a %% in the address is followed by no two hexadecimal digits");
    }
    if (!clean(piece, decoded)) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT, "the address is not text in UTF-8");
    }
    *out = piece;
    return GAZ_OK;
}

static enum gaz_status read_path(const char *path, size_t len, struct gaz_arena *arena,
                                 struct gaz_target *out, struct gaz_err *err) {
    enum gaz_status status = GAZ_OK;
    while (len > 1 && path[len - 1] == '/') {
        len--;
    }
    for (size_t at = 1; at < len && status == GAZ_OK;) {
        const char *slash = memchr(path + at, '/', len - at);
        size_t end = slash ? (size_t)(slash - path) : len;
        if (out->segment_count == GAZ_TARGET_SEGMENTS_MAX) {
            return gaz_err_set(err, GAZ_ERR_ARGUMENT, "the path of the address has too many parts");
        }
        status = read_piece(path + at, end - at, false, arena, &out->segments[out->segment_count++], err);
        at = end + 1;
    }
    return status;
}

static enum gaz_status read_parameter(const char *text, size_t len, struct gaz_arena *arena,
                                      struct gaz_target *out, struct gaz_err *err) {
    const char *equals = memchr(text, '=', len);
    size_t name_len = equals ? (size_t)(equals - text) : len;
    size_t value_at = equals ? name_len + 1 : len;
    if (out->parameter_count == GAZ_TARGET_PARAMETERS_MAX) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT, "the address has too many parameters");
    }
    struct gaz_parameter *parameter = &out->parameters[out->parameter_count++];
    enum gaz_status status = read_piece(text, name_len, true, arena, &parameter->name, err);
    return status == GAZ_OK ? read_piece(text + value_at, len - value_at, true, arena, &parameter->value, err)
                            : status;
}

static enum gaz_status read_query(const char *query, struct gaz_arena *arena, struct gaz_target *out,
                                  struct gaz_err *err) {
    enum gaz_status status = GAZ_OK;
    while (*query && status == GAZ_OK) {
        size_t len = strcspn(query, "&");
        if (len > 0) {
            status = read_parameter(query, len, arena, out, err);
        }
        query += len;
        query += *query == '&';
    }
    return status;
}

// Behind scheme and host, which a whole address (absolute-form) has.
static const char *skip_host(const char *raw) {
    static const char *const schemes[] = {"http://", "https://"};
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        if (strncmp(raw, schemes[i], strlen(schemes[i])) == 0) {
            const char *host = raw + strlen(schemes[i]);
            return host + strcspn(host, "/?");
        }
    }
    return raw;
}

enum gaz_status gaz_target_parse(const char *raw, struct gaz_arena *arena, struct gaz_target *out,
                                 struct gaz_err *err) {
    *out = (struct gaz_target){0};
    if (strlen(raw) > GAZ_TARGET_BYTES_MAX) {
        return gaz_err_set(err, GAZ_ERR_LIMIT, "the address is longer than %d bytes", GAZ_TARGET_BYTES_MAX);
    }
    const char *path = skip_host(raw);
    if (*path != '/' && path == raw) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT, "the address is no path");
    }
    size_t len = strcspn(path, "?");
    enum gaz_status status = len > 0 ? read_path(path, len, arena, out, err) : GAZ_OK;
    if (status == GAZ_OK && path[len] == '?') {
        status = read_query(path + len + 1, arena, out, err);
    }
    if (status != GAZ_OK) {
        *out = (struct gaz_target){0};
    }
    return status;
}

const char *gaz_target_value(const struct gaz_target *target, const char *name) {
    for (size_t i = 0; i < target->parameter_count; i++) {
        if (strcmp(target->parameters[i].name, name) == 0) {
            return target->parameters[i].value;
        }
    }
    return NULL;
}

// --- writing ---

static bool is_unreserved(char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           byte == '-' || byte == '_' || byte == '.' || byte == '~';
}

static void put_encoded(struct gaz_buf *out, const char *text, char kept) {
    for (; *text; text++) {
        if (is_unreserved(*text) || *text == kept) {
            gaz_buf_addch(out, *text);
        } else {
            static const char digits[] = "0123456789ABCDEF";
            unsigned byte = (unsigned char)*text;
            const char encoded[] = {'%', digits[byte >> 4], digits[byte & 15]};
            gaz_buf_add(out, encoded, sizeof encoded);
        }
    }
}

void gaz_target_put(struct gaz_buf *out, const char *text) {
    put_encoded(out, text, '-');
}

void gaz_target_put_path(struct gaz_buf *out, const char *text) {
    put_encoded(out, text, '/');
}

void gaz_target_put_parameter(struct gaz_buf *out, const char *name, const char *value) {
    gaz_buf_addch(out, memchr(out->data, '?', out->len) ? '&' : '?');
    gaz_target_put(out, name);
    gaz_buf_addch(out, '=');
    gaz_target_put(out, value);
}

static bool is_named(const char *name, const char *const *list) {
    for (; list && *list; list++) {
        if (strcmp(*list, name) == 0) {
            return true;
        }
    }
    return false;
}

void gaz_target_put_parameters(struct gaz_buf *out, const struct gaz_target *target,
                               const char *const *without) {
    for (size_t i = 0; i < target->parameter_count; i++) {
        const struct gaz_parameter *parameter = &target->parameters[i];
        if (!is_named(parameter->name, without)) {
            gaz_target_put_parameter(out, parameter->name, parameter->value);
        }
    }
}
