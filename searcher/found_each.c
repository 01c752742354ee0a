// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <string.h>

#include "searcher/found_parts.h"

// The order of the archive is that of the ids of issues, and reading order within an issue; records have
// their numbers in the order in which issues were added. So the bundles that may have matches are gathered
// first.

// Where a record is in the order of the archive.
struct place {
    const char *issue; // NUL-terminated
    size_t order;
};

struct candidate {
    uint32_t docid;
    struct place place; // of its first record
    struct gaz_bundle_set set;
};

struct gathering {
    struct candidate *items;
    size_t count, capacity;
    struct gaz_names issues;
    struct gaz_sheet sheet; // being read
    enum gaz_status status;
    struct gaz_err *err;
};

static enum gaz_status read_place(struct gathering *gathering, struct gaz_index_bytes bytes,
                                  struct place *out) {
    const struct gaz_sheet *sheet = &gathering->sheet;
    uint32_t issue = 0;
    enum gaz_status status = gaz_sheet_read(bytes, &gathering->sheet, gathering->err);
    if (status == GAZ_OK) {
        status =
            gaz_names_number(&gathering->issues, sheet->issue.data, sheet->issue.len, &issue, gathering->err);
    }
    if (status == GAZ_OK) {
        *out = (struct place){gathering->issues.items[issue], sheet->order};
    }
    return status;
}

static int gather(void *context, const struct gaz_index_bundle *bundle) {
    struct gathering *gathering = context;
    struct candidate candidate = {.docid = bundle->docid, .set = bundle->set};
    gathering->status = read_place(gathering, bundle->sheet, &candidate.place);
    if (gathering->status != GAZ_OK) {
        return 1;
    }
    struct candidate *items =
        gaz_grow(gathering->items, &gathering->capacity, gathering->count + 1, sizeof *items);
    if (!items) {
        gathering->status = gaz_err_memory(gathering->err);
        return 1;
    }
    gathering->items = items;
    gathering->items[gathering->count++] = candidate;
    return 0;
}

static int compare_places(const struct place *a, const struct place *b) {
    int order = strcmp(a->issue, b->issue);
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

static int compare_candidates(const void *a, const void *b) {
    const struct candidate *one = a, *other = b;
    return compare_places(&one->place, &other->place);
}

static enum gaz_status gather_all(const struct gaz_archive *archive, const struct gaz_plan *plan,
                                  struct gathering *gathering) {
    enum gaz_status status =
        gaz_index_each_bundle(archive->index, &plan->candidates->query, gather, gathering, gathering->err);
    if (gathering->count > 1) {
        qsort(gathering->items, gathering->count, sizeof *gathering->items, compare_candidates);
    }
    return gathering->status != GAZ_OK ? gathering->status : status;
}

// --- visits ---

struct visitor {
    gaz_found_visit *visit;
    void *context;
    struct place after; // the records up to it are left out; issue NULL: none is
};

static enum gaz_status visit_sheet(void *context, uint32_t docid, const struct gaz_sheet *sheet,
                                   const struct gaz_sheet_matches *matches, struct gaz_err *err) {
    struct visitor *visitor = context;
    const char *issue = visitor->after.issue;
    bool is_cut =
        issue && strlen(issue) == sheet->issue.len && memcmp(issue, sheet->issue.data, sheet->issue.len) == 0;
    enum gaz_status status = GAZ_OK;
    for (size_t i = 0; i < sheet->count && status == GAZ_OK; i++) {
        bool is_before = is_cut && sheet->order + i <= visitor->after.order;
        if (gaz_set_has(&matches->set, i) && !is_before) {
            status = visitor->visit(visitor->context, docid + (uint32_t)i, err);
        }
    }
    return status;
}

// Looks at the bundle of CANDIDATE. Its sheet is copied, as the visitor may read.
static enum gaz_status look_at(struct gaz_found_walk *walk, const struct candidate *candidate) {
    struct gaz_index_bytes sheet;
    size_t at;
    enum gaz_status status = gaz_index_sheet(walk->archive->index, candidate->docid, &sheet, &at, walk->err);
    if (status != GAZ_OK) {
        return status;
    }
    char *copy = gaz_strndup(sheet.data, sheet.len);
    if (!copy) {
        return gaz_err_memory(walk->err);
    }
    const struct gaz_index_bundle bundle = {candidate->docid, candidate->set, {copy, sheet.len}};
    status = gaz_found_look(walk, &bundle);
    gaz_free(copy);
    return status;
}

static enum gaz_status find_after(const struct gaz_archive *archive, uint32_t after,
                                  struct gathering *gathering, struct place *out) {
    struct gaz_index_bytes sheet;
    size_t at;
    if (after == 0) {
        return GAZ_OK;
    }
    enum gaz_status status = gaz_index_sheet(archive->index, after, &sheet, &at, gathering->err);
    if (status == GAZ_OK) {
        status = read_place(gathering, sheet, out);
        out->order += at;
    }
    return status;
}

enum gaz_status gaz_found_each(const struct gaz_archive *archive, const struct gaz_plan *plan, uint32_t after,
                               gaz_found_visit *visit, void *context, struct gaz_err *err) {
    struct visitor visitor = {.visit = visit, .context = context};
    struct gathering *gathering = gaz_calloc(1, sizeof *gathering);
    struct gaz_found_walk *walk = gaz_calloc(1, sizeof *walk);
    struct gaz_arena *arena = gaz_arena_new();
    enum gaz_status status = GAZ_ERR_MEMORY;
    if (gathering && walk && arena) {
        gathering->issues.arena = arena;
        gathering->err = err;
        *walk = (struct gaz_found_walk){
            .archive = archive, .plan = plan, .take = visit_sheet, .context = &visitor, .err = err};
        gaz_index_hold(archive->index);
        status = gather_all(archive, plan, gathering);
        if (status == GAZ_OK) {
            status = find_after(archive, after, gathering, &visitor.after);
        }
        for (size_t i = 0; i < gathering->count && status == GAZ_OK; i++) {
            const struct candidate *candidate = &gathering->items[i];
            bool is_before = visitor.after.issue && strcmp(candidate->place.issue, visitor.after.issue) < 0;
            status = is_before ? GAZ_OK : look_at(walk, candidate);
        }
        gaz_index_release(archive->index);
        gaz_free(gathering->items);
        gaz_names_free(&gathering->issues);
    } else {
        gaz_err_memory(err);
    }
    gaz_arena_free(arena);
    gaz_free(walk);
    gaz_free(gathering);
    return status;
}
