// SPDX-License-Identifier: GPL-2.0-or-later
#include "corpus/title.h"

#include <string.h>

#include "corpus/authority.h"

static bool is_body(struct gaz_str text) {
    return gaz_unit_likeness(NULL, text.data, text.len) >= 0.5;
}

// 转发市发展改革委关于…, 批转《…》: whether VERB, which begins TEXT, carries another document.
static bool carries(struct gaz_str text, const char *verb) {
    static const char *const about[] = {"关于", "關於"};
    struct gaz_str rest = gaz_str_from(text, strlen(verb));
    if (gaz_str_starts(rest, "《"))
        return true;
    for (size_t i = 0; i < sizeof about / sizeof *about; i++) {
        size_t at = gaz_str_find(rest, about[i]);
        if (at != SIZE_MAX && (at == 0 || is_body((struct gaz_str){rest.data, at})))
            return true;
    }
    return false;
}

size_t gaz_title_subject(struct gaz_str title) {
    static const char *const words[] = {"印发", "转发", "批转", "公布", "发布", "废止", "修改", "印發",
                                        "轉發", "批轉", "公布", "發布", "廢止", "关于", "關於"};
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t at = gaz_str_find(title, words[i]);
        bool about = i + 2 >= sizeof words / sizeof *words;
        if (at < best && (about || carries(gaz_str_from(title, at), words[i])) &&
            (at == 0 || is_body((struct gaz_str){title.data, at})))
            best = at;
    }
    return best;
}
