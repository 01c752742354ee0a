// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/boost.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/fold.h"
#include "searcher/plan.h"

// More phrases than these are no title, and each costs a search.
enum { PHRASES_MAX = 16 };

struct phrases {
    const char *items[PHRASES_MAX];
    size_t count;
};

static void collect_phrases(const struct gaz_query *query, struct phrases *out) {
    if (query->op == GAZ_QUERY_PHRASE && out->count < PHRASES_MAX) {
        out->items[out->count++] = query->text;
    }
    for (size_t i = 0; i < query->child_count && query->op != GAZ_QUERY_NOT; i++) {
        collect_phrases(query->children[i], out);
    }
}

// Where a phrase is looked for, and what finding it there is worth.
struct place {
    const char *prefix, *key;
    int worth;
};

static const struct place places[] = {
    {GAZ_TERM_TITLE, "title", GAZ_BOOST_TITLE},
    {GAZ_TERM_HEADING, "heading", GAZ_BOOST_HEADING},
};

static enum gaz_status add(struct gaz_boosts *boosts, uint32_t docid, double worth, struct gaz_err *err) {
    struct gaz_boost *items = gaz_grow(boosts->items, &boosts->capacity, boosts->count + 1, sizeof *items);
    if (!items) {
        return gaz_err_memory(err);
    }
    boosts->items = items;
    boosts->items[boosts->count++] = (struct gaz_boost){docid, (float)worth};
    return GAZ_OK;
}

// How much of TEXT the phrase fills, 0 when it is not in it.
static enum gaz_status measure(const char *text, const struct gaz_folded *phrase, double *filled,
                               struct gaz_err *err) {
    struct gaz_folded folded;
    *filled = 0;
    if (!text) {
        return GAZ_OK;
    }
    enum gaz_status status = gaz_fold_text(text, strlen(text), GAZ_FOLD_FULL, &folded, err);
    if (status == GAZ_OK) {
        if (gaz_folded_find(&folded, phrase, 0) != SIZE_MAX) {
            *filled = (double)phrase->count / (double)folded.count;
        }
        gaz_folded_free(&folded);
    }
    return status;
}

static enum gaz_status add_record(const struct gaz_archive *archive, uint32_t docid,
                                  const struct place *place, const struct gaz_folded *phrase,
                                  size_t phrase_count, struct gaz_boosts *out, struct gaz_err *err) {
    json_t *record = NULL;
    double filled = 0;
    enum gaz_status status = gaz_archive_record(archive, docid, &record, err);
    if (status == GAZ_OK) {
        status = measure(json_string_value(json_object_get(record, place->key)), phrase, &filled, err);
    }
    json_decref(record);
    if (status == GAZ_OK && filled > 0) {
        status = add(out, docid, place->worth / (double)phrase_count + filled, err);
    }
    return status;
}

static enum gaz_status find_phrase(const struct gaz_archive *archive, const struct place *place,
                                   const char *text, size_t phrase_count, struct gaz_arena *arena,
                                   struct gaz_boosts *out, struct gaz_err *err) {
    struct gaz_folded phrase;
    struct gaz_docids docids = {0};
    enum gaz_status status = gaz_fold_text(text, strlen(text), GAZ_FOLD_FULL, &phrase, err);
    if (status != GAZ_OK) {
        return status;
    }
    struct gaz_select *select = gaz_plan_phrase(arena, place->prefix, text, err);
    status = select ? gaz_archive_select(archive, &select->query, &docids, err) : gaz_err_memory(err);
    for (size_t i = 0; i < docids.count && status == GAZ_OK; i++) {
        status = add_record(archive, docids.items[i], place, &phrase, phrase_count, out, err);
    }
    gaz_free(docids.items);
    gaz_folded_free(&phrase);
    return status;
}

static int by_docid(const void *a, const void *b) {
    const struct gaz_boost *one = a, *other = b;
    return (one->docid > other->docid) - (one->docid < other->docid);
}

// Sorts by docid and adds up what one record got for several phrases.
static void merge(struct gaz_boosts *boosts) {
    if (boosts->count == 0) {
        return;
    }
    qsort(boosts->items, boosts->count, sizeof *boosts->items, by_docid);
    size_t kept = 0;
    for (size_t i = 1; i < boosts->count; i++) {
        if (boosts->items[i].docid == boosts->items[kept].docid) {
            boosts->items[kept].worth += boosts->items[i].worth;
        } else {
            boosts->items[++kept] = boosts->items[i];
        }
    }
    boosts->count = kept + 1;
}

enum gaz_status gaz_boosts_find(const struct gaz_archive *archive, const struct gaz_query *query,
                                struct gaz_boosts *out, struct gaz_err *err) {
    struct phrases phrases = {0};
    struct gaz_arena *arena = gaz_arena_new();
    enum gaz_status status = arena ? GAZ_OK : gaz_err_memory(err);
    *out = (struct gaz_boosts){0};
    collect_phrases(query, &phrases);
    for (size_t i = 0; i < phrases.count; i++) {
        for (size_t j = 0; j < sizeof places / sizeof places[0] && status == GAZ_OK; j++) {
            status = find_phrase(archive, &places[j], phrases.items[i], phrases.count, arena, out, err);
        }
    }
    gaz_arena_free(arena);
    if (status != GAZ_OK) {
        gaz_boosts_free(out);
        return status;
    }
    merge(out);
    return GAZ_OK;
}

float gaz_boosts_of(struct gaz_boosts *boosts, uint32_t docid) {
    while (boosts->cursor < boosts->count && boosts->items[boosts->cursor].docid < docid) {
        boosts->cursor++;
    }
    bool found = boosts->cursor < boosts->count && boosts->items[boosts->cursor].docid == docid;
    return found ? boosts->items[boosts->cursor].worth : 0;
}

void gaz_boosts_free(struct gaz_boosts *boosts) {
    gaz_free(boosts->items);
    *boosts = (struct gaz_boosts){0};
}
