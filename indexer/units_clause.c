// SPDX-License-Identifier: GPL-2.0-or-later
//
// Running text → clauses and paragraphs: the tree of labels, run-in headings, responsible units, addresses.
#include <string.h>

#include "indexer/units_parts.h"
#include "shim/unicode.h"

enum { HEADING_CHARACTERS = 40 };

// What ends a document or a part of one and stands under none of its headings: 本办法自…起施行。 特此通知。
static bool is_closing(struct gaz_str text) {
    static const char *const words[] = {"本", "此", "特此", "以上", "附件", "附"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (gaz_str_starts(text, words[i]))
            return true;
    return false;
}

// Whether text stands under the clause with LABEL that is block I of the document: a lower label, or a
// paragraph.
static bool stands_over_text(const struct gaz_document *document, size_t i, const struct gaz_label *label) {
    while (++i < document->block_count) {
        const struct gaz_block *block = document->blocks[i];
        struct gaz_str text = {block->text, block->text_len};
        struct gaz_label next;
        if (gaz_block_is_furniture(block->kind))
            continue;
        if (block->kind != GAZ_BLOCK_TEXT)
            return block->kind == GAZ_BLOCK_TABLE;
        if (gaz_label_read(text, &next) && !gaz_label_is_spoken_of(text, &next))
            return next.rank > label->rank;
        return gaz_text_is_closed(text) && !is_closing(gaz_str_trim(text));
    }
    return false;
}

bool units_heading(const struct gaz_document *document, size_t i, const struct gaz_label *label, size_t *at,
                   size_t *len) {
    struct gaz_str text = {document->blocks[i]->text, document->blocks[i]->text_len};
    struct gaz_str rest = gaz_str_trim(gaz_str_from(text, label->len));
    size_t stop = gaz_str_find(rest, "。");
    bool alone = stop == SIZE_MAX || gaz_str_trim(gaz_str_from(rest, stop + strlen("。"))).len == 0;
    struct gaz_str heading = {rest.data, stop == SIZE_MAX ? rest.len : stop};
    size_t characters = gaz_text_count(heading);
    if (characters == 0 || characters > HEADING_CHARACTERS || (stop == SIZE_MAX && gaz_text_is_closed(rest)))
        return false;
    // An article of a regulation, or an item of a list, is a sentence: its first one is no heading.
    bool sentence = gaz_str_find(heading, "，") != SIZE_MAX || gaz_str_find(heading, "；") != SIZE_MAX ||
                    gaz_str_find(heading, "：") != SIZE_MAX;
    bool article = label->rank == GAZ_LABEL_ARTICLE;
    if (sentence && !(alone && !article && label->rank <= GAZ_LABEL_HAN))
        return false;
    if (alone && stop != SIZE_MAX && !stands_over_text(document, i, label))
        return false;
    if (article && stop != SIZE_MAX)
        return false;
    if (alone && stop != SIZE_MAX && label->rank >= GAZ_LABEL_ARABIC)
        return false;
    if (gaz_str_starts(heading, "（") && gaz_str_find(heading, "）") == heading.len - strlen("）"))
        heading = (struct gaz_str){heading.data + strlen("（"), heading.len - 2 * strlen("（")};
    *at = (size_t)(heading.data - text.data);
    *len = heading.len;
    return true;
}

const char *units_place(struct units *units) {
    struct gaz_buf buf = GAZ_BUF_INIT;
    const char *copy;
    gaz_buf_addstr(&buf, units->address);
    if (units->attachment > 0)
        gaz_buf_printf(&buf, " 附件%d", units->attachment);
    if (units->path.count > 0)
        gaz_buf_addch(&buf, ' ');
    size_t first = 0; // articles count on through chapters: 第十条 names itself, and so does 2.1.1
    for (size_t i = 0; i < units->path.count; i++)
        first = units->ranks[i] >= GAZ_LABEL_ARTICLE && units->ranks[i] <= GAZ_LABEL_DECIMAL_4 ? i : first;
    for (size_t i = first; i < units->path.count; i++)
        gaz_buf_addstr(&buf, units->path.items[i]);
    copy = buf.status == GAZ_OK ? gaz_arena_strndup(units->issue->arena, buf.data, buf.len) : NULL;
    units->failed = units->failed || !copy;
    gaz_buf_free(&buf);
    return copy;
}

// A copy of the path in force, for a record to keep.
static struct gaz_strings path_copy(struct units *units) {
    struct gaz_strings copy = {0};
    for (size_t i = 0; i < units->path.count; i++)
        units_push(units, &copy, units->path.items[i]);
    return copy;
}

static void enter_label(struct units *units, struct gaz_str text, const struct gaz_label *label) {
    size_t depth = units->path.count;
    while (depth > 0 && units->ranks[depth - 1] >= label->rank)
        depth--;
    units->path.count = depth;
    if (depth >= GAZ_LABEL_RANKS)
        return;
    units->ranks[depth] = label->rank;
    struct gaz_strings path = path_copy(units); // records keep the old one
    units_push(units, &path,
               units_squeeze(units, (struct gaz_str){text.data + label->name_at, label->name_len}));
    units->path = path;
}

static void read_responsible(struct units *units, struct gaz_record *record) {
    size_t at, len;
    record->as.clause.has_responsible =
        record->type == GAZ_RECORD_CLAUSE; // a clause says so too when nobody is named
    if (!gaz_unit_list_find(record->text, strlen(record->text), &at, &len))
        return;
    record->as.clause.has_responsible = true;
    if (gaz_unit_list_read(record->text + at, len, units->issue->arena, &record->as.clause.responsible,
                           NULL) != GAZ_OK)
        units->failed = true;
}

// A paragraph behind the items of an article is the article's next 款, never an item's.
static void leave_items(struct units *units) {
    size_t article = units->path.count;
    while (article > 0 && units->ranks[article - 1] != GAZ_LABEL_ARTICLE)
        article--;
    if (article > 0)
        units->path.count = article;
}

// Whether a clause with LABEL whose first sentence ends before REST is an item of an article and nothing but
// that sentence: no heading then, whatever stands behind it.
static bool is_item(const struct units *units, const struct gaz_label *label, struct gaz_str rest) {
    bool article = false;
    for (size_t i = 0; i < units->path.count; i++)
        article |= units->ranks[i] == GAZ_LABEL_ARTICLE;
    return article && label->rank > GAZ_LABEL_ARTICLE && gaz_text_same(rest, gaz_str_of("。"));
}

static void take_clause(struct units *units, const struct gaz_block *block, const struct gaz_label *label) {
    struct gaz_str text = {block->text, block->text_len};
    size_t at, len;
    enter_label(units, text, label);
    struct gaz_record *record = units_add_block(units, GAZ_RECORD_CLAUSE, block);
    if (!record || units->failed)
        return;
    record->address = units_name(units, units_place(units));
    record->as.clause = (struct gaz_clause_fields){.attachment = units->attachment, .path = path_copy(units)};
    record->as.clause.label = units_squeeze(units, (struct gaz_str){text.data, label->len});
    if (units_heading(units->document, units->at, label, &at, &len) &&
        !is_item(units, label, gaz_str_from(text, at + len)))
        record->as.clause.heading = gaz_arena_strndup(units->issue->arena, text.data + at, len);
    read_responsible(units, record);
    units_cite(units, record);
}

void units_take_paragraph(struct units *units, const struct gaz_block *block) {
    struct gaz_record *record = units_add_block(units, GAZ_RECORD_PARAGRAPH, block);
    if (!record)
        return;
    const char *above = units_place(units);
    const char *place = above ? units_format(units, "%s 段", above) : NULL;
    size_t number = units_count_address(units, place); // paragraphs of one place are counted on
    record->address = number > 0 ? units_name(units, units_format(units, "%s%zu", place, number)) : NULL;
    record->as.clause = (struct gaz_clause_fields){.attachment = units->attachment, .path = path_copy(units)};
    read_responsible(units, record);
    units_cite(units, record);
}

void units_take_text(struct units *units, const struct gaz_block *block) {
    struct gaz_label label;
    bool act = units->document->class_name[0] == 'd' || units->document->class_name[0] == 'f';
    struct gaz_str text = {block->text, block->text_len};
    if (act && gaz_label_read(text, &label) && !gaz_label_is_spoken_of(text, &label)) {
        take_clause(units, block, &label);
        return;
    }
    leave_items(units);
    units_take_paragraph(units, block);
}
