#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A real issue, where one with its annotation lies beside this project: it is not ours to keep here.
set -euo pipefail
source tests/golden/figures.bash

shared=../shared
issue=$shared/gazette/wenzhou-2023-10.txt
if [[ ! -x $GAZETTE_INDEX_BIN || ! -f $shared/gold/score.py || ! -f $issue ]]; then
    echo "skipped: no programs, or no annotated issue in $shared"
    exit 77
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$GAZETTE_INDEX_BIN" --dump --quiet "$issue" >"$folder/records"
python3 "$shared/gold/score.py" "$shared/gold/visible.json" "$folder/records" "$issue" --list 3 | tee "$folder/figures"

# Every figure is to be 1, but those of tables, whose cells the extractor left without any mark.
sed -nE '/^mean of/d
    s/^((table|matrix) .*[^ ])  +[0-9.]+ .*/\1  0.95/p; t
    s/^([^ ].*[^ ])  +[0-9.]+ +[0-9]+\/[0-9]+$/\1  1/p' "$folder/figures" >"$folder/least"
[[ $(wc -l <"$folder/least") -ge 20 ]] || { echo "FAILED: the scorer prints few figures"; exit 1; }
at_least "$folder/least" <"$folder/figures"
