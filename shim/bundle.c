// SPDX-License-Identifier: GPL-2.0-or-later
#include "shim/bundle.h"

#include <stdlib.h>
#include <string.h>

#include <zstd.h>

// The stored form is a version byte and a zstd frame of: the number of documents; the number of exact terms,
// and of each its bytes and its documents (how many, 0 for all, then the steps from one to the next); of each
// document the number of its values, and of each its slot and bytes; of each document the length of its data;
// the data. Numbers are base-128, lowest group first.
enum { VERSION = 1, LEVEL = 6, NUMBER_MAX = 10, RAW_MAX = 1 << 30 };

// --- packing ---

// A term and one document that carries it.
struct carrier {
    struct gaz_index_bytes term;
    size_t document;
};

static int compare_bytes(struct gaz_index_bytes a, struct gaz_index_bytes b) {
    int order = memcmp(a.data, b.data, a.len < b.len ? a.len : b.len);
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int by_term(const void *a, const void *b) {
    const struct carrier *one = a, *other = b;
    int order = compare_bytes(one->term, other->term);
    return order ? order : (one->document > other->document) - (one->document < other->document);
}

static void add_number(struct gaz_buf *buf, uint64_t number) {
    for (; number >= 0x80; number >>= 7)
        gaz_buf_addch(buf, (char)(number | 0x80));
    gaz_buf_addch(buf, (char)number);
}

static void add_bytes(struct gaz_buf *buf, struct gaz_index_bytes bytes) {
    add_number(buf, bytes.len);
    gaz_buf_add(buf, bytes.data, bytes.len);
}

// All carriers, sorted, each once. NULL when memory is short.
static struct carrier *list_carriers(const struct gaz_index_document *documents, size_t count,
                                     struct gaz_arena *arena, size_t *carrier_count) {
    size_t most = 0, made = 0, kept = 0;
    for (size_t i = 0; i < count; i++)
        most += documents[i].term_count;
    struct carrier *carriers = gaz_arena_alloc(arena, (most + 1) * sizeof *carriers);
    if (!carriers)
        return NULL;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < documents[i].term_count; j++)
            carriers[made++] = (struct carrier){documents[i].terms[j].term, i};
    qsort(carriers, made, sizeof *carriers, by_term);
    for (size_t i = 0; i < made; i++)
        if (i == 0 || by_term(&carriers[i], &carriers[i - 1]) != 0)
            carriers[kept++] = carriers[i];
    *carrier_count = kept;
    return carriers;
}

// The end of the run of carriers of one term that begins at AT.
static size_t run_end(const struct carrier *carriers, size_t count, size_t at) {
    size_t end = at + 1;
    while (end < count && compare_bytes(carriers[end].term, carriers[at].term) == 0)
        end++;
    return end;
}

static void write_run(const struct carrier *run, size_t length, size_t documents, struct gaz_buf *raw) {
    add_bytes(raw, run[0].term);
    if (length == documents) {
        add_number(raw, 0);
        return;
    }
    add_number(raw, length);
    for (size_t i = 0; i < length; i++)
        add_number(raw, run[i].document - (i > 0 ? run[i - 1].document : 0));
}

// The terms of the bundle, and in RAW those that are exact.
static enum gaz_status pack_terms(const struct gaz_index_document *documents, size_t count,
                                  const struct gaz_index_term *loose, size_t loose_count,
                                  struct gaz_arena *arena, struct gaz_buf *raw,
                                  struct gaz_index_document *out, struct gaz_err *err) {
    size_t carrier_count = 0, distinct = 0;
    struct carrier *carriers = list_carriers(documents, count, arena, &carrier_count);
    struct gaz_index_term *terms = gaz_arena_alloc(arena, (carrier_count + loose_count + 1) * sizeof *terms);
    if (!carriers || !terms)
        return gaz_err_memory(err);
    for (size_t at = 0; at < carrier_count; at = run_end(carriers, carrier_count, at))
        distinct++;
    add_number(raw, distinct);
    for (size_t at = 0, end; at < carrier_count; at = end) {
        end = run_end(carriers, carrier_count, at);
        write_run(carriers + at, end - at, count, raw);
        terms[out->term_count++] = (struct gaz_index_term){carriers[at].term, (uint32_t)(end - at)};
    }
    terms[out->term_count++] =
        (struct gaz_index_term){{GAZ_BUNDLE_EVERY, strlen(GAZ_BUNDLE_EVERY)}, (uint32_t)count};
    for (size_t i = 0; i < loose_count; i++)
        terms[out->term_count++] = (struct gaz_index_term){loose[i].term, 1};
    out->terms = terms;
    return GAZ_OK;
}

// Where the values of one slot lie.
struct extent {
    uint32_t slot;
    struct gaz_index_bytes low, high;
};

static void widen(struct extent *extents, size_t *count, const struct gaz_index_value *value) {
    size_t at = 0;
    while (at < *count && extents[at].slot != value->slot)
        at++;
    if (at == *count) {
        extents[(*count)++] = (struct extent){value->slot, value->bytes, value->bytes};
        return;
    }
    if (compare_bytes(value->bytes, extents[at].low) < 0)
        extents[at].low = value->bytes;
    if (compare_bytes(value->bytes, extents[at].high) > 0)
        extents[at].high = value->bytes;
}

static bool write_extent(const struct extent *extent, struct gaz_arena *arena, struct gaz_index_value *out) {
    *out = (struct gaz_index_value){extent->slot, extent->low};
    if (compare_bytes(extent->low, extent->high) == 0)
        return true;
    size_t len = extent->low.len + 1 + extent->high.len;
    char *both = gaz_arena_alloc(arena, len);
    if (!both)
        return false;
    memcpy(both, extent->low.data, extent->low.len);
    memcpy(both + extent->low.len + 1, extent->high.data, extent->high.len);
    out->bytes = (struct gaz_index_bytes){both, len};
    return true;
}

// The values of the bundle, and in RAW those of its documents.
static enum gaz_status pack_values(const struct gaz_index_document *documents, size_t count,
                                   struct gaz_arena *arena, struct gaz_buf *raw,
                                   struct gaz_index_document *out, struct gaz_err *err) {
    size_t most = 1, extent_count = 0;
    for (size_t i = 0; i < count; i++)
        most += documents[i].value_count;
    struct extent *extents = gaz_arena_alloc(arena, most * sizeof *extents);
    struct gaz_index_value *values = gaz_arena_alloc(arena, most * sizeof *values);
    if (!extents || !values)
        return gaz_err_memory(err);
    for (size_t i = 0; i < count; i++) {
        add_number(raw, documents[i].value_count);
        for (size_t j = 0; j < documents[i].value_count; j++) {
            const struct gaz_index_value *value = &documents[i].values[j];
            add_number(raw, value->slot);
            add_bytes(raw, value->bytes);
            if (value->bytes.len > 0)
                widen(extents, &extent_count, value);
        }
    }
    for (size_t i = 0; i < extent_count; i++)
        if (!write_extent(&extents[i], arena, &values[i]))
            return gaz_err_memory(err);
    out->values = values;
    out->value_count = extent_count;
    return GAZ_OK;
}

static void pack_data(const struct gaz_index_document *documents, size_t count, struct gaz_buf *raw) {
    for (size_t i = 0; i < count; i++)
        add_number(raw, documents[i].data.len);
    for (size_t i = 0; i < count; i++)
        gaz_buf_add(raw, documents[i].data.data, documents[i].data.len);
}

static enum gaz_status compress(const struct gaz_buf *raw, struct gaz_arena *arena,
                                struct gaz_index_bytes *out, struct gaz_err *err) {
    size_t room = ZSTD_compressBound(raw->len);
    char *packed = gaz_arena_alloc(arena, room + 1);
    if (!packed)
        return gaz_err_memory(err);
    packed[0] = VERSION;
    size_t len = ZSTD_compress(packed + 1, room, raw->data, raw->len, LEVEL);
    if (ZSTD_isError(len))
        return gaz_err_memory(err);
    *out = (struct gaz_index_bytes){packed, len + 1};
    return GAZ_OK;
}

enum gaz_status gaz_bundle_pack(const struct gaz_index_document *documents, size_t count,
                                const struct gaz_index_term *loose, size_t loose_count,
                                struct gaz_arena *arena, struct gaz_index_document *out,
                                struct gaz_err *err) {
    struct gaz_buf raw = GAZ_BUF_INIT;
    raw.max = RAW_MAX;
    *out = (struct gaz_index_document){0};
    if (count == 0 || count > GAZ_BUNDLE_MAX)
        return gaz_err_set(err, GAZ_ERR_ARGUMENT, "a bundle of %zu documents: 1 to %d are allowed", count,
                           (int)GAZ_BUNDLE_MAX);
    add_number(&raw, count);
    enum gaz_status status = pack_terms(documents, count, loose, loose_count, arena, &raw, out, err);
    if (status == GAZ_OK)
        status = pack_values(documents, count, arena, &raw, out, err);
    pack_data(documents, count, &raw);
    if (status == GAZ_OK)
        status = gaz_buf_check(&raw, err);
    if (status == GAZ_OK)
        status = compress(&raw, arena, &out->data, err);
    gaz_buf_free(&raw);
    return status;
}

// --- reading ---

struct stored_term {
    struct gaz_index_bytes term;
    const char *carriers; // as stored
};

struct gaz_bundle {
    char *raw;
    size_t count;
    struct stored_term *terms; // sorted
    size_t term_count;
    struct gaz_index_value *values; // of all documents, one after the other
    size_t value_ends[GAZ_BUNDLE_MAX];
    struct gaz_index_bytes data[GAZ_BUNDLE_MAX];
};

// What is still to be read; `failed` sticks.
struct source {
    const char *at, *end;
    bool failed;
};

static uint64_t read_number(struct source *source) {
    uint64_t number = 0;
    for (unsigned i = 0; i < NUMBER_MAX && source->at < source->end; i++) {
        unsigned char byte = (unsigned char)*source->at++;
        number |= (uint64_t)(byte & 0x7F) << (7 * i);
        if (byte < 0x80)
            return number;
    }
    source->failed = true;
    return 0;
}

// A number of things that take at least a byte each.
static size_t read_count(struct source *source) {
    uint64_t count = read_number(source);
    if (count <= (size_t)(source->end - source->at))
        return (size_t)count;
    source->failed = true;
    return 0;
}

static struct gaz_index_bytes read_bytes(struct source *source) {
    size_t len = read_count(source);
    struct gaz_index_bytes bytes = {source->at, len};
    source->at += len;
    return bytes;
}

static void set_bit(struct gaz_bundle_set *set, size_t at) {
    set->bits[at / 64] |= UINT64_C(1) << (at % 64);
}

// The documents of a term; SET may be NULL.
static void read_carriers(struct source *source, size_t documents, struct gaz_bundle_set *set) {
    struct gaz_bundle_set ignored;
    struct gaz_bundle_set *out = set ? set : &ignored;
    size_t length = read_count(source);
    uint64_t at = 0;
    *out = (struct gaz_bundle_set){0};
    for (size_t i = 0; length == 0 && i < documents; i++)
        set_bit(out, i);
    for (size_t i = 0; i < length && !source->failed; i++) {
        at += read_number(source);
        if (at < documents)
            set_bit(out, (size_t)at);
        else
            source->failed = true;
    }
}

static void read_terms(struct source *source, struct gaz_bundle *bundle) {
    for (size_t i = 0; i < bundle->term_count; i++) {
        bundle->terms[i].term = read_bytes(source);
        bundle->terms[i].carriers = source->at;
        read_carriers(source, bundle->count, NULL);
    }
}

// False when memory is short.
static bool read_values(struct source *source, struct gaz_bundle *bundle) {
    size_t capacity = 0, made = 0;
    for (size_t i = 0; i < bundle->count; i++) {
        size_t count = read_count(source);
        struct gaz_index_value *values = gaz_grow(bundle->values, &capacity, made + count, sizeof *values);
        if (!values)
            return false;
        bundle->values = values;
        for (size_t j = 0; j < count; j++) {
            values[made].slot = (uint32_t)read_number(source);
            values[made++].bytes = read_bytes(source);
        }
        bundle->value_ends[i] = made;
    }
    return true;
}

static void read_data(struct source *source, struct gaz_bundle *bundle) {
    size_t left;
    for (size_t i = 0; i < bundle->count; i++)
        bundle->data[i].len = read_count(source);
    for (size_t i = 0; i < bundle->count && !source->failed; i++) {
        left = (size_t)(source->end - source->at);
        bundle->data[i].data = source->at;
        source->failed = bundle->data[i].len > left;
        source->at += source->failed ? 0 : bundle->data[i].len;
    }
}

static enum gaz_status corrupt(struct gaz_err *err) {
    return gaz_err_set(err, GAZ_ERR_CORRUPT, "a stored bundle is damaged: rebuild the index");
}

// Decompresses to bundle->raw.
static enum gaz_status expand(struct gaz_bundle *bundle, const char *data, size_t len, size_t *raw_len,
                              struct gaz_err *err) {
    if (len == 0)
        return corrupt(err);
    if (data[0] != VERSION)
        return gaz_err_set(err, GAZ_ERR_VERSION,
                           "a stored bundle is of version %d, this program reads %d: rebuild the index",
                           data[0], VERSION);
    unsigned long long size = ZSTD_getFrameContentSize(data + 1, len - 1);
    if (size > RAW_MAX) // so are the values that stand for unknown and wrong
        return corrupt(err);
    bundle->raw = gaz_malloc((size_t)size + 1);
    if (!bundle->raw)
        return gaz_err_memory(err);
    *raw_len = ZSTD_decompress(bundle->raw, (size_t)size, data + 1, len - 1);
    return ZSTD_isError(*raw_len) || *raw_len != size ? corrupt(err) : GAZ_OK;
}

static enum gaz_status read_bundle(struct gaz_bundle *bundle, size_t len, struct gaz_err *err) {
    struct source source = {bundle->raw, bundle->raw + len, false};
    bundle->count = read_count(&source);
    bundle->term_count = read_count(&source);
    if (bundle->count == 0 || bundle->count > GAZ_BUNDLE_MAX)
        return corrupt(err);
    bundle->terms = gaz_malloc(bundle->term_count * sizeof *bundle->terms);
    if (!bundle->terms)
        return gaz_err_memory(err);
    read_terms(&source, bundle);
    if (!read_values(&source, bundle))
        return gaz_err_memory(err);
    read_data(&source, bundle);
    return source.failed ? corrupt(err) : GAZ_OK;
}

enum gaz_status gaz_bundle_open(const char *data, size_t len, struct gaz_bundle **out, struct gaz_err *err) {
    size_t raw_len = 0;
    struct gaz_bundle *bundle = gaz_calloc(1, sizeof *bundle);
    if (!bundle)
        return gaz_err_memory(err);
    enum gaz_status status = expand(bundle, data, len, &raw_len, err);
    if (status == GAZ_OK)
        status = read_bundle(bundle, raw_len, err);
    if (status == GAZ_OK)
        *out = bundle;
    else
        gaz_bundle_free(bundle);
    return status;
}

void gaz_bundle_free(struct gaz_bundle *bundle) {
    if (!bundle)
        return;
    gaz_free(bundle->raw);
    gaz_free(bundle->terms);
    gaz_free(bundle->values);
    gaz_free(bundle);
}

size_t gaz_bundle_count(const struct gaz_bundle *bundle) {
    return bundle->count;
}

struct gaz_index_bytes gaz_bundle_data(const struct gaz_bundle *bundle, size_t at) {
    return bundle->data[at];
}

struct gaz_index_bytes gaz_bundle_value(const struct gaz_bundle *bundle, size_t at, uint32_t slot) {
    for (size_t i = at > 0 ? bundle->value_ends[at - 1] : 0; i < bundle->value_ends[at]; i++)
        if (bundle->values[i].slot == slot)
            return bundle->values[i].bytes;
    return (struct gaz_index_bytes){"", 0};
}

static int compare_to_term(const void *wanted, const void *stored) {
    return compare_bytes(*(const struct gaz_index_bytes *)wanted, ((const struct stored_term *)stored)->term);
}

bool gaz_bundle_find(const struct gaz_bundle *bundle, struct gaz_index_bytes term,
                     struct gaz_bundle_set *out) {
    const struct stored_term *found =
        bsearch(&term, bundle->terms, bundle->term_count, sizeof *found, compare_to_term);
    return found && gaz_bundle_term(bundle, (size_t)(found - bundle->terms), &term, out);
}

bool gaz_bundle_term(const struct gaz_bundle *bundle, size_t number, struct gaz_index_bytes *term,
                     struct gaz_bundle_set *set) {
    if (number >= bundle->term_count)
        return false;
    *term = bundle->terms[number].term;
    if (set) {
        // Read once already, so it ends where it should.
        struct source source = {bundle->terms[number].carriers, bundle->data[0].data, false};
        read_carriers(&source, bundle->count, set);
    }
    return true;
}
