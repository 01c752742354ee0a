// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/authority.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct gaz_authority *authority; // the project's own file
static struct gaz_arena *arena;

static int open_all(void **state) {
    (void)state;
    arena = gaz_arena_new();
    return arena == NULL || gaz_authority_load("corpus/authority.tsv", &authority, NULL) != GAZ_OK;
}

static int close_all(void **state) {
    (void)state;
    gaz_authority_free(authority);
    gaz_arena_free(arena);
    return 0;
}

static const char *joined(const char *const *items, size_t count) {
    struct gaz_buf line = GAZ_BUF_INIT;
    for (size_t i = 0; i < count; i++)
        gaz_buf_printf(&line, "%s%s", i > 0 ? " " : "", items[i]);
    const char *kept = gaz_arena_strndup(arena, line.data, line.len);
    gaz_buf_free(&line);
    return kept;
}

static const char *keys_of(const struct gaz_authority *file, const char *name, const char *place) {
    struct gaz_unit_keys keys;
    assert_int_equal(gaz_authority_keys(file, name, strlen(name), place, arena, &keys, NULL), GAZ_OK);
    assert_true(keys.count > 0);
    return joined(keys.items, keys.count);
}

// --- keys --------------------------------------------------------------------------------------------------

static const struct {
    const char *name, *place, *keys;
} key_cases[] = {
    {"市卫健委", "云江市", "云江市卫生健康委员会 市卫生健康委员会"},
    {"市卫健委", "云江", "云江市卫生健康委员会 市卫生健康委员会"},
    {"市衛健委", "雲江市", "云江市卫生健康委员会 市卫生健康委员会"},
    {"市 卫 健 委", "云江市", "云江市卫生健康委员会 市卫生健康委员会"},
    {"市卫健委", NULL, "市卫生健康委员会"},
    {"市卫生健康委员会", NULL, "市卫生健康委员会"},
    {"云江市卫健委", NULL, "云江市卫生健康委员会"},
    {"云江市卫健委", "澜城市", "云江市卫生健康委员会"},
    {"云江市卫生健康委", "云江市", "云江市卫生健康委员会"},
    {"云江卫健委", "云江市", "云江市卫生健康委员会"},
    {"澜州卫健委", "澜州市", "澜州市卫生健康委员会"},
    {"市卫健委", "澜州", "澜州市卫生健康委员会 市卫生健康委员会"},
    {"州卫健委", "岭南苗族自治州", "岭南苗族自治州卫生健康委员会 州卫生健康委员会"},
    {"卫健委", "云江市", "云江市卫生健康委员会 卫生健康委员会"},
    {"省卫健委", "云江市", "省卫生健康委员会"},
    {"省卫健委", "浙江省", "浙江省卫生健康委员会 省卫生健康委员会"},
    {"区卫健局", "澜东区", "澜东区卫生健康局 区卫生健康局"},
    {"国家卫健委", "云江市", "国家卫生健康委员会"},
    // renames and mergers
    {"市卫计委", NULL, "市卫生健康委员会"},
    {"市卫生局", "云江市", "云江市卫生健康委员会 市卫生健康委员会"},
    {"市工商局", NULL, "市市场监督管理局"},
    {"市市场监管局", NULL, "市市场监督管理局"},
    {"市国土资源局", NULL, "市自然资源和规划局"},
    {"市规划局", NULL, "市自然资源和规划局"},
    {"卫生部", NULL, "国家卫生健康委员会"},
    {"国家经贸委", NULL, "商务部 国家发展和改革委员会"},
    {"中国银保监会", NULL, "国家金融监督管理总局"},
    {"云江银保监分局", "云江市", "国家金融监督管理总局云江市监管分局"},
    // short names
    {"市经信局", NULL, "市经济和信息化局"},
    {"市人力社保局", NULL, "市人力资源和社会保障局"},
    {"市发展改革委", NULL, "市发展和改革委员会"},
    {"市发改委", NULL, "市发展和改革委员会"},
    {"市大数据局", NULL, "市数据局"},
    {"市国资委", NULL, "市人民政府国有资产监督管理委员会"},
    {"市金融办", NULL, "市人民政府金融工作办公室"},
    {"市人行", NULL, "市人行"},
    {"人行云江市分行", NULL, "中国人民银行云江市分行"},
    {"国家金融监管总局云江监管分局", "云江市", "国家金融监督管理总局云江市监管分局"},
    {"国家税务总局云江市税务局", NULL, "云江市税务局"},
    {"市税务局", "云江市", "云江市税务局 市税务局"},
    {"市工商联", NULL, "市工商业联合会"},
    {"团市委", "云江市", "共青团云江市委员会 共青团市委员会"},
    {"共青团云江市委", NULL, "共青团云江市委员会"},
    {"市检察院", NULL, "市人民检察院"},
    // government and party
    {"市政府", "云江市", "云江市人民政府 市人民政府"},
    {"云江市政府", NULL, "云江市人民政府"},
    {"云江市人民政府", "云江市", "云江市人民政府"},
    {"市政府办公室", NULL, "市人民政府办公室"},
    {"市府办", NULL, "市人民政府办公室"},
    {"市委", "云江市", "中共云江市委员会 中共市委员会"},
    {"中共云江市委", NULL, "中共云江市委员会"},
    {"市委组织部", "云江市", "中共云江市委员会组织部 中共市委员会组织部"},
    {"市委编办", NULL, "中共市委员会机构编制委员会办公室"},
    {"市委组织部<市委人才办>", NULL,
     "市委组织部(市委人才办) 中共市委员会组织部 中共市委员会人才工作领导小组办公室"},
    // unknown names
    {"云江农商银行", "云江市", "云江市农村商业银行"},
    {"市物联办", "云江市", "云江市物联办 市物联办"},
    {"市物联办", NULL, "市物联办"},
    {"云江市物联办", NULL, "云江市物联办"},
    {"各县（市、区）人民政府", "云江市", "各县(市、区)人民政府"},
    {"各县<市、區>人民政府", NULL, "各县(市、区)人民政府"},
    {"各行业主管部门", NULL, "各行业主管部门"},
    {"委", "云江市", "委"},
    {"", NULL, ""},
};

static void gives_keys(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(key_cases); i++) {
        const char *keys = keys_of(authority, key_cases[i].name, key_cases[i].place);
        if (strcmp(keys, key_cases[i].keys) != 0)
            fail_msg("%s @ %s: %s, not %s", key_cases[i].name,
                     key_cases[i].place != NULL ? key_cases[i].place : "-", keys, key_cases[i].keys);
    }
    assert_string_equal(keys_of(NULL, "市卫健委", "云江市"), "云江市卫健委 市卫健委");
}

static int meet(const char *printed, const char *place, const char *asked) {
    struct gaz_unit_keys stored, wanted;
    assert_int_equal(gaz_authority_keys(authority, printed, strlen(printed), place, arena, &stored, NULL),
                     GAZ_OK);
    assert_int_equal(gaz_authority_keys(authority, asked, strlen(asked), NULL, arena, &wanted, NULL), GAZ_OK);
    for (size_t i = 0; i < stored.count; i++)
        for (size_t j = 0; j < wanted.count; j++)
            if (strcmp(stored.items[i], wanted.items[j]) == 0)
                return 1;
    return 0;
}

// What is printed in a gazette of a place is found by who asks with or without the place, and only so.
static void lookups_meet(void **state) {
    (void)state;
    assert_true(meet("市卫健委", "云江市", "市卫健委"));
    assert_true(meet("市卫健委", "云江市", "云江市卫生健康委员会"));
    assert_true(meet("市卫健委", "云江市", "云江市卫计委"));
    assert_true(meet("云江市卫健委", NULL, "云江市卫健委"));
    assert_true(meet("市政府", "云江市", "云江市人民政府"));
    assert_false(meet("市卫健委", "云江市", "澜城市卫健委"));
    assert_false(meet("市卫健委", "云江市", "省卫健委"));
    assert_false(meet("市财政局", "云江市", "市审计局"));
    assert_false(meet("市发改委", "云江市", "国家发改委"));
    assert_false(meet("市政府", "云江市", "市政府办公室"));
}

static void knows_names(void **state) {
    (void)state;
    static const char *const known[] = {"市卫健委", "卫健委", "云江市经信局", "国务院",        "财政部",
                                        "市委",     "市政府", "县財政局",     "人行云江市分行"};
    static const char *const unknown[] = {
        "", "委", "市物联办", "云江", "高质量发展", "各县（市、区）政府", "加强组织部"};
    for (size_t i = 0; i < COUNT(known); i++)
        if (!gaz_authority_knows(authority, known[i], strlen(known[i])))
            fail_msg("%s", known[i]);
    for (size_t i = 0; i < COUNT(unknown); i++)
        if (gaz_authority_knows(authority, unknown[i], strlen(unknown[i])))
            fail_msg("%s", unknown[i]);
    assert_false(gaz_authority_knows(NULL, "财政部", strlen("财政部")));
}

// --- the file ----------------------------------------------------------------------------------------------

static enum gaz_status load_text(const char *text, struct gaz_authority **out, struct gaz_err *err) {
    char path[] = "/tmp/gaz-authority-XXXXXX";
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    FILE *file = fdopen(descriptor, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
    enum gaz_status status = gaz_authority_load(path, out, err);
    (void)remove(path);
    return status;
}

static void names_the_bad_line(void **state) {
    (void)state;
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"{}财政局\n{}审计局\n{}财政局\n", "line 3"},
        {"# c\n\n{}财政局\t\t{}人民政府\n", "line 3"},
        {"{}财政局\t\t\t\t\t{}物联局\n", "line 1"},
        {"{}财政局\t\t\t\t\t{}财政局\n", "line 1"},
        {"{}财政局\t\t\tyear\n", "line 1"},
        {"{}财政局\t\t\t2018\t2019-1\n", "line 1"},
        {"{}财政局\ta;;b\n", "line 1"},
        {"\t短名\n", "line 1"},
        {"{}财政局\t\t\t\t\t\tnote\tmore\n", "line 1"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct gaz_err err = {0};
        struct gaz_authority *loaded;
        assert_int_equal(load_text(cases[i].text, &loaded, &err), GAZ_ERR_CORRUPT);
        assert_null(loaded);
        if (strstr(err.message, cases[i].message) == NULL)
            fail_msg("%s", err.message);
    }
    struct gaz_authority *loaded;
    assert_int_equal(gaz_authority_load("corpus/none.tsv", &loaded, NULL), GAZ_ERR_IO);
}

static void reads_files(void **state) {
    (void)state;
    struct gaz_authority *loaded;
    assert_int_equal(
        load_text("# 物联\r\n{}物联网局\t{}物联局\t\t2024\t\t\t\r\n{}旧局\t\t\t\t\t{}物联网局;总局\n总局",
                  &loaded, NULL),
        GAZ_OK);
    assert_string_equal(keys_of(loaded, "市物联局", "云江市"), "云江市物联网局 市物联网局");
    assert_string_equal(keys_of(loaded, "云江旧局", "云江市"), "云江市物联网局 总局");
    gaz_authority_free(loaded);
    assert_int_equal(load_text("", &loaded, NULL), GAZ_OK);
    assert_string_equal(keys_of(loaded, "市物联局", NULL), "市物联局");
    gaz_authority_free(loaded);
}

// --- lists -------------------------------------------------------------------------------------------------

static void assert_list(const char *text, const char *lead, const char *others) {
    struct gaz_unit_list list;
    assert_int_equal(gaz_unit_list_read(text, strlen(text), arena, &list, NULL), GAZ_OK);
    const char *leads = joined(list.lead, list.lead_count), *rest = joined(list.others, list.others_count);
    if (strcmp(leads, lead) != 0 || strcmp(rest, others) != 0)
        fail_msg("%s: [%s] [%s]", text, leads, rest);
}

static void reads_lists(void **state) {
    (void)state;
    static const struct {
        const char *text, *lead, *others;
    } cases[] = {
        {"", "", ""},
        {"市经信局", "", "市经信局"},
        {"市经信局、市人力社保局、云江农商银行", "", "市经信局 市人力社保局 云江农商银行"},
        {"市经信局、市财政局，各县<市、区>政府", "", "市经信局 市财政局 各县<市、区>政府"},
        {"市委组织部<市委人才办>、市人力社保局", "", "市委组织部<市委人才办> 市人力社保局"},
        {"*市卫健委、市教育局", "市卫健委", "市教育局"},
        {"＊市卫健委，★市教育局；市科技局;市财政局。", "市卫健委 市教育局", "市科技局 市财政局"},
        {"* 市卫健委 *市教育局 各县（市、区）人民政府", "市卫健委 市教育局", "各县（市、区）人民政府"},
        {"市科技局 市教育局\n市财政局", "", "市科技局 市教育局 市财政局"},
        {"市人力资源和社会保\n障局、市文化广电 旅游局", "", "市人力资源和社会保障局 市文化广电旅游局"},
        {"市发展和改革委 员会、市政府 办公室", "", "市发展和改革委员会 市政府办公室"},
        {"市 教 育 局 、 市 财 政 局", "", "市教育局 市财政局"},
        {"龙溪区、瓯南区、苍山县人民政府", "", "龙溪区 瓯南区 苍山县人民政府"},
        {"市教育局、市财政局等", "", "市教育局 市财政局等"},
        {"市“两个健康”创建办、市“三医、联动”办", "", "市“两个健康”创建办 市“三医、联动”办"},
        {"牵头单位：市财政局；配合单位：市审计局、各县区", "市财政局", "市审计局 各县区"},
        {"牵头单位：市财政局、市税务局；责任单位：市审计局", "市财政局 市税务局", "市审计局"},
        {"責任單位：市財政局、市審計局", "", "市財政局 市審計局"},
        {"市财政局牵头，市审计局、各县区配合", "市财政局", "市审计局 各县区"},
        {"市财政局、市税务局牵头，市审计局配合", "市财政局 市税务局", "市审计局"},
        {"市教育局、市财政局按职责分工负责", "", "市教育局 市财政局"},
        {"各县（市、区政府", "", "各县（市 区政府"},
        {"市财政局）、市审计局", "", "市财政局） 市审计局"},
        {"、，；", "", ""},
        {"*", "", ""},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_list(cases[i].text, cases[i].lead, cases[i].others);
}

static void finds_lists(void **state) {
    (void)state;
    static const struct {
        const char *text, *found; // NULL: none
    } cases[] = {
        {"支持建设示范园区。（责任单位：市经信局、市财政局，各县<市、区>政府）",
         "市经信局、市财政局，各县<市、区>政府"},
        {"推进改革（试点）。(責任單位：市財政局、各縣（市、區）政府)", "市財政局、各縣（市、區）政府"},
        {"一是（责任单位：市教育局）；二是（责任部门：市科技局）。", "市科技局"},
        {"加大投入。（牵头单位：市财政局；责任单位：市审计局、市税务局）",
         "牵头单位：市财政局；责任单位：市审计局、市税务局"},
        {"加大投入。（主办：市财政局；协办：市审计局）", "主办：市财政局；协办：市审计局"},
        {"加大投入。（责\n任单位：市财\n政局）", "市财\n政局"},
        {"加大投入。（市财政局牵头，市审计局、各县区配合）", "市财政局牵头，市审计局、各县区配合"},
        {"加大投入。（市财政局负责）。", "市财政局负责"},
        {"（市委宣传部牵头，市卫健委配合）", "市委宣传部牵头，市卫健委配合"},
        {"加大投入（由专人负责）", NULL},
        {"（由专人负责）", NULL},
        {"市财政局牵头）", NULL},
        {"加大投入（试点）", NULL},
        {"责任单位：市财政局", "市财政局"},
        {"加大投入。责任单位：市财政局、市审计局。", "市财政局、市审计局"},
        {"要落实责任单位：谁主管谁负责，层层压实。各地要重视。", NULL},

        {"加大投入。（责任单位：市财政局", NULL},
        {"加大投入。（责任单位：）", NULL},
        {"", NULL},
        {"（）", NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t at = 0, length = 0;
        int found = gaz_unit_list_find(cases[i].text, strlen(cases[i].text), &at, &length);
        if (found != (cases[i].found != NULL) ||
            (found &&
             (length != strlen(cases[i].found) || memcmp(cases[i].text + at, cases[i].found, length) != 0)))
            fail_msg("%s: %.*s", cases[i].text, (int)length, cases[i].text + at);
    }
}

static void tells_names_from_words(void **state) {
    (void)state;
    static const char *const names[] = {
        "市卫健委",
        "云江市人民政府",
        "各县（市、区）人民政府",
        "各县<市、区>政府",
        "云江医科大学",
        "龙溪区",
        "苍山县人民政府",
        "市物联办",
        "市“两个健康”创建办",
        "各行业主管部门",
        "相关单位",
        "国家金融监管总局云江监管分局",
        "云江农商银行",
        "市交运集团",
        "市城发集团有限公司",
        "县级以上医院",
        "市委组织部<市委人才办>",
        "云江市第一人民医院",
        "有关部门",
    };
    static const char *const others[] = {
        "",
        "市",
        "加强组织领导",
        "完成改造任务。",
        "推进智慧医院建设",
        "全市",
        "云江市人民政府关于加强消防工作的意见",
        "召开全市大会",
        "建成3个中心",
        "市卫健委、市教育局",
        "2023年",
        "高质量发展",
        "提升医院",
        "全部",
        "《办法》",
    };
    for (size_t i = 0; i < COUNT(names); i++)
        if (gaz_unit_likeness(authority, names[i], strlen(names[i])) < 0.6)
            fail_msg("%s %f", names[i], gaz_unit_likeness(authority, names[i], strlen(names[i])));
    for (size_t i = 0; i < COUNT(others); i++)
        if (gaz_unit_likeness(authority, others[i], strlen(others[i])) >= 0.5)
            fail_msg("%s %f", others[i], gaz_unit_likeness(authority, others[i], strlen(others[i])));
    assert_true(gaz_unit_likeness(authority, "市卫健委", strlen("市卫健委")) >= 1);
    assert_true(gaz_unit_likeness(NULL, "市卫健委", strlen("市卫健委")) >= 0.9);
}

// --- properties --------------------------------------------------------------------------------------------

static uint32_t next_random(uint32_t *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

// Nothing is invented and nothing lost: the characters of all names are among those of the text, in order.
static void keeps_what_is_printed(void **state) {
    (void)state;
    static const char *const parts[] = {"市财政局", "各县", "（",   "）", "<",    ">", "、",   "，",
                                        "；",       " ",    "\n",   "*",  "“",    "”", "牵头", "责任单位：",
                                        "委",       "。",   "\xff", "等", "配合", "(", ")",    "负责"};
    uint32_t seed = 2463534242u;
    for (int round = 0; round < 5000; round++) {
        char text[256] = "";
        for (uint32_t n = next_random(&seed) % 14; n > 0; n--)
            strcat(text, parts[next_random(&seed) % COUNT(parts)]);
        struct gaz_arena *own = gaz_arena_new();
        struct gaz_unit_list list;
        size_t at, length;
        assert_int_equal(gaz_unit_list_read(text, strlen(text), own, &list, NULL), GAZ_OK);
        for (size_t i = 0; i < list.lead_count + list.others_count; i++) {
            const char *name = i < list.lead_count ? list.lead[i] : list.others[i - list.lead_count];
            assert_true(name[0] != '\0' && strpbrk(name, " \n") == NULL);
            assert_true(gaz_unit_likeness(authority, name, strlen(name)) <= 1);
        }
        if (gaz_unit_list_find(text, strlen(text), &at, &length))
            assert_true(length > 0 && at + length <= strlen(text));
        gaz_arena_free(own);
    }
}

static int fail_nth(void *context, size_t size) {
    (void)size;
    return (*(int *)context)-- == 0;
}

// Every allocation of loading, looking up and reading a list, failed in turn.
static enum gaz_status use_all(struct gaz_arena *own) {
    struct gaz_authority *loaded = NULL;
    struct gaz_unit_keys keys;
    struct gaz_unit_list list;
    enum gaz_status status = gaz_authority_load("corpus/authority.tsv", &loaded, NULL);
    if (status == GAZ_OK)
        status = gaz_authority_keys(loaded, "市卫计委", strlen("市卫计委"), "云江", own, &keys, NULL);
    if (status == GAZ_OK)
        status = gaz_unit_list_read("*市财政局、市审计局", strlen("*市财政局、市审计局"), own, &list, NULL);
    gaz_authority_free(loaded);
    return status;
}

static void survives_want_of_memory(void **state) {
    (void)state;
    size_t live = gaz_mem_live();
    int step = 1;
    for (int n = 0, done = 0; !done; n += step) {
        int countdown = n;
        struct gaz_mem_hook hook = {fail_nth, &countdown};
        struct gaz_arena *own = gaz_arena_new();
        gaz_mem_set_hook(&hook);
        enum gaz_status status = use_all(own);
        gaz_mem_set_hook(NULL);
        done = countdown >= 0;
        assert_true(done ? status == GAZ_OK : status == GAZ_ERR_MEMORY);
        gaz_arena_free(own);
        assert_int_equal(gaz_mem_live(), live);
        step = n < 100 ? 1 : n > 3000 ? 1 : 7;
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_keys),
        cmocka_unit_test(lookups_meet),
        cmocka_unit_test(knows_names),
        cmocka_unit_test(names_the_bad_line),
        cmocka_unit_test(reads_files),
        cmocka_unit_test(reads_lists),
        cmocka_unit_test(finds_lists),
        cmocka_unit_test(tells_names_from_words),
        cmocka_unit_test(keeps_what_is_printed),
        cmocka_unit_test(survives_want_of_memory),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
