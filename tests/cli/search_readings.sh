#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What a reporter types is read as it is meant: tests/golden/readings.tsv.
source "$SOURCE_DIR/tests/cli/search.bash"
index_samples

grep -v '^#' "$SOURCE_DIR/tests/golden/readings.tsv" >"$folder/readings"
cut -f 1 "$folder/readings" >"$folder/queries"
cut -f 2 "$folder/readings" >"$folder/expected"
[[ $(wc -l <"$folder/queries") -ge 150 ]] || fail 'too few readings'
"$GAZETTE_SEARCH_BIN" --batch "$folder/queries" --limit 1 >"$folder/answers"
python3 - "$folder/answers" >"$folder/got" <<'PYTHON'
import json, sys
for line in open(sys.argv[1]):
    pieces = []
    for piece in json.loads(line)["reading"]:
        text = f'{piece["kind"]}〈{piece["text"]}〉{piece.get("key", "")}'
        pieces.append(text + (f' {piece["role"]}' if "role" in piece else ""))
    print("+".join(pieces))
PYTHON
diff "$folder/expected" "$folder/got" || fail 'readings differ'
finish
