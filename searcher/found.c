// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/found.h"

#include <stdlib.h>
#include <string.h>

// --- walk ---

struct walk {
    const struct gaz_archive *archive;
    struct gaz_plan *plan;
    uint32_t after;
    gaz_found_visit *visit;
    void *context;
    size_t left; // matches to visit before the walk ends
    enum gaz_status status;
    struct gaz_err *err;
};

static enum gaz_status verify(struct walk *walk, uint32_t docid) {
    struct gaz_index_stored stored;
    struct gaz_subject subject;
    struct gaz_match match = {.weight = 1};
    enum gaz_status status = gaz_plan_subject(walk->archive, walk->plan, docid, &stored, &subject, walk->err);
    if (status != GAZ_OK) {
        return status;
    }
    struct gaz_err reason = {0};
    bool matches = walk->plan->in_sentence
                       ? gaz_match_sentence(walk->plan->matcher, &subject, &match, &reason)
                       : gaz_match(walk->plan->matcher, &subject, &match, &reason);
    if (reason.status != GAZ_OK) {
        status = gaz_err_set(walk->err, reason.status, "%s", reason.message);
    } else if (matches) {
        walk->left--;
        status = walk->visit(walk->context, docid, &subject, &match, walk->err);
    }
    gaz_folded_free(&subject.folded);
    gaz_index_stored_free(&stored);
    return status;
}

static int visit_candidate(void *context, uint32_t docid) {
    struct walk *walk = context;
    if (docid > walk->after) {
        walk->status = verify(walk, docid);
    }
    return walk->status != GAZ_OK || walk->left == 0;
}

// The cursors of fields follow ascending records: back to the start for a new walk.
static void rewind_matcher(struct gaz_matcher *matcher) {
    matcher->cursor = 0;
    for (size_t i = 0; i < matcher->child_count; i++) {
        rewind_matcher(matcher->children[i]);
    }
}

static enum gaz_status go(struct walk *walk) {
    rewind_matcher(walk->plan->matcher);
    enum gaz_status status = gaz_index_each(walk->archive->index, &walk->plan->candidates->query,
                                            visit_candidate, walk, walk->err);
    return walk->status != GAZ_OK ? walk->status : status;
}

enum gaz_status gaz_found_each(const struct gaz_archive *archive, struct gaz_plan *plan, uint32_t after,
                               gaz_found_visit *visit, void *context, struct gaz_err *err) {
    struct walk walk = {archive, plan, after, visit, context, SIZE_MAX, GAZ_OK, err};
    return go(&walk);
}

static enum gaz_status pass(void *context, uint32_t docid, const struct gaz_subject *subject,
                            const struct gaz_match *match, struct gaz_err *err) {
    (void)context;
    (void)docid;
    (void)subject;
    (void)match;
    (void)err;
    return GAZ_OK;
}

enum gaz_status gaz_found_count(const struct gaz_archive *archive, struct gaz_plan *plan, size_t most,
                                size_t *count, struct gaz_err *err) {
    struct walk walk = {archive, plan, 0, pass, NULL, most, GAZ_OK, err};
    enum gaz_status status = go(&walk);
    *count = most - walk.left;
    return status;
}

// --- collect ---

struct collector {
    const struct gaz_archive *archive;
    const struct gaz_plan *plan;
    uint32_t slot; // whose value tells groups apart
    struct gaz_found *found;
};

// Running heads and the like repeat what the text says: they come last.
enum { OTHER_PERCENT = 5 };

// Under 1: how dense the phrases are in the text; short texts that are full of them come first.
static double density(const struct gaz_subject *subject, const struct gaz_match *match) {
    enum { TYPICAL_LENGTH = 100 }; // characters
    double hits = (double)match->occurrences;
    return match->weight * hits / (hits + 1 + (double)subject->folded.count / TYPICAL_LENGTH);
}

// Nothing, or from GAZ_WORTH_HEADING on: what the phrases are worth in the heading.
static enum gaz_status heading_worth(const struct collector *collector, const struct gaz_subject *subject,
                                     double *worth, struct gaz_err *err) {
    struct gaz_folded heading;
    *worth = 0;
    if (subject->heading_len == 0) {
        return GAZ_OK;
    }
    enum gaz_status status =
        gaz_fold_text(subject->heading, subject->heading_len, collector->plan->mode, &heading, err);
    if (status != GAZ_OK) {
        return status;
    }
    struct gaz_emphasis emphasis = gaz_match_heading(collector->plan->matcher, &heading);
    int whole = subject->type == GAZ_RECORD_DOCUMENT ? GAZ_WORTH_TITLE : GAZ_WORTH_HEADING;
    *worth = whole * emphasis.phrases + emphasis.filled;
    gaz_folded_free(&heading);
    return GAZ_OK;
}

// 2023-10-12 → 20231012; what is missing counts as 0.
static uint32_t date_number(const char *iso) {
    uint32_t number = 0;
    size_t digits = 0;
    for (; *iso; iso++) {
        if (*iso >= '0' && *iso <= '9' && digits < 8) {
            number = number * 10 + (uint32_t)(*iso - '0');
            digits++;
        }
    }
    for (; digits > 0 && digits < 8; digits++) {
        number *= 10;
    }
    return number;
}

static enum gaz_status read_date(const struct gaz_archive *archive, uint32_t docid, uint32_t *date,
                                 struct gaz_err *err) {
    char *iso;
    enum gaz_status status = gaz_archive_value(archive, docid, GAZ_SLOT_DATE, &iso, err);
    if (status == GAZ_OK) {
        *date = date_number(iso);
        gaz_free(iso);
    }
    return status;
}

static enum gaz_status read_group(struct collector *collector, uint32_t docid, uint32_t *group,
                                  struct gaz_err *err) {
    char *id;
    enum gaz_status status = gaz_archive_value(collector->archive, docid, collector->slot, &id, err);
    if (status == GAZ_OK && *id == '\0') {
        gaz_free(id);
        status = gaz_archive_value(collector->archive, docid, GAZ_SLOT_ISSUE, &id, err);
    }
    if (status == GAZ_OK) {
        status = gaz_names_number(&collector->found->names, id, strlen(id), group, err);
        gaz_free(id);
    }
    return status;
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

static enum gaz_status collect_match(void *context, uint32_t docid, const struct gaz_subject *subject,
                                     const struct gaz_match *match, struct gaz_err *err) {
    struct collector *collector = context;
    struct gaz_found_match found = {.docid = docid};
    double score = density(subject, match), worth;
    if (subject->type == GAZ_RECORD_OTHER) {
        score = score * OTHER_PERCENT / 100;
    }
    enum gaz_status status = heading_worth(collector, subject, &worth, err);
    found.score = (float)(score + worth);
    if (status == GAZ_OK) {
        status = read_group(collector, docid, &found.group, err);
    }
    if (status == GAZ_OK) {
        status = read_date(collector->archive, docid, &found.date, err);
    }
    return status == GAZ_OK ? add_match(collector->found, &found, err) : status;
}

// --- order ---

static int compare_numbers(double a, double b) {
    return (a > b) - (a < b);
}

// Best first, then the latest, then as in the archive.
static int by_score(const void *a, const void *b) {
    const struct gaz_found_match *one = a, *other = b;
    int order = compare_numbers(other->score, one->score);
    order = order ? order : compare_numbers(other->date, one->date);
    return order ? order : compare_numbers(one->docid, other->docid);
}

static int by_date(const void *a, const void *b) {
    const struct gaz_found_match *one = a, *other = b;
    int order = compare_numbers(one->date, other->date);
    return order ? order : compare_numbers(one->docid, other->docid);
}

static int by_date_down(const void *a, const void *b) {
    const struct gaz_found_match *one = a, *other = b;
    int order = compare_numbers(other->date, one->date);
    return order ? order : compare_numbers(one->docid, other->docid);
}

static int by_docid(const void *a, const void *b) {
    const struct gaz_found_match *one = a, *other = b;
    return compare_numbers(one->docid, other->docid);
}

static int by_group_and_score(const void *a, const void *b) {
    const struct gaz_found_match *one = a, *other = b;
    int order = compare_numbers(one->group, other->group);
    return order ? order : by_score(a, b);
}

static void sort_matches(struct gaz_found *found, int (*compare)(const void *, const void *)) {
    if (found->match_count > 1) {
        qsort(found->matches, found->match_count, sizeof *found->matches, compare);
    }
}

// As for matches; the first match stands for the place in the archive.
static int groups_by_score(const void *a, const void *b) {
    const struct gaz_found_group *one = a, *other = b;
    int order = compare_numbers(other->score, one->score);
    order = order ? order : compare_numbers(other->date, one->date);
    return order ? order : compare_numbers((double)one->first, (double)other->first);
}

static int groups_by_date(const void *a, const void *b) {
    const struct gaz_found_group *one = a, *other = b;
    int order = compare_numbers(one->date, other->date);
    return order ? order : compare_numbers((double)one->first, (double)other->first);
}

static int groups_by_date_down(const void *a, const void *b) {
    const struct gaz_found_group *one = a, *other = b;
    int order = compare_numbers(other->date, one->date);
    return order ? order : compare_numbers((double)one->first, (double)other->first);
}

static int groups_by_place(const void *a, const void *b) {
    const struct gaz_found_group *one = a, *other = b;
    return compare_numbers((double)one->first, (double)other->first);
}

static int (*const match_orders[])(const void *, const void *) = {[GAZ_SORT_RELEVANCE] = by_score,
                                                                  [GAZ_SORT_DATE] = by_date,
                                                                  [GAZ_SORT_DATE_DOWN] = by_date_down,
                                                                  [GAZ_SORT_ARCHIVE] = by_docid};
static int (*const group_orders[])(const void *, const void *) = {[GAZ_SORT_RELEVANCE] = groups_by_score,
                                                                  [GAZ_SORT_DATE] = groups_by_date,
                                                                  [GAZ_SORT_DATE_DOWN] = groups_by_date_down,
                                                                  [GAZ_SORT_ARCHIVE] = groups_by_place};

// A group is worth its best title or heading, and under 1 for all the text in it.
static void score_group(const struct gaz_found *found, struct gaz_found_group *group) {
    double best = 0, body = 0;
    for (size_t i = group->first; i < group->first + group->count; i++) {
        double score = found->matches[i].score;
        double whole = score < 1 ? 0 : score;
        best = whole > best ? whole : best;
        body += score < 1 ? score : 1;
        group->date = found->matches[i].date > group->date ? found->matches[i].date : group->date;
    }
    group->score = (float)(best + body / (1 + body));
}

static enum gaz_status make_groups(struct gaz_found *found, struct gaz_err *err) {
    sort_matches(found, by_group_and_score);
    found->group_count = found->names.count;
    found->groups = gaz_calloc(found->group_count, sizeof *found->groups);
    if (!found->groups) {
        return gaz_err_memory(err);
    }
    for (size_t i = 0; i < found->match_count; i++) {
        struct gaz_found_group *group = &found->groups[found->matches[i].group];
        group->first = group->count == 0 ? i : group->first;
        group->count++;
    }
    for (size_t i = 0; i < found->group_count; i++) {
        found->groups[i].id = found->names.items[i];
        score_group(found, &found->groups[i]);
    }
    return GAZ_OK;
}

static enum gaz_status put_in_order(struct gaz_found *found, enum gaz_sort sort, enum gaz_found_level level,
                                    struct gaz_err *err) {
    enum gaz_status status = make_groups(found, err);
    if (status != GAZ_OK) {
        return status;
    }
    if (level == GAZ_FOUND_UNITS) {
        sort_matches(found, match_orders[sort]);
    } else if (found->group_count > 1) {
        qsort(found->groups, found->group_count, sizeof *found->groups, group_orders[sort]);
    }
    return GAZ_OK;
}

enum gaz_status gaz_found_collect(const struct gaz_archive *archive, struct gaz_plan *plan,
                                  enum gaz_sort sort, enum gaz_found_level level, struct gaz_found *out,
                                  struct gaz_err *err) {
    *out = (struct gaz_found){.arena = gaz_arena_new()};
    out->names.arena = out->arena;
    struct collector collector = {.archive = archive,
                                  .plan = plan,
                                  .slot = level == GAZ_FOUND_WORKS ? GAZ_SLOT_IDENTITY : GAZ_SLOT_DOCUMENT,
                                  .found = out};
    enum gaz_status status = out->arena ? GAZ_OK : gaz_err_memory(err);
    if (status == GAZ_OK) {
        status = gaz_found_each(archive, plan, 0, collect_match, &collector, err);
    }
    if (status == GAZ_OK) {
        status = put_in_order(out, sort, level, err);
    }
    if (status != GAZ_OK) {
        gaz_found_free(out);
    }
    return status;
}

void gaz_found_free(struct gaz_found *found) {
    gaz_free(found->matches);
    gaz_free(found->groups);
    gaz_names_free(&found->names);
    gaz_arena_free(found->arena);
    *found = (struct gaz_found){0};
}
