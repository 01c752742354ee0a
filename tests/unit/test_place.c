// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/place.h"

static void assert_place(const char *name, const char *expected) {
    size_t at;
    size_t len = gaz_place_find(name, strlen(name), &at);
    assert_int_equal(len, strlen(expected));
    assert_memory_equal(name + at, expected, len);
}

static void a_government_and_its_offices_name_their_place(void **state) {
    (void)state;
    assert_place("云河市人民政府", "云河市");
    assert_place("云河市人民政府办公室", "云河市");
    assert_place("云河市人民政府公报", "云河市");
    assert_place("青川县西岭镇人民政府", "青川县西岭镇");
    assert_place("苍州市人民政府", "苍州市");
}

static void other_bodies_name_it_up_to_its_kind(void **state) {
    (void)state;
    assert_place("云河市卫生健康委员会", "云河市");
    assert_place("中共云河市委办公室", "云河市");
    assert_place("南岭省教育厅", "南岭省");
    assert_place("西原自治区财政厅", "西原自治区");
    assert_place("臨江縣環境保護局", "臨江縣");
}

static void bodies_without_place_give_none(void **state) {
    (void)state;
    assert_place("国务院办公厅", "");
    assert_place("国家市场监督管理总局", "");
    assert_place("市人民政府", "");
    assert_place("市卫健委", "");
    assert_place("省教育厅", "");
    assert_place("", "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_government_and_its_offices_name_their_place),
        cmocka_unit_test(other_bodies_name_it_up_to_its_kind),
        cmocka_unit_test(bodies_without_place_give_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
