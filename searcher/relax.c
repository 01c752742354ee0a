// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/relax.h"

#include <string.h>

#include "corpus/fold.h"
#include "shim/unicode.h"

// Words of one query at most: a longer one is long enough to be told by its beginning.
enum { WORDS_MAX = 64 };

struct relaxer {
    struct gaz_arena *arena;
    struct gaz_query *words; // SOME
    struct gaz_query *kept;  // AND: fields and exclusions, then the words
    struct gaz_err *err;
};

static bool has_word(const struct gaz_query *words, const char *word) {
    for (size_t i = 0; i < words->child_count; i++) {
        if (strcmp(words->children[i]->text, word) == 0) {
            return true;
        }
    }
    return false;
}

static enum gaz_status add_word(const struct relaxer *relaxer, const char *text, size_t len) {
    struct gaz_query *word = gaz_query_phrase(relaxer->arena, text, len);
    if (!word) {
        return gaz_err_memory(relaxer->err);
    }
    if (relaxer->words->child_count == WORDS_MAX || has_word(relaxer->words, word->text)) {
        return GAZ_OK;
    }
    return gaz_query_add(relaxer->arena, relaxer->words, word) ? GAZ_OK : gaz_err_memory(relaxer->err);
}

// Whether CODE can be part of a word that is not Han: letters and digits.
static bool is_alphanumeric(uint32_t code) {
    return (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z');
}

// Bytes from code point FROM to TO.
static enum gaz_status add_range(const struct relaxer *relaxer, const char *text,
                                 const struct gaz_folded *folded, size_t from, size_t to) {
    size_t start = folded->offsets[from];
    return add_word(relaxer, text + start, folded->offsets[to] - start);
}

// Han text gives its overlapping pairs, letters and digits whole runs; punctuation separates.
static enum gaz_status cut(const struct relaxer *relaxer, const char *text, const struct gaz_folded *folded) {
    enum gaz_status status = GAZ_OK;
    for (size_t at = 0; at < folded->count && status == GAZ_OK;) {
        size_t end = at + 1;
        if (is_alphanumeric(folded->codes[at])) {
            while (end < folded->count && is_alphanumeric(folded->codes[end])) {
                end++;
            }
            status = add_range(relaxer, text, folded, at, end);
        } else if (gaz_unicode_is_han(folded->codes[at]) && gaz_unicode_is_han(folded->codes[end])) {
            status = add_range(relaxer, text, folded, at, at + 2);
        }
        at = end;
    }
    return status;
}

static enum gaz_status relax_phrase(const struct relaxer *relaxer, const char *text) {
    struct gaz_folded folded;
    enum gaz_status status = gaz_fold_text(text, strlen(text), GAZ_FOLD_FULL, &folded, relaxer->err);
    if (status == GAZ_OK) {
        status = cut(relaxer, text, &folded);
        gaz_folded_free(&folded);
    }
    return status;
}

static enum gaz_status relax_node(const struct relaxer *relaxer, struct gaz_query *query) {
    if (query->op == GAZ_QUERY_PHRASE) {
        return relax_phrase(relaxer, query->text);
    }
    if (query->op == GAZ_QUERY_FIELD || query->op == GAZ_QUERY_NOT) {
        return gaz_query_add(relaxer->arena, relaxer->kept, query) ? GAZ_OK : gaz_err_memory(relaxer->err);
    }
    enum gaz_status status = GAZ_OK;
    for (size_t i = 0; i < query->child_count && status == GAZ_OK; i++) {
        status = relax_node(relaxer, query->children[i]);
    }
    return status;
}

enum gaz_status gaz_relax(struct gaz_query *query, struct gaz_arena *arena, struct gaz_query **out,
                          struct gaz_err *err) {
    struct relaxer relaxer = {arena, gaz_query_node(arena, GAZ_QUERY_SOME),
                              gaz_query_node(arena, GAZ_QUERY_AND), err};
    *out = NULL;
    if (!relaxer.words || !relaxer.kept) {
        return gaz_err_memory(err);
    }
    enum gaz_status status = relax_node(&relaxer, query);
    if (status != GAZ_OK || relaxer.words->child_count < 2) {
        return status;
    }
    if (!gaz_query_add(arena, relaxer.kept, relaxer.words)) {
        return gaz_err_memory(err);
    }
    *out = relaxer.kept;
    return GAZ_OK;
}
