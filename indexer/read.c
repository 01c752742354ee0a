// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/read.h"

#include "indexer/layout.h"
#include "indexer/masthead.h"
#include "indexer/reader.h"
#include "indexer/split.h"
#include "indexer/units.h"

static struct gaz_issue begin(const struct gaz_read_options *options, struct gaz_arena *arena) {
    return (struct gaz_issue){.arena = arena, .diag = options->diag, .diag_context = options->diag_context};
}

static enum gaz_status stages(struct gaz_issue *issue, const struct gaz_read_options *options,
                              struct gaz_records *records, struct gaz_err *err) {
    enum gaz_status status = gaz_layout_run(issue, err);
    if (status == GAZ_OK)
        status = gaz_masthead_find(issue, err);
    if (status == GAZ_OK)
        status = gaz_split_run(issue, err);
    if (status == GAZ_OK)
        status = gaz_units_run(issue, options->authority, records, err);
    return status;
}

enum gaz_status gaz_read_file(const char *path, const struct gaz_read_options *options,
                              struct gaz_arena *arena, struct gaz_records *records, struct gaz_err *err) {
    struct gaz_issue issue = begin(options, arena);
    enum gaz_status status = gaz_reader_load(&issue, path, options->encoding, err);
    return status == GAZ_OK ? stages(&issue, options, records, err) : status;
}

enum gaz_status gaz_read_bytes(const char *path, const char *raw, size_t len,
                               const struct gaz_read_options *options, struct gaz_arena *arena,
                               struct gaz_records *records, struct gaz_err *err) {
    struct gaz_issue issue = begin(options, arena);
    enum gaz_status status = gaz_reader_take(&issue, path, raw, len, options->encoding, err);
    return status == GAZ_OK ? stages(&issue, options, records, err) : status;
}
