// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/wire.h"

#include <stdio.h>
#include <string.h>

#include "shim/varint.h"

// A message is its kind, the length of the rest in four bytes (lowest first), the rest.
enum kind { KIND_DIAG = 'D', KIND_ISSUE = 'I', KIND_BUNDLE = 'B', KIND_END = 'E' };
enum { HEAD = 5, LENGTH_AT = 1, LENGTH_SIZE = 4 };

// --- writing ---

static size_t begin(struct gaz_buf *out, enum kind kind) {
    static const char length[LENGTH_SIZE] = {0};
    size_t start = out->len;
    gaz_buf_addch(out, (char)kind);
    gaz_buf_add(out, length, sizeof length);
    return start;
}

static void end(struct gaz_buf *out, size_t start) {
    if (out->status != GAZ_OK)
        return;
    uint32_t len = (uint32_t)(out->len - start - HEAD);
    memcpy(out->data + start + LENGTH_AT, &len, sizeof len);
}

static void add_bytes(struct gaz_buf *out, struct gaz_index_bytes bytes) {
    gaz_varint_add(out, bytes.len);
    gaz_buf_add(out, bytes.data, bytes.len);
}

// With its NUL, so that it can be read in place.
static void add_string(struct gaz_buf *out, const char *text) {
    add_bytes(out, (struct gaz_index_bytes){text, strlen(text) + 1});
}

void gaz_wire_diag(struct gaz_buf *out, const struct gaz_diag *diag) {
    size_t start = begin(out, KIND_DIAG);
    add_string(out, diag->file ? diag->file : "");
    gaz_varint_add(out, diag->page);
    gaz_varint_add(out, diag->line);
    add_string(out, diag->code);
    add_string(out, diag->message);
    end(out, start);
}

void gaz_wire_issue(struct gaz_buf *out, const struct gaz_job_issue *issue) {
    size_t start = begin(out, KIND_ISSUE);
    add_string(out, issue->id);
    add_string(out, issue->sha256);
    gaz_varint_add(out, issue->bytes);
    gaz_varint_add(out, issue->documents);
    gaz_varint_add(out, issue->units);
    end(out, start);
}

void gaz_wire_bundle(struct gaz_buf *out, const struct gaz_index_document *bundle) {
    size_t start = begin(out, KIND_BUNDLE);
    gaz_varint_add(out, bundle->term_count);
    for (size_t i = 0; i < bundle->term_count; i++) {
        gaz_varint_add(out, bundle->terms[i].count);
        add_bytes(out, bundle->terms[i].term);
    }
    add_bytes(out, bundle->sheet);
    add_bytes(out, bundle->data);
    end(out, start);
}

void gaz_wire_end(struct gaz_buf *out, enum gaz_status status, bool read, const char *message) {
    size_t start = begin(out, KIND_END);
    gaz_varint_add(out, (uint64_t)status);
    gaz_varint_add(out, read);
    add_string(out, message);
    end(out, start);
}

// --- reading ---

static enum gaz_status malformed(struct gaz_err *err) {
    return gaz_err_set(err, GAZ_ERR_INTERNAL, "a worker sent what is no message: this is a defect");
}

static struct gaz_index_bytes read_bytes(struct gaz_varint_source *source) {
    size_t len = gaz_varint_count(source);
    return (struct gaz_index_bytes){gaz_varint_bytes(source, len), len};
}

static const char *read_string(struct gaz_varint_source *source) {
    struct gaz_index_bytes bytes = read_bytes(source);
    if (source->failed || bytes.len == 0 || bytes.data[bytes.len - 1] != '\0') {
        source->failed = true;
        return "";
    }
    return bytes.data;
}

static enum gaz_status take_diag(struct gaz_varint_source *source, const struct gaz_job_events *events,
                                 struct gaz_err *err) {
    const char *file = read_string(source);
    size_t page = (size_t)gaz_varint_number(source);
    size_t line = (size_t)gaz_varint_number(source);
    const char *code = read_string(source), *message = read_string(source);
    if (source->failed)
        return malformed(err);
    gaz_diag_report(events->diag, events->context, *file ? file : NULL, page, line, code, "%s", message);
    return GAZ_OK;
}

static enum gaz_status take_issue(struct gaz_varint_source *source, const struct gaz_job_events *events,
                                  struct gaz_err *err) {
    struct gaz_job_issue issue;
    issue.id = read_string(source);
    issue.sha256 = read_string(source);
    issue.bytes = (size_t)gaz_varint_number(source);
    issue.documents = (size_t)gaz_varint_number(source);
    issue.units = (size_t)gaz_varint_number(source);
    return source->failed ? malformed(err) : events->issue(events->context, &issue, err);
}

// Room for so many terms.
static bool reserve_terms(struct gaz_wire *wire, size_t count) {
    void *terms = gaz_grow(wire->terms, &wire->term_capacity, count, sizeof *wire->terms);
    wire->terms = terms ? terms : wire->terms;
    return terms;
}

static enum gaz_status take_bundle(struct gaz_wire *wire, struct gaz_varint_source *source,
                                   const struct gaz_job_events *events, struct gaz_err *err) {
    struct gaz_index_document bundle = {0};
    bundle.term_count = gaz_varint_count(source);
    if (!reserve_terms(wire, bundle.term_count))
        return gaz_err_memory(err);
    for (size_t i = 0; i < bundle.term_count; i++) {
        wire->terms[i].count = (uint32_t)gaz_varint_number(source);
        wire->terms[i].term = read_bytes(source);
    }
    bundle.sheet = read_bytes(source);
    bundle.data = read_bytes(source);
    bundle.terms = wire->terms;
    return source->failed ? malformed(err) : events->bundle(events->context, &bundle, err);
}

static enum gaz_status take_end(struct gaz_wire *wire, struct gaz_varint_source *source,
                                struct gaz_err *err) {
    wire->ended = true;
    wire->status = (enum gaz_status)gaz_varint_number(source);
    wire->read = gaz_varint_number(source) != 0;
    const char *message = read_string(source);
    if (source->failed)
        return malformed(err);
    if (wire->status != GAZ_OK)
        gaz_err_set(err, wire->status, "%s", message);
    return GAZ_OK;
}

enum gaz_status gaz_wire_take(struct gaz_wire *wire, const char *data, size_t len,
                              const struct gaz_job_events *events, size_t *taken, struct gaz_err *err) {
    uint32_t rest = 0;
    *taken = 0;
    wire->ended = false;
    if (len < HEAD)
        return GAZ_OK;
    memcpy(&rest, data + LENGTH_AT, sizeof rest);
    if (rest > len - HEAD)
        return GAZ_OK;
    *taken = HEAD + rest;
    struct gaz_varint_source source = {data + HEAD, data + *taken, false};
    switch (data[0]) {
    case KIND_DIAG:
        return take_diag(&source, events, err);
    case KIND_ISSUE:
        return take_issue(&source, events, err);
    case KIND_BUNDLE:
        return take_bundle(wire, &source, events, err);
    case KIND_END:
        return take_end(wire, &source, err);
    default:
        return malformed(err);
    }
}

void gaz_wire_free(struct gaz_wire *wire) {
    gaz_free(wire->terms);
    *wire = (struct gaz_wire){0};
}
