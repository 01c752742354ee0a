// SPDX-License-Identifier: GPL-2.0-or-later
//
// Decoding: whatever the bytes, the text is UTF-8, every fault is where it is said to be, and what has no
// fault can be written back.
#include <string.h>

#include "shim/charset.h"
#include "shim/utf8.h"
#include "tests/support/property.h"

static const char *const encodings[] = {NULL,       "UTF-8",    "GB18030",    "Big5",
                                        "UTF-16LE", "UTF-16BE", "Big5-HKSCS", "GBK"};
enum { ENCODING_COUNT = sizeof encodings / sizeof *encodings };

// Byte AT of TEXT is U+FFFD.
static bool is_replacement(const struct gaz_charset_text *text, size_t at) {
    return at + 3 <= text->len && memcmp(text->data + at, "\xEF\xBF\xBD", 3) == 0;
}

static void check_faults(const struct gaz_charset_text *text, struct gaz_str raw) {
    for (size_t i = 0; i < text->fault_count; i++) {
        const struct gaz_charset_fault *fault = &text->faults[i];
        require(fault->input_offset < raw.len && (unsigned char)raw.data[fault->input_offset] == fault->byte,
                "a fault is a byte of the input");
        require(is_replacement(text, fault->output_offset), "a fault is U+FFFD in the output");
        require(i == 0 || (fault[-1].input_offset < fault->input_offset &&
                           fault[-1].output_offset < fault->output_offset),
                "faults ascend");
    }
}

static void check_is_utf8(const struct gaz_charset_text *text) {
    require(text->data[text->len] == '\0', "the text ends with NUL");
    for (size_t at = 0; at < text->len;) {
        uint32_t code;
        size_t length = gaz_utf8_decode(text->data + at, text->len - at, &code);
        require(length > 1 || code < 0x80, "the text is UTF-8");
        at += length;
    }
}

// Appends the UTF-16 of CODE.
static void add_utf16(struct gaz_buf *out, uint32_t code, bool is_big) {
    uint32_t units[2] = {code, 0};
    size_t count = 1;
    if (code >= 0x10000) {
        units[0] = 0xD800 + ((code - 0x10000) >> 10);
        units[1] = 0xDC00 + ((code - 0x10000) & 0x3FF);
        count = 2;
    }
    for (size_t i = 0; i < count; i++) {
        gaz_buf_addch(out, (char)(is_big ? units[i] >> 8 : units[i] & 0xFF));
        gaz_buf_addch(out, (char)(is_big ? units[i] & 0xFF : units[i] >> 8));
    }
}

// What was decoded without a fault, written back, is the input without its mark.
static void check_inverse(const struct gaz_charset_text *text, struct gaz_str raw) {
    struct gaz_buf back = GAZ_BUF_INIT;
    bool is_utf8 = strcmp(text->encoding, "UTF-8") == 0;
    if (text->fault_count > 0 || (!is_utf8 && strncmp(text->encoding, "UTF-16", 6) != 0))
        return;
    size_t mark = text->had_bom ? (is_utf8 ? 3 : 2) : 0;
    for (size_t at = 0; at < text->len && !is_utf8;) {
        uint32_t code;
        at += gaz_utf8_decode(text->data + at, text->len - at, &code);
        add_utf16(&back, code, strcmp(text->encoding, "UTF-16BE") == 0);
    }
    if (is_utf8)
        gaz_buf_add(&back, text->data, text->len);
    require(back.len == raw.len - mark && memcmp(back.data, raw.data + mark, back.len) == 0,
            "text without faults is written back as it was");
    gaz_buf_free(&back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct input input = {(const char *)data, size};
    const char *encoding = encodings[input_choice(&input) % ENCODING_COUNT];
    struct gaz_str raw = input_rest(&input);
    struct gaz_charset_text text;
    require(gaz_charset_decode(raw.data, raw.len, encoding, &text, NULL) == GAZ_OK, "bytes are decoded");
    require(encoding || text.encoding == gaz_charset_detect(raw.data, raw.len),
            "the encoding is the one detected");
    check_is_utf8(&text);
    check_faults(&text, raw);
    check_inverse(&text, raw);
    gaz_charset_text_free(&text);
    return 0;
}
