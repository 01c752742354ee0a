// SPDX-License-Identifier: GPL-2.0-or-later
//
// Unit names (责任单位, 发文机关): the authority file corpus/authority.tsv, and the two grammars of unit
// lists.
#ifndef GAZ_CORPUS_AUTHORITY_H
#define GAZ_CORPUS_AUTHORITY_H

#include <stddef.h>

#include "shim/mem.h"
#include "shim/status.h"

struct gaz_authority; // the loaded file; read-only, so threads may share it

// Loads FILE (NULL: the installed one); freed with gaz_authority_free. GAZ_ERR_IO, GAZ_ERR_CORRUPT (names the
// line), GAZ_ERR_MEMORY, statuses of gaz_data_path.
enum gaz_status gaz_authority_load(const char *file, struct gaz_authority **out, struct gaz_err *err);
// NULL is allowed.
void gaz_authority_free(struct gaz_authority *authority);
// What tells the contents of this file from those of another: 16 hexadecimal digits of its SHA-256.
const char *gaz_authority_mark(const struct gaz_authority *authority);

// The keys under which NAME is indexed and looked up, as NUL-terminated strings in ARENA (at least one). One
// function serves both sides: the indexer stores every key of a printed name, with the place of its document;
// the searcher looks for any key of the name asked for. Names are folded; short names and old names are
// brought to the present full name:
//   市卫健委, place 温州市 (or 温州)   温州市卫生健康委员会, and 市卫生健康委员会 for who asks without a
//   place 市卫健委, no place                 市卫生健康委员会: finds those of every city 温州市卫健委,
//   温州市卫计委         温州市卫生健康委员会, whatever the place: finds that of 温州 only 卫健委, place
//   温州市               温州市卫生健康委员会, and 卫生健康委员会 省卫健委, place 温州市 省卫生健康委员会:
//   the place is no province 市委组织部<市委人才办>             those of the whole name, and those of each of
//   the two
// Names the file does not know give their folded form, and with the place where they begin with its level
// (市物联办). A body that was divided gives a key for each successor. PLACE and AUTHORITY may be NULL.
// GAZ_ERR_MEMORY, GAZ_ERR_LIMIT.
struct gaz_unit_keys {
    const char **items;
    size_t count;
};
enum gaz_status gaz_authority_keys(const struct gaz_authority *authority, const char *name, size_t len,
                                   const char *place, struct gaz_arena *arena, struct gaz_unit_keys *out,
                                   struct gaz_err *err);

// Whether NAME is in the file (any spelling, any or no place prefix). 0 also when AUTHORITY is NULL.
int gaz_authority_knows(const struct gaz_authority *authority, const char *name, size_t len);

// A list of units as printed (市经信局、市财政局，各县<市、区>政府): cut at 、，, ；; and at blanks between
// names (not those inside a name that is broken over a line), never inside brackets or quotation marks; a
// leading * (or ＊ ★) marks the lead. Where no unit is marked, the wording tells: 牵头单位：… and …牵头 lead,
// 配合单位：… and …配合 do not. A full stop at the end of a name is left out; what else is printed stays (等,
// and 龙湾区 of 龙湾区、瓯海区人民政府). GAZ_ERR_MEMORY, GAZ_ERR_LIMIT.
struct gaz_unit_list {
    const char **lead; // names as printed, without mark, label and white space, in ARENA
    size_t lead_count;
    const char **others;
    size_t others_count;
};
enum gaz_status gaz_unit_list_read(const char *text, size_t len, struct gaz_arena *arena,
                                   struct gaz_unit_list *out, struct gaz_err *err);

// The last list of units in brackets in a clause text: sets *AT and *LENGTH (bytes) to the text for
// gaz_unit_list_read and returns 1, or returns 0 when there is none (or memory is short). Of （责任单位：…）
// that is what stands after the colon; a label that tells the lead (（牵头单位：A；责任单位：B、C）) is
// included. Knows 责任单位 责任部门 牵头单位 牵头部门 配合单位 责任分工 责任主体 主办 协办 and the like in
// both scripts, and without a label, at the end of the text, （市财政局牵头，市审计局配合）. Inner brackets
// are balanced; a bracket that is not closed holds no list.
int gaz_unit_list_find(const char *text, size_t len, size_t *at, size_t *length);

// How surely TEXT is the name of one public body, 0…1: 1 known in the file, 0.9 by its grammar (place or
// 市/省/县/区/国家 …, ending 局 委 办 厅 政府 公司 集团 大学 医院 法院 银行 …; 各县（市、区）…), 0.6 by its
// ending only, less when it is no name. Used to find where a goal ends and its units begin. AUTHORITY may be
// NULL.
double gaz_unit_likeness(const struct gaz_authority *authority, const char *text, size_t len);

#endif
