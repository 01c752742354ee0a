// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the files of the layout stage share: the role of each line, and the groups of lines that are moved as
// one.
#ifndef GAZ_INDEXER_LAYOUT_PARTS_H
#define GAZ_INDEXER_LAYOUT_PARTS_H

#include "corpus/model.h"
#include "corpus/text.h"

// Lines that make one thing and move together when the page is put in order; GROUP_NONE for plain text.
enum group_kind {
    GROUP_NONE,
    GROUP_HEADER,
    GROUP_PLAN_TITLE,
    GROUP_ATTACHMENT,
    GROUP_SECTION,
    GROUP_CALENDAR
};

struct layout_line {
    const struct gaz_line *line;
    struct gaz_str text;      // of its span
    enum gaz_block_kind kind; // GAZ_BLOCK_TEXT until something better is known
    enum group_kind group;
    size_t group_id; // from 1; 0 outside groups
    bool edge;       // first or last line of its page
};

struct layout_page {
    size_t first, count; // its lines
    size_t measure;      // columns of a full line of the column, indent included
    size_t limit;        // columns of its longest lines, as far as there are several
    bool blank_parts;    // a blank line parts paragraphs on this page (elsewhere it means nothing)
};

struct layout {
    struct gaz_issue *issue;
    struct layout_line *lines;
    size_t line_count;
    struct layout_page *pages; // pages[0] is page 1
    size_t page_count;
    size_t group_count;
    bool indent_kept; // first lines of paragraphs are still indented
    bool whole;       // paragraphs are already whole: one a line
    bool measured;    // enough lines are full to tell how long one is
};

// A block with what only the layout stage needs of it.
struct layout_block {
    struct gaz_block *block;
    enum group_kind group;
    size_t group_id;
    size_t last_line; // number of its last line
};

struct layout_blocks {
    struct layout_block **items;
    size_t count, capacity;
};

// Titles end with the name of a kind of document (文种) or of what is attached to one.
bool layout_ends_like_title(struct gaz_str text);
// A line that could be a heading or a piece of a title: no label, no end of a sentence.
bool layout_is_heading_like(const struct layout_line *line);
// The whole line is a registration number (ZJCC00–2023–0011).
bool layout_is_registration(struct gaz_str text);
// The whole line is a date.
bool layout_is_date(struct gaz_str text);
// A line or paragraph that names whom the document is for: ends with a colon, and is a list of bodies.
bool layout_is_addressee(struct gaz_str text);

// layout_roles.c: furniture, section heads, days, entries; and the tables of layout_tables.c.
bool layout_find_roles(struct layout *layout);
// layout_tables.c: the lines of table fragments.
void layout_find_tables(struct layout *layout);
// layout_headers.c: header blocks, plan titles, attachment labels and titles.
bool layout_find_headers(struct layout *layout);
// layout_join.c: lines → blocks in the order of the file.
bool layout_join(struct layout *layout, struct layout_blocks *blocks);
// layout_order.c: blocks in the order of the file → in reading order, page by page.
bool layout_order(struct layout *layout, struct layout_blocks *blocks);

#endif
