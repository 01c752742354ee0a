// SPDX-License-Identifier: GPL-2.0-or-later
//
// Whole small issues, invented, in tests/unit/read: NAME.txt as an extractor leaves it, NAME.ndjson the
// records to be read from it, in order. A line of the latter names the fields that matter; every field it
// names must be as it says, and there may be no record more or less.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "indexer/read.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static struct gaz_authority *authority;

static int load_authority(void **state) {
    (void)state;
    return gaz_authority_load("corpus/authority.tsv", &authority, NULL) == GAZ_OK ? 0 : -1;
}

static int free_authority(void **state) {
    (void)state;
    gaz_authority_free(authority);
    return 0;
}

// --- comparing

static bool contains(json_t *whole, json_t *part);

static bool contains_keys(json_t *whole, json_t *part) {
    const char *key;
    json_t *value;
    json_object_foreach(part, key, value) {
        if (!contains(json_object_get(whole, key), value))
            return false;
    }
    return true;
}

// Objects may have keys that PART does not name; all else is equal.
static bool contains(json_t *whole, json_t *part) {
    if (json_is_object(part))
        return json_is_object(whole) && contains_keys(whole, part);
    if (!json_is_array(part))
        return json_equal(whole, part);
    bool same = json_array_size(whole) == json_array_size(part);
    for (size_t i = 0; i < json_array_size(part) && same; i++)
        same = contains(json_array_get(whole, i), json_array_get(part, i));
    return same;
}

static void fail_at(const char *name, size_t line, const json_t *found, const char *wanted) {
    char *text = found ? json_dumps(found, JSON_COMPACT) : NULL;
    print_error("%s.ndjson:%zu: wanted %s\nfound %s\n", name, line, wanted, text ? text : "no record");
    free(text);
    fail();
}

// --- reading

static void assert_records(const char *name, const struct gaz_records *records) {
    char path[256], line[4096];
    size_t count = 0;
    snprintf(path, sizeof path, "tests/unit/read/%s.ndjson", name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    for (; fgets(line, sizeof line, file); count++) {
        json_error_t error;
        json_t *wanted = json_loads(line, 0, &error);
        if (!wanted)
            fail_msg("%s:%zu: %s", path, count + 1, error.text);
        json_t *found = count < records->count ? gaz_record_to_json(records->items[count]) : NULL;
        if (!found || !contains(found, wanted))
            fail_at(name, count + 1, found, line);
        json_decref(found);
        json_decref(wanted);
    }
    fclose(file);
    for (; count < records->count; count++)
        fail_at(name, count + 1, gaz_record_to_json(records->items[count]), "no record");
}

static void assert_read(void **state) {
    const char *name = *state;
    struct gaz_read_options options = {.authority = authority};
    struct gaz_records records = {0};
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_err err = {0};
    char path[256];
    snprintf(path, sizeof path, "tests/unit/read/%s.txt", name);
    if (gaz_read_file(path, &options, arena, &records, &err) != GAZ_OK)
        fail_msg("%s", err.message);
    assert_records(name, &records);
    gaz_arena_free(arena);
}

static char names[][32] = {
    "late-header",            // a header block that stands in a sentence goes before its document
    "notice-body-first",      // a notice whose cover stands behind the first page of its plan
    "notice-cover-first",     // one whose addressee and cover stand before its number and title
    "attachment-labels-late", // labels and titles at the end of the page, the list 附件：1.… of the notice
    "section-head-in-paragraph", // 政务简讯 inside a sentence; titles of briefs over several lines
    "calendar",                  // title behind the entries of its page
    "feature",                   // title behind the text, a caption behind the title
    "front-matter-and-contents", // captions and a page of contents
    "regulation",                // an order and what it issues: chapters, articles, items
    "taiwan",                    // 令 and 公告 with 發文日期 and 發文字號
    "relations",                 // a citation in each relation
    "near-misses",               // lines that begin like labels, attachments, days, sections, headers
    "responsible-units",         // units in brackets, with brackets inside; who leads
};

int main(void) {
    struct CMUnitTest tests[COUNT(names)];
    for (size_t i = 0; i < COUNT(names); i++)
        tests[i] = (struct CMUnitTest){.name = names[i], .test_func = assert_read, .initial_state = names[i]};
    return cmocka_run_group_tests(tests, load_authority, free_authority);
}
