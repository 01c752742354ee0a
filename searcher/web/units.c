// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/web/units.h"

#include <stdio.h>
#include <string.h>

#include "corpus/text.h"
#include "searcher/web/table.h"

static enum gaz_record_type type_of(const json_t *unit) {
    int type = gaz_record_type_parse(gaz_page_field(unit, "type"));
    return type >= 0 ? (enum gaz_record_type)type : GAZ_RECORD_OTHER;
}

static json_int_t attachment_of(const json_t *unit) {
    return json_integer_value(json_object_get(unit, "attachment"));
}

static size_t depth_of(const json_t *unit) {
    return json_array_size(json_object_get(unit, "path"));
}

// --- anchors and tools ---

const char *gaz_unit_anchor(const struct gaz_page *page, const json_t *document, const json_t *unit) {
    const char *address = gaz_page_field(unit, "address"), *whole = gaz_page_field(document, "address");
    size_t len = strlen(whole);
    const char *rest = strncmp(address, whole, len) == 0 && address[len] == ' ' ? address + len + 1 : address;
    char *anchor = gaz_arena_strndup(page->arena, rest, strlen(rest));
    for (char *at = anchor; at && *at; at++) {
        *at = *at == ' ' ? '-' : *at;
    }
    return anchor ? anchor : "";
}

static const char *number_of_unit(const json_t *unit) {
    const char *id = gaz_page_field(unit, "id"), *slash = strrchr(id, '/');
    return slash ? slash + 1 : id;
}

void gaz_unit_put_tools(const struct gaz_page *page, const struct gaz_reader *reader, const json_t *unit) {
    struct gaz_buf target = GAZ_BUF_INIT, citation = GAZ_BUF_INIT;
    const char *address = gaz_page_field(unit, "address");
    gaz_target_put(&target, gaz_unit_anchor(page, reader->document, unit));
    gaz_cite_gbt(reader->document, reader->issue, address,
                 (size_t)json_integer_value(json_object_get(unit, "page")), &citation);
    gaz_html_put(page->out,
                 "<span class=\"tools\"><a class=\"permalink\" href=\"#%s\" title=\"%s\" "
                 "aria-label=\"%s %s\">#</a>",
                 target.data, M(LINK_HERE), M(LINK_HERE), address);
    gaz_html_put(page->out,
                 "<button type=\"button\" class=\"copy\" hidden data-text=\"%s\" title=\"%s\" "
                 "aria-label=\"%s %s\">%s</button></span>",
                 citation.data, M(COPY_CITATION), M(COPY_CITATION), address, M(CITE_SHORT));
    gaz_buf_free(&target);
    gaz_buf_free(&citation);
}

static void begin_unit(const struct gaz_page *page, const struct gaz_reader *reader, const json_t *unit,
                       const char *kind) {
    gaz_html_put(page->out, "<div class=\"unit %s depth-%zu\" id=\"%s\"><span id=\"u%s\"></span>", kind,
                 depth_of(unit), gaz_unit_anchor(page, reader->document, unit), number_of_unit(unit));
}

static enum gaz_status put_linked(const struct gaz_page *page, const struct gaz_reader *reader,
                                  const json_t *unit, size_t from, const struct gaz_marks *marks,
                                  struct gaz_err *err) {
    return gaz_html_linked(page, gaz_page_field(unit, "text"), from, &reader->cited,
                           json_object_get(unit, "responsible"), marks, err);
}

// --- clauses ---

// What of a clause's text its heading takes up: label, heading and the stop behind them. 0 when it has no
// heading or does not begin with it.
static size_t heading_length(const json_t *unit) {
    static const char stop[] = "。";
    const char *text = gaz_page_field(unit, "text"), *label = gaz_page_field(unit, "label");
    const char *heading = gaz_page_field(unit, "heading");
    size_t label_len = strlen(label), len = label_len + strlen(heading);
    if (!*heading || strncmp(text, label, label_len) != 0) {
        return 0;
    }
    const char *found = strstr(text + label_len, heading);
    if (!found || (size_t)(found - text) > label_len + strlen("　")) {
        return 0;
    }
    len = (size_t)(found - text) + strlen(heading);
    return strncmp(text + len, stop, strlen(stop)) == 0 ? len + strlen(stop) : len;
}

// Whether the clause AT says nothing but its heading. A sentence is one only when there are clauses under it:
// else it is an item of a list.
static bool is_heading(const struct gaz_reader *reader, size_t at) {
    const json_t *unit = json_array_get(reader->units, at), *next = json_array_get(reader->units, at + 1);
    struct gaz_str text = gaz_str_of(gaz_page_field(unit, "text"));
    return heading_length(unit) == text.len && (!gaz_str_ends(text, "。") || depth_of(next) > depth_of(unit));
}

// What of the clause is set as its heading.
static size_t bold_length(const struct gaz_reader *reader, size_t at) {
    const json_t *unit = json_array_get(reader->units, at);
    size_t length = heading_length(unit);
    bool whole = gaz_page_field(unit, "text")[length] == '\0';
    return whole && !is_heading(reader, at) ? 0 : length;
}

// The heading, which is a heading of the page when there is nothing else in the clause.
static void put_heading(const struct gaz_page *page, const struct gaz_reader *reader, const json_t *unit,
                        size_t length, const struct gaz_marks *marks) {
    size_t depth = depth_of(unit);
    bool only = gaz_page_field(unit, "text")[length] == '\0';
    int level = depth < 4 ? (int)depth + 1 : 5;
    if (!only) {
        gaz_html_put(page->out, length > 0 ? "<p><b>" : "<p>");
    } else {
        gaz_html_put(page->out, "<h%d>", level);
    }
    gaz_html_marked(page->out, gaz_page_field(unit, "text"), 0, length, marks->items, marks->count);
    if (!only) {
        gaz_html_put(page->out, length > 0 ? "</b>" : "");
    } else {
        gaz_unit_put_tools(page, reader, unit);
        gaz_html_put(page->out, "</h%d>", level);
    }
}

// A unit whose first LENGTH bytes are its heading.
static enum gaz_status put_text(const struct gaz_page *page, const struct gaz_reader *reader,
                                const json_t *unit, const char *kind, size_t length, struct gaz_err *err) {
    struct gaz_marks marks;
    enum gaz_status status = gaz_reader_marks(page, reader, unit, &marks, err);
    if (status != GAZ_OK) {
        return status;
    }
    begin_unit(page, reader, unit, kind);
    put_heading(page, reader, unit, length, &marks);
    if (gaz_page_field(unit, "text")[length] != '\0') {
        status = put_linked(page, reader, unit, length, &marks, err);
        gaz_unit_put_tools(page, reader, unit);
        gaz_html_put(page->out, "</p>");
    }
    gaz_html_put(page->out, "</div>\n");
    gaz_free(marks.items);
    return status;
}

// --- other kinds ---

// What the page of a gazette has besides text is of no use here, and a table has its head already.
static enum gaz_status put_other(const struct gaz_page *page, const struct gaz_reader *reader,
                                 const json_t *unit, struct gaz_err *err) {
    const char *role = gaz_page_field(unit, "role");
    if (strcmp(role, "running_head") == 0 || strcmp(role, "folio") == 0 || strcmp(role, "table_head") == 0) {
        return GAZ_OK;
    }
    if (strcmp(role, "section_head") == 0) {
        gaz_html_put(page->out, "<h3 class=\"day\">%s</h3>\n", gaz_page_field(unit, "text"));
        return GAZ_OK;
    }
    return put_text(page, reader, unit, "other", 0, err);
}

static enum gaz_status put_unit(const struct gaz_page *page, const struct gaz_reader *reader, size_t at,
                                struct gaz_err *err) {
    const json_t *unit = json_array_get(reader->units, at);
    switch (type_of(unit)) {
    case GAZ_RECORD_CLAUSE:
        return put_text(page, reader, unit, "clause", bold_length(reader, at), err);
    case GAZ_RECORD_PARAGRAPH:
        return put_text(page, reader, unit, "paragraph", 0, err);
    case GAZ_RECORD_ENTRY:
        return put_text(page, reader, unit, "entry", 0, err);
    case GAZ_RECORD_CAPTION:
        return put_text(page, reader, unit, "caption", 0, err);
    case GAZ_RECORD_OTHER:
        return put_other(page, reader, unit, err);
    case GAZ_RECORD_ISSUE:
    case GAZ_RECORD_DOCUMENT:
    case GAZ_RECORD_ROW:
    case GAZ_RECORD_CITATION:
        break;
    }
    return GAZ_OK;
}

enum gaz_status gaz_units_put_some(const struct gaz_page *page, const struct gaz_reader *reader, size_t from,
                                   size_t to, struct gaz_err *err) {
    enum gaz_status status = GAZ_OK;
    for (size_t i = from; i < to && status == GAZ_OK;) {
        size_t rows = gaz_table_length(reader->units, i, to);
        if (rows > 0) {
            status = gaz_table_put(page, reader, i, rows, err);
            i += rows;
        } else {
            status = put_unit(page, reader, i++, err);
        }
    }
    return status;
}

// --- what stands between the units ---

static json_int_t source_at(const json_t *record, size_t span, bool end) {
    const json_t *source = json_object_get(record, "source"), *pair = json_array_get(source, span);
    json_int_t at = json_integer_value(json_array_get(pair, 0));
    return end ? at + json_integer_value(json_array_get(pair, 1)) : at;
}

// Whether something of the document itself is printed between the two units.
static bool is_parted(const json_t *document, const json_t *unit, const json_t *next) {
    size_t spans = json_array_size(json_object_get(document, "source"));
    size_t last = json_array_size(json_object_get(unit, "source"));
    json_int_t from = last > 0 ? source_at(unit, last - 1, true) : 0, to = source_at(next, 0, false);
    for (size_t i = 0; i < spans; i++) {
        json_int_t at = source_at(document, i, false);
        if (at >= from && at < to) {
            return true;
        }
    }
    return false;
}

static bool is_of_cover(const json_t *unit) {
    return type_of(unit) == GAZ_RECORD_PARAGRAPH && depth_of(unit) == 0 && attachment_of(unit) == 0;
}

// How many units are the notice that carries a plan: its first paragraphs, up to where signature, date and
// title of the plan are printed.
static size_t cover_length(const struct gaz_reader *reader) {
    size_t count = json_array_size(reader->units), length = 0;
    while (length + 1 < count && is_of_cover(json_array_get(reader->units, length))) {
        length++;
        if (is_parted(reader->document, json_array_get(reader->units, length - 1),
                      json_array_get(reader->units, length))) {
            return length;
        }
    }
    return length > 1 ? 1 : length;
}

static size_t main_length(const struct gaz_reader *reader) {
    size_t count = json_array_size(reader->units), length = 0;
    while (length < count && attachment_of(json_array_get(reader->units, length)) == 0) {
        length++;
    }
    return length;
}

static void put_signature(const struct gaz_page *page, const struct gaz_reader *reader) {
    const char *signature = gaz_page_field(reader->document, "signature");
    const char *date = gaz_page_field(reader->document, "date");
    int year, month, day;
    if (!*signature) {
        return;
    }
    gaz_html_put(page->out, "<p class=\"signature\">%s", signature);
    if (sscanf(date, "%4d-%2d-%2d", &year, &month, &day) == 3) {
        gaz_html_put(page->out, "<br><time datetime=\"%s\">%d年%d月%d日</time>", date, year, month, day);
    }
    gaz_html_put(page->out, "</p>\n");
}

static enum gaz_status put_main(const struct gaz_page *page, const struct gaz_reader *reader, size_t length,
                                struct gaz_err *err) {
    const char *plan = gaz_page_field(reader->document, "plan_title");
    size_t cover = *plan ? cover_length(reader) : 0;
    enum gaz_status status = gaz_units_put_some(page, reader, 0, cover < length ? cover : length, err);
    if (*plan) {
        put_signature(page, reader);
        gaz_html_put(page->out, "<h2 class=\"plan\">%s</h2>\n", plan);
    }
    if (status == GAZ_OK && cover < length) {
        status = gaz_units_put_some(page, reader, cover, length, err);
    }
    if (!*plan) {
        put_signature(page, reader);
    }
    return status;
}

static const char *attachment_title(const struct gaz_reader *reader, json_int_t number) {
    const json_t *attachments = json_object_get(reader->document, "attachments"), *attachment;
    char digits[24];
    size_t i;
    snprintf(digits, sizeof digits, "%lld", (long long)number);
    json_array_foreach(attachments, i, attachment) {
        const char *n = gaz_page_field(attachment, "n");
        if (strcmp(n, digits) == 0 || (!*n && json_array_size(attachments) == 1)) {
            return gaz_page_field(attachment, "title");
        }
    }
    return "";
}

static void put_attachment_name(const struct gaz_page *page, const struct gaz_reader *reader,
                                json_int_t number) {
    bool only = json_array_size(json_object_get(reader->document, "attachments")) == 1;
    gaz_html_put(page->out, only ? "附件" : "附件%d", (int)number);
    gaz_html_put(page->out, " <span>%s</span>", attachment_title(reader, number));
}

static size_t attachment_end(const struct gaz_reader *reader, size_t from) {
    json_int_t number = attachment_of(json_array_get(reader->units, from));
    size_t count = json_array_size(reader->units), end = from + 1;
    while (end < count) {
        json_int_t next = attachment_of(json_array_get(reader->units, end));
        if (next != number && next != 0) {
            break; // table heads and the like are of no attachment
        }
        end++;
    }
    return end;
}

enum gaz_status gaz_units_put(const struct gaz_page *page, const struct gaz_reader *reader,
                              struct gaz_err *err) {
    size_t count = json_array_size(reader->units), at = main_length(reader);
    enum gaz_status status = put_main(page, reader, at, err);
    while (at < count && status == GAZ_OK) {
        json_int_t number = attachment_of(json_array_get(reader->units, at));
        size_t end = attachment_end(reader, at);
        gaz_html_put(page->out, "<section class=\"attachment\"><h2 id=\"附件%d\">", (int)number);
        put_attachment_name(page, reader, number);
        gaz_html_put(page->out, "</h2>\n");
        status = gaz_units_put_some(page, reader, at, end, err);
        gaz_html_put(page->out, "</section>\n");
        at = end;
    }
    return status;
}

// --- contents ---

static bool is_section(const json_t *unit) {
    return type_of(unit) == GAZ_RECORD_CLAUSE && depth_of(unit) == 1 && attachment_of(unit) == 0 &&
           *gaz_page_field(unit, "heading");
}

static void begin_item(const struct gaz_page *page, size_t count) {
    gaz_html_put(page->out,
                 count == 0 ? "<nav class=\"contents\" aria-label=\"%s\"><h2>%s</h2><ol><li>" : "<li>",
                 M(CONTENTS), M(CONTENTS));
}

void gaz_units_put_contents(const struct gaz_page *page, const struct gaz_reader *reader) {
    size_t i, count = 0;
    json_int_t attachment = 0;
    json_t *unit;
    json_array_foreach(reader->units, i, unit) {
        if (is_section(unit)) {
            begin_item(page, count++);
            gaz_html_put(page->out, "<a href=\"#%s\">%s%s</a></li>",
                         gaz_unit_anchor(page, reader->document, unit), gaz_page_field(unit, "label"),
                         gaz_page_field(unit, "heading"));
        } else if (attachment_of(unit) > attachment) {
            attachment = attachment_of(unit);
            begin_item(page, count++);
            gaz_html_put(page->out, "<a href=\"#附件%d\">", (int)attachment);
            put_attachment_name(page, reader, attachment);
            gaz_html_put(page->out, "</a></li>");
        }
    }
    gaz_html_put(page->out, count > 0 ? "</ol></nav>" : "");
}
