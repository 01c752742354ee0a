// SPDX-License-Identifier: GPL-2.0-or-later
#include "corpus/textcode.h"

#include <pthread.h>
#include <string.h>

#include "shim/unicode.h"
#include "shim/varint.h"

enum { STOP = GAZ_TEXTCODE_STOP, CONTINUE = 256 - STOP, CODE_MAX = 4, TABLE_SIZE = 0x10000 };

static const char order[] =
#include "corpus/textcode_order.def"
    ;

// --- ranks ---

// Ranks of the code points of the basic plane and back; further ones are their own rank.
static uint16_t ranks[TABLE_SIZE], codes[TABLE_SIZE];

// Gives CODE the next rank unless it has one. Rank 0 is that of the first in the order.
static void assign(uint32_t code, uint32_t *next) {
    if ((ranks[code] != 0 || code == codes[0]) && *next > 0) {
        return;
    }
    ranks[code] = (uint16_t)*next;
    codes[(*next)++] = (uint16_t)code;
}

static void fill_tables(void) {
    uint32_t next = 0;
    for (size_t at = 0; at < sizeof order - 1;) {
        uint32_t code;
        at += gaz_utf8_decode(order + at, sizeof order - 1 - at, &code);
        assign(code, &next);
    }
    for (uint32_t code = U'一'; code < TABLE_SIZE; code++) {
        assign(code, &next);
    }
    for (uint32_t code = 0; code < U'一'; code++) {
        assign(code, &next);
    }
}

static void make_tables(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, fill_tables);
}

// --- code ---

// Writes the code of a code point to the end of OUT and returns its length; the tables must be made.
static size_t write_code(uint32_t code, unsigned char out[CODE_MAX]) {
    uint32_t rank = code < TABLE_SIZE ? ranks[code] : code;
    size_t length = 1;
    out[CODE_MAX - 1] = (unsigned char)(rank % STOP);
    for (rank /= STOP; rank > 0; rank /= CONTINUE) {
        rank--;
        out[CODE_MAX - ++length] = (unsigned char)(STOP + rank % CONTINUE);
    }
    return length;
}

void gaz_textcode_add(const struct gaz_folded *folded, struct gaz_buf *out) {
    make_tables();
    for (size_t i = 0; i < folded->count; i++) {
        unsigned char bytes[CODE_MAX];
        size_t length = write_code(folded->codes[i], bytes);
        gaz_buf_add(out, bytes + CODE_MAX - length, length);
    }
}

bool gaz_textcode_read(struct gaz_index_bytes text, size_t *at, uint32_t *code) {
    const unsigned char *bytes = (const unsigned char *)text.data;
    uint32_t rank = 0;
    make_tables();
    for (size_t i = *at; i < text.len && i < *at + CODE_MAX; i++) {
        if (bytes[i] < STOP) {
            rank = rank * STOP + bytes[i];
            *code = rank < TABLE_SIZE ? codes[rank] : rank;
            *at = i + 1;
            return true;
        }
        rank = rank * CONTINUE + (bytes[i] - STOP) + 1U;
    }
    return false;
}

size_t gaz_textcode_count(struct gaz_index_bytes text) {
    const unsigned char *bytes = (const unsigned char *)text.data;
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        count += bytes[i] < STOP;
    }
    return count;
}

enum gaz_status gaz_textcode_decode(struct gaz_index_bytes text, struct gaz_folded *out,
                                    struct gaz_err *err) {
    *out = (struct gaz_folded){.codes = gaz_calloc(text.len + 1, sizeof *out->codes),
                               .offsets = gaz_calloc(text.len + 1, sizeof *out->offsets)};
    if (!out->codes || !out->offsets) {
        gaz_folded_free(out);
        return gaz_err_memory(err);
    }
    for (size_t at = 0; gaz_textcode_read(text, &at, &out->codes[out->count]);) {
        out->count++;
    }
    out->codes[out->count] = 0;
    return GAZ_OK;
}

// --- find ---

// Whether one of the BLOCK places from AT on can be where the needle begins, by its first and last byte. The
// compiler makes a few vector instructions of it.
enum { BLOCK = 64 };
static bool may_begin(const unsigned char *at, unsigned char first, size_t last_at, unsigned char last) {
    unsigned char any = 0;
    for (size_t i = 0; i < BLOCK; i++) {
        any |= (unsigned char)((at[i] == first) & (at[i + last_at] == last));
    }
    return any != 0;
}

static bool stands_at(const unsigned char *text, size_t at, struct gaz_index_bytes needle) {
    return (at == 0 || text[at - 1] < STOP) && memcmp(text + at, needle.data, needle.len) == 0;
}

size_t gaz_textcode_find(struct gaz_index_bytes text, struct gaz_index_bytes needle, size_t from) {
    const unsigned char *bytes = (const unsigned char *)text.data;
    const unsigned char *wanted = (const unsigned char *)needle.data;
    size_t last_at = needle.len - 1, end = text.len >= needle.len ? text.len - last_at : 0;
    for (size_t at = from; at < end;) {
        size_t stop = at + BLOCK <= end ? at + BLOCK : end;
        if (stop == at + BLOCK && !may_begin(bytes + at, wanted[0], last_at, wanted[last_at])) {
            at = stop;
            continue;
        }
        for (; at < stop; at++) {
            if (bytes[at] == wanted[0] && stands_at(bytes, at, needle)) {
                return at;
            }
        }
    }
    return SIZE_MAX;
}

// --- rest ---
//
// The rest lists the characters that are not what their folded form stands for most often: before each, how
// many folded characters are plain since the one before; and the character. White space folds to nothing and
// is always listed.

// What a folded character stands for most often.
static uint32_t plain_form(uint32_t folded) {
    switch (folded) {
    case ',':
        return U'，';
    case '(':
        return U'（';
    case ')':
        return U'）';
    case ':':
        return U'：';
    case ';':
        return U'；';
    case '?':
        return U'？';
    case '!':
        return U'！';
    case '~':
        return U'～';
    default:
        return folded;
    }
}

void gaz_textcode_add_rest(const char *text, size_t len, const struct gaz_folded *folded,
                           struct gaz_buf *out) {
    size_t plain = 0, next = 0; // folded character
    for (size_t at = 0; at < len;) {
        uint32_t code;
        size_t first = next, width = gaz_utf8_decode(text + at, len - at, &code);
        while (next < folded->count && folded->offsets[next] == at) {
            next++;
        }
        if (next == first + 1 && plain_form(folded->codes[first]) == code) {
            plain++;
        } else {
            gaz_varint_add(out, plain);
            gaz_varint_add(out, code);
            plain = 0;
        }
        at += width;
    }
}

static void add_character(uint32_t code, struct gaz_buf *out) {
    char bytes[4];
    gaz_buf_add(out, bytes, gaz_utf8_encode(code, bytes));
}

// Appends up to COUNT characters of CODED as they stand most often; false when there are fewer.
static bool restore_plain(struct gaz_index_bytes coded, size_t *at, size_t count, struct gaz_buf *out) {
    uint32_t code;
    for (; count > 0 && gaz_textcode_read(coded, at, &code); count--) {
        add_character(plain_form(code), out);
    }
    return count == 0;
}

bool gaz_textcode_restore(struct gaz_index_bytes coded, struct gaz_index_bytes rest, struct gaz_buf *out) {
    struct gaz_varint_source source = {rest.data, rest.data + rest.len, false};
    size_t at = 0;
    while (source.at < source.end) {
        size_t plain = (size_t)gaz_varint_number(&source);
        uint32_t code = (uint32_t)gaz_varint_number(&source), folded[GAZ_FOLD_CODES_MAX], skipped;
        if (source.failed || !restore_plain(coded, &at, plain, out)) {
            return false;
        }
        add_character(code, out);
        for (size_t left = gaz_fold_codes(code, folded); left > 0; left--) {
            if (!gaz_textcode_read(coded, &at, &skipped)) {
                return false;
            }
        }
    }
    restore_plain(coded, &at, SIZE_MAX, out);
    return at == coded.len;
}
