// SPDX-License-Identifier: GPL-2.0-or-later
#include "corpus/sheet.h"

#include <string.h>

#include "corpus/textcode.h"
#include "shim/varint.h"

// A sheet is the version; the issue, the order; the number of records, and of each the type with two flags,
// when it has a new owner that, its text, and when it has one its heading; the texts. An owner is the hashes
// of document and work, eight bytes each, lowest first, and the date. The text of a citation may lie in that
// of the unit before it, and the heading of a record in its text: the place there from 1, or 0 when it
// follows the texts so far; and the length. Of other texts there is the length alone. Bytes follow their
// number.
enum { SHEET_VERSION = 1, TYPE_BITS = 4, NEW_OWNER = 1 << TYPE_BITS, HAS_HEADING = 2 << TYPE_BITS };
enum { TYPE_MASK = NEW_OWNER - 1, HASH_SIZE = 8 };

// --- writing ---

// FNV-1a, 64 bits, with the bits mixed at the end.
static uint64_t hash(const char *text) {
    uint64_t value = UINT64_C(14695981039346656037);
    for (; *text; text++) {
        value = (value ^ (unsigned char)*text) * UINT64_C(1099511628211);
    }
    value = (value ^ value >> 32) * UINT64_C(0x9E3779B97F4A7C15);
    return value ^ value >> 29;
}

// 2023-10-12 → 20231012; what is missing counts as 0.
static uint32_t date_number(const char *iso) {
    enum { DIGITS = 8 };
    uint32_t number = 0;
    size_t digits = 0;
    for (; iso && *iso; iso++) {
        if (*iso >= '0' && *iso <= '9' && digits < DIGITS) {
            number = number * 10 + (uint32_t)(*iso - '0');
            digits++;
        }
    }
    for (; digits > 0 && digits < DIGITS; digits++) {
        number *= 10;
    }
    return number;
}

static void add_hash(struct gaz_buf *out, uint64_t value) {
    for (size_t i = 0; i < HASH_SIZE; i++) {
        gaz_buf_addch(out, (char)(value >> 8 * i & 0xFF));
    }
}

static bool same(const char *a, const char *b) {
    return strcmp(a ? a : "", b ? b : "") == 0;
}

// The one before it has the same owner as RECORD.
static bool has_owner_of(const struct gaz_sheet_record *record, const struct gaz_sheet_record *before) {
    return same(record->document, before->document) && same(record->work, before->work) &&
           same(record->date, before->date);
}

static void add_owner(const struct gaz_sheet_record *record, const char *issue, struct gaz_buf *out) {
    add_hash(out, *record->document ? hash(record->document) : 0);
    add_hash(out, hash(*record->work ? record->work : issue));
    gaz_varint_add(out, date_number(record->date));
}

struct writer {
    const char *issue;
    struct gaz_buf columns, texts;
    size_t unit, unit_len; // the text of the last record that is no citation
};

// Writes what has the code CODE: where it lies in the texts from START on (LEN bytes), or behind them.
static void add_within(struct writer *writer, size_t start, size_t len, const struct gaz_buf *code) {
    const struct gaz_index_bytes text = {writer->texts.data + start, len};
    const struct gaz_index_bytes wanted = {code->data, code->len};
    size_t at = code->len > 0 ? gaz_textcode_find(text, wanted, 0) : SIZE_MAX;
    gaz_varint_add(&writer->columns, at == SIZE_MAX ? 0 : at + 1);
    gaz_varint_add(&writer->columns, code->len);
    if (at == SIZE_MAX) {
        gaz_buf_add(&writer->texts, code->data, code->len);
    }
}

static void add_text(struct writer *writer, enum gaz_record_type type, const struct gaz_buf *code) {
    if (type == GAZ_RECORD_CITATION) {
        add_within(writer, writer->unit, writer->unit_len, code);
        return;
    }
    gaz_varint_add(&writer->columns, code->len);
    writer->unit = writer->texts.len;
    writer->unit_len = code->len;
    gaz_buf_add(&writer->texts, code->data, code->len);
}

static enum gaz_status add_record(struct writer *writer, const struct gaz_sheet_record *record,
                                  bool new_owner, struct gaz_err *err) {
    struct gaz_folded folded;
    struct gaz_buf text = GAZ_BUF_INIT, heading = GAZ_BUF_INIT;
    enum gaz_status status =
        gaz_fold_text(record->heading, strlen(record->heading), GAZ_FOLD_FULL, &folded, err);
    if (status != GAZ_OK) {
        return status;
    }
    gaz_textcode_add(&record->text, &text);
    gaz_textcode_add(&folded, &heading);
    gaz_folded_free(&folded);
    gaz_varint_add(&writer->columns, (uint64_t)record->type | (new_owner ? NEW_OWNER : 0) |
                                         (heading.len > 0 ? HAS_HEADING : 0));
    if (new_owner) {
        add_owner(record, writer->issue, &writer->columns);
    }
    add_text(writer, record->type, &text);
    if (heading.len > 0) {
        add_within(writer, writer->unit, writer->unit_len, &heading);
    }
    status = gaz_buf_check(&text, err);
    status = status == GAZ_OK ? gaz_buf_check(&heading, err) : status;
    gaz_buf_free(&text);
    gaz_buf_free(&heading);
    return status;
}

enum gaz_status gaz_sheet_write(const struct gaz_sheet_record *records, size_t count, const char *issue,
                                size_t order, struct gaz_buf *out, struct gaz_err *err) {
    struct writer writer = {.issue = issue, .columns = GAZ_BUF_INIT, .texts = GAZ_BUF_INIT};
    enum gaz_status status = GAZ_OK;
    for (size_t i = 0; i < count && status == GAZ_OK; i++) {
        bool new_owner = i == 0 || !has_owner_of(&records[i], &records[i - 1]);
        status = add_record(&writer, &records[i], new_owner, err);
    }
    gaz_varint_add(out, SHEET_VERSION);
    gaz_varint_add(out, strlen(issue));
    gaz_buf_addstr(out, issue);
    gaz_varint_add(out, order);
    gaz_varint_add(out, count);
    gaz_buf_add(out, writer.columns.data, writer.columns.len);
    gaz_buf_add(out, writer.texts.data, writer.texts.len);
    status = status == GAZ_OK ? gaz_buf_check(&writer.columns, err) : status;
    status = status == GAZ_OK ? gaz_buf_check(&writer.texts, err) : status;
    gaz_buf_free(&writer.columns);
    gaz_buf_free(&writer.texts);
    return status == GAZ_OK ? gaz_buf_check(out, err) : status;
}

// --- reading ---

static enum gaz_status corrupt(struct gaz_err *err) {
    return gaz_err_set(err, GAZ_ERR_CORRUPT, "a stored sheet is damaged: rebuild the index");
}

static uint64_t read_hash(struct gaz_varint_source *source) {
    const char *bytes = gaz_varint_bytes(source, HASH_SIZE);
    uint64_t value = 0;
    for (size_t i = 0; i < HASH_SIZE && !source->failed; i++) {
        value |= (uint64_t)(unsigned char)bytes[i] << 8 * i;
    }
    return value;
}

static void read_owner(struct gaz_varint_source *source, struct gaz_sheet_owner *out) {
    out->document = read_hash(source);
    out->work = read_hash(source);
    out->date = (uint32_t)gaz_varint_number(source);
}

struct reader {
    struct gaz_varint_source source;
    size_t owners;
    size_t end;  // of the texts so far
    size_t unit; // start of the text of the last record that is no citation
};

// Reads where something lies in the text of the unit, or behind the texts so far.
static void read_within(struct reader *reader, uint32_t *start, uint32_t *len) {
    size_t place = (size_t)gaz_varint_number(&reader->source);
    *len = (uint32_t)gaz_varint_number(&reader->source);
    *start = (uint32_t)(place > 0 ? reader->unit + place - 1 : reader->end);
    reader->end += place > 0 ? 0 : *len;
}

static void read_entry(struct reader *reader, struct gaz_sheet *sheet, struct gaz_sheet_entry *entry) {
    uint64_t head = gaz_varint_number(&reader->source);
    entry->type = (enum gaz_record_type)(head & TYPE_MASK);
    if (head & NEW_OWNER) {
        read_owner(&reader->source, &sheet->owners[reader->owners++]);
    }
    entry->owner = (uint32_t)reader->owners - 1;
    if (entry->type == GAZ_RECORD_CITATION) {
        read_within(reader, &entry->text, &entry->text_len);
    } else {
        entry->text = (uint32_t)reader->end;
        entry->text_len = (uint32_t)gaz_varint_number(&reader->source);
        reader->unit = reader->end;
        reader->end += entry->text_len;
    }
    entry->heading_len = 0;
    if (head & HAS_HEADING) {
        read_within(reader, &entry->heading, &entry->heading_len);
    }
}

// Whether all spans lie in the texts.
static bool is_whole(const struct gaz_sheet *sheet, size_t text_len) {
    for (size_t i = 0; i < sheet->count; i++) {
        const struct gaz_sheet_entry *entry = &sheet->entries[i];
        if ((size_t)entry->text + entry->text_len > text_len ||
            (entry->heading_len > 0 && (size_t)entry->heading + entry->heading_len > text_len)) {
            return false;
        }
    }
    return true;
}

enum gaz_status gaz_sheet_read(struct gaz_index_bytes bytes, struct gaz_sheet *out, struct gaz_err *err) {
    struct reader reader = {.source = {bytes.data, bytes.data + bytes.len, false}};
    struct gaz_varint_source *source = &reader.source;
    uint64_t version = gaz_varint_number(source);
    if (!source->failed && version != SHEET_VERSION) {
        return gaz_err_set(err, GAZ_ERR_VERSION,
                           "a stored sheet is of version %d, this program reads %d: rebuild the index",
                           (int)version, SHEET_VERSION);
    }
    out->issue.len = gaz_varint_count(source);
    out->issue.data = gaz_varint_bytes(source, out->issue.len);
    out->order = (size_t)gaz_varint_number(source);
    out->count = gaz_varint_count(source);
    if (out->count == 0 || out->count > GAZ_BUNDLE_MAX) {
        return corrupt(err);
    }
    for (size_t i = 0; i < out->count; i++) {
        read_entry(&reader, out, &out->entries[i]);
        if (reader.owners == 0) {
            return corrupt(err);
        }
    }
    out->texts = (struct gaz_index_bytes){source->at, (size_t)(source->end - source->at)};
    return source->failed || !is_whole(out, out->texts.len) ? corrupt(err) : GAZ_OK;
}

struct gaz_index_bytes gaz_sheet_text(const struct gaz_sheet *sheet, size_t at) {
    const struct gaz_sheet_entry *entry = &sheet->entries[at];
    return (struct gaz_index_bytes){sheet->texts.data + entry->text, entry->text_len};
}

struct gaz_index_bytes gaz_sheet_heading(const struct gaz_sheet *sheet, size_t at) {
    const struct gaz_sheet_entry *entry = &sheet->entries[at];
    return (struct gaz_index_bytes){sheet->texts.data + (entry->heading_len ? entry->heading : 0),
                                    entry->heading_len};
}
