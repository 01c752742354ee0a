// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/support/faults.h"

#include <stdlib.h>

#include "shim/mem.h"

static size_t allowed, seen;

static int fail_after(void *context, size_t size) {
    (void)context;
    (void)size;
    return seen++ >= allowed;
}

void faults_begin(size_t allow) {
    allowed = allow;
    seen = 0;
    gaz_mem_set_hook(&(struct gaz_mem_hook){fail_after, NULL});
}

size_t faults_stride(void) {
    enum { SAMPLE = 7 };
    return getenv("FAULTS_ALL") ? 1 : SAMPLE;
}

size_t faults_end(void) {
    gaz_mem_set_hook(NULL);
    return seen;
}
