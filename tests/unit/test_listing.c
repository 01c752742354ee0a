// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/unit/search_fixture.h"
#include "tests/unit/search_records.h"

#include "searcher/listing.h"
#include "searcher/numbers.h"

static struct fixture fixture;

static int open_fixture(void **state) {
    (void)state;
    return fixture_open(&fixture, fixture_records, COUNT(fixture_records));
}

static int close_fixture(void **state) {
    (void)state;
    fixture_close(&fixture);
    return 0;
}

// Checks a listing, written as text:holding(citations), joined by blanks.
static void assert_listing(const struct gaz_listing *listing, const char *expected) {
    struct gaz_buf buf = GAZ_BUF_INIT;
    for (size_t i = 0; i < listing->count; i++) {
        const struct gaz_listed *item = &listing->items[i];
        gaz_buf_printf(&buf, "%s%s:%s(%u)", i > 0 ? " " : "", item->text, gaz_holding_name(item->holding),
                       item->citations);
    }
    assert_string_equal(buf.data, expected);
    gaz_buf_free(&buf);
}

static void assert_series(const char *code, bool gaps, const char *expected) {
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_listing listing = {0};
    assert_int_equal(gaz_listing_series(&fixture.archive, code, gaps, arena, &listing, NULL), GAZ_OK);
    assert_listing(&listing, expected);
    gaz_arena_free(arena);
}

static void a_series_lists_the_numbers_held_in_order(void **state) {
    (void)state;
    assert_series("云政发", false, "云政发〔2023〕24号:held(0) 云政发〔2023〕240号:held(0)");
    assert_series("云政办发", false, "云政办发〔2023〕24号:held(1)");
    assert_series("云政发〔2023〕", false, "云政发〔2023〕24号:held(0) 云政发〔2023〕240号:held(0)");
    assert_series("云政发〔2022〕", false, "");
    assert_series("雲政發", false, "云政发〔2023〕24号:held(0) 云政发〔2023〕240号:held(0)");
    assert_series("云政", false, "");
}

static void gaps_are_what_is_missing_up_to_the_largest(void **state) {
    (void)state;
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_listing listing = {0};
    assert_int_equal(gaz_listing_series(&fixture.archive, "云政发", true, arena, &listing, NULL), GAZ_OK);
    assert_int_equal(listing.count, 238); // 1 to 240 without 24 and 240
    assert_string_equal(listing.items[0].text, "云政发〔2023〕1号");
    assert_string_equal(listing.items[22].text, "云政发〔2023〕23号");
    assert_string_equal(listing.items[23].text, "云政发〔2023〕25号");
    assert_string_equal(listing.items[237].text, "云政发〔2023〕239号");
    assert_int_equal(listing.items[0].holding, GAZ_HOLDING_MISSING);
    gaz_arena_free(arena);
}

static void what_is_no_code_is_refused(void **state) {
    (void)state;
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_listing listing = {0};
    struct gaz_err err = {0};
    assert_int_equal(gaz_listing_series(&fixture.archive, "2023", false, arena, &listing, &err),
                     GAZ_ERR_QUERY);
    assert_string_equal(err.message,
                        "\"2023\" is no code of document numbers: write it like 国办发 or 国办发〔2023〕");
    gaz_arena_free(arena);
}

static void cited_numbers_that_are_not_held_are_listed(void **state) {
    (void)state;
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_listing listing = {0};
    assert_int_equal(gaz_listing_cited_not_held(&fixture.archive, arena, &listing, NULL), GAZ_OK);
    assert_listing(&listing, "云政发〔2022〕6号:cited_only(1)");
    gaz_arena_free(arena);
}

// --- numbers.h ---

static void assert_numbers(const char *text, const char *expected) {
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_docnums numbers;
    struct gaz_buf keys = GAZ_BUF_INIT;
    assert_int_equal(gaz_numbers_read(text, arena, &numbers, NULL), GAZ_OK);
    for (size_t i = 0; i < numbers.count; i++) {
        gaz_buf_printf(&keys, "%s%s", i > 0 ? " " : "", numbers.items[i].key);
    }
    assert_string_equal(keys.data, expected);
    gaz_buf_free(&keys);
    gaz_arena_free(arena);
}

static void numbers_are_read_one_by_one_in_lists_and_in_ranges(void **state) {
    (void)state;
    assert_numbers("云政发〔2023〕24号", "云政发-2023-24");
    assert_numbers("云政发〔2023〕24号、云政办发〔2023〕3号", "云政发-2023-24 云政办发-2023-3");
    assert_numbers("云政发〔2023〕24号; 云政办发[2023]3号", "云政发-2023-24 云政办发-2023-3");
    assert_numbers("云政发〔2023〕9-11号", "云政发-2023-9 云政发-2023-10 云政发-2023-11");
    assert_numbers("云政发〔2023〕9号至11号", "云政发-2023-9 云政发-2023-10 云政发-2023-11");
    assert_numbers("云政发〔2023〕6、8号", "云政发-2023-6 云政发-2023-8");
}

static void assert_refused(const char *text, const char *message) {
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_docnums numbers;
    struct gaz_err err = {0};
    assert_int_equal(gaz_numbers_read(text, arena, &numbers, &err), GAZ_ERR_QUERY);
    assert_string_equal(err.message, message);
    gaz_arena_free(arena);
}

static void other_texts_and_endless_ranges_are_refused(void **state) {
    (void)state;
    assert_refused("就业", "\"就业\" is no document number: write it like 国办发〔2023〕5号");
    assert_refused("云政发〔2023〕11-9号",
                   "\"云政发〔2023〕11-9号\" is no document number: write it like 国办发〔2023〕5号");
    assert_refused("云政发〔2023〕1-99999号", "more than 10000 numbers: ask for fewer, or use --batch");
}

static void numbers_asked_for_that_are_not_held_are_listed_once(void **state) {
    (void)state;
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_docnums numbers;
    struct gaz_listing listing = {0};
    assert_int_equal(
        gaz_numbers_read("龙政发〔1999〕1-3、龙政发〔1999〕2号、龙政发〔1999〕7号", arena, &numbers, NULL),
        GAZ_OK);
    assert_int_equal(gaz_listing_not_held(&fixture.archive, &numbers, arena, &listing, NULL), GAZ_OK);
    assert_listing(&listing,
                   "龙政发〔1999〕1号:missing(0) 龙政发〔1999〕2号:missing(0) 龙政发〔1999〕3号:missing(0) "
                   "龙政发〔1999〕7号:missing(0)");
    assert_int_equal(gaz_listing_run(&listing, 0), 3);
    assert_int_equal(gaz_listing_run(&listing, 3), 1);
    gaz_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_series_lists_the_numbers_held_in_order),
        cmocka_unit_test(gaps_are_what_is_missing_up_to_the_largest),
        cmocka_unit_test(what_is_no_code_is_refused),
        cmocka_unit_test(cited_numbers_that_are_not_held_are_listed),
        cmocka_unit_test(numbers_asked_for_that_are_not_held_are_listed_once),
        cmocka_unit_test(numbers_are_read_one_by_one_in_lists_and_in_ranges),
        cmocka_unit_test(other_texts_and_endless_ranges_are_refused),
    };
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
