// SPDX-License-Identifier: GPL-2.0-or-later
//
// Small questions about a piece of UTF-8 text, asked all over the reading of a gazette.
#ifndef GAZ_CORPUS_TEXT_H
#define GAZ_CORPUS_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shim/mem.h"

// A piece of text, borrowed, not NUL-terminated.
struct gaz_str {
    const char *data;
    size_t len; // bytes
};

struct gaz_str gaz_str_of(const char *text); // NULL gives an empty piece
// From byte FROM (at most TEXT's length) to the end.
struct gaz_str gaz_str_from(struct gaz_str text, size_t from);
// Without the white space at both ends.
struct gaz_str gaz_str_trim(struct gaz_str text);
bool gaz_str_equal(struct gaz_str a, struct gaz_str b);
bool gaz_str_starts(struct gaz_str text, const char *with);
bool gaz_str_ends(struct gaz_str text, const char *with);
// Byte offset of the first occurrence of NEEDLE, SIZE_MAX when there is none.
size_t gaz_str_find(struct gaz_str text, const char *needle);
// Whether TEXT ends with one of the COUNT words in LIST; *WHICH (may be NULL) gets the longest that does.
bool gaz_str_ends_one(struct gaz_str text, const char *const *list, size_t count, const char **which);

// Code point of the first or last character that is no white space, 0 when there is none.
uint32_t gaz_text_first(struct gaz_str text);
uint32_t gaz_text_last(struct gaz_str text);
// Characters that are no white space.
size_t gaz_text_count(struct gaz_str text);
// TEXT with all white space taken out, NUL-terminated, in ARENA; NULL when memory is out.
char *gaz_text_squeeze(struct gaz_arena *arena, struct gaz_str text);
// Appends TEXT without white space to ROOM, which holds LEN bytes of SIZE, as far as whole characters fit;
// returns how many it holds then. No NUL.
size_t gaz_text_squeeze_to(struct gaz_str text, char *room, size_t len, size_t size);
// Whether A and B are equal when white space does not count.
bool gaz_text_same(struct gaz_str a, struct gaz_str b);

// Ends a sentence or an item: 。！？；：… and their ASCII forms but the full stop, which ends numbers too;
// closing quotes and brackets behind them allowed.
bool gaz_text_is_closed(struct gaz_str text);
// Ends where a sentence must go on: ，、 an opening bracket or quote, or 第 of a number that follows.
bool gaz_text_is_open(struct gaz_str text);
// Brackets and quotes still open behind TEXT when DEPTH were open before it; never under 0.
int gaz_text_depth(struct gaz_str text, int depth);
// Whether CODE is punctuation that may not begin a printed line (避头尾): ，。、；：？！）》”…
bool gaz_text_never_first(uint32_t code);
// … that may not end one: （《“〔
bool gaz_text_never_last(uint32_t code);

// TITLE without bracketed additions at its end: （试行）, （“满天星”计划）.
struct gaz_str gaz_text_without_brackets(struct gaz_str title);

// A heading without the marks that frame it: · 市政府文件 ·, 【要闻】.
struct gaz_str gaz_text_without_ornament(struct gaz_str text);

// Columns that TEXT takes on a terminal (UAX #11): two for a wide character.
size_t gaz_text_columns(struct gaz_str text);

// Columns of what must stay together at the start of TEXT when a line is broken: opening punctuation, then
// one Han character or a whole run of letters and digits, then closing punctuation.
size_t gaz_text_first_token(struct gaz_str text);

#endif
