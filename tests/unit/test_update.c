// SPDX-License-Identifier: GPL-2.0-or-later
//
// An index after any series of updates holds and answers what one holds that was built at once.
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

#include "corpus/store.h"
#include "indexer/run.h"
#include "tests/support/folder.h"

static const char *const samples[] = {"corpus/issues/lanyun-2024-01.txt",
                                      "corpus/issues/lanchuan-2024-02.txt",
                                      "corpus/issues/yungang-2024-03.txt"};
enum { SAMPLES = sizeof samples / sizeof *samples, PATH_SIZE = 128 };

static struct gaz_authority *authority;
static char folder[] = "/tmp/gaz-update-XXXXXX";
static char files[SAMPLES][PATH_SIZE], changed[SAMPLES][PATH_SIZE]; // each sample, and with a paragraph more

// --- files ---

static void copy_file(const char *from, const char *to, const char *more) {
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    int byte;
    assert_non_null(in);
    assert_non_null(out);
    while ((byte = getc(in)) != EOF)
        putc(byte, out);
    fputs(more, out);
    fclose(in);
    assert_int_equal(fclose(out), 0);
}

static int set_up(void **state) {
    (void)state;
    if (!mkdtemp(folder) || gaz_authority_load("corpus/authority.tsv", &authority, NULL) != GAZ_OK)
        return -1;
    char sub[PATH_SIZE];
    snprintf(sub, sizeof sub, "%s/changed", folder);
    mkdir(sub, 0700);
    for (size_t i = 0; i < SAMPLES; i++) {
        const char *name = strrchr(samples[i], '/');
        snprintf(files[i], sizeof files[i], "%s%s", folder, name);
        snprintf(changed[i], sizeof changed[i], "%s%s", sub, name);
        copy_file(samples[i], files[i], "");
        copy_file(samples[i], changed[i], "\n　　本期刊物的校对由值班编辑逐页完成。\n");
    }
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    gaz_authority_free(authority);
    return folder_remove(folder);
}

static const char *index_path(const char *name) {
    static char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s.idx", folder, name);
    return path;
}

// --- what is done to an index ---

static struct gaz_run_options options_for(const char *name) {
    return (struct gaz_run_options){.index = index_path(name), .authority = authority};
}

static void update_with(const struct gaz_run_options *options, const char *const *paths, size_t count) {
    struct gaz_run_summary summary;
    struct gaz_err err = {0};
    if (gaz_run_index(options, paths, count, &summary, &err) != GAZ_OK)
        fail_msg("%s", err.message);
}

static void update(const char *name, const char *path) {
    const struct gaz_run_options options = options_for(name);
    update_with(&options, &path, 1);
}

static void update_all(const char *name, size_t jobs, size_t memory) {
    const char *const paths[] = {files[0], files[1], files[2]};
    struct gaz_run_options options = options_for(name);
    options.jobs = jobs;
    options.memory = memory;
    update_with(&options, paths, SAMPLES);
}

static void rebuild(const char *name, const char *path) {
    struct gaz_run_options options = options_for(name);
    options.rebuild = true;
    update_with(&options, &path, 1);
}

static void drop(const char *name, const char *issue) {
    assert_int_equal(gaz_run_remove(index_path(name), &issue, 1, NULL), GAZ_OK);
}

// --- what an index holds ---

// Lines that are compared when they are sorted.
struct lines {
    char **items;
    size_t count, capacity;
    struct gaz_index *index;
};

static void add_line(struct lines *lines, char *line) {
    char **items = gaz_grow(lines->items, &lines->capacity, lines->count + 1, sizeof *items);
    assert_non_null(items);
    lines->items = items;
    items[lines->count++] = line;
}

static json_t *record_of(struct gaz_index *index, uint32_t docid) {
    json_t *record = NULL;
    assert_int_equal(gaz_store_record(index, docid, &record, NULL), GAZ_OK);
    return record;
}

static int add_record(void *context, uint32_t docid) {
    struct lines *lines = context;
    json_t *record = record_of(lines->index, docid);
    add_line(lines, json_dumps(record, JSON_COMPACT));
    json_decref(record);
    return 0;
}

static int add_id(void *context, uint32_t docid) {
    struct lines *lines = context;
    json_t *record = record_of(lines->index, docid);
    add_line(lines, strdup(json_string_value(json_object_get(record, "id"))));
    json_decref(record);
    return 0;
}

static int add_term(void *context, struct gaz_index_bytes term, uint32_t frequency) {
    struct gaz_buf line = GAZ_BUF_INIT;
    gaz_buf_add(&line, term.data, term.len);
    gaz_buf_printf(&line, " %u", frequency);
    add_line(context, strdup(line.data));
    gaz_buf_free(&line);
    return 0;
}

static int add_metadata(void *context, const char *key, struct gaz_index_bytes value) {
    struct gaz_buf line = GAZ_BUF_INIT;
    gaz_buf_printf(&line, "%s=%.*s", key, (int)value.len, value.data);
    add_line(context, strdup(line.data));
    gaz_buf_free(&line);
    return 0;
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

// All records, terms with their frequencies, metadata, and the answers to some queries; sorted.
static struct lines export(const char *name) {
    static const char *const asked[] = {"X通", "X企业", "Tclause", "Qlanyun-2024-01/1", "Ilanchuan-2024-02"};
    const char *dirs[] = {index_path(name)};
    struct lines lines = {0};
    const struct gaz_index_query all = {.op = GAZ_INDEX_ALL};
    assert_int_equal(gaz_index_open(dirs, 1, &lines.index, NULL), GAZ_OK);
    assert_int_equal(gaz_index_each(lines.index, &all, add_record, &lines, NULL), GAZ_OK);
    assert_int_equal(gaz_index_terms(lines.index, (struct gaz_index_bytes){"", 0}, add_term, &lines, NULL),
                     GAZ_OK);
    assert_int_equal(gaz_index_each_metadata(lines.index, "", add_metadata, &lines, NULL), GAZ_OK);
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        const struct gaz_index_query query = {.op = GAZ_INDEX_TERM, .term = {asked[i], strlen(asked[i])}};
        assert_int_equal(gaz_index_each(lines.index, &query, add_id, &lines, NULL), GAZ_OK);
    }
    struct gaz_buf count = GAZ_BUF_INIT;
    gaz_buf_printf(&count, "%u records", gaz_index_count(lines.index));
    add_line(&lines, strdup(count.data));
    gaz_buf_free(&count);
    gaz_index_close(lines.index);
    qsort(lines.items, lines.count, sizeof *lines.items, by_text);
    return lines;
}

static void forget(struct lines *lines) {
    for (size_t i = 0; i < lines->count; i++)
        free(lines->items[i]);
    gaz_free(lines->items);
}

static void assert_same(const char *one, const char *other) {
    struct lines a = export(one), b = export(other);
    assert_true(a.count > 1000);
    for (size_t i = 0; i < a.count && i < b.count; i++)
        assert_string_equal(a.items[i], b.items[i]);
    assert_int_equal(a.count, b.count);
    forget(&a);
    forget(&b);
    struct gaz_run_check checked;
    assert_int_equal(gaz_run_check(index_path(other), authority, true, &checked, NULL), GAZ_OK);
}

// --- tests ---

static void one_by_one_is_as_at_once(void **state) {
    (void)state;
    for (size_t i = 0; i < SAMPLES; i++)
        update("single", files[i]);
    assert_same("once", "single");
}

static void order_does_not_matter(void **state) {
    (void)state;
    update("backwards", files[2]);
    update("backwards", files[0]);
    update("backwards", files[1]);
    assert_same("once", "backwards");
}

static void neither_do_jobs_nor_memory(void **state) {
    (void)state;
    update_all("jobs2", 2, 0);
    assert_same("once", "jobs2");
    update_all("jobs7", 7, 1);
    assert_same("once", "jobs7");
}

static void updates_and_removals_leave_no_trace(void **state) {
    (void)state;
    update("worn", changed[1]);
    update("worn", files[0]);
    update("worn", files[1]);
    update("worn", changed[0]);
    update("worn", files[2]);
    drop("worn", "yungang-2024-03");
    update("worn", files[0]);
    drop("worn", "lanyun-2024-01");
    rebuild("worn", files[1]);
    update("worn", files[0]);
    update("worn", files[2]);
    update("worn", files[2]); // unchanged
    rebuild("worn", files[2]);
    assert_same("once", "worn");
}

static bool holds(const char *name, const char *text) {
    struct lines lines = export(name);
    bool found = false;
    for (size_t i = 0; i < lines.count; i++)
        found = found || strstr(lines.items[i], text);
    forget(&lines);
    return found;
}

static void a_change_is_seen(void **state) {
    (void)state;
    update_all("changed", 1, 0);
    assert_false(holds("changed", "值班编辑"));
    update("changed", changed[2]);
    assert_true(holds("changed", "值班编辑"));
}

// Of two files of one issue the first counts, and the other is told of; the same path twice is one file.
static void the_first_of_an_issue_counts(void **state) {
    (void)state;
    const char *const paths[] = {files[0], files[1], changed[0], files[0], files[2]};
    for (size_t jobs = 1; jobs <= 4; jobs++) {
        char name[16];
        snprintf(name, sizeof name, "twice%zu", jobs);
        struct gaz_run_options options = options_for(name);
        options.jobs = jobs;
        update_with(&options, paths, sizeof paths / sizeof *paths);
        assert_same("once", name);
    }
}

// Diagnostics and files that cannot be read come through from the workers.
static void count_diag(void *context, const struct gaz_diag *diag) {
    size_t *count = context;
    *count += strcmp(diag->code, GAZ_RUN_UNREADABLE) == 0 && strstr(diag->file, "missing") != NULL;
}

static void unreadable_files_are_reported_by_workers(void **state) {
    (void)state;
    const char *const paths[] = {files[0], "/nowhere/missing.txt", files[1], files[2]};
    for (size_t jobs = 1; jobs <= 2; jobs++) {
        size_t count = 0;
        struct gaz_run_summary summary;
        struct gaz_run_options options = options_for(jobs == 1 ? "missing1" : "missing2");
        options.jobs = jobs;
        options.diag = count_diag;
        options.diag_context = &count;
        assert_int_equal(gaz_run_index(&options, paths, 4, &summary, NULL), GAZ_OK);
        assert_int_equal(count, 1);
        assert_int_equal(summary.failed, 1);
        assert_int_equal(summary.files, 3);
    }
    assert_same("once", "missing1");
    assert_same("once", "missing2");
}

static int build_once(void **state) {
    int status = set_up(state);
    if (status == 0)
        update_all("once", 1, 0);
    return status;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_by_one_is_as_at_once),
        cmocka_unit_test(order_does_not_matter),
        cmocka_unit_test(neither_do_jobs_nor_memory),
        cmocka_unit_test(updates_and_removals_leave_no_trace),
        cmocka_unit_test(a_change_is_seen),
        cmocka_unit_test(the_first_of_an_issue_counts),
        cmocka_unit_test(unreadable_files_are_reported_by_workers),
    };
    return cmocka_run_group_tests(tests, build_once, tear_down);
}
