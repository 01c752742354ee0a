// SPDX-License-Identifier: GPL-2.0-or-later
//
// Records: what an issue is cut into, what the index stores and what a hit carries. Format version 1 (see the
// record contract in CONTRIBUTING.md). This module owns their JSON and their stored form.
#ifndef GAZ_CORPUS_RECORD_H
#define GAZ_CORPUS_RECORD_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "corpus/authority.h"
#include "corpus/docnum.h"
#include "corpus/model.h"
#include "shim/mem.h"

enum { GAZ_RECORD_FORMAT_VERSION = 1 };

enum gaz_record_type {
    GAZ_RECORD_ISSUE,
    GAZ_RECORD_DOCUMENT,
    GAZ_RECORD_CLAUSE,
    GAZ_RECORD_PARAGRAPH,
    GAZ_RECORD_ROW,
    GAZ_RECORD_ENTRY,
    GAZ_RECORD_CAPTION,
    GAZ_RECORD_OTHER,
    GAZ_RECORD_CITATION
};

// Index schema names, from schema.def: GAZ_TERM_TEXT is "X", GAZ_SLOT_DATE is 0 …
#define GAZ_TERM(name, prefix, meaning) extern const char GAZ_TERM_##name[];
#define GAZ_SLOT(name, number, meaning) enum { GAZ_SLOT_##name = (number) };
#include "corpus/schema.def"

struct gaz_strings {
    const char **items;
    size_t count;
};

struct gaz_issue_fields {
    const char *gazette; // NULL when unknown, here and below
    int year;            // 0 when unknown
    const char *number;  // 第10期
    const char *serial;  // 总第254期
    const char *encoding;
    size_t bytes; // of the file
    const char *sha256;
};

struct gaz_attachment {
    const char *n; // as printed (1), NULL when it has none
    const char *title;
};

struct gaz_document_fields {
    const char *class_name; // document brief calendar feature front_matter
    const char *kind;       // 文种
    const char *section;
    const struct gaz_docnum
        *numbers; // number_count of them; the first is "number", all are "numbers" when there are several
    size_t number_count;
    const char *registration, *issuer, *title, *plan_title, *addressee, *signature;
    const char *date; // ISO
    size_t first_page, last_page;
    const struct gaz_attachment *attachments;
    size_t attachment_count;
};

struct gaz_clause_fields {
    int attachment; // 0: the main text (null)
    struct gaz_strings path;
    const char *label; // as printed; NULL in a paragraph
    const char *heading;
    bool has_responsible;
    struct gaz_unit_list responsible;
};

struct gaz_row_cell {
    const char *column, *text;
    bool carried;
};

struct gaz_row_fields {
    int attachment;
    size_t table, row; // from 1
    struct gaz_strings columns;
    const struct gaz_row_cell *cells;
    size_t cell_count;
    struct gaz_unit_list responsible;
    double confidence;
};

struct gaz_person {
    const char *name, *role; // role NULL when none stands before the name
};

struct gaz_entry_fields {
    const char *date; // ISO
    const struct gaz_person *people;
    size_t people_count;
};

struct gaz_citation_fields {
    const char *from;                // id of the unit it stands in
    const struct gaz_docnum *number; // kind "number"; else NULL
    const char *title;               // kind "title"; else NULL
    const char *relation;            // cites issues forwards implements amends repeals
};

// One record. Strings are UTF-8 in the issue's arena.
struct gaz_record {
    enum gaz_record_type type;
    const char *id, *address;
    const char *document; // NULL for an issue, a document, and what belongs to none
    const char *text;     // "" when it has none
    size_t page;
    const char *page_label; // printed folio or NULL
    struct gaz_spans source;
    union {
        struct gaz_issue_fields issue;
        struct gaz_document_fields document;
        struct gaz_clause_fields clause; // clause and paragraph
        struct gaz_row_fields row;
        struct gaz_entry_fields entry;
        const char *photographer; // caption
        const char *role;         // other
        struct gaz_citation_fields citation;
    } as;
};

struct gaz_records {
    struct gaz_record **items;
    size_t count, capacity;
};

// The contract's name of TYPE ("clause"); a static string.
const char *gaz_record_type_name(enum gaz_record_type type);
// The type whose name is NAME, or -1.
int gaz_record_type_parse(const char *name);

// The record as a JSON object, keys in the order of the contract. NULL when memory is out.
json_t *gaz_record_to_json(const struct gaz_record *record);
// The record in ARENA that OBJECT is the JSON of: gaz_record_to_json of it equals OBJECT, keys of others
// aside. GAZ_ERR_CORRUPT names the first key that is missing or wrong; GAZ_ERR_MEMORY.
enum gaz_status gaz_record_from_json(const json_t *object, struct gaz_arena *arena, struct gaz_record **out,
                                     struct gaz_err *err);
// Appends JSON to OUT as the programs print it: one line without its end, compact, UTF-8. GAZ_ERR_MEMORY,
// GAZ_ERR_LIMIT.
enum gaz_status gaz_record_print_json(const json_t *json, struct gaz_buf *out, struct gaz_err *err);

// What a record is known by, so that words in it weigh more than those in the text: the title of a document,
// the heading of a clause, else "".
const char *gaz_record_heading(const struct gaz_record *record);

// The stored form: version and packed JSON, without the text, which is stored elsewhere.
enum gaz_status gaz_record_encode(const struct gaz_record *record, struct gaz_buf *out, struct gaz_err *err);
// The whole record as JSON, equal to gaz_record_to_json of what was encoded, when TEXT is its text.
// GAZ_ERR_CORRUPT, GAZ_ERR_VERSION, GAZ_ERR_MEMORY.
enum gaz_status gaz_record_decode(const char *data, size_t len, const char *text, size_t text_len,
                                  json_t **out, struct gaz_err *err);

#endif
