// SPDX-License-Identifier: GPL-2.0-or-later
//
// Any bytes are an issue whose records keep the laws of the record contract.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/support/laws.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct gaz_authority *authority;
    struct gaz_err why = {0};
    if (!authority && gaz_authority_load("corpus/authority.tsv", &authority, &why) != GAZ_OK) {
        fprintf(stderr, "%s\n", why.message);
        exit(2);
    }
    if (!laws_hold_for((const char *)data, size, NULL, authority, &why)) {
        fprintf(stderr, "%s\n", why.message);
        abort();
    }
    return 0;
}
