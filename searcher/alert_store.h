// SPDX-License-Identifier: GPL-2.0-or-later
//
// Where saved questions are kept: one JSON file each in $XDG_DATA_HOME/gazette/alerts (XDG Base Directory
// Specification; ~/.local/share where that is not set), replaced as a whole.
#ifndef GAZ_SEARCHER_ALERT_STORE_H
#define GAZ_SEARCHER_ALERT_STORE_H

#include <jansson.h>

#include "corpus/record.h"
#include "shim/mem.h"

enum { GAZ_ALERT_NAME_MAX = 100 }; // bytes

struct gaz_alert_store {
    struct gaz_buf folder;
    int lock; // file descriptor
};

// Opens the store, made where there is none, for this process alone: waits for others. Closed with
// gaz_alert_store_close. GAZ_ERR_IO, GAZ_ERR_MEMORY.
enum gaz_status gaz_alert_store_open(struct gaz_alert_store *store, struct gaz_err *err);
void gaz_alert_store_close(struct gaz_alert_store *store);

// The names, in the order of their bytes; strings in ARENA.
enum gaz_status gaz_alert_store_names(const struct gaz_alert_store *store, struct gaz_arena *arena,
                                      struct gaz_strings *out, struct gaz_err *err);

// What is kept under NAME; the caller drops it. GAZ_ERR_ARGUMENT for what is no name, GAZ_ERR_NOT_FOUND,
// GAZ_ERR_CORRUPT.
enum gaz_status gaz_alert_store_read(const struct gaz_alert_store *store, const char *name, json_t **out,
                                     struct gaz_err *err);
// Keeps JSON under NAME: afterwards, and after a crash, there is either the old or the new one.
enum gaz_status gaz_alert_store_write(const struct gaz_alert_store *store, const char *name,
                                      const json_t *json, struct gaz_err *err);
// GAZ_ERR_NOT_FOUND.
enum gaz_status gaz_alert_store_remove(const struct gaz_alert_store *store, const char *name,
                                       struct gaz_err *err);

#endif
