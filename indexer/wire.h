// SPDX-License-Identifier: GPL-2.0-or-later
//
// The events of a job as bytes, from a worker process to the one that writes the index. Both are the same
// program, so the form has no version.
#ifndef GAZ_INDEXER_WIRE_H
#define GAZ_INDEXER_WIRE_H

#include "indexer/job.h"

// Appends a message to OUT, whose status tells of failure.
void gaz_wire_diag(struct gaz_buf *out, const struct gaz_diag *diag);
void gaz_wire_issue(struct gaz_buf *out, const struct gaz_job_issue *issue);
void gaz_wire_bundle(struct gaz_buf *out, const struct gaz_index_document *bundle);
// The end of a file: what gaz_job_run gave.
void gaz_wire_end(struct gaz_buf *out, enum gaz_status status, bool read, const char *message);

// What is needed to read messages; zero at first, freed with gaz_wire_free.
struct gaz_wire {
    struct gaz_index_term *terms;
    size_t term_capacity;
    bool ended;             // the last message was the end of a file:
    enum gaz_status status; // what its job gave
    bool read;
};
void gaz_wire_free(struct gaz_wire *wire);

// Takes the message that DATA begins with: tells EVENTS of it and sets *TAKEN to its length; 0 when it is not
// whole yet. With the end of a file, ERR describes its status when it is not GAZ_OK. Returns the status of
// the event; GAZ_ERR_INTERNAL for what is no message, GAZ_ERR_MEMORY.
enum gaz_status gaz_wire_take(struct gaz_wire *wire, const char *data, size_t len,
                              const struct gaz_job_events *events, size_t *taken, struct gaz_err *err);

#endif
