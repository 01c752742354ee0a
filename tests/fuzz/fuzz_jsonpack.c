// SPDX-License-Identifier: GPL-2.0-or-later
//
// Packed JSON: any bytes are a value or damage, and a value is packed and unpacked without a change. The
// first byte chooses: bytes to unpack, or JSON text to pack.
#include <stdlib.h>
#include <string.h>

#include "corpus/jsonpack.h"
#include "tests/support/property.h"

// As the programs print it: what is stored of a real is what is printed.
static char *print(const json_t *json) {
    return json_dumps(json, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(6));
}

// PACKED (whose value JSON is) gives JSON back.
static void check_unpacks(const json_t *json, const struct gaz_buf *packed) {
    json_t *again = NULL;
    require(gaz_json_unpack(packed->data, packed->len, &again, NULL) == GAZ_OK, "what is packed is unpacked");
    char *before = print(json), *after = print(again);
    require(before && after && strcmp(before, after) == 0, "a value is unpacked as it was packed");
    free(before);
    free(after);
    json_decref(again);
}

static void check_value(json_t *json) {
    struct gaz_buf packed = GAZ_BUF_INIT;
    enum gaz_status status = gaz_json_pack(json, &packed, NULL);
    require(status == GAZ_OK || status == GAZ_ERR_LIMIT, "a value is packed, or too deep");
    if (status == GAZ_OK)
        check_unpacks(json, &packed);
    gaz_buf_free(&packed);
}

static json_t *unpack(struct gaz_str bytes) {
    json_t *json = NULL;
    enum gaz_status status = gaz_json_unpack(bytes.data, bytes.len, &json, NULL);
    require(status == GAZ_OK || status == GAZ_ERR_CORRUPT, "bytes are a value or damage");
    require((status == GAZ_OK) == (json != NULL), "a value or an error");
    return json;
}

static json_t *parse(struct gaz_str text) {
    return json_loadb(text.data, text.len, JSON_DECODE_ANY, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct input input = {(const char *)data, size};
    json_t *json = input_choice(&input) % 2 ? parse(input_rest(&input)) : unpack(input_rest(&input));
    if (json)
        check_value(json);
    json_decref(json);
    return 0;
}
