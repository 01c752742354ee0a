// SPDX-License-Identifier: GPL-2.0-or-later
//
// Numbers in order: those of a series that are held or missing, and those cited that are not held.
#ifndef GAZ_SEARCHER_LISTING_H
#define GAZ_SEARCHER_LISTING_H

#include "searcher/archive.h"

enum gaz_holding {
    GAZ_HOLDING_HELD,   // the archive has a document with the number
    GAZ_HOLDING_CITED,  // it has not, but something cites it
    GAZ_HOLDING_MISSING // neither
};
// "held" "cited_only" "missing"; static.
const char *gaz_holding_name(enum gaz_holding holding);

struct gaz_listed {
    const char *key, *code;
    int year; // 0: none
    uint64_t serial;
    const char *text; // made of the key: 国办发〔2023〕5号
    enum gaz_holding holding;
    uint32_t citations; // that name it
};

// Zero-initialise it; everything lives in the arena given to the call.
struct gaz_listing {
    struct gaz_listed *items;
    size_t count, capacity;
};

// The largest serial up to which gaps are listed: beyond, numbers are not counted from 1
// (台人(一)字第0930166280B號).
enum { GAZ_LISTING_SERIAL_MAX = 9999 };

// The numbers held whose code is CODE (any spelling, with a year or without: 国办发, 国办发〔2023〕), by year
// and serial. GAPS: instead those missing between 1 and the largest held of each year. GAZ_ERR_QUERY when
// CODE is none.
enum gaz_status gaz_listing_series(const struct gaz_archive *archive, const char *code, bool gaps,
                                   struct gaz_arena *arena, struct gaz_listing *out, struct gaz_err *err);

// The numbers that are cited but not held, the most cited first.
enum gaz_status gaz_listing_cited_not_held(const struct gaz_archive *archive, struct gaz_arena *arena,
                                           struct gaz_listing *out, struct gaz_err *err);

// Those of NUMBERS that the archive does not hold, each once, in their order. An incomplete number
// (温政发24号) is held when a number is that agrees with it.
enum gaz_status gaz_listing_not_held(const struct gaz_archive *archive, const struct gaz_docnums *numbers,
                                     struct gaz_arena *arena, struct gaz_listing *out, struct gaz_err *err);

// How many items from AT on follow each other without a break, nothing citing any of them: at least 1.
size_t gaz_listing_run(const struct gaz_listing *listing, size_t at);

#endif
