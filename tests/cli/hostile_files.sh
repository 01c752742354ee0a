#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Files and folders that nobody meant to index: each is told with a line, or read as what it is, and never stops the others. A good
# issue stands beside every one of them and must be held at the end. (How time and memory grow with such files: scripts/hostile.)
set -euo pipefail
source "$SOURCE_DIR/tests/cli/index.bash"

good=岚川市人民政府公报2024年第7期
beside=$folder/beside
mkdir "$beside"
printf '关于加强河道巡查的通知\n　　各镇人民政府要加强巡查。\n' >"$beside/$good.txt"

# hostile STATUS: indexes $beside, which must exit with STATUS; the good issue is held, and the index is sound.
hostile() {
    rm -rf "$GAZETTE_INDEX"
    index "$1" "$beside"
    local told=$err
    "$GAZETTE_SEARCH_BIN" --keyword 各镇人民政府要加强巡查 >"$folder/found" || fail "the issue beside is not held: $told"
    index 0 --check
    err=$told
    plain "$told"
}

# plain TEXT: it has no control character but line ends and tabs, and no byte that is no UTF-8.
plain() {
    ! tr -d '\t' <<<"$1" | LC_ALL=C grep -q '[[:cntrl:]]' || fail "control characters are printed: $(cat -v <<<"$1")"
    iconv -f UTF-8 -t UTF-8 <<<"$1" >"$folder/utf8" || fail "bytes that are no text are printed: $(cat -v <<<"$1")"
}

# lines COUNT TEXT: so many lines of the last errors have TEXT.
lines() {
    local count
    count=$(grep -cF -- "$2" <<<"$err" || true)
    [[ $count -eq $1 ]] || fail "$count lines, not $1, have \"$2\": $err"
}

# bytes NAME: standard input is an issue of this name, alone beside the good one.
bytes() {
    find "$beside" -mindepth 1 -maxdepth 1 ! -name "$good.txt" -exec rm -rf {} +
    cat >"$beside/$1.txt"
}

# repeat COUNT TEXT: as often, without a line end.
repeat() {
    count=$1 text=$2 awk 'BEGIN { for (i = 0; i < ENVIRON["count"]; i++) printf "%s", ENVIRON["text"] }'
}

# --- bytes ---

python3 -c 'import random, sys; sys.stdout.buffer.write(random.Random(5).randbytes(20000))' | bytes binary
hostile 0
[[ $(grep -c 'binary.txt:.*undecodable' <<<"$err") -ge 1 ]] || fail "binary: $err"

printf '加强巡查\xe6\xb1' | bytes truncated
hostile 0
lines 2 'truncated.txt: undecodable: '

printf '加强\0\0巡查\n' | bytes zero
hostile 0
lines 1 'zero.txt: undecodable: 2 zero characters are no text'

{ repeat 20 '加强河道巡查。' && printf '\xc0\xaf巡查\xe0\x80\xaf\n'; } | bytes overlong
hostile 0
lines 5 'overlong.txt: undecodable: '

{ repeat 40 '加强河道巡查。' && repeat 2 '加强河道巡查。' | iconv -t GB18030; } | bytes mixed
hostile 0
[[ $(grep -c 'mixed.txt: undecodable' <<<"$err") -ge 1 ]] || fail "mixed: $err"

for encoding in UTF-16LE UTF-16BE GB18030 BIG5; do
    printf '加強河道巡查，落實防汛責任。' | iconv -t "$encoding" | head -c -1 | bytes "cut-$encoding"
    hostile 0
    lines 1 "cut-$encoding.txt: undecodable: "
done

: | bytes empty
hostile 0
printf '\xef\xbb\xbf' | bytes mark
hostile 0
printf '\f\f\f' | bytes pages
hostile 0

# --- lines ---

repeat 60000 '加强巡查。' | bytes one-line
hostile 0
repeat 100000 $'\n' | bytes blank-lines
hostile 0
repeat 20000 $'汛\n' | bytes one-character-lines
hostile 0
python3 -c 'for i in range(10000): print(("第{}条 ", "{}、", "（{}）", "{}.", "({})")[i % 5].format(i + 1) + "加强巡查。")' | bytes nested
hostile 0
repeat 20000 '（' | bytes brackets
hostile 0
repeat 20000 '《' | bytes quotation-marks
hostile 0

# --- what is no file ---

: | bytes empty
mkfifo "$beside/fifo.txt"
ln -s nowhere.txt "$beside/dangling.txt"
ln -s itself.txt "$beside/itself.txt"
mkdir "$beside/folder.txt"
hostile 2
lines 1 'fifo.txt: unreadable: '
lines 1 'dangling.txt: unreadable: '
lines 1 'itself.txt: unreadable: '
told '3 files could not be read: see above'

: | bytes empty
mkdir "$beside/down"
ln -s .. "$beside/down/up"
hostile 0
lines 1 'down/up: loop: it leads back to '

: | bytes empty
mkdir "$beside/locked"
: >"$beside/locked/one.txt"
chmod 0 "$beside/locked"
if [[ ! -r $beside/locked ]]; then # root reads everything
    hostile 2
    lines 1 'locked: unreadable: cannot look into it: '
    mkdir "$folder/only" && mv "$beside/locked" "$folder/only"
    index 2 "$folder/only"
    told 'locked: unreadable: cannot look into it: '
    chmod 755 "$folder/only/locked"
else
    chmod 755 "$beside/locked"
fi

: | bytes empty
(cd "$beside" && for _ in {1..60}; do mkdir d && cd d; done && printf '深处的通知\n' >deep.txt)
hostile 0
index 0 --list
[[ $out == *deep* ]] || fail "what stands deep is not read: $out"

# Over the limit of size; sparse, so that it takes no room.
: | bytes empty
if truncate -s 5G "$beside/huge.txt" 2>"$folder/truncate"; then
    hostile 2
    lines 1 'huge.txt: unreadable: '
    told 'is larger than 1 GiB: split it into issues'
fi

# --- sidecars ---

printf '加强巡查。\n' | bytes side
mkfifo "$beside/side.json"
hostile 0
lines 1 'side.json: bad-sidecar: '
rm "$beside/side.json"
truncate -s 2G "$beside/side.json"
hostile 0
lines 1 'side.json: bad-sidecar: '
printf '{"gazette": "\\u001b[31m公报\\u009b", "year": 99999999999999, "number": "第\\n1期"}' >"$beside/side.json"
hostile 0
index 0 --list
plain "$out"
python3 -c 'print("[" * 100000)' >"$beside/side.json"
hostile 0
lines 1 'side.json: bad-sidecar: '

# --- names ---

: | bytes $'line\nend'
printf '一\n' >"$beside/"$'escape\033]0;title\a\033[31m.txt'
printf '二\n' >"$beside/"$'broken\xff\xfe.txt'
printf '加强\xff巡查\n' >"$beside/"$'told\033[2J\n.txt'
hostile 0
lines 1 'undecodable'
index 0 --list
plain "$out"
[[ $(wc -l <<<"$out") -eq 5 ]] || fail "not five issues: $out"
rm -rf "$GAZETTE_INDEX"
index 2 "$beside" $'none\033[31m\n.txt'
plain "$err"

finish
