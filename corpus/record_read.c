// SPDX-License-Identifier: GPL-2.0-or-later
//
// Records from their JSON: what record.c writes is read back.
#include <limits.h>
#include <stdint.h>
#include <string.h>

#include "corpus/record.h"

// An object being read. The first failure sticks; what is asked for after it is empty.
struct reader {
    struct gaz_arena *arena;
    enum gaz_status status;
    const char *key; // that could not be read
};

static void fail(struct reader *reader, enum gaz_status status, const char *key) {
    if (reader->status != GAZ_OK)
        return;
    reader->status = status;
    reader->key = key;
}

static void *allocate(struct reader *reader, size_t count, size_t size) {
    void *block = count < SIZE_MAX / size - 1 ? gaz_arena_alloc(reader->arena, (count + 1) * size) : NULL;
    if (!block)
        fail(reader, GAZ_ERR_MEMORY, "");
    return block;
}

// The value of KEY; NULL when it is null or not there.
static const json_t *value_of(const json_t *object, const char *key) {
    const json_t *value = json_object_get(object, key);
    return json_is_null(value) ? NULL : value;
}

static const char *copy_text(struct reader *reader, const json_t *value, const char *key) {
    if (!json_is_string(value)) {
        fail(reader, GAZ_ERR_CORRUPT, key);
        return "";
    }
    const char *copy = gaz_arena_strndup(reader->arena, json_string_value(value), json_string_length(value));
    if (!copy)
        fail(reader, GAZ_ERR_MEMORY, key);
    return copy ? copy : "";
}

// NULL when there is none.
static const char *read_text(struct reader *reader, const json_t *object, const char *key) {
    const json_t *value = value_of(object, key);
    return value ? copy_text(reader, value, key) : NULL;
}

static const char *require_text(struct reader *reader, const json_t *object, const char *key) {
    return copy_text(reader, json_object_get(object, key), key);
}

// From 0 to MAX; 0 when there is none.
static uint64_t read_number(struct reader *reader, const json_t *object, const char *key, uint64_t max) {
    const json_t *value = value_of(object, key);
    json_int_t number = json_integer_value(value);
    if (value && (!json_is_integer(value) || number < 0 || (uint64_t)number > max)) {
        fail(reader, GAZ_ERR_CORRUPT, key);
        return 0;
    }
    return (uint64_t)number;
}

static int read_small(struct reader *reader, const json_t *object, const char *key) {
    return (int)read_number(reader, object, key, INT_MAX);
}

static size_t read_size(struct reader *reader, const json_t *object, const char *key) {
    return (size_t)read_number(reader, object, key, LLONG_MAX);
}

// An array that may be left out.
static const json_t *read_array(struct reader *reader, const json_t *object, const char *key) {
    const json_t *value = value_of(object, key);
    if (value && !json_is_array(value))
        fail(reader, GAZ_ERR_CORRUPT, key);
    return json_is_array(value) ? value : NULL;
}

static const char **read_strings(struct reader *reader, const json_t *object, const char *key,
                                 size_t *count) {
    const json_t *array = read_array(reader, object, key);
    size_t size = json_array_size(array);
    const char **items = allocate(reader, size, sizeof *items);
    for (size_t i = 0; i < size && items; i++)
        items[i] = copy_text(reader, json_array_get(array, i), key);
    *count = items ? size : 0;
    return items;
}

// False when there are none.
static bool read_units(struct reader *reader, const json_t *object, const char *key,
                       struct gaz_unit_list *out) {
    const json_t *units = value_of(object, key);
    if (!units)
        return false;
    out->lead = read_strings(reader, units, "lead", &out->lead_count);
    out->others = read_strings(reader, units, "others", &out->others_count);
    return true;
}

static void read_docnum(struct reader *reader, const json_t *object, struct gaz_docnum *out) {
    *out = (struct gaz_docnum){.text = require_text(reader, object, "text"),
                               .code = require_text(reader, object, "code"),
                               .year = read_small(reader, object, "year"),
                               .serial = read_number(reader, object, "serial", LLONG_MAX),
                               .key = require_text(reader, object, "key"),
                               .complete = 1};
}

// False when ARRAY is not two numbers.
static bool read_pair(const json_t *array, size_t pair[2]) {
    for (size_t at = 0; at < 2; at++) {
        const json_t *number = json_array_get(array, at);
        if (!json_is_integer(number) || json_integer_value(number) < 0)
            return false;
        pair[at] = (size_t)json_integer_value(number);
    }
    return true;
}

static void read_spans(struct reader *reader, const json_t *object, struct gaz_spans *out) {
    const json_t *array = read_array(reader, object, "source");
    size_t size = json_array_size(array), pair[2] = {0};
    out->items = allocate(reader, size, sizeof *out->items);
    for (size_t i = 0; i < size && out->items; i++) {
        if (!read_pair(json_array_get(array, i), pair))
            fail(reader, GAZ_ERR_CORRUPT, "source");
        out->items[i] = (struct gaz_span){pair[0], pair[1]};
    }
    out->count = out->capacity = out->items ? size : 0;
}

// --- by type ---

static void read_issue(struct reader *reader, const json_t *object, struct gaz_issue_fields *out) {
    *out = (struct gaz_issue_fields){.gazette = read_text(reader, object, "gazette"),
                                     .year = read_small(reader, object, "year"),
                                     .number = read_text(reader, object, "number"),
                                     .serial = read_text(reader, object, "serial"),
                                     .encoding = require_text(reader, object, "encoding"),
                                     .bytes = read_size(reader, object, "bytes"),
                                     .sha256 = require_text(reader, object, "sha256")};
}

static void read_attachments(struct reader *reader, const json_t *object, struct gaz_document_fields *out) {
    const json_t *array = read_array(reader, object, "attachments");
    size_t size = json_array_size(array);
    struct gaz_attachment *items = allocate(reader, size, sizeof *items);
    for (size_t i = 0; i < size && items; i++) {
        const json_t *item = json_array_get(array, i);
        items[i] = (struct gaz_attachment){read_text(reader, item, "n"), read_text(reader, item, "title")};
    }
    out->attachments = items;
    out->attachment_count = items ? size : 0;
}

// The first number stands alone, too; all of them only when there are several.
static void read_numbers(struct reader *reader, const json_t *object, struct gaz_document_fields *out) {
    const json_t *first = value_of(object, "number"), *all = read_array(reader, object, "numbers");
    size_t size = all ? json_array_size(all) : first != NULL;
    struct gaz_docnum *items = allocate(reader, size, sizeof *items);
    for (size_t i = 0; i < size && items; i++)
        read_docnum(reader, all ? json_array_get(all, i) : first, &items[i]);
    out->numbers = items;
    out->number_count = items ? size : 0;
}

static void read_document(struct reader *reader, const json_t *object, struct gaz_document_fields *out) {
    size_t pages[2] = {0};
    if (!read_pair(json_object_get(object, "pages"), pages))
        fail(reader, GAZ_ERR_CORRUPT, "pages");
    *out = (struct gaz_document_fields){.class_name = read_text(reader, object, "class"),
                                        .kind = read_text(reader, object, "kind"),
                                        .section = read_text(reader, object, "section"),
                                        .registration = read_text(reader, object, "registration"),
                                        .issuer = read_text(reader, object, "issuer"),
                                        .title = read_text(reader, object, "title"),
                                        .plan_title = read_text(reader, object, "plan_title"),
                                        .addressee = read_text(reader, object, "addressee"),
                                        .signature = read_text(reader, object, "signature"),
                                        .date = read_text(reader, object, "date"),
                                        .first_page = pages[0],
                                        .last_page = pages[1]};
    read_numbers(reader, object, out);
    read_attachments(reader, object, out);
}

static void read_clause(struct reader *reader, const json_t *object, struct gaz_clause_fields *out) {
    out->attachment = read_small(reader, object, "attachment");
    out->path.items = read_strings(reader, object, "path", &out->path.count);
    out->label = read_text(reader, object, "label");
    out->heading = read_text(reader, object, "heading");
    out->has_responsible = read_units(reader, object, "responsible", &out->responsible);
}

static bool has_text(const json_t *array, const char *text) {
    for (size_t i = 0; i < json_array_size(array); i++) {
        const char *item = json_string_value(json_array_get(array, i));
        if (item && strcmp(item, text) == 0)
            return true;
    }
    return false;
}

static void read_cells(struct reader *reader, const json_t *object, struct gaz_row_fields *out) {
    const json_t *carried = read_array(reader, object, "carried");
    json_t *cells = json_object_get(object, "cells");
    struct gaz_row_cell *items = allocate(reader, json_object_size(cells), sizeof *items);
    if (!json_is_object(cells))
        fail(reader, GAZ_ERR_CORRUPT, "cells");
    for (void *at = json_object_iter(cells); at && items; at = json_object_iter_next(cells, at)) {
        const char *column = json_object_iter_key(at);
        items[out->cell_count].carried = has_text(carried, column);
        items[out->cell_count].column = gaz_arena_strndup(reader->arena, column, strlen(column));
        items[out->cell_count].text = copy_text(reader, json_object_iter_value(at), "cells");
        if (!items[out->cell_count++].column)
            fail(reader, GAZ_ERR_MEMORY, "cells");
    }
    out->cells = items;
}

static void read_row(struct reader *reader, const json_t *object, struct gaz_row_fields *out) {
    const json_t *confidence = json_object_get(object, "confidence");
    out->attachment = read_small(reader, object, "attachment");
    out->table = read_size(reader, object, "table");
    out->row = read_size(reader, object, "row");
    out->columns.items = read_strings(reader, object, "columns", &out->columns.count);
    read_cells(reader, object, out);
    read_units(reader, object, "responsible", &out->responsible);
    out->confidence = json_number_value(confidence);
    if (!json_is_number(confidence) || !(out->confidence >= 0 && out->confidence <= 1))
        fail(reader, GAZ_ERR_CORRUPT, "confidence");
}

static void read_entry(struct reader *reader, const json_t *object, struct gaz_entry_fields *out) {
    const json_t *array = read_array(reader, object, "people");
    size_t size = json_array_size(array);
    struct gaz_person *items = allocate(reader, size, sizeof *items);
    for (size_t i = 0; i < size && items; i++) {
        const json_t *item = json_array_get(array, i);
        items[i] = (struct gaz_person){require_text(reader, item, "name"), read_text(reader, item, "role")};
    }
    *out = (struct gaz_entry_fields){read_text(reader, object, "date"), items, items ? size : 0};
}

static void read_citation(struct reader *reader, const json_t *object, struct gaz_citation_fields *out) {
    const json_t *number = value_of(object, "number");
    struct gaz_docnum *copy = number ? allocate(reader, 1, sizeof *copy) : NULL;
    if (copy)
        read_docnum(reader, number, copy);
    *out = (struct gaz_citation_fields){.from = require_text(reader, object, "from"),
                                        .number = copy,
                                        .title = number ? NULL : require_text(reader, object, "title"),
                                        .relation = require_text(reader, object, "relation")};
}

static void read_fields(struct reader *reader, const json_t *object, struct gaz_record *out) {
    switch (out->type) {
    case GAZ_RECORD_ISSUE:
        read_issue(reader, object, &out->as.issue);
        break;
    case GAZ_RECORD_DOCUMENT:
        read_document(reader, object, &out->as.document);
        break;
    case GAZ_RECORD_CLAUSE:
    case GAZ_RECORD_PARAGRAPH:
        read_clause(reader, object, &out->as.clause);
        break;
    case GAZ_RECORD_ROW:
        read_row(reader, object, &out->as.row);
        break;
    case GAZ_RECORD_ENTRY:
        read_entry(reader, object, &out->as.entry);
        break;
    case GAZ_RECORD_CAPTION:
        out->as.photographer = read_text(reader, object, "photographer");
        break;
    case GAZ_RECORD_OTHER:
        out->as.role = read_text(reader, object, "role");
        break;
    case GAZ_RECORD_CITATION:
        read_citation(reader, object, &out->as.citation);
        break;
    }
}

static void read_record(struct reader *reader, const json_t *object, struct gaz_record *out) {
    int type = gaz_record_type_parse(require_text(reader, object, "type"));
    if (type < 0) {
        fail(reader, GAZ_ERR_CORRUPT, "type");
        return;
    }
    out->type = (enum gaz_record_type)type;
    out->id = require_text(reader, object, "id");
    out->address = read_text(reader, object, "address");
    out->document = read_text(reader, object, "document");
    out->text = require_text(reader, object, "text");
    out->page = read_size(reader, object, "page");
    out->page_label = read_text(reader, object, "page_label");
    read_spans(reader, object, &out->source);
    read_fields(reader, object, out);
}

enum gaz_status gaz_record_from_json(const json_t *object, struct gaz_arena *arena, struct gaz_record **out,
                                     struct gaz_err *err) {
    struct reader reader = {arena, GAZ_OK, NULL};
    struct gaz_record *record = allocate(&reader, 1, sizeof *record);
    if (record)
        read_record(&reader, object, record);
    if (reader.status == GAZ_ERR_MEMORY)
        return gaz_err_memory(err);
    if (reader.status != GAZ_OK)
        return gaz_err_set(err, reader.status, "no record: its key \"%s\" is missing or wrong", reader.key);
    *out = record;
    return GAZ_OK;
}
