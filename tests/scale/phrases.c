// SPDX-License-Identifier: GPL-2.0-or-later
//
// A phrase is a substring: what is found is what a scan of the folded texts finds, from one character up,
// damaged by blanks, in the other widths and brackets, in the other script; and what stands nowhere is not
// found.
#include <string.h>

#include "corpus/fold.h"
#include "shim/hanzi.h"
#include "shim/utf8.h"
#include "tests/scale/proof.h"

enum { PHRASE_MAX = 20 }; // characters

static bool in_percent(struct proof *proof, size_t percent) {
    return proof_random(proof, 100) < percent;
}

// --- phrases ---

// The start of the character at or before AT.
static size_t character_at(const char *text, size_t at) {
    while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80) {
        at--;
    }
    return at;
}

static size_t character_length(const char *text) {
    uint32_t code;
    return gaz_utf8_decode(text, strlen(text), &code);
}

// Takes up to PHRASE_MAX characters from anywhere in the printed texts; PHRASE is empty where these have
// nothing that can be seen.
static void take_phrase(struct proof *proof, struct gaz_buf *phrase) {
    const struct gaz_buf *all = &proof->printed.buf;
    size_t at = character_at(all->data, proof_random(proof, all->len));
    size_t length = 1 + proof_random(proof, PHRASE_MAX);
    bool visible = false;
    gaz_buf_clear(phrase);
    for (; length > 0 && all->data[at] != TEXT_END; length--) {
        uint32_t code;
        size_t bytes = gaz_utf8_decode(all->data + at, all->len - at, &code);
        gaz_buf_add(phrase, all->data + at, bytes);
        visible = visible || gaz_fold_code(code) != 0;
        at += bytes;
    }
    if (!visible) {
        gaz_buf_clear(phrase);
    }
}

// Another spelling of a character: the other width, another bracket, the other case.
static const char *respell(const char *character, size_t bytes) {
    static const char *const pairs[][2] = {
        {"〔", "["}, {"〕", "]"}, {"（", "("}, {"）", ")"}, {"《", "《"}, {"，", ","}, {"：", ":"},
        {"；", ";"}, {"0", "０"}, {"1", "１"}, {"2", "２"}, {"3", "３"},  {"5", "５"}, {"%", "％"},
        {"a", "A"},  {"C", "c"},  {"P", "Ｐ"}, {"D", "d"},  {"[", "﹝"},  {"<", "〔"}, {"-", "－"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        for (size_t side = 0; side < 2; side++) {
            if (strlen(pairs[i][side]) == bytes && memcmp(pairs[i][side], character, bytes) == 0) {
                return pairs[i][1 - side];
            }
        }
    }
    return NULL;
}

// Writes PHRASE as a phrase of the query language, with white space and other spellings thrown in.
static void write_query(struct proof *proof, const struct gaz_buf *phrase, bool damaged, bool exact,
                        struct gaz_buf *query) {
    static const char *const blanks[] = {" ", "\n", "　", "\t"};
    gaz_buf_clear(query);
    gaz_buf_addch(query, '"');
    for (size_t at = 0; at < phrase->len;) {
        size_t bytes = character_length(phrase->data + at);
        const char *other =
            damaged && !exact && in_percent(proof, 50) ? respell(phrase->data + at, bytes) : NULL;
        if (damaged && in_percent(proof, 15)) {
            gaz_buf_addstr(query, blanks[proof_random(proof, 4)]);
        }
        if (phrase->data[at] == '"' || phrase->data[at] == '\\') {
            gaz_buf_addch(query, '\\');
        }
        gaz_buf_add(query, other ? other : phrase->data + at, other ? strlen(other) : bytes);
        at += bytes;
    }
    gaz_buf_addch(query, '"');
}

// --- judging ---

// Asks for QUERY and compares with EXPECTED.
static void compare(struct proof *proof, const char *query, bool exact, const struct proof_set *expected) {
    const struct gaz_request request = {.mode = GAZ_MODE_KEYWORD,
                                        .query = query,
                                        .unit_level = true,
                                        .exact = exact,
                                        .sort = GAZ_SORT_ARCHIVE};
    struct gaz_answer answer;
    struct proof_set found;
    struct gaz_buf wrong = GAZ_BUF_INIT;
    proof_ask(proof, &request, &answer);
    proof_found(proof, &answer, &found);
    size_t total = answer.total;
    if (answer.relaxed) { // which is said, so that it is as good as nothing found
        found.count = total = 0;
    }
    bool right = proof_set_equal(&found, expected) && total == expected->count;
    if (!right) {
        gaz_buf_printf(&wrong, "%zu found, total %zu, %zu by scanning%s", found.count, total, expected->count,
                       exact ? ", exact" : "");
    }
    proof_judge(proof, query, right ? NULL : wrong.data);
    gaz_buf_free(&wrong);
    proof_set_free(&found);
    gaz_answer_free(&answer);
}

static void scan(const struct proof *proof, const struct gaz_buf *phrase, bool exact, struct proof_set *out) {
    struct gaz_buf needle = GAZ_BUF_INIT;
    gaz_fold_append(phrase->data, phrase->len, exact ? GAZ_FOLD_BLANKS : GAZ_FOLD_FULL, &needle);
    *out = (struct proof_set){0};
    if (needle.len > 0) {
        proof_scan(proof, exact ? &proof->exact : &proof->folded, &needle, out);
    }
    gaz_buf_free(&needle);
}

// --- phrases that are there, and such that are not ---

// Exchanges one character for another of the corpus.
static void spoil(struct proof *proof, struct gaz_buf *phrase) {
    struct gaz_buf spoilt = GAZ_BUF_INIT, other = GAZ_BUF_INIT;
    size_t at = character_at(phrase->data, proof_random(proof, phrase->len));
    do {
        take_phrase(proof, &other);
    } while (other.len == 0);
    gaz_buf_add(&spoilt, phrase->data, at);
    gaz_buf_add(&spoilt, other.data, character_length(other.data));
    at += character_length(phrase->data + at);
    gaz_buf_add(&spoilt, phrase->data + at, phrase->len - at);
    gaz_buf_free(phrase);
    gaz_buf_free(&other);
    *phrase = spoilt;
}

static void ask_for(struct proof *proof, const struct gaz_buf *phrase) {
    struct proof_set expected;
    struct gaz_buf query = GAZ_BUF_INIT;
    bool exact = in_percent(proof, 10);
    scan(proof, phrase, exact, &expected);
    write_query(proof, phrase, in_percent(proof, 50), exact, &query);
    compare(proof, query.data, exact, &expected);
    gaz_buf_free(&query);
    proof_set_free(&expected);
}

static bool is_absent(const struct proof *proof, const struct gaz_buf *phrase) {
    struct proof_set found;
    struct gaz_buf folded = GAZ_BUF_INIT;
    gaz_fold_append(phrase->data, phrase->len, GAZ_FOLD_FULL, &folded);
    scan(proof, phrase, false, &found);
    bool absent = found.count == 0 && folded.len > 0; // something has to be left to see
    gaz_buf_free(&folded);
    proof_set_free(&found);
    return absent;
}

void prove_phrases(struct proof *proof) {
    struct gaz_buf phrase = GAZ_BUF_INIT;
    for (size_t there = 0, absent = 0; there < proof->size || absent < proof->size;) {
        take_phrase(proof, &phrase);
        if (phrase.len == 0) {
            continue;
        }
        if (there < proof->size) {
            there++;
            ask_for(proof, &phrase);
        }
        spoil(proof, &phrase);
        if (absent < proof->size && is_absent(proof, &phrase)) {
            absent++;
            ask_for(proof, &phrase);
        }
    }
    gaz_buf_free(&phrase);
}

// --- scripts ---

// Asks for PHRASE in the other script: the same records are found.
static void ask_in_script(struct proof *proof, const struct gaz_buf *phrase, int to_traditional) {
    struct gaz_buf other = GAZ_BUF_INIT, query = GAZ_BUF_INIT;
    struct proof_set expected;
    struct gaz_err err = {0};
    char *converted;
    size_t len;
    if (gaz_hanzi_convert(phrase->data, phrase->len, to_traditional, &converted, &len, &err) != GAZ_OK) {
        proof_die("script", &err);
    }
    gaz_buf_add(&other, converted, len);
    scan(proof, phrase, false, &expected);
    write_query(proof, &other, false, false, &query);
    compare(proof, query.data, false, &expected);
    proof_set_free(&expected);
    gaz_buf_free(&query);
    gaz_buf_free(&other);
    gaz_free(converted);
}

void prove_scripts(struct proof *proof) {
    struct gaz_buf phrase = GAZ_BUF_INIT;
    for (size_t asked = 0; asked < proof->size;) {
        take_phrase(proof, &phrase);
        if (phrase.len > 0) {
            ask_in_script(proof, &phrase, asked % 2 == 0);
            asked++;
        }
    }
    gaz_buf_free(&phrase);
}
