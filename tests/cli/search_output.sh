#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Formats, colour, paging, closed pipes.
source "$SOURCE_DIR/tests/cli/search.bash"
index_samples

# Colour only where it is wanted.
search 0 --keyword 就业
lacks $'\033'
has '【就业】'
search 0 --keyword 就业 --color always
has $'\033[1;33m就业\033[0m'
lacks '【就业】'

# json is one object; ndjson the same hits, one a line, and nothing else.
search 0 --keyword 发展 --format json --limit 0
json 'list(answer)' "['format_version', 'query', 'state', 'match', 'total', 'hits', 'cited_by']"
json 'answer["total"] == len(answer["hits"])' True
json '[h["rank"] for h in answer["hits"]] == list(range(1, answer["total"] + 1))' True
python3 -c 'import json, sys
for hit in json.load(open(sys.argv[1]))["hits"]:
    print(json.dumps(hit, ensure_ascii=False, sort_keys=True))' "$folder/out" >"$folder/expected"
search 0 --keyword 发展 --format ndjson --limit 0
python3 -c 'import json, sys
for line in open(sys.argv[1]):
    print(json.dumps(json.loads(line), ensure_ascii=False, sort_keys=True))' "$folder/out" >"$folder/got"
cmp "$folder/expected" "$folder/got" || fail 'ndjson has not the hits of json'

# Pages fit together.
search 0 --keyword 发展 --format ndjson --limit 3
cp "$folder/out" "$folder/pages"
search 0 --keyword 发展 --format ndjson --limit 0 --offset 3
cat "$folder/out" >>"$folder/pages"
search 0 --keyword 发展 --format ndjson --limit 0
cmp "$folder/out" "$folder/pages" || fail 'pages do not add up to the whole'

# Records are those of the dump.
"$GAZETTE_INDEX_BIN" --dump corpus/issues/yungang-2024-03.txt >"$folder/dump"
search 0 --show yungang-2024-03/2 --format json
json 'all(h["record"] in [__import__("json").loads(line) for line in open("'"$folder/dump"'")] for h in answer["hits"])' True

# A reader that has seen enough ends the program quietly.
set +o pipefail
"$GAZETTE_SEARCH_BIN" --keyword 的 --level unit --limit 0 --format ndjson 2>"$folder/err" | head -1 >"$folder/out"
set -o pipefail
[[ -s $folder/out && ! -s $folder/err ]] || fail "closed pipe: $(<"$folder/err")"

# Every option stands in the help.
search 0 --help
while read -r name; do
    has "--$name"
done < <(sed -n 's/^GAZ_OPTION([A-Z_]*, "\([a-z-]*\)".*/\1/p' "$SOURCE_DIR/searcher/options.def")
search 0 --version
[[ $out == 'gazette-search '* ]] || fail "version: $out"

finish
