// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "indexer/progress.h"

static void assert_line(struct gaz_run_progress progress, double seconds, size_t width,
                        const char *expected) {
    struct gaz_buf line = GAZ_BUF_INIT;
    gaz_progress_line(&progress, seconds, width, &line);
    assert_string_equal(line.data, expected);
    assert_true(line.len <= width);
    gaz_buf_free(&line);
}

static void part_files_rate_and_time(void **state) {
    (void)state;
    assert_line((struct gaz_run_progress){0, 4, 0, 1000}, 0, 40, "[                   ]   0%  0 of 4 files");
    // A quarter after 10 seconds: three quarters take 30.
    assert_line((struct gaz_run_progress){1, 4, 25000000, 100000000}, 10, 60,
                "[====              ]  25%  1 of 4 files  2.5 MB/s  0:30 left");
    assert_line((struct gaz_run_progress){1, 4, 1000, 4000000}, 2, 70,
                "[                         ]   0%  1 of 4 files  0.0 MB/s  2:13:18 left");
    assert_line((struct gaz_run_progress){4, 4, 1000, 1000}, 20, 60,
                "[==================] 100%  4 of 4 files  0.0 MB/s  0:00 left");
}

static void nothing_is_guessed(void **state) {
    (void)state;
    assert_line((struct gaz_run_progress){1, 4, 250, 1000}, 0.5, 40,
                "[====               ]  25%  1 of 4 files");
    assert_line((struct gaz_run_progress){1, 2, 0, 0}, 5, 40, "[=========          ]  50%  1 of 2 files");
    assert_line((struct gaz_run_progress){0, 0, 0, 0}, 5, 40, "[===================] 100%  0 of 0 files");
}

static void a_narrow_terminal_has_no_bar(void **state) {
    (void)state;
    assert_line((struct gaz_run_progress){1, 2, 0, 0}, 5, 22, "  50%  1 of 2 files");
    assert_line((struct gaz_run_progress){1, 2, 0, 0}, 5, 10, "");
    assert_line((struct gaz_run_progress){1, 2, 0, 0}, 5, 0, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(part_files_rate_and_time),
        cmocka_unit_test(nothing_is_guessed),
        cmocka_unit_test(a_narrow_terminal_has_no_bar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
