// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/unit/search_fixture.h"
#include "tests/unit/search_records.h"

#include "searcher/search.h"

static struct fixture fixture;

static int open_fixture(void **state) {
    (void)state;
    return fixture_open(&fixture, fixture_records, COUNT(fixture_records));
}

static int close_fixture(void **state) {
    (void)state;
    fixture_close(&fixture);
    return 0;
}

static struct gaz_request asking(enum gaz_mode mode, const char *query) {
    return (struct gaz_request){.mode = mode, .query = query, .limit = 0, .excerpts = 0};
}

static struct gaz_answer ask(struct gaz_request request) {
    struct gaz_answer answer;
    struct gaz_err err = {0};
    if (gaz_search(&fixture.archive, &request, &answer, &err) != GAZ_OK) {
        fail_msg("%s: %s", request.query, err.message);
    }
    return answer;
}

// The ids of the hits, joined by blanks.
static void assert_hits(const struct gaz_answer *answer, const char *expected) {
    struct gaz_buf ids = GAZ_BUF_INIT;
    for (size_t i = 0; i < gaz_answer_hit_count(answer); i++) {
        struct gaz_hit hit;
        assert_int_equal(gaz_answer_hit(answer, i, &hit, NULL), GAZ_OK);
        gaz_buf_printf(&ids, "%s%s", i > 0 ? " " : "", json_string_value(json_object_get(hit.record, "id")));
        gaz_hit_free(&hit);
    }
    assert_string_equal(ids.data, expected);
    gaz_buf_free(&ids);
}

static void assert_found(struct gaz_request request, const char *expected) {
    struct gaz_answer answer = ask(request);
    if (answer.relaxed && *expected) {
        fail_msg("%s: relaxed", request.query);
    }
    if (answer.relaxed) {
        assert_string_equal(expected, "");
    } else {
        assert_hits(&answer, expected);
    }
    gaz_answer_free(&answer);
}

static void assert_units(const char *keyword, const char *expected) {
    struct gaz_request request = asking(GAZ_MODE_KEYWORD, keyword);
    request.unit_level = true;
    request.sort = GAZ_SORT_ARCHIVE;
    assert_found(request, expected);
}

static void assert_documents(const char *keyword, const char *expected) {
    assert_found(asking(GAZ_MODE_KEYWORD, keyword), expected);
}

// --- numbers ---

static void a_number_finds_its_document_in_any_spelling(void **state) {
    (void)state;
    static const char *const spellings[] = {
        "云政发〔2023〕24号", "云政发[2023]24号",     "云政发（2023）24号",           "雲政發〔2023〕24號",
        "云政发 2023 24",     "云政发２０２３２４号", "云政发〔二〇二三〕第二十四号", "云政发〔2023〕24",
    };
    for (size_t i = 0; i < COUNT(spellings); i++) {
        struct gaz_answer answer = ask(asking(GAZ_MODE_NUMBER, spellings[i]));
        assert_int_equal(answer.state, GAZ_STATE_FOUND);
        assert_string_equal(answer.mode, "number");
        assert_hits(&answer, "yunhe-2023-10/1");
        gaz_answer_free(&answer);
    }
}

static void near_misses_do_not_meet(void **state) {
    (void)state;
    static const char *const others[] = {"云政发〔2023〕2号", "云政发〔2024〕24号", "云政函〔2023〕24号",
                                         "云政发〔2023〕2401号"};
    for (size_t i = 0; i < COUNT(others); i++) {
        struct gaz_answer answer = ask(asking(GAZ_MODE_NUMBER, others[i]));
        assert_int_equal(answer.state, GAZ_STATE_NOT_FOUND);
        assert_int_equal(answer.total, 0);
        gaz_answer_free(&answer);
    }
}

static void a_number_names_who_cites_it(void **state) {
    (void)state;
    struct gaz_answer answer = ask(asking(GAZ_MODE_NUMBER, "云政办发〔2023〕24号"));
    assert_int_equal(answer.state, GAZ_STATE_FOUND);
    assert_int_equal(answer.cited_by.count, 1);
    const struct gaz_citing *citing = &answer.cited_by.items[0];
    assert_string_equal(citing->id, "yunhe-2023-10/1/2");
    assert_string_equal(citing->address, "云政发〔2023〕24号 一（一）");
    assert_string_equal(citing->text, "落实《关于支持企业稳岗的通知》（云政办发〔2023〕24号）要求。");
    assert_int_equal(citing->mark_count, 1);
    assert_int_equal(citing->marks[0].offset, strlen("落实《关于支持企业稳岗的通知》（"));
    assert_int_equal(citing->marks[0].length, strlen("云政办发〔2023〕24号"));
    assert_int_equal(citing->page, 3);
    gaz_answer_free(&answer);
}

static void a_number_that_is_only_cited_says_so(void **state) {
    (void)state;
    struct gaz_answer answer = ask(asking(GAZ_MODE_NUMBER, "云政发[2022]6号"));
    assert_int_equal(answer.state, GAZ_STATE_CITED_ONLY);
    assert_int_equal(answer.total, 0);
    assert_int_equal(answer.cited_by.count, 1);
    assert_string_equal(answer.cited_by.items[0].relation, "repeals");
    gaz_answer_free(&answer);
}

static void nothing_is_known_of_the_force_of_a_document_that_is_only_cited(void **state) {
    (void)state;
    struct gaz_answer answer = ask(asking(GAZ_MODE_NUMBER, "云政办发〔2023〕24号"));
    struct gaz_hit hit;
    assert_int_equal(gaz_answer_hit(&answer, 0, &hit, NULL), GAZ_OK);
    assert_true(hit.has_validity);
    assert_int_equal(hit.validity, GAZ_VALIDITY_UNKNOWN);
    assert_int_equal(hit.evidence.count, 0);
    gaz_hit_free(&hit);
    gaz_answer_free(&answer);
}

static void an_incomplete_number_finds_all_it_can_mean(void **state) {
    (void)state;
    struct gaz_answer answer = ask(asking(GAZ_MODE_NUMBER, "〔2023〕24号"));
    assert_int_equal(answer.state, GAZ_STATE_SEVERAL);
    assert_int_equal(answer.total, 2);
    gaz_answer_free(&answer);
}

static void what_is_no_number_is_refused(void **state) {
    (void)state;
    struct gaz_answer answer;
    struct gaz_err err = {0};
    struct gaz_request request = asking(GAZ_MODE_NUMBER, "就业");
    assert_int_equal(gaz_search(&fixture.archive, &request, &answer, &err), GAZ_ERR_QUERY);
    assert_string_equal(err.message, "\"就业\" is no document number: write it like 国办发〔2023〕5号");
}

// --- words ---

static void a_phrase_is_a_substring(void **state) {
    (void)state;
    assert_units("就", "yunhe-2023-10/1 yunhe-2023-10/1/1 yunhe-2023-10/1/2 yunhe-2023-10/1/4 "
                       "yunhe-2023-10/2/1 yunhe-2023-10/4/1");
    assert_units("就业岗位", "yunhe-2023-10/1/1");
    assert_units("元给予", "yunhe-2023-10/1/2");
    assert_units("1500", "yunhe-2023-10/1/2");
    assert_units("150", "yunhe-2023-10/1/2");
    assert_units("岗位就业", "");
}

static void folding_meets_and_exact_does_not(void **state) {
    (void)state;
    assert_units("现就有关事项", "yunhe-2023-10/2/1");
    assert_units("現就有關事項", "yunhe-2023-10/2/1");
    assert_units("gdp增长", "yunhe-2023-10/2/1");
    assert_units("(责任单位:市人力社保局", "yunhe-2023-10/1/2");
    struct gaz_request request = asking(GAZ_MODE_KEYWORD, "现就有关事项");
    request.exact = true;
    assert_found(request, "");
    request.query = "現就有關事項";
    assert_found(request, "yunhe-2023-10/2");
}

static void operators_combine_phrases_in_one_unit(void **state) {
    (void)state;
    assert_units("就业 补贴", "yunhe-2023-10/1/2 yunhe-2023-10/1/4");
    assert_units("就业 -补贴", "yunhe-2023-10/1 yunhe-2023-10/1/1 yunhe-2023-10/2/1 yunhe-2023-10/4/1");
    assert_units("防汛 OR 岗位", "yunhe-2023-10/1/1 yunhe-2023-10/4/2");
    assert_units("(防汛 | 岗位) -林青", "yunhe-2023-10/1/1");
    assert_units("企业 NEAR/2 就业", "yunhe-2023-10/1/2");
    assert_units("就业 BEFORE/2 企业", "");
    assert_units("调研 BEFORE/0 就业", "yunhe-2023-10/4/1");
}

static void fields_restrict(void **state) {
    (void)state;
    assert_documents("标题:就业", "yunhe-2023-10/1");
    assert_documents("类型:通知 -标题:任职", "yunhe-2023-10/2");
    assert_units("单位:市教育局 就业", "yunhe-2023-10/1/2");
    assert_units("牵头:市教育局", "");
    assert_units("牵头:市卫健委", "yunhe-2023-10/2/2");
    assert_documents("文号:云政发〔2023〕240号", "yunhe-2023-10/3");
    assert_units("日期:2023-10-07..2023-10-09 单元:entry", "yunhe-2023-10/4/1 yunhe-2023-10/4/2");
    assert_units("单元:entry 林青", "yunhe-2023-10/4/2");
    assert_units("引用:云政发〔2022〕6号", "yunhe-2023-10/1/4");
    assert_documents("期:2023年第10期 防汛", "yunhe-2023-10/4");
    assert_documents("期:总第88期 防汛", "yunhe-2023-10/4");
    assert_documents("期:2023-11 防汛", "");
    assert_documents("栏目:人事任免", "yunhe-2023-10/3");
    assert_documents("主送:市教育局 标题:就业", "yunhe-2023-10/1");
}

static void assert_within(enum gaz_scope scope, const char *keyword, const char *expected) {
    struct gaz_request request = asking(GAZ_MODE_KEYWORD, keyword);
    request.unit_level = true;
    request.sort = GAZ_SORT_ARCHIVE;
    request.scope = scope;
    assert_found(request, expected);
}

static void terms_stand_together_in_a_unit_a_sentence_or_a_document(void **state) {
    (void)state;
    assert_within(GAZ_SCOPE_UNIT, "就业 补贴", "yunhe-2023-10/1/2 yunhe-2023-10/1/4");
    assert_within(GAZ_SCOPE_SENTENCE, "毕业生 补贴", "yunhe-2023-10/1/2");
    assert_within(GAZ_SCOPE_SENTENCE, "毕业生 -补贴", "");
    assert_within(GAZ_SCOPE_DOCUMENT, "岗位 废止", "yunhe-2023-10/1/1 yunhe-2023-10/1/4");
    assert_within(GAZ_SCOPE_DOCUMENT, "岗位 废止 -毕业生", "");
    assert_within(GAZ_SCOPE_DOCUMENT, "岗位 废止 类型:意见", "yunhe-2023-10/1/1 yunhe-2023-10/1/4");
    assert_within(GAZ_SCOPE_DOCUMENT, "就业岗位", "yunhe-2023-10/1/1");
}

static void terms_that_no_unit_has_together_are_looked_for_in_documents(void **state) {
    (void)state;
    struct gaz_answer answer = ask(asking(GAZ_MODE_KEYWORD, "岗位 废止"));
    assert_true(answer.relaxed);
    assert_true(answer.scattered);
    assert_hits(&answer, "yunhe-2023-10/1");
    gaz_answer_free(&answer);
}

static void patterns_find_text_by_its_shape(void **state) {
    (void)state;
    assert_units("通配:企业*就业", "yunhe-2023-10/1/2");
    assert_units("通配:就业?位", "yunhe-2023-10/1/1");
    assert_units("通配:补贴*要求", ""); // not over the end of a sentence
    assert_units("正则:每人\\d+元", "yunhe-2023-10/1/2");
    assert_units("正则:\"就业(岗位|工作)\"", "yunhe-2023-10/1/1 yunhe-2023-10/4/1");
    assert_units("正则:現就.關事項", "yunhe-2023-10/2/1");
    assert_units("正则:責任單位：市.{2,6}局", "yunhe-2023-10/1/2");
    assert_units("正则:^△ 林青", "yunhe-2023-10/4/2");
    assert_units("林青 -正则:^△", "yunhe-2023-10/3");
    assert_units("通配:按*人 NEAR/9 补贴", "yunhe-2023-10/1/2");
}

static void a_bad_pattern_names_its_column(void **state) {
    (void)state;
    struct gaz_answer answer;
    struct gaz_err err = {0};
    struct gaz_request request = asking(GAZ_MODE_KEYWORD, "就业 正则:\"(岗位\"");
    assert_int_equal(gaz_search(&fixture.archive, &request, &answer, &err), GAZ_ERR_QUERY);
    assert_string_equal(err.message,
                        "query, column 4: regular expression, character 4: missing closing parenthesis: "
                        "correct it");
}

static void a_field_under_or_is_verified_too(void **state) {
    (void)state;
    assert_documents("防汛 OR 标题:任职", "yunhe-2023-10/4 yunhe-2023-10/3");
    assert_units("林青 -栏目:人事任免", "yunhe-2023-10/4/2");
}

static void bad_field_values_name_their_column(void **state) {
    (void)state;
    struct gaz_answer answer;
    struct gaz_err err = {0};
    struct gaz_request request = asking(GAZ_MODE_KEYWORD, "就业 日期:2023-13");
    assert_int_equal(gaz_search(&fixture.archive, &request, &answer, &err), GAZ_ERR_QUERY);
    assert_string_equal(
        err.message, "query, column 4: \"2023-13\" is no date: write 2023-10-07, 2023-10, 2023 or FROM..TO");
}

static void titles_come_before_headings_before_bodies(void **state) {
    (void)state;
    struct gaz_answer answer = ask(asking(GAZ_MODE_KEYWORD, "支持企业"));
    assert_hits(&answer, "yunhe-2023-10/2 yunhe-2023-10/1");
    struct gaz_hit hit;
    assert_int_equal(gaz_answer_hit(&answer, 1, &hit, NULL), GAZ_OK);
    assert_int_equal(hit.rank, 2);
    assert_true(hit.score > GAZ_WORTH_HEADING);
    assert_true(hit.score < GAZ_WORTH_TITLE);
    gaz_hit_free(&hit);
    gaz_answer_free(&answer);
}

static void an_excerpt_is_the_sentence_with_the_match_marked(void **state) {
    (void)state;
    struct gaz_answer answer = ask(asking(GAZ_MODE_KEYWORD, "高校毕业生"));
    struct gaz_hit hit;
    assert_int_equal(answer.total, 1);
    assert_int_equal(gaz_answer_hit(&answer, 0, &hit, NULL), GAZ_OK);
    assert_int_equal(hit.excerpt_count, 1);
    const struct gaz_excerpt *excerpt = &hit.excerpts[0];
    assert_string_equal(excerpt->address, "云政发〔2023〕24号 一（一）");
    assert_string_equal(excerpt->text, "对招用毕业年度高校毕业生的企业，按每人1500元给予补贴。");
    assert_int_equal(excerpt->page, 3);
    assert_int_equal(excerpt->mark_count, 1);
    assert_int_equal(excerpt->marks[0].offset, strlen("对招用毕业年度"));
    assert_int_equal(excerpt->marks[0].length, strlen("高校毕业生"));
    assert_string_equal(json_string_value(json_object_get(hit.document, "issue")), "yunhe-2023-10");
    assert_int_equal(json_integer_value(json_object_get(hit.document, "page")), 2);
    gaz_hit_free(&hit);
    gaz_answer_free(&answer);
}

static void what_is_found_in_a_title_is_shown_as_the_title(void **state) {
    (void)state;
    struct gaz_answer answer = ask(asking(GAZ_MODE_KEYWORD, "扩大就业的若干"));
    struct gaz_hit hit;
    assert_int_equal(gaz_answer_hit(&answer, 0, &hit, NULL), GAZ_OK);
    assert_int_equal(hit.excerpt_count, 1);
    assert_string_equal(hit.excerpts[0].text, "关于进一步稳定和扩大就业的若干意见");
    assert_int_equal(hit.excerpts[0].marks[0].offset, strlen("关于进一步稳定和"));
    gaz_hit_free(&hit);
    gaz_answer_free(&answer);
}

static void what_is_nowhere_is_searched_by_its_words(void **state) {
    (void)state;
    struct gaz_answer answer = ask(asking(GAZ_MODE_KEYWORD, "进一步扩大就业的若干意见"));
    assert_true(answer.relaxed);
    assert_int_equal(answer.state, GAZ_STATE_FOUND);
    struct gaz_hit hit;
    assert_int_equal(gaz_answer_hit(&answer, 0, &hit, NULL), GAZ_OK);
    assert_string_equal(json_string_value(json_object_get(hit.record, "id")), "yunhe-2023-10/1");
    gaz_hit_free(&hit);
    gaz_answer_free(&answer);
    answer = ask(asking(GAZ_MODE_KEYWORD, "岗位就业150")); // 150 is only in 1500
    assert_true(answer.relaxed);
    gaz_answer_free(&answer);
    answer = ask(asking(GAZ_MODE_KEYWORD, "xyz龘150"));
    assert_int_equal(answer.state, GAZ_STATE_NOT_FOUND);
    gaz_answer_free(&answer);
    answer = ask(asking(GAZ_MODE_KEYWORD, "龘靐"));
    assert_int_equal(answer.state, GAZ_STATE_NOT_FOUND);
    assert_false(answer.relaxed);
    gaz_answer_free(&answer);
}

static void pages_of_hits_have_the_exact_total(void **state) {
    (void)state;
    struct gaz_request request = asking(GAZ_MODE_KEYWORD, "就");
    request.unit_level = true;
    request.sort = GAZ_SORT_ARCHIVE;
    request.offset = 4;
    request.limit = 10;
    struct gaz_answer answer = ask(request);
    assert_int_equal(answer.total, 6);
    assert_hits(&answer, "yunhe-2023-10/2/1 yunhe-2023-10/4/1");
    gaz_answer_free(&answer);
    request.offset = 7;
    answer = ask(request);
    assert_int_equal(answer.total, 6);
    assert_int_equal(gaz_answer_hit_count(&answer), 0);
    gaz_answer_free(&answer);
}

static void dates_put_hits_in_order(void **state) {
    (void)state;
    struct gaz_request request = asking(GAZ_MODE_KEYWORD, "通知 OR 意见");
    request.sort = GAZ_SORT_DATE;
    assert_found(request, "yunhe-2023-10/2 yunhe-2023-10/1 yunhe-2023-10/3");
    request.sort = GAZ_SORT_DATE_DOWN;
    assert_found(request, "yunhe-2023-10/3 yunhe-2023-10/1 yunhe-2023-10/2");
}

// --- units ---

static void assert_unit(const char *unit, enum gaz_role role, const char *expected) {
    struct gaz_request request = asking(GAZ_MODE_UNIT, unit);
    request.role = role;
    request.unit_level = true;
    request.sort = GAZ_SORT_ARCHIVE;
    assert_found(request, expected);
}

static void a_unit_has_tasks_and_documents(void **state) {
    (void)state;
    assert_unit("市教育局", GAZ_ROLE_ANY, "yunhe-2023-10/1/2 yunhe-2023-10/2/2");
    assert_unit("云河市教育局", GAZ_ROLE_ANY, "yunhe-2023-10/1/2 yunhe-2023-10/2/2");
    assert_unit("市教育局", GAZ_ROLE_LEAD, "");
    assert_unit("市卫健委", GAZ_ROLE_LEAD, "yunhe-2023-10/2/2");
    assert_unit("云河市人民政府", GAZ_ROLE_ISSUER, "yunhe-2023-10/1 yunhe-2023-10/3");
    assert_unit("云河市人民政府办公室", GAZ_ROLE_ANY, "yunhe-2023-10/2");
    assert_unit("市教育局", GAZ_ROLE_ADDRESSEE, "yunhe-2023-10/1");
    assert_unit("市财政局", GAZ_ROLE_MENTIONED, "yunhe-2023-10/1/2");
    assert_unit("丙州市教育局", GAZ_ROLE_ANY, "");
}

static void a_unit_is_marked_where_it_is_named(void **state) {
    (void)state;
    struct gaz_answer answer = ask(asking(GAZ_MODE_UNIT, "市卫健委"));
    struct gaz_hit hit;
    assert_int_equal(gaz_answer_hit(&answer, 0, &hit, NULL), GAZ_OK);
    assert_int_equal(hit.excerpt_count, 1);
    const struct gaz_excerpt *excerpt = &hit.excerpts[0];
    assert_int_equal(excerpt->mark_count, 1);
    assert_memory_equal(excerpt->text + excerpt->marks[0].offset, "市卫生健康委员会",
                        excerpt->marks[0].length);
    gaz_hit_free(&hit);
    gaz_answer_free(&answer);
}

// --- the rest ---

static void filters_alone_list_documents(void **state) {
    (void)state;
    struct gaz_request request = asking(GAZ_MODE_READ, NULL);
    request.filters.kind = "通知";
    request.filters.since = "2023-10";
    assert_found(request, "yunhe-2023-10/3");
    request.filters = (struct gaz_filters){.class_name = "calendar"};
    assert_found(request, "yunhe-2023-10/4");
    request.filters = (struct gaz_filters){.issuer = "云河市人民政府", .until = "2023-10-15"};
    assert_found(request, "yunhe-2023-10/1");
}

static void an_empty_query_is_refused(void **state) {
    (void)state;
    const struct gaz_request requests[] = {asking(GAZ_MODE_READ, NULL), asking(GAZ_MODE_READ, "　"),
                                           asking(GAZ_MODE_KEYWORD, ""), asking(GAZ_MODE_SHOW, " ")};
    for (size_t i = 0; i < COUNT(requests); i++) {
        struct gaz_answer answer;
        struct gaz_err err = {0};
        assert_int_equal(gaz_search(&fixture.archive, &requests[i], &answer, &err), GAZ_ERR_QUERY);
        assert_string_equal(err.message, "the query is empty: write what to look for");
    }
}

static void an_address_shows_the_record_and_what_is_under_it(void **state) {
    (void)state;
    assert_found(asking(GAZ_MODE_SHOW, "云政发〔2023〕24号 一"), "yunhe-2023-10/1/1 yunhe-2023-10/1/2");
    assert_found(asking(GAZ_MODE_SHOW, "云政发[2023]24号 一(一)"), "yunhe-2023-10/1/2");
    assert_found(asking(GAZ_MODE_SHOW, "雲政發2023年24號 二"), "yunhe-2023-10/1/4");
    assert_found(asking(GAZ_MODE_SHOW, "yunhe-2023-10/2"),
                 "yunhe-2023-10/2 yunhe-2023-10/2/1 yunhe-2023-10/2/2");
    assert_found(asking(GAZ_MODE_SHOW, "2023-10-09 记事 1"), "yunhe-2023-10/4/2");
    assert_found(asking(GAZ_MODE_SHOW, "云政发〔2023〕24号 九"), "");
    assert_found(asking(GAZ_MODE_SHOW, "2023年第10期"),
                 "yunhe-2023-10 yunhe-2023-10/1 yunhe-2023-10/2 yunhe-2023-10/3 yunhe-2023-10/4");
}

static void an_address_may_end_in_a_range(void **state) {
    (void)state;
    assert_found(asking(GAZ_MODE_SHOW, "云政发〔2023〕24号 一至二"),
                 "yunhe-2023-10/1/1 yunhe-2023-10/1/2 yunhe-2023-10/1/4");
    assert_found(asking(GAZ_MODE_SHOW, "云政发(2023)24号 一-9"),
                 "yunhe-2023-10/1/1 yunhe-2023-10/1/2 yunhe-2023-10/1/4");
    assert_found(asking(GAZ_MODE_SHOW, "云政发〔2023〕24号 二-九"), "yunhe-2023-10/1/4");
    assert_found(asking(GAZ_MODE_SHOW, "云政办发〔2023〕24号 附件1 表1 行1-3"), "yunhe-2023-10/2/2");
    assert_found(asking(GAZ_MODE_SHOW, "云政发〔2023〕24号 二至一"), "");
}

static void a_record_is_shown_with_what_stands_around_it(void **state) {
    (void)state;
    struct gaz_request request = asking(GAZ_MODE_SHOW, "云政发〔2023〕24号 一（一）");
    request.context = 1;
    assert_found(request, "yunhe-2023-10/1/1 yunhe-2023-10/1/2 yunhe-2023-10/1/4");
    request.context = 9;
    assert_found(request, "yunhe-2023-10/1 yunhe-2023-10/1/1 yunhe-2023-10/1/2 yunhe-2023-10/1/4");
}

static void a_citation_names_the_document_it_means(void **state) {
    (void)state;
    struct gaz_answer answer = ask(asking(GAZ_MODE_SHOW, "yunhe-2023-10/1/3"));
    struct gaz_hit hit;
    assert_int_equal(gaz_answer_hit(&answer, 0, &hit, NULL), GAZ_OK);
    assert_string_equal(json_string_value(json_object_get(hit.record, "to")), "yunhe-2023-10/2");
    gaz_hit_free(&hit);
    gaz_answer_free(&answer);
    answer = ask(asking(GAZ_MODE_SHOW, "yunhe-2023-10/1/5"));
    assert_int_equal(gaz_answer_hit(&answer, 0, &hit, NULL), GAZ_OK);
    assert_true(json_is_null(json_object_get(hit.record, "to")));
    gaz_hit_free(&hit);
    gaz_answer_free(&answer);
}

int main(void) {
    json_set_alloc_funcs(gaz_malloc, gaz_free);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_finds_its_document_in_any_spelling),
        cmocka_unit_test(near_misses_do_not_meet),
        cmocka_unit_test(a_number_names_who_cites_it),
        cmocka_unit_test(a_number_that_is_only_cited_says_so),
        cmocka_unit_test(nothing_is_known_of_the_force_of_a_document_that_is_only_cited),
        cmocka_unit_test(an_incomplete_number_finds_all_it_can_mean),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(a_phrase_is_a_substring),
        cmocka_unit_test(folding_meets_and_exact_does_not),
        cmocka_unit_test(operators_combine_phrases_in_one_unit),
        cmocka_unit_test(fields_restrict),
        cmocka_unit_test(terms_stand_together_in_a_unit_a_sentence_or_a_document),
        cmocka_unit_test(terms_that_no_unit_has_together_are_looked_for_in_documents),
        cmocka_unit_test(patterns_find_text_by_its_shape),
        cmocka_unit_test(a_bad_pattern_names_its_column),
        cmocka_unit_test(a_field_under_or_is_verified_too),
        cmocka_unit_test(bad_field_values_name_their_column),
        cmocka_unit_test(titles_come_before_headings_before_bodies),
        cmocka_unit_test(an_excerpt_is_the_sentence_with_the_match_marked),
        cmocka_unit_test(what_is_found_in_a_title_is_shown_as_the_title),
        cmocka_unit_test(what_is_nowhere_is_searched_by_its_words),
        cmocka_unit_test(pages_of_hits_have_the_exact_total),
        cmocka_unit_test(dates_put_hits_in_order),
        cmocka_unit_test(a_unit_has_tasks_and_documents),
        cmocka_unit_test(a_unit_is_marked_where_it_is_named),
        cmocka_unit_test(filters_alone_list_documents),
        cmocka_unit_test(an_empty_query_is_refused),
        cmocka_unit_test(an_address_shows_the_record_and_what_is_under_it),
        cmocka_unit_test(an_address_may_end_in_a_range),
        cmocka_unit_test(a_record_is_shown_with_what_stands_around_it),
        cmocka_unit_test(a_citation_names_the_document_it_means),
    };
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
