// SPDX-License-Identifier: GPL-2.0-or-later
//
// Records by address or id.
#ifndef GAZ_SEARCHER_SHOW_H
#define GAZ_SEARCHER_SHOW_H

#include "searcher/archive.h"
#include "searcher/select.h"

// The records at ADDRESS (an id, an address, or an address that begins with a number in any spelling): of a
// document all its units, of a clause those under it, of an issue its documents. An OR without children when
// there is none. GAZ_ERR_MEMORY, the statuses of reading.
enum gaz_status gaz_show_select(const struct gaz_archive *archive, const char *address,
                                struct gaz_arena *arena, struct gaz_select **out, struct gaz_err *err);

#endif
