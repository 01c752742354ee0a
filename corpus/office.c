// SPDX-License-Identifier: GPL-2.0-or-later
#include "corpus/office.h"

#include <string.h>

bool gaz_office_signs(struct gaz_str text) {
    static const char *const offices[] = {"市长", "省长", "县长", "区长", "州长",     "主席",    "主任",
                                          "局长", "部长", "院长", "总理", "厅长",     "市長",    "縣長",
                                          "局長", "部長", "院長", "處長", "主任委員", "代理市长"};
    text = gaz_str_trim(text);
    for (size_t i = 0; i < sizeof offices / sizeof *offices; i++) {
        if (!gaz_str_starts(text, offices[i]))
            continue;
        struct gaz_str rest = gaz_str_from(text, strlen(offices[i])), name = gaz_str_trim(rest);
        if (gaz_text_count(name) >= 2 && gaz_text_count(name) <= 6 && name.data > rest.data &&
            !gaz_text_is_closed(name))
            return true;
    }
    return false;
}
