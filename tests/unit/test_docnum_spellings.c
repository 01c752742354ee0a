// SPDX-License-Identifier: GPL-2.0-or-later
//
// Every spelling of a number that the rules of spelling make meets in one key, and numbers that differ never
// meet. The spellings are made by counting through the product of the rules, some thousands for each number.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/docnum.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

enum { SPELLING_MAX = 512, SPELLINGS_LEAST = 300, NEAR_MISSES_LEAST = 200 };

enum family {
    PLAIN,    // 云政发〔2024〕8号
    ORDER,    // 国令第828号: no year
    YEARLY,   // 海关总署公告2022年第131号, with or without a code
    LETTERED, // 台人(一)字第0930166280B號
    SESSION   // 公告〔十四届〕第五号
};

struct number {
    enum family family;
    const char *codes[6]; // under which it is printed; a blank in one is where issuers are parted
    int year;
    const char *serial; // as digits
    const char *suffix; // behind the serial
    const char *key;
};

static const struct number numbers[] = {
    {PLAIN, {"云政发", "雲政發", "云政發"}, 2024, "8", "", "云政发-2024-8"},
    {PLAIN, {"澜政办发", "瀾政辦發"}, 2024, "17", "", "澜政办发-2024-17"},
    {PLAIN, {"国办发", "國辦發"}, 2023, "41", "", "国办发-2023-41"},
    {PLAIN, {"国函", "國函"}, 2019, "105", "", "国函-2019-105"},
    {PLAIN, {"国办发明电", "國辦發明電"}, 2020, "15", "", "国办发明电-2020-15"},
    {PLAIN, {"国卫医政发", "國衛醫政發"}, 2023, "22", "", "国卫医政发-2023-22"},
    {PLAIN, {"财税", "財稅", "财税字", "財稅字"}, 1998, "1009", "", "财税-1998-1009"},
    {PLAIN, {"澜人社", "瀾人社", "澜人社字", "瀾人社字"}, 2017, "212", "", "澜人社-2017-212"},
    {PLAIN, {"云政", "雲政", "云政字", "雲政字"}, 2010, "30", "", "云政-2010-30"},
    {PLAIN, {"岭政办函", "嶺政辦函"}, 2009, "9", "", "岭政办函-2009-9"},
    {ORDER,
     {"国令", "國令", "国务院令", "國務院令", "中华人民共和国国务院令", "中華人民共和國國務院令"},
     0,
     "828",
     "",
     "国令--828"},
    {ORDER, {"主席令", "中华人民共和国主席令", "中華人民共和國主席令"}, 0, "73", "", "主席令--73"},
    {ORDER,
     {"澜川市人民政府令", "瀾川市人民政府令", "澜川市政府令", "瀾川市政府令"},
     0,
     "58",
     "",
     "澜川市人民政府令--58"},
    {YEARLY, {"", ""}, 2025, "126", "", "-2025-126"},
    {YEARLY, {"海关总署公告", "海關總署公告"}, 2022, "131", "", "海关总署公告-2022-131"},
    {YEARLY,
     {"财政部 海关总署 税务总局公告", "財政部 海關總署 稅務總局公告", "财政部 海关总署 国家税务总局公告"},
     2022,
     "35",
     "",
     "财政部海关总署国家税务总局公告-2022-35"},
    {LETTERED,
     {"台人(一)字", "臺人(一)字", "台人（一）字", "臺人〔一〕字"},
     0,
     "0930166280",
     "B",
     "台人(一)--930166280B"},
    {LETTERED, {"岚府农字", "嵐府農字"}, 0, "1130019254", "", "岚府农--1130019254"},
    {LETTERED, {"院授人培字", "院授人培字"}, 0, "10800372561", "", "院授人培--10800372561"},
    {SESSION,
     {"公告〔十四届〕", "公告〔十四屆〕", "公告（十四届）", "公告[十四届]"},
     0,
     "5",
     "",
     "公告(十四届)--5"},
};

static struct gaz_arena *arena;

static int open_arena(void **state) {
    (void)state;
    arena = gaz_arena_new();
    return arena ? 0 : -1;
}

static int close_arena(void **state) {
    (void)state;
    gaz_arena_free(arena);
    return 0;
}

// --- digits ------------------------------------------------------------------------------------------------

enum digits { ASCII, WIDE, HAN, CIRCLE, DIGITS };

static void add(char out[SPELLING_MAX], const char *text) {
    strncat(out, text, SPELLING_MAX - 1 - strlen(out));
}

static void add_digits(char out[SPELLING_MAX], const char *digits, enum digits style) {
    static const char *const forms[DIGITS][10] = {
        [ASCII] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"},
        [WIDE] = {"０", "１", "２", "３", "４", "５", "６", "７", "８", "９"},
        [HAN] = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"},
        [CIRCLE] = {"○", "一", "二", "三", "四", "五", "六", "七", "八", "九"},
    };
    for (; *digits; digits++) {
        add(out, forms[style][*digits - '0']);
    }
}

static void add_year(char out[SPELLING_MAX], int year, enum digits style) {
    char digits[8];
    snprintf(digits, sizeof digits, "%d", year);
    add_digits(out, digits, style);
}

// A number below ten thousand in words: 八百二十八, 一千零九, 十七.
static void add_words(char out[SPELLING_MAX], const char *digits) {
    static const char *const places[] = {"", "十", "百", "千"};
    int is_zero = 0;
    for (size_t length = strlen(digits); length > 0; length--, digits++) {
        if (*digits == '0') {
            is_zero = 1;
            continue;
        }
        add(out, is_zero && length >= 1 ? "零" : "");
        is_zero = 0;
        if (!(*digits == '1' && length == 2 && digits[-1] == '\0')) {
            add_digits(out, (const char[]){*digits, '\0'}, HAN);
        }
        add(out, places[length - 1]);
    }
}

enum serial { SERIAL_ASCII, SERIAL_WIDE, SERIAL_WORDS, SERIAL_PADDED, SERIALS };

static void add_serial(char out[SPELLING_MAX], const struct number *number, enum serial style) {
    char padded[32];
    switch (style) {
    case SERIAL_WIDE:
        add_digits(out, number->serial, WIDE);
        break;
    case SERIAL_WORDS:
        if (strlen(number->serial) > 4) { // no one writes these in words
            add_digits(out, number->serial, ASCII);
        } else {
            padded[0] = '\0'; // what stands before the first digit
            snprintf(padded + 1, sizeof padded - 1, "%s", number->serial);
            add_words(out, padded + 1);
        }
        break;
    case SERIAL_PADDED:
        add(out, "0");
        add(out, number->serial);
        break;
    case SERIAL_ASCII:
    case SERIALS:
        add(out, number->serial);
        break;
    }
    add(out, number->suffix);
}

// --- white space -------------------------------------------------------------------------------------------

// Where a person, a typesetter or an extractor leaves white space. What is spelt has '|' between its parts.
enum {
    BLANKS_NONE,
    BLANKS_PARTS, // these four between the parts
    BLANKS_WIDE,
    BLANKS_TABS,
    BLANKS_LINES,
    BLANKS_EVERYWHERE, // letter-spaced
    BLANKS_BREAK,      // and more: a line ends after so many characters
    BLANKS_KINDS = BLANKS_BREAK + 8
};

static const char *blank_after(size_t kind, size_t characters) {
    if (kind == BLANKS_EVERYWHERE) {
        return " ";
    }
    return kind >= BLANKS_BREAK && characters == 1 + kind - BLANKS_BREAK ? "\n" : "";
}

static void lay_out(const char *parts, size_t kind, char out[SPELLING_MAX]) {
    static const char *const between[BLANKS_KINDS] = {"", " ", "　", "\t", "\n\n"};
    size_t characters = 0, length = 0;
    out[0] = '\0';
    for (const char *at = parts; *at; at += length) {
        length = 1;
        while ((at[length] & 0xC0) == 0x80) {
            length++;
        }
        if (*at == '|') {
            add(out, between[kind] ? between[kind] : "");
            continue;
        }
        strncat(out, at, length);
        add(out, at[length] ? blank_after(kind, ++characters) : "");
    }
}

// --- families ----------------------------------------------------------------------------------------------

// Takes the next digit of VARIANT in a system of mixed bases.
static size_t choose(size_t *variant, size_t base) {
    size_t digit = *variant % base;
    *variant /= base;
    return digit;
}

static const char *choose_code(const struct number *number, size_t *variant) {
    size_t count = 0;
    while (count < COUNT(number->codes) && number->codes[count]) {
        count++;
    }
    return number->codes[choose(variant, count)];
}

// 财税1998年1009 may be anything: it wants brackets or 号.
static int needs_mark(const char *code, const char *bracket) {
    return !*bracket && (strstr(code, "税") || strstr(code, "稅") || strstr(code, "社"));
}

static void spell_plain(const struct number *number, size_t *variant, char out[SPELLING_MAX]) {
    static const char *const brackets[][2] = {
        {"〔", "〕"},   {"[", "]"},   {"【", "】"},   {"（", "）"},   {"(", ")"}, {"﹝", "﹞"},
        {"［", "］"},   {"{", "}"},   {"〔", "]"},    {"〈", "〉"},   {"", "年"}, {"", "年第"},
        {"〔", "〕第"}, {"[", "]第"}, {"（", "）第"}, {"〔", "年〕"},
    };
    static const char *const marks[] = {"号", "號", "", "号文", "號文件"};
    const char *const *bracket = brackets[choose(variant, COUNT(brackets))];
    enum digits digits = (enum digits)choose(variant, DIGITS);
    enum serial serial = (enum serial)choose(variant, SERIALS);
    const char *code = choose_code(number, variant);
    const char *mark = marks[choose(variant, COUNT(marks))];
    if (!*mark && needs_mark(code, bracket[0])) {
        return;
    }
    add(out, code);
    add(out, "|");
    add(out, bracket[0]);
    add_year(out, number->year, digits);
    add(out, bracket[1]);
    add(out, "|");
    add_serial(out, number, serial);
    add(out, *mark ? "|" : "");
    add(out, mark);
}

static void spell_order(const struct number *number, size_t *variant, char out[SPELLING_MAX]) {
    static const char *const frames[][2] = {{"第", "号"}, {"第", "號"},     {"", "号"},
                                            {"", "號"},   {"（第", "号）"}, {"(第", "號)"}};
    const char *const *frame = frames[choose(variant, COUNT(frames))];
    enum serial serial = (enum serial)choose(variant, SERIALS);
    add(out, choose_code(number, variant));
    add(out, "|");
    add(out, frame[0]);
    add(out, "|");
    add_serial(out, number, serial);
    add(out, "|");
    add(out, frame[1]);
}

static void spell_yearly(const struct number *number, size_t *variant, char out[SPELLING_MAX]) {
    static const char *const frames[][2] = {
        {"", "年第"}, {"〔", "〕第"}, {"（", "）第"}, {"[", "]第"}, {"", "第"}};
    static const char *const marks[] = {"号", "號"};
    const char *code = choose_code(number, variant);
    const char *const *frame = frames[*code ? choose(variant, COUNT(frames)) : 0];
    enum digits digits = (enum digits)choose(variant, DIGITS);
    enum serial serial = (enum serial)choose(variant, SERIALS);
    const char *mark = marks[choose(variant, COUNT(marks))];
    add(out, code);
    add(out, *code ? "|" : "");
    add(out, frame[0]);
    add_year(out, number->year, digits);
    add(out, frame[1]);
    add(out, "|");
    add_serial(out, number, serial);
    add(out, "|");
    add(out, mark);
}

static void spell_lettered(const struct number *number, size_t *variant, char out[SPELLING_MAX]) {
    static const char *const frames[][2] = {{"第", "號"}, {"第", "号"}, {"第", ""}, {"", "號"}, {"", "号"}};
    const char *const *frame = frames[choose(variant, COUNT(frames))];
    enum serial serial = (enum serial)choose(variant, SERIALS);
    add(out, choose_code(number, variant));
    add(out, "|");
    add(out, frame[0]);
    add(out, "|");
    add_serial(out, number, serial);
    add(out, *frame[1] ? "|" : "");
    add(out, frame[1]);
}

static void spell_session(const struct number *number, size_t *variant, char out[SPELLING_MAX]) {
    spell_order(number, variant, out);
}

static int ends_with_mark(const char *text) {
    static const char *const marks[] = {"号", "號", "文", "件", "）", ")"};
    size_t length = strlen(text);
    for (size_t i = 0; i < COUNT(marks); i++) {
        size_t mark = strlen(marks[i]);
        if (length >= mark && strcmp(text + length - mark, marks[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

// Spells NUMBER in the way VARIANT, not at all when no one writes it so; false when there are not so many
// ways.
static int spell(const struct number *number, size_t variant, char out[SPELLING_MAX]) {
    static void (*const spellers[])(const struct number *, size_t *, char[SPELLING_MAX]) = {
        [PLAIN] = spell_plain,       [ORDER] = spell_order,     [YEARLY] = spell_yearly,
        [LETTERED] = spell_lettered, [SESSION] = spell_session,
    };
    char parts[SPELLING_MAX] = "";
    size_t blanks = choose(&variant, BLANKS_KINDS);
    spellers[number->family](number, &variant, parts);
    if (blanks >= BLANKS_BREAK && !ends_with_mark(parts)) {
        parts[0] = '\0'; // 国函2019年1 05 may be two things
    }
    lay_out(parts, blanks, out);
    return variant == 0;
}

static int has_key(const char *text, const char *key) {
    struct gaz_docnum number;
    enum gaz_status status = gaz_docnum_parse(text, strlen(text), arena, &number, NULL);
    int same = status == GAZ_OK && strcmp(number.key, key) == 0;
    if (!same) {
        print_error("%s: %s, not %s\n", text, status == GAZ_OK ? number.key : "no number", key);
    }
    return same;
}

static void all_spellings_meet(void **state) {
    (void)state;
    char text[SPELLING_MAX];
    size_t wrong = 0, all = 0;
    for (size_t i = 0; i < COUNT(numbers); i++) {
        // Of the very many spellings of the plain ones each eleventh, which leaves out none of the rules.
        size_t count = 0, step = numbers[i].family == PLAIN ? 11 : 1;
        for (size_t variant = 0; spell(&numbers[i], variant, text); variant += step) {
            wrong += *text && !has_key(text, numbers[i].key);
            count += *text != '\0';
        }
        assert_true(count >= SPELLINGS_LEAST);
        all += count;
    }
    print_message("%zu spellings of %zu numbers\n", all, COUNT(numbers));
    assert_int_equal(wrong, 0);
}

// --- near misses -------------------------------------------------------------------------------------------

struct keys {
    char *items[1000];
    size_t count;
};

static void add_key(struct keys *keys, const char *text) {
    struct gaz_docnum number;
    enum gaz_status status = gaz_docnum_parse(text, strlen(text), arena, &number, NULL);
    if (status != GAZ_OK) {
        print_error("%s: no number\n", text);
    }
    assert_int_equal(status, GAZ_OK);
    assert_true(keys->count < COUNT(keys->items));
    keys->items[keys->count] = strdup(number.key);
    assert_non_null(keys->items[keys->count++]);
}

static int compare_keys(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

// Counts the keys that two texts share, and frees all.
static size_t count_shared(struct keys *keys) {
    size_t shared = 0;
    qsort(keys->items, keys->count, sizeof keys->items[0], compare_keys);
    for (size_t i = 1; i < keys->count; i++) {
        if (strcmp(keys->items[i - 1], keys->items[i]) == 0) {
            print_error("two numbers share %s\n", keys->items[i]);
            shared++;
        }
    }
    for (size_t i = 0; i < keys->count; i++) {
        free(keys->items[i]);
    }
    return shared;
}

static const char *const near_codes[] = {
    "云政发",   "云政办",   "云政办发", "云政函", "云政办函", "云政字办", "云政任",     "云政通",
    "云政",     "云委发",   "云委办发", "云发",   "云办发",   "云人社发", "云政人发",   "云政办发明电",
    "澜政发",   "澜云政发", "国发",     "国办发", "国函",     "国办函",   "国办发明电", "国发明电",
    "云港政发", "云财发",   "云政规",   "云政批", "云政土",   "云政地",
};
static const int near_years[] = {2023, 2024, 2014};
static const char *const near_serials[] = {"2", "4", "24", "240", "42"};

static void near_misses_never_meet(void **state) {
    (void)state;
    struct keys keys = {0};
    char text[SPELLING_MAX];
    for (size_t code = 0; code < COUNT(near_codes); code++) {
        for (size_t year = 0; year < COUNT(near_years); year++) {
            for (size_t serial = 0; serial < COUNT(near_serials); serial++) {
                snprintf(text, sizeof text, "%s〔%d〕%s号", near_codes[code], near_years[year],
                         near_serials[serial]);
                add_key(&keys, text);
            }
        }
    }
    assert_true(keys.count >= NEAR_MISSES_LEAST);
    assert_int_equal(count_shared(&keys), 0);
}

// What differs in one character only, in all families.
static void neighbours_never_meet(void **state) {
    (void)state;
    static const char *const texts[] = {
        "国令第828号",
        "国令第82号",
        "国令第8号",
        "国令第288号",
        "国令第8280号",
        "主席令第828号",
        "主席令第82号",
        "国发〔2023〕828号",
        "澜川市人民政府令第828号",
        "云港市人民政府令第828号",
        "澜川县人民政府令第828号",
        "省人民政府令第828号",
        "省人民政府令〔1999〕第7号",
        "省人民政府令〔1998〕第7号",
        "省人民政府令第7号",
        "2025年第126号",
        "2025年第12号",
        "2024年第126号",
        "2025年第1260号",
        "海关总署公告2025年第126号",
        "财政部公告2025年第126号",
        "财政部 海关总署公告2025年第126号",
        "海关总署 财政部公告2025年第126号",
        "财政部 海关总署 税务总局公告2025年第126号",
        "税务总局公告2025年第126号",
        "海关总署令第126号",
        "海关总署公告2025年第127号",
        "海关总署通告2025年第126号",
        "商务部公告2025年第126号",
        "台人(一)字第0930166280B號",
        "台人(一)字第0930166280號",
        "台人(一)字第0930166280A號",
        "台人(二)字第0930166280B號",
        "台人字第0930166280B號",
        "台人(一)字第0930166281B號",
        "台人(一)字第093016628B號",
        "台人(三)字第0930166280B號",
        "府人字第0930166280B號",
        "台会字第0930166280B號",
        "云政发〔2023〕24之1号",
        "云政发〔2023〕24之2号",
        "云政发〔2023〕24号",
        "云政发〔2023〕24A号",
        "云政发〔2023〕24B号",
        "公告〔十四届〕第五号",
        "公告〔十三届〕第五号",
        "公告〔十四届〕第六号",
        "公告〔十四届〕第十五号",
    };
    struct keys keys = {0};
    for (size_t i = 0; i < COUNT(texts); i++) {
        add_key(&keys, texts[i]);
    }
    assert_int_equal(count_shared(&keys), 0);
}

// --- in running text ---------------------------------------------------------------------------------------

// The word before a number is no part of it, whatever the word and the number.
static void words_before_are_not_swallowed(void **state) {
    (void)state;
    static const char *const befores[] = {"按",         "按照",   "根据", "依据", "作出", "印发", "转发",
                                          "贯彻落实",   "经",     "以",   "见",   "参照", "废止", "（",
                                          "《通知》（", "文号为", "执行", "，",   "详见"};
    size_t wrong = 0;
    for (size_t i = 0; i < COUNT(numbers) * COUNT(befores); i++) {
        const struct number *number = &numbers[i / COUNT(befores)];
        // 根据2025年第126号 does not say what is meant, 经…字 may be of 经济部.
        if (!*number->codes[0] ||
            (number->family == LETTERED && strcmp(befores[i % COUNT(befores)], "经") == 0)) {
            continue;
        }
        char spelt[SPELLING_MAX], text[2 * SPELLING_MAX];
        struct gaz_docnums found;
        spell(number, 0, spelt);
        snprintf(text, sizeof text, "%s%s规定办理。", befores[i % COUNT(befores)], spelt);
        assert_int_equal(gaz_docnum_find(text, strlen(text), arena, &found, NULL), GAZ_OK);
        if (found.count != 1 || strcmp(found.items[0].key, number->key) != 0) {
            print_error("%s: %zu found, %s\n", text, found.count, found.count ? found.items[0].key : "none");
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_spellings_meet),
        cmocka_unit_test(near_misses_never_meet),
        cmocka_unit_test(neighbours_never_meet),
        cmocka_unit_test(words_before_are_not_swallowed),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
