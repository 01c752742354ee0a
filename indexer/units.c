// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/units.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "corpus/issue_id.h"
#include "indexer/masthead.h"
#include "indexer/units_parts.h"
#include "shim/unicode.h"

// --- helpers
// -------------------------------------------------------------------------------------------------

const char *units_format(struct units *units, const char *format, ...) {
    va_list args;
    char *text = NULL;
    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len >= 0)
        text = gaz_arena_alloc(units->issue->arena, (size_t)len + 1);
    units->failed = units->failed || !text;
    if (!text)
        return NULL;
    va_start(args, format);
    vsnprintf(text, (size_t)len + 1, format, args);
    va_end(args);
    return text;
}

const char *units_squeeze(struct units *units, struct gaz_str text) {
    const char *copy = gaz_text_squeeze(units->issue->arena, text);
    units->failed = units->failed || !copy;
    return copy;
}

void units_push(struct units *units, struct gaz_strings *list, const char *item) {
    bool full = (list->count & (list->count - 1)) == 0; // 0, 1, 2, 4, 8 …
    if (units->failed || !item)
        return;
    if (full) {
        const char **items =
            gaz_arena_alloc(units->issue->arena, (list->count ? 2 * list->count : 1) * sizeof *items);
        units->failed = !items;
        if (!items)
            return;
        if (list->count > 0)
            memcpy(items, list->items, list->count * sizeof *items);
        list->items = items;
    }
    list->items[list->count++] = item;
}

struct gaz_record *units_add(struct units *units, enum gaz_record_type type) {
    struct gaz_records *records = units->records;
    struct gaz_record *record = gaz_arena_alloc(units->issue->arena, sizeof *record);
    if (record && records->count == records->capacity) {
        size_t capacity = records->capacity ? records->capacity * 2 : 256;
        struct gaz_record **items = gaz_arena_alloc(units->issue->arena, capacity * sizeof *items);
        if (items && records->count > 0)
            memcpy(items, records->items, records->count * sizeof *items);
        if (items)
            records->items = items, records->capacity = capacity;
        else
            record = NULL;
    }
    units->failed = units->failed || !record;
    if (!record)
        return NULL;
    *record = (struct gaz_record){.type = type, .text = ""};
    records->items[records->count++] = record;
    return record;
}

struct gaz_record *units_add_block(struct units *units, enum gaz_record_type type,
                                   const struct gaz_block *block) {
    struct gaz_record *record = units_add(units, type);
    if (!record)
        return NULL;
    record->id = units_format(units, "%s/%zu", units->id, ++units->ordinal);
    record->document = units->id;
    record->text = block->text;
    record->page = block->page;
    record->source = block->spans;
    return units->failed ? NULL : record;
}

// What people call a role.
static const char *role_name(const char *role) {
    static const char *const names[][2] = {{"running_head", "页眉"},
                                           {"folio", "页码"},
                                           {"section_head", "栏目"},
                                           {"table_head", "表头"},
                                           {"contents", "目录"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(role, names[i][0]) == 0)
            return names[i][1];
    return "其他";
}

void units_add_other(struct units *units, const struct gaz_spans *spans, const char *text, size_t page,
                     const char *role, bool of_document) {
    struct gaz_record *record = units_add(units, GAZ_RECORD_OTHER);
    if (!record)
        return;
    if (of_document) {
        record->id = units_format(units, "%s/%zu", units->id, ++units->ordinal);
        record->document = units->id;
    } else {
        record->id = units_format(units, "%s/0/%zu", units->issue_id, ++units->loose);
    }
    record->address =
        units_name(units, units_format(units, "%s 第%zu页 %s", units->issue_label, page, role_name(role)));
    record->text = text;
    record->page = page;
    record->source = *spans;
    record->as.role = role;
}

// --- issue
// ---------------------------------------------------------------------------------------------------

static void take_issue(struct units *units) {
    const struct gaz_issue *issue = units->issue;
    struct gaz_record *record;
    units->issue_id = gaz_issue_id(issue->arena, issue->source.stem);
    units->issue_label = gaz_masthead_label(issue);
    units->failed = units->failed || !units->issue_id || !units->issue_label;
    record = units_add(units, GAZ_RECORD_ISSUE);
    if (!record)
        return;
    record->id = units->issue_id;
    record->address = units_name(units, units->issue_label);
    record->page = 1;
    record->as.issue = (struct gaz_issue_fields){.gazette = issue->masthead.gazette,
                                                 .year = issue->masthead.year,
                                                 .number = issue->masthead.number,
                                                 .serial = issue->masthead.serial,
                                                 .encoding = issue->source.encoding,
                                                 .bytes = issue->source.raw_bytes,
                                                 .sha256 = units_format(units, "%s", issue->source.sha256)};
}

// --- documents
// -----------------------------------------------------------------------------------------------

// Unit names of all clauses: evidence for where the units of a table row begin.
static void gather_unit_names(struct units *units) {
    for (size_t i = 0; i < units->issue->blocks.count && !units->failed; i++) {
        const struct gaz_block *block = units->issue->blocks.items[i];
        struct gaz_unit_list list;
        size_t at, len;
        if (block->kind != GAZ_BLOCK_TEXT || !gaz_unit_list_find(block->text, block->text_len, &at, &len))
            continue;
        if (gaz_unit_list_read(block->text + at, len, units->issue->arena, &list, NULL) != GAZ_OK) {
            units->failed = true;
            return;
        }
        for (size_t u = 0; u < list.lead_count; u++)
            units_push(units, &units->unit_names, list.lead[u]);
        for (size_t u = 0; u < list.others_count; u++)
            units_push(units, &units->unit_names, list.others[u]);
    }
}

static void gather_headings(struct units *units) {
    units->headings = (struct gaz_strings){0};
    for (size_t i = 0; i < units->document->block_count && !units->failed; i++) {
        const struct gaz_block *block = units->document->blocks[i];
        struct gaz_str text = {block->text, block->text_len};
        struct gaz_label label;
        size_t at, len;
        if (block->kind == GAZ_BLOCK_TEXT && gaz_label_read(text, &label) &&
            units_heading(units->document, i, &label, &at, &len))
            units_push(units, &units->headings, units_squeeze(units, (struct gaz_str){text.data + at, len}));
    }
}

// Where the bracket closes that INSIDE stands in; its end when it does not.
static size_t bracket_end(struct gaz_str inside) {
    size_t end = gaz_str_find(inside, "）");
    end = end == SIZE_MAX ? gaz_str_find(inside, ")") : end;
    return end == SIZE_MAX ? inside.len : end;
}

static void take_caption(struct units *units, const struct gaz_block *block) {
    static const char *const marks[] = {"/摄", "／摄", "摄影", " 摄", "/攝", "摄"};
    struct gaz_record *record = units_add_block(units, GAZ_RECORD_CAPTION, block);
    struct gaz_str text = {block->text, block->text_len};
    if (!record)
        return;
    record->address = units_name(units, units_format(units, "%s 图%zu", units->address, units->ordinal));
    for (size_t open = text.len; open-- > 0;) { // the last bracket: （陈翔/摄）, (文/图 陈翔)
        if (!gaz_str_starts(gaz_str_from(text, open), "（") && text.data[open] != '(')
            continue;
        struct gaz_str inside = gaz_str_from(text, open + (text.data[open] == '(' ? 1 : strlen("（")));
        size_t end = SIZE_MAX;
        for (size_t m = 0; m < sizeof marks / sizeof *marks && end == SIZE_MAX; m++)
            end = gaz_str_find(inside, marks[m]);
        struct gaz_str name = {inside.data, end};
        if (gaz_str_starts(inside, "摄影：") || gaz_str_starts(inside, "攝影：")) // （摄影：陈翔）
            name = (struct gaz_str){inside.data + strlen("摄影："), bracket_end(inside) - strlen("摄影：")};
        if (end != SIZE_MAX && gaz_text_count(name) <= 12)
            record->as.photographer = units_squeeze(units, name);
        return;
    }
}

static const char *furniture_role(enum gaz_block_kind kind) {
    return kind == GAZ_BLOCK_RUNNING_HEAD   ? "running_head"
           : kind == GAZ_BLOCK_FOLIO        ? "folio"
           : kind == GAZ_BLOCK_SECTION_HEAD ? "section_head"
           : kind == GAZ_BLOCK_CONTENTS     ? "contents"
           : kind == GAZ_BLOCK_DAY          ? "section_head"
                                            : NULL;
}

void units_take_other_block(struct units *units, const struct gaz_block *block) {
    const char *role = furniture_role(block->kind);
    if (role)
        units_add_other(units, &block->spans, block->text, block->page, role, false);
    else if (block->kind == GAZ_BLOCK_TABLE)
        units_take_table(units, block);
    else if (block->kind == GAZ_BLOCK_CAPTION)
        take_caption(units, block);
    else
        units_take_text(units, block);
}

static bool is_own(enum gaz_block_kind kind) {
    return kind == GAZ_BLOCK_REGISTRATION || kind == GAZ_BLOCK_NUMBER || kind == GAZ_BLOCK_ISSUER ||
           kind == GAZ_BLOCK_TITLE || kind == GAZ_BLOCK_ADDRESSEE || kind == GAZ_BLOCK_SIGNATURE ||
           kind == GAZ_BLOCK_DATE || kind == GAZ_BLOCK_PLAN_TITLE || kind == GAZ_BLOCK_ATTACHMENT_LABEL ||
           kind == GAZ_BLOCK_ATTACHMENT_TITLE || kind == GAZ_BLOCK_CALENDAR_TITLE;
}

// Takes the block at I and returns the index behind what was taken.
static size_t take_block(struct units *units, size_t i) {
    const struct gaz_block *block = units->document->blocks[i];
    units->at = i;
    size_t listed = block->kind == GAZ_BLOCK_TEXT ? units_take_attachment_list(units, i) : 0;
    if (listed > 0)
        return i + listed;
    if (!is_own(block->kind)) {
        units_take_other_block(units, block);
        return i + 1;
    }
    units_own(units, &block->spans, block->text);
    if (block->kind == GAZ_BLOCK_ATTACHMENT_LABEL)
        units_begin_attachment(units, block->text);
    else if (block->kind == GAZ_BLOCK_ATTACHMENT_TITLE)
        units_title_attachment(units, block->text);
    return i + 1;
}

static void take_document(struct units *units, const struct gaz_document *document, size_t ordinal) {
    units->document = document;
    units->id = units_format(units, "%s/%zu", units->issue_id, ordinal);
    gather_headings(units);
    units_begin_document(units);
    if (!units->failed && strcmp(units->document->class_name, "calendar") == 0)
        units_take_calendar(units);
    else
        for (size_t i = 0; i < units->document->block_count && !units->failed;)
            i = take_block(units, i);
    units_end_document(units);
}

// Running heads and the like in front of everything are no document.
static bool is_only_furniture(const struct gaz_document *document) {
    for (size_t i = 0; i < document->block_count; i++)
        if (!furniture_role(document->blocks[i]->kind))
            return false;
    return true;
}

static void take_documents(struct units *units) {
    size_t ordinal = 0;
    for (size_t d = 0; d < units->issue->documents.count && !units->failed; d++) {
        struct gaz_document *document = &units->issue->documents.items[d];
        if (!is_only_furniture(document)) {
            take_document(units, document, ++ordinal);
            continue;
        }
        for (size_t i = 0; i < document->block_count; i++)
            units_take_other_block(units, document->blocks[i]);
    }
}

// The number in a folio (·    37    ·), in the arena; NULL when there is none.
static const char *folio_number(struct units *units, const char *folio) {
    const char *from = folio + strcspn(folio, "0123456789");
    size_t len = strspn(from, "0123456789");
    return len > 0 ? units_format(units, "%.*s", (int)len, from) : NULL;
}

static const char *file_label(const struct gaz_issue *issue, size_t page) {
    return page <= issue->labelled_pages ? issue->page_labels[page] : NULL;
}

// Every record gets the folio of its page, where the page has one, or else what the file calls the page.
static void label_pages(struct units *units) {
    const struct gaz_records *records = units->records;
    const char **labels =
        gaz_arena_alloc(units->issue->arena, (units->issue->page_count + 1) * sizeof *labels);
    units->failed = units->failed || !labels;
    for (size_t i = 0; i < records->count && !units->failed; i++) {
        const struct gaz_record *record = records->items[i];
        if (record->type == GAZ_RECORD_OTHER && strcmp(record->as.role, "folio") == 0)
            labels[record->page] = folio_number(units, record->text);
    }
    for (size_t i = 1; i < records->count && !units->failed; i++) {
        size_t page = records->items[i]->page;
        records->items[i]->page_label = labels[page] ? labels[page] : file_label(units->issue, page);
    }
}

enum gaz_status gaz_units_run(struct gaz_issue *issue, const struct gaz_authority *authority,
                              struct gaz_records *records, struct gaz_err *err) {
    struct units units = {
        .issue = issue, .authority = authority, .records = records, .own_text = GAZ_BUF_INIT};
    take_issue(&units);
    gather_unit_names(&units);
    take_documents(&units);
    if (!units.failed)
        label_pages(&units);
    gaz_buf_free(&units.own_text);
    return units.failed ? gaz_err_memory(err) : GAZ_OK;
}
