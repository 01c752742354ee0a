// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/record.h"

static struct gaz_span one_span[] = {{120, 30}};
static struct gaz_span two_spans[] = {{120, 30}, {300, 7}};

static const struct gaz_docnum numbers[] = {
    {.text = "云政发〔2023〕24号", .code = "云政发", .year = 2023, .serial = 24, .key = "云政发-2023-24"},
    {.text = "云财预〔2023〕8号", .code = "云财预", .year = 2023, .serial = 8, .key = "云财预-2023-8"},
};

static const char *path[] = {"三", "（二）", "5"};
static const char *lead[] = {"市经信局"};
static const char *others[] = {"市财政局", "各县（市、区）政府"};
#define RESPONSIBLE                                                                                          \
    { lead, 1, others, 2 }

// The record as the programs print it.
static char *printed(const struct gaz_record *record) {
    struct gaz_buf buf = GAZ_BUF_INIT;
    json_t *json = gaz_record_to_json(record);
    assert_non_null(json);
    assert_int_equal(gaz_record_print_json(json, &buf, NULL), GAZ_OK);
    json_decref(json);
    return gaz_buf_take(&buf);
}

static void assert_printed(const struct gaz_record *record, const char *expected) {
    char *text = printed(record);
    assert_string_equal(text, expected);
    gaz_free(text);
}

static struct gaz_record issue(void) {
    return (struct gaz_record){
        .type = GAZ_RECORD_ISSUE,
        .id = "yunhe-2023-10",
        .address = "2023年第10期",
        .text = "",
        .page = 1,
        .as.issue = {.gazette = "云河市人民政府公报",
                     .year = 2023,
                     .number = "第10期",
                     .encoding = "UTF-8",
                     .bytes = 154775,
                     .sha256 = "00ff"},
    };
}

static void an_issue_says_null_for_what_is_unknown(void **state) {
    (void)state;
    struct gaz_record record = issue();
    assert_printed(&record, "{\"type\":\"issue\",\"id\":\"yunhe-2023-10\",\"address\":\"2023年第10期\","
                            "\"gazette\":\"云河市人民政府公报\",\"year\":2023,\"number\":\"第10期\","
                            "\"serial\":null,\"encoding\":\"UTF-8\",\"bytes\":154775,\"sha256\":\"00ff\","
                            "\"text\":\"\",\"page\":1,\"page_label\":null,\"source\":[]}");
    record.as.issue.year = 0;
    char *text = printed(&record);
    assert_non_null(strstr(text, "\"year\":null"));
    gaz_free(text);
}

static const struct gaz_attachment attachments[] = {{"1", "责任清单"}, {NULL, "任务表"}};

static struct gaz_record document(void) {
    return (struct gaz_record){
        .type = GAZ_RECORD_DOCUMENT,
        .id = "yunhe-2023-10/2",
        .address = "云政发〔2023〕24号",
        .text = "云政发〔2023〕24号关于稳定就业的意见",
        .page = 2,
        .page_label = "1",
        .source = {two_spans, 2, 2},
        .as.document = {.class_name = "document",
                        .kind = "意见",
                        .section = "文件发布",
                        .numbers = numbers,
                        .number_count = 1,
                        .issuer = "云河市人民政府",
                        .title = "关于稳定就业的意见",
                        .date = "2023-10-12",
                        .first_page = 2,
                        .last_page = 9,
                        .attachments = attachments,
                        .attachment_count = 2},
    };
}

static void a_document_has_every_key_of_the_contract(void **state) {
    (void)state;
    struct gaz_record record = document();
    assert_printed(&record,
                   "{\"type\":\"document\",\"id\":\"yunhe-2023-10/2\",\"address\":\"云政发〔2023〕24号\","
                   "\"class\":\"document\",\"kind\":\"意见\",\"section\":\"文件发布\","
                   "\"number\":{\"text\":\"云政发〔2023〕24号\",\"code\":\"云政发\",\"year\":2023,"
                   "\"serial\":24,\"key\":\"云政发-2023-24\"},\"registration\":null,"
                   "\"issuer\":\"云河市人民政府\",\"title\":\"关于稳定就业的意见\","
                   "\"plan_title\":null,\"addressee\":null,\"signature\":null,"
                   "\"date\":\"2023-10-12\",\"pages\":[2,9],"
                   "\"attachments\":[{\"n\":\"1\",\"title\":\"责任清单\"},"
                   "{\"n\":null,\"title\":\"任务表\"}],"
                   "\"text\":\"云政发〔2023〕24号关于稳定就业的意见\",\"page\":2,"
                   "\"page_label\":\"1\",\"source\":[[120,30],[300,7]]}");
}

static void joint_numbers_are_listed_and_a_missing_number_is_null(void **state) {
    (void)state;
    struct gaz_record record = document();
    record.as.document.number_count = 2;
    json_t *json = gaz_record_to_json(&record);
    json_t *all = json_object_get(json, "numbers");
    assert_int_equal(json_array_size(all), 2);
    assert_string_equal(json_string_value(json_object_get(json_array_get(all, 1), "key")), "云财预-2023-8");
    assert_true(json_equal(json_array_get(all, 0), json_object_get(json, "number")));
    json_decref(json);
    record.as.document.number_count = 0;
    json = gaz_record_to_json(&record);
    assert_true(json_is_null(json_object_get(json, "number")));
    assert_null(json_object_get(json, "numbers"));
    json_decref(json);
}

static struct gaz_record clause(void) {
    return (struct gaz_record){
        .type = GAZ_RECORD_CLAUSE,
        .id = "yunhe-2023-10/2/17",
        .address = "云政发〔2023〕24号 三（二）5",
        .document = "yunhe-2023-10/2",
        .text = "5.扩大岗位。",
        .page = 4,
        .source = {one_span, 1, 1},
        .as.clause = {.path = {path, 3},
                      .label = "5.",
                      .heading = "扩大岗位",
                      .has_responsible = true,
                      .responsible = RESPONSIBLE},
    };
}

static void a_clause_has_path_and_responsible_units(void **state) {
    (void)state;
    struct gaz_record record = clause();
    assert_printed(&record, "{\"type\":\"clause\",\"id\":\"yunhe-2023-10/2/17\","
                            "\"address\":\"云政发〔2023〕24号 三（二）5\",\"document\":\"yunhe-2023-10/2\","
                            "\"attachment\":null,\"path\":[\"三\",\"（二）\",\"5\"],\"label\":\"5.\","
                            "\"heading\":\"扩大岗位\",\"responsible\":{\"lead\":[\"市经信局\"],"
                            "\"others\":[\"市财政局\",\"各县（市、区）政府\"]},\"text\":\"5.扩大岗位。\","
                            "\"page\":4,\"page_label\":null,\"source\":[[120,30]]}");
    record.as.clause.has_responsible = false;
    record.as.clause.attachment = 2;
    json_t *json = gaz_record_to_json(&record);
    assert_true(json_is_null(json_object_get(json, "responsible")));
    assert_int_equal(json_integer_value(json_object_get(json, "attachment")), 2);
    json_decref(json);
}

static void a_paragraph_leaves_out_what_it_has_none_of(void **state) {
    (void)state;
    struct gaz_record record = clause();
    record.type = GAZ_RECORD_PARAGRAPH;
    record.text = "现将有关事项通知如下。";
    record.as.clause.label = record.as.clause.heading = NULL;
    record.as.clause.has_responsible = false;
    record.as.clause.path.count = 0;
    assert_printed(&record, "{\"type\":\"paragraph\",\"id\":\"yunhe-2023-10/2/17\","
                            "\"address\":\"云政发〔2023〕24号 三（二）5\",\"document\":\"yunhe-2023-10/2\","
                            "\"attachment\":null,\"path\":[],\"text\":\"现将有关事项通知如下。\",\"page\":4,"
                            "\"page_label\":null,\"source\":[[120,30]]}");
}

static const struct gaz_row_cell cells[] = {{"任务名称", "扩大岗位", true}, {"目标", "新增2000个。", false}};
static const char *columns[] = {"任务名称", "目标"};

static struct gaz_record row(void) {
    return (struct gaz_record){
        .type = GAZ_RECORD_ROW,
        .id = "yunhe-2023-10/2/40",
        .address = "云政发〔2023〕24号 附件1 表1 行12",
        .document = "yunhe-2023-10/2",
        .text = "新增2000个。*市经信局",
        .page = 8,
        .source = {one_span, 1, 1},
        .as.row = {.attachment = 1,
                   .table = 1,
                   .row = 12,
                   .columns = {columns, 2},
                   .cells = cells,
                   .cell_count = 2,
                   .responsible = RESPONSIBLE,
                   .confidence = 0.897},
    };
}

static void a_row_names_cells_and_what_was_carried(void **state) {
    (void)state;
    struct gaz_record record = row();
    assert_printed(&record,
                   "{\"type\":\"row\",\"id\":\"yunhe-2023-10/2/40\","
                   "\"address\":\"云政发〔2023〕24号 附件1 表1 行12\",\"document\":\"yunhe-2023-10/2\","
                   "\"attachment\":1,\"table\":1,\"row\":12,\"columns\":[\"任务名称\",\"目标\"],"
                   "\"cells\":{\"任务名称\":\"扩大岗位\",\"目标\":\"新增2000个。\"},"
                   "\"carried\":[\"任务名称\"],\"responsible\":{\"lead\":[\"市经信局\"],"
                   "\"others\":[\"市财政局\",\"各县（市、区）政府\"]},\"confidence\":0.9,"
                   "\"text\":\"新增2000个。*市经信局\",\"page\":8,\"page_label\":null,"
                   "\"source\":[[120,30]]}");
}

static void an_entry_has_a_date_and_people(void **state) {
    (void)state;
    const struct gaz_person people[] = {{"林远舟", "市长"}, {"何青", NULL}};
    struct gaz_record record = {
        .type = GAZ_RECORD_ENTRY,
        .id = "yunhe-2023-10/9/1",
        .address = "2023-10-07 记事 1",
        .document = "yunhe-2023-10/9",
        .text = "△市长林远舟、何青调研。",
        .page = 30,
        .as.entry = {.date = "2023-10-07", .people = people, .people_count = 2},
    };
    assert_printed(&record, "{\"type\":\"entry\",\"id\":\"yunhe-2023-10/9/1\","
                            "\"address\":\"2023-10-07 记事 1\",\"document\":\"yunhe-2023-10/9\","
                            "\"date\":\"2023-10-07\",\"people\":[{\"name\":\"林远舟\",\"role\":\"市长\"},"
                            "{\"name\":\"何青\",\"role\":null}],\"text\":\"△市长林远舟、何青调研。\","
                            "\"page\":30,\"page_label\":null,\"source\":[]}");
}

static void caption_and_other_may_belong_to_no_document(void **state) {
    (void)state;
    struct gaz_record record = {
        .type = GAZ_RECORD_CAPTION, .id = "y/0/1", .address = "封面 1", .text = "晨光（何青/摄）", .page = 1};
    record.as.photographer = "何青";
    assert_printed(&record, "{\"type\":\"caption\",\"id\":\"y/0/1\",\"address\":\"封面 1\",\"document\":null,"
                            "\"photographer\":\"何青\",\"text\":\"晨光（何青/摄）\",\"page\":1,"
                            "\"page_label\":null,\"source\":[]}");
    record.type = GAZ_RECORD_OTHER;
    record.as.role = "folio";
    char *text = printed(&record);
    assert_non_null(strstr(text, "\"document\":null,\"role\":\"folio\",\"text\""));
    gaz_free(text);
}

static struct gaz_record citation(void) {
    return (struct gaz_record){
        .type = GAZ_RECORD_CITATION,
        .id = "yunhe-2023-10/2/90",
        .address = "云政发〔2023〕24号 三（二）5",
        .document = "yunhe-2023-10/2",
        .text = "云财预〔2023〕8号",
        .page = 4,
        .as.citation = {.from = "yunhe-2023-10/2/17", .number = &numbers[1], .relation = "implements"},
    };
}

static void a_citation_carries_a_number_or_a_title(void **state) {
    (void)state;
    struct gaz_record record = citation();
    char *text = printed(&record);
    assert_non_null(strstr(text,
                           "\"from\":\"yunhe-2023-10/2/17\",\"kind\":\"number\","
                           "\"number\":{\"text\":\"云财预〔2023〕8号\",\"code\":\"云财预\",\"year\":2023,"
                           "\"serial\":8,\"key\":\"云财预-2023-8\"},\"relation\":\"implements\""));
    gaz_free(text);
    record.as.citation.number = NULL;
    record.as.citation.title = "促进就业条例";
    text = printed(&record);
    assert_non_null(strstr(text, "\"kind\":\"title\",\"title\":\"促进就业条例\",\"relation\""));
    gaz_free(text);
}

static void an_order_without_year_says_null(void **state) {
    (void)state;
    const struct gaz_docnum order = {
        .text = "国令第828号", .code = "国令", .serial = 828, .key = "国令--828"};
    struct gaz_record record = citation();
    record.as.citation.number = &order;
    char *text = printed(&record);
    assert_non_null(strstr(text, "\"year\":null,\"serial\":828"));
    gaz_free(text);
}

static void assert_stored_equals(const struct gaz_record *record) {
    struct gaz_buf stored = GAZ_BUF_INIT;
    assert_int_equal(gaz_record_encode(record, &stored, NULL), GAZ_OK);
    json_t *json;
    assert_int_equal(
        gaz_record_decode(stored.data, stored.len, record->text, strlen(record->text), &json, NULL), GAZ_OK);
    struct gaz_buf back = GAZ_BUF_INIT;
    assert_int_equal(gaz_record_print_json(json, &back, NULL), GAZ_OK);
    assert_printed(record, back.data);
    json_decref(json);
    gaz_buf_free(&back);
    gaz_buf_free(&stored);
}

static void what_is_stored_comes_back_key_by_key_in_order(void **state) {
    (void)state;
    struct gaz_record records[] = {issue(), document(), clause(), row(), citation()};
    for (size_t i = 0; i < sizeof records / sizeof records[0]; i++) {
        assert_stored_equals(&records[i]);
    }
}

static void titles_and_headings_are_what_records_are_known_by(void **state) {
    (void)state;
    struct gaz_record records[] = {document(), clause(), row()};
    assert_string_equal(gaz_record_heading(&records[0]), "关于稳定就业的意见");
    assert_string_equal(gaz_record_heading(&records[1]), "扩大岗位");
    assert_string_equal(gaz_record_heading(&records[2]), "");
}

static void damage_is_reported(void **state) {
    (void)state;
    struct gaz_record record = clause();
    struct gaz_buf stored = GAZ_BUF_INIT;
    assert_int_equal(gaz_record_encode(&record, &stored, NULL), GAZ_OK);
    for (size_t len = 0; len < stored.len; len++) {
        json_t *json;
        struct gaz_err err = {0};
        assert_int_equal(gaz_record_decode(stored.data, len, "", 0, &json, &err), GAZ_ERR_CORRUPT);
        assert_string_equal(err.message, "a stored record is damaged: rebuild the index");
    }
    json_t *json;
    stored.data[0] = 9;
    assert_int_equal(gaz_record_decode(stored.data, stored.len, "", 0, &json, NULL), GAZ_ERR_VERSION);
    gaz_buf_free(&stored);
}

static int fail_when_none_left(void *context, size_t size) {
    (void)size;
    int *left = context;
    return (*left)-- <= 0;
}

// Encodes and decodes RECORD with all allocations but the first ALLOWED failing.
static enum gaz_status store_with(int allowed, const struct gaz_record *record) {
    struct gaz_buf stored = GAZ_BUF_INIT;
    json_t *json = NULL;
    gaz_mem_set_hook(&(struct gaz_mem_hook){fail_when_none_left, &allowed});
    enum gaz_status status = gaz_record_encode(record, &stored, NULL);
    if (status == GAZ_OK) {
        status = gaz_record_decode(stored.data, stored.len, record->text, strlen(record->text), &json, NULL);
    }
    gaz_mem_set_hook(NULL);
    json_decref(json);
    gaz_buf_free(&stored);
    return status;
}

static void every_failed_allocation_is_an_error_and_leaks_nothing(void **state) {
    (void)state;
    struct gaz_record records[] = {document(), row(), citation()};
    for (size_t i = 0; i < sizeof records / sizeof records[0]; i++) {
        size_t live = gaz_mem_live();
        int allowed = 0;
        while (store_with(allowed, &records[i]) == GAZ_ERR_MEMORY) {
            assert_int_equal(gaz_mem_live(), live);
            allowed++;
        }
        assert_true(allowed > 20);
        assert_int_equal(store_with(allowed, &records[i]), GAZ_OK);
    }
}

static void names_of_types_are_read_back(void **state) {
    (void)state;
    for (int type = GAZ_RECORD_ISSUE; type <= GAZ_RECORD_CITATION; type++) {
        assert_int_equal(gaz_record_type_parse(gaz_record_type_name((enum gaz_record_type)type)), type);
    }
    assert_int_equal(gaz_record_type_parse("claus"), -1);
}

int main(void) {
    json_set_alloc_funcs(gaz_malloc, gaz_free);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_issue_says_null_for_what_is_unknown),
        cmocka_unit_test(a_document_has_every_key_of_the_contract),
        cmocka_unit_test(joint_numbers_are_listed_and_a_missing_number_is_null),
        cmocka_unit_test(a_clause_has_path_and_responsible_units),
        cmocka_unit_test(a_paragraph_leaves_out_what_it_has_none_of),
        cmocka_unit_test(a_row_names_cells_and_what_was_carried),
        cmocka_unit_test(an_entry_has_a_date_and_people),
        cmocka_unit_test(caption_and_other_may_belong_to_no_document),
        cmocka_unit_test(a_citation_carries_a_number_or_a_title),
        cmocka_unit_test(an_order_without_year_says_null),
        cmocka_unit_test(what_is_stored_comes_back_key_by_key_in_order),
        cmocka_unit_test(titles_and_headings_are_what_records_are_known_by),
        cmocka_unit_test(damage_is_reported),
        cmocka_unit_test(every_failed_allocation_is_an_error_and_leaks_nothing),
        cmocka_unit_test(names_of_types_are_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
