// SPDX-License-Identifier: GPL-2.0-or-later
//
// Text in XML 1.0.
#ifndef GAZ_SEARCHER_XML_H
#define GAZ_SEARCHER_XML_H

#include "shim/mem.h"

// Appends TEXT as content or as the value of an attribute in double quotes; characters that XML 1.0 does not
// allow become U+FFFD.
void gaz_xml_put(struct gaz_buf *out, const char *text);

// <NAME>TEXT</NAME>; nothing when TEXT is empty.
void gaz_xml_put_element(struct gaz_buf *out, const char *name, const char *text);

#endif
