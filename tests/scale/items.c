// SPDX-License-Identifier: GPL-2.0-or-later
//
// Known items: who looks for a document that is held, by its title not quite remembered, by its title in the
// other script, or by a sentence of it, finds it at the top. Asked of every document; measured as mean
// reciprocal rank.
#include <stdio.h>
#include <string.h>

#include "corpus/fold.h"
#include "shim/hanzi.h"
#include "shim/segment.h"
#include "tests/scale/proof.h"

// What was asked for in one way.
struct score {
    const char *name;
    double sum;
    size_t count, first;
};

static void fold(const char *text, struct gaz_buf *out) {
    gaz_buf_clear(out);
    gaz_fold_append(text, strlen(text), GAZ_FOLD_FULL, out);
}

// --- whether a hit is what was looked for ---

// What a question was made of: a document's title or a sentence of it. Documents that share it cannot be told
// apart by who asks.
struct sought {
    const char *id;
    struct gaz_buf title;    // folded, empty when a sentence is asked for
    struct gaz_buf sentence; // folded
};

static bool has_sentence(const struct proof *proof, const struct sought *sought, const char *document) {
    struct proof_set units;
    bool has = false;
    proof_scan(proof, &proof->folded, &sought->sentence, &units);
    for (size_t i = 0; i < units.count && !has; i++) {
        const json_t *unit = proof->records[units.items[i]];
        has = strcmp(proof_text(unit, "document"), document) == 0 ||
              strcmp(proof_text(unit, "id"), document) == 0;
    }
    proof_set_free(&units);
    return has;
}

static bool is_sought(const struct proof *proof, const struct sought *sought, const struct gaz_hit *hit) {
    const json_t *document = json_is_object(hit->document) ? hit->document : hit->record;
    const char *id = proof_text(document, "id");
    if (strcmp(id, sought->id) == 0) {
        return true;
    }
    if (sought->title.len == 0) {
        return has_sentence(proof, sought, id);
    }
    struct gaz_buf title = GAZ_BUF_INIT;
    fold(proof_text(document, "title"), &title);
    bool same = title.len == sought->title.len && memcmp(title.data, sought->title.data, title.len) == 0;
    gaz_buf_free(&title);
    return same;
}

static double reciprocal_rank(const struct proof *proof, const char *query, const struct sought *sought) {
    const struct gaz_request request = {.mode = GAZ_MODE_READ, .query = query, .limit = 10, .excerpts = 1};
    struct gaz_answer answer;
    double found = 0;
    proof_ask(proof, &request, &answer);
    for (size_t i = 0; i < gaz_answer_hit_count(&answer) && found == 0; i++) {
        struct gaz_hit hit;
        struct gaz_err err = {0};
        if (gaz_answer_hit(&answer, i, &hit, &err) != GAZ_OK) {
            proof_die(query, &err);
        }
        if (is_sought(proof, sought, &hit)) {
            found = 1.0 / (double)(i + 1);
        }
        gaz_hit_free(&hit);
    }
    gaz_answer_free(&answer);
    return found;
}

static void ask(struct proof *proof, struct score *score, const char *query, const struct sought *sought) {
    double rank = reciprocal_rank(proof, query, sought);
    if (rank < 1) {
        printf("%-9s %.2f %s: %s\n", score->name, rank, sought->id, query);
    }
    score->sum += rank;
    score->first += rank == 1;
    score->count++;
}

// --- titles ---

// Cuts the word in the middle of a title out.
struct cut {
    size_t target, offset, length;
};

static int take_middle(void *context, size_t offset, size_t length) {
    struct cut *cut = context;
    cut->offset = offset;
    cut->length = length;
    return offset >= cut->target;
}

static void ask_without_a_word(struct proof *proof, struct score *score, const char *title,
                               const struct sought *sought) {
    struct cut cut = {.target = strlen(title) / 2};
    struct gaz_buf query = GAZ_BUF_INIT;
    struct gaz_err err = {0};
    if (gaz_segment_words(title, strlen(title), take_middle, &cut, &err) != GAZ_OK) {
        proof_die(title, &err);
    }
    gaz_buf_add(&query, title, cut.offset);
    gaz_buf_addstr(&query, title + cut.offset + cut.length);
    ask(proof, score, query.data, sought);
    gaz_buf_free(&query);
}

static void ask_in_script(struct proof *proof, struct score *score, const char *title, int to_traditional,
                          const struct sought *sought) {
    char *converted;
    size_t len;
    struct gaz_err err = {0};
    if (gaz_hanzi_convert(title, strlen(title), to_traditional, &converted, &len, &err) != GAZ_OK) {
        proof_die(title, &err);
    }
    if (strcmp(converted, title) != 0) {
        ask(proof, score, converted, sought);
    }
    gaz_free(converted);
}

// --- sentences ---

// The first sentence of TEXT that has 15 to 60 characters, without its stop.
static bool take_sentence(const char *text, struct gaz_buf *out) {
    static const char stop[] = "。";
    const size_t character = strlen(stop);
    for (const char *end; (end = strstr(text, stop)); text = end + character) {
        size_t len = (size_t)(end - text);
        if (len >= 15 * character && len <= 60 * character && !memchr(text, '\n', len)) {
            gaz_buf_clear(out);
            gaz_buf_add(out, text, len);
            return true;
        }
    }
    return false;
}

static bool is_text(const json_t *unit) {
    static const char *const types[] = {"clause", "paragraph", "entry", "row"};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (strcmp(proof_text(unit, "type"), types[i]) == 0) {
            return true;
        }
    }
    return false;
}

// Asks for a sentence in the middle of a document's units, which stand behind its record at PLACE.
static void ask_for_sentence(struct proof *proof, struct score *score, size_t place, struct sought *sought) {
    struct gaz_buf sentence = GAZ_BUF_INIT;
    size_t end = place + 1;
    while (end < proof->count && strcmp(proof_text(proof->records[end], "document"), sought->id) == 0) {
        end++;
    }
    for (size_t i = 0, count = end - place - 1; i < count; i++) {
        const json_t *unit = proof->records[place + 1 + (count / 2 + i) % count];
        if (is_text(unit) && take_sentence(proof_text(unit, "text"), &sentence)) {
            fold(sentence.data, &sought->sentence);
            ask(proof, score, sentence.data, sought);
            break;
        }
    }
    gaz_buf_free(&sentence);
}

// --- all documents ---

enum { WITHOUT_A_WORD, TRADITIONAL, SIMPLIFIED, SENTENCE, SCORES };

static void ask_for_document(struct proof *proof, size_t place, struct score *scores) {
    const json_t *document = proof->records[place];
    const char *title = proof_text(document, "title");
    struct sought sought = {proof_text(document, "id"), GAZ_BUF_INIT, GAZ_BUF_INIT};
    if (strlen(title) > 6 * strlen("字")) { // 令 and 公告 are no titles to find by
        fold(title, &sought.title);
        ask_without_a_word(proof, &scores[WITHOUT_A_WORD], title, &sought);
        ask_in_script(proof, &scores[TRADITIONAL], title, 1, &sought);
        ask_in_script(proof, &scores[SIMPLIFIED], title, 0, &sought);
        gaz_buf_clear(&sought.title);
    }
    ask_for_sentence(proof, &scores[SENTENCE], place, &sought);
    gaz_buf_free(&sought.title);
    gaz_buf_free(&sought.sentence);
}

static void judge(struct proof *proof, const struct score *score) {
    static const double least = 0.98;
    double mean = score->count > 0 ? score->sum / (double)score->count : 1;
    printf("MRR %.4f  first %zu of %zu  %s\n", mean, score->first, score->count, score->name);
    proof->asked += score->count > 0 ? score->count - 1 : 0; // the last one is judged
    proof_judge(proof, score->name, mean >= least ? NULL : "mean reciprocal rank under 0.98");
}

void prove_items(struct proof *proof) {
    struct score scores[SCORES] = {[WITHOUT_A_WORD] = {.name = "title without a word"},
                                   [TRADITIONAL] = {.name = "title in traditional script"},
                                   [SIMPLIFIED] = {.name = "title in simplified script"},
                                   [SENTENCE] = {.name = "sentence"}};
    for (size_t i = 0; i < proof->document_count; i++) {
        ask_for_document(proof, proof->documents[i], scores);
    }
    for (size_t i = 0; i < SCORES; i++) {
        judge(proof, &scores[i]);
    }
}
