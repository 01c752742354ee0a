// SPDX-License-Identifier: GPL-2.0-or-later
//
// Every call that opens, reads, writes, syncs, names or locks a file fails in turn, once or from then on: the
// run says so, leaves no memory and no file open, and the index is as it was or as it should be. Calls that
// move fewer bytes than asked for make no difference.
//
// The calls are those of this program and of the libraries: what is defined here comes before the C
// library's.
#undef _FORTIFY_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

#include "corpus/record.h"
#include "indexer/run.h"
#include "shim/mem.h"
#include "tests/support/folder.h"

// --- calls that fail ---

static struct {
    bool armed;
    bool lasting;   // all after the first one fail, too
    bool shortened; // none fails, but they move no more than SHORT bytes
    int error;
    size_t allowed, seen;
} faults;

enum {
    SHORT = 1000,
    // Xapian 1.4 forgets the file of a revision that it could not sync, and the tables of a copy that it
    // could not finish.
    FORGOTTEN_BY_XAPIAN = 3
};

static bool fails(void) {
    if (!faults.armed || faults.shortened)
        return false;
    size_t place = faults.seen++;
    if (place < faults.allowed || (place > faults.allowed && !faults.lasting))
        return false;
    errno = faults.error;
    return true;
}

static size_t moved(size_t size) {
    return faults.armed && faults.shortened && size > SHORT ? SHORT : size;
}

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    unsigned mode = flags & O_CREAT ? va_arg(rest, unsigned) : 0;
    va_end(rest);
    return fails() ? -1 : (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    unsigned mode = flags & O_CREAT ? va_arg(rest, unsigned) : 0;
    va_end(rest);
    return fails() ? -1 : (int)syscall(SYS_openat, folder, path, flags, mode);
}

int fcntl(int fd, int command, ...) {
    va_list rest;
    va_start(rest, command);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    return fails() ? -1 : (int)syscall(SYS_fcntl, fd, command, argument);
}

int flock(int fd, int operation) {
    return fails() ? -1 : (int)syscall(SYS_flock, fd, operation);
}

ssize_t read(int fd, void *to, size_t size) {
    return fails() ? -1 : syscall(SYS_read, fd, to, moved(size));
}

ssize_t pread(int fd, void *to, size_t size, off_t offset) {
    return fails() ? -1 : syscall(SYS_pread64, fd, to, moved(size), offset);
}

ssize_t write(int fd, const void *from, size_t size) {
    return fails() ? -1 : syscall(SYS_write, fd, from, moved(size));
}

ssize_t pwrite(int fd, const void *from, size_t size, off_t offset) {
    return fails() ? -1 : syscall(SYS_pwrite64, fd, from, moved(size), offset);
}

// Nothing here loses its power, and a disk takes its time.
int fsync(int fd) {
    (void)fd;
    return fails() ? -1 : 0;
}

int fdatasync(int fd) {
    (void)fd;
    return fails() ? -1 : 0;
}

int ftruncate(int fd, off_t size) {
    return fails() ? -1 : (int)syscall(SYS_ftruncate, fd, size);
}

int mkdir(const char *path, mode_t mode) {
    return fails() ? -1 : (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}

int rename(const char *from, const char *to) {
    return fails() ? -1 : (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
    return fails() ? -1 : (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, flags);
}

int unlink(const char *path) {
    return fails() ? -1 : (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

int unlinkat(int folder, const char *path, int flags) {
    return fails() ? -1 : (int)syscall(SYS_unlinkat, folder, path, flags);
}

// The file is closed all the same.
int close(int fd) {
    bool failing = fails();
    int result = (int)syscall(SYS_close, fd);
    return failing ? -1 : result;
}

// --- the index ---

static const char *const issue_files[] = {"tests/unit/read/late-header.txt", "tests/unit/read/calendar.txt"};
static struct gaz_authority *authority;
static char folder[] = "/tmp/gazette-io-faults-XXXXXX";
static char dir[sizeof folder + sizeof "/index"], archive[sizeof folder + sizeof "/archive"];

static enum gaz_status index_issues(size_t count, bool rebuild, struct gaz_err *err) {
    struct gaz_run_options options = {
        .index = dir, .authority = authority, .rebuild = rebuild, .strict = true};
    struct gaz_run_summary summary;
    return gaz_run_index(&options, issue_files, count, &summary, err);
}

static char *exported(void) {
    char *text = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&text, &size);
    assert_non_null(to);
    struct gaz_err err = {0};
    if (gaz_run_export(dir, to, &err) != GAZ_OK)
        fail_msg("--export: %s", err.message);
    fclose(to);
    return text;
}

static void begin_again(void) {
    struct gaz_err err = {0};
    if (access(dir, F_OK) == 0)
        assert_int_equal(folder_remove(dir), 0);
    if (index_issues(1, false, &err) != GAZ_OK)
        fail_msg("%s", err.message);
}

static int set_up(void **state) {
    (void)state;
    json_set_alloc_funcs(gaz_malloc, gaz_free);
    if (!mkdtemp(folder) || gaz_authority_load("corpus/authority.tsv", &authority, NULL) != GAZ_OK)
        return -1;
    snprintf(dir, sizeof dir, "%s/index", folder);
    snprintf(archive, sizeof archive, "%s/archive", folder);
    begin_again();
    struct gaz_err err = {0};
    FILE *to = fopen(archive, "w");
    bool made = to && index_issues(2, false, &err) == GAZ_OK && gaz_run_export(dir, to, &err) == GAZ_OK;
    return made && fclose(to) == 0 ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    gaz_authority_free(authority);
    return folder_remove(folder);
}

static size_t files_open(void) {
    size_t count = 0;
    DIR *files = opendir("/proc/self/fd");
    assert_non_null(files);
    while (readdir(files))
        count++;
    closedir(files);
    return count;
}

// --- steps ---

typedef enum gaz_status step(struct gaz_err *err);

static enum gaz_status add_second(struct gaz_err *err) {
    return index_issues(2, false, err);
}

static enum gaz_status rebuild_first(struct gaz_err *err) {
    return index_issues(1, true, err);
}

// Removing what is not there would be an error.
static enum gaz_status remove_first(struct gaz_err *err) {
    static const char *const ids[] = {"late-header"};
    enum gaz_status status = gaz_run_remove(dir, ids, 1, err);
    if (status != GAZ_ERR_NOT_FOUND)
        return status;
    gaz_err_clear(err);
    return GAZ_OK;
}

static enum gaz_status compact(struct gaz_err *err) {
    return gaz_run_compact(dir, err);
}

static enum gaz_status import(struct gaz_err *err) {
    struct gaz_run_options options = {.index = dir, .authority = authority};
    struct gaz_run_summary summary;
    FILE *from = fopen(archive, "r");
    if (!from)
        return gaz_err_set(err, GAZ_ERR_IO, "cannot open the archive");
    enum gaz_status status = gaz_run_import(&options, from, "archive", &summary, err);
    fclose(from);
    return status;
}

static enum gaz_status look_after(struct gaz_err *err) {
    struct gaz_run_check checked;
    char *text = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&text, &size);
    enum gaz_status status = to ? gaz_run_check(dir, authority, true, &checked, err) : gaz_err_memory(err);
    if (status == GAZ_OK)
        status = gaz_run_list(dir, to, err);
    if (status == GAZ_OK)
        status = gaz_run_stats(dir, authority, to, err);
    if (status == GAZ_OK)
        status = gaz_run_export(dir, to, err);
    if (to)
        fclose(to);
    free(text);
    return status;
}

// --- tests ---

// What must hold after a step whose call NUMBER failed.
static void assert_unharmed(step *run, size_t number, const char *before, const char *after) {
    struct gaz_run_check checked;
    struct gaz_err err = {0}, again = {0};
    if (gaz_run_check(dir, authority, true, &checked, &err) != GAZ_OK)
        fail_msg("call %zu: --check: %s", number, err.message);
    char *held = exported();
    if (strcmp(held, before) != 0 && strcmp(held, after) != 0)
        fail_msg("call %zu: the index holds something else", number);
    free(held);
    if (run(&again) != GAZ_OK)
        fail_msg("call %zu: again: %s", number, again.message);
    held = exported();
    assert_string_equal(held, after);
    free(held);
}

// Fails the call number ALLOWED of a step; whether there was one.
static bool fail_call(step *run, size_t allowed, int error, bool lasting) {
    size_t live = gaz_mem_live(), open_before = files_open();
    struct gaz_err err = {0};
    faults.armed = true;
    faults.error = error;
    faults.lasting = lasting;
    faults.allowed = allowed;
    faults.seen = 0;
    enum gaz_status status = run(&err);
    faults.armed = false;
    if (status != err.status || gaz_mem_live() != live ||
        files_open() > open_before + (status == GAZ_OK ? 0 : FORGOTTEN_BY_XAPIAN))
        fail_msg("call %zu: %s, %s, %zu blocks and %zu files left", allowed, gaz_status_name(status),
                 err.message, gaz_mem_live() - live, files_open() - open_before);
    if (status != GAZ_OK && status != GAZ_ERR_IO && status != GAZ_ERR_BUSY && status != GAZ_ERR_CORRUPT)
        fail_msg("call %zu: %s", allowed, err.message);
    return faults.seen > allowed;
}

static void fail_each_call(step *run, int error, bool lasting, size_t stride) {
    begin_again();
    char *before = exported();
    struct gaz_err err = {0};
    if (run(&err) != GAZ_OK)
        fail_msg("%s", err.message);
    char *after = exported();
    bool more = true;
    for (size_t allowed = 0; more; allowed += stride) {
        begin_again();
        more = fail_call(run, allowed, error, lasting);
        assert_unharmed(run, allowed, before, after);
    }
    free(before);
    free(after);
}

static void adding(void **state) {
    (void)state;
    fail_each_call(add_second, EIO, false, 1);
    fail_each_call(add_second, ENOSPC, true, 2);
}

static void replacing(void **state) {
    (void)state;
    fail_each_call(rebuild_first, EIO, false, 2);
    fail_each_call(rebuild_first, ENOSPC, true, 3);
}

static void removing(void **state) {
    (void)state;
    fail_each_call(remove_first, EIO, false, 1);
    fail_each_call(remove_first, ENOSPC, true, 2);
}

static void compacting(void **state) {
    (void)state;
    fail_each_call(compact, ENOSPC, false, 1);
    fail_each_call(compact, EIO, true, 3);
}

static void importing(void **state) {
    (void)state;
    fail_each_call(import, EIO, false, 2);
    fail_each_call(import, ENOSPC, true, 3);
}

static void looking(void **state) {
    (void)state;
    fail_each_call(look_after, EIO, false, 2);
    fail_each_call(look_after, EMFILE, true, 3);
}

static void fewer_bytes_at_a_time_make_no_difference(void **state) {
    static step *const steps[] = {add_second, rebuild_first, compact, import, look_after, remove_first};
    (void)state;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct gaz_err err = {0}, shortened = {0};
        begin_again();
        assert_int_equal(steps[i](&err), GAZ_OK);
        char *expected = exported();
        begin_again();
        faults.armed = faults.shortened = true;
        if (steps[i](&shortened) != GAZ_OK)
            fail_msg("step %zu: %s", i, shortened.message);
        faults.armed = faults.shortened = false;
        char *held = exported();
        assert_string_equal(held, expected);
        free(held);
        free(expected);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(adding),
        cmocka_unit_test(replacing),
        cmocka_unit_test(removing),
        cmocka_unit_test(compacting),
        cmocka_unit_test(importing),
        cmocka_unit_test(looking),
        cmocka_unit_test(fewer_bytes_at_a_time_make_no_difference),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
