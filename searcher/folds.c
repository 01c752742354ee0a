// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/folds.h"

#include <string.h>

#include "shim/unicode.h"

static const char *const kind_names[] = {
    [GAZ_FOLDED_SCRIPT] = "script",   [GAZ_FOLDED_WIDTH] = "width",   [GAZ_FOLDED_CASE] = "case",
    [GAZ_FOLDED_BRACKET] = "bracket", [GAZ_FOLDED_BLANKS] = "blanks",
};

const char *gaz_fold_kind_name(enum gaz_fold_kind kind) {
    return kind_names[kind];
}

static unsigned bit(enum gaz_fold_kind kind) {
    return 1U << kind;
}

// The full-width forms of ASCII (U+FF01…) as ASCII.
static uint32_t narrow(uint32_t code) {
    return code >= 0xFF01 && code <= 0xFF5E ? code - 0xFF01 + '!' : code;
}

static bool is_letter(uint32_t code) {
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
}

// A sign that is nothing but a bracket; ㈱ folds to one and more.
static bool is_bracket(uint32_t code) {
    uint32_t all[GAZ_UNICODE_FOLD_MAX], folded = gaz_fold_code(code);
    return (folded == '(' || folded == ')') && gaz_unicode_fold(code, all) == 1;
}

// In what two characters differ that fold to the same.
static unsigned difference(uint32_t a, uint32_t b) {
    if (a == b) {
        return 0;
    }
    if (gaz_unicode_is_han(a) && gaz_unicode_is_han(b)) {
        return bit(GAZ_FOLDED_SCRIPT);
    }
    uint32_t one = narrow(a), other = narrow(b);
    unsigned width = one != a || other != b ? bit(GAZ_FOLDED_WIDTH) : 0;
    if (one == other) {
        return width;
    }
    if (is_letter(one) && is_letter(other)) {
        return width | bit(GAZ_FOLDED_CASE);
    }
    return is_bracket(a) && is_bracket(b) ? bit(GAZ_FOLDED_BRACKET) : bit(GAZ_FOLDED_WIDTH);
}

// The next character of *TEXT that is no white space, 0 at the end; notes white space in *FOLDS.
static uint32_t next_code(const char **text, const char *end, unsigned *folds) {
    while (*text < end) {
        uint32_t code;
        *text += gaz_utf8_decode(*text, (size_t)(end - *text), &code);
        if (!gaz_unicode_is_space(code)) {
            return code;
        }
        *folds |= bit(GAZ_FOLDED_BLANKS);
    }
    return 0;
}

unsigned gaz_folds_between(const char *typed, size_t typed_len, const char *printed, size_t printed_len) {
    const char *typed_end = typed + typed_len, *printed_end = printed + printed_len;
    unsigned folds = 0;
    for (;;) {
        uint32_t a = next_code(&typed, typed_end, &folds), b = next_code(&printed, printed_end, &folds);
        if (a == 0 && b == 0) {
            return folds;
        }
        if (a == 0 || b == 0) {
            return folds | bit(GAZ_FOLDED_WIDTH); // ㈱ for （株）
        }
        folds |= difference(a, b);
    }
}

static size_t count_bits(unsigned set) {
    size_t count = 0;
    for (; set; set &= set - 1) {
        count++;
    }
    return count;
}

static unsigned needed_by_phrase(const struct gaz_matcher *phrase, const struct gaz_subject *subject) {
    const struct gaz_folded *folded = &subject->folded;
    unsigned best = 0;
    bool any = false;
    size_t at = gaz_folded_find(folded, &phrase->needle, 0);
    for (; at != SIZE_MAX; at = gaz_folded_find(folded, &phrase->needle, at + 1)) {
        size_t start = folded->offsets[at], last = folded->offsets[at + phrase->needle.count - 1];
        uint32_t code;
        size_t end =
            last + gaz_utf8_decode(subject->text + last, folded->offsets[folded->count] - last, &code);
        unsigned folds =
            gaz_folds_between(phrase->text, strlen(phrase->text), subject->text + start, end - start);
        best = !any || count_bits(folds) < count_bits(best) ? folds : best;
        any = true;
    }
    return best;
}

unsigned gaz_folds_needed(const struct gaz_matcher *matcher, const struct gaz_subject *subject) {
    if (matcher->op == GAZ_QUERY_PHRASE) {
        return needed_by_phrase(matcher, subject);
    }
    unsigned folds = 0;
    for (size_t i = 0; i < matcher->child_count && matcher->op != GAZ_QUERY_NOT; i++) {
        folds |= gaz_folds_needed(matcher->children[i], subject);
    }
    return folds;
}
