// SPDX-License-Identifier: GPL-2.0-or-later
#include "shim/markup.h"

#include <string.h>
#include <strings.h>

bool gaz_markup_is_html(const char *data, size_t len) {
    static const char *const beginnings[] = {"<!doctype html", "<html"};
    size_t at = len >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < len && (data[at] == ' ' || data[at] == '\t' || data[at] == '\r' || data[at] == '\n'))
        at++;
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (len - at >= strlen(beginnings[i]) &&
            strncasecmp(data + at, beginnings[i], strlen(beginnings[i])) == 0)
            return true;
    return false;
}

bool gaz_markup_is_zip(const char *data, size_t len) {
    return len >= 4 && memcmp(data, "PK\003\004", 4) == 0;
}

#ifndef GAZ_HAVE_MARKUP

bool gaz_markup_is_built_in(void) {
    return false;
}

enum gaz_status gaz_markup_read_html(const char *text, size_t len, gaz_markup_sink *sink, void *context,
                                     struct gaz_err *err) {
    (void)text, (void)len, (void)sink, (void)context;
    return gaz_err_set(err, GAZ_ERR_UNSUPPORTED,
                       "it is HTML, and this program was built without HTML: install libxml2-dev and "
                       "libarchive-dev and build it again");
}

enum gaz_status gaz_markup_read_docx(const char *data, size_t len, gaz_markup_sink *sink, void *context,
                                     struct gaz_err *err) {
    (void)data, (void)len, (void)sink, (void)context;
    return gaz_err_set(err, GAZ_ERR_UNSUPPORTED,
                       "it is a DOCX, and this program was built without DOCX: install libxml2-dev and "
                       "libarchive-dev and build it again");
}

#else

#include "shim/markup_parts.h"

bool gaz_markup_is_built_in(void) {
    return true;
}

void markup_tell(struct markup_walk *walk, enum gaz_markup_event event) {
    if (walk->status == GAZ_OK)
        walk->status = walk->sink(walk->context, event, "", 0, walk->err);
}

void markup_tell_line(struct markup_walk *walk, bool in_cell) {
    if (in_cell)
        markup_tell_text(walk, BAD_CAST "\n");
    else
        markup_tell(walk, GAZ_MARKUP_LINE);
}

void markup_tell_text(struct markup_walk *walk, const xmlChar *text) {
    const char *bytes = (const char *)text;
    if (walk->status == GAZ_OK && bytes)
        walk->status = walk->sink(walk->context, GAZ_MARKUP_TEXT, bytes, strlen(bytes), walk->err);
}

void markup_each(struct markup_walk *walk, const xmlNode *tree, markup_enter *enter, markup_leave *leave) {
    const xmlNode *node = tree;
    while (node && walk->status == GAZ_OK) {
        // The children of an entity reference are the entity's own: they are expanded nowhere.
        if (enter(walk, node) && node->children && node->type != XML_ENTITY_REF_NODE) {
            node = node->children;
            continue;
        }
        leave(walk, node);
        while (node != tree && !node->next) {
            node = node->parent;
            leave(walk, node);
        }
        node = node == tree ? NULL : node->next;
    }
}

bool markup_is(const xmlNode *node, const char *name) {
    return node && node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

size_t markup_count(const xmlNode *node, const char *name, size_t most) {
    size_t value = 0;
    for (const xmlAttr *at = node->properties; at; at = at->next) {
        if (strcmp((const char *)at->name, name) != 0 || !at->children || !at->children->content)
            continue;
        for (const char *digit = (const char *)at->children->content;
             *digit >= '0' && *digit <= '9' && value <= most; digit++)
            value = value * 10 + (size_t)(*digit - '0');
    }
    return value < 1 ? 1 : value < most ? value : most;
}

#endif
