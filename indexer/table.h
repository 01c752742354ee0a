// SPDX-License-Identifier: GPL-2.0-or-later
//
// Table repair: from the fragments that an extractor left of a table (one character a line when it was
// printed sideways; narrow cells, tabs and justified blanks from other tools) back to rows and cells, with
// every character accounted for.
#ifndef GAZ_INDEXER_TABLE_H
#define GAZ_INDEXER_TABLE_H

#include "corpus/authority.h"
#include "corpus/model.h"

// What is known around a table; all of it is evidence, none of it is required.
struct gaz_table_context {
    const char *const *headings; // run-in headings of the document's clauses (推进高水平学科建设), UTF-8; any
                                 // of them may be a task name
    size_t heading_count;
    const char *const *units; // unit names met in （责任单位：…） of this issue, as printed
    size_t unit_count;
    const struct gaz_authority *authority; // may be NULL
};

struct gaz_table_cell {
    const char *column;     // name of the column, as printed, white space removed
    const char *text;       // as printed, unwrapped
    struct gaz_spans spans; // empty when carried down from a row above
    bool carried;
};

struct gaz_table_row {
    size_t number; // of the row in its table, from 1
    struct gaz_table_cell *cells;
    size_t cell_count;
    struct gaz_spans spans; // all that this row owns, in reading order
    size_t page;
    struct gaz_unit_list responsible; // from the unit column(s); empty when there is none
    double confidence;                // 0…1, low where evidence is thin
};

// A piece of the fragments which is no row, or a row; in reading order they cover every line given exactly
// once.
enum gaz_table_part_kind {
    GAZ_TABLE_TITLE,
    GAZ_TABLE_LABEL,
    GAZ_TABLE_HEAD,
    GAZ_TABLE_ROW,
    GAZ_TABLE_FURNITURE,
    GAZ_TABLE_UNKNOWN
};
struct gaz_table_part {
    enum gaz_table_part_kind kind; // LABEL: 附件1; TITLE: title over the table; FURNITURE: folio or running
                                   // head; UNKNOWN: fits nowhere
    struct gaz_spans spans;
    const char *text;
    size_t page;
    struct gaz_table_row *row; // only for GAZ_TABLE_ROW
};

struct gaz_table {
    size_t number;        // from 1 within one call
    const char **columns; // names in order
    size_t column_count;
    struct gaz_table_part *parts;
    size_t part_count;
};

struct gaz_tables {
    struct gaz_table *items;
    size_t count;
};

// Repairs the table(s) in LINES, consecutive lines of a fragment run of SOURCE (blank lines are known by
// blank_before, page breaks by page). Everything returned lives in ARENA. GAZ_ERR_MEMORY.
enum gaz_status gaz_table_repair(const char *source, const struct gaz_line *const *lines, size_t line_count,
                                 const struct gaz_table_context *context, struct gaz_arena *arena,
                                 struct gaz_tables *out, struct gaz_err *err);

// How many of LINES (COUNT of them) from FROM on are one run of table fragments, 0 when none begins there: a
// table printed sideways (eight narrow lines at least, page furniture and a few wider lines between them
// allowed), lines of cells under a head that names columns or of as many tabs each, or cells on lines of
// their own under such a head.
size_t gaz_table_run(const char *source, const struct gaz_line *lines, size_t count, size_t from);

// Whether a head that names the columns of a table begins at line AT of LINES (COUNT of them).
bool gaz_table_head_begins(const char *source, const struct gaz_line *lines, size_t count, size_t at);

#endif
