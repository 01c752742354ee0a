// SPDX-License-Identifier: GPL-2.0-or-later
//
// Where fragments of tables are: told from the lines alone, before anything is known of the document.
#include "indexer/table_parse.h"

#include <string.h>

#include "corpus/text.h"
#include "shim/unicode.h"

enum {
    NARROW = 3,            // columns of a line of a sideways table
    TOLERATED = 8,         // columns of a line that may stand between narrow ones
    BETWEEN = 3,           // most such lines in a row
    LEAST = 8,             // fewest narrow lines of a run
    MAX_CELLS = 64,        // more of a line are not looked at
    ROW_LINES = 12,        // most lines of a cell that goes on without tabs
    MORE_LINES = 60,       // of a row, over three times the longest one
    FIRST_ROW_LINES = 200, // most lines of a row, or before the first, while nothing is known of the others
    ROWLESS_HEADS = 4,     // most heads one after the other while no row follows
    FIRST_LINES = 10,      // behind a head, while lines may be as wide as …
    FIRST_COLUMNS = 60,    // … this
    CELL_COLUMNS = 36,     // widest line of a cell while nothing is known of the others
    HEAD_LINES = 60,       // most lines of a head …
    HEAD_COLUMNS = 36      // … and their widest
};

static size_t blank_at(const char *text, size_t len, uint32_t *code) {
    size_t size = gaz_utf8_decode(text, len, code);
    return gaz_unicode_is_space(*code) ? size : 0;
}

// Reads the white space at AT: returns where it ends, and how wide it is.
static size_t skip_blank(const char *text, size_t len, size_t at, size_t *tabs, bool *wide) {
    uint32_t code;
    size_t blanks = 0;
    *tabs = 0;
    *wide = false;
    for (size_t size; at < len && (size = blank_at(text + at, len - at, &code)) > 0; at += size) {
        *tabs += code == '\t';
        blanks += code == 0x3000 ? 2 : 1;
    }
    *wide = blanks >= 2;
    return at;
}

size_t gaz_table_leading_tabs(const char *source, const struct gaz_line *line) {
    size_t tabs = 0;
    for (size_t at = line->span.offset; at > 0 && (source[at - 1] == '\t' || source[at - 1] == ' '); at--)
        tabs += source[at - 1] == '\t';
    return tabs;
}

size_t gaz_table_line_cells(const char *source, const struct gaz_line *line,
                            struct gaz_table_line_cell *cells, size_t room) {
    const char *text = source + line->span.offset;
    size_t len = line->span.length, count = 0, tabs, leading = gaz_table_leading_tabs(source, line);
    bool tabbed = leading > 0 || memchr(text, '\t', len) != NULL, wide;
    struct gaz_table_line_cell cell = {0, 0};
    while (count < leading && count + 1 < room)
        cells[count++] = cell;
    for (size_t at = 0; at < len;) {
        uint32_t code;
        if (blank_at(text + at, len - at, &code) == 0) {
            at += gaz_utf8_decode(text + at, len - at, &code);
            cell.to = at;
            continue;
        }
        size_t next = skip_blank(text, len, at, &tabs, &wide);
        for (size_t i = 0; i < (tabbed ? tabs : (size_t)wide) && count + 1 < room; i++) {
            cells[count++] = cell;
            cell = (struct gaz_table_line_cell){next, next};
        }
        at = next;
    }
    cells[count++] = cell;
    return count;
}

// Whether the words of a line are single letters: blanks between them only space them.
static bool spaced(const char *source, const struct gaz_line *line) {
    size_t words = 0, characters = 0, tabs;
    bool wide;
    for (size_t at = 0; at < line->span.length;) {
        uint32_t code;
        const char *text = source + line->span.offset;
        size_t next = skip_blank(text, line->span.length, at, &tabs, &wide);
        words += next > at || at == 0;
        if (next < line->span.length) {
            next += gaz_utf8_decode(text + next, line->span.length - next, &code);
            characters++;
        }
        at = next;
    }
    return characters <= words + words / 4;
}

// --- runs

// Narrow lines, with furniture and a few wider ones between them.
static size_t sideways_run(const char *source, const struct gaz_line *lines, size_t count, size_t from) {
    size_t narrow = 0, between = 0, end = from;
    for (size_t i = from; i < count && between <= BETWEEN; i++) {
        if (lines[i].width <= NARROW) {
            narrow++;
            between = 0;
            end = i + 1;
        } else if (gaz_table_is_furniture(source, &lines[i]) ||
                   (narrow >= LEAST && lines[i].width <= TOLERATED)) {
            between++;
        } else {
            break;
        }
    }
    return narrow >= LEAST ? end - from : 0;
}

// How many cells of LINE are names of columns; *NUMBER when the first is that of the running number.
static size_t column_names(const char *source, const struct gaz_line *line, bool *number) {
    struct gaz_table_line_cell cells[MAX_CELLS];
    size_t count = gaz_table_line_cells(source, line, cells, MAX_CELLS), names = 0;
    *number = false;
    for (size_t i = 0; i < count; i++) {
        bool is_number;
        size_t len = cells[i].to - cells[i].from;
        if (len > 0 && gaz_table_is_column(source + line->span.offset + cells[i].from, len, &is_number)) {
            names++;
            *number = *number || (i == 0 && is_number);
        }
    }
    return names;
}

static size_t cell_count(const char *source, const struct gaz_line *line) {
    struct gaz_table_line_cell cells[MAX_CELLS];
    return gaz_table_line_cells(source, line, cells, MAX_CELLS);
}

// Whether a line ends a table of cells: a heading of the text, or a new attachment.
static bool ends_cells(const char *source, const struct gaz_line *line) {
    static const char *const ordinals[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
    const char *text = source + line->span.offset;
    size_t len = line->span.length, han = strlen("一");
    if (len >= strlen("附件") && memcmp(text, "附件", strlen("附件")) == 0)
        return true;
    for (size_t i = 0; i < sizeof ordinals / sizeof *ordinals && len >= 2 * han; i++) {
        if (memcmp(text, ordinals[i], han) == 0 && memcmp(text + han, "、", han) == 0)
            return true;
    }
    return false;
}

// Whether the two lines after FROM have as many cells as it has.
static bool next_alike(const char *source, const struct gaz_line *lines, size_t count, size_t from,
                       size_t cells) {
    return from + 2 < count && cell_count(source, &lines[from + 1]) == cells &&
           cell_count(source, &lines[from + 2]) == cells;
}

// Whether the last cell of a line must go on: 柳政办发〔2012〕, in the middle of a list.
static bool is_unfinished(const char *source, const struct gaz_line *line) {
    struct gaz_str text = {source + line->span.offset, line->span.length};
    return gaz_text_is_open(text) || gaz_str_ends(text, "〕") || gaz_str_ends(text, "]");
}

// Lines of cells from a head on; lines of one cell go on with a cell above when lines of several follow soon.
static size_t cell_run(const char *source, const struct gaz_line *lines, size_t count, size_t from) {
    bool number;
    size_t names = column_names(source, &lines[from], &number);
    bool tabbed = memchr(source + lines[from].span.offset, '\t', lines[from].span.length) != NULL;
    size_t cells = cell_count(source, &lines[from]), rows = 0, end = from;
    if (cells < 2 || spaced(source, &lines[from]))
        return 0;
    if (names < 2 && !(number && cells >= 3) &&
        (!tabbed || cells < 3 || !next_alike(source, lines, count, from, cells)))
        return 0;
    for (size_t i = from; i < count && i - end <= ROW_LINES && !ends_cells(source, &lines[i]); i++) {
        if (cell_count(source, &lines[i]) < 2)
            continue;
        rows++;
        end = i + 1;
    }
    if (rows >= 2 && end < count && is_unfinished(source, &lines[end - 1]) &&
        !ends_cells(source, &lines[end]))
        end++;
    return rows >= 2 ? end - from : 0;
}

// --- cells on lines of their own

// The line after the head of a table whose cells stand on lines of their own and whose first column is the
// running number, FROM when none begins there.
static size_t head_lines(const char *source, const struct gaz_line *lines, size_t count, size_t from) {
    const struct gaz_line *pointers[HEAD_LINES];
    size_t taken = 0, after = from;
    bool memory_out = false;
    size_t size;
    uint32_t first = gaz_table_decode(source + lines[from].span.offset, lines[from].span.length, &size);
    bool lost = first == U'号';                                      // 序 was lost, as at the top of a page
    if (first != U'序' && first != U'编' && first != U'项' && !lost) // 序号 编号 项次
        return from;
    while (taken < HEAD_LINES && from + taken < count && lines[from + taken].width <= HEAD_COLUMNS) {
        pointers[taken] = &lines[from + taken];
        taken++;
    }
    struct gaz_arena *arena = taken >= 3 ? gaz_arena_new() : NULL;
    struct gaz_table_text text;
    struct gaz_table_head head;
    if (arena && gaz_table_text_read(source, pointers, taken, arena, NULL, &text) &&
        gaz_table_head_at(&text, 0, lost, arena, &head, &memory_out) &&
        head.columns[0].role == GAZ_ROLE_NUMBER && head.count >= 3)
        after = from + text.glyphs[head.range.to - 1].line + 1;
    gaz_arena_free(arena);
    return after;
}

bool gaz_table_head_begins(const char *source, const struct gaz_line *lines, size_t count, size_t at) {
    bool number;
    return head_lines(source, lines, count, at) > at || column_names(source, &lines[at], &number) >= 2;
}

// The number that a line is, 0 when it is none.
static size_t line_number(const char *source, const struct gaz_line *line) {
    size_t value = 0;
    for (size_t i = 0; i < line->span.length && i < 4; i++) {
        char byte = source[line->span.offset + i];
        if (byte < '0' || byte > '9')
            return 0;
        value = value * 10 + (size_t)(byte - '0');
    }
    return line->span.length <= 3 ? value : 0;
}

// What is known of the rows of a table while its end is looked for.
struct progress {
    size_t rows;    // numbers seen
    size_t number;  // the last of them …
    size_t line;    // … and its line
    size_t longest; // lines of the longest row before it
    size_t widest;  // columns of the widest line
    size_t lines;   // lines since the head
};

// Whether the next row's number stands on one of the lines that follow AT.
static bool number_follows(const struct progress *seen, const char *source, const struct gaz_line *lines,
                           size_t count, size_t at) {
    for (size_t i = at + 1; i < count && i - at <= ROW_LINES; i++) {
        size_t value = line_number(source, &lines[i]);
        if (value > 0 && (value == seen->number + 1 || seen->rows == 0))
            return true;
    }
    return false;
}

// Whether the line AT cannot belong to the table: it is wider than all cells, or the row would be much too
// long.
static bool is_outside(const struct progress *seen, const char *source, const struct gaz_line *lines,
                       size_t count, size_t at) {
    size_t width = seen->widest + 2;
    if (seen->rows <= 2) { // not all columns were seen
        size_t least = seen->lines < FIRST_LINES ? FIRST_COLUMNS : CELL_COLUMNS;
        width = width < least ? least : width;
    }
    size_t length = seen->rows > 1 ? seen->longest * 3 + MORE_LINES : FIRST_ROW_LINES;
    if (lines[at].width > width)
        return !number_follows(seen, source, lines, count, at);
    return seen->rows > 0 && at - seen->line > length;
}

static void take_line(struct progress *seen, const char *source, const struct gaz_line *line, size_t at) {
    size_t value = line_number(source, line);
    if (value > 0 && (value == seen->number + 1 || seen->rows == 0)) {
        size_t length = seen->rows > 0 ? at - seen->line : 0;
        seen->longest = length > seen->longest ? length : seen->longest;
        seen->number = value;
        seen->line = at;
        seen->rows++;
    }
    seen->widest = line->width > seen->widest ? line->width : seen->widest;
    seen->lines++;
}

// Goes on as long as rows are numbered, no line is wider than the cells of the rows before, and no row is
// much longer. A head that no row follows is given up soon, not followed to the end of the file.
static size_t line_run(const char *source, const struct gaz_line *lines, size_t count, size_t from) {
    bool number, rows = false;
    struct progress seen = {0};
    size_t heads = 1, end = head_lines(source, lines, count, from);
    if (end == from || column_names(source, &lines[from], &number) > 1)
        return 0;
    while (end < count && !ends_cells(source, &lines[end]) &&
           (rows || (heads <= ROWLESS_HEADS && end - from < FIRST_ROW_LINES))) {
        size_t head = head_lines(source, lines, count, end);
        if (head > end)
            seen = (struct progress){.widest = seen.widest}; // of the next page, or of the next table
        else if (!gaz_table_is_furniture(source, &lines[end]) && is_outside(&seen, source, lines, count, end))
            break;
        else if (!gaz_table_is_furniture(source, &lines[end]))
            take_line(&seen, source, &lines[end], end);
        heads += head > end;
        end = head > end ? head : end + 1;
        rows = rows || seen.rows > 0;
    }
    return rows ? end - from : 0;
}

// A run of narrow lines may end in the middle of a head whose cells are wider, or with such a head and the
// first number: it is cut before that head.
static size_t before_wider_head(const char *source, const struct gaz_line *lines, size_t count, size_t from,
                                size_t run) {
    for (size_t back = 1; back < run && back < HEAD_LINES; back++) {
        size_t at = from + run - back;
        size_t after = head_lines(source, lines, count, at);
        if (after > from + run ||
            (after + 1 >= from + run && after > at && at + line_run(source, lines, count, at) > from + run))
            return at - from;
    }
    return run;
}

size_t gaz_table_run(const char *source, const struct gaz_line *lines, size_t count, size_t from) {
    if (from >= count)
        return 0;
    size_t run = 0;
    if (lines[from].width <= NARROW)
        run = sideways_run(source, lines, count, from);
    if (run > 0 && from + run >= head_lines(source, lines, count, from) + LEAST)
        return before_wider_head(source, lines, count, from, run);
    size_t own = line_run(source, lines, count, from); // a narrow head may stand over wider cells
    if (own > 0)
        return own;
    return run > 0 ? run : cell_run(source, lines, count, from);
}
