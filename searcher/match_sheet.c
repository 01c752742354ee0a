// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/match_sheet.h"

#include <string.h>

#include "corpus/textcode.h"

enum { WORDS = GAZ_BUNDLE_MAX / 64 };

struct looker {
    const struct gaz_archive *archive;
    const struct gaz_plan *plan;
    const struct gaz_sheet *sheet;
    uint32_t docid; // of the first record
    struct gaz_err *err;
};

// --- sets ---

static void add_to(struct gaz_bundle_set *set, size_t at) {
    set->bits[at / 64] |= UINT64_C(1) << (at % 64);
}

static void keep(struct gaz_bundle_set *set, const struct gaz_bundle_set *other) {
    for (size_t i = 0; i < WORDS; i++) {
        set->bits[i] &= other->bits[i];
    }
}

static void drop(struct gaz_bundle_set *set, const struct gaz_bundle_set *other) {
    for (size_t i = 0; i < WORDS; i++) {
        set->bits[i] &= ~other->bits[i];
    }
}

static void join(struct gaz_bundle_set *set, const struct gaz_bundle_set *other) {
    for (size_t i = 0; i < WORDS; i++) {
        set->bits[i] |= other->bits[i];
    }
}

// --- phrases ---

static bool is_alphanumeric(uint32_t code) {
    return (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
}

// Whether bytes START to END of TEXT are not in the middle of letters or digits.
static bool is_whole(struct gaz_index_bytes text, size_t start, size_t end) {
    uint32_t code;
    if (start > 0) {
        size_t before = start - 1; // ends the character before
        while (before > 0 && (unsigned char)text.data[before - 1] >= GAZ_TEXTCODE_STOP) {
            before--;
        }
        if (gaz_textcode_read(text, &before, &code) && is_alphanumeric(code)) {
            return false;
        }
    }
    return !gaz_textcode_read(text, &end, &code) || !is_alphanumeric(code);
}

// Notes PHRASE at byte AT of the texts if it stands in the text of record NUMBER.
static void note_phrase(const struct looker *looker, const struct gaz_matcher *phrase, size_t number,
                        size_t at, struct gaz_sheet_matches *out) {
    const struct gaz_sheet_entry *entry = &looker->sheet->entries[number];
    struct gaz_index_bytes text = gaz_sheet_text(looker->sheet, number);
    size_t start = at - entry->text, end = start + phrase->code.len;
    if (at < entry->text || end > text.len || (phrase->whole && !is_whole(text, start, end))) {
        return;
    }
    if (!gaz_set_has(&out->set, number)) {
        add_to(&out->set, number);
        out->items[number] = (struct gaz_match){.weight = 1};
    }
    out->items[number].occurrences++;
    out->items[number].covered += phrase->needle.count;
}

// The record after NUMBER (SIZE_MAX: the first) whose text is its own and lies behind those before it.
static size_t next_unit(const struct gaz_sheet *sheet, size_t number) {
    do {
        number++;
    } while (number < sheet->count && sheet->entries[number].type == GAZ_RECORD_CITATION);
    return number;
}

// Citations are never wanted: their texts are in those of units.
static void look_for_phrase(const struct looker *looker, const struct gaz_matcher *phrase,
                            const struct gaz_bundle_set *wanted, struct gaz_sheet_matches *out) {
    const struct gaz_sheet *sheet = looker->sheet;
    size_t number = next_unit(sheet, SIZE_MAX), next;
    size_t at = number < sheet->count ? gaz_textcode_find(sheet->texts, phrase->code, 0) : SIZE_MAX;
    for (; at != SIZE_MAX; at = gaz_textcode_find(sheet->texts, phrase->code, at + 1)) {
        while ((next = next_unit(sheet, number)) < sheet->count && sheet->entries[next].text <= at) {
            number = next;
        }
        note_phrase(looker, phrase, number, at, out);
    }
    keep(&out->set, wanted);
}

// --- texts by themselves ---

// The folded text of record NUMBER as the plan wants it; freed with gaz_folded_free.
static enum gaz_status fold_record(const struct looker *looker, size_t number, struct gaz_folded *out) {
    struct gaz_index_bytes text = gaz_sheet_text(looker->sheet, number);
    struct gaz_buf printed = GAZ_BUF_INIT;
    if (looker->plan->mode != GAZ_FOLD_FULL) {
        enum gaz_status status =
            gaz_archive_text(looker->archive, looker->docid + (uint32_t)number, &printed, looker->err);
        if (status == GAZ_OK) {
            status = gaz_fold_text(printed.data, printed.len, looker->plan->mode, out, looker->err);
        }
        gaz_buf_free(&printed);
        return status;
    }
    return gaz_textcode_decode(text, out, looker->err); // places are asked for when it is shown
}

static enum gaz_status look_at_record(const struct looker *looker, struct gaz_matcher *matcher, size_t number,
                                      struct gaz_sheet_matches *out) {
    struct gaz_subject subject = {.text = "", .docid = looker->docid + (uint32_t)number};
    struct gaz_match match = {.weight = 1};
    enum gaz_status status = fold_record(looker, number, &subject.folded);
    if (status != GAZ_OK) {
        return status;
    }
    struct gaz_err reason = {0};
    bool matches = looker->plan->in_sentence ? gaz_match_sentence(matcher, &subject, &match, &reason)
                                             : gaz_match(matcher, &subject, &match, &reason);
    gaz_folded_free(&subject.folded);
    if (reason.status != GAZ_OK) {
        return gaz_err_set(looker->err, reason.status, "%s", reason.message);
    }
    if (matches) {
        add_to(&out->set, number);
        out->items[number] = match;
    }
    return GAZ_OK;
}

static enum gaz_status look_at_each(const struct looker *looker, struct gaz_matcher *matcher,
                                    const struct gaz_bundle_set *wanted, struct gaz_sheet_matches *out) {
    enum gaz_status status = GAZ_OK;
    for (size_t i = 0; i < looker->sheet->count && status == GAZ_OK; i++) {
        if (gaz_set_has(wanted, i)) {
            status = look_at_record(looker, matcher, i, out);
        }
    }
    return status;
}

// --- trees ---

static enum gaz_status look(const struct looker *looker, struct gaz_matcher *matcher,
                            const struct gaz_bundle_set *wanted, struct gaz_sheet_matches *out);

// Takes all records of SET, with nothing found in them.
static void take_all(const struct gaz_bundle_set *set, struct gaz_sheet_matches *out) {
    out->set = *set;
    for (size_t i = 0; i < GAZ_BUNDLE_MAX; i++) {
        out->items[i] = (struct gaz_match){.weight = 1};
    }
}

// Adds what was found of the records of FROM to those of OUT that are there, too.
static void add_counts(const struct gaz_sheet_matches *from, size_t count, struct gaz_sheet_matches *out) {
    for (size_t i = 0; i < count; i++) {
        if (gaz_set_has(&from->set, i)) {
            out->items[i].occurrences += from->items[i].occurrences;
            out->items[i].covered += from->items[i].covered;
            out->items[i].weight *= from->items[i].weight;
        }
    }
}

static enum gaz_status look_for_all(const struct looker *looker, struct gaz_matcher *matcher,
                                    const struct gaz_bundle_set *wanted, struct gaz_sheet_matches *out) {
    enum gaz_status status = GAZ_OK;
    take_all(wanted, out);
    for (size_t i = 0; i < matcher->child_count && status == GAZ_OK; i++) {
        struct gaz_sheet_matches child;
        status = look(looker, matcher->children[i], &out->set, &child);
        if (status == GAZ_OK) {
            keep(&out->set, &child.set);
            add_counts(&child, looker->sheet->count, out);
        }
    }
    return status;
}

static enum gaz_status look_for_any(const struct looker *looker, struct gaz_matcher *matcher,
                                    const struct gaz_bundle_set *wanted, struct gaz_sheet_matches *out) {
    enum gaz_status status = GAZ_OK;
    struct gaz_bundle_set any = {{0}};
    take_all(wanted, out);
    for (size_t i = 0; i < matcher->child_count && status == GAZ_OK; i++) {
        struct gaz_sheet_matches child;
        status = look(looker, matcher->children[i], wanted, &child);
        if (status == GAZ_OK) {
            join(&any, &child.set);
            add_counts(&child, looker->sheet->count, out);
        }
    }
    out->set = any;
    return status;
}

static enum gaz_status look_for_some(const struct looker *looker, struct gaz_matcher *matcher,
                                     const struct gaz_bundle_set *wanted, struct gaz_sheet_matches *out) {
    enum gaz_status status = GAZ_OK;
    double all = 0, there[GAZ_BUNDLE_MAX] = {0};
    take_all(wanted, out);
    for (size_t i = 0; i < matcher->child_count && status == GAZ_OK; i++) {
        struct gaz_matcher *word = matcher->children[i];
        struct gaz_sheet_matches child;
        all += word->weight;
        status = look(looker, word, wanted, &child);
        for (size_t j = 0; j < looker->sheet->count && status == GAZ_OK; j++) {
            there[j] += gaz_set_has(&child.set, j) ? word->weight : 0;
        }
        if (status == GAZ_OK) {
            add_counts(&child, looker->sheet->count, out);
        }
    }
    out->set = (struct gaz_bundle_set){{0}};
    for (size_t i = 0; i < looker->sheet->count && status == GAZ_OK; i++) {
        out->items[i].weight = all > 0 ? there[i] / all : 0;
        if (gaz_set_has(wanted, i) && out->items[i].weight * 100 >= GAZ_MATCH_SOME_PERCENT) {
            add_to(&out->set, i);
        }
    }
    return status;
}

static enum gaz_status look_for_none(const struct looker *looker, struct gaz_matcher *matcher,
                                     const struct gaz_bundle_set *wanted, struct gaz_sheet_matches *out) {
    struct gaz_sheet_matches child;
    enum gaz_status status = look(looker, matcher->children[0], wanted, &child);
    take_all(wanted, out);
    if (status == GAZ_OK) {
        drop(&out->set, &child.set);
    }
    return status;
}

static void look_at_field(const struct looker *looker, struct gaz_matcher *field,
                          const struct gaz_bundle_set *wanted, struct gaz_sheet_matches *out) {
    take_all(wanted, out);
    out->set = (struct gaz_bundle_set){{0}};
    for (size_t i = 0; i < looker->sheet->count; i++) {
        if (gaz_set_has(wanted, i) && gaz_match_field(field, looker->docid + (uint32_t)i)) {
            add_to(&out->set, i);
        }
    }
}

static enum gaz_status look(const struct looker *looker, struct gaz_matcher *matcher,
                            const struct gaz_bundle_set *wanted, struct gaz_sheet_matches *out) {
    out->set = (struct gaz_bundle_set){{0}};
    switch (matcher->op) {
    case GAZ_QUERY_ALL:
        take_all(wanted, out);
        return GAZ_OK;
    case GAZ_QUERY_FIELD:
        look_at_field(looker, matcher, wanted, out);
        return GAZ_OK;
    case GAZ_QUERY_PHRASE:
        look_for_phrase(looker, matcher, wanted, out);
        return GAZ_OK;
    case GAZ_QUERY_AND:
        return look_for_all(looker, matcher, wanted, out);
    case GAZ_QUERY_OR:
        return look_for_any(looker, matcher, wanted, out);
    case GAZ_QUERY_NOT:
        return look_for_none(looker, matcher, wanted, out);
    case GAZ_QUERY_SOME:
        return look_for_some(looker, matcher, wanted, out);
    case GAZ_QUERY_REGEX:
    case GAZ_QUERY_NEAR:
        return look_at_each(looker, matcher, wanted, out);
    }
    return GAZ_OK;
}

// Whether what a text has of MATCHER in exact folding or in one sentence it also has as a whole and fully
// folded: not so with what must not be there, and distances may grow.
static bool is_positive(const struct gaz_matcher *matcher) {
    bool positive =
        matcher->op != GAZ_QUERY_NOT && matcher->op != GAZ_QUERY_REGEX && matcher->op != GAZ_QUERY_NEAR;
    for (size_t i = 0; i < matcher->child_count && positive; i++) {
        positive = is_positive(matcher->children[i]);
    }
    return positive;
}

enum gaz_status gaz_match_sheet(const struct gaz_archive *archive, const struct gaz_plan *plan,
                                const struct gaz_sheet *sheet, uint32_t docid,
                                const struct gaz_bundle_set *candidates, struct gaz_sheet_matches *out,
                                struct gaz_err *err) {
    const struct looker looker = {archive, plan, sheet, docid, err};
    bool by_itself = plan->mode != GAZ_FOLD_FULL || plan->in_sentence;
    struct gaz_bundle_set wanted = *candidates;
    if (!by_itself) {
        return look(&looker, plan->matcher, &wanted, out);
    }
    out->set = (struct gaz_bundle_set){{0}};
    if (is_positive(plan->matcher)) {
        struct gaz_plan whole = *plan;
        whole.mode = GAZ_FOLD_FULL;
        whole.in_sentence = false;
        const struct looker first = {archive, &whole, sheet, docid, err};
        struct gaz_sheet_matches found;
        enum gaz_status status = look(&first, plan->matcher, &wanted, &found);
        if (status != GAZ_OK) {
            return status;
        }
        wanted = found.set;
    }
    return look_at_each(&looker, plan->matcher, &wanted, out);
}
