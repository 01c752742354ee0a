// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/issue.h"

#include <string.h>

#include "corpus/numeral.h"
#include "corpus/text.h"
#include "searcher/select.h"
#include "shim/unicode.h"

enum { FIRST_YEAR = 1900, LAST_YEAR = 2200, LARGEST_NUMBER = 1000000 };

// --- names ---

static void skip_blanks(struct gaz_str *rest) {
    uint32_t code;
    while (rest->len > 0) {
        size_t length = gaz_utf8_decode(rest->data, rest->len, &code);
        if (!gaz_unicode_is_space(code)) {
            return;
        }
        *rest = gaz_str_from(*rest, length);
    }
}

// Steps over WORD, blanks before it included.
static bool take_word(struct gaz_str *rest, const char *word) {
    struct gaz_str at = *rest;
    skip_blanks(&at);
    if (!gaz_str_starts(at, word)) {
        return false;
    }
    *rest = gaz_str_from(at, strlen(word));
    return true;
}

static bool take_one_of(struct gaz_str *rest, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (take_word(rest, words[i])) {
            return true;
        }
    }
    return false;
}

static bool take_number(struct gaz_str *rest, unsigned *out) {
    struct gaz_str at = *rest;
    uint64_t value;
    skip_blanks(&at);
    size_t length = gaz_numeral_read(at.data, at.len, &value);
    if (length == 0 || value == 0 || value > LARGEST_NUMBER) {
        return false;
    }
    *out = (unsigned)value;
    *rest = gaz_str_from(at, length);
    return true;
}

static bool take_year(struct gaz_str *rest, int *year) {
    unsigned value;
    struct gaz_str at = *rest;
    if (!take_number(&at, &value) || value < FIRST_YEAR || value > LAST_YEAR) {
        return false;
    }
    *year = (int)value;
    *rest = at;
    return true;
}

static bool take_serial(struct gaz_str *rest, unsigned *serial) {
    static const char *const words[] = {"总第", "總第", "总", "總"};
    struct gaz_str at = *rest;
    if (!take_one_of(&at, words, 4) || !take_number(&at, serial) || !take_word(&at, "期")) {
        return false;
    }
    *rest = at;
    return true;
}

// 第10期 or 10期; LOOSE: 10.
static bool take_issue_number(struct gaz_str *rest, bool loose, unsigned *number) {
    struct gaz_str at = *rest;
    bool ordinal = take_word(&at, "第");
    if (!take_number(&at, number) || (!take_word(&at, "期") && (!loose || ordinal))) {
        *number = 0;
        return false;
    }
    *rest = at;
    return true;
}

size_t gaz_issue_name_read(const char *text, size_t len, bool loose, struct gaz_issue_name *out) {
    struct gaz_str rest = {text, len};
    struct gaz_issue_name name = {0};
    if (take_serial(&rest, &name.serial)) {
        *out = name;
        return len - rest.len;
    }
    bool has_year = take_year(&rest, &name.year);
    bool marked = has_year && take_word(&rest, "年");
    bool dashed = has_year && !marked && loose && take_word(&rest, "-");
    if (has_year && !marked && !dashed) {
        return 0;
    }
    bool has_number = take_issue_number(&rest, loose && (dashed || !has_year), &name.number);
    if (!has_number && !(loose && marked)) {
        return 0;
    }
    *out = name;
    return len - rest.len;
}

// --- issues held ---

// The first numeral in a printed number (第10期), 0 when there is none.
static unsigned printed_number(const json_t *record, const char *key) {
    struct gaz_str text = gaz_str_of(json_string_value(json_object_get(record, key)));
    for (; text.len > 0; text = gaz_str_from(text, 1)) {
        uint64_t value;
        if (gaz_numeral_read(text.data, text.len, &value) > 0) {
            return value <= LARGEST_NUMBER ? (unsigned)value : 0;
        }
    }
    return 0;
}

static bool is_named(const json_t *record, const struct gaz_issue_name *name) {
    return (name->year == 0 || json_integer_value(json_object_get(record, "year")) == name->year) &&
           (name->number == 0 || printed_number(record, "number") == name->number) &&
           (name->serial == 0 || printed_number(record, "serial") == name->serial);
}

static enum gaz_status add_named(const struct gaz_archive *archive, const struct gaz_docids *issues,
                                 const struct gaz_issue_name *name, struct gaz_arena *arena,
                                 struct gaz_strings *out, struct gaz_err *err) {
    for (size_t i = 0; i < issues->count; i++) {
        json_t *record = NULL;
        enum gaz_status status = gaz_archive_record(archive, issues->items[i], &record, err);
        if (status == GAZ_OK && is_named(record, name)) {
            const char *id = json_string_value(json_object_get(record, "id"));
            status = gaz_strings_add_once(out, arena, id, strlen(id), err);
        }
        json_decref(record);
        if (status != GAZ_OK) {
            return status;
        }
    }
    return GAZ_OK;
}

static enum gaz_status find_named(const struct gaz_archive *archive, const struct gaz_issue_name *name,
                                  struct gaz_arena *arena, struct gaz_strings *out, struct gaz_err *err) {
    struct gaz_select *issues = gaz_select_type(arena, GAZ_RECORD_ISSUE);
    struct gaz_docids docids;
    if (!issues) {
        return gaz_err_memory(err);
    }
    enum gaz_status status = gaz_archive_select_in_order(archive, &issues->query, &docids, err);
    if (status == GAZ_OK) {
        status = add_named(archive, &docids, name, arena, out, err);
        gaz_free(docids.items);
    }
    return status;
}

enum gaz_status gaz_issue_ids(const struct gaz_archive *archive, const char *text, struct gaz_arena *arena,
                              struct gaz_strings *out, struct gaz_err *err) {
    struct gaz_str typed = gaz_str_trim(gaz_str_of(text));
    struct gaz_term term;
    uint32_t held = 0;
    gaz_term_make(GAZ_TERM_ISSUE, typed.data, typed.len, &term);
    enum gaz_status status = gaz_index_term_frequency(archive->index, gaz_term_bytes(&term), &held, err);
    if (status != GAZ_OK) {
        return status;
    }
    if (held > 0) {
        return gaz_strings_add_once(out, arena, typed.data, typed.len, err);
    }
    struct gaz_issue_name name;
    if (typed.len == 0 || gaz_issue_name_read(typed.data, typed.len, true, &name) != typed.len) {
        return GAZ_OK;
    }
    return find_named(archive, &name, arena, out, err);
}
