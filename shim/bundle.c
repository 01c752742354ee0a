// SPDX-License-Identifier: GPL-2.0-or-later
#include "shim/bundle.h"

#include <stdlib.h>
#include <string.h>

#include <zstd.h>

#include "shim/varint.h"

// The stored form is a version byte, the lengths of the first two of three zstd frames, and the frames. The
// first holds the number of documents; for each the number of its exact terms that no earlier one has, and of
// each the bytes, the number of later documents that have it, and the numbers of these, each less the one
// before; the number of slots, and of each the slot and, until they cover all documents, runs of the same
// value: the number of documents and the bytes. The second holds the heads of their data, the third the
// rests. Bytes follow their number.
enum { VERSION = 2, LEVEL = 6, RAW_MAX = 1 << 30, SLOTS = 256 };
enum { FRAME_TERMS, FRAME_PARTS, FRAMES = 3, PARTS = FRAMES - FRAME_PARTS };
static const char MARK = '\x04', RANGE = '\x05';

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
    for (size_t i = 0; i < term.len && term.data[i] != '/'; i++)
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

struct gaz_index_bytes gaz_bundle_range(uint32_t slot, struct gaz_index_bytes value,
                                        char out[GAZ_BUNDLE_RANGE_SIZE]) {
    enum { HEAD = 2 };
    size_t len = value.len < GAZ_BUNDLE_RANGE_SIZE - HEAD ? value.len : GAZ_BUNDLE_RANGE_SIZE - HEAD;
    out[0] = RANGE;
    out[1] = (char)(slot + 1); // no zero byte, which would take two
    memcpy(out + HEAD, value.data, len);
    return (struct gaz_index_bytes){out, HEAD + len};
}

static bool is_posted(const struct gaz_index_term *terms, size_t count, struct gaz_index_bytes term) {
    for (size_t i = 0; i < count; i++)
        if (compare_bytes(terms[i].term, term) == 0)
            return true;
    return false;
}

// Posts the ranged values of DOCUMENT with the terms from START on, each once.
static enum gaz_status post_values(const struct gaz_index_document *document, size_t start,
                                   struct gaz_arena *arena, struct gaz_index_term *terms, size_t *count,
                                   struct gaz_err *err) {
    for (size_t i = 0; i < document->value_count; i++) {
        const struct gaz_index_value *value = &document->values[i];
        char bytes[GAZ_BUNDLE_RANGE_SIZE];
        if (!value->ranged || value->bytes.len == 0)
            continue;
        struct gaz_index_bytes term = gaz_bundle_range(value->slot, value->bytes, bytes);
        if (is_posted(terms + start, *count - start, term))
            continue;
        term.data = gaz_arena_strndup(arena, term.data, term.len);
        if (!term.data)
            return gaz_err_memory(err);
        terms[(*count)++] = (struct gaz_index_term){term, 1};
    }
    return GAZ_OK;
}

// The terms of the bundle: exact ones, loose ones, those of ranges.
static enum gaz_status pack_terms(const struct carrier *carriers, size_t carrier_count,
                                  const struct gaz_index_document *documents, size_t count,
                                  const struct gaz_index_term *loose, size_t loose_count,
                                  struct gaz_arena *arena, struct gaz_index_document *out,
                                  struct gaz_err *err) {
    size_t most = carrier_count + loose_count + 1;
    for (size_t i = 0; i < count; i++)
        most += documents[i].value_count;
    struct gaz_index_term *terms = gaz_arena_alloc(arena, most * sizeof *terms);
    if (!terms)
        return gaz_err_memory(err);
    for (size_t at = 0, end; at < carrier_count; at = end) {
        end = run_end(carriers, carrier_count, at);
        struct gaz_index_term *term = &terms[out->term_count];
        if (!write_term(carriers + at, end - at, arena, term))
            return gaz_err_memory(err);
        bool is_again =
            carriers[at].rare && out->term_count > 0 && compare_bytes(term->term, term[-1].term) == 0;
        out->term_count += !is_again; // names of a family follow each other
    }
    terms[out->term_count++] =
        (struct gaz_index_term){{GAZ_BUNDLE_EVERY, strlen(GAZ_BUNDLE_EVERY)}, (uint32_t)count};
    for (size_t i = 0; i < loose_count; i++)
        terms[out->term_count++] = (struct gaz_index_term){loose[i].term, 1};
    enum gaz_status status = GAZ_OK;
    for (size_t i = 0, start = out->term_count; i < count && status == GAZ_OK; i++)
        status = post_values(&documents[i], start, arena, terms, &out->term_count, err);
    out->terms = terms;
    return status;
}

// Writes the run of carriers of one term.
static void write_run(const struct carrier *run, size_t length, struct gaz_buf *raw) {
    add_bytes(raw, run->term);
    gaz_varint_add(raw, length - 1);
    for (size_t i = 1; i < length; i++)
        gaz_varint_add(raw, run[i].document - run[i - 1].document);
}

// Writes the terms by the first document that has each: what resembles its neighbour packs better.
static enum gaz_status write_terms(const struct carrier *carriers, size_t count, size_t documents,
                                   struct gaz_arena *arena, struct gaz_buf *raw, struct gaz_err *err) {
    size_t counts[GAZ_BUNDLE_MAX] = {0}, next[GAZ_BUNDLE_MAX] = {0};
    const struct carrier **runs = gaz_arena_alloc(arena, (count + 1) * sizeof *runs);
    if (!runs)
        return gaz_err_memory(err);
    for (size_t at = 0; at < count; at = run_end(carriers, count, at))
        counts[carriers[at].document]++;
    for (size_t i = 1; i < documents; i++)
        next[i] = next[i - 1] + counts[i - 1];
    for (size_t at = 0; at < count; at = run_end(carriers, count, at))
        runs[next[carriers[at].document]++] = &carriers[at];
    for (size_t i = 0, run = 0; i < documents; i++) {
        gaz_varint_add(raw, counts[i]);
        for (size_t j = 0; j < counts[i]; j++, run++) {
            size_t at = (size_t)(runs[run] - carriers);
            write_run(runs[run], run_end(carriers, count, at) - at, raw);
        }
    }
    return GAZ_OK;
}

static struct gaz_index_bytes value_of(const struct gaz_index_document *document, uint32_t slot) {
    for (size_t i = 0; i < document->value_count; i++)
        if (document->values[i].slot == slot)
            return document->values[i].bytes;
    return (struct gaz_index_bytes){"", 0};
}

static void write_slot(const struct gaz_index_document *documents, size_t count, uint32_t slot,
                       struct gaz_buf *raw) {
    gaz_varint_add(raw, slot);
    for (size_t at = 0, end; at < count; at = end) {
        struct gaz_index_bytes value = value_of(&documents[at], slot);
        for (end = at + 1; end < count && compare_bytes(value_of(&documents[end], slot), value) == 0; end++) {
        }
        gaz_varint_add(raw, end - at);
        add_bytes(raw, value);
    }
}

// Writes the values of all slots that one of the documents has.
static void write_values(const struct gaz_index_document *documents, size_t count, struct gaz_buf *raw) {
    bool used[SLOTS] = {false};
    size_t slots = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < documents[i].value_count; j++) {
            slots += !used[documents[i].values[j].slot];
            used[documents[i].values[j].slot] = true;
        }
    gaz_varint_add(raw, slots);
    for (uint32_t slot = 0; slot < SLOTS; slot++)
        if (used[slot])
            write_slot(documents, count, slot, raw);
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
        status = pack_terms(carriers, carrier_count, documents, count, loose, loose_count, arena, out, err);
    if (status == GAZ_OK) {
        gaz_varint_add(&raw, count);
        status = write_terms(carriers, carrier_count, count, arena, &raw, err);
    }
    if (status == GAZ_OK) {
        write_values(documents, count, &raw);
        status = gaz_buf_check(&raw, err);
    }
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

struct term {
    struct gaz_index_bytes bytes;
    struct gaz_bundle_set set; // of the documents that carry it
};

// Documents of the same value, up to END.
struct run {
    uint32_t slot;
    size_t end;
    struct gaz_index_bytes value;
};

struct gaz_bundle {
    char *packed; // as stored
    struct gaz_index_bytes frames[FRAMES];
    char *raw; // the first frame
    size_t count;
    struct term *terms; // distinct
    size_t term_count, term_capacity;
    struct run *runs; // of values, slot by slot
    size_t run_count, run_capacity;
    struct part *parts[PARTS]; // NULL while they are not wanted
};

static struct gaz_index_bytes read_bytes(struct gaz_varint_source *source) {
    size_t len = gaz_varint_count(source);
    return (struct gaz_index_bytes){gaz_varint_bytes(source, len), len};
}

static void add_document(struct gaz_bundle_set *set, size_t at) {
    set->bits[at / 64] |= UINT64_C(1) << (at % 64);
}

// The documents of a term whose first is FIRST.
static void read_set(struct gaz_varint_source *source, size_t first, struct gaz_bundle_set *out) {
    size_t left = gaz_varint_count(source), at = first;
    *out = (struct gaz_bundle_set){{0}};
    add_document(out, first);
    for (; left > 0 && !source->failed; left--) {
        at += (size_t)gaz_varint_number(source);
        source->failed = source->failed || at >= GAZ_BUNDLE_MAX;
        if (!source->failed)
            add_document(out, at);
    }
}

// Reads the terms that document AT has first; false when memory is short.
static bool read_terms(struct gaz_varint_source *source, struct gaz_bundle *bundle, size_t at) {
    size_t count = gaz_varint_count(source);
    struct term *terms =
        gaz_grow(bundle->terms, &bundle->term_capacity, bundle->term_count + count, sizeof *terms);
    if (!terms)
        return false;
    bundle->terms = terms;
    for (; count > 0 && !source->failed; count--) {
        struct term *term = &terms[bundle->term_count++];
        term->bytes = read_bytes(source);
        read_set(source, at, &term->set);
    }
    return true;
}

static bool read_slot(struct gaz_varint_source *source, struct gaz_bundle *bundle) {
    uint32_t slot = (uint32_t)gaz_varint_number(source);
    for (size_t at = 0; at < bundle->count && !source->failed;) {
        struct run *runs = gaz_grow(bundle->runs, &bundle->run_capacity, bundle->run_count + 1, sizeof *runs);
        if (!runs)
            return false;
        bundle->runs = runs;
        size_t length = (size_t)gaz_varint_number(source);
        source->failed = source->failed || length == 0;
        at += length;
        runs[bundle->run_count++] = (struct run){slot, at, read_bytes(source)};
    }
    return true;
}

static bool read_values(struct gaz_varint_source *source, struct gaz_bundle *bundle) {
    size_t slots = gaz_varint_count(source);
    for (; slots > 0 && !source->failed; slots--)
        if (!read_slot(source, bundle))
            return false;
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
    for (size_t i = 0; i < bundle->count && !source.failed; i++)
        if (!read_terms(&source, bundle, i))
            return gaz_err_memory(err);
    if (!read_values(&source, bundle))
        return gaz_err_memory(err);
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
    gaz_free(bundle->runs);
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
    for (size_t i = 0; i < bundle->run_count; i++)
        if (bundle->runs[i].slot == slot && at < bundle->runs[i].end)
            return bundle->runs[i].value;
    return (struct gaz_index_bytes){"", 0};
}

size_t gaz_bundle_term_count(const struct gaz_bundle *bundle) {
    return bundle->term_count;
}

struct gaz_index_bytes gaz_bundle_term(const struct gaz_bundle *bundle, size_t number,
                                       struct gaz_bundle_set *out) {
    *out = bundle->terms[number].set;
    return bundle->terms[number].bytes;
}

bool gaz_bundle_find(const struct gaz_bundle *bundle, struct gaz_index_bytes term,
                     struct gaz_bundle_set *out) {
    for (size_t i = 0; i < bundle->term_count; i++)
        if (bundle->terms[i].bytes.len == term.len &&
            memcmp(bundle->terms[i].bytes.data, term.data, term.len) == 0) {
            *out = bundle->terms[i].set;
            return true;
        }
    *out = (struct gaz_bundle_set){{0}};
    return false;
}
