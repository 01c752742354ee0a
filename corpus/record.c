// SPDX-License-Identifier: GPL-2.0-or-later
#include "corpus/record.h"

#include <string.h>

#include "corpus/jsonpack.h"
#include "shim/utf8.h"
#include "shim/varint.h"

#define GAZ_TERM(name, prefix, meaning) const char GAZ_TERM_##name[] = prefix;
#include "corpus/schema.def"

static const char *const type_names[] = {
    [GAZ_RECORD_ISSUE] = "issue",       [GAZ_RECORD_DOCUMENT] = "document",
    [GAZ_RECORD_CLAUSE] = "clause",     [GAZ_RECORD_PARAGRAPH] = "paragraph",
    [GAZ_RECORD_ROW] = "row",           [GAZ_RECORD_ENTRY] = "entry",
    [GAZ_RECORD_CAPTION] = "caption",   [GAZ_RECORD_OTHER] = "other",
    [GAZ_RECORD_CITATION] = "citation",
};

enum { TYPE_COUNT = sizeof type_names / sizeof type_names[0] };

const char *gaz_record_type_name(enum gaz_record_type type) {
    return type_names[type];
}

int gaz_record_type_parse(const char *name) {
    for (int type = 0; type < TYPE_COUNT; type++) {
        if (strcmp(type_names[type], name) == 0) {
            return type;
        }
    }
    return -1;
}

// --- JSON ---
//
// A failed jansson constructor gives NULL, and an insertion of NULL fails. So values are built and put
// without checks in between, and `bad` gathers the failures.
struct object {
    json_t *json;
    int bad;
};

static void put(struct object *object, const char *key, json_t *value) {
    object->bad |= json_object_set_new(object->json, key, value);
}

static json_t *string_or_null(const char *text) {
    return text ? json_string(text) : json_null();
}

static json_t *number_or_null(size_t number) {
    return number > 0 ? json_integer((json_int_t)number) : json_null();
}

static void put_string(struct object *object, const char *key, const char *text) {
    put(object, key, string_or_null(text));
}

static json_t *finished(struct object *object) {
    if (object->bad) {
        json_decref(object->json);
        return NULL;
    }
    return object->json;
}

// ARRAY, or NULL after a failure.
static json_t *finished_array(json_t *array, int bad) {
    struct object object = {array, bad};
    return finished(&object);
}

static json_t *strings_json(const char *const *items, size_t count) {
    json_t *array = json_array();
    int bad = 0;
    for (size_t i = 0; i < count; i++) {
        bad |= json_array_append_new(array, json_string(items[i]));
    }
    return finished_array(array, bad);
}

static json_t *units_json(const struct gaz_unit_list *units) {
    struct object object = {json_object(), 0};
    put(&object, "lead", strings_json(units->lead, units->lead_count));
    put(&object, "others", strings_json(units->others, units->others_count));
    return finished(&object);
}

static json_t *docnum_json(const struct gaz_docnum *number) {
    struct object object = {json_object(), 0};
    put_string(&object, "text", number->text);
    put_string(&object, "code", number->code);
    put(&object, "year", number_or_null((size_t)number->year));
    put(&object, "serial", number_or_null(number->serial));
    put_string(&object, "key", number->key);
    return finished(&object);
}

static json_t *docnums_json(const struct gaz_docnum *numbers, size_t count) {
    json_t *array = json_array();
    int bad = 0;
    for (size_t i = 0; i < count; i++) {
        bad |= json_array_append_new(array, docnum_json(&numbers[i]));
    }
    return finished_array(array, bad);
}

static json_t *spans_json(const struct gaz_spans *spans) {
    json_t *array = json_array();
    int bad = 0;
    for (size_t i = 0; i < spans->count; i++) {
        const struct gaz_span *span = &spans->items[i];
        bad |= json_array_append_new(array,
                                     json_pack("[II]", (json_int_t)span->offset, (json_int_t)span->length));
    }
    return finished_array(array, bad);
}

static void put_issue(struct object *object, const struct gaz_issue_fields *issue) {
    put_string(object, "gazette", issue->gazette);
    put(object, "year", number_or_null((size_t)issue->year));
    put_string(object, "number", issue->number);
    put_string(object, "serial", issue->serial);
    put_string(object, "encoding", issue->encoding);
    put(object, "bytes", json_integer((json_int_t)issue->bytes));
    put_string(object, "sha256", issue->sha256);
}

static json_t *attachments_json(const struct gaz_attachment *attachments, size_t count) {
    json_t *array = json_array();
    int bad = 0;
    for (size_t i = 0; i < count; i++) {
        struct object object = {json_object(), 0};
        put_string(&object, "n", attachments[i].n);
        put_string(&object, "title", attachments[i].title);
        bad |= json_array_append_new(array, finished(&object));
    }
    return finished_array(array, bad);
}

static void put_document(struct object *object, const struct gaz_document_fields *document) {
    put_string(object, "class", document->class_name);
    put_string(object, "kind", document->kind);
    put_string(object, "section", document->section);
    put(object, "number", document->number_count > 0 ? docnum_json(&document->numbers[0]) : json_null());
    if (document->number_count > 1) {
        put(object, "numbers", docnums_json(document->numbers, document->number_count));
    }
    put_string(object, "registration", document->registration);
    put_string(object, "issuer", document->issuer);
    put_string(object, "title", document->title);
    put_string(object, "plan_title", document->plan_title);
    put_string(object, "addressee", document->addressee);
    put_string(object, "signature", document->signature);
    put_string(object, "date", document->date);
    put(object, "pages",
        json_pack("[II]", (json_int_t)document->first_page, (json_int_t)document->last_page));
    put(object, "attachments", attachments_json(document->attachments, document->attachment_count));
}

// An attachment's number, null in the main text.
static void put_attachment(struct object *object, int attachment) {
    put(object, "attachment", number_or_null((size_t)attachment));
}

static void put_clause(struct object *object, const struct gaz_clause_fields *clause) {
    put_attachment(object, clause->attachment);
    put(object, "path", strings_json(clause->path.items, clause->path.count));
    put_string(object, "label", clause->label);
    put_string(object, "heading", clause->heading);
    put(object, "responsible", clause->has_responsible ? units_json(&clause->responsible) : json_null());
}

// What a paragraph has none of is left out.
static void put_paragraph(struct object *object, const struct gaz_clause_fields *paragraph) {
    put_attachment(object, paragraph->attachment);
    put(object, "path", strings_json(paragraph->path.items, paragraph->path.count));
    if (paragraph->label) {
        put_string(object, "label", paragraph->label);
    }
    if (paragraph->heading) {
        put_string(object, "heading", paragraph->heading);
    }
    if (paragraph->has_responsible) {
        put(object, "responsible", units_json(&paragraph->responsible));
    }
}

static json_t *cells_json(const struct gaz_row_fields *row) {
    struct object object = {json_object(), 0};
    for (size_t i = 0; i < row->cell_count; i++) {
        put_string(&object, row->cells[i].column, row->cells[i].text);
    }
    return finished(&object);
}

static json_t *carried_json(const struct gaz_row_fields *row) {
    json_t *array = json_array();
    int bad = 0;
    for (size_t i = 0; i < row->cell_count; i++) {
        if (row->cells[i].carried) {
            bad |= json_array_append_new(array, json_string(row->cells[i].column));
        }
    }
    return finished_array(array, bad);
}

// Two decimals: more would claim a precision that no such guess has.
static json_t *confidence_json(double confidence) {
    return json_real((double)(int)(confidence * 100 + 0.5) / 100);
}

static void put_row(struct object *object, const struct gaz_row_fields *row) {
    put_attachment(object, row->attachment);
    put(object, "table", json_integer((json_int_t)row->table));
    put(object, "row", json_integer((json_int_t)row->row));
    put(object, "columns", strings_json(row->columns.items, row->columns.count));
    put(object, "cells", cells_json(row));
    put(object, "carried", carried_json(row));
    put(object, "responsible", units_json(&row->responsible));
    put(object, "confidence", confidence_json(row->confidence));
}

static json_t *people_json(const struct gaz_person *people, size_t count) {
    json_t *array = json_array();
    int bad = 0;
    for (size_t i = 0; i < count; i++) {
        struct object object = {json_object(), 0};
        put_string(&object, "name", people[i].name);
        put_string(&object, "role", people[i].role);
        bad |= json_array_append_new(array, finished(&object));
    }
    return finished_array(array, bad);
}

static void put_entry(struct object *object, const struct gaz_entry_fields *entry) {
    put_string(object, "date", entry->date);
    put(object, "people", people_json(entry->people, entry->people_count));
}

static void put_citation(struct object *object, const struct gaz_citation_fields *citation) {
    put_string(object, "from", citation->from);
    put_string(object, "kind", citation->number ? "number" : "title");
    if (citation->number) {
        put(object, "number", docnum_json(citation->number));
    } else {
        put_string(object, "title", citation->title);
    }
    put_string(object, "relation", citation->relation);
}

static void put_fields(struct object *object, const struct gaz_record *record) {
    switch (record->type) {
    case GAZ_RECORD_ISSUE:
        put_issue(object, &record->as.issue);
        break;
    case GAZ_RECORD_DOCUMENT:
        put_document(object, &record->as.document);
        break;
    case GAZ_RECORD_CLAUSE:
        put_clause(object, &record->as.clause);
        break;
    case GAZ_RECORD_PARAGRAPH:
        put_paragraph(object, &record->as.clause);
        break;
    case GAZ_RECORD_ROW:
        put_row(object, &record->as.row);
        break;
    case GAZ_RECORD_ENTRY:
        put_entry(object, &record->as.entry);
        break;
    case GAZ_RECORD_CAPTION:
        put_string(object, "photographer", record->as.photographer);
        break;
    case GAZ_RECORD_OTHER:
        put_string(object, "role", record->as.role);
        break;
    case GAZ_RECORD_CITATION:
        put_citation(object, &record->as.citation);
        break;
    }
}

// The record with TEXT for its text.
static json_t *record_json(const struct gaz_record *record, const char *text) {
    struct object object = {json_object(), 0};
    put_string(&object, "type", gaz_record_type_name(record->type));
    put_string(&object, "id", record->id);
    put_string(&object, "address", record->address);
    if (record->type != GAZ_RECORD_ISSUE && record->type != GAZ_RECORD_DOCUMENT) {
        put_string(&object, "document", record->document);
    }
    put_fields(&object, record);
    put_string(&object, "text", text);
    put(&object, "page", number_or_null(record->page));
    put_string(&object, "page_label", record->page_label);
    put(&object, "source", spans_json(&record->source));
    return finished(&object);
}

json_t *gaz_record_to_json(const struct gaz_record *record) {
    return record_json(record, record->text ? record->text : "");
}

static int append_to_buffer(const char *bytes, size_t len, void *context) {
    struct gaz_buf *buf = context;
    gaz_buf_add(buf, bytes, len);
    return buf->status == GAZ_OK ? 0 : -1;
}

enum gaz_status gaz_record_print_json(const json_t *json, struct gaz_buf *out, struct gaz_err *err) {
    // Six digits hold every number of ours exactly; jansson's 17 would print 0.9 as 0.90000000000000002.
    size_t flags = JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(6);
    if (json_dump_callback(json, append_to_buffer, out, flags) != 0 && out->status == GAZ_OK) {
        return gaz_err_memory(err);
    }
    return gaz_buf_check(out, err);
}

// --- stored form ---
//
// The version, a byte, and the packed JSON with an empty text.
enum { STORED_VERSION = 4, STORED_HEAD = 1 };

const char *gaz_record_heading(const struct gaz_record *record) {
    const char *heading = NULL;
    if (record->type == GAZ_RECORD_DOCUMENT) {
        heading = record->as.document.title;
    } else if (record->type == GAZ_RECORD_CLAUSE) {
        heading = record->as.clause.heading;
    }
    return heading ? heading : "";
}

enum gaz_status gaz_record_encode(const struct gaz_record *record, struct gaz_buf *out, struct gaz_err *err) {
    json_t *json = record_json(record, "");
    if (!json) {
        return gaz_err_memory(err);
    }
    gaz_buf_addch(out, STORED_VERSION);
    enum gaz_status status = gaz_json_pack(json, out, err);
    json_decref(json);
    return status;
}

static enum gaz_status damaged(struct gaz_err *err) {
    return gaz_err_set(err, GAZ_ERR_CORRUPT, "a stored record is damaged: rebuild the index");
}

enum gaz_status gaz_record_decode(const char *data, size_t len, const char *text, size_t text_len,
                                  json_t **out, struct gaz_err *err) {
    json_t *json = NULL;
    if (len < STORED_HEAD) {
        return damaged(err);
    }
    if (data[0] != STORED_VERSION) {
        return gaz_err_set(err, GAZ_ERR_VERSION,
                           "a stored record is of version %d, this program reads %d: rebuild the index",
                           data[0], STORED_VERSION);
    }
    enum gaz_status status = gaz_json_unpack(data + STORED_HEAD, len - STORED_HEAD, &json, err);
    if (status == GAZ_OK && !(json_is_object(json) && gaz_utf8_is_valid(text, text_len))) {
        status = damaged(err);
    }
    // Setting a key that is there keeps its place among the keys.
    if (status == GAZ_OK &&
        json_object_set_new_nocheck(json, "text", json_stringn_nocheck(text, text_len)) != 0) {
        status = gaz_err_memory(err);
    }
    if (status != GAZ_OK) {
        json_decref(json);
        return status;
    }
    *out = json;
    return GAZ_OK;
}
