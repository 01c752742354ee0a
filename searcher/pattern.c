// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/pattern.h"

#include <ctype.h>
#include <string.h>

#include "shim/unicode.h"

// --- folding ---

// Appends a literal character: ASCII signs are escaped, as folding makes signs of grammar of （ and ？.
static void put_literal(uint32_t code, struct gaz_buf *out) {
    char bytes[4];
    if (code < 0x80 && ispunct((int)code)) {
        gaz_buf_addch(out, '\\');
    }
    gaz_buf_add(out, bytes, gaz_utf8_encode(code, bytes));
}

static void put_folded(uint32_t code, enum gaz_fold_mode mode, struct gaz_buf *out) {
    uint32_t folded = mode == GAZ_FOLD_FULL ? gaz_fold_code(code) : code;
    if (folded != 0 && !gaz_unicode_is_space(code)) {
        put_literal(folded, out);
    }
}

static size_t read_code(const char *at, uint32_t *code) {
    return gaz_utf8_decode(at, strnlen(at, 4), code);
}

// * stays within its sentence.
static void write_wildcards(const char *text, enum gaz_fold_mode mode, struct gaz_buf *out) {
    for (size_t length; *text; text += length) {
        uint32_t code;
        length = read_code(text, &code);
        if (code == '*') {
            gaz_buf_printf(out, "[^。！？!?]{0,%d}?", GAZ_PATTERN_STAR_MAX);
        } else if (code == '?') {
            gaz_buf_addch(out, '.');
        } else {
            put_folded(code, mode, out);
        }
    }
}

// In a regular expression ASCII is grammar, but for brackets that are escaped, whose kinds meet.
static void write_regex(const char *text, enum gaz_fold_mode mode, struct gaz_buf *out) {
    for (size_t length; *text; text += length) {
        uint32_t code;
        length = read_code(text, &code);
        if (code == '\\' && text[1]) {
            char escaped = text[1];
            if (strchr("[]<>{}()", escaped) && mode == GAZ_FOLD_FULL) {
                escaped = (char)gaz_fold_code((unsigned char)escaped);
            }
            gaz_buf_addch(out, '\\');
            gaz_buf_addch(out, escaped);
            length = 2;
        } else if (code < 0x80) {
            gaz_buf_addch(out, *text);
        } else {
            put_folded(code, mode, out);
        }
    }
}

void gaz_pattern_write(const char *text, bool wildcards, enum gaz_fold_mode mode, struct gaz_buf *out) {
    if (wildcards) {
        write_wildcards(text, mode, out);
    } else {
        write_regex(text, mode, out);
    }
}

// --- literals ---

struct scanner {
    struct gaz_buf literal;
    size_t last; // where the last character of the literal begins
    gaz_pattern_take *take;
    void *context;
    bool go_on;
};

static void flush(struct scanner *scanner) {
    if (scanner->literal.len > 0 && scanner->go_on) {
        scanner->go_on = scanner->take(scanner->context, scanner->literal.data, scanner->literal.len);
    }
    gaz_buf_clear(&scanner->literal);
    scanner->last = 0;
}

// The last character may be missing or repeated: it is no part of what must be there.
static void drop_last(struct scanner *scanner) {
    struct gaz_buf kept = GAZ_BUF_INIT;
    gaz_buf_add(&kept, scanner->literal.data, scanner->last);
    gaz_buf_clear(&scanner->literal);
    gaz_buf_add(&scanner->literal, kept.data, kept.len);
    gaz_buf_free(&kept);
    flush(scanner);
}

static void put(struct scanner *scanner, const char *bytes, size_t len) {
    scanner->last = scanner->literal.len;
    gaz_buf_add(&scanner->literal, bytes, len);
}

// The last character of what AT begins with: of an escape, of [:name:] in a class.
static const char *last_of_item(const char *at) {
    if (*at == '\\' && at[1]) {
        return at + 1;
    }
    if (at[0] == '[' && at[1] == ':') {
        const char *end = at + 2 + strspn(at + 2, "^abcdefghijklmnopqrstuvwxyz");
        return end[0] == ':' && end[1] == ']' ? end + 1 : at;
    }
    return at;
}

// Behind the class that begins at AT. A ] right at its beginning is one of its characters.
static const char *skip_class(const char *at) {
    at += at[1] == '^' ? 2 : 1;
    for (at += *at == ']'; *at && *at != ']'; at++) {
        at = last_of_item(at);
    }
    return *at ? at + 1 : at;
}

// Behind the class or group that begins at AT.
static const char *skip_nested(const char *at) {
    size_t depth = 0;
    while (*at) {
        if (*at == '[') {
            at = skip_class(at);
        } else {
            depth += *at == '(';
            depth -= *at == ')';
            at = last_of_item(at) + 1;
        }
        if (depth == 0) {
            break;
        }
    }
    return at;
}

// Whether an escape stands anywhere that is more than a sign, a class or a place: \x41, \pL, \1, \Q.
static bool has_other_escape(const char *regex) {
    for (const char *at = regex; (at = strchr(at, '\\')) && at[1]; at += 2) {
        bool is_class = strchr("dDwWsShHvVRXNbBAzZG", at[1]) || (strchr("pP", at[1]) && at[2] == '{');
        if (isalnum((unsigned char)at[1]) && !is_class) {
            return true;
        }
    }
    return false;
}

// Whether | stands anywhere, or something that could change what the rest means: then nothing is sure.
static bool is_uncertain(const char *regex) {
    return strchr(regex, '|') || strstr(regex, "(?") || strstr(regex, "(*") || has_other_escape(regex);
}

static const char *scan_one(struct scanner *scanner, const char *at) {
    if (*at == '\\' && ispunct((unsigned char)at[1])) {
        put(scanner, at + 1, 1);
        return at + 2;
    }
    if (*at == '?' || *at == '*' || *at == '{') {
        drop_last(scanner);
        const char *end = *at == '{' ? strchr(at, '}') : at;
        return end ? end + 1 : at + strlen(at);
    }
    if (*at == '[' || *at == '(') {
        flush(scanner);
        return skip_nested(at);
    }
    if (strchr("\\.^$+)", *at)) {
        flush(scanner);
        return at + (*at == '\\' && at[1] ? 2 : 1);
    }
    uint32_t code;
    size_t length = read_code(at, &code);
    put(scanner, at, length);
    return at + length;
}

void gaz_pattern_literals(const char *regex, gaz_pattern_take *take, void *context) {
    struct scanner scanner = {GAZ_BUF_INIT, 0, take, context, true};
    const char *at = is_uncertain(regex) ? "" : regex;
    while (*at && scanner.go_on) {
        at = scan_one(&scanner, at);
    }
    flush(&scanner);
    gaz_buf_free(&scanner.literal);
}
