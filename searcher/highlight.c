// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/highlight.h"

#include <uchar.h>

#include "shim/mem.h"
#include "shim/unicode.h"

// A range of bytes.
struct range {
    size_t start, end;
};

struct text {
    const char *data;
    size_t len;
};

static uint32_t code_at(const struct text *text, size_t at, size_t *length) {
    uint32_t code;
    *length = gaz_utf8_decode(text->data + at, text->len - at, &code);
    return code;
}

static bool is_one_of(uint32_t code, const char32_t *list) {
    for (; *list; list++) {
        if (*list == code) {
            return true;
        }
    }
    return false;
}

static bool ends_sentence(uint32_t code) {
    return is_one_of(code, U"。！？!?\n");
}

static bool closes(uint32_t code) {
    return is_one_of(code, U"”’」』）)》〉】");
}

static bool separates(uint32_t code) {
    return is_one_of(code, U"，、；：,;:");
}

// The end of the sentence that begins at AT: behind its end marks and what they close.
static size_t sentence_end(const struct text *text, size_t at) {
    bool ended = false;
    while (at < text->len) {
        size_t length;
        uint32_t code = code_at(text, at, &length);
        if (ended && !ends_sentence(code) && !closes(code)) {
            break;
        }
        ended = ended || ends_sentence(code);
        at += length;
    }
    return at;
}

// Marks that begin in RANGE, from mark FIRST on; RANGE grows over every sentence that one of them reaches
// into.
static size_t take_marks(const struct text *text, const struct gaz_marks *marks, size_t first,
                         struct range *range) {
    size_t count = 0;
    while (first + count < marks->count && marks->items[first + count].offset < range->end) {
        const struct gaz_span *mark = &marks->items[first + count];
        while (range->end < mark->offset + mark->length) {
            range->end = sentence_end(text, range->end);
        }
        count++;
    }
    return count;
}

// The sentence with the most marks; *FIRST and *COUNT are its marks.
static struct range best_sentence(const struct text *text, const struct gaz_marks *marks, size_t *first,
                                  size_t *count) {
    struct range best = {0, sentence_end(text, 0)};
    *first = *count = 0;
    size_t seen = 0;
    for (size_t at = 0; at < text->len && seen < marks->count;) {
        struct range range = {at, sentence_end(text, at)};
        size_t here = take_marks(text, marks, seen, &range);
        if (here > *count) {
            best = range;
            *first = seen;
            *count = here;
        }
        seen += here;
        at = range.end;
    }
    return best;
}

static void trim(const struct text *text, struct range *range) {
    size_t length;
    while (range->start < range->end && gaz_unicode_is_space(code_at(text, range->start, &length))) {
        range->start += length;
    }
    while (range->end > range->start) {
        size_t last = gaz_utf8_back(text->data, range->end);
        if (!gaz_unicode_is_space(code_at(text, last, &length))) {
            break;
        }
        range->end = last;
    }
}

static size_t count_characters(const struct text *text, struct range range) {
    size_t count = 0;
    for (size_t length; range.start < range.end; range.start += length) {
        code_at(text, range.start, &length);
        count++;
    }
    return count;
}

// Up to COUNT characters to the left of AT, then, in the middle of a clause, on to the next one if it begins
// before AT.
static size_t cut_left(const struct text *text, size_t at, size_t least, size_t count) {
    size_t start = at;
    size_t length;
    while (start > least && count-- > 0) {
        start = gaz_utf8_back(text->data, start);
    }
    if (start == least) {
        return start;
    }
    // From the character before on: a separator there would make START the beginning of a clause.
    for (size_t i = gaz_utf8_back(text->data, start); i < at; i += length) {
        if (separates(code_at(text, i, &length))) {
            return i + length;
        }
    }
    return start;
}

// Up to COUNT characters to the right of AT, then back to behind the last separator that comes after AT.
static size_t cut_right(const struct text *text, size_t at, size_t most, size_t count) {
    size_t end = at, separator = 0;
    while (end < most && count-- > 0) {
        size_t length;
        bool separated = separates(code_at(text, end, &length));
        end += length;
        separator = separated ? end : separator;
    }
    return end < most && separator > 0 ? separator : end;
}

// Cuts RANGE to MAX characters around MARK; a third of the room goes before it.
static void cut(const struct text *text, struct range *range, struct range mark, size_t max) {
    size_t inside = count_characters(text, mark);
    size_t room = max > inside ? max - inside : 0;
    struct range before = {range->start, mark.start};
    struct range behind = {mark.end, range->end};
    size_t left = count_characters(text, before), right = count_characters(text, behind);
    size_t to_left = left < room / 3 ? left : room / 3;
    if (right < room - to_left) {
        to_left = room - right;
    }
    range->start = cut_left(text, mark.start, range->start, to_left);
    range->end = cut_right(text, mark.end, range->end, room - (to_left < left ? to_left : left));
}

static enum gaz_status copy_marks(const struct gaz_marks *marks, size_t first, size_t count,
                                  struct gaz_excerpt_span *out, struct gaz_err *err) {
    size_t end = out->offset + out->length;
    out->marks.items = gaz_grow(NULL, &out->marks.capacity, count, sizeof *out->marks.items);
    if (!out->marks.items) {
        return gaz_err_memory(err);
    }
    for (size_t i = first; i < first + count; i++) {
        struct gaz_span mark = marks->items[i];
        if (mark.offset >= out->offset && mark.offset + mark.length <= end) {
            mark.offset -= out->offset;
            out->marks.items[out->marks.count++] = mark;
        }
    }
    return GAZ_OK;
}

enum gaz_status gaz_excerpt_choose(const char *text, size_t len, const struct gaz_marks *marks,
                                   size_t max_characters, struct gaz_excerpt_span *out, struct gaz_err *err) {
    const struct text whole = {text, len};
    size_t first, count;
    struct range range = best_sentence(&whole, marks, &first, &count);
    trim(&whole, &range);
    if (max_characters > 0 && count_characters(&whole, range) > max_characters) {
        struct range mark = {range.start, range.start};
        if (count > 0) {
            const struct gaz_span *span = &marks->items[first];
            mark = (struct range){span->offset, span->offset + span->length};
        }
        cut(&whole, &range, mark, max_characters);
    }
    *out = (struct gaz_excerpt_span){.offset = range.start, .length = range.end - range.start};
    return copy_marks(marks, first, count, out, err);
}

enum gaz_status gaz_excerpt_begin(const char *text, size_t len, const struct gaz_marks *marks,
                                  size_t max_characters, struct gaz_excerpt_span *out, struct gaz_err *err) {
    const struct text whole = {text, len};
    struct range range = {0, len};
    trim(&whole, &range);
    if (max_characters > 0 && count_characters(&whole, range) > max_characters) {
        range.end = cut_right(&whole, range.start, range.end, max_characters);
    }
    *out = (struct gaz_excerpt_span){.offset = range.start, .length = range.end - range.start};
    return copy_marks(marks, 0, marks->count, out, err);
}
