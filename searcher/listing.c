// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/listing.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/fold.h"
#include "corpus/term.h"
#include "corpus/text.h"
#include "searcher/names.h"

static const char *const holding_names[] = {
    [GAZ_HOLDING_HELD] = "held",
    [GAZ_HOLDING_CITED] = "cited_only",
    [GAZ_HOLDING_MISSING] = "missing",
};

const char *gaz_holding_name(enum gaz_holding holding) {
    return holding_names[holding];
}

struct lister {
    const struct gaz_archive *archive;
    struct gaz_arena *arena;
    struct gaz_listing *out;
    struct gaz_err *err;
};

static enum gaz_status add(const struct lister *lister, const struct gaz_listed *listed) {
    struct gaz_listing *out = lister->out;
    if (out->count == out->capacity) {
        size_t capacity = out->capacity ? 2 * out->capacity : 16;
        struct gaz_listed *items = gaz_arena_alloc(lister->arena, capacity * sizeof *items);
        if (!items) {
            return gaz_err_memory(lister->err);
        }
        if (out->count > 0) {
            memcpy(items, out->items, out->count * sizeof *items);
        }
        out->items = items;
        out->capacity = capacity;
    }
    out->items[out->count++] = *listed;
    return GAZ_OK;
}

static enum gaz_status copy(const struct lister *lister, const char *text, size_t len, const char **out) {
    *out = gaz_arena_strndup(lister->arena, text, len);
    return *out ? GAZ_OK : gaz_err_memory(lister->err);
}

static enum gaz_status frequency_of(const struct lister *lister, const char *prefix, const char *key,
                                    uint32_t *out) {
    struct gaz_term term;
    gaz_term_make(prefix, key, strlen(key), &term);
    return gaz_index_term_frequency(lister->archive->index, gaz_term_bytes(&term), out, lister->err);
}

// --- keys ---

// Takes the key CODE-YEAR-SERIAL[SUFFIX] apart; the year may be empty.
static enum gaz_status read_key(const struct lister *lister, const char *key, size_t len,
                                struct gaz_listed *out) {
    struct gaz_buf text = GAZ_BUF_INIT;
    enum gaz_status status = copy(lister, key, len, &out->key);
    const char *serial = status == GAZ_OK ? strrchr(out->key, '-') : NULL;
    const char *year = serial ? memrchr(out->key, '-', (size_t)(serial - out->key)) : NULL;
    if (status == GAZ_OK && !year) {
        return gaz_err_set(lister->err, GAZ_ERR_CORRUPT, "%s: no key of a number: rebuild the index",
                           out->key);
    }
    if (status == GAZ_OK) {
        status = copy(lister, key, (size_t)(year - out->key), &out->code);
    }
    if (status != GAZ_OK) {
        return status;
    }
    out->year = year + 1 < serial ? (int)strtol(year + 1, NULL, 10) : 0;
    out->serial = strtoull(serial + 1, NULL, 10);
    if (out->year > 0) {
        gaz_buf_printf(&text, "%s〔%d〕%s号", out->code, out->year, serial + 1);
    } else {
        gaz_buf_printf(&text, "%s第%s号", out->code, serial + 1);
    }
    status = gaz_buf_check(&text, lister->err);
    if (status == GAZ_OK) {
        status = copy(lister, text.data, text.len, &out->text);
    }
    gaz_buf_free(&text);
    return status;
}

struct walk {
    const struct lister *lister;
    const char *prefix;
    enum gaz_status (*take)(const struct lister *lister, const char *key, size_t len, uint32_t frequency,
                            const void *context);
    const void *context;
    enum gaz_status status;
};

static int walk_term(void *context, struct gaz_index_bytes term, uint32_t frequency) {
    struct walk *walk = context;
    size_t len;
    const char *key = gaz_term_text(term, walk->prefix, &len);
    if (key) {
        walk->status = walk->take(walk->lister, key, len, frequency, walk->context);
    }
    return walk->status != GAZ_OK;
}

static enum gaz_status walk_keys(struct walk *walk) {
    const struct gaz_index_bytes prefix = {walk->prefix, strlen(walk->prefix)};
    enum gaz_status status =
        gaz_index_terms(walk->lister->archive->index, prefix, walk_term, walk, walk->lister->err);
    return status == GAZ_OK ? walk->status : status;
}

// --- series ---

// What is asked for: a code as in a key, and a year or 0.
struct series {
    const char *code;
    size_t code_len;
    int year;
};

// Whether KEY is of the series: its code, a dash, its year when one is asked for, a dash.
static bool is_of(const struct series *series, const char *key, size_t len) {
    if (len <= series->code_len || memcmp(key, series->code, series->code_len) != 0 ||
        key[series->code_len] != '-') {
        return false;
    }
    const char *year = key + series->code_len + 1;
    const char *dash = memchr(year, '-', len - series->code_len - 1);
    return dash && !memchr(dash + 1, '-', (size_t)(key + len - dash - 1)) &&
           (series->year == 0 || strtol(year, NULL, 10) == series->year);
}

static enum gaz_status take_held(const struct lister *lister, const char *key, size_t len, uint32_t frequency,
                                 const void *context) {
    (void)frequency;
    struct gaz_listed listed = {.holding = GAZ_HOLDING_HELD};
    if (!is_of(context, key, len)) {
        return GAZ_OK;
    }
    enum gaz_status status = read_key(lister, key, len, &listed);
    if (status == GAZ_OK) {
        status = frequency_of(lister, GAZ_TERM_CITES, listed.key, &listed.citations);
    }
    return status == GAZ_OK ? add(lister, &listed) : status;
}

static int by_number(const void *a, const void *b) {
    const struct gaz_listed *one = a, *other = b;
    if (one->year != other->year) {
        return one->year < other->year ? -1 : 1;
    }
    if (one->serial != other->serial) {
        return one->serial < other->serial ? -1 : 1;
    }
    return strcmp(one->key, other->key);
}

static void sort(struct gaz_listing *listing, int (*compare)(const void *, const void *)) {
    if (listing->count > 1) {
        qsort(listing->items, listing->count, sizeof *listing->items, compare);
    }
}

// Sets *IS to whether TEXT is a number with a code, complete or not, and the series to its own then.
static enum gaz_status read_as_number(const struct lister *lister, const char *text, size_t len, bool *is,
                                      struct series *out) {
    struct gaz_docnum number;
    struct gaz_err reason = {0};
    enum gaz_status status = gaz_docnum_parse(text, len, lister->arena, &number, &reason);
    *is = status == GAZ_OK && *number.code;
    if (status != GAZ_OK) {
        return status == GAZ_ERR_NOT_FOUND ? GAZ_OK : gaz_err_set(lister->err, status, "%s", reason.message);
    }
    if (*is) {
        out->year = number.year;
        out->code = number.key;
        out->code_len = strcspn(number.key, "-");
    }
    return GAZ_OK;
}

// A code by itself: with a year and a serial behind it, it can be read like any other.
static enum gaz_status read_as_code(const struct lister *lister, struct gaz_str code, bool *is,
                                    struct series *out) {
    static const char *const tails[] = {"〔2000〕1号", "字第1号", "第1号"};
    enum gaz_status status = GAZ_OK;
    for (size_t i = 0; i < sizeof tails / sizeof tails[0] && status == GAZ_OK && !*is; i++) {
        struct gaz_buf probe = GAZ_BUF_INIT;
        gaz_buf_add(&probe, code.data, code.len);
        gaz_buf_addstr(&probe, tails[i]);
        status = gaz_buf_check(&probe, lister->err);
        if (status == GAZ_OK) {
            status = read_as_number(lister, probe.data, probe.len, is, out);
        }
        gaz_buf_free(&probe);
    }
    out->year = 0;
    return status;
}

static enum gaz_status read_series(const struct lister *lister, const char *text, struct series *out) {
    struct gaz_str typed = gaz_str_trim(gaz_str_of(text));
    bool is = false;
    *out = (struct series){0};
    enum gaz_status status = read_as_number(lister, typed.data, typed.len, &is, out);
    if (status == GAZ_OK && !is) {
        status = read_as_code(lister, typed, &is, out);
    }
    if (status == GAZ_OK && !is) {
        return gaz_err_set(lister->err, GAZ_ERR_QUERY,
                           "\"%s\" is no code of document numbers: write it like 国办发 or 国办发〔2023〕",
                           gaz_quote(text).text);
    }
    return status;
}

// --- gaps ---

static enum gaz_status add_missing(const struct lister *lister, const struct gaz_listed *after,
                                   uint64_t serial) {
    struct gaz_buf key = GAZ_BUF_INIT;
    struct gaz_listed listed = {0};
    size_t code_len = strcspn(after->key, "-");
    gaz_buf_add(&key, after->key, code_len);
    if (after->year > 0) {
        gaz_buf_printf(&key, "-%d-%" PRIu64, after->year, serial);
    } else {
        gaz_buf_printf(&key, "--%" PRIu64, serial);
    }
    enum gaz_status status = gaz_buf_check(&key, lister->err);
    if (status == GAZ_OK) {
        status = read_key(lister, key.data, key.len, &listed);
    }
    if (status == GAZ_OK) {
        status = frequency_of(lister, GAZ_TERM_CITES, listed.key, &listed.citations);
    }
    listed.holding = listed.citations > 0 ? GAZ_HOLDING_CITED : GAZ_HOLDING_MISSING;
    gaz_buf_free(&key);
    return status == GAZ_OK ? add(lister, &listed) : status;
}

// The serials between two numbers of the series that follow each other; BEFORE is NULL, or of another year,
// at a start.
static enum gaz_status add_between(const struct lister *lister, const struct gaz_listed *before,
                                   const struct gaz_listed *after) {
    uint64_t from = before && before->year == after->year ? before->serial + 1 : 1;
    enum gaz_status status = GAZ_OK;
    for (uint64_t serial = from; serial < after->serial && after->serial <= GAZ_LISTING_SERIAL_MAX;
         serial++) {
        status = add_missing(lister, after, serial);
        if (status != GAZ_OK) {
            break;
        }
    }
    return status;
}

static enum gaz_status list_gaps(const struct lister *lister) {
    struct gaz_listing held = *lister->out;
    enum gaz_status status = GAZ_OK;
    *lister->out = (struct gaz_listing){0};
    for (size_t i = 0; i < held.count && status == GAZ_OK; i++) {
        status = add_between(lister, i > 0 ? &held.items[i - 1] : NULL, &held.items[i]);
    }
    return status;
}

enum gaz_status gaz_listing_series(const struct gaz_archive *archive, const char *code, bool gaps,
                                   struct gaz_arena *arena, struct gaz_listing *out, struct gaz_err *err) {
    const struct lister lister = {archive, arena, out, err};
    struct series series;
    enum gaz_status status = read_series(&lister, code, &series);
    if (status == GAZ_OK) {
        struct walk walk = {&lister, GAZ_TERM_NUMBER, take_held, &series, GAZ_OK};
        status = walk_keys(&walk);
    }
    sort(out, by_number);
    return status == GAZ_OK && gaps ? list_gaps(&lister) : status;
}

// --- cited, not held ---

static enum gaz_status take_not_held(const struct lister *lister, const char *key, size_t len,
                                     uint32_t frequency, const void *context) {
    (void)context;
    struct gaz_listed listed = {.holding = GAZ_HOLDING_CITED, .citations = frequency};
    uint32_t held = 0;
    enum gaz_status status = read_key(lister, key, len, &listed);
    if (status == GAZ_OK) {
        status = frequency_of(lister, GAZ_TERM_NUMBER, listed.key, &held);
    }
    return status == GAZ_OK && held == 0 ? add(lister, &listed) : status;
}

static int by_citations(const void *a, const void *b) {
    const struct gaz_listed *one = a, *other = b;
    if (one->citations != other->citations) {
        return one->citations > other->citations ? -1 : 1;
    }
    int order = strcmp(one->code, other->code);
    return order ? order : by_number(a, b);
}

enum gaz_status gaz_listing_cited_not_held(const struct gaz_archive *archive, struct gaz_arena *arena,
                                           struct gaz_listing *out, struct gaz_err *err) {
    const struct lister lister = {archive, arena, out, err};
    struct walk walk = {&lister, GAZ_TERM_CITES, take_not_held, NULL, GAZ_OK};
    enum gaz_status status = walk_keys(&walk);
    sort(out, by_citations);
    return status;
}

// --- asked for, not held ---

// How many numbers held (PREFIX GAZ_TERM_NUMBER), or citations, are of NUMBER.
static enum gaz_status count_of(const struct lister *lister, const char *prefix,
                                const struct gaz_docnum *number, uint32_t *out) {
    struct gaz_strings keys = {0};
    enum gaz_status status =
        gaz_archive_number_keys(lister->archive, prefix, number, lister->arena, &keys, lister->err);
    *out = 0;
    for (size_t i = 0; i < keys.count && status == GAZ_OK; i++) {
        uint32_t frequency;
        status = frequency_of(lister, prefix, keys.items[i], &frequency);
        *out += status == GAZ_OK ? frequency : 0;
    }
    return status;
}

static enum gaz_status add_not_held(const struct lister *lister, const struct gaz_docnum *number) {
    struct gaz_listed listed = {.key = number->key,
                                .code = number->code,
                                .year = number->year,
                                .serial = number->serial,
                                .text = number->text};
    enum gaz_status status = GAZ_OK;
    if (number->complete) {
        status = read_key(lister, number->key, strlen(number->key), &listed);
    }
    if (status == GAZ_OK) {
        status = count_of(lister, GAZ_TERM_CITES, number, &listed.citations);
    }
    listed.holding = listed.citations > 0 ? GAZ_HOLDING_CITED : GAZ_HOLDING_MISSING;
    return status == GAZ_OK ? add(lister, &listed) : status;
}

enum gaz_status gaz_listing_not_held(const struct gaz_archive *archive, const struct gaz_docnums *numbers,
                                     struct gaz_arena *arena, struct gaz_listing *out, struct gaz_err *err) {
    const struct lister lister = {archive, arena, out, err};
    struct gaz_names seen = {.arena = arena};
    enum gaz_status status = GAZ_OK;
    for (size_t i = 0; i < numbers->count && status == GAZ_OK; i++) {
        const struct gaz_docnum *number = &numbers->items[i];
        size_t before = seen.count;
        uint32_t place, held = 0;
        status = gaz_names_number(&seen, number->key, strlen(number->key), &place, err);
        if (status != GAZ_OK || seen.count == before) {
            continue;
        }
        status = count_of(&lister, GAZ_TERM_NUMBER, number, &held);
        if (status == GAZ_OK && held == 0) {
            status = add_not_held(&lister, number);
        }
    }
    gaz_names_free(&seen);
    return status;
}

static bool follows(const struct gaz_listed *one, const struct gaz_listed *other) {
    return one->holding == GAZ_HOLDING_MISSING && other->holding == GAZ_HOLDING_MISSING &&
           one->year == other->year && other->serial == one->serial + 1 &&
           strcmp(one->code, other->code) == 0;
}

size_t gaz_listing_run(const struct gaz_listing *listing, size_t at) {
    size_t length = 1;
    while (at + length < listing->count &&
           follows(&listing->items[at + length - 1], &listing->items[at + length])) {
        length++;
    }
    return length;
}
