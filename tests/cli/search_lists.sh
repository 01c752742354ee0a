#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Series, citations both ways, facets and keyword in context, each against a count of its own over all records.
source "$SOURCE_DIR/tests/cli/search.bash"
index_samples
for file in "$SOURCE_DIR"/corpus/issues/*.txt; do
    "$GAZETTE_INDEX_BIN" --dump --quiet "$file"
done >"$folder/records"

search 0 --series 云政发 --format json
json '[h["number"]["serial"] for h in answer["hits"]]' '[8, 9]'
search 0 --series 云政发 --gaps --format json
json '[h["number"]["serial"] for h in answer["hits"] if h["number"]["year"] == 2024]' '[1, 2, 3, 4, 5, 6, 7]'
search 2 --gaps 云政发

# Of several numbers asked for, those that are not held are named, runs of them in one line for people.
search 0 --number '云政发〔2024〕5-11、国办发〔2023〕41号' --format json
json '[n["number"]["text"] for n in answer["missing"]]' \
    "['云政发〔2024〕5号', '云政发〔2024〕6号', '云政发〔2024〕7号', '云政发〔2024〕10号', '云政发〔2024〕11号', '国办发〔2023〕41号']"
json '[(n["holding"], n["citations"]) for n in answer["missing"]][-2:]' "[('missing', 0), ('cited_only', 2)]"
search 0 --number '云政发〔2024〕5-11、国办发〔2023〕41号'
[ "$(sed -n '/^其中未收 6 个：$/,$p' "$folder/out" | tail -n +2)" = '  云政发〔2024〕5号 – 云政发〔2024〕7号
  云政发〔2024〕10号 – 云政发〔2024〕11号
  国办发〔2023〕41号  被引 2 次' ] || fail 'missing numbers are not named'
search 0 --number '云政发〔2024〕8-9' --format json
json '"missing" in answer' 'False'

# Cited but not held: all numbers cited, but for those that a document has.
search 0 --cited-not-held --format json
python3 - "$folder/out" "$folder/records" <<'PYTHON' || fail 'cited-not-held'
import json, sys
answer = json.load(open(sys.argv[1]))
records = [json.loads(line) for line in open(sys.argv[2])]
held = {n["key"] for r in records if r["type"] == "document" for n in r.get("numbers") or [r["number"]] if n}
cited = {r["number"]["key"] for r in records if r["type"] == "citation" and r["kind"] == "number"}
assert {h["number"]["key"] for h in answer["hits"]} == cited - held
assert answer["total"] == len(answer["hits"])
PYTHON

# Whoever cites a number is named by --cites; what that document cites is named by --cited-by.
search 0 --cites '澜政发〔2018〕12号' --format json
json '[h["id"] for h in answer["hits"]]' "['lanchuan-2024-02/4']"
search 0 --cited-by '澜政发〔2024〕11号' --format json
json '"澜政发〔2018〕12号" in [h["record"]["text"] for h in answer["hits"]]' True
json '{h["record"]["to"] for h in answer["hits"] if h["record"]["text"] == "澜政发〔2018〕12号"}' '{None}'

# The calendar of a day or a range.
search 0 --calendar 2024-03-01..2024-03-05 --format json
json 'all("2024-03-01" <= h["record"]["date"] <= "2024-03-05" for h in answer["hits"]) and answer["total"] > 1' True
json '[h["record"]["date"] for h in answer["hits"]] == sorted(h["record"]["date"] for h in answer["hits"])' True
search 1 --calendar 1999-01-01
search 2 --calendar 改天

# Facets count the hits.
search 0 --keyword 发展 --limit 0 --facets --format json
python3 - "$folder/out" <<'PYTHON' || fail 'facets'
import collections, json, sys
answer = json.load(open(sys.argv[1]))
def count(of):
    return collections.Counter(value for value in map(of, answer["hits"]) if value)
facets = {name: dict(values) for name, values in answer["facets"].items()}
assert list(facets) == ["issuer", "kind", "section", "year", "month", "issue", "unit"]
assert facets["issue"] == count(lambda h: h["id"].split("/")[0])
for name in "kind", "section": # names are folded, so only the counts are compared
    assert sorted(facets[name].values()) == sorted(count(lambda h: h["record"].get(name)).values())
assert sum(facets["issuer"].values()) >= sum(count(lambda h: h["record"].get("issuer")).values())
assert facets["month"].keys() >= {h["document"]["date"][:7] for h in answer["hits"] if (h["document"] or {}).get("date")}
for name, values in answer["facets"].items():
    in_time = name in ("year", "month")
    assert values == sorted(values, key=lambda pair: (0 if in_time else -pair[1], pair[0].encode()))
PYTHON

# A unit counts once, by its whole name: the keys without its place are for asking.
search 0 --keyword 人才办 --limit 0 --facets --format json
python3 - "$folder/out" <<'PYTHON' || fail 'units among the facets'
import json, sys
names = [name for name, _ in json.load(open(sys.argv[1]))["facets"]["unit"]]
assert "中共云港市委员会组织部" in names, names
assert not [name for name in names if name.startswith(("中共市", "中共委员会"))], names
PYTHON

# Keyword in context: a line for each occurrence in the folded texts.
search 0 --keyword 发展 --kwic=5 --format ndjson
python3 - "$folder/out" "$folder/records" <<'PYTHON' || fail 'kwic'
import json, sys
lines = [json.loads(line) for line in open(sys.argv[1])]
records = [json.loads(line) for line in open(sys.argv[2])]
texts = [r["text"].replace("發", "发") for r in records if r["type"] not in ("issue", "citation")]
assert len(lines) == sum(text.count("发展") for text in texts)
assert all(len(l["left"]) <= 5 and len(l["right"]) <= 5 for l in lines)
PYTHON
search 0 --keyword 发展 --kwic=5 --sort right --format ndjson
python3 - "$folder/out" <<'PYTHON' || fail 'kwic by right context'
import json, sys
lines = [json.loads(line) for line in open(sys.argv[1])]
groups = [line["group"] for i, line in enumerate(lines) if i == 0 or line["group"] != lines[i - 1]["group"]]
assert len(groups) == len(set(groups)) and 1 < len(groups) < len(lines)
assert all(line["right"].lstrip().startswith(line["group"]) for line in lines)
PYTHON
search 0 --keyword 发展 --kwic=5 --sort left --format ndjson
python3 - "$folder/out" <<'PYTHON' || fail 'kwic by left context'
import json, sys
lines = [json.loads(line) for line in open(sys.argv[1])]
groups = [line["group"] for i, line in enumerate(lines) if i == 0 or line["group"] != lines[i - 1]["group"]]
assert len(groups) == len(set(groups)) and 1 < len(groups) < len(lines)
assert all(line["left"].rstrip().endswith(line["group"]) for line in lines)
PYTHON
search 0 --keyword 数字经济 --kwic
python3 - "$folder/out" <<'PYTHON' || fail 'the matches stand in one column'
import sys, unicodedata
lines = [line for line in open(sys.argv[1]) if "【" in line]
widths = {sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line.split("【")[0]) for line in lines}
assert len(lines) > 2 and len(widths) == 1, widths
PYTHON

finish
