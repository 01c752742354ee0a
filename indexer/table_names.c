// SPDX-License-Identifier: GPL-2.0-or-later
//
// Names of tasks in a table, and all the evidence that is gathered before it is read.
#include "indexer/table_parse.h"

#include <string.h>

#include "shim/unicode.h"

enum {
    NAME_GLYPHS = 36,    // longest name of a task that is guessed
    MAX_HEADINGS = 1024, // more are not compared
    REPEATED_GLYPHS = 4, // fewest glyphs by which a name that is printed again is known
    MATCHES = 3,         // most ways in which a name is matched
};

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

// --- words

// Words that a goal or a measure often begins with …
static const char *const verbs[] = {
    "推进", "推动", "加强", "加快", "建立", "健全", "开展", "实施", "支持", "鼓励", "深化", "打造", "强化",
    "优化", "促进", "落实", "构建", "培育", "探索", "推广", "拓展", "拓宽", "扩大", "提高", "实现", "引导",
    "依托", "围绕", "聚焦", "组织", "制定", "全面", "积极", "大力", "持续", "进一", "充分", "严格", "统筹",
    "整合", "争取", "力争", "完成", "新建", "整体", "迭代", "挖掘", "借助", "重点", "深入", "启动", "出台",
    "编制", "举办", "引进", "搭建", "确保", "巩固", "壮大", "做大", "做强", "做优", "激发", "突出", "坚持",
    "补齐", "夯实", "畅通", "降低", "减轻", "加大", "推行", "设立", "争创", "创建", "实行", "允许", "对接",
    "修订", "制订", "招引", "盘活", "筹建", "谋划", "扶持", "增加", "优先", "逐步", "严禁", "严厉", "常态",
    "定期", "每年", "每月", "每季", "到2",  "至2",  "20",   "截至", "各县", "全市", "全县", "全区", "以“",
    "对标", "按照", "根据", "通过", "结合", "针对", "面向", "提档", "高效", "从严", "完善", "牵头", "负责",
    "指导", "督促", "协调", "梳理", "排查", "摸清", "选派", "划定", "组建", "新增", "修缮", "修复", "处置",
    "压缩", "接入", "建成", "开工", "扩建", "改建", "举行", "发放", "培训", "执行",
};
// … which may as well stand inside a name or end it …
static const char *const both[] = {
    "建设", "发展", "提升", "规范", "创新", "改造", "整治", "保障", "培养", "参与",
    "管理", "应用", "服务", "改革", "布局", "开放", "治理", "保护", "利用",
};
// … and words of one character before what a goal is about.
static const char *const particles[] = {"对", "在", "以", "按", "将", "到", "为",
                                        "力", "由", "市", "县", "各", "全"};

// Words that a name often ends with.
static const char *const nouns[] = {
    "建设", "发展", "体系", "机制", "能力", "水平", "平台",   "集群",   "工程",   "行动", "改革", "环境",
    "服务", "保障", "创新", "管理", "布局", "典范", "品牌",   "高地",   "城市",   "格局", "生态", "领导",
    "提升", "制度", "治理", "培养", "应用", "短板", "力度",   "基地",   "综合体", "产业", "模式", "质量",
    "效率", "结构", "责任", "工作", "项目", "监管", "安全",   "设施",   "政策",   "转型", "升级", "融合",
    "开放", "合作", "联盟", "队伍", "试点", "示范", "试验区", "示范区", "文化",   "市场", "企业", "教育",
    "旅游", "科技", "人才", "资源", "投入", "网络", "中心",   "园区",   "优势",   "特色", "活力", "动能",
    "卫生", "研究", "攻关", "转化", "评价", "协同", "渠道",   "流程",   "指导",   "整治", "防治", "供给",
};

// Verbs whose object may end with another word of doing: 推进…建设, 加强…管理.
static const char *const leading[] = {
    "推进", "推动", "加强", "加快", "促进", "深化", "强化", "开展", "实施", "统筹", "全面", "大力",
    "落实", "优化", "完善", "规范", "加大", "深入", "持续", "做好", "抓好", "严格", "提升",
};

// What a word can be, as marks in a lexicon.
enum { VERB = 1, BOTH = 2, PARTICLE = 4, NOUN = 8, LEADING = 16 };

static bool add_words(struct gaz_table_lexicon *lexicon, const char *const *words, size_t count,
                      uint8_t mark) {
    for (size_t i = 0; i < count; i++) {
        if (!gaz_table_lexicon_add_text(lexicon, words[i], mark))
            return false;
    }
    return true;
}

static bool read_words(struct gaz_arena *scratch, struct gaz_table_evidence *out) {
    out->words = gaz_table_lexicon_new(scratch);
    return out->words && add_words(out->words, verbs, COUNT_OF(verbs), VERB) &&
           add_words(out->words, both, COUNT_OF(both), BOTH) &&
           add_words(out->words, particles, COUNT_OF(particles), PARTICLE) &&
           add_words(out->words, nouns, COUNT_OF(nouns), NOUN) &&
           add_words(out->words, leading, COUNT_OF(leading), LEADING);
}

// The marks of the words, of one to three glyphs, that begin at AT.
static unsigned words_at(const struct gaz_table_text *data, const struct gaz_table_evidence *evidence,
                         size_t at) {
    unsigned marks = 0;
    for (size_t to = at + 1; to <= at + 3 && to <= data->count; to++)
        marks |= gaz_table_lexicon_marks(evidence->words, data, (struct gaz_table_range){at, to});
    uint32_t third = gaz_table_code_at(data, at + 2);
    bool quality = third == U'率' || third == U'性' || third == U'度' || third == U'者' || third == U'量';
    return quality ? marks & ~(unsigned)(VERB | BOTH) : marks; // 利用率
}

bool gaz_table_begins_clause(const struct gaz_table_text *data, const struct gaz_table_evidence *evidence,
                             size_t at) {
    return (words_at(data, evidence, at) & (VERB | BOTH)) != 0;
}

// How much speaks for a goal that begins at AT, by its first word.
static double begin_gain(const struct gaz_table_text *data, const struct gaz_table_evidence *evidence,
                         size_t at) {
    unsigned marks = words_at(data, evidence, at);
    return marks & VERB ? 2.2 : marks & BOTH ? 0.7 : marks & PARTICLE ? 1 : marks & NOUN ? -1 : 0;
}

// Whether the name [AT, END) ends with a word that names end with. One that is a verb too (发展银发经济
// 建设…) counts only where the name's own verb asks for it.
static bool ends_with_noun(const struct gaz_table_text *data, const struct gaz_table_evidence *evidence,
                           size_t at, size_t end) {
    unsigned first = words_at(data, evidence, at);
    bool nominal = (first & (VERB | BOTH)) == 0 || (first & LEADING) != 0;
    for (size_t length = 2; length <= 3 && at + length < end; length++) {
        unsigned marks =
            gaz_table_lexicon_marks(evidence->words, data, (struct gaz_table_range){end - length, end});
        if (marks & NOUN && (nominal || !(marks & BOTH)))
            return true;
    }
    return false;
}

// Whether [AT, END) looks like the name of a county or a town.
static bool is_place(const struct gaz_table_text *data, size_t at, size_t end) {
    uint32_t last = gaz_table_code_at(data, end - 1);
    bool place = last == U'县' || last == U'区' || last == U'市' || last == U'镇' || last == U'乡';
    return place && end - at >= 3 && end - at <= 5;
}

// Cost of a name that ends before END, by the words around its end.
static double name_end_cost(const struct gaz_table_text *data, const struct gaz_table_evidence *evidence,
                            size_t at, size_t end) {
    size_t length = end - at;
    double usual = length < 9 ? 9 - (double)length : 0.5 * ((double)length - 9);
    double cost = 3 + 0.08 * usual + (length > 16 ? 0.2 * (double)(length - 16) : 0);
    if (is_place(data, at, end) && words_at(data, evidence, at) == 0)
        cost -= 1.5;
    else if (length < 4)
        cost += 2;
    cost += gaz_table_gap_cost(data, end) * (data->sideways ? 1 : 5);
    if (gaz_table_word_at(data, end, "(1)") > 0)
        return cost - 5;
    cost -= begin_gain(data, evidence, end);
    if (ends_with_noun(data, evidence, at, end))
        cost -= 1.5;
    uint32_t before = gaz_table_code_at(data, end - 1), after = gaz_table_code_at(data, end);
    static const uint32_t open[] = U"、,“(《和与及的对以为";
    static const uint32_t bound[] = U"、,。;:”)》的和与及等";
    for (size_t i = 0; open[i]; i++)
        cost += open[i] == before ? 4 : 0;
    for (size_t i = 0; bound[i]; i++)
        cost += bound[i] == after ? 4 : 0;
    return cost;
}

// Adds an option for each way in which the glyphs at AT spell PATTERN: exactly, or with one glyph behind the
// first replaced, put in or left out.
static size_t match_options(const struct gaz_table_text *data, const struct gaz_table_evidence *evidence,
                            size_t at, const struct gaz_table_glyph *pattern, size_t length, double exact,
                            struct gaz_table_option *options) {
    static const struct { size_t data, pattern; } edits[] = {{1, 1}, {1, 0}, {0, 1}};
    size_t same = 0, count = 0;
    while (same < length && gaz_table_code_at(data, at + same) == pattern[same].code)
        same++;
    if (same == length) {
        options[0] = (struct gaz_table_option){at + length, exact, 0};
        return 1;
    }
    for (size_t i = 0; i < COUNT_OF(edits) && same > 0 && length >= 4; i++) {
        size_t here = at + same + edits[i].data, there = same + edits[i].pattern;
        for (; there < length && gaz_table_code_at(data, here) == pattern[there].code; here++)
            there++;
        if (there == length && here < data->count)
            options[count++] =
                (struct gaz_table_option){here, exact + 2 + 0.5 * name_end_cost(data, evidence, at, here), 0};
    }
    return count;
}

static size_t heading_length(const struct gaz_table_glyph *heading) {
    size_t length = 0;
    while (heading[length].code != 0)
        length++;
    return length;
}

static size_t heading_options(const struct gaz_table_text *data, const struct gaz_table_evidence *evidence,
                              size_t at, struct gaz_table_option *options, size_t room) {
    size_t count = 0;
    for (size_t i = 0; i < evidence->heading_count && count + MATCHES <= room; i++) {
        const struct gaz_table_glyph *heading = evidence->headings[i];
        size_t length = heading_length(heading);
        double exact = -7 - (length > 10 ? 1 : 0.1 * (double)length);
        if (heading[0].code == gaz_table_code_at(data, at))
            count += match_options(data, evidence, at, heading, length, exact, options + count);
    }
    return count;
}

static size_t guessed_name_options(const struct gaz_table_text *data,
                                   const struct gaz_table_evidence *evidence, size_t at,
                                   struct gaz_table_option *options, size_t room) {
    size_t count = 0;
    int depth = 0;
    double inside = 0;
    for (size_t end = at + 1; end < data->count && end - at <= NAME_GLYPHS && count < room; end++) {
        uint32_t code = data->glyphs[end - 1].code;
        depth +=
            (code == '(' || code == U'“' || code == U'《') - (code == ')' || code == U'”' || code == U'》');
        if (code == U'。' || code == '*' || code == ';')
            break;
        inside += code == ',' ? 3 : gaz_table_is_digit(code) ? 1 : 0;
        if (end - at >= 2 && depth == 0)
            options[count++] =
                (struct gaz_table_option){end, inside + name_end_cost(data, evidence, at, end), 0};
    }
    return count;
}

size_t gaz_table_name_options(const struct gaz_table_text *data, const struct gaz_table_evidence *evidence,
                              size_t at, struct gaz_table_range repeated, bool guess,
                              struct gaz_table_option options[GAZ_TABLE_MAX_OPTIONS]) {
    size_t count = 0;
    if (repeated.to > repeated.from)
        count = match_options(data, evidence, at, data->glyphs + repeated.from, repeated.to - repeated.from,
                              -9, options);
    if (evidence->repeats[at] >= REPEATED_GLYPHS)
        options[count++] = (struct gaz_table_option){at + evidence->repeats[at], -6, 0};
    count += heading_options(data, evidence, at, options + count, 8);
    if (guess)
        count += guessed_name_options(data, evidence, at, options + count, GAZ_TABLE_MAX_OPTIONS - count);
    return count;
}

// --- names that are printed again

// Hash of the running number that ends before AT and the glyphs behind it; 0 when no number does.
static uint64_t numbered_hash(const struct gaz_table_text *data, size_t at) {
    uint64_t hash = GAZ_TABLE_HASH_START;
    size_t from = at;
    if (gaz_table_is_digit(gaz_table_code_at(data, at)) || at + REPEATED_GLYPHS > data->count)
        return 0;
    while (from > 0 && gaz_table_is_digit(gaz_table_code_at(data, from - 1)) && at - from < 4)
        from--;
    if (from == at || at - from > 3)
        return 0;
    for (; from < at + REPEATED_GLYPHS; from++)
        hash = gaz_table_hash_step(hash, gaz_table_code_at(data, from));
    return hash + (hash == 0);
}

// Glyphs that stand alike at A and at B, B being the later one.
static size_t common_length(const struct gaz_table_text *data, size_t a, size_t b) {
    size_t length = 0;
    while (length < NAME_GLYPHS && a + length < b && b + length < data->count &&
           gaz_table_code_at(data, a + length) == gaz_table_code_at(data, b + length))
        length++;
    return length;
}

// A merged cell that a page break parts prints its number and name twice: notes for each place behind a
// number how far the text there returns behind the same number.
static bool find_repeats(const struct gaz_table_text *data, struct gaz_arena *scratch,
                         struct gaz_table_evidence *out) {
    size_t size = 64;
    while (size < data->count)
        size *= 2;
    struct slot {
        uint64_t hash;
        size_t at;
    } *slots = gaz_arena_alloc(scratch, size * sizeof *slots);
    out->repeats = gaz_arena_alloc(scratch, data->count + 1);
    if (!slots || !out->repeats)
        return false;
    for (size_t at = 1; at < data->count; at++) {
        uint64_t hash = numbered_hash(data, at);
        if (hash == 0)
            continue;
        size_t i = (size_t)hash & (size - 1);
        while (slots[i].hash != 0 && slots[i].hash != hash)
            i = (i + 1) & (size - 1);
        if (slots[i].hash == hash) {
            size_t length = common_length(data, slots[i].at, at);
            out->repeats[at] = out->repeats[slots[i].at] = (uint8_t)length;
        }
        slots[i] = (struct slot){hash, at};
    }
    return true;
}

static bool read_headings(const struct gaz_table_context *context, struct gaz_arena *scratch,
                          struct gaz_table_evidence *out) {
    size_t count = context->heading_count < MAX_HEADINGS ? context->heading_count : MAX_HEADINGS;
    out->headings = gaz_arena_alloc(scratch, (count + 1) * sizeof *out->headings);
    if (!out->headings)
        return false;
    for (size_t i = 0; i < count; i++) {
        const char *heading = context->headings[i];
        size_t len = strlen(heading), glyphs = 0, size;
        struct gaz_table_glyph *codes = gaz_arena_alloc(scratch, (len + 1) * sizeof *codes);
        if (!codes)
            return false;
        for (size_t at = 0; at < len; at += size) {
            codes[glyphs].code = gaz_table_decode(heading + at, len - at, &size);
            glyphs += !gaz_unicode_is_space(codes[glyphs].code);
        }
        codes[glyphs].code = 0;
        if (glyphs >= 3 && glyphs <= NAME_GLYPHS)
            out->headings[out->heading_count++] = codes;
    }
    return true;
}

bool gaz_table_evidence_open(const struct gaz_table_context *context, struct gaz_arena *scratch,
                             struct gaz_table_evidence *out) {
    *out = (struct gaz_table_evidence){.context = context, .units = gaz_table_lexicon_new(scratch)};
    if (!out->units || !read_words(scratch, out) || !read_headings(context, scratch, out))
        return false;
    for (size_t i = 0; i < context->unit_count; i++) {
        if (!gaz_table_lexicon_add_text(out->units, context->units[i], 1))
            return false;
    }
    return true;
}

bool gaz_table_evidence_add(const struct gaz_table_text *data, struct gaz_arena *scratch,
                            struct gaz_table_evidence *out) {
    size_t stars = 0;
    for (size_t i = 0; i < data->count; i++) {
        if (data->glyphs[i].code != '*')
            continue;
        stars++;
        if (!gaz_table_learn_starred(out->units, data, i))
            return false;
    }
    out->stars = stars >= 2;
    return find_repeats(data, scratch, out);
}
