// SPDX-License-Identifier: GPL-2.0-or-later
//
// Messages for people, through gettext: _("…") is translated where it is used, N_("…") only marked for it. A
// format that is given to gaz_err_set or gaz_diag_report is translated there and needs neither. The
// catalogues are corpus/po/LANGUAGE.po, brought up to date by scripts/update-po. Machine formats are never
// translated.
#ifndef GAZ_SHIM_MESSAGE_H
#define GAZ_SHIM_MESSAGE_H

#include <libintl.h>

#define GAZ_MESSAGE_DOMAIN "gazette"

#define _(text) dgettext(GAZ_MESSAGE_DOMAIN, text)
#define N_(text) text
// ONE or MANY, whichever the language wants with the number COUNT.
#define gaz_plural(one, many, count) dngettext(GAZ_MESSAGE_DOMAIN, one, many, count)

// Has this program speak the language of its environment, in UTF-8, and write numbers as C does. For the
// beginning of main. Where the catalogue or the locale is missing, messages are English or what LANGUAGE
// says.
void gaz_message_init(void);

#endif
