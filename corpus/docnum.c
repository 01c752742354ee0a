// SPDX-License-Identifier: GPL-2.0-or-later
#include "corpus/docnum.h"

#include <string.h>
#include <uchar.h>

#include "corpus/docnum_code.h"
#include "corpus/numeral.h"
#include "shim/unicode.h"

enum {
    FIRST_YEAR = 1949,
    LAST_YEAR = 2100,
    LONGEST_HEADING = 1200, // bytes
    UNMARKED_DIGITS = 6     // longest serial without 号
};

// How year and serial stand after the code.
enum form {
    FORM_BRACKET,  // 〔2023〕24号
    FORM_YEAR,     // 2023年第24号
    FORM_SERIAL,   // 第828号, 24号
    FORM_LETTERED, // 字第0930166280号
    FORM_FUSED     // 202324号, as left by brackets that were lost
};

struct serial {
    uint64_t value;
    uint32_t suffix[8]; // upper case; B, 之1
    size_t suffix_length;
    int marked; // 号 follows
    size_t end;
};

// What stands after a code, from AT to END (code points).
struct tail {
    enum form form;
    size_t at, end;
    int year;
    int ordinal;     // 第 before the serial
    int round;       // the year stands in （）, as other things do
    int two_digits;  // 〔98〕
    size_t kind_end; // 令 or 公告 after 号 ends here; 0: none
    struct serial serial;
};

// A number under construction: what its parts share.
struct reading {
    struct gaz_docnum_code code;
    struct tail tail;
    int complete;
};

struct finder {
    struct gaz_docnum_source source;
    struct gaz_arena *arena;
    struct gaz_docnum *items; // gaz_malloc'ed
    size_t count, capacity;
    struct gaz_buf buf;
};

// --- characters --------------------------------------------------------------------------------------------

static uint32_t code_at(const struct finder *finder, size_t at) {
    return at < finder->source.folded.count ? finder->source.folded.codes[at] : 0;
}

static int is_digit(uint32_t code) {
    return code >= U'0' && code <= U'9';
}

static int is_letter(uint32_t code) {
    return code >= U'a' && code <= U'z';
}

static int word_at(const struct finder *finder, size_t at, const char32_t *word) {
    for (; *word != 0; word++, at++)
        if (code_at(finder, at) != *word)
            return 0;
    return 1;
}

static size_t numeral_at(const struct finder *finder, size_t at, unsigned kinds, uint64_t *value) {
    const struct gaz_folded *folded = &finder->source.folded;
    if (at >= folded->count)
        return 0;
    return gaz_numeral_read_codes(folded->codes + at, folded->count - at, kinds, value, NULL);
}

static int is_year(uint64_t value) {
    return value >= FIRST_YEAR && value <= LAST_YEAR;
}

// The end of a year of four digits at AT, or 0.
static size_t year_end(const struct finder *finder, size_t at, int *year) {
    uint64_t value = 0;
    size_t length = numeral_at(finder, at, GAZ_NUMERAL_ARABIC | GAZ_NUMERAL_HAN_DIGITS, &value);
    if (length != 4 || !is_year(value))
        return 0;
    *year = (int)value;
    return at + length;
}

// --- serial ------------------------------------------------------------------------------------------------

static int has_blank(const struct finder *finder, size_t begin, size_t end) {
    for (size_t at = begin + 1; at < end; at++)
        if (gaz_docnum_blank_before(&finder->source, at))
            return 1;
    return 0;
}

// Whether the text is letter-spaced from before the serial to its END, so that blanks part nothing there.
static int is_letter_spaced(const struct finder *finder, size_t begin, size_t end) {
    for (size_t at = begin > 2 ? begin - 2 : 0; at < end; at++)
        if (!gaz_docnum_blank_before(&finder->source, at))
            return 0;
    return begin > 2;
}

// B and 之1 after the digits; they count only when 号 or the end of the text follows.
static size_t read_suffix(const struct finder *finder, size_t at, struct serial *serial) {
    size_t start = at;
    uint64_t number;
    while (is_letter(code_at(finder, at)) && at - start < 3)
        serial->suffix[serial->suffix_length++] = code_at(finder, at++) - U'a' + U'A';
    if (at > start || (code_at(finder, at) != U'之' && code_at(finder, at) != U'-'))
        return at;
    size_t length = numeral_at(finder, at + 1, GAZ_NUMERAL_ARABIC | GAZ_NUMERAL_HAN, &number);
    if (length == 0 || number > 99)
        return at;
    serial->suffix[serial->suffix_length++] = U'之';
    if (number >= 10)
        serial->suffix[serial->suffix_length++] = U'0' + (uint32_t)(number / 10);
    serial->suffix[serial->suffix_length++] = U'0' + (uint32_t)(number % 10);
    return at + 1 + length;
}

// The length of what may stand between the parts of a joint number. After 号 a comma ends it.
static size_t list_separator(const struct finder *finder, size_t at, int marked) {
    uint32_t code = code_at(finder, at);
    if (code == U'、' || code == U';' || code == U'和' || code == U'及' || code == U'与' || code == U'至' ||
        code == U'-' || code == U'~')
        return 1;
    return code == U',' && !marked;
}

static int ends_unmarked(const struct finder *finder, size_t at) {
    uint32_t code = code_at(finder, at);
    if (code == U'.' && is_digit(code_at(finder, at + 1)))
        return 0;
    if (at < finder->source.folded.count && gaz_docnum_blank_before(&finder->source, at))
        return 1;
    if (list_separator(finder, at, 0) > 0 && is_digit(code_at(finder, at + 1)))
        return 1;
    if (gaz_unicode_is_han(code))
        return code == U'文';
    return !is_letter(code) && !is_digit(code) && code != U'%';
}

// A serial without 号 is Arabic, and a blank ends it: what follows is another number (24 1.加强领导).
static size_t read_unmarked(const struct finder *finder, size_t at, struct serial *serial) {
    size_t end = at;
    serial->value = 0;
    while (is_digit(code_at(finder, end)) && end - at < UNMARKED_DIGITS &&
           (end == at || !gaz_docnum_blank_before(&finder->source, end)))
        serial->value = serial->value * 10 + (code_at(finder, end++) - U'0');
    return serial->value > 0 && ends_unmarked(finder, end) ? end : 0;
}

// Reads a serial with what belongs to it; returns its end or 0.
static size_t read_serial(const struct finder *finder, size_t at, int ranges, struct serial *serial) {
    *serial = (struct serial){0};
    size_t length =
        numeral_at(finder, at, GAZ_NUMERAL_ARABIC | GAZ_NUMERAL_HAN | GAZ_NUMERAL_HAN_DIGITS, &serial->value);
    if (length == 0)
        return 0;
    size_t end = at + length;
    if (!(ranges && code_at(finder, end) == U'-'))
        end = read_suffix(finder, end, serial);
    serial->marked = code_at(finder, end) == U'号';
    int parted = has_blank(finder, at, end) && !is_letter_spaced(finder, at, end);
    if (!serial->marked && (end < finder->source.folded.count || parted)) {
        serial->suffix_length = 0;
        return serial->end = read_unmarked(finder, at, serial);
    }
    return serial->end = serial->value > 0 ? end + (size_t)serial->marked : 0;
}

// --- tails -------------------------------------------------------------------------------------------------

// Whether the bracket at AT is printed as （ or (, which other things than years stand in too.
static int is_round(const struct finder *finder, size_t at) {
    uint32_t printed;
    size_t offset = finder->source.folded.offsets[at];
    (void)gaz_utf8_decode(finder->source.text + offset, finder->source.len - offset, &printed);
    return printed == U'(' || printed == U'（';
}

// The end of （2023） at AT, or 0; also 〔98〕 and 〔2023年〕.
static size_t read_bracket(const struct finder *finder, size_t at, struct tail *tail) {
    if (code_at(finder, at) != U'(')
        return 0;
    uint64_t value = 0;
    size_t end = year_end(finder, at + 1, &tail->year);
    if (end == 0 && numeral_at(finder, at + 1, GAZ_NUMERAL_ARABIC, &value) == 2 &&
        value >= FIRST_YEAR % 100) {
        tail->year = 1900 + (int)value;
        tail->two_digits = 1;
        end = at + 3;
    }
    if (end == 0)
        return 0;
    end += code_at(finder, end) == U'年';
    tail->round = is_round(finder, at);
    return code_at(finder, end) == U')' ? end + 1 : 0;
}

static size_t skip_ordinal(const struct finder *finder, size_t at, struct tail *tail) {
    tail->ordinal = code_at(finder, at) == U'第';
    return at + (size_t)tail->ordinal;
}

static int read_bracket_form(const struct finder *finder, size_t at, struct tail *tail) {
    size_t next = read_bracket(finder, at, tail);
    if (next == 0)
        return 0;
    next += code_at(finder, next) == U'字';
    tail->form = FORM_BRACKET;
    tail->end = read_serial(finder, skip_ordinal(finder, next, tail), 1, &tail->serial);
    return tail->end > 0 && (tail->serial.marked || !tail->two_digits);
}

static int read_year_form(const struct finder *finder, size_t at, struct tail *tail) {
    size_t next = year_end(finder, at, &tail->year);
    if (next == 0 || (code_at(finder, next) != U'年' && code_at(finder, next) != U'第'))
        return 0;
    next = skip_ordinal(finder, next + (code_at(finder, next) == U'年'), tail);
    tail->form = FORM_YEAR;
    tail->end = read_serial(finder, next, 1, &tail->serial);
    return tail->end > 0;
}

// 202324号: the digits of the serial follow those of the year at once, or after a blank or hyphen.
static int read_fused_form(const struct finder *finder, size_t at, struct tail *tail) {
    uint64_t year = 0;
    for (size_t i = 0; i < 4; i++) {
        if (!is_digit(code_at(finder, at + i)))
            return 0;
        year = year * 10 + (code_at(finder, at + i) - U'0');
    }
    size_t next = at + 4 + (code_at(finder, at + 4) == U'-');
    if (!is_year(year) || !is_digit(code_at(finder, next)))
        return 0;
    tail->form = FORM_FUSED;
    tail->year = (int)year;
    tail->end = read_serial(finder, next, 1, &tail->serial);
    return tail->end > 0 && tail->serial.value < 1000000;
}

static int read_serial_form(const struct finder *finder, size_t at, struct tail *tail) {
    size_t next = skip_ordinal(finder, at, tail);
    int lettered = at > 0 && code_at(finder, at - 1) == U'字';
    tail->form = lettered ? FORM_LETTERED : FORM_SERIAL;
    tail->end = read_serial(finder, next, 0, &tail->serial);
    return tail->end > 0;
}

// 第3号令, 2018年第61号公告: where the kind after 号 ends, or 0.
static size_t kind_after(const struct finder *finder, const struct tail *tail) {
    if (!tail->serial.marked || (tail->form != FORM_YEAR && tail->form != FORM_SERIAL))
        return 0;
    if (word_at(finder, tail->end, U"公告") || word_at(finder, tail->end, U"通告"))
        return tail->end + 2;
    return code_at(finder, tail->end) == U'令' ? tail->end + 1 : 0;
}

// Whether a tail may begin at AT, judged by one character.
static int may_begin(const struct finder *finder, size_t at) {
    uint32_t code = code_at(finder, at), before = at > 0 ? code_at(finder, at - 1) : 0;
    if (code == U'(' || code == U'第')
        return 1;
    if (is_digit(code))
        return !is_digit(before) || gaz_docnum_blank_before(&finder->source, at);
    return gaz_numeral_is_han(code) && !gaz_numeral_is_han(before);
}

// Reads a tail at AT in the N-th way, 0 when it cannot be read so.
static int read_tail(const struct finder *finder, size_t at, enum form form, struct tail *tail) {
    static int (*const readers[])(const struct finder *, size_t, struct tail *) = {
        [FORM_BRACKET] = read_bracket_form, [FORM_YEAR] = read_year_form,   [FORM_SERIAL] = read_serial_form,
        [FORM_LETTERED] = read_serial_form, [FORM_FUSED] = read_fused_form,
    };
    *tail = (struct tail){.at = at};
    if (!readers[form](finder, at, tail))
        return 0;
    tail->kind_end = kind_after(finder, tail);
    return 1;
}

// --- whether code and tail make a number -------------------------------------------------------------------

static int code_is_empty(const struct gaz_docnum_code *code) {
    return code->begin == code->end;
}

// (2012)温鹿商初字第123号 is the number of a court case.
static int is_court_case(const struct finder *finder, const struct gaz_docnum_code *code) {
    return code->begin >= 5 && code_at(finder, code->begin - 1) == U')' &&
           is_digit(code_at(finder, code->begin - 2));
}

// Words that make 3号 a building, a line or a storm.
static int is_other_thing(const struct finder *finder, size_t at) {
    static const char32_t after[] = U"楼线门院机组厅馆台桥仓井船车路地召上下前以";
    for (const char32_t *word = after; *word != 0; word++)
        if (code_at(finder, at) == *word && !gaz_docnum_blank_before(&finder->source, at))
            return 1;
    return 0;
}

static int year_form_is_number(const struct finder *finder, const struct reading *reading,
                               enum gaz_docnum_ending ending) {
    const struct tail *tail = &reading->tail;
    if (!tail->serial.marked)
        return 0;
    if (code_is_empty(&reading->code))
        return tail->ordinal && !is_other_thing(finder, tail->end);
    if (gaz_docnum_code_is_word(&finder->source, &reading->code)) // 执行2025年第126号
        return 0;
    return ending != GAZ_DOCNUM_ENDS_PLAIN || tail->kind_end > 0;
}

static int bracket_form_is_number(const struct finder *finder, const struct reading *reading,
                                  enum gaz_docnum_ending ending) {
    const struct tail *tail = &reading->tail;
    if (tail->serial.marked)
        return !tail->two_digits || ending == GAZ_DOCNUM_ENDS_FUNCTION;
    if (tail->round)
        return gaz_docnum_code_is_sure(&finder->source, &reading->code);
    return ending == GAZ_DOCNUM_ENDS_FUNCTION || ending == GAZ_DOCNUM_ENDS_KIND;
}

// 国令第828号, 国令828号, 公告第5号, 国务院第828号令; not 决定3号线.
static int serial_form_is_number(const struct finder *finder, const struct reading *reading) {
    const struct tail *tail = &reading->tail;
    if (!tail->serial.marked || is_other_thing(finder, tail->end))
        return 0;
    uint32_t last = code_at(finder, reading->code.end - 1);
    if (last == U')') // 公告〔十四届〕第五号
        return reading->code.full;
    return tail->kind_end > 0 || last == U'令' ||
           (tail->ordinal && last == U'告' && code_at(finder, reading->code.end - 2) != U'报');
}

// Whether READING is a complete number, as running text has it.
static int is_number(const struct finder *finder, const struct reading *reading) {
    const struct tail *tail = &reading->tail;
    const struct gaz_docnum_code *code = &reading->code;
    enum gaz_docnum_ending ending = gaz_docnum_ending(&finder->source, code->begin, code->end);
    if (tail->form == FORM_YEAR)
        return year_form_is_number(finder, reading, ending);
    if (code->end < code->begin + 2)
        return 0;
    switch (tail->form) {
    case FORM_BRACKET:
        return bracket_form_is_number(finder, reading, ending);
    case FORM_FUSED:
        return tail->serial.marked && gaz_docnum_code_is_sure(&finder->source, code);
    case FORM_LETTERED:
        return tail->serial.marked && !is_court_case(finder, code);
    case FORM_SERIAL:
    case FORM_YEAR:
    default:
        return serial_form_is_number(finder, reading);
    }
}

// 国务院令（第828号）: takes the closing bracket into TAIL. Whether there is a bracket before AT.
static int unwrap_order(const struct finder *finder, size_t from, size_t at, struct tail *tail) {
    if (tail->form != FORM_SERIAL || at <= from || code_at(finder, at - 1) != U'(' ||
        code_at(finder, tail->end) != U')')
        return 0;
    int session = at >= from + 3 && code_at(finder, at - 2) == U')' && code_at(finder, at - 3) == U'届';
    if (!session && gaz_docnum_ending(&finder->source, from, at - 1) != GAZ_DOCNUM_ENDS_KIND)
        return 0;
    tail->end++;
    return 1;
}

// Puts a tail and the code before it together, whether or not they make a number; 0 when there is no tail.
static int read_at(const struct finder *finder, size_t from, size_t at, enum form form,
                   struct reading *reading) {
    if (!read_tail(finder, at, form, &reading->tail))
        return 0;
    size_t code_end = at - (size_t)unwrap_order(finder, from, at, &reading->tail);
    enum gaz_docnum_ending ending = gaz_docnum_ending(&finder->source, from, code_end);
    if (ending == GAZ_DOCNUM_ENDS_KIND)
        reading->tail.kind_end = 0; // 国务院令第3号公告
    int full = reading->tail.kind_end > 0 || (form == FORM_YEAR && ending == GAZ_DOCNUM_ENDS_BODY);
    reading->code = gaz_docnum_code_before(&finder->source, from, code_end, full);
    reading->complete = 1;
    return 1;
}

static const enum form forms[] = {FORM_BRACKET, FORM_YEAR, FORM_FUSED, FORM_SERIAL};
enum { FORM_COUNT = sizeof forms / sizeof forms[0] };

static int read_number(const struct finder *finder, size_t from, size_t at, struct reading *reading) {
    if (!may_begin(finder, at))
        return 0;
    for (size_t i = 0; i < FORM_COUNT; i++)
        if (read_at(finder, from, at, forms[i], reading) && is_number(finder, reading))
            return 1;
    return 0;
}

// --- items -------------------------------------------------------------------------------------------------

// The byte offset after code point AT - 1.
static size_t byte_end(const struct finder *finder, size_t at) {
    uint32_t code;
    size_t offset = finder->source.folded.offsets[at - 1];
    return offset + gaz_utf8_decode(finder->source.text + offset, finder->source.len - offset, &code);
}

static const char *keep(struct finder *finder) {
    if (finder->buf.status != GAZ_OK)
        return NULL;
    const char *kept = gaz_arena_strndup(finder->arena, finder->buf.data, finder->buf.len);
    gaz_buf_clear(&finder->buf);
    return kept;
}

// The kind of order or announcement that is not in the code itself; NULL: none.
static const char32_t *kind_of(const struct finder *finder, const struct reading *reading, int key) {
    const struct tail *tail = &reading->tail;
    if (tail->kind_end > 0)
        return tail->kind_end == tail->end + 1       ? U"令"
               : code_at(finder, tail->end) == U'公' ? U"公告"
                                                     : U"通告";
    // What a body numbers by years under its name alone are announcements.
    int unnamed =
        key && tail->form == FORM_YEAR && !code_is_empty(&reading->code) &&
        gaz_docnum_ending(&finder->source, reading->code.begin, reading->code.end) == GAZ_DOCNUM_ENDS_BODY;
    return unnamed ? U"公告" : NULL;
}

static void write_code(struct finder *finder, const struct reading *reading, int key) {
    gaz_docnum_code_write(&finder->source, &reading->code, kind_of(finder, reading, key), key, &finder->buf);
}

static void write_key(struct finder *finder, const struct reading *reading) {
    const struct tail *tail = &reading->tail;
    char bytes[4];
    write_code(finder, reading, 1);
    gaz_buf_addch(&finder->buf, '-');
    if (tail->year > 0)
        gaz_buf_printf(&finder->buf, "%d", tail->year);
    gaz_buf_addch(&finder->buf, '-');
    if (tail->serial.value > 0)
        gaz_buf_printf(&finder->buf, "%llu", (unsigned long long)tail->serial.value);
    for (size_t i = 0; i < tail->serial.suffix_length; i++)
        gaz_buf_add(&finder->buf, bytes, gaz_utf8_encode(tail->serial.suffix[i], bytes));
}

// Adds the number that is printed from BEGIN to END (code points); 0 when memory is short.
static int add_item(struct finder *finder, const struct reading *reading, size_t begin, size_t end) {
    struct gaz_docnum *items =
        gaz_grow(finder->items, &finder->capacity, finder->count + 1, sizeof *finder->items);
    if (items == NULL)
        return 0;
    finder->items = items;
    struct gaz_docnum *item = &items[finder->count];
    *item = (struct gaz_docnum){.year = reading->tail.year,
                                .serial = reading->tail.serial.value,
                                .offset = finder->source.folded.offsets[begin],
                                .complete = reading->complete};
    item->length = byte_end(finder, end) - item->offset;
    gaz_fold_append(finder->source.text + item->offset, item->length, GAZ_FOLD_BLANKS, &finder->buf);
    item->text = keep(finder);
    write_code(finder, reading, 0);
    item->code = keep(finder);
    write_key(finder, reading);
    item->key = keep(finder);
    if (item->text == NULL || item->code == NULL || item->key == NULL)
        return 0;
    finder->count++;
    return 1;
}

// --- joint numbers -----------------------------------------------------------------------------------------

// Reads the next part of a joint number at AT, after a separator: 8号, 第8号 or 〔2022〕8号.
static int read_part(const struct finder *finder, size_t at, const struct reading *first,
                     struct reading *part) {
    *part = *first;
    struct tail *tail = &part->tail;
    size_t next = read_bracket(finder, at, tail);
    next = skip_ordinal(finder, next > 0 ? next : at, tail);
    tail->end = read_serial(finder, next, 1, &tail->serial);
    if (tail->end == 0 || is_digit(code_at(finder, tail->end)))
        return 0;
    return !(tail->serial.marked && is_other_thing(finder, tail->end));
}

// Whether the parts without 号 that begin after AT come to one with it: 6、8、9号.
static int comes_to_mark(const struct finder *finder, size_t at, const struct reading *first) {
    struct reading part;
    for (size_t separator; (separator = list_separator(finder, at, 0)) > 0; at = part.tail.end) {
        if (!read_part(finder, at + separator, first, &part))
            return 0;
        if (part.tail.serial.marked)
            return 1;
    }
    return 0;
}

// Adds the further parts of the joint number that FIRST begins; sets *END after the last. 0 when memory is
// short.
static int add_parts(struct finder *finder, const struct reading *first, size_t *end) {
    struct reading part;
    size_t at = first->tail.end;
    int marked = first->tail.serial.marked, open = !marked && comes_to_mark(finder, at, first);
    while (first->tail.kind_end == 0 && first->tail.form != FORM_FUSED && (marked || open)) {
        size_t separator = list_separator(finder, at, marked);
        if (separator == 0 || !read_part(finder, at + separator, first, &part))
            break;
        marked = part.tail.serial.marked;
        if (!marked && !open && !comes_to_mark(finder, part.tail.end, first))
            break;
        open = !marked;
        if (!add_item(finder, &part, at + separator, part.tail.end))
            return 0;
        at = *end = part.tail.end;
    }
    return 1;
}

static int add_number(struct finder *finder, const struct reading *reading, size_t *end) {
    *end = reading->tail.kind_end > 0 ? reading->tail.kind_end : reading->tail.end;
    return add_item(finder, reading, reading->code.begin, *end) && add_parts(finder, reading, end);
}

// --- the three questions -----------------------------------------------------------------------------------

static enum gaz_status finder_open(struct finder *finder, const char *text, size_t len,
                                   struct gaz_arena *arena, struct gaz_err *err) {
    *finder = (struct finder){.source = {.text = text, .len = len}, .arena = arena, .buf = GAZ_BUF_INIT};
    return gaz_fold_text(text, len, GAZ_FOLD_FULL, &finder->source.folded, err);
}

static void finder_close(struct finder *finder) {
    gaz_folded_free(&finder->source.folded);
    gaz_free(finder->items);
    gaz_buf_free(&finder->buf);
}

static int find_all(struct finder *finder) {
    size_t from = 0;
    for (size_t at = 0; at < finder->source.folded.count;) {
        struct reading reading;
        if (!read_number(finder, from, at, &reading)) {
            at++;
            continue;
        }
        if (!add_number(finder, &reading, &at))
            return 0;
        from = at;
    }
    return 1;
}

enum gaz_status gaz_docnum_find(const char *text, size_t len, struct gaz_arena *arena,
                                struct gaz_docnums *out, struct gaz_err *err) {
    struct finder finder;
    *out = (struct gaz_docnums){0};
    enum gaz_status status = finder_open(&finder, text, len, arena, err);
    if (status != GAZ_OK)
        return status;
    if (!find_all(&finder))
        status = gaz_err_memory(err);
    if (status == GAZ_OK && finder.count > 0) {
        out->items = gaz_arena_alloc(arena, finder.count * sizeof *out->items);
        if (out->items == NULL) {
            status = gaz_err_memory(err);
        } else {
            memcpy(out->items, finder.items, finder.count * sizeof *out->items);
            out->count = finder.count;
        }
    }
    finder_close(&finder);
    return status;
}

// Makes the code of READING begin at FROM, where nothing else stands before it: shape is a guess which yields
// to that.
static int begins_at(const struct finder *finder, size_t from, struct reading *reading) {
    if (!gaz_docnum_code_fits(&finder->source, from, &reading->code))
        return 0;
    reading->code.begin = from;
    return 1;
}

// Reads a complete number that begins at FROM with nothing before its code.
static int read_whole(const struct finder *finder, size_t from, struct reading *reading) {
    for (size_t at = from; at < finder->source.folded.count; at++)
        if (read_number(finder, from, at, reading))
            return begins_at(finder, from, reading);
    return 0;
}

static int is_heading(struct finder *finder) {
    size_t at = 0, count = finder->source.folded.count;
    struct reading reading;
    while (read_whole(finder, at, &reading)) {
        if (!add_number(finder, &reading, &at))
            return 0;
        if (at == count)
            return 1;
        at += list_separator(finder, at, 0);
    }
    return 0;
}

int gaz_docnum_is_heading(const char *text, size_t len) {
    struct finder finder;
    int answer = 0;
    if (len > LONGEST_HEADING)
        return 0;
    struct gaz_arena *arena = gaz_arena_new();
    if (arena == NULL)
        return 0;
    if (finder_open(&finder, text, len, arena, NULL) == GAZ_OK)
        answer = is_heading(&finder);
    finder_close(&finder);
    gaz_arena_free(arena);
    return answer;
}

// --- what people type --------------------------------------------------------------------------------------

// Whether READING, being all there is, may be meant as a number; says whether it is a complete one.
static int is_typed_number(const struct finder *finder, struct reading *reading) {
    const struct tail *tail = &reading->tail;
    enum gaz_docnum_ending ending =
        gaz_docnum_ending(&finder->source, reading->code.begin, reading->code.end);
    if (is_number(finder, reading))
        return 1;
    if (code_is_empty(&reading->code)) {
        reading->complete = 0;
        return tail->form == FORM_BRACKET && tail->serial.marked;
    }
    if (tail->form == FORM_LETTERED && tail->ordinal)
        return !is_court_case(finder, &reading->code);
    if (tail->form != FORM_SERIAL)
        return (tail->form == FORM_BRACKET && !(tail->round && ending == GAZ_DOCNUM_ENDS_PLAIN)) ||
               ((tail->form == FORM_BRACKET || tail->serial.marked) &&
                gaz_docnum_code_is_possible(&finder->source, &reading->code)) ||
               gaz_docnum_code_is_likely(&finder->source, &reading->code);
    reading->complete = ending == GAZ_DOCNUM_ENDS_KIND;
    return gaz_docnum_code_is_sure(&finder->source, &reading->code);
}

// 温政发〔2023〕, 温政发2023: a year and no serial.
static int read_year_alone(const struct finder *finder, size_t from, size_t at, struct reading *reading) {
    struct tail *tail = &reading->tail;
    *reading = (struct reading){.tail = {.at = at, .form = FORM_BRACKET}};
    tail->end = read_bracket(finder, at, tail);
    if (tail->end == 0)
        tail->end = year_end(finder, at, &tail->year);
    tail->end += tail->end > 0 && code_at(finder, tail->end) == U'年';
    if (tail->end < finder->source.folded.count)
        return 0;
    reading->code = gaz_docnum_code_before(&finder->source, from, at, 0);
    return begins_at(finder, from, reading) && gaz_docnum_code_is_sure(&finder->source, &reading->code) &&
           gaz_docnum_ending(&finder->source, from, reading->code.end) == GAZ_DOCNUM_ENDS_FUNCTION;
}

// 岚府农--1130019254, 教师-2020-5: our own key. All before the hyphens is the code, whatever its shape.
static int is_key(const struct finder *finder, size_t from, size_t code_end, struct reading *reading) {
    const struct tail *tail = &reading->tail;
    int with_year =
        tail->form == FORM_FUSED && tail->at == code_end + 1 && code_at(finder, tail->at + 4) == U'-';
    int without = tail->form == FORM_SERIAL && tail->at == code_end + 2;
    if ((!with_year && !without) || code_end < from + 2)
        return 0;
    for (size_t at = from; at < code_end; at++) {
        uint32_t code = code_at(finder, at);
        if (!gaz_unicode_is_han(code) && !is_letter(code) && code != U'(' && code != U')')
            return 0;
    }
    reading->code.begin = from;
    reading->code.end = code_end;
    reading->complete = 1;
    return 1;
}

// Reads what begins at AT in every way, up to the end of the text.
static int read_typed_at(const struct finder *finder, size_t from, size_t at, struct reading *reading) {
    size_t end = finder->source.folded.count, code_end = at;
    if (!may_begin(finder, at))
        return 0;
    while (code_end > from && code_at(finder, code_end - 1) == U'-') // our own key: 温政发-2023-24
        code_end--;
    for (size_t i = 0; i < FORM_COUNT; i++) {
        if (forms[i] == FORM_SERIAL && read_year_alone(finder, from, at, reading))
            return 1;
        if (!read_at(finder, from, at, forms[i], reading))
            continue;
        if (code_end < at)
            reading->code = gaz_docnum_code_before(&finder->source, from, code_end, 0);
        size_t tail_end = reading->tail.kind_end > 0 ? reading->tail.kind_end : reading->tail.end;
        if (tail_end != end)
            continue;
        if ((begins_at(finder, from, reading) && is_typed_number(finder, reading)) ||
            is_key(finder, from, code_end, reading))
            return 1;
    }
    return 0;
}

static int is_wrapping(uint32_t code) {
    return code == U'。' || code == U',' || code == U';' || code == U':' || code == U'.' || code == U'"';
}

// Leaves out what wraps the number: brackets around all of it, punctuation, 文 or 文件. Returns where it
// begins.
static size_t unwrap(struct finder *finder) {
    struct gaz_folded *folded = &finder->source.folded;
    size_t begin = 0;
    while (begin < folded->count && is_wrapping(folded->codes[begin]))
        begin++;
    while (folded->count > begin && is_wrapping(folded->codes[folded->count - 1]))
        folded->count--;
    if (folded->count > begin + 2 && folded->codes[begin] == U'(' &&
        folded->codes[folded->count - 1] == U')' && !is_digit(folded->codes[begin + 1])) {
        begin++;
        folded->count--;
    }
    if (folded->count > begin + 2 && word_at(finder, folded->count - 2, U"文件"))
        folded->count -= 2;
    else if (folded->count > begin + 1 && code_at(finder, folded->count - 1) == U'文')
        folded->count--;
    return begin;
}

static int read_typed(struct finder *finder, struct reading *reading) {
    size_t from = unwrap(finder);
    for (size_t at = from; at < finder->source.folded.count; at++)
        if (read_typed_at(finder, from, at, reading))
            return 1;
    return 0;
}

enum gaz_status gaz_docnum_parse(const char *text, size_t len, struct gaz_arena *arena,
                                 struct gaz_docnum *out, struct gaz_err *err) {
    struct finder finder;
    struct reading reading;
    *out = (struct gaz_docnum){0};
    if (len > LONGEST_HEADING)
        return gaz_err_set(err, GAZ_ERR_NOT_FOUND, "too long for a document number");
    enum gaz_status status = finder_open(&finder, text, len, arena, err);
    if (status != GAZ_OK)
        return status;
    if (!read_typed(&finder, &reading))
        status = gaz_err_set(err, GAZ_ERR_NOT_FOUND, "not a document number");
    else if (!add_item(&finder, &reading, reading.code.begin, finder.source.folded.count))
        status = gaz_err_memory(err);
    else
        *out = finder.items[0];
    finder_close(&finder);
    return status;
}
