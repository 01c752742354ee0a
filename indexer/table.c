// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/table_parse.h"

#include <stdlib.h>
#include <string.h>

enum {
    TITLE_GLYPHS = 60, // longest title over a table
};

// A table of the run, from its label and title on.
struct region {
    struct gaz_table_range range;
    struct gaz_table_head head;          // none when it has no columns
    struct gaz_table_range label, title; // before the head; empty when there is none
    size_t first_head;                   // index of its head in repair.heads
};

struct repair {
    const char *source;
    struct gaz_arena *arena;   // of what is returned
    struct gaz_arena *run;     // of what is needed for this run
    struct gaz_arena *scratch; // of what is needed for one table of it
    struct gaz_table_evidence evidence;
    struct gaz_table_text text;
    bool *furniture;
    struct gaz_table_range *heads; // repetitions of heads, the first ones of tables included
    size_t head_count, head_capacity;
    struct region *regions;
    size_t region_count, region_capacity;
    bool grid;
    bool memory_out;
};

// A part with its place in the run, to be sorted by it.
struct placed {
    size_t line, glyph;
    struct gaz_table_part part;
};

struct placed_list {
    struct placed *items;
    size_t count, capacity;
};

// --- heads, titles, tables

static bool ends_title(uint32_t code) {
    return code == U'。' || code == ';' || code == '*' || code == '%';
}

// Where the label and the title begin that stand before the head at AT: at the top of the page or of the run,
// or at a label (附件2). AT when there is none.
static size_t title_start(const struct gaz_table_text *text, size_t first, size_t at) {
    size_t label = at;
    if (at < text->count && text->glyphs[at].gap == GAZ_GAP_PAGE)
        return at;
    for (size_t i = at; i > first && at - i < TITLE_GLYPHS;) {
        i--;
        enum gaz_table_gap gap = text->glyphs[i].gap;
        if (ends_title(text->glyphs[i].code) || gap == GAZ_GAP_TAB || gap == GAZ_GAP_WIDE)
            return label;
        if (gaz_table_label_at(text, i) >= 3)
            label = i;
        if (i == 0 || gap == GAZ_GAP_PAGE)
            return i;
    }
    return label;
}

static bool add_head(struct repair *r, struct gaz_table_range range) {
    struct gaz_table_range *heads = gaz_grow(r->heads, &r->head_capacity, r->head_count + 1, sizeof *heads);
    if (!heads)
        return false;
    r->heads = heads;
    heads[r->head_count++] = range;
    return true;
}

// Begins a new table with the head HEAD, the label and title before it included. What stands before the first
// table's title is what is left of a table whose head is missing: it goes with the first table.
static bool add_region(struct repair *r, const struct gaz_table_head *head) {
    struct region *regions = gaz_grow(r->regions, &r->region_capacity, r->region_count + 1, sizeof *regions);
    if (!regions)
        return false;
    r->regions = regions;
    struct gaz_table_head kept = *head;
    for (size_t i = 0; i < kept.count; i++) {
        kept.columns[i].name =
            gaz_arena_strndup(r->arena, kept.columns[i].name, strlen(kept.columns[i].name));
        if (!kept.columns[i].name)
            return false;
    }
    size_t at = head->range.from;
    size_t after = r->head_count > 0 ? r->heads[r->head_count - 1].to : 0;
    size_t title = title_start(&r->text, after, at);
    size_t label = title < at ? gaz_table_label_at(&r->text, title) : 0;
    label = title + label <= at ? label : 0;
    if (r->region_count > 0)
        regions[r->region_count - 1].range.to = title;
    size_t from = r->region_count > 0 ? title : 0;
    regions[r->region_count++] = (struct region){.range = {from, r->text.count},
                                                 .label = {title, title + label},
                                                 .title = {title + label, at},
                                                 .head = kept,
                                                 .first_head = r->head_count};
    return add_head(r, head->range);
}

// Whether the head of the present table returns at AT, without a title of its own. Sets its length.
static bool same_head(const struct repair *r, size_t at, size_t *length) {
    if (r->region_count == 0)
        return false;
    *length = gaz_table_head_again(&r->text, &r->regions[r->region_count - 1].head, at);
    if (*length == 0)
        return false;
    size_t after = r->heads[r->head_count - 1].to;
    return title_start(&r->text, after, at) == at;
}

// Whether a head that was read at AT may begin a table there: in the middle of a page only a head that says
// so clearly.
static bool clear_head(const struct repair *r, const struct gaz_table_head *head, bool top) {
    size_t long_names = 0;
    for (size_t i = 0; i < head->count; i++)
        long_names +=
            head->columns[i].role != GAZ_ROLE_OTHER && strlen(head->columns[i].name) >= strlen("任务名称");
    bool numbered = head->columns[0].role == GAZ_ROLE_NUMBER;
    bool first_row = gaz_table_code_at(&r->text, head->range.to) == '1';
    if (numbered)
        return top || first_row || head->count >= 3;
    return r->region_count == 0 && long_names >= 2;
}

// As below where cells are kept apart: a head is a line of its own.
static bool find_grids(struct repair *r) {
    for (size_t at = 0; at < r->text.count; at = gaz_table_line_end(&r->text, at)) {
        struct gaz_table_head head;
        size_t length;
        bool ok = true;
        if (same_head(r, at, &length))
            ok = add_head(r, (struct gaz_table_range){at, at + length});
        else if (gaz_table_head_of_line(&r->text, at, r->run, &head, &r->memory_out))
            ok = add_region(r, &head);
        if (!ok || r->memory_out)
            return false;
    }
    return true;
}

static bool find_tables(struct repair *r) {
    r->grid = gaz_table_is_grid(&r->text);
    if (r->grid)
        return find_grids(r);
    for (size_t at = 0; at < r->text.count;) {
        bool top = at == 0 || r->text.glyphs[at].gap == GAZ_GAP_PAGE;
        size_t length = 0;
        struct gaz_table_head head;
        if (same_head(r, at, &length)) {
            if (!add_head(r, (struct gaz_table_range){at, at + length}))
                return false;
            at += length;
        } else if (gaz_table_head_at(&r->text, at, top, r->run, &head, &r->memory_out) &&
                   clear_head(r, &head, top)) {
            if (!add_region(r, &head))
                return false;
            at = head.range.to;
        } else {
            at++;
        }
        if (r->memory_out)
            return false;
    }
    return true;
}

// --- parts

static bool add_part(struct repair *r, struct placed_list *list, struct placed *placed) {
    placed->part.text = gaz_spans_text(&placed->part.spans, r->source, r->arena, NULL);
    struct placed *items = gaz_grow(list->items, &list->capacity, list->count + 1, sizeof *items);
    if (!items || !placed->part.text)
        return false;
    list->items = items;
    items[list->count++] = *placed;
    return true;
}

// Adds a part for RANGE of TEXT, unless it is empty.
static bool add_range(struct repair *r, const struct gaz_table_text *text, struct gaz_table_range range,
                      enum gaz_table_part_kind kind, struct placed_list *list) {
    if (range.from >= range.to)
        return true;
    const struct gaz_table_glyph *first = &text->glyphs[range.from];
    struct placed placed = {.line = first->line,
                            .glyph = first->order,
                            .part = {.kind = kind, .page = text->lines[first->line]->page}};
    return gaz_table_range_spans(text, range, r->arena, &placed.part.spans) && add_part(r, list, &placed);
}

// The furniture among lines [FROM, TO).
static bool add_furniture(struct repair *r, size_t from, size_t to, struct placed_list *list) {
    for (size_t i = from; i < to; i++) {
        const struct gaz_line *line = r->text.lines[i];
        struct placed placed = {.line = i, .part = {.kind = GAZ_TABLE_FURNITURE, .page = line->page}};
        if (!r->furniture[i])
            continue;
        if (!gaz_spans_add(&placed.part.spans, r->arena, line->span) || !add_part(r, list, &placed))
            return false;
    }
    return true;
}

// --- rows

static bool append_units(struct repair *r, const char ***list, size_t *count, const char **units,
                         size_t more) {
    if (more == 0)
        return true;
    const char **joined = gaz_arena_alloc(r->arena, (*count + more) * sizeof *joined);
    if (!joined)
        return false;
    if (*count > 0)
        memcpy(joined, *list, *count * sizeof *joined);
    memcpy(joined + *count, units, more * sizeof *joined);
    *list = joined;
    *count += more;
    return true;
}

// Adds the units of a cell; those of a column of leading units lead, marked or not.
static enum gaz_status read_units(struct repair *r, const struct gaz_table_cell *cell,
                                  enum gaz_table_role role, struct gaz_unit_list *out, struct gaz_err *err) {
    struct gaz_unit_list units = {0};
    enum gaz_status status = gaz_unit_list_read(cell->text, strlen(cell->text), r->arena, &units, err);
    if (status != GAZ_OK)
        return status;
    const char ***rest = role == GAZ_ROLE_LEAD_UNITS ? &out->lead : &out->others;
    size_t *rest_count = role == GAZ_ROLE_LEAD_UNITS ? &out->lead_count : &out->others_count;
    if (!append_units(r, &out->lead, &out->lead_count, units.lead, units.lead_count) ||
        !append_units(r, rest, rest_count, units.others, units.others_count))
        return gaz_err_memory(err);
    return GAZ_OK;
}

static bool write_cell(struct repair *r, const struct gaz_table_text *data,
                       const struct gaz_table_field *field, struct gaz_table_cell *cell,
                       struct gaz_spans *row) {
    struct gaz_spans spans = {0};
    cell->carried = field->carried;
    if (!gaz_table_range_spans(data, field->range, r->arena, &spans))
        return false;
    cell->text = gaz_spans_text(&spans, r->source, r->arena, NULL);
    if (field->carried)
        return cell->text != NULL;
    cell->spans = spans;
    for (size_t i = 0; i < spans.count; i++) {
        if (!gaz_spans_add(row, r->arena, spans.items[i]))
            return false;
    }
    return cell->text != NULL;
}

// First glyph of a record that is its own; DATA's count when it has none.
static size_t first_glyph(const struct gaz_table_record *record, size_t count) {
    for (size_t i = 0; i < record->count; i++) {
        const struct gaz_table_field *field = &record->fields[i];
        if (!field->carried && field->range.to > field->range.from && field->range.from < count)
            count = field->range.from;
    }
    return count;
}

static enum gaz_status add_row(struct repair *r, const struct gaz_table_text *data,
                               const struct gaz_table_head *head, const struct gaz_table_record *record,
                               size_t number, struct placed_list *list, struct gaz_err *err) {
    size_t first = first_glyph(record, data->count);
    if (first == data->count)
        return GAZ_OK;
    size_t line = data->glyphs[first].line;
    bool before_head = data->glyphs[first].order < r->text.glyphs[head->range.from].order;
    struct gaz_table_row *row = gaz_arena_alloc(r->arena, sizeof *row);
    struct gaz_table_cell *cells = gaz_arena_alloc(r->arena, head->count * sizeof *cells);
    if (!row || !cells)
        return gaz_err_memory(err);
    *row = (struct gaz_table_row){.number = number,
                                  .cells = cells,
                                  .cell_count = head->count,
                                  .page = data->lines[line]->page,
                                  .confidence = record->confidence * (before_head ? 0.6 : 1)};
    for (size_t i = 0; i < head->count; i++) {
        enum gaz_table_role role = head->columns[i].role;
        cells[i].column = head->columns[i].name;
        if (!write_cell(r, data, &record->fields[i], &cells[i], &row->spans))
            return gaz_err_memory(err);
        enum gaz_status status = GAZ_OK;
        if (role == GAZ_ROLE_UNITS || role == GAZ_ROLE_LEAD_UNITS)
            status = read_units(r, &cells[i], role, &row->responsible, err);
        if (status != GAZ_OK)
            return status;
    }
    struct placed placed = {
        .line = line,
        .glyph = data->glyphs[first].order,
        .part = {.kind = GAZ_TABLE_ROW, .page = row->page, .row = row, .spans = row->spans}};
    return add_part(r, list, &placed) ? GAZ_OK : gaz_err_memory(err);
}

// --- tables

static bool inside(struct gaz_table_range range, size_t at) {
    return at >= range.from && at < range.to;
}

// The glyphs of REGION which are cells: without label, title and heads.
static bool take_data(struct repair *r, const struct region *region, struct gaz_table_text *out) {
    *out = r->text;
    out->count = 0;
    size_t room = region->range.to - region->range.from;
    out->glyphs = gaz_arena_alloc(r->scratch, (room + 1) * sizeof *out->glyphs);
    if (!out->glyphs)
        return false;
    size_t head = region->first_head;
    bool broken = false;
    for (size_t at = region->range.from; at < region->range.to; at++) {
        while (head < r->head_count && r->heads[head].to <= at)
            head++;
        bool taken = inside(region->label, at) || inside(region->title, at) ||
                     (head < r->head_count && inside(r->heads[head], at));
        if (!taken) {
            out->glyphs[out->count] = r->text.glyphs[at];
            if (broken)
                out->glyphs[out->count].gap = GAZ_GAP_PAGE;
            out->count++;
        }
        broken = taken;
    }
    return true;
}

static bool is_matrix(const struct gaz_table_head *head) {
    for (size_t i = 0; i < head->count; i++) {
        if (head->columns[i].role == GAZ_ROLE_PLACE)
            return true;
    }
    return false;
}

// Reads the cells of REGION. DATA gets the glyphs that RECORDS speak of.
static bool read_records(struct repair *r, const struct region *region, struct gaz_table_text *data,
                         struct gaz_table_records *records) {
    struct gaz_table_text text;
    if (!take_data(r, region, &text))
        return false;
    *data = text;
    if (r->grid)
        return gaz_table_read_grid(&text, &r->text, &region->head, r->scratch, data, records);
    if (!gaz_table_evidence_add(&text, r->scratch, &r->evidence))
        return false;
    return is_matrix(&region->head)
               ? gaz_table_read_matrix(&text, &region->head, &r->evidence, r->scratch, records)
               : gaz_table_read_fields(&text, &region->head, &r->evidence, r->scratch, records);
}

static enum gaz_status add_rows(struct repair *r, const struct region *region, struct placed_list *list,
                                struct gaz_err *err) {
    struct gaz_table_text data;
    struct gaz_table_records records = {0};
    bool ok = read_records(r, region, &data, &records);
    if (ok && records.count == 0)
        ok = add_range(r, &data, (struct gaz_table_range){0, data.count}, GAZ_TABLE_UNKNOWN, list);
    if (!ok)
        return gaz_err_memory(err);
    for (size_t i = 0; i < records.count; i++) {
        enum gaz_status status = add_row(r, &data, &region->head, &records.items[i], i + 1, list, err);
        if (status != GAZ_OK)
            return status;
    }
    return GAZ_OK;
}

// The same with memory of its own for what only this table needs.
static enum gaz_status add_rows_of(struct repair *r, const struct region *region, struct placed_list *list,
                                   struct gaz_err *err) {
    r->scratch = gaz_arena_new();
    enum gaz_status status = r->scratch ? add_rows(r, region, list, err) : gaz_err_memory(err);
    gaz_arena_free(r->scratch);
    r->scratch = NULL;
    return status;
}

static int by_place(const void *a, const void *b) {
    const struct placed *left = a, *right = b;
    if (left->line != right->line)
        return left->line < right->line ? -1 : 1;
    return (left->glyph > right->glyph) - (left->glyph < right->glyph);
}

// Sorts the parts into reading order and gives them to TABLE.
static bool write_parts(struct repair *r, struct placed_list *list, struct gaz_table *table) {
    if (list->count == 0)
        return true;
    qsort(list->items, list->count, sizeof *list->items, by_place);
    table->parts = gaz_arena_alloc(r->arena, list->count * sizeof *table->parts);
    if (!table->parts)
        return false;
    table->part_count = list->count;
    for (size_t i = 0; i < list->count; i++)
        table->parts[i] = list->items[i].part;
    return true;
}

static bool write_columns(struct repair *r, const struct gaz_table_head *head, struct gaz_table *table) {
    table->columns = gaz_arena_alloc(r->arena, (head->count + 1) * sizeof *table->columns);
    if (!table->columns)
        return false;
    table->column_count = head->count;
    for (size_t i = 0; i < head->count; i++)
        table->columns[i] = head->columns[i].name;
    return true;
}

// Lines [FIRST, LAST) are those of the region, for the furniture between them.
static enum gaz_status write_table(struct repair *r, const struct region *region, size_t first, size_t last,
                                   struct gaz_table *table, struct gaz_err *err) {
    struct placed_list list = {0};
    enum gaz_status status = GAZ_OK;
    bool ok = write_columns(r, &region->head, table) && add_furniture(r, first, last, &list) &&
              add_range(r, &r->text, region->label, GAZ_TABLE_LABEL, &list) &&
              add_range(r, &r->text, region->title, GAZ_TABLE_TITLE, &list);
    for (size_t i = region->first_head; ok && i < r->head_count && r->heads[i].from < region->range.to; i++)
        ok = add_range(r, &r->text, r->heads[i], GAZ_TABLE_HEAD, &list);
    if (ok && region->head.count > 0)
        status = add_rows_of(r, region, &list, err);
    else if (ok)
        ok = add_range(r, &r->text, region->range, GAZ_TABLE_UNKNOWN, &list);
    if (ok && status == GAZ_OK)
        ok = write_parts(r, &list, table);
    gaz_free(list.items);
    return ok ? status : gaz_err_memory(err);
}

static enum gaz_status write_tables(struct repair *r, size_t line_count, struct gaz_tables *out,
                                    struct gaz_err *err) {
    struct region whole = {.range = {0, r->text.count}};
    const struct region *regions = r->region_count > 0 ? r->regions : &whole;
    size_t count = r->region_count > 0 ? r->region_count : 1;
    out->items = gaz_arena_alloc(r->arena, count * sizeof *out->items);
    if (!out->items)
        return gaz_err_memory(err);
    size_t first = 0;
    for (size_t i = 0; i < count; i++) {
        size_t last = i + 1 < count ? r->text.glyphs[regions[i + 1].range.from].line : line_count;
        out->items[i].number = i + 1;
        enum gaz_status status = write_table(r, &regions[i], first, last, &out->items[i], err);
        if (status != GAZ_OK)
            return status;
        first = last;
    }
    out->count = count;
    return GAZ_OK;
}

enum gaz_status gaz_table_repair(const char *source, const struct gaz_line *const *lines, size_t line_count,
                                 const struct gaz_table_context *context, struct gaz_arena *arena,
                                 struct gaz_tables *out, struct gaz_err *err) {
    *out = (struct gaz_tables){0};
    if (line_count == 0)
        return GAZ_OK;
    struct repair r = {.source = source, .arena = arena, .run = gaz_arena_new()};
    if (r.run)
        r.furniture = gaz_arena_alloc(r.run, line_count * sizeof *r.furniture);
    bool ok = r.furniture && gaz_table_text_read(source, lines, line_count, r.run, r.furniture, &r.text) &&
              gaz_table_evidence_open(context, r.run, &r.evidence) && find_tables(&r);
    enum gaz_status status = ok ? write_tables(&r, line_count, out, err) : gaz_err_memory(err);
    gaz_free(r.heads);
    gaz_free(r.regions);
    gaz_arena_free(r.run);
    return status;
}
