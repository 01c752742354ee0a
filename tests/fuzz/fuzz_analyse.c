// SPDX-License-Identifier: GPL-2.0-or-later
//
// Terms: sorted, distinct, counted; and a text has all terms of every phrase that stands in it.
#include <string.h>

#include "corpus/analyse.h"
#include "shim/utf8.h"
#include "tests/support/property.h"

static int compare_terms(const struct gaz_index_term *a, const struct gaz_index_term *b) {
    size_t len = a->term.len < b->term.len ? a->term.len : b->term.len;
    int order = memcmp(a->term.data, b->term.data, len);
    return order ? order : (a->term.len > b->term.len) - (a->term.len < b->term.len);
}

static void check_terms(const struct gaz_terms *terms, size_t total) {
    size_t sum = 0;
    for (size_t i = 0; i < terms->count; i++) {
        const struct gaz_index_term *term = &terms->items[i];
        require(term->term.len > 1 && term->term.len <= GAZ_INDEX_TERM_MAX && term->term.data[0] == 'X',
                "a term has its prefix and fits");
        require(i == 0 || compare_terms(term - 1, term) < 0, "terms are sorted and distinct");
        sum += term->count;
    }
    require(sum == total, "every occurrence is counted");
}

// Whether ALL has every one of SOME, both sorted.
static bool has_all(const struct gaz_terms *all, const struct gaz_terms *some) {
    size_t at = 0;
    for (size_t i = 0; i < some->count; i++) {
        while (at < all->count && compare_terms(&all->items[at], &some->items[i]) < 0)
            at++;
        if (at == all->count || compare_terms(&all->items[at], &some->items[i]) != 0)
            return false;
    }
    return true;
}

// Whether one of ALL begins with the only term of ONE.
static bool has_beginning(const struct gaz_terms *all, const struct gaz_terms *one) {
    struct gaz_index_bytes start = one->items[0].term;
    for (size_t i = 0; i < all->count; i++) {
        struct gaz_index_bytes term = all->items[i].term;
        if (term.len >= start.len && memcmp(term.data, start.data, start.len) == 0)
            return true;
    }
    return false;
}

static void check_phrase(const struct gaz_folded *text, size_t from, size_t count,
                         const struct gaz_terms *terms) {
    struct gaz_folded phrase = {text->codes + from, text->offsets + from, count};
    struct gaz_terms wanted;
    require(gaz_analyse_phrase(&phrase, "X", &wanted, NULL) == GAZ_OK, "a phrase is cut into terms");
    check_terms(&wanted, count > 1 ? count - 1 : count);
    require(count == 1 ? has_beginning(terms, &wanted) : has_all(terms, &wanted),
            "a text has the terms of the phrases in it");
    gaz_terms_free(&wanted);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct input input = {(const char *)data, size};
    size_t first = input_choice(&input), second = input_choice(&input);
    struct gaz_str text = input_rest(&input);
    struct gaz_folded folded;
    struct gaz_terms terms;
    require(gaz_fold_text(text.data, text.len, GAZ_FOLD_FULL, &folded, NULL) == GAZ_OK, "text is folded");
    require(gaz_analyse_document(&folded, "X", &terms, NULL) == GAZ_OK, "text is cut into terms");
    check_terms(&terms, folded.count);
    size_t from = first < folded.count ? first : folded.count;
    check_phrase(&folded, from, second < folded.count - from ? second : folded.count - from, &terms);
    gaz_terms_free(&terms);
    gaz_folded_free(&folded);
    return 0;
}
