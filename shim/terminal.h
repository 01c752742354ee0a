// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the programs ask of the terminal they may be talking to.
#ifndef GAZ_SHIM_TERMINAL_H
#define GAZ_SHIM_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

// Columns of the terminal that TO is; 0 when it is none, or does not say.
size_t gaz_terminal_width(FILE *to);

// Whether TO is a terminal that obeys escape sequences: colours, links, moving the cursor.
bool gaz_terminal_obeys(FILE *to);

// Whether it is to be coloured: unless the user says otherwise by NO_COLOR (https://no-color.org).
bool gaz_terminal_coloured(FILE *to);

// Writes TEXT with control characters made visible (\x1b): names and queries may hold anything.
void gaz_terminal_print(FILE *to, const char *text);

#endif
