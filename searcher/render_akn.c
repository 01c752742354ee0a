// SPDX-License-Identifier: GPL-2.0-or-later
//
// A document as Akoma Ntoso 3.0 (OASIS LegalDocML), for --show. The tree of clauses is written by `begin`,
// which sees all of them; `hit` and `end` have nothing left to say.
#include <string.h>

#include "searcher/render.h"
#include "searcher/xml.h"

enum { DEPTH_MAX = 32 }; // of clauses; deeper ones are children of the last

struct writer {
    const struct gaz_answer *answer;
    struct gaz_buf *out;
    struct gaz_err *err;
    json_t *open[DEPTH_MAX]; // clauses whose element is open, the outermost first; owned
    size_t depth;
    bool in_attachment; // its element is open
    json_int_t attachment;
};

static const char *text_of(const json_t *record, const char *key) {
    const char *text = json_string_value(json_object_get(record, key));
    return text ? text : "";
}

static bool is_type(const json_t *record, enum gaz_record_type type) {
    return strcmp(text_of(record, "type"), gaz_record_type_name(type)) == 0;
}

// --- XML ---

static void put_attribute(struct writer *writer, const char *before, const char *value, const char *behind) {
    gaz_buf_addstr(writer->out, before);
    gaz_xml_put(writer->out, value);
    gaz_buf_addstr(writer->out, behind);
}

// --- head ---

static void put_uri(struct writer *writer, const json_t *document, const char *tail) {
    const char *date = text_of(document, "date"), *key = text_of(json_object_get(document, "number"), "key");
    gaz_buf_printf(writer->out, "/akn/cn/doc/%s/", *date ? date : "undated");
    gaz_xml_put(writer->out, *key ? key : text_of(document, "id"));
    gaz_buf_addstr(writer->out, tail);
}

// One of the three levels of FRBR; TAIL tells their addresses apart.
static void put_level(struct writer *writer, const json_t *document, const char *level, const char *tail) {
    const char *date = text_of(document, "date");
    gaz_buf_printf(writer->out, "<%s><FRBRthis value=\"", level);
    put_uri(writer, document, tail);
    gaz_buf_addstr(writer->out, "/!main\"/><FRBRuri value=\"");
    put_uri(writer, document, tail);
    gaz_buf_printf(writer->out,
                   "\"/><FRBRdate date=\"%s\" name=\"signature\"/><FRBRauthor href=\"#issuer\"/>",
                   *date ? date : "0001-01-01");
    if (*tail == '\0') {
        gaz_buf_addstr(writer->out, "<FRBRcountry value=\"cn\"/>");
        put_attribute(writer, "<FRBRnumber value=\"", text_of(json_object_get(document, "number"), "text"),
                      "\"/>");
    } else if (strcmp(tail, "/zho@") == 0) {
        gaz_buf_addstr(writer->out, "<FRBRlanguage language=\"zho\"/>");
    } else {
        gaz_buf_addstr(writer->out, "<FRBRformat value=\"application/xml\"/>");
    }
    gaz_buf_printf(writer->out, "</%s>", level);
}

static void put_head(struct writer *writer, const json_t *document) {
    const char *kind = text_of(document, "kind"), *issuer = text_of(document, "issuer");
    gaz_buf_addstr(writer->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<akomaNtoso "
                                "xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\">\n");
    put_attribute(writer, "<doc name=\"", *kind ? kind : text_of(document, "class"),
                  "\">\n<meta><identification ");
    gaz_buf_addstr(writer->out, "source=\"#gazette\">\n");
    put_level(writer, document, "FRBRWork", "");
    put_level(writer, document, "FRBRExpression", "/zho@");
    put_level(writer, document, "FRBRManifestation", "/zho@.xml");
    gaz_buf_addstr(writer->out, "\n</identification><references source=\"#gazette\">");
    put_attribute(writer, "<TLCOrganization eId=\"issuer\" href=\"/ontology/organization/", issuer,
                  "\" showAs=\"");
    put_attribute(writer, "", issuer, "\"/>");
    gaz_buf_addstr(writer->out, "<TLCOrganization eId=\"gazette\" href=\"/ontology/organization/gazette\" "
                                "showAs=\"gazette\"/></references></meta>\n<preface><p>");
    gaz_xml_put_element(writer->out, "docNumber", text_of(json_object_get(document, "number"), "text"));
    gaz_xml_put_element(writer->out, "docProponent", issuer);
    gaz_xml_put_element(writer->out, "docTitle", text_of(document, "title"));
    gaz_buf_addstr(writer->out, "</p></preface>\n<mainBody>\n");
}

// --- tree ---

static const json_t *path_of(const json_t *unit) {
    return json_object_get(unit, "path");
}

// Whether UNIT stands under CLAUSE, or is a paragraph of it.
static bool is_under(const json_t *unit, const json_t *clause) {
    size_t count = json_array_size(path_of(clause)), length = json_array_size(path_of(unit));
    size_t least = is_type(unit, GAZ_RECORD_CLAUSE) ? count + 1 : count;
    if (length < least ||
        !json_equal(json_object_get(unit, "attachment"), json_object_get(clause, "attachment"))) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!json_equal(json_array_get(path_of(unit), i), json_array_get(path_of(clause), i))) {
            return false;
        }
    }
    return true;
}

static void close_last(struct writer *writer) {
    json_decref(writer->open[--writer->depth]);
    gaz_buf_addstr(writer->out, "</hcontainer>\n");
}

static void leave_clauses(struct writer *writer, const json_t *unit) {
    while (writer->depth > 0 && !(unit && is_under(unit, writer->open[writer->depth - 1]))) {
        close_last(writer);
    }
}

// Opens the element of the attachment that UNIT (NULL: the end) belongs to, and closes that of another.
static void enter_attachment(struct writer *writer, const json_t *unit) {
    json_int_t wanted = json_integer_value(json_object_get(unit, "attachment"));
    if (wanted == writer->attachment) {
        return;
    }
    if (writer->in_attachment) {
        gaz_buf_addstr(writer->out, "</hcontainer>\n");
    }
    writer->attachment = wanted;
    writer->in_attachment = wanted > 0;
    if (writer->in_attachment) {
        gaz_buf_printf(writer->out, "<hcontainer name=\"attachment\" eId=\"att_%lld\"><num>附件%lld</num>\n",
                       (long long)wanted, (long long)wanted);
    }
}

// --- units ---

// The number of the unit within its document makes its eId.
static void put_start(struct writer *writer, const json_t *unit) {
    const char *slash = strrchr(text_of(unit, "id"), '/');
    put_attribute(writer, "<hcontainer name=\"", text_of(unit, "type"), "\" eId=\"unit_");
    put_attribute(writer, "", slash ? slash + 1 : text_of(unit, "id"), "\">");
}

// What of a clause's text follows its label and heading (and the stop behind that), as far as these stand at
// its beginning.
static const char *rest_of(const json_t *clause) {
    const char *text = text_of(clause, "text");
    const char *const parts[] = {text_of(clause, "label"), text_of(clause, "heading"), "。"};
    const size_t count = *parts[1] ? 3 : 1;
    for (size_t i = 0; i < count; i++) {
        size_t len = strlen(parts[i]);
        if (strncmp(text, parts[i], len) == 0) {
            text += len;
        }
    }
    return text;
}

static void put_content(struct writer *writer, const char *element, const char *text) {
    gaz_buf_printf(writer->out, "<%s><p>", element);
    gaz_xml_put(writer->out, text);
    gaz_buf_printf(writer->out, "</p></%s>", element);
}

// A clause stays open for what stands under it.
static void put_clause(struct writer *writer, json_t *clause, const json_t *next) {
    const char *rest = rest_of(clause);
    put_start(writer, clause);
    gaz_xml_put_element(writer->out, "num", text_of(clause, "label"));
    gaz_xml_put_element(writer->out, "heading", text_of(clause, "heading"));
    bool has_children = next && is_under(next, clause) && writer->depth < DEPTH_MAX;
    if (!has_children) {
        put_content(writer, "content", rest);
        gaz_buf_addstr(writer->out, "</hcontainer>\n");
        return;
    }
    if (*rest) {
        put_content(writer, "intro", rest);
    }
    gaz_buf_addch(writer->out, '\n');
    writer->open[writer->depth++] = json_incref(clause);
}

static void put_row(struct writer *writer, const json_t *row) {
    const char *column;
    json_t *cell;
    put_start(writer, row);
    gaz_buf_addstr(writer->out, "<content><table><tr>");
    json_object_foreach(json_object_get(row, "cells"), column, cell) {
        gaz_buf_addstr(writer->out, "<td><p>");
        gaz_xml_put(writer->out, json_string_value(cell));
        gaz_buf_addstr(writer->out, "</p></td>");
    }
    gaz_buf_addstr(writer->out, "</tr></table></content></hcontainer>\n");
}

static void put_unit(struct writer *writer, json_t *unit, const json_t *next) {
    leave_clauses(writer, unit);
    enter_attachment(writer, unit);
    if (is_type(unit, GAZ_RECORD_CLAUSE)) {
        put_clause(writer, unit, next);
    } else if (is_type(unit, GAZ_RECORD_ROW)) {
        put_row(writer, unit);
    } else if (!is_type(unit, GAZ_RECORD_OTHER)) { // running heads are the gazette's, not the document's
        put_start(writer, unit);
        put_content(writer, "content", text_of(unit, "text"));
        gaz_buf_addstr(writer->out, "</hcontainer>\n");
    }
}

static enum gaz_status read_unit(const struct writer *writer, size_t at, json_t **out) {
    const struct gaz_found *found = &writer->answer->found;
    *out = NULL;
    return at < found->match_count
               ? gaz_archive_record(writer->answer->archive, found->matches[at].docid, out, writer->err)
               : GAZ_OK;
}

// Each unit is written when the next is known: it may stand under it.
static enum gaz_status put_units(struct writer *writer) {
    json_t *unit = NULL, *next = NULL;
    enum gaz_status status = read_unit(writer, 1, &unit);
    for (size_t at = 2; status == GAZ_OK && unit; at++) {
        status = read_unit(writer, at, &next);
        if (status == GAZ_OK) {
            put_unit(writer, unit, next);
        }
        json_decref(unit);
        unit = next;
        next = NULL;
    }
    json_decref(status == GAZ_OK ? unit : NULL);
    leave_clauses(writer, NULL);
    enter_attachment(writer, NULL);
    return status;
}

static enum gaz_status akn_begin(const struct gaz_answer *answer, const struct gaz_render_options *options,
                                 struct gaz_buf *out, struct gaz_err *err) {
    struct writer writer = {.answer = answer, .out = out, .err = err};
    json_t *document = NULL;
    (void)options;
    enum gaz_status status =
        answer->request.mode == GAZ_MODE_SHOW ? read_unit(&writer, 0, &document) : GAZ_OK;
    if (status == GAZ_OK && !(document && is_type(document, GAZ_RECORD_DOCUMENT))) {
        status = gaz_err_set(err, GAZ_ERR_ARGUMENT,
                             "--format akn: this is not one document: name one with --show");
    }
    if (status == GAZ_OK) {
        put_head(&writer, document);
        status = put_units(&writer);
        gaz_buf_addstr(out, "</mainBody>\n</doc>\n</akomaNtoso>\n");
    }
    json_decref(document);
    return status == GAZ_OK ? gaz_buf_check(out, err) : status;
}

static enum gaz_status akn_hit(const struct gaz_answer *answer, const struct gaz_hit *hit,
                               const struct gaz_render_options *options, struct gaz_buf *out,
                               struct gaz_err *err) {
    (void)answer;
    (void)hit;
    (void)options;
    return gaz_buf_check(out, err);
}

static enum gaz_status akn_end(const struct gaz_answer *answer, const struct gaz_render_options *options,
                               struct gaz_buf *out, struct gaz_err *err) {
    (void)answer;
    (void)options;
    return gaz_buf_check(out, err);
}

const struct gaz_renderer gaz_render_akn = {"akn", false, akn_begin, akn_hit, akn_end};
