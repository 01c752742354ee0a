// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a gazette issue is while it is being read: source → pages and lines → blocks → documents → records.
// Everything lives in the issue's arena; the source is never changed, and all that is found in it is a span
// of its decoded bytes.
#ifndef GAZ_CORPUS_MODEL_H
#define GAZ_CORPUS_MODEL_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/text.h"
#include "shim/mem.h"
#include "shim/status.h"

// A piece of the decoded source: byte offset and byte length.
struct gaz_span {
    size_t offset, length;
};

// Spans in reading order. Grown in the arena (see gaz_spans_add).
struct gaz_spans {
    struct gaz_span *items;
    size_t count, capacity;
};

// A file as it was read. Of a file that is no text (a PDF) the data is the text that the reader wrote of it
// in the order of reading, pages ended by form feeds: spans are in that, and `gazette-index --text` prints
// it.
struct gaz_source {
    const char *path;     // as given
    const char *stem;     // file name without folder and extension
    const char *data;     // decoded UTF-8, NUL-terminated
    size_t len;           // bytes of data
    const char *encoding; // as detected, static
    size_t raw_bytes;     // size of the file
    char sha256[65];      // of the raw bytes, lower-case hex
};

// What a reader that has seen the page knows of a line; where it has seen only text, nothing.
enum gaz_line_sort {
    GAZ_LINE_ANY,
    GAZ_LINE_FIRST, // begins a paragraph
    GAZ_LINE_INNER, // goes on in the paragraph of the line before
    GAZ_LINE_ROW    // a row of a table, its cells parted by tabs
};

// A printed line that is not blank.
struct gaz_line {
    struct gaz_span span; // without the white space around it
    size_t number;        // from 1, blank lines counted
    size_t page;          // from 1
    size_t indent;        // columns of white space before it
    size_t width;         // columns of the text, letter-spacing taken out
    size_t blank_before;  // blank lines directly before it
    bool page_start;      // first line of its page
    bool spaced;          // letter-spaced (5 . 实 施 中 小)
    enum gaz_line_sort sort;
};

struct gaz_lines {
    struct gaz_line *items;
    size_t count, capacity;
};

// What a block is, as far as layout and split can tell.
enum gaz_block_kind {
    GAZ_BLOCK_TEXT,    // a paragraph or a numbered clause
    GAZ_BLOCK_HEADING, // a short line without end mark and without number
    GAZ_BLOCK_REGISTRATION,
    GAZ_BLOCK_NUMBER,
    GAZ_BLOCK_ISSUER,
    GAZ_BLOCK_TITLE,
    GAZ_BLOCK_ADDRESSEE,
    GAZ_BLOCK_SIGNATURE,
    GAZ_BLOCK_DATE,
    GAZ_BLOCK_PLAN_TITLE,
    GAZ_BLOCK_ATTACHMENT_LABEL,
    GAZ_BLOCK_ATTACHMENT_TITLE,
    GAZ_BLOCK_SECTION_HEAD,
    GAZ_BLOCK_RUNNING_HEAD,
    GAZ_BLOCK_FOLIO,
    GAZ_BLOCK_CONTENTS,
    GAZ_BLOCK_CAPTION,
    GAZ_BLOCK_CALENDAR_TITLE, // 10月份市政府记事
    GAZ_BLOCK_DAY,            // a day line of the calendar (7日)
    GAZ_BLOCK_ENTRY,          // a △ entry of the calendar
    GAZ_BLOCK_TABLE,          // fragments of a table, in the order of the file
    GAZ_BLOCK_UNKNOWN
};

// Whether KIND is furniture of the page: a running head or a folio.
static inline bool gaz_block_is_furniture(enum gaz_block_kind kind) {
    return kind == GAZ_BLOCK_RUNNING_HEAD || kind == GAZ_BLOCK_FOLIO;
}

// A block: consecutive lines (or lines joined over something that stood between them) which make one
// paragraph, heading …
struct gaz_block {
    enum gaz_block_kind kind;
    struct gaz_spans spans; // what it owns, in reading order: one span a line
    const char *text;       // unwrapped, as printed; NUL-terminated; NULL for a table
    size_t text_len;
    size_t page;                   // of its first span
    size_t last_page;              // of its last span
    size_t line;                   // number of its first line
    const struct gaz_line **lines; // only for a table: its lines in order
    size_t line_count;
};

struct gaz_blocks {
    struct gaz_block **items;
    size_t count, capacity;
};

// Documents, as split finds them: each a run of blocks. Field texts are unwrapped, in the arena; NULL when
// the document has none.
struct gaz_document {
    const char *class_name;    // document brief calendar feature front_matter; static
    const char *section;       // 文件发布
    struct gaz_block **blocks; // its run in the issue's blocks
    size_t block_count;
    const char *registration, *issuer, *title, *plan_title, *addressee, *signature;
    const char *kind;   // 文种; static
    const char *date;   // ISO
    const char *number; // number line(s) as printed
};

struct gaz_documents {
    struct gaz_document *items;
    size_t count, capacity;
};

// What is known of the issue as a whole; NULL or 0 when it is not.
struct gaz_masthead {
    const char *gazette; // 温州市人民政府公报
    int year;
    const char *number; // 第10期
    const char *serial; // 总第254期
};

// An issue being read: what each stage takes and fills in, in the order reader, layout, split, units.
struct gaz_issue {
    struct gaz_arena *arena;
    struct gaz_source source;     // reader
    struct gaz_lines lines;       // reader
    size_t page_count;            // reader
    const char **page_labels;     // reader: by page, as the file has them; NULL when it has none
    bool whole;                   // reader: each line is a whole paragraph: the file says so
    size_t labelled_pages;        // last page that may be looked up there
    struct gaz_blocks blocks;     // layout: in reading order
    struct gaz_masthead masthead; // masthead
    int year; // split: of briefs and the calendar; the masthead's, or that of the latest signing date
    struct gaz_documents documents; // split: in reading order; their runs cover the blocks
    gaz_diag_sink *diag;            // where odd input is reported; may be NULL
    void *diag_context;
};

// Appends SPAN to SPANS, growing in ARENA; a span that continues the last one directly is merged into it.
// False when memory is out.
bool gaz_spans_add(struct gaz_spans *spans, struct gaz_arena *arena, struct gaz_span span);

// The next running head among the lines of BLOCK from the line *AT on, which moves behind it: a table printed
// over pages has them (温州市人民政府公报（总第254期） 文件发布), other blocks have no lines. Empty when
// there is none left.
struct gaz_str gaz_block_running_head(const struct gaz_issue *issue, const struct gaz_block *block,
                                      size_t *at);

// The text of SPANS as printed but unwrapped. White space at the ends of each span goes, and the single
// blanks of a letter-spaced span (single characters, single blanks, over almost all of it); other white space
// inside a span stays. Between two spans comes a blank only where a line end parted two Latin words: not next
// to a digit, and not between spans of one to three characters, the pieces of a sideways table.
// NUL-terminated, in ARENA; *LEN (may be NULL) in bytes. NULL when memory is out.
const char *gaz_spans_text(const struct gaz_spans *spans, const char *source, struct gaz_arena *arena,
                           size_t *len);

// Where a walk over spans and their text has come to; zero at the start.
struct gaz_spans_place {
    size_t text;       // bytes of the text behind it
    size_t span, byte; // it stands at this byte of this span
};

// The source spans of bytes FROM to TO of TEXT, which is gaz_spans_text of SPANS; only characters that are no
// white space count. PLACE (may be NULL) makes a series of slices in ascending order linear: it is where the
// last slice of the same spans ended. False when memory is out.
bool gaz_spans_slice(const struct gaz_spans *spans, const char *source, const char *text, size_t from,
                     size_t to, struct gaz_spans_place *place, struct gaz_arena *arena,
                     struct gaz_spans *out);

#endif
