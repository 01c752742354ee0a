#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What a person sees on a terminal: lines that fit, colours, links; and none of it elsewhere.
source "$SOURCE_DIR/tests/cli/search.bash"
index_samples
export TERM=xterm PAGER=cat PYTHONDONTWRITEBYTECODE=1

# on_terminal COLUMNS COMMAND...: what the command writes to a terminal of so many columns is in $out.
on_terminal() {
    python3 "$SOURCE_DIR/tests/cli/on_terminal.py" "$@" >"$folder/out" </dev/null || true
    out=$(<"$folder/out")
}

# fits COLUMNS: no line of the last output is wider; Han characters and full-width punctuation take two columns.
fits() {
    python3 - "$1" "$folder/out" <<'PYTHON' || fail "a line is wider than $1 columns: $out"
import re, sys, unicodedata
for line in open(sys.argv[2], encoding="utf-8"):
    text = re.sub(r"\x1b\[[0-9;]*[A-Za-z]|\x1b\]8;[^\x1b]*\x1b\\", "", line.rstrip("\n"))
    width = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
    # One punctuation mark that may not begin a line may stand out.
    if width > int(sys.argv[1]) + (2 if text and unicodedata.category(text[-1])[0] == "P" else 0):
        sys.exit(1)
PYTHON
}

escape=$'\x1b'
for columns in 60 80 120; do
    for option in --help -h; do
        for program in "$GAZETTE_SEARCH_BIN" "$GAZETTE_INDEX_BIN"; do
            on_terminal $columns "$program" $option
            [[ $columns -lt 80 && $option == -h ]] || fits $columns
            LANGUAGE=zh_CN on_terminal $columns "$program" $option
            [[ $columns -lt 80 && $option == -h ]] || fits $columns
        done
    done
    on_terminal $columns "$GAZETTE_SEARCH_BIN" --unit 市教育局
    has "${escape}[1m"
    fits $columns
done
lines=$("$GAZETTE_SEARCH_BIN" -h | wc -l)
[[ $lines -le 36 ]] || fail "-h has $lines lines"

# No escape sequence where it is not wanted.
on_terminal 80 env NO_COLOR=1 "$GAZETTE_SEARCH_BIN" --unit 市教育局
lacks "$escape"
on_terminal 80 env TERM=dumb "$GAZETTE_SEARCH_BIN" --unit 市教育局
lacks "$escape"
on_terminal 80 "$GAZETTE_SEARCH_BIN" --unit 市教育局 --color never
lacks "$escape"
search 0 --unit 市教育局
lacks "$escape"
search 0 --unit 市教育局 --color always
has "${escape}[1m"
finish
