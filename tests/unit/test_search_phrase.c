// SPDX-License-Identifier: GPL-2.0-or-later
//
// A phrase is a substring: what a phrase query finds equals a scan of all folded texts, written here by
// itself.
#include "tests/unit/search_fixture.h"

#include "searcher/search.h"

enum { UNITS = 200, TEXT_CHARACTERS = 80, QUERIES = 2000, LONGEST_QUERY = 20, TEXT_BYTES = 1024 };

static struct fixture fixture;
static struct gaz_record records[UNITS + 2];
static char texts[UNITS][TEXT_BYTES];
static char ids[UNITS][32];

// Few characters, so that random texts repeat pairs that stand apart elsewhere; both scripts, widths, blanks.
static const char *const alphabet[] = {"政", "府", "發", "发", "髮", "展", "后", "後", "，",
                                       "。", "Ａ", "a",  "1",  "１", " ",  "　", "〔", "[",
                                       "（", "(",  "国", "國", "㈱", "·",  "\"", "-"};

// A generator of its own, so that every machine tests the same (Numerical Recipes' linear congruence).
static uint32_t seed = 20231012;

static uint32_t random_below(uint32_t bound) {
    seed = seed * 1664525U + 1013904223U;
    return (seed >> 8) % bound;
}

static void random_text(char *out, size_t characters) {
    *out = '\0';
    for (size_t i = 0; i < characters; i++) {
        strcat(out, alphabet[random_below(COUNT(alphabet))]);
    }
}

static int open_fixture(void **state) {
    (void)state;
    records[0] = (struct gaz_record){.type = GAZ_RECORD_ISSUE, .id = "p", .address = "p", .text = ""};
    records[1] = (struct gaz_record){.type = GAZ_RECORD_DOCUMENT,
                                     .id = "p/1",
                                     .address = "p/1",
                                     .text = "",
                                     .as.document.class_name = "document"};
    for (size_t i = 0; i < UNITS; i++) {
        random_text(texts[i], 1 + random_below(TEXT_CHARACTERS));
        snprintf(ids[i], sizeof ids[i], "p/1/%zu", i + 1);
        records[i + 2] = (struct gaz_record){.type = GAZ_RECORD_PARAGRAPH,
                                             .id = ids[i],
                                             .address = ids[i],
                                             .document = "p/1",
                                             .text = texts[i]};
    }
    return fixture_open(&fixture, records, COUNT(records));
}

static int close_fixture(void **state) {
    (void)state;
    fixture_close(&fixture);
    return 0;
}

// A piece of a random text, between characters.
static void random_substring(char *out) {
    const char *text = texts[random_below(UNITS)];
    size_t starts[TEXT_CHARACTERS + 1], count = 0;
    for (size_t at = 0; text[at]; at++) {
        if (((unsigned char)text[at] & 0xC0) != 0x80) {
            starts[count++] = at;
        }
    }
    starts[count] = strlen(text);
    size_t from = random_below((uint32_t)count);
    size_t length = 1 + random_below(LONGEST_QUERY);
    size_t to = from + length < count ? from + length : count;
    memcpy(out, text + starts[from], starts[to] - starts[from]);
    out[starts[to] - starts[from]] = '\0';
}

// The ids of all units whose folded text contains the folded PHRASE, by scanning.
static void scan(const char *phrase, struct gaz_buf *out, size_t *count) {
    struct gaz_buf needle = GAZ_BUF_INIT;
    gaz_fold_append(phrase, strlen(phrase), GAZ_FOLD_FULL, &needle);
    *count = 0;
    for (size_t i = 0; i < UNITS; i++) {
        struct gaz_buf folded = GAZ_BUF_INIT;
        gaz_fold_append(texts[i], strlen(texts[i]), GAZ_FOLD_FULL, &folded);
        if (strstr(folded.data, needle.data)) {
            gaz_buf_printf(out, "%s ", ids[i]);
            (*count)++;
        }
        gaz_buf_free(&folded);
    }
    gaz_buf_free(&needle);
}

static void quote(const char *phrase, struct gaz_buf *out) {
    gaz_buf_addch(out, '"');
    for (; *phrase; phrase++) {
        gaz_buf_addstr(out, *phrase == '"' || *phrase == '\\' ? "\\" : "");
        gaz_buf_addch(out, *phrase);
    }
    gaz_buf_addch(out, '"');
}

static void search(const char *phrase, struct gaz_buf *out, size_t *count) {
    struct gaz_buf query = GAZ_BUF_INIT;
    struct gaz_answer answer;
    struct gaz_err err = {0};
    quote(phrase, &query);
    const struct gaz_request request = {
        .mode = GAZ_MODE_KEYWORD, .query = query.data, .unit_level = true, .sort = GAZ_SORT_ARCHIVE};
    if (gaz_search(&fixture.archive, &request, &answer, &err) != GAZ_OK) {
        fail_msg("%s: %s", query.data, err.message);
    }
    *count = answer.relaxed ? 0 : answer.total;
    for (size_t i = 0; i < *count; i++) {
        json_t *record;
        assert_int_equal(gaz_archive_record(&fixture.archive, answer.found.matches[i].docid, &record, NULL),
                         GAZ_OK);
        gaz_buf_printf(out, "%s ", json_string_value(json_object_get(record, "id")));
        json_decref(record);
    }
    gaz_answer_free(&answer);
    gaz_buf_free(&query);
}

static bool is_visible(const char *phrase) {
    struct gaz_buf folded = GAZ_BUF_INIT;
    gaz_fold_append(phrase, strlen(phrase), GAZ_FOLD_FULL, &folded);
    bool visible = folded.len > 0;
    gaz_buf_free(&folded);
    return visible;
}

static void compare(const char *phrase) {
    struct gaz_buf expected = GAZ_BUF_INIT, got = GAZ_BUF_INIT;
    size_t expected_count, count;
    scan(phrase, &expected, &expected_count);
    search(phrase, &got, &count);
    if (strcmp(expected.data, got.data) != 0 || expected_count != count) {
        fail_msg("<%s>: expected %s, got %s", phrase, expected.data, got.data);
    }
    gaz_buf_free(&expected);
    gaz_buf_free(&got);
}

static void substrings_are_found_everywhere_they_are(void **state) {
    (void)state;
    for (int i = 0; i < QUERIES; i++) {
        char phrase[TEXT_BYTES];
        random_substring(phrase);
        if (is_visible(phrase)) {
            compare(phrase);
        }
    }
}

static void what_is_not_there_is_not_found(void **state) {
    (void)state;
    for (int i = 0; i < QUERIES; i++) {
        char phrase[TEXT_BYTES];
        random_text(phrase, 2 + random_below(6));
        if (is_visible(phrase)) {
            compare(phrase);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(substrings_are_found_everywhere_they_are),
        cmocka_unit_test(what_is_not_there_is_not_found),
    };
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
