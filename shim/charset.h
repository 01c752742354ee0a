// SPDX-License-Identifier: GPL-2.0-or-later
//
// Character sets: detect the encoding of a text and decode it to UTF-8 (through iconv).
#ifndef GAZ_SHIM_CHARSET_H
#define GAZ_SHIM_CHARSET_H

#include <stddef.h>

#include "shim/mem.h"
#include "shim/status.h"

// A byte of the input which is no character of the encoding. It is kept in the output as U+FFFD, one for each
// such byte, so nothing is dropped and everything around it is decoded.
struct gaz_charset_fault {
    size_t input_offset;  // bytes from the start of the raw input, its byte order mark included
    size_t output_offset; // bytes from the start of the decoded UTF-8
    unsigned char byte;
};

struct gaz_charset_text {
    char *data;           // UTF-8, NUL-terminated, without a byte order mark; freed by gaz_charset_text_free
    size_t len;           // bytes
    const char *encoding; // static: "UTF-8" "GB18030" "Big5" "UTF-16LE" "UTF-16BE"
    int had_bom;
    struct gaz_charset_fault *faults; // in ascending order
    size_t fault_count;
};

// The encoding RAW is most likely in; a static string as above. A byte order mark decides; then UTF-8, also
// when a few of its characters are broken (ASCII with a zero byte beside every character is UTF-16); then
// whichever of GB18030, Big5 and UTF-16 gives the most common Chinese characters and the fewest faults at the
// start of the text. An empty input is "UTF-8".
const char *gaz_charset_detect(const char *raw, size_t len);

// Decodes LEN bytes of RAW from ENCODING: one of the names above or "GBK" "GB2312" "CP936" "CP950"
// "Big5-HKSCS", in any case and with or without hyphens; NULL: detect. U+0000 is decoded as it stands: DATA
// may hold NULs. What is left of a character at the end is faults too. Big5 is that of Hong Kong or that of
// Microsoft, whichever has fewer faults. On success OUT is freed with gaz_charset_text_free; otherwise it is
// empty. GAZ_ERR_MEMORY, GAZ_ERR_ARGUMENT (unknown encoding), GAZ_ERR_LIMIT (more than GAZ_BUF_MAX),
// GAZ_ERR_UNSUPPORTED (not known to this system's iconv).
enum gaz_status gaz_charset_decode(const char *raw, size_t len, const char *encoding,
                                   struct gaz_charset_text *out, struct gaz_err *err);

// NULL fields are allowed; TEXT is empty afterwards.
void gaz_charset_text_free(struct gaz_charset_text *text);

#endif
