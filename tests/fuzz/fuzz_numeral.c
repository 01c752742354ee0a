// SPDX-License-Identifier: GPL-2.0-or-later
//
// Numerals of every kind.
#include <stdio.h>
#include <string.h>

#include "corpus/numeral.h"
#include "tests/support/property.h"

enum { ALL_KINDS = GAZ_NUMERAL_ARABIC | GAZ_NUMERAL_HAN | GAZ_NUMERAL_HAN_DIGITS | GAZ_NUMERAL_CIRCLED };

static void check_kinds(struct gaz_str text, unsigned kinds) {
    uint64_t value = 0, again = 0;
    unsigned kind = 0;
    size_t len = gaz_numeral_read_kind(text.data, text.len, kinds, &value, &kind);
    require(len <= text.len && is_boundary(text, len), "a numeral lies inside its text");
    if (len == 0)
        return;
    require(value <= GAZ_NUMERAL_MAX, "a numeral is within its maximum");
    require((kind & kinds) == kind && kind != 0 && (kind & (kind - 1)) == 0,
            "a numeral is of one of the kinds asked for");
    require(gaz_numeral_read_kind(text.data, len, kinds, &again, NULL) == len && again == value,
            "a numeral alone is the same numeral");
}

static void check_printed(uint64_t value) {
    char digits[24];
    uint64_t again = 0;
    size_t len = (size_t)snprintf(digits, sizeof digits, "%llu", (unsigned long long)value);
    require(gaz_numeral_read(digits, len, &again) == len && again == value,
            "a value printed in digits is read as itself");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct gaz_str text = {(const char *)data, size};
    uint64_t value = 7;
    size_t len = gaz_numeral_read(text.data, text.len, &value);
    require(len > 0 || value == 7, "no numeral, no value");
    if (len > 0)
        check_printed(value);
    for (unsigned kinds = 1; kinds <= ALL_KINDS; kinds++)
        check_kinds(text, kinds);
    return 0;
}
