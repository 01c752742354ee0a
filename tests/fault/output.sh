#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Where output goes that cannot take it: a full disk is an error in one line, a reader that has gone is none.
set -euo pipefail
source "$SOURCE_DIR/tests/cli/index.bash"

[[ -w /dev/full ]] || exit 77

# full PROGRAM ARGUMENT...: the output to a full disk.
full() {
    local status=0
    "$@" >/dev/full 2>"$folder/err" || status=$?
    err=$(<"$folder/err")
    [[ $status -eq 2 && $err == *'No space left on device'* && $(wc -l <"$folder/err") -eq 1 ]] ||
        fail "$* on a full disk: $status $err"
}

# gone PROGRAM ARGUMENT...: the reader has gone before anything is written.
gone() {
    local status
    { "$@" 2>"$folder/err" && status=0 || status=$?; echo "$status" >"$folder/status"; } | true
    [[ $(<"$folder/status") -ne 1 && $(<"$folder/status") -ne 2 && ! -s $folder/err ]] ||
        fail "$* without a reader: $(<"$folder/status") $(<"$folder/err")"
}

index_samples
for arguments in "--dump $samples" --export --list --stats --help; do
    full "$GAZETTE_INDEX_BIN" $arguments
    gone "$GAZETTE_INDEX_BIN" $arguments
done
for format in text json ndjson csv tsv md; do
    full "$GAZETTE_SEARCH_BIN" --format $format 教育
    gone "$GAZETTE_SEARCH_BIN" --format $format 教育
done
full "$GAZETTE_SEARCH_BIN" --keyword 教育 --extract
gone "$GAZETTE_SEARCH_BIN" --keyword 教育 --extract

# An index that may not grow: the run says so, and the index stays as it was.
index 0 --export
cp "$folder/out" "$folder/before"
status=0
(ulimit -f 64; trap '' XFSZ; exec "$GAZETTE_INDEX_BIN" --quiet --rebuild "$samples" 2>"$folder/err") || status=$?
[[ $status -eq 2 && $(<"$folder/err") == *"$GAZETTE_INDEX"* && $(wc -l <"$folder/err") -eq 1 ]] ||
    fail "a limited file: $status $(<"$folder/err")"
index 0 --export
cmp "$folder/out" "$folder/before" || fail 'a run that failed changes the index'
index 0 --check=full
finish
