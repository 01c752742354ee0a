// SPDX-License-Identifier: GPL-2.0-or-later
#include "shim/regex.h"

#include <stdint.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "shim/mem.h"

enum { MATCH_LIMIT = 200000, DEPTH_LIMIT = 2000 };

struct gaz_regex {
    pcre2_code *code;
    pcre2_match_data *match;
    pcre2_match_context *context;
};

// Lets PCRE2 go through the allocator of mem.h, so that fault tests reach it.
static void *allocate(size_t size, void *data) {
    (void)data;
    return gaz_malloc(size);
}

static void release(void *block, void *data) {
    (void)data;
    gaz_free(block);
}

static size_t count_characters(const char *text, size_t len) {
    size_t count = 0;
    for (size_t i = 0; i < len; i++) {
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    }
    return count;
}

static enum gaz_status report(const char *pattern, int code, size_t at, struct gaz_err *err) {
    unsigned char reason[128];
    if (code == PCRE2_ERROR_NOMEMORY || code == PCRE2_ERROR_HEAP_FAILED) {
        return gaz_err_memory(err);
    }
    pcre2_get_error_message(code, reason, sizeof reason);
    return gaz_err_set(err, GAZ_ERR_QUERY, "regular expression, character %zu: %s: correct it",
                       count_characters(pattern, at) + 1, (const char *)reason);
}

static enum gaz_status compile(struct gaz_regex *regex, const char *pattern, size_t len,
                               pcre2_general_context *general, struct gaz_err *err) {
    const uint32_t options =
        PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY;
    pcre2_compile_context *context = pcre2_compile_context_create(general);
    int code = 0;
    size_t at = 0;
    if (!context) {
        return gaz_err_memory(err);
    }
    regex->code = pcre2_compile((PCRE2_SPTR)pattern, len, options, &code, &at, context);
    pcre2_compile_context_free(context);
    if (!regex->code) {
        return report(pattern, code, at, err);
    }
    regex->match = pcre2_match_data_create_from_pattern(regex->code, general);
    regex->context = pcre2_match_context_create(general);
    if (!regex->match || !regex->context) {
        return gaz_err_memory(err);
    }
    pcre2_set_match_limit(regex->context, MATCH_LIMIT);
    pcre2_set_depth_limit(regex->context, DEPTH_LIMIT);
    return GAZ_OK;
}

enum gaz_status gaz_regex_compile(const char *pattern, size_t len, struct gaz_regex **out,
                                  struct gaz_err *err) {
    struct gaz_regex *regex = gaz_calloc(1, sizeof *regex);
    pcre2_general_context *general = pcre2_general_context_create(allocate, release, NULL);
    enum gaz_status status =
        regex && general ? compile(regex, pattern, len, general, err) : gaz_err_memory(err);
    pcre2_general_context_free(general);
    if (status != GAZ_OK) {
        gaz_regex_free(regex);
        return status;
    }
    *out = regex;
    return GAZ_OK;
}

void gaz_regex_free(struct gaz_regex *regex) {
    if (regex) {
        pcre2_match_context_free(regex->context);
        pcre2_match_data_free(regex->match);
        pcre2_code_free(regex->code);
        gaz_free(regex);
    }
}

int gaz_regex_find(const struct gaz_regex *regex, const char *text, size_t len, size_t from, size_t *start,
                   size_t *end) {
    int found =
        pcre2_match(regex->code, (PCRE2_SPTR)text, len, from, PCRE2_NOTEMPTY, regex->match, regex->context);
    if (found < 0) {
        return 0;
    }
    const size_t *places = pcre2_get_ovector_pointer(regex->match);
    *start = places[0];
    *end = places[1];
    return *end > *start; // \K in a look-ahead could turn them round
}
