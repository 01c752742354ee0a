// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a reporter types is read as it is meant: tests/golden/readings.tsv.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "searcher/read.h"
#include "tests/unit/sample_archive.h"

static struct sample_archive sample;

static int open_sample(void **state) {
    (void)state;
    return setenv("GAZETTE_TODAY", "2024-10-07", 1) == 0 ? sample_open(&sample) : -1;
}

static int close_sample(void **state) {
    (void)state;
    return sample_close(&sample);
}

static void describe(const struct gaz_readings *readings, struct gaz_buf *out) {
    for (size_t i = 0; i < readings->count; i++) {
        const struct gaz_reading *reading = &readings->items[i];
        gaz_buf_printf(out, "%s%s〈%s〉%s%s%s", i > 0 ? "+" : "", gaz_reading_kind_name(reading->kind),
                       reading->text, reading->key ? reading->key : "", reading->role ? " " : "",
                       reading->role ? gaz_role_name(reading->role) : "");
    }
}

// Whether the line QUERY TAB READING holds; says so when it does not.
static int reading_holds(char *line) {
    char *expected = strchr(line, '\t');
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_readings readings;
    struct gaz_err err = {0};
    struct gaz_buf got = GAZ_BUF_INIT;
    *expected++ = '\0';
    if (gaz_read_query(&sample.archive, line, arena, &readings, &err) == GAZ_OK) {
        describe(&readings, &got);
    } else {
        gaz_buf_addstr(&got, err.message);
    }
    int holds = strcmp(expected, got.data) == 0;
    if (!holds) {
        print_error("%s\n  expected %s\n  got      %s\n", line, expected, got.data);
    }
    gaz_buf_free(&got);
    gaz_arena_free(arena);
    return holds;
}

static void typed_queries_are_read_as_they_are_meant(void **state) {
    (void)state;
    char line[1024];
    int lines = 0, wrong = 0;
    FILE *file = fopen("tests/golden/readings.tsv", "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] != '#') {
            lines++;
            wrong += !reading_holds(line);
        }
    }
    fclose(file);
    assert_true(lines >= 150);
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(typed_queries_are_read_as_they_are_meant)};
    return cmocka_run_group_tests(tests, open_sample, close_sample);
}
