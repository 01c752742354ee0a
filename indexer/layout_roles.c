// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a line is when its neighbours need not be understood: furniture of the page, section heads, days and
// entries of the calendar, contents, fragments of a table.
#include <string.h>

#include "corpus/authority.h"
#include "corpus/date.h"
#include "corpus/docnum.h"
#include "corpus/numeral.h"
#include "corpus/office.h"
#include "indexer/layout_parts.h"
#include "shim/unicode.h"

// --- folios and running heads
// --------------------------------------------------------------------------------

// ·    37    ·   - 12 -   第 12 页   and, at the edge of a page, a bare number.
static bool is_folio(const struct layout_line *line) {
    bool marked = false;
    size_t digits = 0;
    struct gaz_str text = line->text;
    if (gaz_text_count(text) > 14)
        return false;
    for (size_t at = 0; at < text.len;) {
        uint32_t code;
        at += gaz_utf8_decode(text.data + at, text.len - at, &code);
        if ((code >= '0' && code <= '9') || (code >= U'０' && code <= U'９'))
            digits++;
        else if (code == '-' || code == '~' || code == U'·' || code == U'—' || code == U'–' ||
                 code == U'－' || code == U'•' || code == U'…' || code == U'第' || code == U'页' ||
                 code == U'頁' || code == U'共')
            marked = true;
        else if (!gaz_unicode_is_space(code))
            return false;
    }
    return digits >= 1 && digits <= 4 && (marked || (line->edge && line->text.len <= 4));
}

// 第10期, 第十二卷, but not 第五条（施行日期）
static bool has_ordinal(struct gaz_str text) {
    for (size_t at = gaz_str_find(text, "第"); at != SIZE_MAX; at = gaz_str_find(text, "第")) {
        uint64_t value;
        text = gaz_str_trim(gaz_str_from(text, at + strlen("第")));
        size_t len = gaz_numeral_read(text.data, text.len, &value);
        struct gaz_str unit = gaz_str_trim(gaz_str_from(text, len));
        if (len > 0 && (gaz_str_starts(unit, "期") || gaz_str_starts(unit, "卷")))
            return true;
    }
    return false;
}

static bool has_issue_mark(struct gaz_str text) {
    return gaz_str_find(text, "总第") != SIZE_MAX || gaz_str_find(text, "總第") != SIZE_MAX ||
           gaz_str_find(text, "总号") != SIZE_MAX || has_ordinal(text);
}

// 温州市人民政府公报（总第254期） 文件发布
static bool is_running_head(struct gaz_str text) {
    size_t count = gaz_text_count(text);
    bool gazette = gaz_str_find(text, "公报") != SIZE_MAX || gaz_str_find(text, "公報") != SIZE_MAX;
    return gazette && count <= 40 && !gaz_text_is_closed(text) && gaz_str_find(text, "。") == SIZE_MAX &&
           gaz_str_find(text, "《") == SIZE_MAX && has_issue_mark(text);
}

// 国务院公报 2024·5, 2024.5: year and number behind the name, and nothing else.
static bool ends_with_issue(struct gaz_str text) {
    static const uint32_t marks[] = {U'·', U'.', U'．', U'/', U'年', U'第', U'期', U'号', U'（', U'）'};
    size_t name = gaz_str_find(text, "公报"), digits = 0;
    if (name == SIZE_MAX)
        return false;
    for (size_t at = name + strlen("公报"); at < text.len;) {
        uint32_t code;
        bool mark = false;
        at += gaz_utf8_decode(text.data + at, text.len - at, &code);
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
            mark |= code == marks[i];
        if (!mark && !gaz_unicode_is_space(code) && (code < '0' || code > '9'))
            return false;
        digits += code >= '0' && code <= '9';
    }
    return digits >= 5;
}

// The name of the gazette, or its issue, alone on a line: 澜川市人民政府公报, 2024年第2期（总第88期）
static bool is_masthead(struct gaz_str text) {
    size_t count = gaz_text_count(text), end = gaz_str_find(text, "期");
    if (gaz_str_find(text, "总号") != SIZE_MAX && gaz_str_find(text, "年第") != SIZE_MAX)
        return count <= 24;
    if (count < 5 || count > 24 || gaz_str_find(text, "，") != SIZE_MAX || gaz_text_is_closed(text))
        return false;
    if (ends_with_issue(text))
        return true;
    text = gaz_str_trim(text);
    if (gaz_str_ends(text, "公报") || gaz_str_ends(text, "公報"))
        return gaz_str_find(text, "《") == SIZE_MAX;
    return end != SIZE_MAX && has_issue_mark(text) &&
           (gaz_str_ends(text, "期") || gaz_str_ends(text, "期）") || gaz_str_ends(text, "出版")) &&
           (gaz_str_starts(text, "第") || gaz_str_starts(text, "总第") || gaz_str_starts(text, "總第") ||
            gaz_str_find(text, "年第") != SIZE_MAX);
}

// A line with its digits and blanks taken out: what repeats at the edge of every page.
static char *pattern_of(struct gaz_arena *arena, struct gaz_str text) {
    char *pattern = gaz_text_squeeze(arena, text);
    size_t len = 0;
    for (size_t i = 0; pattern && pattern[i]; i++)
        if (pattern[i] < '0' || pattern[i] > '9')
            pattern[len++] = pattern[i];
    if (pattern)
        pattern[len] = '\0';
    return pattern;
}

enum { REPEATS_FOR_HEAD = 3, HEAD_CHARACTERS = 30, HEADS_COMPARED = 2000 };

// Edge lines that stand on at least three pages, and on two pages of five, are running heads whatever they
// say.
static bool find_repeated_heads(struct layout *layout) {
    size_t *edges = gaz_arena_alloc(layout->issue->arena, (2 * layout->page_count + 2) * sizeof *edges);
    char **patterns = gaz_arena_alloc(layout->issue->arena, (2 * layout->page_count + 2) * sizeof *patterns);
    size_t count = 0;
    if (!edges || !patterns)
        return false;
    for (size_t i = 0; i < layout->line_count && count < HEADS_COMPARED; i++) {
        const struct layout_line *line = &layout->lines[i];
        if (!line->edge || line->kind != GAZ_BLOCK_TEXT || gaz_text_count(line->text) > HEAD_CHARACTERS ||
            gaz_text_is_closed(line->text) || gaz_office_signs(line->text) || layout_is_date(line->text) ||
            gaz_docnum_is_heading(line->text.data, line->text.len)) // short acts, each on its page
            continue;
        patterns[count] = pattern_of(layout->issue->arena, line->text);
        if (!patterns[count])
            return false;
        edges[count++] = i;
    }
    for (size_t i = 0; i < count; i++) {
        size_t same = 0;
        for (size_t j = 0; j < count; j++)
            same += strcmp(patterns[i], patterns[j]) == 0;
        if (patterns[i][0] && same >= REPEATS_FOR_HEAD && same * 5 >= layout->page_count * 2)
            layout->lines[edges[i]].kind = GAZ_BLOCK_RUNNING_HEAD;
    }
    return true;
}

// --- section heads and the calendar
// --------------------------------------------------------------------------

static const char *const section_names[] = {
    "文件发布",
    "政务简讯",
    "政务要闻",
    "政务动态",
    "政务信息",
    "市政府文件",
    "市政府令",
    "市政府办公室文件",
    "市府办文件",
    "省政府文件",
    "省政府办公厅文件",
    "国务院文件",
    "部门文件",
    "市级部门文件",
    "人事任免",
    "人事信息",
    "政策解读",
    "领导讲话",
    "工作动态",
    "会议纪要",
    "统计资料",
    "统计信息",
    "专题报道",
    "经验交流",
    "特载",
    "特稿",
    "要闻",
    "图片新闻",
    "政府工作报告",
    "重要会议",
    "规范性文件",
    "行政规范性文件",
    "政府规章",
    "重要文件",
    "工作研究",
    "调查研究",
    "法规规章",
    "县市区文件",
    "公告通告",
    "大事记",
    "文件發布",
    "政務簡訊",
    "法規",
    "政令",
    "公告",
    "公示送達",
    "人事",
    "行政規則",
    "封面图片",
    "图片报道",
    "机构人事",
    "任免事项",
    "縣政簡訊",
    "政務要聞",
    "政務動態",
    "市政府檔案",
    "部門文件",
    "人事任免",
    "政策解讀",
    "工作動態",
    "領導講話",
    "要聞",
    "市政簡訊",
    "專載",
    "法規命令",
    "行政公告",
    "任免",
    "政令文告",
    "县政简讯",
    "工作简讯",
    "政务公开",
};

static bool is_han(struct gaz_str text) {
    for (size_t at = 0; at < text.len;) {
        uint32_t code;
        at += gaz_utf8_decode(text.data + at, text.len - at, &code);
        if (!gaz_unicode_is_han(code) && !gaz_unicode_is_space(code))
            return false;
    }
    return true;
}

// Whose documents stand in a section: those of a level, or of its bodies.
static bool begins_section(struct gaz_str name) {
    static const char *const whose[] = {"国务院", "省",   "市",   "县",   "区",
                                        "州",     "部门", "上级", "乡镇", "街道"};
    for (size_t i = 0; i < sizeof whose / sizeof *whose; i++)
        if (gaz_str_starts(name, whose[i]))
            return true;
    return false;
}

// Names of sections end in few ways: 基层经验, 改革实践, 专题报道.
static bool ends_like_section(struct gaz_str text) {
    static const char *const ends[] = {"实践", "经验", "报道", "纪实", "风采", "聚焦",
                                       "观察", "之窗", "特写", "专题", "實踐", "經驗"};
    char room[64];
    text = gaz_text_without_ornament(text);
    size_t count = gaz_text_count(text), len = gaz_text_squeeze_to(text, room, 0, sizeof room);
    struct gaz_str name = {room, len};
    if (count < 4 || count > 9 || !is_han(text))
        return false;
    if (gaz_str_ends(name, "文件")) // 县政府文件, 市级部门文件
        return begins_section(name);
    return count <= 6 && gaz_str_ends_one(name, ends, sizeof ends / sizeof *ends, NULL);
}

static bool is_section_head(struct layout *layout, const struct layout_line *line, bool *ok) {
    if (gaz_text_count(line->text) < 2 || gaz_text_count(line->text) > 12)
        return false;
    if (ends_like_section(line->text))
        return true;
    char *name = gaz_text_squeeze(layout->issue->arena, gaz_text_without_ornament(line->text));
    *ok = name != NULL;
    for (size_t i = 0; name && i < sizeof section_names / sizeof *section_names; i++)
        if (strcmp(name, section_names[i]) == 0)
            return true;
    return false;
}

// 10月份市政府记事, 2024年3月大事记
static bool is_calendar_title(struct gaz_str text) {
    static const char *const ends[] = {"记事", "大事记", "纪事", "記事", "大事記"};
    return gaz_text_count(text) <= 24 && gaz_str_find(text, "月") != SIZE_MAX &&
           gaz_str_ends_one(gaz_str_trim(text), ends, sizeof ends / sizeof *ends, NULL);
}

enum { DAY_BYTES = 48 };

// TEXT without its blanks (1 2 日), in ROOM; as it is when it is longer.
static struct gaz_str without_blanks(struct gaz_str text, char room[DAY_BYTES]) {
    return text.len > DAY_BYTES ? text
                                : (struct gaz_str){room, gaz_text_squeeze_to(text, room, 0, DAY_BYTES)};
}

// Bytes of a range sign at the start of TEXT, 0 without one.
static size_t range_sign(struct gaz_str text) {
    static const char *const signs[] = {"至", "-", "－", "—", "–", "~", "～"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (gaz_str_starts(text, signs[i]))
            return strlen(signs[i]);
    return 0;
}

// TEXT behind the first day of a range: 5日至6日, 5—6日, 10月5日至8日; all of it when it is none.
static struct gaz_str behind_range(struct gaz_str text) {
    struct gaz_date date;
    uint64_t day;
    size_t len = gaz_date_read(text.data, text.len, &date);
    len = len > 0 ? len : gaz_numeral_read(text.data, text.len, &day);
    len += gaz_str_starts(gaz_str_from(text, len), "日") ? strlen("日") : 0;
    size_t sign = len > 0 ? range_sign(gaz_str_from(text, len)) : 0;
    return gaz_str_from(text, sign > 0 ? len + sign : 0);
}

// 7日, 10月7日, 十月七日, 5日至6日, with nothing else on the line
static bool is_day(struct gaz_str text) {
    struct gaz_date date;
    uint64_t day;
    char plain[DAY_BYTES];
    text = behind_range(without_blanks(gaz_str_trim(text), plain));
    size_t len = gaz_date_read(text.data, text.len, &date);
    if (len == text.len && len > 0 && date.day > 0 && date.year == 0)
        return true;
    len = gaz_numeral_read(text.data, text.len, &day);
    return len > 0 && day >= 1 && day <= 31 && gaz_text_same(gaz_str_from(text, len), gaz_str_of("日"));
}

static bool is_entry(struct gaz_str text) {
    static const uint32_t bullets[] = {U'△', U'▲', U'▽', U'▼', U'◇', U'◆',
                                       U'●', U'■', U'□', U'☆', U'★', U'○'};
    uint32_t first = gaz_text_first(text);
    for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++)
        if (first == bullets[i])
            return gaz_text_count(text) > 1;
    return false;
}

// Days are days only where entries follow: elsewhere 7日 is the end of a date.
static void find_calendar(struct layout *layout) {
    bool entry_follows = false;
    for (size_t i = layout->line_count; i-- > 0;) {
        struct layout_line *line = &layout->lines[i];
        if (line->kind != GAZ_BLOCK_TEXT)
            continue;
        if (is_entry(line->text))
            line->kind = GAZ_BLOCK_ENTRY;
        else if (entry_follows && is_day(line->text))
            line->kind = GAZ_BLOCK_DAY;
        entry_follows = line->kind == GAZ_BLOCK_ENTRY;
    }
}

// --- contents
// ------------------------------------------------------------------------------------------------

static bool is_contents_head(struct gaz_str text) {
    return gaz_text_same(text, gaz_str_of("目录")) || gaz_text_same(text, gaz_str_of("目錄")) ||
           gaz_text_same(text, gaz_str_of("目次"));
}

// A title, leaders or blanks, the page: ends with a number after dots or white space.
static bool is_contents_entry(struct gaz_str text) {
    static const char *const leaders[] = {"……", "…", "....", "···", "．．", "  ", "\t", "　", "（", "("};
    text = gaz_str_trim(text);
    if (gaz_str_ends(text, "）"))
        text.len -= strlen("）");
    else if (gaz_str_ends(text, ")"))
        text.len--;
    size_t at = text.len;
    while (at > 0 && text.data[at - 1] >= '0' && text.data[at - 1] <= '9')
        at--;
    return at < text.len && gaz_text_count(text) >= 4 &&
           gaz_str_ends_one((struct gaz_str){text.data, at}, leaders, sizeof leaders / sizeof *leaders, NULL);
}

enum { CONTENTS_LINES = 200, ENTRY_LINES = 6 };

// End of the contents that a 目录 at line FROM begins: the end of its page when the page is nothing else, or
// the last entry.
static size_t contents_end(const struct layout *layout, size_t from) {
    size_t page = layout->lines[from].line->page, end = from + 1, last = from, closed = 0;
    for (; end < layout->line_count && layout->lines[end].line->page == page; end++) {
        if (is_contents_entry(layout->lines[end].text) && end < last + ENTRY_LINES)
            last = end;
        closed += gaz_text_is_closed(layout->lines[end].text);
    }
    bool own_page = page < layout->page_count && end - from <= CONTENTS_LINES && closed * 5 <= end - from;
    return own_page ? end : last + 1;
}

// What follows a 目录 is contents, section names and wrapped titles between the entries included.
static void find_contents(struct layout *layout) {
    for (size_t i = 0; i < layout->line_count; i++) {
        if (!is_contents_head(layout->lines[i].text))
            continue;
        size_t end = contents_end(layout, i);
        for (size_t j = i; j < end && end > i + 1; j++) {
            struct layout_line *line = &layout->lines[j];
            if (line->kind == GAZ_BLOCK_FOLIO || (line->kind == GAZ_BLOCK_RUNNING_HEAD && line->edge))
                continue;
            line->kind = GAZ_BLOCK_CONTENTS;
            line->group = GROUP_NONE;
            line->group_id = 0;
        }
        i = end - 1;
    }
}

// 全市数字经济… begins the title of a brief.
static bool begins_title(struct gaz_str text) {
    static const char *const words[] = {"全市", "全省", "全区", "全县", "全国", "我市", "我省",
                                        "我区", "我县", "市委", "市政", "省委", "省政"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (gaz_str_starts(text, words[i]))
            return true;
    return false;
}

// A few Han characters alone at the top of a page, where nothing is being said, name a section too.

static void find_unknown_sections(struct layout *layout) {
    for (size_t p = 1; p < layout->page_count; p++) {
        size_t i = layout->pages[p].first, end = i + layout->pages[p].count;
        while (i < end &&
               (layout->lines[i].kind == GAZ_BLOCK_RUNNING_HEAD || layout->lines[i].kind == GAZ_BLOCK_FOLIO))
            i++;
        if (i + 1 >= end || layout->lines[i].kind != GAZ_BLOCK_TEXT)
            continue;
        struct layout_line *line = &layout->lines[i];
        size_t count = gaz_text_count(line->text);
        if (count < 4 || count > 6 || !layout_is_heading_like(line) || begins_title(line->text) ||
            !is_han(line->text) || layout_is_date(layout->lines[i + 1].text) ||
            gaz_unit_likeness(NULL, line->text.data, line->text.len) >= 0.5)
            continue;
        line->kind = GAZ_BLOCK_SECTION_HEAD;
        line->group = GROUP_SECTION;
        line->group_id = ++layout->group_count;
    }
}

// --- all
// -----------------------------------------------------------------------------------------------------

static bool find_single_lines(struct layout *layout) {
    bool ok = true;
    for (size_t i = 0; i < layout->line_count && ok; i++) {
        struct layout_line *line = &layout->lines[i];
        if (is_running_head(line->text) || is_masthead(line->text))
            line->kind = GAZ_BLOCK_RUNNING_HEAD;
        else if (is_folio(line))
            line->kind = GAZ_BLOCK_FOLIO;
        else if (is_section_head(layout, line, &ok))
            line->kind = GAZ_BLOCK_SECTION_HEAD, line->group = GROUP_SECTION,
            line->group_id = ++layout->group_count;
        else if (is_calendar_title(line->text) && !line->line->spaced)
            line->kind = GAZ_BLOCK_CALENDAR_TITLE, line->group = GROUP_CALENDAR,
            line->group_id = ++layout->group_count;
    }
    return ok;
}

bool layout_find_roles(struct layout *layout) {
    if (!find_single_lines(layout))
        return false;
    layout_find_tables(layout); // before heads are told by repetition: pieces of sideways tables repeat, too
    if (!find_repeated_heads(layout))
        return false;
    find_contents(layout);
    find_calendar(layout);
    find_unknown_sections(layout);
    return true;
}
