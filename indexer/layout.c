// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/layout.h"

#include "corpus/date.h"
#include "corpus/label.h"
#include "corpus/office.h"
#include "indexer/layout_parts.h"

static const char *const title_ends[] = {
    "意见", "决定", "通知",   "通告",   "公告",   "公报",   "命令",   "令",     "办法", "规定",
    "条例", "细则", "规则",   "规程",   "章程",   "方案",   "规划",   "计划",   "纲要", "要点",
    "批复", "函",   "报告",   "请示",   "决议",   "议案",   "纪要",   "通报",   "预案", "目录",
    "清单", "措施", "举措",   "名单",   "标准",   "指南",   "制度",   "说明",   "解读", "情况",
    "任务", "分工", "一览表", "统计表", "分解表", "汇总表", "安排表", "明细表", "表",   "图",
    "意見", "決定", "辦法",   "規定",   "條例",   "計畫",   "要點",   "方針",   "計劃", "規劃",
    "公報", "細則", "須知",   "規則",   "規程",   "綱要",   "報告",   "請示",   "決議", "議案",
    "紀要", "通報", "預案",   "目錄",   "清單",   "舉措",   "名單",   "標準",   "說明", "解讀",
    "情況", "任務", "一覽表", "統計表", "分解表", "彙總表", "明細表", "圖",
};

bool layout_ends_like_title(struct gaz_str text) {
    return gaz_str_ends_one(gaz_text_without_brackets(text), title_ends,
                            sizeof title_ends / sizeof *title_ends, NULL);
}

bool layout_is_date(struct gaz_str text) {
    return gaz_date_is_line(text.data, text.len);
}

bool layout_is_addressee(struct gaz_str text) {
    static const char *const bodies[] = {
        "政府", "单位", "部门", "机构", "委员会", "办公室", "局", "厅",   "部",   "委",   "办",
        "公司", "大学", "学校", "街道", "中心",   "院",     "会", "单位", "機關", "機構", "部門",
        "單位", "校",   "集团", "银行", "企业",   "同志",   "县", "区",   "市",   "司",   "团",
    };
    text = gaz_str_trim(text);
    uint32_t last = gaz_text_last(text);
    if ((last != U'：' && last != ':') || gaz_str_find(text, "。") != SIZE_MAX ||
        gaz_text_count(text) > 120 || gaz_text_depth(text, 0) > 0)
        return false;
    text.len -= last == ':' ? 1 : sizeof "：" - 1;
    text = gaz_str_trim(text);
    if (gaz_text_last(text) == U'）') // 各有关单位（…）：
        text.len = text.len >= 3 ? text.len - 3 : 0;
    return gaz_str_ends_one(text, bodies, sizeof bodies / sizeof *bodies, NULL);
}

bool layout_is_heading_like(const struct layout_line *line) {
    struct gaz_label label;
    return line->kind == GAZ_BLOCK_TEXT && !gaz_text_is_closed(line->text) &&
           gaz_text_count(line->text) >= 2 && !gaz_label_read(line->text, &label) &&
           !layout_is_date(line->text) && !gaz_office_signs(line->text) && line->line->width <= 100;
}

// --- pages
// ---------------------------------------------------------------------------------------------------

enum {
    WIDTH_MAX = 128,
    MEASURE_MIN = 16,
    LONG_LINE = 30,
    LINES_FOR_MEASURE = 6,
    LINES_FOR_LIMIT = 3,
    LINES_FOR_WHOLE = 5,
    COLUMN_MAX = 110
};

// The column's measure: the width that most full lines have (two neighbouring widths count together,
// justified digits vary).
static size_t common_width(const size_t *histogram) {
    size_t best = 0, best_count = 0;
    for (size_t width = MEASURE_MIN; width < WIDTH_MAX; width++) {
        size_t count = histogram[width] + histogram[width + 1];
        if (count > best_count || (count == best_count && histogram[width] > histogram[best])) {
            best_count = count;
            best = width;
        }
    }
    return histogram[best + 1] > histogram[best] ? best + 1 : best;
}

// Cells of a table may be the most common lines of a page; the column of its text is what clearly longer
// lines share.
static size_t wider_column(const size_t *histogram, size_t common, size_t counted) {
    for (size_t width = WIDTH_MAX - 1; width * 4 > common * 5; width--)
        if ((histogram[width] + histogram[width - 1]) * 7 > counted)
            return width;
    return common;
}

// Lines that fill a column of WIDTH, or nearly so.
static size_t full_lines(const size_t *histogram, size_t width) {
    size_t near = 0;
    for (size_t w = width > 3 ? width - 3 : 0; w <= width + 1; w++)
        near += histogram[w];
    return near;
}

// A column fills most of its lines: a third of the page's, and not by chance.
static bool is_supported(const size_t *histogram, size_t width, size_t counted) {
    size_t near = full_lines(histogram, width);
    return near >= LINES_FOR_MEASURE && near * 3 >= counted;
}

static size_t count_widths(const struct layout *layout, size_t from, size_t to, size_t *histogram) {
    size_t counted = 0;
    for (size_t i = from; i < to; i++) {
        const struct layout_line *line = &layout->lines[i];
        size_t width = line->line->width + (layout->indent_kept ? line->line->indent : 0);
        if (line->kind != GAZ_BLOCK_TEXT || width < MEASURE_MIN)
            continue;
        histogram[width < WIDTH_MAX ? width : WIDTH_MAX]++;
        counted++;
    }
    return counted;
}

static void measure_pages(struct layout *layout) {
    size_t all[WIDTH_MAX + 2] = {0};
    count_widths(layout, 0, layout->line_count, all);
    size_t common = common_width(all);
    layout->measured = full_lines(all, common) >= LINES_FOR_MEASURE;
    for (size_t p = 0; p < layout->page_count; p++) {
        struct layout_page *page = &layout->pages[p];
        size_t own[WIDTH_MAX + 2] = {0};
        size_t counted = count_widths(layout, page->first, page->first + page->count, own);
        page->measure = common;
        size_t width = wider_column(own, common_width(own), counted);
        bool another =
            width * 20 <= common * 17 || width > common; // another column, not a page of short lines
        if (another && is_supported(own, width, counted))
            page->measure = width;
        page->limit = page->measure + 1;
        for (width = page->measure + 1; width <= page->measure + 4 && width < WIDTH_MAX; width++)
            page->limit = own[width] >= LINES_FOR_LIMIT ? width : page->limit;
    }
}

// Where lines of a paragraph follow each other directly and paragraphs stand apart, a blank line has a
// meaning.
static void survey_blanks(struct layout *layout) {
    for (size_t p = 0; p < layout->page_count; p++) {
        struct layout_page *page = &layout->pages[p];
        size_t direct = 0, apart = 0;
        for (size_t i = page->first + 1; i < page->first + page->count; i++) {
            if (layout->lines[i].kind != GAZ_BLOCK_TEXT)
                continue;
            direct += layout->lines[i].line->blank_before == 0;
            apart += layout->lines[i].line->blank_before > 0;
        }
        page->blank_parts = apart * 8 >= direct + apart && direct * 4 >= direct + apart;
    }
}

// Whether paragraphs stand whole, one a line: most lines end their sentence, and those that do not are of all
// lengths, where wrapped ones would share the column's.
static bool survey_whole(const struct layout *layout) {
    size_t widths[WIDTH_MAX + 2] = {0};
    count_widths(layout, 0, layout->line_count, widths);
    size_t common = common_width(widths), ended = 0, running = 0, wrapped = 0, beyond = 0;
    for (size_t i = 0; i < layout->line_count; i++) {
        const struct layout_line *line = &layout->lines[i];
        size_t width = line->line->width + (layout->indent_kept ? line->line->indent : 0);
        if (line->kind != GAZ_BLOCK_TEXT || width <= LONG_LINE)
            continue;
        bool closed = gaz_text_is_closed(line->text);
        ended += closed;
        beyond += closed && width > COLUMN_MAX; // no column is so wide (55 characters)
        running += !closed;
        wrapped += !closed && width + 6 >= common && width <= common + 3;
    }
    return ended * 10 >= (ended + running) * 6 && wrapped * 2 < running + 1 &&
           ended + 2 * beyond >= LINES_FOR_WHOLE;
}

// File-wide habits of the extractor: indents kept or lost, paragraphs wrapped or whole.
static void survey_habits(struct layout *layout) {
    size_t text = 0, indented = 0;
    for (size_t i = 0; i < layout->line_count; i++) {
        const struct layout_line *line = &layout->lines[i];
        text += line->kind == GAZ_BLOCK_TEXT;
        indented += line->kind == GAZ_BLOCK_TEXT && line->line->indent >= 3 && line->line->indent <= 8;
    }
    layout->indent_kept = indented * 100 >= text * 6 && indented * 100 <= text * 75;
    layout->whole = layout->issue->whole || survey_whole(layout);
}

static bool set_up(struct layout *layout, struct gaz_issue *issue) {
    *layout =
        (struct layout){.issue = issue, .line_count = issue->lines.count, .page_count = issue->page_count};
    layout->lines = gaz_arena_alloc(issue->arena, (layout->line_count + 1) * sizeof *layout->lines);
    layout->pages = gaz_arena_alloc(issue->arena, (layout->page_count + 1) * sizeof *layout->pages);
    if (!layout->lines || !layout->pages)
        return false;
    for (size_t i = 0; i < layout->line_count; i++) {
        const struct gaz_line *line = &issue->lines.items[i];
        struct layout_page *page = &layout->pages[line->page - 1];
        layout->lines[i] = (struct layout_line){
            .line = line, .text = {issue->source.data + line->span.offset, line->span.length}};
        page->first = page->count == 0 ? i : page->first;
        page->count++;
    }
    for (size_t p = 0; p < layout->page_count; p++) {
        const struct layout_page *page = &layout->pages[p];
        if (page->count == 0) // nothing is printed on it
            continue;
        layout->lines[page->first].edge = true;
        layout->lines[page->first + page->count - 1].edge = true;
    }
    return true;
}

// Blocks → the issue, with their texts.
static bool hand_over(struct layout *layout, const struct layout_blocks *from) {
    struct gaz_issue *issue = layout->issue;
    struct gaz_blocks *to = &issue->blocks;
    to->items = gaz_arena_alloc(issue->arena, (from->count + 1) * sizeof *to->items);
    if (!to->items)
        return false;
    to->capacity = from->count + 1;
    for (size_t i = 0; i < from->count; i++) {
        struct gaz_block *block = from->items[i]->block;
        if (block->kind != GAZ_BLOCK_TABLE) {
            block->text = gaz_spans_text(&block->spans, issue->source.data, issue->arena, &block->text_len);
            if (!block->text)
                return false;
        }
        to->items[to->count++] = block;
    }
    return true;
}

enum gaz_status gaz_layout_run(struct gaz_issue *issue, struct gaz_err *err) {
    struct layout layout;
    struct layout_blocks blocks = {0};
    if (!set_up(&layout, issue) || !layout_find_roles(&layout))
        return gaz_err_memory(err);
    survey_habits(&layout);
    measure_pages(&layout);
    survey_blanks(&layout);
    if (!layout_find_headers(&layout) || !layout_join(&layout, &blocks) || !layout_order(&layout, &blocks) ||
        !hand_over(&layout, &blocks))
        return gaz_err_memory(err);
    return GAZ_OK;
}
