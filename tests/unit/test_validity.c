// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "searcher/citation.h"

// One citing unit: its relation, its sentence, the title of its document.
static struct gaz_citing citing(const char *relation, const char *text, const char *title) {
    return (struct gaz_citing){.relation = relation, .text = text, .title = title};
}

static void assert_validity(enum gaz_validity expected, size_t evidence, struct gaz_citing *items,
                            size_t count) {
    struct gaz_citings citings = {items, count, count};
    assert_int_equal(gaz_citings_validity(&citings), expected);
    assert_int_equal(citings.count, evidence);
}

static void who_repeals_outweighs_who_amends_and_who_confirms(void **state) {
    (void)state;
    struct gaz_citing all[] = {
        citing("cites", "云政发〔2019〕3号继续有效。", NULL),
        citing("amends", "对云政发〔2019〕3号作如下修改。", NULL),
        citing("repeals", "云政发〔2019〕3号同时废止。", NULL),
    };
    assert_validity(GAZ_VALIDITY_REPEALED, 1, all, 3);
    all[0] = citing("cites", "云政发〔2019〕3号继续有效。", NULL);
    all[1] = citing("amends", "对云政发〔2019〕3号作如下修改。", NULL);
    assert_validity(GAZ_VALIDITY_AMENDED, 1, all, 2);
}

static void a_list_of_what_stays_in_force_is_evidence(void **state) {
    (void)state;
    struct gaz_citing by_sentence[] = {
        citing("cites", "下列文件继续有效：云政发〔2019〕3号。", "关于公布清理结果的通知")};
    struct gaz_citing by_title[] = {
        citing("cites", "3.云政发〔2019〕3号", "关于公布继续有效的规范性文件目录的通知")};
    assert_validity(GAZ_VALIDITY_IN_FORCE, 1, by_sentence, 1);
    assert_validity(GAZ_VALIDITY_IN_FORCE, 1, by_title, 1);
}

static void what_may_mean_something_else_is_none(void **state) {
    (void)state;
    struct gaz_citing others[] = {
        citing("cites", "云政发〔2019〕3号不再继续有效。", NULL),
        citing("cites", "3.云政发〔2019〕3号", "关于公布继续有效、废止和失效文件目录的通知"),
        citing("implements", "根据云政发〔2019〕3号，制定本办法。", "关于印发暂行办法的通知"),
    };
    assert_validity(GAZ_VALIDITY_UNKNOWN, 0, others, 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_repeals_outweighs_who_amends_and_who_confirms),
        cmocka_unit_test(a_list_of_what_stays_in_force_is_evidence),
        cmocka_unit_test(what_may_mean_something_else_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
