// SPDX-License-Identifier: GPL-2.0-or-later
//
// Any request gets an answer: what is in an address is read as UTF-8 or refused, written again it reads the
// same, and no markup of a client's comes out as markup.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "searcher/web/html.h"
#include "searcher/web/target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hold(bool condition, const char *law) {
    if (!condition) {
        fprintf(stderr, "%s\n", law);
        abort();
    }
}

static bool same(const char *one, const char *other) {
    return one && other && strcmp(one, other) == 0;
}

static void reads_the_same(const struct gaz_target *target, struct gaz_arena *arena) {
    struct gaz_buf again = GAZ_BUF_INIT;
    struct gaz_target copy;
    for (size_t i = 0; i < target->segment_count; i++) {
        gaz_buf_addch(&again, '/');
        gaz_target_put(&again, target->segments[i]);
    }
    gaz_buf_addstr(&again, target->segment_count > 0 ? "" : "/");
    gaz_target_put_parameters(&again, target, NULL);
    if (again.len <= GAZ_TARGET_BYTES_MAX) {
        hold(gaz_target_parse(again.data, arena, &copy, NULL) == GAZ_OK, "a target that we wrote is none");
        hold(copy.parameter_count == target->parameter_count, "other parameters");
        for (size_t i = 0; i < copy.parameter_count; i++) {
            hold(same(copy.parameters[i].name, target->parameters[i].name), "another name");
            hold(same(copy.parameters[i].value, target->parameters[i].value), "another value");
        }
    }
    gaz_buf_free(&again);
}

static void is_no_markup(const char *text) {
    struct gaz_buf out = GAZ_BUF_INIT;
    gaz_html_put(&out, "%s", text);
    hold(strpbrk(out.data, "<>\"'") == NULL, "markup got through");
    gaz_buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_target target;
    char *text = gaz_strndup((const char *)data, size);
    gaz_language_choose(text);
    is_no_markup(text);
    if (gaz_target_parse(text, arena, &target, NULL) == GAZ_OK) {
        for (size_t i = 0; i < target.parameter_count; i++) {
            is_no_markup(target.parameters[i].name);
            is_no_markup(target.parameters[i].value);
        }
        reads_the_same(&target, arena);
    } else {
        hold(target.segment_count == 0 && target.parameter_count == 0, "half a target");
    }
    gaz_free(text);
    gaz_arena_free(arena);
    return 0;
}
