// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/web/reader.h"

#include <string.h>

#include "searcher/show.h"

// --- records ---

static enum gaz_status take(const struct gaz_page *page, const struct gaz_docids *docids, json_t *out,
                            struct gaz_err *err) {
    enum gaz_status status = GAZ_OK;
    for (size_t i = 0; i < docids->count && status == GAZ_OK; i++) {
        json_t *record = NULL;
        status = gaz_archive_record(page->archive, docids->items[i], &record, err);
        if (status == GAZ_OK && json_array_append_new(out, record) != 0) {
            status = gaz_err_memory(err);
        }
    }
    return status;
}

enum gaz_status gaz_reader_select(const struct gaz_page *page, const struct gaz_select *select, json_t **out,
                                  struct gaz_err *err) {
    struct gaz_docids docids = {0};
    json_t *records = json_array();
    enum gaz_status status = select && records
                                 ? gaz_archive_select(page->archive, &select->query, &docids, err)
                                 : gaz_err_memory(err);
    if (status == GAZ_OK) {
        status = take(page, &docids, records, err);
    }
    gaz_free(docids.items);
    if (status != GAZ_OK) {
        json_decref(records);
        return status;
    }
    *out = records;
    return GAZ_OK;
}

enum gaz_status gaz_reader_show(const struct gaz_page *page, const char *address, json_t **out,
                                struct gaz_err *err) {
    struct gaz_select *select = NULL;
    enum gaz_status status = gaz_show_select(page->archive, address, 0, page->arena, &select, err);
    return status == GAZ_OK ? gaz_reader_select(page, select, out, err) : status;
}

static struct gaz_select *of_document(const struct gaz_page *page, const char *id) {
    return gaz_select_name(page->arena, GAZ_TERM_DOCUMENT, id);
}

static struct gaz_select *citations(const struct gaz_page *page) {
    return gaz_select_type(page->arena, GAZ_RECORD_CITATION);
}

static bool is_document(const json_t *record) {
    return strcmp(gaz_page_field(record, "type"), gaz_record_type_name(GAZ_RECORD_DOCUMENT)) == 0;
}

// The units; the document's own record may be among what is selected.
static enum gaz_status read_units(const struct gaz_page *page, const char *id, struct gaz_reader *out,
                                  struct gaz_err *err) {
    enum gaz_status status = gaz_reader_select(
        page, gaz_select_without(page->arena, of_document(page, id), citations(page)), &out->units, err);
    for (size_t i = json_array_size(out->units); i-- > 0;) {
        if (is_document(json_array_get(out->units, i))) {
            json_array_remove(out->units, i);
        }
    }
    return status;
}

// --- what it cites ---

static enum gaz_status note_cited(const struct gaz_page *page, struct gaz_reader *reader,
                                  struct gaz_err *err) {
    size_t count = json_array_size(reader->cites), i;
    struct gaz_cited *items = gaz_arena_alloc(page->arena, (count + 1) * sizeof *items);
    json_t *citation;
    if (!items) {
        return gaz_err_memory(err);
    }
    reader->cited.items = items;
    json_array_foreach(reader->cites, i, citation) {
        const char *to = gaz_page_field(citation, "to"), *text = gaz_page_field(citation, "text");
        if (*to && *gaz_page_field(citation, "title") && *text) {
            items[reader->cited.count++] = (struct gaz_cited){text, to};
        }
    }
    return GAZ_OK;
}

static enum gaz_status read_cites(const struct gaz_page *page, const char *id, struct gaz_reader *out,
                                  struct gaz_err *err) {
    size_t i;
    json_t *citation;
    enum gaz_status status = gaz_reader_select(
        page, gaz_select_both(page->arena, of_document(page, id), citations(page)), &out->cites, err);
    json_array_foreach(out->cites, i, citation) {
        status = status == GAZ_OK ? gaz_citation_resolve(page->archive, citation, err) : status;
    }
    return status == GAZ_OK ? note_cited(page, out, err) : status;
}

// --- who cites it ---

// The evidence is some of those who cite, in a list of its own.
static enum gaz_status note_validity(const struct gaz_page *page, struct gaz_reader *reader,
                                     struct gaz_err *err) {
    size_t size = reader->cited_by.count * sizeof *reader->cited_by.items;
    reader->evidence = reader->cited_by;
    reader->evidence.items = gaz_arena_alloc(page->arena, size + 1);
    if (!reader->evidence.items) {
        return gaz_err_memory(err);
    }
    if (size > 0) {
        memcpy(reader->evidence.items, reader->cited_by.items, size);
    }
    reader->validity = gaz_citings_validity(&reader->evidence);
    return GAZ_OK;
}

static enum gaz_status read_cited_by(const struct gaz_page *page, uint32_t docid, struct gaz_reader *out,
                                     struct gaz_err *err) {
    enum gaz_status status = gaz_citings_of_document(page->archive, docid, page->arena, &out->cited_by, err);
    return status == GAZ_OK ? note_validity(page, out, err) : status;
}

// --- the document ---

static enum gaz_status find(const struct gaz_page *page, const char *id, uint32_t *docid,
                            struct gaz_err *err) {
    const struct gaz_select *select =
        gaz_select_both(page->arena, gaz_select_name(page->arena, GAZ_TERM_ID, id),
                        gaz_select_type(page->arena, GAZ_RECORD_DOCUMENT));
    struct gaz_docids docids = {0};
    enum gaz_status status =
        select ? gaz_archive_select(page->archive, &select->query, &docids, err) : gaz_err_memory(err);
    if (status == GAZ_OK && docids.count == 0) {
        status = gaz_err_set(err, GAZ_ERR_NOT_FOUND, "%s: no such document", id);
    }
    *docid = status == GAZ_OK ? docids.items[0] : 0;
    gaz_free(docids.items);
    return status;
}

static enum gaz_status read_issue(const struct gaz_page *page, const char *id, struct gaz_reader *out,
                                  struct gaz_err *err) {
    const char *issue = gaz_arena_strndup(page->arena, id, strcspn(id, "/"));
    return issue ? gaz_archive_record_by_id(page->archive, issue, &out->issue, err) : gaz_err_memory(err);
}

// --- what was sought ---

// Whoever comes from a search sees it marked. A question that makes no sense here marks nothing.
static void read_sought(struct gaz_page *page, struct gaz_reader *out) {
    if (page->target.parameter_count == 0 || gaz_page_ask(page, false, NULL) != GAZ_OK ||
        !page->asked.request.query) {
        return;
    }
    struct gaz_request request = page->asked.request;
    request.extract = true; // finds nothing beforehand: what matches is only asked of the units here
    request.count = request.facets = false;
    request.kwic = 0;
    request.after = NULL;
    out->is_sought = gaz_search(page->archive, &request, &out->answer, NULL) == GAZ_OK;
}

enum gaz_status gaz_reader_marks(const struct gaz_page *page, const struct gaz_reader *reader,
                                 const json_t *unit, struct gaz_marks *out, struct gaz_err *err) {
    struct gaz_answer_marks found = {0};
    *out = (struct gaz_marks){0};
    if (!reader->is_sought || !reader->answer.plan.matcher) {
        return GAZ_OK;
    }
    enum gaz_status status = gaz_answer_mark(&reader->answer, unit, "text", page->arena, &found, err);
    *out = found.marks;
    return status;
}

enum gaz_status gaz_reader_open(struct gaz_page *page, const char *id, struct gaz_reader *out,
                                struct gaz_err *err) {
    uint32_t docid = 0;
    *out = (struct gaz_reader){0};
    enum gaz_status status = find(page, id, &docid, err);
    if (status == GAZ_OK) {
        status = gaz_archive_record(page->archive, docid, &out->document, err);
    }
    if (status == GAZ_OK) {
        status = read_issue(page, id, out, err);
    }
    if (status == GAZ_OK) {
        status = read_units(page, id, out, err);
    }
    if (status == GAZ_OK) {
        status = read_cites(page, id, out, err);
    }
    if (status == GAZ_OK) {
        status = read_cited_by(page, docid, out, err);
    }
    if (status == GAZ_OK) {
        read_sought(page, out);
    } else {
        gaz_reader_close(out);
    }
    return status;
}

void gaz_reader_close(struct gaz_reader *reader) {
    json_decref(reader->document);
    json_decref(reader->issue);
    json_decref(reader->units);
    json_decref(reader->cites);
    if (reader->is_sought) {
        gaz_answer_free(&reader->answer);
    }
    *reader = (struct gaz_reader){0};
}
