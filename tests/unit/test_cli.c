// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/cli.h"
#include "shim/mem.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const struct gaz_cli_option table[] = {
    {"index", "DIR", "the index", "What to do"},       {"list", NULL, "list it", "What to do"},
    {"limit", "N", "how many", "How to show"},         {"color", "[=WHEN]", "when to colour", "How to show"},
    {"listing", NULL, "a longer name", "How to show"}, {"n", "N", "one letter", "How to show"},
};

// What was taken, written down: index=a;list;
struct taken {
    struct gaz_buf log;
    enum gaz_status answer;
};

static enum gaz_status take(void *context, size_t option, const char *argument, struct gaz_err *err) {
    struct taken *taken = context;
    gaz_buf_printf(&taken->log, "%s%s%s;", table[option].name, argument ? "=" : "", argument ? argument : "");
    return taken->answer == GAZ_OK ? GAZ_OK : gaz_err_set(err, taken->answer, "refused");
}

enum { WORDS_MAX = 12 };

// Parses the words of a command line, NULL at their end; OPTIONS is what was taken, OPERANDS what was left,
// parted by blanks.
static enum gaz_status parse(const char *const *words, struct taken *taken, struct gaz_buf *operands,
                             struct gaz_err *err) {
    char program[] = "program", *argv[WORDS_MAX] = {program};
    const char *left[WORDS_MAX];
    size_t left_count = 0;
    int argc = 1;
    for (; words[argc - 1]; argc++)
        argv[argc] = gaz_strndup(words[argc - 1], strlen(words[argc - 1]));
    enum gaz_status status =
        gaz_cli_parse(argc, argv, table, COUNT(table), take, taken, left, &left_count, err);
    for (size_t i = 0; i < left_count; i++)
        gaz_buf_printf(operands, "%s%s", i > 0 ? " " : "", left[i]);
    for (int i = 1; i < argc; i++)
        gaz_free(argv[i]);
    return status;
}

static void assert_parse(const char *const *words, const char *options, const char *operands) {
    struct taken taken = {GAZ_BUF_INIT, GAZ_OK};
    struct gaz_buf left = GAZ_BUF_INIT;
    struct gaz_err err = {0};
    assert_int_equal(parse(words, &taken, &left, &err), GAZ_OK);
    assert_string_equal(taken.log.data, options);
    assert_string_equal(left.data, operands);
    gaz_buf_free(&taken.log);
    gaz_buf_free(&left);
}

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void options_and_operands_mix(void **state) {
    (void)state;
    assert_parse(WORDS("a.txt", "--index", "x", "b.txt"), "index=x;", "a.txt b.txt");
    assert_parse(WORDS("--index=x", "--list"), "index=x;list;", "");
    assert_parse(WORDS("--index", "--list"), "index=--list;", "");
    assert_parse(WORDS("--index="), "index=;", "");
    assert_parse(WORDS("--color"), "color;", "");
    assert_parse(WORDS("--color", "always"), "color;", "always");
    assert_parse(WORDS("--color=always"), "color=always;", "");
    assert_parse(WORDS("-"), "", "-");
    assert_parse(WORDS(""), "", "");
    assert_parse(WORDS("--", "--list", "-x"), "", "--list -x");
    assert_parse(WORDS("--list", "--", "--", "a"), "list;", "-- a");
    assert_parse(WORDS("--index", "a=b"), "index=a=b;", "");
}

static void names_may_be_cut_short(void **state) {
    (void)state;
    assert_parse(WORDS("--ind", "x"), "index=x;", "");
    assert_parse(WORDS("--lim=3"), "limit=3;", "");
    assert_parse(WORDS("--list"), "list;", ""); // whole, though it begins another
    assert_parse(WORDS("--listi"), "listing;", "");
}

static void one_letter_has_one_dash(void **state) {
    (void)state;
    assert_parse(WORDS("-n", "3", "a"), "n=3;", "a");
    assert_parse(WORDS("--", "-n"), "", "-n");
    assert_parse(WORDS("-医疗"), "", "-医疗");
}

static void assert_refused(const char *const *words, const char *message) {
    struct taken taken = {GAZ_BUF_INIT, GAZ_OK};
    struct gaz_buf left = GAZ_BUF_INIT;
    struct gaz_err err = {0};
    assert_int_equal(parse(words, &taken, &left, &err), GAZ_ERR_ARGUMENT);
    assert_non_null(strstr(err.message, message));
    gaz_buf_free(&taken.log);
    gaz_buf_free(&left);
}

static void mistakes_are_named(void **state) {
    (void)state;
    assert_refused(WORDS("--nothing"), "--nothing");
    assert_refused(WORDS("--nothing=x"), "--nothing:");
    assert_refused(WORDS("--li"), "--li is ambiguous");
    assert_refused(WORDS("--=x"), "--");
    assert_refused(WORDS("--index"), "--index needs DIR");
    assert_refused(WORDS("--list=x"), "--list takes no argument");
    assert_refused(WORDS("--lists"), "--lists");
    assert_refused(WORDS("-x"), "-x");
    assert_refused(WORDS("-n"), "-n needs N");
    assert_refused(WORDS("-nn"), "unknown option -nn");
    assert_refused(WORDS("-n=3"), "unknown option -n=3");
    assert_refused(WORDS("--n"), "unknown option --n");
}

static void refusals_end_the_parsing(void **state) {
    (void)state;
    struct taken taken = {GAZ_BUF_INIT, GAZ_ERR_LIMIT};
    struct gaz_buf left = GAZ_BUF_INIT;
    struct gaz_err err = {0};
    assert_int_equal(parse(WORDS("--list", "--color"), &taken, &left, &err), GAZ_ERR_LIMIT);
    assert_string_equal(taken.log.data, "list;");
    assert_string_equal(err.message, "refused");
    gaz_buf_free(&taken.log);
}

static void help_stands_under_its_headings(void **state) {
    (void)state;
    char *text = NULL;
    size_t len = 0;
    FILE *to = open_memstream(&text, &len);
    assert_non_null(to);
    gaz_cli_help(to, table, COUNT(table));
    fclose(to);
    assert_string_equal(text, "\nWhat to do\n"
                              "  --index DIR                   the index\n"
                              "  --list                        list it\n"
                              "\nHow to show\n"
                              "  --limit N                     how many\n"
                              "  --color[=WHEN]                when to colour\n"
                              "  --listing                     a longer name\n"
                              "  -n N                          one letter\n");
    free(text);
}

static void numbers_are_read_within_bounds(void **state) {
    (void)state;
    static const char *const wrong[] = {
        "", "0", "101", "-1", "+5", " 5", "5 ", "5x", "0x5", "1e2", "99999999999999999999999"};
    struct gaz_err err = {0};
    unsigned long value = 0;
    assert_int_equal(gaz_cli_number("limit", "1", 1, 100, &value, &err), GAZ_OK);
    assert_int_equal(value, 1);
    assert_int_equal(gaz_cli_number("limit", "100", 1, 100, &value, &err), GAZ_OK);
    assert_int_equal(value, 100);
    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct gaz_err own = {0};
        if (gaz_cli_number("limit", wrong[i], 1, 100, &value, &own) != GAZ_ERR_ARGUMENT)
            fail_msg("'%s' is taken for %lu", wrong[i], value);
        assert_non_null(strstr(own.message, "--limit"));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_and_operands_mix),       cmocka_unit_test(names_may_be_cut_short),
        cmocka_unit_test(one_letter_has_one_dash),        cmocka_unit_test(mistakes_are_named),
        cmocka_unit_test(refusals_end_the_parsing),       cmocka_unit_test(help_stands_under_its_headings),
        cmocka_unit_test(numbers_are_read_within_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
