// SPDX-License-Identifier: GPL-2.0-or-later
//
// HTML and DOCX → text: a line for each paragraph, and for each row of a table.
#include <string.h>

#include "indexer/reader_parts.h"
#include "shim/charset.h"
#include "shim/markup.h"
#include "shim/unicode.h"
#include "shim/utf8.h"

// The flow on its way to lines.
struct flow {
    struct gaz_page_text *out;
    struct gaz_buf line;   // the line or cell at hand
    struct gaz_buf row;    // the cells before it, each ended by a tab
    bool blank, broken;    // white space came behind it; with a line end in it
    uint32_t last;         // character of it, 0 at its beginning
    bool inner;            // the line goes on from the page before
    size_t cells, written; // of the row; lines since the last page
};

// White space between two characters: one blank, and none where the source of a page was only wrapped in the
// middle of a sentence that is written without blanks.
static void add_blank(struct flow *flow, uint32_t next) {
    bool wide = gaz_unicode_width(flow->last) == 2 && gaz_unicode_width(next) == 2;
    if (flow->blank && flow->last != 0 && !(flow->broken && wide))
        gaz_buf_addch(&flow->line, ' ');
    flow->blank = flow->broken = false;
}

static void add_text(struct flow *flow, const char *text, size_t len) {
    for (size_t at = 0; at < len;) {
        uint32_t code;
        size_t size = gaz_utf8_decode(text + at, len - at, &code);
        if (code == 0x3000 && flow->last != 0) {
            add_blank(flow, code);
            gaz_buf_addstr(&flow->line, "　");
        } else if (gaz_unicode_is_space(code)) {
            flow->blank = true;
            flow->broken = flow->broken || code == '\n' || code == '\r';
        } else if (code >= 0x20 && code != 0x7F) {
            char bytes[4];
            add_blank(flow, code);
            gaz_buf_add(&flow->line, bytes, gaz_utf8_encode(code, bytes));
            flow->last = code;
        }
        at += size;
    }
}

static void begin_line(struct flow *flow) {
    gaz_buf_clear(&flow->line);
    flow->blank = flow->broken = false;
    flow->last = 0;
}

static void end_line(struct flow *flow) {
    if (flow->last != 0) {
        gaz_buf_add(&flow->out->text, flow->line.data, flow->line.len);
        gaz_page_end_line(flow->out, flow->inner ? GAZ_LINE_INNER : GAZ_LINE_FIRST);
        flow->written++;
    }
    flow->inner = false;
    begin_line(flow);
}

static void end_cell(struct flow *flow) {
    if (flow->cells++ > 0)
        gaz_buf_addch(&flow->row, '\t');
    gaz_buf_add(&flow->row, flow->line.data, flow->line.len);
    begin_line(flow);
}

// Whether a row has anything but the tabs between its cells.
static bool is_filled(const struct gaz_buf *row) {
    return strspn(row->data, "\t 　") < row->len;
}

static void end_row(struct flow *flow) {
    if (is_filled(&flow->row)) {
        gaz_buf_add(&flow->out->text, flow->row.data, flow->row.len);
        gaz_page_end_line(flow->out, flow->cells > 1 ? GAZ_LINE_ROW : GAZ_LINE_FIRST);
        flow->written++;
    }
    gaz_buf_clear(&flow->row);
    flow->cells = 0;
}

static void end_page(struct flow *flow) {
    bool inner = flow->last != 0;
    end_line(flow);
    if (flow->written > 0)
        gaz_buf_addch(&flow->out->text, '\f');
    flow->inner = inner;
    flow->written = 0;
}

static enum gaz_status take(void *context, enum gaz_markup_event event, const char *text, size_t len,
                            struct gaz_err *err) {
    struct flow *flow = context;
    switch (event) {
    case GAZ_MARKUP_TEXT:
        add_text(flow, text, len);
        break;
    case GAZ_MARKUP_LINE:
        end_line(flow);
        break;
    case GAZ_MARKUP_CELL:
        end_cell(flow);
        break;
    case GAZ_MARKUP_ROW:
        end_row(flow);
        break;
    case GAZ_MARKUP_PAGE:
        end_page(flow);
        break;
    }
    if (flow->line.status != GAZ_OK || flow->row.status != GAZ_OK)
        return gaz_err_memory(err);
    return gaz_buf_check(&flow->out->text, err);
}

// Ends the flow and frees what it has of its own.
static enum gaz_status end_flow(struct flow *flow, enum gaz_status status, struct gaz_err *err) {
    if (status == GAZ_OK) {
        end_line(flow);
        end_row(flow);
        gaz_buf_addch(&flow->out->text, '\f');
        status = gaz_buf_check(&flow->out->text, err);
    }
    gaz_buf_free(&flow->line);
    gaz_buf_free(&flow->row);
    return status;
}

enum gaz_status reader_html_text(struct gaz_issue *issue, const char *path, const char *raw, size_t len,
                                 const char *encoding, struct gaz_page_text *text, struct gaz_err *err) {
    struct flow flow = {.out = text, .line = GAZ_BUF_INIT, .row = GAZ_BUF_INIT};
    struct gaz_charset_text decoded;
    (void)path;
    enum gaz_status status = gaz_charset_decode(raw, len, encoding, &decoded, err);
    if (status != GAZ_OK)
        return status;
    issue->whole = true;
    status = gaz_markup_read_html(decoded.data, decoded.len, take, &flow, err);
    gaz_charset_text_free(&decoded);
    return end_flow(&flow, status, err);
}

enum gaz_status reader_docx_text(struct gaz_issue *issue, const char *path, const char *raw, size_t len,
                                 const char *encoding, struct gaz_page_text *text, struct gaz_err *err) {
    struct flow flow = {.out = text, .line = GAZ_BUF_INIT, .row = GAZ_BUF_INIT};
    (void)path, (void)encoding;
    issue->whole = true;
    return end_flow(&flow, gaz_markup_read_docx(raw, len, take, &flow, err), err);
}
