// SPDX-License-Identifier: GPL-2.0-or-later
//
// A run that brings an index up to date.
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "corpus/issue_id.h"
#include "corpus/term.h"
#include "indexer/batch.h"
#include "indexer/crew.h"
#include "indexer/emit.h"
#include "indexer/held.h"
#include "indexer/reader.h"
#include "indexer/run_parts.h"

struct update {
    const struct gaz_run_options *options;
    struct gaz_run_summary *summary;
    struct gaz_batch batch;
    struct gaz_index *held; // what was there before the run
    struct gaz_buf manner;  // in which files are read now
    struct gaz_term owner;  // of the issue that is being stored
};

// --- unchanged files ---

// Whether the issue ISSUE was read from FILE as it is and would be read now. The file is looked at only when
// there is something to compare it with.
static bool is_held(struct update *update, const char *issue, const char *file) {
    char hash[GAZ_HASH_HEX];
    struct gaz_held held;
    bool same = gaz_held_get(update->held, issue, &held, NULL) == GAZ_OK && held.sha256[0] &&
                strcmp(held.manner, update->manner.data) == 0 &&
                gaz_reader_hash(file, hash, NULL) == GAZ_OK && strcmp(held.sha256, hash) == 0;
    gaz_held_free(&held);
    return same;
}

static bool is_unchanged(struct update *update, const char *file) {
    if (update->options->rebuild)
        return false;
    struct gaz_arena *arena = gaz_arena_new();
    const char *issue = arena ? gaz_issue_id_of(arena, file) : NULL;
    bool same = issue && is_held(update, issue, file);
    gaz_arena_free(arena);
    return same;
}

// Moves those of FILES that are to be read to its front (NULL ones are none); returns how many they are.

static size_t select_changed(struct update *update, const char **files, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (!files[i])
            continue;
        if (is_unchanged(update, files[i]))
            update->summary->skipped++;
        else
            files[kept++] = files[i];
    }
    return kept;
}

// --- files of the same name ---

// A file of the run, and the issue that it is.
struct named {
    const char *issue;
    size_t place; // among the files
};

static int compare_named(const void *a, const void *b) {
    const struct named *left = a, *right = b;
    int order = strcmp(left->issue, right->issue);
    return order != 0 ? order : (left->place > right->place) - (left->place < right->place);
}

// Tells of FILE, which has the same issue as FIRST: one would replace the other in the index.
static enum gaz_status report_twin(struct update *update, const char *file, const char *first,
                                   struct gaz_err *err) {
    struct gaz_err own = {GAZ_OK, ""};
    gaz_err_set(&own, GAZ_ERR_UNSUPPORTED, "it has the same name as %s, and a name is one issue", first);
    if (!gaz_run_survives(update->options, GAZ_ERR_UNSUPPORTED))
        return gaz_err_set(err, GAZ_ERR_UNSUPPORTED, "%s: %s", file, own.message);
    gaz_run_report(update->options, file, update->summary, &own);
    return GAZ_OK;
}

// Sets to NULL those of FILES whose issue an earlier one has; told unless it is the same path again.
static enum gaz_status drop_twins(struct update *update, const char **files, size_t count,
                                  struct gaz_err *err) {
    struct gaz_arena *arena = gaz_arena_new();
    struct named *named = arena ? gaz_arena_alloc(arena, (count + 1) * sizeof *named) : NULL;
    enum gaz_status status = named ? GAZ_OK : gaz_err_memory(err);
    for (size_t i = 0; i < count && status == GAZ_OK; i++) {
        named[i] = (struct named){gaz_issue_id_of(arena, files[i]), i};
        status = named[i].issue ? GAZ_OK : gaz_err_memory(err);
    }
    if (status == GAZ_OK)
        qsort(named, count, sizeof *named, compare_named);
    for (size_t i = 1, first = 0; i < count && status == GAZ_OK; i++) {
        const char **file = &files[named[i].place], *kept = files[named[first].place];
        if (strcmp(named[i].issue, named[first].issue) != 0) {
            first = i;
            continue;
        }
        if (strcmp(*file, kept) != 0)
            status = report_twin(update, *file, kept, err);
        *file = NULL;
    }
    gaz_arena_free(arena);
    return status;
}

// --- storing ---

static void store_diag(void *context, const struct gaz_diag *diag) {
    const struct update *update = context;
    if (update->options->diag)
        update->options->diag(update->options->diag_context, diag);
}

static enum gaz_status store_issue(void *context, const struct gaz_job_issue *issue, struct gaz_err *err) {
    struct update *update = context;
    struct gaz_index_writer *writer = update->batch.writer;
    gaz_emit_owner(issue->id, &update->owner);
    enum gaz_status status = gaz_index_writer_remove(writer, gaz_term_bytes(&update->owner), err);
    if (status == GAZ_OK)
        status = gaz_held_set(writer, issue->id, issue->sha256, update->manner.data, err);
    update->summary->files++;
    update->summary->documents += issue->documents;
    update->summary->units += issue->units;
    gaz_batch_add(&update->batch, issue->bytes);
    return status;
}

static enum gaz_status store_bundle(void *context, const struct gaz_index_document *bundle,
                                    struct gaz_err *err) {
    struct update *update = context;
    return gaz_index_writer_add(update->batch.writer, gaz_term_bytes(&update->owner), bundle, NULL, err);
}

// What is to be done about the status of a file.
static enum gaz_status judge_file(struct update *update, const char *file, enum gaz_status status, bool read,
                                  struct gaz_err *own, struct gaz_err *err) {
    if (status == GAZ_OK)
        return gaz_batch_issue(&update->batch, err);
    if (read || !gaz_run_survives(update->options, status))
        return gaz_err_set(err, status, "%s", own->message);
    gaz_run_report(update->options, file, update->summary, own);
    return GAZ_OK;
}

// --- how far ---

// Bytes of FILE; what cannot be told is nothing.
static uint64_t size_of(const char *file) {
    struct stat state;
    return stat(file, &state) == 0 && state.st_size > 0 ? (uint64_t)state.st_size : 0;
}

static struct gaz_run_progress progress_of(const char *const *files, size_t count) {
    struct gaz_run_progress progress = {.file_count = count};
    for (size_t i = 0; i < count; i++)
        progress.byte_count += size_of(files[i]);
    return progress;
}

static void tell_progress(const struct update *update, const struct gaz_run_progress *progress) {
    if (update->options->progress)
        update->options->progress(update->options->progress_context, progress);
}

static enum gaz_status store_files(struct update *update, const char *const *files, size_t count,
                                   struct gaz_err *err) {
    const struct gaz_job_options how = {update->options->encoding, update->options->authority};
    const struct gaz_job_events events = {
        .diag = store_diag, .issue = store_issue, .bundle = store_bundle, .context = update};
    size_t jobs = update->options->jobs < count ? update->options->jobs : count;
    struct gaz_crew *crew = NULL;
    enum gaz_status status = jobs > 1 ? gaz_crew_start(files, count, jobs, &how, &crew, err) : GAZ_OK;
    struct gaz_run_progress progress = progress_of(files, count);
    tell_progress(update, &progress);
    for (size_t i = 0; i < count && status == GAZ_OK; i++) {
        struct gaz_err own = {GAZ_OK, ""};
        bool read = true;
        status = crew ? gaz_crew_next(crew, &events, &read, &own)
                      : gaz_job_run(files[i], &how, &events, &read, &own);
        status = judge_file(update, files[i], status, read, &own, err);
        progress.files++;
        progress.bytes += size_of(files[i]);
        tell_progress(update, &progress);
    }
    gaz_crew_stop(crew);
    return status == GAZ_OK ? gaz_batch_finish(&update->batch, err) : status;
}

enum gaz_status gaz_run_index(const struct gaz_run_options *options, const char *const *files, size_t count,
                              struct gaz_run_summary *summary, struct gaz_err *err) {
    struct update update = {
        .options = options, .summary = summary, .batch.memory = options->memory, .manner = GAZ_BUF_INIT};
    *summary = (struct gaz_run_summary){0};
    const char **changed = gaz_calloc(count + 1, sizeof *changed);
    enum gaz_status status = changed ? GAZ_OK : gaz_err_memory(err);
    for (size_t i = 0; i < count && status == GAZ_OK; i++)
        changed[i] = files[i];
    if (status == GAZ_OK)
        status = drop_twins(&update, changed, count, err);
    gaz_held_manner(options->authority, options->encoding, &update.manner);
    if (status == GAZ_OK)
        status = gaz_buf_check(&update.manner, err);
    if (status == GAZ_OK)
        status = options->replicable
                     ? gaz_index_writer_open_replicable(options->index, &update.batch.writer, err)
                     : gaz_index_writer_open(options->index, &update.batch.writer, err);
    if (status == GAZ_OK)
        status = gaz_index_open(&options->index, 1, &update.held, err);
    if (status == GAZ_OK) {
        size_t changed_count = select_changed(&update, changed, count);

        gaz_index_close(update.held);
        status = store_files(&update, changed, changed_count, err);
    }
    gaz_index_writer_close(update.batch.writer);
    gaz_buf_free(&update.manner);
    gaz_free(changed);
    return status;
}
