// SPDX-License-Identifier: GPL-2.0-or-later
//
// Whole documents and issues as records.
#ifndef GAZ_SEARCHER_WEB_READER_H
#define GAZ_SEARCHER_WEB_READER_H

#include "searcher/select.h"
#include "searcher/web/page.h"
#include "searcher/web/text.h"

// What a page about a document says. Freed with gaz_reader_close.
struct gaz_reader {
    json_t *document, *issue; // records
    json_t *units;            // array: those of the document, in order, without citations
    json_t *cites;            // array: citation records in it, with "to"
    struct gaz_cited_list cited;
    struct gaz_citings cited_by;
    struct gaz_citings evidence; // of `validity`
    enum gaz_validity validity;
    struct gaz_answer answer; // to what was sought and is marked here, when `is_sought`
    bool is_sought;
};

// Reads the document with ID. GAZ_ERR_NOT_FOUND when there is none, the statuses of reading.
enum gaz_status gaz_reader_open(struct gaz_page *page, const char *id, struct gaz_reader *out,
                                struct gaz_err *err);
// What is marked in the text of UNIT; the items are freed with gaz_free.
enum gaz_status gaz_reader_marks(const struct gaz_page *page, const struct gaz_reader *reader,
                                 const json_t *unit, struct gaz_marks *out, struct gaz_err *err);
void gaz_reader_close(struct gaz_reader *reader);

// The records that gaz_show_select finds at ADDRESS, as an array; the caller drops it.
enum gaz_status gaz_reader_show(const struct gaz_page *page, const char *address, json_t **out,
                                struct gaz_err *err);
// The records that match SELECT (NULL: memory was out), in the order of the archive, as an array.
enum gaz_status gaz_reader_select(const struct gaz_page *page, const struct gaz_select *select, json_t **out,
                                  struct gaz_err *err);

#endif
