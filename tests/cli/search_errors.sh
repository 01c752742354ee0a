#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What goes wrong: one sentence on standard error, nothing on standard output, the right exit status.
source "$SOURCE_DIR/tests/cli/search.bash"

# error STATUS SENTENCE ARGUMENT...
error() {
    local status=$1 sentence=$2
    shift 2
    search "$status" "$@"
    [[ $err == "gazette-search: $sentence" ]] || fail "$*: $err"
    [[ -z $out ]] || fail "$* prints $out"
}

error 2 "$folder/none: no index here: make one with gazette-index --index $folder/none PATH…" \
    --index "$folder/none" 就业

index_samples
error 2 'the query is empty: write what to look for'
error 2 'the query is empty: write what to look for' --keyword ''
error 2 'the query is empty: write what to look for' '  '
error 2 'query, column 4: this quotation mark is never closed: add " at the end of the phrase' '就业 "补贴'
error 2 '"就业" is no document number: write it like 国办发〔2023〕5号' --number 就业
error 2 '--role says what of a unit is asked for: name one with --unit' --role lead 就业
error 2 '--role boss: there is no such choice: use lead, share, responsible, issuer, addressee, mentioned' \
    --unit 市教育局 --role boss
error 2 '--unit: another question is asked already: ask one at a time' --number 1 --unit 市教育局
error 2 '"招生" is left over: put the whole query in quotation marks' --keyword 教育 招生
error 2 '--since: "改天" is no date: write 2023-10-07, 2023-10 or 2023' --since 改天 就业
error 2 '--format xml: there is no such choice: use text, json, ndjson, csv, tsv, md, gbt, bibtex, akn, atom' --format xml 就业
error 2 '--format akn: this is not one document: name one with --show' --format akn 就业
search 2 --limit ten 就业
search 2 --nonsense
search 2 --keyword

# Nothing found is no error.
search 1 --keyword 龘靐齉
[[ -z $err ]] || fail "not found: $err"

# Control characters of a query are not sent to the terminal.
search 2 --format $'a\033[31m' 就业
[[ $err != *$'\033'* ]] || fail "an escape sequence got out"

finish
