// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/emit.h"

#include <stdio.h>
#include <string.h>

#include "corpus/analyse.h"
#include "corpus/fold.h"
#include "corpus/place.h"
#include "corpus/sheet.h"
#include "corpus/store.h"
#include "corpus/term.h"
#include "corpus/text.h"
#include "corpus/title.h"

// Terms that grow in an arena.
struct term_list {
    struct gaz_index_term *items;
    size_t count, capacity;
};

enum { VALUE_COUNT = 3 };

// A bundle is closed when its texts hold that many bytes. Larger ones need fewer postings and pack better,
// smaller ones are read faster, of which a query may need many.
enum { BUNDLE_BYTES = 32768 };

// The texts that have n-grams.
enum gram_field { GRAM_TEXT, GRAM_TITLE, GRAM_FIELDS };
static const char *const gram_prefixes[] = {[GRAM_TEXT] = GAZ_TERM_TEXT, [GRAM_TITLE] = GAZ_TERM_TITLE};

// The records that go into the index together.
struct bundle {
    struct gaz_arena *arena; // of all that `documents` point to
    struct gaz_index_document documents[GAZ_BUNDLE_MAX];
    struct gaz_sheet_record sheet[GAZ_BUNDLE_MAX]; // the texts are owned
    size_t count;
    size_t text_bytes;
    struct gaz_analysis grams[GRAM_FIELDS];
};

struct emitter {
    gaz_emit_bundle *take;
    void *context; // of `take`
    const struct gaz_authority *authority;
    const struct gaz_record *issue;
    const struct gaz_record *document; // whose record or unit is being emitted; NULL for what belongs to none
    size_t document_at;                // where among the records the last document stands
    struct gaz_arena *document_arena;  // what lives as long as `document` is the same
    struct term_list document_terms;   // the filter terms that all its records share
    const char *document_place;        // NUL-terminated, "" when unknown
    const char *document_identity;     // what the same document in two issues has in common
    struct bundle bundle;
    struct term_list terms; // of the record being emitted
};

// --- terms ---

static enum gaz_status list_add(struct term_list *list, struct gaz_arena *arena, struct gaz_index_term term,
                                struct gaz_err *err) {
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? 2 * list->capacity : 32;
        struct gaz_index_term *items = gaz_arena_alloc(arena, capacity * sizeof *items);
        if (!items) {
            return gaz_err_memory(err);
        }
        if (list->count > 0) {
            memcpy(items, list->items, list->count * sizeof *items);
        }
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count++] = term;
    return GAZ_OK;
}

// Names that belong to one record or a few, and that nobody lists.
static bool is_rare(struct gaz_index_bytes term) {
    const char *const prefixes[] = {GAZ_TERM_ID, GAZ_TERM_ADDRESS, GAZ_TERM_CITED_FROM, GAZ_TERM_CITES_TITLE,
                                    GAZ_TERM_WHOLE_TITLE};
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        size_t len;
        if (gaz_term_text(term, prefixes[i], &len)) {
            return true;
        }
    }
    return false;
}

static enum gaz_status list_add_name(struct term_list *list, struct gaz_arena *arena,
                                     struct gaz_index_bytes term, struct gaz_err *err) {
    char *bytes = gaz_arena_strndup(arena, term.data, term.len);
    if (!bytes) {
        return gaz_err_memory(err);
    }
    return list_add(list, arena,
                    (struct gaz_index_term){{bytes, term.len}, is_rare(term) ? GAZ_INDEX_RARE : 1}, err);
}

// Adds PREFIX and NAME to the record's terms; a NULL or empty NAME adds nothing.
static enum gaz_status add_name(struct emitter *emitter, const char *prefix, const char *name,
                                struct gaz_err *err) {
    if (!name || !*name) {
        return GAZ_OK;
    }
    struct gaz_term term;
    gaz_term_make(prefix, name, strlen(name), &term);
    return list_add_name(&emitter->terms, emitter->bundle.arena, gaz_term_bytes(&term), err);
}

static enum gaz_status add_folded(struct term_list *list, struct gaz_arena *arena, const char *prefix,
                                  const char *name, struct gaz_err *err) {
    if (!name || !*name) {
        return GAZ_OK;
    }
    struct gaz_term term;
    enum gaz_status status = gaz_term_make_folded(prefix, name, strlen(name), &term, err);
    return status == GAZ_OK ? list_add_name(list, arena, gaz_term_bytes(&term), err) : status;
}

// Adds PREFIX with each authority key of the unit NAME as a gazette of PLACE prints it.
static enum gaz_status add_unit(struct emitter *emitter, struct term_list *list, struct gaz_arena *arena,
                                const char *prefix, const char *name, struct gaz_err *err) {
    const char *place = *emitter->document_place ? emitter->document_place : NULL;
    struct gaz_unit_keys keys = {0};
    enum gaz_status status =
        gaz_authority_keys(emitter->authority, name, strlen(name), place, arena, &keys, err);
    for (size_t i = 0; i < keys.count && status == GAZ_OK; i++) {
        struct gaz_term term;
        gaz_term_make(prefix, keys.items[i], strlen(keys.items[i]), &term);
        status = list_add_name(list, arena, gaz_term_bytes(&term), err);
    }
    return status;
}

static enum gaz_status add_units(struct emitter *emitter, const char *prefix, const char *const *names,
                                 size_t count, struct gaz_err *err) {
    enum gaz_status status = GAZ_OK;
    for (size_t i = 0; i < count && status == GAZ_OK; i++) {
        status = add_unit(emitter, &emitter->terms, emitter->bundle.arena, prefix, names[i], err);
    }
    return status;
}

// Adds the n-grams of the title TEXT; a NULL TEXT adds nothing.
static enum gaz_status add_title(struct emitter *emitter, const char *text, struct gaz_err *err) {
    if (!text) {
        return GAZ_OK;
    }
    struct gaz_folded folded;
    enum gaz_status status = gaz_fold_text(text, strlen(text), GAZ_FOLD_FULL, &folded, err);
    if (status == GAZ_OK) {
        status = gaz_analysis_add(&emitter->bundle.grams[GRAM_TITLE], &folded, err);
        gaz_folded_free(&folded);
    }
    return status;
}

// --- what the records of one document share ---

// The place that 市 and 县 in a document's unit names stand for: its issuer's, else that of the gazette.
static const char *place_of_document(struct emitter *emitter) {
    const char *issuer = emitter->document ? emitter->document->as.document.issuer : NULL;
    const char *names[] = {issuer, emitter->issue->as.issue.gazette};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        size_t at = 0;
        size_t len = names[i] ? gaz_place_find(names[i], strlen(names[i]), &at) : 0;
        if (len > 0) {
            return gaz_arena_strndup(emitter->document_arena, names[i] + at, len);
        }
    }
    return "";
}

static const char *document_id(const struct emitter *emitter) {
    return emitter->document ? emitter->document->id : "";
}

// A number alone is not enough: two documents can share one. NULL when memory is short.
static const char *identity_of_document(struct emitter *emitter) {
    const struct gaz_document_fields *document = emitter->document ? &emitter->document->as.document : NULL;
    if (!document || document->number_count == 0 || !document->title) {
        return document_id(emitter);
    }
    struct gaz_buf identity = GAZ_BUF_INIT;
    gaz_buf_printf(&identity, "%s ", document->numbers[0].key);
    gaz_fold_append(document->title, strlen(document->title), GAZ_FOLD_FULL, &identity);
    const char *copy = identity.status == GAZ_OK
                           ? gaz_arena_strndup(emitter->document_arena, identity.data, identity.len)
                           : NULL;
    gaz_buf_free(&identity);
    return copy;
}

// A joint document names its issuers one after the other.
static enum gaz_status add_issuers(struct emitter *emitter, const char *issuer, struct gaz_err *err) {
    if (!issuer) {
        return GAZ_OK;
    }
    struct gaz_unit_list units = {0};
    enum gaz_status status = gaz_unit_list_read(issuer, strlen(issuer), emitter->document_arena, &units, err);
    for (size_t i = 0; i < units.others_count && status == GAZ_OK; i++) {
        status = add_unit(emitter, &emitter->document_terms, emitter->document_arena, GAZ_TERM_ISSUER,
                          units.others[i], err);
    }
    return status;
}

static enum gaz_status collect_document_terms(struct emitter *emitter, struct gaz_err *err) {
    const struct gaz_document_fields *document = &emitter->document->as.document;
    struct term_list *list = &emitter->document_terms;
    struct gaz_arena *arena = emitter->document_arena;
    enum gaz_status status = add_issuers(emitter, document->issuer, err);
    if (status == GAZ_OK) {
        status = add_folded(list, arena, GAZ_TERM_KIND, document->kind, err);
    }
    if (status == GAZ_OK) {
        status = add_folded(list, arena, GAZ_TERM_CLASS, document->class_name, err);
    }
    if (status == GAZ_OK) {
        status = add_folded(list, arena, GAZ_TERM_SECTION, document->section, err);
    }
    return status;
}

// Documents come in order: the next one stands behind the last.
static const struct gaz_record *find_document(struct emitter *emitter, const struct gaz_records *records,
                                              const char *id) {
    for (size_t i = 0; i < records->count; i++) {
        size_t at = (emitter->document_at + i) % records->count;
        if (records->items[at]->type == GAZ_RECORD_DOCUMENT && strcmp(records->items[at]->id, id) == 0) {
            emitter->document_at = at;
            return records->items[at];
        }
    }
    return NULL;
}

static bool same_document(const struct gaz_record *document, const char *id) {
    return id ? document && strcmp(document->id, id) == 0 : !document;
}

static void leave_document(struct emitter *emitter) {
    gaz_arena_free(emitter->document_arena);
    emitter->document_arena = NULL;
    emitter->document_terms = (struct term_list){0};
}

// Makes the document of RECORD the current one.
static enum gaz_status enter_document(struct emitter *emitter, const struct gaz_records *records,
                                      const struct gaz_record *record, struct gaz_err *err) {
    const char *id = record->type == GAZ_RECORD_DOCUMENT ? record->id : record->document;
    if (emitter->document_arena && same_document(emitter->document, id)) {
        return GAZ_OK;
    }
    leave_document(emitter);
    emitter->document_arena = gaz_arena_new();
    if (!emitter->document_arena) {
        return gaz_err_memory(err);
    }
    emitter->document = id ? find_document(emitter, records, id) : NULL;
    emitter->document_place = place_of_document(emitter);
    emitter->document_identity = identity_of_document(emitter);
    if (!emitter->document_place || !emitter->document_identity) {
        return gaz_err_memory(err);
    }
    return emitter->document ? collect_document_terms(emitter, err) : GAZ_OK;
}

// --- terms by type ---

static enum gaz_status add_responsible(struct emitter *emitter, const struct gaz_unit_list *units,
                                       struct gaz_err *err) {
    enum gaz_status status = add_units(emitter, GAZ_TERM_UNIT, units->lead, units->lead_count, err);
    if (status == GAZ_OK) {
        status = add_units(emitter, GAZ_TERM_UNIT, units->others, units->others_count, err);
    }
    if (status == GAZ_OK) {
        status = add_units(emitter, GAZ_TERM_LEAD, units->lead, units->lead_count, err);
    }
    return status;
}

static enum gaz_status add_addressees(struct emitter *emitter, const char *addressee, struct gaz_err *err) {
    if (!addressee) {
        return GAZ_OK;
    }
    struct gaz_unit_list units = {0};
    enum gaz_status status =
        gaz_unit_list_read(addressee, strlen(addressee), emitter->bundle.arena, &units, err);
    return status == GAZ_OK ? add_units(emitter, GAZ_TERM_ADDRESSEE, units.others, units.others_count, err)
                            : status;
}

static enum gaz_status add_whole_title(struct emitter *emitter, const char *issuer, struct gaz_str title,
                                       struct gaz_err *err) {
    struct gaz_buf whole = GAZ_BUF_INIT;
    gaz_buf_printf(&whole, "%s%.*s", issuer, (int)title.len, title.data);
    enum gaz_status status = gaz_buf_check(&whole, err);
    if (status == GAZ_OK) {
        status = add_folded(&emitter->terms, emitter->bundle.arena, GAZ_TERM_WHOLE_TITLE, whole.data, err);
    }
    gaz_buf_free(&whole);
    return status;
}

// The title WHOLE without a by-name at its end (（“蓝链”行动）), as it is mostly cited; all of it when it has
// none: （试行） and years tell documents apart.
static struct gaz_str without_by_name(struct gaz_str whole) {
    struct gaz_str bare = gaz_text_without_brackets(whole);
    return gaz_str_starts(gaz_str_trim(gaz_str_from(whole, bare.len)), "（“") ? bare : whole;
}

// A document is cited by its title, with or without the issuer and its by-name, or by that of the plan it
// carries.
static enum gaz_status add_whole_titles(struct emitter *emitter, const struct gaz_document_fields *document,
                                        struct gaz_err *err) {
    const struct gaz_str titles[] = {gaz_str_of(document->title), gaz_str_of(document->plan_title),
                                     gaz_title_plan(gaz_str_of(document->title))};
    enum gaz_status status = GAZ_OK;
    for (size_t i = 0; i < sizeof titles / sizeof titles[0] && status == GAZ_OK; i++) {
        if (titles[i].len == 0) {
            continue;
        }
        struct gaz_str whole = titles[i], bare = without_by_name(whole);
        const char *issuers[] = {"", i == 0 ? document->issuer : NULL};
        for (size_t j = 0; j < 2 && issuers[j] && status == GAZ_OK; j++) {
            status = add_whole_title(emitter, issuers[j], whole, err);
            if (status == GAZ_OK && bare.len < whole.len) {
                status = add_whole_title(emitter, issuers[j], bare, err);
            }
        }
    }
    return status;
}

static enum gaz_status add_document(struct emitter *emitter, const struct gaz_document_fields *document,
                                    struct gaz_err *err) {
    enum gaz_status status = add_title(emitter, document->title, err);
    if (status == GAZ_OK) {
        status = add_whole_titles(emitter, document, err);
    }
    for (size_t i = 0; i < document->number_count && status == GAZ_OK; i++) {
        status = add_name(emitter, GAZ_TERM_NUMBER, document->numbers[i].key, err);
    }
    if (status == GAZ_OK) {
        status = add_addressees(emitter, document->addressee, err);
    }
    if (status == GAZ_OK) {
        status =
            add_folded(&emitter->terms, emitter->bundle.arena, GAZ_TERM_PLACE, emitter->document_place, err);
    }
    return status == GAZ_OK ? add_name(emitter, GAZ_TERM_DATE, document->date, err) : status;
}

static enum gaz_status add_citation(struct emitter *emitter, const struct gaz_citation_fields *citation,
                                    struct gaz_err *err) {
    enum gaz_status status = add_name(emitter, GAZ_TERM_CITED_FROM, citation->from, err);
    if (status == GAZ_OK && citation->number) {
        status = add_name(emitter, GAZ_TERM_CITES, citation->number->key, err);
    }
    return status == GAZ_OK ? add_folded(&emitter->terms, emitter->bundle.arena, GAZ_TERM_CITES_TITLE,
                                         citation->title, err)
                            : status;
}

static enum gaz_status add_fields(struct emitter *emitter, const struct gaz_record *record,
                                  struct gaz_err *err) {
    switch (record->type) {
    case GAZ_RECORD_DOCUMENT:
        return add_document(emitter, &record->as.document, err);
    case GAZ_RECORD_CLAUSE:
    case GAZ_RECORD_PARAGRAPH:
        return add_responsible(emitter, &record->as.clause.responsible, err);
    case GAZ_RECORD_ROW:
        return add_responsible(emitter, &record->as.row.responsible, err);
    case GAZ_RECORD_ENTRY:
        return add_name(emitter, GAZ_TERM_DATE, record->as.entry.date, err);
    case GAZ_RECORD_CITATION:
        return add_citation(emitter, &record->as.citation, err);
    case GAZ_RECORD_ISSUE:
    case GAZ_RECORD_CAPTION:
    case GAZ_RECORD_OTHER:
        break;
    }
    return GAZ_OK;
}

static enum gaz_status add_names(struct emitter *emitter, const struct gaz_record *record,
                                 struct gaz_err *err) {
    const char *const names[][2] = {
        {GAZ_TERM_ID, record->id},
        {GAZ_TERM_ISSUE, emitter->issue->id},
        {GAZ_TERM_DOCUMENT, document_id(emitter)},
        {GAZ_TERM_TYPE, gaz_record_type_name(record->type)},
    };
    enum gaz_status status = GAZ_OK;
    for (size_t i = 0; i < sizeof names / sizeof names[0] && status == GAZ_OK; i++) {
        status = add_name(emitter, names[i][0], names[i][1], err);
    }
    return status == GAZ_OK
               ? add_folded(&emitter->terms, emitter->bundle.arena, GAZ_TERM_ADDRESS, record->address, err)
               : status;
}

static enum gaz_status collect_terms(struct emitter *emitter, const struct gaz_record *record,
                                     struct gaz_err *err) {
    enum gaz_status status = add_names(emitter, record, err);
    for (size_t i = 0; i < emitter->document_terms.count && status == GAZ_OK; i++) {
        struct gaz_index_bytes term = emitter->document_terms.items[i].term;
        status = list_add_name(&emitter->terms, emitter->bundle.arena, term, err);
    }
    return status == GAZ_OK ? add_fields(emitter, record, err) : status;
}

// --- one record ---

static const char *record_date(const struct emitter *emitter, const struct gaz_record *record) {
    if (record->type == GAZ_RECORD_ENTRY) {
        return record->as.entry.date;
    }
    return emitter->document ? emitter->document->as.document.date : NULL;
}

static enum gaz_status collect_values(struct emitter *emitter, const struct gaz_record *record,
                                      struct gaz_index_document *out, struct gaz_err *err) {
    const struct {
        uint32_t slot;
        bool ranged;
        const char *text;
    } all[VALUE_COUNT] = {
        {GAZ_SLOT_DATE, true, record_date(emitter, record)},
        {GAZ_SLOT_DOCUMENT, false, document_id(emitter)},
        {GAZ_SLOT_ISSUE, false, emitter->issue->id},
    };
    struct gaz_index_value *values = gaz_arena_alloc(emitter->bundle.arena, VALUE_COUNT * sizeof *values);
    for (size_t i = 0; i < VALUE_COUNT && values; i++) {
        const char *text = all[i].text ? all[i].text : "";
        char *copy = gaz_arena_strndup(emitter->bundle.arena, text, strlen(text));
        if (!copy) {
            return gaz_err_memory(err);
        }
        values[i] = (struct gaz_index_value){all[i].slot, all[i].ranged, {copy, strlen(copy)}};
    }
    out->values = values;
    out->value_count = VALUE_COUNT;
    return values ? GAZ_OK : gaz_err_memory(err);
}

// What is told of the record in the sheet; lives as long as the bundle.
static enum gaz_status collect_sheet(struct emitter *emitter, const struct gaz_record *record,
                                     struct gaz_sheet_record *out, struct gaz_err *err) {
    const char *texts[] = {gaz_record_heading(record), document_id(emitter), emitter->document_identity,
                           record_date(emitter, record)};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const char *text = texts[i] ? texts[i] : "";
        texts[i] = gaz_arena_strndup(emitter->bundle.arena, text, strlen(text));
        if (!texts[i]) {
            return gaz_err_memory(err);
        }
    }
    out->type = record->type;
    out->heading = texts[0];
    out->document = texts[1];
    out->work = texts[2];
    out->date = texts[3];
    return GAZ_OK;
}

// Folds the text, takes its n-grams and makes the data.
static enum gaz_status collect_text(struct emitter *emitter, const struct gaz_record *record,
                                    struct gaz_folded *folded, struct gaz_index_document *out,
                                    struct gaz_err *err) {
    const char *text = record->text ? record->text : "";
    struct gaz_buf data = GAZ_BUF_INIT;
    enum gaz_status status = gaz_fold_text(text, strlen(text), GAZ_FOLD_FULL, folded, err);
    if (status == GAZ_OK && record->type != GAZ_RECORD_CITATION) {
        status = gaz_analysis_add(&emitter->bundle.grams[GRAM_TEXT], folded, err);
    }
    if (status == GAZ_OK) {
        status = gaz_store_write(record, folded, &data, &out->head, err);
    }
    if (status == GAZ_OK) {
        out->data.data = gaz_arena_strndup(emitter->bundle.arena, data.data, data.len);
        out->data.len = data.len;
        status = out->data.data ? GAZ_OK : gaz_err_memory(err);
    }
    gaz_buf_free(&data);
    return status;
}

static enum gaz_status emit_record(struct emitter *emitter, const struct gaz_records *records,
                                   const struct gaz_record *record, struct gaz_err *err) {
    struct bundle *bundle = &emitter->bundle;
    struct gaz_index_document *document = &bundle->documents[bundle->count];
    struct gaz_sheet_record *sheet = &bundle->sheet[bundle->count++];
    *document = (struct gaz_index_document){0};
    *sheet = (struct gaz_sheet_record){0};
    emitter->terms = (struct term_list){0};
    enum gaz_status status = enter_document(emitter, records, record, err);
    if (status == GAZ_OK) {
        status = collect_terms(emitter, record, err);
    }
    if (status == GAZ_OK) {
        status = collect_values(emitter, record, document, err);
    }
    if (status == GAZ_OK) {
        status = collect_sheet(emitter, record, sheet, err);
    }
    if (status == GAZ_OK) {
        status = collect_text(emitter, record, &sheet->text, document, err);
    }
    document->terms = emitter->terms.items;
    document->term_count = emitter->terms.count;
    bundle->text_bytes += record->text ? strlen(record->text) : 0;
    return status;
}

// --- bundles ---

// The n-grams of all fields in one list.
static enum gaz_status join_grams(struct gaz_terms grams[GRAM_FIELDS], struct term_list *out,
                                  struct bundle *bundle, struct gaz_err *err) {
    enum gaz_status status = GAZ_OK;
    for (size_t field = 0; field < GRAM_FIELDS && status == GAZ_OK; field++) {
        status = gaz_analysis_take(&bundle->grams[field], gram_prefixes[field], &grams[field], err);
        out->capacity += grams[field].count;
    }
    out->items = gaz_arena_alloc(bundle->arena, (out->capacity + 1) * sizeof *out->items);
    if (status == GAZ_OK && !out->items) {
        status = gaz_err_memory(err);
    }
    for (size_t field = 0; field < GRAM_FIELDS && status == GAZ_OK; field++) {
        for (size_t i = 0; i < grams[field].count; i++) {
            out->items[out->count++] = grams[field].items[i];
        }
    }
    return status;
}

static void forget_bundle(struct bundle *bundle) {
    for (size_t i = 0; i < bundle->count; i++) {
        gaz_folded_free(&bundle->sheet[i].text);
    }
    gaz_arena_free(bundle->arena);
    bundle->arena = NULL;
    bundle->count = 0;
    bundle->text_bytes = 0;
}

// Packs the bundle, whose first record is number ORDER of the issue, and hands it on.
static enum gaz_status close_bundle(struct emitter *emitter, size_t order, struct gaz_err *err) {
    struct bundle *bundle = &emitter->bundle;
    struct gaz_buf sheet = GAZ_BUF_INIT;
    struct gaz_terms grams[GRAM_FIELDS] = {{0}};
    struct term_list all = {0};
    struct gaz_index_document packed;
    enum gaz_status status = join_grams(grams, &all, bundle, err);
    if (status == GAZ_OK) {
        status = gaz_bundle_pack(bundle->documents, bundle->count, all.items, all.count, bundle->arena,
                                 &packed, err);
    }
    if (status == GAZ_OK) {
        status = gaz_sheet_write(bundle->sheet, bundle->count, emitter->issue->id, order, &sheet, err);
    }
    if (status == GAZ_OK) {
        packed.sheet = (struct gaz_index_bytes){sheet.data, sheet.len};
        status = emitter->take(emitter->context, &packed, err);
    }
    gaz_buf_free(&sheet);
    for (size_t field = 0; field < GRAM_FIELDS; field++) {
        gaz_terms_free(&grams[field]);
    }
    forget_bundle(bundle);
    return status;
}

// Emits the records from AT on until a bundle is full; *AT is then the next one.
static enum gaz_status emit_bundle(struct emitter *emitter, const struct gaz_records *records, size_t *at,
                                   struct gaz_err *err) {
    struct bundle *bundle = &emitter->bundle;
    size_t first = *at;
    bundle->arena = gaz_arena_new();
    enum gaz_status status = bundle->arena ? GAZ_OK : gaz_err_memory(err);
    while (*at < records->count && bundle->count < GAZ_BUNDLE_MAX && bundle->text_bytes < BUNDLE_BYTES &&
           status == GAZ_OK) {
        status = emit_record(emitter, records, records->items[(*at)++], err);
    }
    return status == GAZ_OK ? close_bundle(emitter, first, err) : status;
}

void gaz_emit_owner(const char *issue, struct gaz_term *out) {
    // As wide as what the index adds to the name, so that a long one is cut soon enough.
    static const char room[] = "             ";
    _Static_assert(sizeof room - 1 == GAZ_INDEX_TERM_MAX - GAZ_INDEX_OWNER_MAX, "width of what is added");
    gaz_term_make(room, issue, strlen(issue), out);
    out->len -= sizeof room - 1;
    memmove(out->bytes, out->bytes + sizeof room - 1, out->len);
}

enum gaz_status gaz_emit_bundles(const struct gaz_records *records, const struct gaz_authority *authority,
                                 gaz_emit_bundle *take, void *context, struct gaz_err *err) {
    if (records->count == 0 || records->items[0]->type != GAZ_RECORD_ISSUE) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT, "records that do not begin with their issue");
    }
    struct emitter *emitter = gaz_calloc(1, sizeof *emitter);
    if (!emitter) {
        return gaz_err_memory(err);
    }
    *emitter = (struct emitter){
        .take = take, .context = context, .authority = authority, .issue = records->items[0]};
    enum gaz_status status = GAZ_OK;
    for (size_t at = 0; at < records->count && status == GAZ_OK;) {
        status = emit_bundle(emitter, records, &at, err);
    }
    forget_bundle(&emitter->bundle);
    leave_document(emitter);
    for (size_t field = 0; field < GRAM_FIELDS; field++) {
        gaz_analysis_free(&emitter->bundle.grams[field]);
    }
    gaz_free(emitter);
    return status;
}

// --- to an index ---

// An issue on its way into an index.
struct destination {
    struct gaz_index_writer *writer;
    struct gaz_term owner;
};

static enum gaz_status add_bundle(void *context, const struct gaz_index_document *bundle,
                                  struct gaz_err *err) {
    struct destination *to = context;
    return gaz_index_writer_add(to->writer, gaz_term_bytes(&to->owner), bundle, NULL, err);
}

enum gaz_status gaz_emit_issue(struct gaz_index_writer *writer, const struct gaz_records *records,
                               const struct gaz_authority *authority, struct gaz_err *err) {
    struct destination to = {.writer = writer};
    gaz_emit_owner(records->count > 0 ? records->items[0]->id : "-", &to.owner);
    enum gaz_status status = gaz_index_writer_remove(writer, gaz_term_bytes(&to.owner), err);
    return status == GAZ_OK ? gaz_emit_bundles(records, authority, add_bundle, &to, err) : status;
}
