// SPDX-License-Identifier: GPL-2.0-or-later
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "searcher/found_parts.h"

// --- comparisons ---

static int compare_numbers(double a, double b) {
    return (a > b) - (a < b);
}

static int compare_places(uint64_t a, uint64_t b) {
    return (a > b) - (a < b);
}

// Best first, then the latest, then as in the archive. These take matches and groups: their ranks come first.
static int by_score(const void *a, const void *b) {
    const struct gaz_found_rank *one = a, *other = b;
    int order = compare_numbers(other->score, one->score);
    order = order ? order : compare_numbers(other->date, one->date);
    return order ? order : compare_places(one->place, other->place);
}

static int by_date(const void *a, const void *b) {
    const struct gaz_found_rank *one = a, *other = b;
    int order = compare_numbers(one->date, other->date);
    return order ? order : compare_places(one->place, other->place);
}

static int by_date_down(const void *a, const void *b) {
    const struct gaz_found_rank *one = a, *other = b;
    int order = compare_numbers(other->date, one->date);
    return order ? order : compare_places(one->place, other->place);
}

static int by_place(const void *a, const void *b) {
    const struct gaz_found_rank *one = a, *other = b;
    return compare_places(one->place, other->place);
}

typedef int comparison(const void *a, const void *b);
static comparison *const orders[] = {[GAZ_SORT_RELEVANCE] = by_score,
                                     [GAZ_SORT_DATE] = by_date,
                                     [GAZ_SORT_DATE_DOWN] = by_date_down,
                                     [GAZ_SORT_ARCHIVE] = by_place};

// --- the first few ---

enum { ITEM_MAX = 64 };

static void swap(char *a, char *b, size_t size) {
    char saved[ITEM_MAX];
    memcpy(saved, a, size);
    memcpy(a, b, size);
    memcpy(b, saved, size);
}

// Lets the item at AT sink in the heap of the COUNT first, whose top is the last of them in the order.
static void sink(char *items, size_t count, size_t size, size_t at, comparison *compare) {
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && compare(items + child * size, items + (child + 1) * size) < 0) {
            child++;
        }
        if (compare(items + at * size, items + child * size) >= 0) {
            return;
        }
        swap(items + at * size, items + child * size, size);
    }
}

// Brings the first MOST (0: all) of the items in the order of COMPARE to the front, in order.
static void order_first(void *items, size_t count, size_t size, size_t most, comparison *compare) {
    char *bytes = items;
    if (most > 0 && most < count) {
        for (size_t at = most / 2; at-- > 0;) {
            sink(bytes, most, size, at, compare);
        }
        for (size_t at = most; at < count; at++) {
            if (compare(bytes + at * size, bytes) < 0) {
                swap(bytes + at * size, bytes, size);
                sink(bytes, most, size, 0, compare);
            }
        }
        count = most;
    }
    if (count > 1) {
        qsort(items, count, size, compare);
    }
}

// --- groups ---

// What has been seen of a group so far: its best title or heading, and all the text in it, in units so small
// that their sum is the same whatever the order.
struct sum {
    double best;
    uint64_t body;
};
static const double BODY_UNIT = 1.0 / (1 << 30);

static void add_to_group(const struct gaz_found_match *match, struct gaz_found_group *group,
                         struct sum *sum) {
    double score = match->rank.score, whole = score < 1 ? 0 : score, body = score < 1 ? score : 1;
    sum->best = whole > sum->best ? whole : sum->best;
    sum->body += (uint64_t)(body / BODY_UNIT);
    struct gaz_found_rank *rank = &group->rank;
    rank->date = match->rank.date > rank->date ? match->rank.date : rank->date;
    rank->place = group->count == 0 || match->rank.place < rank->place ? match->rank.place : rank->place;
    group->count++;
}

// A group is worth its best title or heading, and under 1 for all the text in it.
static enum gaz_status make_groups(struct gaz_found *found, struct gaz_err *err) {
    struct sum *sums = gaz_calloc(found->group_count, sizeof *sums);
    found->groups = gaz_calloc(found->group_count, sizeof *found->groups);
    if (!sums || !found->groups) {
        gaz_free(sums);
        return gaz_err_memory(err);
    }
    for (size_t i = 0; i < found->match_count; i++) {
        uint32_t group = found->matches[i].group;
        add_to_group(&found->matches[i], &found->groups[group], &sums[group]);
    }
    for (size_t i = 0; i < found->group_count; i++) {
        double body = (double)sums[i].body * BODY_UNIT;
        found->groups[i].rank.score = (float)(sums[i].best + body / (1 + body));
        found->groups[i].first = i; // its number, as long as the groups are put in order
    }
    gaz_free(sums);
    return GAZ_OK;
}

// Gathers the matches of the first MOST groups in front, each group's together, the best first.
static enum gaz_status gather_matches(struct gaz_found *found, size_t most, struct gaz_err *err) {
    size_t *next = gaz_calloc(found->group_count, sizeof *next); // 1 + where the next match of a group goes
    struct gaz_found_match *gathered = gaz_calloc(found->match_count, sizeof *gathered);
    if (!next || !gathered) {
        gaz_free(next);
        gaz_free(gathered);
        return gaz_err_memory(err);
    }
    size_t start = 0, rest;
    for (size_t i = 0; i < most; i++) {
        struct gaz_found_group *group = &found->groups[i];
        next[group->first] = start + 1;
        group->first = start;
        start += group->count;
    }
    rest = start;
    for (size_t i = 0; i < found->match_count; i++) {
        const struct gaz_found_match *match = &found->matches[i];
        size_t *to = next[match->group] > 0 ? &next[match->group] : NULL;
        gathered[to ? (*to)++ - 1 : rest++] = *match;
    }
    for (size_t i = 0; i < most; i++) {
        const struct gaz_found_group *group = &found->groups[i];
        order_first(gathered + group->first, group->count, sizeof *gathered, 0, by_score);
    }
    gaz_free(next);
    gaz_free(found->matches);
    found->matches = gathered;
    found->match_capacity = found->match_count;
    return GAZ_OK;
}

enum gaz_status gaz_found_put_in_order(struct gaz_found *found, enum gaz_sort sort,
                                       enum gaz_found_level level, size_t most, struct gaz_err *err) {
    _Static_assert(sizeof(struct gaz_found_match) <= ITEM_MAX && sizeof(struct gaz_found_group) <= ITEM_MAX,
                   "items that can be swapped");
    _Static_assert(offsetof(struct gaz_found_match, rank) == 0 && offsetof(struct gaz_found_group, rank) == 0,
                   "items that can be compared");
    if (level == GAZ_FOUND_UNITS) {
        order_first(found->matches, found->match_count, sizeof *found->matches, most, orders[sort]);
        return GAZ_OK;
    }
    enum gaz_status status = found->match_count > 0 ? make_groups(found, err) : GAZ_OK;
    if (status != GAZ_OK || found->match_count == 0) {
        return status;
    }
    order_first(found->groups, found->group_count, sizeof *found->groups, most, orders[sort]);
    return gather_matches(found, most > 0 && most < found->group_count ? most : found->group_count, err);
}
