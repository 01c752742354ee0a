// SPDX-License-Identifier: GPL-2.0-or-later
//
// Titles of official documents: issuing bodies, what it is about, kind (GB/T 9704-2012, 7.3.1:
// 发文机关名称、事由 和文种).
#ifndef GAZ_CORPUS_TITLE_H
#define GAZ_CORPUS_TITLE_H

#include "corpus/text.h"

// Where TITLE says what it is about, in bytes: at 关于 …, 印发《…》, or 转发某局关于 …. 0 when it begins so,
// else the length of the issuing bodies that stand before it; SIZE_MAX when it does not say so, or something
// else stands there.
size_t gaz_title_subject(struct gaz_str title);

// What TITLE issues: the part between 印发 (公布, 公布施行 …) and 的通知, without 《》 around it; empty when
// it issues nothing.
struct gaz_str gaz_title_plan(struct gaz_str title);

#endif
