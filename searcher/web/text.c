// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/web/text.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/docnum.h"

// A piece of the text that leads somewhere.
struct link {
    size_t at, length; // bytes
    const char *target;
};

struct linker {
    const struct gaz_page *page;
    const char *text;
    struct link *links; // freed with gaz_free
    size_t count, capacity;
    struct gaz_err *err;
};

static enum gaz_status add(struct linker *linker, size_t at, size_t length, const char *target) {
    struct link *links = gaz_grow(linker->links, &linker->capacity, linker->count + 1, sizeof *linker->links);
    if (!links) {
        return gaz_err_memory(linker->err);
    }
    linker->links = links;
    links[linker->count++] = (struct link){at, length, target};
    return GAZ_OK;
}

static enum gaz_status add_numbers(struct linker *linker) {
    struct gaz_docnums numbers = {0};
    enum gaz_status status =
        gaz_docnum_find(linker->text, strlen(linker->text), linker->page->arena, &numbers, linker->err);
    for (size_t i = 0; i < numbers.count && status == GAZ_OK; i++) {
        const struct gaz_docnum *number = &numbers.items[i];
        status =
            add(linker, number->offset, number->length, gaz_link_name(linker->page, "number", number->key));
    }
    return status;
}

static enum gaz_status add_titles(struct linker *linker, const struct gaz_cited_list *cited) {
    enum gaz_status status = GAZ_OK;
    for (size_t i = 0; i < cited->count && status == GAZ_OK; i++) {
        const char *found = strstr(linker->text, cited->items[i].title);
        if (found) {
            status = add(linker, (size_t)(found - linker->text), strlen(cited->items[i].title),
                         gaz_link_document(linker->page, cited->items[i].to));
        }
    }
    return status;
}

// The last place of NAME: the list of those responsible ends a clause.
static const char *find_last(const char *text, const char *name) {
    const char *last = NULL;
    for (const char *at = strstr(text, name); at && *name; at = strstr(at + 1, name)) {
        last = at;
    }
    return last;
}

static enum gaz_status add_units(struct linker *linker, const json_t *names) {
    enum gaz_status status = GAZ_OK;
    size_t i;
    json_t *name;
    json_array_foreach(names, i, name) {
        const char *unit = json_string_value(name);
        const char *found = unit ? find_last(linker->text, unit) : NULL;
        if (found && status == GAZ_OK) {
            status = add(linker, (size_t)(found - linker->text), strlen(unit),
                         gaz_link_name(linker->page, "unit", unit));
        }
    }
    return status;
}

static int by_place(const void *a, const void *b) {
    const struct link *one = a, *other = b;
    if (one->at != other->at) {
        return one->at < other->at ? -1 : 1;
    }
    return one->length > other->length ? -1 : one->length < other->length;
}

// Of links that overlap, the first stays.
static void put(const struct linker *linker, size_t at, const struct gaz_marks *marks) {
    struct gaz_buf *out = linker->page->out;
    for (size_t i = 0; i < linker->count; i++) {
        const struct link *link = &linker->links[i];
        if (link->at < at) {
            continue;
        }
        gaz_html_marked(out, linker->text, at, link->at, marks->items, marks->count);
        gaz_html_put(out, "<a href=\"%s\">", link->target);
        gaz_html_marked(out, linker->text, link->at, link->at + link->length, marks->items, marks->count);
        gaz_buf_addstr(out, "</a>");
        at = link->at + link->length;
    }
    gaz_html_marked(out, linker->text, at, strlen(linker->text), marks->items, marks->count);
}

enum gaz_status gaz_html_linked(const struct gaz_page *page, const char *text, size_t from,
                                const struct gaz_cited_list *cited, const json_t *responsible,
                                const struct gaz_marks *marks, struct gaz_err *err) {
    struct linker linker = {.page = page, .text = text, .err = err};
    enum gaz_status status = add_numbers(&linker);
    if (status == GAZ_OK) {
        status = add_titles(&linker, cited);
    }
    if (status == GAZ_OK) {
        status = add_units(&linker, json_object_get(responsible, "lead"));
    }
    if (status == GAZ_OK) {
        status = add_units(&linker, json_object_get(responsible, "others"));
    }
    if (status == GAZ_OK) {
        if (linker.count > 0) {
            qsort(linker.links, linker.count, sizeof *linker.links, by_place);
        }
        put(&linker, from, marks);
    }
    gaz_free(linker.links);
    return status;
}
