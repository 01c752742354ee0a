// SPDX-License-Identifier: GPL-2.0-or-later
//
// Any bytes are HTML whose records keep the laws of the record contract, or a DOCX that is refused or keeps
// them too.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "shim/markup.h"
#include "tests/support/laws.h"
#include "tests/support/property.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct gaz_err why = {0};
    const char *raw = (const char *)data;
    const char *name = gaz_markup_is_zip(raw, size) ? "laws.docx" : "laws.html";
    if (!laws_hold_for_file(name, raw, size, NULL, property_authority(), &why)) {
        fprintf(stderr, "%s\n", why.message);
        abort();
    }
    return 0;
}
