// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/crew.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "indexer/wire.h"

enum {
    PIPE_BYTES = 1 << 20, // what a worker can be ahead
    READ_BYTES = 1 << 18,
    WORKER_PIPE = 3 // its only file but for the standard ones
};

struct worker {
    pid_t pid;
    int pipe; // where it is read from
    struct gaz_buf buf;
    size_t taken; // of the bytes in buf
};

struct gaz_crew {
    const char *const *files;
    size_t file_count, next;
    const struct gaz_job_options *options;
    struct gaz_wire wire;
    size_t worker_count;
    struct worker workers[];
};

// --- in the worker ---

static void write_all(struct gaz_buf *buf) {
    for (size_t at = 0; at < buf->len;) {
        ssize_t done = write(WORKER_PIPE, buf->data + at, buf->len - at);
        if (done < 0 && errno != EINTR)
            _exit(1); // nobody listens any more
        at += done > 0 ? (size_t)done : 0;
    }
    gaz_buf_clear(buf);
}

static void send_diag(void *context, const struct gaz_diag *diag) {
    gaz_wire_diag(context, diag);
}

static enum gaz_status send_issue(void *context, const struct gaz_job_issue *issue, struct gaz_err *err) {
    gaz_wire_issue(context, issue);
    return gaz_buf_check(context, err);
}

static enum gaz_status send_bundle(void *context, const struct gaz_index_document *bundle,
                                   struct gaz_err *err) {
    struct gaz_buf *buf = context;
    gaz_wire_bundle(buf, bundle);
    enum gaz_status status = gaz_buf_check(buf, err);
    if (status == GAZ_OK)
        write_all(buf);
    return status;
}

static void work(const struct gaz_crew *crew, size_t number) {
    struct gaz_buf buf = GAZ_BUF_INIT;
    const struct gaz_job_events events = {
        .diag = send_diag, .issue = send_issue, .bundle = send_bundle, .context = &buf};
    for (size_t i = number; i < crew->file_count; i += crew->worker_count) {
        struct gaz_err err = {0};
        bool read = false;
        enum gaz_status status = gaz_job_run(crew->files[i], crew->options, &events, &read, &err);
        if (buf.status != GAZ_OK)
            gaz_buf_clear(&buf); // half a message: the end tells why
        gaz_wire_end(&buf, status, read, err.message);
        if (buf.status != GAZ_OK)
            break;
        write_all(&buf);
    }
    gaz_buf_free(&buf);
}

// --- in the one that writes ---

static enum gaz_status start_worker(struct gaz_crew *crew, size_t number, struct gaz_err *err) {
    struct worker *worker = &crew->workers[number];
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return gaz_err_set(err, GAZ_ERR_IO, "cannot make a pipe: %s", strerror(errno));
    fcntl(ends[1], F_SETPIPE_SZ, PIPE_BYTES); // a smaller one serves, too
    pid_t parent = getpid();
    worker->pid = fork();
    if (worker->pid == 0) {
        // It is of no use without the one that writes.
        if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent)
            _exit(1);
        // The lock of the index and the other pipes are not the worker's to keep open.
        if (dup2(ends[1], WORKER_PIPE) == WORKER_PIPE && close_range(WORKER_PIPE + 1, ~0U, 0) == 0)
            work(crew, number);
        _exit(0);
    }
    close(ends[1]);
    worker->pipe = ends[0];
    if (worker->pid < 0) {
        close(ends[0]);
        return gaz_err_set(err, GAZ_ERR_IO, "cannot start a worker: %s", strerror(errno));
    }
    return GAZ_OK;
}

enum gaz_status gaz_crew_start(const char *const *files, size_t file_count, size_t count,
                               const struct gaz_job_options *options, struct gaz_crew **out,
                               struct gaz_err *err) {
    struct gaz_crew *crew = gaz_calloc(1, sizeof *crew + count * sizeof crew->workers[0]);
    if (!crew)
        return gaz_err_memory(err);
    *crew = (struct gaz_crew){
        .files = files, .file_count = file_count, .options = options, .worker_count = count};
    for (size_t i = 0; i < count; i++)
        crew->workers[i] = (struct worker){.pid = -1, .buf = GAZ_BUF_INIT};
    enum gaz_status status = GAZ_OK;
    for (size_t i = 0; i < count && status == GAZ_OK; i++)
        status = start_worker(crew, i, err);
    if (status == GAZ_OK)
        *out = crew;
    else
        gaz_crew_stop(crew);
    return status;
}

// Reads on, after what has been taken has been dropped.
static enum gaz_status fill(struct worker *worker, const char *file, struct gaz_err *err) {
    static char bytes[READ_BYTES];
    struct gaz_buf *buf = &worker->buf;
    memmove(buf->data, buf->data + worker->taken, buf->len - worker->taken);
    buf->len -= worker->taken;
    worker->taken = 0;
    ssize_t got;
    do
        got = read(worker->pipe, bytes, sizeof bytes);
    while (got < 0 && errno == EINTR);
    if (got <= 0)
        return gaz_err_set(err, GAZ_ERR_INTERNAL, "the worker that read %s is gone: try with --jobs 1", file);
    gaz_buf_add(buf, bytes, (size_t)got);
    return gaz_buf_check(buf, err);
}

enum gaz_status gaz_crew_next(struct gaz_crew *crew, const struct gaz_job_events *events, bool *read,
                              struct gaz_err *err) {
    const char *file = crew->files[crew->next];
    struct worker *worker = &crew->workers[crew->next++ % crew->worker_count];
    enum gaz_status status = GAZ_OK;
    *read = true; // so is what goes wrong on the way
    do {
        size_t taken;
        status = gaz_wire_take(&crew->wire, worker->buf.data + worker->taken, worker->buf.len - worker->taken,
                               events, &taken, err);
        worker->taken += taken;
        if (status == GAZ_OK && taken == 0)
            status = fill(worker, file, err);
    } while (status == GAZ_OK && !crew->wire.ended);
    if (status != GAZ_OK)
        return status;
    *read = crew->wire.read;
    return crew->wire.status;
}

void gaz_crew_stop(struct gaz_crew *crew) {
    if (!crew)
        return;
    for (size_t i = 0; i < crew->worker_count; i++) {
        struct worker *worker = &crew->workers[i];
        if (worker->pid > 0) {
            kill(worker->pid, SIGKILL);
            waitpid(worker->pid, NULL, 0);
            close(worker->pipe);
        }
        gaz_buf_free(&worker->buf);
    }
    gaz_wire_free(&crew->wire);
    gaz_free(crew);
}
