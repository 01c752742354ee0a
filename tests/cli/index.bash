# SPDX-License-Identifier: GPL-2.0-or-later
#
# For the tests of gazette-index, beside what search.bash has.
source "$SOURCE_DIR/tests/cli/search.bash"

samples=$SOURCE_DIR/corpus/issues

# index STATUS ARGUMENT...: runs gazette-index, which must exit with STATUS; its output is in $out, its errors in $err.
index() {
    local wanted=$1 status=0
    shift
    "$GAZETTE_INDEX_BIN" "$@" >"$folder/out" 2>"$folder/err" || status=$?
    out=$(<"$folder/out") err=$(<"$folder/err")
    [[ $status -eq $wanted ]] || fail "$* exits with $status, not $wanted: $out$err"
}

# told TEXT: it is in the last errors.
told() {
    [[ $err == *"$1"* ]] || fail "not told: $1 in: $err"
}

# counts FILES SKIPPED FAILED: what the summary of the last run says.
counts() {
    [[ $err == *"$1 files, "*", $2 skipped, $3 failed, "* ]] || fail "not $1 files, $2 skipped, $3 failed: $err"
}

# small NAME LINE...: an issue of a few lines in $folder/NAME.
small() {
    local name=$1
    shift
    printf '%s\n' "$@" >"$folder/$name"
}
