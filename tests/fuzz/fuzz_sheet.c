// SPDX-License-Identifier: GPL-2.0-or-later
//
// Sheets: any bytes are one, all of whose texts lie inside, or damage. (That what was written comes back is
// checked by the laws of the archive.)
#include <stdlib.h>

#include "corpus/sheet.h"
#include "corpus/textcode.h"
#include "tests/support/property.h"

static void check_text(const struct gaz_sheet *sheet, struct gaz_index_bytes text) {
    size_t start = (size_t)(text.data - sheet->texts.data), at = 0;
    uint32_t code;
    require(lies_inside(start, text.len, sheet->texts.len), "a text lies inside the sheet");
    while (gaz_textcode_read(text, &at, &code))
        require(at <= text.len, "a character lies inside its text");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct gaz_sheet *sheet = malloc(sizeof *sheet);
    require(sheet != NULL, "there is memory");
    enum gaz_status status = gaz_sheet_read((struct gaz_index_bytes){(const char *)data, size}, sheet, NULL);
    require(status == GAZ_OK || status == GAZ_ERR_CORRUPT || status == GAZ_ERR_VERSION,
            "bytes are a sheet or damage");
    for (size_t i = 0; status == GAZ_OK && i < sheet->count; i++) {
        require(sheet->entries[i].owner < GAZ_BUNDLE_MAX, "a record has an owner");
        check_text(sheet, gaz_sheet_text(sheet, i));
        check_text(sheet, gaz_sheet_heading(sheet, i));
    }
    free(sheet);
    return 0;
}
