// SPDX-License-Identifier: GPL-2.0-or-later
//
// Stored records: any bytes are one, or damage. (That what was stored comes back is checked by the laws in
// fuzz_read.)
#include "corpus/record.h"
#include "tests/support/property.h"

static bool is_refused(enum gaz_status status) {
    return status == GAZ_ERR_CORRUPT || status == GAZ_ERR_VERSION;
}

static void check_decoded(struct gaz_str bytes) {
    json_t *json = NULL;
    struct gaz_buf printed = GAZ_BUF_INIT;
    enum gaz_status status = gaz_record_decode(bytes.data, bytes.len, "", 0, &json, NULL);
    require((status == GAZ_OK && json_is_object(json)) || is_refused(status), "bytes are a record or damage");
    if (status == GAZ_OK)
        require(gaz_record_print_json(json, &printed, NULL) == GAZ_OK, "a record can be printed");
    gaz_buf_free(&printed);
    json_decref(json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct gaz_str bytes = {(const char *)data, size};
    check_decoded(bytes);
    return 0;
}
