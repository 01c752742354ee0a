// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/query.h"

#include <string.h>

#include "shim/message.h"
#include "shim/unicode.h"

static const struct {
    const char *chinese, *english;
} field_names[] = {
#define GAZ_FIELD(id, chinese, english, meaning) {chinese, english},
#include "searcher/fields.def"
};

const char *gaz_field_name(enum gaz_field field) {
    return field_names[field].english;
}

const char *gaz_field_name_zh(enum gaz_field field) {
    return field_names[field].chinese;
}

bool gaz_field_is_text(enum gaz_field field) {
    return field == GAZ_FIELD_PATTERN || field == GAZ_FIELD_REGEX;
}

// --- nodes ---

struct gaz_query *gaz_query_node(struct gaz_arena *arena, enum gaz_query_op op) {
    struct gaz_query *node = gaz_arena_alloc(arena, sizeof *node);
    if (node) {
        node->op = op;
    }
    return node;
}

struct gaz_query *gaz_query_phrase(struct gaz_arena *arena, const char *text, size_t len) {
    struct gaz_query *node = gaz_query_node(arena, GAZ_QUERY_PHRASE);
    if (!node || !(node->text = gaz_arena_strndup(arena, text, len))) {
        return NULL;
    }
    return node;
}

struct gaz_query *gaz_query_field(struct gaz_arena *arena, enum gaz_field field, const char *text,
                                  size_t len) {
    struct gaz_query *node = gaz_query_phrase(arena, text, len);
    if (node) {
        node->op = GAZ_QUERY_FIELD;
        node->field = field;
    }
    return node;
}

// Children grow by doubling: there is room while the count is no power of two.
static bool is_full(size_t count) {
    return (count & (count - 1)) == 0;
}

bool gaz_query_add(struct gaz_arena *arena, struct gaz_query *node, struct gaz_query *child) {
    size_t count = node->child_count;
    if (!child) {
        return false;
    }
    if (is_full(count)) {
        struct gaz_query **children =
            gaz_arena_alloc(arena, (count ? 2 * count : 1) * sizeof(struct gaz_query *));
        if (!children) {
            return false;
        }
        if (count > 0) {
            memcpy(children, node->children, count * sizeof(struct gaz_query *));
        }
        node->children = children;
    }
    node->children[node->child_count++] = child;
    return true;
}

// --- parser ---

struct parser {
    const char *text;
    const char *at;
    size_t depth; // of groups that are open
    size_t terms; // read so far
    struct gaz_arena *arena;
    struct gaz_err *err;
};

static size_t column_of(const struct parser *parser, const char *place) {
    size_t column = 1;
    for (const char *at = parser->text; at < place; at++) {
        column += ((unsigned char)*at & 0xC0) != 0x80;
    }
    return column;
}

static enum gaz_status fail(const struct parser *parser, const char *place, const char *message) {
    return gaz_err_set(parser->err, GAZ_ERR_QUERY, "query, column %zu: %s", column_of(parser, place),
                       message);
}

// Bytes of the white space at AT, 0 when there is none.
static size_t blank_length(const char *at) {
    uint32_t code;
    size_t length = *at ? gaz_utf8_decode(at, strnlen(at, 4), &code) : 0;
    return length > 0 && gaz_unicode_is_space(code) ? length : 0;
}

static bool is_break(const char *at) {
    return *at == '\0' || *at == '|' || blank_length(at) > 0;
}

static void skip_blanks(struct parser *parser) {
    for (size_t length; (length = blank_length(parser->at)) > 0;) {
        parser->at += length;
    }
}

// The end of the quoted text that begins at AT, behind its closing mark; NULL when it is never closed.
static const char *quoted_end(const char *at) {
    for (at++; *at; at++) {
        if (*at == '\\' && at[1]) {
            at++;
        } else if (*at == '"') {
            return at + 1;
        }
    }
    return NULL;
}

// Whether WORD stands at the cursor as a word of its own.
static bool looking_at(const struct parser *parser, const char *word) {
    size_t len = strlen(word);
    return strncmp(parser->at, word, len) == 0 && (is_break(parser->at + len) || parser->at[len] == '(');
}

// NEAR/n or BEFORE/n at the cursor: its length, or 0.
static size_t near_length(const struct parser *parser, const char *word, size_t *distance) {
    size_t len = strlen(word);
    if (strncmp(parser->at, word, len) != 0) {
        return 0;
    }
    *distance = GAZ_QUERY_DISTANCE_DEFAULT;
    if (parser->at[len] == '/' && parser->at[len + 1] >= '0' && parser->at[len + 1] <= '9') {
        *distance = 0;
        for (len++; parser->at[len] >= '0' && parser->at[len] <= '9' && *distance < GAZ_QUERY_LENGTH_MAX;
             len++) {
            *distance = *distance * 10 + (size_t)(parser->at[len] - '0');
        }
    }
    return is_break(parser->at + len) ? len : 0;
}

// A NEAR or BEFORE as it stands.
struct near {
    size_t length; // bytes
    size_t distance;
    bool ordered;
};

static bool at_near(const struct parser *parser, struct near *out) {
    out->ordered = false;
    out->length = near_length(parser, "NEAR", &out->distance);
    if (out->length == 0) {
        out->ordered = true;
        out->length = near_length(parser, "BEFORE", &out->distance);
    }
    return out->length > 0;
}

static bool at_or(const struct parser *parser) {
    return *parser->at == '|' || looking_at(parser, "OR");
}

// The bracket that closes the one at AT; NULL when there is none. *PLAIN: nothing in between (or behind,
// where there is no partner) looks like grammar.
static const char *partner(const char *at, bool *plain) {
    size_t depth = 0;
    *plain = true;
    for (; *at; at++) {
        const char *quoted = *at == '"' ? quoted_end(at) : NULL;
        *plain = *plain && !quoted && *at != '|' && blank_length(at) == 0;
        if (quoted) {
            at = quoted - 1;
        } else if (*at == '(') {
            depth++;
        } else if (*at == ')' && --depth == 0) {
            return at;
        }
    }
    return NULL;
}

// The field named at PLACE, or -1; *LENGTH is that of the name and its colon.
static int field_at(const char *place, size_t *length) {
    for (int field = 0; field < GAZ_FIELD_COUNT; field++) {
        const char *const names[] = {field_names[field].chinese, field_names[field].english};
        for (size_t i = 0; i < 2; i++) {
            size_t len = strlen(names[i]);
            if (strncmp(place, names[i], len) == 0 && place[len] == ':') {
                *length = len + 1;
                return field;
            }
        }
    }
    return -1;
}

static bool at_group(const struct parser *parser) {
    bool plain;
    size_t length;
    if (*parser->at != '(') {
        return false;
    }
    partner(parser->at, &plain);
    return !plain || field_at(parser->at + 1, &length) >= 0;
}

static bool at_end_of_group(const struct parser *parser) {
    return *parser->at == ')' && parser->depth > 0;
}

static bool at_end(const struct parser *parser) {
    return *parser->at == '\0' || at_end_of_group(parser);
}

static enum gaz_status parse_or(struct parser *parser, struct gaz_query **out);

static enum gaz_status node_or_memory(const struct parser *parser, struct gaz_query *node,
                                      const char *place) {
    if (!node) {
        return gaz_err_memory(parser->err);
    }
    node->column = column_of(parser, place);
    return GAZ_OK;
}

static enum gaz_status parse_group(struct parser *parser, struct gaz_query **out) {
    const char *open = parser->at++;
    if (++parser->depth > GAZ_QUERY_DEPTH_MAX) {
        return fail(parser, open, _("too many brackets inside each other: make the query simpler"));
    }
    enum gaz_status status = parse_or(parser, out);
    if (status != GAZ_OK) {
        return status;
    }
    if (*parser->at != ')') {
        return fail(parser, open,
                    _("this bracket is never closed: add ) or put the text in quotation marks"));
    }
    parser->at++;
    parser->depth--;
    return GAZ_OK;
}

// Appends to BUF what the quoted text from OPEN to END stands for.
static void unquote(const char *open, const char *end, struct gaz_buf *buf) {
    for (const char *at = open + 1; at < end - 1; at++) {
        if (*at == '\\' && (at[1] == '"' || at[1] == '\\')) {
            at++;
        }
        gaz_buf_addch(buf, *at);
    }
}

static enum gaz_status read_quoted(struct parser *parser, struct gaz_buf *value) {
    const char *end = quoted_end(parser->at);
    if (!end) {
        return fail(parser, parser->at,
                    _("this quotation mark is never closed: add \" at the end of the phrase"));
    }
    unquote(parser->at, end, value);
    parser->at = end;
    return GAZ_OK;
}

// A run ends at a break, or at the bracket that closes a group around it.
static void read_run(struct parser *parser, struct gaz_buf *value) {
    size_t inner = 0;
    const char *start = parser->at;
    while (!is_break(parser->at)) {
        if (*parser->at == '(') {
            inner++;
        } else if (*parser->at == ')') {
            if (inner == 0 && parser->depth > 0) {
                break;
            }
            inner -= inner > 0;
        }
        parser->at++;
    }
    gaz_buf_add(value, start, (size_t)(parser->at - start));
}

static bool is_blank_text(const char *text) {
    size_t length;
    while ((length = blank_length(text)) > 0) {
        text += length;
    }
    return *text == '\0';
}

static enum gaz_status read_value(struct parser *parser, struct gaz_buf *value) {
    if (*parser->at == '"') {
        return read_quoted(parser, value);
    }
    read_run(parser, value);
    return GAZ_OK;
}

static enum gaz_status make_leaf(struct parser *parser, int field, const struct gaz_buf *value,
                                 const char *start, struct gaz_query **out) {
    enum gaz_status status = gaz_buf_check(value, parser->err);
    if (status != GAZ_OK) {
        return status;
    }
    if (is_blank_text(value->data)) {
        return fail(parser, start,
                    field < 0 ? _("there is nothing in it: write what to look for")
                              : _("the field has no value: write it behind the colon"));
    }
    *out = field < 0 ? gaz_query_phrase(parser->arena, value->data, value->len)
                     : gaz_query_field(parser->arena, (enum gaz_field)field, value->data, value->len);
    return node_or_memory(parser, *out, start);
}

static enum gaz_status count_term(struct parser *parser) {
    if (++parser->terms <= GAZ_QUERY_TERMS_MAX) {
        return GAZ_OK;
    }
    return gaz_err_set(parser->err, GAZ_ERR_QUERY, "the query has more than %d terms: shorten it",
                       GAZ_QUERY_TERMS_MAX);
}

static enum gaz_status parse_leaf(struct parser *parser, struct gaz_query **out) {
    const char *start = parser->at;
    size_t name = 0;
    int field = field_at(start, &name);
    struct gaz_buf value = GAZ_BUF_INIT;
    parser->at += name;
    enum gaz_status status = count_term(parser);
    if (status == GAZ_OK) {
        status = read_value(parser, &value);
    }
    if (status == GAZ_OK) {
        status = make_leaf(parser, field, &value, start, out);
    }
    gaz_buf_free(&value);
    return status;
}

static enum gaz_status parse_primary(struct parser *parser, struct gaz_query **out) {
    struct near near;
    if (at_end(parser)) {
        return fail(parser, parser->at, _("something is missing here: write what to look for"));
    }
    if (at_or(parser) || looking_at(parser, "AND") || at_near(parser, &near)) {
        return fail(
            parser, parser->at,
            _("an operator stands between two terms: put it in quotation marks to look for the word"));
    }
    return at_group(parser) ? parse_group(parser, out) : parse_leaf(parser, out);
}

static size_t not_length(const struct parser *parser) {
    if (looking_at(parser, "NOT")) {
        return strlen("NOT");
    }
    return *parser->at == '-' && !is_break(parser->at + 1) ? 1 : 0;
}

static enum gaz_status parse_unary(struct parser *parser, struct gaz_query **out) {
    const char *start = parser->at;
    bool negated = false;
    enum gaz_status status = GAZ_OK;
    for (size_t length; status == GAZ_OK && (length = not_length(parser)) > 0; skip_blanks(parser)) {
        parser->at += length;
        negated = !negated;
        status = count_term(parser);
    }
    struct gaz_query *operand = NULL;
    if (status == GAZ_OK) {
        status = parse_primary(parser, &operand);
    }
    if (status != GAZ_OK || !negated) {
        *out = operand;
        return status;
    }
    *out = gaz_query_node(parser->arena, GAZ_QUERY_NOT);
    if (*out && !gaz_query_add(parser->arena, *out, operand)) {
        *out = NULL;
    }
    return node_or_memory(parser, *out, start);
}

// Whether NODE has places in a text.
static bool has_places(const struct gaz_query *node) {
    if (node->op == GAZ_QUERY_FIELD) {
        return gaz_field_is_text(node->field);
    }
    if (node->op != GAZ_QUERY_OR && node->op != GAZ_QUERY_NEAR) {
        return node->op == GAZ_QUERY_PHRASE;
    }
    for (size_t i = 0; i < node->child_count; i++) {
        if (!has_places(node->children[i])) {
            return false;
        }
    }
    return true;
}

// A new node of OP with FIRST and SECOND for its children; NULL when memory is out.
static struct gaz_query *join(const struct parser *parser, enum gaz_query_op op, struct gaz_query *first,
                              struct gaz_query *second) {
    struct gaz_query *node = gaz_query_node(parser->arena, op);
    if (!node || !first || !gaz_query_add(parser->arena, node, first) ||
        !gaz_query_add(parser->arena, node, second)) {
        return NULL;
    }
    node->column = first->column;
    return node;
}

// One NEAR and its right side, with *OUT for its left one.
static enum gaz_status parse_near_operand(struct parser *parser, const struct near *near,
                                          struct gaz_query **out) {
    const char *sign = parser->at;
    struct gaz_query *operand = NULL;
    parser->at += near->length;
    skip_blanks(parser);
    enum gaz_status status = parse_unary(parser, &operand);
    if (status != GAZ_OK) {
        return status;
    }
    if (!has_places(*out) || !has_places(operand)) {
        return fail(parser, sign, _("NEAR joins phrases: move fields and exclusions out of it"));
    }
    struct gaz_query *node = join(parser, GAZ_QUERY_NEAR, *out, operand);
    if (!node) {
        return gaz_err_memory(parser->err);
    }
    node->distance = near->distance;
    node->ordered = near->ordered;
    *out = node;
    return GAZ_OK;
}

// The operators of one chain may differ, so each makes a node of its own, from the left.
static enum gaz_status parse_near(struct parser *parser, struct gaz_query **out) {
    struct near near;
    size_t links = 0;
    enum gaz_status status = parse_unary(parser, out);
    skip_blanks(parser);
    while (status == GAZ_OK && at_near(parser, &near)) {
        status = ++links > GAZ_QUERY_DEPTH_MAX
                     ? fail(parser, parser->at, _("too many NEAR behind each other: make the query simpler"))
                     : parse_near_operand(parser, &near, out);
        skip_blanks(parser);
    }
    return status;
}

// Adds OPERAND to *NODE, which FIRST was alone: then a node of OP is made of the two.
static enum gaz_status add_operand(const struct parser *parser, enum gaz_query_op op,
                                   const struct gaz_query *first, struct gaz_query *operand,
                                   struct gaz_query **node) {
    if (*node != first) {
        return gaz_query_add(parser->arena, *node, operand) ? GAZ_OK : gaz_err_memory(parser->err);
    }
    // A group that is an AND itself is kept apart, so that the tree shows what was typed.
    struct gaz_query *joined = join(parser, op, *node, operand);
    if (!joined) {
        return gaz_err_memory(parser->err);
    }
    *node = joined;
    return GAZ_OK;
}

static bool at_stray_bracket(const struct parser *parser) {
    return *parser->at == ')' && parser->depth == 0 && is_break(parser->at + 1);
}

// Whether another operand of AND follows; steps over the word.
static bool more_operands(struct parser *parser) {
    skip_blanks(parser);
    if (looking_at(parser, "AND")) {
        parser->at += strlen("AND");
        skip_blanks(parser);
        return true;
    }
    return !at_end(parser) && !at_or(parser);
}

static enum gaz_status parse_and(struct parser *parser, struct gaz_query **out) {
    skip_blanks(parser);
    enum gaz_status status = parse_near(parser, out);
    const struct gaz_query *first = *out;
    while (status == GAZ_OK && more_operands(parser)) {
        struct gaz_query *operand = NULL;
        if (at_stray_bracket(parser)) {
            return fail(parser, parser->at, _("this bracket closes nothing: take it away"));
        }
        status = parse_near(parser, &operand);
        if (status == GAZ_OK) {
            status = add_operand(parser, GAZ_QUERY_AND, first, operand, out);
        }
    }
    return status;
}

static enum gaz_status parse_or(struct parser *parser, struct gaz_query **out) {
    enum gaz_status status = parse_and(parser, out);
    const struct gaz_query *first = *out;
    while (status == GAZ_OK && at_or(parser)) {
        struct gaz_query *operand = NULL;
        parser->at += *parser->at == '|' ? 1 : strlen("OR");
        status = parse_and(parser, &operand);
        if (status == GAZ_OK) {
            status = add_operand(parser, GAZ_QUERY_OR, first, operand, out);
        }
    }
    return status;
}

enum gaz_status gaz_query_parse(const char *text, struct gaz_arena *arena, struct gaz_query **out,
                                struct gaz_err *err) {
    struct parser parser = {.text = text, .at = text, .arena = arena, .err = err};
    if (is_blank_text(text)) {
        return gaz_err_set(err, GAZ_ERR_QUERY, "the query is empty: write what to look for");
    }
    if (strlen(text) > GAZ_QUERY_LENGTH_MAX) {
        return gaz_err_set(err, GAZ_ERR_QUERY, "the query is longer than %d bytes: shorten it",
                           GAZ_QUERY_LENGTH_MAX);
    }
    return parse_or(&parser, out);
}

// --- description ---

static const char *const op_names[] = {
    [GAZ_QUERY_ALL] = "ALL", [GAZ_QUERY_AND] = "AND",   [GAZ_QUERY_OR] = "OR",
    [GAZ_QUERY_NOT] = "NOT", [GAZ_QUERY_NEAR] = "NEAR", [GAZ_QUERY_SOME] = "SOME",
};

static void describe_operator(const struct gaz_query *query, struct gaz_buf *out) {
    gaz_buf_addstr(out, query->ordered ? "BEFORE" : op_names[query->op]);
    if (query->op == GAZ_QUERY_NEAR) {
        gaz_buf_printf(out, "/%zu", query->distance);
    }
}

void gaz_query_describe(const struct gaz_query *query, struct gaz_buf *out) {
    if (query->op == GAZ_QUERY_PHRASE) {
        gaz_buf_printf(out, "\"%s\"", query->text);
        return;
    }
    if (query->op == GAZ_QUERY_FIELD) {
        gaz_buf_printf(out, "%s:\"%s\"", gaz_field_name_zh(query->field), query->text);
        return;
    }
    describe_operator(query, out);
    if (query->op == GAZ_QUERY_ALL) {
        return;
    }
    gaz_buf_addch(out, '(');
    for (size_t i = 0; i < query->child_count; i++) {
        gaz_buf_addstr(out, i > 0 ? " " : "");
        gaz_query_describe(query->children[i], out);
    }
    gaz_buf_addch(out, ')');
}
