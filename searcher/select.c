// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/select.h"

#include <string.h>

struct gaz_select *gaz_select_new(struct gaz_arena *arena, enum gaz_index_op op) {
    struct gaz_select *select = gaz_arena_alloc(arena, sizeof *select);
    if (select) {
        select->query.op = op;
    }
    return select;
}

bool gaz_select_add(struct gaz_arena *arena, struct gaz_select *parent, const struct gaz_select *child) {
    if (!parent || !child) {
        return false;
    }
    size_t count = parent->query.child_count;
    if ((count & (count - 1)) == 0) { // full: there is room while the count is no power of two
        const struct gaz_index_query **children =
            gaz_arena_alloc(arena, (count ? 2 * count : 1) * sizeof(const struct gaz_index_query *));
        if (!children) {
            return false;
        }
        for (size_t i = 0; i < count; i++) {
            children[i] = parent->children[i];
        }
        parent->children = children;
        parent->query.children = children;
    }
    parent->children[count] = &child->query;
    parent->query.child_count++;
    return true;
}

static struct gaz_select *select_bytes(struct gaz_arena *arena, enum gaz_index_op op,
                                       struct gaz_index_bytes term) {
    struct gaz_select *select = gaz_select_new(arena, op);
    char *bytes = gaz_arena_strndup(arena, term.data, term.len);
    if (!select || !bytes) {
        return NULL;
    }
    select->query.term = (struct gaz_index_bytes){bytes, term.len};
    return select;
}

struct gaz_select *gaz_select_loose(struct gaz_arena *arena, struct gaz_index_bytes term, bool is_prefix) {
    return select_bytes(arena, is_prefix ? GAZ_INDEX_PREFIX : GAZ_INDEX_LOOSE, term);
}

struct gaz_select *gaz_select_term(struct gaz_arena *arena, const struct gaz_term *term) {
    return select_bytes(arena, GAZ_INDEX_TERM, gaz_term_bytes(term));
}

struct gaz_select *gaz_select_name(struct gaz_arena *arena, const char *prefix, const char *text) {
    struct gaz_term term;
    gaz_term_make(prefix, text, strlen(text), &term);
    return gaz_select_term(arena, &term);
}

struct gaz_select *gaz_select_folded(struct gaz_arena *arena, const char *prefix, const char *text) {
    struct gaz_term term;
    if (gaz_term_make_folded(prefix, text, strlen(text), &term, NULL) != GAZ_OK) {
        return NULL;
    }
    return gaz_select_term(arena, &term);
}

struct gaz_select *gaz_select_any(struct gaz_arena *arena, const char *prefix,
                                  const struct gaz_strings *texts) {
    struct gaz_select *any = gaz_select_new(arena, GAZ_INDEX_OR);
    for (size_t i = 0; i < texts->count; i++) {
        if (!gaz_select_add(arena, any, gaz_select_name(arena, prefix, texts->items[i]))) {
            return NULL;
        }
    }
    return any;
}

struct gaz_select *gaz_select_type(struct gaz_arena *arena, enum gaz_record_type type) {
    return gaz_select_name(arena, GAZ_TERM_TYPE, gaz_record_type_name(type));
}

static struct gaz_select *pair(struct gaz_arena *arena, enum gaz_index_op op, const struct gaz_select *first,
                               const struct gaz_select *second) {
    struct gaz_select *select = gaz_select_new(arena, op);
    bool ok = gaz_select_add(arena, select, first) && gaz_select_add(arena, select, second);
    return ok ? select : NULL;
}

struct gaz_select *gaz_select_both(struct gaz_arena *arena, const struct gaz_select *first,
                                   const struct gaz_select *second) {
    return pair(arena, GAZ_INDEX_AND, first, second);
}

struct gaz_select *gaz_select_without(struct gaz_arena *arena, const struct gaz_select *first,
                                      const struct gaz_select *second) {
    return pair(arena, GAZ_INDEX_AND_NOT, first, second);
}

struct gaz_select *gaz_select_range(struct gaz_arena *arena, uint32_t slot, const char *low,
                                    const char *high) {
    struct gaz_select *select = gaz_select_new(arena, GAZ_INDEX_RANGE);
    if (select) {
        select->query.slot = slot;
        select->query.term = (struct gaz_index_bytes){low, strlen(low)};
        select->query.term2 = (struct gaz_index_bytes){high ? high : "", high ? strlen(high) : 0};
    }
    return select;
}
