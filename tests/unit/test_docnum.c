// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/docnum.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct gaz_arena *arena;

static int open_arena(void **state) {
    (void)state;
    arena = gaz_arena_new();
    return arena == NULL;
}

static int close_arena(void **state) {
    (void)state;
    gaz_arena_free(arena);
    return 0;
}

static const char *key_of(const char *text) {
    struct gaz_docnum number;
    return gaz_docnum_parse(text, strlen(text), arena, &number, NULL) == GAZ_OK ? number.key : "none";
}

static void assert_key(const char *text, const char *key) {
    if (strcmp(key_of(text), key) != 0)
        fail_msg("%s: %s, not %s", text, key_of(text), key);
}

// --- spellings ---------------------------------------------------------------------------------------------

struct number {
    const char *simplified, *traditional; // code
    int year, serial;
};

static const struct number numbers[] = {
    {"云政发", "雲政發", 2023, 24},
    {"云政办发", "雲政辦發", 2023, 24},
    {"云政办", "雲政辦", 2021, 7},
    {"国办发", "國辦發", 1985, 49},
    {"国发", "國發", 2020, 10},
    {"国卫医政发", "國衛醫政發", 2023, 22},
    {"澜国土资发", "瀾國土資發", 2018, 366},
    {"浙政办发", "浙政辦發", 2022, 61},
    {"澜委发", "瀾委發", 2021, 22},
    {"冀人社", "冀人社", 2017, 212},
    {"国办发明电", "國辦發明電", 2020, 15},
    {"财办社", "財辦社", 2023, 14},
    {"澜江政办函", "瀾江政辦函", 2024, 101},
    {"琼府", "瓊府", 1999, 3},
    {"国中医药综函", "國中醫藥綜函", 2022, 227},
    {"澜教规", "瀾教規", 2010, 11},
    {"沪府令", "滬府令", 2022, 70},
    {"粤府函", "粵府函", 2000, 200},
    {"鲁政字", "魯政字", 2019, 1},
    {"澜农机发", "瀾農機發", 1998, 50},
};

static const char *const brackets[][2] = {
    {"〔", "〕"}, {"[", "]"},   {"【", "】"}, {"﹝", "﹞"},
    {"［", "］"}, {"（", "）"}, {"(", ")"},   {" 〔 ", " 〕 "},
};

static void print_digits(int value, int kind, char out[64]) {
    static const char *const wide[] = {"０", "１", "２", "３", "４", "５", "６", "７", "８", "９"};
    static const char *const han[] = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    static const char *const circles[] = {"○", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    char ascii[16];
    (void)snprintf(ascii, sizeof ascii, "%d", value);
    out[0] = '\0';
    if (kind == 0)
        strcpy(out, ascii);
    for (const char *at = ascii; kind > 0 && *at != '\0'; at++)
        strcat(out, (kind == 1 ? wide : kind == 2 ? han : circles)[(unsigned)(*at - '0') % 10U]);
}

// With units: 三百六十六, 一百〇一.
static void print_han(int value, char out[64]) {
    static const char *const han[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    int hundreds = value / 100, tens = value / 10 % 10, ones = value % 10;
    (void)snprintf(out, 64, "%s%s%s%s%s", han[hundreds], hundreds > 0 ? "百" : "",
                   tens > 1 || (hundreds > 0 && tens == 1) ? han[tens]
                   : hundreds > 0 && tens == 0 && ones > 0 ? "〇"
                                                           : "",
                   tens > 0 ? "十" : "", han[ones]);
}

static void print_serial(int value, int kind, char out[64]) {
    if (kind % 3 == 2)
        print_han(value, out);
    else
        print_digits(value, kind % 3, out);
}

enum { YEAR_KINDS = 4, SERIAL_KINDS = 6, MARKS = 3 };

static void spell_with_brackets(const struct number *number, size_t variant, char out[256]) {
    static const char *const marks[] = {"号", "號", ""};
    char year[64], serial[64];
    size_t rest = variant;
    const char *const *bracket = brackets[rest % COUNT(brackets)];
    rest /= COUNT(brackets);
    print_digits(number->year, (int)(rest % YEAR_KINDS), year);
    rest /= YEAR_KINDS;
    int serial_kind = (int)(rest % SERIAL_KINDS);
    print_serial(number->serial, serial_kind, serial);
    rest /= SERIAL_KINDS;
    const char *mark = marks[rest % MARKS];
    int traditional = variant % 2 == 1,
        lettered = variant % 5 == 4 && strstr(number->simplified, "字") == NULL;
    (void)snprintf(out, 256, "%s%s%s%s%s%s%s%s%s", traditional ? number->traditional : number->simplified,
                   lettered ? "字" : "", bracket[0], year, bracket[1], serial_kind >= 3 ? "第" : "",
                   variant % 7 == 6 ? " " : "", serial, mark);
}

static void spell_without(const struct number *number, size_t variant, char out[256]) {
    // What stands after the code, after the year and after the serial.
    static const char *const fillers[][3] = {{"", "年", "号"}, {" ", "年第", "號"}, {" ", " ", ""},
                                             {"", "", "号"},   {"-", "-", ""},      {"", "第", "号"},
                                             {"　", "　", ""}, {"\n", "年\n", "号"}};
    char year[64], serial[64];
    const char *const *filler = fillers[variant % COUNT(fillers)];
    size_t rest = variant / COUNT(fillers);
    print_digits(number->year, rest % 2 == 1, year);
    print_digits(number->serial, rest % 2 == 1, serial);
    (void)snprintf(out, 256, "%s%s%s%s%s%s", rest % 4 >= 2 ? number->traditional : number->simplified,
                   filler[0], year, filler[1], serial, filler[2]);
}

static void number_key(const struct number *number, char out[128]) {
    char code[64];
    strcpy(code, number->simplified);
    size_t length = strlen(code);
    if (length > 3 && strcmp(code + length - 3, "字") == 0)
        code[length - 3] = '\0';
    (void)snprintf(out, 128, "%s-%d-%d", code, number->year, number->serial);
}

// Every spelling of a number has its key; 608 spellings of 20 numbers.
static void spellings_meet(void **state) {
    (void)state;
    enum { BRACKETED = COUNT(brackets) * YEAR_KINDS * SERIAL_KINDS * MARKS, BARE = 32 };
    assert_true(BRACKETED + BARE >= 300);
    for (size_t n = 0; n < COUNT(numbers); n++) {
        char spelling[256], key[128];
        number_key(&numbers[n], key);
        for (size_t variant = 0; variant < BRACKETED; variant++) {
            spell_with_brackets(&numbers[n], variant, spelling);
            assert_key(spelling, key);
        }
        for (size_t variant = 0; variant < BARE; variant++) {
            spell_without(&numbers[n], variant, spelling);
            assert_key(spelling, key);
        }
        assert_key(key, key);
    }
}

static int compare_strings(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

// Other serial, other year, other code: 20 numbers and 12 near misses of each, all apart.
static void near_misses_stay_apart(void **state) {
    (void)state;
    static const struct {
        const char *before, *after; // around the code
        int years, factor, plus;
    } changes[] = {
        {"", "", 0, 1, 0},     {"", "", 0, 10, 0},  {"", "", 0, 10, 1},  {"", "", 0, 1, 1000},
        {"", "", 0, 1, 10000}, {"", "", 1, 1, 0},   {"", "", -1, 1, 0},  {"", "", 10, 1, 0},
        {"", "规", 0, 1, 0},   {"", "密", 0, 1, 0}, {"", "函", 0, 1, 0}, {"衢", "", 0, 1, 0},
        {"", "电", 0, 1, 0},
    };
    const char *keys[COUNT(numbers) * COUNT(changes)];
    size_t count = 0;
    for (size_t n = 0; n < COUNT(numbers); n++)
        for (size_t c = 0; c < COUNT(changes); c++) {
            char text[256];
            (void)snprintf(text, sizeof text, "%s%s%s〔%d〕%d号", changes[c].before, numbers[n].simplified,
                           changes[c].after, numbers[n].year + changes[c].years,
                           numbers[n].serial * changes[c].factor + changes[c].plus);
            keys[count] = key_of(text);
            assert_string_not_equal(keys[count], "none");
            count++;
        }
    assert_true(count - COUNT(numbers) >= 200);
    qsort(keys, count, sizeof keys[0], compare_strings);
    for (size_t i = 1; i < count; i++)
        if (strcmp(keys[i], keys[i - 1]) == 0)
            fail_msg("%s twice", keys[i]);
}

// --- forms read by hand ------------------------------------------------------------------------------------

struct expectation {
    const char *text, *key;
};

static void assert_keys(const struct expectation *cases, size_t count) {
    for (size_t i = 0; i < count; i++)
        assert_key(cases[i].text, cases[i].key);
}

static void parses_orders_and_announcements(void **state) {
    (void)state;
    static const struct expectation cases[] = {
        {"国令第828号", "国令--828"},
        {"國令第八百二十八號", "国令--828"},
        {"国务院令第828号", "国令--828"},
        {"中华人民共和国国务院令第828号", "国令--828"},
        {"中华人民共和国国务院令（第828号）", "国令--828"},
        {"国务院第828号令", "国令--828"},
        {"国令828号", "国令--828"},
        {"国令828", "国令--828"},
        {"国令 第 828 号", "国令--828"},
        {"国令--828", "国令--828"},
        {"主席令第七十三号", "主席令--73"},
        {"中华人民共和国主席令第73号", "主席令--73"},
        {"省人民政府令〔1999〕第7号", "省人民政府令-1999-7"},
        {"澜江省人民政府令第388号", "澜江省人民政府令--388"},
        {"澜江省政府令第388号", "澜江省人民政府令--388"},
        {"2025年第126号", "-2025-126"},
        {"海关总署公告2022年第131号", "海关总署公告-2022-131"},
        {"海关总署公告 2022年 第131号", "海关总署公告-2022-131"},
        {"海关总署2022年第131号公告", "海关总署公告-2022-131"},
        {"海关总署2022年第131号", "海关总署公告-2022-131"},
        {"财政部 海关总署 税务总局公告2022年第35号", "财政部海关总署国家税务总局公告-2022-35"},
        {"财政部、海关总署、国家税务总局公告2022年第35号", "财政部海关总署国家税务总局公告-2022-35"},
        {"財政部 海關總署 稅務總局公告2022年第35號", "财政部海关总署国家税务总局公告-2022-35"},
        {"国家发展改革委令第3号", "国家发展和改革委员会令--3"},
        {"国家发展和改革委员会令第3号", "国家发展和改革委员会令--3"},
        {"住建部令第37号", "住房和城乡建设部令--37"},
        {"全国人民代表大会常务委员会公告〔十四届〕第五号", "全国人民代表大会常务委员会公告(十四届)--5"},
        {"澜江市人民代表大会常务委员会公告第12号", "澜江市人民代表大会常务委员会公告--12"},
    };
    assert_keys(cases, COUNT(cases));
}

static void parses_lettered_numbers(void **state) {
    (void)state;
    static const struct expectation cases[] = {
        {"台人(一)字第0930166280B號", "台人(一)--930166280B"},
        {"臺人（一）字第０９３０１６６２８０Ｂ號", "台人(一)--930166280B"},
        {"台人(一)字第0930166280B", "台人(一)--930166280B"},
        {"台人(二)字第0930166280B號", "台人(二)--930166280B"},
        {"台人(一)字第0930166280C號", "台人(一)--930166280C"},
        {"台人(一)字第0930166280號", "台人(一)--930166280"},
        {"府授人企字第1120012345號", "府授人企--1120012345"},
        {"府授人企字第1120012345之1號", "府授人企--1120012345之1"},
        {"府授人企字第1120012345-1號", "府授人企--1120012345之1"},
        {"澜规字第24号", "澜规--24"},
    };
    assert_keys(cases, COUNT(cases));
}

static void parses_what_people_type(void **state) {
    (void)state;
    static const struct expectation cases[] = {
        {" 云政发〔2023〕24号。", "云政发-2023-24"},
        {"（云政发〔2023〕24号）", "云政发-2023-24"},
        {"云政发〔2023〕24号文", "云政发-2023-24"},
        {"云政发〔2023〕24号文件", "云政发-2023-24"},
        {"云政发〔2023\n〕24号", "云政发-2023-24"},
        {"云政发〔2023〕2\n4号", "云政发-2023-24"},
        {"云政发〔2023年〕24号", "云政发-2023-24"},
        {"云政发〔98〕24号", "云政发-1998-24"},
        {"云政发〔2023〕024号", "云政发-2023-24"},
        {"云政发〔2023〕24A号", "云政发-2023-24A"},
        {"云政发24号", "云政发--24"},
        {"云政发第24号", "云政发--24"},
        {"云政发24", "云政发--24"},
        {"云政发〔2023〕", "云政发-2023-"},
        {"云政发2023", "云政发-2023-"},
        {"云政发2023年", "云政发-2023-"},
        {"〔2023〕24号", "-2023-24"},
        {"衢柯政发〔2023〕3号", "衢柯政发-2023-3"},
        {"自然资发〔2022〕3号", "自然资发-2022-3"},
        {"浙经信投资〔2022〕8号", "浙经信投资-2022-8"},
        {"工信部联企业〔2023〕3号", "工信部联企业-2023-3"},
        {"国环规大气\n〔2017〕2号", "国环规大气-2017-2"},
    };
    assert_keys(cases, COUNT(cases));
    static const struct {
        const char *text;
        int complete;
    } completeness[] = {
        {"云政发24号", 0}, {"云政发〔2023〕", 0}, {"〔2023〕24号", 0}, {"云政发 2023 24", 1},
        {"国令828", 1},    {"2025年第126号", 1},  {"国令第828号", 1},  {"云政发〔2023〕24", 1},
    };
    for (size_t i = 0; i < COUNT(completeness); i++) {
        struct gaz_docnum number;
        const char *text = completeness[i].text;
        assert_int_equal(gaz_docnum_parse(text, strlen(text), arena, &number, NULL), GAZ_OK);
        assert_int_equal(number.complete, completeness[i].complete);
    }
}

static void refuses_what_is_no_number(void **state) {
    (void)state;
    static const char *const cases[] = {
        "",
        "24",
        "24号",
        "2023 24",
        "云政发",
        "〔2023〕",
        "数据得地 2023年10月",
        "2023年10月12日",
        "10月7日",
        "2023年",
        "2023年第10期",
        "垃圾分类2023",
        "开发 2023 24",
        "高质量发展 2023",
        "12345",
        "2023年10号",
        "第24号",
        "字第1130008841號",
        "按国办发〔1985〕49号",
        "根据云政发〔2023〕24号",
        "《通知》（云政发〔2023〕24号）",
        "云政发〔2023〕24号、25号",
        "云政发〔2023〕24号；云政办〔2023〕2号",
        "云政发〔2023〕24号附件1",
        "云政发〔2023〕1-30",
        "云政发〔20233〕24号",
        "云政发〔2023〕0号",
        "(2012)云鹿商初字第123号",
        "市卫健委",
        "附件：云政发〔2023〕24号",
        "国务院公报2023年第10号",
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_key(cases[i], "none");
}

static void tells_headings(void **state) {
    (void)state;
    static const char *const headings[] = {
        "云政发〔2023〕24号",
        "  云政发〔2023〕24号  ",
        "云 政 办 〔 2 0 2 3 〕 8 0 号",
        "云政发【2023】24",
        "国令第828号",
        "2025年第126号",
        "云政发〔2023〕6、8号",
        "云政发〔2023〕6号；浙财综〔2023〕8号",
        "台人(一)字第0930166280B號",
        "浙财综〔2023〕5号 浙发改价格〔2023〕8号",
        "海关总署公告2022年第131号",
    };
    static const char *const others[] = {
        "",
        "云政发〔2023〕24号文",
        "云政发〔2023〕24号文件",
        "云政发〔2023〕24号附件",
        "云政发24号",
        "按国办发〔1985〕49号",
        "（云政发〔2023〕24号）",
        "附件：云政发〔2023〕24号",
        "云政发〔2023〕24号同时废止",
        "2023年10月12日",
        "云江市人民政府",
        "云政发〔2023〕24号、",
        "见云政发〔2023〕24号",
        "云江市人民政府云政发〔2023〕25号",
    };
    for (size_t i = 0; i < COUNT(headings); i++)
        if (!gaz_docnum_is_heading(headings[i], strlen(headings[i])))
            fail_msg("no heading: %s", headings[i]);
    for (size_t i = 0; i < COUNT(others); i++)
        if (gaz_docnum_is_heading(others[i], strlen(others[i])))
            fail_msg("heading: %s", others[i]);
}

// --- running text ------------------------------------------------------------------------------------------

// What is found, as "text=key text=key".
static const char *found_in(const char *text) {
    struct gaz_docnums found;
    struct gaz_buf line = GAZ_BUF_INIT;
    assert_int_equal(gaz_docnum_find(text, strlen(text), arena, &found, NULL), GAZ_OK);
    for (size_t i = 0; i < found.count; i++) {
        const struct gaz_docnum *item = &found.items[i];
        assert_true(item->complete && item->offset + item->length <= strlen(text));
        gaz_buf_printf(&line, "%s%s=%s", i > 0 ? " " : "", item->text, item->key);
    }
    const char *kept = gaz_arena_strndup(arena, line.data, line.len);
    gaz_buf_free(&line);
    return kept;
}

static const struct expectation running_text[] = {
    // words before the code
    {"市政府作出云国土资发〔2018〕366号批复。", "云国土资发〔2018〕366号=云国土资发-2018-366"},
    {"请按国办发〔1985〕49号文件执行", "国办发〔1985〕49号=国办发-1985-49"},
    {"应当按国办发〔1985〕49号办理", "国办发〔1985〕49号=国办发-1985-49"},
    {"根据国发〔2021〕7号精神", "国发〔2021〕7号=国发-2021-7"},
    {"转发国办函〔2020〕99号的通知", "国办函〔2020〕99号=国办函-2020-99"},
    {"和浙政办发〔2021〕5号同时废止", "浙政办发〔2021〕5号=浙政办发-2021-5"},
    {"原云政发〔2010〕3号废止", "云政发〔2010〕3号=云政发-2010-3"},
    {"经云政函〔2022〕8号批准", "云政函〔2022〕8号=云政函-2022-8"},
    {"据自然资发〔2022〕3号", "自然资发〔2022〕3号=自然资发-2022-3"},
    {"落实国卫医政发〔2023〕22号要求", "国卫医政发〔2023〕22号=国卫医政发-2023-22"},
    {"按照财税〔2016〕36号附件3", "财税〔2016〕36号=财税-2016-36"},
    {"关于印发实施方案的通知澜政办〔2023〕80号", "澜政办〔2023〕80号=澜政办-2023-80"},
    {"切实做好澜人社发〔2023〕13号所列任务", "澜人社发〔2023〕13号=澜人社发-2023-13"},
    {"建设澜政发〔2023〕3号", "澜政发〔2023〕3号=澜政发-2023-3"},
    {"不适用云数据发〔2024〕3号", "云数据发〔2024〕3号=云数据发-2024-3"},
    {"云江市人民政府云政发〔2023〕25号", "云政发〔2023〕25号=云政发-2023-25"},
    {"云江市财政局云财综〔2023〕5号", "云财综〔2023〕5号=云财综-2023-5"},
    {"依府授人企字第1120012345號函辦理", "府授人企字第1120012345號=府授人企--1120012345"},
    {"依據本府台人（一）字第0920001437號令", "台人（一）字第0920001437號=台人(一)--920001437"},
    {"依據台人(一)字第0930166280B號函", "台人(一)字第0930166280B號=台人(一)--930166280B"},
    // words that only look like ones before a code
    {"原政发〔2010〕3号", "原政发〔2010〕3号=原政发-2010-3"},
    {"浙经信投资〔2022〕8号", "浙经信投资〔2022〕8号=浙经信投资-2022-8"},
    {"澜江国土资发〔2018〕366号", "澜江国土资发〔2018〕366号=澜江国土资发-2018-366"},
    {"和政发〔2018〕6号", "和政发〔2018〕6号=和政发-2018-6"},
    // white space and line breaks
    {"国卫\n医政发〔2023〕22号", "国卫医政发〔2023〕22号=国卫医政发-2023-22"},
    {"《意见》（国办发\n〔2021〕\n18号）", "国办发〔2021〕18号=国办发-2021-18"},
    {"在表哥周三林家\n云政发〔2023〕25号\n云江市人民政府", "云政发〔2023〕25号=云政发-2023-25"},
    {"云 政 办 〔 2 0 2 3 〕 8 0 号", "云政办〔2023〕80号=云政办-2023-80"},
    {"澜政发【2023】24\n1.加强领导", "澜政发【2023】24=澜政发-2023-24"},
    // punctuation and brackets
    {"《云江市城市管理条例》（云政发〔2019〕3号）", "云政发〔2019〕3号=云政发-2019-3"},
    {"“澜委发〔2021〕22号”精神", "澜委发〔2021〕22号=澜委发-2021-22"},
    {"自2023年12月1日起施行，澜政发〔2013〕7号同时废止", "澜政发〔2013〕7号=澜政发-2013-7"},
    // several
    {"同时废止澜政发[2009]7号、澜政办发[2010]9号",
     "澜政发[2009]7号=澜政发-2009-7 澜政办发[2010]9号=澜政办发-2010-9"},
    {"澜政发〔2023〕6、8、11号文件", "澜政发〔2023〕6=澜政发-2023-6 8=澜政发-2023-8 11号=澜政发-2023-11"},
    {"见澜政发〔2023〕1号、2号和5号", "澜政发〔2023〕1号=澜政发-2023-1 2号=澜政发-2023-2 5号=澜政发-2023-5"},
    {"澜政发〔2023〕6号、〔2022〕8号", "澜政发〔2023〕6号=澜政发-2023-6 〔2022〕8号=澜政发-2022-8"},
    {"澜政发〔2023〕1至3号", "澜政发〔2023〕1=澜政发-2023-1 3号=澜政发-2023-3"},
    {"根据国务院令第687号和澜江省人民政府令第388号",
     "国务院令第687号=国令--687 澜江省人民政府令第388号=澜江省人民政府令--388"},
    // orders and announcements
    {"根据住房和城乡建设部令第37号规定", "住房和城乡建设部令第37号=住房和城乡建设部令--37"},
    {"修改后的澜江省人民政府令第388号", "澜江省人民政府令第388号=澜江省人民政府令--388"},
    {"澜江市人民政府令\n（第103号）\n《办法》", "澜江市人民政府令（第103号）=澜江市人民政府令--103"},
    {"原国家环境保护总局令第35号", "国家环境保护总局令第35号=国家环境保护总局令--35"},
    {"对外贸易经济合作部令第3号", "对外贸易经济合作部令第3号=对外贸易经济合作部令--3"},
    {"根据财政部 税务总局公告2022年第10号", "财政部税务总局公告2022年第10号=财政部国家税务总局公告-2022-10"},
    {"按照国家税务总局2018年第61号公告", "国家税务总局2018年第61号公告=国家税务总局公告-2018-61"},
    // other things
    {"澜政发〔2023〕6号、8号楼", "澜政发〔2023〕6号=澜政发-2023-6"},
    {"澜政发〔2023〕6号，8号召开会议", "澜政发〔2023〕6号=澜政发-2023-6"},
    {"（2012）云鹿商初字第123号", ""},
    {"（2023）浙0302民初1号", ""},
    {"建字第330302202300012号", ""},
    {"全市人口（2023）24万人", ""},
    {"市政府决定3号线延长", ""},
    {"2023年第12号台风，总第254期，2023年第10期", ""},
    {"电话20231234号，邮编325000", ""},
    {"2023年10月12日", ""},
    {"到2025年，建成24个", ""},
    {"〔2023〕24号", ""},
    {"", ""},
};

static void finds_in_running_text(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(running_text); i++)
        if (strcmp(found_in(running_text[i].text), running_text[i].key) != 0)
            fail_msg("%s: %s", running_text[i].text, found_in(running_text[i].text));
}

// Real codes of the state, ministries and provinces, and invented ones, each in every context.
static void finds_codes_in_their_context(void **state) {
    (void)state;
    static const char *const codes[] = {
        "国发",     "国函",       "国办发",       "国办发明电",   "中办发",     "厅字",       "人社部发",
        "财社",     "财税",       "财会",         "建办质",       "建房",       "银发",       "银保监办发",
        "交运发",   "农办经",     "水规计",       "国能发安全",   "发改办高技", "教职成厅函", "国科发资",
        "市监注",   "环办大气函", "国环规大气",   "林资发",       "文旅政法发", "国卫办医函", "国卫医政发",
        "国医保发", "应急厅",     "退役军人部发", "审办发",       "税总发",     "财关税",     "法发",
        "公通",     "民发",       "国中医药综函", "工信部联企业", "自然资发",   "浙政办发",   "浙财社",
        "浙人社发", "浙环发",     "沪府办",       "京政发",       "粤府",       "渝府发",     "内政办发",
        "新政办发", "青政办",     "赣府厅发",     "皖政办秘",     "云政发",     "云国土资发", "澜政发",
        "澜委办",   "澜府发",     "澜政办规",     "澜人社",       "澜教体",     "澜发改",     "衢柯政发",
        "澜东政办",
    };
    static const char *const contexts[][2] = {
        {"", ""},
        {"根据", "精神"},
        {"按照", "文件要求"},
        {"（", "）"},
        {"《关于加强管理的通知》（", "）"},
        {"转发", "的通知"},
        {"经", "批准"},
        {"依据", "办理"},
        {"见", ""},
        {"以", "下达"},
        {"和", "同时废止"},
        {"、", "等"},
        {"请按", "执行"},
        {"云江市人民政府办公室", ""},
        {"市财政局\n", "\n关于"},
        {"文件：", ""},
        {"贯彻落实", "要求"},
        {"由", "规定"},
        {"第三条规定。\n", ""},
        {"省政府", "明确"},
        {"对照", "自查"},
        {"印发 ", ""},
        {"我市\n", ""},
        {"关于", "的补充通知"},
        {"与", "一并执行"},
        {"原", "废止"},
        {"", "文"},
        {"2022年12月，", ""},
        {"已列入", "任务"},
    };
    for (size_t c = 0; c < COUNT(codes); c++)
        for (size_t i = 0; i < COUNT(contexts); i++) {
            char text[512], expected[256];
            (void)snprintf(text, sizeof text, "%s%s〔2023〕24号%s", contexts[i][0], codes[c], contexts[i][1]);
            (void)snprintf(expected, sizeof expected, "%s〔2023〕24号=%s-2023-24", codes[c], codes[c]);
            if (strcmp(found_in(text), expected) != 0)
                fail_msg("%s: %s", text, found_in(text));
        }
}

static void tells_where_it_stands(void **state) {
    (void)state;
    const char *text = "根据 国 办发\n〔2021〕18号 和浙政发〔2020〕1号";
    struct gaz_docnums found;
    assert_int_equal(gaz_docnum_find(text, strlen(text), arena, &found, NULL), GAZ_OK);
    assert_int_equal(found.count, 2);
    assert_int_equal(found.items[0].offset, strlen("根据 "));
    assert_int_equal(found.items[0].length, strlen("国 办发\n〔2021〕18号"));
    assert_string_equal(found.items[0].text, "国办发〔2021〕18号");
    assert_string_equal(found.items[0].code, "国办发");
    assert_int_equal(found.items[0].year, 2021);
    assert_int_equal(found.items[0].serial, 18);
    assert_int_equal(found.items[1].offset, strlen("根据 国 办发\n〔2021〕18号 和"));
}

// --- properties --------------------------------------------------------------------------------------------

static uint32_t next_random(uint32_t *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

// Random sequences of what numbers are made of: what is found lies in the text in order, and parses to its
// own key.
static void finds_only_what_parses(void **state) {
    (void)state;
    static const char *const parts[] = {
        "云政发", "国令", "公告", "字", "〔",     "〕", "（", "）", "2023", "24", "年", "第",   "号", "十",
        "、",     "；",   "根据", "按", "财政部", " ",  "\n", "B",  "之",   "-",  "1",  "\xff", "令", "2"};
    uint32_t seed = 2463534242u;
    for (int round = 0; round < 20000; round++) {
        char text[256] = "";
        for (uint32_t n = next_random(&seed) % 16; n > 0; n--)
            strcat(text, parts[next_random(&seed) % COUNT(parts)]);
        struct gaz_arena *own = gaz_arena_new();
        struct gaz_docnums found;
        struct gaz_docnum number;
        assert_int_equal(gaz_docnum_find(text, strlen(text), own, &found, NULL), GAZ_OK);
        size_t end = 0;
        for (size_t i = 0; i < found.count; i++) {
            assert_true(found.items[i].offset >= end && found.items[i].length > 0);
            end = found.items[i].offset + found.items[i].length;
            assert_true(end <= strlen(text));
        }
        if (gaz_docnum_parse(text, strlen(text), own, &number, NULL) == GAZ_OK) {
            const char *key = number.key;
            if (number.code[0] != '\0' && gaz_docnum_parse(key, strlen(key), own, &number, NULL) == GAZ_OK)
                assert_string_equal(number.key, key);
        }
        gaz_arena_free(own);
    }
}

// A megabyte of what might make a slow finder go back again and again.
static void takes_long_runs(void **state) {
    (void)state;
    static const char *const units[] = {"1",        "〔", "第",   "一",  "政",   "〔2023〕",         "发2023",
                                        "财政部、", " ",  "\xff", "6、", "字第", "云政发〔2023〕6、"};
    enum { SIZE = 1 << 20 };
    char *text = malloc(SIZE);
    assert_non_null(text);
    for (size_t u = 0; u < COUNT(units); u++) {
        size_t length = strlen(units[u]), filled = 0;
        for (; filled + length <= SIZE; filled += length)
            memcpy(text + filled, units[u], length);
        struct gaz_arena *own = gaz_arena_new();
        struct gaz_docnums found;
        assert_int_equal(gaz_docnum_find(text, filled, own, &found, NULL), GAZ_OK);
        gaz_arena_free(own);
    }
    free(text);
}

static int fail_nth(void *context, size_t size) {
    (void)size;
    return (*(int *)context)-- == 0;
}

static void survives_want_of_memory(void **state) {
    (void)state;
    const char *text = "根据国务院令第687号和云政发〔2023〕6、8号";
    size_t live = gaz_mem_live();
    for (int n = 0, done = 0; !done; n++) {
        int countdown = n;
        struct gaz_mem_hook hook = {fail_nth, &countdown};
        struct gaz_arena *own = gaz_arena_new();
        struct gaz_docnums found;
        gaz_mem_set_hook(&hook);
        enum gaz_status status = gaz_docnum_find(text, strlen(text), own, &found, NULL);
        gaz_mem_set_hook(NULL);
        done = status == GAZ_OK;
        assert_true(done || status == GAZ_ERR_MEMORY);
        assert_int_equal(found.count, done ? 3 : 0);
        gaz_arena_free(own);
        assert_int_equal(gaz_mem_live(), live);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_meet),
        cmocka_unit_test(near_misses_stay_apart),
        cmocka_unit_test(parses_orders_and_announcements),
        cmocka_unit_test(parses_lettered_numbers),
        cmocka_unit_test(parses_what_people_type),
        cmocka_unit_test(refuses_what_is_no_number),
        cmocka_unit_test(tells_headings),
        cmocka_unit_test(finds_in_running_text),
        cmocka_unit_test(finds_codes_in_their_context),
        cmocka_unit_test(tells_where_it_stands),
        cmocka_unit_test(finds_only_what_parses),
        cmocka_unit_test(takes_long_runs),
        cmocka_unit_test(survives_want_of_memory),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
