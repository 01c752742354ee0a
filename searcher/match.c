// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/match.h"

#include <stdlib.h>

#include "corpus/textcode.h"
#include "shim/mem.h"
#include "shim/unicode.h"

// Places in a folded text: half-open ranges of code points.
struct place {
    size_t start, end;
};

struct places {
    struct place *items;
    size_t count, capacity;
};

void gaz_matcher_free(struct gaz_matcher *matcher) {
    if (!matcher) {
        return;
    }
    gaz_folded_free(&matcher->needle);
    gaz_regex_free(matcher->regex);
    for (size_t i = 0; i < matcher->child_count; i++) {
        gaz_matcher_free(matcher->children[i]);
    }
}

// --- places ---

static enum gaz_status add_place(struct places *places, size_t start, size_t end, struct gaz_err *err) {
    struct place *items = gaz_grow(places->items, &places->capacity, places->count + 1, sizeof *items);
    if (!items) {
        return gaz_err_memory(err);
    }
    places->items = items;
    places->items[places->count++] = (struct place){start, end};
    return GAZ_OK;
}

static bool is_alphanumeric(uint32_t code) {
    return (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
}

static bool is_whole(const struct gaz_folded *text, size_t start, size_t end) {
    return !(start > 0 && is_alphanumeric(text->codes[start - 1])) &&
           !(end < text->count && is_alphanumeric(text->codes[end]));
}

static enum gaz_status find_phrase(const struct gaz_matcher *phrase, const struct gaz_folded *text,
                                   struct places *out, struct gaz_err *err) {
    size_t length = phrase->needle.count, at = gaz_folded_find(text, &phrase->needle, 0);
    enum gaz_status status = GAZ_OK;
    for (; at != SIZE_MAX && status == GAZ_OK; at = gaz_folded_find(text, &phrase->needle, at + 1)) {
        if (!phrase->whole || is_whole(text, at, at + length)) {
            status = add_place(out, at, at + length, err);
        }
    }
    return status;
}

// Adds the matches of REGEX in UTF8, which is TEXT in bytes.
static enum gaz_status add_matches(struct gaz_regex *regex, const struct gaz_buf *utf8, struct places *out,
                                   struct gaz_err *err) {
    size_t start, end, at = 0, count = 0; // COUNT code points before byte AT
    enum gaz_status status = gaz_regex_find(regex, utf8->data, utf8->len, 0, &start, &end, err);
    while (status == GAZ_OK && start < end) {
        size_t first = 0;
        for (; at < end; at++) {
            first = at == start ? count : first;
            count += ((unsigned char)utf8->data[at] & 0xC0) != 0x80;
        }
        status = add_place(out, first, count, err);
        if (status == GAZ_OK) {
            status = gaz_regex_find(regex, utf8->data, utf8->len, end, &start, &end, err);
        }
    }
    return status;
}

static enum gaz_status find_regex(struct gaz_regex *regex, const struct gaz_folded *text, struct places *out,
                                  struct gaz_err *err) {
    struct gaz_buf utf8 = GAZ_BUF_INIT;
    for (size_t i = 0; i < text->count; i++) {
        char bytes[4];
        gaz_buf_add(&utf8, bytes, gaz_utf8_encode(text->codes[i], bytes));
    }
    enum gaz_status status = gaz_buf_check(&utf8, err);
    if (status == GAZ_OK) {
        status = add_matches(regex, &utf8, out, err);
    }
    gaz_buf_free(&utf8);
    return status;
}

static int compare_places(const void *a, const void *b) {
    const struct place *one = a, *other = b;
    if (one->start != other->start) {
        return one->start < other->start ? -1 : 1;
    }
    return (one->end > other->end) - (one->end < other->end);
}

// Sorts the places; each is kept once.
static void sort_places(struct places *places) {
    size_t kept = 0;
    if (places->count > 1) {
        qsort(places->items, places->count, sizeof *places->items, compare_places);
    }
    for (size_t i = 0; i < places->count; i++) {
        if (i == 0 || compare_places(&places->items[i], &places->items[kept - 1]) != 0) {
            places->items[kept++] = places->items[i];
        }
    }
    places->count = kept;
}

// Whether B begins at most DISTANCE characters after the end of A.
static bool follows(const struct place *a, const struct place *b, size_t distance) {
    return b->start >= a->end && b->start - a->end <= distance;
}

static size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

static size_t larger(size_t a, size_t b) {
    return a > b ? a : b;
}

// The first of PLACES that begins at START or later.
static size_t first_from(const struct places *places, size_t start) {
    size_t low = 0, high = places->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (places->items[middle].start < start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static size_t longest(const struct places *places) {
    size_t length = 0;
    for (size_t i = 0; i < places->count; i++) {
        length = larger(length, places->items[i].end - places->items[i].start);
    }
    return length;
}

// Adds the joint place of A and B when they are near each other.
static enum gaz_status join_pair(const struct gaz_matcher *near, const struct place *a, const struct place *b,
                                 struct places *out, struct gaz_err *err) {
    if (!follows(a, b, near->distance) && (near->ordered || !follows(b, a, near->distance))) {
        return GAZ_OK;
    }
    return add_place(out, smaller(a->start, b->start), larger(a->end, b->end), err);
}

// Adds the joint places of each of LEFT with each of RIGHT that is near it. Both are in ascending order.
static enum gaz_status join_near(const struct gaz_matcher *near, const struct places *left,
                                 const struct places *right, struct places *out, struct gaz_err *err) {
    size_t reach = near->distance + longest(right); // how far before A one that is near may begin
    enum gaz_status status = GAZ_OK;
    for (size_t i = 0; i < left->count && status == GAZ_OK; i++) {
        const struct place *a = &left->items[i];
        size_t from = near->ordered ? a->end : a->start - smaller(a->start, reach);
        for (size_t j = first_from(right, from); j < right->count && status == GAZ_OK; j++) {
            const struct place *b = &right->items[j];
            if (b->start > a->end && b->start - a->end > near->distance) {
                break;
            }
            if (++near->work->pairs > GAZ_MATCH_PAIRS_MAX) {
                return gaz_err_set(err, GAZ_ERR_QUERY,
                                   "NEAR has too many places to compare: ask for rarer words");
            }
            status = join_pair(near, a, b, out, err);
        }
    }
    return status;
}

static enum gaz_status find_places(const struct gaz_matcher *matcher, const struct gaz_folded *text,
                                   struct places *out, struct gaz_err *err);

static enum gaz_status find_near(const struct gaz_matcher *near, const struct gaz_folded *text,
                                 struct places *out, struct gaz_err *err) {
    struct places left = {0}, right = {0};
    enum gaz_status status = find_places(near->children[0], text, &left, err);
    if (status == GAZ_OK && left.count > 0) {
        status = find_places(near->children[1], text, &right, err);
    }
    if (status == GAZ_OK) {
        status = join_near(near, &left, &right, out, err);
    }
    gaz_free(left.items);
    gaz_free(right.items);
    return status;
}

// All places of MATCHER (a phrase, or OR or NEAR of such) in ascending order.
static enum gaz_status find_places(const struct gaz_matcher *matcher, const struct gaz_folded *text,
                                   struct places *out, struct gaz_err *err) {
    if (matcher->op == GAZ_QUERY_PHRASE) {
        return find_phrase(matcher, text, out, err);
    }
    if (matcher->op == GAZ_QUERY_REGEX) {
        return find_regex(matcher->regex, text, out, err);
    }
    enum gaz_status status = GAZ_OK;
    if (matcher->op == GAZ_QUERY_NEAR) {
        status = find_near(matcher, text, out, err);
    } else {
        for (size_t i = 0; i < matcher->child_count && status == GAZ_OK; i++) {
            status = find_places(matcher->children[i], text, out, err);
        }
    }
    sort_places(out);
    return status;
}

// --- match ---

static int compare_docids(const void *a, const void *b) {
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;
    return (one > other) - (one < other);
}

bool gaz_match_field(const struct gaz_matcher *field, uint32_t docid) {
    return field->implied || (field->docid_count > 0 && bsearch(&docid, field->docids, field->docid_count,
                                                                sizeof docid, compare_docids));
}

static bool match_places(const struct gaz_matcher *matcher, const struct gaz_subject *subject,
                         struct gaz_match *out, struct gaz_err *err) {
    struct places places = {0};
    enum gaz_status status = find_places(matcher, &subject->folded, &places, err);
    size_t count = status == GAZ_OK ? places.count : 0;
    for (size_t i = 0; i < count; i++) {
        out->covered += places.items[i].end - places.items[i].start;
    }
    out->occurrences += count;
    gaz_free(places.items);
    return count > 0;
}

// Every child is asked, so that all occurrences are counted.
static bool match_or(struct gaz_matcher *matcher, const struct gaz_subject *subject, struct gaz_match *out,
                     struct gaz_err *err) {
    bool any = false;
    for (size_t i = 0; i < matcher->child_count; i++) {
        any = gaz_match(matcher->children[i], subject, out, err) || any;
    }
    return any;
}

static bool match_and(struct gaz_matcher *matcher, const struct gaz_subject *subject, struct gaz_match *out,
                      struct gaz_err *err) {
    struct gaz_match before = *out;
    for (size_t i = 0; i < matcher->child_count; i++) {
        if (!gaz_match(matcher->children[i], subject, out, err)) {
            *out = before;
            return false;
        }
    }
    return true;
}

static bool match_some(struct gaz_matcher *matcher, const struct gaz_subject *subject, struct gaz_match *out,
                       struct gaz_err *err) {
    double all = 0, there = 0;
    for (size_t i = 0; i < matcher->child_count; i++) {
        struct gaz_matcher *child = matcher->children[i];
        all += child->weight;
        there += gaz_match(child, subject, out, err) ? child->weight : 0;
    }
    out->weight = all > 0 ? there / all : 0;
    return out->weight * 100 >= GAZ_MATCH_SOME_PERCENT;
}

bool gaz_match(struct gaz_matcher *matcher, const struct gaz_subject *subject, struct gaz_match *out,
               struct gaz_err *err) {
    struct gaz_match ignored = {0};
    switch (matcher->op) {
    case GAZ_QUERY_ALL:
        return true;
    case GAZ_QUERY_FIELD:
        return gaz_match_field(matcher, subject->docid);
    case GAZ_QUERY_PHRASE:
    case GAZ_QUERY_REGEX:
    case GAZ_QUERY_NEAR:
        return match_places(matcher, subject, out, err);
    case GAZ_QUERY_AND:
        return match_and(matcher, subject, out, err);
    case GAZ_QUERY_OR:
        return match_or(matcher, subject, out, err);
    case GAZ_QUERY_NOT:
        return !gaz_match(matcher->children[0], subject, &ignored, err) && err->status == GAZ_OK;
    case GAZ_QUERY_SOME:
        return match_some(matcher, subject, out, err);
    }
    return false;
}

// --- sentences ---

// In folded text ！ and ？ are ASCII.
static bool ends_sentence(uint32_t code) {
    return code == U'。' || code == '!' || code == '?' || code == U'！' || code == U'？';
}

bool gaz_match_sentence(struct gaz_matcher *matcher, const struct gaz_subject *subject, struct gaz_match *out,
                        struct gaz_err *err) {
    const struct gaz_folded *whole = &subject->folded;
    bool any = false;
    for (size_t start = 0, end; start < whole->count; start = end) {
        for (end = start; end < whole->count && !ends_sentence(whole->codes[end]); end++) {
        }
        end += end < whole->count;
        struct gaz_subject sentence = *subject;
        sentence.folded = (struct gaz_folded){whole->codes + start, whole->offsets + start, end - start};
        any = gaz_match(matcher, &sentence, out, err) || any;
    }
    return any;
}

// --- headings ---

struct tally {
    size_t phrases, found, characters;
};

static void tally_phrases(const struct gaz_matcher *matcher, struct gaz_index_bytes heading,
                          struct tally *tally) {
    if (matcher->op == GAZ_QUERY_PHRASE) {
        tally->phrases++;
        if (gaz_textcode_find(heading, matcher->code, 0) != SIZE_MAX) {
            tally->found++;
            tally->characters += matcher->needle.count;
        }
    }
    for (size_t i = 0; i < matcher->child_count && matcher->op != GAZ_QUERY_NOT; i++) {
        tally_phrases(matcher->children[i], heading, tally);
    }
}

struct gaz_emphasis gaz_match_heading(const struct gaz_matcher *matcher, struct gaz_index_bytes heading) {
    struct tally tally = {0};
    tally_phrases(matcher, heading, &tally);
    if (tally.found == 0) {
        return (struct gaz_emphasis){0, 0};
    }
    size_t count = gaz_textcode_count(heading);
    double filled = (double)smaller(tally.characters, count) / (double)count;
    return (struct gaz_emphasis){(double)tally.found / (double)tally.phrases, filled};
}

// --- marks ---

static enum gaz_status mark_near(const struct gaz_matcher *near, const struct gaz_folded *text,
                                 struct places *out, struct gaz_err *err);

static enum gaz_status mark_phrases(const struct gaz_matcher *matcher, const struct gaz_folded *text,
                                    struct places *out, struct gaz_err *err) {
    enum gaz_status status = GAZ_OK;
    switch (matcher->op) {
    case GAZ_QUERY_PHRASE:
        return find_phrase(matcher, text, out, err);
    case GAZ_QUERY_REGEX:
        return find_regex(matcher->regex, text, out, err);
    case GAZ_QUERY_NEAR:
        return mark_near(matcher, text, out, err);
    case GAZ_QUERY_AND:
    case GAZ_QUERY_OR:
    case GAZ_QUERY_SOME:
        for (size_t i = 0; i < matcher->child_count && status == GAZ_OK; i++) {
            status = mark_phrases(matcher->children[i], text, out, err);
        }
        break;
    case GAZ_QUERY_ALL:
    case GAZ_QUERY_FIELD:
    case GAZ_QUERY_NOT:
        break;
    }
    return status;
}

// Makes the end of each of the ascending PLACES the largest up to there, for is_within.
static void widen(struct places *places) {
    for (size_t i = 1; i < places->count; i++) {
        places->items[i].end = larger(places->items[i].end, places->items[i - 1].end);
    }
}

// Whether PLACE lies within one of those that OUTER was before it was widened.
static bool is_within(const struct place *place, const struct places *outer) {
    size_t behind = first_from(outer, place->start + 1);
    return behind > 0 && place->end <= outer->items[behind - 1].end;
}

// The phrases under NEAR, but only those within one of its places.
static enum gaz_status mark_near(const struct gaz_matcher *near, const struct gaz_folded *text,
                                 struct places *out, struct gaz_err *err) {
    struct places whole = {0}, parts = {0};
    enum gaz_status status = find_places(near, text, &whole, err);
    widen(&whole);
    for (size_t i = 0; i < near->child_count && status == GAZ_OK && whole.count > 0; i++) {
        status = mark_phrases(near->children[i], text, &parts, err);
    }
    for (size_t i = 0; i < parts.count && status == GAZ_OK; i++) {
        if (is_within(&parts.items[i], &whole)) {
            status = add_place(out, parts.items[i].start, parts.items[i].end, err);
        }
    }
    gaz_free(whole.items);
    gaz_free(parts.items);
    return status;
}

// The bytes of PLACE, from the start of its first character to the end of its last.
static struct gaz_span span_of(const struct gaz_subject *subject, const struct place *place) {
    const struct gaz_folded *folded = &subject->folded;
    size_t start = folded->offsets[place->start];
    size_t last = folded->offsets[place->end - 1];
    uint32_t code;
    size_t end = last + gaz_utf8_decode(subject->text + last, folded->offsets[folded->count] - last, &code);
    return (struct gaz_span){start, end - start};
}

enum gaz_status gaz_marks_add(struct gaz_marks *marks, struct gaz_span mark, struct gaz_err *err) {
    if (marks->count > 0) {
        struct gaz_span *last = &marks->items[marks->count - 1];
        if (mark.offset <= last->offset + last->length) {
            last->length = larger(last->offset + last->length, mark.offset + mark.length) - last->offset;
            return GAZ_OK;
        }
    }
    struct gaz_span *items = gaz_grow(marks->items, &marks->capacity, marks->count + 1, sizeof *items);
    if (!items) {
        return gaz_err_memory(err);
    }
    marks->items = items;
    marks->items[marks->count++] = mark;
    return GAZ_OK;
}

enum gaz_status gaz_match_marks(const struct gaz_matcher *matcher, const struct gaz_subject *subject,
                                struct gaz_marks *out, struct gaz_err *err) {
    struct places places = {0};
    *out = (struct gaz_marks){0};
    enum gaz_status status = mark_phrases(matcher, &subject->folded, &places, err);
    sort_places(&places);
    for (size_t i = 0; i < places.count && status == GAZ_OK; i++) {
        status = gaz_marks_add(out, span_of(subject, &places.items[i]), err);
    }
    gaz_free(places.items);
    return status;
}
