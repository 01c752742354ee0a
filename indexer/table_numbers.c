// SPDX-License-Identifier: GPL-2.0-or-later
//
// Running numbers and dates in a table.
#include "indexer/table_parse.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

// Length of the first of WORDS that stands at AT, or 0.
static size_t one_of_at(const struct gaz_table_text *data, size_t at, const char *const *words,
                        size_t count) {
    for (size_t i = 0; i < count; i++) {
        size_t length = gaz_table_word_at(data, at, words[i]);
        if (length > 0)
            return length;
    }
    return 0;
}

// Whether a number before AT counts things (15家, 10%), so that it is no row's.
static double counting_cost(const struct gaz_table_text *data, size_t at) {
    static const uint32_t measures[] = U"个家项名人次年月日号张所条类级倍岁元万亿分天位台辆座件种批";
    static const char *const words[] = {"人才", "人民", "人口", "人社", "人大", "人力", "人工", "人事",
                                        "人居", "人员", "项目", "年度", "家庭", "家政", "家电", "名医",
                                        "名校", "名师", "名城", "个人", "个体", "类别", "条件", "级别",
                                        "日常", "月度", "分类", "分级", "分批", "万家", "万村", "台账",
                                        "件件", "种植", "种子", "种业", "座谈", "批发", "所有", "天然"};
    uint32_t code = gaz_table_code_at(data, at);
    if (one_of_at(data, at, words, COUNT_OF(words)) > 0)
        return 0.5;
    for (size_t i = 0; measures[i]; i++) {
        if (measures[i] == code)
            return 4;
    }
    return 0;
}

size_t gaz_table_number_options(const struct gaz_table_text *data, size_t at,
                                struct gaz_table_number options[2]) {
    if (at > 0 && gaz_table_is_digit(gaz_table_code_at(data, at - 1)) && data->glyphs[at].gap < GAZ_GAP_TAB)
        return 0;
    size_t value = 0, count = 0;
    for (size_t to = at; gaz_table_is_digit(gaz_table_code_at(data, to)) && to - at < 4;) {
        value = value * 10 + (gaz_table_code_at(data, to) - '0');
        uint32_t next = gaz_table_code_at(data, ++to);
        bool ends = !gaz_table_is_digit(next);
        if (!ends && (data->glyphs[to].gap < GAZ_GAP_TAB || count > 0))
            continue;
        if (ends && (next == '%' || next == '.' || next == U'—' || next == '-' || next == '+' || next == ','))
            break;
        double cost = ends ? counting_cost(data, to) : 2;
        if (to - at <= 3 && count < 2)
            options[count++] = (struct gaz_table_number){value, to, cost};
    }
    return count;
}

static size_t digits_at(const struct gaz_table_text *data, size_t at) {
    size_t count = 0;
    while (gaz_table_is_digit(gaz_table_code_at(data, at + count)))
        count++;
    return count;
}

// Length of a date with its 前, 底 and so on at AT: 2025年, 2023—2025年, 2024年6月底前.
static size_t date_at(const struct gaz_table_text *data, size_t at) {
    static const char *const units[] = {"年", "月", "日", "季度", "—", "-", "~", "至", ".", "/"};
    static const char *const ends[] = {"底前", "底", "前", "末",   "初",   "上半年", "下半年", "上旬", "中旬",
                                       "下旬", "起", "内", "全年", "完成", "年底",   "年内",   "年度"};
    size_t to = at, length;
    for (size_t digits; (digits = digits_at(data, to)) > 0 && digits <= 4;) {
        length = one_of_at(data, to + digits, units, COUNT_OF(units));
        if (length == 0)
            break;
        to += digits + length;
    }
    if (to == at)
        return 0;
    while ((length = one_of_at(data, to, ends, COUNT_OF(ends))) > 0)
        to += length;
    return to - at;
}

size_t gaz_table_date_options(const struct gaz_table_text *data, size_t at,
                              struct gaz_table_option options[GAZ_TABLE_MAX_OPTIONS]) {
    static const char *const words[] = {
        "长期坚持", "长期实施",   "长期推进",   "长期",           "持续推进",   "持续实施", "持续开展",
        "持续坚持", "常态化推进", "常态化开展", "常态化",         "常年",       "全年",     "立即",
        "即时",     "年底前",     "年内",       "按时间节点推进", "按节点推进", "持续",     "全程"};
    size_t length = one_of_at(data, at, words, COUNT_OF(words));
    length = length > 0 ? length : date_at(data, at);
    if (length == 0)
        return 0;
    options[0] = (struct gaz_table_option){at + length, -2 + gaz_table_gap_cost(data, at + length), 0};
    return 1;
}
