// SPDX-License-Identifier: GPL-2.0-or-later
//
// The glyphs of a fragment run, and what the space between them tells.
#include "indexer/table_parse.h"

#include <string.h>

#include "shim/hanzi.h"
#include "shim/unicode.h"

enum {
    SIDEWAYS_COLUMNS = 3, // widest piece of a sideways line: two Latin letters and half a Han character more
    SHORT_FURNITURE = 12, // columns; narrower lines among fragments are never running heads
};

bool gaz_table_is_digit(uint32_t code) {
    return code >= '0' && code <= '9';
}

// One form for the forms in which a mark is printed.
static uint32_t plain(uint32_t code) {
    if (code >= 0xFF01 && code <= 0xFF5E)
        return code - 0xFEE0;
    switch (code) {
    case 0xFE61: // ﹡
    case 0x2605: // ★
    case 0x2606: // ☆
    case 0x2731: // ✱
    case 0x2217: // ∗
        return '*';
    default:
        return gaz_hanzi_fold(code);
    }
}

uint32_t gaz_table_decode(const char *text, size_t len, size_t *size) {
    uint32_t code;
    *size = gaz_utf8_decode(text, len, &code);
    return plain(code);
}

// --- furniture

static bool contains(const char *text, size_t len, const char *word) {
    return memmem(text, len, word, strlen(word)) != NULL;
}

// A folio: digits between dots or dashes (· 37 ·, — 12 —).
static bool is_folio(const char *text, size_t len) {
    size_t digits = 0, marks = 0;
    for (size_t at = 0; at < len;) {
        uint32_t code;
        at += gaz_utf8_decode(text + at, len - at, &code);
        code = plain(code);
        if (gaz_table_is_digit(code))
            digits++;
        else if (code == '-' || code == 0xB7 || code == 0x2022 || code == 0x30FB ||
                 (code >= 0x2010 && code <= 0x2015))
            marks++;
        else if (!gaz_unicode_is_space(code))
            return false;
    }
    return digits > 0 && digits <= 4 && marks >= 2;
}

bool gaz_table_is_furniture(const char *source, const struct gaz_line *line) {
    const char *text = source + line->span.offset;
    size_t len = line->span.length;
    if (is_folio(text, len))
        return true;
    if (line->width < SHORT_FURNITURE || contains(text, len, "\t"))
        return false;
    return (contains(text, len, "公报") || contains(text, len, "公報")) &&
           (contains(text, len, "总第") || contains(text, len, "總第") || contains(text, len, "年第") ||
            contains(text, len, "文件"));
}

// --- glyphs

// The gap that a run of white space inside a line makes.
static enum gaz_table_gap inner_gap(uint32_t blank, enum gaz_table_gap before) {
    if (blank == '\t' || before == GAZ_GAP_TAB)
        return GAZ_GAP_TAB;
    return blank == 0x3000 || before != GAZ_GAP_NONE ? GAZ_GAP_WIDE : GAZ_GAP_SPACE;
}

// Adds the glyphs of a line; GAP is what came before it. OUT has room for them.
static void read_line(struct gaz_table_text *out, size_t index, enum gaz_table_gap gap, size_t *order) {
    struct gaz_span span = out->lines[index]->span;
    const char *text = out->source + span.offset;
    for (size_t at = 0; at < span.length;) {
        uint32_t code;
        size_t size = gaz_utf8_decode(text + at, span.length - at, &code);
        if (gaz_unicode_is_space(code)) {
            if (gap < GAZ_GAP_LINE)
                gap = inner_gap(code, gap);
        } else {
            out->glyphs[out->count++] = (struct gaz_table_glyph){.offset = span.offset + at,
                                                                 .order = (*order)++,
                                                                 .line = index,
                                                                 .code = plain(code),
                                                                 .length = (uint8_t)size,
                                                                 .gap = (uint8_t)gap};
            gap = GAZ_GAP_NONE;
        }
        at += size;
    }
}

static enum gaz_table_gap line_gap(const struct gaz_line *line, bool page_break) {
    if (page_break)
        return GAZ_GAP_PAGE;
    return line->blank_before > 0 ? GAZ_GAP_BLANK : GAZ_GAP_LINE;
}

// Finds the glyphs whose line stands alone between blank lines, and whether most lines stand in pairs
// instead.
static void read_pairs(struct gaz_table_text *text) {
    size_t pairs = 0, groups = 0;
    for (size_t from = 0; from < text->count;) {
        size_t to = from + 1, lines = 1;
        for (; to < text->count && text->glyphs[to].gap < GAZ_GAP_BLANK; to++)
            lines += text->glyphs[to].gap == GAZ_GAP_LINE;
        if (lines == 1)
            for (size_t i = from; i < to; i++)
                text->glyphs[i].single = true;
        groups++;
        pairs += lines == 2;
        from = to;
    }
    text->pairs = text->sideways && groups >= 8 && pairs * 10 >= groups * 6;
}

static bool mostly_narrow(const struct gaz_line *const *lines, size_t count) {
    size_t narrow = 0;
    for (size_t i = 0; i < count; i++)
        narrow += lines[i]->width <= SIDEWAYS_COLUMNS;
    return narrow * 4 >= count * 3;
}

bool gaz_table_text_read(const char *source, const struct gaz_line *const *lines, size_t count,
                         struct gaz_arena *scratch, bool *furniture, struct gaz_table_text *out) {
    size_t bytes = 0, order = 0;
    for (size_t i = 0; i < count; i++)
        bytes += lines[i]->span.length;
    *out = (struct gaz_table_text){.source = source, .lines = lines, .sideways = mostly_narrow(lines, count)};
    out->glyphs = gaz_arena_alloc(scratch, (bytes + 1) * sizeof *out->glyphs);
    out->names = gaz_table_column_names(scratch);
    if (!out->glyphs || !out->names)
        return false;
    const struct gaz_line *before = NULL;
    for (size_t i = 0; i < count; i++) {
        bool page_break = !before || before->page != lines[i]->page || (furniture && furniture[i - 1]);
        if (furniture)
            furniture[i] = gaz_table_is_furniture(source, lines[i]);
        if (furniture && furniture[i])
            order++;
        else
            read_line(out, i, line_gap(lines[i], page_break), &order);
        before = lines[i];
    }
    read_pairs(out);
    return true;
}

bool gaz_table_range_spans(const struct gaz_table_text *text, struct gaz_table_range range,
                           struct gaz_arena *arena, struct gaz_spans *out) {
    for (size_t from = range.from; from < range.to;) {
        size_t to = from + 1;
        while (to < range.to && text->glyphs[to].line == text->glyphs[from].line &&
               text->glyphs[to].order == text->glyphs[to - 1].order + 1)
            to++;
        const struct gaz_table_glyph *last = &text->glyphs[to - 1];
        size_t start = text->glyphs[from].offset;
        if (!gaz_spans_add(out, arena, (struct gaz_span){start, last->offset + last->length - start}))
            return false;
        from = to;
    }
    return true;
}

size_t gaz_table_word_at(const struct gaz_table_text *text, size_t at, const char *word) {
    size_t len = strlen(word), count = 0;
    for (size_t byte = 0; byte < len; count++) {
        uint32_t code;
        byte += gaz_utf8_decode(word + byte, len - byte, &code);
        if (at + count >= text->count || text->glyphs[at + count].code != plain(code))
            return 0;
    }
    return count;
}

uint32_t gaz_table_code_at(const struct gaz_table_text *text, size_t at) {
    return at < text->count ? text->glyphs[at].code : 0;
}

double gaz_table_gap_cost(const struct gaz_table_text *text, size_t at) {
    if (at == 0 || at >= text->count)
        return -1;
    enum gaz_table_gap gap = text->glyphs[at].gap;
    if (!text->sideways && gap >= GAZ_GAP_LINE)
        return 0; // a cell may have several lines
    if (!text->sideways)
        return gap == GAZ_GAP_TAB ? -1 : gap == GAZ_GAP_WIDE ? -0.5 : 1;
    if (gap < GAZ_GAP_LINE)
        return 1;
    if (gap == GAZ_GAP_PAGE)
        return -0.5;
    if (!text->pairs)
        return 0;
    return gap < GAZ_GAP_BLANK ? 0.7 : text->glyphs[at - 1].single ? -1.2 : -0.1;
}
