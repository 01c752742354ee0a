// SPDX-License-Identifier: GPL-2.0-or-later
//
// Numbers in few bytes: base 128, lowest group first, the high bit says that more follow (LEB128).
#ifndef GAZ_SHIM_VARINT_H
#define GAZ_SHIM_VARINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shim/mem.h"

void gaz_varint_add(struct gaz_buf *buf, uint64_t number);

// Bytes being read; `failed` sticks once something did not fit.
struct gaz_varint_source {
    const char *at, *end;
    bool failed;
};

// The next number; 0 after a failure.
uint64_t gaz_varint_number(struct gaz_varint_source *source);
// A number of things that take at least a byte each, so that it is no more than what is left.
size_t gaz_varint_count(struct gaz_varint_source *source);
// The next LEN bytes, borrowed; not NULL, but with LEN too large nothing may be read from it.
const char *gaz_varint_bytes(struct gaz_varint_source *source, size_t len);

#endif
