// SPDX-License-Identifier: GPL-2.0-or-later
//
// Words in running text, Chinese included (through ICU: the boundaries of UAX #29 with its dictionary).
#ifndef GAZ_SHIM_SEGMENT_H
#define GAZ_SHIM_SEGMENT_H

#include <stddef.h>

#include "shim/status.h"

// A word: byte offset and byte length. Returns 0 to go on, else the walk ends.
typedef int gaz_segment_visit(void *context, size_t offset, size_t length);

// Calls VISIT for each word of TEXT (LEN bytes of UTF-8, under 2 GiB) in order; blanks and punctuation are no
// words. GAZ_ERR_MEMORY, GAZ_ERR_LIMIT, GAZ_ERR_UNSUPPORTED (ICU without its data).
enum gaz_status gaz_segment_words(const char *text, size_t len, gaz_segment_visit *visit, void *context,
                                  struct gaz_err *err);

#endif
