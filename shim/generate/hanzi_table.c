// SPDX-License-Identifier: GPL-2.0-or-later
//
// hanzi_table FILE: writes the folding of gaz_hanzi_fold, made with OpenCC. Every Han character is converted
// on its own by each of OpenCC's configurations; what converts to what is one class.
#include <opencc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shim/codemap.h"
#include "shim/generate/codemap_write.h"
#include "shim/utf8.h"

enum {
    FIRST = 0x3400,
    END = 0x32400,
    TEXT_MAX = (END - FIRST) * 5 // four bytes and a line end
};

// The first one also says which member represents a class. jp2t is left out: it takes 芸 for 藝 and would
// join what Chinese keeps apart.
static const char *const configurations[] = {"t2s.json",  "s2t.json",  "tw2s.json", "hk2s.json",
                                             "t2tw.json", "t2hk.json", "tw2t.json", "hk2t.json"};

// Pairs that OpenCC converts in phrases only: 了解 → 瞭解, 答复 → 答覆, 坐标 → 座標, 计划 → 計畫. Left out is
// what is two words of their own (鎖鍊 → 锁链), for which one-character queries would pay. The first of a
// pair, which is the usual one, represents its class.
static const char phrase_pairs[] = "了瞭复覆借藉仿彷抵牴并幷背揹熏薰周賙仇讎只祇它牠穗繐坂阪夫伕具俱坐座划画";

static char text[TEXT_MAX + 1];
static uint32_t parent[END];
static uint32_t simplified[END]; // what t2s makes of it
static uint32_t votes[END];      // how many it is the simplified form of
static uint32_t best[END];       // of a root: the representative, 0 for none yet

static int is_ideograph(uint32_t code) {
    return (code >= 0x3400 && code <= 0x4DBF) || (code >= 0x4E00 && code <= 0x9FFF) ||
           (code >= 0x20000 && code < END);
}

static void write_text(void) {
    size_t len = 0;

    for (uint32_t code = FIRST; code < END; code++) {
        if (!is_ideograph(code))
            continue;
        len += gaz_utf8_encode(code, text + len);
        text[len++] = '\n'; // keeps OpenCC from seeing phrases
    }
}

static uint32_t find_root(uint32_t code) {
    while (parent[code] != code) {
        parent[code] = parent[parent[code]];
        code = parent[code];
    }
    return code;
}

// The ideograph that is the whole first line of LINE, or 0; moves LINE behind it.
static uint32_t read_line(const char **line) {
    size_t len = strcspn(*line, "\n");
    uint32_t code = 0;

    if (len == 0 || gaz_utf8_decode(*line, len, &code) != len || !is_ideograph(code))
        code = 0;
    *line += len + 1;
    return code;
}

static void join_converted(const char *converted, int is_simplifying) {
    const char *from_line = text;

    while (*from_line) {
        uint32_t from = read_line(&from_line);
        uint32_t to = read_line(&converted);

        if (to == 0)
            continue;
        parent[find_root(from)] = find_root(to);
        if (is_simplifying)
            simplified[from] = to;
    }
}

static int convert(const char *configuration, int is_simplifying) {
    opencc_t opencc = opencc_open(configuration);
    if ((intptr_t)opencc == -1)
        return -1;
    char *converted = opencc_convert_utf8(opencc, text, strlen(text));
    if (converted)
        join_converted(converted, is_simplifying);
    opencc_convert_utf8_free(converted);
    opencc_close(opencc);
    return converted ? 0 : -1;
}

static void each_phrase_pair(void (*visit)(uint32_t usual, uint32_t other)) {
    size_t left = strlen(phrase_pairs);

    while (left > 0) {
        uint32_t pair[2];
        for (size_t i = 0; i < 2; i++)
            left -= gaz_utf8_decode(phrase_pairs + sizeof phrase_pairs - 1 - left, left, &pair[i]);
        visit(pair[0], pair[1]);
    }
}

static void join_pair(uint32_t usual, uint32_t other) {
    parent[find_root(other)] = find_root(usual);
}

static void prefer_usual(uint32_t usual, uint32_t other) {
    (void)other;
    best[find_root(usual)] = usual;
}

static int is_better(uint32_t code, uint32_t other) {
    if (other == 0)
        return 1;
    int stable = simplified[code] == code;
    if (stable != (simplified[other] == other))
        return stable;
    return votes[code] > votes[other];
}

// The simplified form that most members have, the lowest code point of several.
static void choose_representatives(void) {
    for (uint32_t code = FIRST; code < END; code++)
        votes[simplified[code]]++;
    for (uint32_t code = FIRST; code < END; code++) {
        uint32_t root = find_root(code);
        if (is_better(code, best[root]))
            best[root] = code;
    }
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: hanzi_table FILE\n");
        return 1;
    }
    for (uint32_t code = FIRST; code < END; code++)
        parent[code] = simplified[code] = code;
    write_text();
    for (size_t i = 0; i < sizeof configurations / sizeof *configurations; i++) {
        if (convert(configurations[i], i == 0) != 0) {
            fprintf(stderr, "hanzi_table: %s: %s\n", configurations[i], opencc_error());
            return 1;
        }
    }
    each_phrase_pair(join_pair);
    choose_representatives();
    each_phrase_pair(prefer_usual);
    for (uint32_t code = FIRST; code < END; code++)
        codemap_put(code, &best[find_root(code)], 1);
    if (codemap_write(argv[1], "hanzi") != 0) {
        perror(argv[1]);
        return 1;
    }
    return 0;
}
