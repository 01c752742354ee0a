// SPDX-License-Identifier: GPL-2.0-or-later
//
// Asks one function of the corpus about one text and prints its answer, for the examples of the
// specification: spec_probe QUESTION TEXT
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "corpus/authority.h"
#include "corpus/date.h"
#include "corpus/docnum.h"
#include "corpus/fold.h"
#include "corpus/label.h"
#include "corpus/numeral.h"

// What a question may use; its answer is printed without a line end. Every question answers "none" where the
// function finds nothing.
struct probe {
    struct gaz_arena *arena;
    const struct gaz_authority *authority;
};

static bool answer_none(bool is_none) {
    if (is_none)
        fputs("none", stdout);
    return is_none;
}

static void print_joined(const char *const *items, size_t count, const char *mark, bool *first) {
    for (size_t i = 0; i < count; i++) {
        printf("%s%s%s", *first ? "" : " ", mark, items[i]);
        *first = false;
    }
}

static enum gaz_status ask_number(const struct probe *probe, const char *text) {
    struct gaz_docnum number;
    enum gaz_status status = gaz_docnum_parse(text, strlen(text), probe->arena, &number, NULL);
    if (status == GAZ_OK)
        fputs(number.key, stdout);
    return answer_none(status == GAZ_ERR_NOT_FOUND) ? GAZ_OK : status;
}

static enum gaz_status ask_numbers(const struct probe *probe, const char *text) {
    struct gaz_docnums numbers = {0};
    enum gaz_status status = gaz_docnum_find(text, strlen(text), probe->arena, &numbers, NULL);
    for (size_t i = 0; i < numbers.count; i++)
        printf("%s%s", i > 0 ? " " : "", numbers.items[i].key);
    answer_none(numbers.count == 0);
    return status;
}

static enum gaz_status ask_heading(const struct probe *probe, const char *text) {
    (void)probe;
    if (!answer_none(!gaz_docnum_is_heading(text, strlen(text))))
        fputs("heading", stdout);
    return GAZ_OK;
}

// Without a year ISO 8601 has no form; XXXX-10-07 stands for it.
static enum gaz_status ask_date(const struct probe *probe, const char *text) {
    struct gaz_date date;
    char iso[GAZ_DATE_ISO_MAX];
    size_t at;
    (void)probe;
    if (answer_none(gaz_date_find(text, strlen(text), &date, &at) == 0))
        return GAZ_OK;
    if (gaz_date_iso(&date, iso) > 0)
        fputs(iso, stdout);
    else
        printf("XXXX-%02d-%02d", date.month, date.day);
    return GAZ_OK;
}

static enum gaz_status ask_date_line(const struct probe *probe, const char *text) {
    if (answer_none(!gaz_date_is_line(text, strlen(text))))
        return GAZ_OK;
    return ask_date(probe, text);
}

static enum gaz_status ask_numeral(const struct probe *probe, const char *text) {
    uint64_t value = 0;
    (void)probe;
    if (!answer_none(gaz_numeral_read(text, strlen(text), &value) != strlen(text)))
        printf("%" PRIu64, value);
    return GAZ_OK;
}

static enum gaz_status ask_label(const struct probe *probe, const char *text) {
    static const char *const ranks[GAZ_LABEL_RANKS] = {"none",   "编",  "章",    "节",      "条",
                                                       "1 ",     "1.1", "1.1.1", "1.1.1.1", "一",
                                                       "（一）", "1",   "（1）", "①",       "一是"};
    struct gaz_label label;
    (void)probe;
    if (!answer_none(!gaz_label_read(gaz_str_of(text), &label)))
        printf("%s %" PRIu64, ranks[label.rank], label.number);
    return GAZ_OK;
}

static enum gaz_status print_units(const struct probe *probe, const char *text, size_t len) {
    struct gaz_unit_list list = {0};
    bool first = true;
    enum gaz_status status = gaz_unit_list_read(text, len, probe->arena, &list, NULL);
    print_joined(list.lead, list.lead_count, "*", &first);
    print_joined(list.others, list.others_count, "", &first);
    answer_none(first);
    return status;
}

static enum gaz_status ask_units(const struct probe *probe, const char *text) {
    return print_units(probe, text, strlen(text));
}

static enum gaz_status ask_responsible(const struct probe *probe, const char *text) {
    size_t at, len;
    if (answer_none(!gaz_unit_list_find(text, strlen(text), &at, &len)))
        return GAZ_OK;
    return print_units(probe, text + at, len);
}

// NAME @ PLACE
static enum gaz_status ask_unit_keys(const struct probe *probe, const char *text) {
    static const char sign[] = " @ ";
    const char *place = strstr(text, sign);
    size_t len = place ? (size_t)(place - text) : strlen(text);
    struct gaz_unit_keys keys = {0};
    bool first = true;
    enum gaz_status status = gaz_authority_keys(
        probe->authority, text, len, place ? place + strlen(sign) : NULL, probe->arena, &keys, NULL);
    print_joined(keys.items, keys.count, "", &first);
    return status;
}

static enum gaz_status ask_unit_name(const struct probe *probe, const char *text) {
    enum { NAME_FROM = 6 }; // tenths: what unit_list.c and the tables take for a name
    if (!answer_none(gaz_unit_likeness(probe->authority, text, strlen(text)) * 10 < NAME_FROM))
        fputs("name", stdout);
    return GAZ_OK;
}

static enum gaz_status ask_fold(const struct probe *probe, const char *text) {
    struct gaz_buf folded = GAZ_BUF_INIT;
    (void)probe;
    gaz_fold_append(text, strlen(text), GAZ_FOLD_FULL, &folded);
    enum gaz_status status = folded.status;
    if (status == GAZ_OK && !answer_none(folded.len == 0))
        fputs(folded.data, stdout);
    gaz_buf_free(&folded);
    return status;
}

static const struct {
    const char *name;
    enum gaz_status (*ask)(const struct probe *probe, const char *text);
} questions[] = {
    {"number", ask_number},       {"numbers", ask_numbers},     {"heading", ask_heading},
    {"date", ask_date},           {"date-line", ask_date_line}, {"numeral", ask_numeral},
    {"label", ask_label},         {"units", ask_units},         {"responsible", ask_responsible},
    {"unit-keys", ask_unit_keys}, {"unit-name", ask_unit_name}, {"fold", ask_fold},
};

static enum gaz_status ask(const struct probe *probe, const char *question, const char *text) {
    for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]); i++)
        if (strcmp(question, questions[i].name) == 0)
            return questions[i].ask(probe, text);
    return GAZ_ERR_ARGUMENT;
}

int main(int argc, char **argv) {
    struct gaz_authority *authority = NULL;
    struct probe probe = {gaz_arena_new(), NULL};
    enum gaz_status status = GAZ_ERR_ARGUMENT;
    if (argc == 3)
        status = gaz_authority_load(NULL, &authority, NULL);
    probe.authority = authority;
    if (status == GAZ_OK)
        status = ask(&probe, argv[1], argv[2]);
    putchar('\n');
    if (status != GAZ_OK)
        fprintf(stderr, "spec_probe: status %d\n", (int)status);
    gaz_authority_free(authority);
    gaz_arena_free(probe.arena);
    return status == GAZ_OK ? 0 : 2;
}
