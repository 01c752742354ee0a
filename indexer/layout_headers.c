// SPDX-License-Identifier: GPL-2.0-or-later
//
// Header blocks (registration, number, issuer, title), titles of plans that a 印发 notice carries, labels and
// titles of attachments: each is a group of lines that the extractor may have written anywhere on the page.
#include <string.h>

#include "corpus/authority.h"
#include "corpus/docnum.h"
#include "corpus/label.h"
#include "corpus/office.h"
#include "corpus/title.h"
#include "indexer/layout_parts.h"

enum { TITLE_LINES = 9, TITLE_BYTES = 600, ATTACHMENT_TITLE_LINES = 4, PLAN_PAGES = 2 };

// Text of consecutive lines without white space, in a fixed room: titles are short.
struct joined {
    char text[TITLE_BYTES + 1];
    size_t len;
};

static void join_line(struct joined *joined, struct gaz_str text) {
    joined->len = gaz_text_squeeze_to(text, joined->text, joined->len, TITLE_BYTES);
    joined->text[joined->len] = '\0';
}

static struct gaz_str joined_text(const struct joined *joined) {
    return (struct gaz_str){joined->text, joined->len};
}

static bool same_page(const struct layout *layout, size_t a, size_t b) {
    return a < layout->line_count && b < layout->line_count &&
           layout->lines[a].line->page == layout->lines[b].line->page;
}

static bool heading_like_at(const struct layout *layout, size_t i, size_t anchor) {
    return same_page(layout, i, anchor) && layout_is_heading_like(&layout->lines[i]);
}

static bool is_body_name(struct gaz_str text) {
    size_t count = gaz_text_count(text);
    return count >= 2 && count <= 40 && gaz_unit_likeness(NULL, text.data, text.len) >= 0.5;
}

// A title that carries another one must end with a kind that can (印发 … 的通知).
static bool carries_title(struct gaz_str title) {
    static const char *const verbs[] = {"印发", "转发", "批转", "公布", "发布",
                                        "修改", "修订", "废止", "印發", "轉發"};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (gaz_str_find(title, verbs[i]) != SIZE_MAX)
            return true;
    return false;
}

static bool ends_carrier(struct gaz_str title) {
    static const char *const kinds[] = {"通知", "决定", "批复", "函",   "公告", "通告",
                                        "令",   "意见", "命令", "決定", "批復"};
    return gaz_str_ends_one(gaz_text_without_brackets(title), kinds, sizeof kinds / sizeof *kinds, NULL);
}

static bool is_whole_title(struct gaz_str title) {
    return layout_ends_like_title(title) && (!carries_title(title) || ends_carrier(title));
}

// A title in full dress: 关于 (印发《…》) at its start or behind the names of bodies.
static bool is_strong_title(struct gaz_str title) {
    return is_whole_title(title) && gaz_title_subject(title) != SIZE_MAX;
}

// （2024年3月1日…通过）: how what stands above came to be.
static bool is_adoption(struct gaz_str text) {
    static const char *const words[] = {"通过", "公布", "发布", "修正", "修订", "通過", "發布", "修訂"};
    bool dated = gaz_text_first(text) == U'（' && gaz_str_find(text, "年") != SIZE_MAX;
    for (size_t i = 0; dated && i < sizeof words / sizeof *words; i++)
        if (gaz_str_find(text, words[i]) != SIZE_MAX)
            return true;
    return false;
}

static bool goes_on_title(struct gaz_str text) {
    bool bracketed = (gaz_text_first(text) == U'（' || gaz_text_first(text) == '(') &&
                     (gaz_text_last(text) == U'）' || gaz_text_last(text) == ')');
    return gaz_str_starts(text, "的") || (bracketed && !is_adoption(text));
}

// Lines of an issuer and title from line FROM down; JOINED gets their text.
static size_t title_down(const struct layout *layout, size_t from, struct joined *joined) {
    size_t count = 0;
    while (count < TITLE_LINES && heading_like_at(layout, from + count, from)) {
        struct gaz_str text = layout->lines[from + count].text;
        if (count > 0 && is_whole_title(joined_text(joined)) && !goes_on_title(text))
            break;
        join_line(joined, text);
        count++;
    }
    return count;
}

// Lines of an issuer and title that end right above line BELOW: the shortest run that makes a strong title.
static size_t title_up(const struct layout *layout, size_t below) {
    for (size_t count = 1; count <= TITLE_LINES && count <= below; count++) {
        struct joined joined = {.len = 0};
        if (!heading_like_at(layout, below - count, below))
            return 0;
        for (size_t i = below - count; i < below; i++)
            join_line(&joined, layout->lines[i].text);
        if (!is_strong_title(joined_text(&joined)))
            continue;
        while (count < TITLE_LINES && count < below && heading_like_at(layout, below - count - 1, below) &&
               is_body_name(layout->lines[below - count - 1].text))
            count++;
        return count;
    }
    return 0;
}

static void mark(struct layout *layout, size_t i, enum gaz_block_kind kind, enum group_kind group,
                 size_t id) {
    layout->lines[i].kind = kind;
    layout->lines[i].group = group;
    layout->lines[i].group_id = id;
}

// TEXT without the brackets around all of it.
static struct gaz_str in_brackets(struct gaz_str text) {
    if (gaz_str_starts(text, "（") && gaz_str_ends(text, "）") && text.len > 2 * strlen("（"))
        return (struct gaz_str){text.data + strlen("（"), text.len - 2 * strlen("（")};
    if (gaz_str_starts(text, "(") && gaz_str_ends(text, ")") && text.len > 2)
        return (struct gaz_str){text.data + 1, text.len - 2};
    return text;
}

// The first lines that are names of bodies are issuers; the rest is the title, and the day in brackets under
// it.
static void mark_title(struct layout *layout, size_t from, size_t count, size_t id) {
    bool issuers = true;
    for (size_t i = from; i < from + count; i++) {
        issuers = issuers && i + 1 < from + count && is_body_name(layout->lines[i].text);
        bool dated = layout_is_date(in_brackets(layout->lines[i].text));
        mark(layout, i,
             issuers ? GAZ_BLOCK_ISSUER
             : dated ? GAZ_BLOCK_DATE
                     : GAZ_BLOCK_TITLE,
             GROUP_HEADER, id);
    }
}

// --- numbers and registration
// --------------------------------------------------------------------------------

// ZJCC00–2023–0011: capitals and digits, year and serial, parted by dashes.
bool layout_is_registration(struct gaz_str text) {
    static const char *const dashes[] = {"–", "—", "-", "－"};
    size_t parts = 1, capitals = 0, digits = 0;
    for (size_t at = 0; at < text.len;) {
        size_t dash = 0;
        for (size_t d = 0; d < sizeof dashes / sizeof *dashes && dash == 0; d++)
            dash = gaz_str_starts(gaz_str_from(text, at), dashes[d]) ? strlen(dashes[d]) : 0;
        char byte = text.data[at];
        capitals += byte >= 'A' && byte <= 'Z';
        digits += byte >= '0' && byte <= '9';
        parts += dash > 0;
        if (dash == 0 && byte != ' ' && !(byte >= 'A' && byte <= 'Z') && !(byte >= '0' && byte <= '9'))
            return false;
        at += dash > 0 ? dash : 1;
    }
    return parts == 3 && capitals >= 2 && digits >= 6 && text.len <= 40;
}

// 發文字號：嵐府法字第1130008841號 and 發文日期：…, the lines under the issuer and kind of a Taiwan document.
static bool is_dispatch_line(struct gaz_str text, const char *simplified, const char *traditional) {
    return gaz_str_starts(text, traditional) || gaz_str_starts(text, simplified);
}

static bool is_dispatch_number(struct gaz_str text) {
    return is_dispatch_line(text, "发文字号：", "發文字號：");
}

// Lines, one or two, of a document number that stands alone at line I; 0 when there is none.
static size_t number_lines(const struct layout *layout, size_t i) {
    struct gaz_str text = in_brackets(layout->lines[i].text);
    if (layout->lines[i].kind != GAZ_BLOCK_TEXT || gaz_text_count(text) > 60)
        return 0;
    if (gaz_docnum_is_heading(text.data, text.len) || is_dispatch_number(text))
        return 1;
    if (!same_page(layout, i, i + 1) || layout->lines[i + 1].kind != GAZ_BLOCK_TEXT ||
        gaz_text_is_closed(text) || layout_is_date(text) || gaz_text_count(layout->lines[i + 1].text) > 20)
        return 0;
    struct gaz_str below = layout->lines[i + 1].text;
    if (gaz_docnum_is_heading(below.data, below.len) && !gaz_str_ends(gaz_str_trim(text), "公告"))
        return 0; // but 财政部 税务总局公告 above 2024年第6号
    struct joined joined = {.len = 0};
    join_line(&joined, text);
    join_line(&joined, layout->lines[i + 1].text);
    return gaz_docnum_is_heading(joined.text, joined.len) ? 2 : 0;
}

static void take_registration(struct layout *layout, size_t i, size_t anchor, size_t id) {
    if (same_page(layout, i, anchor) && layout->lines[i].kind == GAZ_BLOCK_TEXT &&
        layout_is_registration(layout->lines[i].text))
        mark(layout, i, GAZ_BLOCK_REGISTRATION, GROUP_HEADER, id);
}

// Issuer and kind (嵐雲縣政府 / 公告) above the dispatch lines at I; the kind may look like a section head.
static void take_dispatch(struct layout *layout, size_t i) {
    size_t id = ++layout->group_count, top = i;
    mark(layout, i, GAZ_BLOCK_NUMBER, GROUP_HEADER, id);
    for (size_t step = 0; step < 3 && top > 0 && same_page(layout, top - 1, i); step++) {
        const struct layout_line *line = &layout->lines[top - 1];
        if (!is_dispatch_line(line->text, "发文日期：", "發文日期："))
            break;
        mark(layout, --top, GAZ_BLOCK_DATE, GROUP_HEADER, id);
    }
    if (same_page(layout, i + 1, i) &&
        is_dispatch_line(layout->lines[i + 1].text, "发文日期：", "發文日期："))
        mark(layout, i + 1, GAZ_BLOCK_DATE, GROUP_HEADER, id);
    for (size_t step = 0; step < TITLE_LINES && top > 0 && same_page(layout, top - 1, i); step++) {
        const struct layout_line *line = &layout->lines[top - 1];
        if (gaz_office_signs(line->text)) // of the document before
            break;
        if (gaz_str_starts(line->text, "受文者：")) { // whom it is for, between the header's lines
            mark(layout, --top, GAZ_BLOCK_ADDRESSEE, GROUP_HEADER, id);
            continue;
        }
        bool body = line->kind == GAZ_BLOCK_TEXT && is_body_name(line->text);
        bool title = line->kind == GAZ_BLOCK_TEXT || (step == 0 && line->kind == GAZ_BLOCK_SECTION_HEAD);
        if (gaz_text_is_closed(line->text) || !title || gaz_text_count(line->text) > 60)
            break;
        mark(layout, --top, body ? GAZ_BLOCK_ISSUER : GAZ_BLOCK_TITLE, GROUP_HEADER, id);
        if (body)
            break;
    }
}

// The header block around the number in COUNT lines from I.
static void take_header(struct layout *layout, size_t i, size_t count) {
    if (is_dispatch_number(layout->lines[i].text)) {
        take_dispatch(layout, i);
        return;
    }
    struct joined down = {.len = 0};
    size_t id = ++layout->group_count;
    size_t below = title_down(layout, i + count, &down);
    size_t above = is_strong_title(joined_text(&down)) ? 0 : title_up(layout, i);
    for (size_t j = i; j < i + count; j++)
        mark(layout, j, GAZ_BLOCK_NUMBER, GROUP_HEADER, id);
    if (above > 0) {
        mark_title(layout, i - above, above, id);
        if (i > above)
            take_registration(layout, i - above - 1, i, id);
    } else if (below > 0 && is_whole_title(joined_text(&down))) {
        mark_title(layout, i + count, below, id);
    }
    if (i > 0)
        take_registration(layout, i - 1, i, id);
}

// --- titles without a number
// ---------------------------------------------------------------------------------

// Nothing before line I on the way up can go on in it: a closed line, a date, or the start of the file.
static bool starts_anew(const struct layout *layout, size_t i) {
    while (i-- > 0) {
        const struct layout_line *line = &layout->lines[i];
        if (line->kind == GAZ_BLOCK_RUNNING_HEAD || line->kind == GAZ_BLOCK_FOLIO ||
            line->kind == GAZ_BLOCK_SECTION_HEAD)
            continue;
        return line->kind != GAZ_BLOCK_TEXT || gaz_text_is_closed(line->text) || layout_is_date(line->text) ||
               gaz_office_signs(line->text) || gaz_text_last(line->text) == U'）';
    }
    return true;
}

// What may follow the title of a regulation that has no 关于: 第一章, 第一条, or （2024年3月1日…通过）.
static bool opens_regulation(const struct layout *layout, size_t i, size_t anchor) {
    struct gaz_label label;
    if (!same_page(layout, i, anchor))
        return false;
    struct gaz_str text = layout->lines[i].text;
    if (gaz_label_read(text, &label))
        return label.number == 1 && (label.rank == GAZ_LABEL_CHAPTER || label.rank == GAZ_LABEL_ARTICLE);
    return is_adoption(text);
}

enum { QUOTE_LINES = 60 };

// Whether the text above line I names TITLE in 《》 or 「」: what follows is what that document issues.
static bool is_quoted_above(const struct layout *layout, size_t i, struct gaz_str title) {
    struct gaz_buf text = GAZ_BUF_INIT, quoted = GAZ_BUF_INIT, corner = GAZ_BUF_INIT;
    gaz_buf_printf(&quoted, "《%.*s》", (int)title.len, title.data);
    gaz_buf_printf(&corner, "「%.*s」", (int)title.len, title.data);
    for (size_t j = i > QUOTE_LINES ? i - QUOTE_LINES : 0; j < i; j++) {
        struct joined joined = {.len = 0};
        join_line(&joined, layout->lines[j].text);
        gaz_buf_add(&text, joined.text, joined.len);
    }
    struct gaz_str above = {text.data, text.len};
    bool found = gaz_str_find(above, quoted.data) != SIZE_MAX || gaz_str_find(above, corner.data) != SIZE_MAX;
    gaz_buf_free(&text);
    gaz_buf_free(&corner);
    gaz_buf_free(&quoted);
    return found;
}

// A title whose text begins behind it: its first line has the label 1.
static bool opens_list(const struct layout *layout, size_t i, size_t anchor) {
    struct gaz_label label;
    return same_page(layout, i, anchor) && gaz_label_read(layout->lines[i].text, &label) && label.number == 1;
}

// Whether the document above line I carries another one (转发…的通知).
static bool is_behind_carrier(const struct layout *layout, size_t i) {
    struct joined joined = {.len = 0};
    size_t last = i;
    while (last > 0 && i - last < QUOTE_LINES && layout->lines[last - 1].kind != GAZ_BLOCK_TITLE)
        last--;
    size_t first = last;
    while (first > 0 && layout->lines[first - 1].kind == GAZ_BLOCK_TITLE && last - first < TITLE_LINES)
        first--;
    for (size_t j = first; j < last; j++)
        join_line(&joined, layout->lines[j].text);
    return joined.len > 0 && carries_title(joined_text(&joined)) && ends_carrier(joined_text(&joined));
}

static void take_title(struct layout *layout, size_t i) {
    struct joined joined = {.len = 0};
    if (!layout_is_heading_like(&layout->lines[i]) || !starts_anew(layout, i))
        return;
    size_t count = title_down(layout, i, &joined);
    bool opens = opens_list(layout, i + count, i) || opens_regulation(layout, i + count, i) ||
                 is_behind_carrier(layout, i);
    if (count > 0 && opens && is_quoted_above(layout, i, joined_text(&joined))) {
        size_t id = ++layout->group_count;
        for (size_t j = i; j < i + count; j++)
            mark(layout, j, GAZ_BLOCK_PLAN_TITLE, GROUP_PLAN_TITLE, id);
        return;
    }
    bool regulation = is_whole_title(joined_text(&joined)) && !gaz_str_starts(joined_text(&joined), "《") &&
                      opens_regulation(layout, i + count, i);
    if (count == 0 || (!is_strong_title(joined_text(&joined)) && !regulation))
        return;
    mark_title(layout, i, count, ++layout->group_count);
}

// --- plan titles
// ---------------------------------------------------------------------------------------------

// Lines from I whose text together is PLAN; 0 when they are not.
static size_t plan_lines(const struct layout *layout, size_t i, struct gaz_str plan) {
    struct joined joined = {.len = 0};
    for (size_t count = 0; count < TITLE_LINES && same_page(layout, i, i + count); count++) {
        const struct layout_line *line = &layout->lines[i + count];
        if (line->kind != GAZ_BLOCK_TEXT)
            return 0;
        join_line(&joined, line->text);
        if (joined.len > plan.len || memcmp(joined.text, plan.data, joined.len) != 0)
            return 0;
        if (joined.len == plan.len)
            return count + 1;
    }
    return 0;
}

static void take_plan_title(struct layout *layout, size_t header, struct gaz_str plan) {
    size_t page = layout->lines[header].line->page;
    size_t from = layout->pages[page - 1].first;
    for (size_t i = from; i < layout->line_count && layout->lines[i].line->page <= page + PLAN_PAGES; i++) {
        size_t count = plan_lines(layout, i, plan);
        if (count == 0)
            continue;
        size_t id = ++layout->group_count;
        for (size_t j = i; j < i + count; j++)
            mark(layout, j, GAZ_BLOCK_PLAN_TITLE, GROUP_PLAN_TITLE, id);
        return;
    }
}

static void find_plan_titles(struct layout *layout) {
    for (size_t i = 0; i < layout->line_count; i++) {
        struct joined title = {.len = 0};
        size_t first = i;
        if (layout->lines[i].kind != GAZ_BLOCK_TITLE || layout->lines[i].group != GROUP_HEADER)
            continue;
        for (; i < layout->line_count && layout->lines[i].kind == GAZ_BLOCK_TITLE &&
               layout->lines[i].group_id == layout->lines[first].group_id;
             i++)
            join_line(&title, layout->lines[i].text);
        struct gaz_str plan = gaz_title_plan(joined_text(&title));
        if (plan.len > 0)
            take_plan_title(layout, first, plan);
    }
}

// --- attachments
// ---------------------------------------------------------------------------------------------

// Bytes of an attachment label (附件, 附件2, 附 件 3：) at the start of TEXT; 0 when there is none or a list
// follows it (附件：1.…).
static size_t attachment_label(struct gaz_str text) {
    static const char *const words[] = {"附件", "附表", "附录", "附錄", "附图", "附 件", "附　件", "附表"};
    size_t at = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words && at == 0; i++)
        at = gaz_str_starts(text, words[i]) ? strlen(words[i]) : 0;
    if (at == 0)
        return 0;
    size_t number = at;
    while (number < text.len && (strchr(" 0123456789-", text.data[number]) != NULL))
        number++;
    for (size_t digits = 0; digits < 2; digits++) { // 附件一, 附件１
        static const char *const han[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十",
                                          "１", "２", "３", "４", "５", "６", "７", "８", "９", "０"};
        for (size_t i = 0; i < sizeof han / sizeof *han; i++)
            if (gaz_str_starts(gaz_str_from(text, number), han[i])) {
                number += 3;
                break;
            }
    }
    struct gaz_str rest = gaz_str_trim(gaz_str_from(text, number));
    if (rest.len == 0 || gaz_text_same(rest, gaz_str_of("：")) || gaz_text_same(rest, gaz_str_of(":")))
        return text.len;
    bool parted = number > at && text.data[number - 1] == ' ';
    return parted && !gaz_text_is_closed(rest) && gaz_text_count(rest) >= 4 ? number : 0;
}

static void take_attachment(struct layout *layout, size_t i) {
    struct joined joined = {.len = 0};
    size_t id = ++layout->group_count, count = 0;
    mark(layout, i, GAZ_BLOCK_ATTACHMENT_LABEL, GROUP_ATTACHMENT, id);
    if (attachment_label(layout->lines[i].text) < layout->lines[i].text.len) // its title stands beside it
        join_line(&joined, layout->lines[i].text), count++;
    size_t measure = layout->pages[layout->lines[i].line->page - 1].measure;
    for (size_t j = i + 1; count < ATTACHMENT_TITLE_LINES && heading_like_at(layout, j, i); j++, count++) {
        struct gaz_str text = layout->lines[j].text;
        bool whole = count > 0 && layout_ends_like_title(joined_text(&joined));
        bool prose = count > 0 && layout->lines[j].line->width + 5 >= measure && !gaz_str_starts(text, "（");
        if ((whole && !goes_on_title(text)) || prose || number_lines(layout, j) > 0)
            break;
        join_line(&joined, text);
        mark(layout, j, GAZ_BLOCK_ATTACHMENT_TITLE, GROUP_ATTACHMENT, id);
    }
}

// --- all
// -----------------------------------------------------------------------------------------------------

bool layout_find_headers(struct layout *layout) {
    for (size_t i = 0; i < layout->line_count; i++)
        if (layout->lines[i].kind == GAZ_BLOCK_TEXT && attachment_label(layout->lines[i].text) > 0)
            take_attachment(layout, i);
    for (size_t i = 0; i < layout->line_count; i++) {
        size_t count = number_lines(layout, i);
        if (count > 0)
            take_header(layout, i, count);
    }
    find_plan_titles(layout);
    for (size_t i = 0; i < layout->line_count; i++)
        if (layout->lines[i].kind == GAZ_BLOCK_TEXT)
            take_title(layout, i);
    find_plan_titles(layout);
    return true;
}
