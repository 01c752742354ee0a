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

// Writes TEXT with what the terminal might obey made visible: control characters (\x1b, \u009b), and bytes
// that are no UTF-8 (\xff). Names and queries may hold anything.
void gaz_terminal_print(FILE *to, const char *text);
// The same for LEN bytes.
void gaz_terminal_show(FILE *to, const char *text, size_t len);

// Writes LEN bytes that are meant for programs: as they are, but on a terminal made visible as above, line
// ends and tabs aside. False when they cannot be written.
bool gaz_terminal_write(FILE *to, const char *data, size_t len);

#endif
