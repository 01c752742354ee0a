// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/plan.h"

#include <math.h>
#include <string.h>

#include "corpus/analyse.h"
#include "corpus/textcode.h"
#include "searcher/daterange.h"
#include "searcher/field.h"
#include "searcher/pattern.h"
#include "searcher/typed_date.h"
#include "shim/message.h"

struct planner {
    const struct gaz_archive *archive;
    struct gaz_arena *arena;
    enum gaz_fold_mode mode;
    struct gaz_match_work *work;
    struct gaz_err *err;
};

// The candidates of a node and how they are verified.
struct part {
    struct gaz_select *select; // NULL: the node does not narrow the candidates
    struct gaz_matcher *matcher;
};

static enum gaz_status out_of_memory(const struct planner *planner) {
    return gaz_err_memory(planner->err);
}

// --- phrases ---

// One character is a term that begins with it, more are all of their bigrams.
static struct gaz_select *select_terms(struct gaz_arena *arena, const struct gaz_terms *terms,
                                       bool is_prefix) {
    struct gaz_select *all = gaz_select_new(arena, GAZ_INDEX_AND);
    for (size_t i = 0; i < terms->count; i++) {
        if (!gaz_select_add(arena, all, gaz_select_loose(arena, terms->items[i].term, is_prefix))) {
            return NULL;
        }
    }
    return all;
}

struct gaz_select *gaz_plan_phrase(struct gaz_arena *arena, const char *prefix, const char *phrase,
                                   struct gaz_err *err) {
    struct gaz_folded folded;
    struct gaz_terms terms;
    if (gaz_fold_text(phrase, strlen(phrase), GAZ_FOLD_FULL, &folded, err) != GAZ_OK) {
        return NULL;
    }
    struct gaz_select *select = NULL;
    if (gaz_analyse_phrase(&folded, prefix, &terms, err) == GAZ_OK) {
        select = select_terms(arena, &terms, folded.count == 1);
        gaz_terms_free(&terms);
    }
    gaz_folded_free(&folded);
    return select;
}

static enum gaz_status query_error(const struct planner *planner, const struct gaz_query *query,
                                   const char *message) {
    if (query->column == 0) {
        return gaz_err_set(planner->err, GAZ_ERR_QUERY, "%s", message);
    }
    return gaz_err_set(planner->err, GAZ_ERR_QUERY, "query, column %zu: %s", query->column, message);
}

// The code of a phrase. An exact one is looked for in full folding first, too.
static enum gaz_status code_phrase(const struct planner *planner, const char *text,
                                   struct gaz_index_bytes *out) {
    struct gaz_folded folded;
    struct gaz_buf code = GAZ_BUF_INIT;
    enum gaz_status status = gaz_fold_text(text, strlen(text), GAZ_FOLD_FULL, &folded, planner->err);
    if (status != GAZ_OK) {
        return status;
    }
    gaz_textcode_add(&folded, &code);
    gaz_folded_free(&folded);
    status = gaz_buf_check(&code, planner->err);
    *out = (struct gaz_index_bytes){gaz_arena_strndup(planner->arena, code.data, code.len), code.len};
    gaz_buf_free(&code);
    return status == GAZ_OK && !out->data ? out_of_memory(planner) : status;
}

static enum gaz_status plan_phrase(const struct planner *planner, const struct gaz_query *query,
                                   struct part *out) {
    enum gaz_status status =
        gaz_fold_text(query->text, strlen(query->text), planner->mode, &out->matcher->needle, planner->err);
    if (status == GAZ_OK) {
        status = code_phrase(planner, query->text, &out->matcher->code);
    }
    if (status != GAZ_OK) {
        return status;
    }
    if (out->matcher->code.len == 0) {
        return query_error(planner, query, _("there is nothing visible in it: write what to look for"));
    }
    out->select = gaz_plan_phrase(planner->arena, GAZ_TERM_TEXT, query->text, planner->err);
    return out->select ? GAZ_OK : out_of_memory(planner);
}

// --- patterns ---

struct literals {
    const struct planner *planner;
    struct gaz_select *all; // NULL while there is none
    bool failed;
};

static bool add_literal(void *context, const char *literal, size_t len) {
    struct literals *literals = context;
    struct gaz_arena *arena = literals->planner->arena;
    const char *copy = gaz_arena_strndup(arena, literal, len);
    struct gaz_select *select =
        copy ? gaz_plan_phrase(arena, GAZ_TERM_TEXT, copy, literals->planner->err) : NULL;
    if (!literals->all) {
        literals->all = gaz_select_new(arena, GAZ_INDEX_AND);
    }
    literals->failed = !gaz_select_add(arena, literals->all, select);
    return !literals->failed;
}

static enum gaz_status plan_pattern(const struct planner *planner, const struct gaz_query *query,
                                    struct part *out) {
    struct gaz_buf regex = GAZ_BUF_INIT;
    struct gaz_err reason = {0};
    struct literals literals = {.planner = planner};
    gaz_pattern_write(query->text, query->field == GAZ_FIELD_PATTERN, planner->mode, &regex);
    enum gaz_status status = gaz_buf_check(&regex, &reason);
    if (status == GAZ_OK) {
        status = gaz_regex_compile(regex.data, regex.len, &out->matcher->regex, &reason);
    }
    if (status == GAZ_OK) {
        gaz_pattern_literals(regex.data, add_literal, &literals);
        status = literals.failed ? out_of_memory(planner) : GAZ_OK;
    }
    gaz_buf_free(&regex);
    out->matcher->op = GAZ_QUERY_REGEX;
    out->select = literals.all;
    if (status == GAZ_ERR_QUERY) {
        return query_error(planner, query, reason.message);
    }
    return status == GAZ_OK ? GAZ_OK : gaz_err_set(planner->err, status, "%s", reason.message);
}

// --- fields ---

// The records of the field as a list, for a place in the tree where the candidates do not imply it.
static enum gaz_status list_docids(const struct planner *planner, struct part *part) {
    struct gaz_docids docids;
    enum gaz_status status =
        gaz_archive_select(planner->archive, &part->select->query, &docids, planner->err);
    if (status != GAZ_OK) {
        return status;
    }
    uint32_t *copy = gaz_arena_alloc(planner->arena, docids.count * sizeof *copy);
    if (copy && docids.count > 0) {
        memcpy(copy, docids.items, docids.count * sizeof *copy);
    }
    part->matcher->docids = copy;
    part->matcher->docid_count = docids.count;
    gaz_free(docids.items);
    return copy ? GAZ_OK : out_of_memory(planner);
}

static enum gaz_status plan_field(const struct planner *planner, const struct gaz_query *query, bool implied,
                                  struct part *out) {
    struct gaz_err reason = {0};
    enum gaz_status status =
        gaz_field_select(planner->archive, query->field, query->text, planner->arena, &out->select, &reason);
    if (status == GAZ_ERR_QUERY) {
        return query_error(planner, query, reason.message);
    }
    if (status != GAZ_OK) {
        return gaz_err_set(planner->err, status, "%s", reason.message);
    }
    out->matcher->implied = implied;
    return implied ? GAZ_OK : list_docids(planner, out);
}

// --- trees ---

static enum gaz_status plan_node(const struct planner *planner, const struct gaz_query *query, bool implied,
                                 struct part *out);

static bool add_select(const struct planner *planner, struct gaz_select **to, enum gaz_index_op op,
                       struct gaz_select *child) {
    if (!*to) {
        *to = gaz_select_new(planner->arena, op);
    }
    return gaz_select_add(planner->arena, *to, child);
}

static void add_child(struct gaz_matcher *matcher, struct gaz_matcher *child) {
    matcher->children[matcher->child_count++] = child;
}

// All of the children narrow the candidates; those of an AND that holds for every candidate are implied, too.
static enum gaz_status plan_all(const struct planner *planner, const struct gaz_query *query, bool implied,
                                struct part *out) {
    for (size_t i = 0; i < query->child_count; i++) {
        struct part child;
        enum gaz_status status = plan_node(planner, query->children[i], implied, &child);
        if (child.matcher) {
            add_child(out->matcher, child.matcher);
        }
        if (status != GAZ_OK) {
            return status;
        }
        if (child.select && !add_select(planner, &out->select, GAZ_INDEX_AND, child.select)) {
            return out_of_memory(planner);
        }
    }
    return GAZ_OK;
}

// A child that does not narrow the candidates makes the whole not narrow them.
static enum gaz_status plan_any(const struct planner *planner, const struct gaz_query *query,
                                struct part *out) {
    bool narrows = true;
    for (size_t i = 0; i < query->child_count; i++) {
        struct part child;
        enum gaz_status status = plan_node(planner, query->children[i], false, &child);
        if (child.matcher) {
            add_child(out->matcher, child.matcher);
        }
        if (status != GAZ_OK) {
            return status;
        }
        narrows = narrows && child.select;
        if (narrows && !add_select(planner, &out->select, GAZ_INDEX_OR, child.select)) {
            return out_of_memory(planner);
        }
    }
    out->select = narrows ? out->select : NULL;
    return GAZ_OK;
}

static bool is_alphanumeric(const struct gaz_folded *word) {
    for (size_t i = 0; i < word->count; i++) {
        uint32_t code = word->codes[i];
        if (!((code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z'))) {
            return false;
        }
    }
    return true;
}

// How much a word says: rare ones say more. It is as rare as the rarest of its n-grams; 0: it is nowhere.
static enum gaz_status weigh(const struct planner *planner, const struct gaz_query *word,
                             struct gaz_matcher *matcher) {
    struct gaz_select *select = gaz_plan_phrase(planner->arena, GAZ_TERM_TEXT, word->text, planner->err);
    uint32_t rarest = UINT32_MAX;
    if (!select) {
        return out_of_memory(planner);
    }
    for (size_t i = 0; i < select->query.child_count; i++) {
        const struct gaz_index_query *child = select->query.children[i];
        uint32_t frequency;
        enum gaz_status status =
            child->op == GAZ_INDEX_PREFIX
                ? gaz_index_prefix_frequency(planner->archive->index, child->term, &frequency, planner->err)
                : gaz_index_term_frequency(planner->archive->index, child->term, &frequency, planner->err);
        if (status != GAZ_OK) {
            return status;
        }
        rarest = frequency < rarest ? frequency : rarest;
    }
    matcher->weight = rarest > 0 ? log(1 + gaz_index_count(planner->archive->index) / (double)rarest) : 0;
    matcher->whole = is_alphanumeric(&matcher->needle);
    return GAZ_OK;
}

// Words that are nowhere count as much as the heaviest that is somewhere: a record that lacks what is asked
// for most is no answer.
static void weigh_missing(struct gaz_matcher *some) {
    double heaviest = 0;
    for (size_t i = 0; i < some->child_count; i++) {
        heaviest = some->children[i]->weight > heaviest ? some->children[i]->weight : heaviest;
    }
    for (size_t i = 0; i < some->child_count; i++) {
        some->children[i]->weight = some->children[i]->weight > 0 ? some->children[i]->weight : heaviest;
    }
}

// Whether word AT is one of the heaviest that together weigh as much as a record needs: without any of them
// it cannot have enough of the rest. Of words of one weight the first ones count.
static bool is_needed(const struct gaz_matcher *some, size_t at) {
    double heavier = 0, all = 0, weight = some->children[at]->weight;
    for (size_t i = 0; i < some->child_count; i++) {
        double other = some->children[i]->weight;
        all += other;
        heavier += other > weight || (other == weight && i < at) ? other : 0;
    }
    return (all - heavier) * 100 >= all * GAZ_MATCH_SOME_PERCENT;
}

static enum gaz_status plan_some(const struct planner *planner, const struct gaz_query *query,
                                 struct part *out) {
    enum gaz_status status = plan_any(planner, query, out);
    for (size_t i = 0; i < query->child_count && status == GAZ_OK; i++) {
        status = weigh(planner, query->children[i], out->matcher->children[i]);
    }
    weigh_missing(out->matcher);
    struct gaz_select *needed = gaz_select_new(planner->arena, GAZ_INDEX_OR);
    for (size_t i = 0; i < query->child_count && status == GAZ_OK; i++) {
        if (is_needed(out->matcher, i) &&
            !gaz_select_add(
                planner->arena, needed,
                gaz_plan_phrase(planner->arena, GAZ_TERM_TEXT, query->children[i]->text, planner->err))) {
            status = out_of_memory(planner);
        }
    }
    out->select = needed;
    return status == GAZ_OK && !needed ? out_of_memory(planner) : status;
}

// What is excluded is verified on the text: its candidates are too many to be taken away.
static enum gaz_status plan_not(const struct planner *planner, const struct gaz_query *query,
                                struct part *out) {
    struct part child;
    enum gaz_status status = plan_node(planner, query->children[0], false, &child);
    if (child.matcher) {
        add_child(out->matcher, child.matcher);
    }
    return status;
}

static struct gaz_matcher *new_matcher(const struct planner *planner, const struct gaz_query *query) {
    struct gaz_matcher *matcher = gaz_arena_alloc(planner->arena, sizeof *matcher);
    if (!matcher) {
        return NULL;
    }
    matcher->op = query->op;
    matcher->text = query->text;
    matcher->distance = query->distance;
    matcher->ordered = query->ordered;
    matcher->work = planner->work;
    matcher->children = gaz_arena_alloc(planner->arena, query->child_count * sizeof(struct gaz_matcher *));
    return matcher->children ? matcher : NULL;
}

static enum gaz_status plan_node(const struct planner *planner, const struct gaz_query *query, bool implied,
                                 struct part *out) {
    *out = (struct part){.matcher = new_matcher(planner, query)};
    if (!out->matcher) {
        return out_of_memory(planner);
    }
    switch (query->op) {
    case GAZ_QUERY_ALL:
        return GAZ_OK;
    case GAZ_QUERY_PHRASE:
        return plan_phrase(planner, query, out);
    case GAZ_QUERY_FIELD:
        return gaz_field_is_text(query->field) ? plan_pattern(planner, query, out)
                                               : plan_field(planner, query, implied, out);
    case GAZ_QUERY_REGEX:
        break;
    case GAZ_QUERY_AND:
        return plan_all(planner, query, implied, out);
    case GAZ_QUERY_NEAR:
        return plan_all(planner, query, false, out);
    case GAZ_QUERY_OR:
        return plan_any(planner, query, out);
    case GAZ_QUERY_SOME:
        return plan_some(planner, query, out);
    case GAZ_QUERY_NOT:
        return plan_not(planner, query, out);
    }
    return gaz_err_set(planner->err, GAZ_ERR_INTERNAL, "unknown query node: this is a defect");
}

// --- filters ---

static enum gaz_status add_filter(const struct planner *planner, enum gaz_field field, const char *option,
                                  const char *value, struct gaz_select *all) {
    struct gaz_select *select = NULL;
    struct gaz_err reason = {0};
    if (!value) {
        return GAZ_OK;
    }
    enum gaz_status status =
        gaz_field_select(planner->archive, field, value, planner->arena, &select, &reason);
    if (status == GAZ_ERR_QUERY) {
        return gaz_err_set(planner->err, GAZ_ERR_ARGUMENT, "--%s: %s", option, reason.message);
    }
    if (status != GAZ_OK) {
        return gaz_err_set(planner->err, status, "%s", reason.message);
    }
    return gaz_select_add(planner->arena, all, select) ? GAZ_OK : out_of_memory(planner);
}

// --since DATE or --until DATE: of a month or year, its beginning or its end.
static enum gaz_status add_end(const struct planner *planner, const char *option, const char *date,
                               bool is_first, struct gaz_select *all) {
    struct gaz_date_range *range = gaz_arena_alloc(planner->arena, sizeof *range), whole;
    const char *normal;
    if (!date) {
        return GAZ_OK;
    }
    enum gaz_status status = gaz_typed_date_normal(date, planner->arena, &normal, planner->err);
    if (status != GAZ_OK || !range) {
        return status != GAZ_OK ? status : out_of_memory(planner);
    }
    if (strstr(date, "..") || !gaz_date_range_read(normal, range)) {
        return gaz_err_set(planner->err, GAZ_ERR_ARGUMENT,
                           "--%s: \"%s\" is no date: write 2023-10-07, 2023-10 or 2023", option,
                           gaz_quote(date).text);
    }
    gaz_date_range_all(&whole);
    memcpy(is_first ? range->high : range->low, is_first ? whole.high : whole.low, GAZ_DATE_BOUND_MAX);
    struct gaz_select *select = gaz_select_range(planner->arena, GAZ_SLOT_DATE, range->low, range->high);
    return gaz_select_add(planner->arena, all, select) ? GAZ_OK : out_of_memory(planner);
}

static enum gaz_status add_filters(const struct planner *planner, const struct gaz_filters *filters,
                                   struct gaz_select *all) {
    const struct {
        enum gaz_field field;
        const char *option, *value;
    } list[] = {
        {GAZ_FIELD_ISSUER, "issuer", filters->issuer},   {GAZ_FIELD_KIND, "kind", filters->kind},
        {GAZ_FIELD_CLASS, "class", filters->class_name}, {GAZ_FIELD_SECTION, "section", filters->section},
        {GAZ_FIELD_ISSUE, "issue", filters->issue},
    };
    enum gaz_status status = GAZ_OK;
    for (size_t i = 0; i < sizeof list / sizeof list[0] && status == GAZ_OK; i++) {
        status = add_filter(planner, list[i].field, list[i].option, list[i].value, all);
    }
    if (status == GAZ_OK) {
        status = add_end(planner, "since", filters->since, true, all);
    }
    return status == GAZ_OK ? add_end(planner, "until", filters->until, false, all) : status;
}

static enum gaz_status make_candidates(const struct planner *planner, const struct gaz_filters *filters,
                                       struct gaz_select *select, struct gaz_plan *out) {
    struct gaz_select *all = gaz_select_new(planner->arena, GAZ_INDEX_AND);
    if (!select) {
        select = gaz_select_new(planner->arena, GAZ_INDEX_ALL);
    }
    if (!gaz_select_add(planner->arena, all, select)) {
        return out_of_memory(planner);
    }
    out->candidates = all;
    return add_filters(planner, filters, all);
}

enum gaz_status gaz_plan_make(const struct gaz_archive *archive, const struct gaz_query *query,
                              const struct gaz_filters *filters, bool exact, struct gaz_arena *arena,
                              struct gaz_plan *out, struct gaz_err *err) {
    const struct planner planner = {archive, arena, exact ? GAZ_FOLD_BLANKS : GAZ_FOLD_FULL,
                                    gaz_arena_alloc(arena, sizeof(struct gaz_match_work)), err};
    struct part root = {0};
    *out = (struct gaz_plan){.mode = planner.mode, .units_only = true};
    enum gaz_status status = planner.work ? plan_node(&planner, query, true, &root) : out_of_memory(&planner);
    out->matcher = root.matcher;
    if (status == GAZ_OK) {
        status = make_candidates(&planner, filters, root.select, out);
    }
    if (status != GAZ_OK) {
        gaz_plan_free(out);
    }
    return status;
}

void gaz_plan_free(struct gaz_plan *plan) {
    gaz_matcher_free(plan->matcher);
    plan->matcher = NULL;
}
