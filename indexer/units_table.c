// SPDX-License-Identifier: GPL-2.0-or-later
//
// Fragments of tables → rows, heads, and what else stands among them.
#include <string.h>

#include "indexer/table.h"
#include "indexer/units_parts.h"

static struct gaz_strings column_names(struct units *units, const struct gaz_table *table) {
    struct gaz_strings names = {0};
    for (size_t i = 0; i < table->column_count; i++)
        units_push(units, &names, table->columns[i]);
    return names;
}

static const struct gaz_row_cell *row_cells(struct units *units, const struct gaz_table_row *row) {
    struct gaz_row_cell *cells = gaz_arena_alloc(units->issue->arena, (row->cell_count + 1) * sizeof *cells);
    units->failed = units->failed || !cells;
    for (size_t i = 0; cells && i < row->cell_count; i++)
        cells[i] = (struct gaz_row_cell){row->cells[i].column, row->cells[i].text, row->cells[i].carried};
    return cells;
}

// The cells that the row owns, one a line. When they are not all of it, or not in its order, the text stays
// as the table stage gave it.
static const char *row_text(struct units *units, const struct gaz_table_part *part) {
    struct gaz_buf buf = GAZ_BUF_INIT;
    const char *text = part->text;
    for (size_t i = 0; i < part->row->cell_count; i++) {
        const struct gaz_table_cell *cell = &part->row->cells[i];
        if (cell->carried || !cell->text || !*cell->text)
            continue;
        if (buf.len > 0)
            gaz_buf_addch(&buf, '\n');
        gaz_buf_addstr(&buf, cell->text);
    }
    if (buf.status == GAZ_OK && gaz_text_same((struct gaz_str){buf.data, buf.len}, gaz_str_of(part->text)))
        text = gaz_arena_strndup(units->issue->arena, buf.data, buf.len);
    units->failed = units->failed || buf.status != GAZ_OK || !text;
    gaz_buf_free(&buf);
    return text;
}

static void take_row(struct units *units, const struct gaz_table *table, const struct gaz_table_part *part) {
    const struct gaz_table_row *row = part->row;
    struct gaz_record *record = units_add(units, GAZ_RECORD_ROW);
    if (!record)
        return;
    struct gaz_strings path = units->path;
    units->path.count = 0;
    const char *place = units_place(units);
    units->path = path;
    record->id = units_format(units, "%s/%zu", units->id, ++units->ordinal);
    if (place)
        place = units_format(units, "%s 表%zu 行%zu", place, units->table, row->number);
    record->address = units_name(units, place);
    record->document = units->id;
    record->page = part->page;
    record->source = row->spans;
    record->text = row_text(units, part);
    record->as.row = (struct gaz_row_fields){.attachment = units->attachment,
                                             .table = units->table,
                                             .row = row->number,
                                             .columns = column_names(units, table),
                                             .cells = row_cells(units, row),
                                             .cell_count = row->cell_count,
                                             .responsible = row->responsible,
                                             .confidence = row->confidence};
    if (!units->failed)
        units_cite(units, record);
}

// A folio is a number between marks; a running head has words.
static const char *furniture_role(const char *text) {
    for (const char *at = text; *at; at++)
        if ((unsigned char)*at >= 0xe4 && (unsigned char)*at <= 0xe9) // a Han character's first byte
            return "running_head";
    return "folio";
}

// The title right behind a label is the attachment's; any other stands over a table.
static void take_title(struct units *units, const struct gaz_table_part *part, const struct gaz_block *block,
                       bool after_label) {
    if (after_label) {
        units_own(units, &part->spans, part->text);
        units_title_attachment(units, part->text);
    } else {
        units_take_paragraph(units, block);
    }
}

static void take_part(struct units *units, const struct gaz_table *table, size_t i) {
    const struct gaz_table_part *part = &table->parts[i];
    bool after_label = i > 0 && table->parts[i - 1].kind == GAZ_TABLE_LABEL;
    struct gaz_block block = {.spans = part->spans, .text = part->text, .page = part->page};
    block.text_len = part->text ? strlen(part->text) : 0;
    switch (part->kind) {
    case GAZ_TABLE_ROW:
        take_row(units, table, part);
        break;
    case GAZ_TABLE_HEAD:
        units_add_other(units, &part->spans, part->text, part->page, "table_head", true);
        break;
    case GAZ_TABLE_FURNITURE:
        units_add_other(units, &part->spans, part->text, part->page, furniture_role(part->text), false);
        break;
    case GAZ_TABLE_TITLE:
        take_title(units, part, &block, after_label);
        break;
    case GAZ_TABLE_LABEL:
        units_own(units, &part->spans, part->text);
        units_begin_attachment(units, part->text);
        units->table = 1;
        break;
    case GAZ_TABLE_UNKNOWN:
        units_add_other(units, &part->spans, part->text, part->page, "unknown", true);
        break;
    }
}

void units_take_table(struct units *units, const struct gaz_block *block) {
    struct gaz_table_context context = {.headings = units->headings.items,
                                        .heading_count = units->headings.count,
                                        .units = units->unit_names.items,
                                        .unit_count = units->unit_names.count,
                                        .authority = units->authority};
    struct gaz_tables tables = {0};
    if (gaz_table_repair(units->issue->source.data, block->lines, block->line_count, &context,
                         units->issue->arena, &tables, NULL) != GAZ_OK) {
        units->failed = true;
        return;
    }
    for (size_t t = 0; t < tables.count && !units->failed; t++) {
        units->table++;
        for (size_t i = 0; i < tables.items[t].part_count && !units->failed; i++)
            take_part(units, &tables.items[t], i);
    }
}
