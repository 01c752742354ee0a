// SPDX-License-Identifier: GPL-2.0-or-later
#include "shim/bundle.h"

#include <stdlib.h>
#include <string.h>

#include <zstd.h>

#include "shim/varint.h"

// The stored form is a version byte, the lengths of the first two of three zstd frames, and the frames. The
// first holds the number of documents and of each the number of its exact terms and of each the bytes,
// sorted; the number of its values and of each the slot and the bytes. The second holds the heads of their
// data, the third the rests. Bytes follow their number.
enum { VERSION = 1, LEVEL = 6, RAW_MAX = 1 << 30 };
enum { FRAME_TERMS, FRAME_PARTS, FRAMES = 3, PARTS = FRAMES - FRAME_PARTS };
static const char MARK = '\x04';

// --- packing ---

// A term and one document that carries it.
struct carrier {
    struct gaz_index_bytes term;
    size_t document;
    bool rare;
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

static void add_bytes(struct gaz_buf *buf, struct gaz_index_bytes bytes) {
    gaz_varint_add(buf, bytes.len);
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
            carriers[made++] = (struct carrier){documents[i].terms[j].term, i,
                                                documents[i].terms[j].count == GAZ_INDEX_RARE};
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

void gaz_bundle_mark(struct gaz_index_bytes term, char out[GAZ_BUNDLE_MARK_SIZE]) {
    uint32_t sum = 2166136261U; // FNV-1a
    for (size_t i = 0; i < term.len; i++)
        sum = (sum ^ (unsigned char)term.data[i]) * 16777619U;
    sum ^= sum >> 16;
    out[0] = MARK;
    out[1] = (char)(sum & 0xFF);
    out[2] = (char)(sum >> 8 & 0xFF);
}

// The term by which the back end knows the run of carriers; false when memory is short.
static bool write_term(const struct carrier *run, size_t length, struct gaz_arena *arena,
                       struct gaz_index_term *out) {
    *out = (struct gaz_index_term){run->term, (uint32_t)length};
    if (!run->rare)
        return true;
    char *mark = gaz_arena_alloc(arena, GAZ_BUNDLE_MARK_SIZE);
    if (!mark)
        return false;
    gaz_bundle_mark(run->term, mark);
    out->term = (struct gaz_index_bytes){mark, GAZ_BUNDLE_MARK_SIZE};
    return true;
}

// The terms of the bundle.
static enum gaz_status pack_terms(const struct carrier *carriers, size_t carrier_count, size_t documents,
                                  const struct gaz_index_term *loose, size_t loose_count,
                                  struct gaz_arena *arena, struct gaz_index_document *out,
                                  struct gaz_err *err) {
    struct gaz_index_term *terms = gaz_arena_alloc(arena, (carrier_count + loose_count + 1) * sizeof *terms);
    if (!terms)
        return gaz_err_memory(err);
    for (size_t at = 0, end; at < carrier_count; at = end) {
        end = run_end(carriers, carrier_count, at);
        if (!write_term(carriers + at, end - at, arena, &terms[out->term_count++]))
            return gaz_err_memory(err);
    }
    terms[out->term_count++] =
        (struct gaz_index_term){{GAZ_BUNDLE_EVERY, strlen(GAZ_BUNDLE_EVERY)}, (uint32_t)documents};
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

// The values of the bundle.
static enum gaz_status pack_values(const struct gaz_index_document *documents, size_t count,
                                   struct gaz_arena *arena, struct gaz_index_document *out,
                                   struct gaz_err *err) {
    size_t most = 1, extent_count = 0;
    for (size_t i = 0; i < count; i++)
        most += documents[i].value_count;
    struct extent *extents = gaz_arena_alloc(arena, most * sizeof *extents);
    struct gaz_index_value *values = gaz_arena_alloc(arena, most * sizeof *values);
    if (!extents || !values)
        return gaz_err_memory(err);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < documents[i].value_count; j++)
            if (documents[i].values[j].bytes.len > 0)
                widen(extents, &extent_count, &documents[i].values[j]);
    for (size_t i = 0; i < extent_count; i++)
        if (!write_extent(&extents[i], arena, &values[i]))
            return gaz_err_memory(err);
    out->values = values;
    out->value_count = extent_count;
    return GAZ_OK;
}

// Sorts the carriers by document; those of one stay in the order of their terms.
static struct carrier *by_document(const struct carrier *carriers, size_t carrier_count, size_t *ends,
                                   size_t documents, struct gaz_arena *arena) {
    struct carrier *sorted = gaz_arena_alloc(arena, (carrier_count + 1) * sizeof *sorted);
    for (size_t i = 0; i < carrier_count; i++)
        ends[carriers[i].document]++;
    for (size_t i = 0, start = 0, size; i < documents; i++, start += size) {
        size = ends[i];
        ends[i] = start;
    }
    for (size_t i = 0; i < carrier_count && sorted; i++)
        sorted[ends[carriers[i].document]++] = carriers[i];
    return sorted;
}

static void write_document(const struct gaz_index_document *document, const struct carrier *terms,
                           size_t term_count, struct gaz_buf *raw) {
    gaz_varint_add(raw, term_count);
    for (size_t i = 0; i < term_count; i++)
        add_bytes(raw, terms[i].term);
    gaz_varint_add(raw, document->value_count);
    for (size_t i = 0; i < document->value_count; i++) {
        gaz_varint_add(raw, document->values[i].slot);
        add_bytes(raw, document->values[i].bytes);
    }
}

static enum gaz_status write_documents(const struct gaz_index_document *documents, size_t count,
                                       const struct carrier *carriers, size_t carrier_count,
                                       struct gaz_arena *arena, struct gaz_buf *raw, struct gaz_err *err) {
    size_t ends[GAZ_BUNDLE_MAX] = {0};
    const struct carrier *sorted = by_document(carriers, carrier_count, ends, count, arena);
    if (!sorted)
        return gaz_err_memory(err);
    gaz_varint_add(raw, count);
    for (size_t i = 0, at = 0; i < count; at = ends[i++])
        write_document(&documents[i], sorted + at, ends[i] - at, raw);
    return gaz_buf_check(raw, err);
}

static void write_part(const struct gaz_index_document *documents, size_t count, enum gaz_bundle_part part,
                       struct gaz_buf *raw) {
    for (size_t i = 0; i < count; i++) {
        struct gaz_index_bytes data = documents[i].data;
        size_t head = documents[i].head;
        add_bytes(raw, part == GAZ_BUNDLE_HEAD ? (struct gaz_index_bytes){data.data, head}
                                               : (struct gaz_index_bytes){data.data + head, data.len - head});
    }
}

// Appends RAW as a frame to OUT and empties it.
static enum gaz_status compress(ZSTD_CCtx *context, struct gaz_buf *raw, struct gaz_buf *out,
                                struct gaz_err *err) {
    enum gaz_status status = gaz_buf_check(raw, err);
    size_t room = ZSTD_compressBound(raw->len);
    char *frame = status == GAZ_OK ? gaz_malloc(room) : NULL;
    if (status == GAZ_OK && !frame)
        status = gaz_err_memory(err);
    if (status == GAZ_OK) {
        size_t len = ZSTD_compress2(context, frame, room, raw->data, raw->len);
        if (ZSTD_isError(len))
            status = gaz_err_memory(err);
        else
            gaz_buf_add(out, frame, len);
    }
    gaz_free(frame);
    gaz_buf_clear(raw);
    return status;
}

// The frames of the bundle, the first of which RAW holds.
static enum gaz_status write_frames(const struct gaz_index_document *documents, size_t count,
                                    struct gaz_buf *raw, struct gaz_buf frames[FRAMES], struct gaz_err *err) {
    ZSTD_CCtx *context = ZSTD_createCCtx();
    if (!context)
        return gaz_err_memory(err);
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, LEVEL);
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    enum gaz_status status = compress(context, raw, &frames[FRAME_TERMS], err);
    for (size_t part = 0; part < PARTS && status == GAZ_OK; part++) {
        write_part(documents, count, (enum gaz_bundle_part)part, raw);
        status = compress(context, raw, &frames[FRAME_PARTS + part], err);
    }
    ZSTD_freeCCtx(context);
    return status;
}

static enum gaz_status join_frames(const struct gaz_buf frames[FRAMES], struct gaz_arena *arena,
                                   struct gaz_index_bytes *out, struct gaz_err *err) {
    struct gaz_buf all = GAZ_BUF_INIT;
    gaz_buf_addch(&all, VERSION);
    for (size_t i = 0; i + 1 < FRAMES; i++)
        gaz_varint_add(&all, frames[i].len);
    for (size_t i = 0; i < FRAMES; i++)
        gaz_buf_add(&all, frames[i].data, frames[i].len);
    enum gaz_status status = gaz_buf_check(&all, err);
    *out = (struct gaz_index_bytes){gaz_arena_strndup(arena, all.data, all.len), all.len};
    if (status == GAZ_OK && !out->data)
        status = gaz_err_memory(err);
    gaz_buf_free(&all);
    return status;
}

enum gaz_status gaz_bundle_pack(const struct gaz_index_document *documents, size_t count,
                                const struct gaz_index_term *loose, size_t loose_count,
                                struct gaz_arena *arena, struct gaz_index_document *out,
                                struct gaz_err *err) {
    struct gaz_buf raw = GAZ_BUF_INIT, frames[FRAMES] = {GAZ_BUF_INIT, GAZ_BUF_INIT, GAZ_BUF_INIT};
    size_t carrier_count = 0;
    raw.max = RAW_MAX;
    *out = (struct gaz_index_document){0};
    if (count == 0 || count > GAZ_BUNDLE_MAX)
        return gaz_err_set(err, GAZ_ERR_ARGUMENT, "a bundle of %zu documents: 1 to %d are allowed", count,
                           (int)GAZ_BUNDLE_MAX);
    const struct carrier *carriers = list_carriers(documents, count, arena, &carrier_count);
    enum gaz_status status = carriers ? GAZ_OK : gaz_err_memory(err);
    if (status == GAZ_OK)
        status = pack_terms(carriers, carrier_count, count, loose, loose_count, arena, out, err);
    if (status == GAZ_OK)
        status = pack_values(documents, count, arena, out, err);
    if (status == GAZ_OK)
        status = write_documents(documents, count, carriers, carrier_count, arena, &raw, err);
    if (status == GAZ_OK)
        status = write_frames(documents, count, &raw, frames, err);
    if (status == GAZ_OK)
        status = join_frames(frames, arena, &out->data, err);
    for (size_t i = 0; i < FRAMES; i++)
        gaz_buf_free(&frames[i]);
    gaz_buf_free(&raw);
    return status;
}

// --- reading ---

// A part of all documents' data.
struct part {
    char *raw; // NULL while it is not decompressed
    struct gaz_index_bytes items[GAZ_BUNDLE_MAX];
};

struct gaz_bundle {
    char *packed; // as stored
    struct gaz_index_bytes frames[FRAMES];
    char *raw; // the first frame
    size_t count;
    struct gaz_index_bytes *terms; // of all documents, one after the other; so are the values
    size_t term_ends[GAZ_BUNDLE_MAX];
    struct gaz_index_value *values;
    size_t value_ends[GAZ_BUNDLE_MAX];
    size_t term_capacity, value_capacity;
    struct part *parts[PARTS]; // NULL while they are not wanted
};

static struct gaz_index_bytes read_bytes(struct gaz_varint_source *source) {
    size_t len = gaz_varint_count(source);
    return (struct gaz_index_bytes){gaz_varint_bytes(source, len), len};
}

// Reads the terms of document AT; false when memory is short.
static bool read_terms(struct gaz_varint_source *source, struct gaz_bundle *bundle, size_t at) {
    size_t made = at > 0 ? bundle->term_ends[at - 1] : 0, count = gaz_varint_count(source);
    struct gaz_index_bytes *terms =
        gaz_grow(bundle->terms, &bundle->term_capacity, made + count, sizeof *terms);
    if (!terms)
        return false;
    bundle->terms = terms;
    for (size_t i = 0; i < count; i++)
        terms[made++] = read_bytes(source);
    bundle->term_ends[at] = made;
    return true;
}

static bool read_values(struct gaz_varint_source *source, struct gaz_bundle *bundle, size_t at) {
    size_t made = at > 0 ? bundle->value_ends[at - 1] : 0, count = gaz_varint_count(source);
    struct gaz_index_value *values =
        gaz_grow(bundle->values, &bundle->value_capacity, made + count, sizeof *values);
    if (!values)
        return false;
    bundle->values = values;
    for (size_t i = 0; i < count; i++) {
        values[made].slot = (uint32_t)gaz_varint_number(source);
        values[made++].bytes = read_bytes(source);
    }
    bundle->value_ends[at] = made;
    return true;
}

static enum gaz_status corrupt(struct gaz_err *err) {
    return gaz_err_set(err, GAZ_ERR_CORRUPT, "a stored bundle is damaged: rebuild the index");
}

// Decompresses FRAME to *RAW, which the caller frees also after an error.
static enum gaz_status expand(struct gaz_index_bytes frame, char **raw, size_t *len, struct gaz_err *err) {
    unsigned long long size = ZSTD_getFrameContentSize(frame.data, frame.len);
    if (size > RAW_MAX) // so are the values that stand for unknown and wrong
        return corrupt(err);
    *raw = gaz_malloc((size_t)size + 1);
    if (!*raw)
        return gaz_err_memory(err);
    *len = ZSTD_decompress(*raw, (size_t)size, frame.data, frame.len);
    return ZSTD_isError(*len) || *len != size ? corrupt(err) : GAZ_OK;
}

static enum gaz_status find_frames(struct gaz_bundle *bundle, size_t len, struct gaz_err *err) {
    struct gaz_varint_source source = {bundle->packed + 1, bundle->packed + len, false};
    if (len == 0)
        return corrupt(err);
    if (bundle->packed[0] != VERSION)
        return gaz_err_set(err, GAZ_ERR_VERSION,
                           "a stored bundle is of version %d, this program reads %d: rebuild the index",
                           bundle->packed[0], VERSION);
    for (size_t i = 0; i + 1 < FRAMES; i++)
        bundle->frames[i].len = gaz_varint_count(&source);
    for (size_t i = 0; i < FRAMES; i++) {
        if (i + 1 == FRAMES)
            bundle->frames[i].len = (size_t)(source.end - source.at);
        bundle->frames[i].data = gaz_varint_bytes(&source, bundle->frames[i].len);
    }
    return source.failed ? corrupt(err) : GAZ_OK;
}

static enum gaz_status read_bundle(struct gaz_bundle *bundle, size_t len, struct gaz_err *err) {
    struct gaz_varint_source source = {bundle->raw, bundle->raw + len, false};
    bundle->count = gaz_varint_count(&source);
    if (bundle->count == 0 || bundle->count > GAZ_BUNDLE_MAX)
        return corrupt(err);
    for (size_t i = 0; i < bundle->count && !source.failed; i++) {
        if (!read_terms(&source, bundle, i) || !read_values(&source, bundle, i))
            return gaz_err_memory(err);
    }
    return source.failed ? corrupt(err) : GAZ_OK;
}

enum gaz_status gaz_bundle_open(const char *data, size_t len, struct gaz_bundle **out, struct gaz_err *err) {
    size_t raw_len = 0;
    struct gaz_bundle *bundle = gaz_calloc(1, sizeof *bundle);
    if (!bundle)
        return gaz_err_memory(err);
    bundle->packed = gaz_strndup(data, len);
    enum gaz_status status = bundle->packed ? find_frames(bundle, len, err) : gaz_err_memory(err);
    if (status == GAZ_OK)
        status = expand(bundle->frames[FRAME_TERMS], &bundle->raw, &raw_len, err);
    if (status == GAZ_OK)
        status = read_bundle(bundle, raw_len, err);
    if (status == GAZ_OK)
        *out = bundle;
    else
        gaz_bundle_free(bundle);
    return status;
}

static void free_part(struct part *part) {
    if (part)
        gaz_free(part->raw);
    gaz_free(part);
}

void gaz_bundle_free(struct gaz_bundle *bundle) {
    if (!bundle)
        return;
    for (size_t i = 0; i < PARTS; i++)
        free_part(bundle->parts[i]);
    gaz_free(bundle->packed);
    gaz_free(bundle->raw);
    gaz_free(bundle->terms);
    gaz_free(bundle->values);
    gaz_free(bundle);
}

size_t gaz_bundle_count(const struct gaz_bundle *bundle) {
    return bundle->count;
}

static enum gaz_status read_part(const struct gaz_bundle *bundle, size_t number, struct part *part,
                                 struct gaz_err *err) {
    size_t len = 0;
    enum gaz_status status = expand(bundle->frames[FRAME_PARTS + number], &part->raw, &len, err);
    if (status != GAZ_OK)
        return status;
    struct gaz_varint_source source = {part->raw, part->raw + len, false};
    for (size_t i = 0; i < bundle->count; i++)
        part->items[i] = read_bytes(&source);
    return source.failed ? corrupt(err) : GAZ_OK;
}

enum gaz_status gaz_bundle_data(struct gaz_bundle *bundle, size_t at, enum gaz_bundle_part number,
                                struct gaz_index_bytes *out, struct gaz_err *err) {
    if (!bundle->parts[number]) {
        struct part *part = gaz_calloc(1, sizeof *part);
        enum gaz_status status = part ? read_part(bundle, number, part, err) : gaz_err_memory(err);
        if (status != GAZ_OK) {
            free_part(part);
            return status;
        }
        bundle->parts[number] = part;
    }
    *out = bundle->parts[number]->items[at];
    return GAZ_OK;
}

struct gaz_index_bytes gaz_bundle_value(const struct gaz_bundle *bundle, size_t at, uint32_t slot) {
    for (size_t i = at > 0 ? bundle->value_ends[at - 1] : 0; i < bundle->value_ends[at]; i++)
        if (bundle->values[i].slot == slot)
            return bundle->values[i].bytes;
    return (struct gaz_index_bytes){"", 0};
}

const struct gaz_index_bytes *gaz_bundle_terms(const struct gaz_bundle *bundle, size_t at, size_t *count) {
    size_t start = at > 0 ? bundle->term_ends[at - 1] : 0;
    *count = bundle->term_ends[at] - start;
    return bundle->terms + start;
}

static int by_bytes(const void *a, const void *b) {
    return compare_bytes(*(const struct gaz_index_bytes *)a, *(const struct gaz_index_bytes *)b);
}

bool gaz_bundle_find(const struct gaz_bundle *bundle, struct gaz_index_bytes term,
                     struct gaz_bundle_set *out) {
    bool any = false;
    *out = (struct gaz_bundle_set){0};
    for (size_t i = 0; i < bundle->count; i++) {
        size_t count;
        const struct gaz_index_bytes *terms = gaz_bundle_terms(bundle, i, &count);
        if (bsearch(&term, terms, count, sizeof *terms, by_bytes)) {
            out->bits[i / 64] |= UINT64_C(1) << (i % 64);
            any = true;
        }
    }
    return any;
}
