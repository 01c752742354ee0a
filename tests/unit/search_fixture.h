// SPDX-License-Identifier: GPL-2.0-or-later
//
// A small archive for the tests of the searcher: an issue of an invented city, made of records by hand and
// indexed in a folder of its own.
#ifndef GAZ_TESTS_SEARCH_FIXTURE_H
#define GAZ_TESTS_SEARCH_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "corpus/fold.h"
#include "corpus/record.h"
#include "indexer/emit.h"
#include "searcher/archive.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const struct gaz_docnum fixture_numbers[] = {
    {.text = "云政发〔2023〕24号", .code = "云政发", .year = 2023, .serial = 24, .key = "云政发-2023-24"},
    {.text = "云政办发〔2023〕24号",
     .code = "云政办发",
     .year = 2023,
     .serial = 24,
     .key = "云政办发-2023-24"},
    {.text = "云政发〔2022〕6号", .code = "云政发", .year = 2022, .serial = 6, .key = "云政发-2022-6"},
    {.text = "云政发〔2023〕240号", .code = "云政发", .year = 2023, .serial = 240, .key = "云政发-2023-240"},
};

static const char *fixture_path_one[] = {"一"};
static const char *fixture_path_one_one[] = {"一", "（一）"};
static const char *fixture_path_two[] = {"二"};
static const char *fixture_lead[] = {"市人力社保局"};
static const char *fixture_others[] = {"市教育局", "市财政局"};
static const char *fixture_row_lead[] = {"市卫生健康委员会"};

static struct gaz_row_cell fixture_cells[] = {{"任务名称", "建设社区卫生服务站", false},
                                              {"目标", "新建社区卫生服务站12家。", false}};
static const char *fixture_columns[] = {"任务名称", "目标"};

// The issue, its records in reading order.
static struct gaz_record fixture_records[] = {
    {.type = GAZ_RECORD_ISSUE,
     .id = "yunhe-2023-10",
     .address = "2023年第10期",
     .text = "",
     .page = 1,
     .as.issue = {.gazette = "云河市人民政府公报",
                  .year = 2023,
                  .number = "第10期",
                  .serial = "总第88期",
                  .encoding = "UTF-8",
                  .sha256 = "00"}},
    {.type = GAZ_RECORD_OTHER,
     .id = "yunhe-2023-10/0/1",
     .address = "2023年第10期 页2 书眉",
     .text = "云河市人民政府公报（总第88期）　文件发布",
     .page = 2,
     .as.role = "running_head"},
    {.type = GAZ_RECORD_DOCUMENT,
     .id = "yunhe-2023-10/1",
     .address = "云政发〔2023〕24号",
     .text = "云政发〔2023〕24号云河市人民政府关于进一步稳定和扩大就业的若干意见",
     .page = 2,
     .as.document = {.class_name = "document",
                     .kind = "意见",
                     .section = "文件发布",
                     .numbers = &fixture_numbers[0],
                     .number_count = 1,
                     .issuer = "云河市人民政府",
                     .title = "关于进一步稳定和扩大就业的若干意见",
                     .addressee = "各县（市、区）人民政府，市教育局",
                     .date = "2023-10-12",
                     .first_page = 2,
                     .last_page = 4}},
    {.type = GAZ_RECORD_CLAUSE,
     .id = "yunhe-2023-10/1/1",
     .address = "云政发〔2023〕24号 一",
     .document = "yunhe-2023-10/1",
     .text = "一、扩大就业岗位",
     .page = 2,
     .as.clause = {.path = {fixture_path_one, 1}, .label = "一、", .heading = "扩大就业岗位"}},
    {.type = GAZ_RECORD_CLAUSE,
     .id = "yunhe-2023-10/1/2",
     .address = "云政发〔2023〕24号 一（一）",
     .document = "yunhe-2023-10/1",
     .text = "（一）支持企业吸纳就业。对招用毕业年度高校毕业生的企业，按每人1500元给予补贴。落实《关于支持企"
             "业稳岗的通知》（云政办"
             "发〔2023〕24号）要求。（责任单位：市人力社保局、市教育局、市财政局）",
     .page = 3,
     .as.clause = {.path = {fixture_path_one_one, 2},
                   .label = "（一）",
                   .heading = "支持企业吸纳就业",
                   .has_responsible = true,
                   .responsible = {fixture_lead, 1, fixture_others, 2}}},
    {.type = GAZ_RECORD_CITATION,
     .id = "yunhe-2023-10/1/3",
     .address = "云政发〔2023〕24号 一（一）",
     .document = "yunhe-2023-10/1",
     .text = "云政办发〔2023〕24号",
     .page = 3,
     .as.citation = {.from = "yunhe-2023-10/1/2", .number = &fixture_numbers[1], .relation = "implements"}},
    {.type = GAZ_RECORD_CLAUSE,
     .id = "yunhe-2023-10/1/4",
     .address = "云政发〔2023〕24号 二",
     .document = "yunhe-2023-10/1",
     .text = "二、本意见自2023年11月1日起施行，《云河市就业补贴办法》（云政发〔2022〕6号）同时废止。",
     .page = 4,
     .as.clause = {.path = {fixture_path_two, 1}, .label = "二、"}},
    {.type = GAZ_RECORD_CITATION,
     .id = "yunhe-2023-10/1/5",
     .address = "云政发〔2023〕24号 二",
     .document = "yunhe-2023-10/1",
     .text = "云政发〔2022〕6号",
     .page = 4,
     .as.citation = {.from = "yunhe-2023-10/1/4", .number = &fixture_numbers[2], .relation = "repeals"}},
    {.type = GAZ_RECORD_DOCUMENT,
     .id = "yunhe-2023-10/2",
     .address = "云政办发〔2023〕24号",
     .text = "云政办发〔2023〕24号云河市人民政府办公室关于支持企业稳岗的通知",
     .page = 5,
     .as.document = {.class_name = "document",
                     .kind = "通知",
                     .section = "文件发布",
                     .numbers = &fixture_numbers[1],
                     .number_count = 1,
                     .issuer = "云河市人民政府办公室",
                     .title = "关于支持企业稳岗的通知",
                     .date = "2023-09-28",
                     .first_page = 5,
                     .last_page = 6}},
    {.type = GAZ_RECORD_PARAGRAPH,
     .id = "yunhe-2023-10/2/1",
     .address = "云政办发〔2023〕24号 段1",
     .document = "yunhe-2023-10/2",
     .text = "为做好稳岗工作，現就有關事項通知如下：就业是最大的民生，ＧＤＰ增长以就业为先。",
     .page = 5},
    {.type = GAZ_RECORD_ROW,
     .id = "yunhe-2023-10/2/2",
     .address = "云政办发〔2023〕24号 附件1 表1 行1",
     .document = "yunhe-2023-10/2",
     .text = "1建设社区卫生服务站新建社区卫生服务站12家。*市卫生健康委员会、市教育局",
     .page = 6,
     .as.row = {.attachment = 1,
                .table = 1,
                .row = 1,
                .columns = {fixture_columns, 2},
                .cells = fixture_cells,
                .cell_count = 2,
                .responsible = {fixture_row_lead, 1, fixture_others, 1},
                .confidence = 0.9}},
    {.type = GAZ_RECORD_DOCUMENT,
     .id = "yunhe-2023-10/3",
     .address = "云政发〔2023〕240号",
     .text = "云政发〔2023〕240号云河市人民政府关于林青同志任职的通知",
     .page = 7,
     .as.document = {.class_name = "document",
                     .kind = "通知",
                     .section = "人事任免",
                     .numbers = &fixture_numbers[3],
                     .number_count = 1,
                     .issuer = "云河市人民政府",
                     .title = "关于林青同志任职的通知",
                     .date = "2023-10-20",
                     .first_page = 7,
                     .last_page = 7}},
    {.type = GAZ_RECORD_DOCUMENT,
     .id = "yunhe-2023-10/4",
     .address = "2023年第10期 记事",
     .text = "10月份市政府记事",
     .page = 8,
     .as.document = {.class_name = "calendar", .title = "10月份市政府记事", .first_page = 8, .last_page = 8}},
    {.type = GAZ_RECORD_ENTRY,
     .id = "yunhe-2023-10/4/1",
     .address = "2023-10-07 记事 1",
     .document = "yunhe-2023-10/4",
     .text = "△市长何远调研就业工作。",
     .page = 8,
     .as.entry = {.date = "2023-10-07"}},
    {.type = GAZ_RECORD_ENTRY,
     .id = "yunhe-2023-10/4/2",
     .address = "2023-10-09 记事 1",
     .document = "yunhe-2023-10/4",
     .text = "△副市长林青检查防汛。",
     .page = 8,
     .as.entry = {.date = "2023-10-09"}},
};

struct fixture {
    char dir[64];
    struct gaz_archive archive;
};

static enum gaz_status fixture_index(const char *dir, const struct gaz_records *records,
                                     struct gaz_err *err) {
    struct gaz_authority *authority = NULL;
    struct gaz_index_writer *writer = NULL;
    enum gaz_status status = gaz_authority_load(NULL, &authority, err);
    if (status == GAZ_OK) {
        status = gaz_index_writer_open(dir, &writer, err);
    }
    if (status == GAZ_OK) {
        status = gaz_emit_issue(writer, records, authority, err);
    }
    if (status == GAZ_OK) {
        status = gaz_index_writer_commit(writer, err);
    }
    gaz_index_writer_close(writer);
    gaz_authority_free(authority);
    return status;
}

// Indexes COUNT records (an issue's, that first) and opens the archive. For the state of a cmocka group.
static int fixture_open(struct fixture *fixture, struct gaz_record *records, size_t count) {
    struct gaz_err err = {0};
    struct gaz_record **items = gaz_calloc(count, sizeof *items);
    for (size_t i = 0; i < count; i++) {
        items[i] = &records[i];
    }
    const struct gaz_records all = {items, count, count};
    strcpy(fixture->dir, "/tmp/gaz-test-XXXXXX");
    enum gaz_status status = mkdtemp(fixture->dir) ? GAZ_OK : GAZ_ERR_IO;
    if (status == GAZ_OK) {
        status = fixture_index(fixture->dir, &all, &err);
    }
    const char *dirs[] = {fixture->dir};
    if (status == GAZ_OK) {
        status = gaz_archive_open(dirs, 1, &fixture->archive, &err);
    }
    gaz_free(items);
    if (status != GAZ_OK) {
        fprintf(stderr, "fixture: %s\n", err.message);
    }
    return status == GAZ_OK ? 0 : -1;
}

static void fixture_close(struct fixture *fixture) {
    char command[128];
    gaz_archive_close(&fixture->archive);
    snprintf(command, sizeof command, "rm -rf '%s'", fixture->dir);
    if (system(command) != 0) {
        fprintf(stderr, "cannot remove %s\n", fixture->dir);
    }
}

#endif
