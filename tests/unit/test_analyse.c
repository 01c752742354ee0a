// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/analyse.h"
#include "shim/unicode.h"

typedef enum gaz_status analyser(const struct gaz_folded *, const char *, struct gaz_terms *,
                                 struct gaz_err *);

// Terms and counts as one line: "XA:1 XAB:2".
static void assert_terms(analyser *analyse, const char *text, const char *expected) {
    struct gaz_folded folded;
    struct gaz_terms terms;
    struct gaz_buf line = GAZ_BUF_INIT;
    assert_int_equal(gaz_fold_text(text, strlen(text), GAZ_FOLD_FULL, &folded, NULL), GAZ_OK);
    assert_int_equal(analyse(&folded, "X", &terms, NULL), GAZ_OK);
    for (size_t i = 0; i < terms.count; i++) {
        gaz_buf_addstr(&line, i > 0 ? " " : "");
        gaz_buf_add(&line, terms.items[i].term.data, terms.items[i].term.len);
        gaz_buf_printf(&line, ":%u", terms.items[i].count);
    }
    assert_string_equal(line.data, expected);
    gaz_buf_free(&line);
    gaz_terms_free(&terms);
    gaz_folded_free(&folded);
}

static void cuts_documents(void **state) {
    (void)state;
    assert_terms(gaz_analyse_document, "", "");
    assert_terms(gaz_analyse_document, "市", "X市:1");
    assert_terms(gaz_analyse_document, "A市 市", "Xa市:1 X市:1 X市市:1");
    assert_terms(gaz_analyse_document, "aaa", "Xa:1 Xaa:2");
    assert_terms(gaz_analyse_document, "24號", "X24:1 X4号:1 X号:1");
}

static void cuts_phrases(void **state) {
    (void)state;
    assert_terms(gaz_analyse_phrase, "", "");
    assert_terms(gaz_analyse_phrase, "市", "X市:1");
    assert_terms(gaz_analyse_phrase, "財政局", "X政局:1 X财政:1");
    assert_terms(gaz_analyse_phrase, "aaaa", "Xaa:3");
}

static void keeps_nul_apart(void **state) {
    (void)state;
    uint32_t codes[] = {'a', 0, 0x10FFFF, 0}, offsets[] = {0, 1, 2, 6};
    const struct gaz_folded folded = {codes, offsets, 3};
    struct gaz_terms terms;
    assert_int_equal(gaz_analyse_document(&folded, "", &terms, NULL), GAZ_OK);
    assert_int_equal(terms.count, 3); // NUL last, a NUL, last
    assert_int_equal(terms.items[1].term.len, 2);
    assert_memory_equal(terms.items[1].term.data, "a\0", 2);
    gaz_terms_free(&terms);
}

static uint32_t next_random(uint32_t *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

static uint32_t count_by_scan(const struct gaz_folded *folded, const uint32_t *codes, size_t count) {
    uint32_t found = 0;
    for (size_t at = 0; at + count <= folded->count; at++)
        found += memcmp(folded->codes + at, codes, count * sizeof codes[0]) == 0;
    return found;
}

static int compare_terms(const struct gaz_index_bytes *a, const struct gaz_index_bytes *b) {
    int order = memcmp(a->data, b->data, a->len < b->len ? a->len : b->len);
    return order != 0 ? order : (a->len > b->len) - (a->len < b->len);
}

// Sorted, distinct, every count that of a scan, and the counts together those of all bigrams and the last
// one.
static void agrees_with_a_scan(void **state) {
    (void)state;
    static const uint32_t alphabet[] = {'a',   'z',    0x7F,   0x80,    0x7FF,
                                        0x800, 0x4E00, 0xFFFD, 0x10000, 0x10FFFF};
    uint32_t seed = 2463534242u, codes[80], offsets[80] = {0};
    for (int round = 0; round < 500; round++) {
        struct gaz_folded folded = {codes, offsets, next_random(&seed) % 79};
        for (size_t i = 0; i < folded.count; i++)
            codes[i] = alphabet[next_random(&seed) % 10];
        struct gaz_terms terms;
        assert_int_equal(gaz_analyse_document(&folded, "XT", &terms, NULL), GAZ_OK);
        size_t total = 0;
        for (size_t i = 0; i < terms.count; i++) {
            const struct gaz_index_bytes *term = &terms.items[i].term;
            uint32_t read[2];
            size_t width = gaz_utf8_decode(term->data + 2, term->len - 2, &read[0]);
            size_t count = 2 + width < term->len ? 2 : 1;
            if (count == 2)
                assert_int_equal(gaz_utf8_decode(term->data + 2 + width, term->len - 2 - width, &read[1]),
                                 term->len - 2 - width);
            bool is_last = count == 1 && read[0] == folded.codes[folded.count - 1];
            assert_true(count == 2 || is_last);
            assert_int_equal(terms.items[i].count, is_last ? 1 : count_by_scan(&folded, read, count));
            if (i > 0)
                assert_true(compare_terms(&terms.items[i - 1].term, term) < 0);
            total += terms.items[i].count;
        }
        assert_int_equal(total, folded.count);
        gaz_terms_free(&terms);
    }
}

static void refuses_long_prefixes(void **state) {
    (void)state;
    char prefix[GAZ_INDEX_TERM_MAX + 1];
    memset(prefix, 'X', sizeof prefix);
    prefix[GAZ_INDEX_TERM_MAX] = '\0';
    struct gaz_folded folded = {0};
    struct gaz_terms terms;
    assert_int_equal(gaz_analyse_document(&folded, prefix, &terms, NULL), GAZ_ERR_LIMIT);
}

static int fail_nth(void *context, size_t size) {
    (void)size;
    return (*(int *)context)-- == 0;
}

static void survives_want_of_memory(void **state) {
    (void)state;
    uint32_t codes[] = {'a', 'b', 0}, offsets[] = {0, 1, 2};
    const struct gaz_folded folded = {codes, offsets, 2};
    size_t live = gaz_mem_live();
    for (int n = 0; n < 4; n++) {
        int countdown = n;
        struct gaz_mem_hook hook = {fail_nth, &countdown};
        struct gaz_terms terms;
        gaz_mem_set_hook(&hook);
        assert_int_equal(gaz_analyse_document(&folded, "X", &terms, NULL), GAZ_ERR_MEMORY);
        gaz_mem_set_hook(NULL);
        assert_int_equal(terms.count, 0);
        assert_int_equal(gaz_mem_live(), live);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts_documents),        cmocka_unit_test(cuts_phrases),
        cmocka_unit_test(keeps_nul_apart),       cmocka_unit_test(agrees_with_a_scan),
        cmocka_unit_test(refuses_long_prefixes), cmocka_unit_test(survives_want_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
