// SPDX-License-Identifier: GPL-2.0-or-later
//
// Layout: lines → blocks in the reading order of the printed page. Runs are joined into paragraphs,
// letter-spacing is undone, running heads and folios are named, header blocks that the extractor wrote after
// the body of their page are put in front of it, and the fragments of a table are gathered.
#ifndef GAZ_INDEXER_LAYOUT_H
#define GAZ_INDEXER_LAYOUT_H

#include "corpus/model.h"

// Fills ISSUE->blocks from ISSUE->lines: every line is in exactly one block. GAZ_ERR_MEMORY.
enum gaz_status gaz_layout_run(struct gaz_issue *issue, struct gaz_err *err);

#endif
