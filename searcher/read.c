// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/read.h"

#include <string.h>

#include "corpus/day.h"
#include "corpus/text.h"
#include "searcher/issue.h"
#include "searcher/numbers.h"
#include "searcher/select.h"
#include "searcher/typed_date.h"
#include "searcher/typed_role.h"
#include "shim/unicode.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const char *const kind_names[] = {
    [GAZ_READING_NUMBER] = "number", [GAZ_READING_UNIT] = "unit",         [GAZ_READING_DATE] = "date",
    [GAZ_READING_ISSUE] = "issue",   [GAZ_READING_CALENDAR] = "calendar", [GAZ_READING_WORDS] = "words",
};

const char *gaz_reading_kind_name(enum gaz_reading_kind kind) {
    return kind_names[kind];
}

static const char *const role_names[] = {
    [GAZ_ROLE_ANY] = "any",
    [GAZ_ROLE_LEAD] = "lead",
    [GAZ_ROLE_SHARE] = "share",
    [GAZ_ROLE_RESPONSIBLE] = "responsible",
    [GAZ_ROLE_ISSUER] = "issuer",
    [GAZ_ROLE_ADDRESSEE] = "addressee",
    [GAZ_ROLE_MENTIONED] = "mentioned",
};

const char *gaz_role_name(enum gaz_role role) {
    return role_names[role];
}

int gaz_role_parse(const char *name) {
    for (size_t role = 0; role < COUNT(role_names); role++) {
        if (strcmp(role_names[role], name) == 0) {
            return (int)role;
        }
    }
    return -1;
}

// What a reader is given, and what it has read so far.
struct reader {
    const struct gaz_archive *archive;
    struct gaz_arena *arena;
    struct gaz_readings *out;
    struct gaz_date today;
    struct gaz_err *err;
};

// --- pieces ---

static enum gaz_status add_reading(struct gaz_readings *readings, struct gaz_arena *arena,
                                   struct gaz_reading reading, struct gaz_err *err) {
    size_t count = readings->count;
    if (count == readings->capacity) {
        size_t capacity = count ? 2 * count : 4;
        struct gaz_reading *items = gaz_arena_alloc(arena, capacity * sizeof *items);
        if (!items) {
            return gaz_err_memory(err);
        }
        if (count > 0) {
            memcpy(items, readings->items, count * sizeof *items);
        }
        readings->items = items;
        readings->capacity = capacity;
    }
    readings->items[readings->count++] = reading;
    return GAZ_OK;
}

// Adds a piece; KEY may be NULL.
static enum gaz_status add_piece(const struct reader *reader, enum gaz_reading_kind kind, struct gaz_str text,
                                 const char *key, enum gaz_role role) {
    const char *copy = gaz_arena_strndup(reader->arena, text.data, text.len);
    if (!copy) {
        return gaz_err_memory(reader->err);
    }
    return add_reading(reader->out, reader->arena, (struct gaz_reading){kind, copy, key, role, false},
                       reader->err);
}

// Words next to each other are one piece, as they are one query.
static enum gaz_status add_words(const struct reader *reader, struct gaz_str text) {
    struct gaz_readings *out = reader->out;
    if (out->count == 0 || out->items[out->count - 1].kind != GAZ_READING_WORDS) {
        return add_piece(reader, GAZ_READING_WORDS, text, NULL, GAZ_ROLE_ANY);
    }
    struct gaz_buf joined = GAZ_BUF_INIT;
    struct gaz_reading *last = &out->items[out->count - 1];
    gaz_buf_printf(&joined, "%s ", last->text);
    gaz_buf_add(&joined, text.data, text.len);
    last->text = gaz_arena_strndup(reader->arena, joined.data, joined.len);
    enum gaz_status status = last->text ? gaz_buf_check(&joined, reader->err) : gaz_err_memory(reader->err);
    gaz_buf_free(&joined);
    return status;
}

// --- numbers ---

// Whether TEXT is a document number as a whole. *STATUS is set when memory is out.
static bool is_number(const struct reader *reader, struct gaz_str text, struct gaz_docnum *number,
                      enum gaz_status *status) {
    struct gaz_err reason = {0};
    *status = gaz_docnum_parse(text.data, text.len, reader->arena, number, &reason);
    if (*status == GAZ_ERR_NOT_FOUND) {
        *status = GAZ_OK;
        return false;
    }
    if (*status != GAZ_OK) {
        gaz_err_set(reader->err, *status, "%s", reason.message);
        return false;
    }
    return true;
}

// --- dates and issues ---

// 2023
static bool is_year(struct gaz_str text) {
    size_t digits = 0;
    while (digits < text.len && text.data[digits] >= '0' && text.data[digits] <= '9') {
        digits++;
    }
    return digits == 4 && text.len == 4 && (gaz_str_starts(text, "19") || gaz_str_starts(text, "20"));
}

// A bare number may be a year only next to other pieces.
static bool is_date(const struct reader *reader, struct gaz_str text, bool alone,
                    struct gaz_typed_date *date) {
    return !(alone && is_year(text)) && gaz_typed_date_read(text, &reader->today, date);
}

static enum gaz_status add_date(const struct reader *reader, struct gaz_str text,
                                const struct gaz_typed_date *date) {
    struct gaz_buf buf = GAZ_BUF_INIT;
    gaz_typed_date_key(date, &buf);
    const char *key = gaz_arena_strndup(reader->arena, buf.data, buf.len);
    enum gaz_status status = key ? gaz_buf_check(&buf, reader->err) : gaz_err_memory(reader->err);
    gaz_buf_free(&buf);
    if (status == GAZ_OK) {
        status = add_piece(reader, GAZ_READING_DATE, text, key, GAZ_ROLE_ANY);
    }
    if (status == GAZ_OK) {
        reader->out->items[reader->out->count - 1].relative = date->relative;
    }
    return status;
}

static bool is_issue(struct gaz_str text) {
    struct gaz_issue_name name;
    return gaz_issue_name_read(text.data, text.len, false, &name) == text.len;
}

// --- units ---

// Sets *IS to whether TEXT is a unit with or without its role, and adds it then.
static enum gaz_status read_unit(const struct reader *reader, struct gaz_str text, bool *is) {
    enum gaz_role role;
    struct gaz_str unit = gaz_typed_role_split(text, &role);
    struct gaz_strings keys = {0};
    const char *held = NULL;
    *is = false;
    enum gaz_status status =
        gaz_archive_unit_keys(reader->archive, unit.data, unit.len, reader->arena, &keys, reader->err);
    if (status == GAZ_OK) {
        status = gaz_archive_held_unit(reader->archive, &keys, &held, reader->err);
    }
    if (status != GAZ_OK) {
        return status;
    }
    *is = held || gaz_authority_knows(reader->archive->authority, unit.data, unit.len);
    return *is ? add_piece(reader, GAZ_READING_UNIT, unit, held ? held : keys.items[0], role) : GAZ_OK;
}

// --- tokens ---

static bool is_calendar(struct gaz_str text) {
    static const char *const words[] = {"记事", "記事", "大事记", "大事記", "政务记事", "日历"};
    for (size_t i = 0; i < COUNT(words); i++) {
        if (gaz_str_equal(text, gaz_str_of(words[i]))) {
            return true;
        }
    }
    return false;
}

// Sets *IS to whether TEXT is a number or a unit, and adds it then.
static enum gaz_status read_name(const struct reader *reader, struct gaz_str text, bool *is) {
    struct gaz_docnum number;
    struct gaz_str bare = gaz_typed_number_strip(text);
    enum gaz_status status;
    *is = is_number(reader, bare, &number, &status);
    if (status != GAZ_OK || *is) {
        return *is ? add_piece(reader, GAZ_READING_NUMBER, bare, number.key, GAZ_ROLE_ANY) : status;
    }
    return read_unit(reader, text, is);
}

// What is left of TOKEN without DATE, which is a part of it, and without the particles next to it.
static struct gaz_str cut_date(const struct reader *reader, struct gaz_str token, struct gaz_str date) {
    struct gaz_str before = {token.data, (size_t)(date.data - token.data)};
    struct gaz_str behind = gaz_str_from(token, before.len + date.len);
    const char *at;
    if (gaz_str_starts(behind, "的")) {
        behind = gaz_str_from(behind, strlen("的"));
    }
    if (gaz_str_ends_one(before, (const char *const[]){"在", "于", "的"}, 3, &at)) {
        before.len -= strlen(at);
    }
    char *rest = gaz_arena_alloc(reader->arena, before.len + behind.len + 1);
    if (!rest) {
        return (struct gaz_str){NULL, 0};
    }
    memcpy(rest, before.data, before.len);
    memcpy(rest + before.len, behind.data, behind.len);
    return (struct gaz_str){rest, before.len + behind.len};
}

static bool last_is_bare_unit(const struct gaz_readings *out) {
    const struct gaz_reading *last = out->count > 0 ? &out->items[out->count - 1] : NULL;
    return last && last->kind == GAZ_READING_UNIT && last->role == GAZ_ROLE_ANY;
}

// Puts the last two pieces the other way round.
static void swap_last(struct gaz_readings *out) {
    struct gaz_reading last = out->items[out->count - 1];
    out->items[out->count - 1] = out->items[out->count - 2];
    out->items[out->count - 2] = last;
}

// Reads a token with a date in it, when the rest is a unit, a number or 记事: 云港市政府2024年3月印发的文件.
static enum gaz_status read_dated(const struct reader *reader, struct gaz_str token, bool *is) {
    struct gaz_str date;
    struct gaz_typed_date read;
    enum gaz_status status = GAZ_OK;
    *is = false;
    if (!gaz_typed_date_find(token, &reader->today, &date) ||
        !gaz_typed_date_read(date, &reader->today, &read)) {
        return GAZ_OK;
    }
    struct gaz_str rest = cut_date(reader, token, date);
    if (!rest.data) {
        status = gaz_err_memory(reader->err);
    }
    if (status == GAZ_OK && is_calendar(rest)) {
        *is = true;
        status = add_piece(reader, GAZ_READING_CALENDAR, rest, NULL, GAZ_ROLE_ANY);
    } else if (status == GAZ_OK) {
        status = read_name(reader, rest, is);
    }
    // 3月份市政府 begins a title; with 印发的文件 behind it, it is a question.
    if (*is && last_is_bare_unit(reader->out)) {
        reader->out->count--;
        *is = false;
    }
    if (status == GAZ_OK && *is) {
        status = add_date(reader, date, &read);
    }
    if (status == GAZ_OK && *is && date.data == token.data) {
        swap_last(reader->out);
    }
    return status;
}

// 去年云港市政府 is no unit, though nobody knows all names of units.
static bool begins_with_day_word(const struct reader *reader, struct gaz_str token) {
    struct gaz_str date;
    struct gaz_typed_date read;
    return gaz_typed_date_find(token, &reader->today, &date) && date.data == token.data &&
           gaz_typed_date_read(date, &reader->today, &read) && read.relative;
}

// Whether TOKEN only says what is wanted of the piece before it: 市教育局 牵头, 云政发〔2024〕8号 全文.
static bool adds_to_last(const struct reader *reader, struct gaz_str token) {
    struct gaz_readings *out = reader->out;
    struct gaz_reading *last = out->count > 0 ? &out->items[out->count - 1] : NULL;
    if (last && last->kind == GAZ_READING_UNIT && last->role == GAZ_ROLE_ANY) {
        return gaz_typed_role_is(token, &last->role);
    }
    return last && last->kind == GAZ_READING_NUMBER && gaz_typed_number_is_said(token);
}

static enum gaz_status read_token(const struct reader *reader, struct gaz_str token, bool alone) {
    enum gaz_status status = GAZ_OK;
    bool is = false;
    struct gaz_typed_date date;
    if (is_issue(token)) {
        return add_piece(reader, GAZ_READING_ISSUE, token, NULL, GAZ_ROLE_ANY);
    }
    if (is_date(reader, token, alone, &date)) {
        return add_date(reader, token, &date);
    }
    if (is_calendar(token)) {
        return add_piece(reader, GAZ_READING_CALENDAR, token, NULL, GAZ_ROLE_ANY);
    }
    if (adds_to_last(reader, token)) {
        return GAZ_OK;
    }
    bool dated = begins_with_day_word(reader, token);
    status = dated ? read_dated(reader, token, &is) : read_name(reader, token, &is);
    if (status == GAZ_OK && !is) {
        status = dated ? read_name(reader, token, &is) : read_dated(reader, token, &is);
    }
    return status == GAZ_OK && !is ? add_words(reader, token) : status;
}

// The next run of characters without white space in *REST; empty at the end.
static struct gaz_str next_token(struct gaz_str *rest) {
    *rest = gaz_str_trim(*rest);
    size_t at = 0;
    while (at < rest->len) {
        uint32_t code;
        size_t length = gaz_utf8_decode(rest->data + at, rest->len - at, &code);
        if (gaz_unicode_is_space(code)) {
            break;
        }
        at += length;
    }
    struct gaz_str token = {rest->data, at};
    *rest = gaz_str_from(*rest, at);
    return token;
}

static enum gaz_status read_tokens(const struct reader *reader, struct gaz_str text) {
    enum gaz_status status = GAZ_OK;
    struct gaz_str rest = text;
    for (struct gaz_str token = next_token(&rest); token.len > 0 && status == GAZ_OK;
         token = next_token(&rest)) {
        status = read_token(reader, token, token.len == text.len);
    }
    return status;
}

// --- whole queries ---

// Puts one reading of a number, or of several, in the place of all.
static enum gaz_status read_as_number(const struct reader *reader, const struct gaz_buf *text,
                                      const char *key) {
    enum gaz_status status = gaz_buf_check(text, reader->err);
    if (status == GAZ_OK) {
        reader->out->count = 0;
        status =
            add_piece(reader, GAZ_READING_NUMBER, (struct gaz_str){text->data, text->len}, key, GAZ_ROLE_ANY);
    }
    return status;
}

// A number whose year stands apart: 温政发24号 2023, 2023年温政发24号.
static enum gaz_status join_year(const struct reader *reader) {
    struct gaz_readings *out = reader->out;
    bool number_first = out->count == 2 && out->items[0].kind == GAZ_READING_NUMBER;
    const struct gaz_reading *number_piece = &out->items[number_first ? 0 : 1];
    const struct gaz_reading *year_piece = &out->items[number_first ? 1 : 0];
    struct gaz_docnum number;
    enum gaz_status status;
    if (out->count != 2 || number_piece->kind != GAZ_READING_NUMBER || year_piece->kind != GAZ_READING_DATE ||
        !is_year(gaz_str_of(year_piece->key)) ||
        !is_number(reader, gaz_str_of(number_piece->text), &number, &status) || number.year != 0) {
        return GAZ_OK;
    }
    struct gaz_buf whole = GAZ_BUF_INIT;
    gaz_buf_printf(&whole, "%s〔%s〕%llu号", number.code, year_piece->key, (unsigned long long)number.serial);
    status = gaz_buf_check(&whole, reader->err);
    if (status == GAZ_OK && is_number(reader, gaz_str_of(whole.data), &number, &status)) {
        status = read_as_number(reader, &whole, number.key);
    }
    gaz_buf_free(&whole);
    return status;
}

// Numbers and nothing else are a list of them: no document has two numbers because someone asks for both.
static enum gaz_status join_numbers(const struct reader *reader) {
    struct gaz_readings *out = reader->out;
    struct gaz_buf whole = GAZ_BUF_INIT;
    for (size_t i = 0; i < out->count; i++) {
        if (out->items[i].kind != GAZ_READING_NUMBER || out->count == 1) {
            gaz_buf_free(&whole);
            return GAZ_OK;
        }
        gaz_buf_printf(&whole, "%s%s", i > 0 ? "、" : "", out->items[i].text);
    }
    enum gaz_status status = read_as_number(reader, &whole, NULL);
    gaz_buf_free(&whole);
    return status;
}

// Whether TEXT is several numbers: 云政发〔2024〕8、9号, 云政发〔2024〕1-30号.
static bool is_list(const struct reader *reader, struct gaz_str text, enum gaz_status *status) {
    struct gaz_docnums numbers;
    struct gaz_err reason = {0};
    const char *typed = gaz_arena_strndup(reader->arena, text.data, text.len);
    *status = typed ? gaz_numbers_read(typed, reader->arena, &numbers, &reason) : gaz_err_memory(&reason);
    if (*status == GAZ_ERR_QUERY) {
        *status = GAZ_OK;
        return false;
    }
    if (*status != GAZ_OK) {
        gaz_err_set(reader->err, *status, "%s", reason.message);
    }
    return *status == GAZ_OK && numbers.count > 1;
}

// 《关于…的意见》 is a title, which stands without its marks where it is one.
static bool is_title(struct gaz_str text) {
    const size_t mark = strlen("《");
    return gaz_str_starts(text, "《") && gaz_str_ends(text, "》") && text.len > 2 * mark &&
           gaz_str_find(gaz_str_from(text, mark), "《") == SIZE_MAX;
}

static bool is_plain(const struct gaz_query *query) {
    if (query->op == GAZ_QUERY_AND) {
        for (size_t i = 0; i < query->child_count; i++) {
            if (query->children[i]->op != GAZ_QUERY_PHRASE) {
                return false;
            }
        }
        return true;
    }
    return query->op == GAZ_QUERY_PHRASE;
}

// Whether TEXT uses the grammar of queries. GAZ_ERR_QUERY when it breaks it.
static enum gaz_status has_grammar(const struct reader *reader, const char *text, bool *has) {
    struct gaz_query *query;
    enum gaz_status status = gaz_query_parse(text, reader->arena, &query, reader->err);
    if (status == GAZ_OK) {
        *has = !is_plain(query) || strchr(text, '"') || strstr(text, " AND ");
    }
    return status;
}

// Reads a query that uses no grammar.
static enum gaz_status read_whole(const struct reader *reader, struct gaz_str whole) {
    struct gaz_docnum number;
    struct gaz_str bare = gaz_typed_number_strip(whole);
    struct gaz_typed_date date;
    enum gaz_status status = GAZ_OK;
    if (is_title(whole)) {
        const size_t mark = strlen("《");
        return add_words(reader, (struct gaz_str){whole.data + mark, whole.len - 2 * mark});
    }
    if (is_issue(whole) || is_date(reader, whole, true, &date)) {
        return read_token(reader, whole, true);
    }
    bool dated = begins_with_day_word(reader, whole);
    if (!dated && is_number(reader, bare, &number, &status)) {
        return add_piece(reader, GAZ_READING_NUMBER, bare, number.key, GAZ_ROLE_ANY);
    }
    if (status == GAZ_OK && is_list(reader, whole, &status)) {
        return add_piece(reader, GAZ_READING_NUMBER, whole, NULL, GAZ_ROLE_ANY);
    }
    if (status == GAZ_OK) {
        status = read_tokens(reader, whole);
    }
    if (status == GAZ_OK) {
        status = join_numbers(reader);
    }
    return status == GAZ_OK ? join_year(reader) : status;
}

enum gaz_status gaz_read_query(const struct gaz_archive *archive, const char *text, struct gaz_arena *arena,
                               struct gaz_readings *out, struct gaz_err *err) {
    struct reader reader = {archive, arena, out, {0}, err};
    struct gaz_str whole = gaz_str_trim(gaz_str_of(text));
    bool grammar = false;
    *out = (struct gaz_readings){0};
    enum gaz_status status = gaz_day_today(&reader.today, err);
    if (status == GAZ_OK) {
        status = has_grammar(&reader, text, &grammar);
    }
    if (status != GAZ_OK || grammar) {
        return status == GAZ_OK ? add_words(&reader, whole) : status;
    }
    return read_whole(&reader, whole);
}

enum gaz_status gaz_read_as(enum gaz_reading_kind kind, const char *text, enum gaz_role role,
                            struct gaz_arena *arena, struct gaz_readings *out, struct gaz_err *err) {
    *out = (struct gaz_readings){0};
    return add_reading(out, arena, (struct gaz_reading){kind, text, NULL, role, false}, err);
}

// --- tree ---

static struct gaz_query *field(const struct reader *reader, enum gaz_field name, const char *text) {
    return gaz_query_field(reader->arena, name, text, strlen(text));
}

static struct gaz_query *pair(const struct reader *reader, enum gaz_query_op op, struct gaz_query *first,
                              struct gaz_query *second) {
    struct gaz_query *node = gaz_query_node(reader->arena, op);
    bool ok = node && gaz_query_add(reader->arena, node, first) && gaz_query_add(reader->arena, node, second);
    return ok ? node : NULL;
}

// A unit as typed, or by any of its full names.
static enum gaz_status mentioned(const struct reader *reader, const char *unit, struct gaz_query **out) {
    struct gaz_strings names = {0};
    *out = gaz_query_node(reader->arena, GAZ_QUERY_OR);
    enum gaz_status status = gaz_strings_add_once(&names, reader->arena, unit, strlen(unit), reader->err);
    if (status == GAZ_OK) {
        status =
            gaz_archive_unit_keys(reader->archive, unit, strlen(unit), reader->arena, &names, reader->err);
    }
    for (size_t i = 0; i < names.count && status == GAZ_OK && *out; i++) {
        struct gaz_query *name = gaz_query_phrase(reader->arena, names.items[i], strlen(names.items[i]));
        if (!gaz_query_add(reader->arena, *out, name)) {
            *out = NULL;
        }
    }
    return status == GAZ_OK && !*out ? gaz_err_memory(reader->err) : status;
}

// The documents a unit issued: alone, their own records; with other pieces, all that is in them.
static struct gaz_query *issued(const struct reader *reader, const char *unit, bool alone) {
    struct gaz_query *by_unit = field(reader, GAZ_FIELD_ISSUER, unit);
    const char *type = gaz_record_type_name(GAZ_RECORD_DOCUMENT);
    return alone ? pair(reader, GAZ_QUERY_AND, by_unit, field(reader, GAZ_FIELD_TYPE, type)) : by_unit;
}

// What it is responsible for without leading it.
static struct gaz_query *shared(const struct reader *reader, const char *unit) {
    struct gaz_query *leads = gaz_query_node(reader->arena, GAZ_QUERY_NOT);
    bool ok = leads && gaz_query_add(reader->arena, leads, field(reader, GAZ_FIELD_LEAD, unit));
    return ok ? pair(reader, GAZ_QUERY_AND, field(reader, GAZ_FIELD_UNIT, unit), leads) : NULL;
}

static enum gaz_status unit_tree(const struct reader *reader, const struct gaz_reading *reading, bool alone,
                                 struct gaz_query **out) {
    const char *unit = reading->text;
    switch (reading->role) {
    case GAZ_ROLE_MENTIONED:
        return mentioned(reader, unit, out);
    case GAZ_ROLE_LEAD:
        *out = field(reader, GAZ_FIELD_LEAD, unit);
        break;
    case GAZ_ROLE_SHARE:
        *out = shared(reader, unit);
        break;
    case GAZ_ROLE_RESPONSIBLE:
        *out = field(reader, GAZ_FIELD_UNIT, unit);
        break;
    case GAZ_ROLE_ISSUER:
        *out = issued(reader, unit, alone);
        break;
    case GAZ_ROLE_ADDRESSEE:
        *out = pair(reader, GAZ_QUERY_AND, field(reader, GAZ_FIELD_ADDRESSEE, unit),
                    field(reader, GAZ_FIELD_TYPE, gaz_record_type_name(GAZ_RECORD_DOCUMENT)));
        break;
    case GAZ_ROLE_ANY:
        *out = pair(reader, GAZ_QUERY_OR, field(reader, GAZ_FIELD_UNIT, unit), issued(reader, unit, alone));
        break;
    }
    return *out ? GAZ_OK : gaz_err_memory(reader->err);
}

// Next to other pieces a number stands for its document and for the units that cite it.
static struct gaz_query *number_tree(const struct reader *reader, const char *number) {
    return pair(reader, GAZ_QUERY_OR, field(reader, GAZ_FIELD_NUMBER, number),
                field(reader, GAZ_FIELD_CITES, number));
}

static enum gaz_status reading_tree(const struct reader *reader, const struct gaz_reading *reading,
                                    bool alone, struct gaz_query **out) {
    switch (reading->kind) {
    case GAZ_READING_WORDS:
        return gaz_query_parse(reading->text, reader->arena, out, reader->err);
    case GAZ_READING_UNIT:
        return unit_tree(reader, reading, alone, out);
    case GAZ_READING_NUMBER:
        *out = number_tree(reader, reading->text);
        break;
    case GAZ_READING_DATE:
        *out = field(reader, GAZ_FIELD_DATE, reading->key ? reading->key : reading->text);
        break;
    case GAZ_READING_ISSUE:
        *out = field(reader, GAZ_FIELD_ISSUE, reading->text);
        break;
    case GAZ_READING_CALENDAR:
        *out = field(reader, GAZ_FIELD_TYPE, gaz_record_type_name(GAZ_RECORD_ENTRY));
        break;
    }
    return *out ? GAZ_OK : gaz_err_memory(reader->err);
}

enum gaz_status gaz_read_tree(const struct gaz_archive *archive, const struct gaz_readings *readings,
                              struct gaz_arena *arena, struct gaz_query **out, struct gaz_err *err) {
    const struct reader reader = {archive, arena, NULL, {0}, err};
    if (readings->count == 1) {
        return reading_tree(&reader, &readings->items[0], true, out);
    }
    struct gaz_query *all = gaz_query_node(arena, GAZ_QUERY_AND);
    for (size_t i = 0; i < readings->count; i++) {
        struct gaz_query *child = NULL;
        enum gaz_status status = reading_tree(&reader, &readings->items[i], false, &child);
        if (status != GAZ_OK) {
            return status;
        }
        if (!all || !gaz_query_add(arena, all, child)) {
            return gaz_err_memory(err);
        }
    }
    *out = all;
    return all ? GAZ_OK : gaz_err_memory(err);
}

const char *gaz_read_mode(const struct gaz_readings *readings) {
    for (size_t i = 1; i < readings->count; i++) {
        if (readings->items[i].kind != readings->items[0].kind) {
            return "mixed";
        }
    }
    return readings->items[0].kind == GAZ_READING_WORDS ? "keyword" : kind_names[readings->items[0].kind];
}
