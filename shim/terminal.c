// SPDX-License-Identifier: GPL-2.0-or-later
#include "shim/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "shim/unicode.h"

size_t gaz_terminal_width(FILE *to) {
    struct winsize size = {0};
    return isatty(fileno(to)) && ioctl(fileno(to), TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

bool gaz_terminal_obeys(FILE *to) {
    const char *terminal = getenv("TERM");
    return isatty(fileno(to)) && !(terminal && strcmp(terminal, "dumb") == 0);
}

bool gaz_terminal_coloured(FILE *to) {
    const char *no_colour = getenv("NO_COLOR");
    return gaz_terminal_obeys(to) && !(no_colour && *no_colour);
}

// Writes the character that TEXT begins with, visibly; returns its length.
static size_t put_visible(FILE *to, const char *text, size_t len) {
    uint32_t code;
    size_t length = gaz_utf8_decode(text, len, &code);
    bool is_broken = length == 1 && (unsigned char)text[0] >= 0x80;
    if (is_broken || (gaz_unicode_is_control(code) && code < 0x80)) {
        fprintf(to, "\\x%02x", (unsigned char)text[0]);
    } else if (gaz_unicode_is_control(code)) {
        fprintf(to, "\\u%04x", (unsigned)code);
    } else {
        fwrite(text, 1, length, to);
    }
    return length;
}

void gaz_terminal_print(FILE *to, const char *text) {
    gaz_terminal_show(to, text, strlen(text));
}

void gaz_terminal_show(FILE *to, const char *text, size_t len) {
    for (size_t at = 0; at < len;) {
        at += put_visible(to, text + at, len - at);
    }
}

bool gaz_terminal_write(FILE *to, const char *data, size_t len) {
    if (!isatty(fileno(to))) {
        return fwrite(data, 1, len, to) == len;
    }
    for (size_t at = 0; at < len;) {
        if (data[at] == '\n' || data[at] == '\t') {
            putc(data[at++], to);
        } else {
            at += put_visible(to, data + at, len - at);
        }
    }
    return !ferror(to);
}
