// SPDX-License-Identifier: GPL-2.0-or-later
//
// Wildcards and regular expressions: what is typed, a zero byte, the text it is looked for in. A match lies
// inside the text, and has every literal that was said to be needed.
#include <stdlib.h>
#include <string.h>

#include "searcher/pattern.h"
#include "shim/regex.h"
#include "tests/support/property.h"

// A match that literals are compared with.
struct match {
    const char *text;
    size_t len;
};

static bool check_literal(void *context, const char *literal, size_t len) {
    const struct match *match = context;
    struct gaz_buf folded = GAZ_BUF_INIT; // as it is looked up in the index
    require(len > 0, "a literal is not empty");
    gaz_fold_append(literal, len, GAZ_FOLD_FULL, &folded);
    if (match)
        require(memmem(match->text, match->len, folded.data, folded.len) != NULL,
                "a match has every literal that is needed");
    gaz_buf_free(&folded);
    return true;
}

// Letters of other scripts fold in ways of their own when case is ignored, and assertions look outside.
static bool is_plain(const char *pattern) {
    return !strpbrk(pattern, "\\^$") && !strstr(pattern, "(?");
}

static void check_matches(struct gaz_regex *regex, const struct gaz_buf *pattern, bool plain,
                          const struct gaz_buf *text) {
    size_t start = 0, end = 0, last = 0;
    for (int i = 0; i < 100; i++) {
        enum gaz_status status = gaz_regex_find(regex, text->data, text->len, end, &start, &end, NULL);
        require(status == GAZ_OK || status == GAZ_ERR_QUERY, "a search ends or takes too long");
        if (status != GAZ_OK || start == end)
            return;
        struct match match = {text->data + start, end - start};
        struct gaz_str whole = {text->data, text->len};
        require(start >= last && start < end && end <= text->len, "matches come in order inside the text");
        require(is_boundary(whole, start) && is_boundary(whole, end), "a match is whole characters");
        if (plain)
            gaz_pattern_literals(pattern->data, check_literal, &match);
        last = end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct input input = {(const char *)data, size};
    unsigned choice = input_choice(&input);
    char *typed = input_text(&input);
    struct gaz_str rest = input_rest(&input);
    struct gaz_buf pattern = GAZ_BUF_INIT, text = GAZ_BUF_INIT;
    struct gaz_regex *regex = NULL;
    bool wildcards = choice & 1;
    enum gaz_fold_mode mode = choice & 2 ? GAZ_FOLD_BLANKS : GAZ_FOLD_FULL;
    gaz_pattern_write(typed, wildcards, mode, &pattern);
    gaz_fold_append(rest.data, rest.len, mode, &text);
    gaz_pattern_literals(pattern.data, check_literal, NULL);
    enum gaz_status status = gaz_regex_compile(pattern.data, pattern.len, &regex, NULL);
    require(status == GAZ_OK || (status == GAZ_ERR_QUERY && !wildcards),
            "wildcards are always a regular expression");
    if (status == GAZ_OK)
        check_matches(regex, &pattern, mode == GAZ_FOLD_FULL && (wildcards || is_plain(typed)), &text);
    gaz_regex_free(regex);
    gaz_buf_free(&pattern);
    gaz_buf_free(&text);
    free(typed);
    return 0;
}
