// SPDX-License-Identifier: GPL-2.0-or-later
//
// The files are in tests/unit/pdf: three pages with labels, text, a ruled table and a page that is shown
// turned; one page with a black square and an empty one; a file with a password; the beginning of a file.
#include "shim/pdf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "shim/mem.h"

enum { PAGES_MAX = 4 };

// What was handed over.
struct seen {
    size_t count;
    struct gaz_pdf_page pages[PAGES_MAX];
    char labels[PAGES_MAX][16];
    struct gaz_pdf_char first[PAGES_MAX], last[PAGES_MAX];
    size_t level[PAGES_MAX]; // rules
    bool stop;
};

static enum gaz_status take(void *context, const struct gaz_pdf_page *page, struct gaz_err *err) {
    struct seen *seen = context;
    assert_true(seen->count < PAGES_MAX);
    size_t i = seen->count++;
    seen->pages[i] = *page;
    snprintf(seen->labels[i], sizeof seen->labels[i], "%s", page->label ? page->label : "");
    for (size_t k = 0; k < page->rule_count; k++)
        seen->level[i] += page->rules[k].y1 == page->rules[k].y2;
    if (page->char_count > 0) {
        seen->first[i] = page->chars[0];
        seen->last[i] = page->chars[page->char_count - 1];
    }
    return seen->stop ? gaz_err_set(err, GAZ_ERR_LIMIT, "enough") : GAZ_OK;
}

static enum gaz_status read_file(const char *name, struct seen *seen, struct gaz_err *err) {
    static char data[1 << 16];
    FILE *file = fopen(name, "rb");
    assert_non_null(file);
    size_t len = fread(data, 1, sizeof data, file);
    fclose(file);
    assert_true(gaz_pdf_is_pdf(data, len));
    return gaz_pdf_read(data, len, take, seen, err);
}

static void test_pages_have_labels_characters_and_rules(void **state) {
    (void)state;
    struct seen seen = {0};
    struct gaz_err err = {0};
    assert_int_equal(read_file("tests/unit/pdf/small.pdf", &seen, &err), GAZ_OK);
    assert_int_equal(seen.count, 3);
    assert_string_equal(seen.labels[0], "i");
    assert_string_equal(seen.labels[1], "ii");
    assert_string_equal(seen.labels[2], "A-1");
    assert_int_equal(seen.pages[0].count, 3);
    assert_true(seen.pages[0].printed && !seen.pages[0].cut && !seen.pages[0].lost);
    // 云 is set 40 points from the left and 270 from the bottom of 300, in a size of 8.
    assert_int_equal(seen.first[0].code, U'云');
    assert_in_range((uintmax_t)seen.first[0].x1, 39, 40);
    assert_in_range((uintmax_t)(seen.first[0].x2 + 0.5F), 47, 49);
    assert_true(seen.first[0].y1 < 30 && seen.first[0].y2 > 25 && seen.first[0].y2 < 34);
    assert_int_equal(seen.last[0].code, U'日');
    // Of a table of three rows and columns; a font that stands in for a missing one may have long strokes,
    // too.
    assert_true(seen.level[1] >= 4 && seen.pages[1].rule_count >= seen.level[1] + 4);
}

static void test_a_turned_page_is_as_it_is_shown(void **state) {
    (void)state;
    struct seen seen = {0};
    assert_int_equal(read_file("tests/unit/pdf/small.pdf", &seen, NULL), GAZ_OK);
    assert_in_range((uintmax_t)seen.pages[2].width, 300, 300);
    assert_in_range((uintmax_t)seen.pages[2].height, 400, 400);
    assert_int_equal(seen.first[2].code, U'本');
    assert_true(seen.first[2].x1 < seen.last[2].x1); // it runs to the right
}

static void test_pictures_have_no_text(void **state) {
    (void)state;
    struct seen seen = {0};
    assert_int_equal(read_file("tests/unit/pdf/scan.pdf", &seen, NULL), GAZ_OK);
    assert_int_equal(seen.count, 2);
    assert_true(seen.pages[0].printed && seen.pages[0].char_count == 0);
    assert_false(seen.pages[1].printed);
}

static void test_what_cannot_be_read_is_told(void **state) {
    (void)state;
    struct seen seen = {0};
    struct gaz_err err = {0};
    assert_int_equal(read_file("tests/unit/pdf/encrypted.pdf", &seen, &err), GAZ_ERR_UNSUPPORTED);
    assert_non_null(strstr(err.message, "password"));
    gaz_err_clear(&err);
    assert_int_equal(read_file("tests/unit/pdf/broken.pdf", &seen, &err), GAZ_ERR_ENCODING);
    assert_int_equal(seen.count, 0);
    assert_int_equal(gaz_pdf_read("%PDF-1.4\n", 9, take, &seen, NULL), GAZ_ERR_ENCODING);
    assert_int_equal(gaz_pdf_read("", 0, take, &seen, NULL), GAZ_ERR_ENCODING);
}

static void test_the_one_who_takes_pages_may_stop(void **state) {
    (void)state;
    struct seen seen = {.stop = true};
    struct gaz_err err = {0};
    assert_int_equal(read_file("tests/unit/pdf/small.pdf", &seen, &err), GAZ_ERR_LIMIT);
    assert_string_equal(err.message, "enough");
    assert_int_equal(seen.count, 1);
    assert_int_equal(gaz_mem_live(), 0);
}

static void test_only_a_pdf_begins_like_one(void **state) {
    (void)state;
    assert_true(gaz_pdf_is_pdf("%PDF-1.7", 8));
    assert_false(gaz_pdf_is_pdf("%PDF", 4));
    assert_false(gaz_pdf_is_pdf("公报 %PDF-1.7", 15));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pages_have_labels_characters_and_rules),
        cmocka_unit_test(test_a_turned_page_is_as_it_is_shown),
        cmocka_unit_test(test_pictures_have_no_text),
        cmocka_unit_test(test_what_cannot_be_read_is_told),
        cmocka_unit_test(test_the_one_who_takes_pages_may_stop),
        cmocka_unit_test(test_only_a_pdf_begins_like_one),
    };
    if (!gaz_pdf_is_built_in()) {
        puts("skipped: built without PDF");
        return 77;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
