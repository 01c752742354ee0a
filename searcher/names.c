// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/names.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 64 };

// FNV-1a, 32 bits.
static uint32_t hash(const char *text, size_t len) {
    uint32_t value = 2166136261U;
    for (size_t i = 0; i < len; i++) {
        value = (value ^ (unsigned char)text[i]) * 16777619U;
    }
    return value;
}

static bool is_name(const char *name, const char *text, size_t len) {
    return strncmp(name, text, len) == 0 && name[len] == '\0';
}

// The slot of TEXT: the one that has it, or the empty one where it belongs.
static uint32_t *find_slot(const struct gaz_names *names, const char *text, size_t len) {
    size_t at = hash(text, len) & (names->slot_count - 1);
    while (names->slots[at] != 0 && !is_name(names->items[names->slots[at] - 1], text, len)) {
        at = (at + 1) & (names->slot_count - 1);
    }
    return &names->slots[at];
}

static bool grow_slots(struct gaz_names *names) {
    size_t count = names->slot_count ? 2 * names->slot_count : FIRST_SLOTS;
    uint32_t *slots = gaz_calloc(count, sizeof *slots);
    if (!slots) {
        return false;
    }
    gaz_free(names->slots);
    names->slots = slots;
    names->slot_count = count;
    for (size_t i = 0; i < names->count; i++) {
        *find_slot(names, names->items[i], strlen(names->items[i])) = (uint32_t)i + 1;
    }
    return true;
}

static bool add(struct gaz_names *names, const char *text, size_t len) {
    const char **items = gaz_grow(names->items, &names->capacity, names->count + 1, sizeof *items);
    if (!items) {
        return false;
    }
    names->items = items;
    items[names->count] = gaz_arena_strndup(names->arena, text, len);
    if (!items[names->count]) {
        return false;
    }
    names->count++;
    return true;
}

enum gaz_status gaz_names_number(struct gaz_names *names, const char *text, size_t len, uint32_t *number,
                                 struct gaz_err *err) {
    if (2 * names->count >= names->slot_count && !grow_slots(names)) {
        return gaz_err_memory(err);
    }
    uint32_t *slot = find_slot(names, text, len);
    if (*slot == 0) {
        if (!add(names, text, len)) {
            return gaz_err_memory(err);
        }
        *slot = (uint32_t)names->count;
    }
    *number = *slot - 1;
    return GAZ_OK;
}

struct ranked {
    const char *name;
    uint32_t number;
};

static int by_name(const void *a, const void *b) {
    const struct ranked *one = a, *other = b;
    return strcmp(one->name, other->name);
}

enum gaz_status gaz_names_rank(const struct gaz_names *names, uint32_t **ranks, struct gaz_err *err) {
    struct ranked *sorted = gaz_calloc(names->count + 1, sizeof *sorted);
    *ranks = gaz_calloc(names->count + 1, sizeof **ranks);
    bool in_order = true; // as a rule: issues are added by name
    if (!sorted || !*ranks) {
        gaz_free(sorted);
        gaz_free(*ranks);
        *ranks = NULL;
        return gaz_err_memory(err);
    }
    for (size_t i = 0; i < names->count; i++) {
        sorted[i] = (struct ranked){names->items[i], (uint32_t)i};
        in_order = in_order && (i == 0 || strcmp(names->items[i - 1], names->items[i]) < 0);
    }
    if (!in_order) {
        qsort(sorted, names->count, sizeof *sorted, by_name);
    }
    for (size_t i = 0; i < names->count; i++) {
        (*ranks)[sorted[i].number] = (uint32_t)i;
    }
    gaz_free(sorted);
    return GAZ_OK;
}

void gaz_names_free(struct gaz_names *names) {
    gaz_free(names->items);
    gaz_free(names->slots);
    *names = (struct gaz_names){0};
}
