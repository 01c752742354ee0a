// SPDX-License-Identifier: GPL-2.0-or-later
//
// Saved questions that are asked again and again and tell only what is new. What has been told is known by
// the id of the record and by what it says: neither a file that is renamed nor an index that is made anew is
// news. A unit that a question asks for is bound to the keys it had when the question was saved: it is
// followed when the authority file gives it another name later.
#ifndef GAZ_SEARCHER_ALERT_H
#define GAZ_SEARCHER_ALERT_H

#include "searcher/alert_store.h"
#include "searcher/question.h"

// The options of a question that belong to it wherever it is asked: a list of [name, value or null], in
// order. GAZ_ERR_ARGUMENT when OPTION makes an answer that nothing new can come into, or that is no list of
// hits.
enum gaz_status gaz_alert_note_option(json_t *options, enum gaz_option option, const char *value,
                                      struct gaz_err *err);

struct gaz_alert_question {
    const char *name;
    const json_t *options; // as noted
    const char *query;     // what belongs to no option; NULL: none
    const char *const *indexes;
    size_t index_count;
};

// Saves QUESTION under its name; what it finds now is known. *KNOWN: how much that is. GAZ_ERR_ARGUMENT
// (there is one of this name), the statuses of the store and of asking.
enum gaz_status gaz_alert_save(const struct gaz_alert_question *question, size_t *known, struct gaz_err *err);

struct gaz_alert_check {
    const char *name;                    // of one; NULL: all
    const struct gaz_renderer *renderer; // text, ndjson or atom
    struct gaz_render_options how;
    const char *const *indexes; // instead of those that were saved; none: those
    size_t index_count;
    FILE *to;
    // Told of what one question cannot be asked for; the others go on.
    void (*report)(const struct gaz_err *err);
};

// Asks the saved questions, prints what is new and remembers it, each when it has been printed: what could
// not be is told again. *NEWS: how many hits. GAZ_ERR_NOT_FOUND (no such name), GAZ_ERR_ARGUMENT (another
// renderer), GAZ_ERR_IO (with errno when TO cannot be written); the status of the last one reported, with ERR
// untouched.
enum gaz_status gaz_alert_run(const struct gaz_alert_check *check, size_t *news, struct gaz_err *err);

// Prints what is saved, one a line: name, known hits, the question.
enum gaz_status gaz_alert_list(FILE *to, struct gaz_err *err);

enum gaz_status gaz_alert_forget(const char *name, struct gaz_err *err);

#endif
