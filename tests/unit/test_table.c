// SPDX-License-Identifier: GPL-2.0-or-later
//
// Tables are laid out here as extractors leave them, and must come back as they were.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "corpus/fold.h"
#include "indexer/table.h"
#include "shim/unicode.h"

enum { MAX_CELLS = 8 };

static struct gaz_arena *arena;
static size_t live;

static int open_arena(void **state) {
    (void)state;
    live = gaz_mem_live();
    arena = gaz_arena_new();
    return arena ? 0 : -1;
}

static int close_arena(void **state) {
    (void)state;
    gaz_mem_set_hook(NULL);
    gaz_arena_free(arena);
    arena = NULL;
    return gaz_mem_live() == live ? 0 : -1;
}

// --- random numbers that are the same everywhere (xorshift)

static uint32_t seed;

static uint32_t draw(uint32_t below) {
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed % below;
}

// --- pages

// How the lines of a sideways table are followed by blank ones.
enum blanks { BLANKS_NONE, BLANKS_RANDOM, BLANKS_PAIRS };

struct page {
    struct gaz_buf text;
    enum blanks blanks;
    uint32_t token; // most digits or letters on a line
    size_t lines;   // of the present cell
};

static void blank_line(struct page *page, bool cell_ends) {
    bool blank = page->blanks == BLANKS_RANDOM
                     ? draw(2) == 0
                     : page->blanks == BLANKS_PAIRS && (cell_ends || page->lines % 2 == 0);
    if (blank)
        gaz_buf_addch(&page->text, '\n');
}

static bool is_token(char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || byte == '%' || byte == '+';
}

// Adds a cell, one character a line, digits and letters up to page->token a line.
static void add_sideways(struct page *page, const char *cell) {
    size_t len = strlen(cell);
    page->lines = 0;
    for (size_t at = 0; at < len;) {
        uint32_t code, taken = 0;
        size_t from = at;
        if (!is_token(cell[at]))
            at += gaz_utf8_decode(cell + at, len - at, &code);
        else
            while (at < len && is_token(cell[at]) && taken++ < page->token)
                at++;
        gaz_buf_add(&page->text, cell + from, at - from);
        gaz_buf_addch(&page->text, '\n');
        page->lines++;
        blank_line(page, at == len);
    }
}

static struct gaz_line line_of(const char *text, size_t from, size_t to) {
    struct gaz_line line = {.span = {from, to - from}};
    while (line.span.length > 0 && strchr(" \t\f", text[line.span.offset])) {
        line.indent += text[line.span.offset] == ' ';
        line.span.offset++;
        line.span.length--;
    }
    for (size_t at = line.span.offset; at < to;) {
        uint32_t code;
        at += gaz_utf8_decode(text + at, to - at, &code);
        line.width += (size_t)gaz_unicode_width(code);
    }
    return line;
}

// The lines of TEXT that are not blank; a form feed begins a page.
static struct gaz_lines lines_of(const char *text, size_t len) {
    struct gaz_lines lines = {.items = gaz_arena_alloc(arena, (len + 1) * sizeof(struct gaz_line))};
    assert_non_null(lines.items);
    size_t page = 1, number = 0, blank = 0;
    bool page_start = true;
    for (size_t from = 0; from < len; number++) {
        const char *end = memchr(text + from, '\n', len - from);
        size_t to = end ? (size_t)(end - text) : len;
        bool feed = text[from] == '\f';
        page += feed;
        page_start = page_start || feed;
        struct gaz_line line = line_of(text, from, to);
        line.number = number + 1;
        line.page = page;
        line.page_start = page_start;
        line.blank_before = blank;
        blank = line.span.length == 0 ? blank + 1 : 0;
        page_start = page_start && line.span.length == 0;
        if (line.span.length > 0)
            lines.items[lines.count++] = line;
        from = to + 1;
    }
    return lines;
}

static void append_squeezed(struct gaz_buf *out, const char *text, size_t len) {
    for (size_t at = 0; at < len;) {
        uint32_t code;
        size_t size = gaz_utf8_decode(text + at, len - at, &code);
        if (!gaz_unicode_is_space(code))
            gaz_buf_add(out, text + at, size);
        at += size;
    }
}

// Both laws of the record contract: each byte that is not blank is owned once, and a text is what its spans
// hold.
static void check_laws(const char *text, const struct gaz_lines *lines, const struct gaz_tables *tables) {
    struct gaz_buf expected = GAZ_BUF_INIT, owned = GAZ_BUF_INIT;
    for (size_t i = 0; i < lines->count; i++)
        append_squeezed(&expected, text + lines->items[i].span.offset, lines->items[i].span.length);
    size_t len = lines->count > 0
                     ? lines->items[lines->count - 1].span.offset + lines->items[lines->count - 1].span.length
                     : 0;
    char *seen = gaz_calloc(len + 1, 1);
    for (size_t t = 0; t < tables->count; t++) {
        for (size_t p = 0; p < tables->items[t].part_count; p++) {
            const struct gaz_table_part *part = &tables->items[t].parts[p];
            struct gaz_buf printed = GAZ_BUF_INIT, shown = GAZ_BUF_INIT;
            for (size_t i = 0; i < part->spans.count; i++) {
                struct gaz_span span = part->spans.items[i];
                for (size_t at = span.offset; at < span.offset + span.length; at++)
                    assert_int_equal(seen[at]++, 0);
                append_squeezed(&printed, text + span.offset, span.length);
                append_squeezed(&owned, text + span.offset, span.length);
            }
            append_squeezed(&shown, part->text, strlen(part->text));
            assert_string_equal(shown.data, printed.data);
            gaz_buf_free(&printed);
            gaz_buf_free(&shown);
        }
    }
    assert_int_equal(owned.len, expected.len);
    gaz_free(seen);
    gaz_buf_free(&expected);
    gaz_buf_free(&owned);
}

static struct gaz_tables repair_text(const char *text, size_t len, const struct gaz_table_context *context) {
    struct gaz_lines lines = lines_of(text, len);
    const struct gaz_line **pointers = gaz_arena_alloc(arena, (lines.count + 1) * sizeof *pointers);
    for (size_t i = 0; i < lines.count; i++)
        pointers[i] = &lines.items[i];
    struct gaz_tables tables;
    struct gaz_err err = {0};
    assert_int_equal(gaz_table_repair(text, pointers, lines.count, context, arena, &tables, &err), GAZ_OK);
    check_laws(text, &lines, &tables);
    return tables;
}

// --- tables of known truth

struct row {
    const char *cells[MAX_CELLS]; // ^ before what is carried down, "" for an empty cell, NULL behind the last
    bool page;                    // a page ends before it
};

struct truth {
    const char *label, *title;
    const char *head[MAX_CELLS + 1];
    const struct row *rows;
    size_t row_count;
    const char *const *headings;
    size_t heading_count;
};

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static void add_head(struct page *page, const struct truth *truth, bool cut) {
    for (size_t i = 0; truth->head[i]; i++)
        add_sideways(page, cut && i == 0 ? truth->head[0] + strlen("序") : truth->head[i]);
}

static void lay_out(struct page *page, const struct truth *truth, bool heads, bool cut) {
    if (truth->label)
        add_sideways(page, truth->label);
    if (truth->title)
        add_sideways(page, truth->title);
    add_head(page, truth, false);
    for (size_t r = 0; r < truth->row_count; r++) {
        if (truth->rows[r].page) {
            gaz_buf_addch(&page->text, '\f');
            if (heads)
                add_head(page, truth, cut);
        }
        for (size_t c = 0; truth->rows[r].cells[c]; c++) {
            if (truth->rows[r].cells[c][0] != '^')
                add_sideways(page, truth->rows[r].cells[c]);
        }
    }
}

static void check_rows(const struct truth *truth, const struct gaz_table *table) {
    size_t row = 0;
    for (size_t p = 0; p < table->part_count; p++) {
        const struct gaz_table_row *got = table->parts[p].row;
        if (!got)
            continue;
        assert_true(row < truth->row_count);
        for (size_t c = 0; truth->rows[row].cells[c]; c++) {
            const char *want = truth->rows[row].cells[c];
            assert_true(c < got->cell_count);
            assert_string_equal(got->cells[c].text, want + (want[0] == '^'));
            assert_int_equal(got->cells[c].carried, want[0] == '^');
            assert_string_equal(got->cells[c].column, truth->head[c]);
        }
        row++;
        assert_int_equal(got->number, row);
    }
    assert_int_equal(row, truth->row_count);
}

static void check_truth(const struct truth *truth, enum blanks blanks, uint32_t token, bool heads, bool cut) {
    struct page page = {.text = GAZ_BUF_INIT, .blanks = blanks, .token = token};
    struct gaz_table_context context = {.headings = truth->headings, .heading_count = truth->heading_count};
    lay_out(&page, truth, heads, cut);
    struct gaz_tables tables = repair_text(page.text.data, page.text.len, &context);
    assert_int_equal(tables.count, 1);
    check_rows(truth, &tables.items[0]);
    gaz_buf_free(&page.text);
}

// Every way of laying out: three kinds of blank lines, one or two digits a line, heads on each page or not.
static void check_all(const struct truth *truth) {
    static const enum blanks kinds[] = {BLANKS_NONE, BLANKS_RANDOM, BLANKS_PAIRS};
    seed = 20240229;
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        for (uint32_t token = 1; token <= 3; token++) {
            check_truth(truth, kinds[i], token, true, false);
            check_truth(truth, kinds[i], token, false, false);
        }
        check_truth(truth, kinds[i], 2, true, true);
    }
}

static const char *const service_headings[] = {
    "推进数字政务建设", "打造便民服务圈", "完善养老服务体系", "提升城市管理水平", "加强应急救援队伍建设",
};

static const struct row service_rows[] = {
    {{"1", "推进数字政务建设", "建成统一受理平台，接入事项1200项。", "*市政务服务局、市大数据中心"}, false},
    {{"^1", "^推进数字政务建设", "到2026年，网上办结率达到95%以上，高频事项100%掌上可办。",
      "*市政务服务局、各县（市、区）人民政府"},
     false},
    {{"2", "打造便民服务圈", "新建社区服务站18个，改造提升35个。", "*市民政局"}, false},
    {{"3", "完善养老服务体系", "市社会福利院完成改造；新增护理型床位600张。", "*市民政局、市财政局"}, false},
    {{"3", "完善养老服务体系", "培训养老护理员2000人次。", "*市人社局，澄东区、澄西区"}, true},
    {{"4", "提升城市管理水平", "整治背街小巷40条，建成“席地而坐”示范区5个。", "*市综合执法局、市住建局"},
     false},
    {{"^4", "^提升城市管理水平", "3处以上易涝点完成改造。", "*市住建局、市水利局"}, false},
    {{"5", "加强应急救援队伍建设", "组建专业救援队伍6支，RW≥5的风险点全部落实巡查。", "*市应急管理局"}, true},
};

static const struct truth service = {"附件1",
                                     "澄江市便民服务重点任务清单",
                                     {"序号", "任务名称", "具体工作目标", "责任单位（标*为牵头部门）", NULL},
                                     service_rows,
                                     COUNT_OF(service_rows),
                                     service_headings,
                                     COUNT_OF(service_headings)};

static void a_starred_table_comes_back(void **state) {
    (void)state;
    check_all(&service);
}

static void names_may_differ_from_the_headings_a_little(void **state) {
    (void)state;
    static const char *const headings[] = {"推进数字政务的建设", "打造便民服务圈子", "完善养老保障体系",
                                           "提升城市管理水平", "加强应急救援队伍建设"};
    struct truth truth = service;
    truth.headings = headings;
    check_all(&truth);
}

static void names_are_found_without_headings(void **state) {
    (void)state;
    struct truth truth = service;
    truth.heading_count = 0;
    check_all(&truth);
}

static void a_goal_goes_on_over_a_page(void **state) {
    (void)state;
    static const char *const headings[] = {"弘扬运河文化", "保护古桥古道"};
    static const struct row rows[] = {
        {{"1", "弘扬运河文化", "建设“运河人家”、\f运河博物馆，每年举办活动12场。", "*市文广旅局"}, false},
        {{"2", "保护古桥古道", "修缮古桥7座。", "*市文广旅局、\f各县（市、区）人民政府"}, false},
    };
    struct truth truth = {NULL,
                          "运河文化任务清单",
                          {"序号", "任务名称", "工作目标", "责任单位", NULL},
                          rows,
                          COUNT_OF(rows),
                          headings,
                          COUNT_OF(headings)};
    struct page page = {.text = GAZ_BUF_INIT, .blanks = BLANKS_PAIRS, .token = 2};
    lay_out(&page, &truth, false, false);
    struct gaz_tables tables =
        repair_text(page.text.data, page.text.len, &(struct gaz_table_context){headings, 2, NULL, 0, NULL});
    const struct gaz_table_part *parts = tables.items[0].parts;
    assert_int_equal(tables.items[0].part_count, 4);
    assert_string_equal(parts[0].text, "运河文化任务清单");
    assert_int_equal(parts[0].kind, GAZ_TABLE_TITLE);
    assert_string_equal(parts[2].row->cells[2].text, "建设“运河人家”、运河博物馆，每年举办活动12场。");
    assert_string_equal(parts[3].row->cells[3].text, "*市文广旅局、各县（市、区）人民政府");
    assert_int_equal(parts[3].row->responsible.others_count, 1);
    gaz_buf_free(&page.text);
}

static void rows_may_lack_star_and_units(void **state) {
    (void)state;
    static const char *const headings[] = {"健全监测预警机制", "提升应急处置能力", "加大政策保障力度"};
    static const struct row rows[] = {
        {{"1", "健全监测预警机制", "完善监测哨点布局，打通信息通道。", "*市气象局、市水利局"}, false},
        {{"^1", "^健全监测预警机制", "提高预警准确率。", "市气象局"}, false},
        {{"^1", "^健全监测预警机制", "加强会商研判。", "*市气象局"}, false},
        {{"2", "提升应急处置能力", "全市建成应急站点30个。各县（市、区）做好物资储备。", "市应急管理局"},
         false},
        {{"2", "提升应急处置能力", "开展演练60场。", "*市应急管理局、市气象局"}, true},
        {{"3", "加大政策保障力度", "优化资金使用；健全评价办法，适时动态调整。", ""}, false},
    };
    struct truth truth = {
        "附件2",  "防灾任务分工",    {"序号", "重点任务", "具体措施", "责任部门", NULL}, rows, COUNT_OF(rows),
        headings, COUNT_OF(headings)};
    static const char *const units[] = {"市气象局", "市应急管理局", "市水利局"};
    struct page page = {.text = GAZ_BUF_INIT, .blanks = BLANKS_PAIRS, .token = 2};
    lay_out(&page, &truth, true, true);
    struct gaz_table_context context = {headings, COUNT_OF(headings), units, COUNT_OF(units), NULL};
    struct gaz_tables tables = repair_text(page.text.data, page.text.len, &context);
    check_rows(&truth, &tables.items[0]);
    const struct gaz_table_row *second = tables.items[0].parts[4].row;
    assert_int_equal(second->responsible.lead_count, 0);
    assert_int_equal(second->responsible.others_count, 1);
    assert_string_equal(second->responsible.others[0], "市气象局");
    gaz_buf_free(&page.text);
}

static const char *const park_headings[] = {"优化营商环境", "壮大主导产业", "盘活闲置土地"};

static void leading_units_have_a_column(void **state) {
    (void)state;
    static const struct row rows[] = {
        {{"1", "优化营商环境", "压缩审批时限，推行“一窗受理”。", "市政务服务局", "市市场监管局、市税务局",
          "2025年6月底前"},
         false},
        {{"2", "壮大主导产业", "培育链主企业8家，规上产值突破300亿元。", "市经信局", "市发改委、市科技局",
          "长期坚持"},
         false},
        {{"3", "盘活闲置土地", "处置闲置土地1200亩。", "市自然资源局", "各县（市、区）人民政府",
          "2025年12月底前"},
         true},
    };
    struct truth truth = {NULL,
                          "园区提升行动任务分解表",
                          {"序号", "工作任务", "工作内容", "牵头单位", "配合单位", "完成时限", NULL},
                          rows,
                          COUNT_OF(rows),
                          park_headings,
                          COUNT_OF(park_headings)};
    check_all(&truth);
    struct page page = {.text = GAZ_BUF_INIT, .token = 2};
    lay_out(&page, &truth, true, false);
    struct gaz_tables tables = repair_text(page.text.data, page.text.len,
                                           &(struct gaz_table_context){park_headings, 3, NULL, 0, NULL});
    const struct gaz_unit_list *units = &tables.items[0].parts[2].row->responsible;
    assert_int_equal(units->lead_count, 1);
    assert_string_equal(units->lead[0], "市政务服务局");
    assert_int_equal(units->others_count, 2);
    assert_string_equal(units->others[1], "市税务局");
    gaz_buf_free(&page.text);
}

static void other_heads_are_known(void **state) {
    (void)state;
    static const struct row rows[] = {
        {{"1", "优化营商环境", "压缩审批时限，推行“一窗受理”。", "市政务服务局、市税务局"}, false},
        {{"2", "壮大主导产业", "培育链主企业8家。", "市经信局"}, false},
        {{"^2", "^壮大主导产业", "规上产值突破300亿元。", "市统计局、市经信局"}, false},
        {{"3", "盘活闲置土地", "处置闲置土地1200亩。", "各县（市、区）人民政府"}, true},
    };
    static const char *const heads[][5] = {
        {"编号", "项目", "主要内容", "责任部门", NULL},
        {"序号", "重点任务", "工作措施", "责任单位", NULL},
        {"序号", "主要任务", "目标任务", "落实单位", NULL},
        {"序号", "类别", "工作要求", "责任主体", NULL},
        {"序号", "工作任务", "具体举措", "责任单位（排第一的为牵头单位）", NULL}};
    for (size_t i = 0; i < COUNT_OF(heads); i++) {
        struct truth truth = {"附件",        "园区任务清单",         {NULL}, rows, COUNT_OF(rows),
                              park_headings, COUNT_OF(park_headings)};
        memcpy(truth.head, heads[i], sizeof heads[i]);
        check_all(&truth);
    }
}

// One that has no star, no full stop, a category, a column between, or no running number …
static const struct row bare_rows[] = {
    {{"1", "实施道路改造工程", "完成5条道路白改黑", "市住建局"}, false},
    {{"2", "建设文化礼堂", "新建文化礼堂12家", "市文广旅局、市财政局"}, false},
    {{"3", "推进垃圾分类", "分类覆盖率达到90%", "市综合执法局"}, true},
};
static const struct row category_rows[] = {
    {{"1", "产业发展", "培育龙头企业", "新增上市企业2家。", "市金融办"}, false},
    {{"2", "^产业发展", "壮大产业集群", "打造百亿集群1个。", "市经信局、市发改局"}, false},
    {{"3", "民生保障", "扩大学位供给", "新增学位3000个。", "市教育局"}, true},
    {{"4", "^民生保障", "提升医疗水平", "引进专家20名。", "市卫健局"}, false},
};
static const struct row category_first_rows[] = {
    {{"产业发展", "1", "培育龙头企业", "新增上市企业2家。", "市金融办"}, false},
    {{"^产业发展", "2", "壮大产业集群", "打造百亿集群1个。", "市经信局、市发改局"}, false},
    {{"民生保障", "3", "扩大学位供给", "新增学位3000个。", "市教育局"}, false},
};
static const struct row nameless_rows[] = {
    {{"1", "开展安全大检查，整改隐患200处。", "市应急管理局、市消防救援支队", "2024年3月底前"}, false},
    {{"2", "100%完成燃气管道更新。", "市住建局", "2024年12月底前"}, false},
    {{"3", "推进老旧小区加装电梯50台。", "市住建局、市市场监管局", "持续推进"}, true},
};
static const struct row units_first_rows[] = {
    {{"1", "优化政务服务", "市政务办", "推进一网通办。"}, false},
    {{"2", "扩大有效投资", "市发改局、市财政局", "开工项目30个。"}, false},
    {{"3", "促进消费升级", "市商务局", "举办促消费活动20场。"}, true},
};
static const struct row numberless_rows[] = {
    {{"夯实农业基础", "建成高标准农田3万亩。", "市农业农村局"}, false},
    {{"壮大乡村产业", "培育农业龙头企业6家。", "市农业农村局、市财政局"}, false},
    {{"建设美丽乡村", "完成农房改造800户。", "市住建局"}, true},
};
static const struct row reform_rows[] = {
    {{"1", "“一件事”集成改革", "推出“一件事”30项。", "*市政务局、市大数据局"}, false},
    {{"2", "“亩均论英雄”改革", "对1000家企业开展评价。", "*市经信局"}, true},
    {{"3", "科技特派员制度", "选派特派员50名。", "*市科技局、市农业农村局"}, false},
};

#define ROWS(array) array, COUNT_OF(array)

static void tables_of_other_makes_come_back(void **state) {
    (void)state;
    static const char *const headings[] = {"实施道路改造工程", "建设文化礼堂", "推进垃圾分类",
                                           "产业发展",         "民生保障",     "夯实农业基础",
                                           "壮大乡村产业",     "建设美丽乡村"};
    const struct truth truths[] = {
        {NULL,
         "民生实事任务清单",
         {"序号", "任务名称", "工作目标", "责任单位"},
         ROWS(bare_rows),
         headings,
         8},
        {NULL,
         "任务清单",
         {"序号", "类别", "任务名称", "工作内容", "责任单位"},
         ROWS(category_rows),
         headings,
         8},
        {NULL,
         "任务清单",
         {"类别", "序号", "任务名称", "工作内容", "责任单位"},
         ROWS(category_first_rows),
         headings,
         8},
        {"附表1",
         "重点任务分解表",
         {"序号", "重点任务", "责任单位", "完成时限"},
         ROWS(nameless_rows),
         NULL,
         0},
        {"附件", "任务清单", {"序号", "任务名称", "责任单位", "具体举措"}, ROWS(units_first_rows), NULL, 0},
        {NULL, "任务清单", {"主要任务", "工作措施", "责任单位"}, ROWS(numberless_rows), headings, 8},
        {NULL, "改革清单", {"序号", "改革事项", "改革内容", "责任部门"}, ROWS(reform_rows), NULL, 0},
    };
    for (size_t i = 0; i < COUNT_OF(truths); i++)
        check_all(&truths[i]);
}

// --- matrices

static const struct row matrix_rows[] = {
    {{"1", "人才队伍建设", "（1）每年选派骨干10名。（2）引进硕士3名以上。",
      "（1）每年选派骨干5名；力争培育能手8名。",
      "（1）开展跟岗轮训，每年20人次。（2）借助市级平台引才。（3）落实补贴。"},
     false},
    {{"2", "基础设施提升", "（1）完成青禾县医院扩建。", "（1）新建白水县急救站2个。（2）更新设备。",
      "（1）改造门诊楼。"},
     false},
};

static const struct truth matrix = {"附件3",
                                    "结对帮扶任务清单",
                                    {"序号", "类别", "青禾县", "白水县", "云岭区", NULL},
                                    matrix_rows,
                                    COUNT_OF(matrix_rows),
                                    NULL,
                                    0};

static void a_matrix_comes_back(void **state) {
    (void)state;
    check_all(&matrix);
}

static void a_matrix_whose_first_page_is_missing(void **state) {
    (void)state;
    struct page page = {.text = GAZ_BUF_INIT, .blanks = BLANKS_PAIRS, .token = 2};
    add_sideways(&page, "设备更新率提高到80%，每年新增重点专科1个以上。");
    add_sideways(&page, "强化云岭区医院心血管内科建设。云岭区医院每年新增重点专科1个以上。");
    gaz_buf_addstr(&page.text, "\n\n·    12    ·\n\n澄江市人民政府公报（总第88期） 文件发布\n");
    struct truth truth = matrix;
    truth.label = truth.title = NULL;
    static const struct row rows[] = {
        {{"4", "远程协作", "（1）接入市级平台。", "（1）建成会诊室2间。", "（1）开展会诊。"}, false}};
    truth.rows = rows;
    truth.row_count = 1;
    lay_out(&page, &truth, false, false);
    struct gaz_tables tables = repair_text(page.text.data, page.text.len, &(struct gaz_table_context){0});
    assert_int_equal(tables.count, 1);
    assert_int_equal(tables.items[0].part_count, 5);
    const struct gaz_table_part *parts = tables.items[0].parts;
    assert_int_equal(parts[0].kind, GAZ_TABLE_ROW);
    assert_string_equal(parts[0].row->cells[4].text,
                        "强化云岭区医院心血管内科建设。云岭区医院每年新增重点专科1个以上。");
    assert_true(parts[0].row->confidence < 0.5);
    assert_int_equal(parts[1].kind, GAZ_TABLE_FURNITURE);
    assert_int_equal(parts[2].kind, GAZ_TABLE_FURNITURE);
    assert_int_equal(parts[3].kind, GAZ_TABLE_HEAD);
    assert_string_equal(parts[4].row->cells[0].text, "4");
    assert_string_equal(parts[4].row->cells[3].text, "（1）建成会诊室2间。");
    gaz_buf_free(&page.text);
}

static void cells_that_nothing_parts_are_not_invented(void **state) {
    (void)state;
    static const struct row rows[] = {
        {{"1", "人才培养", "（1）选派骨干。", "（1）引进硕士。", "（1）轮训。"}, false},
        {{"2", "设备更新", "更新设备。改造机房。", "添置车辆。", "培训人员。扩建库房。"}, false},
    };
    struct truth truth = matrix;
    truth.rows = rows;
    truth.row_count = 2;
    struct page page = {.text = GAZ_BUF_INIT, .token = 2};
    lay_out(&page, &truth, false, false);
    static const char *const headings[] = {"设备更新"};
    struct gaz_tables tables =
        repair_text(page.text.data, page.text.len, &(struct gaz_table_context){headings, 1, NULL, 0, NULL});
    const struct gaz_table_row *row = tables.items[0].parts[tables.items[0].part_count - 1].row;
    assert_string_equal(row->cells[1].text, "设备更新");
    assert_string_equal(row->cells[2].text, "更新设备。改造机房。添置车辆。培训人员。扩建库房。");
    assert_true(row->confidence < 0.3);
    gaz_buf_free(&page.text);
}

// --- cells on lines of their own, tabs, wide gaps

static void check_text(const char *text, const struct truth *truth) {
    struct gaz_tables tables = repair_text(text, strlen(text), &(struct gaz_table_context){0});
    assert_int_equal(tables.count, 1);
    check_rows(truth, &tables.items[0]);
}

static const struct row plain_rows[] = {
    {{"1", "推进河道整治", "完成清淤12公里，修复护岸3处。", "市水利局", "市财政局、市生态环境局"}, false},
    {{"^1", "^推进河道整治", "建成生态湿地1处。", "市水利局", "各县（市、区）人民政府"}, false},
    {{"2", "建设口袋公园", "新建口袋公园20个。", "市住建局", ""}, false},
};

static const struct truth plain = {NULL,
                                   NULL,
                                   {"序号", "任务名称", "工作内容", "牵头单位", "配合单位", NULL},
                                   plain_rows,
                                   COUNT_OF(plain_rows),
                                   NULL,
                                   0};

static void tabs_part_cells(void **state) {
    (void)state;
    check_text("序号\t任务名称\t工作内容\t牵头单位\t配合单位\n"
               "1\t推进河道整治\t完成清淤12公里，\n"
               "修复护岸3处。\t市水利局\t市财政局、市生态环境局\n"
               "\t\t建成生态湿地1处。\t市水利局\t各县（市、区）人民政府\n"
               "2\t建设口袋公园\t新建口袋公园20个。\t市住建局\t\n",
               &plain);
}

static void wide_gaps_part_cells(void **state) {
    (void)state;
    check_text("序号    任务名称        工作内容                牵头单位    配合单位\n"
               "1       推进河道整治    完成清淤12公里，        市水利局    市财政局、\n"
               "                        修复护岸3处。                       市生态环境局\n"
               "                        建成生态湿地1处。       市水利局    各县（市、区）人民政府\n"
               "2       建设口袋公园    新建口袋公园20个。      市住建局\n",
               &plain);
}

static void cells_stand_on_lines_of_their_own(void **state) {
    (void)state;
    static const struct row rows[] = {
        {{"1", "推进河道整治", "完成清淤12公里，修复护岸3处。", "市水利局、市财政局", "2025年12月底前"},
         false},
        {{"2", "执行核安全规定", "落实国环规大气〔2017〕2号要求。", "生态环境部", "长期坚持"}, false},
        {{"3", "建设口袋公园", "新建口袋公园20个", "市住建局", "2025年底前"}, true},
    };
    struct truth truth = {NULL, NULL, {"序号", "重点任务", "工作内容", "责任单位", "完成时限", NULL}, rows, 3,
                          NULL, 0};
    check_text("序号\n重点任务\n工作内容\n责任单位\n完成时限\n"
               "1\n推进河道整治\n完成清淤12公里，修复\n护岸3处。\n市水利局、\n市财政局\n2025年12月底前\n"
               "2\n执行核安全规定\n落实国环规大气\n〔2017〕2号要求。\n生\n态\n环\n境\n部\n长期坚持\n"
               "\f序号\n重点任务\n工作内容\n责任单位\n完成时限\n"
               "3\n建设口袋公园\n新建口袋公园20个\n市住建局\n2025年底前\n",
               &truth);
}

static void traditional_heads_are_known(void **state) {
    (void)state;
    static const struct row rows[] = {
        {{"1", "獎項甲", "王青禾", "石盤國民中學", "農業處、水利處"}, false},
        {{"2", "^獎項甲", "林白水", "松濤高級中學", "教育處"}, false},
    };
    struct truth truth = {NULL, NULL, {"編號", "獎項", "受獎者", "服務單位", "責任單位"}, rows, 2, NULL, 0};
    check_text("編號\t獎項\t受獎者\t服務單位\t責任單位\n"
               "1\t獎項甲\t王青禾\t石盤國民中學\t農業處、水利處\n"
               "2\t\t林白水\t松濤高級中學\t教育處\n",
               &truth);
}

static const char narrow_head[] =
    "序\n号\n任\n务\n名\n称\n具\n体\n工\n作\n目\n标\n责任单位（标*为\n牵头部门）\n完\n成\n时\n限\n"
    "1\n明 确 用 工 责 "
    "任\n制定协议示范文本，\n指导20家企业完成签\n订。\n*市人力社保局、市总\n工会\n2024年6月\n"
    "2\n推 行 电 子 合 同\n参保人数达到\n6万人、突破\n8.5万人。\n*市人力社保局\n长 期\n";

static void a_narrow_head_stands_over_wider_cells(void **state) {
    (void)state;
    static const struct row rows[] = {
        {{"1", "明确用工责任", "制定协议示范文本，指导20家企业完成签订。", "*市人力社保局、市总工会",
          "2024年6月"},
         false},
        {{"2", "推行电子合同", "参保人数达到6万人、突破8.5万人。", "*市人力社保局", "长期"}, false},
    };
    struct truth truth = {
        NULL, NULL, {"序号", "任务名称", "具体工作目标", "责任单位（标*为牵头部门）", "完成时限"}, rows, 2,
        NULL, 0};
    check_text(narrow_head, &truth);
}

// --- several tables, parts that are no rows

static void a_second_title_begins_a_second_table(void **state) {
    (void)state;
    struct page page = {.text = GAZ_BUF_INIT, .blanks = BLANKS_PAIRS, .token = 2};
    lay_out(&page, &service, true, false);
    gaz_buf_addch(&page.text, '\f');
    struct truth second = service;
    second.label = "附件2";
    second.title = "澄江市便民服务补充任务清单";
    lay_out(&page, &second, true, false);
    gaz_buf_addch(&page.text, '\f');
    lay_out(&page, &matrix, true, false);
    struct gaz_table_context context = {service_headings, COUNT_OF(service_headings), NULL, 0, NULL};
    struct gaz_tables tables = repair_text(page.text.data, page.text.len, &context);
    assert_int_equal(tables.count, 3);
    check_rows(&service, &tables.items[0]);
    check_rows(&second, &tables.items[1]);
    check_rows(&matrix, &tables.items[2]);
    assert_int_equal(tables.items[1].number, 2);
    assert_int_equal(tables.items[1].parts[0].kind, GAZ_TABLE_LABEL);
    assert_string_equal(tables.items[1].parts[0].text, "附件2");
    assert_string_equal(tables.items[1].parts[1].text, "澄江市便民服务补充任务清单");
    gaz_buf_free(&page.text);
}

static void without_a_head_nothing_is_a_row(void **state) {
    (void)state;
    static const char text[] = "澄\n江\n流\n经\n三\n县\n，\n全\n长\n80\n公\n里\n。\n";
    struct gaz_tables tables = repair_text(text, sizeof text - 1, &(struct gaz_table_context){0});
    assert_int_equal(tables.count, 1);
    assert_int_equal(tables.items[0].part_count, 1);
    assert_int_equal(tables.items[0].parts[0].kind, GAZ_TABLE_UNKNOWN);
    assert_string_equal(tables.items[0].parts[0].text, "澄江流经三县，全长80公里。");
}

static void nothing_gives_nothing(void **state) {
    (void)state;
    struct gaz_tables tables;
    assert_int_equal(gaz_table_repair("", NULL, 0, &(struct gaz_table_context){0}, arena, &tables, NULL),
                     GAZ_OK);
    assert_int_equal(tables.count, 0);
}

// --- where runs are

static size_t run_of(const char *text, size_t from) {
    struct gaz_lines lines = lines_of(text, strlen(text));
    return gaz_table_run(text, lines.items, lines.count, from);
}

static void runs_are_found(void **state) {
    (void)state;
    assert_int_equal(run_of("一\n二\n三\n四\n五\n六\n七\n", 0), 0);
    assert_int_equal(
        run_of("序\n号\n任\n务\n目\n标\n1\n推\n进\n20\n25\n年\n　　本市各级机关应当遵照执行。\n", 0), 12);
    assert_int_equal(
        run_of("序\n号\n任\n务\n目\n标\n1\n推\n·  37  ·\n澄江市人民政府公报（总第9期） 文件\n进\n", 0), 11);
    assert_int_equal(
        run_of("7日\n△市政府召开全市工作会议，研究部署下一步工作。\n8日\n△市长调研水利工程。\n", 0), 0);
    assert_int_equal(run_of("措施。\n的通知\n·  37  ·\n", 0), 0);
    assert_int_equal(run_of("序号\t项目\t目标\n1\t甲\t乙\n2\t丙\t丁\n本表自印发之日起施行。\n", 0), 3);
    assert_int_equal(run_of(narrow_head, 0), 33);
    assert_int_equal(run_of("序号\n项目\n目标\n1\n修路\n10公里\n一、总体要求\n", 0), 6);
}

// --- anything at all

static const char *const pieces[] = {
    "序",
    "号",
    "序号",
    "任务名称",
    "工作目标",
    "责任单位",
    "类别",
    "青禾县",
    "白水县",
    "云岭区",
    "牵头单位",
    "完成时限",
    "1",
    "2",
    "3",
    "10",
    "2025",
    "年",
    "100%",
    "*",
    "*市",
    "市财政局",
    "、",
    "，",
    "。",
    "；",
    "（1）",
    "（2）",
    "（",
    "）",
    "“",
    "”",
    "推进",
    "建设",
    "附件",
    "附件1",
    "各县（市、区）人民政府",
    "长期",
    "·  12  ·",
    "\t",
    "  ",
    " ",
    "\f",
    "\xff",
    "\xe5\xba",
    "澄江市人民政府公报（总第9期） 文件发布",
    "备注",
    "ABC",
    "+",
    "<",
    ">",
    "。",
    "\n",
    "\n",
    "\n\n",
    "\n",
};

static void random_pieces(struct gaz_buf *text, uint32_t narrow) {
    for (uint32_t i = draw(400); i > 0; i--) {
        gaz_buf_addstr(text, pieces[draw(COUNT_OF(pieces))]);
        if (draw(10) < narrow)
            gaz_buf_addch(text, '\n');
    }
}

static void any_lines_are_accounted_for(void **state) {
    (void)state;
    static const char *const headings[] = {"推进建设", "建设推进体系", "市财政局"};
    struct gaz_table_context context = {headings, 3, headings + 2, 1, NULL};
    seed = 5;
    for (uint32_t round = 0; round < 400; round++) {
        struct gaz_buf text = GAZ_BUF_INIT;
        if (draw(2) == 0)
            gaz_buf_addstr(&text, draw(2) == 0 ? "序号\n任务名称\n工作目标\n责任单位\n"
                                               : "序号\t类别\t青禾县\t白水县\n");
        random_pieces(&text, draw(11));
        repair_text(text.data, text.len, &context);
        gaz_buf_free(&text);
    }
}

static void cut_tables_are_accounted_for(void **state) {
    (void)state;
    seed = 77;
    struct page page = {.text = GAZ_BUF_INIT, .blanks = BLANKS_RANDOM, .token = 2};
    lay_out(&page, &service, true, true);
    lay_out(&page, &matrix, true, true);
    for (uint32_t round = 0; round < 200; round++) {
        size_t from = draw((uint32_t)page.text.len), len = draw((uint32_t)(page.text.len - from));
        repair_text(page.text.data + from, len,
                    &(struct gaz_table_context){service_headings, 5, NULL, 0, NULL});
    }
    gaz_buf_free(&page.text);
}

// Long runs of the worst kind: every one of them may begin a cell.
static void long_runs_are_read(void **state) {
    (void)state;
    static const char *const worst[] = {"。", "*", "1", "市", "局", "、", "（", "序"};
    for (size_t i = 0; i < COUNT_OF(worst); i++) {
        struct gaz_buf text = GAZ_BUF_INIT;
        gaz_buf_addstr(&text, "序号\n任务名称\n工作目标\n责任单位\n");
        for (size_t line = 0; line < 4000; line++) {
            gaz_buf_addstr(&text, line % 3 == 0 ? worst[i] : worst[(i + line) % COUNT_OF(worst)]);
            gaz_buf_addch(&text, '\n');
        }
        repair_text(text.data, text.len, &(struct gaz_table_context){0});
        gaz_buf_free(&text);
    }
}

static int fail_after(void *context, size_t size) {
    (void)size;
    size_t *left = context;
    return *left == 0 ? 1 : ((*left)--, 0);
}

static void every_failed_allocation_is_reported(void **state) {
    (void)state;
    struct page page = {.text = GAZ_BUF_INIT, .token = 2};
    lay_out(&page, &service, true, false);
    gaz_buf_addstr(&page.text, "\f");
    lay_out(&page, &matrix, true, false);
    struct gaz_lines lines = lines_of(page.text.data, page.text.len);
    const struct gaz_line **pointers = gaz_arena_alloc(arena, (lines.count + 1) * sizeof *pointers);
    for (size_t i = 0; i < lines.count; i++)
        pointers[i] = &lines.items[i];
    enum gaz_status status = GAZ_ERR_MEMORY;
    for (size_t allowed = 0; status != GAZ_OK; allowed++) {
        struct gaz_arena *own = gaz_arena_new();
        size_t before = gaz_mem_live(), left = allowed;
        assert_non_null(own);
        struct gaz_tables tables;
        struct gaz_err err = {0};
        gaz_mem_set_hook(&(struct gaz_mem_hook){fail_after, &left});
        status = gaz_table_repair(page.text.data, pointers, lines.count, &(struct gaz_table_context){0}, own,
                                  &tables, &err);
        gaz_mem_set_hook(NULL);
        assert_true(status == GAZ_OK || (status == GAZ_ERR_MEMORY && err.status == GAZ_ERR_MEMORY));
        gaz_arena_free(own);
        assert_true(gaz_mem_live() < before);
    }
    gaz_buf_free(&page.text);
}

// --- the real gazette, where it is at hand ($GAZETTE_SHARED)

static char *read_file(const char *name, size_t *len) {
    char path[4096];
    struct gaz_buf text = GAZ_BUF_INIT;
    const char *folder = getenv("GAZETTE_SHARED");
    snprintf(path, sizeof path, "%s/%s", folder ? folder : "", name);
    FILE *file = folder ? fopen(path, "rb") : NULL;
    if (!file)
        return NULL;
    char block[65536];
    for (size_t got; (got = fread(block, 1, sizeof block, file)) > 0;)
        gaz_buf_add(&text, block, got);
    fclose(file);
    *len = text.len;
    return gaz_buf_take(&text);
}

// Byte offset of the start of line NUMBER (from 1).
static size_t line_start(const char *text, size_t number) {
    const char *at = text;
    for (; number > 1 && (at = strchr(at, '\n')); number--)
        at++;
    return (size_t)(at - text);
}

static size_t integer_at(const json_t *array, size_t index) {
    return (size_t)json_integer_value(json_array_get(array, index));
}

// The cell of ROW in the column that begins with NAME.
static const char *cell_text(const struct gaz_table_row *row, const char *name) {
    for (size_t i = 0; i < row->cell_count; i++) {
        if (strncmp(row->cells[i].column, name, strlen(name)) == 0)
            return row->cells[i].text;
    }
    return "";
}

static void check_gold_row(const struct gaz_table_row *row, const json_t *gold) {
    const json_t *units = json_object_get(gold, "responsible");
    assert_string_equal(cell_text(row, "序号"), json_string_value(json_object_get(gold, "seq")));
    assert_string_equal(cell_text(row, "任务名称"), json_string_value(json_object_get(gold, "task_name")));
    assert_string_equal(cell_text(row, "具体工作目标"), json_string_value(json_object_get(gold, "goal")));
    assert_int_equal(row->responsible.lead_count, json_array_size(json_object_get(units, "lead")));
    assert_int_equal(row->responsible.others_count, json_array_size(json_object_get(units, "others")));
}

// Its extractor begins a page with a line that starts with a blank; here pages are told by form feeds.
static void mark_pages(char *text) {
    for (char *at = strchr(text, '\n'); at && at[1]; at = strchr(at + 1, '\n')) {
        if (at[1] == ' ' && at > text && at[-1] != '\n')
            at[1] = '\f';
    }
}

static void the_real_table_is_read(void **state) {
    (void)state;
    size_t text_len, gold_len;
    char *text = read_file("gazette/wenzhou-2023-10.txt", &text_len);
    char *gold_text = read_file("gold/visible.json", &gold_len);
    if (!text || !gold_text) {
        gaz_free(text);
        gaz_free(gold_text);
        skip();
    }
    json_t *gold = json_loadb(gold_text, gold_len, 0, NULL);
    json_t *tables = json_object_get(gold, "tables"), *rows = json_object_get(tables, "rows");
    json_t *range = json_object_get(json_array_get(json_object_get(tables, "definitions"), 0), "line_range");
    const char *headings[64];
    size_t count = json_array_size(rows);
    for (size_t i = 0; i < count; i++)
        headings[i] = json_string_value(json_object_get(json_array_get(rows, i), "task_name"));
    mark_pages(text);
    size_t from = line_start(text, integer_at(range, 0)), to = line_start(text, integer_at(range, 1) + 1);
    struct gaz_tables got =
        repair_text(text + from, to - from, &(struct gaz_table_context){headings, count, NULL, 0, NULL});
    size_t row = 0;
    for (size_t i = 0; i < got.items[0].part_count && row < count; i++) {
        if (got.items[0].parts[i].row)
            check_gold_row(got.items[0].parts[i].row, json_array_get(rows, row++));
    }
    assert_int_equal(row, count);
    json_decref(gold);
    gaz_free(text);
    gaz_free(gold_text);
}

static int open_fold(void **state) {
    (void)state;
    return gaz_fold_init(NULL) == GAZ_OK ? 0 : -1;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_starred_table_comes_back),
        TEST(names_may_differ_from_the_headings_a_little),
        TEST(names_are_found_without_headings),
        TEST(a_goal_goes_on_over_a_page),
        TEST(rows_may_lack_star_and_units),
        TEST(leading_units_have_a_column),
        TEST(other_heads_are_known),
        TEST(tables_of_other_makes_come_back),
        TEST(a_matrix_comes_back),
        TEST(a_matrix_whose_first_page_is_missing),
        TEST(cells_that_nothing_parts_are_not_invented),
        TEST(tabs_part_cells),
        TEST(wide_gaps_part_cells),
        TEST(cells_stand_on_lines_of_their_own),
        TEST(traditional_heads_are_known),
        TEST(a_narrow_head_stands_over_wider_cells),
        TEST(a_second_title_begins_a_second_table),
        TEST(without_a_head_nothing_is_a_row),
        TEST(nothing_gives_nothing),
        TEST(runs_are_found),
        TEST(any_lines_are_accounted_for),
        TEST(cut_tables_are_accounted_for),
        TEST(long_runs_are_read),
        TEST(every_failed_allocation_is_reported),
        TEST(the_real_table_is_read),
    };
    return cmocka_run_group_tests(tests, open_fold, NULL);
}
