// SPDX-License-Identifier: GPL-2.0-or-later
//
// An address leads back to the record that has it, and no two records have the same one: every record of the
// sample issues and, where it lies beside this project, of a real one. Ranges of clauses give all from the
// first to the last.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "searcher/search.h"
#include "tests/unit/sample_archive.h"

static struct sample_archive sample;

static int open_sample(void **state) {
    (void)state;
    json_set_alloc_funcs(gaz_malloc, gaz_free);
    return sample_open_with(&sample, "../shared/gazette/*.txt");
}

static int close_sample(void **state) {
    (void)state;
    return sample_close(&sample);
}

static const char *text_of(const json_t *record, const char *key) {
    const char *text = json_string_value(json_object_get(record, key));
    return text ? text : "";
}

// What is shown at an address.
struct shown {
    const char *wanted; // id that should be there
    const char *last;   // and another one; may be NULL
    size_t count;
    bool wanted_there, last_there;
};

static enum gaz_status note_hit(void *context, const struct gaz_hit *hit, struct gaz_err *err) {
    struct shown *shown = context;
    const char *id = text_of(hit->record, "id");
    (void)err;
    shown->count++;
    shown->wanted_there |= strcmp(id, shown->wanted) == 0;
    shown->last_there |= shown->last && strcmp(id, shown->last) == 0;
    return GAZ_OK;
}

static void show(const char *address, struct shown *shown) {
    const struct gaz_request request = {.mode = GAZ_MODE_SHOW, .query = address};
    struct gaz_answer answer;
    assert_int_equal(gaz_search(&sample.archive, &request, &answer, NULL), GAZ_OK);
    assert_int_equal(gaz_answer_each(&answer, note_hit, shown, NULL), GAZ_OK);
    gaz_answer_free(&answer);
}

// Clauses, documents and issues are shown with what is under them, all else alone.
static bool stands_alone(const json_t *record) {
    int type = gaz_record_type_parse(text_of(record, "type"));
    return type != GAZ_RECORD_CLAUSE && type != GAZ_RECORD_DOCUMENT && type != GAZ_RECORD_ISSUE;
}

static void assert_leads_back(const json_t *record) {
    struct shown shown = {.wanted = text_of(record, "id")};
    show(text_of(record, "address"), &shown);
    if (!shown.wanted_there || (stands_alone(record) && shown.count != 1))
        fail_msg("%s (%s): %zu records, it is%s among them", text_of(record, "address"), shown.wanted,
                 shown.count, shown.wanted_there ? "" : " not");
}

// Whether CLAUSE and NEXT are sisters: one path but for the last label, in one attachment of one document,
// and in one tree (其2 is said of a second 一).
static bool are_sisters(const json_t *clause, const json_t *next) {
    const json_t *path = json_object_get(clause, "path"), *other = json_object_get(next, "path");
    size_t depth = json_array_size(path);
    bool same = depth > 0 && json_array_size(other) == depth && !strstr(text_of(next, "address"), " 其") &&
                json_equal(json_object_get(clause, "document"), json_object_get(next, "document")) &&
                json_equal(json_object_get(clause, "attachment"), json_object_get(next, "attachment"));
    for (size_t i = 0; same && i + 1 < depth; i++)
        same = json_equal(json_array_get(path, i), json_array_get(other, i));
    return same;
}

static const char *last_label(const json_t *clause) {
    const json_t *path = json_object_get(clause, "path");
    return json_string_value(json_array_get(path, json_array_size(path) - 1));
}

// From CLAUSE to its sister NEXT, in both ways of writing a range: 三（二）5-6, 第三条至第四条.
static void assert_range(const json_t *clause, const json_t *next) {
    static const char *const signs[] = {"-", "至"};
    for (size_t i = 0; i < 2; i++) {
        struct shown shown = {.wanted = text_of(clause, "id"), .last = text_of(next, "id")};
        struct gaz_buf range = GAZ_BUF_INIT;
        gaz_buf_printf(&range, "%s%s%s", text_of(clause, "address"), signs[i], last_label(next));
        assert_int_equal(range.status, GAZ_OK);
        show(range.data, &shown);
        if (!shown.wanted_there || !shown.last_there)
            fail_msg("%s: %zu records, not from the first to the last", range.data, shown.count);
        gaz_buf_free(&range);
    }
}

static struct gaz_docids all_of(struct gaz_arena *arena, enum gaz_record_type type) {
    struct gaz_select *select = gaz_select_type(arena, type);
    struct gaz_docids docids;
    assert_non_null(select);
    assert_int_equal(gaz_archive_select(&sample.archive, &select->query, &docids, NULL), GAZ_OK);
    return docids;
}

static json_t *record_of(uint32_t docid) {
    json_t *record;
    assert_int_equal(gaz_archive_record(&sample.archive, docid, &record, NULL), GAZ_OK);
    return record;
}

static void addresses_lead_back(void **state) {
    static const enum gaz_record_type types[] = {GAZ_RECORD_ISSUE,     GAZ_RECORD_DOCUMENT, GAZ_RECORD_CLAUSE,
                                                 GAZ_RECORD_PARAGRAPH, GAZ_RECORD_ROW,      GAZ_RECORD_ENTRY,
                                                 GAZ_RECORD_CAPTION,   GAZ_RECORD_OTHER};
    struct gaz_arena *arena = gaz_arena_new();
    (void)state;
    for (size_t t = 0; t < sizeof types / sizeof *types; t++) {
        struct gaz_docids docids = all_of(arena, types[t]);
        assert_true(docids.count > 0);
        for (size_t i = 0; i < docids.count; i++) {
            json_t *record = record_of(docids.items[i]);
            assert_leads_back(record);
            json_decref(record);
        }
        gaz_free(docids.items);
    }
    gaz_arena_free(arena);
}

static void ranges_hold_both_ends(void **state) {
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_docids docids = all_of(arena, GAZ_RECORD_CLAUSE);
    json_t *before = NULL;
    size_t ranges = 0;
    (void)state;
    for (size_t i = 0; i < docids.count; i++) {
        json_t *record = record_of(docids.items[i]);
        if (before && are_sisters(before, record)) {
            assert_range(before, record);
            ranges++;
        }
        json_decref(before);
        before = record;
    }
    json_decref(before);
    assert_true(ranges > 100);
    gaz_free(docids.items);
    gaz_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_lead_back),
        cmocka_unit_test(ranges_hold_both_ends),
    };
    return cmocka_run_group_tests(tests, open_sample, close_sample);
}
