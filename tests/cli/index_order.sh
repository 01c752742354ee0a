#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The order in which issues are indexed makes no difference: not to citations, whose target may come later, nor to any
# other answer.
set -euo pipefail

[[ -x $GAZETTE_INDEX_BIN && -x $GAZETTE_SEARCH_BIN ]] || exit 77
export LC_ALL=C.UTF-8
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

# A document that repeals, amends, forwards and implements what other issues hold.
mkdir issues
cp "$SOURCE_DIR"/corpus/issues/*.txt issues
cat >issues/luzhou-2024-04.txt <<'TEXT'
芦洲市人民政府公报
2024年第4期（总第90期）
芦政发〔2024〕3号
芦洲市人民政府
关于落实海洋新材料产业政策的通知
各县（市、区）人民政府：
　　一、根据《云港市人民政府关于加快海洋新材料产业发展的实施意见》（云政发〔2024〕8号）精神，抓好任务落实。
　　二、《芦洲市渡口管理办法》（芦政发〔2019〕5号）同时废止。
　　三、对《芦洲市停车管理办法》（芦政发〔2020〕6号）作如下修改。
　　　　　　　　　　芦洲市人民政府
　　　　　　　　　　2024年4月1日
TEXT
cat >issues/luzhou-2019-05.txt <<'TEXT'
芦洲市人民政府公报
2019年第5期（总第30期）
芦政发〔2019〕5号
芦洲市人民政府
关于印发芦洲市渡口管理办法的通知
各县（市、区）人民政府：
　　《芦洲市渡口管理办法》已经市政府同意，现印发给你们，请认真贯彻执行。
　　　　　　　　　　芦洲市人民政府
　　　　　　　　　　2019年4月1日
TEXT

# The answers of the index $1.
answers() {
    local options
    while read -r options; do
        # shellcheck disable=SC2086 # options are words
        "$GAZETTE_SEARCH_BIN" --index "$1" $options --limit 0 --format ndjson || [[ $? == 1 ]]
    done <<'END'
--cited-not-held
--cites 云政发〔2024〕8号
--cites 芦政发〔2019〕5号
--cited-by 芦政发〔2024〕3号
--cited-by 澜政办发〔2024〕17号
--number 芦政发〔2019〕5号
--number 云政发〔2024〕8号
--number 国办发〔2023〕41号
--show 芦政发〔2024〕3号
--series 芦政发
--unit 市教育局
--keyword 教育 --facets
历史建筑普查的周期
END
}

for file in issues/*.txt; do printf '%s\n' "$file"; done | sort >forward
sort -r forward >backward
for order in forward backward; do
    while read -r file; do
        "$GAZETTE_INDEX_BIN" --quiet --index "$order.idx" "$file"
    done <"$order"
    answers "$order.idx" >"$order.answers"
done
"$GAZETTE_INDEX_BIN" --quiet --index once.idx issues
answers once.idx >once.answers

[[ -s forward.answers ]] || { echo "no answers"; exit 1; }
diff forward.answers backward.answers >difference || { echo "the order makes a difference:"; cut -c1-300 difference; exit 1; }
diff forward.answers once.answers >difference || { echo "one run or several make a difference:"; cut -c1-300 difference; exit 1; }

# The relations, and that they lead to documents which came later.
python3 - backward.answers <<'PYTHON'
import json
import sys
relations = {}
for line in open(sys.argv[1], encoding="utf-8"):
    record = json.loads(line).get("record") or {}
    if record.get("type") == "citation" and record["id"].startswith("luzhou-2024-04"):
        name = (record.get("number") or {}).get("key") or record["title"]
        relations[name] = (record["relation"], record.get("to"))
wanted = {"云港市人民政府关于加快海洋新材料产业发展的实施意见": ("implements", "yungang-2024-03/2"),
          "云政发-2024-8": ("implements", "yungang-2024-03/2"), "芦洲市渡口管理办法": ("repeals", "luzhou-2019-05/1"),
          "芦政发-2019-5": ("repeals", "luzhou-2019-05/1"), "芦洲市停车管理办法": ("amends", None),
          "芦政发-2020-6": ("amends", None)}
for name, value in wanted.items():
    assert relations.get(name) == value, (name, relations.get(name))
PYTHON
