// SPDX-License-Identifier: GPL-2.0-or-later
//
// Every allocation of reading a page of a PDF fails in turn: the reading says so, and leaves nothing behind.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "indexer/page.h"
#include "tests/support/faults.h"

enum {
    COLUMNS = 2,
    LINES = 8,
    CHARACTERS = 12,
    CELLS = 3,
    CHARS = COLUMNS * LINES * CHARACTERS + CELLS * CELLS
};

static struct gaz_pdf_char make_char(float x, float y, uint32_t code) {
    return (struct gaz_pdf_char){x, y, x + 10, y + 14, 10, code, GAZ_PDF_CORNER_NONE};
}

// Two columns above a ruled table, and a line set sideways at the edge.
static struct gaz_pdf_page make_page(struct gaz_pdf_char *chars, struct gaz_pdf_rule *rules) {
    size_t count = 0, lines = 0;
    for (int i = 0; i < COLUMNS * LINES * CHARACTERS; i++) {
        int column = i / (LINES * CHARACTERS), line = i / CHARACTERS % LINES, place = i % CHARACTERS;
        chars[count++] =
            make_char(50 + 150 * (float)column + 10 * (float)place, 100 + 16 * (float)line, U'文');
    }
    for (int i = 0; i < CELLS * CELLS; i++)
        chars[count++] = make_char(60 + 60 * (float)(i % CELLS), 310 + 30 * (float)(i / CELLS), U'表');
    for (int i = 0; i <= CELLS; i++) {
        float at = 50 + 60 * (float)i, top = 300 + 30 * (float)i;
        rules[lines++] = (struct gaz_pdf_rule){at, 300, at, 390};
        rules[lines++] = (struct gaz_pdf_rule){50, top, 230, top};
    }
    return (struct gaz_pdf_page){.number = 1,
                                 .count = 1,
                                 .width = 400,
                                 .height = 600,
                                 .chars = chars,
                                 .char_count = count,
                                 .rules = rules,
                                 .rule_count = lines,
                                 .printed = true};
}

static void each_allocation_of_a_page(void **state) {
    (void)state;
    static struct gaz_pdf_char chars[CHARS];
    static struct gaz_pdf_rule rules[2 * CELLS + 2];
    const struct gaz_pdf_page page = make_page(chars, rules);
    size_t live = gaz_mem_live();
    bool ok = false;
    for (size_t allowed = 0; !ok; allowed++) {
        struct gaz_page_text text = {GAZ_BUF_INIT, GAZ_BUF_INIT};
        struct gaz_page_habit habit = {0};
        faults_begin(allowed);
        ok =
            gaz_page_write(&page, &habit, &text) && text.text.status == GAZ_OK && text.sorts.status == GAZ_OK;
        size_t seen = faults_end();
        assert_true(!ok || seen <= allowed);
        assert_true(!ok || text.sorts.len == COLUMNS * LINES + CELLS);
        gaz_page_text_free(&text);
        assert_int_equal(gaz_mem_live(), live);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_allocation_of_a_page)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
