// SPDX-License-Identifier: GPL-2.0-or-later
//
// For the programs that make the tables: collects a map and writes it as C.
#ifndef GAZ_SHIM_GENERATE_CODEMAP_WRITE_H
#define GAZ_SHIM_GENERATE_CODEMAP_WRITE_H

#include <stddef.h>
#include <stdint.h>

// Maps CODE to the COUNT (0 to 127) code points TO; nothing is stored when that is CODE itself. Once for each
// code point. Ends the program when the sequences are too many.
void codemap_put(uint32_t code, const uint32_t *to, size_t count);

// Writes the map to the new file PATH as the definition of gaz_codemap_NAME. Returns 0, or -1 with errno set.
int codemap_write(const char *path, const char *name);

#endif
