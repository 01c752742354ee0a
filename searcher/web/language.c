// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/web/language.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

static const char *const tags[GAZ_LANGUAGE_COUNT] = {[GAZ_LANGUAGE_ZH] = "zh", [GAZ_LANGUAGE_EN] = "en"};

static const char *const texts[GAZ_MESSAGE_COUNT][GAZ_LANGUAGE_COUNT] = {
#define GAZ_WEB_MESSAGE(id, zh, en) [GAZ_MESSAGE_##id] = {[GAZ_LANGUAGE_ZH] = (zh), [GAZ_LANGUAGE_EN] = (en)},
#include "searcher/web/messages.def"
#undef GAZ_WEB_MESSAGE
};

const char *gaz_language_tag(enum gaz_language language) {
    return language == GAZ_LANGUAGE_ZH ? "zh-CN" : tags[language];
}

const char *gaz_message_text(enum gaz_language language, enum gaz_message message) {
    return texts[message][language];
}

// A range of the field: en-GB;q=0.8. Its quality is in thousandths, 1000 without one.
static int read_quality(const char *range, size_t len) {
    const char *q = memchr(range, ';', len);
    int value = 0, unit = 1000;
    while (q && q < range + len && *q != '=') {
        q++;
    }
    if (!q || q == range + len) {
        return 1000;
    }
    for (q++; q < range + len && unit > 0; q++) {
        if (*q >= '0' && *q <= '9') {
            value += (*q - '0') * unit;
            unit /= 10;
        } else if (*q != '.' && *q != ' ') {
            break;
        }
    }
    return value < 1000 ? value : 1000;
}

// Whether RANGE is LANGUAGE or a kind of it: zh, zh-Hant-TW.
static bool is_of(const char *range, size_t len, enum gaz_language language) {
    size_t tag = strlen(tags[language]);
    return len >= tag && strncasecmp(range, tags[language], tag) == 0 &&
           (len == tag || strchr("-; \t", range[tag]));
}

enum gaz_language gaz_language_choose(const char *accepted) {
    enum gaz_language best = GAZ_LANGUAGE_ZH;
    int most = 0;
    while (accepted && *accepted) {
        accepted += strspn(accepted, ", \t");
        size_t len = strcspn(accepted, ",");
        int quality = read_quality(accepted, len);
        for (int language = 0; language < GAZ_LANGUAGE_COUNT; language++) {
            if (is_of(accepted, len, (enum gaz_language)language) && quality > most) {
                most = quality;
                best = (enum gaz_language)language;
            }
        }
        accepted += len;
    }
    return best;
}
