// SPDX-License-Identifier: GPL-2.0-or-later
//
// Targets of requests (RFC 9112, 3.2; RFC 3986): reading them, and writing those that pages lead to.
#ifndef GAZ_SEARCHER_WEB_TARGET_H
#define GAZ_SEARCHER_WEB_TARGET_H

#include <stdbool.h>
#include <stddef.h>

#include "shim/mem.h"

enum {
    GAZ_TARGET_BYTES_MAX = 8192, // as it came
    GAZ_TARGET_SEGMENTS_MAX = 8,
    GAZ_TARGET_PARAMETERS_MAX = 64
};

struct gaz_parameter {
    const char *name, *value; // decoded
};

// Strings are valid UTF-8 without control characters, NUL-terminated, in the arena given to the call.
struct gaz_target {
    const char *segments[GAZ_TARGET_SEGMENTS_MAX]; // of the path, decoded; of / none
    size_t segment_count;
    struct gaz_parameter
        parameters[GAZ_TARGET_PARAMETERS_MAX]; // of the query, in order; those without a value
    size_t parameter_count;                    // have an empty one
};

// Reads RAW, a path with or without a query, or a whole address with http:// and a host. GAZ_ERR_ARGUMENT for
// what is none, is no UTF-8 or has a control character in it; GAZ_ERR_LIMIT, GAZ_ERR_MEMORY. After an error
// TARGET is empty.
enum gaz_status gaz_target_parse(const char *raw, struct gaz_arena *arena, struct gaz_target *out,
                                 struct gaz_err *err);

// The value of the first parameter NAME; NULL when there is none.
const char *gaz_target_value(const struct gaz_target *target, const char *name);

// Appends TEXT as part of a target: every byte that is not unreserved is encoded.
void gaz_target_put(struct gaz_buf *out, const char *text);
// The same for a path: / stays.
void gaz_target_put_path(struct gaz_buf *out, const char *text);

// Appends NAME=VALUE behind the path or the parameters that OUT ends with, a ? or & between.
void gaz_target_put_parameter(struct gaz_buf *out, const char *name, const char *value);

// Appends the parameters of TARGET but those named in WITHOUT (NULL-terminated; may be NULL).
void gaz_target_put_parameters(struct gaz_buf *out, const struct gaz_target *target,
                               const char *const *without);

#endif
