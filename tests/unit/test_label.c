// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/label.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

// Text, whose label is WHOLE with the part NAME for paths.
struct label_case {
    const char *text, *whole, *name;
    enum gaz_label_rank rank;
    uint64_t number;
};

static void assert_label(const struct label_case *wanted) {
    struct gaz_label label;
    bool found = gaz_label_read(gaz_str_of(wanted->text), &label);
    bool same = found && label.rank == wanted->rank && label.number == wanted->number &&
                label.len == strlen(wanted->whole) && memcmp(wanted->text, wanted->whole, label.len) == 0 &&
                label.name_len == strlen(wanted->name) &&
                memcmp(wanted->text + label.name_at, wanted->name, label.name_len) == 0;
    if (!same)
        fail_msg("%s: %s, rank %d, number %lu, label %.*s, name %.*s", wanted->text, found ? "label" : "none",
                 (int)label.rank, (unsigned long)label.number, (int)label.len, wanted->text,
                 (int)label.name_len, wanted->text + label.name_at);
}

static void assert_all(const struct label_case *cases, size_t count) {
    for (size_t i = 0; i < count; i++)
        assert_label(&cases[i]);
}

static void headings_of_documents_are_read(void **state) {
    (void)state;
    static const struct label_case cases[] = {
        {"一、总体要求", "一、", "一", GAZ_LABEL_HAN, 1},
        {"十二、保障措施", "十二、", "十二", GAZ_LABEL_HAN, 12},
        {"二十．附则", "二十．", "二十", GAZ_LABEL_HAN, 20},
        {"三. 保障", "三.", "三", GAZ_LABEL_HAN, 3},
        {"（一）基本原则", "（一）", "（一）", GAZ_LABEL_HAN_PAREN, 1},
        {"(三)主要目标", "(三)", "(三)", GAZ_LABEL_HAN_PAREN, 3},
        {"（十一)混用", "（十一)", "（十一)", GAZ_LABEL_HAN_PAREN, 11},
        {"1.建立台账", "1.", "1", GAZ_LABEL_ARABIC, 1},
        {"2．完善机制", "2．", "2", GAZ_LABEL_ARABIC, 2},
        {"3、加强领导", "3、", "3", GAZ_LABEL_ARABIC, 3},
        {"12.统筹推进", "12.", "12", GAZ_LABEL_ARABIC, 12},
        {"１．全角", "１．", "１", GAZ_LABEL_ARABIC, 1},
        {"（1）走访企业", "（1）", "（1）", GAZ_LABEL_ARABIC_PAREN, 1},
        {"(2)核对名单", "(2)", "(2)", GAZ_LABEL_ARABIC_PAREN, 2},
        {"1）报名", "1）", "1）", GAZ_LABEL_ARABIC_PAREN, 1},
        {"（１２）全角", "（１２）", "（１２）", GAZ_LABEL_ARABIC_PAREN, 12},
        {"①登记", "①", "①", GAZ_LABEL_CIRCLED, 1},
        {"⑫备案", "⑫", "⑫", GAZ_LABEL_CIRCLED, 12},
        {"一是加强宣传", "一是", "一是", GAZ_LABEL_SPOKEN, 1},
        {"三是强化督查", "三是", "三是", GAZ_LABEL_SPOKEN, 3},
    };
    assert_all(cases, COUNT(cases));
}

static void ordinals_of_regulations_are_read(void **state) {
    (void)state;
    static const struct label_case cases[] = {
        {"第一编　总则", "第一编", "第一编", GAZ_LABEL_PART, 1},
        {"第二章　规划与保护", "第二章", "第二章", GAZ_LABEL_CHAPTER, 2},
        {"第三节 登记", "第三节", "第三节", GAZ_LABEL_SECTION, 3},
        {"第一百零三条　本办法自公布之日起施行。", "第一百零三条", "第一百零三条", GAZ_LABEL_ARTICLE, 103},
        {"第12条 本办法", "第12条", "第12条", GAZ_LABEL_ARTICLE, 12},
        {"第二編　總則", "第二編", "第二編", GAZ_LABEL_PART, 2},
        {"第一節　通則", "第一節", "第一節", GAZ_LABEL_SECTION, 1},
        {"第三條　本辦法之主管機關", "第三條", "第三條", GAZ_LABEL_ARTICLE, 3},
        {"第 1 條 為辦理", "第 1 條", "第 1 條", GAZ_LABEL_ARTICLE, 1},
        {"第 十 二 條　本辦法", "第 十", "", GAZ_LABEL_NONE, 0},
    };
    assert_all(cases, COUNT(cases) - 1); // a numeral whose own characters are spaced is none
    struct gaz_label label;
    assert_false(gaz_label_read(gaz_str_of(cases[COUNT(cases) - 1].text), &label));
}

static void white_space_belongs_to_the_label(void **state) {
    (void)state;
    static const struct label_case cases[] = {
        {"　　一、总体要求", "　　一、", "一", GAZ_LABEL_HAN, 1},
        {"5 . 实 施 中 小", "5 .", "5", GAZ_LABEL_ARABIC, 5},
        {"（ 二 ） 目 标", "（ 二 ）", "（ 二 ）", GAZ_LABEL_HAN_PAREN, 2},
        {"  ③备案", "  ③", "③", GAZ_LABEL_CIRCLED, 3},
        {"四 、保障", "四 、", "四", GAZ_LABEL_HAN, 4},
    };
    assert_all(cases, COUNT(cases));
}

static void near_misses_are_none(void **state) {
    (void)state;
    static const char *const texts[] = {
        "",
        "　",
        "1.1万亿元",
        "3.0平台",
        "１．５亿元",
        "2023年10月",
        "2023.10.12",
        "第三产业增加值",
        "第一时间响应",
        "第十四届委员会",
        "（2023—2025年）",
        "（2023年）",
        "（试行）",
        "（一）", // is one: see below
        "10月7日",
        "95%以上",
        "一方面加强",
        "一批项目",
        "三家企业",
        "百姓关心",
        "10000.超过",
        "1000.超过",
        "二十一是最后",
        "市、区",
        "、一",
        "①", // is one: see below
        "是一",
        "第条",
        "第一",
        "一",
        "1",
        "（1",
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct gaz_label label;
        bool bare = strcmp(texts[i], "（一）") == 0 || strcmp(texts[i], "①") == 0;
        if (gaz_label_read(gaz_str_of(texts[i]), &label) != bare)
            fail_msg("%s: rank %d", texts[i], (int)label.rank);
    }
}

static void nothing_is_left_of_a_failed_reading(void **state) {
    (void)state;
    struct gaz_label label = {GAZ_LABEL_PART, 9, 9, 9, 9};
    assert_false(gaz_label_read(gaz_str_of("第三产业"), &label));
    assert_int_equal(label.rank, GAZ_LABEL_NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headings_of_documents_are_read),
        cmocka_unit_test(ordinals_of_regulations_are_read),
        cmocka_unit_test(white_space_belongs_to_the_label),
        cmocka_unit_test(near_misses_are_none),
        cmocka_unit_test(nothing_is_left_of_a_failed_reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
