// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/progress.h"

#include <string.h>
#include <time.h>

#include "corpus/text.h"
#include "shim/message.h"
#include "shim/terminal.h"

enum {
    BAR_MAX = 40,
    BAR_MIN = 5 // a shorter one says nothing
};
static const double interval = 0.1;    // seconds between two pictures
static const double settled_after = 1; // seconds, before which a rate would be a guess
static const double megabyte = 1e6;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void gaz_progress_begin(struct gaz_progress *progress, FILE *to) {
    *progress = (struct gaz_progress){.to = gaz_terminal_obeys(to) ? to : NULL, .start = now()};
}

// The part that is done, by bytes; by files where these are empty.
static double part_of(const struct gaz_run_progress *progress) {
    if (progress->byte_count > 0) {
        return (double)progress->bytes / (double)progress->byte_count;
    }
    return progress->file_count > 0 ? (double)progress->files / (double)progress->file_count : 1;
}

static void put_time(struct gaz_buf *out, double seconds) {
    unsigned long whole = (unsigned long)(seconds + 0.5);
    if (whole >= 3600) {
        gaz_buf_printf(out, "%lu:%02lu:%02lu", whole / 3600, whole / 60 % 60, whole % 60);
    } else {
        gaz_buf_printf(out, "%lu:%02lu", whole / 60, whole % 60);
    }
}

// What stands behind the bar.
static void put_figures(struct gaz_buf *out, const struct gaz_run_progress *progress, double seconds) {
    double part = part_of(progress);
    gaz_buf_printf(out, _(" %3.0f%%  %zu of %zu files"), 100 * part, progress->files, progress->file_count);
    if (seconds < settled_after || progress->bytes == 0) {
        return;
    }
    gaz_buf_printf(out, _("  %.1f MB/s  "), (double)progress->bytes / megabyte / seconds);
    put_time(out, seconds / part - seconds);
    gaz_buf_addstr(out, _(" left"));
}

static void put_bar(struct gaz_buf *out, double part, size_t room) {
    size_t length = room < BAR_MAX ? room : BAR_MAX, done = (size_t)(part * (double)length);
    gaz_buf_addch(out, '[');
    for (size_t i = 0; i < length; i++) {
        gaz_buf_addch(out, i < done ? '=' : ' ');
    }
    gaz_buf_addch(out, ']');
}

void gaz_progress_line(const struct gaz_run_progress *progress, double seconds, size_t width,
                       struct gaz_buf *out) {
    struct gaz_buf figures = GAZ_BUF_INIT;
    put_figures(&figures, progress, seconds);
    size_t taken = gaz_text_columns(gaz_str_of(figures.data)) + 2; // with the brackets
    if (taken + BAR_MIN <= width) {
        put_bar(out, part_of(progress), width - taken);
        gaz_buf_addstr(out, figures.data);
    } else if (taken - 2 <= width) {
        gaz_buf_addstr(out, figures.data);
    }
    gaz_buf_free(&figures);
}

void gaz_progress_show(void *context, const struct gaz_run_progress *progress) {
    struct gaz_progress *picture = context;
    double time = now();
    if (!picture->to || (picture->is_there && time - picture->shown < interval)) {
        return;
    }
    struct gaz_buf line = GAZ_BUF_INIT;
    size_t width = gaz_terminal_width(picture->to);
    gaz_progress_line(progress, time - picture->start, width > 0 ? width - 1 : 0, &line);
    fprintf(picture->to, "\r\033[K%s", line.data);
    fflush(picture->to);
    gaz_buf_free(&line);
    picture->shown = time;
    picture->is_there = true;
}

void gaz_progress_clear(struct gaz_progress *progress) {
    if (progress->is_there) {
        fputs("\r\033[K", progress->to);
        progress->is_there = false;
    }
}
