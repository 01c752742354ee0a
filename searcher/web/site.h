// SPDX-License-Identifier: GPL-2.0-or-later
//
// From a request to its page.
#ifndef GAZ_SEARCHER_WEB_SITE_H
#define GAZ_SEARCHER_WEB_SITE_H

#include "searcher/web/page.h"

// A gaz_http_handler; CONTEXT is a struct gaz_site. Never fails: what goes wrong is a page, too.
void gaz_site_answer(void *context, const struct gaz_http_request *request,
                     struct gaz_http_response *response);

#endif
