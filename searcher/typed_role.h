// SPDX-License-Identifier: GPL-2.0-or-later
//
// What people write around a unit or a number to say what they want of it.
#ifndef GAZ_SEARCHER_TYPED_ROLE_H
#define GAZ_SEARCHER_TYPED_ROLE_H

#include "corpus/text.h"
#include "searcher/read.h"

// The unit in TEXT without the words that say its role, in either script: 市卫健委牵头的任务 and
// 由市卫健委牵头 → 市卫健委, lead; 市政府的文件 → issuer. Without such words it is the whole, for any role.
struct gaz_str gaz_typed_role_split(struct gaz_str text, enum gaz_role *role);

// Whether TEXT is nothing but words of a role (牵头, 牵头的任务), as behind a unit and a blank.
bool gaz_typed_role_is(struct gaz_str text, enum gaz_role *role);

// TEXT without the words that ask for the document itself or for who cites it: 云政发〔2024〕8号全文,
// 谁引用了云政发〔2024〕8号. The answer to a number has both.
struct gaz_str gaz_typed_number_strip(struct gaz_str text);
// Whether TEXT is nothing but such words (全文).
bool gaz_typed_number_is_said(struct gaz_str text);

#endif
