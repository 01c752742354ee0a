#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What a person sees on a terminal, and what is left out elsewhere.
source "$SOURCE_DIR/tests/cli/search.bash"
has_terminals || { echo 'no terminal can be opened here'; exit 77; }
index_samples
python3 -B "$SOURCE_DIR/tests/cli/terminal.py" "$GAZETTE_SEARCH_BIN" "$GAZETTE_INDEX_BIN" || fail 'see above'

escape=$'\x1b'
search 0 --unit 市教育局
[[ $out != *"$escape"* ]] || fail 'an escape sequence in a pipe'
search 0 --unit 市教育局 --color always
has "${escape}[1m"
finish
