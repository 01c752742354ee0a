// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "searcher/web/html.h"
#include "searcher/web/target.h"

static struct gaz_arena *arena;
static struct gaz_target target;

static int new_arena(void **state) {
    (void)state;
    arena = gaz_arena_new();
    return arena ? 0 : -1;
}

static int free_arena(void **state) {
    (void)state;
    gaz_arena_free(arena);
    return 0;
}

static enum gaz_status parse(const char *raw) {
    struct gaz_err err = {0};
    enum gaz_status status = gaz_target_parse(raw, arena, &target, &err);
    assert_int_equal(status, err.status);
    return status;
}

// --- targets ---

static void a_target_is_path_and_parameters(void **state) {
    (void)state;
    assert_int_equal(parse("/number/%E4%BA%91%E6%94%BF%E5%8F%91/?q=a+b%20c&facets&=x&q=2"), GAZ_OK);
    assert_int_equal(target.segment_count, 2);
    assert_string_equal(target.segments[1], "云政发");
    assert_int_equal(target.parameter_count, 4);
    assert_string_equal(gaz_target_value(&target, "q"), "a b c");
    assert_string_equal(gaz_target_value(&target, "facets"), "");
    assert_null(gaz_target_value(&target, "level"));
    assert_int_equal(parse("/"), GAZ_OK);
    assert_int_equal(target.segment_count, 0);
    assert_int_equal(parse("https://host:8080?q=1"), GAZ_OK);
    assert_string_equal(gaz_target_value(&target, "q"), "1");
}

// A slash or dots that are encoded are part of a name, and lead nowhere.
static void an_encoded_slash_parts_nothing(void **state) {
    (void)state;
    assert_int_equal(parse("/doc/..%2F..%2fetc/a%2Bb"), GAZ_OK);
    assert_string_equal(target.segments[1], "../../etc");
    assert_string_equal(target.segments[2], "a+b");
}

static void what_is_no_target_is_refused_whole(void **state) {
    static const char *const none[] = {"",        "*",         "host:80", "/%",      "/%4",
                                       "/%GG",    "/%00",      "/%FF",    "/%C0%AF", "/%ED%A0%80",
                                       "/?a=%1B", "/?a=1&b=%", "/\x7f",   "/%C2%80", "/a/b/c/d/e/f/g/h/i"};
    (void)state;
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        assert_int_equal(parse(none[i]), GAZ_ERR_ARGUMENT);
        assert_int_equal(target.segment_count + target.parameter_count, 0);
    }
    char *longest = calloc(1, GAZ_TARGET_BYTES_MAX + 2);
    memset(longest, 'a', GAZ_TARGET_BYTES_MAX);
    longest[0] = '/';
    assert_int_equal(parse(longest), GAZ_OK);
    longest[GAZ_TARGET_BYTES_MAX] = 'a';
    assert_int_equal(parse(longest), GAZ_ERR_LIMIT);
    free(longest);
}

static void a_target_is_written_encoded(void **state) {
    static const char *const without[] = {"offset", NULL};
    struct gaz_buf out = GAZ_BUF_INIT;
    (void)state;
    gaz_target_put_path(&out, "a/云 &?");
    assert_string_equal(out.data, "a/%E4%BA%91%20%26%3F");
    gaz_buf_clear(&out);
    assert_int_equal(parse("/search?q=%26&offset=20&level=unit"), GAZ_OK);
    gaz_buf_addstr(&out, "/search");
    gaz_target_put_parameters(&out, &target, without);
    gaz_target_put_parameter(&out, "since", "2024");
    assert_string_equal(out.data, "/search?q=%26&level=unit&since=2024");
    gaz_buf_free(&out);
}

// --- HTML ---

static void text_is_never_markup(void **state) {
    struct gaz_buf out = GAZ_BUF_INIT;
    (void)state;
    gaz_html_put(&out, "<a title=\"%s\">%s</a>%%%d %zu", "\"><script>", "a&'b<", -7, (size_t)8);
    assert_string_equal(out.data, "<a title=\"&quot;&gt;&lt;script&gt;\">a&amp;&#39;b&lt;</a>%-7 8");
    gaz_buf_clear(&out);
    gaz_html_put(&out, "%s", "%s");
    assert_string_equal(out.data, "%s");
    gaz_buf_free(&out);
}

// U+202E turns what follows around, U+001B begins a command of a terminal, a lone byte is no character.
static void what_nobody_sees_is_shown(void **state) {
    struct gaz_buf out = GAZ_BUF_INIT;
    (void)state;
    gaz_html_put(&out, "%s",
                 "a\xE2\x80\xAE"
                 "b\x1B"
                 "c\xFF"
                 "d\r\ne");
    assert_string_equal(out.data, "a&lt;U+202E&gt;b&#x241B;c\xEF\xBF\xBD"
                                  "d\ne");
    gaz_buf_free(&out);
}

static void a_message_has_its_value(void **state) {
    struct gaz_buf out = GAZ_BUF_INIT;
    (void)state;
    gaz_html_count(&out, GAZ_LANGUAGE_ZH, GAZ_MESSAGE_TOTAL_DOCUMENTS, 12);
    gaz_html_message(&out, GAZ_LANGUAGE_EN, GAZ_MESSAGE_WHO_CITES, "<b>");
    assert_string_equal(out.data, "共 12 件What cites “&lt;b&gt;”");
    gaz_buf_free(&out);
    for (int message = 0; message < GAZ_MESSAGE_COUNT; message++) {
        for (int language = 0; language < GAZ_LANGUAGE_COUNT; language++) {
            assert_non_null(gaz_message_text((enum gaz_language)language, (enum gaz_message)message));
        }
    }
}

// --- languages ---

static void the_language_liked_best_is_chosen(void **state) {
    static const struct {
        const char *accepted;
        enum gaz_language language;
    } cases[] = {
        {NULL, GAZ_LANGUAGE_ZH},
        {"", GAZ_LANGUAGE_ZH},
        {"en", GAZ_LANGUAGE_EN},
        {"en-GB,en;q=0.9,zh;q=0.8", GAZ_LANGUAGE_EN},
        {"zh-TW,zh;q=0.9,en;q=0.8", GAZ_LANGUAGE_ZH},
        {"fr, en;q=0.5, zh;q=0.6", GAZ_LANGUAGE_ZH},
        {"fr;q=1, EN-us ; q=0.001", GAZ_LANGUAGE_EN},
        {"en;q=0", GAZ_LANGUAGE_ZH},
        {"eng, zhx", GAZ_LANGUAGE_ZH},
        {"*", GAZ_LANGUAGE_ZH},
        {";;q=,=,;q=9999999999999", GAZ_LANGUAGE_ZH},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(gaz_language_choose(cases[i].accepted), cases[i].language);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_target_is_path_and_parameters),
        cmocka_unit_test(an_encoded_slash_parts_nothing),
        cmocka_unit_test(what_is_no_target_is_refused_whole),
        cmocka_unit_test(a_target_is_written_encoded),
        cmocka_unit_test(text_is_never_markup),
        cmocka_unit_test(what_nobody_sees_is_shown),
        cmocka_unit_test(a_message_has_its_value),
        cmocka_unit_test(the_language_liked_best_is_chosen),
    };
    return cmocka_run_group_tests(tests, new_arena, free_arena);
}
