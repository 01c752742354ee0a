// SPDX-License-Identifier: GPL-2.0-or-later
//
// Many small tables cost no more than so many times one: counted in allocations, of which each look at a head
// makes some, not in time.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "indexer/read.h"
#include "tests/support/faults.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

enum { FEW = 240, TIMES = 4 };

// Allocations for reading TABLES copies of TABLE.
static size_t allocations(const char *table, size_t tables) {
    struct gaz_read_options options = {0};
    struct gaz_records records = {0};
    struct gaz_buf text = GAZ_BUF_INIT;
    struct gaz_arena *arena = gaz_arena_new();
    for (size_t i = 0; i < tables; i++)
        gaz_buf_addstr(&text, table);
    assert_int_equal(text.status, GAZ_OK);
    faults_begin(SIZE_MAX);
    enum gaz_status status =
        gaz_read_bytes("tables.txt", text.data, text.len, &options, arena, &records, NULL);
    size_t count = faults_end();
    assert_int_equal(status, GAZ_OK);
    gaz_arena_free(arena);
    gaz_buf_free(&text);
    return count;
}

static void work_grows_with_the_tables(void **state) {
    (void)state;
    static const char *const tables[] = {
        "序号\n任务名称\n责任单位\n附注文字\n",                                     // no row ever follows
        "序号\n名称\n责任单位\n市教育局承担本市各项学校建设任务。\n",               // nor here
        "序号\t任务名称\t责任单位\n1\t改造\t市教育局\n2\t建设\t市水利局\n正文。\n", // cells kept apart
        "序号\n项目\n要求\n1\n修路\n十公里\n各区人民政府要认真执行本通知，抓好落实。\n",
        "序\n号\n任\n务\n名\n称\n责\n任\n单\n位\n1\n改\n造\n市\n教\n育\n局\n各区人民政府要认真执行本通知。\n",
    };
    for (size_t i = 0; i < COUNT(tables); i++) {
        size_t few = allocations(tables[i], FEW), many = allocations(tables[i], FEW * TIMES);
        if (many > few * TIMES * 3 / 2)
            fail_msg("%s: %zu allocations for %d tables, %zu for %d", tables[i], few, (int)FEW, many,
                     (int)(FEW * TIMES));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(work_grows_with_the_tables)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
