// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the files of found share. Private to them.
#ifndef GAZ_SEARCHER_FOUND_PARTS_H
#define GAZ_SEARCHER_FOUND_PARTS_H

#include "searcher/found.h"
#include "searcher/match_sheet.h"

// What is done with the matches in one sheet, whose first record is number DOCID.
typedef enum gaz_status gaz_found_take(void *context, uint32_t docid, const struct gaz_sheet *sheet,
                                       const struct gaz_sheet_matches *matches, struct gaz_err *err);

struct gaz_found_walk {
    const struct gaz_archive *archive;
    const struct gaz_plan *plan;
    gaz_found_take *take;
    void *context;
    const bool *ended; // enough has been seen; NULL: never
    struct gaz_sheet sheet;
    struct gaz_sheet_matches matches;
    enum gaz_status status;
    struct gaz_err *err;
};

// Takes what matches in BUNDLE.
enum gaz_status gaz_found_look(struct gaz_found_walk *walk, const struct gaz_index_bundle *bundle);

// Puts what was collected in order (see gaz_found_collect): matches have their groups, which number
// FOUND->group_count.
enum gaz_status gaz_found_put_in_order(struct gaz_found *found, enum gaz_sort sort,
                                       enum gaz_found_level level, size_t most, struct gaz_err *err);

#endif
