// SPDX-License-Identifier: GPL-2.0-or-later
#include "corpus/authority.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <uchar.h>

#include "corpus/fold.h"
#include "shim/data.h"
#include "shim/hash.h"
#include "shim/message.h"
#include "shim/unicode.h"

// Code points of folded text.
struct codes {
    const uint32_t *items;
    size_t count;
};

enum {
    FIELDS = 7,
    SUCCESSORS_MAX = 4,
    GENERATIONS_MAX = 8, // renames after each other
    PLACE_MAX = 16,      // characters of a place
    MARK_DIGITS = 16
};

enum field { FIELD_NAME, FIELD_SHORT, FIELD_PARENT, FIELD_FROM, FIELD_TO, FIELD_SUCCESSORS, FIELD_NOTE };

// A name of a body: the folded text before and after the place.
struct pattern {
    struct codes before, after;
    int has_place; // 0: all is in AFTER
    const struct body *body;
};

struct body {
    const char *name; // full, as in the file
    const char *parent, *successor_names;
    size_t line;
    struct pattern full;
    const struct body *successors[SUCCESSORS_MAX];
    size_t successor_count;
};

// Patterns in the order of the file.
struct pattern_list {
    const struct pattern **items;
    size_t count;
};

// Names are many and patterns, too: only those are compared whose last character may be that of the name.
enum { ENDINGS = 256 };

struct gaz_authority {
    struct gaz_arena *arena;
    char mark[MARK_DIGITS + 1];
    struct body **bodies;
    size_t body_count, body_capacity;
    struct pattern *patterns;
    size_t pattern_count, pattern_capacity;
    struct pattern_list endings[ENDINGS]; // by the last character, modulo; in all of them what may end in any
};

// --- loading -----------------------------------------------------------------------------------------------

// A piece of the file.
struct piece {
    const char *data;
    size_t len;
};

// Cuts TEXT at the first END; returns what stands before it.
static struct piece cut(struct piece *text, char end) {
    const char *found = text->len > 0 ? memchr(text->data, end, text->len) : NULL;
    struct piece first = {text->data, found != NULL ? (size_t)(found - text->data) : text->len};
    size_t used = first.len + (found != NULL);
    text->data += used;
    text->len -= used;
    return first;
}

static enum gaz_status fold_into(struct gaz_authority *authority, struct piece text, struct codes *out,
                                 struct gaz_err *err) {
    struct gaz_folded folded;
    enum gaz_status status = gaz_fold_text(text.data, text.len, GAZ_FOLD_FULL, &folded, err);
    if (status != GAZ_OK)
        return status;
    uint32_t *items = gaz_arena_alloc(authority->arena, (folded.count + 1) * sizeof *items);
    if (items != NULL) {
        memcpy(items, folded.codes, folded.count * sizeof *items);
        *out = (struct codes){items, folded.count};
    }
    gaz_folded_free(&folded);
    return items != NULL ? GAZ_OK : gaz_err_memory(err);
}

static enum gaz_status read_pattern(struct gaz_authority *authority, struct piece name,
                                    const struct body *body, struct pattern *out, struct gaz_err *err) {
    *out = (struct pattern){.body = body};
    for (size_t at = 0; at + 1 < name.len; at++)
        if (name.data[at] == '{' && name.data[at + 1] == '}') {
            out->has_place = 1;
            enum gaz_status status = fold_into(authority, (struct piece){name.data, at}, &out->before, err);
            if (status != GAZ_OK)
                return status;
            name = (struct piece){name.data + at + 2, name.len - at - 2};
            break;
        }
    return fold_into(authority, name, &out->after, err);
}

static enum gaz_status add_pattern(struct gaz_authority *authority, const struct pattern *pattern,
                                   struct gaz_err *err) {
    struct pattern *patterns = gaz_grow(authority->patterns, &authority->pattern_capacity,
                                        authority->pattern_count + 1, sizeof *patterns);
    if (patterns == NULL)
        return gaz_err_memory(err);
    authority->patterns = patterns;
    patterns[authority->pattern_count++] = *pattern;
    return GAZ_OK;
}

static enum gaz_status add_names(struct gaz_authority *authority, struct body *body, struct piece names,
                                 struct gaz_err *err) {
    enum gaz_status status = add_pattern(authority, &body->full, err);
    while (status == GAZ_OK && names.len > 0) {
        struct pattern pattern;
        status = read_pattern(authority, cut(&names, ';'), body, &pattern, err);
        if (status == GAZ_OK && pattern.before.count + pattern.after.count == 0)
            status =
                gaz_err_set(err, GAZ_ERR_CORRUPT, "authority file: line %zu: empty short name", body->line);
        if (status == GAZ_OK)
            status = add_pattern(authority, &pattern, err);
    }
    return status;
}

// YYYY, YYYY-MM, YYYY-MM-DD or nothing.
static int is_date(struct piece text) {
    static const char form[] = "0000-00-00";
    if (text.len != 0 && text.len != 4 && text.len != 7 && text.len != 10)
        return 0;
    for (size_t i = 0; i < text.len; i++)
        if (form[i] == '-' ? text.data[i] != '-' : text.data[i] < '0' || text.data[i] > '9')
            return 0;
    return 1;
}

static const struct body *find_body(const struct gaz_authority *authority, struct piece name) {
    for (size_t i = 0; i < authority->body_count; i++)
        if (strlen(authority->bodies[i]->name) == name.len &&
            memcmp(authority->bodies[i]->name, name.data, name.len) == 0)
            return authority->bodies[i];
    return NULL;
}

static enum gaz_status add_body(struct gaz_authority *authority, const struct piece fields[FIELDS],
                                size_t line, struct gaz_err *err) {
    struct body **bodies =
        gaz_grow(authority->bodies, &authority->body_capacity, authority->body_count + 1, sizeof *bodies);
    if (bodies == NULL)
        return gaz_err_memory(err);
    authority->bodies = bodies;
    struct body *body = gaz_arena_alloc(authority->arena, sizeof *body);
    if (body == NULL)
        return gaz_err_memory(err);
    body->line = line;
    body->name = gaz_arena_strndup(authority->arena, fields[FIELD_NAME].data, fields[FIELD_NAME].len);
    body->parent = gaz_arena_strndup(authority->arena, fields[FIELD_PARENT].data, fields[FIELD_PARENT].len);
    body->successor_names =
        gaz_arena_strndup(authority->arena, fields[FIELD_SUCCESSORS].data, fields[FIELD_SUCCESSORS].len);
    if (body->name == NULL || body->parent == NULL || body->successor_names == NULL)
        return gaz_err_memory(err);
    bodies[authority->body_count++] = body;
    enum gaz_status status = read_pattern(authority, fields[FIELD_NAME], body, &body->full, err);
    return status == GAZ_OK ? add_names(authority, body, fields[FIELD_SHORT], err) : status;
}

static enum gaz_status read_line(struct gaz_authority *authority, struct piece text, size_t line,
                                 struct gaz_err *err) {
    struct piece fields[FIELDS];
    if (text.len > 0 && text.data[text.len - 1] == '\r')
        text.len--;
    if (text.len == 0 || text.data[0] == '#')
        return GAZ_OK;
    for (size_t i = 0; i < FIELDS; i++)
        fields[i] = cut(&text, '\t');
    const char *fault = text.len > 0                               ? _("more than 7 columns")
                        : fields[FIELD_NAME].len == 0              ? _("no name")
                        : !is_date(fields[FIELD_FROM])             ? _("column 4 is no date")
                        : !is_date(fields[FIELD_TO])               ? _("column 5 is no date")
                        : find_body(authority, fields[FIELD_NAME]) ? _("the name is there already")
                                                                   : NULL;
    if (fault != NULL)
        return gaz_err_set(err, GAZ_ERR_CORRUPT, "authority file: line %zu: %s", line, fault);
    return add_body(authority, fields, line, err);
}

static enum gaz_status link_body(const struct gaz_authority *authority, struct body *body,
                                 struct gaz_err *err) {
    struct piece names = {body->successor_names, strlen(body->successor_names)};
    struct piece parent = {body->parent, strlen(body->parent)};
    if (parent.len > 0 && find_body(authority, parent) == NULL)
        return gaz_err_set(err, GAZ_ERR_CORRUPT, "authority file: line %zu: unknown parent %s", body->line,
                           body->parent);
    while (names.len > 0) {
        const struct body *successor = find_body(authority, cut(&names, ';'));
        if (successor == NULL || successor == body || body->successor_count == SUCCESSORS_MAX)
            return gaz_err_set(err, GAZ_ERR_CORRUPT, "authority file: line %zu: unknown successor in %s",
                               body->line, body->successor_names);
        body->successors[body->successor_count++] = successor;
    }
    return GAZ_OK;
}

// Reads the whole file into BUF.
static enum gaz_status read_file(const char *path, struct gaz_buf *buf, struct gaz_err *err) {
    char chunk[16384];
    size_t got;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return gaz_err_set(err, GAZ_ERR_IO, "cannot open %s: %s", path, strerror(errno));
    while ((got = fread(chunk, 1, sizeof chunk, file)) > 0)
        gaz_buf_add(buf, chunk, got);
    int failed = ferror(file);
    (void)fclose(file);
    if (failed)
        return gaz_err_set(err, GAZ_ERR_IO, "cannot read %s", path);
    return gaz_buf_check(buf, err);
}

static enum gaz_status read_all(struct gaz_authority *authority, const struct gaz_buf *buf,
                                struct gaz_err *err) {
    struct piece text = {buf->data, buf->len};
    enum gaz_status status = GAZ_OK;
    for (size_t line = 1; status == GAZ_OK && text.len > 0; line++)
        status = read_line(authority, cut(&text, '\n'), line, err);
    for (size_t i = 0; status == GAZ_OK && i < authority->body_count; i++)
        status = link_body(authority, authority->bodies[i], err);
    return status;
}

// The first and the end of the endings a pattern may have: one or all.
static void endings_of(const struct pattern *pattern, size_t *first, size_t *end) {
    struct codes after = pattern->after;
    *first = after.count > 0 ? after.items[after.count - 1] % ENDINGS : 0;
    *end = after.count > 0 ? *first + 1 : ENDINGS;
}

// Sorts the patterns, when all are there, by their last character.
static enum gaz_status list_endings(struct gaz_authority *authority, struct gaz_err *err) {
    size_t first, end, sizes[ENDINGS] = {0};
    for (size_t i = 0; i < authority->pattern_count; i++)
        for (endings_of(&authority->patterns[i], &first, &end); first < end; first++)
            sizes[first]++;
    for (size_t i = 0; i < ENDINGS; i++) {
        struct pattern_list *list = &authority->endings[i];
        list->items = gaz_arena_alloc(authority->arena, sizes[i] * sizeof(const struct pattern *));
        if (list->items == NULL)
            return gaz_err_memory(err);
    }
    for (size_t i = 0; i < authority->pattern_count; i++)
        for (endings_of(&authority->patterns[i], &first, &end); first < end; first++)
            authority->endings[first].items[authority->endings[first].count++] = &authority->patterns[i];
    return GAZ_OK;
}

static void mark(struct gaz_authority *authority, const struct gaz_buf *buf) {
    struct gaz_hash hash;
    char hex[GAZ_HASH_HEX];
    gaz_hash_begin(&hash);
    gaz_hash_add(&hash, buf->data, buf->len);
    gaz_hash_end(&hash, hex);
    memcpy(authority->mark, hex, MARK_DIGITS);
    authority->mark[MARK_DIGITS] = '\0';
}

const char *gaz_authority_mark(const struct gaz_authority *authority) {
    return authority->mark;
}

enum gaz_status gaz_authority_load(const char *file, struct gaz_authority **out, struct gaz_err *err) {
    struct gaz_buf path = GAZ_BUF_INIT, buf = GAZ_BUF_INIT;
    enum gaz_status status = file == NULL ? gaz_data_path("authority.tsv", &path, err) : GAZ_OK;
    struct gaz_authority *authority = gaz_calloc(1, sizeof *authority);
    *out = NULL;
    if (authority != NULL)
        authority->arena = gaz_arena_new();
    if (status == GAZ_OK && (authority == NULL || authority->arena == NULL))
        status = gaz_err_memory(err);
    if (status == GAZ_OK)
        status = read_file(file != NULL ? file : path.data, &buf, err);
    if (status == GAZ_OK)
        mark(authority, &buf);
    if (status == GAZ_OK)
        status = read_all(authority, &buf, err);
    if (status == GAZ_OK)
        status = list_endings(authority, err);
    if (status == GAZ_OK)
        *out = authority;
    else
        gaz_authority_free(authority);
    gaz_buf_free(&path);
    gaz_buf_free(&buf);
    return status;
}

void gaz_authority_free(struct gaz_authority *authority) {
    if (authority == NULL)
        return;
    gaz_free(authority->bodies);
    gaz_free(authority->patterns);
    gaz_arena_free(authority->arena);
    gaz_free(authority);
}

// --- places ------------------------------------------------------------------------------------------------

// How a name says where its body is.
enum place_kind {
    PLACE_NONE,     // it does not: 卫健委
    PLACE_RELATIVE, // by the level: 市卫健委
    PLACE_EXPLICIT, // 温州市卫健委
    PLACE_STEM,     // as the place given, without its level: 温州卫健委
    PLACE_NO        // what stands there is no place
};

static const char32_t levels[] = U"市省县区州盟旗镇乡";
static const char32_t *const long_levels[] = {U"自治区", U"自治州", U"自治县", U"自治旗",
                                              U"街道",   U"新区",   U"开发区"};

static int is_level(uint32_t code) {
    for (const char32_t *level = levels; *level != 0; level++)
        if (code == *level)
            return 1;
    return 0;
}

static int equals_word(struct codes codes, const char32_t *word) {
    size_t i = 0;
    while (i < codes.count && word[i] != 0 && codes.items[i] == word[i])
        i++;
    return i == codes.count && word[i] == 0;
}

static int is_long_level(struct codes codes) {
    for (size_t i = 0; i < sizeof long_levels / sizeof long_levels[0]; i++)
        if (equals_word(codes, long_levels[i]))
            return 1;
    return 0;
}

static int equal(struct codes a, struct codes b) {
    if (a.count != b.count)
        return 0;
    return a.count == 0 || memcmp(a.items, b.items, a.count * sizeof a.items[0]) == 0;
}

static int ends_with(struct codes codes, struct codes end) {
    return end.count <= codes.count &&
           equal((struct codes){codes.items + codes.count - end.count, end.count}, end);
}

static int ends_with_word(struct codes codes, const char32_t *word) {
    size_t length = 0;
    while (word[length] != 0)
        length++;
    return length <= codes.count &&
           equals_word((struct codes){codes.items + codes.count - length, length}, word);
}

static int ends_in_level(struct codes codes) {
    return codes.count > 0 && (is_level(codes.items[codes.count - 1]) || ends_with_word(codes, U"街道"));
}

static int is_all_han(struct codes codes) {
    for (size_t i = 0; i < codes.count; i++)
        if (!gaz_unicode_is_han(codes.items[i]))
            return 0;
    return 1;
}

// What CODES are in the place of {} in a pattern; PLACE (perhaps empty) is that of the document.
static enum place_kind place_kind(struct codes codes, struct codes place, const struct pattern *pattern) {
    if (codes.count == 0)
        return pattern->before.count + pattern->after.count >= 2 ? PLACE_NONE : PLACE_NO;
    if ((codes.count == 1 && is_level(codes.items[0])) || is_long_level(codes))
        return PLACE_RELATIVE;
    if (codes.count < 2 || codes.count > PLACE_MAX || !is_all_han(codes))
        return PLACE_NO;
    // Before the next question: many stems end like a level (温州).
    if (place.count == codes.count + 1 && equal(codes, (struct codes){place.items, codes.count}))
        return PLACE_STEM;
    if (ends_in_level(codes))
        return PLACE_EXPLICIT;
    // 人行某某分行: the words on both sides say that a place stands between them.
    return pattern->before.count > 0 && pattern->after.count > 0 && codes.count <= 4 ? PLACE_EXPLICIT
                                                                                     : PLACE_NO;
}

// Whether the relative CODES (市, 自治区) mean PLACE.
static int means_place(struct codes codes, struct codes place) {
    return place.count > codes.count && ends_with(place, codes);
}

// --- keys --------------------------------------------------------------------------------------------------

struct match {
    const struct pattern *pattern;
    struct codes place; // in the name
    enum place_kind kind;
};

static int match_pattern(const struct pattern *pattern, struct codes name, struct codes place,
                         struct match *match) {
    size_t fixed = pattern->before.count + pattern->after.count;
    if (fixed > name.count || (!pattern->has_place && fixed != name.count) ||
        !ends_with(name, pattern->after) ||
        !equal((struct codes){name.items, pattern->before.count}, pattern->before))
        return 0;
    *match = (struct match){pattern, {name.items + pattern->before.count, name.count - fixed}, PLACE_NONE};
    if (pattern->has_place)
        match->kind = place_kind(match->place, place, pattern);
    return match->kind != PLACE_NO;
}

struct key_writer {
    const struct gaz_authority *authority;
    struct gaz_arena *arena;
    struct codes place; // with its level; empty when not given
    struct gaz_buf buf;
    const char **items; // gaz_malloc'ed
    size_t count, capacity;
};

static void add_codes(struct key_writer *writer, struct codes codes) {
    for (size_t i = 0; i < codes.count; i++) {
        char bytes[4];
        gaz_buf_add(&writer->buf, bytes, gaz_utf8_encode(codes.items[i], bytes));
    }
}

// Makes what was written to the buffer a key, unless it is one already; 0 when memory is short.
static int finish_key(struct key_writer *writer) {
    if (writer->buf.status != GAZ_OK)
        return 0;
    for (size_t i = 0; i < writer->count; i++)
        if (strcmp(writer->items[i], writer->buf.data) == 0) {
            gaz_buf_clear(&writer->buf);
            return 1;
        }
    const char **items = gaz_grow(writer->items, &writer->capacity, writer->count + 1, sizeof *items);
    if (items == NULL)
        return 0;
    writer->items = items;
    const char *key = gaz_arena_strndup(writer->arena, writer->buf.data, writer->buf.len);
    gaz_buf_clear(&writer->buf);
    if (key == NULL)
        return 0;
    items[writer->count++] = key;
    return 1;
}

static int add_key(struct key_writer *writer, const struct pattern *full, struct codes place) {
    add_codes(writer, full->before);
    if (full->has_place)
        add_codes(writer, place);
    add_codes(writer, full->after);
    return finish_key(writer);
}

static int add_placed_keys(struct key_writer *writer, const struct body *body, const struct match *match) {
    int placed = writer->place.count > 0 &&
                 (match->kind == PLACE_NONE || match->kind == PLACE_STEM ||
                  (match->kind == PLACE_RELATIVE && means_place(match->place, writer->place)));
    if (placed && body->full.has_place && !add_key(writer, &body->full, writer->place))
        return 0;
    return (match->kind == PLACE_STEM && body->full.has_place) || add_key(writer, &body->full, match->place);
}

// Follows renames to the present bodies.
static int add_present_keys(struct key_writer *writer, const struct body *body, const struct match *match,
                            int generations) {
    if (body->successor_count == 0 || generations == 0)
        return add_placed_keys(writer, body, match);
    for (size_t i = 0; i < body->successor_count; i++)
        if (!add_present_keys(writer, body->successors[i], match, generations - 1))
            return 0;
    return 1;
}

// The patterns that NAME may be.
static const struct pattern_list *patterns_for(const struct gaz_authority *authority, struct codes name) {
    static const struct pattern_list none = {NULL, 0};
    return authority != NULL && name.count > 0 ? &authority->endings[name.items[name.count - 1] % ENDINGS]
                                               : &none;
}

// The length of the longest name in the file that NAME is, without the place; 0 when it is none.
static size_t longest_match(const struct gaz_authority *authority, struct codes name, struct codes place) {
    const struct pattern_list *patterns = patterns_for(authority, name);
    size_t longest = 0;
    for (size_t i = 0; i < patterns->count; i++) {
        size_t length = patterns->items[i]->before.count + patterns->items[i]->after.count;
        struct match match;
        if (length > longest && match_pattern(patterns->items[i], name, place, &match))
            longest = length;
    }
    return longest;
}

// An unknown name, also with the place when it begins with the level of that.
static int add_unknown(struct key_writer *writer, struct codes name) {
    struct codes level = {name.items, 1}, rest = {name.items + 1, name.count - 1};
    if (name.count >= 4 && is_level(name.items[0]) && means_place(level, writer->place)) {
        add_codes(writer, writer->place);
        add_codes(writer, rest);
        if (!finish_key(writer))
            return 0;
    }
    add_codes(writer, name);
    return finish_key(writer);
}

static int add_name(struct key_writer *writer, struct codes name) {
    size_t longest = longest_match(writer->authority, name, writer->place);
    if (longest == 0)
        return add_unknown(writer, name);
    const struct pattern_list *patterns = patterns_for(writer->authority, name);
    for (size_t i = 0; i < patterns->count; i++) {
        const struct pattern *pattern = patterns->items[i];
        struct match match;
        if (pattern->before.count + pattern->after.count == longest &&
            match_pattern(pattern, name, writer->place, &match) &&
            !add_present_keys(writer, pattern->body, &match, GENERATIONS_MAX))
            return 0;
    }
    return 1;
}

// 市委组织部<市委人才办>: the position of the bracket, or 0.
static size_t second_name(struct codes name) {
    size_t open = 0;
    if (name.count < 6 || name.items[name.count - 1] != U')')
        return 0;
    for (size_t at = 2; at + 3 < name.count; at++) {
        if (name.items[at] == U'(' && open > 0)
            return 0;
        if (name.items[at] == U'(')
            open = at;
        if (name.items[at] == U'、' || name.items[at] == U',')
            return 0;
    }
    return open;
}

// The place that NAME says; empty when it says none.
static struct codes explicit_place(const struct gaz_authority *authority, struct codes name) {
    const struct pattern_list *patterns = patterns_for(authority, name);
    for (size_t i = 0; i < patterns->count; i++) {
        struct match match;
        if (match_pattern(patterns->items[i], name, (struct codes){NULL, 0}, &match) &&
            match.kind == PLACE_EXPLICIT)
            return match.place;
    }
    return (struct codes){NULL, 0};
}

// 云港市委组织部<市委人才办>: the second is of the place that the first one says.
static int add_second(struct key_writer *writer, struct codes first, struct codes second) {
    struct codes place = explicit_place(writer->authority, first);
    if (!means_place((struct codes){second.items, 1}, place))
        return add_name(writer, second);
    size_t count = place.count + second.count - 1;
    uint32_t *items = gaz_arena_alloc(writer->arena, count * sizeof *items);
    if (items == NULL)
        return 0;
    memcpy(items, place.items, place.count * sizeof *items);
    memcpy(items + place.count, second.items + 1, (second.count - 1) * sizeof *items);
    return add_name(writer, (struct codes){items, count});
}

static int add_all(struct key_writer *writer, struct codes name) {
    size_t open = second_name(name);
    struct codes first = {name.items, open};
    if (!add_name(writer, name))
        return 0;
    return open == 0 ||
           (add_name(writer, first) &&
            add_second(writer, first, (struct codes){name.items + open + 1, name.count - open - 2}));
}

static enum gaz_status hand_over(struct key_writer *writer, struct gaz_unit_keys *out, struct gaz_err *err) {
    const char **items = gaz_arena_alloc(writer->arena, writer->count * sizeof *items);
    if (items == NULL)
        return gaz_err_memory(err);
    memcpy(items, writer->items, writer->count * sizeof *items);
    *out = (struct gaz_unit_keys){items, writer->count};
    return GAZ_OK;
}

// Folds PLACE; a place without its level is a city.
static enum gaz_status fold_place(const char *place, struct gaz_folded *out, struct gaz_err *err) {
    enum gaz_status status = gaz_fold_text(place, strlen(place), GAZ_FOLD_FULL, out, err);
    struct codes codes = {out->codes, out->count};
    if (status != GAZ_OK || codes.count == 0 ||
        (ends_in_level(codes) && (codes.items[codes.count - 1] != U'州' || ends_with_word(codes, U"自治州"))))
        return status;
    struct gaz_buf buf = GAZ_BUF_INIT;
    gaz_folded_free(out);
    gaz_buf_addstr(&buf, place);
    gaz_buf_addstr(&buf, "市");
    status = gaz_buf_check(&buf, err);
    if (status == GAZ_OK)
        status = gaz_fold_text(buf.data, buf.len, GAZ_FOLD_FULL, out, err);
    gaz_buf_free(&buf);
    return status;
}

enum gaz_status gaz_authority_keys(const struct gaz_authority *authority, const char *name, size_t len,
                                   const char *place, struct gaz_arena *arena, struct gaz_unit_keys *out,
                                   struct gaz_err *err) {
    struct gaz_folded folded = {0}, folded_place = {0};
    struct key_writer writer = {.authority = authority, .arena = arena, .buf = GAZ_BUF_INIT};
    *out = (struct gaz_unit_keys){0};
    enum gaz_status status = gaz_fold_text(name, len, GAZ_FOLD_FULL, &folded, err);
    if (status == GAZ_OK && place != NULL)
        status = fold_place(place, &folded_place, err);
    if (status == GAZ_OK) {
        writer.place = (struct codes){folded_place.codes, folded_place.count};
        status = add_all(&writer, (struct codes){folded.codes, folded.count}) ? hand_over(&writer, out, err)
                                                                              : gaz_err_memory(err);
    }
    gaz_folded_free(&folded);
    gaz_folded_free(&folded_place);
    gaz_buf_free(&writer.buf);
    gaz_free(writer.items);
    return status;
}

int gaz_authority_knows(const struct gaz_authority *authority, const char *name, size_t len) {
    struct gaz_folded folded;
    if (authority == NULL || gaz_fold_text(name, len, GAZ_FOLD_FULL, &folded, NULL) != GAZ_OK)
        return 0;
    size_t longest =
        longest_match(authority, (struct codes){folded.codes, folded.count}, (struct codes){NULL, 0});
    gaz_folded_free(&folded);
    return longest > 0;
}
