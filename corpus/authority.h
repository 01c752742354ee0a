// SPDX-License-Identifier: GPL-2.0-or-later
//
// Unit names (责任单位, 发文机关): the authority file corpus/authority.tsv, and the two grammars of unit lists.
#ifndef GAZ_CORPUS_AUTHORITY_H
#define GAZ_CORPUS_AUTHORITY_H

#include <stddef.h>

#include "shim/mem.h"
#include "shim/status.h"

struct gaz_authority; // the loaded file

// Loads FILE (NULL: the installed one). GAZ_ERR_IO, GAZ_ERR_CORRUPT (names the line), GAZ_ERR_MEMORY.
enum gaz_status gaz_authority_load(const char *file, struct gaz_authority **out, struct gaz_err *err);
void gaz_authority_free(struct gaz_authority *authority);

// The key under which NAME is indexed and looked up: folded, the prefix of the place resolved when PLACE is given (温州: 市卫健委 →
// 温州市卫生健康委员会), short names and renames brought to the present full name. Names the file does not know give their folded form.
// Appends every key that NAME may mean (at least one) as NUL-terminated strings in ARENA.
struct gaz_unit_keys {
    const char **items;
    size_t count;
};
enum gaz_status gaz_authority_keys(const struct gaz_authority *authority, const char *name, size_t len, const char *place,
                                   struct gaz_arena *arena, struct gaz_unit_keys *out, struct gaz_err *err);

// Whether NAME is in the file (any spelling, any or no place prefix).
int gaz_authority_knows(const struct gaz_authority *authority, const char *name, size_t len);

// A list of units as printed (市经信局、市财政局，各县<市、区>政府): cut at 、，, ；; and blanks between names, never inside brackets; a leading * (or ＊ ★)
// marks the lead. Where no unit is marked and the label says so (牵头单位：…；配合单位：…), 牵头 leads.
struct gaz_unit_list {
    const char **lead; // names as printed, without * and white space, in ARENA
    size_t lead_count;
    const char **others;
    size_t others_count;
};
enum gaz_status gaz_unit_list_read(const char *text, size_t len, struct gaz_arena *arena, struct gaz_unit_list *out,
                                   struct gaz_err *err);

// The last （责任单位：…） of a clause text, brackets balanced: sets *AT and *LENGTH to what stands inside after the colon; 0 when there is none.
// Knows 责任单位 责任部门 牵头单位 牵头部门 配合单位 责任分工 责任主体 主办 协办 and their traditional forms.
int gaz_unit_list_find(const char *text, size_t len, size_t *at, size_t *length);

// How surely TEXT is the name of a public body, 0…1: known in the file, or by its grammar (place prefix 市/省/县/区/国家…, ending 局 委 办 厅 政府
// 公司 集团 大学 医院 法院 银行 …, 各县（市、区）…). Used to find where a goal ends and its units begin.
double gaz_unit_likeness(const struct gaz_authority *authority, const char *text, size_t len);

#endif
