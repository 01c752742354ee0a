// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "indexer/reader.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

// An issue taken from bytes, and the diagnostics that its reading gave.
struct taken {
    struct gaz_issue issue;
    enum gaz_status status;
    struct gaz_err err;
    size_t diagnostics;
    char last[512];
};

static void count_diag(void *context, const struct gaz_diag *diag) {
    struct taken *taken = context;
    taken->diagnostics++;
    assert_string_equal(diag->code, "undecodable");
    snprintf(taken->last, sizeof taken->last, "%s", diag->message);
}

static struct taken *begin(void) {
    struct taken *taken = calloc(1, sizeof *taken);
    assert_non_null(taken);
    taken->issue.arena = gaz_arena_new();
    taken->issue.diag = count_diag;
    taken->issue.diag_context = taken;
    return taken;
}

static struct taken *take_bytes(const char *raw, size_t len, const char *encoding) {
    struct taken *taken = begin();
    taken->status =
        gaz_reader_take(&taken->issue, "folder/lanxi-2024-03.txt", raw, len, encoding, &taken->err);
    return taken;
}

static struct taken *take(const char *text) {
    struct taken *taken = take_bytes(text, strlen(text), NULL);
    assert_int_equal(taken->status, GAZ_OK);
    return taken;
}

static struct taken *load(const char *path, const char *encoding) {
    struct taken *taken = begin();
    taken->status = gaz_reader_load(&taken->issue, path, encoding, &taken->err);
    return taken;
}

static void end(struct taken *taken) {
    gaz_arena_free(taken->issue.arena);
    free(taken);
}

static const struct gaz_line *line_at(const struct taken *taken, size_t i) {
    assert_true(i < taken->issue.lines.count);
    return &taken->issue.lines.items[i];
}

static void assert_line(const struct taken *taken, size_t i, const char *text, size_t number, size_t page) {
    const struct gaz_line *line = line_at(taken, i);
    assert_int_equal(line->span.length, strlen(text));
    assert_memory_equal(taken->issue.source.data + line->span.offset, text, line->span.length);
    assert_int_equal(line->number, number);
    assert_int_equal(line->page, page);
}

static void source_is_described(void **state) {
    (void)state;
    struct taken *taken = take("岚溪市人民政府公报\n");
    const struct gaz_source *source = &taken->issue.source;
    assert_string_equal(source->path, "folder/lanxi-2024-03.txt");
    assert_string_equal(source->stem, "lanxi-2024-03");
    assert_string_equal(source->encoding, "UTF-8");
    assert_int_equal(source->raw_bytes, 28);
    assert_int_equal(source->len, 28);
    assert_string_equal(source->data, "岚溪市人民政府公报\n");
    end(taken);
    taken = take("abc"); // FIPS 180-4's own example
    assert_string_equal(taken->issue.source.sha256,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    end(taken);
}

static void empty_files_have_no_lines(void **state) {
    (void)state;
    static const char *const texts[] = {"",       "\n",       " \n\t\n　\n", "\f",
                                        "\f\f\f", "\r\n\r\n", "\uFEFF",      "\uFEFF\n"};
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct taken *taken = take(texts[i]);
        assert_int_equal(taken->issue.lines.count, 0);
        assert_int_equal(taken->issue.page_count, 0);
        end(taken);
    }
}

static void lines_end_in_three_ways(void **state) {
    (void)state;
    static const char *const texts[] = {"甲\n乙\n\n丙", "甲\r乙\r\r丙\r", "甲\r\n乙\r\n\r\n丙\r\n"};
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct taken *taken = take(texts[i]);
        assert_int_equal(taken->issue.lines.count, 3);
        assert_line(taken, 0, "甲", 1, 1);
        assert_line(taken, 1, "乙", 2, 1);
        assert_line(taken, 2, "丙", 4, 1);
        assert_int_equal(line_at(taken, 1)->blank_before, 0);
        assert_int_equal(line_at(taken, 2)->blank_before, 1);
        assert_true(line_at(taken, 0)->page_start);
        assert_false(line_at(taken, 1)->page_start);
        end(taken);
    }
}

static void form_feeds_part_pages(void **state) {
    (void)state;
    struct taken *taken = take("甲\n乙\f丙\n\f丁\n\f\f戊\n 己\n\f");
    assert_int_equal(taken->issue.page_count, 5);
    assert_line(taken, 0, "甲", 1, 1);
    assert_line(taken, 1, "乙", 2, 1);
    assert_line(taken, 2, "丙", 2, 2); // a form feed ends no line of the file
    assert_line(taken, 3, "丁", 3, 3);
    assert_line(taken, 4, "戊", 4, 5); // behind an empty page
    assert_line(taken, 5, "己", 5, 5); // where form feeds mark pages, a space does not
    assert_true(line_at(taken, 2)->page_start);
    assert_false(line_at(taken, 5)->page_start);
    end(taken);
}

static void empty_pages_count(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t page; // of the first line
        size_t pages;
    } cases[] = {
        {"\f甲\n乙\n丙\n\f", 2, 2},           // the cover is a picture
        {"\f甲\n乙\n\f丙\n", 1, 2},           // each page begins with one
        {"甲\n\f\f\f乙\n丙\n丁\n戊\n", 1, 4}, // two empty pages
        {"甲\n\f\f\f\f\f乙\n", 1, 2},         // more form feeds than lines: damage
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct taken *taken = take(cases[i].text);
        assert_int_equal(line_at(taken, 0)->page, cases[i].page);
        assert_int_equal(taken->issue.page_count, cases[i].pages);
        end(taken);
    }
}

static const char wide_spaced[] = "第一页的第一行文字\n\n第一页的第二行文字\n\n第一页的第三行文字\n\n"
                                  "　第一页缩进的文字\n\n第一页的第五行文字\n\n 空行后面的一个空格\n\n"
                                  "第一页的第七行文字\n 第二页的第一行文字\n\n第二页的第二行文字\n"
                                  "  两个空格不开新的页\n\n第二页的第四行文字\n\n";

static void one_space_parts_pages(void **state) {
    (void)state;
    struct taken *taken = take(wide_spaced);
    assert_int_equal(taken->issue.lines.count, 11);
    assert_int_equal(taken->issue.page_count, 2);
    assert_line(taken, 5, "空行后面的一个空格", 11, 1);
    assert_line(taken, 6, "第一页的第七行文字", 13, 1);
    assert_line(taken, 7, "第二页的第一行文字", 14, 2);
    assert_line(taken, 9, "两个空格不开新的页", 17, 2);
    end(taken);
}

static void one_space_before_all_lines_is_an_indent(void **state) {
    (void)state;
    struct taken *taken =
        take(" 各县（市、区）人民政府，市政府\n 直属各单位，现将有关事项通知如\n 下，请认真贯彻执"
             "行。\n 一、提高认识\n 二、加强领导\n 三、落实责任\n");
    assert_int_equal(taken->issue.page_count, 1);
    assert_int_equal(line_at(taken, 1)->indent, 1);
    end(taken);
}

static void indents_and_widths_are_columns(void **state) {
    (void)state;
    struct taken *taken = take("　　第一条　本办法\n\t1.5万元\nABC中\n   ·  37  ·   \n");
    static const size_t indents[] = {4, 4, 0, 3}, widths[] = {14, 7, 5, 10};
    for (size_t i = 0; i < COUNT(indents); i++) {
        assert_int_equal(line_at(taken, i)->indent, indents[i]);
        assert_int_equal(line_at(taken, i)->width, widths[i]);
    }
    assert_line(taken, 3, "·  37  ·", 4, 1);
    end(taken);
}

static void letter_spacing_is_known(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool spaced;
    } cases[] = {
        {"5 . 实 施 中 小 微 企 业", true},
        {"政 务 简 讯", true},
        {"1 0 月 1 0 日 ， 市 委", true},
        {"政　务　简　讯", true},
        {"政务 简讯", false},
        {"目　录", false},
        {"甲 乙 丙", false},
        {"关于 加强 管理", false},
        {"A B C D", true},
        {"市长  唐 砚 秋", false},
        {"政 务 简 讯 工作", false},
        {"政务简讯", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct taken *taken = take(cases[i].text);
        if (line_at(taken, 0)->spaced != cases[i].spaced)
            fail_msg("%s", cases[i].text);
        end(taken);
    }
    struct taken *taken = take("政 务 简 讯");
    assert_int_equal(line_at(taken, 0)->width, 8);
    end(taken);
}

// The mark stays in the text, so that offsets are those in the file.
static void a_mark_counts_in_the_offsets(void **state) {
    (void)state;
    struct taken *taken = take("\uFEFF第一行\n第二行\n");
    assert_int_equal(taken->issue.source.len, 3 + 20);
    assert_line(taken, 0, "第一行", 1, 1);
    assert_int_equal(line_at(taken, 0)->span.offset, 3);
    assert_int_equal(line_at(taken, 0)->indent, 0);
    assert_int_equal(line_at(taken, 1)->span.offset, 13);
    end(taken);
    taken = take_bytes("\xFF\xFE\x32\x75\n\0\x59\x4E", 8, NULL); // 甲 乙 in UTF-16LE
    assert_int_equal(taken->status, GAZ_OK);
    assert_string_equal(taken->issue.source.encoding, "UTF-16LE");
    assert_string_equal(taken->issue.source.data, "甲\n乙");
    assert_int_equal(taken->issue.source.raw_bytes, 8);
    end(taken);
}

static void zero_bytes_are_told_and_kept_as_substitutes(void **state) {
    (void)state;
    static const char raw[] = "岚溪市\0人民政府\n\0\n";
    struct taken *taken = take_bytes(raw, sizeof raw - 1, "UTF-8");
    assert_int_equal(taken->status, GAZ_OK);
    assert_int_equal(taken->issue.lines.count, 2);
    assert_int_equal(line_at(taken, 0)->span.length, 22);
    assert_int_equal(line_at(taken, 1)->span.length, 1);
    assert_string_equal(taken->issue.source.data, "岚溪市\x1A人民政府\n\x1A\n");
    assert_int_equal(taken->diagnostics, 1);
    assert_non_null(strstr(taken->last, "2 zero"));
    end(taken);
}

static void broken_bytes_are_told(void **state) {
    (void)state;
    static const char raw[] = "岚溪市\xFF人民\xE6\xB0政府\n";
    struct taken *taken = take_bytes(raw, sizeof raw - 1, NULL);
    assert_int_equal(taken->status, GAZ_OK);
    assert_string_equal(taken->issue.source.data, "岚溪市\uFFFD人民\uFFFD\uFFFD政府\n");
    assert_int_equal(taken->diagnostics, 3);
    assert_non_null(strstr(taken->last, "0xb0"));
    assert_non_null(strstr(taken->last, "17"));
    end(taken);
}

static void many_broken_bytes_are_summed_up(void **state) {
    (void)state;
    char raw[200] = "岚溪市人民政府";
    memset(raw + 21, 0xFF, 100);
    struct taken *taken = take_bytes(raw, 121, "UTF-8");
    assert_int_equal(taken->status, GAZ_OK);
    assert_int_equal(taken->diagnostics, 21);
    assert_non_null(strstr(taken->last, "80 more"));
    end(taken);
}

static void unknown_encodings_are_refused(void **state) {
    (void)state;
    struct taken *taken = take_bytes("abc", 3, "KOI-9");
    assert_int_equal(taken->status, GAZ_ERR_ARGUMENT);
    assert_non_null(strstr(taken->err.message, "KOI-9"));
    end(taken);
}

// --- files

// A folder for the test, removed by end_folder; PATH_IN names a file in it.
static char folder[] = "/tmp/gazette-reader-XXXXXX";

static const char *path_in(const char *name) {
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    remove(path_in("issue.txt"));
    remove(path_in("fifo"));
    return rmdir(folder);
}

static void write_file(const char *name, const char *text) {
    FILE *file = fopen(path_in(name), "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void files_are_read_and_hashed(void **state) {
    (void)state;
    char hash[GAZ_HASH_HEX];
    write_file("issue.txt", wide_spaced);
    struct taken *taken = load(path_in("issue.txt"), NULL);
    assert_int_equal(taken->status, GAZ_OK);
    assert_string_equal(taken->issue.source.data, wide_spaced);
    assert_string_equal(taken->issue.source.stem, "issue");
    assert_int_equal(gaz_reader_hash(path_in("issue.txt"), hash, NULL), GAZ_OK);
    assert_string_equal(hash, taken->issue.source.sha256);
    end(taken);
}

static void assert_unreadable(const char *path) {
    char hash[GAZ_HASH_HEX];
    struct taken *taken = load(path, NULL);
    assert_int_equal(taken->status, GAZ_ERR_IO);
    assert_non_null(strstr(taken->err.message, path));
    assert_int_equal(gaz_reader_hash(path, hash, NULL), GAZ_ERR_IO);
    end(taken);
}

static void other_things_than_files_are_refused(void **state) {
    (void)state;
    assert_unreadable(path_in("missing.txt"));
    assert_unreadable(folder);
    assert_unreadable("/dev/null");
    assert_int_equal(mkfifo(path_in("fifo"), 0600), 0); // nobody writes to it: it must not be waited for
    assert_unreadable(path_in("fifo"));
}

static void forbidden_files_are_refused(void **state) {
    (void)state;
    write_file("issue.txt", "甲\n");
    assert_int_equal(chmod(path_in("issue.txt"), 0), 0);
    if (access(path_in("issue.txt"), R_OK) == 0)
        skip(); // who may read everything
    assert_unreadable(path_in("issue.txt"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(source_is_described),
        cmocka_unit_test(empty_files_have_no_lines),
        cmocka_unit_test(lines_end_in_three_ways),
        cmocka_unit_test(form_feeds_part_pages),
        cmocka_unit_test(empty_pages_count),
        cmocka_unit_test(one_space_parts_pages),
        cmocka_unit_test(one_space_before_all_lines_is_an_indent),
        cmocka_unit_test(indents_and_widths_are_columns),
        cmocka_unit_test(letter_spacing_is_known),
        cmocka_unit_test(a_mark_counts_in_the_offsets),
        cmocka_unit_test(zero_bytes_are_told_and_kept_as_substitutes),
        cmocka_unit_test(broken_bytes_are_told),
        cmocka_unit_test(many_broken_bytes_are_summed_up),
        cmocka_unit_test(unknown_encodings_are_refused),
        cmocka_unit_test(files_are_read_and_hashed),
        cmocka_unit_test(other_things_than_files_are_refused),
        cmocka_unit_test(forbidden_files_are_refused),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
