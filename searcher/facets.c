// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/facets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const facet_names[] = {
    [GAZ_FACET_ISSUER] = "issuer", [GAZ_FACET_KIND] = "kind",   [GAZ_FACET_SECTION] = "section",
    [GAZ_FACET_YEAR] = "year",     [GAZ_FACET_MONTH] = "month", [GAZ_FACET_ISSUE] = "issue",
    [GAZ_FACET_UNIT] = "unit",
};

const char *gaz_facet_name(enum gaz_facet facet) {
    return facet_names[facet];
}

// One facet while it is counted: names by number, and how often each was seen.
struct tally {
    struct gaz_names names;
    size_t *counts;
    size_t *last; // hit in which each was seen last + 1: a hit counts once
    size_t capacity;
};

struct counter {
    const struct gaz_archive *archive;
    struct tally tallies[GAZ_FACET_COUNT];
    size_t hit; // being counted, from 1
    struct gaz_err *err;
};

static bool make_room(struct tally *tally, size_t number) {
    if (number < tally->capacity) {
        return true;
    }
    size_t capacity = tally->capacity;
    size_t *counts = gaz_grow(tally->counts, &capacity, number + 1, sizeof *counts);
    if (!counts) {
        return false;
    }
    tally->counts = counts;
    size_t *last = gaz_realloc(tally->last, capacity * sizeof *last);
    if (!last) {
        return false;
    }
    tally->last = last;
    memset(counts + tally->capacity, 0, (capacity - tally->capacity) * sizeof *counts);
    memset(last + tally->capacity, 0, (capacity - tally->capacity) * sizeof *last);
    tally->capacity = capacity;
    return true;
}

static enum gaz_status see(struct counter *counter, enum gaz_facet facet, const char *name, size_t len) {
    struct tally *tally = &counter->tallies[facet];
    uint32_t number;
    enum gaz_status status = gaz_names_number(&tally->names, name, len, &number, counter->err);
    if (status != GAZ_OK) {
        return status;
    }
    if (!make_room(tally, number)) {
        return gaz_err_memory(counter->err);
    }
    if (tally->last[number] != counter->hit) {
        tally->last[number] = counter->hit;
        tally->counts[number]++;
    }
    return GAZ_OK;
}

// --- values of a record ---

// What stands behind the place of a unit's name, the place being at its front or behind 中共.
static const char *behind_party(const char *name) {
    static const char party[] = "中共";
    return strncmp(name, party, sizeof party - 1) == 0 ? name + sizeof party - 1 : name;
}

// Whether LONGER is NAME with its place: 温州市教育局 of 教育局, 中共温州市委员会 of 中共市委员会.
static bool has_place(const char *longer, const char *name) {
    const char *rest = behind_party(name), *whole = behind_party(longer);
    size_t len = strlen(rest), other = strlen(whole);
    bool alike = (rest == name) == (whole == longer);
    return alike && other > len && strcmp(whole + other - len, rest) == 0;
}

// Whether NAME is a key without the place of another of NAMES.
static bool is_short(const struct gaz_strings *names, const char *name) {
    for (size_t i = 0; i < names->count; i++) {
        if (has_place(names->items[i], name)) {
            return true;
        }
    }
    return false;
}

static enum gaz_status see_terms(struct counter *counter, enum gaz_facet facet, const char *prefix,
                                 uint32_t docid) {
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_strings names = {0};
    enum gaz_status status =
        arena ? gaz_archive_terms_of(counter->archive, docid, prefix, arena, &names, counter->err)
              : gaz_err_memory(counter->err);
    for (size_t i = 0; i < names.count && status == GAZ_OK; i++) {
        if (!is_short(&names, names.items[i])) {
            status = see(counter, facet, names.items[i], strlen(names.items[i]));
        }
    }
    gaz_arena_free(arena);
    return status;
}

// DATE is 20231012, with zeros for what is not known.
static enum gaz_status see_date(struct counter *counter, uint32_t date) {
    enum { YEAR = 10000, MONTH = 100 };
    char year[16], month[32];
    if (date == 0) {
        return GAZ_OK;
    }
    snprintf(year, sizeof year, "%u", date / YEAR);
    enum gaz_status status = see(counter, GAZ_FACET_YEAR, year, strlen(year));
    if (status == GAZ_OK && date % YEAR > 0) {
        snprintf(month, sizeof month, "%s-%02u", year, date % YEAR / MONTH);
        status = see(counter, GAZ_FACET_MONTH, month, strlen(month));
    }
    return status;
}

// What all records of a document share.
static enum gaz_status see_document(struct counter *counter, uint32_t docid) {
    static const struct {
        enum gaz_facet facet;
        const char *prefix;
    } shared[] = {
        {GAZ_FACET_ISSUER, GAZ_TERM_ISSUER},
        {GAZ_FACET_KIND, GAZ_TERM_KIND},
        {GAZ_FACET_SECTION, GAZ_TERM_SECTION},
        {GAZ_FACET_ISSUE, GAZ_TERM_ISSUE},
    };
    enum gaz_status status = GAZ_OK;
    for (size_t i = 0; i < sizeof shared / sizeof shared[0] && status == GAZ_OK; i++) {
        status = see_terms(counter, shared[i].facet, shared[i].prefix, docid);
    }
    return status;
}

static enum gaz_status count_match(struct counter *counter, const struct gaz_found_match *match) {
    enum gaz_status status = see_terms(counter, GAZ_FACET_UNIT, GAZ_TERM_UNIT, match->docid);
    return status == GAZ_OK ? see_date(counter, match->rank.date) : status;
}

static enum gaz_status count_units(struct counter *counter, const struct gaz_found *found) {
    enum gaz_status status = GAZ_OK;
    for (size_t i = 0; i < found->match_count && status == GAZ_OK; i++) {
        counter->hit++;
        status = see_document(counter, found->matches[i].docid);
        if (status == GAZ_OK) {
            status = count_match(counter, &found->matches[i]);
        }
    }
    return status;
}

static enum gaz_status count_documents(struct counter *counter, const struct gaz_found *found) {
    enum gaz_status status = GAZ_OK;
    for (size_t i = 0; i < found->group_count && status == GAZ_OK; i++) {
        const struct gaz_found_group *group = &found->groups[i];
        counter->hit++;
        status = see_document(counter, found->matches[group->first].docid);
        for (size_t j = 0; j < group->count && status == GAZ_OK; j++) {
            status = count_match(counter, &found->matches[group->first + j]);
        }
    }
    return status;
}

// --- result ---

static int by_count(const void *a, const void *b) {
    const struct gaz_facet_value *one = a, *other = b;
    if (one->count != other->count) {
        return one->count > other->count ? -1 : 1;
    }
    return strcmp(one->name, other->name);
}

static int by_name(const void *a, const void *b) {
    const struct gaz_facet_value *one = a, *other = b;
    return strcmp(one->name, other->name);
}

static enum gaz_status take(const struct tally *tally, enum gaz_facet facet, struct gaz_arena *arena,
                            struct gaz_facet_values *out, struct gaz_err *err) {
    size_t count = tally->names.count;
    out->items = gaz_arena_alloc(arena, count * sizeof *out->items);
    if (!out->items) {
        return gaz_err_memory(err);
    }
    for (size_t i = 0; i < count; i++) {
        out->items[i] = (struct gaz_facet_value){tally->names.items[i], tally->counts[i]};
    }
    out->count = out->capacity = count;
    if (count > 1) {
        bool in_time = facet == GAZ_FACET_YEAR || facet == GAZ_FACET_MONTH;
        qsort(out->items, count, sizeof *out->items, in_time ? by_name : by_count);
    }
    return GAZ_OK;
}

enum gaz_status gaz_facets_count(const struct gaz_archive *archive, const struct gaz_found *found,
                                 bool unit_level, struct gaz_arena *arena, struct gaz_facets *out,
                                 struct gaz_err *err) {
    struct counter counter = {.archive = archive, .err = err};
    for (size_t i = 0; i < GAZ_FACET_COUNT; i++) {
        counter.tallies[i].names.arena = arena;
    }
    enum gaz_status status = unit_level ? count_units(&counter, found) : count_documents(&counter, found);
    for (size_t i = 0; i < GAZ_FACET_COUNT; i++) {
        if (status == GAZ_OK) {
            status = take(&counter.tallies[i], (enum gaz_facet)i, arena, &out->by[i], err);
        }
        gaz_names_free(&counter.tallies[i].names);
        gaz_free(counter.tallies[i].counts);
        gaz_free(counter.tallies[i].last);
    }
    return status;
}
