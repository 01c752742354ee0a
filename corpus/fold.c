// SPDX-License-Identifier: GPL-2.0-or-later
#include "corpus/fold.h"

#include <pthread.h>
#include <uchar.h>

#include "shim/hanzi.h"
#include "shim/unicode.h"

// Code points under TABLE_SIZE (the basic plane, where nearly all text lives) by their folded form: one code
// point, or DROPPED, or SEVERAL where it must be worked out. Others are always worked out.
enum { TABLE_SIZE = 0x10000 };
static uint32_t table[TABLE_SIZE];
static const uint32_t DROPPED = 0;
static const uint32_t SEVERAL = UINT32_MAX;

// The kinds that gaz_unicode_fold leaves apart meet here: 〔2023〕 （2023） <2023>, 各县<市、区>
// 各县（市、区）.
static uint32_t fold_bracket(uint32_t code) {
    switch (code) {
    case U'[':
    case U'<':
    case U'{':
        return U'(';
    case U']':
    case U'>':
    case U'}':
        return U')';
    default:
        return code;
    }
}

static size_t fold_fully(uint32_t code, uint32_t out[GAZ_UNICODE_FOLD_MAX]) {
    if (gaz_unicode_is_space(code))
        return 0;
    size_t length = gaz_unicode_fold(code, out);
    for (size_t i = 0; i < length; i++)
        out[i] = fold_bracket(gaz_hanzi_fold(out[i]));
    return length;
}

static void fill_table(void) {
    uint32_t out[GAZ_UNICODE_FOLD_MAX];
    for (uint32_t code = 0; code < TABLE_SIZE; code++) {
        size_t length = fold_fully(code, out);
        // U+0000 in a text is a character and not dropped.
        table[code] = length == 0 ? DROPPED : length == 1 && out[0] != DROPPED ? out[0] : SEVERAL;
    }
}

enum gaz_status gaz_fold_init(struct gaz_err *err) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    if (pthread_once(&once, fill_table) != 0)
        return gaz_err_set(err, GAZ_ERR_INTERNAL, "cannot build the folding table");
    return GAZ_OK;
}

// The folded forms of CODE; the table must be built.
static inline size_t fold_one(uint32_t code, enum gaz_fold_mode mode, uint32_t out[GAZ_UNICODE_FOLD_MAX]) {
    if (mode == GAZ_FOLD_BLANKS) {
        out[0] = code;
        return gaz_unicode_is_space(code) ? 0 : 1;
    }
    if (code >= TABLE_SIZE || table[code] == SEVERAL)
        return fold_fully(code, out);
    out[0] = table[code];
    return table[code] != DROPPED;
}

uint32_t gaz_fold_code(uint32_t code) {
    uint32_t out[GAZ_UNICODE_FOLD_MAX];
    if (gaz_fold_init(NULL) != GAZ_OK)
        return code;
    return fold_one(code, GAZ_FOLD_FULL, out) > 0 ? out[0] : 0;
}

_Static_assert((int)GAZ_FOLD_CODES_MAX >= (int)GAZ_UNICODE_FOLD_MAX, "room for every folding");

size_t gaz_fold_codes(uint32_t code, uint32_t out[GAZ_FOLD_CODES_MAX]) {
    return gaz_fold_init(NULL) == GAZ_OK ? fold_one(code, GAZ_FOLD_FULL, out) : 0;
}

// Room for NEEDED elements in both arrays, of *CAPACITY elements each.
static int reserve(struct gaz_folded *folded, size_t *capacity, size_t needed) {
    if (needed <= *capacity)
        return 1;
    size_t codes_capacity = *capacity, offsets_capacity = *capacity;
    uint32_t *codes = gaz_grow(folded->codes, &codes_capacity, needed, sizeof *codes);
    if (codes == NULL)
        return 0;
    folded->codes = codes;
    uint32_t *offsets = gaz_grow(folded->offsets, &offsets_capacity, needed, sizeof *offsets);
    if (offsets == NULL)
        return 0;
    folded->offsets = offsets;
    *capacity = codes_capacity < offsets_capacity ? codes_capacity : offsets_capacity;
    return 1;
}

static int fold_all(const char *text, size_t len, enum gaz_fold_mode mode, struct gaz_folded *out) {
    size_t capacity = 0;
    if (!reserve(out, &capacity, len / 3 + GAZ_UNICODE_FOLD_MAX + 1))
        return 0;
    for (size_t at = 0; at < len;) {
        uint32_t code, folded[GAZ_UNICODE_FOLD_MAX];
        size_t width = gaz_utf8_decode(text + at, len - at, &code);
        size_t length = fold_one(code, mode, folded);
        if (!reserve(out, &capacity, out->count + length + 1))
            return 0;
        for (size_t i = 0; i < length; i++) {
            out->codes[out->count] = folded[i];
            out->offsets[out->count++] = (uint32_t)at;
        }
        at += width;
    }
    out->codes[out->count] = 0;
    out->offsets[out->count] = (uint32_t)len;
    return 1;
}

enum gaz_status gaz_fold_text(const char *text, size_t len, enum gaz_fold_mode mode, struct gaz_folded *out,
                              struct gaz_err *err) {
    *out = (struct gaz_folded){0};
    if (len > UINT32_MAX)
        return gaz_err_set(err, GAZ_ERR_LIMIT, "text of %zu bytes is too long to fold: 4 GiB at most", len);
    enum gaz_status status = gaz_fold_init(err);
    if (status != GAZ_OK)
        return status;
    if (!fold_all(text, len, mode, out)) {
        gaz_folded_free(out);
        return gaz_err_memory(err);
    }
    return GAZ_OK;
}

void gaz_folded_free(struct gaz_folded *folded) {
    gaz_free(folded->codes);
    gaz_free(folded->offsets);
    *folded = (struct gaz_folded){0};
}

// The start of the maximal suffix of NEEDLE under < (or, when REVERSED, >), and its period.
static size_t maximal_suffix(const uint32_t *needle, size_t length, int reversed, size_t *period) {
    size_t suffix = 0, candidate = 1, offset = 0;
    *period = 1;
    while (candidate + offset < length) {
        uint32_t a = needle[candidate + offset], b = needle[suffix + offset];
        if (a == b) {
            if (++offset == *period) {
                candidate += *period;
                offset = 0;
            }
        } else if (reversed ? a > b : a < b) {
            candidate += offset + 1;
            offset = 0;
            *period = candidate - suffix;
        } else {
            suffix = candidate++;
            offset = 0;
            *period = 1;
        }
    }
    return suffix;
}

// Cuts NEEDLE where its right part begins (critical factorisation) and gives the period of that part.
static size_t critical_cut(const uint32_t *needle, size_t length, size_t *period) {
    size_t forward_period, reverse_period;
    size_t forward = maximal_suffix(needle, length, 0, &forward_period);
    size_t reverse = maximal_suffix(needle, length, 1, &reverse_period);
    *period = forward > reverse ? forward_period : reverse_period;
    return forward > reverse ? forward : reverse;
}

static int starts_alike(const uint32_t *a, const uint32_t *b, size_t count) {
    while (count > 0 && a[count - 1] == b[count - 1])
        count--;
    return count == 0;
}

static size_t two_way_find(const uint32_t *text, size_t text_length, const uint32_t *needle, size_t length,
                           size_t from) {
    size_t period, memory = 0;
    size_t cut = critical_cut(needle, length, &period);
    int periodic = cut + period <= length && starts_alike(needle, needle + period, cut);
    if (!periodic)
        period = (cut > length - cut ? cut : length - cut) + 1;
    for (size_t at = from; at + length <= text_length;) {
        size_t right = cut > memory ? cut : memory;
        while (right < length && needle[right] == text[at + right])
            right++;
        if (right < length) {
            at += right - cut + 1;
            memory = 0;
            continue;
        }
        size_t left = cut;
        while (left > memory && needle[left - 1] == text[at + left - 1])
            left--;
        if (left <= memory)
            return at;
        at += period;
        memory = periodic ? length - period : 0;
    }
    return SIZE_MAX;
}

size_t gaz_folded_find(const struct gaz_folded *haystack, const struct gaz_folded *needle, size_t from) {
    if (from > haystack->count || needle->count > haystack->count - from)
        return SIZE_MAX;
    if (needle->count == 0)
        return from;
    return two_way_find(haystack->codes, haystack->count, needle->codes, needle->count, from);
}

void gaz_fold_append(const char *text, size_t len, enum gaz_fold_mode mode, struct gaz_buf *buf) {
    if (gaz_fold_init(NULL) != GAZ_OK)
        return;
    for (size_t at = 0; at < len;) {
        uint32_t code, folded[GAZ_UNICODE_FOLD_MAX];
        char bytes[4];
        at += gaz_utf8_decode(text + at, len - at, &code);
        size_t length = fold_one(code, mode, folded);
        for (size_t i = 0; i < length; i++)
            gaz_buf_add(buf, bytes, gaz_utf8_encode(folded[i], bytes));
    }
}
