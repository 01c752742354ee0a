// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/archive.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/fold.h"
#include "corpus/sheet.h"
#include "corpus/store.h"
#include "corpus/term.h"
#include "searcher/names.h"

// --- strings ---

bool gaz_strings_have(const struct gaz_strings *strings, const char *text, size_t len) {
    for (size_t i = 0; i < strings->count; i++) {
        if (strlen(strings->items[i]) == len && memcmp(strings->items[i], text, len) == 0) {
            return true;
        }
    }
    return false;
}

// There is room while the count is no power of two.
static bool is_full(size_t count) {
    return (count & (count - 1)) == 0;
}

enum gaz_status gaz_strings_add_once(struct gaz_strings *strings, struct gaz_arena *arena, const char *text,
                                     size_t len, struct gaz_err *err) {
    if (gaz_strings_have(strings, text, len)) {
        return GAZ_OK;
    }
    size_t count = strings->count;
    if (is_full(count)) {
        const char **items = gaz_arena_alloc(arena, (count ? 2 * count : 1) * sizeof *items);
        if (!items) {
            return gaz_err_memory(err);
        }
        for (size_t i = 0; i < count; i++) {
            items[i] = strings->items[i];
        }
        strings->items = items;
    }
    strings->items[count] = gaz_arena_strndup(arena, text, len);
    if (!strings->items[count]) {
        return gaz_err_memory(err);
    }
    strings->count++;
    return GAZ_OK;
}

// A number's key cut into its parts: CODE-YEAR-SERIAL.
struct key_parts {
    const char *code, *year, *serial;
    size_t code_len, year_len, serial_len;
};

static size_t last_dash(const char *text, size_t len) {
    while (len > 0 && text[len - 1] != '-') {
        len--;
    }
    return len > 0 ? len - 1 : SIZE_MAX;
}

static bool cut_key(const char *key, size_t len, struct key_parts *out) {
    size_t second = last_dash(key, len);
    size_t first = second == SIZE_MAX ? SIZE_MAX : last_dash(key, second);
    if (first == SIZE_MAX) {
        return false;
    }
    *out = (struct key_parts){key,   key + first + 1,    key + second + 1,
                              first, second - first - 1, len - second - 1};
    return true;
}

static bool same_part(const char *a, size_t a_len, const char *b, size_t b_len) {
    return a_len == b_len && memcmp(a, b, a_len) == 0;
}

// Whether KEY agrees with NUMBER in all that NUMBER says.
static bool agrees(const struct gaz_docnum *number, const char *key, size_t len) {
    struct key_parts wanted, held;
    if (!cut_key(number->key, strlen(number->key), &wanted) || !cut_key(key, len, &held)) {
        return false;
    }
    return (wanted.code_len == 0 || same_part(wanted.code, wanted.code_len, held.code, held.code_len)) &&
           (number->year == 0 || same_part(wanted.year, wanted.year_len, held.year, held.year_len)) &&
           (number->serial == 0 || same_part(wanted.serial, wanted.serial_len, held.serial, held.serial_len));
}

// --- open ---

// Walks terms and adds what follows their prefix to strings.
struct term_walk {
    const char *prefix;
    struct gaz_strings *out;
    struct gaz_arena *arena;
    enum gaz_status status;
    struct gaz_err *err;
    const struct gaz_docnum *number; // only keys that agree with it; NULL: all
};

static int add_text(void *context, struct gaz_index_bytes term, uint32_t frequency) {
    (void)frequency;
    struct term_walk *walk = context;
    size_t len;
    const char *text = gaz_term_text(term, walk->prefix, &len);
    if (text && (!walk->number || agrees(walk->number, text, len))) {
        walk->status = gaz_strings_add_once(walk->out, walk->arena, text, len, walk->err);
    }
    return walk->status != GAZ_OK;
}

static struct gaz_index_bytes prefix_bytes(const char *prefix) {
    return (struct gaz_index_bytes){prefix, strlen(prefix)};
}

static enum gaz_status load_places(struct gaz_archive *archive, struct gaz_err *err) {
    struct term_walk walk = {
        .prefix = GAZ_TERM_PLACE, .out = &archive->places, .arena = archive->arena, .err = err};
    enum gaz_status status =
        gaz_index_terms(archive->index, prefix_bytes(GAZ_TERM_PLACE), add_text, &walk, err);
    return status == GAZ_OK ? walk.status : status;
}

// Opens the index; says how to make one where there is none.
static enum gaz_status open_index(const char *const *dirs, size_t dir_count, bool partial,
                                  struct gaz_index **out, struct gaz_err *err) {
    struct gaz_err reason = {0};
    enum gaz_status status = partial ? gaz_index_open_partial(dirs, dir_count, out, &reason)
                                     : gaz_index_open(dirs, dir_count, out, &reason);
    if (status == GAZ_ERR_NO_INDEX && dir_count == 1) {
        return gaz_err_set(err, status, "%s: no index here: make one with gazette-index --index %s PATH…",
                           dirs[0], dirs[0]);
    }
    return status == GAZ_OK ? GAZ_OK : gaz_err_set(err, status, "%s", reason.message);
}

static enum gaz_status open_archive(const char *const *dirs, size_t dir_count, bool partial,
                                    struct gaz_archive *out, struct gaz_err *err) {
    *out = (struct gaz_archive){.partial = partial};
    enum gaz_status status = gaz_fold_init(err);
    if (status == GAZ_OK) {
        status = open_index(dirs, dir_count, partial, &out->index, err);
    }
    if (status == GAZ_OK) {
        status = gaz_authority_load(NULL, &out->authority, err);
    }
    if (status == GAZ_OK) {
        out->arena = gaz_arena_new();
        status = out->arena ? load_places(out, err) : gaz_err_memory(err);
    }
    if (status != GAZ_OK) {
        gaz_archive_close(out);
    }
    return status;
}

enum gaz_status gaz_archive_open(const char *const *dirs, size_t dir_count, struct gaz_archive *out,
                                 struct gaz_err *err) {
    return open_archive(dirs, dir_count, false, out, err);
}

enum gaz_status gaz_archive_open_partial(const char *const *dirs, size_t dir_count, struct gaz_archive *out,
                                         struct gaz_err *err) {
    return open_archive(dirs, dir_count, true, out, err);
}

void gaz_archive_close(struct gaz_archive *archive) {
    gaz_arena_free(archive->arena);
    gaz_authority_free(archive->authority);
    gaz_index_close(archive->index);
    *archive = (struct gaz_archive){0};
}

// --- records ---

struct selection {
    struct gaz_docids *out;
    bool failed;
};

static int add_docid(void *context, uint32_t docid) {
    struct selection *selection = context;
    struct gaz_docids *out = selection->out;
    uint32_t *items = gaz_grow(out->items, &out->capacity, out->count + 1, sizeof *items);
    if (!items) {
        selection->failed = true;
        return 1;
    }
    out->items = items;
    out->items[out->count++] = docid;
    return 0;
}

enum gaz_status gaz_archive_select(const struct gaz_archive *archive, const struct gaz_index_query *query,
                                   struct gaz_docids *out, struct gaz_err *err) {
    struct selection selection = {out, false};
    *out = (struct gaz_docids){0};
    enum gaz_status status = gaz_index_each(archive->index, query, add_docid, &selection, err);
    if (status == GAZ_OK && selection.failed) {
        status = gaz_err_memory(err);
    }
    if (status != GAZ_OK) {
        gaz_free(out->items);
        *out = (struct gaz_docids){0};
    }
    return status;
}

// A record that was there a moment ago can only be missing because the index was changed.
static enum gaz_status as_changed(enum gaz_status status, const struct gaz_err *reason, struct gaz_err *err) {
    if (status == GAZ_ERR_NOT_FOUND) {
        return gaz_err_set(err, GAZ_ERR_BUSY, "the index was changed while it was read: try again");
    }
    return status == GAZ_OK ? GAZ_OK : gaz_err_set(err, status, "%s", reason->message);
}

// A record and its place in the order of the archive: the number, then the rank of its issue, and the order
// in it.
struct placed {
    uint32_t docid, issue;
    size_t order;
};

static int by_place(const void *a, const void *b) {
    const struct placed *one = a, *other = b;
    if (one->issue != other->issue) {
        return one->issue < other->issue ? -1 : 1;
    }
    return (one->order > other->order) - (one->order < other->order);
}

// Reads where the records are. Those of one bundle follow each other.
static enum gaz_status find_places(const struct gaz_archive *archive, const struct gaz_docids *docids,
                                   struct gaz_names *issues, struct placed *out, struct gaz_err *err) {
    struct gaz_sheet *sheet = gaz_malloc(sizeof *sheet);
    enum gaz_status status = sheet ? GAZ_OK : gaz_err_memory(err);
    for (size_t i = 0; i < docids->count && status == GAZ_OK; i++) {
        uint32_t docid = docids->items[i];
        struct gaz_index_bytes bytes;
        size_t at;
        if (i > 0 && docid / GAZ_BUNDLE_MAX == out[i - 1].docid / GAZ_BUNDLE_MAX) {
            out[i] = (struct placed){docid, out[i - 1].issue, out[i - 1].order + (docid - out[i - 1].docid)};
            continue;
        }
        status = gaz_index_sheet(archive->index, docid, &bytes, &at, err);
        status = status == GAZ_OK ? gaz_sheet_read(bytes, sheet, err) : status;
        if (status == GAZ_OK) {
            out[i] = (struct placed){docid, 0, sheet->order + at};
            status = gaz_names_number(issues, sheet->issue.data, sheet->issue.len, &out[i].issue, err);
        }
    }
    gaz_free(sheet);
    return status;
}

static enum gaz_status put_in_order(const struct gaz_archive *archive, struct gaz_docids *docids,
                                    struct gaz_err *err) {
    struct gaz_names issues = {.arena = gaz_arena_new()};
    struct placed *placed = gaz_calloc(docids->count, sizeof *placed);
    uint32_t *ranks = NULL;
    enum gaz_status status = issues.arena && placed ? GAZ_OK : gaz_err_memory(err);
    if (status == GAZ_OK) {
        status = find_places(archive, docids, &issues, placed, err);
    }
    if (status == GAZ_OK) {
        status = gaz_names_rank(&issues, &ranks, err);
    }
    for (size_t i = 0; i < docids->count && status == GAZ_OK; i++) {
        placed[i].issue = ranks[placed[i].issue];
    }
    if (status == GAZ_OK) {
        qsort(placed, docids->count, sizeof *placed, by_place);
    }
    for (size_t i = 0; i < docids->count && status == GAZ_OK; i++) {
        docids->items[i] = placed[i].docid;
    }
    gaz_free(placed);
    gaz_free(ranks);
    gaz_arena_free(issues.arena);
    gaz_names_free(&issues);
    return status;
}

enum gaz_status gaz_archive_select_in_order(const struct gaz_archive *archive,
                                            const struct gaz_index_query *query, struct gaz_docids *out,
                                            struct gaz_err *err) {
    struct gaz_err reason = {0};
    enum gaz_status status = gaz_archive_select(archive, query, out, err);
    if (status != GAZ_OK || out->count < 2) {
        return status;
    }
    status = as_changed(put_in_order(archive, out, &reason), &reason, err);
    if (status != GAZ_OK) {
        gaz_free(out->items);
        *out = (struct gaz_docids){0};
    }
    return status;
}

enum gaz_status gaz_archive_text(const struct gaz_archive *archive, uint32_t docid, struct gaz_buf *out,
                                 struct gaz_err *err) {
    struct gaz_err reason = {0};
    return as_changed(gaz_store_text(archive->index, docid, out, &reason), &reason, err);
}

enum gaz_status gaz_archive_record(const struct gaz_archive *archive, uint32_t docid, json_t **out,
                                   struct gaz_err *err) {
    struct gaz_err reason = {0};
    return as_changed(gaz_store_record(archive->index, docid, out, &reason), &reason, err);
}

enum gaz_status gaz_archive_record_by_id(const struct gaz_archive *archive, const char *id, json_t **out,
                                         struct gaz_err *err) {
    struct gaz_term term;
    gaz_term_make(GAZ_TERM_ID, id, strlen(id), &term);
    const struct gaz_index_query query = {.op = GAZ_INDEX_TERM, .term = gaz_term_bytes(&term)};
    struct gaz_docids docids;
    enum gaz_status status = gaz_archive_select(archive, &query, &docids, err);
    if (status != GAZ_OK) {
        return status;
    }
    status = docids.count > 0 ? gaz_archive_record(archive, docids.items[0], out, err)
                              : gaz_err_set(err, GAZ_ERR_NOT_FOUND, "%s: no such record", id);
    gaz_free(docids.items);
    return status;
}

enum gaz_status gaz_archive_value(const struct gaz_archive *archive, uint32_t docid, uint32_t slot,
                                  char **out, struct gaz_err *err) {
    size_t len;
    return gaz_index_value(archive->index, docid, slot, out, &len, err);
}

enum gaz_status gaz_archive_first(const struct gaz_archive *archive, const struct gaz_docids *docids,
                                  size_t *first, struct gaz_err *err) {
    char *least = NULL;
    enum gaz_status status = GAZ_OK;
    *first = 0;
    for (size_t i = 0; i < docids->count && docids->count > 1 && status == GAZ_OK; i++) {
        char *document = NULL;
        status = gaz_archive_value(archive, docids->items[i], GAZ_SLOT_DOCUMENT, &document, err);
        if (status == GAZ_OK && (!least || strcmp(document, least) < 0)) {
            char *other = least;
            least = document;
            document = other;
            *first = i;
        }
        gaz_free(document);
    }
    gaz_free(least);
    return status;
}

enum gaz_status gaz_archive_terms_of(const struct gaz_archive *archive, uint32_t docid, const char *prefix,
                                     struct gaz_arena *arena, struct gaz_strings *out, struct gaz_err *err) {
    struct term_walk walk = {.prefix = prefix, .out = out, .arena = arena, .err = err};
    enum gaz_status status =
        gaz_index_document_terms(archive->index, docid, prefix_bytes(prefix), add_text, &walk, err);
    return status == GAZ_OK ? walk.status : status;
}

// --- keys ---

static enum gaz_status add_unit_keys(const struct gaz_archive *archive, const char *name, size_t len,
                                     const char *place, struct gaz_arena *arena, struct gaz_strings *out,
                                     struct gaz_err *err) {
    struct gaz_unit_keys keys = {0};
    enum gaz_status status = gaz_authority_keys(archive->authority, name, len, place, arena, &keys, err);
    for (size_t i = 0; i < keys.count && status == GAZ_OK; i++) {
        status = gaz_strings_add_once(out, arena, keys.items[i], strlen(keys.items[i]), err);
    }
    return status;
}

// Whether a term of a unit with KEY is in the index.
static enum gaz_status is_held(const struct gaz_archive *archive, const char *key, bool *held,
                               struct gaz_err *err) {
    const char *const prefixes[] = {GAZ_TERM_UNIT, GAZ_TERM_ISSUER, GAZ_TERM_ADDRESSEE};
    enum gaz_status status = GAZ_OK;
    *held = false;
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0] && status == GAZ_OK && !*held; i++) {
        struct gaz_term term;
        uint32_t frequency = 0;
        gaz_term_make(prefixes[i], key, strlen(key), &term);
        status = gaz_index_term_frequency(archive->index, gaz_term_bytes(&term), &frequency, err);
        *held = frequency > 0;
    }
    return status;
}

// Whether KEY is ANOTHER without its place.
static bool is_end_of(const char *key, const char *another) {
    size_t len = strlen(key), whole = strlen(another);
    return len <= whole && strcmp(another + whole - len, key) == 0;
}

enum gaz_status gaz_archive_held_unit(const struct gaz_archive *archive, const struct gaz_strings *keys,
                                      const char **out, struct gaz_err *err) {
    bool several = false;
    *out = NULL;
    for (size_t i = 0; i < keys->count; i++) {
        const char *key = keys->items[i];
        bool held;
        enum gaz_status status = is_held(archive, key, &held, err);
        if (status != GAZ_OK) {
            return status;
        }
        if (held && *out && !is_end_of(key, *out) && !is_end_of(*out, key)) {
            several = true;
        }
        if (held && (!*out || strlen(key) > strlen(*out))) {
            *out = key;
        }
    }
    *out = several ? keys->items[0] : *out;
    return GAZ_OK;
}

// The keys that NAME is bound to, and what these are called now.
static enum gaz_status add_bound_keys(const struct gaz_archive *archive, const char *name, size_t len,
                                      struct gaz_arena *arena, struct gaz_strings *out, struct gaz_err *err) {
    enum gaz_status status = GAZ_OK;
    for (size_t i = 0; i < archive->bound_count; i++) {
        const struct gaz_bound_unit *bound = &archive->bound[i];
        bool is_it = strlen(bound->name) == len && memcmp(bound->name, name, len) == 0;
        for (size_t j = 0; j < bound->keys.count && status == GAZ_OK && is_it; j++) {
            const char *key = bound->keys.items[j];
            status = gaz_strings_add_once(out, arena, key, strlen(key), err);
            if (status == GAZ_OK) {
                status = add_unit_keys(archive, key, strlen(key), NULL, arena, out, err);
            }
        }
    }
    return status;
}

// Units are indexed under their full names with place and without. With every place held are tried: names
// that say neither place nor level (卫健委), and all names where there is but one place.
enum gaz_status gaz_archive_unit_keys(const struct gaz_archive *archive, const char *name, size_t len,
                                      struct gaz_arena *arena, struct gaz_strings *out, struct gaz_err *err) {
    const char *held = NULL;
    enum gaz_status status = add_unit_keys(archive, name, len, NULL, arena, out, err);
    if (status == GAZ_OK) {
        status = add_bound_keys(archive, name, len, arena, out, err);
    }
    if (status != GAZ_OK || !gaz_authority_knows(archive->authority, name, len)) {
        return status;
    }
    status = gaz_archive_held_unit(archive, out, &held, err);
    bool with_places = !held || archive->places.count == 1;
    for (size_t i = 0; i < archive->places.count && status == GAZ_OK && with_places; i++) {
        status = add_unit_keys(archive, name, len, archive->places.items[i], arena, out, err);
    }
    return status;
}

enum gaz_status gaz_archive_number_keys(const struct gaz_archive *archive, const char *prefix,
                                        const struct gaz_docnum *number, struct gaz_arena *arena,
                                        struct gaz_strings *out, struct gaz_err *err) {
    if (number->complete) {
        return gaz_strings_add_once(out, arena, number->key, strlen(number->key), err);
    }
    struct term_walk walk = {.prefix = prefix, .out = out, .arena = arena, .err = err, .number = number};
    enum gaz_status status = gaz_index_terms(archive->index, prefix_bytes(prefix), add_text, &walk, err);
    return status == GAZ_OK ? walk.status : status;
}
