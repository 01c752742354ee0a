// SPDX-License-Identifier: GPL-2.0-or-later
//
// The side of the caller: starts the reading process, takes what it writes and believes none of it unchecked.
#include "shim/pdf.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "shim/mem.h"
#include "shim/pdf_parts.h"

bool gaz_pdf_is_pdf(const char *data, size_t len) {
    static const char mark[] = "%PDF-"; // ISO 32000-1, 7.5.2
    return len >= sizeof mark - 1 && memcmp(data, mark, sizeof mark - 1) == 0;
}

#ifndef GAZ_HAVE_POPPLER

bool gaz_pdf_is_built_in(void) {
    return false;
}

enum gaz_status gaz_pdf_read(const char *data, size_t len, gaz_pdf_sink *sink, void *context,
                             struct gaz_err *err) {
    (void)data, (void)len, (void)sink, (void)context;
    return gaz_err_set(err, GAZ_ERR_UNSUPPORTED,
                       "it is a PDF, and this program was built without PDF: install libpoppler-glib-dev and "
                       "build it again");
}

#else

bool gaz_pdf_is_built_in(void) {
    return true;
}

// --- the other process

struct reader {
    pid_t pid;
    int from;
    time_t end; // when the file has taken too long
};

static void bound_reader(void) {
    const struct rlimit none = {0, 0}, seconds = {GAZ_PDF_SECONDS, GAZ_PDF_SECONDS};
    setrlimit(RLIMIT_CORE, &none);
    setrlimit(RLIMIT_CPU, &seconds);
#ifndef GAZ_SANITIZED // a sanitizer needs more room than any bound
    const struct rlimit memory = {GAZ_PDF_MEMORY_MAX, GAZ_PDF_MEMORY_MAX};
    setrlimit(RLIMIT_AS, &memory);
#endif
}

// What the child does; never returns.
static void be_reader(const char *data, size_t len, size_t first, int to) {
    int silence = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (silence >= 0) {
        dup2(silence, STDERR_FILENO); // libraries talk there
        dup2(silence, STDOUT_FILENO);
    }
    signal(SIGPIPE, SIG_DFL);
    bound_reader();
    pdf_poppler_read(data, len, first, to);
    _exit(0);
}

static time_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec;
}

static enum gaz_status start(struct reader *reader, const char *data, size_t len, size_t first,
                             struct gaz_err *err) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return gaz_err_set(err, GAZ_ERR_IO, "cannot read a PDF: no pipe: %s", strerror(errno));
    reader->pid = fork();
    if (reader->pid == 0) {
        close(ends[0]);
        be_reader(data, len, first, ends[1]);
    }
    int cause = errno;
    close(ends[1]);
    reader->from = ends[0];
    if (reader->pid > 0)
        return GAZ_OK;
    close(ends[0]);
    return gaz_err_set(err, GAZ_ERR_IO, "cannot read a PDF: no process: %s", strerror(cause));
}

static void stop(struct reader *reader) {
    int how;
    kill(reader->pid, SIGKILL);
    while (waitpid(reader->pid, &how, 0) < 0 && errno == EINTR)
        ;
    close(reader->from);
}

// Reads LEN bytes of what the child writes; false when it is gone, or has taken longer than it may.
static bool receive(const struct reader *reader, void *into, size_t len) {
    time_t end = now() + GAZ_PDF_PAGE_SECONDS;
    end = end < reader->end ? end : reader->end;
    for (size_t got = 0; got < len;) {
        struct pollfd wait = {.fd = reader->from, .events = POLLIN};
        time_t left = end - now();
        if (left <= 0)
            return false;
        int ready = poll(&wait, 1, (int)(left < 3600 ? left : 3600) * 1000);
        if (ready == 0 || (ready < 0 && errno != EINTR))
            return false;
        ssize_t more = ready < 0 ? 0 : read(reader->from, (char *)into + got, len - got);
        if (ready > 0 && (more == 0 || (more < 0 && errno != EINTR)))
            return false;
        got += more > 0 ? (size_t)more : 0;
    }
    return true;
}

// --- pages

// What is received of a page.
struct room {
    char label[PDF_LABEL_MAX + 1];
    struct gaz_pdf_char *chars;
    struct gaz_pdf_rule *rules;
};

static bool is_sane(const struct pdf_message *message) {
    bool kind = message->kind == PDF_MESSAGE_ERROR || message->kind == PDF_MESSAGE_PAGE ||
                message->kind == PDF_MESSAGE_END;
    bool sized = message->width > 0 && message->width <= (float)GAZ_PDF_SIDE_MAX && message->height > 0 &&
                 message->height <= (float)GAZ_PDF_SIDE_MAX;
    return kind && message->label <= PDF_LABEL_MAX && message->chars <= GAZ_PDF_CHARS_MAX &&
           message->rules <= GAZ_PDF_RULES_MAX && message->count <= GAZ_PDF_PAGES_MAX &&
           (sized || (message->chars == 0 && message->rules == 0));
}

static bool is_box(float x1, float y1, float x2, float y2) {
    return isfinite(x1) && isfinite(y1) && isfinite(x2) && isfinite(y2) && x1 <= x2 && y1 <= y2;
}

static bool is_sane_room(const struct pdf_message *message, const struct room *room) {
    for (size_t i = 0; i < message->chars; i++) {
        const struct gaz_pdf_char *c = &room->chars[i];
        if (!is_box(c->x1, c->y1, c->x2, c->y2) || !isfinite(c->size))
            return false;
    }
    for (size_t i = 0; i < message->rules; i++) {
        const struct gaz_pdf_rule *rule = &room->rules[i];
        if (!is_box(rule->x1, rule->y1, rule->x2, rule->y2))
            return false;
    }
    return true;
}

static bool receive_message(const struct reader *reader, struct pdf_message *message, struct room *room) {
    if (!receive(reader, message, sizeof *message) || !is_sane(message))
        return false;
    room->label[message->label] = '\0';
    return receive(reader, room->label, message->label) &&
           receive(reader, room->chars, message->chars * sizeof *room->chars) &&
           receive(reader, room->rules, message->rules * sizeof *room->rules) && is_sane_room(message, room);
}

static enum gaz_status refuse(uint32_t status, struct gaz_err *err) {
    if (status == GAZ_ERR_UNSUPPORTED)
        return gaz_err_set(err, GAZ_ERR_UNSUPPORTED,
                           "it is encrypted and asks for a password: save it without one");
    if (status == GAZ_ERR_LIMIT)
        return gaz_err_set(err, GAZ_ERR_LIMIT, "it has too many pages: split it into issues");
    return gaz_err_set(err, GAZ_ERR_ENCODING, "it is damaged or no PDF: get it again");
}

static struct gaz_pdf_page make_page(const struct pdf_message *message, const struct room *room) {
    return (struct gaz_pdf_page){.number = message->number,
                                 .count = message->count,
                                 .label = message->label > 0 ? room->label : NULL,
                                 .width = message->width,
                                 .height = message->height,
                                 .chars = room->chars,
                                 .char_count = message->chars,
                                 .rules = room->rules,
                                 .rule_count = message->rules,
                                 .printed = message->printed,
                                 .cut = message->cut};
}

// Where the reading of a file has come to.
struct progress {
    size_t next;  // page, from 1
    size_t count; // of all pages; 0 while it is not known
    size_t lost;
    bool done;
};

// Takes pages until one reading process ends, well or not.
static enum gaz_status take_pages(const struct reader *reader, struct room *room, struct progress *progress,
                                  gaz_pdf_sink *sink, void *context, struct gaz_err *err) {
    struct pdf_message message;
    enum gaz_status status = GAZ_OK;
    while (status == GAZ_OK && receive_message(reader, &message, room)) {
        progress->done = message.kind != PDF_MESSAGE_PAGE;
        if (message.kind == PDF_MESSAGE_ERROR)
            return refuse(message.status, err);
        if (message.kind == PDF_MESSAGE_END || message.number != progress->next)
            break;
        struct gaz_pdf_page page = make_page(&message, room);
        progress->count = message.count;
        progress->next++;
        status = sink(context, &page, err);
    }
    return status;
}

// The page that was being read is lost; the next process begins behind it.
static enum gaz_status lose_page(struct progress *progress, const struct reader *reader, gaz_pdf_sink *sink,
                                 void *context, struct gaz_err *err) {
    if (progress->count == 0)
        return gaz_err_set(err, GAZ_ERR_ENCODING, "its first page cannot be read: the PDF library gave up");
    if (++progress->lost > GAZ_PDF_LOST_MAX)
        return gaz_err_set(err, GAZ_ERR_LIMIT, "%zu of its pages cannot be read: the PDF library gave up",
                           progress->lost);
    if (now() >= reader->end)
        return gaz_err_set(err, GAZ_ERR_LIMIT, "it takes longer to read than %d seconds", GAZ_PDF_SECONDS);
    struct gaz_pdf_page page = {.number = progress->next, .count = progress->count, .lost = true};
    progress->done = progress->next++ >= progress->count;
    return sink(context, &page, err);
}

enum gaz_status gaz_pdf_read(const char *data, size_t len, gaz_pdf_sink *sink, void *context,
                             struct gaz_err *err) {
    struct room room = {.chars = gaz_malloc(GAZ_PDF_CHARS_MAX * sizeof *room.chars),
                        .rules = gaz_malloc(GAZ_PDF_RULES_MAX * sizeof *room.rules)};
    struct progress progress = {.next = 1};
    struct reader reader = {.end = now() + GAZ_PDF_SECONDS};
    enum gaz_status status = room.chars && room.rules ? GAZ_OK : gaz_err_memory(err);
    while (status == GAZ_OK && !progress.done) {
        status = start(&reader, data, len, progress.next, err);
        if (status != GAZ_OK)
            break;
        status = take_pages(&reader, &room, &progress, sink, context, err);
        stop(&reader);
        if (status == GAZ_OK && !progress.done)
            status = lose_page(&progress, &reader, sink, context, err);
    }
    gaz_free(room.chars);
    gaz_free(room.rules);
    return status;
}

#endif
