// SPDX-License-Identifier: GPL-2.0-or-later
#include "shim/generate/codemap_write.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shim/codemap.h"

enum { SEQUENCE_MAX = 1 << 16 };

static uint32_t values[GAZ_CODEMAP_LIMIT];
static uint32_t sequences[SEQUENCE_MAX];
static size_t sequence_count;

static uint32_t add_sequence(const uint32_t *to, size_t count) {
    uint32_t start = (uint32_t)sequence_count;

    if (count > SEQUENCE_MAX - sequence_count) {
        fprintf(stderr, "codemap: sequences take more than %d code points\n", SEQUENCE_MAX);
        exit(1);
    }
    for (size_t i = 0; i < count; i++)
        sequences[sequence_count++] = to[i];
    return GAZ_CODEMAP_SEQUENCE | (uint32_t)count << 24 | start;
}

void codemap_put(uint32_t code, const uint32_t *to, size_t count) {
    if (count != 1)
        values[code] = add_sequence(to, count);
    else if (to[0] != code)
        values[code] = to[0];
}

// The stored page that equals page NUMBER of the map, which is stored as page *COUNT when there is none yet.
static uint16_t store_page(size_t number, size_t *stored, size_t *count) {
    const uint32_t *page = values + number * GAZ_CODEMAP_PAGE;

    for (size_t i = 0; i < *count; i++) {
        if (memcmp(page, values + stored[i] * GAZ_CODEMAP_PAGE, GAZ_CODEMAP_PAGE * sizeof *page) == 0)
            return (uint16_t)i;
    }
    stored[*count] = number;
    return (uint16_t)(*count)++;
}

static void write_pages(FILE *file, size_t *stored, size_t *stored_count) {
    fprintf(file, "static const uint16_t pages[] = {");
    for (size_t i = 0; i < GAZ_CODEMAP_PAGE_COUNT; i++)
        fprintf(file, "%s%u,", i % 24 == 0 ? "\n" : "", (unsigned)store_page(i, stored, stored_count));
    fprintf(file, "\n};\n");
}

static void write_values(FILE *file, const size_t *stored, size_t stored_count) {
    fprintf(file, "static const uint32_t values[] = {");
    for (size_t i = 0; i < stored_count; i++) {
        for (size_t j = 0; j < GAZ_CODEMAP_PAGE; j++) {
            uint32_t value = values[stored[i] * GAZ_CODEMAP_PAGE + j];
            fprintf(file, "%s0x%" PRIX32 ",", j % 16 == 0 ? "\n" : "", value);
        }
    }
    fprintf(file, "\n};\n");
}

static void write_sequences(FILE *file) {
    fprintf(file, "static const uint32_t sequences[] = {\n0,"); // never empty, as C wants
    for (size_t i = 0; i < sequence_count; i++)
        fprintf(file, "%s0x%" PRIX32 ",", i % 16 == 0 ? "\n" : "", sequences[i]);
    fprintf(file, "\n};\n");
}

int codemap_write(const char *path, const char *name) {
    static size_t stored[GAZ_CODEMAP_PAGE_COUNT];
    size_t stored_count = 0;
    FILE *file = fopen(path, "w");

    if (!file)
        return -1;
    fprintf(file, "#include \"shim/codemap.h\"\n");
    write_pages(file, stored, &stored_count);
    write_values(file, stored, stored_count);
    write_sequences(file);
    fprintf(file, "const struct gaz_codemap gaz_codemap_%s = {pages, values, sequences + 1};\n", name);
    return fclose(file) == 0 ? 0 : -1;
}
