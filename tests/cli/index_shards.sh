#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# gazette-index --shards: an index in parts is one in all that is asked of it.
set -euo pipefail
source "$SOURCE_DIR/tests/cli/index.bash"

whole=$folder/whole
index 0 --index "$whole" "$samples"
parts=$folder/parts
index 0 --index "$parts" --shards 2 "$samples"
counts 3 0 0
[[ -d $parts/1 && -d $parts/2 && ! -e $parts/3 ]] || fail "not two parts: $(ls "$parts")"
index 0 --index "$parts" "$samples" # what it is need not be said again
counts 0 3 0
index 0 --index "$parts" --check=full
told 'sound: 3 issues'
index 0 --index "$whole" --stats
stats=$out
index 0 --index "$parts" --stats
[[ $out == "$stats" ]] || fail "other counts: $out"

for query in '市教育局 牵头' 教育 '云政发〔2024〕8号' '3月15日 记事'; do
    search 0 --index "$whole" --format json "$query"
    one=$out
    search 0 --index "$parts" --format json "$query"
    [[ $out == "$one" ]] || fail "$query: other answers"
done
search 0 --index "$parts/1" --index "$parts/2" --format json "$query"
[[ $out == "$one" ]] || fail "parts that are named one by one answer otherwise"

# An issue lies where its name says, so that it is replaced and removed there.
index 0 --index "$parts" --rebuild "$samples/lanyun-2024-01.txt"
counts 1 0 0
index 0 --index "$parts" --stats
[[ $out == "$stats" ]] || fail "an issue that came again is there twice: $out"
index 2 --index "$parts" --remove lanyun-2024-01 --remove nowhere
told 'no issue nowhere'
index 0 --index "$parts" --list
has_lines=$(wc -l <<<"$out")
[[ $has_lines -eq 3 ]] || fail "something was removed: $out"
index 0 --index "$parts" --remove lanyun-2024-01
index 0 --index "$parts" --list
[[ $out != *lanyun* ]] || fail "not removed: $out"

# How many parts there are is settled when an index is made.
index 2 --index "$parts" --shards 3 "$samples"
told 'this index has 2 shards'
index 2 --index "$whole" --shards 2 "$samples"
told 'this index has no shards'

# What has been exported comes back in one piece.
index 0 --index "$parts" "$samples"
index 0 --index "$parts" --export
printf '%s\n' "$out" >"$folder/export"
index 2 --index "$parts" --import "$folder/export"
index 0 --index "$folder/again" --import "$folder/export"
index 0 --index "$folder/again" --stats
[[ $out == "$stats" ]] || fail "an export of parts lacks something: $out"

# A stub file that names nothing, or something else, says where it is wrong.
printf 'auto nowhere\n' >"$folder/stub"
search 2 --index "$folder/stub" 教育
told nowhere
printf '# parts\nanything\n' >"$folder/stub"
search 2 --index "$folder/stub" 教育
told "stub:2: "
