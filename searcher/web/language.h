// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the pages say, in the language that a reader asks for. A program speaks one language, a page that of
// its reader: so these messages are a table of their own and not the catalogue of the programs.
#ifndef GAZ_SEARCHER_WEB_LANGUAGE_H
#define GAZ_SEARCHER_WEB_LANGUAGE_H

enum gaz_language { GAZ_LANGUAGE_ZH, GAZ_LANGUAGE_EN, GAZ_LANGUAGE_COUNT };

enum gaz_message {
#define GAZ_WEB_MESSAGE(id, zh, en) GAZ_MESSAGE_##id,
#include "searcher/web/messages.def"
#undef GAZ_WEB_MESSAGE
    GAZ_MESSAGE_COUNT
};

// The language that the field Accept-Language (RFC 9110, 12.5.4; NULL: none) likes best of those we have;
// Chinese when it says nothing of them.
enum gaz_language gaz_language_choose(const char *accepted);

// Its tag, for HTML and HTTP (BCP 47); static.
const char *gaz_language_tag(enum gaz_language language);

// The message, where {} stands for a value; static.
const char *gaz_message_text(enum gaz_language language, enum gaz_message message);

#endif
