// SPDX-License-Identifier: GPL-2.0-or-later
//
// The laws of the record contract hold for any input, gazette or not (see tests/support/laws.h).
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shim/utf8.h"
#include "tests/support/laws.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

// Inputs are made smaller under the sanitizers and valgrind, which make everything slower.
#if defined(__SANITIZE_ADDRESS__)
enum { SCALE = 10 };
#else
enum { SCALE = 1 };
#endif

static struct gaz_authority *authority;

static int load_authority(void **state) {
    (void)state;
    return gaz_authority_load("corpus/authority.tsv", &authority, NULL) == GAZ_OK ? 0 : -1;
}

static int free_authority(void **state) {
    (void)state;
    gaz_authority_free(authority);
    return 0;
}

static void assert_laws(const char *what, const char *raw, size_t len, const char *encoding) {
    struct gaz_err why = {0};
    if (!laws_hold_for(raw, len, encoding, authority, &why))
        fail_msg("%s: %s", what, why.message);
}

static void assert_laws_of(const struct gaz_buf *buf, const char *what) {
    assert_int_equal(buf->status, GAZ_OK);
    assert_laws(what, buf->data, buf->len, NULL);
}

// xorshift64 (Marsaglia, 2003): the same numbers everywhere.
static uint64_t next_random(uint64_t *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

// --- small inputs

static void nearly_nothing(void **state) {
    (void)state;
    static const char *const texts[] = {"",   "\n", " ",      "\f",     "甲",     "1",      "。",   "（",
                                        "）", "《", "》",     "△",      "附件",   "附件：", "目录", "7日",
                                        "一", "①",  "一、",   "第一条", "\uFEFF", "主旨",   "*",    "·",
                                        "\r", "\t", "2024年", "%",      "\x01",   "\x7F",   "〔〕", "号"};
    for (size_t i = 0; i < COUNT(texts); i++) {
        assert_laws(texts[i], texts[i], strlen(texts[i]), NULL);
        struct gaz_buf thrice = GAZ_BUF_INIT;
        for (int k = 0; k < 3; k++)
            gaz_buf_printf(&thrice, "%s\n", texts[i]);
        assert_laws_of(&thrice, texts[i]);
        gaz_buf_free(&thrice);
    }
}

static void zero_bytes(void **state) {
    (void)state;
    static const char one[] = "\0", lines[] = "\0\n\0\n\0", inside[] = "岚溪市\0人民政府\n一、\0总体\n";
    assert_laws("a zero byte", one, 1, "UTF-8");
    assert_laws("lines of zero bytes", lines, sizeof lines - 1, "UTF-8");
    assert_laws("zero bytes inside", inside, sizeof inside - 1, "UTF-8");
}

static void empty_pages(void **state) {
    (void)state;
    static const char *const texts[] = {"\f\f甲", "\f \n\f\n甲\f\f", "甲\n\f\f\n乙\f \f\f丙\n",
                                        "\f\f附件1\n\f\f\n政务简讯\f\f\n一、甲。\n\f"};
    for (size_t i = 0; i < COUNT(texts); i++)
        assert_laws(texts[i], texts[i], strlen(texts[i]), NULL);
}

static void one_line_of_each_kind(void **state) {
    (void)state;
    static const char *const lines[] = {"岚溪市人民政府公报（总第112期） 文件发布",
                                        "·  12  ·",
                                        "岚政发〔2024〕7号",
                                        "ZJLX00–2024–0003",
                                        "岚溪市人民政府",
                                        "关于加强城市河道管理的通知",
                                        "各县（市、区）人民政府，市政府直属各单位：",
                                        "一、总体要求",
                                        "（责任单位：市水利局、市财政局）",
                                        "2024年3月18日",
                                        "附件1",
                                        "附件：1.任务清单",
                                        "政务简讯",
                                        "3月份市政府记事",
                                        "7日",
                                        "△市长唐砚秋主持召开常务会议。",
                                        "市长　唐砚秋",
                                        "岚溪河新貌（丁一/摄）",
                                        "目　录",
                                        "关于加强管理的通知……（3）",
                                        "序号\t任务\t责任单位",
                                        "1\t清淤\t市水利局"};
    for (size_t i = 0; i < COUNT(lines); i++)
        for (size_t j = 0; j < COUNT(lines); j++) {
            struct gaz_buf pair = GAZ_BUF_INIT;
            gaz_buf_printf(&pair, "%s\n%s", lines[i], lines[j]);
            assert_laws_of(&pair, pair.data);
            gaz_buf_free(&pair);
        }
}

// --- random bytes

static void random_bytes(void **state) {
    (void)state;
    static const char *const encodings[] = {NULL, "UTF-8", "GB18030", "Big5", "UTF-16LE", "UTF-16BE"};
    uint64_t seed = 20240318;
    char raw[3000];
    for (size_t round = 0; round < 20; round++)
        for (size_t e = 0; e < COUNT(encodings); e++) {
            size_t len = next_random(&seed) % sizeof raw;
            for (size_t i = 0; i < len; i++)
                raw[i] = (char)next_random(&seed);
            assert_laws(encodings[e] ? encodings[e] : "detected", raw, len, encodings[e]);
        }
}

// Random characters out of those that mean something to some stage.
static void random_characters(void **state) {
    (void)state;
    static const char alphabet[] =
        "一二十第章条编节（）()1239.．、，。；：《》〔〕[]号年月日附件关于的通知印发市长局△"
        "*·-\t 　\n\n\n\f甲乙责任单位AZ%①③主旨說明目录公报期总";
    uint64_t seed = 7;
    size_t starts[256], count = 0;
    for (size_t at = 0; at < sizeof alphabet - 1;) {
        uint32_t code;
        starts[count++] = at;
        at += gaz_utf8_decode(alphabet + at, sizeof alphabet - 1 - at, &code);
    }
    starts[count] = sizeof alphabet - 1;
    for (size_t round = 0; round < 400 / SCALE; round++) {
        struct gaz_buf text = GAZ_BUF_INIT;
        for (size_t i = next_random(&seed) % 600; i > 0; i--) {
            size_t pick = next_random(&seed) % count;
            gaz_buf_add(&text, alphabet + starts[pick], starts[pick + 1] - starts[pick]);
        }
        assert_laws_of(&text, "random characters");
        gaz_buf_free(&text);
    }
}

// --- files of this project

static void read_whole(const char *path, struct gaz_buf *to) {
    char step[4096];
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("%s cannot be opened", path);
    for (size_t got; (got = fread(step, 1, sizeof step, file)) > 0;)
        gaz_buf_add(to, step, got);
    fclose(file);
}

static const char *const issues[] = {"corpus/issues/lanchuan-2024-02.txt", "corpus/issues/lanyun-2024-01.txt",
                                     "corpus/issues/yungang-2024-03.txt"};

static void sample_issues(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(issues); i++) {
        struct gaz_buf text = GAZ_BUF_INIT;
        read_whole(issues[i], &text);
        assert_laws_of(&text, issues[i]);
        gaz_buf_free(&text);
    }
}

// Lines of TEXT in a random order.
static void shuffle_lines(const struct gaz_buf *text, uint64_t *seed, struct gaz_buf *to) {
    size_t count = 1;
    for (size_t i = 0; i < text->len; i++)
        count += text->data[i] == '\n';
    struct gaz_str {
        const char *data;
        size_t len;
    } *lines = calloc(count, sizeof *lines);
    assert_non_null(lines);
    size_t n = 0;
    for (size_t from = 0, i = 0; i <= text->len; i++)
        if (i == text->len || text->data[i] == '\n') {
            lines[n].data = text->data + from;
            lines[n++].len = i - from;
            from = i + 1;
        }
    while (n > 0) { // Fisher and Yates
        size_t pick = next_random(seed) % n;
        gaz_buf_add(to, lines[pick].data, lines[pick].len);
        gaz_buf_addch(to, '\n');
        lines[pick] = lines[--n];
    }
    free(lines);
}

static void shuffled_issues(void **state) {
    (void)state;
    uint64_t seed = 42;
    for (size_t i = 0; i < COUNT(issues); i++) {
        struct gaz_buf text = GAZ_BUF_INIT;
        read_whole(issues[i], &text);
        for (size_t round = 0; round < 10 / (SCALE > 1 ? 5 : 1); round++) {
            struct gaz_buf shuffled = GAZ_BUF_INIT;
            shuffle_lines(&text, &seed, &shuffled);
            assert_laws_of(&shuffled, issues[i]);
            gaz_buf_free(&shuffled);
        }
        gaz_buf_free(&text);
    }
}

// An issue cut off anywhere, and one that begins anywhere: in the middle of a character too.
static void cut_issues(void **state) {
    (void)state;
    uint64_t seed = 99;
    struct gaz_buf text = GAZ_BUF_INIT;
    read_whole(issues[0], &text);
    for (size_t round = 0; round < 20 / (SCALE > 1 ? 5 : 1); round++) {
        size_t at = next_random(&seed) % text.len;
        assert_laws("an issue cut off", text.data, at, NULL);
        assert_laws("the rest of an issue", text.data + at, text.len - at, NULL);
    }
    gaz_buf_free(&text);
}

static void what_is_no_gazette(void **state) {
    (void)state;
    static const char *const files[] = {"indexer/units.c",         "corpus/authority.tsv",
                                        "CMakeLists.txt",          "LICENSE",
                                        "corpus/issues/FORMAT.md", "tests/unit/charset/traditional.big5"};
    for (size_t i = 0; i < COUNT(files); i++) {
        struct gaz_buf text = GAZ_BUF_INIT;
        read_whole(files[i], &text);
        assert_laws_of(&text, files[i]);
        gaz_buf_free(&text);
    }
}

static void prose(void **state) {
    (void)state;
    struct gaz_buf text = GAZ_BUF_INIT;
    for (int i = 0; i < 40; i++)
        gaz_buf_addstr(&text, "　　清晨的渡口还没有醒来，老船工已经解开了缆绳。他说：“今天有风，早些走。”\n"
                              "对岸的灯一盏一盏灭了，\n雾从水面上升起来，\n　　谁也没有说话……\n\n");
    assert_laws_of(&text, "prose");
    gaz_buf_free(&text);
}

static void tables_of_numbers(void **state) {
    (void)state;
    struct gaz_buf tabs = GAZ_BUF_INIT, blanks = GAZ_BUF_INIT, column = GAZ_BUF_INIT;
    for (int row = 0; row < 200; row++) {
        for (int cell = 0; cell < 8; cell++) {
            gaz_buf_printf(&tabs, "%d.%d\t", row * 31 % 97, cell);
            gaz_buf_printf(&blanks, "%8d", row * cell);
            gaz_buf_printf(&column, "%d\n", row * cell % 100);
        }
        gaz_buf_addch(&tabs, '\n');
        gaz_buf_addch(&blanks, '\n');
    }
    assert_laws_of(&tabs, "numbers and tabs");
    assert_laws_of(&blanks, "numbers and blanks");
    assert_laws_of(&column, "numbers in a column");
    gaz_buf_free(&tabs);
    gaz_buf_free(&blanks);
    gaz_buf_free(&column);
}

// --- large inputs

static void repeat(struct gaz_buf *to, const char *what, size_t times) {
    for (size_t i = 0; i < times; i++)
        gaz_buf_addstr(to, what);
}

static void one_long_line(void **state) {
    (void)state;
    struct gaz_buf text = GAZ_BUF_INIT;
    repeat(&text, "市政府直属各单位要切实加强领导，", 210000 / SCALE); // 10 MB
    assert_laws_of(&text, "one long line");
    gaz_buf_free(&text);
}

static void many_short_lines(void **state) {
    (void)state;
    struct gaz_buf text = GAZ_BUF_INIT;
    repeat(&text, "市\n", 1000000 / SCALE);
    assert_laws_of(&text, "a million lines");
    gaz_buf_free(&text);
}

static void deep_nesting(void **state) {
    (void)state;
    static const char *const forms[] = {"第%d编\n", "第%d章\n", "第%d条　甲。\n", "（%d）乙。\n",
                                        "%d.丙。\n"};
    struct gaz_buf text = GAZ_BUF_INIT, brackets = GAZ_BUF_INIT;
    for (int i = 0; i < 10000 / SCALE; i++)
        for (size_t k = 0; k < COUNT(forms); k++) {
            if (k == 0 && i % 10 != 0)
                continue;
            static const char mark[] = "%d";
            const char *at = strstr(forms[k], mark);
            gaz_buf_add(&text, forms[k], (size_t)(at - forms[k]));
            gaz_buf_printf(&text, "%d%s", i % 900 + 1, at + strlen(mark));
        }
    assert_laws_of(&text, "nested clauses");
    repeat(&brackets, "（", 20000);
    assert_laws_of(&brackets, "open brackets");
    gaz_buf_free(&text);
    gaz_buf_free(&brackets);
}

// What could take time by the square of its length: a defect here shows as the test's time limit.
static void repeated_marks(void **state) {
    (void)state;
    static const char *const marks[] = {"《",
                                        "》",
                                        "〔2024〕",
                                        "岚政发〔2024〕7号、",
                                        "《甲法》、",
                                        "市长",
                                        "、",
                                        "第",
                                        "附件",
                                        "附件：1.甲",
                                        "△",
                                        "序号",
                                        "*",
                                        "责任单位：",
                                        "（责任单位：",
                                        "号",
                                        "2024年",
                                        "1.",
                                        "①",
                                        "\t",
                                        "·",
                                        "局"};
    for (size_t i = 0; i < COUNT(marks); i++) {
        struct gaz_buf line = GAZ_BUF_INIT, entry = GAZ_BUF_INIT;
        repeat(&line, marks[i], 3000 / SCALE);
        assert_laws_of(&line, marks[i]);
        gaz_buf_addstr(&entry, "3月份市政府记事\n7日\n△");
        repeat(&entry, marks[i], 3000 / SCALE);
        assert_laws_of(&entry, marks[i]);
        gaz_buf_free(&line);
        gaz_buf_free(&entry);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nearly_nothing), cmocka_unit_test(zero_bytes),
        cmocka_unit_test(empty_pages),    cmocka_unit_test(one_line_of_each_kind),
        cmocka_unit_test(random_bytes),   cmocka_unit_test(random_characters),
        cmocka_unit_test(sample_issues),  cmocka_unit_test(shuffled_issues),
        cmocka_unit_test(cut_issues),     cmocka_unit_test(what_is_no_gazette),
        cmocka_unit_test(prose),          cmocka_unit_test(tables_of_numbers),
        cmocka_unit_test(one_long_line),  cmocka_unit_test(many_short_lines),
        cmocka_unit_test(deep_nesting),   cmocka_unit_test(repeated_marks),
    };
    return cmocka_run_group_tests(tests, load_authority, free_authority);
}
