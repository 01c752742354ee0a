// SPDX-License-Identifier: GPL-2.0-or-later
#include "corpus/place.h"

#include <stdint.h>
#include <string.h>

#include "corpus/text.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

// What stands before a place in the name of a body.
static const char *const leaders[] = {"中国共产党", "中國共產黨", "中共"};

// Bodies of the state that these begin are of no place: 国家市场监督管理总局 is not of 国家市.
static const char *const national[] = {"国家", "國家", "国务院", "國務院", "全国", "全國", "最高", "中央"};

static const char *const governments[] = {"人民政府", "政府", "人民代表大会", "人民代表大會"};

static const char *const suffixes[] = {"特别行政区", "自治区", "自治州", "地区",   "省",   "市", "县",
                                       "盟",         "旗",     "区",     "自治區", "地區", "縣", "區"};

static size_t skip_leader(struct gaz_str name) {
    for (size_t i = 0; i < COUNT(leaders); i++) {
        if (gaz_str_starts(name, leaders[i])) {
            return strlen(leaders[i]);
        }
    }
    return 0;
}

static bool is_national(struct gaz_str name) {
    for (size_t i = 0; i < COUNT(national); i++) {
        if (gaz_str_starts(name, national[i])) {
            return true;
        }
    }
    return false;
}

// A suffix on its own (市 of 市人民政府) is no place.
static bool is_suffix(struct gaz_str text) {
    for (size_t i = 0; i < COUNT(suffixes); i++) {
        if (text.len == strlen(suffixes[i]) && gaz_str_starts(text, suffixes[i])) {
            return true;
        }
    }
    return false;
}

static size_t before_government(struct gaz_str name) {
    for (size_t i = 0; i < COUNT(governments); i++) {
        size_t at = gaz_str_find(name, governments[i]);
        if (at != SIZE_MAX) {
            return is_suffix((struct gaz_str){name.data, at}) ? 0 : at;
        }
    }
    return 0;
}

static size_t up_to_suffix(struct gaz_str name) {
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < COUNT(suffixes); i++) {
        size_t at = gaz_str_find(name, suffixes[i]);
        if (at != SIZE_MAX && at > 0 && at + strlen(suffixes[i]) < best) {
            best = at + strlen(suffixes[i]);
        }
    }
    return best == SIZE_MAX ? 0 : best;
}

size_t gaz_place_find(const char *name, size_t len, size_t *at) {
    struct gaz_str whole = {name, len};
    *at = skip_leader(whole);
    struct gaz_str rest = gaz_str_from(whole, *at);
    if (is_national(rest)) {
        return 0;
    }
    size_t found = before_government(rest);
    return found > 0 ? found : up_to_suffix(rest);
}
