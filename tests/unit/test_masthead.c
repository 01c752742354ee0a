// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "indexer/layout.h"
#include "indexer/masthead.h"
#include "indexer/reader.h"

static size_t diagnostics;

static void count_diag(void *context, const struct gaz_diag *diag) {
    (void)context;
    assert_string_equal(diag->code, "bad-sidecar");
    diagnostics++;
}

// The masthead of TEXT in a file named PATH.
static struct gaz_issue head_of(const char *path, const char *text) {
    struct gaz_issue issue = {.arena = gaz_arena_new(), .diag = count_diag};
    assert_int_equal(gaz_reader_take(&issue, path, text, strlen(text), NULL, NULL), GAZ_OK);
    assert_int_equal(gaz_layout_run(&issue, NULL), GAZ_OK);
    assert_int_equal(gaz_masthead_find(&issue, NULL), GAZ_OK);
    return issue;
}

static void assert_text(const char *text, const char *wanted) {
    if (!wanted)
        assert_null(text);
    else
        assert_string_equal(text, wanted);
}

static void assert_head(const char *path, const char *text, const char *gazette, int year, const char *number,
                        const char *serial) {
    struct gaz_issue issue = head_of(path, text);
    assert_text(issue.masthead.gazette, gazette);
    assert_int_equal(issue.masthead.year, year);
    assert_text(issue.masthead.number, number);
    assert_text(issue.masthead.serial, serial);
    gaz_arena_free(issue.arena);
}

#define BODY "各县（市、区）人民政府，市政府直属各单位：\n为加强城市管理，现将有关事项通知如下。\n"

static void first_lines_tell(void **state) {
    (void)state;
    assert_head("a.txt", "岚溪市人民政府公报\n2024年第3期（总第112期）\n" BODY, "岚溪市人民政府公报", 2024,
                "第3期", "总第112期");
    assert_head("a.txt", "岚溪市人民政府公报\n二〇二四年第十二期\n" BODY, "岚溪市人民政府公报", 2024,
                "第十二期", NULL);
    assert_head("a.txt", "岚溪市人民政府公报\n2024 年 第 3 期\n" BODY, "岚溪市人民政府公报", 2024, "第3期",
                NULL);
    assert_head("a.txt", "嵐雲縣政府公報\n中華民國 一百一十三 年 第2期\n" BODY, "嵐雲縣政府公報", 2024,
                "第2期", NULL);
    assert_head("a.txt", "嵐雲縣政府公報\n中華民國113年第2期（總第40期）\n" BODY, "嵐雲縣政府公報", 2024,
                "第2期", "總第40期");
}

static void running_heads_tell(void **state) {
    (void)state;
    assert_head("a.txt", BODY "岚溪市人民政府公报（总第112期）\n" BODY, "岚溪市人民政府公报", 0, NULL,
                "总第112期");
    assert_head("a.txt", BODY "岚溪市人民政府公报 2024年第3期\n" BODY, "岚溪市人民政府公报", 2024, "第3期",
                NULL);
}

static void text_that_speaks_of_gazettes_does_not(void **state) {
    (void)state;
    assert_head("a.txt",
                "一、主动公开。行政规范性文件应当在《岚溪市人民政府公报》第3期上刊登，公众可以查阅。\n", NULL,
                0, NULL, NULL);
    assert_head("a.txt", "第一期工程于2024年3月完工。\n项目第二期投资3亿元。\n", NULL, 0, NULL, NULL);
    assert_head("a.txt", "", NULL, 0, NULL, NULL);
}

static void file_names_tell_the_rest(void **state) {
    (void)state;
    assert_head("x/lanxi-2024-03.txt", BODY, NULL, 2024, "第3期", NULL);
    assert_head("x/lan-xi-2024-12.txt", BODY, NULL, 2024, "第12期", NULL);
    assert_head("lanxi-2024-03.txt", "岚溪市人民政府公报\n2023年第10期\n" BODY, "岚溪市人民政府公报", 2023,
                "第10期", NULL);
    assert_head("lanxi-2024-00.txt", BODY, NULL, 2024, NULL, NULL);
    static const char *const others[] = {"lanxi-3024-03.txt",
                                         "lanxi-2024.txt",
                                         "lanxi-2024-3a.txt",
                                         "2024-03.txt",
                                         "lanxi.txt",
                                         "lanxi-24-03.txt",
                                         "-.txt",
                                         "a--.txt"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_head(others[i], BODY, NULL, 0, NULL, NULL);
}

static void labels_name_the_issue(void **state) {
    (void)state;
    struct gaz_issue known = head_of("lanxi-2024-03.txt", BODY), unknown = head_of("x/loose.txt", BODY);
    assert_string_equal(gaz_masthead_label(&known), "2024年第3期");
    assert_string_equal(gaz_masthead_label(&unknown), "loose");
    gaz_arena_free(known.arena);
    gaz_arena_free(unknown.arena);
}

// --- sidecar

static char folder[] = "/tmp/gazette-masthead-XXXXXX";
static char text_path[64], json_path[64];

static int make_folder(void **state) {
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(text_path, sizeof text_path, "%s/lanxi-2024-03.txt", folder);
    snprintf(json_path, sizeof json_path, "%s/lanxi-2024-03.json", folder);
    return 0;
}

static int remove_folder(void **state) {
    (void)state;
    remove(json_path);
    return rmdir(folder);
}

static void write_sidecar(const char *text) {
    FILE *file = fopen(json_path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void sidecars_tell_before_file_names(void **state) {
    (void)state;
    write_sidecar("{\"gazette\": \"岚溪市人民政府公报\", \"year\": 2022, \"number\": \"第7期\", \"serial\": "
                  "\"总第90期\"}");
    assert_head(text_path, BODY, "岚溪市人民政府公报", 2022, "第7期", "总第90期");
    assert_head(text_path, "岚溪市政府公报\n2023年第10期\n" BODY, "岚溪市政府公报", 2023, "第10期",
                "总第90期");
    write_sidecar("{\"serial\": \"总第90期\"}");
    assert_head(text_path, BODY, NULL, 2024, "第3期", "总第90期");
    assert_int_equal(diagnostics, 0);
}

static void bad_sidecars_are_told(void **state) {
    (void)state;
    static const char *const bad[] = {"", "{", "[]", "\"x\"", "{\"year\": }"};
    diagnostics = 0;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        write_sidecar(bad[i]);
        assert_head(text_path, BODY, NULL, 2024, "第3期", NULL);
        assert_int_equal(diagnostics, i + 1);
    }
    write_sidecar("{\"gazette\": 3, \"year\": \"2022\", \"number\": null}"); // of other types: not taken
    assert_head(text_path, BODY, NULL, 2024, "第3期", NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_lines_tell),
        cmocka_unit_test(running_heads_tell),
        cmocka_unit_test(text_that_speaks_of_gazettes_does_not),
        cmocka_unit_test(file_names_tell_the_rest),
        cmocka_unit_test(labels_name_the_issue),
        cmocka_unit_test(sidecars_tell_before_file_names),
        cmocka_unit_test(bad_sidecars_are_told),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
