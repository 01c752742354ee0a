// SPDX-License-Identifier: GPL-2.0-or-later
//
// Lines → blocks in the order of the file. Where a paragraph ends must be inferred: extractors lose indents.
// What counts is whether the next line's first word would still have fitted (a wrap has no choice), how lines
// end, and how they begin.
#include <string.h>

#include "corpus/authority.h"
#include "corpus/date.h"
#include "corpus/label.h"
#include "corpus/numeral.h"
#include "corpus/office.h"
#include "indexer/layout_parts.h"
#include "shim/unicode.h"

enum {
    INDENT = 4,            // columns of the indent of a first line
    OPEN_BYTES_MAX = 3000, // bytes for which an unclosed bracket holds a paragraph open
    CREDIT_REST = 10,      // characters of a caption that may stand on the line of its credit
    LIST_REST = 10,        // characters in brackets that may hang under an item of a list
    LEAD_CHARACTERS = 8    // in which the title of a report and its first sentence begin alike
};

// The paragraph being joined.
struct paragraph {
    struct layout_block *block; // NULL: none is open
    const struct layout_line *last;
    size_t lines;
    size_t bytes;
    int depth;              // brackets and quotes open at its end
    struct gaz_label label; // of its first line; rank NONE without one
    bool sentence;          // a full stop stands in it
    bool lead;              // it begins as the title above it does, as reports do
    bool dated;             // it begins with a day and a comma, as captions do
    enum gaz_label_rank
        list; // of the items of the list of attachments (附件：1.…) it belongs to; NONE: of none
};

static struct layout_block *new_block(struct layout *layout, const struct layout_line *line) {
    struct layout_block *added = gaz_arena_alloc(layout->issue->arena, sizeof *added);
    struct gaz_block *block = gaz_arena_alloc(layout->issue->arena, sizeof *block);
    if (!added || !block)
        return NULL;
    *block = (struct gaz_block){.kind = line->kind,
                                .page = line->line->page,
                                .last_page = line->line->page,
                                .line = line->line->number};
    *added = (struct layout_block){.block = block, .group = line->group, .group_id = line->group_id};
    return added;
}

static struct layout_block *add_block(struct layout *layout, struct layout_blocks *blocks,
                                      const struct layout_line *line) {
    if (blocks->count == blocks->capacity) {
        size_t capacity = blocks->capacity ? blocks->capacity * 2 : 256;
        struct layout_block **items = gaz_arena_alloc(layout->issue->arena, capacity * sizeof *items);
        if (!items)
            return NULL;
        if (blocks->count > 0)
            memcpy(items, blocks->items, blocks->count * sizeof *items);
        blocks->items = items;
        blocks->capacity = capacity;
    }
    struct layout_block *added = new_block(layout, line);
    if (added)
        blocks->items[blocks->count++] = added;
    return added;
}

static bool add_line_to(struct layout *layout, struct layout_block *to, const struct layout_line *line) {
    to->last_line = line->line->number;
    to->block->last_page = line->line->page;
    return gaz_spans_add(&to->block->spans, layout->issue->arena, line->line->span);
}

// --- evidence
// ------------------------------------------------------------------------------------------------

static size_t measure_at(const struct layout *layout, const struct layout_line *line) {
    return layout->pages[line->line->page - 1].measure;
}

static size_t width_of(const struct layout *layout, const struct layout_line *line) {
    return line->line->width + (layout->indent_kept ? line->line->indent : 0);
}

// A first line whose indent the extractor has lost.
static bool takes_indent(const struct layout *layout, const struct paragraph *paragraph) {
    return paragraph->lines == 1 && !layout->indent_kept;
}

// Whether LAST ends because it is full: the first word of NEXT would not have fitted. A first line has lost
// its indent with most extractors.
static bool is_full(const struct layout *layout, const struct paragraph *paragraph,
                    const struct layout_line *next) {
    size_t measure = measure_at(layout, paragraph->last);
    size_t width = width_of(layout, paragraph->last) + gaz_text_first_token(next->text);
    if (paragraph->last->line->spaced) // spaced to fill the line
        return true;
    // A line that ends its sentence is taken for a wrapped one only when it is surely full.
    size_t slack = gaz_text_is_closed(paragraph->last->text) ? 0 : 2;
    return width > measure - slack || (takes_indent(layout, paragraph) && width + INDENT > measure - slack);
}

// Whether LINE has the indent of a first line, in a file that has kept them.
static bool is_indented(const struct layout *layout, const struct layout_line *line) {
    return layout->indent_kept && line->line->indent >= 3;
}

enum start { START_NO, START_MAYBE, START_YES };

// Whether NEXT is the first line of a paragraph, by its own width: a first line is shorter by its indent, and
// what follows it tells if it is cut short for that reason.
static enum start looks_first(const struct layout *layout, const struct layout_line *next,
                              const struct layout_line *after) {
    size_t measure = measure_at(layout, next), width = width_of(layout, next);
    size_t limit = layout->pages[next->line->page - 1].limit;
    if (layout->indent_kept)
        return is_indented(layout, next) ? START_YES : START_NO;
    if (width + 1 >= measure)
        return width > measure + 3 ? START_MAYBE : START_NO;
    if (!after || after->kind != GAZ_BLOCK_TEXT)
        return START_MAYBE;
    size_t token = gaz_text_first_token(after->text);
    bool as_first = width + INDENT + token > measure - 1 && width + INDENT <= limit;
    bool as_inner = width + token > measure;
    return as_first ? as_inner ? START_MAYBE : START_YES : as_inner ? START_NO : START_MAYBE;
}

// A short line that says no sentence: a heading or a signature, not the last line of a paragraph. Where
// nothing tells how long a full line is, indents do, and a line without one is short.
static bool looks_apart(const struct layout *layout, const struct layout_line *next) {
    return !gaz_text_is_closed(next->text) && !gaz_text_is_open(next->text) &&
           (width_of(layout, next) * 10 <= measure_at(layout, next) * 8 ||
            (layout->indent_kept && !layout->measured));
}

static bool is_soft_closed(const struct paragraph *paragraph) {
    uint32_t last = gaz_text_last(paragraph->last->text);
    return gaz_text_is_closed(paragraph->last->text) ||
           (paragraph->depth == 0 && (last == U'）' || last == ')' || last == U'》'));
}

// One line with a label and no end mark is a heading, full or not; an article is a sentence.
static bool is_label_heading(const struct paragraph *paragraph) {
    return paragraph->lines == 1 && paragraph->label.rank != GAZ_LABEL_NONE && !paragraph->sentence &&
           !gaz_text_is_closed(paragraph->last->text) && !gaz_text_is_open(paragraph->last->text);
}

static bool goes_on_at_label(const struct layout *layout, const struct paragraph *paragraph,
                             const struct layout_line *next) {
    return !is_indented(layout, next) && !is_soft_closed(paragraph) && !is_label_heading(paragraph) &&
           is_full(layout, paragraph, next);
}

// 按照前款第一: a number that counts something still to come.
static bool ends_in_ordinal(struct gaz_str text) {
    enum { ORDINAL_BYTES = 15 };
    uint64_t value;
    size_t from = text.len > ORDINAL_BYTES ? text.len - ORDINAL_BYTES : 0;
    size_t at = gaz_str_find(gaz_str_from(text, from), "第");
    if (at == SIZE_MAX)
        return false;
    struct gaz_str number = gaz_str_from(text, from + at + strlen("第"));
    return number.len > 0 && gaz_numeral_read(number.data, number.len, &value) == number.len;
}

// Whether TEXT ends with a word that something must follow: no heading does.
static bool hangs(struct gaz_str text) {
    static const char *const words[] = {"已经", "已經", "受到", "按", "按照", "根据", "依照", "通过", "和",
                                        "与",   "與",   "及",   "或", "或者", "把",   "被",   "并",   "並"};
    text = gaz_str_trim(text);
    return gaz_str_ends_one(text, words, sizeof words / sizeof *words, NULL) || ends_in_ordinal(text);
}

static bool goes_on_unlabelled(const struct layout *layout, const struct paragraph *paragraph,
                               const struct layout_line *next, const struct layout_line *after) {
    bool closed = gaz_text_is_closed(paragraph->last->text);
    enum start start = looks_first(layout, next, after);
    if (!is_full(layout, paragraph, next)) {
        size_t measure = measure_at(layout, paragraph->last);
        if (closed) // nearly full, and what follows is too long for a first line
            return start == START_NO && !looks_apart(layout, next) &&
                   width_of(layout, paragraph->last) + 2 >= measure;
        return start == START_NO && !looks_apart(layout, next) &&
               width_of(layout, paragraph->last) + 6 >= measure;
    }
    if (!closed && layout->indent_kept)
        return start != START_YES;
    if (!closed && hangs(paragraph->last->text))
        return true;
    if (!closed) // two first lines, one behind the other: the upper one is a heading that only an indent
                 // would fill
        return start != START_YES || !takes_indent(layout, paragraph) || paragraph->sentence ||
               paragraph->lead || gaz_str_find(paragraph->last->text, "，") != SIZE_MAX ||
               gaz_str_find(paragraph->last->text, ",") != SIZE_MAX;
    return start != START_YES && !looks_apart(layout, next);
}

// （责任单位：…） belongs to the clause before it, on a line of its own too.
static bool is_unit_note(struct gaz_str text) {
    static const char *const words[] = {"责任", "牵头", "配合", "主办", "協辦", "主辦", "責任", "牽頭"};
    size_t at, len;
    if (gaz_text_first(text) != U'（' && gaz_text_first(text) != '(')
        return false;
    if (gaz_unit_list_find(text.data, text.len, &at, &len) &&
        at <= strlen("（")) // （市财政局牵头，市审计局配合）
        return true;
    text = gaz_str_from(text, text.data[0] == '(' ? 1 : strlen("（"));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (gaz_str_starts(text, words[i]))
            return true;
    return false;
}

// A photographer's credit ends a caption: （丁一/摄）
static bool ends_credit(struct gaz_str text) {
    static const char *const ends[] = {"摄）", "摄)", "攝）", "攝)", "摄影）"};
    bool bracketed = gaz_str_ends(text, "）") || gaz_str_ends(text, ")");
    return gaz_str_ends_one(gaz_str_trim(text), ends, sizeof ends / sizeof *ends, NULL) ||
           (bracketed &&
            (gaz_str_find(text, "（摄影：") != SIZE_MAX || gaz_str_find(text, "（攝影：") != SIZE_MAX));
}

// The rest of a caption before its credit is short; a longer line is a caption by itself.
static bool goes_on_to_credit(const struct paragraph *paragraph, const struct layout_line *next) {
    size_t bracket = gaz_str_find(next->text, "（");
    return paragraph->lines <= 3 && ends_credit(next->text) && !gaz_text_is_closed(paragraph->last->text) &&
           bracket != SIZE_MAX && gaz_text_count((struct gaz_str){next->text.data, bracket}) <= CREDIT_REST;
}

// An open bracket holds the paragraph open; a quotation mark that is never closed must not hold it for ever.
static bool is_held_open(const struct paragraph *paragraph) {
    uint32_t last = gaz_text_last(paragraph->last->text);
    return paragraph->depth > 0 && paragraph->bytes < OPEN_BYTES_MAX &&
           (!gaz_text_is_closed(paragraph->last->text) || last == U'：' || last == U'；' || last == ':');
}

// In a list of attachments, what hangs under an item goes on in it.
static bool goes_on_in_list(const struct paragraph *paragraph, const struct layout_line *next) {
    size_t indent = next->line->indent, above = paragraph->last->line->indent;
    if (indent >= INDENT) // a signature stands further to the right
        return indent + (paragraph->lines > 1) > above && indent <= above + 2 * INDENT &&
               next->line->page == paragraph->last->line->page;
    if (next->line->page != paragraph->last->line->page)
        return false;
    if (gaz_text_first(next->text) == U'（') // （68条), not （扫描二维码查看附件详情）
        return gaz_text_count(next->text) <= LIST_REST && gaz_str_find(next->text, "扫") == SIZE_MAX;
    return gaz_unit_likeness(NULL, next->text.data, next->text.len) < 0.5;
}

// What has begun as an entry of the calendar, or has already said a sentence (or is an article, which is one)
// and nearly fills its last line, has no end yet without an end mark.
static bool must_go_on(const struct layout *layout, const struct paragraph *paragraph,
                       const struct layout_line *next) {
    const struct layout_line *last = paragraph->last;
    if (gaz_text_is_closed(last->text))
        return false;
    bool sentence =
        paragraph->sentence || (paragraph->label.rank == GAZ_LABEL_ARTICLE && !is_soft_closed(paragraph));
    return paragraph->block->block->kind == GAZ_BLOCK_ENTRY ||
           (sentence && !is_indented(layout, next) &&
            width_of(layout, last) + 10 >= measure_at(layout, last));
}

// Appointments stand one below the other: 某某同志任…；免去…
static bool is_appointment(struct gaz_str text) {
    static const char *const words[] = {"同志任",   "同志为", "同志的", "（女）为",
                                        "（女）的", "任命",   "免去",   "聘任"};
    struct gaz_str head = {text.data, text.len < 30 ? text.len : 30};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (gaz_str_find(head, words[i]) != SIZE_MAX)
            return true;
    return false;
}

// Captions follow each other, each with its day.
static bool is_next_caption(const struct paragraph *paragraph, const struct layout_line *next) {
    struct gaz_date date;
    size_t len = gaz_date_read(next->text.data, next->text.len, &date);
    return paragraph->dated && len > 0 && date.day > 0 &&
           gaz_str_starts(gaz_str_from(next->text, len), "，") && !gaz_text_is_open(paragraph->last->text);
}

// Captions alone on their page, where no sentence ends, do not go on overleaf.
static bool is_page_of_captions(const struct layout *layout, const struct paragraph *paragraph) {
    const struct layout_page *page = &layout->pages[paragraph->last->line->page - 1];
    for (size_t i = page->first; paragraph->dated && i < page->first + page->count; i++)
        if (gaz_text_is_closed(layout->lines[i].text))
            return false;
    return paragraph->dated;
}

// 程　雨（市资规局局长）: a name and an office in brackets, as the members of a body are listed.
static bool is_member(struct gaz_str text) {
    enum { NAME_MIN = 2, NAME_MAX = 4 };
    size_t open = gaz_str_find(text, "（");
    if (open == SIZE_MAX || open == 0 || gaz_text_last(text) != U'）')
        return false;
    struct gaz_str name = {text.data, open};
    size_t count = gaz_text_count(name);
    for (size_t at = 0; at < name.len;) {
        uint32_t code;
        at += gaz_utf8_decode(name.data + at, name.len - at, &code);
        if (!gaz_unicode_is_han(code) && !gaz_unicode_is_space(code))
            return false;
    }
    return count >= NAME_MIN && count <= NAME_MAX;
}

// 副总指挥：林以安（副市长）: an office before its holder.
static bool begins_with_role(struct gaz_str text) {
    enum { ROLE_MAX = 6 };
    size_t colon = gaz_str_find(text, "：");
    return colon != SIZE_MAX && colon > 0 && gaz_text_last(text) == U'）' &&
           gaz_text_count((struct gaz_str){text.data, colon}) <= ROLE_MAX;
}

static bool is_listed(struct gaz_str text) {
    return is_member(text) || begins_with_role(text);
}

// 主旨：… 公告事項： open a part of a Taiwan document.
static bool opens_part(struct gaz_str text) {
    static const char *const words[] = {"主旨：", "說明：", "依據：", "公告事項：", "辦法：", "擬辦："};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (gaz_str_starts(text, words[i]))
            return true;
    return false;
}

// 本办法自2024年5月1日起施行。 closes a document in a paragraph of its own.
static bool is_closing(struct gaz_str text) {
    static const char *const words[] = {"本决定", "本办法", "本规定", "本意见", "本通知", "本通告", "本公告",
                                        "本条例", "本细则", "本方案", "本规则", "本措施", "本決定", "本辦法",
                                        "本規定", "本意見", "本條例", "本細則", "本規則"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (gaz_str_starts(text, words[i]))
            return gaz_str_starts(gaz_str_from(text, strlen(words[i])), "自");
    return false;
}

// Whether a document's end or a part of one lies between PARAGRAPH and NEXT: a signature, by an official or
// above the day.
static bool is_parted(const struct paragraph *paragraph, const struct layout_line *next,
                      const struct layout_line *after) {
    struct gaz_str last = paragraph->last->text;
    if (gaz_office_signs(next->text) || gaz_office_signs(last) || opens_part(next->text) ||
        (gaz_text_is_closed(last) && is_closing(next->text)))
        return true;
    return after && layout_is_date(after->text) && gaz_text_is_closed(last) && layout_is_heading_like(next);
}

// Whether NEXT goes on in PARAGRAPH. AFTER is the line behind NEXT (NULL at the end).
static bool goes_on(const struct layout *layout, const struct paragraph *paragraph,
                    const struct layout_line *next, const struct layout_line *after) {
    struct gaz_label label;
    if (paragraph->block && next->line->sort == GAZ_LINE_INNER)
        return true;
    if (!paragraph->block || layout->whole || layout_is_date(next->text) ||
        layout_is_date(paragraph->last->text) || is_parted(paragraph, next, after))
        return false;
    const struct layout_page *page = &layout->pages[next->line->page - 1];
    if (ends_credit(paragraph->last->text) || is_next_caption(paragraph, next))
        return false;
    if (page->blank_parts && next->line->blank_before > 0 && !next->line->page_start)
        return false;
    if (paragraph->lines == 1 && layout_is_addressee(paragraph->last->text))
        return false;
    bool closed = gaz_text_is_closed(paragraph->last->text);
    if (closed && paragraph->block->block->kind == GAZ_BLOCK_ENTRY &&
        next->line->page != paragraph->last->line->page)
        return false;
    bool labelled = gaz_label_read(next->text, &label);
    if (labelled && gaz_label_is_spoken_of(next->text, &label)) {
        if (!closed)
            return true;
        labelled = false;
    }
    if (is_held_open(paragraph) || gaz_text_is_open(paragraph->last->text) || is_unit_note(next->text) ||
        goes_on_to_credit(paragraph, next))
        return true;
    if (next->line->sort == GAZ_LINE_FIRST)
        return false;
    if (next->line->page != paragraph->last->line->page && is_page_of_captions(layout, paragraph))
        return false;
    if (paragraph->list != GAZ_LABEL_NONE && !labelled && !closed)
        return next[-1].group != GROUP_ATTACHMENT && goes_on_in_list(paragraph, next);
    bool behind_header = next[-1].group == GROUP_HEADER && closed;
    if ((behind_header || next->line->page != paragraph->last->line->page) && layout_is_addressee(next->text))
        return false;
    if (is_listed(paragraph->last->text) ||
        (is_listed(next->text) && gaz_text_last(paragraph->last->text) == U'）'))
        return false;
    if (closed && is_appointment(next->text) && gaz_text_last(paragraph->last->text) == U'；')
        return false;
    if (labelled)
        return goes_on_at_label(layout, paragraph, next);
    bool apart = page->blank_parts && !next->line->page_start && !closed && !is_indented(layout, next);
    if (must_go_on(layout, paragraph, next) || apart)
        return true;
    return goes_on_unlabelled(layout, paragraph, next, after);
}

// --- walk
// ----------------------------------------------------------------------------------------------------

static const struct layout_line *next_text(const struct layout *layout, size_t after) {
    for (size_t i = after + 1; i < layout->line_count && i < after + 12; i++) {
        const struct layout_line *line = &layout->lines[i];
        if (line->kind == GAZ_BLOCK_TEXT)
            return line;
        if (line->kind == GAZ_BLOCK_TABLE || line->kind == GAZ_BLOCK_DAY || line->kind == GAZ_BLOCK_ENTRY)
            return NULL;
    }
    return NULL;
}

// The rank of the items of the list of attachments that TEXT begins: 附件：1.…, 附件：一、…; NONE when it
// begins none. A single attachment has no label.
static enum gaz_label_rank list_begun(struct gaz_str text) {
    struct gaz_label label;
    size_t head = gaz_str_starts(text, "附件：")  ? strlen("附件：")
                  : gaz_str_starts(text, "附件:") ? strlen("附件:")
                                                  : 0;
    if (head == 0)
        return GAZ_LABEL_NONE;
    return gaz_label_read(gaz_str_from(text, head), &label) ? label.rank : GAZ_LABEL_ARABIC;
}

// Bytes in which A and B begin alike.
static size_t common_bytes(struct gaz_str a, struct gaz_str b) {
    size_t len = 0;
    while (len < a.len && len < b.len && a.data[len] == b.data[len])
        len++;
    return len;
}

// Whether LINE begins as one of the headings right above it does: the first sentence of a report repeats its
// title.
static bool is_lead(const struct layout *layout, const struct layout_blocks *blocks,
                    const struct layout_line *line) {
    enum { TITLE_BLOCKS = 4 };
    size_t alike = LEAD_CHARACTERS * strlen("字");
    for (size_t i = blocks->count; i > 0 && blocks->count - i < TITLE_BLOCKS; i--) {
        const struct gaz_spans *spans = &blocks->items[i - 1]->block->spans;
        struct gaz_str first = {layout->issue->source.data + spans->items[0].offset, spans->items[0].length};
        struct gaz_str last = {layout->issue->source.data + spans->items[spans->count - 1].offset,
                               spans->items[spans->count - 1].length};
        if (blocks->items[i - 1]->block->kind != GAZ_BLOCK_TEXT || gaz_text_is_closed(last))
            return false;
        if (common_bytes(first, line->text) >= alike)
            return true;
    }
    return false;
}

static bool open_paragraph(struct layout *layout, struct layout_blocks *blocks, struct paragraph *paragraph,
                           const struct layout_line *line) {
    enum gaz_label_rank list = paragraph->block ? paragraph->list : GAZ_LABEL_NONE;
    size_t page = paragraph->block ? paragraph->last->line->page : 0;
    struct gaz_date date;
    bool lead = is_lead(layout, blocks, line);
    *paragraph =
        (struct paragraph){.block = add_block(layout, blocks, line), .last = line, .lines = 1, .lead = lead};
    if (!paragraph->block)
        return false;
    paragraph->bytes = line->text.len;
    paragraph->depth = gaz_text_depth(line->text, 0);
    gaz_label_read(line->text, &paragraph->label);
    paragraph->sentence = gaz_str_find(line->text, "。") != SIZE_MAX;
    size_t day = gaz_date_read(line->text.data, line->text.len, &date);
    paragraph->dated = day > 0 && date.day > 0 && gaz_str_starts(gaz_str_from(line->text, day), "，");
    bool item = list != GAZ_LABEL_NONE && paragraph->label.rank == list && line->line->page == page;
    paragraph->list = item ? list : list_begun(line->text);
    return add_line_to(layout, paragraph->block, line);
}

static bool extend_paragraph(struct layout *layout, struct paragraph *paragraph,
                             const struct layout_line *line) {
    paragraph->last = line;
    paragraph->lines++;
    paragraph->bytes += line->text.len;
    paragraph->sentence |= gaz_str_find(line->text, "。") != SIZE_MAX;
    paragraph->depth = gaz_text_depth(line->text, paragraph->depth);
    return add_line_to(layout, paragraph->block, line);
}

static bool take_text(struct layout *layout, struct layout_blocks *blocks, struct paragraph *paragraph,
                      size_t i) {
    const struct layout_line *line = &layout->lines[i];
    bool joins = line->kind == GAZ_BLOCK_TEXT && goes_on(layout, paragraph, line, next_text(layout, i));
    return joins ? extend_paragraph(layout, paragraph, line)
                 : open_paragraph(layout, blocks, paragraph, line);
}

// Furniture and moved groups: each line a block of its own kind; lines of a title become one block.
static bool take_single(struct layout *layout, struct layout_blocks *blocks, const struct layout_line *line) {
    struct layout_block *before = blocks->count > 0 ? blocks->items[blocks->count - 1] : NULL;
    bool same = before && line->group_id > 0 && before->group_id == line->group_id &&
                before->block->kind == line->kind &&
                (line->kind == GAZ_BLOCK_TITLE || line->kind == GAZ_BLOCK_PLAN_TITLE ||
                 line->kind == GAZ_BLOCK_NUMBER || line->kind == GAZ_BLOCK_ATTACHMENT_TITLE);
    struct layout_block *block = same ? before : add_block(layout, blocks, line);
    return block && add_line_to(layout, block, line);
}

// The line behind the run of fragments that begins at FROM; rows that the reader has seen are one run over
// the furniture of the pages between them.
static size_t table_end(const struct layout *layout, size_t from) {
    size_t end = from;
    for (size_t i = from; i < layout->line_count; i++) {
        const struct layout_line *line = &layout->lines[i];
        if (line->kind == GAZ_BLOCK_TABLE && (end == i || line->line->sort == GAZ_LINE_ROW))
            end = i + 1;
        else if (!gaz_block_is_furniture(line->kind))
            break;
    }
    return end;
}

// A run of fragments is one block, which the table stage cuts; furniture in it is put behind it.
static bool take_table(struct layout *layout, struct layout_blocks *blocks, size_t *i) {
    struct layout_block *table = add_block(layout, blocks, &layout->lines[*i]);
    size_t from = *i, end = table_end(layout, from);
    bool ok = table != NULL;
    if (ok)
        table->block->lines =
            gaz_arena_alloc(layout->issue->arena, (end - from) * sizeof *table->block->lines);
    ok = ok && table->block->lines;
    for (*i = from; ok && *i < end; (*i)++) {
        const struct layout_line *line = &layout->lines[*i];
        if (line->kind != GAZ_BLOCK_TABLE)
            continue;
        table->block->lines[table->block->line_count++] = line->line;
        ok = add_line_to(layout, table, line);
    }
    for (size_t k = from; ok && k < end; k++)
        ok = layout->lines[k].kind == GAZ_BLOCK_TABLE || take_single(layout, blocks, &layout->lines[k]);
    return ok;
}

// Whether the addressee at line I, right behind a header block, begins the cover of a notice which the
// extractor wrote after the columns of its page: nothing but the title of the plan stands behind the cover's
// date. The sentence it interrupts goes on overleaf.
static bool begins_cover(const struct layout *layout, size_t i) {
    size_t page = layout->lines[i].line->page;
    bool dated = false;
    if (i == 0 || layout->lines[i - 1].group != GROUP_HEADER || !layout_is_addressee(layout->lines[i].text))
        return false;
    for (size_t j = i + 1; j < layout->line_count && layout->lines[j].line->page == page; j++) {
        if (layout->lines[j].kind == GAZ_BLOCK_TEXT && dated)
            return false;
        dated |= layout->lines[j].kind == GAZ_BLOCK_TEXT && layout_is_date(layout->lines[j].text);
    }
    return dated;
}

bool layout_join(struct layout *layout, struct layout_blocks *blocks) {
    struct paragraph open = {0}, held = {0};
    size_t cover_page = 0; // while a cover is read, the page it stands on
    bool ok = true;
    for (size_t i = 0; ok && i < layout->line_count;) {
        const struct layout_line *line = &layout->lines[i];
        if (cover_page == 0 && begins_cover(layout, i)) {
            held = open;
            open.block = NULL;
            cover_page = line->line->page;
        } else if (cover_page > 0 && line->line->page != cover_page) {
            open = held;
            cover_page = 0;
        }
        if (line->kind == GAZ_BLOCK_TABLE) {
            open.block = NULL;
            ok = take_table(layout, blocks, &i);
            continue;
        }
        if (line->kind == GAZ_BLOCK_TEXT || line->kind == GAZ_BLOCK_ENTRY) {
            ok = take_text(layout, blocks, &open, i++);
            continue;
        }
        if (line->kind == GAZ_BLOCK_DAY || line->kind == GAZ_BLOCK_CONTENTS)
            open.block = NULL;
        ok = take_single(layout, blocks, line);
        i++;
    }
    return ok;
}
