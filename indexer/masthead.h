// SPDX-License-Identifier: GPL-2.0-or-later
//
// The masthead: which gazette and which issue of it a file is. From the text, then a sidecar file, then the
// file name; never guessed.
#ifndef GAZ_INDEXER_MASTHEAD_H
#define GAZ_INDEXER_MASTHEAD_H

#include "corpus/model.h"

// Fills ISSUE->masthead from running heads and the first lines; what they do not say is taken from STEM.json
// beside the file ({"gazette": …, "year": …, "number": …, "serial": …}, all optional) and from a file name
// like wenzhou-2023-10. A sidecar that is no such JSON is a diagnostic. GAZ_ERR_MEMORY.
enum gaz_status gaz_masthead_find(struct gaz_issue *issue, struct gaz_err *err);

// How a person names the issue: 2023年第10期, or its file's stem when that is not known. In the arena; NULL
// when memory is out.
const char *gaz_masthead_label(const struct gaz_issue *issue);

#endif
