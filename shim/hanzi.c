// SPDX-License-Identifier: GPL-2.0-or-later
#include "shim/hanzi.h"

#include <opencc.h>
#include <pthread.h>
#include <string.h>

#include "shim/codemap.h"
#include "shim/mem.h"

// Opened once and kept until the program ends: loading the phrases takes OpenCC about 20 ms.
static struct {
    opencc_t simplifier; // NULL when it could not be opened
    opencc_t traditionaliser;
} converters;
static pthread_once_t converters_once = PTHREAD_ONCE_INIT;

uint32_t gaz_hanzi_fold(uint32_t code) {
    uint32_t value = gaz_codemap_value(&gaz_codemap_hanzi, code);

    return value ? value : code;
}

static opencc_t open_converter(const char *configuration) {
    opencc_t converter = opencc_open(configuration);

    return (intptr_t)converter == -1 ? NULL : converter;
}

static void open_converters(void) {
    converters.simplifier = open_converter("t2s.json");
    converters.traditionaliser = open_converter("s2t.json");
}

// Converts LEN > 0 bytes without NULs.
static enum gaz_status convert_piece(opencc_t converter, const char *text, size_t len, struct gaz_buf *out,
                                     struct gaz_err *err) {
    char *converted = opencc_convert_utf8(converter, text, len);

    if (!converted)
        return gaz_err_set(err, GAZ_ERR_ENCODING, "the text to convert is not UTF-8");
    gaz_buf_addstr(out, converted);
    opencc_convert_utf8_free(converted);
    return GAZ_OK;
}

// OpenCC ends at a NUL, so each piece between NULs is converted by itself.
static enum gaz_status convert_all(opencc_t converter, const char *text, size_t len, struct gaz_buf *out,
                                   struct gaz_err *err) {
    enum gaz_status status = GAZ_OK;
    size_t at = 0;

    while (at < len && status == GAZ_OK) {
        size_t piece = strnlen(text + at, len - at);
        if (piece > 0)
            status = convert_piece(converter, text + at, piece, out, err);
        at += piece;
        if (at < len) {
            gaz_buf_addch(out, '\0');
            at++;
        }
    }
    return status;
}

enum gaz_status gaz_hanzi_convert(const char *text, size_t len, int to_traditional, char **out,
                                  size_t *out_len, struct gaz_err *err) {
    struct gaz_buf buf = GAZ_BUF_INIT;

    pthread_once(&converters_once, open_converters);
    opencc_t converter = to_traditional ? converters.traditionaliser : converters.simplifier;
    if (!converter)
        return gaz_err_set(err, GAZ_ERR_IO, "OpenCC's dictionaries cannot be read: install OpenCC's data");
    enum gaz_status status = convert_all(converter, text, len, &buf, err);
    if (status == GAZ_OK)
        status = gaz_buf_check(&buf, err);
    if (status == GAZ_OK) {
        *out_len = buf.len;
        *out = gaz_buf_take(&buf);
        if (!*out)
            status = gaz_err_memory(err);
    }
    gaz_buf_free(&buf);
    return status;
}
