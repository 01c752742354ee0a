// SPDX-License-Identifier: GPL-2.0-or-later
//
// Offices of persons, as far as they sign documents.
#ifndef GAZ_CORPUS_OFFICE_H
#define GAZ_CORPUS_OFFICE_H

#include "corpus/text.h"

// Whether TEXT is a signature by a person: an office, a blank, a name (市长　张某某, 縣長　葉某某).
bool gaz_office_signs(struct gaz_str text);

#endif
