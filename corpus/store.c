// SPDX-License-Identifier: GPL-2.0-or-later
#include "corpus/store.h"

#include <string.h>

#include "corpus/sheet.h"
#include "corpus/textcode.h"

enum gaz_status gaz_store_write(const struct gaz_record *record, const struct gaz_folded *folded,
                                struct gaz_buf *out, size_t *head, struct gaz_err *err) {
    const char *text = record->text ? record->text : "";
    size_t start = out->len;
    gaz_textcode_add_rest(text, strlen(text), folded, out);
    *head = out->len - start;
    return gaz_record_encode(record, out, err);
}

// Appends the text that is coded in the sheet of DOCID and has the head of STORED for its rest.
static enum gaz_status restore(struct gaz_index *index, const struct gaz_index_stored *stored,
                               struct gaz_buf *out, struct gaz_err *err) {
    struct gaz_index_bytes bytes;
    struct gaz_sheet *sheet = gaz_malloc(sizeof *sheet);
    size_t at;
    enum gaz_status status =
        sheet ? gaz_index_sheet(index, stored->docid, &bytes, &at, err) : gaz_err_memory(err);
    if (status == GAZ_OK) {
        status = gaz_sheet_read(bytes, sheet, err);
    }
    if (status == GAZ_OK && at >= sheet->count) {
        status = gaz_err_set(err, GAZ_ERR_CORRUPT, "a stored sheet is too short: rebuild the index");
    }
    if (status == GAZ_OK) {
        const struct gaz_index_bytes rest = {stored->data, stored->head};
        bool fits = gaz_textcode_restore(gaz_sheet_text(sheet, at), rest, out);
        status = gaz_buf_check(out, err);
        if (status == GAZ_OK && !fits) {
            status = gaz_err_set(err, GAZ_ERR_CORRUPT, "a stored text is damaged: rebuild the index");
        }
    }
    gaz_free(sheet);
    return status;
}

enum gaz_status gaz_store_text(struct gaz_index *index, uint32_t docid, struct gaz_buf *out,
                               struct gaz_err *err) {
    struct gaz_index_stored stored;
    enum gaz_status status = gaz_index_get(index, docid, &stored, err);
    if (status == GAZ_OK) {
        status = restore(index, &stored, out, err);
        gaz_index_stored_free(&stored);
    }
    return status;
}

enum gaz_status gaz_store_record(struct gaz_index *index, uint32_t docid, json_t **out, struct gaz_err *err) {
    struct gaz_index_stored stored;
    struct gaz_buf text = GAZ_BUF_INIT;
    enum gaz_status status = gaz_index_get(index, docid, &stored, err);
    if (status != GAZ_OK) {
        return status;
    }
    status = restore(index, &stored, &text, err);
    if (status == GAZ_OK) {
        status = gaz_record_decode(stored.data + stored.head, stored.len - stored.head, text.data, text.len,
                                   out, err);
    }
    gaz_buf_free(&text);
    gaz_index_stored_free(&stored);
    return status;
}
