// SPDX-License-Identifier: GPL-2.0-or-later
//
// HTML: the tree that libxml2 makes of it, whatever is wrong with it, as a flow.
#include <libxml/HTMLparser.h>
#include <limits.h>
#include <string.h>

#include "shim/markup_parts.h"

enum { COLUMNS_MAX = 64, ROWS_MAX = 1000 };

// Where the walk is.
struct place {
    const xmlNode *table;      // the table whose rows are told; NULL outside of one
    size_t column;             // of the cell to come
    size_t spans[COLUMNS_MAX]; // rows for which a cell of an earlier one still goes on
};

static bool is_one(const xmlNode *node, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (markup_is(node, names[i]))
            return true;
    return false;
}

// What no reader of the page sees as its text.
static bool is_left_out(const xmlNode *node) {
    static const char *const names[] = {"head",   "script", "style",   "template", "noscript",
                                        "nav",    "select", "button",  "svg",      "math",
                                        "iframe", "object", "textarea"};
    return is_one(node, names, sizeof names / sizeof *names);
}

static bool is_block(const xmlNode *node) {
    static const char *const names[] = {
        "p",      "div",     "h1",         "h2",      "h3",     "h4",   "h5",       "h6",      "li",
        "dt",     "dd",      "ul",         "ol",      "dl",     "br",   "hr",       "section", "article",
        "header", "footer",  "blockquote", "address", "center", "pre",  "tr",       "td",      "th",
        "table",  "caption", "figcaption", "main",    "body",   "form", "fieldset", "legend"};
    return is_one(node, names, sizeof names / sizeof *names);
}

static bool is_cell(const xmlNode *node) {
    return markup_is(node, "td") || markup_is(node, "th");
}

static const xmlNode *next_in(const xmlNode *tree, const xmlNode *node) {
    if (node->children && node->type == XML_ELEMENT_NODE)
        return node->children;
    while (node != tree && !node->next)
        node = node->parent;
    return node == tree ? NULL : node->next;
}

// Whether TABLE holds data: rows of several cells, and no table in it.
static bool is_data(const xmlNode *table) {
    size_t rows = 0, cells = 0;
    for (const xmlNode *node = table; (node = next_in(table, node));) {
        if (markup_is(node, "table"))
            return false;
        cells = markup_is(node, "tr") ? 0 : cells + is_cell(node);
        rows += is_cell(node) && cells == 2;
    }
    return rows >= 2;
}

// Cells of earlier rows that still go on at the column to come.
static void pass_spans(struct markup_walk *walk, struct place *place) {
    while (place->column < COLUMNS_MAX && place->spans[place->column] > 0) {
        place->spans[place->column++]--;
        markup_tell(walk, GAZ_MARKUP_CELL);
    }
}

static void end_cell(struct markup_walk *walk, struct place *place, const xmlNode *cell) {
    size_t columns = markup_count(cell, "colspan", COLUMNS_MAX),
           rows = markup_count(cell, "rowspan", ROWS_MAX);
    for (size_t i = 0; i < columns && place->column < COLUMNS_MAX; i++) {
        place->spans[place->column++] = rows - 1;
        markup_tell(walk, GAZ_MARKUP_CELL);
    }
}

static bool enter(struct markup_walk *walk, const xmlNode *node) {
    struct place *place = walk->own;
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
        markup_tell_text(walk, node->content);
    if (node->type != XML_ELEMENT_NODE || is_left_out(node))
        return false;
    if (markup_is(node, "table") && is_data(node)) {
        *place = (struct place){.table = node};
        markup_tell(walk, GAZ_MARKUP_LINE);
    } else if (place->table && markup_is(node, "tr")) {
        place->column = 0;
    } else if (place->table && is_cell(node)) {
        pass_spans(walk, place);
    } else if (is_block(node)) {
        markup_tell_line(walk, place->table != NULL);
    }
    return true;
}

static void leave(struct markup_walk *walk, const xmlNode *node) {
    struct place *place = walk->own;
    if (node->type != XML_ELEMENT_NODE || is_left_out(node))
        return;
    if (place->table == node) {
        place->table = NULL;
        markup_tell(walk, GAZ_MARKUP_LINE);
    } else if (place->table && markup_is(node, "tr")) {
        pass_spans(walk, place);
        markup_tell(walk, GAZ_MARKUP_ROW);
    } else if (place->table && is_cell(node)) {
        end_cell(walk, place, node);
    } else if (is_block(node)) {
        markup_tell_line(walk, place->table != NULL);
    }
}

enum gaz_status gaz_markup_read_html(const char *text, size_t len, gaz_markup_sink *sink, void *context,
                                     struct gaz_err *err) {
    struct place place = {0};
    struct markup_walk walk = {.sink = sink, .context = context, .err = err, .own = &place};
    const int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                        HTML_PARSE_COMPACT | HTML_PARSE_IGNORE_ENC;
    if (len == 0)
        return GAZ_OK;
    if (len > INT_MAX)
        return gaz_err_set(err, GAZ_ERR_LIMIT, "it is larger than 2 GiB: split it into issues");
    htmlDocPtr document = htmlReadMemory(text, (int)len, NULL, "UTF-8", options);
    if (!document)
        return gaz_err_set(err, GAZ_ERR_ENCODING, "it cannot be read as HTML: save it again");
    const xmlNode *root = xmlDocGetRootElement(document);
    if (root)
        markup_each(&walk, root, enter, leave);
    xmlFreeDoc(document);
    return walk.status;
}
