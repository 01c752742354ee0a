// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the fuzz targets share: properties that end the program when they do not hold, and inputs that are cut
// into several texts.
#ifndef GAZ_TESTS_SUPPORT_PROPERTY_H
#define GAZ_TESTS_SUPPORT_PROPERTY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/authority.h"
#include "corpus/text.h"

// What libFuzzer calls; every target defines it.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// Ends the program by abort, which libFuzzer reports with the input, when PROPERTY does not hold.
void require(bool holds, const char *property);
// Whether LENGTH bytes from AT on lie inside LEN bytes.
bool lies_inside(size_t at, size_t length, size_t len);
// Whether a character of TEXT (or a byte that is none) begins at AT, or the text ends there.
bool is_boundary(struct gaz_str text, size_t at);

// An input that pieces are taken off.
struct input {
    const char *at;
    size_t left;
};
// The next byte, 0 behind the end: for choices.
unsigned char input_choice(struct input *input);
// The bytes up to the next one of value 0, which is stepped over: in memory of its own size and with a NUL
// behind it, so that the address sanitizer sees who reads further. Freed with free.
char *input_text(struct input *input);
struct gaz_str input_rest(struct input *input);

// The authority file of the source tree, loaded once.
const struct gaz_authority *property_authority(void);

#endif
