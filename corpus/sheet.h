// SPDX-License-Identifier: GPL-2.0-or-later
//
// The sheet of a bundle of records: all that it takes to find matches in them and put these in order. It has
// their texts, folded and coded so that they are searched as they are (textcode.h), their headings, types,
// days, and what tells their documents apart.
#ifndef GAZ_CORPUS_SHEET_H
#define GAZ_CORPUS_SHEET_H

#include <stddef.h>
#include <stdint.h>

#include "corpus/fold.h"
#include "corpus/record.h"
#include "shim/bundle.h"

// A record as it goes into a sheet.
struct gaz_sheet_record {
    enum gaz_record_type type;
    struct gaz_folded text;
    const char *heading;  // NUL-terminated, "" when it has none
    const char *document; // id of its document; "" when it belongs to none
    const char *work;     // what the same document in two issues has in common
    const char *date;     // ISO, NULL when it has none
};

// Appends the sheet of COUNT records of ISSUE, the first of which is number ORDER there and the others follow
// it. GAZ_ERR_MEMORY, GAZ_ERR_LIMIT.
enum gaz_status gaz_sheet_write(const struct gaz_sheet_record *records, size_t count, const char *issue,
                                size_t order, struct gaz_buf *out, struct gaz_err *err);

// A record in a sheet. Spans are of bytes in its texts.
struct gaz_sheet_entry {
    enum gaz_record_type type;
    uint32_t owner; // index of its owner
    uint32_t text, text_len;
    uint32_t heading, heading_len; // in the text or behind it; nothing when the length is 0
};

// What records of one document and day share.
struct gaz_sheet_owner {
    uint64_t document; // hash of its id; 0 for what belongs to none
    uint64_t work;     // hash of its name; of the id of the issue for what belongs to none
    uint32_t date;     // 20231012, zeros for what is not known
};

struct gaz_sheet {
    struct gaz_index_bytes issue; // id
    size_t order;                 // of the first record in its issue
    struct gaz_sheet_entry entries[GAZ_BUNDLE_MAX];
    size_t count;
    struct gaz_sheet_owner owners[GAZ_BUNDLE_MAX];
    struct gaz_index_bytes texts;
};

// Reads a sheet; OUT points into BYTES. GAZ_ERR_CORRUPT, GAZ_ERR_VERSION.
enum gaz_status gaz_sheet_read(struct gaz_index_bytes bytes, struct gaz_sheet *out, struct gaz_err *err);

// The text and the heading of record AT.
struct gaz_index_bytes gaz_sheet_text(const struct gaz_sheet *sheet, size_t at);
struct gaz_index_bytes gaz_sheet_heading(const struct gaz_sheet *sheet, size_t at);

#endif
