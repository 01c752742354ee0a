// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/show.h"

#include <inttypes.h>
#include <string.h>

#include "corpus/numeral.h"
#include "corpus/text.h"
#include "searcher/issue.h"
#include "searcher/numbers.h"

struct shower {
    const struct gaz_archive *archive;
    struct gaz_arena *arena;
    struct gaz_select *any; // what is shown
    struct gaz_err *err;
};

static const char *text_of(const json_t *record, const char *key) {
    const char *text = json_string_value(json_object_get(record, key));
    return text ? text : "";
}

static int type_of(const json_t *record) {
    return gaz_record_type_parse(text_of(record, "type"));
}

static enum gaz_status add(const struct shower *shower, const struct gaz_select *select) {
    return gaz_select_add(shower->arena, shower->any, select) ? GAZ_OK : gaz_err_memory(shower->err);
}

static enum gaz_status add_id(const struct shower *shower, const char *id) {
    return add(shower, gaz_select_name(shower->arena, GAZ_TERM_ID, id));
}

static enum gaz_status select_docids(const struct shower *shower, const struct gaz_select *select,
                                     struct gaz_docids *out) {
    *out = (struct gaz_docids){0};
    return select ? gaz_archive_select_in_order(shower->archive, &select->query, out, shower->err)
                  : gaz_err_memory(shower->err);
}

// Calls TAKE with each of the records DOCIDS.
typedef enum gaz_status taker(const struct shower *shower, const json_t *record, const void *context);

static enum gaz_status each_record(const struct shower *shower, const struct gaz_docids *docids, taker *take,
                                   const void *context) {
    enum gaz_status status = GAZ_OK;
    for (size_t i = 0; i < docids->count && status == GAZ_OK; i++) {
        json_t *record = NULL;
        status = gaz_archive_record(shower->archive, docids->items[i], &record, shower->err);
        if (status == GAZ_OK) {
            status = take(shower, record, context);
        }
        json_decref(record);
    }
    return status;
}

static enum gaz_status each_selected(const struct shower *shower, const struct gaz_select *select,
                                     taker *take, const void *context) {
    struct gaz_docids docids;
    enum gaz_status status = select_docids(shower, select, &docids);
    if (status == GAZ_OK) {
        status = each_record(shower, &docids, take, context);
    }
    gaz_free(docids.items);
    return status;
}

// --- what belongs to a record ---

static struct gaz_select *units_of(const struct shower *shower, const char *document) {
    return gaz_select_without(shower->arena, gaz_select_name(shower->arena, GAZ_TERM_DOCUMENT, document),
                              gaz_select_type(shower->arena, GAZ_RECORD_CITATION));
}

static struct gaz_select *documents_of(const struct shower *shower, const char *issue) {
    return gaz_select_both(shower->arena, gaz_select_name(shower->arena, GAZ_TERM_ISSUE, issue),
                           gaz_select_type(shower->arena, GAZ_RECORD_DOCUMENT));
}

// Whether the first COUNT labels of the paths are the same, in the same attachment.
static bool same_path(const json_t *one, const json_t *other, size_t count) {
    const json_t *path = json_object_get(one, "path"), *labels = json_object_get(other, "path");
    if (json_array_size(path) < count || json_array_size(labels) < count ||
        !json_equal(json_object_get(one, "attachment"), json_object_get(other, "attachment"))) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!json_equal(json_array_get(path, i), json_array_get(labels, i))) {
            return false;
        }
    }
    return true;
}

static enum gaz_status add_if_under(const struct shower *shower, const json_t *unit, const void *clause) {
    bool under = same_path(unit, clause, json_array_size(json_object_get(clause, "path")));
    return under ? add_id(shower, text_of(unit, "id")) : GAZ_OK;
}

static enum gaz_status add_record(const struct shower *shower, const json_t *record, const void *context) {
    const char *id = text_of(record, "id");
    (void)context;
    switch (type_of(record)) {
    case GAZ_RECORD_DOCUMENT:
        return add(shower, units_of(shower, id));
    case GAZ_RECORD_ISSUE: {
        enum gaz_status status = add_id(shower, id);
        return status == GAZ_OK ? add(shower, documents_of(shower, id)) : status;
    }
    case GAZ_RECORD_CLAUSE:
        return each_selected(shower, units_of(shower, text_of(record, "document")), add_if_under, record);
    default:
        return add_id(shower, id);
    }
}

// --- addresses ---
//
// Each of these finds the records that a text names in its way; none is no error.

static enum gaz_status find_id(const struct shower *shower, const char *id, struct gaz_docids *out) {
    return select_docids(shower, gaz_select_name(shower->arena, GAZ_TERM_ID, id), out);
}

static enum gaz_status find_address(const struct shower *shower, const char *address,
                                    struct gaz_docids *out) {
    struct gaz_select *at = gaz_select_folded(shower->arena, GAZ_TERM_ADDRESS, address);
    return select_docids(
        shower, gaz_select_without(shower->arena, at, gaz_select_type(shower->arena, GAZ_RECORD_CITATION)),
        out);
}

static enum gaz_status find_issue(const struct shower *shower, const char *name, struct gaz_docids *out) {
    struct gaz_strings ids = {0};
    enum gaz_status status = gaz_issue_ids(shower->archive, name, shower->arena, &ids, shower->err);
    return status == GAZ_OK ? select_docids(shower, gaz_select_any(shower->arena, GAZ_TERM_ID, &ids), out)
                            : status;
}

// Adds to CONTEXT, a query, the address of the document RECORD with the rest behind it.
struct in_document {
    const char *rest;
    struct gaz_select *any;
};

static enum gaz_status add_address(const struct shower *shower, const json_t *document, const void *context) {
    const struct in_document *in = context;
    struct gaz_buf address = GAZ_BUF_INIT;
    gaz_buf_printf(&address, "%s %s", text_of(document, "address"), in->rest);
    enum gaz_status status = gaz_buf_check(&address, shower->err);
    if (status == GAZ_OK &&
        !gaz_select_add(shower->arena, in->any,
                        gaz_select_folded(shower->arena, GAZ_TERM_ADDRESS, address.data))) {
        status = gaz_err_memory(shower->err);
    }
    gaz_buf_free(&address);
    return status;
}

// Sets *NUMBER to the number that ADDRESS begins with; leaves it when there is none.
static enum gaz_status leading_number(const struct shower *shower, struct gaz_str address,
                                      struct gaz_docnum *number) {
    struct gaz_docnums numbers = {0};
    enum gaz_status status = gaz_docnum_find(address.data, address.len, shower->arena, &numbers, shower->err);
    if (status == GAZ_OK && numbers.count > 0 && numbers.items[0].offset == 0) {
        *number = numbers.items[0];
    }
    return status;
}

// An address whose number is spelled otherwise than in the gazette.
static enum gaz_status find_numbered(const struct shower *shower, const char *address,
                                     struct gaz_docids *out) {
    struct gaz_docnum number = {0};
    struct gaz_str typed = gaz_str_of(address);
    struct in_document in = {.any = gaz_select_new(shower->arena, GAZ_INDEX_OR)};
    enum gaz_status status = in.any ? leading_number(shower, typed, &number) : gaz_err_memory(shower->err);
    if (status != GAZ_OK || number.length == 0) {
        return status;
    }
    in.rest = address + number.length;
    status =
        each_selected(shower, gaz_select_name(shower->arena, GAZ_TERM_NUMBER, number.key), add_address, &in);
    if (status != GAZ_OK) {
        return status;
    }
    return select_docids(
        shower,
        gaz_select_without(shower->arena, in.any, gaz_select_type(shower->arena, GAZ_RECORD_CITATION)), out);
}

// The records that ADDRESS names, in the first way in which it names any.
static enum gaz_status resolve(const struct shower *shower, const char *address, struct gaz_docids *out) {
    static enum gaz_status (*const ways[])(const struct shower *, const char *, struct gaz_docids *) = {
        find_id, find_address, find_numbered, find_issue};
    enum gaz_status status = GAZ_OK;
    *out = (struct gaz_docids){0};
    for (size_t i = 0; i < sizeof ways / sizeof ways[0] && status == GAZ_OK && out->count == 0; i++) {
        gaz_free(out->items);
        *out = (struct gaz_docids){0};
        status = ways[i](shower, address, out);
    }
    return status;
}

// --- ranges ---

// The first numeral in a label or address part ((二), 第三条, 行12), 0 when there is none.
static uint64_t numeral_in(struct gaz_str text) {
    const unsigned kinds =
        GAZ_NUMERAL_ARABIC | GAZ_NUMERAL_HAN | GAZ_NUMERAL_HAN_DIGITS | GAZ_NUMERAL_CIRCLED;
    for (; text.len > 0; text = gaz_str_from(text, 1)) {
        uint64_t value;
        unsigned kind;
        if (gaz_numeral_read_kind(text.data, text.len, kinds, &value, &kind) > 0) {
            return value;
        }
    }
    return 0;
}

// From the record FIRST on to those numbered up to LAST.
struct range {
    const json_t *first;
    uint64_t from, to;
};

static bool is_between(uint64_t number, const struct range *range) {
    return number >= range->from && number <= range->to;
}

static enum gaz_status add_clause_between(const struct shower *shower, const json_t *unit,
                                          const void *context) {
    const struct range *range = context;
    size_t depth = json_array_size(json_object_get(range->first, "path"));
    const json_t *path = json_object_get(unit, "path");
    if (type_of(unit) != GAZ_RECORD_CLAUSE || json_array_size(path) != depth ||
        !same_path(unit, range->first, depth - 1)) {
        return GAZ_OK;
    }
    const char *label = json_string_value(json_array_get(path, depth - 1));
    return is_between(numeral_in(gaz_str_of(label)), range) ? add_record(shower, unit, NULL) : GAZ_OK;
}

static enum gaz_status add_clauses_between(const struct shower *shower, struct range *range) {
    const json_t *path = json_object_get(range->first, "path");
    size_t depth = json_array_size(path);
    range->from = depth > 0 ? numeral_in(gaz_str_of(json_string_value(json_array_get(path, depth - 1)))) : 0;
    if (range->from == 0) {
        return GAZ_OK;
    }
    return each_selected(shower, units_of(shower, text_of(range->first, "document")), add_clause_between,
                         range);
}

// Rows, entries and paragraphs end their addresses with their number.
static enum gaz_status add_numbered_between(const struct shower *shower, struct range *range) {
    enum { MOST = 10000 };
    const char *address = text_of(range->first, "address");
    size_t digits = strlen(address);
    while (digits > 0 && address[digits - 1] >= '0' && address[digits - 1] <= '9') {
        digits--;
    }
    range->from = numeral_in(gaz_str_of(address + digits));
    enum gaz_status status = GAZ_OK;
    for (uint64_t n = range->from; n > 0 && n <= range->to && n < range->from + MOST && status == GAZ_OK;
         n++) {
        struct gaz_buf next = GAZ_BUF_INIT;
        gaz_buf_add(&next, address, digits);
        gaz_buf_printf(&next, "%" PRIu64, n);
        status = gaz_buf_check(&next, shower->err);
        if (status == GAZ_OK) {
            status = add(shower, gaz_select_folded(shower->arena, GAZ_TERM_ADDRESS, next.data));
        }
        gaz_buf_free(&next);
    }
    return status;
}

static enum gaz_status add_between(const struct shower *shower, const json_t *first, const void *context) {
    struct range range = {.first = first, .to = *(const uint64_t *)context};
    return type_of(first) == GAZ_RECORD_CLAUSE ? add_clauses_between(shower, &range)
                                               : add_numbered_between(shower, &range);
}

static enum gaz_status show_range(const struct shower *shower, struct gaz_str address) {
    struct gaz_str first, last;
    struct gaz_docids docids;
    uint64_t to = gaz_range_split(address, &first, &last) ? numeral_in(last) : 0;
    if (to == 0) {
        return GAZ_OK;
    }
    const char *start = gaz_arena_strndup(shower->arena, first.data, first.len);
    enum gaz_status status = start ? resolve(shower, start, &docids) : gaz_err_memory(shower->err);
    if (status == GAZ_OK) {
        status = each_record(shower, &docids, add_between, &to);
        gaz_free(docids.items);
    }
    return status;
}

// --- context ---

static size_t place_of(const struct gaz_docids *docids, uint32_t docid) {
    size_t at = 0;
    while (at < docids->count && docids->items[at] != docid) {
        at++;
    }
    return at;
}

static enum gaz_status take_id(const struct shower *shower, const json_t *record, const void *context) {
    (void)context;
    return add_id(shower, text_of(record, "id"));
}

// Adds the COUNT units of the document before and behind the record DOCID.
static enum gaz_status add_neighbours(const struct shower *shower, uint32_t docid, size_t count) {
    char *document;
    struct gaz_docids units = {0};
    enum gaz_status status =
        gaz_archive_value(shower->archive, docid, GAZ_SLOT_DOCUMENT, &document, shower->err);
    if (status != GAZ_OK) {
        return status;
    }
    if (*document) {
        status = select_docids(shower, units_of(shower, document), &units);
    }
    gaz_free(document);
    size_t at = place_of(&units, docid);
    if (status == GAZ_OK && at < units.count) {
        size_t from = at > count ? at - count : 0;
        size_t to = units.count - at > count + 1 ? at + count + 1 : units.count;
        const struct gaz_docids near = {units.items + from, to - from, 0};
        status = each_record(shower, &near, take_id, NULL);
    }
    gaz_free(units.items);
    return status;
}

static enum gaz_status add_context(const struct shower *shower, size_t count) {
    struct gaz_docids shown;
    enum gaz_status status = select_docids(shower, shower->any, &shown);
    for (size_t i = 0; i < shown.count && status == GAZ_OK; i++) {
        status = add_neighbours(shower, shown.items[i], count);
    }
    gaz_free(shown.items);
    return status;
}

enum gaz_status gaz_show_select(const struct gaz_archive *archive, const char *address, size_t context,
                                struct gaz_arena *arena, struct gaz_select **out, struct gaz_err *err) {
    const struct shower shower = {archive, arena, gaz_select_new(arena, GAZ_INDEX_OR), err};
    struct gaz_str typed = gaz_str_trim(gaz_str_of(address));
    const char *copy = gaz_arena_strndup(arena, typed.data, typed.len);
    struct gaz_docids docids;
    if (!shower.any || !copy) {
        return gaz_err_memory(err);
    }
    *out = shower.any;
    enum gaz_status status = resolve(&shower, copy, &docids);
    if (status != GAZ_OK) {
        return status;
    }
    status = docids.count > 0 ? each_record(&shower, &docids, add_record, NULL) : show_range(&shower, typed);
    gaz_free(docids.items);
    return status == GAZ_OK && context > 0 ? add_context(&shower, context) : status;
}
