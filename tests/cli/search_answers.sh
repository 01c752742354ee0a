#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The kinds of question, asked of the sample issues.
source "$SOURCE_DIR/tests/cli/search.bash"
index_samples

# A document by its number, in spellings that people use; near misses are not found.
for number in '云政发〔2024〕8号' '云政发[2024]8号' '云政发（2024）8号' '雲政發〔2024〕8號' '云政发 2024 8' \
    '云政发２０２４８号' '云政发〔二〇二四〕第八号'; do
    search 0 --number "$number" --format json
    json 'answer["state"], answer["total"], answer["hits"][0]["id"]' "('found', 1, 'yungang-2024-03/2')"
done
for number in '云政发〔2024〕80号' '云政发〔2023〕8号' '云政办发〔2024〕8号'; do
    search 1 --number "$number" --format json
    json 'answer["state"], answer["total"]' "('not_found', 0)"
done

# Who cites it stands apart.
search 0 --number '澜政发〔2018〕12号' --format json
json 'answer["state"], answer["total"], answer["hits"]' "('cited_only', 0, [])"
json 'len(answer["cited_by"]) >= 1' True
json 'answer["cited_by"][0]["id"].startswith("lanchuan-2024-02/4/")' True
search 0 --number '澜政发〔2018〕12号'
has '馆藏中没有这份文件'
has '【澜政发〔2018〕12号】'

# Words, in either script, with the match marked in its sentence.
search 0 --keyword 优化营商环境 --format json
json 'answer["query"]["mode"], answer["match"]' "('keyword', 'exact')"
json '[e["text"].encode()[m[0]:m[0]+m[1]].decode() for h in answer["hits"] for e in h["excerpts"] for m in e["marks"]][0]' \
    优化营商环境
total=$(python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["total"])' "$folder/out")
search 0 --keyword 優化營商環境 --format json
json 'answer["total"]' "$total"
search 1 --keyword 優化營商環境 --exact

# What is nowhere as it stands is searched by its words, and says so.
search 0 --keyword 基本公共教育三年优质均衡行动计划 --format json
json 'answer["match"], answer["hits"][0]["id"]' "('relaxed', 'yungang-2024-03/4')"
search 0 --keyword 基本公共教育三年优质均衡行动计划
has '未找到完全匹配，已按词查找'

# A unit: lead is less than responsible.
search 0 --unit 市教育局 --level unit --limit 0 --format ndjson
all=$(grep -c . "$folder/out")
search 0 --unit 市教育局 --role lead --level unit --limit 0 --format ndjson
lead=$(grep -c . "$folder/out")
[[ $lead -gt 0 && $lead -lt $all ]] || fail "市教育局 leads $lead of $all"
search 0 --unit 云港市人民政府办公室 --role issuer --format json
json 'sorted(h["id"] for h in answer["hits"])' "['yungang-2024-03/4', 'yungang-2024-03/5']"

# A query is read.
search 0 '云政发8号 2024' --explain
has '读作：文号'
has '云政发〔2024〕8号'
search 0 2024年3月 --format json --limit 0
json 'answer["query"]["mode"]' date
json '{h["document"]["date"][:7] for h in answer["hits"] if h["document"]["date"]}' "{'2024-03'}"
search 0 2024年第3期 --class brief --format json
json 'answer["total"]' 3

# Records whole.
search 0 --show yungang-2024-03/7 --format json
json 'answer["hits"][0]["record"]["title"]' 全市海洋经济发展暨项目攻坚推进会召开
search 1 --show yungang-2024-03/99

# Words for a date are read from the day it is; the answer says how, and how to look for the word instead.
export GAZETTE_TODAY=2025-04-01
search 0 '去年3月15日 记事'
has '读作：日期〈去年3月15日〉＝2024-03-15＋记事〈记事〉（只找原字：--keyword）'
search 0 '去年3月15日 记事' --format json
json 'answer["query"]["reading"][0]["relative"], answer["total"]' '(True, 1)'
search 0 '2024年3月15日 记事'
lacks 读作
search 0 '"今年以来"' --format json
json '[reading["kind"] for reading in answer["query"]["reading"]]' "['words']"
search 0 --calendar 去年3月上旬 --format json
json '{hit["record"]["date"][:9] for hit in answer["hits"]} <= {"2024-03-0", "2024-03-1"} and answer["total"] > 1' True
search 0 --keyword 教育 --since 上年 --until 上个月 --format json
total=$(python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["total"])' "$folder/out")
search 0 --keyword '教育 日期:2024-01..2025-03' --format json
json 'answer["total"]' "$total"
search 1 --keyword 教育 --since 本月
GAZETTE_TODAY=2024-04-01 search 0 --keyword '教育 日期:上月' --format json
json '{hit["document"]["date"][:7] for hit in answer["hits"]}' "{'2024-03'}"
GAZETTE_TODAY=today search 2 去年
[[ $err == *'GAZETTE_TODAY: "today" is no day'* ]] || fail "$err"
unset GAZETTE_TODAY

finish
