// SPDX-License-Identifier: GPL-2.0-or-later
#include "shim/segment.h"

#include <limits.h>
#include <stdbool.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

static enum gaz_status fail(UErrorCode code, struct gaz_err *err) {
    if (code == U_MEMORY_ALLOCATION_ERROR) {
        return gaz_err_memory(err);
    }
    return gaz_err_set(err, GAZ_ERR_UNSUPPORTED, "words cannot be told apart: ICU says %s",
                       u_errorName(code));
}

static void visit_words(UBreakIterator *words, gaz_segment_visit *visit, void *context) {
    int32_t start = ubrk_first(words);
    for (int32_t end = ubrk_next(words); end != UBRK_DONE; end = ubrk_next(words)) {
        bool is_word = ubrk_getRuleStatus(words) >= UBRK_WORD_NONE_LIMIT;
        if (is_word && visit(context, (size_t)start, (size_t)(end - start)) != 0) {
            return;
        }
        start = end;
    }
}

enum gaz_status gaz_segment_words(const char *text, size_t len, gaz_segment_visit *visit, void *context,
                                  struct gaz_err *err) {
    UErrorCode code = U_ZERO_ERROR;
    if (len > INT32_MAX) {
        return gaz_err_set(err, GAZ_ERR_LIMIT, "a text of over 2 GiB: split it");
    }
    UText *utext = utext_openUTF8(NULL, text, (int64_t)len, &code);
    UBreakIterator *words = ubrk_open(UBRK_WORD, "zh", NULL, 0, &code);
    ubrk_setUText(words, utext, &code);
    if (U_SUCCESS(code)) {
        visit_words(words, visit, context);
    }
    ubrk_close(words);
    utext_close(utext);
    return U_SUCCESS(code) ? GAZ_OK : fail(code, err);
}
