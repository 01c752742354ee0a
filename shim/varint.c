// SPDX-License-Identifier: GPL-2.0-or-later
#include "shim/varint.h"

enum { GROUP_BITS = 7, GROUP = 0x7F, MORE = 0x80, GROUPS_MAX = 10 };

void gaz_varint_add(struct gaz_buf *buf, uint64_t number) {
    for (; number >= MORE; number >>= GROUP_BITS)
        gaz_buf_addch(buf, (char)(number | MORE));
    gaz_buf_addch(buf, (char)number);
}

uint64_t gaz_varint_number(struct gaz_varint_source *source) {
    uint64_t number = 0;
    for (unsigned i = 0; i < GROUPS_MAX && source->at < source->end; i++) {
        unsigned char byte = (unsigned char)*source->at++;
        number |= (uint64_t)(byte & GROUP) << (GROUP_BITS * i);
        if (byte < MORE)
            return number;
    }
    source->failed = true;
    return 0;
}

size_t gaz_varint_count(struct gaz_varint_source *source) {
    uint64_t count = gaz_varint_number(source);
    if (count <= (size_t)(source->end - source->at))
        return (size_t)count;
    source->failed = true;
    return 0;
}

const char *gaz_varint_bytes(struct gaz_varint_source *source, size_t len) {
    const char *bytes = source->at;
    if (len > (size_t)(source->end - source->at))
        source->failed = true;
    else
        source->at += len;
    return bytes;
}
