// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/support/property.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shim/utf8.h"

void require(bool holds, const char *property) {
    if (holds)
        return;
    fprintf(stderr, "does not hold: %s\n", property);
    abort();
}

bool lies_inside(size_t at, size_t length, size_t len) {
    return at <= len && length <= len - at;
}

bool is_boundary(struct gaz_str text, size_t at) {
    size_t begin = 0;
    for (uint32_t code; begin < at && begin < text.len;)
        begin += gaz_utf8_decode(text.data + begin, text.len - begin, &code);
    return begin == at;
}

unsigned char input_choice(struct input *input) {
    if (input->left == 0)
        return 0;
    input->left--;
    return (unsigned char)*input->at++;
}

char *input_text(struct input *input) {
    const char *zero = input->left > 0 ? memchr(input->at, '\0', input->left) : NULL;
    size_t len = zero ? (size_t)(zero - input->at) : input->left;
    char *text = calloc(len + 1, 1);
    require(text != NULL, "there is memory");
    if (len > 0)
        memcpy(text, input->at, len);
    input->at += zero ? len + 1 : len;
    input->left -= zero ? len + 1 : len;
    return text;
}

struct gaz_str input_rest(struct input *input) {
    return (struct gaz_str){input->at, input->left};
}

const struct gaz_authority *property_authority(void) {
    static struct gaz_authority *authority;
    struct gaz_err err = {0};
    if (!authority && gaz_authority_load("corpus/authority.tsv", &authority, &err) != GAZ_OK) {
        fprintf(stderr, "%s\n", err.message);
        exit(2);
    }
    return authority;
}
