// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/show.h"

#include <string.h>

#include "corpus/text.h"
#include "searcher/issue.h"

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

static enum gaz_status add(const struct shower *shower, const struct gaz_select *select) {
    return gaz_select_add(shower->arena, shower->any, select) ? GAZ_OK : gaz_err_memory(shower->err);
}

static enum gaz_status add_id(const struct shower *shower, const char *id) {
    return add(shower, gaz_select_name(shower->arena, GAZ_TERM_ID, id));
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

// Whether UNIT stands under CLAUSE: in the same attachment, its path going on from that of CLAUSE.
static bool is_under(const json_t *unit, const json_t *clause) {
    const json_t *path = json_object_get(clause, "path"), *longer = json_object_get(unit, "path");
    if (json_array_size(longer) < json_array_size(path) ||
        !json_equal(json_object_get(unit, "attachment"), json_object_get(clause, "attachment"))) {
        return false;
    }
    for (size_t i = 0; i < json_array_size(path); i++) {
        if (!json_equal(json_array_get(path, i), json_array_get(longer, i))) {
            return false;
        }
    }
    return true;
}

static enum gaz_status add_if_under(const struct shower *shower, uint32_t docid, const json_t *clause) {
    json_t *unit = NULL;
    enum gaz_status status = gaz_archive_record(shower->archive, docid, &unit, shower->err);
    if (status == GAZ_OK && is_under(unit, clause)) {
        status = add_id(shower, text_of(unit, "id"));
    }
    json_decref(unit);
    return status;
}

static enum gaz_status add_clause(const struct shower *shower, const json_t *clause) {
    struct gaz_select *units = units_of(shower, text_of(clause, "document"));
    struct gaz_docids docids;
    if (!units) {
        return gaz_err_memory(shower->err);
    }
    enum gaz_status status = gaz_archive_select(shower->archive, &units->query, &docids, shower->err);
    if (status != GAZ_OK) {
        return status;
    }
    for (size_t i = 0; i < docids.count && status == GAZ_OK; i++) {
        status = add_if_under(shower, docids.items[i], clause);
    }
    gaz_free(docids.items);
    return status;
}

static enum gaz_status add_record(const struct shower *shower, const json_t *record) {
    const char *id = text_of(record, "id");
    switch (gaz_record_type_parse(text_of(record, "type"))) {
    case GAZ_RECORD_DOCUMENT:
        return add(shower, units_of(shower, id));
    case GAZ_RECORD_ISSUE: {
        enum gaz_status status = add_id(shower, id);
        return status == GAZ_OK ? add(shower, documents_of(shower, id)) : status;
    }
    case GAZ_RECORD_CLAUSE:
        return add_clause(shower, record);
    default:
        return add_id(shower, id);
    }
}

// Adds the records of SELECT with what belongs to them.
static enum gaz_status add_records(const struct shower *shower, const struct gaz_select *select,
                                   bool *found) {
    struct gaz_docids docids;
    if (!select) {
        return gaz_err_memory(shower->err);
    }
    enum gaz_status status = gaz_archive_select(shower->archive, &select->query, &docids, shower->err);
    if (status != GAZ_OK) {
        return status;
    }
    *found = docids.count > 0;
    for (size_t i = 0; i < docids.count && status == GAZ_OK; i++) {
        json_t *record = NULL;
        status = gaz_archive_record(shower->archive, docids.items[i], &record, shower->err);
        if (status == GAZ_OK) {
            status = add_record(shower, record);
        }
        json_decref(record);
    }
    gaz_free(docids.items);
    return status;
}

// --- addresses ---

static struct gaz_select *without_citations(const struct shower *shower, struct gaz_select *select) {
    return gaz_select_without(shower->arena, select, gaz_select_type(shower->arena, GAZ_RECORD_CITATION));
}

static enum gaz_status show_address(const struct shower *shower, const char *address, bool *found) {
    struct gaz_select *at = gaz_select_folded(shower->arena, GAZ_TERM_ADDRESS, address);
    return add_records(shower, without_citations(shower, at), found);
}

static enum gaz_status show_id(const struct shower *shower, const char *id, bool *found) {
    return add_records(shower, gaz_select_name(shower->arena, GAZ_TERM_ID, id), found);
}

static enum gaz_status show_issue(const struct shower *shower, const char *name, bool *found) {
    struct gaz_strings ids = {0};
    enum gaz_status status = gaz_issue_ids(shower->archive, name, shower->arena, &ids, shower->err);
    return status == GAZ_OK ? add_records(shower, gaz_select_any(shower->arena, GAZ_TERM_ID, &ids), found)
                            : status;
}

// REST of an address behind the number of the document DOCID.
static enum gaz_status show_in_document(const struct shower *shower, uint32_t docid, const char *rest,
                                        bool *found) {
    json_t *document = NULL;
    struct gaz_buf address = GAZ_BUF_INIT;
    bool here = false;
    enum gaz_status status = gaz_archive_record(shower->archive, docid, &document, shower->err);
    if (status == GAZ_OK) {
        gaz_buf_printf(&address, "%s %s", text_of(document, "address"), rest);
        status = gaz_buf_check(&address, shower->err);
    }
    if (status == GAZ_OK) {
        status = show_address(shower, address.data, &here);
    }
    *found = *found || here;
    gaz_buf_free(&address);
    json_decref(document);
    return status;
}

static enum gaz_status show_in_documents(const struct shower *shower, const struct gaz_strings *keys,
                                         const char *rest, bool *found) {
    struct gaz_select *documents = gaz_select_any(shower->arena, GAZ_TERM_NUMBER, keys);
    struct gaz_docids docids;
    if (!documents) {
        return gaz_err_memory(shower->err);
    }
    enum gaz_status status = gaz_archive_select(shower->archive, &documents->query, &docids, shower->err);
    for (size_t i = 0; i < docids.count && status == GAZ_OK; i++) {
        status = show_in_document(shower, docids.items[i], rest, found);
    }
    gaz_free(docids.items);
    return status;
}

// The longest beginning of ADDRESS, up to a blank, that is a number by itself; 0 when there is none.
static enum gaz_status number_length(const struct shower *shower, struct gaz_str address,
                                     struct gaz_docnum *number, size_t *length) {
    struct gaz_docnums numbers = {0};
    *length = 0;
    enum gaz_status status = gaz_docnum_find(address.data, address.len, shower->arena, &numbers, shower->err);
    if (status == GAZ_OK && numbers.count > 0 && numbers.items[0].offset == 0) {
        *number = numbers.items[0];
        *length = number->length;
    }
    return status;
}

static enum gaz_status show_numbered(const struct shower *shower, struct gaz_str address, bool *found) {
    struct gaz_docnum number;
    struct gaz_strings keys = {0};
    size_t length;
    enum gaz_status status = number_length(shower, address, &number, &length);
    if (status != GAZ_OK || length == 0) {
        return status;
    }
    status =
        gaz_archive_number_keys(shower->archive, GAZ_TERM_NUMBER, &number, shower->arena, &keys, shower->err);
    struct gaz_str rest = gaz_str_trim(gaz_str_from(address, length));
    const char *copy = gaz_arena_strndup(shower->arena, rest.data, rest.len);
    if (status == GAZ_OK && !copy) {
        status = gaz_err_memory(shower->err);
    }
    return status == GAZ_OK ? show_in_documents(shower, &keys, copy, found) : status;
}

enum gaz_status gaz_show_select(const struct gaz_archive *archive, const char *address,
                                struct gaz_arena *arena, struct gaz_select **out, struct gaz_err *err) {
    const struct shower shower = {archive, arena, gaz_select_new(arena, GAZ_INDEX_OR), err};
    struct gaz_str typed = gaz_str_trim(gaz_str_of(address));
    const char *copy = gaz_arena_strndup(arena, typed.data, typed.len);
    bool found = false;
    if (!shower.any || !copy) {
        return gaz_err_memory(err);
    }
    enum gaz_status status = show_id(&shower, copy, &found);
    if (status == GAZ_OK && !found) {
        status = show_address(&shower, copy, &found);
    }
    if (status == GAZ_OK && !found) {
        status = show_numbered(&shower, typed, &found);
    }
    if (status == GAZ_OK && !found) {
        status = show_issue(&shower, copy, &found);
    }
    *out = shower.any;
    return status;
}
