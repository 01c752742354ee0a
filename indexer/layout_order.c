// SPDX-License-Identifier: GPL-2.0-or-later
//
// Blocks in the order of the file → in reading order. Extractors write what spans both columns (header
// blocks, attachment labels, section heads) after the columns; nothing ever leaves its page, so each page is
// put in order by itself.
#include <string.h>

#include "corpus/label.h"
#include "corpus/office.h"
#include "indexer/layout_parts.h"

// The blocks that begin on one page: items[from..to) of the whole list.
struct page_blocks {
    struct layout_block **items;
    size_t count;
    bool open; // the document before the page has not been signed yet
};

static struct gaz_str text_of(const struct layout *layout, const struct gaz_block *block) {
    // A block's text is joined later; its first line is enough for what is asked here.
    struct gaz_span span = block->spans.items[0];
    return (struct gaz_str){layout->issue->source.data + span.offset, span.length};
}

enum { COVER_BYTES = 900, SIGNATURE_CHARACTERS = 24, LISTED_LINES = 4 };

static bool is_furniture(const struct layout_block *block) {
    return gaz_block_is_furniture(block->block->kind);
}

static bool is_date_block(const struct layout *layout, const struct layout_block *block) {
    return block->block->kind == GAZ_BLOCK_TEXT && block->block->spans.count == 1 &&
           layout_is_date(text_of(layout, block->block));
}

// The text of BLOCK without white space, cut to the room: letter-spaced lines read like any other.
static struct gaz_str squeezed(const struct layout *layout, const struct gaz_block *block,
                               char room[COVER_BYTES]) {
    size_t len = 0;
    for (size_t i = 0; i < block->spans.count; i++) {
        struct gaz_span span = block->spans.items[i];
        struct gaz_str text = {layout->issue->source.data + span.offset, span.length};
        len = gaz_text_squeeze_to(text, room, len, COVER_BYTES);
    }
    return (struct gaz_str){room, len};
}

static bool is_addressee_block(const struct layout *layout, const struct layout_block *block) {
    enum { ADDRESSEE_LINES = 8 };
    char room[COVER_BYTES];
    return block->block->kind == GAZ_BLOCK_TEXT && block->block->spans.count <= ADDRESSEE_LINES &&
           layout_is_addressee(squeezed(layout, block->block, room));
}

// Moves items[from..from+count) to stand before items[to]; to <= from.
static void move_up(struct page_blocks *page, size_t from, size_t count, size_t to) {
    struct layout_block *held[64];
    while (count > 0) { // in portions, from the front, so that order is kept
        size_t portion = count < 64 ? count : 64;
        memcpy(held, page->items + from, portion * sizeof *held);
        memmove(page->items + to + portion, page->items + to, (from - to) * sizeof *page->items);
        memcpy(page->items + to, held, portion * sizeof *held);
        from += portion;
        to += portion;
        count -= portion;
    }
}

static size_t group_end(const struct page_blocks *page, size_t from) {
    size_t end = from;
    while (end < page->count && page->items[end]->group_id == page->items[from]->group_id)
        end++;
    return end;
}

static size_t skip_furniture(const struct page_blocks *page, size_t from) {
    while (from < page->count && is_furniture(page->items[from]))
        from++;
    return from;
}

static bool only_furniture_from(const struct page_blocks *page, size_t from) {
    return skip_furniture(page, from) == page->count;
}

// Whether nothing but furniture and whom the document is for stands on the page from item FROM on.
static bool only_addressee_from(const struct layout *layout, const struct page_blocks *page, size_t from) {
    while (from < page->count &&
           (is_furniture(page->items[from]) || is_addressee_block(layout, page->items[from])))
        from++;
    return from == page->count;
}

// --- header blocks
// -------------------------------------------------------------------------------------------

// What may stand on the page of a 印发 notice beside the body of its plan: addressee, cover note, signature,
// date, plan title.
static bool is_cover(const struct layout *layout, const struct layout_block *block) {
    static const char *const words[] = {"印发给你", "转发给你", "现将", "现予", "请认真",
                                        "印發",     "轉發給",   "現將", "現予", "請查照"};
    const struct gaz_block *inner = block->block;
    char room[COVER_BYTES];
    if (block->group == GROUP_PLAN_TITLE || block->group == GROUP_ATTACHMENT || is_furniture(block))
        return true;
    if (inner->kind != GAZ_BLOCK_TEXT || inner->spans.count > 8)
        return false;
    if (is_date_block(layout, block) || is_addressee_block(layout, block))
        return true;
    struct gaz_str text = squeezed(layout, inner, room);
    if (gaz_text_count(text) <= SIGNATURE_CHARACTERS && !gaz_text_is_closed(text))
        return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (gaz_str_find(text, words[i]) != SIZE_MAX)
            return true;
    return false;
}

// End of the run of cover blocks from FROM.
static size_t cover_end(const struct layout *layout, const struct page_blocks *page, size_t from) {
    while (from < page->count && is_cover(layout, page->items[from]))
        from++;
    return from;
}

// Where the document of the header at [from, end) begins on the page; AFTER is the end of what came before on
// it (another header).
static size_t document_start(const struct layout *layout, const struct page_blocks *page, size_t after,
                             size_t from, size_t end) {
    size_t start = skip_furniture(page, after), last = from;
    if (start >= from)
        return from;
    while (last > start && is_furniture(page->items[last - 1]))
        last--;
    if (after == 0) // an addressee before any header of its own page belongs to this one
        for (size_t i = start; i < last; i++)
            if (is_addressee_block(layout, page->items[i]) &&
                (i == start || is_date_block(layout, page->items[i - 1]) ||
                 page->items[i - 1]->block->kind == GAZ_BLOCK_SECTION_HEAD))
                return i;
    bool dated = last > start && is_date_block(layout, page->items[last - 1]);
    if (dated && (page->open || after > 0 || !only_addressee_from(layout, page, end)))
        return from;
    if (dated) // nobody else waits for a date: it is this document's own, all of which stands above its
               // header
        last--;
    if (cover_end(layout, page, end) < page->count)
        return from;
    for (size_t i = last; i-- > start;) {
        if (is_date_block(layout, page->items[i]))
            return i + 1;
        if (page->items[i]->group == GROUP_ATTACHMENT) // the text below its label is of the document before
            return from;
    }
    return start;
}

// Puts the plan title behind the cover of its notice, whose header ends at END.
static void place_plan_title(const struct layout *layout, struct page_blocks *page, size_t end) {
    for (size_t i = end; i < page->count; i++) {
        if (page->items[i]->group == GROUP_HEADER)
            return;
        if (page->items[i]->group != GROUP_PLAN_TITLE)
            continue;
        size_t to = end;
        while (to < i && is_cover(layout, page->items[to]) && page->items[to]->group == GROUP_NONE)
            to++;
        move_up(page, i, group_end(page, i) - i, to);
        return;
    }
}

static void order_headers(const struct layout *layout, struct page_blocks *page) {
    size_t after = 0;
    for (size_t i = 0; i < page->count; i++) {
        if (page->items[i]->group != GROUP_HEADER)
            continue;
        size_t end = group_end(page, i);
        size_t start = document_start(layout, page, after, i, end);
        size_t length = end - i;
        if (start < i) {
            size_t cover = cover_end(layout, page, end);
            bool addressed = is_addressee_block(layout, page->items[start]);
            move_up(page, i, (addressed ? end : cover) - i, start);
        }
        place_plan_title(layout, page, start + length);
        after = start + length;
        i = end - 1;
    }
}

// --- the rest
// ------------------------------------------------------------------------------------------------

// Up from item I over plain text, as far as the day of a signature.
static size_t text_above(const struct layout *layout, const struct page_blocks *page, size_t i) {
    size_t to = i;
    while (to > 0 && page->items[to - 1]->group == GROUP_NONE && !is_date_block(layout, page->items[to - 1]))
        to--;
    return to < i ? skip_furniture(page, to) : to;
}

// Whether TITLE stands in the text of the page before PAGE: the list of attachments of the document that goes
// on.
static bool is_on_page_before(const struct layout *layout, size_t page, struct gaz_str title) {
    if (page < 2 || title.len == 0)
        return false;
    const struct layout_page *before = &layout->pages[page - 2];
    for (size_t i = before->first; i < before->first + before->count; i++) {
        char room[2 * COVER_BYTES]; // a title takes few lines
        size_t len = 0;
        for (size_t j = i; j < before->first + before->count && j < i + LISTED_LINES; j++)
            len = gaz_text_squeeze_to(layout->lines[j].text, room, len, sizeof room);
        if (memmem(room, len, title.data, title.len))
            return true;
    }
    return false;
}

// Where the label at item I belongs when it stands right behind the day that signs another document: above
// the text before that document's header, when the page before lists its title.
static size_t label_place_before(const struct layout *layout, const struct page_blocks *page, size_t i) {
    size_t header = 0;
    char room[COVER_BYTES];
    while (header < i && page->items[header]->group != GROUP_HEADER)
        header++;
    if (header == i || i + 1 >= page->count || page->items[i + 1]->group != GROUP_ATTACHMENT)
        return i;
    struct gaz_str title = squeezed(layout, page->items[i + 1]->block, room);
    return is_on_page_before(layout, page->items[i]->block->page, title) ? text_above(layout, page, header)
                                                                         : i;
}

// Where the label at item I, the end of the page, belongs: above the text before it, but not above that which
// a header or plan title opens; then above the text before that header.
static size_t label_place(const struct layout *layout, const struct page_blocks *page, size_t i) {
    size_t to = text_above(layout, page, i), header = to;
    if (to == i)
        return label_place_before(layout, page, i);
    while (header > 0 && is_furniture(page->items[header - 1]))
        header--;
    if (header == 0 || (page->items[header - 1]->group != GROUP_HEADER &&
                        page->items[header - 1]->group != GROUP_PLAN_TITLE))
        return to;
    while (header > 0 && page->items[header - 1]->group != GROUP_HEADER)
        header--;
    while (header > 0 && page->items[header - 1]->group == GROUP_HEADER)
        header--;
    size_t above = text_above(layout, page, header);
    return above < header ? above : to;
}

// A label and title at the end of a page name what begins on it.
static void order_attachments(const struct layout *layout, struct page_blocks *page) {
    for (size_t i = 0; i < page->count; i++) {
        if (page->items[i]->group != GROUP_ATTACHMENT)
            continue;
        size_t end = group_end(page, i);
        size_t to = only_furniture_from(page, end) ? label_place(layout, page, i) : i;
        if (to < i)
            move_up(page, i, end - i, to);
        i = end - 1;
    }
}

static bool is_heading_block(const struct layout *layout, const struct layout_block *block) {
    struct gaz_label label;
    struct gaz_str text = text_of(layout, block->block);
    return block->block->kind == GAZ_BLOCK_TEXT && block->block->spans.count == 1 &&
           !gaz_text_is_closed(text) && !layout_is_date(text) && !gaz_office_signs(text) &&
           !gaz_label_read(text, &label);
}

// Start of the title nearest above item I: headings which a text follows. I when there is none.
static size_t title_above(const struct layout *layout, const struct page_blocks *page, size_t i) {
    for (size_t at = i; at-- > 0;) {
        if (!is_heading_block(layout, page->items[at]) ||
            (at + 1 < page->count && is_date_block(layout, page->items[at + 1])))
            continue;
        while (at > 0 && is_heading_block(layout, page->items[at - 1]))
            at--;
        return at;
    }
    return i;
}

// Behind the day on which the last document above item I was signed; else the top of the page.
static size_t behind_last_act(const struct layout *layout, const struct page_blocks *page, size_t i) {
    for (size_t j = i; j-- > 1;)
        if (is_date_block(layout, page->items[j]) && page->items[j]->group == GROUP_NONE)
            return j + 1;
    return skip_furniture(page, 0);
}

// A section head stands above the title of what it opens. Where the extractor wrote it inside a paragraph, at
// the end of the page, or before a text that has its title above, it goes there, or to the top of the page.
static void order_sections(const struct layout *layout, struct page_blocks *page) {
    for (size_t i = 1; i < page->count; i++) {
        const struct layout_block *head = page->items[i];
        if (head->group != GROUP_SECTION)
            continue;
        bool inside = false;
        size_t next = skip_furniture(page, i + 1);
        for (size_t j = 0; j < i; j++)
            inside |= !is_furniture(page->items[j]) && page->items[j]->last_line > head->block->line;
        bool opens = next < page->count && (page->items[next]->group != GROUP_NONE ||
                                            page->items[next]->block->kind != GAZ_BLOCK_TEXT ||
                                            is_heading_block(layout, page->items[next]));
        bool splits = i > 0 && is_heading_block(layout, page->items[i - 1]); // a title of two lines
        if (opens && !inside && !splits)
            continue;
        size_t to = inside || next == page->count ? i : title_above(layout, page, i);
        move_up(page, i, 1, to < i ? to : behind_last_act(layout, page, i));
    }
}

static void order_calendar(struct page_blocks *page) {
    for (size_t i = 1; i < page->count; i++) {
        if (page->items[i]->group != GROUP_CALENDAR)
            continue;
        for (size_t j = 0; j < i; j++)
            if (page->items[j]->block->kind == GAZ_BLOCK_DAY ||
                page->items[j]->block->kind == GAZ_BLOCK_ENTRY) {
                move_up(page, i, 1, j);
                return;
            }
    }
}

// Whether the last document that begins on the page, or before it, still waits for its date.
static bool is_open_after(const struct layout *layout, const struct page_blocks *page) {
    bool open = page->open;
    for (size_t i = 0; i < page->count; i++) {
        const struct layout_block *block = page->items[i];
        if (block->group == GROUP_HEADER)
            open = block->block->kind != GAZ_BLOCK_DATE;
        else if (is_date_block(layout, block))
            open = false;
    }
    return open;
}

// Appends the lines and spans of the table REST to TABLE. False when memory is out.
static bool append_table(const struct layout *layout, struct gaz_block *table, const struct gaz_block *rest) {
    struct gaz_arena *arena = layout->issue->arena;
    size_t count = table->line_count + rest->line_count;
    const struct gaz_line **lines = gaz_arena_alloc(arena, count * sizeof *lines);
    if (!lines)
        return false;
    memcpy(lines, table->lines, table->line_count * sizeof *lines);
    memcpy(lines + table->line_count, rest->lines, rest->line_count * sizeof *lines);
    table->lines = lines;
    table->line_count = count;
    table->last_page = rest->last_page;
    for (size_t i = 0; i < rest->spans.count; i++)
        if (!gaz_spans_add(&table->spans, arena, rest->spans.items[i]))
            return false;
    return true;
}

// Two pieces of a table that stood only apart because the label of the attachment was written at the end of
// its first page are one.
static bool join_tables(const struct layout *layout, struct layout_blocks *blocks) {
    size_t kept = 0;
    for (size_t i = 0; i < blocks->count; i++) {
        struct layout_block *block = blocks->items[i], *last = kept > 0 ? blocks->items[kept - 1] : NULL;
        bool goes_on = last && last->block->kind == GAZ_BLOCK_TABLE &&
                       block->block->kind == GAZ_BLOCK_TABLE &&
                       block->block->page == last->block->last_page + 1;
        if (!goes_on)
            blocks->items[kept++] = block;
        else if (!append_table(layout, last->block, block->block))
            return false;
        else
            last->last_line = block->last_line;
    }
    blocks->count = kept;
    return true;
}

bool layout_order(struct layout *layout, struct layout_blocks *blocks) {
    bool open = false;
    for (size_t from = 0; from < blocks->count;) {
        size_t to = from;
        while (to < blocks->count && blocks->items[to]->block->page == blocks->items[from]->block->page)
            to++;
        struct page_blocks page = {blocks->items + from, to - from, open};
        order_headers(layout, &page);
        order_attachments(layout, &page);
        order_sections(layout, &page);
        order_calendar(&page);
        open = is_open_after(layout, &page);
        from = to;
    }
    return join_tables(layout, blocks);
}
