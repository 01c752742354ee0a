// SPDX-License-Identifier: GPL-2.0-or-later
//
// Records by address or id.
#ifndef GAZ_SEARCHER_SHOW_H
#define GAZ_SEARCHER_SHOW_H

#include "searcher/archive.h"
#include "searcher/select.h"

// The records at ADDRESS: an id, an address, an address that begins with a number in any spelling, the name
// of an issue, or a range at the end of one of them (三（二）5-8, 第三条至第五条, 表1 行2-4). Of a document
// all its units, of a clause those under it, of an issue its documents; and CONTEXT units of the document
// before and behind. An OR without children when there is none. GAZ_ERR_MEMORY, the statuses of reading.
enum gaz_status gaz_show_select(const struct gaz_archive *archive, const char *address, size_t context,
                                struct gaz_arena *arena, struct gaz_select **out, struct gaz_err *err);

#endif
