// SPDX-License-Identifier: GPL-2.0-or-later
//
// gazette-index: the command.
#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "corpus/cli.h"
#include "corpus/fold.h"
#include "indexer/files.h"
#include "indexer/progress.h"
#include "indexer/run.h"
#include "indexer/shards.h"
#include "shim/charset.h"
#include "shim/crash.h"
#include "shim/message.h"
#include "shim/terminal.h"

enum option {
#define GAZ_OPTION(id, name, argument, group, help) OPTION_##id,
#include "indexer/options.def"
#undef GAZ_OPTION
    OPTION_COUNT
};

static const struct gaz_cli_option options[] = {
#define GAZ_OPTION(id, name, argument, group, help) {name, argument, help, group},
#include "indexer/options.def"
#undef GAZ_OPTION
};

enum { JOBS_MAX = 256, MEMORY_MAX = 1 << 20 };

struct command {
    enum option action; // OPTION_INDEX: add the files
    struct gaz_run_options run;
    bool quiet;
    bool full;          // of a check
    const char *import; // file
    size_t shards;      // of a new index; 0: it is in one piece, or as it is
    size_t diagnostics;
    struct gaz_progress progress;
    const char **operands;
    size_t operand_count;
    const char **removed;
    size_t removed_count;
};

static void show_diag(void *context, const struct gaz_diag *diag) {
    struct command *command = context;
    command->diagnostics++;
    if (command->quiet && strcmp(diag->code, GAZ_RUN_UNREADABLE) != 0)
        return;
    gaz_progress_clear(&command->progress);
    gaz_terminal_print(stderr, diag->file ? diag->file : "");
    if (diag->page > 0 || diag->line > 0)
        fprintf(stderr, ":%zu:%zu", diag->page, diag->line);
    fprintf(stderr, ": %s: ", diag->code);
    gaz_terminal_print(stderr, diag->message);
    putc('\n', stderr);
}

// An unknown name is told before anything is read or opened.
static enum gaz_status take_encoding(struct command *command, const char *name, struct gaz_err *err) {
    struct gaz_charset_text nothing;
    enum gaz_status status = gaz_charset_decode("", 0, name, &nothing, err);
    gaz_charset_text_free(&nothing);
    command->run.encoding = name;
    return status;
}

static enum gaz_status take_size(const char *option, const char *text, size_t max, size_t *out,
                                 struct gaz_err *err) {
    unsigned long number = 0;
    enum gaz_status status = gaz_cli_number(option, text, 1, max, &number, err);
    *out = number;
    return status;
}

static enum gaz_status take_option(void *context, size_t option, const char *argument, struct gaz_err *err) {
    struct command *command = context;
    switch ((enum option)option) {
    case OPTION_INDEX:
        command->run.index = argument;
        break;
    case OPTION_REMOVE:
        command->removed[command->removed_count++] = argument;
        command->action = OPTION_REMOVE;
        break;
    case OPTION_DUMP:
    case OPTION_TEXT:
    case OPTION_LIST:
    case OPTION_EXPORT:
    case OPTION_COMPACT:
    case OPTION_STATS:
    case OPTION_SHORT_HELP:
    case OPTION_HELP:
    case OPTION_VERSION:
        command->action = (enum option)option;
        break;
    case OPTION_CHECK:
        command->action = OPTION_CHECK;
        command->full = argument;
        if (argument && strcmp(argument, "full") != 0)
            return gaz_err_set(err, GAZ_ERR_ARGUMENT, "--check=%s: use full", argument);
        break;
    case OPTION_IMPORT:
        command->action = OPTION_IMPORT;
        command->import = argument;
        break;
    case OPTION_REBUILD:
        command->run.rebuild = true;
        break;
    case OPTION_ENCODING:
        return take_encoding(command, argument, err);
    case OPTION_STRICT:
        command->run.strict = true;
        break;
    case OPTION_JOBS:
        return take_size("jobs", argument, JOBS_MAX, &command->run.jobs, err);
    case OPTION_SHARDS:
        return take_size("shards", argument, GAZ_SHARDS_MAX, &command->shards, err);
    case OPTION_MEMORY:
        return take_size("memory", argument, MEMORY_MAX, &command->run.memory, err);
    case OPTION_QUIET:
        command->quiet = true;
        break;
    case OPTION_COUNT:
        break;
    }
    return GAZ_OK;
}

static void show_help(bool is_short) {
    gaz_cli_print(stdout, _("Usage: gazette-index [OPTION…] PATH…\n"
                            "Reads issues of government gazettes (text, PDF, DOCX, HTML, or folders of them) "
                            "and adds them to an index.\n"));
    if (is_short) {
        putchar('\n');
        gaz_cli_help_short(stdout, options, OPTION_COUNT);
        gaz_cli_print(stdout, _("\n--help says what each of them does.\n"));
    } else {
        gaz_cli_help(stdout, options, OPTION_COUNT);
        gaz_cli_print(stdout,
                      _("\nExit status: 0 done, 2 error, 75 another process is writing the index.\n"));
    }
}

static void show_summary(const struct command *command, const struct gaz_run_summary *summary,
                         double seconds) {
    if (!command->quiet)
        fprintf(stderr,
                _("%zu files, %zu documents, %zu units, %zu skipped, %zu failed, %zu diagnostics, %.1f s\n"),
                summary->files, summary->documents, summary->units, summary->skipped, summary->failed,
                command->diagnostics, seconds);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

// What was only reported while the run went on may still make it a failure.
static enum gaz_status judge(const struct command *command, const struct gaz_run_summary *summary,
                             struct gaz_err *err) {
    if (summary->failed > 0)
        return gaz_err_set(err, GAZ_ERR_IO,
                           gaz_plural("%zu file could not be read: see above",
                                      "%zu files could not be read: see above", summary->failed),
                           summary->failed);
    if (command->run.strict && command->diagnostics > 0)
        return gaz_err_set(err, GAZ_ERR_IO,
                           gaz_plural("%zu diagnostic, which --strict takes for an error",
                                      "%zu diagnostics, which --strict takes for errors",
                                      command->diagnostics),
                           command->diagnostics);
    return GAZ_OK;
}

static enum gaz_status update(struct command *command, const struct gaz_files *files,
                              struct gaz_run_summary *summary, struct gaz_err *err) {
    if (!command->quiet) {
        gaz_progress_begin(&command->progress, stderr);
        command->run.progress = gaz_progress_show;
        command->run.progress_context = &command->progress;
    }
    enum gaz_status status = GAZ_OK;
    if (command->shards > 0)
        status = gaz_shards_make(command->run.index, command->shards, err);
    if (status == GAZ_OK)
        status = gaz_shards_index(&command->run, files->items, files->count, summary, err);
    gaz_progress_clear(&command->progress);
    return status;
}

static enum gaz_status read_files(struct command *command, struct gaz_err *err) {
    struct gaz_run_summary summary;
    struct gaz_files files;
    double start = now();
    struct gaz_arena *arena = gaz_arena_new();
    enum gaz_status status =
        arena ? gaz_files_find(command->operands, command->operand_count, command->run.diag,
                               command->run.diag_context, arena, &files, err)
              : gaz_err_memory(err);
    if (status == GAZ_OK && command->operand_count == 0)
        status = gaz_err_set(err, GAZ_ERR_ARGUMENT, "no file or folder named: see --help");
    if (status == GAZ_OK && command->action == OPTION_DUMP)
        status = gaz_run_dump(&command->run, files.items, files.count, stdout, &summary, err);
    else if (status == GAZ_OK && command->action == OPTION_TEXT)
        status = gaz_run_text(&command->run, files.items, files.count, stdout, &summary, err);
    else if (status == GAZ_OK)
        status = update(command, &files, &summary, err);
    if (status == GAZ_OK)
        summary.failed += files.unreadable;
    if (status == GAZ_OK && command->action == OPTION_INDEX)
        show_summary(command, &summary, now() - start);
    if (status == GAZ_OK)
        status = judge(command, &summary, err);
    gaz_arena_free(arena);
    return status;
}

struct checking {
    const struct command *command;
    struct gaz_run_check sum;
};

static enum gaz_status check_part(void *context, const char *dir, struct gaz_err *err) {
    struct checking *checking = context;
    struct gaz_run_check check = {0};
    enum gaz_status status =
        gaz_run_check(dir, checking->command->run.authority, checking->command->full, &check, err);
    checking->sum.issues += check.issues;
    checking->sum.records += check.records;
    checking->sum.compared += check.compared;
    return status;
}

static enum gaz_status compact_part(void *context, const char *dir, struct gaz_err *err) {
    (void)context;
    return gaz_run_compact(dir, err);
}

static enum gaz_status check_index(const struct command *command, struct gaz_err *err) {
    struct checking checking = {.command = command};
    enum gaz_status status = gaz_shards_each(command->run.index, check_part, &checking, err);
    const struct gaz_run_check check = checking.sum;
    if (status == GAZ_OK && !command->quiet)
        fprintf(stderr, _("sound: %zu issues, %zu records; terms compared with the records of %zu issues\n"),
                check.issues, check.records, check.compared);
    return status;
}

static enum gaz_status import_file(const struct command *command, struct gaz_err *err) {
    bool is_input = strcmp(command->import, "-") == 0;
    double start = now();
    struct gaz_run_summary summary;
    size_t shards;
    enum gaz_status status = gaz_shards_count(command->run.index, &shards, err);
    if (status == GAZ_OK && shards > 0)
        status =
            gaz_err_set(err, GAZ_ERR_ARGUMENT,
                        "%s: an index with shards takes files only: import into another", command->run.index);
    if (status != GAZ_OK)
        return status;
    FILE *from = is_input ? stdin : fopen(command->import, "re");
    if (!from)
        return gaz_err_set(err, GAZ_ERR_IO, "cannot open %s: %s", command->import, strerror(errno));
    status = gaz_run_import(&command->run, from, is_input ? "-" : command->import, &summary, err);
    if (status == GAZ_OK)
        show_summary(command, &summary, now() - start);
    if (!is_input)
        fclose(from);
    return status;
}

static enum gaz_status act(struct command *command, struct gaz_err *err) {
    struct gaz_authority *authority = NULL;
    enum gaz_status status = gaz_fold_init(err);
    if (status == GAZ_OK)
        status = gaz_authority_load(NULL, &authority, err);
    command->run.authority = authority;
    if (status == GAZ_OK && command->action == OPTION_REMOVE)
        status = gaz_shards_remove(command->run.index, command->removed, command->removed_count, err);
    else if (status == GAZ_OK && command->action == OPTION_LIST)
        status = gaz_run_list(command->run.index, stdout, err);
    else if (status == GAZ_OK && command->action == OPTION_STATS)
        status = gaz_run_stats(command->run.index, authority, stdout, err);
    else if (status == GAZ_OK && command->action == OPTION_CHECK)
        status = check_index(command, err);
    else if (status == GAZ_OK && command->action == OPTION_COMPACT)
        status = gaz_shards_each(command->run.index, compact_part, NULL, err);
    else if (status == GAZ_OK && command->action == OPTION_EXPORT)
        status = gaz_run_export(command->run.index, stdout, err);
    else if (status == GAZ_OK && command->action == OPTION_IMPORT)
        status = import_file(command, err);
    else if (status == GAZ_OK)
        status = read_files(command, err);
    gaz_authority_free(authority);
    return status;
}

static const char *default_index(void) {
    const char *named = getenv("GAZETTE_INDEX");
    return named && *named ? named : "gazette.idx";
}

// Those that this process may run on.
static size_t processors(void) {
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? (size_t)CPU_COUNT(&set) : 1;
}

int main(int argc, char **argv) {
    struct gaz_err err = {GAZ_OK, ""};
    struct command command = {.action = OPTION_INDEX};
    gaz_message_init();
    gaz_crash_init("gazette-index");
    command.run.index = default_index();
    command.run.jobs = processors();
    command.run.diag = show_diag;
    command.run.diag_context = &command;
    command.operands = gaz_calloc((size_t)argc + 1, sizeof *command.operands);
    command.removed = gaz_calloc((size_t)argc + 1, sizeof *command.removed);
    enum gaz_status status = command.operands && command.removed ? GAZ_OK : gaz_err_memory(&err);
    if (status == GAZ_OK)
        status = gaz_cli_parse(argc, argv, options, OPTION_COUNT, take_option, &command, command.operands,
                               &command.operand_count, &err);
    bool is_short = command.action == OPTION_SHORT_HELP;
    if (status == GAZ_OK && (is_short || command.action == OPTION_HELP))
        show_help(is_short);
    else if (status == GAZ_OK && command.action == OPTION_VERSION)
        printf("gazette-index %s\n", GAZ_VERSION);
    else if (status == GAZ_OK)
        status = act(&command, &err);
    if ((fflush(stdout) != 0 || ferror(stdout)) && status == GAZ_OK)
        status = gaz_err_set(&err, GAZ_ERR_IO, "cannot write the output: %s", strerror(errno));
    gaz_free(command.operands);
    gaz_free(command.removed);
    if (status != GAZ_OK) {
        fprintf(stderr, "gazette-index: ");
        gaz_terminal_print(stderr, err.message);
        putc('\n', stderr);
    }
    return gaz_status_exit(status);
}
