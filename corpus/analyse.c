// SPDX-License-Identifier: GPL-2.0-or-later
#include "corpus/analyse.h"

#include <string.h>

#include "shim/unicode.h"

// A term while terms are sorted and counted: first code point, then the second plus 1 (0: none), CODE_BITS
// each. The order each. The order of keys is the byte order of the terms, as UTF-8 keeps the order of code
// points.
enum { CODE_BITS = 21, DIGIT_BITS = 11, DIGITS = 4, BUCKETS = 1 << DIGIT_BITS, TERM_CODES_MAX = 8 };

static uint64_t single_key(uint32_t code) {
    return (uint64_t)code << CODE_BITS;
}

static uint64_t bigram_key(uint32_t first, uint32_t second) {
    return single_key(first) | ((uint64_t)second + 1);
}

// One pass of a radix sort, by digit number DIGIT; 0 when all keys have the same digit and nothing was moved.
static int sort_by_digit(const uint64_t *from, uint64_t *to, size_t count, unsigned digit) {
    size_t starts[BUCKETS] = {0};
    unsigned shift = digit * DIGIT_BITS;
    for (size_t i = 0; i < count; i++)
        starts[from[i] >> shift & (BUCKETS - 1)]++;
    if (starts[from[0] >> shift & (BUCKETS - 1)] == count)
        return 0;
    size_t start = 0;
    for (size_t bucket = 0; bucket < BUCKETS; bucket++) {
        size_t size = starts[bucket];
        starts[bucket] = start;
        start += size;
    }
    for (size_t i = 0; i < count; i++)
        to[starts[from[i] >> shift & (BUCKETS - 1)]++] = from[i];
    return 1;
}

// Sorts COUNT > 0 keys; the sorted ones are in one of the two arrays, which is returned.
static uint64_t *sort_keys(uint64_t *keys, uint64_t *spare, size_t count) {
    for (unsigned digit = 0; digit < DIGITS; digit++)
        if (sort_by_digit(keys, spare, count, digit)) {
            uint64_t *swapped = keys;
            keys = spare;
            spare = swapped;
        }
    return keys;
}

static size_t count_distinct(const uint64_t *keys, size_t count) {
    size_t distinct = 1;
    for (size_t i = 1; i < count; i++)
        distinct += keys[i] != keys[i - 1];
    return distinct;
}

static size_t write_term(uint64_t key, const char *prefix, size_t prefix_length, char *out) {
    memcpy(out, prefix, prefix_length);
    size_t length = prefix_length + gaz_utf8_encode((uint32_t)(key >> CODE_BITS), out + prefix_length);
    uint32_t second = (uint32_t)(key & ((UINT64_C(1) << CODE_BITS) - 1));
    if (second > 0)
        length += gaz_utf8_encode(second - 1, out + length);
    return length;
}

// Makes the terms of COUNT > 0 sorted keys.
static enum gaz_status write_terms(const uint64_t *keys, size_t count, const char *prefix,
                                   struct gaz_terms *out, struct gaz_err *err) {
    size_t prefix_length = strlen(prefix), distinct = count_distinct(keys, count);
    out->items = gaz_calloc(distinct, sizeof *out->items);
    out->bytes = gaz_calloc(distinct, prefix_length + TERM_CODES_MAX);
    if (out->items == NULL || out->bytes == NULL) {
        gaz_terms_free(out);
        return gaz_err_memory(err);
    }
    char *at = out->bytes;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && keys[i] == keys[i - 1]) {
            out->items[out->count - 1].count++;
            continue;
        }
        size_t length = write_term(keys[i], prefix, prefix_length, at);
        out->items[out->count++] = (struct gaz_index_term){{at, length}, 1};
        at += length;
    }
    return GAZ_OK;
}

// Room for COUNT more keys.
static enum gaz_status reserve(struct gaz_analysis *analysis, size_t count, struct gaz_err *err) {
    uint64_t *keys = gaz_grow(analysis->keys, &analysis->capacity, analysis->count + count, sizeof *keys);
    if (keys == NULL)
        return gaz_err_memory(err);
    analysis->keys = keys;
    return GAZ_OK;
}

// With the last code point alone when WITH_LAST.
static enum gaz_status add(struct gaz_analysis *analysis, const struct gaz_folded *folded, int with_last,
                           struct gaz_err *err) {
    enum gaz_status status = reserve(analysis, folded->count, err);
    if (status != GAZ_OK)
        return status;
    if (with_last && folded->count > 0)
        analysis->keys[analysis->count++] = single_key(folded->codes[folded->count - 1]);
    for (size_t i = 0; i + 1 < folded->count; i++)
        analysis->keys[analysis->count++] = bigram_key(folded->codes[i], folded->codes[i + 1]);
    return GAZ_OK;
}

enum gaz_status gaz_analysis_add(struct gaz_analysis *analysis, const struct gaz_folded *folded,
                                 struct gaz_err *err) {
    return add(analysis, folded, 1, err);
}

enum gaz_status gaz_analysis_take(struct gaz_analysis *analysis, const char *prefix, struct gaz_terms *out,
                                  struct gaz_err *err) {
    *out = (struct gaz_terms){0};
    if (strlen(prefix) > GAZ_INDEX_TERM_MAX - TERM_CODES_MAX)
        return gaz_err_set(err, GAZ_ERR_LIMIT, "term prefix is too long");
    if (analysis->count == 0)
        return GAZ_OK;
    uint64_t *spare = gaz_malloc(analysis->count * sizeof *spare);
    if (spare == NULL)
        return gaz_err_memory(err);
    const uint64_t *sorted = sort_keys(analysis->keys, spare, analysis->count);
    enum gaz_status status = write_terms(sorted, analysis->count, prefix, out, err);
    analysis->count = 0;
    gaz_free(spare);
    return status;
}

void gaz_analysis_free(struct gaz_analysis *analysis) {
    gaz_free(analysis->keys);
    *analysis = (struct gaz_analysis){0};
}

static enum gaz_status analyse(const struct gaz_folded *folded, int with_last, const char *prefix,
                               struct gaz_terms *out, struct gaz_err *err) {
    struct gaz_analysis analysis = {0};
    *out = (struct gaz_terms){0};
    enum gaz_status status = add(&analysis, folded, with_last, err);
    if (status == GAZ_OK)
        status = gaz_analysis_take(&analysis, prefix, out, err);
    gaz_analysis_free(&analysis);
    return status;
}

enum gaz_status gaz_analyse_document(const struct gaz_folded *folded, const char *prefix,
                                     struct gaz_terms *out, struct gaz_err *err) {
    return analyse(folded, 1, prefix, out, err);
}

enum gaz_status gaz_analyse_phrase(const struct gaz_folded *folded, const char *prefix, struct gaz_terms *out,
                                   struct gaz_err *err) {
    return analyse(folded, folded->count == 1, prefix, out, err);
}

void gaz_terms_free(struct gaz_terms *terms) {
    gaz_free(terms->items);
    gaz_free(terms->bytes);
    *terms = (struct gaz_terms){0};
}
