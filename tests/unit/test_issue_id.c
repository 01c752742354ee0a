// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/issue_id.h"

static void stems_have_no_folder_and_ending(void **state) {
    (void)state;
    static const char *const cases[][2] = {{"a.txt", "a"},
                                           {"x/y/lanxi-2024-03.txt", "lanxi-2024-03"},
                                           {"a.b.txt", "a.b"},
                                           {"a.d/b", "b"},
                                           {".hidden", ".hidden"},
                                           {"x/.txt", ".txt"},
                                           {"a", "a"},
                                           {"x/", ""},
                                           {"岚溪公报.txt", "岚溪公报"}};
    struct gaz_arena *arena = gaz_arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(gaz_issue_stem(arena, cases[i][0]), cases[i][1]);
    gaz_arena_free(arena);
}

static void ids_are_ascii(void **state) {
    (void)state;
    struct gaz_arena *arena = gaz_arena_new();
    assert_string_equal(gaz_issue_id(arena, "lanxi-2024_03.b"), "lanxi-2024_03.b");
    assert_string_equal(gaz_issue_id(arena, "岚 1%/"), "%E5%B2%9A%201%25%2F");
    assert_string_equal(gaz_issue_id(arena, ""), "");
    assert_string_equal(gaz_issue_id_of(arena, "x/岚 1.txt"), "%E5%B2%9A%201");
    gaz_arena_free(arena);
}

static void long_ids_are_shortened(void **state) {
    (void)state;
    struct gaz_arena *arena = gaz_arena_new();
    char stem[400], other[400];
    for (size_t len = 0; len + 1 < sizeof stem; len++) {
        for (size_t i = 0; i < len; i++)
            stem[i] = i % 5 < len % 5 ? ' ' : 'a';
        memcpy(other, stem, len);
        stem[len] = other[len] = '\0';
        if (len > 0)
            other[len - 1] = 'b';
        const char *id = gaz_issue_id(arena, stem), *id2 = gaz_issue_id(arena, other);
        assert_true(strlen(id) <= GAZ_ISSUE_ID_MAX);
        assert_true(len == 0 || strcmp(id, id2) != 0);
        for (const char *at = id; *at; at++) // no %XX is cut
            assert_true(*at != '%' || (at[1] == '2' && at[2] == '0'));
    }
    gaz_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stems_have_no_folder_and_ending),
        cmocka_unit_test(ids_are_ascii),
        cmocka_unit_test(long_ids_are_shortened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
