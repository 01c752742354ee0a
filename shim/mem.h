// SPDX-License-Identifier: GPL-2.0-or-later
//
// Memory: the allocator that everything of ours goes through (so that a test can fail any allocation), an
// arena for what lives as long as an issue or a query, and a growable byte buffer.
#ifndef GAZ_SHIM_MEM_H
#define GAZ_SHIM_MEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "shim/status.h"

#ifdef __cplusplus
extern "C" {
#endif

// As their C namesakes, but size 0 gives a block of its own too, so that NULL always means failure.
// gaz_calloc checks COUNT * SIZE for overflow. A failed gaz_realloc leaves the block as it was. The caller
// frees with gaz_free (NULL allowed).
void *gaz_malloc(size_t size);
void *gaz_calloc(size_t count, size_t size);
void *gaz_realloc(void *block, size_t size);
void gaz_free(void *block);

// A NUL-terminated copy of LEN bytes, NULs included; freed with gaz_free. NULL when memory is short.
char *gaz_strndup(const char *text, size_t len);

// Makes room for NEEDED items of ITEM_SIZE bytes (at least one) in the array ITEMS of *CAPACITY items.
// Returns the array, moved perhaps and larger by a factor, or NULL when memory is short or the size
// overflows: then ITEMS and *CAPACITY are unchanged. New items are not initialised.
void *gaz_grow(void *items, size_t *capacity, size_t needed, size_t item_size);

// For tests. FAIL is asked before each allocation, with its size, and makes it fail by returning non-zero.
struct gaz_mem_hook {
    int (*fail)(void *context, size_t size);
    void *context;
};

// Sets the hook (copied; NULL removes it). Not while another thread allocates.
void gaz_mem_set_hook(const struct gaz_mem_hook *hook);

// Blocks that are allocated and not freed yet.
size_t gaz_mem_live(void);

// --- arena
// ---------------------------------------------------------------------------------------------------------------
// Blocks that are freed together. Used by one thread at a time.
struct gaz_arena;

// NULL when memory is short.
struct gaz_arena *gaz_arena_new(void);

// SIZE bytes, zeroed, aligned for any type; they live as long as the arena. NULL when memory is short.
void *gaz_arena_alloc(struct gaz_arena *arena, size_t size);

// A NUL-terminated copy of LEN bytes, NULs included. NULL when memory is short.
char *gaz_arena_strndup(struct gaz_arena *arena, const char *text, size_t len);

// NULL is allowed.
void gaz_arena_free(struct gaz_arena *arena);

// --- buffer
// --------------------------------------------------------------------------------------------------------------
// Bytes that grow. The first failure sticks: it is kept in `status`, what was added before it stays, and
// every later addition is ignored, so that only the end of a chain of additions needs a check. `data` always
// ends with a NUL that `len` does not count. Fields are read by everyone and written only here, but `max`,
// which may be set before the first addition.
struct gaz_buf {
    char *data;
    size_t len;             // bytes
    size_t cap;             // bytes allocated; 0 while `data` is not ours to free
    size_t max;             // largest len allowed, in bytes
    enum gaz_status status; // GAZ_OK, GAZ_ERR_MEMORY, GAZ_ERR_LIMIT
};

// Largest buffer when nothing else is said: more than any issue or answer needs, far from overflow.
#define GAZ_BUF_MAX ((size_t)1 << 30)

#define GAZ_BUF_INIT                                                                                         \
    { gaz_buf_empty, 0, 0, GAZ_BUF_MAX, GAZ_OK }

extern char gaz_buf_empty[1]; // what an empty buffer points to

// Additions; BYTES may hold NULs and must not lie in the buffer itself.
void gaz_buf_add(struct gaz_buf *buf, const void *bytes, size_t len);
void gaz_buf_addstr(struct gaz_buf *buf, const char *text);
void gaz_buf_addch(struct gaz_buf *buf, char byte);
void gaz_buf_printf(struct gaz_buf *buf, const char *format, ...) GAZ_PRINTF(2, 3);

// Replaces what the buffer has by the next line of FROM without its line end; what is too long for the buffer
// is read, too, and dropped. False at the end of the file or when it cannot be read.
bool gaz_buf_read_line(struct gaz_buf *buf, FILE *from);

// The buffer's status, described in ERR when it is not GAZ_OK.
enum gaz_status gaz_buf_check(const struct gaz_buf *buf, struct gaz_err *err);

// Empties the buffer and forgets a failure; keeps the memory.
void gaz_buf_clear(struct gaz_buf *buf);

// Hands the bytes, NUL-terminated, to the caller, who frees them with gaz_free; the buffer is as new. NULL
// after a failure or when memory is short; then the buffer keeps what it has and is still to be freed.
char *gaz_buf_take(struct gaz_buf *buf);

// Frees the memory; the buffer is as new.
void gaz_buf_free(struct gaz_buf *buf);

#ifdef __cplusplus
}
#endif

#endif
