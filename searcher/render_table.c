// SPDX-License-Identifier: GPL-2.0-or-later
//
// Answers for spreadsheets (csv, tsv) and documents (md).
#include <string.h>

#include "searcher/render.h"

// --- rows ---

enum column {
    COLUMN_RANK,
    COLUMN_ID,
    COLUMN_ADDRESS,
    COLUMN_TYPE,
    COLUMN_NUMBER,
    COLUMN_TITLE,
    COLUMN_ISSUER,
    COLUMN_DATE,
    COLUMN_ISSUE,
    COLUMN_PAGE,
    COLUMN_TEXT,
    COLUMN_COUNT
};

static const char *const column_names[] = {"rank",   "id",   "address", "type", "number", "title",
                                           "issuer", "date", "issue",   "page", "text"};

// Writes a cell in the way of its format; the row's separators are the format's business too.
struct dialect {
    const char *separator, *line_end;
    void (*cell)(const char *text, struct gaz_buf *out);
};

static const char *text_of(const json_t *record, const char *key) {
    const char *text = json_string_value(json_object_get(record, key));
    return text ? text : "";
}

// RFC 4180: quoted where it has to be, quotation marks doubled.
static void csv_cell(const char *text, struct gaz_buf *out) {
    if (!strpbrk(text, ",\"\r\n")) {
        gaz_buf_addstr(out, text);
        return;
    }
    gaz_buf_addch(out, '"');
    for (; *text; text++) {
        gaz_buf_addstr(out, *text == '"' ? "\"" : "");
        gaz_buf_addch(out, *text);
    }
    gaz_buf_addch(out, '"');
}

// IANA text/tab-separated-values has no quoting: tabs, line ends and the backslash are written as \t \n \r
// \\.
static void tsv_cell(const char *text, struct gaz_buf *out) {
    static const char special[] = "\t\n\r\\", names[] = "tnr\\";
    for (; *text; text++) {
        const char *found = strchr(special, *text);
        if (found) {
            gaz_buf_printf(out, "\\%c", names[found - special]);
        } else {
            gaz_buf_addch(out, *text);
        }
    }
}

static const struct dialect csv = {",", "\r\n", csv_cell};
static const struct dialect tsv = {"\t", "\n", tsv_cell};

static void put_row(const struct dialect *dialect, const char *const cells[COLUMN_COUNT],
                    struct gaz_buf *out) {
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        gaz_buf_addstr(out, i > 0 ? dialect->separator : "");
        dialect->cell(cells[i] ? cells[i] : "", out);
    }
    gaz_buf_addstr(out, dialect->line_end);
}

// What a hit says in a single text: a unit its whole text, a document its excerpts, an occurrence its line.
static void join_text(const struct gaz_hit *hit, struct gaz_buf *out) {
    if (hit->line) {
        gaz_buf_printf(out, "%s%s%s", hit->line->left, hit->line->match, hit->line->right);
    } else if (hit->listed) {
        gaz_buf_addstr(out, gaz_holding_name(hit->listed->holding));
    } else if (hit->unit_level) {
        gaz_buf_addstr(out, text_of(hit->record, "text"));
    } else {
        for (size_t i = 0; i < hit->excerpt_count; i++) {
            gaz_buf_printf(out, "%s%s", i > 0 ? " … " : "", hit->excerpts[i].text);
        }
    }
}

static size_t page_of(const struct gaz_hit *hit) {
    return hit->line ? hit->line->page : (size_t)json_integer_value(json_object_get(hit->record, "page"));
}

static void fill_names(const struct gaz_hit *hit, const char *cells[COLUMN_COUNT]) {
    cells[COLUMN_ID] = hit->line ? hit->line->id : text_of(hit->record, "id");
    cells[COLUMN_ADDRESS] = hit->line ? hit->line->address : text_of(hit->record, "address");
    cells[COLUMN_TYPE] = text_of(hit->record, "type");
    cells[COLUMN_NUMBER] =
        hit->listed ? hit->number : text_of(json_object_get(hit->document, "number"), "text");
    cells[COLUMN_TITLE] = text_of(hit->document, "title");
    cells[COLUMN_ISSUER] = text_of(hit->document, "issuer");
    cells[COLUMN_DATE] = text_of(hit->document, "date");
    cells[COLUMN_ISSUE] = text_of(hit->document, "issue");
}

static enum gaz_status put_hit(const struct dialect *dialect, const struct gaz_hit *hit, struct gaz_buf *out,
                               struct gaz_err *err) {
    struct gaz_buf rank = GAZ_BUF_INIT, page = GAZ_BUF_INIT, text = GAZ_BUF_INIT;
    const char *cells[COLUMN_COUNT] = {0};
    gaz_buf_printf(&rank, "%zu", hit->rank);
    if (page_of(hit) > 0) {
        gaz_buf_printf(&page, "%zu", page_of(hit));
    }
    join_text(hit, &text);
    fill_names(hit, cells);
    cells[COLUMN_RANK] = rank.data;
    cells[COLUMN_PAGE] = page.data;
    cells[COLUMN_TEXT] = text.data;
    enum gaz_status status = gaz_buf_check(&text, err);
    if (status == GAZ_OK) {
        put_row(dialect, cells, out);
        status = gaz_buf_check(out, err);
    }
    gaz_buf_free(&rank);
    gaz_buf_free(&page);
    gaz_buf_free(&text);
    return status;
}

static enum gaz_status csv_begin(const struct gaz_answer *answer, const struct gaz_render_options *options,
                                 struct gaz_buf *out, struct gaz_err *err) {
    (void)answer;
    gaz_buf_addstr(out, options->bom ? "\uFEFF" : "");
    put_row(&csv, column_names, out);
    return gaz_buf_check(out, err);
}

static enum gaz_status csv_hit(const struct gaz_answer *answer, const struct gaz_hit *hit,
                               const struct gaz_render_options *options, struct gaz_buf *out,
                               struct gaz_err *err) {
    (void)answer;
    (void)options;
    return put_hit(&csv, hit, out, err);
}

static enum gaz_status tsv_begin(const struct gaz_answer *answer, const struct gaz_render_options *options,
                                 struct gaz_buf *out, struct gaz_err *err) {
    (void)answer;
    (void)options;
    put_row(&tsv, column_names, out);
    return gaz_buf_check(out, err);
}

static enum gaz_status tsv_hit(const struct gaz_answer *answer, const struct gaz_hit *hit,
                               const struct gaz_render_options *options, struct gaz_buf *out,
                               struct gaz_err *err) {
    (void)answer;
    (void)options;
    return put_hit(&tsv, hit, out, err);
}

static enum gaz_status nothing(const struct gaz_answer *answer, const struct gaz_render_options *options,
                               struct gaz_buf *out, struct gaz_err *err) {
    (void)answer;
    (void)options;
    return gaz_buf_check(out, err);
}

const struct gaz_renderer gaz_render_csv = {"csv", false, csv_begin, csv_hit, nothing};
const struct gaz_renderer gaz_render_tsv = {"tsv", false, tsv_begin, tsv_hit, nothing};

// --- md ---

// CommonMark: a backslash before each sign that could be markup.
static void md_text(const char *text, size_t len, struct gaz_buf *out) {
    for (size_t i = 0; i < len; i++) {
        if (strchr("\\`*_{}[]<>#|~&", text[i])) {
            gaz_buf_addch(out, '\\');
        }
        if (text[i] == '\n') {
            gaz_buf_addch(out, ' ');
        } else {
            gaz_buf_addch(out, text[i]);
        }
    }
}

static void md_string(const char *text, struct gaz_buf *out) {
    md_text(text, strlen(text), out);
}

static void md_marked(const char *text, const struct gaz_span *marks, size_t count, struct gaz_buf *out) {
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        md_text(text + at, marks[i].offset - at, out);
        gaz_buf_addstr(out, "**");
        md_text(text + marks[i].offset, marks[i].length, out);
        gaz_buf_addstr(out, "**");
        at = marks[i].offset + marks[i].length;
    }
    md_string(text + at, out);
}

static void md_part(const char *text, struct gaz_buf *out) {
    if (*text) {
        gaz_buf_addstr(out, " · ");
        md_string(text, out);
    }
}

static void md_heading(const struct gaz_hit *hit, struct gaz_buf *out) {
    const char *title = text_of(hit->document, "title");
    gaz_buf_printf(out, "%zu. **", hit->rank);
    md_string(*title ? title : text_of(hit->record, "address"), out);
    gaz_buf_addstr(out, "**");
    md_part(text_of(json_object_get(hit->document, "number"), "text"), out);
    md_part(text_of(hit->document, "issuer"), out);
    md_part(text_of(hit->document, "date"), out);
    md_part(text_of(hit->document, "issue"), out);
    gaz_buf_addch(out, '\n');
}

static void md_excerpt(const struct gaz_excerpt *excerpt, struct gaz_buf *out) {
    gaz_buf_addstr(out, "   - ");
    md_string(excerpt->address, out);
    if (excerpt->page > 0) {
        gaz_buf_printf(out, "（第%zu页）", excerpt->page);
    }
    gaz_buf_addstr(out, "：");
    md_marked(excerpt->text, excerpt->marks, excerpt->mark_count, out);
    gaz_buf_addch(out, '\n');
}

static void md_line(const struct gaz_hit *hit, struct gaz_buf *out) {
    const struct gaz_kwic_line *line = hit->line;
    gaz_buf_printf(out, "%zu. ", hit->rank);
    md_string(line->left, out);
    gaz_buf_addstr(out, "**");
    md_string(line->match, out);
    gaz_buf_addstr(out, "**");
    md_string(line->right, out);
    md_part(line->address, out);
    gaz_buf_addch(out, '\n');
}

static void md_listed(const struct gaz_hit *hit, struct gaz_buf *out) {
    gaz_buf_printf(out, "%zu. ", hit->rank);
    md_string(hit->number, out);
    md_part(gaz_holding_name(hit->listed->holding), out);
    md_part(text_of(hit->document, "date"), out);
    md_part(text_of(hit->document, "title"), out);
    gaz_buf_addch(out, '\n');
}

// A unit with its whole text.
static void md_whole(const struct gaz_hit *hit, struct gaz_buf *out) {
    gaz_buf_printf(out, "%zu. **", hit->rank);
    md_string(text_of(hit->record, "address"), out);
    gaz_buf_addstr(out, "**：");
    md_string(text_of(hit->record, "text"), out);
    gaz_buf_addch(out, '\n');
}

static enum gaz_status md_hit(const struct gaz_answer *answer, const struct gaz_hit *hit,
                              const struct gaz_render_options *options, struct gaz_buf *out,
                              struct gaz_err *err) {
    (void)options;
    if (hit->line) {
        md_line(hit, out);
    } else if (hit->listed) {
        md_listed(hit, out);
    } else if (answer->request.extract || answer->request.mode == GAZ_MODE_SHOW) {
        md_whole(hit, out);
    } else {
        md_heading(hit, out);
        for (size_t i = 0; i < hit->excerpt_count; i++) {
            md_excerpt(&hit->excerpts[i], out);
        }
    }
    return gaz_buf_check(out, err);
}

const struct gaz_renderer gaz_render_md = {"md", false, nothing, md_hit, nothing};
