// SPDX-License-Identifier: GPL-2.0-or-later
//
// Private to the table repair (table*.c). A fragment run becomes a stream of glyphs, white space left out but
// remembered as the gap before each; heads, titles and page furniture are taken out of it, and what remains,
// the data, is cut into rows and cells by the readers below: fields (one stream of cells), matrix (a column
// for each place), grid (cells kept apart by tabs or blanks).
#ifndef GAZ_INDEXER_TABLE_PARSE_H
#define GAZ_INDEXER_TABLE_PARSE_H

#include <stdint.h>

#include "indexer/table.h"

enum { GAZ_TABLE_MAX_COLUMNS = 16 };

// What stood between a glyph and the one before it, weakest first.
enum gaz_table_gap {
    GAZ_GAP_NONE,
    GAZ_GAP_SPACE, // one blank
    GAZ_GAP_WIDE,  // several blanks or a wide one, inside a line
    GAZ_GAP_TAB,
    GAZ_GAP_LINE,  // a line end
    GAZ_GAP_BLANK, // a blank line
    GAZ_GAP_PAGE   // a page break, or something that was taken out
};

struct gaz_table_glyph {
    size_t offset;  // in the source
    size_t order;   // in the run, furniture counted
    size_t line;    // index of its line in the run
    uint32_t code;  // with full-width forms brought to ASCII, and any star to *
    uint8_t length; // bytes
    uint8_t gap;    // enum gaz_table_gap
    bool single;    // stands alone between blank lines
};

struct gaz_table_lexicon;

// Glyphs of one run, or those of them that are of one kind. `pairs`: blank lines come after every second line
// of a cell, so that they tell where cells end (some extractors do this; elsewhere blank lines mean nothing).
struct gaz_table_text {
    const char *source;
    const struct gaz_line *const *lines;
    struct gaz_table_glyph *glyphs;
    size_t count;
    const struct gaz_table_lexicon *names; // of columns
    bool sideways;                         // one to three columns a line
    bool pairs;
};

// A range of glyphs.
struct gaz_table_range {
    size_t from, to;
};

enum gaz_table_role {
    GAZ_ROLE_NUMBER, // running number
    GAZ_ROLE_NAME,   // task, project, category: a phrase
    GAZ_ROLE_TEXT,   // goal, measures: sentences
    GAZ_ROLE_UNITS,
    GAZ_ROLE_LEAD_UNITS,
    GAZ_ROLE_DATE,
    GAZ_ROLE_OTHER,
    GAZ_ROLE_PLACE // a column for one county
};

struct gaz_table_column {
    const char *name; // as printed, white space removed
    enum gaz_table_role role;
    bool maybe_text;   // 主要任务: a name where there is another text column, else a text
    uint32_t place[8]; // of a place: its name without 市 县 区 …
    size_t place_length;
};

// A table head as it was found once: the first of a table, or its repetition on a page.
struct gaz_table_head {
    struct gaz_table_range range; // in the text
    struct gaz_table_column columns[GAZ_TABLE_MAX_COLUMNS];
    size_t count;
};

// A cell in the making: its glyphs in the data.
struct gaz_table_field {
    struct gaz_table_range range;
    bool carried;
};

struct gaz_table_record {
    struct gaz_table_field fields[GAZ_TABLE_MAX_COLUMNS];
    size_t count;
    double confidence;
};

struct gaz_table_records {
    struct gaz_table_record *items;
    size_t count, capacity;
};

// --- table_text.c
// Reads the lines. False when memory is out. FURNITURE (may be NULL) gets one flag for each line that is a
// folio or a running head; these are left out.
bool gaz_table_text_read(const char *source, const struct gaz_line *const *lines, size_t count,
                         struct gaz_arena *scratch, bool *furniture, struct gaz_table_text *out);
// The spans of a range, one a line.
bool gaz_table_range_spans(const struct gaz_table_text *text, struct gaz_table_range range,
                           struct gaz_arena *arena, struct gaz_spans *out);
// Whether WORD (UTF-8, NUL-terminated) stands at AT; returns its length in glyphs or 0.
size_t gaz_table_word_at(const struct gaz_table_text *text, size_t at, const char *word);
bool gaz_table_is_digit(uint32_t code);
// The code of a glyph, 0 behind the last one.
uint32_t gaz_table_code_at(const struct gaz_table_text *text, size_t at);
// Decodes the character at TEXT to the form that glyphs have; *SIZE gets its bytes.
uint32_t gaz_table_decode(const char *text, size_t len, size_t *size);
// Whether AT, a boundary between two glyphs, looks like the end of a cell by its blank lines: a cost from -1
// (does) to 1.
double gaz_table_gap_cost(const struct gaz_table_text *text, size_t at);
// Whether a line is a folio or a running head between fragments.
bool gaz_table_is_furniture(const char *source, const struct gaz_line *line);

// --- table_run.c
// A cell of a line: bytes from the line's start.
struct gaz_table_line_cell {
    size_t from, to;
};
// Tabs before the first character of a line that is no white space: each parts an empty cell.
size_t gaz_table_leading_tabs(const char *source, const struct gaz_line *line);
// Cuts a line at tabs or, where it has none, at wide gaps. Empty cells count when tabs part them. Returns how
// many there are, ROOM at most.
size_t gaz_table_line_cells(const char *source, const struct gaz_line *line,
                            struct gaz_table_line_cell *cells, size_t room);

// --- table_grid.c
// Whether cells are kept apart by tabs or wide gaps.
bool gaz_table_is_grid(const struct gaz_table_text *text);
// One past the last glyph of the line of the glyph at AT.
size_t gaz_table_line_end(const struct gaz_table_text *text, size_t at);
// The cells of the line that begins at AT, empty ones included; more than there is room for are one with the
// last.
size_t gaz_table_grid_cells(const struct gaz_table_text *text, size_t at,
                            struct gaz_table_range cells[GAZ_TABLE_MAX_COLUMNS]);

// --- table_head.c
// The names that columns have; NULL when memory is out.
struct gaz_table_lexicon *gaz_table_column_names(struct gaz_arena *scratch);
// The head that the cells of the line at AT are, when at least two of them are names of columns.
bool gaz_table_head_of_line(const struct gaz_table_text *text, size_t at, struct gaz_arena *arena,
                            struct gaz_table_head *out, bool *memory_out);
// Whether TEXT, white space in it left out, is the name of a column, a note in brackets behind it allowed.
bool gaz_table_is_column(const char *text, size_t len, bool *number);
// The head that begins at AT, or false. PAGE_TOP allows that its first glyphs are missing.
bool gaz_table_head_at(const struct gaz_table_text *text, size_t at, bool page_top, struct gaz_arena *arena,
                       struct gaz_table_head *out, bool *memory_out);
// Length in glyphs of a repetition of HEAD at AT (its first glyphs may be missing, one may differ), or 0.
size_t gaz_table_head_again(const struct gaz_table_text *text, const struct gaz_table_head *head, size_t at);
// Length of a label at AT (附件1, 表2) in glyphs, or 0.
size_t gaz_table_label_at(const struct gaz_table_text *text, size_t at);

// --- table_lexicon.c
#define GAZ_TABLE_HASH_START UINT64_C(14695981039346656037)
uint64_t gaz_table_hash_step(uint64_t hash, uint32_t code);
// A set of strings of glyphs, each with marks that are not 0.
struct gaz_table_lexicon;
struct gaz_table_lexicon *gaz_table_lexicon_new(struct gaz_arena *scratch);
bool gaz_table_lexicon_add(struct gaz_table_lexicon *lexicon, const struct gaz_table_glyph *glyphs,
                           size_t count);
bool gaz_table_lexicon_add_text(struct gaz_table_lexicon *lexicon, const char *text, uint8_t marks);
// Counts an occurrence; a string that was counted ENOUGH times, different glyphs following it, is added.
bool gaz_table_lexicon_count(struct gaz_table_lexicon *lexicon, const struct gaz_table_text *text,
                             struct gaz_table_range range, size_t enough);
// Length of the longest entry that begins at AT and has no more than LIMIT glyphs, or 0.
size_t gaz_table_lexicon_longest(const struct gaz_table_lexicon *lexicon, const struct gaz_table_text *text,
                                 size_t at, size_t limit);
// The marks of an entry, 0 when it is not in the set.
uint8_t gaz_table_lexicon_marks(const struct gaz_table_lexicon *lexicon, const struct gaz_table_text *text,
                                struct gaz_table_range range);

// --- table_names.c table_units.c table_numbers.c
// What is known while a table's data are read.
struct gaz_table_evidence {
    const struct gaz_table_context *context;
    struct gaz_table_lexicon *units;
    struct gaz_table_lexicon *words;   // of table_names.c
    struct gaz_table_glyph **headings; // their codes, ended by code 0
    size_t heading_count;
    uint8_t *repeats; // for each place: glyphs that return behind the same number
    bool stars;       // the table marks leading units
};

// A reading of the glyphs at a position as a cell of some role: where it ends and what it costs (less than 0:
// evidence for it; more: against).
struct gaz_table_option {
    size_t to;
    double cost;
    size_t units; // how many units it lists; 0 for what is no list
};
enum { GAZ_TABLE_MAX_OPTIONS = 48 };

// What is known of the run before its tables are read.
bool gaz_table_evidence_open(const struct gaz_table_context *context, struct gaz_arena *scratch,
                             struct gaz_table_evidence *out);
// Adds what the data of a table tell; units that one table taught help with the next.
bool gaz_table_evidence_add(const struct gaz_table_text *data, struct gaz_arena *scratch,
                            struct gaz_table_evidence *out);
// Learns units from the list behind the star at STAR.
bool gaz_table_learn_starred(struct gaz_table_lexicon *units, const struct gaz_table_text *data, size_t star);
// Takes the units of a cell that was read into the lexicon, those that look like units. False when memory is
// out.
bool gaz_table_learn_units(const struct gaz_table_text *data, struct gaz_table_evidence *evidence,
                           struct gaz_table_range cell);
// REPEATED: the name in force, which may be printed again. GUESS: names that nothing is known of are allowed.
size_t gaz_table_name_options(const struct gaz_table_text *data, const struct gaz_table_evidence *evidence,
                              size_t at, struct gaz_table_range repeated, bool guess,
                              struct gaz_table_option options[GAZ_TABLE_MAX_OPTIONS]);
size_t gaz_table_unit_options(const struct gaz_table_text *data, const struct gaz_table_evidence *evidence,
                              size_t at, struct gaz_table_option options[GAZ_TABLE_MAX_OPTIONS]);
size_t gaz_table_date_options(const struct gaz_table_text *data, size_t at,
                              struct gaz_table_option options[GAZ_TABLE_MAX_OPTIONS]);
// Whether a phrase like those that begin a goal or a name stands at AT (推进, 到20…).
bool gaz_table_begins_clause(const struct gaz_table_text *data, const struct gaz_table_evidence *evidence,
                             size_t at);
// The numbers that may be read at AT as a row's, at most two: all digits, or those on one line (3 and 100%
// run together).
struct gaz_table_number {
    size_t value;
    size_t to;
    double cost;
};
size_t gaz_table_number_options(const struct gaz_table_text *data, size_t at,
                                struct gaz_table_number options[2]);

// --- readers: data → records. False when memory is out.
bool gaz_table_read_fields(const struct gaz_table_text *data, const struct gaz_table_head *head,
                           struct gaz_table_evidence *evidence, struct gaz_arena *scratch,
                           struct gaz_table_records *out);
bool gaz_table_read_matrix(const struct gaz_table_text *data, const struct gaz_table_head *head,
                           const struct gaz_table_evidence *evidence, struct gaz_arena *scratch,
                           struct gaz_table_records *out);
// DATA gets the glyphs of TEXT in the order of the cells; the head's place is in HEAD_TEXT.
bool gaz_table_read_grid(const struct gaz_table_text *text, const struct gaz_table_text *head_text,
                         const struct gaz_table_head *head, struct gaz_arena *scratch,
                         struct gaz_table_text *data, struct gaz_table_records *out);
bool gaz_table_records_add(struct gaz_table_records *records, struct gaz_arena *scratch,
                           const struct gaz_table_record *record);

#endif
