// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/kwic.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/text.h"
#include "shim/segment.h"
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

// --- groups ---

// The word that a context begins or ends with.
struct nearest {
    bool by_left;
    size_t len; // of the context
    size_t offset, length;
};

static int take_nearest(void *context, size_t offset, size_t length) {
    struct nearest *nearest = context;
    bool touches = nearest->by_left ? offset + length == nearest->len : offset == 0;
    if (touches) {
        nearest->offset = offset;
        nearest->length = length;
    }
    return !nearest->by_left;
}

// The word of TEXT next to the match; where a sign stands there, the sign.
static enum gaz_status find_nearest(struct gaz_str text, bool by_left, struct gaz_str *word,
                                    struct gaz_err *err) {
    struct nearest nearest = {.by_left = by_left, .len = text.len};
    enum gaz_status status = gaz_segment_words(text.data, text.len, take_nearest, &nearest, err);
    if (nearest.length == 0 && text.len > 0) {
        uint32_t code;
        nearest.offset = by_left ? gaz_utf8_back(text.data, text.len) : 0;
        nearest.length = by_left ? text.len - nearest.offset : gaz_utf8_decode(text.data, text.len, &code);
    }
    *word = (struct gaz_str){text.data + nearest.offset, nearest.length};
    return status;
}

// --- order ---

// Lines are sorted by keys: the context in code points, on the left side from the match outwards, white space
// next to the match left out.
struct keyed {
    const uint32_t *key;
    size_t len, place;
    size_t word; // code points of the key that are the word next to the match
    struct gaz_kwic_line line;
};

static int compare_sizes(size_t a, size_t b) {
    return (a > b) - (a < b);
}

static int compare_keys(const struct keyed *one, const struct keyed *other, size_t from, size_t end) {
    for (size_t i = from; i < end && i < one->len && i < other->len; i++) {
        if (one->key[i] != other->key[i]) {
            return one->key[i] < other->key[i] ? -1 : 1;
        }
    }
    return 0;
}

// By the word, a shorter one before those that it begins; then by the rest.
static int by_key(const void *a, const void *b) {
    const struct keyed *one = a, *other = b;
    size_t word = one->word < other->word ? one->word : other->word;
    int order = compare_keys(one, other, 0, word);
    order = order ? order : compare_sizes(one->word, other->word);
    order = order ? order : compare_keys(one, other, word, SIZE_MAX);
    order = order ? order : compare_sizes(one->len, other->len);
    return order ? order : compare_sizes(one->place, other->place);
}

static bool fill_key(struct keyed *keyed, struct gaz_str text, bool by_left, struct gaz_arena *arena) {
    size_t count = 0;
    uint32_t *key = gaz_arena_alloc(arena, (text.len + 1) * sizeof *key);
    if (!key) {
        return false;
    }
    for (size_t at = 0; at < text.len; count++) {
        at += gaz_utf8_decode(text.data + at, text.len - at, &key[count]);
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

// SCRATCH holds the key, KEPT the word.
static enum gaz_status make_key(struct keyed *keyed, bool by_left, struct gaz_arena *scratch,
                                struct gaz_arena *kept, struct gaz_err *err) {
    struct gaz_str text = gaz_str_trim(gaz_str_of(by_left ? keyed->line.left : keyed->line.right)), word;
    enum gaz_status status = find_nearest(text, by_left, &word, err);
    if (status != GAZ_OK) {
        return status;
    }
    keyed->word = gaz_text_count(word);
    keyed->line.group = gaz_arena_strndup(kept, word.data, word.len);
    return keyed->line.group && fill_key(keyed, text, by_left, scratch) ? GAZ_OK : gaz_err_memory(err);
}

static void count_groups(struct gaz_kwic *kwic) {
    for (size_t first = 0, end = 0; first < kwic->count; first = end) {
        while (end < kwic->count && strcmp(kwic->items[end].group, kwic->items[first].group) == 0) {
            end++;
        }
        for (size_t i = first; i < end; i++) {
            kwic->items[i].group_size = end - first;
        }
    }
}

enum gaz_status gaz_kwic_sort(struct gaz_kwic *kwic, bool by_left, struct gaz_arena *arena,
                              struct gaz_err *err) {
    struct gaz_arena *scratch = gaz_arena_new();
    struct keyed *all = scratch ? gaz_arena_alloc(scratch, kwic->count * sizeof *all) : NULL;
    enum gaz_status status = all ? GAZ_OK : gaz_err_memory(err);
    for (size_t i = 0; i < kwic->count && status == GAZ_OK; i++) {
        all[i] = (struct keyed){.place = i, .line = kwic->items[i]};
        status = make_key(&all[i], by_left, scratch, arena, err);
    }
    if (status == GAZ_OK && kwic->count > 1) {
        qsort(all, kwic->count, sizeof *all, by_key);
    }
    for (size_t i = 0; i < kwic->count && status == GAZ_OK; i++) {
        kwic->items[i] = all[i].line;
    }
    if (status == GAZ_OK) {
        count_groups(kwic);
    }
    gaz_arena_free(scratch);
    return status;
}
