// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the files of the units stage share.
#ifndef GAZ_INDEXER_UNITS_PARTS_H
#define GAZ_INDEXER_UNITS_PARTS_H

#include "corpus/label.h"
#include "indexer/units.h"

// The walk over one issue. Memory running out is sticky in FAILED.
struct units {
    struct gaz_issue *issue;
    const struct gaz_authority *authority;
    struct gaz_records *records;
    bool failed;
    const char *issue_id, *issue_label;
    size_t loose;                    // records so far that belong to no document
    size_t class_counts[5];          // documents without a number so far, by class
    struct gaz_strings unit_names;   // from （责任单位：…） of the whole issue
    struct units_address *addresses; // given so far: a table of hashes
    size_t address_count, address_room;
    // of the document being walked
    const struct gaz_document *document;
    size_t at;                 // index of its block that is being taken
    struct gaz_record *record; // its own
    const char *id, *address;
    struct gaz_buf own_text; // texts of what it owns itself
    struct gaz_attachment *attachments;
    size_t attachment_room;
    size_t ordinal; // units so far
    int attachment; // 0: main text
    size_t attachment_count;
    size_t table;            // tables so far in this attachment
    struct gaz_strings path; // labels in force, ranks in RANKS
    enum gaz_label_rank ranks[GAZ_LABEL_RANKS];
    struct gaz_strings headings; // run-in headings of the document's clauses
};

// A string in the arena, printf-like; NULL (and FAILED) when memory is out.
const char *units_format(struct units *units, const char *format, ...) GAZ_PRINTF(2, 3);
// TEXT's copy in the arena without white space.
const char *units_squeeze(struct units *units, struct gaz_str text);
// Appends ITEM to LIST (a list in the arena that grows by doubling its room at powers of two).
void units_push(struct units *units, struct gaz_strings *list, const char *item);

// units_address.c: how often ADDRESS (kept) was asked for in the issue, this time included; 0 when memory is
// out.
size_t units_count_address(struct units *units, const char *address);
// ADDRESS when no record of the issue has it yet, else ADDRESS with 其2, 其3 … behind it. NULL when it is
// NULL, or memory is out.
const char *units_name(struct units *units, const char *address);

// A new record at the end; NULL (and FAILED) when memory is out. Fields that its kind needs are left to the
// caller.
struct gaz_record *units_add(struct units *units, enum gaz_record_type type);
// A new unit of the document: id, document, text, page and source from BLOCK.
struct gaz_record *units_add_block(struct units *units, enum gaz_record_type type,
                                   const struct gaz_block *block);
// A record of role ROLE for what belongs to no unit.
void units_add_other(struct units *units, const struct gaz_spans *spans, const char *text, size_t page,
                     const char *role, bool of_document);

// units_clause.c: a block of running text → a clause or a paragraph.
void units_take_text(struct units *units, const struct gaz_block *block);
void units_take_paragraph(struct units *units, const struct gaz_block *block);
// The run-in heading of block I of the document, which begins with LABEL: offset and length in its text;
// false when it has none.
bool units_heading(const struct gaz_document *document, size_t i, const struct gaz_label *label, size_t *at,
                   size_t *len);
// Address of a place in the document: its address, attachment and path.
const char *units_place(struct units *units);

// units.c: a block that is no field of the document: furniture, table, caption, text.
void units_take_other_block(struct units *units, const struct gaz_block *block);

// units_table.c
void units_take_table(struct units *units, const struct gaz_block *block);

// units_calendar.c: the entries of a calendar document.
void units_take_calendar(struct units *units);

// units_cite.c: citation records for what the unit RECORD cites, behind it.
void units_cite(struct units *units, const struct gaz_record *record);

// units_document.c: the document's own record, begun before its units and ended behind them.
void units_begin_document(struct units *units);
void units_end_document(struct units *units);
// The document owns these spans itself (number, title, signature, labels of attachments …).
void units_own(struct units *units, const struct gaz_spans *spans, const char *text);
// An attachment begins (附件2): resets path and tables.
void units_begin_attachment(struct units *units, const char *label);
// Its title, after its label.
void units_title_attachment(struct units *units, const char *title);
// Whether BLOCK begins the list 附件：1.… and how many blocks from index I on belong to it (0: none); their
// attachments are noted.
size_t units_take_attachment_list(struct units *units, size_t i);

#endif
