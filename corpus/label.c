// SPDX-License-Identifier: GPL-2.0-or-later
#include "corpus/label.h"

#include <string.h>

#include "corpus/numeral.h"
#include "shim/unicode.h"

// A place in the text being read; every take_… moves AT only when it succeeds.
struct cursor {
    struct gaz_str text;
    size_t at;
};

static uint32_t peek(const struct cursor *cursor, size_t *step) {
    uint32_t code = 0;
    *step = 0;
    if (cursor->at < cursor->text.len)
        *step = gaz_utf8_decode(cursor->text.data + cursor->at, cursor->text.len - cursor->at, &code);
    return code;
}

static void skip_space(struct cursor *cursor) {
    size_t step;
    uint32_t code = peek(cursor, &step);
    while (step > 0 && gaz_unicode_is_space(code)) {
        cursor->at += step;
        code = peek(cursor, &step);
    }
}

// Takes one character out of the code points in SET.
static uint32_t take_one(struct cursor *cursor, const uint32_t *set) {
    size_t step;
    struct cursor ahead = *cursor;
    skip_space(&ahead);
    uint32_t code = peek(&ahead, &step);
    for (; *set; set++) {
        if (code == *set) {
            cursor->at = ahead.at + step;
            return code;
        }
    }
    return 0;
}

// Takes one more digit behind a single blank, as in letter-spaced lines (1 2 . 提 升).
static bool take_spaced_digit(struct cursor *cursor, uint64_t *value) {
    struct gaz_str rest = gaz_str_from(cursor->text, cursor->at);
    if (rest.len < 2 || rest.data[0] != ' ' || rest.data[1] < '0' || rest.data[1] > '9' || *value > 99)
        return false;
    *value = *value * 10 + (uint64_t)(rest.data[1] - '0');
    cursor->at += 2;
    return true;
}

static bool take_numeral(struct cursor *cursor, unsigned kinds, uint64_t *value, unsigned *kind) {
    struct cursor ahead = *cursor;
    skip_space(&ahead);
    size_t len =
        gaz_numeral_read_kind(ahead.text.data + ahead.at, ahead.text.len - ahead.at, kinds, value, kind);
    if (len == 0 || *value > 9999)
        return false;
    ahead.at += len;
    while (*kind == GAZ_NUMERAL_ARABIC && take_spaced_digit(&ahead, value))
        continue;
    cursor->at = ahead.at;
    return true;
}

// 第十二条之一: an article that was put in later.
static void take_insertion(struct cursor *cursor) {
    static const uint32_t of[] = {U'之', 0};
    struct cursor ahead = *cursor;
    uint64_t number;
    unsigned kind;
    if (take_one(&ahead, of) && take_numeral(&ahead, GAZ_NUMERAL_ARABIC | GAZ_NUMERAL_HAN, &number, &kind))
        *cursor = ahead;
}

static bool read_ordinal(struct gaz_str text, struct gaz_label *label) {
    static const uint32_t first[] = {U'第', 0};
    static const uint32_t unit[] = {U'编', U'編', U'章', U'节', U'節', U'条', U'條', 0};
    struct cursor cursor = {text, 0};
    unsigned kind;
    skip_space(&cursor);
    label->name_at = cursor.at;
    if (!take_one(&cursor, first) ||
        !take_numeral(&cursor, GAZ_NUMERAL_ARABIC | GAZ_NUMERAL_HAN, &label->number, &kind))
        return false;
    uint32_t code = take_one(&cursor, unit);
    if (code == 0)
        return false;
    take_insertion(&cursor);
    label->rank = code == U'编' || code == U'編'   ? GAZ_LABEL_PART
                  : code == U'章'                  ? GAZ_LABEL_CHAPTER
                  : code == U'节' || code == U'節' ? GAZ_LABEL_SECTION
                                                   : GAZ_LABEL_ARTICLE;
    label->name_len = cursor.at - label->name_at;
    label->len = cursor.at;
    return true;
}

static bool read_parenthesised(struct gaz_str text, struct gaz_label *label) {
    static const uint32_t open[] = {U'（', U'(', 0};
    static const uint32_t close[] = {U'）', U')', 0};
    struct cursor cursor = {text, 0};
    unsigned kind;
    skip_space(&cursor);
    label->name_at = cursor.at;
    bool opened = take_one(&cursor, open) != 0;
    if (!take_numeral(&cursor, opened ? GAZ_NUMERAL_ARABIC | GAZ_NUMERAL_HAN : GAZ_NUMERAL_ARABIC,
                      &label->number, &kind) ||
        !take_one(&cursor, close) || label->number > 999)
        return false;
    label->rank = kind == GAZ_NUMERAL_ARABIC ? GAZ_LABEL_ARABIC_PAREN : GAZ_LABEL_HAN_PAREN;
    label->name_len = cursor.at - label->name_at;
    label->len = cursor.at;
    return true;
}

static bool is_digit(uint32_t code) {
    return (code >= '0' && code <= '9') || (code >= U'０' && code <= U'９');
}

// Whether a decimal goes on (1.1万亿元, 3.0平台); not where a word begins with a
// digit: 10.5G专网, 3.4K超高清.
static bool decimal_goes_on(const struct cursor *cursor) {
    size_t step;
    struct cursor ahead = *cursor;
    if (!is_digit(peek(&ahead, &step)))
        return false;
    ahead.at += step;
    uint32_t mark = peek(&ahead, &step);
    ahead.at += step;
    uint32_t next = peek(&ahead, &step);
    bool word = (mark == 'G' || mark == 'K' || mark == 'D') && !is_digit(next) && !(next < 128 && next > ' ');
    return !word;
}

static bool read_plain(struct gaz_str text, struct gaz_label *label) {
    static const uint32_t han_mark[] = {U'、', U'．', U'.', 0};
    static const uint32_t arabic_mark[] = {U'.', U'．', U'、', 0};
    struct cursor cursor = {text, 0};
    unsigned kind;
    skip_space(&cursor);
    label->name_at = cursor.at;
    if (!take_numeral(&cursor, GAZ_NUMERAL_ARABIC | GAZ_NUMERAL_HAN, &label->number, &kind))
        return false;
    label->name_len = cursor.at - label->name_at;
    uint32_t mark = take_one(&cursor, kind == GAZ_NUMERAL_ARABIC ? arabic_mark : han_mark);
    if (mark == 0 || label->number > 999 || (mark != U'、' && decimal_goes_on(&cursor)))
        return false;
    label->rank = kind == GAZ_NUMERAL_ARABIC ? GAZ_LABEL_ARABIC : GAZ_LABEL_HAN;
    label->len = cursor.at;
    return true;
}

static bool read_circled(struct gaz_str text, struct gaz_label *label) {
    struct cursor cursor = {text, 0};
    unsigned kind;
    skip_space(&cursor);
    label->name_at = cursor.at;
    if (!take_numeral(&cursor, GAZ_NUMERAL_CIRCLED, &label->number, &kind))
        return false;
    label->rank = GAZ_LABEL_CIRCLED;
    label->name_len = cursor.at - label->name_at;
    label->len = cursor.at;
    return true;
}

// 一是…; 二是…: items that are only spoken of.
static bool read_spoken(struct gaz_str text, struct gaz_label *label) {
    static const uint32_t mark[] = {U'是', 0};
    struct cursor cursor = {text, 0};
    unsigned kind;
    skip_space(&cursor);
    label->name_at = cursor.at;
    if (!take_numeral(&cursor, GAZ_NUMERAL_HAN, &label->number, &kind) || label->number > 20 ||
        !take_one(&cursor, mark))
        return false;
    label->rank = GAZ_LABEL_SPOKEN;
    label->name_len = cursor.at - label->name_at;
    label->len = cursor.at;
    return true;
}

static bool starts_one(struct gaz_str text, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (gaz_str_starts(text, words[i]))
            return true;
    return false;
}

// Whether TEXT, behind a number and a blank, is no heading: what that number counts (1.1 万亿元, 12 月),
// letters, or the rest of a letter-spaced line (5 家 企 业).
static bool is_counted(struct gaz_str text) {
    static const char *const units[] = {"万", "亿", "千", "元", "个", "公里", "公顷", "平方", "倍", "吨",
                                        "米", "年", "月", "日", "号", "萬",   "億",   "個",   "號"};
    uint32_t first = 0;
    size_t step = text.len > 0 ? gaz_utf8_decode(text.data, text.len, &first) : 0;
    bool begins = step == 0 || gaz_unicode_is_han(first) || first == U'“' || first == U'《';
    bool spaced = step > 0 && step < text.len && text.data[step] == ' ';
    return !begins || spaced || starts_one(text, units, sizeof units / sizeof *units);
}

// 1.1 编制目的: numbers with points between them, a blank, a text. Letter-spaced lines (1 . 加 强) are
// others'.
static bool read_decimal(struct gaz_str text, struct gaz_label *label) {
    enum { HEADING_CHARACTERS = 15, PARTS = 4 };
    struct cursor cursor = {text, 0};
    size_t parts = 0, step;
    unsigned kind;
    skip_space(&cursor);
    label->name_at = cursor.at;
    do {
        if (!is_digit(peek(&cursor, &step)) ||
            !take_numeral(&cursor, GAZ_NUMERAL_ARABIC, &label->number, &kind) || label->number > 99)
            return false;
        label->name_len = cursor.at - label->name_at;
    } while (++parts < PARTS && peek(&cursor, &step) == '.' && (cursor.at += step) > 0);
    size_t end = cursor.at;
    skip_space(&cursor);
    struct gaz_str rest = gaz_str_from(text, cursor.at);
    bool heading = parts > 1 || (!gaz_text_is_closed(rest) && !gaz_text_is_open(rest) &&
                                 gaz_text_count(rest) <= HEADING_CHARACTERS);
    if (cursor.at == end || is_counted(rest) || !heading)
        return false;
    label->rank = GAZ_LABEL_DECIMAL + (enum gaz_label_rank)(parts - 1);
    label->len = cursor.at;
    return true;
}

bool gaz_label_read(struct gaz_str text, struct gaz_label *label) {
    *label = (struct gaz_label){0};
    return read_ordinal(text, label) || read_parenthesised(text, label) || read_plain(text, label) ||
           read_decimal(text, label) || read_circled(text, label) || read_spoken(text, label);
}

// 第二款, 第（三）项: a place inside what the label names, not 第三方.
static bool goes_deeper(struct gaz_str text) {
    static const char *const places[] = {"款", "项", "目", "條", "条", "項"};
    struct cursor cursor = {text, strlen("第")};
    struct gaz_label inner;
    uint64_t number;
    unsigned kind;
    if (!gaz_str_starts(text, "第"))
        return false;
    struct gaz_str rest = gaz_str_from(text, cursor.at);
    if (read_parenthesised(rest, &inner))
        cursor.at += inner.len;
    else if (!take_numeral(&cursor, GAZ_NUMERAL_ARABIC | GAZ_NUMERAL_HAN, &number, &kind))
        return false;
    return starts_one(gaz_str_from(text, cursor.at), places, sizeof places / sizeof *places);
}

bool gaz_label_is_spoken_of(struct gaz_str text, const struct gaz_label *label) {
    static const char *const articles[] = {"的",     "规定",   "所列", "所称",   "所述",   "所规定", "至第",
                                           "、第",   "和第",   "及第", "或第",   "或者第", "以及第", "中的",
                                           "修改为", "修改為", "規定", "所規定", "所列",   "所稱",   "增加"};
    static const char *const items[] = {"项规定", "项的规定", "项所",     "项至",   "项、",  "项和", "项修改",
                                        "款规定", "款的规定", "款所",     "款至",   "款、",  "款和", "、（",
                                        "和（",   "至（",     "或（",     "或者（", "至第",  "和第", "或者第",
                                        "項規定", "項之規定", "款之規定", "項、",   "款規定"};
    struct gaz_str rest = gaz_str_from(text, label->len);
    if (label->rank <= GAZ_LABEL_ARTICLE)
        return starts_one(rest, articles, sizeof articles / sizeof *articles) || goes_deeper(rest);
    bool bracketed = label->rank == GAZ_LABEL_HAN_PAREN || label->rank == GAZ_LABEL_ARABIC_PAREN;
    return bracketed && starts_one(rest, items, sizeof items / sizeof *items);
}
