// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/kwic.h"

#include <stdlib.h>
#include <string.h>

#include "shim/unicode.h"

struct adder {
    struct gaz_kwic *kwic;
    struct gaz_arena *arena;
    const char *text;
    size_t len;
    size_t characters; // of context
};

static struct gaz_kwic_line *new_line(const struct adder *adder) {
    struct gaz_kwic *kwic = adder->kwic;
    if (kwic->count == kwic->capacity) {
        size_t capacity = kwic->capacity ? 2 * kwic->capacity : 64;
        struct gaz_kwic_line *items = gaz_arena_alloc(adder->arena, capacity * sizeof *items);
        if (!items) {
            return NULL;
        }
        if (kwic->count > 0) {
            memcpy(items, kwic->items, kwic->count * sizeof *items);
        }
        kwic->items = items;
        kwic->capacity = capacity;
    }
    return &kwic->items[kwic->count++];
}

static size_t back(const struct adder *adder, size_t at) {
    for (size_t i = 0; i < adder->characters && at > 0; i++) {
        at = gaz_utf8_back(adder->text, at);
    }
    return at;
}

static size_t forth(const struct adder *adder, size_t at) {
    for (size_t i = 0; i < adder->characters && at < adder->len; i++) {
        uint32_t code;
        at += gaz_utf8_decode(adder->text + at, adder->len - at, &code);
    }
    return at;
}

static bool add_line(const struct adder *adder, const struct gaz_span *mark,
                     const struct gaz_kwic_line *unit) {
    size_t start = back(adder, mark->offset), end = mark->offset + mark->length;
    struct gaz_kwic_line *line = new_line(adder);
    if (!line) {
        return false;
    }
    *line = *unit;
    line->left = gaz_arena_strndup(adder->arena, adder->text + start, mark->offset - start);
    line->match = gaz_arena_strndup(adder->arena, adder->text + mark->offset, mark->length);
    line->right = gaz_arena_strndup(adder->arena, adder->text + end, forth(adder, end) - end);
    return line->left && line->match && line->right;
}

static const char *copy(struct gaz_arena *arena, const json_t *record, const char *key) {
    const char *text = json_string_value(json_object_get(record, key));
    return gaz_arena_strndup(arena, text ? text : "", text ? strlen(text) : 0);
}

enum gaz_status gaz_kwic_add(struct gaz_kwic *kwic, const json_t *record, const struct gaz_marks *marks,
                             size_t characters, struct gaz_arena *arena, struct gaz_err *err) {
    const char *text = json_string_value(json_object_get(record, "text"));
    const struct adder adder = {kwic, arena, text ? text : "", text ? strlen(text) : 0, characters};
    const struct gaz_kwic_line unit = {.id = copy(arena, record, "id"),
                                       .address = copy(arena, record, "address"),
                                       .page = (size_t)json_integer_value(json_object_get(record, "page"))};
    if (!unit.id || !unit.address) {
        return gaz_err_memory(err);
    }
    for (size_t i = 0; i < marks->count; i++) {
        if (!add_line(&adder, &marks->items[i], &unit)) {
            return gaz_err_memory(err);
        }
    }
    return GAZ_OK;
}

// --- order ---

// Lines are sorted by keys: the context in code points, on the left side from the match outwards.
struct keyed {
    const uint32_t *key;
    size_t len, place;
    struct gaz_kwic_line line;
};

static int by_key(const void *a, const void *b) {
    const struct keyed *one = a, *other = b;
    for (size_t i = 0; i < one->len && i < other->len; i++) {
        if (one->key[i] != other->key[i]) {
            return one->key[i] < other->key[i] ? -1 : 1;
        }
    }
    if (one->len != other->len) {
        return one->len < other->len ? -1 : 1;
    }
    return one->place < other->place ? -1 : 1;
}

static bool make_key(struct keyed *keyed, bool by_left, struct gaz_arena *arena) {
    const char *text = by_left ? keyed->line.left : keyed->line.right;
    size_t len = strlen(text), count = 0;
    uint32_t *key = gaz_arena_alloc(arena, (len + 1) * sizeof *key);
    if (!key) {
        return false;
    }
    for (size_t at = 0; at < len; count++) {
        at += gaz_utf8_decode(text + at, len - at, &key[count]);
    }
    for (size_t i = 0; by_left && i < count / 2; i++) {
        uint32_t code = key[i];
        key[i] = key[count - 1 - i];
        key[count - 1 - i] = code;
    }
    keyed->key = key;
    keyed->len = count;
    return true;
}

enum gaz_status gaz_kwic_sort(struct gaz_kwic *kwic, bool by_left, struct gaz_err *err) {
    struct gaz_arena *arena = gaz_arena_new();
    struct keyed *all = arena ? gaz_arena_alloc(arena, kwic->count * sizeof *all) : NULL;
    bool ok = all != NULL;
    for (size_t i = 0; i < kwic->count && ok; i++) {
        all[i] = (struct keyed){.place = i, .line = kwic->items[i]};
        ok = make_key(&all[i], by_left, arena);
    }
    if (ok && kwic->count > 1) {
        qsort(all, kwic->count, sizeof *all, by_key);
    }
    for (size_t i = 0; i < kwic->count && ok; i++) {
        kwic->items[i] = all[i].line;
    }
    gaz_arena_free(arena);
    return ok ? GAZ_OK : gaz_err_memory(err);
}
