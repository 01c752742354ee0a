// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/web/table.h"

#include <string.h>

#include "searcher/web/units.h"

static bool is_row(const json_t *unit) {
    return strcmp(gaz_page_field(unit, "type"), gaz_record_type_name(GAZ_RECORD_ROW)) == 0;
}

// What a page repeats or adds around the rows of a table.
static bool is_furniture(const json_t *unit) {
    static const char *const roles[] = {"table_head", "running_head", "folio"};
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        if (strcmp(gaz_page_field(unit, "role"), roles[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool same_table(const json_t *one, const json_t *other) {
    return json_equal(json_object_get(one, "table"), json_object_get(other, "table")) &&
           json_equal(json_object_get(one, "attachment"), json_object_get(other, "attachment")) &&
           json_equal(json_object_get(one, "columns"), json_object_get(other, "columns"));
}

size_t gaz_table_length(const json_t *units, size_t from, size_t to) {
    const json_t *first = json_array_get(units, from);
    size_t length = 0;
    if (!is_row(first)) {
        return 0;
    }
    for (size_t i = from; i < to; i++) {
        const json_t *unit = json_array_get(units, i);
        if (is_row(unit) && same_table(unit, first)) {
            length = i - from + 1;
        } else if (!is_furniture(unit)) {
            break;
        }
    }
    return length;
}

struct table {
    const struct gaz_page *page;
    const struct gaz_reader *reader;
    size_t from, length;
    const json_t *columns;
    struct gaz_err *err;
};

static const json_t *unit_at(const struct table *table, size_t at) {
    return json_array_get(table->reader->units, table->from + at);
}

static bool is_carried(const json_t *row, const char *column) {
    const json_t *carried = json_object_get(row, "carried"), *name;
    size_t i;
    json_array_foreach(carried, i, name) {
        if (strcmp(json_string_value(name), column) == 0) {
            return true;
        }
    }
    return false;
}

// The rows that the cell of COLUMN in the row AT spans: itself and those that carry it.
static size_t span_of(const struct table *table, size_t at, const char *column) {
    size_t span = 1;
    for (size_t i = at + 1; i < table->length; i++) {
        const json_t *unit = unit_at(table, i);
        if (is_row(unit) && !is_carried(unit, column)) {
            break;
        }
        span += is_row(unit);
    }
    return span;
}

// A cell is asked for its marks as if it were the whole text of its row.
static enum gaz_status put_text(const struct table *table, const json_t *row, const char *text) {
    struct gaz_marks marks = {0};
    json_t *responsible = json_object_get(row, "responsible");
    json_t *cell = json_pack("{ss sO*}", "text", text, "responsible", responsible);
    enum gaz_status status = cell ? gaz_reader_marks(table->page, table->reader, cell, &marks, table->err)
                                  : gaz_err_memory(table->err);
    if (status == GAZ_OK) {
        status =
            gaz_html_linked(table->page, text, 0, &table->reader->cited, responsible, &marks, table->err);
    }
    gaz_free(marks.items);
    json_decref(cell);
    return status;
}

static enum gaz_status put_cell(const struct table *table, size_t at, const char *column, bool first_row) {
    const struct gaz_page *page = table->page;
    const json_t *row = unit_at(table, at);
    if (is_carried(row, column) && !first_row) {
        return GAZ_OK;
    }
    size_t span = span_of(table, at, column);
    gaz_html_put(page->out, span > 1 ? "<td rowspan=\"%zu\" data-column=\"" : "<td data-column=\"", span);
    gaz_html_put(page->out, "%s\">", column);
    enum gaz_status status = put_text(table, row, gaz_page_field(json_object_get(row, "cells"), column));
    gaz_html_put(page->out, "</td>");
    return status;
}

static enum gaz_status put_row(const struct table *table, size_t at) {
    const struct gaz_page *page = table->page;
    const json_t *row = unit_at(table, at), *column;
    const char *id = gaz_page_field(row, "id"), *slash = strrchr(id, '/');
    enum gaz_status status = GAZ_OK;
    size_t i;
    gaz_html_put(page->out, "<tr id=\"%s\">", gaz_unit_anchor(page, table->reader->document, row));
    json_array_foreach(table->columns, i, column) {
        status = status == GAZ_OK ? put_cell(table, at, json_string_value(column), at == 0) : status;
    }
    gaz_html_put(page->out, "<td class=\"tools\"><span id=\"u%s\"></span>", slash ? slash + 1 : id);
    gaz_unit_put_tools(page, table->reader, row);
    gaz_html_put(page->out, "</td></tr>\n");
    return status;
}

static void put_columns(const struct table *table) {
    const struct gaz_page *page = table->page;
    const json_t *column;
    size_t i;
    gaz_html_put(page->out, "<thead><tr>");
    json_array_foreach(table->columns, i, column) {
        gaz_html_put(page->out, "<th scope=\"col\">%s</th>", json_string_value(column));
    }
    gaz_html_put(page->out, "<td class=\"tools\"></td></tr></thead>\n<tbody>");
}

enum gaz_status gaz_table_put(const struct gaz_page *page, const struct gaz_reader *reader, size_t from,
                              size_t length, struct gaz_err *err) {
    const json_t *columns = json_object_get(json_array_get(reader->units, from), "columns");
    const struct table table = {page, reader, from, length, columns, err};
    enum gaz_status status = GAZ_OK;
    gaz_html_put(page->out, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\"><table>",
                 M(TABLE));
    put_columns(&table);
    for (size_t at = 0; at < length && status == GAZ_OK; at++) {
        if (is_row(unit_at(&table, at))) {
            status = put_row(&table, at);
        }
    }
    gaz_html_put(page->out, "</tbody></table></div>\n");
    return status;
}
