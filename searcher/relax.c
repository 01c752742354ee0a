// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/relax.h"

#include <string.h>
#include <uchar.h>

#include "corpus/fold.h"
#include "searcher/titles.h"
#include "shim/segment.h"
#include "shim/unicode.h"

// Words of one query at most: a longer one is long enough to be told by its beginning.
enum { WORDS_MAX = 64 };

struct relaxer {
    const struct gaz_archive *archive;
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

// --- words ---

// Characters that join words and say nothing by themselves.
static bool is_function_word(uint32_t code) {
    static const char32_t list[] = U"的和与及在对等了是为以于不有将把被或从到向其之得地着过並與對為將從";
    for (const char32_t *at = list; *at; at++) {
        if (*at == code) {
            return true;
        }
    }
    return false;
}

// A phrase being cut: words come one after the other, and single characters wait until it is known whether
// another one follows: 卫/健/委 is one word that the dictionary does not have.
struct cutting {
    const struct relaxer *relaxer;
    const char *text;
    size_t len;
    size_t unit_end;              // words before it belong to the unit's name that was taken
    size_t single_at, single_end; // characters that wait
    size_t singles;
    size_t words; // found so far
    enum gaz_status status;
};

static uint32_t only_character(const char *text, size_t len) {
    uint32_t code;
    return gaz_utf8_decode(text, len, &code) == len ? code : 0;
}

static void found_word(struct cutting *cutting, size_t offset, size_t length) {
    if (cutting->status == GAZ_OK) {
        cutting->status = add_word(cutting->relaxer, cutting->text + offset, length);
        cutting->words++;
    }
}

static void flush_singles(struct cutting *cutting) {
    if (cutting->singles > 0) {
        found_word(cutting, cutting->single_at, cutting->single_end - cutting->single_at);
    }
    cutting->singles = 0;
}

static void add_single(struct cutting *cutting, size_t offset, size_t length) {
    if (cutting->singles > 0 && cutting->single_end != offset) {
        flush_singles(cutting);
    }
    if (cutting->singles == 0) {
        cutting->single_at = offset;
    }
    cutting->single_end = offset + length;
    cutting->singles++;
}

// The longest name of a unit that begins at OFFSET: its end, or OFFSET.
static size_t unit_at(const struct cutting *cutting, size_t offset) {
    enum { LONGEST = 20, SHORTEST = 3 }; // characters
    size_t end = offset, best = offset;
    for (size_t count = 1; count <= LONGEST && end < cutting->len; count++) {
        uint32_t code;
        end += gaz_utf8_decode(cutting->text + end, cutting->len - end, &code);
        if (!gaz_unicode_is_han(code)) {
            break;
        }
        if (count >= SHORTEST &&
            gaz_authority_knows(cutting->relaxer->archive->authority, cutting->text + offset, end - offset)) {
            best = end;
        }
    }
    return best;
}

static int take_word(void *context, size_t offset, size_t length) {
    struct cutting *cutting = context;
    const char *word = cutting->text + offset;
    if (offset < cutting->unit_end) {
        return 0;
    }
    size_t end = unit_at(cutting, offset);
    uint32_t code = only_character(word, length);
    if (end > offset) {
        flush_singles(cutting);
        cutting->unit_end = end;
        length = end - offset;
    } else if (code && gaz_unicode_is_han(code)) {
        if (is_function_word(code)) {
            flush_singles(cutting);
        } else {
            add_single(cutting, offset, length);
        }
        return cutting->status != GAZ_OK;
    }
    flush_singles(cutting);
    found_word(cutting, offset, length);
    return cutting->status != GAZ_OK;
}

static enum gaz_status cut_words(const struct relaxer *relaxer, const char *text, size_t *words) {
    struct cutting cutting = {.relaxer = relaxer, .text = text, .len = strlen(text)};
    enum gaz_status status = gaz_segment_words(text, cutting.len, take_word, &cutting, relaxer->err);
    flush_singles(&cutting);
    *words = cutting.words;
    return status == GAZ_OK ? cutting.status : status;
}

// --- pairs ---

// What the dictionary holds for one word is cut into its overlapping pairs of characters.
static enum gaz_status cut_pairs(const struct relaxer *relaxer, const char *text,
                                 const struct gaz_folded *folded) {
    enum gaz_status status = GAZ_OK;
    for (size_t at = 0; at + 1 < folded->count && status == GAZ_OK; at++) {
        if (gaz_unicode_is_han(folded->codes[at]) && gaz_unicode_is_han(folded->codes[at + 1])) {
            size_t start = folded->offsets[at];
            status = add_word(relaxer, text + start, folded->offsets[at + 2] - start);
        }
    }
    return status;
}

// --- runs of titles ---

static size_t count_han(const struct gaz_folded *folded, const struct gaz_title_run *run) {
    size_t count = 0;
    for (size_t i = run->at; i < run->at + run->length; i++) {
        count += gaz_unicode_is_han(folded->codes[i]) != 0;
    }
    return count;
}

// A title is one name, as that of a unit is, but its words count as well: who remembers it not quite is
// answered by the document, who asks what stands in it by the text. All of TEXT in one run is no part of it;
// a year is no name.
static enum gaz_status add_runs(const struct relaxer *relaxer, const char *text,
                                const struct gaz_folded *folded) {
    struct gaz_title_runs runs;
    enum gaz_status status = gaz_titles_runs(relaxer->archive, folded, relaxer->arena, &runs, relaxer->err);
    for (size_t i = 0; i < runs.count && status == GAZ_OK; i++) {
        const struct gaz_title_run *run = &runs.items[i];
        size_t start = folded->offsets[run->at];
        if (run->length < folded->count && count_han(folded, run) >= GAZ_TITLES_RUN_MIN) {
            status = add_word(relaxer, text + start, folded->offsets[run->at + run->length] - start);
        }
    }
    return status;
}

// --- trees ---

static enum gaz_status relax_folded(const struct relaxer *relaxer, const char *text,
                                    const struct gaz_folded *folded) {
    size_t before = relaxer->words->child_count, words;
    enum gaz_status status = cut_words(relaxer, text, &words);
    if (status == GAZ_OK && words < 2) {
        relaxer->words->child_count = before;
        status = cut_pairs(relaxer, text, folded);
    }
    return status == GAZ_OK ? add_runs(relaxer, text, folded) : status;
}

static enum gaz_status relax_phrase(const struct relaxer *relaxer, const char *text) {
    struct gaz_folded folded;
    enum gaz_status status = gaz_fold_text(text, strlen(text), GAZ_FOLD_FULL, &folded, relaxer->err);
    if (status == GAZ_OK) {
        status = relax_folded(relaxer, text, &folded);
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

enum gaz_status gaz_relax(struct gaz_query *query, const struct gaz_archive *archive, struct gaz_arena *arena,
                          struct gaz_query **out, struct gaz_err *err) {
    struct relaxer relaxer = {archive, arena, gaz_query_node(arena, GAZ_QUERY_SOME),
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
