// SPDX-License-Identifier: GPL-2.0-or-later
//
// Document numbers (发文字号): finding them in text, and the one key in which all spellings of a number meet.
// Source of the form: 党政机关公文格式 GB/T 9704-2012 (机关代字〔年份〕发文顺序号), and what is printed in
// practice.
#ifndef GAZ_CORPUS_DOCNUM_H
#define GAZ_CORPUS_DOCNUM_H

#include <stddef.h>
#include <stdint.h>

#include "shim/mem.h"
#include "shim/status.h"

// One number. Strings live in the arena given to the call and are never NULL.
struct gaz_docnum {
    const char *text; // as printed, white space removed (温政发〔2023〕24号); of a later part of a joint
                      // number only that part (〔2023〕6、8号 → 温政发〔2023〕6 and 8号)
    const char *code; // 机关代字 in simplified script, 字 removed (温政发); issuers and kind for orders and
                      // announcements (国令, 海关总署公告); empty for yearly announcements printed without
                      // one (2025年第126号)
    int year;        // Gregorian; 0 when the number has none (国令第828号)
    uint64_t serial; // 0 when unknown
    const char *key; // normal form: CODE-YEAR-SERIAL[SUFFIX]; without a year CODE--SERIAL. Near misses never
                     // share it. CODE is that of above, but well-known pairs meet (国务院令 and 国令)
    size_t offset;   // bytes: where it begins in the text searched
    size_t length;   // bytes it takes there, white space and line breaks inside included
    int complete; // 0: code or year or serial is missing (温政发24号): good for a query, never a heading. An
                  // order needs no year, an announcement 2025年第126号 no code
};

struct gaz_docnums {
    struct gaz_docnum *items; // in the arena
    size_t count;
};

// Finds every complete document number in running TEXT (which may have white space and line breaks inside a
// number), in order; words before a code are not swallowed (作出温国土资发〔2018〕366号 → 温国土资发,
// 按国办发〔1985〕49号 → 国办发). Joint numbers (；or 、, also elliptic: 〔2023〕6、8号) give one item each,
// of a range (1至3号) the two ends. Linear in LEN. GAZ_ERR_MEMORY, GAZ_ERR_LIMIT (4 GiB).
enum gaz_status gaz_docnum_find(const char *text, size_t len, struct gaz_arena *arena,
                                struct gaz_docnums *out, struct gaz_err *err);

// Reads TEXT, which is meant to be one number and nothing else, in any spelling: bracket kinds or none,
// widths, Han numerals, 第, 字, blanks, missing 号, traditional script, its own key; 文 or 文件 after it and
// brackets around it are allowed. Incomplete ones are read where the code is surely one: 温政发24号,
// 温政发〔2023〕, 〔2023〕24号. GAZ_ERR_NOT_FOUND when it is not one (also when it is several, or words stand
// before it), statuses as above.
enum gaz_status gaz_docnum_parse(const char *text, size_t len, struct gaz_arena *arena,
                                 struct gaz_docnum *out, struct gaz_err *err);

// A whole line which is a document number heading: nothing but complete numbers, no 文 文件 附件 after 号.
int gaz_docnum_is_heading(const char *text, size_t len);

#endif
