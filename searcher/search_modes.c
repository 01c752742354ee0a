// SPDX-License-Identifier: GPL-2.0-or-later
//
// The modes of search that are more than a query tree.
#include <string.h>

#include "searcher/field.h"
#include "searcher/numbers.h"
#include "searcher/search_parts.h"
#include "searcher/show.h"

static struct gaz_query *field(struct gaz_arena *arena, enum gaz_field name, const char *text) {
    return gaz_query_field(arena, name, text, strlen(text));
}

// Records of TYPE among those of FIRST.
static struct gaz_query *of_type(struct gaz_arena *arena, struct gaz_query *first,
                                 enum gaz_record_type type) {
    struct gaz_query *node = gaz_query_node(arena, GAZ_QUERY_AND);
    bool ok = node && gaz_query_add(arena, node, first) &&
              gaz_query_add(arena, node, field(arena, GAZ_FIELD_TYPE, gaz_record_type_name(type)));
    return ok ? node : NULL;
}

static enum gaz_status find(struct gaz_answer *answer, struct gaz_query *query, struct gaz_err *err) {
    return query ? gaz_search_find(answer, query, err) : gaz_err_memory(err);
}

// --- numbers ---

// The keys of NUMBERS among those held (PREFIX GAZ_TERM_NUMBER) or cited.
static enum gaz_status add_keys(const struct gaz_answer *answer, const char *prefix,
                                const struct gaz_docnums *numbers, struct gaz_strings *keys,
                                struct gaz_err *err) {
    enum gaz_status status = GAZ_OK;
    for (size_t i = 0; i < numbers->count && status == GAZ_OK; i++) {
        status =
            gaz_archive_number_keys(answer->archive, prefix, &numbers->items[i], answer->arena, keys, err);
    }
    return status;
}

// Sets the number keys of the answer: all that TEXT may mean, held or cited.
static enum gaz_status read_numbers(struct gaz_answer *answer, const char *text, struct gaz_err *err) {
    struct gaz_docnums numbers;
    enum gaz_status status = gaz_numbers_read(text, answer->arena, &numbers, err);
    if (status == GAZ_OK) {
        status = add_keys(answer, GAZ_TERM_NUMBER, &numbers, &answer->number_keys, err);
    }
    if (status == GAZ_OK) {
        status = add_keys(answer, GAZ_TERM_CITES, &numbers, &answer->number_keys, err);
    }
    if (status == GAZ_OK) {
        status = gaz_read_as(GAZ_READING_NUMBER, text, GAZ_ROLE_ANY, answer->arena, &answer->readings, err);
    }
    if (status == GAZ_OK && numbers.count == 1) {
        answer->readings.items[0].key = numbers.items[0].key;
    } else if (status == GAZ_OK) {
        status = gaz_listing_not_held(answer->archive, &numbers, answer->arena, &answer->missing, err);
    }
    return status;
}

// Several documents share one number; several numbers have been found.
static enum gaz_state state_of_number(const struct gaz_answer *answer) {
    if (answer->total > 0) {
        bool shared = answer->total > 1 && answer->readings.items[0].key;
        return shared ? GAZ_STATE_SEVERAL : GAZ_STATE_FOUND;
    }
    return answer->cited_by.count > 0 ? GAZ_STATE_CITED_ONLY : GAZ_STATE_NOT_FOUND;
}

enum gaz_status gaz_search_number(struct gaz_answer *answer, const char *text, struct gaz_err *err) {
    struct gaz_arena *arena = answer->arena;
    answer->mode = "number";
    enum gaz_status status = read_numbers(answer, text, err);
    if (status == GAZ_OK) {
        status = find(answer, of_type(arena, field(arena, GAZ_FIELD_NUMBER, text), GAZ_RECORD_DOCUMENT), err);
    }
    if (status == GAZ_OK) {
        status = gaz_citings_find(answer->archive, &answer->number_keys, arena, &answer->cited_by, err);
    }
    answer->state = state_of_number(answer);
    return status;
}

// --- citations ---

enum gaz_status gaz_search_cites(struct gaz_answer *answer, const char *text, struct gaz_err *err) {
    bool is_title = strncmp(text, "《", strlen("《")) == 0;
    enum gaz_status status = GAZ_OK;
    answer->mode = "cites";
    if (is_title) {
        status = gaz_read_as(GAZ_READING_WORDS, text, GAZ_ROLE_ANY, answer->arena, &answer->readings, err);
    } else {
        status = read_numbers(answer, text, err);
    }
    if (status == GAZ_OK) {
        status = find(answer, field(answer->arena, GAZ_FIELD_CITES, text), err);
    }
    gaz_search_set_state(answer);
    return status;
}

// The citation records in the documents that have one of the answer's numbers.
static enum gaz_status select_citations(const struct gaz_answer *answer, struct gaz_select **out,
                                        struct gaz_err *err) {
    struct gaz_arena *arena = answer->arena;
    struct gaz_select *numbered = gaz_select_any(arena, GAZ_TERM_NUMBER, &answer->number_keys);
    struct gaz_select *records = NULL;
    enum gaz_status status = numbered
                                 ? gaz_field_whole_documents(answer->archive, numbered, arena, &records, err)
                                 : gaz_err_memory(err);
    if (status == GAZ_OK) {
        *out = gaz_select_both(arena, records, gaz_select_type(arena, GAZ_RECORD_CITATION));
        status = *out ? GAZ_OK : gaz_err_memory(err);
    }
    return status;
}

enum gaz_status gaz_search_cited_by(struct gaz_answer *answer, const char *text, struct gaz_err *err) {
    struct gaz_select *citations = NULL;
    answer->mode = "cited_by";
    enum gaz_status status = read_numbers(answer, text, err);
    if (status == GAZ_OK) {
        status = select_citations(answer, &citations, err);
    }
    return status == GAZ_OK ? gaz_search_list(answer, citations, err) : status;
}

// --- records and days ---

enum gaz_status gaz_search_show(struct gaz_answer *answer, const char *text, struct gaz_err *err) {
    struct gaz_select *records = NULL;
    answer->mode = "show";
    enum gaz_status status =
        gaz_show_select(answer->archive, text, answer->request.context, answer->arena, &records, err);
    return status == GAZ_OK ? gaz_search_list(answer, records, err) : status;
}

enum gaz_status gaz_search_calendar(struct gaz_answer *answer, const char *text, struct gaz_err *err) {
    struct gaz_arena *arena = answer->arena;
    answer->mode = "calendar";
    answer->request.unit_level = true;
    answer->request.sort = GAZ_SORT_DATE;
    enum gaz_status status = gaz_read_as(GAZ_READING_DATE, text, GAZ_ROLE_ANY, arena, &answer->readings, err);
    if (status == GAZ_OK) {
        status = find(answer, of_type(arena, field(arena, GAZ_FIELD_DATE, text), GAZ_RECORD_ENTRY), err);
    }
    gaz_search_set_state(answer);
    return status;
}

// --- lists of numbers ---

static enum gaz_status listed(struct gaz_answer *answer, enum gaz_status status) {
    answer->total = answer->listing.count;
    gaz_search_set_state(answer);
    return status;
}

enum gaz_status gaz_search_series(struct gaz_answer *answer, const char *text, struct gaz_err *err) {
    answer->mode = answer->request.gaps ? "gaps" : "series";
    return listed(answer, gaz_listing_series(answer->archive, text, answer->request.gaps, answer->arena,
                                             &answer->listing, err));
}

enum gaz_status gaz_search_cited_not_held(struct gaz_answer *answer, struct gaz_err *err) {
    answer->mode = "cited_not_held";
    return listed(answer, gaz_listing_cited_not_held(answer->archive, answer->arena, &answer->listing, err));
}
