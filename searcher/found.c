// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/found.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/textcode.h"
#include "searcher/found_parts.h"
#include "searcher/match_sheet.h"

// --- walk ---

static int compare_hashes(const void *a, const void *b) {
    uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;
    return (one > other) - (one < other);
}

static bool may_match(const struct gaz_plan *plan, const struct gaz_sheet *sheet, size_t at) {
    const struct gaz_sheet_entry *entry = &sheet->entries[at];
    if (plan->units_only && (entry->type == GAZ_RECORD_ISSUE || entry->type == GAZ_RECORD_CITATION)) {
        return false;
    }
    uint64_t document = sheet->owners[entry->owner].document;
    return !plan->documents ||
           (plan->document_count > 0 &&
            bsearch(&document, plan->documents, plan->document_count, sizeof document, compare_hashes));
}

// Those of SET that are in the sheet and that the plan lets through.
static struct gaz_bundle_set restrict_set(const struct gaz_plan *plan, const struct gaz_sheet *sheet,
                                          const struct gaz_bundle_set *set) {
    struct gaz_bundle_set kept = {{0}};
    for (size_t i = 0; i < sheet->count; i++) {
        if (gaz_set_has(set, i) && may_match(plan, sheet, i)) {
            kept.bits[i / 64] |= UINT64_C(1) << (i % 64);
        }
    }
    return kept;
}

enum gaz_status gaz_found_look(struct gaz_found_walk *walk, const struct gaz_index_bundle *bundle) {
    enum gaz_status status = gaz_sheet_read(bundle->sheet, &walk->sheet, walk->err);
    if (status != GAZ_OK) {
        return status;
    }
    struct gaz_bundle_set candidates = restrict_set(walk->plan, &walk->sheet, &bundle->set);
    status = gaz_match_sheet(walk->archive, walk->plan, &walk->sheet, bundle->docid, &candidates,
                             &walk->matches, walk->err);
    return status == GAZ_OK
               ? walk->take(walk->context, bundle->docid, &walk->sheet, &walk->matches, walk->err)
               : status;
}

static int visit_bundle(void *context, const struct gaz_index_bundle *bundle) {
    struct gaz_found_walk *walk = context;
    walk->status = gaz_found_look(walk, bundle);
    return walk->status != GAZ_OK || (walk->ended && *walk->ended);
}

// Takes the matches of PLAN, in the order of their numbers.
static enum gaz_status go(const struct gaz_archive *archive, const struct gaz_plan *plan,
                          gaz_found_take *take, void *context, const bool *ended, struct gaz_err *err) {
    struct gaz_found_walk *walk = gaz_calloc(1, sizeof *walk);
    if (!walk) {
        return gaz_err_memory(err);
    }
    *walk = (struct gaz_found_walk){
        .archive = archive, .plan = plan, .take = take, .context = context, .ended = ended, .err = err};
    enum gaz_status status =
        gaz_index_each_bundle(archive->index, &plan->candidates->query, visit_bundle, walk, err);
    status = walk->status != GAZ_OK ? walk->status : status;
    gaz_free(walk);
    return status;
}

// --- count ---

struct counter {
    size_t count, most;
    bool ended;
};

static enum gaz_status count_sheet(void *context, uint32_t docid, const struct gaz_sheet *sheet,
                                   const struct gaz_sheet_matches *matches, struct gaz_err *err) {
    struct counter *counter = context;
    (void)docid;
    (void)err;
    for (size_t i = 0; i < sheet->count && counter->count < counter->most; i++) {
        counter->count += gaz_set_has(&matches->set, i);
    }
    counter->ended = counter->count == counter->most;
    return GAZ_OK;
}

enum gaz_status gaz_found_count(const struct gaz_archive *archive, const struct gaz_plan *plan, size_t most,
                                size_t *count, struct gaz_err *err) {
    struct counter counter = {.most = most};
    enum gaz_status status = go(archive, plan, count_sheet, &counter, &counter.ended, err);
    *count = counter.count;
    return status;
}

// --- documents ---

static enum gaz_status add_documents(void *context, uint32_t docid, const struct gaz_sheet *sheet,
                                     const struct gaz_sheet_matches *matches, struct gaz_err *err) {
    struct gaz_found_documents *out = context;
    (void)docid;
    for (size_t i = 0; i < sheet->count; i++) {
        uint64_t document = sheet->owners[sheet->entries[i].owner].document;
        bool is_next = document != 0 && (out->count == 0 || out->items[out->count - 1] != document);
        if (!is_next || !gaz_set_has(&matches->set, i)) {
            continue;
        }
        uint64_t *items = gaz_grow(out->items, &out->capacity, out->count + 1, sizeof *items);
        if (!items) {
            return gaz_err_memory(err);
        }
        out->items = items;
        out->items[out->count++] = document;
    }
    return GAZ_OK;
}

enum gaz_status gaz_found_documents(const struct gaz_archive *archive, const struct gaz_plan *plan,
                                    struct gaz_found_documents *out, struct gaz_err *err) {
    *out = (struct gaz_found_documents){0};
    enum gaz_status status = go(archive, plan, add_documents, out, NULL, err);
    if (out->count > 1) {
        qsort(out->items, out->count, sizeof *out->items, compare_hashes);
    }
    size_t kept = out->count > 0;
    for (size_t i = 1; i < out->count; i++) {
        if (out->items[i] != out->items[kept - 1]) {
            out->items[kept++] = out->items[i];
        }
    }
    out->count = kept;
    return status;
}

// --- collect ---

// Groups by the hash that tells them apart.
struct groups {
    uint64_t *keys; // hash table; 0: free
    uint32_t *numbers;
    size_t slot_count; // a power of two
    size_t count;
};

struct collector {
    const struct gaz_plan *plan;
    struct gaz_found *found;
    struct groups groups;
    struct gaz_names issues;
};

// The slot of KEY: the one that has it, or the free one where it belongs.
static size_t find_slot(const struct groups *groups, uint64_t key) {
    size_t at = key & (groups->slot_count - 1);
    while (groups->keys[at] != 0 && groups->keys[at] != key) {
        at = (at + 1) & (groups->slot_count - 1);
    }
    return at;
}

static bool grow_groups(struct groups *groups) {
    enum { FIRST_SLOTS = 256 };
    struct groups grown = {.slot_count = groups->slot_count ? 2 * groups->slot_count : FIRST_SLOTS,
                           .count = groups->count};
    grown.keys = gaz_calloc(grown.slot_count, sizeof *grown.keys);
    grown.numbers = gaz_calloc(grown.slot_count, sizeof *grown.numbers);
    for (size_t i = 0; i < groups->slot_count && grown.keys && grown.numbers; i++) {
        if (groups->keys[i] != 0) {
            size_t at = find_slot(&grown, groups->keys[i]);
            grown.keys[at] = groups->keys[i];
            grown.numbers[at] = groups->numbers[i];
        }
    }
    struct groups *unused = grown.keys && grown.numbers ? groups : &grown;
    bool ok = unused == groups;
    gaz_free(unused->keys);
    gaz_free(unused->numbers);
    if (ok) {
        *groups = grown;
    }
    return ok;
}

// The number of the group of KEY, a new one when it is new.
static enum gaz_status number_group(struct groups *groups, uint64_t key, uint32_t *number,
                                    struct gaz_err *err) {
    key = key ? key : 1; // a hash may be anything
    if (2 * groups->count >= groups->slot_count && !grow_groups(groups)) {
        return gaz_err_memory(err);
    }
    size_t at = find_slot(groups, key);
    if (groups->keys[at] == 0) {
        groups->keys[at] = key;
        groups->numbers[at] = (uint32_t)groups->count++;
    }
    *number = groups->numbers[at];
    return GAZ_OK;
}

// Running heads and the like repeat what the text says: they come last.
enum { OTHER_PERCENT = 5 };

// Under 1: how dense the phrases are in the text; short texts that are full of them come first.
static double density(struct gaz_index_bytes text, const struct gaz_match *match) {
    enum { TYPICAL_LENGTH = 100 }; // characters
    double hits = (double)match->occurrences;
    return match->weight * hits / (hits + 1 + (double)gaz_textcode_count(text) / TYPICAL_LENGTH);
}

// Nothing, or from GAZ_WORTH_HEADING on: what the phrases are worth in the heading.
static double heading_worth(const struct gaz_plan *plan, const struct gaz_sheet *sheet, size_t at) {
    struct gaz_index_bytes heading = gaz_sheet_heading(sheet, at);
    if (heading.len == 0) {
        return 0;
    }
    struct gaz_emphasis emphasis = gaz_match_heading(plan->matcher, heading);
    int whole = sheet->entries[at].type == GAZ_RECORD_DOCUMENT ? GAZ_WORTH_TITLE : GAZ_WORTH_HEADING;
    return whole * emphasis.phrases + emphasis.filled;
}

static double score(const struct gaz_plan *plan, const struct gaz_sheet *sheet, size_t at,
                    const struct gaz_match *match) {
    double text = density(gaz_sheet_text(sheet, at), match);
    if (sheet->entries[at].type == GAZ_RECORD_OTHER) {
        text = text * OTHER_PERCENT / 100;
    }
    return text + heading_worth(plan, sheet, at);
}

static enum gaz_status add_match(struct gaz_found *found, const struct gaz_found_match *match,
                                 struct gaz_err *err) {
    struct gaz_found_match *matches =
        gaz_grow(found->matches, &found->match_capacity, found->match_count + 1, sizeof *matches);
    if (!matches) {
        return gaz_err_memory(err);
    }
    found->matches = matches;
    found->matches[found->match_count++] = *match;
    return GAZ_OK;
}

enum { ISSUE_SHIFT = 32 }; // a place is the issue and, in the lower half, the order in it

static enum gaz_status collect_sheet(void *context, uint32_t docid, const struct gaz_sheet *sheet,
                                     const struct gaz_sheet_matches *matches, struct gaz_err *err) {
    struct collector *collector = context;
    uint32_t issue, group = 0, owner = UINT32_MAX; // whose group it is
    enum gaz_status status =
        gaz_names_number(&collector->issues, sheet->issue.data, sheet->issue.len, &issue, err);
    for (size_t i = 0; i < sheet->count && status == GAZ_OK; i++) {
        if (!gaz_set_has(&matches->set, i)) {
            continue;
        }
        if (owner != sheet->entries[i].owner) {
            owner = sheet->entries[i].owner;
            status = number_group(&collector->groups, sheet->owners[owner].work, &group, err);
        }
        if (status == GAZ_OK) {
            const struct gaz_found_match match = {
                .rank = {.place = (uint64_t)issue << ISSUE_SHIFT | (sheet->order + i),
                         .date = sheet->owners[owner].date,
                         .score = (float)score(collector->plan, sheet, i, &matches->items[i])},
                .docid = docid + (uint32_t)i,
                .group = group};
            status = add_match(collector->found, &match, err);
        }
    }
    return status;
}

// Makes the numbers of issues in the places their ranks.
static enum gaz_status rank_places(const struct gaz_names *issues, struct gaz_found *found,
                                   struct gaz_err *err) {
    uint32_t *ranks;
    enum gaz_status status = gaz_names_rank(issues, &ranks, err);
    for (size_t i = 0; i < found->match_count && status == GAZ_OK; i++) {
        uint64_t *place = &found->matches[i].rank.place;
        *place = (uint64_t)ranks[*place >> ISSUE_SHIFT] << ISSUE_SHIFT | (*place & UINT32_MAX);
    }
    gaz_free(ranks);
    return status;
}

enum gaz_status gaz_found_collect(const struct gaz_archive *archive, const struct gaz_plan *plan,
                                  enum gaz_sort sort, enum gaz_found_level level, size_t most,
                                  struct gaz_found *out, struct gaz_err *err) {
    *out = (struct gaz_found){0};
    struct collector collector = {.plan = plan, .found = out, .issues = {.arena = gaz_arena_new()}};
    enum gaz_status status = collector.issues.arena ? GAZ_OK : gaz_err_memory(err);
    if (status == GAZ_OK) {
        status = go(archive, plan, collect_sheet, &collector, NULL, err);
    }
    if (status == GAZ_OK) {
        status = rank_places(&collector.issues, out, err);
    }
    out->group_count = collector.groups.count;
    if (status == GAZ_OK) {
        status = gaz_found_put_in_order(out, sort, level, most, err);
    }
    if (status != GAZ_OK) {
        gaz_found_free(out);
    }
    gaz_free(collector.groups.keys);
    gaz_free(collector.groups.numbers);
    gaz_arena_free(collector.issues.arena);
    gaz_names_free(&collector.issues);
    return status;
}

void gaz_found_free(struct gaz_found *found) {
    gaz_free(found->matches);
    gaz_free(found->groups);
    *found = (struct gaz_found){0};
}
