// SPDX-License-Identifier: GPL-2.0-or-later
//
// The files that issues were read from, for who wants to see what was printed. They are found once, at the
// start; no request says anything about a path.
#ifndef GAZ_SEARCHER_WEB_SOURCES_H
#define GAZ_SEARCHER_WEB_SOURCES_H

#include "searcher/web/reader.h"

// Looks for *.txt in and below the folders PLACES, or takes the files that they are. GAZ_ERR_IO when one
// cannot be read, GAZ_ERR_MEMORY. Freed with gaz_sources_free (NULL allowed).
enum gaz_status gaz_sources_open(const char *const *places, size_t count, struct gaz_sources **out,
                                 struct gaz_err *err);
void gaz_sources_free(struct gaz_sources *sources);

// The text of an issue's pages, as it was decoded.
struct gaz_source_text {
    char *data; // NUL-terminated; freed by gaz_source_close
    size_t len;
    size_t *starts; // byte offset of each page, and of the end
    size_t page_count;
};

// Reads the file of ISSUE (its record). GAZ_ERR_NOT_FOUND when there is none, or one that is not what was
// indexed (by its hash); GAZ_ERR_IO, the statuses of reading.
enum gaz_status gaz_source_open(const struct gaz_page *page, const json_t *issue, struct gaz_source_text *out,
                                struct gaz_err *err);
void gaz_source_close(struct gaz_source_text *text);

// The document page by page: what was read beside what is printed. Where there is no source it says so.
enum gaz_status gaz_sources_put_beside(const struct gaz_page *page, const struct gaz_reader *reader,
                                       struct gaz_err *err);

#endif
