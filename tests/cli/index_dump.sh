#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# gazette-index --dump: records as NDJSON, in the order of the files; no index is made.
set -euo pipefail
source "$SOURCE_DIR/tests/cli/index.bash"

# records EXPRESSION VALUE: the Python expression over the last output, parsed as the list `records`, gives VALUE.
records() {
    local got
    got=$(python3 -c 'import json, sys; records = [json.loads(l) for l in open(sys.argv[1], encoding="utf-8")]
print(eval(sys.argv[2]))' "$folder/out" "$1") || got=error
    [[ $got == "$2" ]] || fail "$1 is $got, not $2"
}

index 0 --dump "$samples/yungang-2024-03.txt"
records 'records[0]["type"], records[0]["id"], records[0]["gazette"]' \
    "('issue', 'yungang-2024-03', '云港市人民政府公报')"
records 'sum(r["type"] == "issue" for r in records)' 1
records 'len({r["id"] for r in records}) == len(records)' True
records 'all(r["text"] is not None and r["address"] and r["page"] for r in records)' True
records 'any(r["type"] == "document" and (r["number"] or {}).get("text") == "云政办〔2024〕23号" for r in records)' True
[[ ! -e $GAZETTE_INDEX ]] || fail 'a dump makes an index'

# Files in the order given; those of a folder, and of folders in it, in the order of their paths.
mkdir -p "$folder/in/b" "$folder/in/c.txt"
small in/c.txt/z.txt 乙
small in/b/a.txt 甲
small in/a.txt 丙
small in/notes.md 丁
small in/.hidden.txt 戊
index 0 --dump "$samples/lanyun-2024-01.txt" "$folder/in"
records '[r["id"] for r in records if r["type"] == "issue"]' "['lanyun-2024-01', 'a', 'a', 'z']"
index 0 --dump "$folder/in/notes.md"
records 'records[0]["id"]' notes

# An empty file is an issue without records of its own.
: >"$folder/empty.txt"
index 0 --dump "$folder/empty.txt"
records '[(r["type"], r["bytes"], r["gazette"]) for r in records]' "[('issue', 0, None)]"

# Encodings: detected, or as told.
iconv -f UTF-8 -t GB18030 "$samples/lanchuan-2024-02.txt" >"$folder/gb.txt"
index 0 --dump "$folder/gb.txt"
records 'records[0]["encoding"], records[0]["gazette"]' "('GB18030', '澜川市人民政府公报')"
index 0 --dump --encoding gb18030 "$folder/gb.txt"
records 'records[0]["encoding"]' GB18030
index 0 --dump --encoding UTF-8 "$folder/gb.txt"
records 'records[0]["gazette"]' None
told 'undecodable: byte 0x'
index 0 --dump --quiet --encoding UTF-8 "$folder/gb.txt"
[[ -z $err ]] || fail "--quiet: $err"
index 2 --dump --strict --encoding UTF-8 "$folder/gb.txt"
told ' diagnostics, which --strict takes for errors'

# File names may hold anything; what is told of them does nothing to a terminal.
small $'odd\nname\x1b.txt' 甲
index 0 --dump "$folder"/odd*
records 'records[0]["id"]' 'odd%0Aname%1B'
index 2 --dump $'no\nsuch\x1b[2Jfile.txt'
told 'no\x0asuch\x1b[2Jfile.txt'
[[ $err != *$'\x1b'* && $(wc -l <"$folder/err") -eq 2 ]] || fail "control characters are told: $err"
small 岚溪公报.txt 甲
index 0 --dump "$folder/岚溪公报.txt"
records 'records[0]["id"]' '%E5%B2%9A%E6%BA%AA%E5%85%AC%E6%8A%A5'

# What cannot be read is told, and the others are read; with --strict they are not.
index 2 --dump "$folder/none.txt" "$samples/lanyun-2024-01.txt"
records 'records[0]["id"]' lanyun-2024-01
told 'none.txt: unreadable: '
told 'gazette-index: 1 file could not be read: see above'
index 2 --dump --quiet "$folder/none.txt"
told 'none.txt: unreadable: '
index 2 --dump --strict "$folder/none.txt" "$samples/lanyun-2024-01.txt"
[[ -z $out && $(wc -l <"$folder/err") -eq 1 ]] || fail "--strict goes on: $err"

# Output that is lost is an error.
if [[ -w /dev/full ]]; then
    status=0
    "$GAZETTE_INDEX_BIN" --dump "$samples" >/dev/full 2>"$folder/err" || status=$?
    [[ $status -eq 2 && $(<"$folder/err") == 'gazette-index: cannot write'* ]] || fail "a full disk: $(<"$folder/err")"
fi
finish
