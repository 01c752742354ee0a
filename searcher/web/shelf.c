// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/web/shelf.h"

#include <stdlib.h>
#include <string.h>

#include "searcher/select.h"

enum gaz_status gaz_shelf_open(const char *const *dirs, size_t dir_count, struct gaz_shelf *shelf,
                               struct gaz_err *err) {
    *shelf = (struct gaz_shelf){.arena = gaz_arena_new()};
    shelf->ids.arena = shelf->arena;
    return shelf->arena ? gaz_archive_open(dirs, dir_count, &shelf->archive, err) : gaz_err_memory(err);
}

void gaz_shelf_close(struct gaz_shelf *shelf) {
    gaz_names_free(&shelf->ids);
    gaz_free(shelf->names);
    gaz_arena_free(shelf->arena);
    gaz_archive_close(&shelf->archive);
}

static const char *text_of(const json_t *record, const char *key) {
    const char *text = json_string_value(json_object_get(record, key));
    return text ? text : "";
}

// --- names of issues ---

static enum gaz_status read_name(struct gaz_shelf *shelf, const char *id, const char **out,
                                 struct gaz_err *err) {
    json_t *issue = NULL;
    struct gaz_buf name = GAZ_BUF_INIT;
    enum gaz_status status = gaz_archive_record_by_id(&shelf->archive, id, &issue, err);
    if (status != GAZ_OK) {
        return status;
    }
    const char *gazette = text_of(issue, "gazette");
    gaz_buf_printf(&name, "%s%s%s", gazette, *gazette ? " " : "", text_of(issue, "address"));
    *out = gaz_arena_strndup(shelf->arena, name.data, name.len);
    status = *out ? gaz_buf_check(&name, err) : gaz_err_memory(err);
    gaz_buf_free(&name);
    json_decref(issue);
    return status;
}

enum gaz_status gaz_shelf_issue_name(struct gaz_shelf *shelf, const char *id, const char **out,
                                     struct gaz_err *err) {
    uint32_t number;
    enum gaz_status status = gaz_names_number(&shelf->ids, id, strlen(id), &number, err);
    if (status != GAZ_OK) {
        return status;
    }
    const char **names = gaz_grow(shelf->names, &shelf->name_capacity, shelf->ids.count, sizeof *names);
    if (!names) {
        return gaz_err_memory(err);
    }
    shelf->names = names;
    while (shelf->name_count < shelf->ids.count) {
        names[shelf->name_count++] = NULL;
    }
    if (!names[number]) {
        status = read_name(shelf, id, &names[number], err);
    }
    *out = names[number];
    return status;
}

// --- all issues ---

static const char *copy(const json_t *record, const char *key, struct gaz_arena *arena) {
    const char *text = text_of(record, key);
    return gaz_arena_strndup(arena, text, strlen(text));
}

enum gaz_status gaz_shelf_issue_read(const json_t *record, struct gaz_arena *arena,
                                     struct gaz_shelf_issue *out, struct gaz_err *err) {
    *out = (struct gaz_shelf_issue){
        .id = copy(record, "id", arena),
        .gazette = copy(record, "gazette", arena),
        .address = copy(record, "address", arena),
        .serial = copy(record, "serial", arena),
        .year = (int)json_integer_value(json_object_get(record, "year")),
    };
    return out->id && out->gazette && out->address && out->serial ? GAZ_OK : gaz_err_memory(err);
}

// The numbers of issues grow with their ids.
static int by_year(const void *a, const void *b) {
    const struct gaz_shelf_issue *one = a, *other = b;
    if (one->year != other->year) {
        return one->year > other->year ? -1 : 1;
    }
    int order = strcmp(one->gazette, other->gazette);
    return order ? order : strverscmp(other->id, one->id);
}

static enum gaz_status read_issue(struct gaz_shelf *shelf, uint32_t docid, struct gaz_shelf_issue *out,
                                  struct gaz_err *err) {
    json_t *record = NULL;
    enum gaz_status status = gaz_archive_record(&shelf->archive, docid, &record, err);
    if (status == GAZ_OK) {
        status = gaz_shelf_issue_read(record, shelf->arena, out, err);
        json_decref(record);
    }
    return status;
}

static enum gaz_status read_issues(struct gaz_shelf *shelf, const struct gaz_docids *docids,
                                   struct gaz_err *err) {
    struct gaz_shelf_issue *issues = gaz_arena_alloc(shelf->arena, (docids->count + 1) * sizeof *issues);
    enum gaz_status status = issues ? GAZ_OK : gaz_err_memory(err);
    for (size_t i = 0; i < docids->count && status == GAZ_OK; i++) {
        status = read_issue(shelf, docids->items[i], &issues[i], err);
    }
    if (status == GAZ_OK) {
        qsort(issues, docids->count, sizeof *issues, by_year);
        shelf->issues = issues;
        shelf->issue_count = docids->count;
    }
    return status;
}

enum gaz_status gaz_shelf_issues(struct gaz_shelf *shelf, const struct gaz_shelf_issue **out, size_t *count,
                                 struct gaz_err *err) {
    enum gaz_status status = GAZ_OK;
    if (!shelf->issues) {
        struct gaz_docids docids = {0};
        struct gaz_select *select = gaz_select_type(shelf->arena, GAZ_RECORD_ISSUE);
        status =
            select ? gaz_archive_select(&shelf->archive, &select->query, &docids, err) : gaz_err_memory(err);
        if (status == GAZ_OK) {
            status = read_issues(shelf, &docids, err);
        }
        gaz_free(docids.items);
    }
    *out = shelf->issues;
    *count = shelf->issue_count;
    return status;
}
