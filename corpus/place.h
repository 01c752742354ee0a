// SPDX-License-Identifier: GPL-2.0-or-later
//
// The place a public body or a gazette is of, which says what 市 or 县 before a unit's name stands for.
#ifndef GAZ_CORPUS_PLACE_H
#define GAZ_CORPUS_PLACE_H

#include <stddef.h>

// The place at the start of NAME (of an issuer, 云河市人民政府办公室, or a gazette, 云河市人民政府公报): the
// bytes up to 人民政府 or 政府 or 人民代表大会 when one of these stands there (青川县西岭镇 of
// 青川县西岭镇人民政府), else up to the first 省 自治区 市 自治州 州 盟 地区 县 旗 区 that has a name before
// it. Sets *AT past what does not belong to it (中共) and returns its length in bytes; 0 when NAME names no
// place (国务院办公厅).
size_t gaz_place_find(const char *name, size_t len, size_t *at);

#endif
