// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/field.h"

#include <string.h>

#include "corpus/fold.h"
#include "corpus/text.h"
#include "searcher/citation.h"
#include "searcher/daterange.h"
#include "searcher/issue.h"
#include "searcher/numbers.h"
#include "searcher/plan.h"
#include "searcher/typed_date.h"

// What a field is asked with.
struct asker {
    const struct gaz_archive *archive;
    struct gaz_arena *arena;
    struct gaz_err *err;
};

static enum gaz_status made(const struct asker *asker, struct gaz_select *select, struct gaz_select **out) {
    *out = select;
    return select ? GAZ_OK : gaz_err_memory(asker->err);
}

// --- documents and their records ---

// The ids of the documents that DOCIDS belong to.
static enum gaz_status document_ids(const struct asker *asker, const struct gaz_docids *docids,
                                    struct gaz_select *any, struct gaz_err *err) {
    for (size_t i = 0; i < docids->count; i++) {
        char *id;
        enum gaz_status status =
            gaz_archive_value(asker->archive, docids->items[i], GAZ_SLOT_DOCUMENT, &id, err);
        if (status != GAZ_OK) {
            return status;
        }
        bool ok = gaz_select_add(asker->arena, any, gaz_select_name(asker->arena, GAZ_TERM_DOCUMENT, id));
        gaz_free(id);
        if (!ok) {
            return gaz_err_memory(err);
        }
    }
    return GAZ_OK;
}

enum gaz_status gaz_field_whole_documents(const struct gaz_archive *archive,
                                          const struct gaz_select *documents, struct gaz_arena *arena,
                                          struct gaz_select **out, struct gaz_err *err) {
    struct asker asker = {archive, arena, err};
    struct gaz_docids docids;
    enum gaz_status status = gaz_archive_select(archive, &documents->query, &docids, err);
    if (status != GAZ_OK) {
        return status;
    }
    status = made(&asker, gaz_select_new(arena, GAZ_INDEX_OR), out);
    if (status == GAZ_OK) {
        status = document_ids(&asker, &docids, *out, err);
    }
    gaz_free(docids.items);
    return status;
}

static enum gaz_status whole_documents(const struct asker *asker, struct gaz_select *documents,
                                       struct gaz_select **out) {
    if (!documents) {
        return gaz_err_memory(asker->err);
    }
    return gaz_field_whole_documents(asker->archive, documents, asker->arena, out, asker->err);
}

// --- numbers ---

// The keys after PREFIX of all numbers that TEXT asks for.
static enum gaz_status number_keys(const struct asker *asker, const char *prefix, const char *text,
                                   struct gaz_strings *keys) {
    struct gaz_docnums numbers;
    enum gaz_status status = gaz_numbers_read(text, asker->arena, &numbers, asker->err);
    for (size_t i = 0; i < numbers.count && status == GAZ_OK; i++) {
        status = gaz_archive_number_keys(asker->archive, prefix, &numbers.items[i], asker->arena, keys,
                                         asker->err);
    }
    return status;
}

enum gaz_status gaz_field_numbered(const struct gaz_archive *archive, const char *text,
                                   struct gaz_arena *arena, struct gaz_select **out, struct gaz_err *err) {
    struct asker asker = {archive, arena, err};
    struct gaz_strings keys = {0};
    enum gaz_status status = number_keys(&asker, GAZ_TERM_NUMBER, text, &keys);
    return status == GAZ_OK ? made(&asker, gaz_select_any(arena, GAZ_TERM_NUMBER, &keys), out) : status;
}

static enum gaz_status select_number(const struct asker *asker, const char *text, struct gaz_select **out) {
    struct gaz_select *documents = NULL;
    enum gaz_status status = gaz_field_numbered(asker->archive, text, asker->arena, &documents, asker->err);
    return status == GAZ_OK ? whole_documents(asker, documents, out) : status;
}

// --- units ---

// PREFIX with any key of the unit.
static enum gaz_status select_unit(const struct asker *asker, const char *prefix, const char *text,
                                   struct gaz_select **out) {
    struct gaz_strings keys = {0};
    enum gaz_status status =
        gaz_archive_unit_keys(asker->archive, text, strlen(text), asker->arena, &keys, asker->err);
    return status == GAZ_OK ? made(asker, gaz_select_any(asker->arena, prefix, &keys), out) : status;
}

enum gaz_status gaz_field_issued(const struct gaz_archive *archive, const char *unit, struct gaz_arena *arena,
                                 struct gaz_select **out, struct gaz_err *err) {
    struct asker asker = {archive, arena, err};
    struct gaz_select *records = NULL;
    enum gaz_status status = select_unit(&asker, GAZ_TERM_ISSUER, unit, &records);
    return status == GAZ_OK
               ? made(&asker, gaz_select_both(arena, records, gaz_select_type(arena, GAZ_RECORD_DOCUMENT)),
                      out)
               : status;
}

static enum gaz_status select_addressee(const struct asker *asker, const char *text,
                                        struct gaz_select **out) {
    struct gaz_select *documents = NULL;
    enum gaz_status status = select_unit(asker, GAZ_TERM_ADDRESSEE, text, &documents);
    return status == GAZ_OK ? whole_documents(asker, documents, out) : status;
}

// --- titles ---

static enum gaz_status title_contains(const json_t *record, const struct gaz_folded *needle, bool *contains,
                                      struct gaz_err *err) {
    struct gaz_str title = gaz_str_of(json_string_value(json_object_get(record, "title")));
    struct gaz_folded folded;
    enum gaz_status status = gaz_fold_text(title.data, title.len, GAZ_FOLD_FULL, &folded, err);
    if (status == GAZ_OK) {
        *contains = gaz_folded_find(&folded, needle, 0) != SIZE_MAX;
        gaz_folded_free(&folded);
    }
    return status;
}

// Adds to ANY the document of DOCID when its title contains NEEDLE.
static enum gaz_status add_titled(const struct asker *asker, uint32_t docid, const struct gaz_folded *needle,
                                  struct gaz_select *any) {
    json_t *record = NULL;
    bool contains = false;
    enum gaz_status status = gaz_archive_record(asker->archive, docid, &record, asker->err);
    if (status == GAZ_OK) {
        status = title_contains(record, needle, &contains, asker->err);
    }
    if (status == GAZ_OK && contains) {
        const char *id = json_string_value(json_object_get(record, "id"));
        if (!gaz_select_add(asker->arena, any, gaz_select_name(asker->arena, GAZ_TERM_DOCUMENT, id))) {
            status = gaz_err_memory(asker->err);
        }
    }
    json_decref(record);
    return status;
}

static enum gaz_status select_titled(const struct asker *asker, const struct gaz_docids *docids,
                                     const char *text, struct gaz_select *any) {
    struct gaz_folded needle;
    enum gaz_status status = gaz_fold_text(text, strlen(text), GAZ_FOLD_FULL, &needle, asker->err);
    if (status != GAZ_OK) {
        return status;
    }
    for (size_t i = 0; i < docids->count && status == GAZ_OK; i++) {
        status = add_titled(asker, docids->items[i], &needle, any);
    }
    gaz_folded_free(&needle);
    return status;
}

static enum gaz_status select_title(const struct asker *asker, const char *text, struct gaz_select **out) {
    struct gaz_arena *arena = asker->arena;
    struct gaz_select *candidates =
        gaz_select_both(arena, gaz_plan_phrase(arena, GAZ_TERM_TITLE, text, asker->err),
                        gaz_select_type(arena, GAZ_RECORD_DOCUMENT));
    struct gaz_docids docids;
    if (!candidates) {
        return gaz_err_memory(asker->err);
    }
    enum gaz_status status = gaz_archive_select(asker->archive, &candidates->query, &docids, asker->err);
    if (status != GAZ_OK) {
        return status;
    }
    status = made(asker, gaz_select_new(asker->arena, GAZ_INDEX_OR), out);
    if (status == GAZ_OK) {
        status = select_titled(asker, &docids, text, *out);
    }
    gaz_free(docids.items);
    return status;
}

// --- others ---

static enum gaz_status select_issue(const struct asker *asker, const char *text, struct gaz_select **out) {
    struct gaz_strings ids = {0};
    enum gaz_status status = gaz_issue_ids(asker->archive, text, asker->arena, &ids, asker->err);
    return status == GAZ_OK ? made(asker, gaz_select_any(asker->arena, GAZ_TERM_ISSUE, &ids), out) : status;
}

// The dates held that fall on days of the year.
struct day_walk {
    const struct asker *asker;
    const struct gaz_date_range *days;
    struct gaz_select *any;
    bool failed;
};

static int add_day(void *context, struct gaz_index_bytes term, uint32_t frequency) {
    (void)frequency;
    struct day_walk *walk = context;
    struct gaz_arena *arena = walk->asker->arena;
    const size_t year = strlen("2023-");
    size_t len;
    const char *date = gaz_term_text(term, GAZ_TERM_DATE, &len);
    if (!date || len <= year) {
        return 0;
    }
    const char *iso = gaz_arena_strndup(arena, date, len);
    bool falls = iso && strcmp(walk->days->low, iso + year) <= 0 && strcmp(iso + year, walk->days->high) <= 0;
    walk->failed = !iso || (falls && !gaz_select_add(arena, walk->any,
                                                     gaz_select_range(arena, GAZ_SLOT_DATE, iso, iso)));
    return walk->failed;
}

static enum gaz_status select_days_of_year(const struct asker *asker, const struct gaz_date_range *days,
                                           struct gaz_select **out) {
    struct day_walk walk = {asker, days, gaz_select_new(asker->arena, GAZ_INDEX_OR), false};
    const struct gaz_index_bytes prefix = {GAZ_TERM_DATE, strlen(GAZ_TERM_DATE)};
    if (!walk.any) {
        return gaz_err_memory(asker->err);
    }
    enum gaz_status status = gaz_index_terms(asker->archive->index, prefix, add_day, &walk, asker->err);
    if (status == GAZ_OK) {
        status = made(asker, walk.failed ? NULL : walk.any, out);
    }
    return status;
}

static enum gaz_status select_date(const struct asker *asker, const char *text, struct gaz_select **out) {
    struct gaz_date_range *range = gaz_arena_alloc(asker->arena, sizeof *range);
    const char *normal;
    if (!range) {
        return gaz_err_memory(asker->err);
    }
    enum gaz_status status = gaz_typed_date_normal(text, asker->arena, &normal, asker->err);
    if (status != GAZ_OK) {
        return status;
    }
    if (gaz_date_range_of_year(normal, range)) {
        return select_days_of_year(asker, range, out);
    }
    if (!gaz_date_range_read(normal, range)) {
        return gaz_err_set(asker->err, GAZ_ERR_QUERY,
                           "\"%s\" is no date: write 2023-10-07, 2023-10, 2023 or FROM..TO",
                           gaz_quote(text).text);
    }
    return made(asker, gaz_select_range(asker->arena, GAZ_SLOT_DATE, range->low, range->high), out);
}

// The units in which the citations stand that carry PREFIX and one of KEYS.
static enum gaz_status citing_units(const struct asker *asker, const struct gaz_select *citations,
                                    struct gaz_select **out) {
    struct gaz_docids docids;
    enum gaz_status status = gaz_archive_select(asker->archive, &citations->query, &docids, asker->err);
    if (status != GAZ_OK) {
        return status;
    }
    status = made(asker, gaz_select_new(asker->arena, GAZ_INDEX_OR), out);
    for (size_t i = 0; i < docids.count && status == GAZ_OK; i++) {
        json_t *record = NULL;
        status = gaz_archive_record(asker->archive, docids.items[i], &record, asker->err);
        const char *from = json_string_value(json_object_get(record, "from"));
        if (from && !gaz_select_add(asker->arena, *out, gaz_select_name(asker->arena, GAZ_TERM_ID, from))) {
            status = gaz_err_memory(asker->err);
        }
        json_decref(record);
    }
    gaz_free(docids.items);
    return status;
}

static bool is_title(struct gaz_str text) {
    return gaz_str_starts(text, "《") && gaz_str_ends(text, "》");
}

// A number or 《title》 that is cited.
static enum gaz_status select_cites(const struct asker *asker, const char *text, struct gaz_select **out) {
    struct gaz_str typed = gaz_str_trim(gaz_str_of(text));
    struct gaz_select *citations = NULL;
    enum gaz_status status;
    if (is_title(typed)) {
        size_t mark = strlen("《");
        char *title = gaz_arena_strndup(asker->arena, typed.data + mark, typed.len - 2 * mark);
        struct gaz_select *titled =
            title ? gaz_select_folded(asker->arena, GAZ_TERM_CITES_TITLE, title) : NULL;
        status = made(asker, titled, &citations);
    } else {
        struct gaz_strings keys = {0};
        status = number_keys(asker, GAZ_TERM_CITES, text, &keys);
        if (status == GAZ_OK) {
            status = number_keys(asker, GAZ_TERM_NUMBER, text, &keys);
        }
        if (status == GAZ_OK) {
            status = gaz_citations_select(asker->archive, &keys, asker->arena, &citations, asker->err);
        }
    }
    return status == GAZ_OK ? citing_units(asker, citations, out) : status;
}

static enum gaz_status select_type(const struct asker *asker, const char *text, struct gaz_select **out) {
    int type = gaz_record_type_parse(text);
    if (type < 0) {
        return gaz_err_set(
            asker->err, GAZ_ERR_QUERY,
            "\"%s\" is no type of unit: use document, clause, paragraph, row, entry, caption or other",
            gaz_quote(text).text);
    }
    return made(asker, gaz_select_type(asker->arena, (enum gaz_record_type)type), out);
}

enum gaz_status gaz_field_select(const struct gaz_archive *archive, enum gaz_field field, const char *text,
                                 struct gaz_arena *arena, struct gaz_select **out, struct gaz_err *err) {
    struct asker asker = {archive, arena, err};
    switch (field) {
    case GAZ_FIELD_NUMBER:
        return select_number(&asker, text, out);
    case GAZ_FIELD_UNIT:
        return select_unit(&asker, GAZ_TERM_UNIT, text, out);
    case GAZ_FIELD_LEAD:
        return select_unit(&asker, GAZ_TERM_LEAD, text, out);
    case GAZ_FIELD_TITLE:
        return select_title(&asker, text, out);
    case GAZ_FIELD_ISSUER:
        return select_unit(&asker, GAZ_TERM_ISSUER, text, out);
    case GAZ_FIELD_KIND:
        return made(&asker, gaz_select_folded(arena, GAZ_TERM_KIND, text), out);
    case GAZ_FIELD_CLASS:
        return made(&asker, gaz_select_folded(arena, GAZ_TERM_CLASS, text), out);
    case GAZ_FIELD_SECTION:
        return made(&asker, gaz_select_folded(arena, GAZ_TERM_SECTION, text), out);
    case GAZ_FIELD_ISSUE:
        return select_issue(&asker, text, out);
    case GAZ_FIELD_DATE:
        return select_date(&asker, text, out);
    case GAZ_FIELD_ADDRESSEE:
        return select_addressee(&asker, text, out);
    case GAZ_FIELD_CITES:
        return select_cites(&asker, text, out);
    case GAZ_FIELD_TYPE:
        return select_type(&asker, text, out);
    case GAZ_FIELD_PATTERN: // these are matched on the text
    case GAZ_FIELD_REGEX:
    case GAZ_FIELD_COUNT:
        break;
    }
    return gaz_err_set(err, GAZ_ERR_INTERNAL, "unknown field: this is a defect");
}
