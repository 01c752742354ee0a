// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a person who types a query means: numbers, units, dates, issues and words are recognised.
#ifndef GAZ_SEARCHER_READ_H
#define GAZ_SEARCHER_READ_H

#include "searcher/archive.h"
#include "searcher/query.h"

enum gaz_reading_kind {
    GAZ_READING_NUMBER,   // a document number
    GAZ_READING_UNIT,     // a unit and what it is meant to do
    GAZ_READING_DATE,     // a day, month or year
    GAZ_READING_ISSUE,    // an issue of the gazette
    GAZ_READING_CALENDAR, // 记事: only entries of the calendar
    GAZ_READING_WORDS     // anything else
};

// What a unit is asked about.
enum gaz_role {
    GAZ_ROLE_ANY, // what it is responsible for and what it issued
    GAZ_ROLE_LEAD,
    GAZ_ROLE_SHARE,       // responsible, but others lead
    GAZ_ROLE_RESPONSIBLE, // either
    GAZ_ROLE_ISSUER,
    GAZ_ROLE_ADDRESSEE,
    GAZ_ROLE_MENTIONED
};
// The role whose option value is NAME ("lead"), or -1.
int gaz_role_parse(const char *name);
const char *gaz_role_name(enum gaz_role role);

// A piece of the query and how it is read.
struct gaz_reading {
    enum gaz_reading_kind kind;
    const char *text; // as typed
    const char *key; // the normal form: of a number its key, of a unit its full name, of a date the ISO form;
                     // NULL for words
    enum gaz_role role;
    bool relative; // a date that is another one on another day: 去年
};

struct gaz_readings {
    struct gaz_reading *items;
    size_t count, capacity;
};

// The contract's name of a kind ("number"); static.
const char *gaz_reading_kind_name(enum gaz_reading_kind kind);

// Reads TEXT into pieces, in the order typed; strings in ARENA. A TEXT that uses the grammar of query.h
// (quotation marks, operators, fields) is words as a whole. GAZ_ERR_QUERY; GAZ_ERR_MEMORY, the statuses of
// reading the index.
enum gaz_status gaz_read_query(const struct gaz_archive *archive, const char *text, struct gaz_arena *arena,
                               struct gaz_readings *out, struct gaz_err *err);

// One piece that is known beforehand: of a mode option.
enum gaz_status gaz_read_as(enum gaz_reading_kind kind, const char *text, enum gaz_role role,
                            struct gaz_arena *arena, struct gaz_readings *out, struct gaz_err *err);

// The readings as a tree. GAZ_ERR_QUERY, GAZ_ERR_MEMORY, the statuses of reading the index.
enum gaz_status gaz_read_tree(const struct gaz_archive *archive, const struct gaz_readings *readings,
                              struct gaz_arena *arena, struct gaz_query **out, struct gaz_err *err);

// The mode of an answer to READINGS: "number", "unit", "keyword", … when all pieces are of one kind, else
// "mixed".
const char *gaz_read_mode(const struct gaz_readings *readings);

#endif
