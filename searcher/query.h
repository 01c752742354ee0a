// SPDX-License-Identifier: GPL-2.0-or-later
//
// The query language: text → tree.
//
//   query   := and { ("OR" | "|") and }
//   and     := near { ["AND"] near }                    a blank is AND
//   near    := unary { ("NEAR/n" | "BEFORE/n") unary }  at most n characters between them, BEFORE: in this
//   order unary   := ("-" | "NOT") unary | primary primary := "(" query ")" | FIELD ":" value | value value
//   := "…" (with \" and \\) | characters up to a blank
//
// What is not meant as grammar is text: a bracket opens a group only where it could be one, so that (一)加强
// is text; only ASCII signs are grammar, so that every sign of a gazette can be searched for.
#ifndef GAZ_SEARCHER_QUERY_H
#define GAZ_SEARCHER_QUERY_H

#include <stdbool.h>
#include <stddef.h>

#include "shim/mem.h"
#include "shim/status.h"

#define GAZ_FIELD(id, chinese, english, meaning) GAZ_FIELD_##id,
enum gaz_field {
#include "searcher/fields.def"
    GAZ_FIELD_COUNT
};

// The English name of FIELD; static.
const char *gaz_field_name(enum gaz_field field);
// The Chinese one.
const char *gaz_field_name_zh(enum gaz_field field);

// Whether FIELD is another way to say what the text must be, not where or of what it is.
bool gaz_field_is_text(enum gaz_field field);

enum gaz_query_op {
    GAZ_QUERY_ALL,    // everything
    GAZ_QUERY_PHRASE, // text
    GAZ_QUERY_FIELD,  // field and text
    GAZ_QUERY_AND,    // children
    GAZ_QUERY_OR,     // children
    GAZ_QUERY_NOT,    // one child
    GAZ_QUERY_NEAR,   // children: phrases, or OR or NEAR of such
    GAZ_QUERY_REGEX,  // only in matchers: a regular expression
    GAZ_QUERY_SOME    // children: words, of which a record needs a good part (a relaxed search)
};

// A node of a tree that lives in an arena.
struct gaz_query {
    enum gaz_query_op op;
    enum gaz_field field;
    const char *text; // as typed, NUL-terminated
    size_t column;    // characters from 1 in what was typed
    size_t distance;  // NEAR: characters allowed between neighbours
    bool ordered;     // NEAR: in the order of the children
    struct gaz_query **children;
    size_t child_count;
};

// Limits of a query: bytes; terms, with each NOT; brackets inside each other, and NEAR behind each other.
enum { GAZ_QUERY_LENGTH_MAX = 65536, GAZ_QUERY_TERMS_MAX = 256, GAZ_QUERY_DEPTH_MAX = 64 };
enum { GAZ_QUERY_DISTANCE_DEFAULT = 10 };

// Reads TEXT (NUL-terminated). GAZ_ERR_QUERY names the column; GAZ_ERR_MEMORY.
enum gaz_status gaz_query_parse(const char *text, struct gaz_arena *arena, struct gaz_query **out,
                                struct gaz_err *err);

// Nodes made by hand. NULL when memory is out.
struct gaz_query *gaz_query_phrase(struct gaz_arena *arena, const char *text, size_t len);
struct gaz_query *gaz_query_field(struct gaz_arena *arena, enum gaz_field field, const char *text,
                                  size_t len);
struct gaz_query *gaz_query_node(struct gaz_arena *arena, enum gaz_query_op op);
// Appends CHILD (false when it is NULL or memory is out).
bool gaz_query_add(struct gaz_arena *arena, struct gaz_query *node, struct gaz_query *child);

// Appends the tree in one normal form, AND(短语 …), for --explain and tests.
void gaz_query_describe(const struct gaz_query *query, struct gaz_buf *out);

#endif
