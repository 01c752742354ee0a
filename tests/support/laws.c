// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/support/laws.h"

#include <stdlib.h>
#include <string.h>

#include "indexer/read.h"
#include "indexer/reader.h"
#include "shim/unicode.h"
#include "shim/utf8.h"
#include "tests/support/owners.h"

static bool broken(struct gaz_err *why, const struct gaz_record *record, const char *law) {
    gaz_err_set(why, GAZ_ERR_INTERNAL, "%s: record %s, text %.120s", law,
                record->id ? record->id : "without id", record->text ? record->text : "(none)");
    return false;
}

// --- spans and accounting

static bool accounts(const char *source, size_t len, const struct gaz_records *records, struct gaz_err *why) {
    unsigned char *owners = calloc(len + 1, 1);
    bool kept = owners != NULL;
    for (size_t i = 0; i < records->count && kept; i++) {
        kept = owners_spans_fit(&records->items[i]->source, source, len) ||
               broken(why, records->items[i], "spans");
        if (kept && records->items[i]->type != GAZ_RECORD_CITATION)
            owners_count(&records->items[i]->source, owners);
    }
    kept = kept && owners_are_single(source, 0, len, owners, why);
    free(owners);
    return kept;
}

// --- fidelity

// The next character at or after *AT in TEXT that is no white space: its length, and *AT behind it; 0 at the
// end.
static size_t next_printed(const char *text, size_t len, size_t *at, const char **character) {
    while (*at < len) {
        uint32_t code;
        size_t step = gaz_utf8_decode(text + *at, len - *at, &code);
        *character = text + *at;
        *at += step;
        if (!gaz_unicode_is_space(code))
            return step;
    }
    return 0;
}

static bool is_faithful(const struct gaz_record *record, const char *source) {
    size_t text_len = strlen(record->text), at = 0, len, own_len;
    const char *printed, *own;
    for (size_t i = 0; i < record->source.count; i++) {
        const char *span = source + record->source.items[i].offset;
        for (size_t k = 0; (len = next_printed(span, record->source.items[i].length, &k, &printed)) > 0;) {
            own_len = next_printed(record->text, text_len, &at, &own);
            if (own_len != len || memcmp(own, printed, len) != 0)
                return false;
        }
    }
    return next_printed(record->text, text_len, &at, &own) == 0;
}

// --- names and order

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_id(const char *id) {
    for (const char *at = id; at && *at; at++)
        if (*at <= ' ' || *at > '~')
            return false;
    return id && *id;
}

static bool ids_differ(const struct gaz_records *records, struct gaz_err *why) {
    const char **ids = calloc(records->count + 1, sizeof *ids);
    bool kept = ids != NULL;
    for (size_t i = 0; i < records->count && kept; i++)
        ids[i] = records->items[i]->id;
    if (kept)
        qsort(ids, records->count, sizeof *ids, by_text);
    for (size_t i = 1; i < records->count && kept; i++)
        if (strcmp(ids[i - 1], ids[i]) == 0) {
            gaz_err_set(why, GAZ_ERR_INTERNAL, "names: two records are %s", ids[i]);
            kept = false;
        }
    free(ids);
    return kept;
}

static bool are_ordered(const struct gaz_records *records, struct gaz_err *why) {
    const struct gaz_record *document = NULL;
    for (size_t i = 0; i < records->count; i++) {
        const struct gaz_record *record = records->items[i];
        if ((record->type == GAZ_RECORD_ISSUE) != (i == 0))
            return broken(why, record, "order: the issue is not the first record");
        if (record->type == GAZ_RECORD_DOCUMENT)
            document = record;
        else if (record->document && (!document || strcmp(record->document, document->id) != 0))
            return broken(why, record, "order: a unit stands outside its document");
    }
    return records->count > 0;
}

// --- stored form

// Whether the record read from JSON has the stored form STORED.
static bool is_read_back(const json_t *json, const struct gaz_buf *stored) {
    struct gaz_buf again = GAZ_BUF_INIT;
    struct gaz_record *record = NULL;
    struct gaz_arena *arena = gaz_arena_new();
    bool same = arena && gaz_record_from_json(json, arena, &record, NULL) == GAZ_OK &&
                gaz_record_encode(record, &again, NULL) == GAZ_OK && again.len == stored->len &&
                memcmp(again.data, stored->data, again.len) == 0;
    gaz_buf_free(&again);
    gaz_arena_free(arena);
    return same;
}

static bool is_stored(const struct gaz_record *record) {
    struct gaz_buf stored = GAZ_BUF_INIT;
    json_t *before = gaz_record_to_json(record), *after = NULL;
    bool same = before && gaz_record_encode(record, &stored, NULL) == GAZ_OK &&
                gaz_record_decode(stored.data, stored.len, record->text, strlen(record->text), &after,
                                  NULL) == GAZ_OK &&
                json_equal(before, after) && is_read_back(after, &stored);
    json_decref(before);
    json_decref(after);
    gaz_buf_free(&stored);
    return same;
}

// --- all

static bool holds_for_record(const struct gaz_record *record, const char *source, struct gaz_err *why) {
    if (!is_id(record->id) || !record->address || !record->address[0] || record->page == 0)
        return broken(why, record, "names");
    if (!record->text || !is_faithful(record, source))
        return broken(why, record, "fidelity");
    return is_stored(record) || broken(why, record, "stored");
}

bool laws_hold(const char *source, size_t len, const struct gaz_records *records, struct gaz_err *why) {
    if (!accounts(source, len, records, why) || !are_ordered(records, why))
        return false;
    for (size_t i = 0; i < records->count; i++)
        if (!holds_for_record(records->items[i], source, why))
            return false;
    return ids_differ(records, why);
}

static bool is_refusal(enum gaz_status status) {
    return status == GAZ_ERR_ENCODING || status == GAZ_ERR_UNSUPPORTED || status == GAZ_ERR_LIMIT;
}

bool laws_hold_for_file(const char *name, const char *raw, size_t len, const char *encoding,
                        const struct gaz_authority *authority, struct gaz_err *why) {
    struct gaz_read_options options = {.encoding = encoding, .authority = authority};
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_issue decoded = {.arena = arena};
    struct gaz_records records = {0};
    enum gaz_status status =
        arena ? gaz_read_bytes(name, raw, len, &options, arena, &records, why) : gaz_err_memory(why);
    bool refused = is_refusal(status);
    bool kept = status == GAZ_OK && gaz_reader_take(&decoded, name, raw, len, encoding, why) == GAZ_OK &&
                laws_hold(decoded.source.data, decoded.source.len, &records, why);
    gaz_arena_free(arena);
    return kept || refused;
}

bool laws_hold_for(const char *raw, size_t len, const char *encoding, const struct gaz_authority *authority,
                   struct gaz_err *why) {
    gaz_err_clear(why);
    return laws_hold_for_file("laws.txt", raw, len, encoding, authority, why) &&
           (!why || why->status == GAZ_OK);
}
