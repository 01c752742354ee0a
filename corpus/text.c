// SPDX-License-Identifier: GPL-2.0-or-later
#include "corpus/text.h"

#include <string.h>

#include "shim/unicode.h"

struct gaz_str gaz_str_of(const char *text) {
    return (struct gaz_str){text ? text : "", text ? strlen(text) : 0};
}

struct gaz_str gaz_str_from(struct gaz_str text, size_t from) {
    return (struct gaz_str){text.data + from, text.len - from};
}

struct gaz_str gaz_str_trim(struct gaz_str text) {
    uint32_t code;
    while (text.len > 0) {
        size_t step = gaz_utf8_decode(text.data, text.len, &code);
        if (!gaz_unicode_is_space(code))
            break;
        text = gaz_str_from(text, step);
    }
    while (text.len > 0) {
        size_t at = gaz_utf8_back(text.data, text.len);
        gaz_utf8_decode(text.data + at, text.len - at, &code);
        if (!gaz_unicode_is_space(code))
            break;
        text.len = at;
    }
    return text;
}

bool gaz_str_equal(struct gaz_str a, struct gaz_str b) {
    return a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
}

bool gaz_str_starts(struct gaz_str text, const char *with) {
    size_t len = strlen(with);
    return text.len >= len && memcmp(text.data, with, len) == 0;
}

bool gaz_str_ends(struct gaz_str text, const char *with) {
    size_t len = strlen(with);
    return text.len >= len && memcmp(text.data + text.len - len, with, len) == 0;
}

size_t gaz_str_find(struct gaz_str text, const char *needle) {
    const char *at = memmem(text.data, text.len, needle, strlen(needle));
    return at ? (size_t)(at - text.data) : SIZE_MAX;
}

bool gaz_str_ends_one(struct gaz_str text, const char *const *list, size_t count, const char **which) {
    const char *best = NULL;
    for (size_t i = 0; i < count; i++)
        if (gaz_str_ends(text, list[i]) && (!best || strlen(list[i]) > strlen(best)))
            best = list[i];
    if (which)
        *which = best;
    return best != NULL;
}

uint32_t gaz_text_first(struct gaz_str text) {
    uint32_t code = 0;
    text = gaz_str_trim(text);
    if (text.len > 0)
        gaz_utf8_decode(text.data, text.len, &code);
    return code;
}

uint32_t gaz_text_last(struct gaz_str text) {
    uint32_t code = 0;
    text = gaz_str_trim(text);
    if (text.len > 0) {
        size_t at = gaz_utf8_back(text.data, text.len);
        gaz_utf8_decode(text.data + at, text.len - at, &code);
    }
    return code;
}

size_t gaz_text_count(struct gaz_str text) {
    size_t count = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t code;
        at += gaz_utf8_decode(text.data + at, text.len - at, &code);
        count += !gaz_unicode_is_space(code);
    }
    return count;
}

size_t gaz_text_squeeze_to(struct gaz_str text, char *room, size_t len, size_t size) {
    for (size_t at = 0; at < text.len;) {
        uint32_t code;
        size_t step = gaz_utf8_decode(text.data + at, text.len - at, &code);
        if (!gaz_unicode_is_space(code)) {
            if (step > size - len)
                break;
            memcpy(room + len, text.data + at, step);
            len += step;
        }
        at += step;
    }
    return len;
}

char *gaz_text_squeeze(struct gaz_arena *arena, struct gaz_str text) {
    char *out = gaz_arena_alloc(arena, text.len + 1); // zeroed
    if (out)
        gaz_text_squeeze_to(text, out, 0, text.len);
    return out;
}

// The next character that is no white space; 0 at the end.
static uint32_t next_code(struct gaz_str text, size_t *at) {
    uint32_t code = 0;
    while (*at < text.len) {
        *at += gaz_utf8_decode(text.data + *at, text.len - *at, &code);
        if (!gaz_unicode_is_space(code))
            return code;
    }
    return 0;
}

bool gaz_text_same(struct gaz_str a, struct gaz_str b) {
    size_t i = 0, j = 0;
    for (;;) {
        uint32_t x = next_code(a, &i), y = next_code(b, &j);
        if (x != y)
            return false;
        if (x == 0)
            return i >= a.len && j >= b.len;
    }
}

static bool in_set(uint32_t code, const char *set) {
    size_t len = strlen(set);
    for (size_t at = 0; at < len;) {
        uint32_t member;
        at += gaz_utf8_decode(set + at, len - at, &member);
        if (member == code)
            return true;
    }
    return false;
}

#define OPENING "（(《〈<“‘「『〔[【﹝［｛{"
#define CLOSING "）)》〉>”’」』〕]】﹞］｝}"
#define FINAL "。！？；：…!?;:｡．"

bool gaz_text_is_closed(struct gaz_str text) {
    text = gaz_str_trim(text);
    while (text.len > 0) {
        uint32_t code;
        size_t at = gaz_utf8_back(text.data, text.len);
        gaz_utf8_decode(text.data + at, text.len - at, &code);
        if (in_set(code, FINAL))
            return true;
        if (!in_set(code, CLOSING))
            return false;
        text = gaz_str_trim((struct gaz_str){text.data, at}); // letter-spaced: 。 ”
    }
    return false;
}

bool gaz_text_is_open(struct gaz_str text) {
    uint32_t last = gaz_text_last(text);
    return last != 0 && (in_set(last, "，、,第") || in_set(last, OPENING));
}

int gaz_text_depth(struct gaz_str text, int depth) {
    for (size_t at = 0; at < text.len;) {
        uint32_t code;
        at += gaz_utf8_decode(text.data + at, text.len - at, &code);
        if (in_set(code, "（(《“「『〔【"))
            depth++;
        else if (in_set(code, "）)》”」』〕】") && depth > 0)
            depth--;
    }
    return depth;
}

bool gaz_text_never_first(uint32_t code) {
    return code != 0 && (in_set(code, "，。、；：？！…—,.;:?!·%％℃") || in_set(code, CLOSING));
}

bool gaz_text_never_last(uint32_t code) {
    return code != 0 && in_set(code, OPENING);
}

static bool is_word(uint32_t code) {
    return code < 128 && ((code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') ||
                          (code >= 'a' && code <= 'z') || code == '.' || code == '+' || code == '-');
}

size_t gaz_text_columns(struct gaz_str text) {
    size_t columns = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t code;
        at += gaz_utf8_decode(text.data + at, text.len - at, &code);
        columns += (size_t)gaz_unicode_width(code);
    }
    return columns;
}

size_t gaz_text_first_token(struct gaz_str text) {
    size_t at = 0, columns = 0;
    bool body = false, word = false;
    while (at < text.len) {
        uint32_t code;
        size_t step = gaz_utf8_decode(text.data + at, text.len - at, &code);
        bool goes_on = !body ? true : (word && is_word(code)) || gaz_text_never_first(code);
        if (!goes_on || gaz_unicode_is_space(code))
            break;
        if (!body && !gaz_text_never_last(code)) {
            body = true;
            word = is_word(code);
        }
        columns += (size_t)gaz_unicode_width(code);
        at += step;
    }
    return columns;
}

// The last opening round bracket in TEXT, SIZE_MAX when there is none.
static size_t last_opening(struct gaz_str text) {
    static const char *const opening[] = {"（", "("};
    for (size_t at = text.len; at-- > 0;)
        for (size_t i = 0; i < 2; i++)
            if (gaz_str_starts(gaz_str_from(text, at), opening[i]))
                return at;
    return SIZE_MAX;
}

struct gaz_str gaz_text_without_brackets(struct gaz_str title) {
    for (;;) {
        title = gaz_str_trim(title);
        if (gaz_text_last(title) != U'）' && gaz_text_last(title) != ')')
            return title;
        size_t open = last_opening(title);
        if (open == SIZE_MAX || open == 0)
            return title;
        title.len = open;
    }
}

struct gaz_str gaz_text_without_ornament(struct gaz_str text) {
    static const char *const marks[] = {"·",  "•",  "—", "-", "◆", "★",  "【", "】",
                                        "〖", "〗", "■", "●", "▲", "＊", "*"};
    for (size_t before = text.len + 1; before > text.len;) {
        before = text.len;
        text = gaz_str_trim(text);
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
            if (gaz_str_starts(text, marks[i]))
                text = gaz_str_from(text, strlen(marks[i]));
            if (gaz_str_ends(text, marks[i]))
                text.len -= strlen(marks[i]);
        }
    }
    return text;
}
