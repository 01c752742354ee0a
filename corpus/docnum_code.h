// SPDX-License-Identifier: GPL-2.0-or-later
//
// The code of a document number (机关代字): where it begins in running text, and its normal form. Private to
// docnum.c; works on folded text.
#ifndef GAZ_CORPUS_DOCNUM_CODE_H
#define GAZ_CORPUS_DOCNUM_CODE_H

#include <stddef.h>
#include <uchar.h>

#include "corpus/fold.h"

// Text with its folded form.
struct gaz_docnum_source {
    const char *text;
    size_t len;
    struct gaz_folded folded;
};

// Whether white space (or what folding drops) stands before code point AT.
int gaz_docnum_blank_before(const struct gaz_docnum_source *source, size_t at);

// What the characters before a year or serial end with.
enum gaz_docnum_ending {
    GAZ_DOCNUM_ENDS_PLAIN,    // any word
    GAZ_DOCNUM_ENDS_FUNCTION, // 发 函 办 …: the function character of a code
    GAZ_DOCNUM_ENDS_KIND,     // 令 公告 …: an order or announcement under the issuer's full name
    GAZ_DOCNUM_ENDS_BODY      // 局 部 委 …: the full name of a body
};
enum gaz_docnum_ending gaz_docnum_ending(const struct gaz_docnum_source *source, size_t from, size_t end);

struct gaz_docnum_code {
    size_t begin, end; // code points; empty when there is none
    int cut;           // a word that is surely no part of it stands right before it
    int full;          // full names of issuers, not an abbreviation
};

// The code that ends before END, not reaching back over FROM. FULL: it is the full name of a body, as the
// kind stands after the number (财政部2023年第3号公告); else its ending tells. Evidence, the strongest first:
// punctuation and digits; words that come before numbers (根据, 印发, 按); white space; the shape X政发;
// characters that codes are made of. Tables of places are used as evidence only: a code of an unknown place
// is found too. Looks at a bounded number of characters.
struct gaz_docnum_code gaz_docnum_code_before(const struct gaz_docnum_source *source, size_t from, size_t end,
                                              int full);

// Whether all from BEGIN to the end of CODE may be the code, though shape alone had it begin later: no word
// is known to stand before it and nothing else than letters does.
int gaz_docnum_code_fits(const struct gaz_docnum_source *source, size_t begin,
                         const struct gaz_docnum_code *code);

// Whether all of it is one of the words that stand before numbers (执行, 印发), so that it is none.
int gaz_docnum_code_is_word(const struct gaz_docnum_source *source, const struct gaz_docnum_code *code);

// Whether the code has the shape of one beyond doubt (浙政办发, 国函), so that it may stand without brackets
// and 号.
int gaz_docnum_code_is_sure(const struct gaz_docnum_source *source, const struct gaz_docnum_code *code);

// Whether it may be one (冀人社, 财办社), so that a year and a serial after it make a number.
int gaz_docnum_code_is_likely(const struct gaz_docnum_source *source, const struct gaz_docnum_code *code);

// Whether it is made of what codes are made of, the place aside (财税, 澜人社), so that it is one where a
// year in brackets or a serial with 号 follows and nothing else stands there.
int gaz_docnum_code_is_possible(const struct gaz_docnum_source *source, const struct gaz_docnum_code *code);

// Appends the code as it is named, in simplified script, without 字 and separators, then KIND (NULL: none),
// the kind that stands after the number. KEY: in the form for keys, in which well-known pairs meet (国务院令
// → 国令, 省政府令 → 省人民政府令).
void gaz_docnum_code_write(const struct gaz_docnum_source *source, const struct gaz_docnum_code *code,
                           const char32_t *kind, int key, struct gaz_buf *out);

#endif
