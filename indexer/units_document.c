// SPDX-License-Identifier: GPL-2.0-or-later
//
// The document's own record: header fields, what it owns itself, its attachments.
#include <stdio.h>
#include <string.h>

#include "corpus/numeral.h"
#include "indexer/units_parts.h"

static const char *const class_names[] = {"document", "brief", "calendar", "feature", "front_matter"};
static const char *const class_labels[] = {"文件", "简讯", "记事", "专文", "卷首"};

static size_t class_of(const struct gaz_document *document) {
    size_t i = 0;
    while (i + 1 < sizeof class_names / sizeof *class_names &&
           strcmp(document->class_name, class_names[i]) != 0)
        i++;
    return i;
}

// 温政办〔2023〕80号, or 2023年第10期 政务简讯 2 for what has no number.
static const char *address_of(struct units *units, const struct gaz_docnums *numbers) {
    const struct gaz_document *document = units->document;
    size_t class_index = class_of(document);
    if (numbers->count > 0)
        return numbers->items[0].text;
    size_t count = ++units->class_counts[class_index];
    bool sectioned = class_index == 1 && document->section;
    if (class_index == 2 || class_index == 4)
        return units_format(units, count > 1 ? "%s %s %zu" : "%s %s", units->issue_label,
                            class_labels[class_index], count);
    return units_format(units, "%s %s %zu", units->issue_label,
                        sectioned ? document->section : class_labels[class_index], count);
}

static struct gaz_docnums numbers_of(struct units *units) {
    struct gaz_docnums numbers = {0};
    struct gaz_str text = gaz_str_of(units->document->number);
    if (text.len > 0 && gaz_docnum_find(text.data, text.len, units->issue->arena, &numbers, NULL) != GAZ_OK)
        units->failed = true;
    return numbers;
}

static void find_pages(const struct gaz_document *document, struct gaz_document_fields *fields) {
    for (size_t i = 0; i < document->block_count; i++) {
        const struct gaz_block *block = document->blocks[i];
        fields->first_page = i == 0 || block->page < fields->first_page ? block->page : fields->first_page;
        fields->last_page = block->last_page > fields->last_page ? block->last_page : fields->last_page;
    }
}

void units_begin_document(struct units *units) {
    const struct gaz_document *document = units->document;
    struct gaz_docnums numbers = numbers_of(units);
    units->record = units_add(units, GAZ_RECORD_DOCUMENT);
    units->ordinal = units->attachment_count = units->table = 0;
    units->attachment = 0;
    units->path.count = 0;
    units->attachments = NULL;
    units->attachment_room = 0;
    gaz_buf_clear(&units->own_text);
    if (!units->record || units->failed)
        return;
    struct gaz_document_fields *fields = &units->record->as.document;
    units->address = units_name(units, address_of(units, &numbers));
    units->record->id = units->id;
    units->record->address = units->address;
    units->record->page = document->block_count > 0 ? document->blocks[0]->page : 1;
    *fields = (struct gaz_document_fields){.class_name = document->class_name,
                                           .kind = document->kind,
                                           .section = document->section,
                                           .numbers = numbers.items,
                                           .number_count = numbers.count,
                                           .registration = document->registration,
                                           .issuer = document->issuer,
                                           .title = document->title,
                                           .plan_title = document->plan_title,
                                           .addressee = document->addressee,
                                           .signature = document->signature,
                                           .date = document->date};
    find_pages(document, fields);
}

void units_end_document(struct units *units) {
    if (!units->record || units->failed)
        return;
    units->record->text = gaz_arena_strndup(units->issue->arena, units->own_text.data, units->own_text.len);
    units->record->as.document.attachments = units->attachments;
    units->failed = units->failed || units->own_text.status != GAZ_OK || !units->record->text;
}

void units_own(struct units *units, const struct gaz_spans *spans, const char *text) {
    for (size_t i = 0; i < spans->count && !units->failed; i++)
        units->failed = !gaz_spans_add(&units->record->source, units->issue->arena, spans->items[i]);
    if (units->own_text.len > 0)
        gaz_buf_addch(&units->own_text, '\n');
    gaz_buf_addstr(&units->own_text, text);
}

// --- attachments
// ---------------------------------------------------------------------------------------------

// Most that are listed of one document: each is compared with those before.
enum { ATTACHMENTS_MAX = 1000 };

static struct gaz_attachment *add_attachment(struct units *units, const char *n) {
    size_t *count = &units->record->as.document.attachment_count;
    if (*count == ATTACHMENTS_MAX)
        return NULL;
    if (*count == units->attachment_room) {
        size_t room = units->attachment_room ? units->attachment_room * 2 : 4;
        struct gaz_attachment *items = gaz_arena_alloc(units->issue->arena, room * sizeof *items);
        units->failed = units->failed || !items;
        if (!items)
            return NULL;
        if (*count > 0)
            memcpy(items, units->attachments, *count * sizeof *items);
        units->attachments = items;
        units->attachment_room = room;
    }
    units->attachments[*count] = (struct gaz_attachment){.n = n};
    return &units->attachments[(*count)++];
}

static struct gaz_attachment *find_attachment(struct units *units, const char *n) {
    for (size_t i = 0; i < units->record->as.document.attachment_count; i++) {
        const char *own = units->attachments[i].n;
        if ((!own && !n) || (own && n && strcmp(own, n) == 0))
            return &units->attachments[i];
    }
    return NULL;
}

// The number in a label as printed (2 in 附件2：), NULL without one; *VALUE gets it as a number.
static const char *label_number(struct units *units, const char *label, int *value) {
    struct gaz_str text = gaz_str_of(units_squeeze(units, gaz_str_of(label)));
    uint64_t number = 0;
    size_t at = 0, len = 0;
    while (at < text.len && (len = gaz_numeral_read(text.data + at, text.len - at, &number)) == 0)
        at++;
    *value = len > 0 && number < 1000 ? (int)number : 0;
    return len > 0 ? gaz_arena_strndup(units->issue->arena, text.data + at, len) : NULL;
}

void units_begin_attachment(struct units *units, const char *label) {
    int number = 0;
    const char *n = label_number(units, label, &number);
    units->attachment_count++;
    units->attachment = number > 0 ? number : (int)units->attachment_count;
    units->path.count = 0;
    units->table = 0;
    if (!units->failed && !find_attachment(units, n))
        add_attachment(units, n);
    struct gaz_str text = gaz_str_trim(gaz_str_of(label)); // 附件2 温州市…清单: its title stands beside it
    size_t blank = gaz_str_find(text, " ");
    if (blank != SIZE_MAX && gaz_text_count(gaz_str_from(text, blank)) >= 4)
        units_title_attachment(units, gaz_str_trim(gaz_str_from(text, blank)).data);
}

void units_title_attachment(struct units *units, const char *title) {
    size_t count = units->record->as.document.attachment_count;
    char number[16];
    snprintf(number, sizeof number, "%d", units->attachment);
    struct gaz_attachment *own = units->failed ? NULL : find_attachment(units, number);
    if (!own && count > 0)
        own = &units->attachments[count - 1];
    if (own && !own->title)
        own->title = title;
}

// 附件：1.…: the text after the colon; empty when BLOCK is no such list.
static struct gaz_str list_in(const struct gaz_block *block) {
    struct gaz_str text = gaz_str_trim((struct gaz_str){block->text, block->text_len});
    static const char *const heads[] = {"附件：", "附件:", "附：", "附 件：", "附　件："};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (gaz_str_starts(text, heads[i]) && gaz_text_count(text) > 3)
            return gaz_str_trim(gaz_str_from(text, strlen(heads[i])));
    return (struct gaz_str){text.data, 0};
}

static void note_attachment(struct units *units, const char *n, struct gaz_str title) {
    static const char *const none[] = {"如主旨", "如文", "如說明", "如说明", "無", "无"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) // it says only that there are some
        if (gaz_text_same(title, gaz_str_of(none[i])))
            return;
    struct gaz_attachment *own = units->failed ? NULL : add_attachment(units, n);
    title = gaz_str_trim(title);
    if (gaz_str_ends(title, "。") || gaz_str_ends(title, "；"))
        title.len -= strlen("。");
    if (own)
        own->title = gaz_arena_strndup(units->issue->arena, title.data, title.len);
}

// The rank of the labels of a list (1.… or 一、…); NONE when it names a single attachment.
static enum gaz_label_rank list_rank(struct gaz_str list) {
    struct gaz_label label;
    bool labelled = gaz_label_read(list, &label) && label.number == 1 &&
                    (label.rank == GAZ_LABEL_ARABIC || label.rank == GAZ_LABEL_HAN);
    return labelled ? label.rank : GAZ_LABEL_NONE;
}

// Notes the attachments of a list: cut where the next number stands (1.… 2.…).
static void note_list(struct units *units, struct gaz_str list) {
    enum gaz_label_rank rank = list_rank(list);
    struct gaz_label label;
    if (rank == GAZ_LABEL_NONE) {
        note_attachment(units, NULL, list);
        return;
    }
    while (!units->failed && list.len > 0 && gaz_label_read(list, &label)) {
        struct gaz_label next = {0};
        const char *n = units_squeeze(units, (struct gaz_str){list.data + label.name_at, label.name_len});
        struct gaz_str title = gaz_str_from(list, label.len);
        size_t end = 0;
        for (; end < title.len; end++)
            if (gaz_label_read(gaz_str_from(title, end), &next) && next.rank == rank &&
                next.number == label.number + 1 && end > 0)
                break;
        note_attachment(units, n, (struct gaz_str){title.data, end});
        list = gaz_str_from(title, end);
    }
}

size_t units_take_attachment_list(struct units *units, size_t i) {
    const struct gaz_document *document = units->document;
    struct gaz_block merged = *document->blocks[i];
    struct gaz_buf text = GAZ_BUF_INIT;
    struct gaz_label label;
    if (list_in(&merged).len == 0)
        return 0;
    enum gaz_label_rank rank = list_rank(list_in(&merged));
    size_t end = i + 1;
    gaz_buf_add(&text, merged.text, merged.text_len);
    merged.spans = (struct gaz_spans){0};
    for (; end < document->block_count; end++) {
        const struct gaz_block *block = document->blocks[end];
        struct gaz_str item = {block->text, block->text_len};
        if (block->kind != GAZ_BLOCK_TEXT || !gaz_label_read(item, &label) || label.rank != rank ||
            gaz_str_find(item, "。") != SIZE_MAX)
            break;
        gaz_buf_addch(&text, '\n');
        gaz_buf_add(&text, block->text, block->text_len);
    }
    for (size_t j = i; j < end && !units->failed; j++)
        for (size_t k = 0; k < document->blocks[j]->spans.count && !units->failed; k++)
            units->failed =
                !gaz_spans_add(&merged.spans, units->issue->arena, document->blocks[j]->spans.items[k]);
    merged.text = text.status == GAZ_OK ? gaz_arena_strndup(units->issue->arena, text.data, text.len) : NULL;
    merged.text_len = text.len;
    gaz_buf_free(&text);
    units->failed = units->failed || !merged.text;
    if (units->failed)
        return end - i;
    note_list(units, list_in(&merged));
    units->path.count = 0;
    units_take_paragraph(units, &merged);
    return end - i;
}
