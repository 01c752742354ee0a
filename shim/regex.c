// SPDX-License-Identifier: GPL-2.0-or-later
#include "shim/regex.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "shim/mem.h"

enum { HEAP_MAX = 32 << 10 /* KiB */, PLACES_BETWEEN_LOOKS = 1024, MILLION = 1000000, BILLION = 1000000000 };

// Stands before every expression and has PCRE2 call back at each place of the text that is tried.
static const char CALLOUT[] = "(?C)";

struct gaz_regex {
    pcre2_code *code;
    pcre2_match_data *match;
    pcre2_match_context *context;
    int64_t spent;   // nanoseconds of processor time, in the searches before
    size_t searched; // bytes, in them
    // Of the search under way:
    int64_t begun;
    size_t from, places;
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

// --- cost ---

static int64_t processor_time(void) {
    struct timespec time = {0, 0};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (int64_t)time.tv_sec * BILLION + time.tv_nsec;
}

// Whether the searches have taken too long when the one under way has come to byte AT.
static bool takes_too_long(const struct gaz_regex *regex, size_t at) {
    int64_t allowed = (int64_t)GAZ_REGEX_GRACE_MILLISECONDS * MILLION +
                      (int64_t)(regex->searched + (at - regex->from)) * GAZ_REGEX_NANOSECONDS;
    return regex->spent + (processor_time() - regex->begun) > allowed;
}

static int look_at_clock(pcre2_callout_block *block, void *context) {
    struct gaz_regex *regex = context;
    bool is_due = ++regex->places % PLACES_BETWEEN_LOOKS == 0;
    return is_due && takes_too_long(regex, block->start_match) ? PCRE2_ERROR_MATCHLIMIT : 0;
}

// --- compiling ---

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
    struct gaz_buf observed = GAZ_BUF_INIT;
    size_t before = strlen(CALLOUT);
    gaz_buf_addstr(&observed, CALLOUT);
    gaz_buf_add(&observed, pattern, len);
    enum gaz_status status = gaz_buf_check(&observed, err);
    if (status == GAZ_OK) {
        regex->code = pcre2_compile((PCRE2_SPTR)observed.data, observed.len, options, &code, &at, context);
    }
    gaz_buf_free(&observed);
    pcre2_compile_context_free(context);
    if (!regex->code) {
        return status == GAZ_OK ? report(pattern, code, at - (at < before ? at : before), err) : status;
    }
    regex->match = pcre2_match_data_create_from_pattern(regex->code, general);
    regex->context = pcre2_match_context_create(general);
    if (!regex->match || !regex->context) {
        return gaz_err_memory(err);
    }
    pcre2_set_match_limit(regex->context, GAZ_REGEX_STEPS_MAX);
    pcre2_set_heap_limit(regex->context, HEAP_MAX);
    pcre2_set_callout(regex->context, look_at_clock, regex);
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

// --- searching ---

// What pcre2_match says, or that it took too long.
static int search(struct gaz_regex *regex, const char *text, size_t len, size_t from) {
    regex->begun = processor_time();
    regex->from = from;
    int found =
        pcre2_match(regex->code, (PCRE2_SPTR)text, len, from, PCRE2_NOTEMPTY, regex->match, regex->context);
    size_t end = found < 0 ? len : pcre2_get_ovector_pointer(regex->match)[1];
    if (takes_too_long(regex, end > from ? end : from)) {
        return PCRE2_ERROR_MATCHLIMIT;
    }
    regex->spent += processor_time() - regex->begun;
    regex->searched += end > from ? end - from : 0;
    return found;
}

enum gaz_status gaz_regex_find(struct gaz_regex *regex, const char *text, size_t len, size_t from,
                               size_t *start, size_t *end, struct gaz_err *err) {
    int found = search(regex, text, len, from);
    *start = *end = len;
    if (found == PCRE2_ERROR_NOMATCH) {
        return GAZ_OK;
    }
    if (found == PCRE2_ERROR_NOMEMORY) {
        return gaz_err_memory(err);
    }
    if (found < 0) { // a limit of steps or memory, or a recursion without end
        return gaz_err_set(err, GAZ_ERR_QUERY, "the regular expression takes too long: make it simpler");
    }
    const size_t *places = pcre2_get_ovector_pointer(regex->match);
    if (places[1] > places[0]) { // \K in a look-ahead could turn them round
        *start = places[0];
        *end = places[1];
    }
    return GAZ_OK;
}
