// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/typed_role.h"

#include <string.h>

#include "corpus/fold.h"
#include "shim/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

// Characters: 政府文件 is of no government.
enum { SHORTEST_UNIT = 3 };

// All words here are in folded form; what is typed is compared character by character with them.

// What people write behind a unit, and the role that says.
static const struct {
    const char *words;
    enum gaz_role role;
} role_words[] = {
    {"牵头", GAZ_ROLE_LEAD},        {"主办", GAZ_ROLE_LEAD},        {"负责", GAZ_ROLE_RESPONSIBLE},
    {"承办", GAZ_ROLE_RESPONSIBLE}, {"承担", GAZ_ROLE_RESPONSIBLE}, {"配合", GAZ_ROLE_RESPONSIBLE},
    {"参与", GAZ_ROLE_RESPONSIBLE}, {"印发", GAZ_ROLE_ISSUER},      {"发布", GAZ_ROLE_ISSUER},
    {"制定", GAZ_ROLE_ISSUER},      {"出台", GAZ_ROLE_ISSUER},      {"下发", GAZ_ROLE_ISSUER},
};

// Behind the role: what is asked for, which says no more than the role does.
static const char *const role_objects[] = {
    "",       "的",       "的任务",     "的工作",     "的事项",       "的文件",
    "的条款", "的有哪些", "任务",       "工作",       "事项",         "文件",
    "哪些",   "什么",     "哪些任务",   "哪些工作",   "的任务有哪些", "的任务清单",
    "了什么", "了哪些",   "了哪些任务", "了哪些文件", "哪些文件",     "的工作任务",
};

// Behind a unit itself.
static const struct {
    const char *words;
    enum gaz_role role;
} unit_objects[] = {
    {"的任务", GAZ_ROLE_RESPONSIBLE},
    {"的工作任务", GAZ_ROLE_RESPONSIBLE},
    {"的任务清单", GAZ_ROLE_RESPONSIBLE},
    {"有哪些任务", GAZ_ROLE_RESPONSIBLE},
    {"的职责", GAZ_ROLE_RESPONSIBLE},
    {"的文件", GAZ_ROLE_ISSUER},
    {"文件", GAZ_ROLE_ISSUER},
    {"发的文件", GAZ_ROLE_ISSUER},
    {"发文", GAZ_ROLE_ISSUER},
};

// Before a unit: alone, or with the role behind it.
static const struct {
    const char *words;
    enum gaz_role role;
} before_unit[] = {
    {"主送", GAZ_ROLE_ADDRESSEE},
    {"提到", GAZ_ROLE_MENTIONED},
    {"涉及", GAZ_ROLE_MENTIONED},
};
static const char *const before_role[] = {"哪些任务由", "哪些工作由", "哪些由", "由"};

// Before and behind a number.
static const char *const before_number[] = {"谁引用了", "谁引用", "哪些文件引用了", "引用了", "引用",
                                            "查找",     "查"};
static const char *const behind_number[] = {"的全文",   "全文",           "的原文", "原文",   "正文",
                                            "被谁引用", "被哪些文件引用", "的内容", "的文件", "的有哪些文件"};

// --- words in text ---

// The length of WORD at the start of TEXT, or SIZE_MAX.
static size_t starts(struct gaz_str text, const char *word) {
    size_t at = 0, word_len = strlen(word);
    for (size_t i = 0; i < word_len;) {
        uint32_t typed, wanted;
        i += gaz_utf8_decode(word + i, word_len - i, &wanted);
        if (at == text.len) {
            return SIZE_MAX;
        }
        at += gaz_utf8_decode(text.data + at, text.len - at, &typed);
        if (gaz_fold_code(typed) != wanted) {
            return SIZE_MAX;
        }
    }
    return at;
}

static bool is(struct gaz_str text, const char *word) {
    return starts(text, word) == text.len;
}

static bool is_one(struct gaz_str text, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (is(text, list[i])) {
            return true;
        }
    }
    return false;
}

static bool begins_character(struct gaz_str text, size_t at) {
    return ((unsigned char)text.data[at] & 0xC0) != 0x80;
}

// TEXT without the first word of LIST that it begins with.
static struct gaz_str without_start(struct gaz_str text, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        size_t length = starts(text, list[i]);
        if (length < text.len) {
            return gaz_str_from(text, length);
        }
    }
    return text;
}

// --- roles ---

// Whether TEXT from AT on is a role and what is asked for.
static bool says_role(struct gaz_str text, enum gaz_role *role) {
    for (size_t i = 0; i < COUNT(role_words); i++) {
        size_t length = starts(text, role_words[i].words);
        if (length != SIZE_MAX && is_one(gaz_str_from(text, length), role_objects, COUNT(role_objects))) {
            *role = role_words[i].role;
            return true;
        }
    }
    return false;
}

static bool says_object(struct gaz_str text, enum gaz_role *role) {
    for (size_t i = 0; i < COUNT(unit_objects); i++) {
        if (is(text, unit_objects[i].words)) {
            *role = unit_objects[i].role;
            return true;
        }
    }
    return false;
}

bool gaz_typed_role_is(struct gaz_str text, enum gaz_role *role) {
    return says_role(text, role);
}

struct gaz_str gaz_typed_role_split(struct gaz_str text, enum gaz_role *role) {
    *role = GAZ_ROLE_ANY;
    for (size_t i = 0; i < COUNT(before_unit); i++) {
        size_t length = starts(text, before_unit[i].words);
        if (length < text.len) {
            *role = before_unit[i].role;
            return gaz_str_from(text, length);
        }
    }
    for (size_t at = 1; at < text.len; at++) {
        struct gaz_str unit = {text.data, at}, rest = gaz_str_from(text, at);
        if (!begins_character(text, at)) {
            continue;
        }
        if (says_role(rest, role)) {
            return without_start(unit, before_role, COUNT(before_role));
        }
        if (gaz_text_count(unit) >= SHORTEST_UNIT && says_object(rest, role)) {
            return unit;
        }
    }
    return text;
}

// --- numbers ---

struct gaz_str gaz_typed_number_strip(struct gaz_str text) {
    struct gaz_str number = without_start(text, before_number, COUNT(before_number));
    for (size_t at = 1; at < number.len; at++) {
        if (begins_character(number, at) &&
            is_one(gaz_str_from(number, at), behind_number, COUNT(behind_number))) {
            number.len = at;
        }
    }
    return gaz_str_trim(number);
}

bool gaz_typed_number_is_said(struct gaz_str text) {
    return is_one(text, behind_number, COUNT(behind_number));
}
