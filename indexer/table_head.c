// SPDX-License-Identifier: GPL-2.0-or-later
//
// Table heads: the names of the columns, first by the vocabulary of such heads, then by what repeats on each
// page.
#include "indexer/table_parse.h"

#include <string.h>

#include "shim/unicode.h"

enum {
    NOTE_GLYPHS = 30,    // longest note in brackets behind a column's name
    UNKNOWN_GLYPHS = 8,  // longest name of a column that is not in the vocabulary
    PLACES_GLYPHS = 120, // longest row of place names in a head
    PLACE_GLYPHS = 8,
    WORD_GLYPHS = 8, // longest word of the vocabulary
    LOST_GLYPHS = 2  // how many glyphs may be missing at the start of a repeated head
};

struct head_word {
    const char *word;
    enum gaz_table_role role;
    bool maybe_text;
};

// Longer words before those that they begin with.
static const struct head_word vocabulary[] = {
    {"序号", GAZ_ROLE_NUMBER, false},
    {"编号", GAZ_ROLE_NUMBER, false},
    {"项次", GAZ_ROLE_NUMBER, false},
    {"任务名称", GAZ_ROLE_NAME, false},
    {"任务类别", GAZ_ROLE_NAME, false},
    {"任务分类", GAZ_ROLE_NAME, false},
    {"任务内容", GAZ_ROLE_TEXT, false},
    {"任务分解", GAZ_ROLE_TEXT, false},
    {"任务措施", GAZ_ROLE_TEXT, false},
    {"任务要求", GAZ_ROLE_TEXT, false},
    {"任务事项", GAZ_ROLE_NAME, true},
    {"任务目标", GAZ_ROLE_TEXT, false},
    {"任务", GAZ_ROLE_NAME, true},
    {"工作任务", GAZ_ROLE_NAME, true},
    {"主要任务", GAZ_ROLE_NAME, true},
    {"重点任务", GAZ_ROLE_NAME, true},
    {"目标任务", GAZ_ROLE_TEXT, false},
    {"具体任务", GAZ_ROLE_NAME, true},
    {"重点工作", GAZ_ROLE_NAME, true},
    {"工作事项", GAZ_ROLE_NAME, true},
    {"工作项目", GAZ_ROLE_NAME, true},
    {"重点项目", GAZ_ROLE_NAME, true},
    {"重点领域", GAZ_ROLE_NAME, false},
    {"重点事项", GAZ_ROLE_NAME, true},
    {"主要事项", GAZ_ROLE_NAME, true},
    {"项目名称", GAZ_ROLE_NAME, false},
    {"项目类别", GAZ_ROLE_NAME, false},
    {"项目内容", GAZ_ROLE_TEXT, false},
    {"项目", GAZ_ROLE_NAME, true},
    {"事项名称", GAZ_ROLE_NAME, false},
    {"事项", GAZ_ROLE_NAME, true},
    {"指标名称", GAZ_ROLE_NAME, false},
    {"指标类别", GAZ_ROLE_NAME, false},
    {"指标", GAZ_ROLE_NAME, true},
    {"政策名称", GAZ_ROLE_NAME, false},
    {"政策措施", GAZ_ROLE_TEXT, false},
    {"政策内容", GAZ_ROLE_TEXT, false},
    {"文件名称", GAZ_ROLE_NAME, true},
    {"名称", GAZ_ROLE_NAME, true},
    {"类别", GAZ_ROLE_NAME, false},
    {"类型", GAZ_ROLE_NAME, false},
    {"分类", GAZ_ROLE_NAME, false},
    {"领域", GAZ_ROLE_NAME, false},
    {"县（市、区）", GAZ_ROLE_NAME, false},
    {"县（市区）", GAZ_ROLE_NAME, false},
    {"县（区）", GAZ_ROLE_NAME, false},
    {"县市区", GAZ_ROLE_NAME, false},
    {"县区", GAZ_ROLE_NAME, false},
    {"区县", GAZ_ROLE_NAME, false},
    {"乡镇（街道）", GAZ_ROLE_NAME, false},
    {"镇（街道）", GAZ_ROLE_NAME, false},
    {"镇街", GAZ_ROLE_NAME, false},
    {"地区", GAZ_ROLE_NAME, false},
    {"具体工作目标", GAZ_ROLE_TEXT, false},
    {"具体工作内容", GAZ_ROLE_TEXT, false},
    {"具体工作措施", GAZ_ROLE_TEXT, false},
    {"具体工作任务", GAZ_ROLE_TEXT, false},
    {"具体工作要求", GAZ_ROLE_TEXT, false},
    {"具体工作", GAZ_ROLE_TEXT, false},
    {"具体内容", GAZ_ROLE_TEXT, false},
    {"具体措施", GAZ_ROLE_TEXT, false},
    {"具体举措", GAZ_ROLE_TEXT, false},
    {"具体要求", GAZ_ROLE_TEXT, false},
    {"具体目标", GAZ_ROLE_TEXT, false},
    {"工作目标", GAZ_ROLE_TEXT, false},
    {"工作内容", GAZ_ROLE_TEXT, false},
    {"工作措施", GAZ_ROLE_TEXT, false},
    {"工作举措", GAZ_ROLE_TEXT, false},
    {"工作要求", GAZ_ROLE_TEXT, false},
    {"工作要点", GAZ_ROLE_TEXT, false},
    {"主要目标", GAZ_ROLE_TEXT, false},
    {"主要内容", GAZ_ROLE_TEXT, false},
    {"主要措施", GAZ_ROLE_TEXT, false},
    {"主要举措", GAZ_ROLE_TEXT, false},
    {"主要工作", GAZ_ROLE_TEXT, false},
    {"重点举措", GAZ_ROLE_TEXT, false},
    {"重点措施", GAZ_ROLE_TEXT, false},
    {"重点内容", GAZ_ROLE_TEXT, false},
    {"建设内容及规模", GAZ_ROLE_TEXT, false},
    {"建设规模及内容", GAZ_ROLE_TEXT, false},
    {"建设内容", GAZ_ROLE_TEXT, false},
    {"建设目标", GAZ_ROLE_TEXT, false},
    {"年度目标", GAZ_ROLE_TEXT, false},
    {"目标要求", GAZ_ROLE_TEXT, false},
    {"目标", GAZ_ROLE_TEXT, false},
    {"内容", GAZ_ROLE_TEXT, false},
    {"措施", GAZ_ROLE_TEXT, false},
    {"举措", GAZ_ROLE_TEXT, false},
    {"要求", GAZ_ROLE_TEXT, false},
    {"牵头责任单位", GAZ_ROLE_LEAD_UNITS, false},
    {"牵头单位", GAZ_ROLE_LEAD_UNITS, false},
    {"牵头部门", GAZ_ROLE_LEAD_UNITS, false},
    {"主办单位", GAZ_ROLE_LEAD_UNITS, false},
    {"主办部门", GAZ_ROLE_LEAD_UNITS, false},
    {"主责单位", GAZ_ROLE_LEAD_UNITS, false},
    {"配合单位", GAZ_ROLE_UNITS, false},
    {"配合部门", GAZ_ROLE_UNITS, false},
    {"协办单位", GAZ_ROLE_UNITS, false},
    {"协办部门", GAZ_ROLE_UNITS, false},
    {"协同单位", GAZ_ROLE_UNITS, false},
    {"参与单位", GAZ_ROLE_UNITS, false},
    {"参加单位", GAZ_ROLE_UNITS, false},
    {"责任单位", GAZ_ROLE_UNITS, false},
    {"责任部门", GAZ_ROLE_UNITS, false},
    {"责任主体", GAZ_ROLE_UNITS, false},
    {"责任分工", GAZ_ROLE_UNITS, false},
    {"实施单位", GAZ_ROLE_UNITS, false},
    {"实施机关", GAZ_ROLE_UNITS, false},
    {"实施主体", GAZ_ROLE_UNITS, false},
    {"实施单位", GAZ_ROLE_UNITS, false},
    {"落实单位", GAZ_ROLE_UNITS, false},
    {"主管部门", GAZ_ROLE_UNITS, false},
    {"主管单位", GAZ_ROLE_UNITS, false},
    {"完成单位", GAZ_ROLE_OTHER, false},
    {"承办单位", GAZ_ROLE_UNITS, false},
    {"建设单位", GAZ_ROLE_OTHER, false},
    {"完成时限", GAZ_ROLE_DATE, false},
    {"完成时间", GAZ_ROLE_DATE, false},
    {"完成期限", GAZ_ROLE_DATE, false},
    {"时间节点", GAZ_ROLE_DATE, false},
    {"时间安排", GAZ_ROLE_DATE, false},
    {"时间进度", GAZ_ROLE_DATE, false},
    {"进度安排", GAZ_ROLE_DATE, false},
    {"进度要求", GAZ_ROLE_DATE, false},
    {"实施时间", GAZ_ROLE_DATE, false},
    {"实施期限", GAZ_ROLE_DATE, false},
    {"起止时间", GAZ_ROLE_DATE, false},
    {"起止年限", GAZ_ROLE_DATE, false},
    {"建设年限", GAZ_ROLE_DATE, false},
    {"办理时限", GAZ_ROLE_DATE, false},
    {"期限", GAZ_ROLE_DATE, false},
    {"时限", GAZ_ROLE_DATE, false},
    {"时间", GAZ_ROLE_DATE, false},
    {"重点", GAZ_ROLE_TEXT, false},
    {"方式", GAZ_ROLE_OTHER, false},
    {"配分", GAZ_ROLE_OTHER, false},
    {"分值", GAZ_ROLE_OTHER, false},
    {"奖项", GAZ_ROLE_NAME, false},
    {"等级", GAZ_ROLE_OTHER, false},
    {"备注", GAZ_ROLE_OTHER, false},
    {"计量单位", GAZ_ROLE_OTHER, false},
    {"单位", GAZ_ROLE_OTHER, false},
    {"数量", GAZ_ROLE_OTHER, false},
    {"金额", GAZ_ROLE_OTHER, false},
    {"规模", GAZ_ROLE_OTHER, false},
    {"总投资", GAZ_ROLE_OTHER, false},
    {"投资额", GAZ_ROLE_OTHER, false},
    {"地点", GAZ_ROLE_OTHER, false},
    {"联系人", GAZ_ROLE_OTHER, false},
    {"责任人", GAZ_ROLE_OTHER, false},
    {"责任领导", GAZ_ROLE_OTHER, false},
    {"分管领导", GAZ_ROLE_OTHER, false},
    {"牵头领导", GAZ_ROLE_OTHER, false},
    {"联系电话", GAZ_ROLE_OTHER, false},
    {"依据", GAZ_ROLE_OTHER, false},
};
enum { VOCABULARY = sizeof vocabulary / sizeof *vocabulary };

struct gaz_table_lexicon *gaz_table_column_names(struct gaz_arena *scratch) {
    _Static_assert(VOCABULARY < 255, "marks of a lexicon are bytes");
    struct gaz_table_lexicon *names = gaz_table_lexicon_new(scratch);
    for (size_t i = 0; names && i < VOCABULARY; i++) {
        if (!gaz_table_lexicon_add_text(names, vocabulary[i].word, (uint8_t)(i + 1)))
            return NULL;
    }
    return names;
}

// The longest word of the vocabulary at AT: its length, 0 when there is none.
static size_t vocabulary_at(const struct gaz_table_text *text, size_t at, const struct head_word **word) {
    size_t length = gaz_table_lexicon_longest(text->names, text, at, WORD_GLYPHS);
    if (length > 0)
        *word = &vocabulary[gaz_table_lexicon_marks(text->names, text,
                                                    (struct gaz_table_range){at, at + length}) -
                            1];
    return length;
}

// Whether the COUNT codes in NAME end with WORD, or are it (WHOLE).
static bool spells(const uint32_t *name, size_t count, const char *word, bool whole) {
    size_t len = strlen(word), length = 0, size;
    for (size_t at = 0; at < len; at += size, length++)
        (void)gaz_table_decode(word + at, len - at, &size);
    if (length > count || (whole && length < count))
        return false;
    for (size_t at = 0, i = count - length; at < len; at += size, i++) {
        if (gaz_table_decode(word + at, len - at, &size) != name[i])
            return false;
    }
    return true;
}

bool gaz_table_is_column(const char *text, size_t len, bool *number) {
    uint32_t name[WORD_GLYPHS * 2];
    size_t count = 0;
    for (size_t at = 0, size; at < len; at += size) {
        uint32_t code = gaz_table_decode(text + at, len - at, &size);
        if (code == '(')
            break;
        if (gaz_unicode_is_space(code))
            continue;
        if (count == sizeof name / sizeof *name)
            return false;
        name[count++] = code;
    }
    for (size_t i = 0; i < VOCABULARY; i++) {
        bool is_number = vocabulary[i].role == GAZ_ROLE_NUMBER;
        if (spells(name, count, vocabulary[i].word, is_number || count > 6)) {
            *number = is_number;
            return true;
        }
    }
    return false;
}

// A first word at the top of a page that lost its first glyph (号 of 序号); only taken when a whole word
// follows.
static size_t lost_word_at(const struct gaz_table_text *text, size_t at, const struct head_word **word) {
    const struct head_word *next = NULL;
    for (size_t i = 0; i < VOCABULARY; i++) {
        size_t length =
            gaz_table_word_at(text, at, vocabulary[i].word + strlen("一")); // every word begins so
        if (length > 0 && vocabulary_at(text, at + length, &next) >= 2) {
            *word = &vocabulary[i];
            return length;
        }
    }
    return 0;
}

// Length of a note in brackets at AT, or 0.
static size_t note_at(const struct gaz_table_text *text, size_t at) {
    if (at >= text->count || text->glyphs[at].code != '(')
        return 0;
    for (size_t i = at + 1; i < text->count && i - at < NOTE_GLYPHS; i++) {
        if (text->glyphs[i].code == ')')
            return i + 1 - at;
    }
    return 0;
}

static bool ends_name(uint32_t code) {
    return gaz_table_is_digit(code) || code == U'。' || code == ',' || code == ';' || code == U'、' ||
           code == ':' || code == '*' || code == U'“';
}

// Whether a glyph ends the title of a table (清单, 分解表, 方案, 目录) rather than the name of a column.
static bool ends_title(uint32_t code) {
    return code == U'单' || code == U'表' || code == U'案' || code == U'录';
}

// Length of a column name at AT that is not in the vocabulary but stands before one that is, or 0. A word of
// two glyphs makes one name with what stands before it (改革事项, 考核内容): its entry is given out.
static size_t unknown_at(const struct gaz_table_text *text, size_t at, const struct head_word **merged) {
    const struct head_word *word = NULL;
    *merged = NULL;
    for (size_t i = at; i < text->count && i - at <= UNKNOWN_GLYPHS; i++) {
        size_t length = vocabulary_at(text, i, &word);
        if (length > 0 && word->role == GAZ_ROLE_NUMBER)
            return 0; // what stands before the running number is the title
        if (i - at >= 2 && length > 0) {
            if (ends_title(text->glyphs[i - 1].code))
                return 0;
            bool merges = length == 2 && i - at <= 4 && word->role != GAZ_ROLE_OTHER;
            *merged = merges ? word : NULL;
            return i - at + (merges ? length : 0);
        }
        if (ends_name(text->glyphs[i].code))
            return 0;
    }
    return 0;
}

// --- places

static bool ends_place(uint32_t code) {
    return code == U'区' || code == U'县' || code == U'市' || code == U'州' || code == U'旗' ||
           code == U'镇' || code == U'乡' || code == U'盟' || code == U'级' || code == U'縣';
}

// Length of a place name at AT which ends before TO, or 0.
static size_t place_at(const struct gaz_table_text *text, size_t at, size_t to) {
    for (size_t i = at + 1; i < to && i - at < PLACE_GLYPHS; i++) {
        bool street = text->glyphs[i].code == U'道' && text->glyphs[i - 1].code == U'街';
        bool more = i + 1 < to && ends_place(text->glyphs[i + 1].code); // 市区, 州市
        if (street || (ends_place(text->glyphs[i].code) && !more))
            return i + 1 - at;
    }
    return 0;
}

static bool add_column(const struct gaz_table_text *text, struct gaz_table_range range,
                       struct gaz_arena *arena, const struct gaz_table_column *pattern,
                       struct gaz_table_head *head) {
    size_t lost = pattern->name ? strlen("序") : 0, bytes = lost + 1;
    for (size_t i = range.from; i < range.to; i++)
        bytes += text->glyphs[i].length;
    char *name = gaz_arena_alloc(arena, bytes);
    if (!name)
        return false;
    struct gaz_table_column *column = &head->columns[head->count++];
    *column = *pattern;
    column->name = name;
    if (lost > 0)
        memcpy(name, pattern->name, lost); // the glyph that is not printed here
    name += lost;
    for (size_t i = range.from; i < range.to; i++) {
        memcpy(name, text->source + text->glyphs[i].offset, text->glyphs[i].length);
        name += text->glyphs[i].length;
    }
    return true;
}

// Adds the places between FROM and TO when it is nothing but two places or more.
static bool add_places(const struct gaz_table_text *text, size_t from, size_t to, struct gaz_arena *arena,
                       struct gaz_table_head *head) {
    size_t places = 0, at = from;
    for (size_t length; at < to && (length = place_at(text, at, to)) > 0; at += length)
        places++;
    if (at < to || places < 2 || head->count + places > GAZ_TABLE_MAX_COLUMNS)
        return true;
    for (at = from; at < to;) {
        size_t length = place_at(text, at, to);
        struct gaz_table_column column = {.role = GAZ_ROLE_PLACE, .place_length = length - 1};
        for (size_t i = 0; i < length - 1; i++)
            column.place[i] = text->glyphs[at + i].code;
        if (!add_column(text, (struct gaz_table_range){at, at + length}, arena, &column, head))
            return false;
        at += length;
    }
    head->range.to = to;
    return true;
}

// Where the names after the known columns of a head end at the latest: before the first row's number.
static size_t names_end(const struct gaz_table_text *text, size_t at) {
    size_t to = at;
    while (to < text->count && to - at < PLACES_GLYPHS && !ends_name(text->glyphs[to].code))
        to++;
    return to;
}

// --- heads

// The next column's name at AT, 0 when the head ends there.
static size_t next_column(const struct gaz_table_text *text, size_t at, bool lost, bool first,
                          struct gaz_table_column *out) {
    const struct head_word *word = NULL;
    *out = (struct gaz_table_column){.role = GAZ_ROLE_OTHER};
    size_t length = vocabulary_at(text, at, &word);
    if (length == 0 && lost) {
        length = lost_word_at(text, at, &word);
        out->name = length > 0 ? word->word : NULL;
    }
    if (length == 0 && !first)
        length = unknown_at(text, at, &word);
    if (length > 0 && word) {
        out->role = word->role;
        out->maybe_text = word->maybe_text;
    }
    return length > 0 ? length + note_at(text, at + length) : 0;
}

// Finds which columns hold sentences, once all are known.
static void settle_roles(struct gaz_table_head *head) {
    bool sentences = false;
    for (size_t i = 0; i < head->count; i++)
        sentences =
            sentences || head->columns[i].role == GAZ_ROLE_TEXT || head->columns[i].role == GAZ_ROLE_PLACE;
    for (size_t i = head->count; i-- > 0 && !sentences;) {
        if (head->columns[i].role == GAZ_ROLE_NAME && head->columns[i].maybe_text) {
            head->columns[i].role = GAZ_ROLE_TEXT;
            sentences = true;
        }
    }
}

// Whether the head begins with words of the title over it (重点任务清单 序号 …): only a category may stand
// before the column of running numbers.
static bool title_runs_in(const struct gaz_table_head *head) {
    for (size_t i = 1; i < head->count; i++) {
        if (head->columns[i].role == GAZ_ROLE_NUMBER)
            return i > 1 || head->columns[0].role != GAZ_ROLE_NAME || head->columns[0].maybe_text;
    }
    return false;
}

bool gaz_table_head_at(const struct gaz_table_text *text, size_t at, bool page_top, struct gaz_arena *arena,
                       struct gaz_table_head *out, bool *memory_out) {
    *out = (struct gaz_table_head){.range = {at, at}};
    struct gaz_table_column column;
    for (size_t length; out->count < GAZ_TABLE_MAX_COLUMNS; out->range.to += length) {
        bool first = out->count == 0;
        length = next_column(text, out->range.to, first && page_top, first, &column);
        if (length == 0)
            break;
        struct gaz_table_range name = {out->range.to, out->range.to + length};
        if (!add_column(text, name, arena, &column, out)) {
            *memory_out = true;
            return false;
        }
    }
    if (title_runs_in(out))
        return false;
    bool numbered = out->count > 0 && out->columns[0].role == GAZ_ROLE_NUMBER;
    size_t end = out->range.to;
    if (numbered && !add_places(text, end, names_end(text, end), arena, out)) {
        *memory_out = true;
        return false;
    }
    settle_roles(out);
    return numbered ? out->count >= 2 : out->count >= 3;
}

// The role of a cell of a head line: of the name that it is or ends with; NULL when it is none.
static const struct head_word *word_of_cell(const struct gaz_table_text *text, struct gaz_table_range cell) {
    const struct head_word *word = NULL;
    for (size_t from = cell.from; from < cell.to; from++) {
        size_t length = vocabulary_at(text, from, &word);
        if (length > 0 &&
            (from + length == cell.to || from + length + note_at(text, from + length) == cell.to))
            return word;
    }
    return NULL;
}

bool gaz_table_head_of_line(const struct gaz_table_text *text, size_t at, struct gaz_arena *arena,
                            struct gaz_table_head *out, bool *memory_out) {
    struct gaz_table_range cells[GAZ_TABLE_MAX_COLUMNS];
    size_t count = gaz_table_grid_cells(text, at, cells), known = 0;
    *out = (struct gaz_table_head){.range = {at, gaz_table_line_end(text, at)}};
    for (size_t i = 0; i < count; i++) {
        const struct head_word *word = word_of_cell(text, cells[i]);
        struct gaz_table_column column = {.role = word ? word->role : GAZ_ROLE_OTHER,
                                          .maybe_text = word && word->maybe_text};
        bool sentence = cells[i].to > cells[i].from && gaz_table_code_at(text, cells[i].to - 1) == U'。';
        if (sentence || gaz_table_is_digit(gaz_table_code_at(text, cells[i].from)))
            return false;
        known += word != NULL;
        if (!add_column(text, cells[i], arena, &column, out)) {
            *memory_out = true;
            return false;
        }
    }
    settle_roles(out);
    bool numbered = out->columns[0].role == GAZ_ROLE_NUMBER;
    return count >= 2 && ((numbered && count >= 3) || (known >= 2 && known * 2 >= count));
}

size_t gaz_table_head_again(const struct gaz_table_text *text, const struct gaz_table_head *head, size_t at) {
    size_t length = head->range.to - head->range.from;
    bool page_top = at == 0 || text->glyphs[at].gap == GAZ_GAP_PAGE;
    for (size_t lost = 0; lost <= (page_top ? LOST_GLYPHS : 0) && lost + 4 <= length; lost++) {
        size_t differ = 0, i = lost;
        size_t allowed = page_top && lost == 0 ? 1 : 0;
        for (; i < length && at + i - lost < text->count && differ <= allowed; i++)
            differ += text->glyphs[at + i - lost].code != text->glyphs[head->range.from + i].code;
        if (i == length && differ <= allowed)
            return length - lost;
    }
    return 0;
}

size_t gaz_table_label_at(const struct gaz_table_text *text, size_t at) {
    static const char *const words[] = {"附件", "附表", "附录", "表", "附"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = gaz_table_word_at(text, at, words[i]);
        size_t digits = 0;
        while (length > 0 && at + length + digits < text->count && digits < 2 &&
               gaz_table_is_digit(text->glyphs[at + length + digits].code))
            digits++;
        bool alone = i == 0 && length > 0;
        if (digits > 0 || alone) {
            size_t to = at + length + digits;
            return length + digits + (to < text->count && text->glyphs[to].code == ':');
        }
    }
    return 0;
}
