// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the words of a table tell: names of tasks, units, dates, running numbers.
#include "indexer/table_parse.h"

#include <string.h>

#include "shim/unicode.h"

enum {
    NAME_GLYPHS = 36,    // longest name of a task that is guessed
    UNIT_GLYPHS = 28,    // longest name of a unit that is guessed
    LIST_UNITS = 60,     // most units in one cell
    STAR_REACH = 80,     // how far behind a star units are learnt
    LEXICON_GLYPHS = 40, // longest entry that is looked up
    MAX_HEADINGS = 1024, // more are not compared
};

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

// --- lexicon: a set of strings of glyphs, each as its 64-bit hash (FNV-1a over code points)

#define HASH_START UINT64_C(14695981039346656037)

static uint64_t hash_step(uint64_t hash, uint32_t code) {
    return (hash ^ code) * UINT64_C(1099511628211);
}

struct entry {
    uint64_t hash; // 0: free
    uint32_t next; // the glyph that followed it first, while units are learnt
    uint32_t seen;
    bool branches; // different glyphs followed it
    bool accepted;
};

struct gaz_table_lexicon {
    struct gaz_arena *arena;
    struct entry *entries;
    size_t used, size; // size: power of two
};

static struct entry *find(const struct gaz_table_lexicon *lexicon, uint64_t hash) {
    size_t at = (size_t)hash & (lexicon->size - 1);
    while (lexicon->entries[at].hash != 0 && lexicon->entries[at].hash != hash)
        at = (at + 1) & (lexicon->size - 1);
    return &lexicon->entries[at];
}

static bool resize(struct gaz_table_lexicon *lexicon, size_t size) {
    struct gaz_table_lexicon larger = {.size = size};
    larger.entries = gaz_arena_alloc(lexicon->arena, size * sizeof *larger.entries);
    if (!larger.entries)
        return false;
    for (size_t i = 0; i < lexicon->size; i++) {
        if (lexicon->entries[i].hash != 0)
            *find(&larger, lexicon->entries[i].hash) = lexicon->entries[i];
    }
    lexicon->entries = larger.entries;
    lexicon->size = size;
    return true;
}

struct gaz_table_lexicon *gaz_table_lexicon_new(struct gaz_arena *scratch) {
    struct gaz_table_lexicon *lexicon = gaz_arena_alloc(scratch, sizeof *lexicon);
    if (!lexicon)
        return NULL;
    lexicon->arena = scratch;
    return resize(lexicon, 256) ? lexicon : NULL;
}

// The entry of HASH, made when it is new. NULL when memory is out.
static struct entry *obtain(struct gaz_table_lexicon *lexicon, uint64_t hash) {
    if (lexicon->used * 2 >= lexicon->size && !resize(lexicon, lexicon->size * 2))
        return NULL;
    hash += hash == 0;
    struct entry *entry = find(lexicon, hash);
    lexicon->used += entry->hash == 0;
    entry->hash = hash;
    return entry;
}

static bool accept(struct gaz_table_lexicon *lexicon, uint64_t hash) {
    struct entry *entry = obtain(lexicon, hash);
    if (entry)
        entry->accepted = true;
    return entry != NULL;
}

bool gaz_table_lexicon_add(struct gaz_table_lexicon *lexicon, const struct gaz_table_glyph *glyphs,
                           size_t count) {
    uint64_t hash = HASH_START;
    for (size_t i = 0; i < count; i++)
        hash = hash_step(hash, glyphs[i].code);
    return accept(lexicon, hash);
}

static uint32_t plain_code(const char *text, size_t len, size_t *size) {
    uint32_t code;
    *size = gaz_utf8_decode(text, len, &code);
    return code >= 0xFF01 && code <= 0xFF5E ? code - 0xFEE0 : code;
}

bool gaz_table_lexicon_add_text(struct gaz_table_lexicon *lexicon, const char *text) {
    uint64_t hash = HASH_START;
    size_t len = strlen(text), glyphs = 0, size;
    for (size_t at = 0; at < len; at += size) {
        uint32_t code = plain_code(text + at, len - at, &size);
        if (!gaz_unicode_is_space(code)) {
            hash = hash_step(hash, code);
            glyphs++;
        }
    }
    return glyphs < 2 || accept(lexicon, hash);
}

size_t gaz_table_lexicon_longest(const struct gaz_table_lexicon *lexicon, const struct gaz_table_text *text,
                                 size_t at, size_t limit) {
    uint64_t hash = HASH_START;
    size_t longest = 0;
    for (size_t i = 0; i < limit && i < LEXICON_GLYPHS && at + i < text->count; i++) {
        hash = hash_step(hash, text->glyphs[at + i].code);
        const struct entry *entry = find(lexicon, hash + (hash == 0));
        if (entry->hash != 0 && entry->accepted)
            longest = i + 1;
    }
    return longest;
}

bool gaz_table_lexicon_has(const struct gaz_table_lexicon *lexicon, const struct gaz_table_text *text,
                           struct gaz_table_range range) {
    uint64_t hash = HASH_START;
    for (size_t i = range.from; i < range.to; i++)
        hash = hash_step(hash, text->glyphs[i].code);
    const struct entry *entry = find(lexicon, hash + (hash == 0));
    return entry->hash != 0 && entry->accepted;
}

// --- units

static uint32_t code_at(const struct gaz_table_text *data, size_t at) {
    return at < data->count ? data->glyphs[at].code : 0;
}

static bool is_separator(uint32_t code) {
    return code == U'、' || code == ',';
}

// Whether a glyph cannot stand in the name of a unit.
static bool ends_units(uint32_t code) {
    return code == U'。' || code == ';' || code == ':' || code == '%' || code == U'“' || code == U'”' ||
           code == U'《' || code == '*' || code == 0 || gaz_table_is_digit(code);
}

// Whether a glyph is the last of many unit names.
static bool ends_unit(uint32_t code) {
    static const uint32_t ends[] =
        U"局委办厅部院所站会区县市府司团学行队社校心馆处室镇乡道位关台厂组协盟州旗庭网店园)";
    for (size_t i = 0; ends[i]; i++) {
        if (ends[i] == code)
            return true;
    }
    return false;
}

// End of the stretch at FROM up to a separator outside brackets, or to what no unit contains.
static size_t stretch_end(const struct gaz_table_text *data, size_t from, size_t limit) {
    int depth = 0;
    size_t i = from;
    for (; i < data->count && i - from < limit; i++) {
        uint32_t code = data->glyphs[i].code;
        if (ends_units(code) || (depth <= 0 && is_separator(code)))
            break;
        depth += (code == '(' || code == '<') - (code == ')' || code == '>');
    }
    return i;
}

// Counts each beginning of the stretch [FROM, TO) that ends like a unit, and what follows it.
static bool learn(struct gaz_table_lexicon *lexicon, const struct gaz_table_text *data, size_t from,
                  size_t to) {
    uint64_t hash = HASH_START;
    for (size_t i = from; i < to && i - from < UNIT_GLYPHS; i++) {
        hash = hash_step(hash, data->glyphs[i].code);
        if (i - from < 2 || !ends_unit(data->glyphs[i].code))
            continue;
        struct entry *entry = obtain(lexicon, hash);
        if (!entry)
            return false;
        uint32_t next = code_at(data, i + 1);
        entry->branches = entry->branches || (entry->seen > 0 && entry->next != next);
        entry->next = next;
        entry->seen++;
        entry->accepted = entry->accepted || (entry->seen >= 3 && entry->branches);
    }
    return true;
}

// Learns units from what stands behind stars: beginnings that return and go on differently are names.
static bool learn_starred(struct gaz_table_lexicon *lexicon, const struct gaz_table_text *data, size_t star) {
    for (size_t at = star + 1; at < data->count && at - star < STAR_REACH;) {
        size_t to = stretch_end(data, at, UNIT_GLYPHS);
        if (!learn(lexicon, data, at, to))
            return false;
        if (!is_separator(code_at(data, to)))
            break;
        at = to + 1;
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
            codes[glyphs].code = plain_code(heading + at, len - at, &size);
            glyphs += !gaz_unicode_is_space(codes[glyphs].code);
        }
        codes[glyphs].code = 0;
        if (glyphs >= 3 && glyphs <= NAME_GLYPHS)
            out->headings[out->heading_count++] = codes;
    }
    return true;
}

bool gaz_table_evidence_read(const struct gaz_table_text *data, const struct gaz_table_context *context,
                             struct gaz_arena *scratch, struct gaz_table_evidence *out) {
    *out = (struct gaz_table_evidence){.context = context, .units = gaz_table_lexicon_new(scratch)};
    if (!out->units || !read_headings(context, scratch, out))
        return false;
    for (size_t i = 0; i < context->unit_count; i++) {
        if (!gaz_table_lexicon_add_text(out->units, context->units[i]))
            return false;
    }
    size_t stars = 0;
    for (size_t i = 0; i < data->count; i++) {
        if (data->glyphs[i].code != '*')
            continue;
        stars++;
        if (!learn_starred(out->units, data, i))
            return false;
    }
    out->stars = stars >= 2;
    return true;
}

// How surely a range is the name of a unit, 0 to 1.
static double likeness(const struct gaz_table_text *data, const struct gaz_table_evidence *evidence,
                       size_t from, size_t to) {
    char name[UNIT_GLYPHS * 2 * 4];
    size_t len = 0;
    for (size_t i = from; i < to && len + 4 <= sizeof name; i++) {
        memcpy(name + len, data->source + data->glyphs[i].offset, data->glyphs[i].length);
        len += data->glyphs[i].length;
    }
    return gaz_unit_likeness(evidence->context->authority, name, len);
}

// What speaks for (less than 0) or against a list of units ending before AT.
static double list_end_cost(const struct gaz_table_text *data, size_t at) {
    static const uint32_t goes_on[] = U"、,。;:()的等和与及在";
    if (at >= data->count)
        return -0.5;
    uint32_t code = data->glyphs[at].code;
    for (size_t i = 0; goes_on[i]; i++) {
        if (goes_on[i] == code)
            return 5;
    }
    double cost = gaz_table_gap_cost(data, at) * (data->sideways ? 1.5 : 5);
    if (gaz_table_is_digit(code))
        return cost - 0.3;
    return gaz_table_begins_clause(data, at) ? cost - 0.6 : cost;
}

// Cost of the unit [FROM, TO) as the last of its list, where the longest known one at FROM has KNOWN glyphs.
static double last_unit_cost(const struct gaz_table_text *data, const struct gaz_table_evidence *evidence,
                             size_t from, size_t to, size_t known) {
    if (gaz_table_lexicon_has(evidence->units, data, (struct gaz_table_range){from, to}))
        return to - from == known ? -0.7 : 1;
    double cost = 1 + 3 * (1 - likeness(data, evidence, from, to));
    if (known > 0 && to - from > known)
        cost += 2.5;
    if (to - from <= 3 && (code_at(data, to - 1) == U'委' || code_at(data, to - 1) == U'市'))
        cost += 1.5;
    return cost;
}

// Options that end a list with the unit at FROM, whose stretch ends at TO.
static size_t last_unit_options(const struct gaz_table_text *data, const struct gaz_table_evidence *evidence,
                                size_t from, size_t to, double cost, struct gaz_table_option *options,
                                size_t room) {
    size_t known = gaz_table_lexicon_longest(evidence->units, data, from, to - from), count = 0;
    int depth = 0;
    for (size_t end = from + 1; end <= to && count < room; end++) {
        uint32_t last = data->glyphs[end - 1].code;
        depth += (last == '(' || last == '<') - (last == ')' || last == '>');
        if (end - from < 2 || depth != 0)
            continue;
        bool plausible = ends_unit(last) || end - from == known || end == data->count ||
                         (!data->sideways && data->glyphs[end].gap >= GAZ_GAP_TAB);
        if (!plausible)
            continue;
        double total = cost + last_unit_cost(data, evidence, from, end, known) + list_end_cost(data, end);
        options[count++] = (struct gaz_table_option){end, total};
    }
    return count;
}

// Cost of the unit [FROM, TO) between separators.
static double inner_unit_cost(const struct gaz_table_text *data, const struct gaz_table_evidence *evidence,
                              size_t from, size_t to) {
    if (gaz_table_lexicon_has(evidence->units, data, (struct gaz_table_range){from, to}))
        return -0.3;
    return to - from < 2 ? 4 : 3 * (1 - likeness(data, evidence, from, to));
}

size_t gaz_table_unit_options(const struct gaz_table_text *data, const struct gaz_table_evidence *evidence,
                              size_t at, struct gaz_table_option options[GAZ_TABLE_MAX_OPTIONS]) {
    enum { HOPELESS = 9 };
    bool star = code_at(data, at) == '*';
    double cost = star ? -6 : evidence->stars ? 2 : 0.5;
    size_t count = 0;
    for (size_t units = 0; units < LIST_UNITS && cost < HOPELESS; units++) {
        size_t from = at + (code_at(data, at) == '*');
        size_t to = stretch_end(data, from, UNIT_GLYPHS);
        if (to - from < 2)
            break;
        size_t room = GAZ_TABLE_MAX_OPTIONS - count;
        count += last_unit_options(data, evidence, from, to, cost, options + count, room);
        if (!is_separator(code_at(data, to)) || count == GAZ_TABLE_MAX_OPTIONS)
            break;
        cost += inner_unit_cost(data, evidence, from, to);
        at = to + 1;
    }
    return count;
}

// --- names

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
    "对标", "按照", "根据", "通过", "利用", "结合", "针对", "面向", "提档", "高效", "从严", "完善", "布局",
    "牵头", "负责", "指导", "督促", "协调", "梳理", "排查", "摸清", "选派",
};
// … which may as well stand inside a name or end it …
static const char *const both[] = {
    "建设", "发展", "提升", "规范", "创新", "改造", "整治",
    "保障", "培养", "参与", "管理", "应用", "服务", "改革", "布局",
};
// … and words of one character before what a goal is about.
static const char *const particles[] = {"对", "在", "以", "按", "将", "到", "为", "力", "由"};

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

static bool any_word_at(const struct gaz_table_text *data, size_t at, const char *const *words,
                        size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (gaz_table_word_at(data, at, words[i]) > 0)
            return true;
    }
    return false;
}

bool gaz_table_begins_clause(const struct gaz_table_text *data, size_t at) {
    return any_word_at(data, at, verbs, COUNT_OF(verbs)) || any_word_at(data, at, both, COUNT_OF(both));
}

// How much speaks for a goal that begins at AT, by its first word.
static double begin_gain(const struct gaz_table_text *data, size_t at) {
    if (any_word_at(data, at, verbs, COUNT_OF(verbs)))
        return 2.2;
    if (any_word_at(data, at, both, COUNT_OF(both)))
        return 0.7;
    if (any_word_at(data, at, particles, COUNT_OF(particles)))
        return 1;
    return any_word_at(data, at, nouns, COUNT_OF(nouns)) ? -1 : 0;
}

static bool ends_with_noun(const struct gaz_table_text *data, size_t end) {
    for (size_t i = 0; i < COUNT_OF(nouns); i++) {
        size_t length = strlen(nouns[i]) / strlen("建");
        if (end >= length && gaz_table_word_at(data, end - length, nouns[i]) > 0)
            return true;
    }
    return false;
}

// Glyphs of DATA at AT that spell PATTERN (ended by code 0), with at most one replaced, left out or put in
// behind the first one; *EXACT tells whether none is. 0 when they do not.
static size_t match_name(const struct gaz_table_text *data, size_t at, const struct gaz_table_glyph *pattern,
                         size_t length, bool *exact) {
    size_t same = 0;
    while (same < length && code_at(data, at + same) == pattern[same].code)
        same++;
    *exact = same == length;
    if (*exact || same == 0 || length < 4)
        return *exact ? length : 0;
    static const struct { size_t data, pattern; } edits[] = {{1, 1}, {1, 0}, {0, 1}};
    for (size_t i = 0; i < COUNT_OF(edits); i++) {
        size_t here = same + edits[i].data, there = same + edits[i].pattern;
        while (there < length && code_at(data, at + here) == pattern[there].code) {
            here++;
            there++;
        }
        if (there >= length && at + here <= data->count)
            return here;
    }
    return 0;
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
    for (size_t i = 0; i < evidence->heading_count && count < room; i++) {
        const struct gaz_table_glyph *heading = evidence->headings[i];
        if (heading[0].code != code_at(data, at))
            continue;
        size_t length = heading_length(heading);
        bool exact;
        size_t matched = match_name(data, at, heading, length, &exact);
        if (matched == 0)
            continue;
        double cost = (exact ? -7 : -5) - (length > 10 ? 1 : 0.1 * (double)length);
        options[count++] =
            (struct gaz_table_option){at + matched, cost + gaz_table_gap_cost(data, at + matched)};
    }
    return count;
}

// Cost of a name that ends before END, by the words around its end.
static double name_end_cost(const struct gaz_table_text *data, size_t at, size_t end) {
    size_t length = end - at;
    double usual = length < 9 ? 9 - (double)length : 0.5 * ((double)length - 9);
    double cost = 3 + (length < 4 ? 2 : 0) + 0.08 * usual + (length > 16 ? 0.2 * (double)(length - 16) : 0);
    cost += gaz_table_gap_cost(data, end) * (data->sideways ? 1 : 5);
    if (gaz_table_word_at(data, end, "(1)") > 0)
        return cost - 5;
    cost -= begin_gain(data, end);
    if (length >= 4 && ends_with_noun(data, end))
        cost -= 1.5;
    uint32_t before = code_at(data, end - 1), after = code_at(data, end);
    static const uint32_t open[] = U"、,“(《和与及的对以为";
    static const uint32_t bound[] = U"、,。;:”)》的和与及等";
    for (size_t i = 0; open[i]; i++)
        cost += open[i] == before ? 4 : 0;
    for (size_t i = 0; bound[i]; i++)
        cost += bound[i] == after ? 4 : 0;
    return cost;
}

static size_t guessed_name_options(const struct gaz_table_text *data, size_t at,
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
            options[count++] = (struct gaz_table_option){end, inside + name_end_cost(data, at, end)};
    }
    return count;
}

size_t gaz_table_name_options(const struct gaz_table_text *data, const struct gaz_table_evidence *evidence,
                              size_t at, struct gaz_table_range repeated,
                              struct gaz_table_option options[GAZ_TABLE_MAX_OPTIONS]) {
    size_t count = 0;
    if (repeated.to > repeated.from) {
        bool exact;
        size_t length = repeated.to - repeated.from;
        size_t matched = match_name(data, at, data->glyphs + repeated.from, length, &exact);
        if (matched > 0)
            options[count++] = (struct gaz_table_option){at + matched, exact ? -9 : -6};
    }
    count += heading_options(data, evidence, at, options + count, 8);
    return count + guessed_name_options(data, at, options + count, GAZ_TABLE_MAX_OPTIONS - count);
}

// --- numbers and dates

// Whether a number before AT counts things (15家, 10%), so that it is no row's.
static double counting_cost(const struct gaz_table_text *data, size_t at) {
    static const uint32_t measures[] = U"个家项名人次年月日号张所条类级倍岁元万亿分天位台辆座件种批";
    static const char *const words[] = {"人才", "人民", "人口", "人社", "人大", "人力", "人工", "人事",
                                        "人居", "人员", "项目", "年度", "家庭", "家政", "家电", "名医",
                                        "名校", "名师", "名城", "个人", "个体", "类别", "条件", "级别",
                                        "日常", "月度", "分类", "分级", "分批", "万家", "万村", "台账",
                                        "件件", "种植", "种子", "种业", "座谈", "批发", "所有", "天然"};
    uint32_t code = code_at(data, at);
    if (any_word_at(data, at, words, COUNT_OF(words)))
        return 0.5;
    for (size_t i = 0; measures[i]; i++) {
        if (measures[i] == code)
            return 4;
    }
    return 0;
}

size_t gaz_table_number_options(const struct gaz_table_text *data, size_t at,
                                struct gaz_table_number options[2]) {
    if (at > 0 && gaz_table_is_digit(code_at(data, at - 1)) && data->glyphs[at].gap < GAZ_GAP_TAB)
        return 0;
    size_t value = 0, count = 0;
    for (size_t to = at; gaz_table_is_digit(code_at(data, to)) && to - at < 4;) {
        value = value * 10 + (code_at(data, to) - '0');
        uint32_t next = code_at(data, ++to);
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
    while (gaz_table_is_digit(code_at(data, at + count)))
        count++;
    return count;
}

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
    options[0] = (struct gaz_table_option){at + length, -2 + gaz_table_gap_cost(data, at + length)};
    return 1;
}
