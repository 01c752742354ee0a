// SPDX-License-Identifier: GPL-2.0-or-later
#include "corpus/numeral.h"

#include <uchar.h>

#include "shim/utf8.h"

// Instead of a length: there is a numeral, but it is over the limits.
#define TOO_LARGE SIZE_MAX

int gaz_numeral_arabic_digit(uint32_t code) {
    if (code >= U'0' && code <= U'9')
        return (int)(code - U'0');
    if (code >= U'０' && code <= U'９')
        return (int)(code - U'０');
    return -1;
}

// 0 to 9, or -1. The letters and digits that are set for 〇 are latin_zero's business.
static int han_digit(uint32_t code) {
    switch (code) {
    case U'〇':
    case U'零':
    case U'○':
    case U'◯':
        return 0;
    case U'一':
    case U'壹':
    case U'弌':
        return 1;
    case U'二':
    case U'贰':
    case U'貳':
    case U'弍':
    case U'两':
    case U'兩':
        return 2;
    case U'三':
    case U'叁':
    case U'叄':
    case U'参':
    case U'參':
        return 3;
    case U'四':
    case U'肆':
        return 4;
    case U'五':
    case U'伍':
        return 5;
    case U'六':
    case U'陆':
    case U'陸':
        return 6;
    case U'七':
    case U'柒':
        return 7;
    case U'八':
    case U'捌':
        return 8;
    case U'九':
    case U'玖':
        return 9;
    default:
        return -1;
    }
}

static int latin_zero(uint32_t code) {
    return code == U'0' || code == U'０' || code == U'O' || code == U'Ｏ' || code == U'o' || code == U'ｏ';
}

// What a Han unit multiplies by, or 0.
static uint64_t han_unit(uint32_t code) {
    switch (code) {
    case U'十':
    case U'拾':
        return 10;
    case U'百':
    case U'佰':
        return 100;
    case U'千':
    case U'仟':
        return 1000;
    case U'万':
    case U'萬':
        return 10000;
    case U'亿':
    case U'億':
        return 100000000;
    default:
        return 0;
    }
}

// 廿 卅 卌: tens in one character; 0 for others.
static uint64_t han_tens(uint32_t code) {
    return code == U'廿' ? 20 : code == U'卅' ? 30 : code == U'卌' ? 40 : 0;
}

int gaz_numeral_is_han(uint32_t code) {
    return han_digit(code) >= 0 || han_unit(code) != 0 || han_tens(code) != 0;
}

static size_t read_arabic(const uint32_t *codes, size_t count, uint64_t *value) {
    uint64_t sum = 0;
    size_t at = 0;
    for (; at < count; at++) {
        int digit = gaz_numeral_arabic_digit(codes[at]);
        if (digit < 0)
            break;
        sum = sum * 10 + (uint64_t)digit;
        if (sum > GAZ_NUMERAL_MAX || at == GAZ_NUMERAL_LENGTH_MAX)
            return TOO_LARGE;
    }
    *value = sum;
    return at;
}

static int is_ascii_alnum(uint32_t code) {
    return code < 128 && ((code >= U'0' && code <= U'9') || ((code | 32) >= U'a' && (code | 32) <= U'z'));
}

// The digit at AT of a positional Han numeral. A letter O or digit 0 is a zero only inside such a numeral,
// and not where it begins a Latin word (第三OA系统).
static int positional_digit(const uint32_t *codes, size_t count, size_t at) {
    int digit = han_digit(codes[at]);
    if (digit >= 0 || at == 0 || !latin_zero(codes[at]))
        return digit;
    return at + 1 < count && is_ascii_alnum(codes[at + 1]) && !latin_zero(codes[at + 1]) ? -1 : 0;
}

static size_t read_positional(const uint32_t *codes, size_t count, uint64_t *value) {
    uint64_t sum = 0;
    size_t at = 0;
    for (; at < count; at++) {
        int digit = positional_digit(codes, count, at);
        if (digit < 0)
            break;
        sum = sum * 10 + (uint64_t)digit;
        if (sum > GAZ_NUMERAL_MAX || at == GAZ_NUMERAL_LENGTH_MAX)
            return TOO_LARGE;
    }
    *value = sum;
    return at;
}

// A Han numeral with units while it is read. TOTAL holds whole 万 and 亿, SECTION what is under them, DIGIT
// the digit that waits for its unit (-1: none).
struct han_reading {
    uint64_t total, section;
    uint64_t small_limit, big_limit; // units must get smaller
    uint64_t scale;                  // of the last unit; 1 after a zero or before any unit
    int digit;
    size_t end; // characters that make a numeral so far
};

static uint64_t han_value(const struct han_reading *reading) {
    if (reading->digit < 0)
        return reading->total + reading->section;
    // 一百二 is 120 and 一万五 is 15000, but 一百零二 102 and 十二 12.
    uint64_t unit = reading->scale > 10 ? reading->scale / 10 : 1;
    return reading->total + reading->section + (uint64_t)reading->digit * unit;
}

static int take_small_unit(struct han_reading *reading, uint64_t tens, uint64_t unit) {
    if (unit >= reading->small_limit || (reading->digit == 0) || (tens != 0 && reading->digit > 0) ||
        (reading->digit < 0 && unit != 10))
        return 0;
    reading->section += tens != 0 ? tens : unit * (uint64_t)(reading->digit < 0 ? 1 : reading->digit);
    reading->digit = -1;
    reading->small_limit = reading->scale = unit;
    return 1;
}

static int take_big_unit(struct han_reading *reading, uint64_t unit) {
    uint64_t section = reading->section + (uint64_t)(reading->digit > 0 ? reading->digit : 0);
    if (unit < reading->big_limit && section > 0)
        reading->total += section * unit;
    else if (unit > reading->big_limit && section == 0 && reading->total > 0) // 一万亿
        reading->total *= unit;
    else
        return 0;
    reading->section = 0;
    reading->digit = -1;
    reading->small_limit = 10000;
    reading->big_limit = reading->scale = unit;
    return 1;
}

static int take_digit(struct han_reading *reading, int digit) {
    if (digit == 0) {
        if (reading->end == 0 || reading->digit >= 0 || reading->scale == 1)
            return 0;
        reading->scale = 1;
        return 1;
    }
    if (reading->digit >= 0)
        return 0;
    reading->digit = digit;
    return 1;
}

static int take_han(struct han_reading *reading, uint32_t code) {
    int digit = han_digit(code);
    if (digit >= 0)
        return take_digit(reading, digit);
    uint64_t unit = han_unit(code), tens = han_tens(code);
    if (tens != 0)
        return take_small_unit(reading, tens, 10);
    return unit >= 10000 ? take_big_unit(reading, unit) : unit != 0 && take_small_unit(reading, 0, unit);
}

static size_t read_units(const uint32_t *codes, size_t count, uint64_t *value) {
    struct han_reading reading = {.small_limit = 10000, .big_limit = UINT64_MAX, .scale = 1, .digit = -1};
    for (size_t at = 0; at < count && at < GAZ_NUMERAL_LENGTH_MAX; at++) {
        if (!take_han(&reading, codes[at]) || han_value(&reading) > GAZ_NUMERAL_MAX)
            break;
        if (han_digit(codes[at]) != 0)
            reading.end = at + 1;
    }
    *value = han_value(&reading);
    return *value <= GAZ_NUMERAL_MAX ? reading.end : TOO_LARGE;
}

static size_t read_circled(const uint32_t *codes, size_t count, uint64_t *value) {
    static const struct {
        char32_t first, last;
        uint64_t value; // of the first
    } ranges[] = {
        {U'①', U'⑳', 1},   {U'⑴', U'⒇', 1},    {U'⒈', U'⒛', 1},   {U'⓪', U'⓪', 0},
        {U'⓫', U'⓴', 11},  {U'❶', U'❿', 1},    {U'➀', U'➉', 1},   {U'➊', U'➓', 1},
        {U'㈠', U'㈩', 1}, {U'㉑', U'㉟', 21}, {U'㊀', U'㊉', 1}, {U'㊱', U'㊿', 36},
    };
    for (size_t i = 0; count > 0 && i < sizeof ranges / sizeof ranges[0]; i++)
        if (codes[0] >= ranges[i].first && codes[0] <= ranges[i].last) {
            *value = ranges[i].value + (codes[0] - ranges[i].first);
            return 1;
        }
    return 0;
}

size_t gaz_numeral_read_codes(const uint32_t *codes, size_t count, unsigned kinds, uint64_t *value,
                              unsigned *kind) {
    static const struct {
        unsigned kind;
        size_t (*read)(const uint32_t *codes, size_t count, uint64_t *value);
    } readers[] = {
        {GAZ_NUMERAL_ARABIC, read_arabic},
        {GAZ_NUMERAL_HAN, read_units},
        {GAZ_NUMERAL_HAN_DIGITS, read_positional},
        {GAZ_NUMERAL_CIRCLED, read_circled},
    };
    size_t longest = 0;
    uint64_t best = 0;
    unsigned best_kind = 0;
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
        uint64_t found = 0;
        size_t length = (kinds & readers[i].kind) != 0 ? readers[i].read(codes, count, &found) : 0;
        if (length == TOO_LARGE)
            return 0;
        if (length <= longest)
            continue;
        longest = length;
        best = found;
        best_kind = readers[i].kind;
    }
    if (longest == 0)
        return 0;
    *value = best;
    if (kind != NULL)
        *kind = best_kind;
    return longest;
}

size_t gaz_numeral_read_kind(const char *text, size_t len, unsigned kinds, uint64_t *value, unsigned *kind) {
    // One more than the longest numeral, so that a longer one is seen to be too long.
    uint32_t codes[GAZ_NUMERAL_LENGTH_MAX + 2];
    size_t ends[GAZ_NUMERAL_LENGTH_MAX + 2];
    size_t count = 0;
    for (size_t at = 0; at < len && count < sizeof codes / sizeof codes[0]; count++) {
        at += gaz_utf8_decode(text + at, len - at, &codes[count]);
        ends[count] = at;
    }
    size_t length = gaz_numeral_read_codes(codes, count, kinds, value, kind);
    return length > 0 ? ends[length - 1] : 0;
}

size_t gaz_numeral_read(const char *text, size_t len, uint64_t *value) {
    return gaz_numeral_read_kind(
        text, len, GAZ_NUMERAL_ARABIC | GAZ_NUMERAL_HAN | GAZ_NUMERAL_HAN_DIGITS | GAZ_NUMERAL_CIRCLED, value,
        NULL);
}
