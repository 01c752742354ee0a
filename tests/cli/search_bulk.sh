#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Extracts and batches: all of it, one line each, and what was broken off goes on.
source "$SOURCE_DIR/tests/cli/search.bash"
index_samples

# An extract is every matching unit with its whole text.
search 0 --keyword 发展 --level unit --limit 0 --format ndjson
python3 -c 'import json, sys
print(*sorted(json.loads(line)["id"] for line in open(sys.argv[1])), sep="\n")' "$folder/out" >"$folder/expected"
search 0 --keyword 发展 --extract --format ndjson
cp "$folder/out" "$folder/extract"
python3 -c 'import json, sys
print(*sorted(json.loads(line)["id"] for line in open(sys.argv[1])), sep="\n")' "$folder/out" >"$folder/got"
cmp "$folder/expected" "$folder/got" || fail 'an extract is not all units'
search 0 --keyword 发展 --extract --format json
json 'answer["total"] == len(answer["hits"]) == '"$(grep -c . "$folder/extract")" True

# It goes on behind a unit.
fifth=$(sed -n 5p "$folder/extract" | python3 -c 'import json; print(json.loads(input())["id"])')
search 0 --keyword 发展 --extract --format ndjson --after "$fifth"
python3 -c 'import json, sys
for line in open(sys.argv[1]):
    print(json.loads(line)["id"])' "$folder/out" >"$folder/rest"
python3 -c 'import json, sys
for line in list(open(sys.argv[1]))[5:]:
    print(json.loads(line)["id"])' "$folder/extract" >"$folder/expected"
cmp "$folder/expected" "$folder/rest" || fail 'an extract does not go on behind a unit'
search 2 --keyword 发展 --extract --after yungang-2024-03/999

# A batch: a line out for each line in, in order, whatever is in it.
printf '%s\n' '云政发〔2024〕8号' '' '"坏' '市教育局' '澜政发〔2018〕12号' '龘靐' $'\xff\xfe' "$(printf '%3000s' 发展)" >"$folder/lines"
printf '数字经济\r\n云政办〔2024〕21号' >>"$folder/lines" # the last one without an end
search 0 --batch "$folder/lines" --limit 2
cp "$folder/out" "$folder/whole"
python3 - "$folder/out" <<'PYTHON' || fail 'a batch does not answer line by line'
import json, sys
lines = [json.loads(line) for line in open(sys.argv[1])]
assert [line["line"] for line in lines] == list(range(1, 11)), lines
states = [line["state"] for line in lines]
assert states[:7] == ["found", "not_found", "not_found", "found", "cited_only", "not_found", "not_found"], states
assert states[7:] == ["found"] * 3, states
assert "error" in lines[1] and "error" in lines[2] and "error" not in lines[5]
assert lines[8]["input"] == "数字经济"
assert lines[9]["hits"][0]["id"] == "yungang-2024-03/4"
assert all(len(line["hits"]) <= 2 for line in lines)
PYTHON

# Killed anywhere, it goes on behind the last whole line, and the file is the same.
for kept in 0 1 4 9 10; do
    head -n "$kept" "$folder/whole" >"$folder/resumed"
    "$GAZETTE_SEARCH_BIN" --batch "$folder/lines" --limit 2 --after "$kept" >>"$folder/resumed" || true
    cmp "$folder/whole" "$folder/resumed" || fail "a batch resumed behind line $kept differs"
done
"$GAZETTE_SEARCH_BIN" --batch - --limit 2 <"$folder/lines" | cmp - "$folder/whole" || fail 'standard input differs'

search 2 --batch "$folder/none"
search 1 --batch /dev/null
search 2 --batch "$folder/lines" 发展
search 2 --after 3 发展

# Tables: as many fields in each row as in the head, and the same text as in json.
search 0 --keyword 发展 --extract --format csv --bom
python3 - "$folder/out" "$folder/extract" <<'PYTHON' || fail 'csv'
import csv, json, sys
raw = open(sys.argv[1], "rb").read()
assert raw.startswith(b"\xef\xbb\xbfrank,") and raw.endswith(b"\r\n")
rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines(keepends=True)))
records = [json.loads(line)["record"] for line in open(sys.argv[2])]
assert [(row["id"], row["text"]) for row in rows] == [(record["id"], record["text"]) for record in records]
PYTHON
search 0 --keyword 发展 --format tsv
python3 - "$folder/out" <<'PYTHON' || fail 'tsv'
import sys
rows = [line.rstrip("\n").split("\t") for line in open(sys.argv[1])]
assert len(rows) == 11 and all(len(row) == len(rows[0]) for row in rows), rows
PYTHON
search 0 --keyword 发展 --format md --limit 1
has '**发展**'

# Citations of a document.
search 0 --number '云政发〔2024〕8号' --format gbt
[[ $out == '云港市人民政府. 关于加快海洋新材料产业发展的实施意见（“蓝链”行动）: 云政发〔2024〕8号[J]. 云港市人民政府公报, 2024(3): 2'* ]] ||
    fail "gbt: $out"
search 0 --number '云政发〔2024〕8号' --format bibtex
has '@article{yungang-2024-03-2,'
has '  author = {{云港市人民政府}},'
has '  journal = {云港市人民政府公报},'
has '  note = {云政发〔2024〕8号}'

# Akoma Ntoso: well-formed, every clause in its place, no text lost.
search 0 --show yungang-2024-03/4 --format json
cp "$folder/out" "$folder/shown"
search 0 --show yungang-2024-03/4 --format akn
python3 - "$folder/out" "$folder/shown" <<'PYTHON' || fail 'akn'
import json, sys, xml.etree.ElementTree as tree
ns = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
root = tree.parse(sys.argv[1]).getroot()
records = [hit["record"] for hit in json.load(open(sys.argv[2]))["hits"]]
assert root.find(f".//{ns}docNumber").text == "云政办〔2024〕21号"
clauses = [r for r in records if r["type"] == "clause"]
elements = root.findall(f".//{ns}hcontainer[@name='clause']")
assert len(elements) == len(clauses) > 10
assert [e.findtext(f"{ns}num") for e in elements] == [r["label"] for r in clauses]
parents = {child: parent for parent in root.iter() for child in parent}
def depth(element):
    return 1 + depth(parents[element]) if parents[element].get("name") == "clause" else 1
for element, record in zip(elements, clauses):
    assert depth(element) == len(record["path"]), record["address"]
squeeze = lambda text: "".join(text.split())
whole = squeeze("".join(root.itertext()))
assert all(squeeze(r["text"]) in whole for r in records if r["type"] == "paragraph")
PYTHON

finish
