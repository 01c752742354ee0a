// SPDX-License-Identifier: GPL-2.0-or-later
//
// Searching archives of government gazettes from a program of one's own: libgazette, `pkg-config gazette`. A
// question is put by the options of gazette-search(1) and answered as it prints: --format json has a contract
// and a format version.
//
// This header and what it promises stay as they are within one version of the library (libgazette.so.0). It
// can be used from C++.
#ifndef GAZ_SEARCHER_EMBED_GAZETTE_H
#define GAZ_SEARCHER_EMBED_GAZETTE_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define GAZETTE_API __attribute__((visibility("default")))
#else
#define GAZETTE_API
#endif

// An archive open for questions, as it was when it was opened. Used by one thread at a time; threads may each
// have their own.
struct gazette;

enum gazette_status {
    GAZETTE_FOUND = 0,
    GAZETTE_NOT_FOUND = 1, // an answer, too: nothing was found
    GAZETTE_ERROR = 2,     // a message says what is wrong and what to do
    GAZETTE_BUSY = 75      // the index is being changed: try again, or open it again
};

struct gazette_error {
    char message[512]; // UTF-8, one line; "" when all is well
};

// The version of the library, such as "0.1.0".
GAZETTE_API const char *gazette_version(void);

// Opens COUNT indexes (made by gazette-index) as one archive. *OUT is closed with gazette_close; NULL after
// an error. ERROR may be NULL. GAZETTE_FOUND, GAZETTE_ERROR or GAZETTE_BUSY.
GAZETTE_API enum gazette_status gazette_open(const char *const *indexes, size_t count, struct gazette **out,
                                             struct gazette_error *error);

// NULL is allowed.
GAZETTE_API void gazette_close(struct gazette *archive);

// Answers a question. OPTIONS are pairs of a name without dashes and a value (NULL for an option that has
// none), ended by a NULL name; the name "query" stands for what is typed without an option. "format" is
// "json" unless it is set. *ANSWER, NUL-terminated, is freed with gazette_free; NULL after an error.
GAZETTE_API enum gazette_status gazette_search(struct gazette *archive, const char *const *options,
                                               char **answer, struct gazette_error *error);

GAZETTE_API void gazette_free(char *answer);

#ifdef __cplusplus
}
#endif

#endif
