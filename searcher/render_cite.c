// SPDX-License-Identifier: GPL-2.0-or-later
//
// Citations of documents for other people's papers: GB/T 7714-2015 (8.4, an article in a serial) and BibTeX.
#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "corpus/numeral.h"
#include "searcher/render.h"

// What a citation says. Strings are borrowed from the records.
struct citation {
    const json_t *document, *issue; // records
    const char *author, *title, *number, *gazette;
    int year, issue_number; // 0: unknown
    int first_page, last_page;
};

static const char *text_of(const json_t *record, const char *key) {
    const char *text = json_string_value(json_object_get(record, key));
    return text ? text : "";
}

// 10 of 第10期, 0 when there is no numeral.
static int printed_number(const char *text) {
    for (; *text; text++) {
        uint64_t value;
        if (gaz_numeral_read(text, strlen(text), &value) > 0) {
            return value < INT32_MAX ? (int)value : 0;
        }
    }
    return 0;
}

static int page_at(const json_t *document, size_t at) {
    return (int)json_integer_value(json_array_get(json_object_get(document, "pages"), at));
}

static struct citation make_citation(const json_t *document, const json_t *issue) {
    return (struct citation){
        .document = document,
        .issue = issue,
        .author = text_of(document, "issuer"),
        .title = text_of(document, "title"),
        .number = text_of(json_object_get(document, "number"), "text"),
        .gazette = text_of(issue, "gazette"),
        .year = (int)json_integer_value(json_object_get(issue, "year")),
        .issue_number = printed_number(text_of(issue, "number")),
        .first_page = page_at(document, 0),
        .last_page = page_at(document, 1),
    };
}

// Only documents with a title can be cited.
static bool is_citable(const struct gaz_hit *hit) {
    return hit->record &&
           strcmp(text_of(hit->record, "type"), gaz_record_type_name(GAZ_RECORD_DOCUMENT)) == 0 &&
           *text_of(hit->record, "title");
}

static void put_pages(const struct citation *citation, const char *dash, struct gaz_buf *out) {
    gaz_buf_printf(out, "%d", citation->first_page);
    if (citation->last_page > citation->first_page) {
        gaz_buf_printf(out, "%s%d", dash, citation->last_page);
    }
}

typedef void putter(const struct citation *citation, struct gaz_buf *out);

static enum gaz_status cite(const struct gaz_answer *answer, const struct gaz_hit *hit, putter *put,
                            struct gaz_buf *out, struct gaz_err *err) {
    json_t *issue = NULL;
    if (!is_citable(hit)) {
        return gaz_buf_check(out, err);
    }
    enum gaz_status status =
        gaz_archive_record_by_id(answer->archive, text_of(hit->document, "issue"), &issue, err);
    if (status == GAZ_OK) {
        const struct citation citation = make_citation(hit->record, issue);
        put(&citation, out);
        status = gaz_buf_check(out, err);
    }
    json_decref(issue);
    return status;
}

// --- GB/T 7714 ---

// 责任者. 题名: 文号[J]. 刊名, 年(期): 页码.
static void put_gbt(const struct citation *citation, struct gaz_buf *out) {
    if (*citation->author) {
        gaz_buf_printf(out, "%s. ", citation->author);
    }
    gaz_buf_addstr(out, citation->title);
    if (*citation->number) {
        gaz_buf_printf(out, ": %s", citation->number);
    }
    gaz_buf_addstr(out, "[J]. ");
    gaz_buf_addstr(out, *citation->gazette ? citation->gazette : text_of(citation->issue, "id"));
    if (citation->year > 0) {
        gaz_buf_printf(out, ", %d", citation->year);
    }
    if (citation->issue_number > 0) {
        gaz_buf_printf(out, "(%d)", citation->issue_number);
    }
    if (citation->first_page > 0) {
        gaz_buf_addstr(out, ": ");
        put_pages(citation, "-", out);
    }
    gaz_buf_addstr(out, ".\n");
}

void gaz_cite_gbt(const json_t *document, const json_t *issue, const char *address, size_t page,
                  struct gaz_buf *out) {
    struct citation citation = make_citation(document, issue);
    if (address) {
        citation.number = address;
    }
    if (page > 0) {
        citation.first_page = citation.last_page = (int)page;
    }
    put_gbt(&citation, out);
}

// --- BibTeX ---

static void put_escaped(const char *text, struct gaz_buf *out) {
    for (; *text; text++) {
        if (strchr("&%$#_{}", *text)) {
            gaz_buf_addch(out, '\\');
            gaz_buf_addch(out, *text);
        } else if (*text == '\\') {
            gaz_buf_addstr(out, "\\textbackslash{}");
        } else if (*text == '~' || *text == '^') {
            gaz_buf_printf(out, "\\%c{}", *text);
        } else {
            gaz_buf_addch(out, *text);
        }
    }
}

static void put_entry_field(const char *name, const char *value, struct gaz_buf *out) {
    if (*value) {
        gaz_buf_printf(out, ",\n  %s = {", name);
        put_escaped(value, out);
        gaz_buf_addch(out, '}');
    }
}

static void put_entry_number(const char *name, int value, struct gaz_buf *out) {
    if (value > 0) {
        gaz_buf_printf(out, ",\n  %s = {%d}", name, value);
    }
}

// A key has letters, digits and dashes only.
static void put_key(const char *id, struct gaz_buf *out) {
    for (; *id; id++) {
        gaz_buf_addch(out, isalnum((unsigned char)*id) ? *id : '-');
    }
}

static void put_bibtex(const struct citation *citation, struct gaz_buf *out) {
    gaz_buf_addstr(out, "@article{");
    put_key(text_of(citation->document, "id"), out);
    if (*citation->author) {
        gaz_buf_addstr(out, ",\n  author = {{"); // in two pairs it is no person's name
        put_escaped(citation->author, out);
        gaz_buf_addstr(out, "}}");
    }
    put_entry_field("title", citation->title, out);
    put_entry_field("journal", citation->gazette, out);
    put_entry_number("year", citation->year, out);
    put_entry_number("number", citation->issue_number, out);
    if (citation->first_page > 0) {
        gaz_buf_addstr(out, ",\n  pages = {");
        put_pages(citation, "--", out);
        gaz_buf_addch(out, '}');
    }
    put_entry_field("date", text_of(citation->document, "date"), out);
    put_entry_field("note", citation->number, out);
    gaz_buf_addstr(out, "\n}\n");
}

// --- renderers ---

static enum gaz_status nothing(const struct gaz_answer *answer, const struct gaz_render_options *options,
                               struct gaz_buf *out, struct gaz_err *err) {
    (void)answer;
    (void)options;
    return gaz_buf_check(out, err);
}

static enum gaz_status gbt_hit(const struct gaz_answer *answer, const struct gaz_hit *hit,
                               const struct gaz_render_options *options, struct gaz_buf *out,
                               struct gaz_err *err) {
    (void)options;
    return cite(answer, hit, put_gbt, out, err);
}

static enum gaz_status bibtex_hit(const struct gaz_answer *answer, const struct gaz_hit *hit,
                                  const struct gaz_render_options *options, struct gaz_buf *out,
                                  struct gaz_err *err) {
    (void)options;
    return cite(answer, hit, put_bibtex, out, err);
}

const struct gaz_renderer gaz_render_gbt = {"gbt", false, nothing, gbt_hit, nothing};
const struct gaz_renderer gaz_render_bibtex = {"bibtex", false, nothing, bibtex_hit, nothing};
