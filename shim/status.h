// SPDX-License-Identifier: GPL-2.0-or-later
//
// Errors and diagnostics. An error stops what is being done: a function that can fail returns a status and
// describes it in the caller's struct gaz_err. Odd input is no error: it is reported as a diagnostic, and the
// run goes on.
#ifndef GAZ_SHIM_STATUS_H
#define GAZ_SHIM_STATUS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

// Has the compiler check a format (parameter TEXT, counted from 1) against its arguments (from parameter
// FIRST on).
#define GAZ_PRINTF(text, first) __attribute__((format(__printf__, text, first)))

enum gaz_status {
    GAZ_OK,
    GAZ_ERR_MEMORY,      // an allocation failed
    GAZ_ERR_IO,          // the system could not read or write
    GAZ_ERR_ARGUMENT,    // an option or argument makes no sense
    GAZ_ERR_QUERY,       // a query breaks its grammar
    GAZ_ERR_NO_INDEX,    // no index at this place
    GAZ_ERR_BUSY,        // another process is writing: trying again may succeed
    GAZ_ERR_CORRUPT,     // stored data are damaged
    GAZ_ERR_VERSION,     // stored data are of a version this program cannot read
    GAZ_ERR_LIMIT,       // larger than a named maximum
    GAZ_ERR_ENCODING,    // bytes that are no text in the encoding given
    GAZ_ERR_UNSUPPORTED, // not built in, or a kind of input not handled
    GAZ_ERR_NOT_FOUND,   // what was named does not exist
    GAZ_ERR_INTERNAL     // a defect of this program
};

// What went wrong, for people. Zero-initialise it: struct gaz_err err = {0};
struct gaz_err {
    enum gaz_status status;
    char message[512]; // UTF-8, NUL-terminated, one line without a final full stop: what is wrong: what to do
};

// Records STATUS and the formatted message, unless ERR is NULL or already holds an error (the first one is
// the cause). FORMAT is translated first (shim/message.h). A message that is too long is cut between
// characters. Allocates nothing of ours. Returns STATUS, so that a failing function can end with
// `return gaz_err_set(err, …)`.
enum gaz_status gaz_err_set(struct gaz_err *err, enum gaz_status status, const char *format, ...)
    GAZ_PRINTF(3, 4);

// The same for a failed allocation; returns GAZ_ERR_MEMORY.
enum gaz_status gaz_err_memory(struct gaz_err *err);

// TEXT as a message shows it, so that what is wrong with it finds room behind: no more than GAZ_QUOTED_MAX
// bytes, cut between characters, and … for the rest. For an argument: gaz_quote(name).text.
enum { GAZ_QUOTED_MAX = 120 };
struct gaz_quoted {
    char text[GAZ_QUOTED_MAX + sizeof "…"];
};
struct gaz_quoted gaz_quote(const char *text);

// Makes ERR (may be NULL) ready for use again.
void gaz_err_clear(struct gaz_err *err);

// A short English name such as "busy"; a static string, never NULL.
const char *gaz_status_name(enum gaz_status status);

// The exit status of a program that ends with STATUS: 0, 2, or 75 (EX_TEMPFAIL of sysexits.h) for
// GAZ_ERR_BUSY.
int gaz_status_exit(enum gaz_status status);

// Something odd in the input.
struct gaz_diag {
    const char *file;  // borrowed for the call; may be NULL
    size_t page;       // from 1; 0 when there is none
    size_t line;       // from 1; 0 when there is none
    const char *code;  // stable, short: "charset-fault"
    char message[256]; // UTF-8, NUL-terminated, one sentence
};

// Takes a diagnostic, which lives only as long as the call.
typedef void gaz_diag_sink(void *context, const struct gaz_diag *diag);

// Formats a diagnostic (translated; cut between characters where it is too long) and hands it to SINK; a NULL
// SINK drops it. Allocates nothing of ours.
void gaz_diag_report(gaz_diag_sink *sink, void *context, const char *file, size_t page, size_t line,
                     const char *code, const char *format, ...) GAZ_PRINTF(7, 8);

#ifdef __cplusplus
}
#endif

#endif
