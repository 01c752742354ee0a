// SPDX-License-Identifier: GPL-2.0-or-later
//
// Any lines are messages of the Model Context Protocol: what is answered is JSON-RPC 2.0, one line, or
// nothing.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "searcher/mcp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds, const char *property) {
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", property);
        abort();
    }
}

static void check_response(const json_t *response) {
    const char *version = json_string_value(json_object_get(response, "jsonrpc"));
    const json_t *result = json_object_get(response, "result"), *error = json_object_get(response, "error");
    require(version && strcmp(version, "2.0") == 0, "an answer is JSON-RPC 2.0");
    require(json_object_get(response, "id") != NULL, "an answer says to what");
    require(!result != !error, "an answer is a result or an error");
    require(!error || json_is_integer(json_object_get(error, "code")), "an error has a code");
    require(!error || json_is_string(json_object_get(error, "message")), "an error has a message");
}

static void check_line(const struct gaz_buf *out) {
    size_t i;
    json_t *response, *json = json_loadb(out->data, out->len, 0, NULL);
    require(json != NULL, "an answer is JSON");
    require(strchr(out->data, '\n') == out->data + out->len - 1, "an answer is one line");
    if (json_is_array(json)) {
        require(json_array_size(json) > 0, "an empty batch of answers is not sent");
        json_array_foreach(json, i, response) {
            check_response(response);
        }
    } else {
        check_response(json);
    }
    json_decref(json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const indexes[] = {"no-such-index"};
    struct gaz_mcp mcp = {.indexes = indexes, .index_count = 1};
    struct gaz_buf out = GAZ_BUF_INIT;
    const char *at = (const char *)data, *end = at + size;
    while (at < end) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        size_t len = (size_t)((line_end ? line_end : end) - at);
        struct gaz_err err = {0};
        gaz_buf_clear(&out);
        require(gaz_mcp_answer(&mcp, at, len, &out, &err) == GAZ_OK, "there is an answer to everything");
        if (out.len > 0) {
            check_line(&out);
        }
        at += len + (line_end != NULL);
    }
    gaz_buf_free(&out);
    return 0;
}
