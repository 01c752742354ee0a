#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Queries that nobody means well: each has an answer, or an error that says which limit it met; and what is shown on a terminal has
# nothing in it that the terminal would obey. (How long they take: scripts/hostile.)
set -euo pipefail
source "$SOURCE_DIR/tests/cli/index.bash"

# repeat COUNT TEXT: as often, without a line end.
repeat() {
    count=$1 text=$2 awk 'BEGIN { for (i = 0; i < ENVIRON["count"]; i++) printf "%s", ENVIRON["text"] }'
}

# answered ARGUMENT...: an answer or a clear error; nothing that a terminal would obey.
answered() {
    local status=0
    "$GAZETTE_SEARCH_BIN" "$@" >"$folder/out" 2>"$folder/err" || status=$?
    [[ $status -le 2 ]] || fail "${1:0:60}: exit status $status"
    [[ $status -ne 2 || $(<"$folder/err") == gazette-search:\ *:\ * ]] || fail "${1:0:60}: $(<"$folder/err")"
    [[ $(wc -l <"$folder/err") -le 1 ]] || fail "${1:0:60}: more than a line of error"
    ! cat "$folder/out" "$folder/err" | tr -d '\n\t' | LC_ALL=C grep -q '[[:cntrl:]]' || fail "${1:0:60}: control characters"
    iconv -f UTF-8 -t UTF-8 <"$folder/err" >"$folder/utf8" || fail "${1:0:60}: an error that is no text"
}

# refused SENTENCE ARGUMENT...
refused() {
    local sentence=$1
    shift
    search 2 "$@"
    [[ $err == "gazette-search: $sentence" ]] || fail "${2:0:60}: $err"
}

# limit FILE NAME: the value of a limit in a header, which the manual must have.
limit() {
    local value
    value=$(grep -oE "\b$2 = [0-9]+" "$SOURCE_DIR/$1" | grep -oE '[0-9]+$') || fail "no limit $2 in $1"
    grep -qE "(^|[^0-9])$value([^0-9]|$)" "$SOURCE_DIR/searcher/gazette-query.7.in" || fail "gazette-query(7) lacks $value, which is $2"
    echo "$value"
}

index_samples
bytes=$(limit searcher/query.h GAZ_QUERY_LENGTH_MAX)
terms=$(limit searcher/query.h GAZ_QUERY_TERMS_MAX)
depth=$(limit searcher/query.h GAZ_QUERY_DEPTH_MAX)
numbers=$(limit searcher/numbers.h GAZ_NUMBERS_MAX)
for name in STEPS_MAX GRACE_MILLISECONDS NANOSECONDS; do
    limit shim/regex.h "GAZ_REGEX_$name" >"$folder/limit"
done
limit searcher/match.h GAZ_MATCH_PAIRS_MAX >"$folder/limit"

# --- size ---

refused "the query is longer than $bytes bytes: shorten it" "$(repeat 100000 a)"
refused "the query is longer than $bytes bytes: shorten it" --keyword "$(repeat 40000 教)"
repeat 1000000 教 >"$folder/batch"
search 2 --batch "$folder/batch"
[[ $err == *"is longer than $bytes bytes: shorten it" ]] || fail "a long line of a batch: $err"
answered "$(repeat 20000 教)"
answered --number "$(repeat 20000 教)"
answered --number "岚政发〔2024〕$(repeat 20000 9)号"
answered --unit "$(repeat 5000 市水利局、)"
answered --show "$(repeat 5000 第一条)"
answered --series "$(repeat 5000 岚政发)"
answered --calendar "$(repeat 2000 2024-01-01..)"
answered --cites "$(repeat 5000 《)"
answered --since "$(repeat 5000 2024)" 教育
refused "more than $numbers numbers: ask for fewer, or use --batch" --number "岚政发〔2024〕1-99999号"

# --- structure ---

refused "the query has more than $terms terms: shorten it" "$(repeat 10000 'a ')"
refused "the query has more than $terms terms: shorten it" "$(repeat 10000 'a|')b"
refused "the query has more than $terms terms: shorten it" "$(repeat 10000 'NOT ')a"
refused "the query has more than $terms terms: shorten it" "$(repeat 5000 '标题:a ')"
answered "$(repeat "$terms" '市 ')"
answered "$(repeat $((terms - 1)) '市 OR ')市"
refused "query, column $((3 * depth + 1)): too many brackets inside each other: make the query simpler" "$(repeat 10000 '(a ')"
answered "$(repeat "$depth" '(市 OR ')市$(repeat "$depth" ')')"
answered "$(repeat 10000 '(')"
answered "$(repeat 10000 ')')"
answered "$(repeat 10000 '"')"
answered "\"$(repeat 20000 '\')\""
answered "市$(repeat "$depth" ' NEAR/99999 市')"
search 2 "市$(repeat $((depth + 1)) ' NEAR 市')"
[[ $err == *'too many NEAR behind each other: make the query simpler' ]] || fail "a chain of NEAR: $err"

# --- patterns ---

answered "通配:$(repeat 20000 '*')"
answered "通配:$(repeat 20000 '?')"
answered "通配:$(repeat 5000 '市*')"
answered "正则:\"(((市{1,1000}){1,1000}){1,1000})\""
answered "正则:\"$(repeat 5000 '(')市$(repeat 5000 ')')\""
answered '正则:"(?<=市|县|区.{1,9})局"'
answered '正则:"\xff\x{110000}"'
answered '正则:"(*LIMIT_MATCH=4000000000)(.+)+龘"'
for slow in '(市|县|.)+(市|县|.)+(市|县|.)+[a-z]{99}' '(.*)*(.*)*(.*)*(.*)*[a-z]{99}' '(?R)?市(?R)?县'; do
    refused 'the regular expression takes too long: make it simpler' "正则:\"$slow\""
done

# One long text with many places.
mkdir "$folder/long"
repeat 30000 汛 >"$folder/long/long.txt"
index 0 --index "$folder/long.idx" "$folder/long"
search 2 --index "$folder/long.idx" '汛 NEAR/9999 汛 NEAR/9999 汛'
[[ $err == 'gazette-search: NEAR has too many places to compare: ask for rarer words' ]] || fail "many places: $err"
search 0 --index "$folder/long.idx" '汛 NEAR/2 汛'
search 2 --index "$folder/long.idx" '正则:"(汛|汛)*[a-z]"'

# --- bytes ---

answered $'\xff\xfe\xe4\xb8'
answered --number $'\xff\xfe'
answered --unit $'市\xe6\xb0'
answered --show $'\x9b31m'
answered --format json $'\xff教育'
answered $'a\033]0;title\007\001\177b'
answered --index $'none\033[31m\n\xff' 教育
answered --issue $'\033[2J' 教育
answered --role $'\033[2J' --unit 市教育局
answered $'--no\033[2J'

# --- terminals ---

mkdir "$folder/shown"
printf '关于\033]0;title\007加强\033[31m巡查的通知\n　　各镇要加强\xc2\x9b31m巡查\x7f，\xe2\x80\xae倒写。\n' \
    >"$folder/shown/"$'see\033[2J\n.txt'
printf '加强\xff巡查\n' >"$folder/shown/broken.txt"
if has_terminals; then
    python3 -B "$SOURCE_DIR/tests/cli/hostile_terminal.py" "$GAZETTE_INDEX_BIN" "$GAZETTE_SEARCH_BIN" "$folder/shown" ||
        fail 'something is sent to the terminal that it would obey'
else
    echo 'no terminal can be opened here: what is sent to one is not looked at'
    index 0 --quiet --index "$folder/shown/index" "$folder/shown"/*.txt
fi

# For programs every byte stays as it is.
search 0 --index "$folder/shown/index" --keyword 加强 --format csv --level unit
[[ $out == *$'\033[31m'* ]] || fail 'csv for programs has lost characters'

finish
