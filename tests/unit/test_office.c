// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "corpus/office.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static void signatures_are_known(void **state) {
    (void)state;
    static const char *const texts[] = {"市长　唐砚秋",  "　　　　市长  唐砚秋　", "代理市长　沈舟",
                                        "省长 顾长风",   "縣長　葉清和",           "局長 林以安",
                                        "主任 欧阳若水", "市长 阿依夏·买买提"};
    for (size_t i = 0; i < COUNT(texts); i++) {
        bool long_name = i == COUNT(texts) - 1; // seven characters: no longer a name
        if (gaz_office_signs(gaz_str_of(texts[i])) == long_name)
            fail_msg("%s", texts[i]);
    }
}

static void other_lines_do_not_sign(void **state) {
    (void)state;
    static const char *const texts[] = {"",
                                        "市长",
                                        "市长　",
                                        "市长唐砚秋",
                                        "市长 唐",
                                        "市长 唐砚秋主持召开会议",
                                        "市长 唐砚秋。",
                                        "副市长　唐砚秋",
                                        "市长：　唐砚秋致辞：",
                                        "唐砚秋　市长",
                                        "局长办公会议　议题"};
    for (size_t i = 0; i < COUNT(texts); i++)
        if (gaz_office_signs(gaz_str_of(texts[i])))
            fail_msg("%s", texts[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signatures_are_known),
        cmocka_unit_test(other_lines_do_not_sign),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
