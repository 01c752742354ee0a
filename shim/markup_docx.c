// SPDX-License-Identifier: GPL-2.0-or-later
//
// DOCX: the part word/document.xml of a ZIP archive (ISO/IEC 29500-1, 17; element names as there).
#include <archive.h>
#include <archive_entry.h>
#include <libxml/parser.h>
#include <string.h>

#include "shim/markup_parts.h"
#include "shim/mem.h"

enum { UNPACK_STEP = 1 << 16, COLUMNS_MAX = 64 };

// --- archive

static enum gaz_status damaged(struct gaz_err *err) {
    return gaz_err_set(err, GAZ_ERR_ENCODING, "it is no DOCX, or it is damaged: save it again as .docx");
}

static enum gaz_status unpack(struct archive *archive, struct gaz_buf *part, struct gaz_err *err) {
    char *step = gaz_malloc(UNPACK_STEP);
    enum gaz_status status = step ? GAZ_OK : gaz_err_memory(err);
    part->max = GAZ_DOCX_UNPACKED_MAX;
    while (status == GAZ_OK) {
        la_ssize_t got = archive_read_data(archive, step, UNPACK_STEP);
        if (got == 0)
            break;
        if (got < 0) {
            status = damaged(err);
            break;
        }
        gaz_buf_add(part, step, (size_t)got);
        status = part->status;
    }
    gaz_free(step);
    if (status == GAZ_ERR_LIMIT)
        return gaz_err_set(err, status, "it is larger than %zu MiB when unpacked: split it into issues",
                           GAZ_DOCX_UNPACKED_MAX >> 20);
    return status == GAZ_ERR_MEMORY ? gaz_err_memory(err) : status;
}

static enum gaz_status find_part(struct archive *archive, struct gaz_buf *part, struct gaz_err *err) {
    struct archive_entry *entry;
    for (size_t i = 0; i < GAZ_DOCX_ENTRIES_MAX && archive_read_next_header(archive, &entry) == ARCHIVE_OK;
         i++) {
        const char *name = archive_entry_pathname(entry);
        if (name && strcmp(name, "word/document.xml") == 0)
            return unpack(archive, part, err);
    }
    return damaged(err);
}

static enum gaz_status read_part(const char *data, size_t len, struct gaz_buf *part, struct gaz_err *err) {
    struct archive *archive = archive_read_new();
    if (!archive)
        return gaz_err_memory(err);
    enum gaz_status status = archive_read_support_format_zip(archive) == ARCHIVE_OK &&
                                     archive_read_open_memory(archive, data, len) == ARCHIVE_OK
                                 ? find_part(archive, part, err)
                                 : damaged(err);
    archive_read_free(archive);
    return status;
}

// --- text

// Whether the attribute NAME of NODE is VALUE.
static bool has_value(const xmlNode *node, const char *name, const char *value) {
    for (const xmlAttr *at = node->properties; at; at = at->next)
        if (strcmp((const char *)at->name, name) == 0 && at->children && at->children->content)
            return strcmp((const char *)at->children->content, value) == 0;
    return false;
}

static const xmlNode *child(const xmlNode *node, const char *name) {
    for (node = node ? node->children : NULL; node; node = node->next)
        if (markup_is(node, name))
            return node;
    return NULL;
}

// Over how many columns the cell TC goes.
static size_t columns_of(const xmlNode *cell) {
    const xmlNode *span = child(child(cell, "tcPr"), "gridSpan");
    return span ? markup_count(span, "val", COLUMNS_MAX) : 1;
}

// Where the walk is.
struct place {
    size_t depth; // of tables: one in a cell of another is text of that cell
    bool page;    // a page ended in the row at hand
};

static void tell_page(struct markup_walk *walk, struct place *place) {
    if (place->depth > 0)
        place->page = true;
    else
        markup_tell(walk, GAZ_MARKUP_PAGE);
}

static bool enter(struct markup_walk *walk, const xmlNode *node) {
    struct place *place = walk->own;
    if (node->type == XML_TEXT_NODE && markup_is(node->parent, "t"))
        markup_tell_text(walk, node->content);
    // Fallback repeats what Choice has; what was deleted or moved away is no text.
    if (node->type != XML_ELEMENT_NODE || markup_is(node, "Fallback") || markup_is(node, "del") ||
        markup_is(node, "moveFrom"))
        return false;
    place->depth += markup_is(node, "tbl");
    if (markup_is(node, "lastRenderedPageBreak") || markup_is(node, "pageBreakBefore") ||
        (markup_is(node, "br") && has_value(node, "type", "page")))
        tell_page(walk, place);
    else if (markup_is(node, "br") || markup_is(node, "cr"))
        markup_tell_line(walk, place->depth > 0);
    else if (markup_is(node, "tab") && markup_is(node->parent, "r"))
        markup_tell_text(walk, BAD_CAST " ");
    else if (markup_is(node, "noBreakHyphen"))
        markup_tell_text(walk, BAD_CAST "-");
    return true;
}

static void end_row(struct markup_walk *walk, struct place *place) {
    markup_tell(walk, GAZ_MARKUP_ROW);
    if (place->page)
        markup_tell(walk, GAZ_MARKUP_PAGE);
    place->page = false;
}

static void leave(struct markup_walk *walk, const xmlNode *node) {
    struct place *place = walk->own;
    if (node->type != XML_ELEMENT_NODE || markup_is(node, "Fallback"))
        return;
    if (markup_is(node, "p"))
        markup_tell_line(walk, place->depth > 0);
    if (place->depth == 1 && markup_is(node, "tc"))
        for (size_t i = columns_of(node); i > 0; i--)
            markup_tell(walk, GAZ_MARKUP_CELL);
    if (place->depth == 1 && markup_is(node, "tr"))
        end_row(walk, place);
    place->depth -= markup_is(node, "tbl");
}

enum gaz_status gaz_markup_read_docx(const char *data, size_t len, gaz_markup_sink *sink, void *context,
                                     struct gaz_err *err) {
    struct gaz_buf part = GAZ_BUF_INIT;
    struct place place = {0};
    struct markup_walk walk = {.sink = sink, .context = context, .err = err, .own = &place};
    // No network, no external entity, no expansion of entities: the parser's bounds stay in force.
    const int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT;
    enum gaz_status status = read_part(data, len, &part, err);
    xmlDocPtr document = NULL;
    if (status == GAZ_OK) {
        document = xmlReadMemory(part.data, (int)part.len, NULL, NULL, options);
        status = document ? GAZ_OK : damaged(err);
    }
    gaz_buf_free(&part);
    if (document && xmlDocGetRootElement(document))
        markup_each(&walk, xmlDocGetRootElement(document), enter, leave);
    xmlFreeDoc(document);
    return status == GAZ_OK ? walk.status : status;
}
