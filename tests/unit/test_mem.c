// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "shim/mem.h"

// Fails the allocation that is preceded by *CONTEXT others, and all after it.
static int fail_after(void *context, size_t size) {
    (void)size;
    int *left = context;
    return (*left)-- <= 0;
}

static void allow(int *count) {
    gaz_mem_set_hook(&(struct gaz_mem_hook){fail_after, count});
}

static int no_block_is_left(void **state) {
    (void)state;
    gaz_mem_set_hook(NULL);
    return gaz_mem_live() == 0 ? 0 : -1;
}

static void zero_sizes_give_blocks(void **state) {
    (void)state;
    void *a = gaz_malloc(0);
    void *b = gaz_calloc(0, 8);
    void *c = gaz_realloc(NULL, 0);
    assert_non_null(a);
    assert_non_null(b);
    assert_non_null(c);
    assert_int_equal(gaz_mem_live(), 3);
    c = gaz_realloc(c, 0);
    assert_non_null(c);
    assert_int_equal(gaz_mem_live(), 3);
    gaz_free(a);
    gaz_free(b);
    gaz_free(c);
    gaz_free(NULL);
    assert_int_equal(gaz_mem_live(), 0);
}

static void calloc_zeroes_and_refuses_overflow(void **state) {
    (void)state;
    const char zeros[64] = {0};
    char *block = gaz_calloc(8, 8);
    assert_memory_equal(block, zeros, sizeof zeros);
    gaz_free(block);
    volatile size_t half = SIZE_MAX / 2; // volatile: gcc would warn of the sizes it sees
    assert_null(gaz_calloc(half, 3));
}

static void the_hook_fails_allocations(void **state) {
    (void)state;
    int count = 1;
    allow(&count);
    char *block = gaz_malloc(4);
    assert_non_null(block);
    block[0] = 'k';
    assert_null(gaz_malloc(4));
    assert_null(gaz_calloc(1, 4));
    assert_null(gaz_realloc(block, 400));
    assert_int_equal(block[0], 'k');
    assert_int_equal(gaz_mem_live(), 1);
    gaz_mem_set_hook(NULL);
    gaz_free(block);
}

static void strndup_copies_nuls(void **state) {
    (void)state;
    char *copy = gaz_strndup("政\0府", 7);
    assert_memory_equal(copy, "政\0府", 8);
    gaz_free(copy);
    copy = gaz_strndup(NULL, 0);
    assert_string_equal(copy, "");
    gaz_free(copy);
    assert_null(gaz_strndup("", SIZE_MAX));
}

static void grow_keeps_items_and_reports_capacity(void **state) {
    (void)state;
    size_t capacity = 0;
    int *items = NULL;
    for (size_t i = 0; i < 1000; i++) {
        items = gaz_grow(items, &capacity, i + 1, sizeof *items);
        assert_non_null(items);
        assert_true(capacity > i);
        items[i] = (int)i;
    }
    for (size_t i = 0; i < 1000; i++) {
        assert_int_equal(items[i], (int)i);
    }
    assert_ptr_equal(gaz_grow(items, &capacity, 10, sizeof *items), items);
    size_t before = capacity;
    assert_null(gaz_grow(items, &capacity, SIZE_MAX / 2, sizeof *items));
    int none = 0;
    allow(&none);
    assert_null(gaz_grow(items, &capacity, before + 1, sizeof *items));
    assert_int_equal(capacity, before);
    gaz_mem_set_hook(NULL);
    gaz_free(items);
}

static void arena_blocks_are_aligned_zeroed_and_apart(void **state) {
    (void)state;
    const char zeros[100000] = {0};
    struct gaz_arena *arena = gaz_arena_new();
    char *previous = NULL;
    for (size_t size = 0; size < sizeof zeros; size = size * 3 + 1) {
        char *block = gaz_arena_alloc(arena, size);
        assert_non_null(block);
        assert_int_equal((uintptr_t)block % _Alignof(max_align_t), 0);
        assert_ptr_not_equal(block, previous);
        assert_memory_equal(block, zeros, size);
        memset(block, 'x', size);
        previous = block;
    }
    gaz_arena_free(arena);
    gaz_arena_free(NULL);
}

static void arena_goes_on_filling_a_chunk_after_a_large_block(void **state) {
    (void)state;
    struct gaz_arena *arena = gaz_arena_new();
    assert_non_null(gaz_arena_alloc(arena, 1000000)); // the first block of all
    assert_non_null(gaz_arena_alloc(arena, 10));
    size_t blocks = gaz_mem_live();
    assert_non_null(gaz_arena_alloc(arena, 1000000));
    assert_non_null(gaz_arena_alloc(arena, 10));
    assert_int_equal(gaz_mem_live(), blocks + 1);
    gaz_arena_free(arena);
}

static void arena_copies_strings(void **state) {
    (void)state;
    struct gaz_arena *arena = gaz_arena_new();
    assert_string_equal(gaz_arena_strndup(arena, "责任单位：市经信局", strlen("责任单位")), "责任单位");
    assert_string_equal(gaz_arena_strndup(arena, NULL, 0), "");
    assert_null(gaz_arena_strndup(arena, "", SIZE_MAX));
    gaz_arena_free(arena);
}

static void arena_survives_every_failure(void **state) {
    (void)state;
    int count = 0;
    allow(&count);
    assert_null(gaz_arena_new());
    count = 1;
    struct gaz_arena *arena = gaz_arena_new();
    assert_non_null(arena);
    assert_null(gaz_arena_alloc(arena, 8));
    assert_null(gaz_arena_alloc(arena, 1000000));
    assert_null(gaz_arena_alloc(arena, SIZE_MAX));
    assert_null(gaz_arena_alloc(arena, SIZE_MAX - 64));
    gaz_mem_set_hook(NULL);
    assert_non_null(gaz_arena_alloc(arena, 8));
    gaz_arena_free(arena);
}

static void buffer_is_a_string_from_the_start(void **state) {
    (void)state;
    struct gaz_buf buf = GAZ_BUF_INIT;
    assert_string_equal(buf.data, "");
    gaz_buf_addstr(&buf, "第");
    gaz_buf_printf(&buf, "%d", 10);
    gaz_buf_addstr(&buf, "期");
    gaz_buf_addch(&buf, '!');
    gaz_buf_add(&buf, NULL, 0);
    assert_string_equal(buf.data, "第10期!");
    assert_int_equal(buf.len, 9);
    gaz_buf_clear(&buf);
    assert_string_equal(buf.data, "");
    assert_int_equal(buf.len, 0);
    gaz_buf_free(&buf);
    assert_string_equal(buf.data, "");
    gaz_buf_free(&buf);
}

static void buffer_grows_and_holds_nuls(void **state) {
    (void)state;
    struct gaz_buf buf = GAZ_BUF_INIT;
    for (int i = 0; i < 1000; i++) {
        gaz_buf_add(&buf, "a\0b", 3);
    }
    assert_int_equal(buf.len, 3000);
    assert_memory_equal(buf.data + 2997, "a\0b", 4);
    gaz_buf_free(&buf);
}

static void buffer_can_be_taken(void **state) {
    (void)state;
    struct gaz_buf buf = GAZ_BUF_INIT;
    char *empty = gaz_buf_take(&buf);
    assert_string_equal(empty, "");
    gaz_buf_addstr(&buf, "温政发");
    char *text = gaz_buf_take(&buf);
    assert_string_equal(text, "温政发");
    assert_int_equal(buf.len, 0);
    assert_string_equal(buf.data, "");
    gaz_free(empty);
    gaz_free(text);
}

static void buffer_failure_sticks(void **state) {
    (void)state;
    struct gaz_buf buf = GAZ_BUF_INIT;
    gaz_buf_addstr(&buf, "kept");
    int none = 0;
    allow(&none);
    for (int i = 0; i < 100; i++) {
        gaz_buf_addstr(&buf, "0123456789");
    }
    gaz_mem_set_hook(NULL);
    size_t len = buf.len;
    assert_int_equal(buf.status, GAZ_ERR_MEMORY);
    gaz_buf_addstr(&buf, "ignored");
    gaz_buf_printf(&buf, "%s", "ignored");
    assert_int_equal(buf.len, len);
    assert_int_equal(strlen(buf.data), len);
    assert_null(gaz_buf_take(&buf));
    struct gaz_err err = {0};
    assert_int_equal(gaz_buf_check(&buf, &err), GAZ_ERR_MEMORY);
    assert_int_equal(err.status, GAZ_ERR_MEMORY);
    gaz_buf_clear(&buf);
    assert_int_equal(gaz_buf_check(&buf, NULL), GAZ_OK);
    gaz_buf_addstr(&buf, "again");
    assert_string_equal(buf.data, "again");
    gaz_buf_free(&buf);
}

static void buffer_keeps_to_its_maximum(void **state) {
    (void)state;
    struct gaz_buf buf = GAZ_BUF_INIT;
    buf.max = 5;
    gaz_buf_addstr(&buf, "12345");
    assert_int_equal(buf.status, GAZ_OK);
    gaz_buf_addch(&buf, '6');
    assert_int_equal(buf.status, GAZ_ERR_LIMIT);
    assert_string_equal(buf.data, "12345");
    struct gaz_err err = {0};
    assert_int_equal(gaz_buf_check(&buf, &err), GAZ_ERR_LIMIT);
    assert_string_equal(err.message, "text longer than the 5 bytes allowed");
    gaz_buf_free(&buf);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(zero_sizes_give_blocks, no_block_is_left),
        cmocka_unit_test_teardown(calloc_zeroes_and_refuses_overflow, no_block_is_left),
        cmocka_unit_test_teardown(the_hook_fails_allocations, no_block_is_left),
        cmocka_unit_test_teardown(strndup_copies_nuls, no_block_is_left),
        cmocka_unit_test_teardown(grow_keeps_items_and_reports_capacity, no_block_is_left),
        cmocka_unit_test_teardown(arena_blocks_are_aligned_zeroed_and_apart, no_block_is_left),
        cmocka_unit_test_teardown(arena_goes_on_filling_a_chunk_after_a_large_block, no_block_is_left),
        cmocka_unit_test_teardown(arena_copies_strings, no_block_is_left),
        cmocka_unit_test_teardown(arena_survives_every_failure, no_block_is_left),
        cmocka_unit_test_teardown(buffer_is_a_string_from_the_start, no_block_is_left),
        cmocka_unit_test_teardown(buffer_grows_and_holds_nuls, no_block_is_left),
        cmocka_unit_test_teardown(buffer_can_be_taken, no_block_is_left),
        cmocka_unit_test_teardown(buffer_failure_sticks, no_block_is_left),
        cmocka_unit_test_teardown(buffer_keeps_to_its_maximum, no_block_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
