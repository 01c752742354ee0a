// SPDX-License-Identifier: GPL-2.0-or-later
//
// The query language: any text is a query or an error with a column, and the tree, written as a query again,
// is read as the same tree.
#include <stdlib.h>
#include <string.h>

#include "searcher/query.h"
#include "tests/support/property.h"

static void print(const struct gaz_query *query, struct gaz_buf *out);

static void print_quoted(const char *text, struct gaz_buf *out) {
    gaz_buf_addch(out, '"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            gaz_buf_addch(out, '\\');
        gaz_buf_addch(out, *text);
    }
    gaz_buf_addch(out, '"');
}

// How tightly the grammar binds the node: what binds less than its place allows is put in brackets.
static int tightness(enum gaz_query_op op) {
    return op == GAZ_QUERY_OR ? 0 : op == GAZ_QUERY_AND ? 1 : op == GAZ_QUERY_NEAR ? 2 : 3;
}

static void print_child(const struct gaz_query *child, int least, struct gaz_buf *out) {
    bool brackets = tightness(child->op) < least || child->op == GAZ_QUERY_NOT;
    gaz_buf_addstr(out, brackets ? "(" : "");
    print(child, out);
    gaz_buf_addstr(out, brackets ? ")" : "");
}

static void print_operator(const struct gaz_query *query, struct gaz_buf *out) {
    if (query->op == GAZ_QUERY_NEAR)
        gaz_buf_printf(out, " %s/%zu ", query->ordered ? "BEFORE" : "NEAR", query->distance);
    else
        gaz_buf_addstr(out, query->op == GAZ_QUERY_OR ? " | " : " ");
}

// Of a chain of NEAR only the left side may be another without brackets.
static void print_children(const struct gaz_query *query, struct gaz_buf *out) {
    int own = tightness(query->op);
    for (size_t i = 0; i < query->child_count; i++) {
        if (i > 0)
            print_operator(query, out);
        print_child(query->children[i], query->op == GAZ_QUERY_NEAR && i == 0 ? own : own + 1, out);
    }
}

static void print(const struct gaz_query *query, struct gaz_buf *out) {
    if (query->op == GAZ_QUERY_FIELD)
        gaz_buf_printf(out, "%s:", gaz_field_name(query->field));
    if (query->op == GAZ_QUERY_FIELD || query->op == GAZ_QUERY_PHRASE) {
        print_quoted(query->text, out);
        return;
    }
    if (query->op == GAZ_QUERY_NOT)
        gaz_buf_addstr(out, "NOT ");
    print_children(query, out);
}

static void check_column(const struct gaz_query *query, size_t columns) {
    require(query->column >= 1 && query->column <= columns, "a node stands in what was typed");
    for (size_t i = 0; i < query->child_count; i++)
        check_column(query->children[i], columns);
}

static void check_same(const struct gaz_query *query, struct gaz_arena *arena) {
    struct gaz_buf printed = GAZ_BUF_INIT, one = GAZ_BUF_INIT, other = GAZ_BUF_INIT;
    struct gaz_query *again = NULL;
    print(query, &printed);
    if (printed.len <= GAZ_QUERY_LENGTH_MAX) {
        require(gaz_query_parse(printed.data, arena, &again, NULL) == GAZ_OK, "a printed tree is a query");
        gaz_query_describe(query, &one);
        gaz_query_describe(again, &other);
        require(strcmp(one.data, other.data) == 0, "a printed tree is read as the same tree");
    }
    gaz_buf_free(&printed);
    gaz_buf_free(&one);
    gaz_buf_free(&other);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct input input = {(const char *)data, size};
    char *typed = input_text(&input);
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_query *query = NULL;
    struct gaz_err err = {0};
    require(arena != NULL, "there is memory");
    enum gaz_status status = gaz_query_parse(typed, arena, &query, &err);
    require(status == GAZ_OK || (status == GAZ_ERR_QUERY && err.message[0]),
            "a text is a query or a described error");
    if (status == GAZ_OK) {
        check_column(query, strlen(typed) + 1);
        check_same(query, arena);
    }
    gaz_arena_free(arena);
    free(typed);
    return 0;
}
