// SPDX-License-Identifier: GPL-2.0-or-later
//
// unicode_table FILE: writes the folding of gaz_unicode_fold, made with utf8proc.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "shim/codemap.h"
#include "shim/generate/codemap_write.h"
#include "shim/unicode.h"

// Each group is folded to its first character. They are compared after NFKC, so full-width and vertical forms
// need not be listed. The kinds of brackets that may enclose the year of a document number are one kind; 《》
// and （） keep theirs.
static const char *const look_alikes[] = {
    "[〔【〖〘〚❲", "]〕】〗〙〛❳", "<〈‹",    ">〉›", "-‐‑‒–—―−─",
    "\"“”„‟〝〞〟", "'‘’‚‛",        "·•‧∙⋅・", "〇○◯", "~〜∼",
};

struct sequence {
    uint32_t codes[GAZ_UNICODE_FOLD_MAX];
    size_t count;
};

static void fail(const char *what) {
    fprintf(stderr, "unicode_table: %s\n", what);
    exit(1);
}

static void push(struct sequence *sequence, uint32_t code) {
    if (sequence->count == GAZ_UNICODE_FOLD_MAX)
        fail("an expansion is longer than GAZ_UNICODE_FOLD_MAX");
    sequence->codes[sequence->count++] = code;
}

static uint32_t unify(uint32_t code) {
    for (size_t i = 0; i < sizeof look_alikes / sizeof *look_alikes; i++) {
        const char *group = look_alikes[i];
        uint32_t first;
        uint32_t member;

        gaz_utf8_decode(group, strlen(group), &first);
        while (*group) {
            group += gaz_utf8_decode(group, strlen(group), &member);
            if (member == code)
                return first;
        }
    }
    return code;
}

// NFKC and full case folding of one code point, without what has no appearance of its own.
static void normalise(uint32_t code, struct sequence *out) {
    utf8proc_uint8_t text[5] = {0};
    utf8proc_uint8_t *mapped = NULL;

    utf8proc_encode_char((utf8proc_int32_t)code, text);
    if (utf8proc_map(text, (utf8proc_ssize_t)strlen((const char *)text), &mapped,
                     UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD |
                         UTF8PROC_IGNORE) < 0)
        fail("utf8proc cannot map a code point");
    for (const char *at = (const char *)mapped; *at;) {
        uint32_t part;

        at += gaz_utf8_decode(at, strlen(at), &part);
        push(out, unify(part));
    }
    free(mapped);
}

static int is_same(const struct sequence *one, const struct sequence *other) {
    return one->count == other->count &&
           memcmp(one->codes, other->codes, one->count * sizeof *one->codes) == 0;
}

// An expansion such as "blank, accent" stands for one printed sign: the blank is only there to carry the
// accent.
static void drop_blanks(struct sequence *sequence) {
    size_t count = 0;

    if (sequence->count < 2)
        return;
    for (size_t i = 0; i < sequence->count; i++) {
        if (sequence->codes[i] != ' ')
            sequence->codes[count++] = sequence->codes[i];
    }
    sequence->count = count;
}

// Folds until nothing changes any more: case folding may give a character that NFKC changes, and the other
// way round.
static void fold(uint32_t code, struct sequence *out) {
    struct sequence before;

    *out = (struct sequence){{code}, 1};
    do {
        before = *out;
        out->count = 0;
        for (size_t i = 0; i < before.count; i++)
            normalise(before.codes[i], out);
    } while (!is_same(&before, out));
    drop_blanks(out);
}

int main(int argc, char **argv) {
    struct sequence folded;

    if (argc != 2)
        fail("usage: unicode_table FILE");
    for (uint32_t code = 1; code < GAZ_CODEMAP_LIMIT; code++) { // NUL would end utf8proc's text
        if (code >= 0xD800 && code <= 0xDFFF)
            continue;
        fold(code, &folded);
        codemap_put(code, folded.codes, folded.count);
    }
    if (codemap_write(argv[1], "unicode") != 0) {
        perror(argv[1]);
        return 1;
    }
    return 0;
}
