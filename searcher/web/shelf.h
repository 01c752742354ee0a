// SPDX-License-Identifier: GPL-2.0-or-later
//
// An archive that one thread at a time asks, with what many pages want to know of its issues.
#ifndef GAZ_SEARCHER_WEB_SHELF_H
#define GAZ_SEARCHER_WEB_SHELF_H

#include "searcher/archive.h"
#include "searcher/names.h"

// An issue; strings are "" where nothing is known.
struct gaz_shelf_issue {
    const char *id, *gazette, *address, *serial;
    int year; // 0: unknown
};

struct gaz_shelf {
    struct gaz_archive archive;
    // Its own business:
    struct gaz_arena *arena;
    struct gaz_names ids; // of issues whose names were asked for
    const char **names;   // by the number of the id; NULL: not read yet
    size_t name_count, name_capacity;
    struct gaz_shelf_issue *issues; // when they have been asked for
    size_t issue_count;
};

// Opens DIRS as one archive. Statuses of gaz_archive_open. Closed with gaz_shelf_close, also after an error.
enum gaz_status gaz_shelf_open(const char *const *dirs, size_t dir_count, struct gaz_shelf *shelf,
                               struct gaz_err *err);
void gaz_shelf_close(struct gaz_shelf *shelf);

// What follows is read when it is first asked for, and lives as long as the shelf is open. GAZ_ERR_MEMORY,
// the statuses of reading.

// The name of the issue with ID as people call it: its gazette and number; the id when it has neither.
// GAZ_ERR_NOT_FOUND.
enum gaz_status gaz_shelf_issue_name(struct gaz_shelf *shelf, const char *id, const char **out,
                                     struct gaz_err *err);

// All issues: the latest year first, within a year by gazette, then the later one first.
enum gaz_status gaz_shelf_issues(struct gaz_shelf *shelf, const struct gaz_shelf_issue **out, size_t *count,
                                 struct gaz_err *err);

// What RECORD, that of an issue, says, copied into ARENA. GAZ_ERR_MEMORY.
enum gaz_status gaz_shelf_issue_read(const json_t *record, struct gaz_arena *arena,
                                     struct gaz_shelf_issue *out, struct gaz_err *err);

#endif
