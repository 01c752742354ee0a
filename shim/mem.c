// SPDX-License-Identifier: GPL-2.0-or-later
#include "shim/mem.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA_CHUNK = 64 * 1024, BUF_FIRST = 64 };

static struct gaz_mem_hook hook;
static atomic_size_t live;

char gaz_buf_empty[1] = "";

void gaz_mem_set_hook(const struct gaz_mem_hook *new_hook) {
    hook = new_hook ? *new_hook : (struct gaz_mem_hook){0};
}

size_t gaz_mem_live(void) {
    return atomic_load(&live);
}

static int refused(size_t size) {
    return hook.fail && hook.fail(hook.context, size);
}

static void *counted(void *block) {
    if (block) {
        atomic_fetch_add(&live, 1);
    }
    return block;
}

void *gaz_malloc(size_t size) {
    return refused(size) ? NULL : counted(malloc(size ? size : 1));
}

void *gaz_calloc(size_t count, size_t size) {
    if (count == 0 || size == 0) {
        count = size = 1;
    }
    if (count > SIZE_MAX / size || refused(count * size)) {
        return NULL;
    }
    return counted(calloc(count, size));
}

void *gaz_realloc(void *block, size_t size) {
    if (!block) {
        return gaz_malloc(size);
    }
    return refused(size) ? NULL : realloc(block, size ? size : 1);
}

void gaz_free(void *block) {
    if (block) {
        atomic_fetch_sub(&live, 1);
        free(block);
    }
}

char *gaz_strndup(const char *text, size_t len) {
    char *copy = len < SIZE_MAX ? gaz_malloc(len + 1) : NULL;
    if (copy) {
        if (len > 0) {
            memcpy(copy, text, len);
        }
        copy[len] = '\0';
    }
    return copy;
}

void *gaz_grow(void *items, size_t *capacity, size_t needed, size_t item_size) {
    if (items && needed <= *capacity) {
        return items;
    }
    size_t grown = *capacity > SIZE_MAX / 2 ? needed : *capacity + *capacity / 2;
    if (grown < needed) {
        grown = needed;
    }
    if (grown < 8) {
        grown = 8;
    }
    if (grown > SIZE_MAX / item_size) {
        return NULL;
    }
    void *moved = gaz_realloc(items, grown * item_size);
    if (moved) {
        *capacity = grown;
    }
    return moved;
}

// --- arena
// ---------------------------------------------------------------------------------------------------------------

struct chunk {
    struct chunk *next;
    size_t used;
    size_t size;
    max_align_t bytes[];
};

struct gaz_arena {
    struct chunk *chunks; // the first one is the one being filled
};

static struct chunk *chunk_new(size_t size) {
    struct chunk *chunk = size < SIZE_MAX - sizeof *chunk ? gaz_calloc(1, sizeof *chunk + size) : NULL;
    if (chunk) {
        chunk->size = size;
    }
    return chunk;
}

struct gaz_arena *gaz_arena_new(void) {
    return gaz_calloc(1, sizeof(struct gaz_arena));
}

// A block that would waste much of a chunk gets one of its own, behind the one being filled.
static void *alloc_large(struct gaz_arena *arena, size_t size) {
    struct chunk *chunk = chunk_new(size);
    if (!chunk) {
        return NULL;
    }
    struct chunk **place = arena->chunks ? &arena->chunks->next : &arena->chunks;
    chunk->used = size;
    chunk->next = *place;
    *place = chunk;
    return chunk->bytes;
}

void *gaz_arena_alloc(struct gaz_arena *arena, size_t size) {
    const size_t alignment = _Alignof(max_align_t);
    if (size > SIZE_MAX - alignment) {
        return NULL;
    }
    size = size ? (size + alignment - 1) / alignment * alignment : alignment;
    if (size > ARENA_CHUNK / 4) {
        return alloc_large(arena, size);
    }
    struct chunk *chunk = arena->chunks;
    if (!chunk || chunk->size - chunk->used < size) {
        chunk = chunk_new(ARENA_CHUNK);
        if (!chunk) {
            return NULL;
        }
        chunk->next = arena->chunks;
        arena->chunks = chunk;
    }
    char *block = (char *)chunk->bytes + chunk->used;
    chunk->used += size;
    return block;
}

char *gaz_arena_strndup(struct gaz_arena *arena, const char *text, size_t len) {
    char *copy = len < SIZE_MAX ? gaz_arena_alloc(arena, len + 1) : NULL;
    if (copy && len > 0) {
        memcpy(copy, text, len);
    }
    return copy;
}

void gaz_arena_free(struct gaz_arena *arena) {
    if (!arena) {
        return;
    }
    for (struct chunk *chunk = arena->chunks, *next; chunk; chunk = next) {
        next = chunk->next;
        gaz_free(chunk);
    }
    gaz_free(arena);
}

// --- buffer
// --------------------------------------------------------------------------------------------------------------

// Makes room for LEN more bytes and the NUL; returns whether it is there.
static int reserve(struct gaz_buf *buf, size_t len) {
    if (buf->status != GAZ_OK) {
        return 0;
    }
    if (buf->len > buf->max || len > buf->max - buf->len || buf->len + len == SIZE_MAX) {
        buf->status = GAZ_ERR_LIMIT;
        return 0;
    }
    size_t needed = buf->len + len + 1;
    if (needed <= buf->cap) {
        return 1;
    }
    char *data = gaz_grow(buf->cap ? buf->data : NULL, &buf->cap, needed < BUF_FIRST ? BUF_FIRST : needed, 1);
    if (!data) {
        buf->status = GAZ_ERR_MEMORY;
        return 0;
    }
    buf->data = data;
    buf->data[buf->len] = '\0';
    return 1;
}

void gaz_buf_add(struct gaz_buf *buf, const void *bytes, size_t len) {
    if (len > 0 && reserve(buf, len)) {
        memcpy(buf->data + buf->len, bytes, len);
        buf->len += len;
        buf->data[buf->len] = '\0';
    }
}

void gaz_buf_addstr(struct gaz_buf *buf, const char *text) {
    gaz_buf_add(buf, text, strlen(text));
}

void gaz_buf_addch(struct gaz_buf *buf, char byte) {
    gaz_buf_add(buf, &byte, 1);
}

void gaz_buf_printf(struct gaz_buf *buf, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int wanted = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (wanted < 0) {
        buf->status = buf->status == GAZ_OK ? GAZ_ERR_LIMIT : buf->status;
        return;
    }
    if (reserve(buf, (size_t)wanted)) {
        va_start(arguments, format);
        vsnprintf(buf->data + buf->len, (size_t)wanted + 1, format, arguments);
        va_end(arguments);
        buf->len += (size_t)wanted;
    }
}

bool gaz_buf_read_line(struct gaz_buf *buf, FILE *from) {
    int byte;
    gaz_buf_clear(buf);
    while ((byte = getc(from)) != EOF && byte != '\n') {
        gaz_buf_addch(buf, (char)byte);
    }
    return byte != EOF || (!ferror(from) && (buf->len > 0 || buf->status != GAZ_OK));
}

enum gaz_status gaz_buf_check(const struct gaz_buf *buf, struct gaz_err *err) {
    if (buf->status == GAZ_ERR_MEMORY) {
        return gaz_err_memory(err);
    }
    if (buf->status != GAZ_OK) {
        return gaz_err_set(err, buf->status, "text longer than the %zu bytes allowed", buf->max);
    }
    return GAZ_OK;
}

void gaz_buf_clear(struct gaz_buf *buf) {
    buf->len = 0;
    buf->status = GAZ_OK;
    if (buf->cap) {
        buf->data[0] = '\0';
    }
}

static void forget(struct gaz_buf *buf) {
    buf->data = gaz_buf_empty;
    buf->len = buf->cap = 0;
    buf->status = GAZ_OK;
}

char *gaz_buf_take(struct gaz_buf *buf) {
    if (!reserve(buf, 0)) {
        return NULL;
    }
    char *data = buf->data;
    forget(buf);
    return data;
}

void gaz_buf_free(struct gaz_buf *buf) {
    if (buf->cap) {
        gaz_free(buf->data);
    }
    forget(buf);
}
