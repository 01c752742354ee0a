// SPDX-License-Identifier: GPL-2.0-or-later
#include "corpus/model.h"

#include <string.h>

#include "shim/unicode.h"

enum { FIRST_CAPACITY = 4 };

struct gaz_str gaz_block_running_head(const struct gaz_issue *issue, const struct gaz_block *block,
                                      size_t *at) {
    while (*at < block->line_count) {
        struct gaz_span span = block->lines[(*at)++]->span;
        struct gaz_str line = {issue->source.data + span.offset, span.length};
        if (gaz_str_find(line, "公报（") != SIZE_MAX || gaz_str_find(line, "公報（") != SIZE_MAX)
            return line;
    }
    return (struct gaz_str){"", 0};
}

bool gaz_spans_add(struct gaz_spans *spans, struct gaz_arena *arena, struct gaz_span span) {
    if (spans->count > 0) {
        struct gaz_span *last = &spans->items[spans->count - 1];
        if (last->offset + last->length == span.offset) {
            last->length += span.length;
            return true;
        }
    }
    if (spans->count == spans->capacity) {
        size_t capacity = spans->capacity ? spans->capacity * 2 : FIRST_CAPACITY;
        if (capacity > SIZE_MAX / sizeof *spans->items)
            return false;
        struct gaz_span *items = gaz_arena_alloc(arena, capacity * sizeof *items);
        if (!items)
            return false;
        if (spans->count > 0)
            memcpy(items, spans->items, spans->count * sizeof *items);
        spans->items = items;
        spans->capacity = capacity;
    }
    spans->items[spans->count++] = span;
    return true;
}

// --- text of spans
// ---------------------------------------------------------------------------------------------------------------
// Bytes of white space at TEXT, 0 when there is none.
static size_t blank_at(const char *text, size_t len) {
    uint32_t code;
    size_t size = len > 0 ? gaz_utf8_decode(text, len, &code) : 0;
    return size > 0 && gaz_unicode_is_space(code) ? size : 0;
}

// SPAN without the white space at its ends.
static struct gaz_span trimmed(const char *source, struct gaz_span span) {
    size_t blank;
    while ((blank = blank_at(source + span.offset, span.length)) > 0) {
        span.offset += blank;
        span.length -= blank;
    }
    while (span.length > 0) {
        size_t at = gaz_utf8_back(source, span.offset + span.length);
        if (at < span.offset || !blank_at(source + at, span.offset + span.length - at))
            break;
        span.length = at - span.offset;
    }
    return span;
}

// One word of a span and the white space after it.
struct word {
    size_t start, end; // byte offsets in the span
    size_t characters;
    size_t blanks; // characters of white space that follow; 0 only at the end
    size_t next;   // where the next word starts
};

// Reads the word that starts at AT, where no white space is.
static struct word word_at(const char *text, size_t len, size_t at) {
    struct word word = {.start = at, .end = at};
    uint32_t code;
    while (word.end < len && !blank_at(text + word.end, len - word.end)) {
        word.end += gaz_utf8_decode(text + word.end, len - word.end, &code);
        word.characters++;
    }
    word.next = word.end;
    size_t blank;
    while (word.next < len && (blank = blank_at(text + word.next, len - word.next)) > 0) {
        word.next += blank;
        word.blanks++;
    }
    return word;
}

// Whether the span is letter-spaced: (almost) all its words are single characters.
static bool letter_spaced(const char *text, size_t len) {
    size_t words = 0, singles = 0;
    for (size_t at = 0; at < len;) {
        struct word word = word_at(text, len, at);
        words++;
        singles += word.characters == 1;
        at = word.next;
    }
    return words >= 2 && singles * 5 >= words * 4 && (words >= 4 || singles == words);
}

// Characters of TEXT, up to LIMIT.
static size_t characters(const char *text, size_t len, size_t limit) {
    size_t count = 0;
    uint32_t code;
    for (size_t at = 0; at < len && count < limit; count++)
        at += gaz_utf8_decode(text + at, len - at, &code);
    return count;
}

static bool is_letter(char byte) {
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
}

// Whether a line end between LEFT and RIGHT parted two words of Latin script. Where a table came out a few
// characters a line it parted letters of one word instead; digits belong together in either case (20, 25).
static bool words_meet(const char *source, struct gaz_span left, struct gaz_span right) {
    enum { FRAGMENT = 3 }; // characters of a line that is a piece of a sideways table
    if (!is_letter(source[left.offset + left.length - 1]) || !is_letter(source[right.offset]))
        return false;
    return characters(source + left.offset, left.length, FRAGMENT + 1) > FRAGMENT ||
           characters(source + right.offset, right.length, FRAGMENT + 1) > FRAGMENT;
}

// Copies a trimmed span to OUT and returns how many bytes it took: all of it, or without the blanks that only
// space its letters.
static size_t copy_span(const char *text, size_t len, char *out) {
    if (!letter_spaced(text, len)) {
        memcpy(out, text, len);
        return len;
    }
    size_t used = 0;
    for (size_t at = 0; at < len;) {
        struct word word = word_at(text, len, at);
        size_t end = word.blanks > 1 ? word.next : word.end;
        memcpy(out + used, text + at, end - at);
        used += end - at;
        at = word.next;
    }
    return used;
}

const char *gaz_spans_text(const struct gaz_spans *spans, const char *source, struct gaz_arena *arena,
                           size_t *len) {
    size_t room = 1;
    for (size_t i = 0; i < spans->count; i++)
        room += spans->items[i].length + 1;
    char *text = gaz_arena_alloc(arena, room);
    if (!text)
        return NULL;
    size_t used = 0;
    struct gaz_span left = {0, 0};
    for (size_t i = 0; i < spans->count; i++) {
        struct gaz_span right = trimmed(source, spans->items[i]);
        if (right.length == 0)
            continue;
        if (left.length > 0 && words_meet(source, left, right))
            text[used++] = ' ';
        used += copy_span(source + right.offset, right.length, text + used);
        left = right;
    }
    text[used] = '\0';
    if (len)
        *len = used;
    return text;
}

// --- slices
// --------------------------------------------------------------------------------------------------

// Characters that are no white space in the first LEN bytes of TEXT.
static size_t printed(const char *text, size_t len) {
    size_t count = 0;
    for (size_t at = 0; at < len;) {
        uint32_t code;
        at += gaz_utf8_decode(text + at, len - at, &code);
        count += !gaz_unicode_is_space(code);
    }
    return count;
}

bool gaz_spans_slice(const struct gaz_spans *spans, const char *source, const char *text, size_t from,
                     size_t to, struct gaz_spans_place *place, struct gaz_arena *arena,
                     struct gaz_spans *out) {
    struct gaz_spans_place anew = {0}, *at = place && place->text <= from ? place : &anew;
    size_t skipped = printed(text + at->text, from - at->text), taken = printed(text + from, to - from);
    if (taken == 0)
        return true;
    for (; at->span < spans->count && taken > 0; at->span++, at->byte = 0) {
        struct gaz_span span = spans->items[at->span];
        size_t start = 0, end = 0;
        while (at->byte < span.length && taken > 0) {
            uint32_t code;
            size_t step = gaz_utf8_decode(source + span.offset + at->byte, span.length - at->byte, &code);
            bool counts = !gaz_unicode_is_space(code), inside = counts && skipped == 0;
            start = inside && end == 0 ? at->byte : start;
            end = inside ? at->byte + step : end;
            skipped -= counts && !inside;
            taken -= inside;
            at->byte += step;
        }
        if (end > 0 && !gaz_spans_add(out, arena, (struct gaz_span){span.offset + start, end - start}))
            return false;
        if (taken == 0)
            break;
    }
    at->text = to;
    if (place)
        *place = *at;
    return true;
}
