// SPDX-License-Identifier: GPL-2.0-or-later
//
// Characters at any places are a page of which each character is written once, in lines that are sorted one
// for one.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "indexer/page.h"
#include "shim/unicode.h"
#include "shim/utf8.h"
#include "tests/support/property.h"

enum { RULE_BYTES = 8, CHAR_BYTES = 10, CHARS_MAX = 4096 };

static unsigned word_at(const uint8_t *data) {
    return (unsigned)data[0] | (unsigned)data[1] << 8;
}

// Half points, within a page of 1000 by 1000.
static float place_at(const uint8_t *data) {
    return (float)(word_at(data) % 2000) / 2;
}

static struct gaz_pdf_rule make_rule(const uint8_t *data) {
    float x1 = place_at(data), y1 = place_at(data + 2), x2 = place_at(data + 4), y2 = place_at(data + 6);
    if (x2 >= x1 && x2 - x1 > y2 - y1)
        return (struct gaz_pdf_rule){x1, y1, x2, y1};
    return (struct gaz_pdf_rule){x1, y1 < y2 ? y1 : y2, x1, y1 < y2 ? y2 : y1};
}

// Half of the characters are Han, the others any that is printed.
static struct gaz_pdf_char make_char(const uint8_t *data) {
    float x = place_at(data), y = place_at(data + 2);
    unsigned code = word_at(data + 8);
    code = code & 1 ? 0x4E00 + (code >> 1) % 0x5000 : code >> 1;
    if (code <= 0x20 || (code >= 0x7F && code < 0xA0) || gaz_unicode_is_space(code) ||
        (code >= 0xD800 && code < 0xE000) || code >= 0xFFFD)
        code = '1';
    return (struct gaz_pdf_char){x,
                                 y,
                                 x + (float)data[4] / 4,
                                 y + (float)data[5] / 4,
                                 (float)data[6] / 4,
                                 code,
                                 data[7] % (GAZ_PDF_CORNER_BOTTOM_RIGHT + 1u)};
}

static void check(const struct gaz_pdf_page *page, const struct gaz_page_text *out) {
    size_t printed = 0, lines = 0;
    if (out->text.status != GAZ_OK || out->sorts.status != GAZ_OK)
        abort();
    for (size_t at = 0; at < out->text.len;) {
        uint32_t code;
        at += gaz_utf8_decode(out->text.data + at, out->text.len - at, &code);
        printed += !gaz_unicode_is_space(code);
        lines += code == '\n';
    }
    if (printed != page->char_count || lines != out->sorts.len)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct gaz_pdf_char chars[CHARS_MAX];
    static struct gaz_pdf_rule rules[UINT8_MAX];
    struct gaz_pdf_page page = {.number = 1,
                                .count = 1,
                                .width = 1000,
                                .height = 1000,
                                .chars = chars,
                                .rules = rules,
                                .printed = true};
    struct gaz_page_habit habit = {0};
    struct gaz_page_text out = {GAZ_BUF_INIT, GAZ_BUF_INIT};
    size_t at = 1, wanted = size > 0 ? data[0] : 0;
    for (; page.rule_count < wanted && at + RULE_BYTES <= size; at += RULE_BYTES)
        rules[page.rule_count++] = make_rule(data + at);
    for (; page.char_count < CHARS_MAX && at + CHAR_BYTES <= size; at += CHAR_BYTES)
        chars[page.char_count++] = make_char(data + at);
    for (int i = 0; i < 2; i++) { // the second page with the habits of the first
        if (!gaz_page_write(&page, &habit, &out))
            abort();
        check(&page, &out);
        gaz_buf_clear(&out.text);
        gaz_buf_clear(&out.sorts);
    }
    gaz_page_text_free(&out);
    return 0;
}
