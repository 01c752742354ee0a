// SPDX-License-Identifier: GPL-2.0-or-later
//
// The text of a unit as HTML, with links to what it names.
#ifndef GAZ_SEARCHER_WEB_TEXT_H
#define GAZ_SEARCHER_WEB_TEXT_H

#include "searcher/match.h"
#include "searcher/web/page.h"

// Titles that the archive has, as the citations of a document name them.
struct gaz_cited {
    const char *title; // with 《》, as printed
    const char *to;    // id of the document
};
struct gaz_cited_list {
    const struct gaz_cited *items;
    size_t count;
};

// Appends TEXT from byte FROM on, with MARKS marked. Document numbers in it lead to /number, titles of CITED
// to their documents, units of RESPONSIBLE (of a clause or row; may be NULL) to /unit. GAZ_ERR_MEMORY.
enum gaz_status gaz_html_linked(const struct gaz_page *page, const char *text, size_t from,
                                const struct gaz_cited_list *cited, const json_t *responsible,
                                const struct gaz_marks *marks, struct gaz_err *err);

#endif
