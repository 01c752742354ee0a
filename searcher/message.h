// SPDX-License-Identifier: GPL-2.0-or-later
//
// Messages for people go through gettext: _("…") is translated where it is used, N_("…") only marked for it.
#ifndef GAZ_SEARCHER_MESSAGE_H
#define GAZ_SEARCHER_MESSAGE_H

#include <libintl.h>

#define _(text) gettext(text)
#define N_(text) text

#endif
