// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/walk.h"

#include "corpus/store.h"

struct walk {
    struct gaz_index *index;
    gaz_walk_take *take;
    void *context;
    enum gaz_status status;
    struct gaz_err *err;
};

static int visit(void *context, uint32_t docid) {
    struct walk *walk = context;
    json_t *record = NULL;
    walk->status = gaz_store_record(walk->index, docid, &record, walk->err);
    if (walk->status == GAZ_OK)
        walk->status = walk->take(walk->context, docid, record, walk->err);
    json_decref(record);
    return walk->status != GAZ_OK;
}

enum gaz_status gaz_walk_records(struct gaz_index *index, const struct gaz_index_query *query,
                                 gaz_walk_take *take, void *context, struct gaz_err *err) {
    const struct gaz_index_query all = {.op = GAZ_INDEX_ALL};
    struct walk walk = {index, take, context, GAZ_OK, err};
    enum gaz_status status = gaz_index_each(index, query ? query : &all, visit, &walk, err);
    return status == GAZ_OK ? walk.status : status;
}

const char *gaz_walk_text(const json_t *record, const char *key) {
    const char *text = json_string_value(json_object_get(record, key));
    return text ? text : "";
}
