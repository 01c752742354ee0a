// SPDX-License-Identifier: GPL-2.0-or-later
//
// Issues as people name them.
#ifndef GAZ_SEARCHER_ISSUE_H
#define GAZ_SEARCHER_ISSUE_H

#include <stdbool.h>
#include <stddef.h>

#include "searcher/archive.h"

// A way to name issues: 2023年第10期, 2023-10, 第10期, 2023年, 总第254期. 0: not said.
struct gaz_issue_name {
    int year;
    unsigned number; // within the year
    unsigned serial; // 总第…期
};

// Reads a name at the start of TEXT (white space allowed inside). Returns the bytes read or 0. Names with 期
// only, unless LOOSE, which allows 2023-10 and 2023年 too.
size_t gaz_issue_name_read(const char *text, size_t len, bool loose, struct gaz_issue_name *out);

// The ids of the issues that TEXT names (an id, or a name as above); strings in ARENA. None is no error.
enum gaz_status gaz_issue_ids(const struct gaz_archive *archive, const char *text, struct gaz_arena *arena,
                              struct gaz_strings *out, struct gaz_err *err);

#endif
