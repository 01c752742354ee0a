// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "shim/index.h"
#include "shim/mem.h"
#include "tests/support/folder.h"

enum { SLOT_DATE = 3, PATH_SIZE = 256 };

static char folder[PATH_SIZE]; // everything of one test

static int make_folder(void **state) {
    const char *parent = getenv("TMPDIR");

    (void)state;
    snprintf(folder, sizeof folder, "%s/gaz-index-XXXXXX", parent ? parent : "/tmp");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    gaz_mem_set_hook(NULL);
    return folder_remove(folder) == 0 && gaz_mem_live() == 0 ? 0 : -1;
}

static const char *path_of(const char *name) {
    static char paths[4][PATH_SIZE + 64];
    static size_t next;
    char *path = paths[next++ % 4];

    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static struct gaz_index_bytes bytes(const char *text) {
    return (struct gaz_index_bytes){text, strlen(text)};
}

// --- building ---

static struct gaz_index_writer *open_writer(const char *name) {
    struct gaz_index_writer *writer = NULL;
    struct gaz_err err = {0};

    assert_int_equal(gaz_index_writer_open(path_of(name), &writer, &err), GAZ_OK);
    return writer;
}

// Adds COUNT documents as one bundle of OWNER, with LOOSE terms (NULL: none).
static enum gaz_status add_bundle(struct gaz_index_writer *writer, const char *owner,
                                  const struct gaz_index_document *documents, size_t count,
                                  const struct gaz_index_term *loose, uint32_t *docid, struct gaz_err *err) {
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_index_document bundle;

    assert_int_equal(gaz_bundle_pack(documents, count, loose, loose ? 1 : 0, arena, &bundle, err), GAZ_OK);
    enum gaz_status status = gaz_index_writer_add(writer, bytes(owner), &bundle, docid, err);
    gaz_arena_free(arena);
    return status;
}

// The number of the bundle.
static uint32_t bundle_of(uint32_t docid) {
    return docid / GAZ_BUNDLE_MAX;
}

// The docid of the first document of a bundle.
static uint32_t docid_of(uint32_t bundle) {
    return bundle * GAZ_BUNDLE_MAX;
}

// Adds a bundle of one document whose terms are the words of TERMS, whose date is DATE and whose data are
// TERMS; the first word is its owner. Returns its bundle.
static uint32_t add(struct gaz_index_writer *writer, const char *terms, const char *date) {
    struct gaz_index_term items[16];
    struct gaz_index_value value = {SLOT_DATE, true, bytes(date)};
    struct gaz_index_document document = {items, 0, &value, 1, bytes(terms), 0, {"", 0}};
    struct gaz_err err = {0};
    uint32_t docid = 0;
    char owner[64];

    for (const char *at = terms; *at; at += strspn(at, " ")) {
        size_t len = strcspn(at, " ");
        items[document.term_count++] = (struct gaz_index_term){{at, len}, 0};
        at += len;
    }
    snprintf(owner, sizeof owner, "%.*s", (int)items[0].term.len, items[0].term.data);
    assert_int_equal(add_bundle(writer, owner, &document, 1, NULL, &docid, &err), GAZ_OK);
    return bundle_of(docid);
}

static void commit(struct gaz_index_writer *writer) {
    struct gaz_err err = {0};
    assert_int_equal(gaz_index_writer_commit(writer, &err), GAZ_OK);
}

static struct gaz_index *open_reader(const char *name) {
    const char *dirs[] = {path_of(name)};
    struct gaz_index *index = NULL;
    struct gaz_err err = {0};

    assert_int_equal(gaz_index_open(dirs, 1, &index, &err), GAZ_OK);
    return index;
}

// Five documents, 1 to 5.
static void make_small_index(const char *name) {
    struct gaz_index_writer *writer = open_writer(name);

    add(writer, "税收 优惠 小微", "2023-01-05");
    add(writer, "税收 征管", "2023-04-11");
    add(writer, "优惠 就业", "2023-04-12");
    add(writer, "税收 优惠 就业 小微", "2023-09-30");
    add(writer, "绿化", "");
    commit(writer);
    gaz_index_writer_close(writer);
}

// --- queries ---

static struct gaz_index_query term(const char *text) {
    return (struct gaz_index_query){.op = GAZ_INDEX_TERM, .term = bytes(text)};
}

static struct gaz_index_query range(const char *low, const char *high) {
    return (struct gaz_index_query){
        .op = GAZ_INDEX_RANGE, .term = bytes(low), .term2 = bytes(high), .slot = SLOT_DATE};
}

// The docids of a walk, as text, and where it is to end: the bundle, and the place in it unless it is the
// first.
struct walk {
    char text[512];
    uint32_t last;
};

static int note_match(void *context, uint32_t docid) {
    struct walk *walk = context;
    size_t len = strlen(walk->text);

    snprintf(walk->text + len, sizeof walk->text - len, "%s%u", len ? " " : "", bundle_of(docid));
    len = strlen(walk->text);
    if (docid % GAZ_BUNDLE_MAX > 0)
        snprintf(walk->text + len, sizeof walk->text - len, ".%u", docid % GAZ_BUNDLE_MAX);
    return bundle_of(docid) == walk->last;
}

static void assert_matches(struct gaz_index *index, const struct gaz_index_query *query,
                           const char *expected) {
    struct walk walk = {"", 0};
    struct gaz_err err = {0};

    assert_int_equal(gaz_index_each(index, query, note_match, &walk, &err), GAZ_OK);
    assert_string_equal(walk.text, expected);
}

static void assert_combination_finds(struct gaz_index *index, enum gaz_index_op op,
                                     const struct gaz_index_query *const *children, size_t count,
                                     const char *expected) {
    struct gaz_index_query query = {.op = op, .children = children, .child_count = count};
    assert_matches(index, &query, expected);
}

static void leaves_match(void **state) {
    make_small_index("a");
    struct gaz_index *index = open_reader("a");
    struct gaz_index_query nothing = {.op = GAZ_INDEX_NOTHING};
    struct gaz_index_query all = {.op = GAZ_INDEX_ALL};
    struct gaz_index_query tax = term("税收");
    struct gaz_index_query absent = term("没有");

    (void)state;
    assert_matches(index, &nothing, "");
    assert_matches(index, &all, "1 2 3 4 5");
    assert_matches(index, &tax, "1 2 4");
    assert_matches(index, &absent, "");
    gaz_index_close(index);
}

static void ranges_match_inclusively(void **state) {
    make_small_index("a");
    struct gaz_index *index = open_reader("a");
    struct gaz_index_query spring = range("2023-04-11", "2023-04-12");
    struct gaz_index_query since = range("2023-04-12", "");
    struct gaz_index_query backwards = range("2023-12-31", "2023-01-01");

    (void)state;
    assert_matches(index, &spring, "2 3");
    assert_matches(index, &since, "3 4");
    assert_matches(index, &backwards, "");
    gaz_index_close(index);
}

static void combinations_match(void **state) {
    make_small_index("a");
    struct gaz_index *index = open_reader("a");
    struct gaz_index_query tax = term("税收");
    struct gaz_index_query relief = term("优惠");
    struct gaz_index_query work = term("就业");
    struct gaz_index_query absent = term("没有");
    struct gaz_index_query late = range("2023-04-01", "");
    const struct gaz_index_query *const tax_relief[] = {&tax, &relief};
    const struct gaz_index_query *const tax_work_relief[] = {&tax, &work, &relief};
    const struct gaz_index_query *const tax_absent[] = {&tax, &absent};
    const struct gaz_index_query *const tax_late[] = {&tax, &late};

    (void)state;
    assert_combination_finds(index, GAZ_INDEX_AND, tax_relief, 2, "1 4");
    assert_combination_finds(index, GAZ_INDEX_AND, tax_work_relief, 3, "4");
    assert_combination_finds(index, GAZ_INDEX_AND, tax_absent, 2, "");
    assert_combination_finds(index, GAZ_INDEX_AND, tax_late, 2, "2 4");
    assert_combination_finds(index, GAZ_INDEX_AND, NULL, 0, "");
    assert_combination_finds(index, GAZ_INDEX_OR, tax_work_relief, 3, "1 2 3 4");
    assert_combination_finds(index, GAZ_INDEX_OR, tax_absent, 2, "1 2 4");
    assert_combination_finds(index, GAZ_INDEX_OR, NULL, 0, "");
    assert_combination_finds(index, GAZ_INDEX_AND_NOT, tax_relief, 2, "2");
    assert_combination_finds(index, GAZ_INDEX_AND_NOT, tax_absent, 2, "1 2 4");
    assert_combination_finds(index, GAZ_INDEX_AND_NOT, tax_relief, 1, "1 2 4");
    gaz_index_close(index);
}

static void combinations_nest(void **state) {
    make_small_index("a");
    struct gaz_index *index = open_reader("a");
    struct gaz_index_query small = term("小微");
    struct gaz_index_query work = term("就业");
    struct gaz_index_query green = term("绿化");
    struct gaz_index_query relief = term("优惠");
    const struct gaz_index_query *const either[] = {&work, &green};
    struct gaz_index_query any = {.op = GAZ_INDEX_OR, .children = either, .child_count = 2};
    const struct gaz_index_query *const except[] = {&relief, &small};
    struct gaz_index_query large = {.op = GAZ_INDEX_AND_NOT, .children = except, .child_count = 2};
    const struct gaz_index_query *const both[] = {&any, &large};

    (void)state;
    assert_matches(index, &any, "3 4 5");
    assert_matches(index, &large, "3");
    assert_combination_finds(index, GAZ_INDEX_AND, both, 2, "3");
    gaz_index_close(index);
}

static void malformed_queries_are_refused(void **state) {
    make_small_index("a");
    struct gaz_index *index = open_reader("a");
    const struct gaz_index_query empty = term("");
    const struct gaz_index_query childless = {.op = GAZ_INDEX_AND_NOT};
    const struct gaz_index_query unknown = {.op = (enum gaz_index_op)(GAZ_INDEX_RANGE + 1)};
    const struct gaz_index_query *const queries[] = {&empty, &childless, &unknown};
    struct walk walk = {"", 0};

    (void)state;
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        assert_int_equal(gaz_index_each(index, queries[i], note_match, &walk, NULL), GAZ_ERR_ARGUMENT);
    gaz_index_close(index);
}

static void a_visit_ends_the_walk(void **state) {
    make_small_index("a");
    struct gaz_index *index = open_reader("a");
    struct gaz_index_query all = {.op = GAZ_INDEX_ALL};
    struct walk walk = {"", 3};

    (void)state;
    assert_int_equal(gaz_index_each(index, &all, note_match, &walk, NULL), GAZ_OK);
    assert_string_equal(walk.text, "1 2 3");
    gaz_index_close(index);
}

// The walk over a few thousand documents agrees with what the documents were made to be.
static void walks_cross_blocks(void **state) {
    static const char *const letters[] = {"b2", "b3", "b5", "b7"};
    static const uint32_t divisors[] = {2, 3, 5, 7};
    enum { COUNT = 5000 };
    struct gaz_index_writer *writer = open_writer("many");
    struct gaz_index_query terms[4];
    const struct gaz_index_query *children[4];

    (void)state;
    for (uint32_t docid = 1; docid <= COUNT; docid++) {
        char text[32] = "all";
        for (size_t i = 0; i < 4; i++) {
            if (docid % divisors[i] == 0) {
                strcat(text, " ");
                strcat(text, letters[i]);
            }
        }
        assert_int_equal(add(writer, text, "2023"), docid);
    }
    commit(writer);
    gaz_index_writer_close(writer);
    struct gaz_index *index = open_reader("many");
    for (size_t i = 0; i < 4; i++) {
        terms[i] = term(letters[i]);
        children[i] = &terms[i];
    }
    assert_combination_finds(index, GAZ_INDEX_AND, children, 4,
                             "210 420 630 840 1050 1260 1470 1680 1890 2100 2310 2520 2730 2940 3150 3360 "
                             "3570 3780 3990 4200 4410 4620 4830");
    gaz_index_close(index);
}

static int note_term(void *context, struct gaz_index_bytes text, uint32_t frequency) {
    struct walk *walk = context;
    size_t len = strlen(walk->text);

    snprintf(walk->text + len, sizeof walk->text - len, "%.*s=%u ", (int)text.len, text.data, frequency);
    return frequency == walk->last;
}

static void remove_owner(struct gaz_index_writer *writer, const char *owner) {
    assert_int_equal(gaz_index_writer_remove(writer, bytes(owner), NULL), GAZ_OK);
}

// --- bundles ---

// Three documents in one bundle, after one that has a bundle of its own.
static void make_bundled_index(const char *name) {
    struct gaz_index_term odd[] = {{bytes("奇"), 0}, {bytes("皆"), 0}}, even[] = {{bytes("偶"), 0}, odd[1]};
    struct gaz_index_value dates[] = {{SLOT_DATE, true, bytes("2023-05-01")},
                                      {SLOT_DATE, true, bytes("2023-07-01")}};
    const struct gaz_index_document documents[] = {{odd, 2, &dates[0], 1, bytes("一"), 0, {"", 0}},
                                                   {even, 2, NULL, 0, bytes("二"), 0, {"", 0}},
                                                   {odd, 2, &dates[1], 1, bytes("三"), 0, {"", 0}}};
    struct gaz_index_term loose = {bytes("散"), 0};
    struct gaz_index_writer *writer = open_writer(name);
    uint32_t docid = 0;

    add(writer, "皆", "2023-06-01");
    assert_int_equal(add_bundle(writer, "三件", documents, 3, &loose, &docid, NULL), GAZ_OK);
    assert_int_equal(docid, docid_of(2));
    commit(writer);
    gaz_index_writer_close(writer);
}

static void a_bundle_knows_which_documents_carry_a_term(void **state) {
    make_bundled_index("a");
    struct gaz_index *index = open_reader("a");
    struct gaz_index_query odd = term("奇"), even = term("偶"), every = term("皆"), loose = term("散");
    struct gaz_index_query all = {.op = GAZ_INDEX_ALL};
    const struct gaz_index_query *const both[] = {&odd, &even};
    const struct gaz_index_query *const odd_loose[] = {&odd, &loose};
    const struct gaz_index_query *const every_odd[] = {&every, &odd};
    const struct gaz_index_query *const every_loose[] = {&every, &loose};

    (void)state;
    assert_matches(index, &odd, "2 2.2");
    assert_matches(index, &even, "2.1");
    assert_matches(index, &every, "1 2 2.1 2.2");
    assert_matches(index, &all, "1 2 2.1 2.2");
    assert_matches(index, &loose, "2 2.1 2.2");
    assert_combination_finds(index, GAZ_INDEX_AND, both, 2, "");
    assert_combination_finds(index, GAZ_INDEX_OR, both, 2, "2 2.1 2.2");
    assert_combination_finds(index, GAZ_INDEX_AND, odd_loose, 2, "2 2.2");
    assert_combination_finds(index, GAZ_INDEX_AND_NOT, every_odd, 2, "1 2.1");
    assert_combination_finds(index, GAZ_INDEX_AND_NOT, every_loose, 2, "1 2 2.1 2.2"); // none for certain
    gaz_index_close(index);
}

static void a_range_looks_at_each_document(void **state) {
    make_bundled_index("a");
    struct gaz_index *index = open_reader("a");
    struct gaz_index_query may = range("2023-05-01", "2023-05-31"), june = range("2023-06-01", "2023-06-30");
    struct gaz_index_query summer = range("2023-06-02", "");

    (void)state;
    assert_matches(index, &may, "2");
    assert_matches(index, &june, "1");
    assert_matches(index, &summer, "2.2");
    gaz_index_close(index);
}

// Rare terms of which several share a mark: they are told apart in the bundles.
static void rare_terms_are_found(void **state) {
    enum { COUNT = 700 };
    struct gaz_index_writer *writer = open_writer("a");
    struct walk walk = {"", 0};
    char name[16];

    (void)state;
    for (int i = 0; i < COUNT; i++) {
        snprintf(name, sizeof name, "Q%d", i);
        const struct gaz_index_term terms[] = {{bytes(name), GAZ_INDEX_RARE}, {bytes("皆"), 0}};
        const struct gaz_index_document documents[] = {{terms + 1, 1, NULL, 0, bytes(""), 0, {"", 0}},
                                                       {terms, 2, NULL, 0, bytes(name), 0, {"", 0}}};
        assert_int_equal(add_bundle(writer, name, documents, 2, NULL, NULL, NULL), GAZ_OK);
    }
    remove_owner(writer, "Q7");
    commit(writer);
    gaz_index_writer_close(writer);
    struct gaz_index *index = open_reader("a");
    for (int i = 0; i < COUNT; i++) {
        char expected[16] = "";
        uint32_t frequency = 0;
        snprintf(name, sizeof name, "Q%d", i);
        if (i != 7)
            snprintf(expected, sizeof expected, "%d.1", i + 1);
        struct gaz_index_query query = term(name);
        assert_matches(index, &query, expected);
        assert_int_equal(gaz_index_term_frequency(index, bytes(name), &frequency, NULL), GAZ_OK);
        assert_int_equal(frequency, i != 7);
    }
    assert_int_equal(gaz_index_terms(index, bytes(""), note_term, &walk, NULL), GAZ_OK);
    assert_string_equal(walk.text, "皆=1398 ");
    gaz_index_close(index);
}

static void frequencies_count_documents(void **state) {
    make_bundled_index("a");
    struct gaz_index *index = open_reader("a");
    const struct {
        const char *term;
        uint32_t frequency;
    } expected[] = {{"奇", 2}, {"偶", 1}, {"皆", 4}, {"散", 1}, {"没有", 0}};

    (void)state;
    assert_int_equal(gaz_index_count(index), 4);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        uint32_t frequency = 99;
        gaz_index_term_frequency(index, bytes(expected[i].term), &frequency, NULL);
        assert_int_equal(frequency, expected[i].frequency);
    }
    gaz_index_close(index);
}

// --- stored things ---

static void stored_data_values_and_metadata_come_back(void **state) {
    static const char data[] = "甲\0乙";
    struct gaz_index_term one = {bytes("一"), 3};
    struct gaz_index_value value = {SLOT_DATE, true, {"\0\xFF", 2}};
    struct gaz_index_document document = {&one, 1, &value, 1, {data, sizeof data - 1}, 4, {"", 0}};
    struct gaz_index_writer *writer = open_writer("a");
    struct gaz_index_stored stored;
    char *out = NULL;
    size_t len = 0;

    (void)state;
    assert_int_equal(add_bundle(writer, "甲", &document, 1, NULL, NULL, NULL), GAZ_OK);
    assert_int_equal(gaz_index_writer_set_metadata(writer, "note", bytes("1"), NULL), GAZ_OK);
    commit(writer);
    struct gaz_index *index = open_reader("a");
    assert_int_equal(gaz_index_count(index), 1);
    assert_int_equal(gaz_index_get(index, docid_of(1), &stored, NULL), GAZ_OK);
    assert_int_equal(stored.docid, docid_of(1));
    assert_int_equal(stored.len, sizeof data - 1);
    assert_memory_equal(stored.data, data, sizeof data);
    assert_int_equal(stored.head, 4);
    gaz_index_stored_free(&stored);
    assert_int_equal(gaz_index_value(index, docid_of(1), SLOT_DATE, &out, &len, NULL), GAZ_OK);
    assert_int_equal(len, 2);
    assert_memory_equal(out, "\0\xFF", 3);
    gaz_free(out);
    assert_int_equal(gaz_index_value(index, docid_of(1), SLOT_DATE + 1, &out, &len, NULL), GAZ_OK);
    assert_string_equal(out, "");
    gaz_free(out);
    assert_int_equal(gaz_index_metadata(index, "note", &out, &len, NULL), GAZ_OK);
    assert_string_equal(out, "1");
    gaz_free(out);
    assert_int_equal(gaz_index_metadata(index, "unset", &out, &len, NULL), GAZ_OK);
    assert_string_equal(out, "");
    gaz_free(out);
    gaz_index_close(index);
    gaz_index_writer_close(writer);
}

static void an_unknown_document_is_not_found(void **state) {
    make_small_index("a");
    struct gaz_index *index = open_reader("a");
    struct gaz_index_stored stored;
    struct gaz_err err = {0};

    (void)state;
    assert_int_equal(gaz_index_get(index, docid_of(99), &stored, &err), GAZ_ERR_NOT_FOUND);
    assert_string_not_equal(err.message, "");
    assert_int_equal(gaz_index_get(index, docid_of(1) + 1, &stored, NULL), GAZ_ERR_NOT_FOUND);
    assert_int_equal(gaz_index_get(index, 0, &stored, NULL), GAZ_ERR_ARGUMENT);
    gaz_index_close(index);
}

static void terms_are_walked_by_prefix(void **state) {
    struct gaz_index_term terms[] = {{bytes("Ub"), 0}, {bytes("Ua"), 0}, {bytes("V"), 0}, {bytes("T"), 0}};
    struct gaz_index_document document = {terms, 4, NULL, 0, bytes(""), 0, {"", 0}};
    struct gaz_index_writer *writer = open_writer("a");
    struct walk walk = {"", 0};
    uint32_t frequency = 0;

    (void)state;
    assert_int_equal(add_bundle(writer, "甲", &document, 1, NULL, NULL, NULL), GAZ_OK);
    add(writer, "Ub", "");
    commit(writer);
    gaz_index_writer_close(writer);
    struct gaz_index *index = open_reader("a");
    assert_int_equal(gaz_index_terms(index, bytes("U"), note_term, &walk, NULL), GAZ_OK);
    assert_string_equal(walk.text, "Ua=1 Ub=2 ");
    walk = (struct walk){"", 1};
    assert_int_equal(gaz_index_terms(index, bytes(""), note_term, &walk, NULL), GAZ_OK);
    assert_string_equal(walk.text, "T=1 ");
    walk = (struct walk){"", 0};
    assert_int_equal(gaz_index_document_terms(index, docid_of(1), bytes("U"), note_term, &walk, NULL),
                     GAZ_OK);
    assert_string_equal(walk.text, "Ua=1 Ub=1 ");
    assert_int_equal(gaz_index_term_frequency(index, bytes("Ub"), &frequency, NULL), GAZ_OK);
    assert_int_equal(frequency, 2);
    gaz_index_close(index);
}

// --- changes ---

static void removing_takes_all_that_the_owner_had(void **state) {
    struct gaz_index_writer *writer = open_writer("a");
    struct gaz_index_query old = term("旧"), new = term("新"), all = {.op = GAZ_INDEX_ALL};
    struct gaz_index_stored stored;
    struct walk walk = {"", 0};

    (void)state;
    add(writer, "x 旧 a", "");
    add(writer, "y 旧 b", "");
    add(writer, "x 旧 c", "");
    remove_owner(writer, "x");
    remove_owner(writer, "unknown");
    add(writer, "x 新", "");
    commit(writer);
    struct gaz_index *index = open_reader("a");
    assert_matches(index, &old, "2");
    assert_matches(index, &new, "5"); // the fourth marks the removal
    assert_matches(index, &all, "2 5");
    assert_int_equal(gaz_index_count(index), 2);
    assert_int_equal(gaz_index_terms(index, bytes(""), note_term, &walk, NULL), GAZ_OK);
    assert_string_equal(walk.text, "b=1 x=1 y=1 新=1 旧=1 ");
    assert_int_equal(gaz_index_get(index, docid_of(1), &stored, NULL), GAZ_ERR_NOT_FOUND);
    gaz_index_close(index);
    gaz_index_writer_close(writer);
}

// A writer that is opened anew knows what was removed before.
static void an_owner_may_come_and_go(void **state) {
    struct gaz_index_query any = term("x");

    (void)state;
    for (int round = 0; round < 3; round++) {
        struct gaz_index_writer *writer = open_writer("a");
        remove_owner(writer, "x");
        add(writer, "x", "");
        commit(writer);
        remove_owner(writer, "x");
        add(writer, "x", "");
        commit(writer);
        gaz_index_writer_close(writer);
        struct gaz_index *index = open_reader("a");
        assert_int_equal(gaz_index_count(index), 1);
        gaz_index_close(index);
    }
    struct gaz_index_writer *writer = open_writer("a");
    remove_owner(writer, "x");
    commit(writer);
    gaz_index_writer_close(writer);
    struct gaz_index *index = open_reader("a");
    assert_matches(index, &any, "");
    assert_int_equal(gaz_index_count(index), 0);
    gaz_index_close(index);
}

static int note_metadata(void *context, const char *key, struct gaz_index_bytes value) {
    struct walk *walk = context;
    size_t len = strlen(walk->text);

    snprintf(walk->text + len, sizeof walk->text - len, "%s=%.*s ", key, (int)value.len, value.data);
    return 0;
}

static void metadata_are_walked_by_prefix(void **state) {
    struct gaz_index_writer *writer = open_writer("a");
    struct walk walk = {"", 0};

    (void)state;
    gaz_index_writer_set_metadata(writer, "k:b", bytes("2"), NULL);
    gaz_index_writer_set_metadata(writer, "k:a", bytes("1"), NULL);
    gaz_index_writer_set_metadata(writer, "other", bytes("3"), NULL);
    commit(writer);
    gaz_index_writer_close(writer);
    struct gaz_index *index = open_reader("a");
    assert_int_equal(gaz_index_each_metadata(index, "k:", note_metadata, &walk, NULL), GAZ_OK);
    assert_string_equal(walk.text, "k:a=1 k:b=2 ");
    gaz_index_close(index);
}

static void closing_without_commit_drops_the_batch(void **state) {
    struct gaz_index_writer *writer = open_writer("a");

    (void)state;
    add(writer, "甲", "");
    commit(writer);
    add(writer, "乙", "");
    assert_int_equal(gaz_index_writer_set_metadata(writer, "k", bytes("v"), NULL), GAZ_OK);
    gaz_index_writer_close(writer);
    struct gaz_index *index = open_reader("a");
    char *out = NULL;
    size_t len = 0;
    assert_int_equal(gaz_index_count(index), 1);
    assert_int_equal(gaz_index_metadata(index, "k", &out, &len, NULL), GAZ_OK);
    assert_int_equal(len, 0);
    gaz_free(out);
    gaz_index_close(index);
}

static enum gaz_status add_term(struct gaz_index_writer *writer, struct gaz_index_bytes text,
                                struct gaz_err *err) {
    struct gaz_index_term one = {text, 1};
    struct gaz_index_document document = {&one, 1, NULL, 0, bytes(""), 0, {"", 0}};
    return add_bundle(writer, "甲", &document, 1, NULL, NULL, err);
}

static void terms_have_a_limit_in_stored_bytes(void **state) {
    struct gaz_index_writer *writer = open_writer("a");
    struct gaz_err err = {0};
    char text[GAZ_INDEX_TERM_MAX + 1];
    char zeros[GAZ_INDEX_TERM_MAX] = {0};

    (void)state;
    memset(text, 'x', sizeof text);
    assert_int_equal(add_term(writer, (struct gaz_index_bytes){text, GAZ_INDEX_TERM_MAX}, &err), GAZ_OK);
    assert_int_equal(add_term(writer, (struct gaz_index_bytes){zeros, GAZ_INDEX_TERM_MAX / 2}, &err), GAZ_OK);
    assert_int_equal(add_term(writer, (struct gaz_index_bytes){zeros, GAZ_INDEX_TERM_MAX / 2 + 1}, NULL),
                     GAZ_ERR_LIMIT);
    assert_int_equal(add_term(writer, bytes(""), NULL), GAZ_ERR_ARGUMENT);
    assert_int_equal(add_term(writer, (struct gaz_index_bytes){text, sizeof text}, &err), GAZ_ERR_LIMIT);
    assert_non_null(strstr(err.message, "xxxxxxxx"));
    assert_int_equal(gaz_index_writer_set_metadata(writer, "", bytes("v"), NULL), GAZ_ERR_ARGUMENT);
    text[GAZ_INDEX_OWNER_MAX] = '\0';
    assert_int_equal(gaz_index_writer_remove(writer, bytes(text), NULL), GAZ_OK);
    assert_int_equal(gaz_index_writer_remove(writer, bytes(""), NULL), GAZ_ERR_ARGUMENT);
    text[GAZ_INDEX_OWNER_MAX] = 'x';
    assert_int_equal(
        gaz_index_writer_remove(writer, (struct gaz_index_bytes){text, GAZ_INDEX_OWNER_MAX + 1}, NULL),
        GAZ_ERR_LIMIT);
    commit(writer); // the refusals have cost nothing
    gaz_index_writer_close(writer);
    struct gaz_index *index = open_reader("a");
    assert_int_equal(gaz_index_count(index), 2);
    gaz_index_close(index);
}

// --- several at once ---

static void several_indexes_are_one_in_ascending_order(void **state) {
    const char *dirs[2];
    struct gaz_index *index = NULL;
    struct gaz_index_query tax = term("税收");
    struct gaz_index_query all = {.op = GAZ_INDEX_ALL};
    struct gaz_index_query late = range("2023-04-12", "");
    struct gaz_index_stored stored;

    (void)state;
    make_small_index("a");
    make_small_index("b");
    dirs[0] = path_of("a");
    dirs[1] = path_of("b");
    assert_int_equal(gaz_index_open(dirs, 2, &index, NULL), GAZ_OK);
    assert_int_equal(gaz_index_count(index), 10);
    assert_matches(index, &tax, "1 2 3 4 7 8"); // documents alternate between the two
    assert_matches(index, &late, "5 6 7 8");
    assert_matches(index, &all, "1 2 3 4 5 6 7 8 9 10");
    assert_int_equal(gaz_index_get(index, docid_of(4), &stored, NULL), GAZ_OK);
    assert_string_equal(stored.data, "税收 征管");
    gaz_index_stored_free(&stored);
    gaz_index_close(index);
    assert_int_equal(gaz_index_open(dirs, 0, &index, NULL), GAZ_ERR_ARGUMENT);
}

static void a_second_writer_is_busy(void **state) {
    struct gaz_index_writer *writer = open_writer("a");
    struct gaz_index_writer *second = NULL;
    struct gaz_err err = {0};

    (void)state;
    assert_int_equal(gaz_index_writer_open(path_of("a"), &second, &err), GAZ_ERR_BUSY);
    assert_null(second);
    assert_non_null(strstr(err.message, "another process is writing"));
    gaz_index_writer_close(writer);
    gaz_index_writer_close(NULL);
    second = open_writer("a");
    gaz_index_writer_close(second);
}

static void a_lock_that_cannot_be_made_is_not_busy(void **state) {
    struct gaz_index_writer *writer = NULL;
    struct gaz_err err = {0};

    (void)state;
    assert_int_equal(mkdir(path_of("a"), 0700), 0);
    assert_int_equal(mkdir(path_of("a/flintlock"), 0700), 0);
    assert_int_equal(gaz_index_writer_open(path_of("a"), &writer, &err), GAZ_ERR_IO);
    assert_null(writer);
}

// Files of this process may not grow beyond SIZE bytes; writing more fails as on a full disk.
static void limit_file_size(rlim_t size) {
    struct rlimit limit;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = size == RLIM_INFINITY ? limit.rlim_max : size;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void a_failed_commit_leaves_the_last_one(void **state) {
    struct gaz_index_writer *writer = open_writer("a");
    struct gaz_index_query any = term("甲");
    struct gaz_err err = {0};

    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    add(writer, "甲", "");
    commit(writer);
    for (int i = 0; i < 2000; i++)
        add(writer, "甲 乙 丙", "2024");
    limit_file_size(16384);
    enum gaz_status failed = gaz_index_writer_commit(writer, &err);
    enum gaz_status again = gaz_index_writer_commit(writer, NULL);
    gaz_index_writer_close(writer);
    limit_file_size(RLIM_INFINITY);
    assert_int_equal(failed, GAZ_ERR_IO);
    assert_int_equal(again, GAZ_ERR_IO);
    assert_int_equal(gaz_index_check(path_of("a"), true, NULL), GAZ_OK);
    struct gaz_index *index = open_reader("a");
    assert_matches(index, &any, "1");
    gaz_index_close(index);
    writer = open_writer("a"); // the lock is free again
    add(writer, "甲", "");
    commit(writer);
    gaz_index_writer_close(writer);
    index = open_reader("a");
    assert_matches(index, &any, "1 2");
    gaz_index_close(index);
}

// Commits that touch every block.
static void overtake(struct gaz_index_writer *writer) {
    for (int round = 0; round < 3; round++) {
        assert_int_equal(gaz_index_writer_remove(writer, bytes("甲"), NULL), GAZ_OK);
        for (int i = 0; i < 2000; i++)
            add(writer, "甲 乙 丙", "2024");
        commit(writer);
    }
}

static void an_overtaken_reader_takes_the_newest_state(void **state) {
    struct gaz_index_writer *writer = open_writer("a");
    struct gaz_index_query first = term("甲");
    struct walk walk = {"", 0};

    (void)state;
    overtake(writer);
    struct gaz_index *index = open_reader("a");
    overtake(writer);
    assert_int_equal(gaz_index_each(index, &first, note_match, &walk, NULL), GAZ_OK);
    assert_string_not_equal(walk.text, "");
    assert_int_equal(gaz_index_reopen(index, NULL), GAZ_OK);
    assert_int_equal(gaz_index_count(index), 2000);
    gaz_index_close(index);
    gaz_index_writer_close(writer);
}

struct overtaking {
    struct gaz_index *index;
    struct gaz_index_writer *writer;
    size_t visits;
    enum gaz_status inner; // of the reads made while visiting
    uint32_t ahead;        // what is read is so many bundles ahead of what is visited
};

static int overtake_once(void *context, uint32_t docid) {
    struct overtaking *overtaking = context;
    struct gaz_index_stored stored = {0};

    if (overtaking->visits++ == 0)
        overtake(overtaking->writer);
    enum gaz_status status =
        gaz_index_get(overtaking->index, docid + docid_of(overtaking->ahead), &stored, NULL);
    gaz_index_stored_free(&stored);
    if (overtaking->inner == GAZ_OK)
        overtaking->inner = status;
    return 0;
}

static void a_walk_does_not_mix_two_states(void **state) {
    struct gaz_index_writer *writer = open_writer("a");
    struct gaz_index_query first = term("甲");

    (void)state;
    overtake(writer);
    struct overtaking overtaking = {open_reader("a"), writer, 0, GAZ_OK, 1500};
    struct gaz_err err = {0};
    gaz_index_each(overtaking.index, &first, overtake_once, &overtaking, &err);
    assert_int_equal(overtaking.inner, GAZ_ERR_BUSY);
    assert_in_range(overtaking.visits, 1, 2000);
    assert_int_equal(gaz_index_reopen(overtaking.index, NULL), GAZ_OK);
    overtaking = (struct overtaking){overtaking.index, NULL, 1, GAZ_OK, 0};
    assert_int_equal(gaz_index_each(overtaking.index, &first, overtake_once, &overtaking, NULL), GAZ_OK);
    assert_int_equal(overtaking.inner, GAZ_OK);
    assert_int_equal(overtaking.visits, 2001);
    gaz_index_close(overtaking.index);
    gaz_index_writer_close(writer);
}

// --- damage ---

static enum gaz_status open_status(const char *path, struct gaz_err *err) {
    struct gaz_index *index = NULL;
    enum gaz_status status = gaz_index_open(&path, 1, &index, err);

    gaz_index_close(index);
    return status;
}

static void places_without_an_index_are_named(void **state) {
    struct gaz_err err = {0};
    struct gaz_index_writer *writer = NULL;

    (void)state;
    assert_int_equal(open_status(path_of("nowhere"), &err), GAZ_ERR_NO_INDEX);
    assert_non_null(strstr(err.message, path_of("nowhere")));
    mkdir(path_of("empty"), 0700);
    assert_int_equal(open_status(path_of("empty"), NULL), GAZ_ERR_NO_INDEX);
    assert_int_equal(gaz_index_check(path_of("nowhere"), true, NULL), GAZ_ERR_NO_INDEX);
    assert_int_equal(gaz_index_writer_open(path_of("no/parent"), &writer, NULL), GAZ_ERR_IO);
    assert_null(writer);
}

static void overwrite(const char *path, long offset, const char *text, size_t len) {
    FILE *file = fopen(path, "r+b");

    assert_non_null(file);
    assert_int_equal(fseek(file, offset, SEEK_SET), 0);
    assert_int_equal(fwrite(text, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static void damage_is_told_from_another_version(void **state) {
    (void)state;
    make_small_index("a");
    assert_int_equal(gaz_index_check(path_of("a"), true, NULL), GAZ_OK);
    overwrite(path_of("a/iamglass"), 14, "\xFF\xFF", 2); // the version follows a magic of 14 bytes
    assert_int_equal(open_status(path_of("a"), NULL), GAZ_ERR_VERSION);
    overwrite(path_of("a/iamglass"), 0, "garbage!", 8);
    assert_int_equal(open_status(path_of("a"), NULL), GAZ_ERR_CORRUPT);
}

static void damaged_blocks_are_found_by_the_check(void **state) {
    static const char garbage[4096] = {1, 2, 3};
    struct gaz_err err = {0};

    (void)state;
    make_small_index("a");
    overwrite(path_of("a/postlist.glass"), 0, garbage, sizeof garbage);
    assert_int_equal(gaz_index_check(path_of("a"), true, &err), GAZ_ERR_CORRUPT);
    assert_null(strchr(err.message, '\n'));
}

// Reading and writing both refuse the index, and say what helps.
static void assert_refused(const char *format, const char *advice) {
    struct gaz_index_writer *writer = open_writer("a");
    struct gaz_err err = {0}, again = {0};

    assert_int_equal(gaz_index_writer_set_metadata(writer, "format", bytes(format), NULL), GAZ_OK);
    commit(writer);
    gaz_index_writer_close(writer);
    writer = NULL;
    assert_int_equal(open_status(path_of("a"), &err), GAZ_ERR_VERSION);
    assert_non_null(strstr(err.message, advice));
    assert_int_equal(gaz_index_writer_open(path_of("a"), &writer, &again), GAZ_ERR_VERSION);
    assert_string_equal(strchr(again.message, ':'), strchr(err.message, ':'));
    assert_null(writer);
    assert_int_equal(gaz_index_check(path_of("a"), false, NULL), GAZ_ERR_VERSION);
    remove_folder(NULL);
    assert_int_equal(mkdir(folder, 0700), 0);
}

static void another_format_is_told_with_what_to_do(void **state) {
    (void)state;
    make_small_index("a");
    assert_refused("", "index the files into a new folder"); // format 1 did not say so
    make_small_index("a");
    assert_refused("1", "index the files into a new folder");
    make_small_index("a");
    assert_refused("999", "use a newer program");
}

static void terms_are_compared_with_what_was_written(void **state) {
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_index_term terms[] = {{bytes("税收"), 0}, {bytes("绿化"), 0}};
    struct gaz_index_value value = {SLOT_DATE, true, bytes("2023-01-05")};
    struct gaz_index_document document = {terms, 1, &value, 1, bytes("甲"), 0, {"", 0}}, bundle;
    struct gaz_index_writer *writer = open_writer("a");
    uint32_t docid;
    bool same = false;

    (void)state;
    assert_int_equal(add_bundle(writer, "x", &document, 1, NULL, &docid, NULL), GAZ_OK);
    commit(writer);
    gaz_index_writer_close(writer);
    struct gaz_index *index = open_reader("a");
    const struct {
        const char *owner, *date;
        size_t terms;
        bool same;
    } cases[] = {{"x", "2023-01-05", 1, true},
                 {"y", "2023-01-05", 1, false},
                 {"x", "2023-02-05", 1, false},
                 {"x", "2023-01-05", 2, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        value.bytes = bytes(cases[i].date);
        document.term_count = cases[i].terms;
        assert_int_equal(gaz_bundle_pack(&document, 1, NULL, 0, arena, &bundle, NULL), GAZ_OK);
        assert_int_equal(gaz_index_has_terms(index, docid, bytes(cases[i].owner), &bundle, &same, NULL),
                         GAZ_OK);
        assert_int_equal(same, cases[i].same);
    }
    gaz_index_close(index);
    gaz_arena_free(arena);
}

// --- memory ---

static int fail_after(void *context, size_t size) {
    int *left = context;

    (void)size;
    return (*left)-- <= 0;
}

static enum gaz_status read_everything(void) {
    const char *dirs[] = {path_of("a")};
    struct gaz_index *index = NULL;
    struct gaz_index_query tax = term("税收");
    struct gaz_index_query late = range("2023-04-12", "");
    const struct gaz_index_query *const children[] = {&tax, &late};
    struct gaz_index_query query = {.op = GAZ_INDEX_AND, .children = children, .child_count = 2};
    struct gaz_index_stored stored = {0};
    struct walk walk = {"", 0};

    enum gaz_status status = gaz_index_open(dirs, 1, &index, NULL);
    if (status == GAZ_OK)
        status = gaz_index_each(index, &query, note_match, &walk, NULL);
    if (status == GAZ_OK)
        status = gaz_index_get(index, docid_of(1), &stored, NULL);
    gaz_index_stored_free(&stored);
    gaz_index_close(index);
    return status;
}

static void every_failed_allocation_is_reported(void **state) {
    enum gaz_status status = GAZ_ERR_MEMORY;
    int allowed = 0;

    (void)state;
    make_small_index("a");
    for (; status != GAZ_OK; allowed++) {
        int left = allowed;
        gaz_mem_set_hook(&(struct gaz_mem_hook){fail_after, &left});
        status = read_everything();
        gaz_mem_set_hook(NULL);
        assert_true(status == GAZ_OK || status == GAZ_ERR_MEMORY);
    }
    assert_in_range(allowed, 6, 100); // index, three streams, stored, hits
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(leaves_match),
        TEST(ranges_match_inclusively),
        TEST(combinations_match),
        TEST(combinations_nest),
        TEST(malformed_queries_are_refused),
        TEST(a_visit_ends_the_walk),
        TEST(walks_cross_blocks),
        TEST(a_bundle_knows_which_documents_carry_a_term),
        TEST(a_range_looks_at_each_document),
        TEST(rare_terms_are_found),
        TEST(frequencies_count_documents),
        TEST(stored_data_values_and_metadata_come_back),
        TEST(an_unknown_document_is_not_found),
        TEST(terms_are_walked_by_prefix),
        TEST(removing_takes_all_that_the_owner_had),
        TEST(an_owner_may_come_and_go),
        TEST(metadata_are_walked_by_prefix),
        TEST(closing_without_commit_drops_the_batch),
        TEST(terms_have_a_limit_in_stored_bytes),
        TEST(several_indexes_are_one_in_ascending_order),
        TEST(a_second_writer_is_busy),
        TEST(a_lock_that_cannot_be_made_is_not_busy),
        TEST(a_failed_commit_leaves_the_last_one),
        TEST(an_overtaken_reader_takes_the_newest_state),
        TEST(a_walk_does_not_mix_two_states),
        TEST(places_without_an_index_are_named),
        TEST(damage_is_told_from_another_version),
        TEST(damaged_blocks_are_found_by_the_check),
        TEST(another_format_is_told_with_what_to_do),
        TEST(terms_are_compared_with_what_was_written),
        TEST(every_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
