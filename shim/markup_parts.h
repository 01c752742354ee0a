// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the files of shim/markup share: a walk over the tree of a document.
#ifndef GAZ_SHIM_MARKUP_PARTS_H
#define GAZ_SHIM_MARKUP_PARTS_H

#include <libxml/tree.h>

#include "shim/markup.h"

struct markup_walk {
    gaz_markup_sink *sink;
    void *context;
    struct gaz_err *err;
    enum gaz_status status; // the first that was not GAZ_OK; nothing is told after it
    void *own;              // of the one who walks
};

void markup_tell(struct markup_walk *walk, enum gaz_markup_event event);
// The end of a line; in a cell it is white space.
void markup_tell_line(struct markup_walk *walk, bool in_cell);
void markup_tell_text(struct markup_walk *walk, const xmlChar *text);

// Calls ENTER for each node of TREE in document order, and LEAVE behind its children, as long as the status
// is GAZ_OK. The children of a node for which ENTER is false are left out. Needs no stack: documents may be
// deep.
typedef bool markup_enter(struct markup_walk *walk, const xmlNode *node);
typedef void markup_leave(struct markup_walk *walk, const xmlNode *node);
void markup_each(struct markup_walk *walk, const xmlNode *tree, markup_enter *enter, markup_leave *leave);

// The element NAME, in whatever name space.
bool markup_is(const xmlNode *node, const char *name);

// The number in the attribute NAME of NODE, between 1 and MOST; 1 when there is none.
size_t markup_count(const xmlNode *node, const char *name, size_t most);

#endif
