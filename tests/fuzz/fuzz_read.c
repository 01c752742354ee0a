// SPDX-License-Identifier: GPL-2.0-or-later
//
// Any bytes are an issue whose records keep the laws of the record contract.
#include <stdio.h>
#include <stdlib.h>

#include "tests/support/laws.h"
#include "tests/support/property.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct gaz_err why = {0};
    if (!laws_hold_for((const char *)data, size, NULL, property_authority(), &why)) {
        fprintf(stderr, "%s\n", why.message);
        abort();
    }
    return 0;
}
