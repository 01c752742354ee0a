// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shim/bundle.h"

enum { SLOT = 7 };

static struct gaz_index_bytes bytes(const char *text) {
    return (struct gaz_index_bytes){text, strlen(text)};
}

static void assert_bytes(struct gaz_index_bytes actual, const char *expected) {
    assert_int_equal(actual.len, strlen(expected));
    assert_memory_equal(actual.data, expected, actual.len);
}

// The terms of a bundle with their counts.
static void print_terms(const struct gaz_index_document *bundle, char *out, size_t size) {
    out[0] = '\0';
    for (size_t i = 0; i < bundle->term_count; i++) {
        const struct gaz_index_term *term = &bundle->terms[i];
        size_t len = strlen(out);
        bool every = term->term.len == 1 && term->term.data[0] == GAZ_BUNDLE_EVERY[0];
        snprintf(out + len, size - len, "%.*s=%u ", every ? 1 : (int)term->term.len,
                 every ? "*" : term->term.data, term->count);
    }
}

// Three documents; the first has a term twice.
static struct gaz_index_document pack_three(struct gaz_arena *arena) {
    static const struct gaz_index_term first[] = {{{"b", 1}, 0}, {{"a", 1}, 0}, {{"b", 1}, 0}};
    static const struct gaz_index_term second[] = {{{"ab", 2}, 0}, {{"a", 1}, 0}};
    static const struct gaz_index_term third[] = {{{"a", 1}, 0}, {{"b", 1}, 0}};
    static const struct gaz_index_value values[] = {{SLOT, true, {"2023-05", 7}},
                                                    {SLOT, true, {"2023-01", 7}}};
    static const struct gaz_index_term loose[] = {{{"x", 1}, 9}};
    const struct gaz_index_document documents[] = {{first, 3, &values[0], 1, bytes("第一"), 3, {"", 0}},
                                                   {second, 2, NULL, 0, bytes(""), 0, {"", 0}},
                                                   {third, 2, &values[1], 1, {"\0三", 4}, 4, {"", 0}}};
    struct gaz_index_document bundle;
    assert_int_equal(gaz_bundle_pack(documents, 3, loose, 1, arena, &bundle, NULL), GAZ_OK);
    return bundle;
}

static void terms_count_the_documents_that_carry_them(void **state) {
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_index_document bundle = pack_three(arena);
    char terms[64];

    (void)state;
    print_terms(&bundle, terms, sizeof terms);
    assert_string_equal(terms, "a=3 ab=1 b=2 *=3 x=1 \x05\x08"
                               "2023-05=1 \x05\x08"
                               "2023-01=1 ");
    gaz_arena_free(arena);
}

static void a_ranged_value_is_posted_by_its_beginning(void **state) {
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_index_value values[] = {{SLOT, true, bytes("2023-05-11")},
                                       {SLOT, true, bytes("2023-05-12")},
                                       {SLOT, true, bytes("2021")},
                                       {SLOT, true, bytes("")},
                                       {SLOT + 1, false, bytes("2023-06")}};
    struct gaz_index_document documents[5], bundle;
    char text[GAZ_BUNDLE_RANGE_SIZE];

    (void)state;
    for (size_t i = 0; i < 5; i++)
        documents[i] = (struct gaz_index_document){NULL, 0, &values[i], 1, bytes(""), 0, {"", 0}};
    assert_int_equal(gaz_bundle_pack(documents, 5, NULL, 0, arena, &bundle, NULL), GAZ_OK);
    assert_int_equal(bundle.term_count, 3); // that of every bundle, and two
    assert_int_equal(bundle.terms[1].term.len, GAZ_BUNDLE_RANGE_SIZE);
    assert_memory_equal(bundle.terms[1].term.data + 2, "2023-05", 7);
    assert_int_equal(bundle.terms[2].term.len, 6);
    assert_int_equal(gaz_bundle_range(SLOT, bytes("2021"), text).len, 6);
    assert_memory_equal(bundle.terms[2].term.data, text, 6);
    gaz_arena_free(arena);
}

static struct gaz_index_bytes part_of(struct gaz_bundle *bundle, size_t at, enum gaz_bundle_part part) {
    struct gaz_index_bytes bytes = {NULL, 0};
    assert_int_equal(gaz_bundle_data(bundle, at, part, &bytes, NULL), GAZ_OK);
    return bytes;
}

static void what_was_packed_comes_back(void **state) {
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_index_document packed = pack_three(arena);
    struct gaz_bundle *bundle = NULL;
    struct gaz_bundle_set set;

    (void)state;
    assert_int_equal(gaz_bundle_open(packed.data.data, packed.data.len, &bundle, NULL), GAZ_OK);
    assert_int_equal(gaz_bundle_count(bundle), 3);
    assert_bytes(part_of(bundle, 0, GAZ_BUNDLE_HEAD), "第");
    assert_bytes(part_of(bundle, 0, GAZ_BUNDLE_REST), "一");
    assert_bytes(part_of(bundle, 1, GAZ_BUNDLE_HEAD), "");
    assert_bytes(part_of(bundle, 1, GAZ_BUNDLE_REST), "");
    assert_int_equal(part_of(bundle, 2, GAZ_BUNDLE_HEAD).len, 4);
    assert_memory_equal(part_of(bundle, 2, GAZ_BUNDLE_HEAD).data, "\0三", 4);
    assert_bytes(part_of(bundle, 2, GAZ_BUNDLE_REST), "");
    assert_bytes(gaz_bundle_value(bundle, 0, SLOT), "2023-05");
    assert_bytes(gaz_bundle_value(bundle, 1, SLOT), "");
    assert_bytes(gaz_bundle_value(bundle, 2, SLOT), "2023-01");
    assert_true(gaz_bundle_find(bundle, bytes("b"), &set));
    assert_int_equal(set.bits[0], 5);
    assert_true(gaz_bundle_find(bundle, bytes("a"), &set));
    assert_int_equal(set.bits[0], 7);
    assert_false(gaz_bundle_find(bundle, bytes("x"), &set)); // loose
    assert_int_equal(gaz_bundle_term_count(bundle), 3);
    assert_bytes(gaz_bundle_term(bundle, 0, &set), "a");
    assert_int_equal(set.bits[0], 7);
    assert_bytes(gaz_bundle_term(bundle, 2, &set), "ab");
    assert_int_equal(set.bits[0], 2);
    gaz_bundle_free(bundle);
    gaz_bundle_free(NULL);
    gaz_arena_free(arena);
}

static void a_rare_term_is_posted_by_its_mark(void **state) {
    struct gaz_index_term rare = {bytes("唯一"), GAZ_INDEX_RARE};
    const struct gaz_index_document document = {&rare, 1, NULL, 0, bytes(""), 0, {"", 0}};
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_index_document packed;
    struct gaz_bundle *bundle = NULL;
    struct gaz_bundle_set set;
    char mark[GAZ_BUNDLE_MARK_SIZE];

    (void)state;
    assert_int_equal(gaz_bundle_pack(&document, 1, NULL, 0, arena, &packed, NULL), GAZ_OK);
    gaz_bundle_mark(rare.term, mark);
    assert_int_equal(packed.term_count, 2);
    assert_int_equal(packed.terms[0].term.len, sizeof mark);
    assert_memory_equal(packed.terms[0].term.data, mark, sizeof mark);
    assert_int_equal(packed.terms[0].count, 1);
    assert_int_equal(gaz_bundle_open(packed.data.data, packed.data.len, &bundle, NULL), GAZ_OK);
    assert_true(gaz_bundle_find(bundle, rare.term, &set));
    gaz_bundle_free(bundle);
    gaz_arena_free(arena);
}

static void a_bundle_holds_as_many_as_a_docid_tells_apart(void **state) {
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_index_document documents[GAZ_BUNDLE_MAX + 1], packed;
    struct gaz_index_term term = {bytes("t"), 0};
    struct gaz_bundle *bundle = NULL;
    struct gaz_bundle_set set;

    (void)state;
    for (size_t i = 0; i <= GAZ_BUNDLE_MAX; i++)
        documents[i] =
            (struct gaz_index_document){&term, i == GAZ_BUNDLE_MAX - 1, NULL, 0, bytes(""), 0, {"", 0}};
    assert_int_equal(gaz_bundle_pack(documents, GAZ_BUNDLE_MAX + 1, NULL, 0, arena, &packed, NULL),
                     GAZ_ERR_ARGUMENT);
    assert_int_equal(gaz_bundle_pack(documents, 0, NULL, 0, arena, &packed, NULL), GAZ_ERR_ARGUMENT);
    assert_int_equal(gaz_bundle_pack(documents, GAZ_BUNDLE_MAX, NULL, 0, arena, &packed, NULL), GAZ_OK);
    assert_int_equal(gaz_bundle_open(packed.data.data, packed.data.len, &bundle, NULL), GAZ_OK);
    assert_true(gaz_bundle_find(bundle, bytes("t"), &set));
    assert_int_equal(set.bits[0], 0);
    assert_int_equal(set.bits[3], UINT64_C(1) << 63);
    gaz_bundle_free(bundle);
    gaz_arena_free(arena);
}

// Opens a bundle and reads all of it.
static enum gaz_status open_all(const char *data, size_t len) {
    struct gaz_bundle *bundle = NULL;
    struct gaz_index_bytes bytes;
    enum gaz_status status = gaz_bundle_open(data, len, &bundle, NULL);
    if (status == GAZ_OK)
        status = gaz_bundle_data(bundle, 0, GAZ_BUNDLE_HEAD, &bytes, NULL);
    if (status == GAZ_OK)
        status = gaz_bundle_data(bundle, 0, GAZ_BUNDLE_REST, &bytes, NULL);
    gaz_bundle_free(bundle);
    return status;
}

// Whatever byte is changed or cut off, reading says so or gives a bundle; it never reads beyond the data.
static void damage_is_survived(void **state) {
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_index_document packed = pack_three(arena);
    char *copy = malloc(packed.data.len);

    (void)state;
    for (size_t i = 0; i < packed.data.len; i++) {
        for (int bit = 0; bit < 8; bit++) {
            memcpy(copy, packed.data.data, packed.data.len);
            copy[i] = (char)(copy[i] ^ (1 << bit));
            enum gaz_status status = open_all(copy, packed.data.len);
            assert_true(status == GAZ_OK || status == GAZ_ERR_CORRUPT || status == GAZ_ERR_VERSION);
        }
        memcpy(copy, packed.data.data, i);
        assert_int_equal(open_all(copy, i), GAZ_ERR_CORRUPT);
    }
    free(copy);
    gaz_arena_free(arena);
}

static int fail_after(void *context, size_t size) {
    int *left = context;
    (void)size;
    return (*left)-- <= 0;
}

static enum gaz_status pack_and_open(void) {
    struct gaz_index_term term = {bytes("t"), 0};
    struct gaz_index_value values[] = {{SLOT, true, bytes("1")}, {SLOT, true, bytes("2")}};
    const struct gaz_index_document documents[] = {{&term, 1, &values[0], 1, bytes("一"), 3, {"", 0}},
                                                   {&term, 1, &values[1], 1, bytes("二"), 0, {"", 0}}};
    struct gaz_index_document packed;
    struct gaz_arena *arena = gaz_arena_new();
    enum gaz_status status =
        arena ? gaz_bundle_pack(documents, 2, &term, 1, arena, &packed, NULL) : GAZ_ERR_MEMORY;
    if (status == GAZ_OK)
        status = open_all(packed.data.data, packed.data.len);
    gaz_arena_free(arena);
    return status;
}

static void every_failed_allocation_is_reported(void **state) {
    enum gaz_status status = GAZ_ERR_MEMORY;

    (void)state;
    for (int allowed = 0; status != GAZ_OK; allowed++) {
        int left = allowed;
        gaz_mem_set_hook(&(struct gaz_mem_hook){fail_after, &left});
        status = pack_and_open();
        gaz_mem_set_hook(NULL);
        assert_true(status == GAZ_OK || status == GAZ_ERR_MEMORY);
        assert_int_equal(gaz_mem_live(), 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_count_the_documents_that_carry_them),
        cmocka_unit_test(a_ranged_value_is_posted_by_its_beginning),
        cmocka_unit_test(what_was_packed_comes_back),
        cmocka_unit_test(a_rare_term_is_posted_by_its_mark),
        cmocka_unit_test(a_bundle_holds_as_many_as_a_docid_tells_apart),
        cmocka_unit_test(damage_is_survived),
        cmocka_unit_test(every_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
