// SPDX-License-Identifier: GPL-2.0-or-later
//
// What an issue is called: its file's name gives its id.
#ifndef GAZ_CORPUS_ISSUE_ID_H
#define GAZ_CORPUS_ISSUE_ID_H

#include "shim/mem.h"

// File name of PATH without folder and last extension, in ARENA; NULL when memory is out.
const char *gaz_issue_stem(struct gaz_arena *arena, const char *path);

// The id of an issue whose file has STEM: ASCII letters, digits and -_. as they are, other bytes as %XX
// (RFC 3986, 2.1); of a longer one than GAZ_ISSUE_ID_MAX bytes the beginning, with a hash. In ARENA; NULL
// when memory is out.
#define GAZ_ISSUE_ID_MAX 180
const char *gaz_issue_id(struct gaz_arena *arena, const char *stem);

// The id of the issue in the file PATH. In ARENA; NULL when memory is out.
const char *gaz_issue_id_of(struct gaz_arena *arena, const char *path);

#endif
