// SPDX-License-Identifier: GPL-2.0-or-later
#include "shim/status.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "shim/message.h"

enum { EXIT_TEMPFAIL = 75, EXIT_TROUBLE = 2 };

static size_t utf8_sequence_length(unsigned char lead) {
    if (lead >= 0xF0) {
        return 4;
    }
    if (lead >= 0xE0) {
        return 3;
    }
    return lead >= 0xC0 ? 2 : 1;
}

// Removes an incomplete character from the end of TEXT.
static void drop_partial_character(char *text) {
    size_t len = strlen(text);
    size_t lead = len;
    while (lead > 0 && len - lead < 4) {
        lead--;
        if (((unsigned char)text[lead] & 0xC0) != 0x80) {
            if (lead + utf8_sequence_length((unsigned char)text[lead]) > len) {
                text[lead] = '\0';
            }
            return;
        }
    }
}

static void format_bounded(char *out, size_t size, const char *format, va_list arguments) GAZ_PRINTF(3, 0);

static void format_bounded(char *out, size_t size, const char *format, va_list arguments) {
    int wanted = vsnprintf(out, size, format, arguments);
    if (wanted < 0) {
        out[0] = '\0';
    } else if ((size_t)wanted >= size) {
        drop_partial_character(out);
    }
}

enum gaz_status gaz_err_set(struct gaz_err *err, enum gaz_status status, const char *format, ...) {
    if (err && err->status == GAZ_OK) {
        va_list arguments;
        va_start(arguments, format);
        format_bounded(err->message, sizeof err->message, _(format), arguments);
        va_end(arguments);
        err->status = status;
    }
    return status;
}

enum gaz_status gaz_err_memory(struct gaz_err *err) {
    return gaz_err_set(err, GAZ_ERR_MEMORY, "out of memory");
}

struct gaz_quoted gaz_quote(const char *text) {
    struct gaz_quoted quoted;
    size_t len = strnlen(text, GAZ_QUOTED_MAX + 1);
    bool is_cut = len > GAZ_QUOTED_MAX;
    for (len = is_cut ? GAZ_QUOTED_MAX : len; is_cut && len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80;)
        len--;
    snprintf(quoted.text, sizeof quoted.text, "%.*s%s", (int)len, text, is_cut ? "…" : "");
    return quoted;
}

void gaz_err_clear(struct gaz_err *err) {
    if (err) {
        err->status = GAZ_OK;
        err->message[0] = '\0';
    }
}

const char *gaz_status_name(enum gaz_status status) {
    switch (status) {
    case GAZ_OK:
        return "ok";
    case GAZ_ERR_MEMORY:
        return "memory";
    case GAZ_ERR_IO:
        return "io";
    case GAZ_ERR_ARGUMENT:
        return "argument";
    case GAZ_ERR_QUERY:
        return "query";
    case GAZ_ERR_NO_INDEX:
        return "no-index";
    case GAZ_ERR_BUSY:
        return "busy";
    case GAZ_ERR_CORRUPT:
        return "corrupt";
    case GAZ_ERR_VERSION:
        return "version";
    case GAZ_ERR_LIMIT:
        return "limit";
    case GAZ_ERR_ENCODING:
        return "encoding";
    case GAZ_ERR_UNSUPPORTED:
        return "unsupported";
    case GAZ_ERR_NOT_FOUND:
        return "not-found";
    case GAZ_ERR_INTERNAL:
        return "internal";
    }
    return "unknown";
}

int gaz_status_exit(enum gaz_status status) {
    if (status == GAZ_OK) {
        return 0;
    }
    return status == GAZ_ERR_BUSY ? EXIT_TEMPFAIL : EXIT_TROUBLE;
}

void gaz_diag_report(gaz_diag_sink *sink, void *context, const char *file, size_t page, size_t line,
                     const char *code, const char *format, ...) {
    if (!sink) {
        return;
    }
    struct gaz_diag diag = {.file = file, .page = page, .line = line, .code = code};
    va_list arguments;
    va_start(arguments, format);
    format_bounded(diag.message, sizeof diag.message, _(format), arguments);
    va_end(arguments);
    sink(context, &diag);
}
