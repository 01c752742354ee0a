// SPDX-License-Identifier: GPL-2.0-or-later
#include "corpus/title.h"

#include <string.h>

#include "corpus/authority.h"

// The name of a body, or of several: 国家发展改革委、财政部.
static bool is_body(struct gaz_str text) {
    size_t comma = gaz_str_find(text, "、");
    if (comma == SIZE_MAX)
        return gaz_unit_likeness(NULL, text.data, text.len) >= 0.5;
    return gaz_unit_likeness(NULL, text.data, comma) >= 0.5 &&
           is_body(gaz_str_from(text, comma + strlen("、")));
}

// 转发市发展改革委关于…, 批转《…》, 印发…的通知: whether VERB, which begins TEXT, carries another document.
static bool carries(struct gaz_str text, const char *verb) {
    static const char *const about[] = {"关于", "關於"};
    static const char *const tails[] = {"的通知", "的函", "的公告", "的通告", "的决定", "的決定"};
    struct gaz_str rest = gaz_str_from(text, strlen(verb));
    if (gaz_str_starts(rest, "《") || gaz_str_ends_one(text, tails, sizeof tails / sizeof *tails, NULL))
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

struct gaz_str gaz_title_plan(struct gaz_str title) {
    static const char *const tails[] = {"的通知", "的函", "的通告", "的公告", "的决定", "的命令", "的令"};
    static const char *const verbs[] = {"印发", "印發", "公布施行", "发布施行", "公布", "发布"};
    const char *tail;
    size_t at = SIZE_MAX, verb = 0;
    for (; verb < sizeof verbs / sizeof *verbs && at == SIZE_MAX; verb++)
        at = gaz_str_find(title, verbs[verb]);
    if (at == SIZE_MAX || !gaz_str_ends_one(title, tails, sizeof tails / sizeof *tails, &tail))
        return (struct gaz_str){title.data, 0};
    struct gaz_str plan = gaz_str_from(title, at + strlen(verbs[verb - 1]));
    plan.len = plan.len > strlen(tail) ? plan.len - strlen(tail) : 0;
    if (gaz_str_starts(plan, "《") && gaz_str_ends(plan, "》") && plan.len > 6)
        plan = (struct gaz_str){plan.data + 3, plan.len - 6};
    return plan;
}
