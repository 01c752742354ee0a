// SPDX-License-Identifier: GPL-2.0-or-later
#include "shim/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

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

void gaz_terminal_print(FILE *to, const char *text) {
    for (; *text; text++) {
        if ((unsigned char)*text < 32 || *text == 127) {
            fprintf(to, "\\x%02x", (unsigned char)*text);
        } else {
            putc(*text, to);
        }
    }
}
