# SPDX-License-Identifier: GPL-2.0-or-later
#
# For the tests of gazette-search: an index of the sample issues, and checks that go on after a failure.
set -euo pipefail

[[ -x $GAZETTE_INDEX_BIN && -x $GAZETTE_SEARCH_BIN ]] || exit 77 # a build without the programs

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export GAZETTE_INDEX=$folder/index LC_ALL=C.UTF-8
unset NO_COLOR
failures=0

index_samples() {
    "$GAZETTE_INDEX_BIN" --quiet "$SOURCE_DIR"/corpus/issues/*.txt
}

fail() {
    printf 'FAILED: %s\n' "$*"
    failures=$((failures + 1))
}

# search STATUS ARGUMENT...: runs gazette-search, which must exit with STATUS; its output is in $out, its errors in $err.
search() {
    local wanted=$1 status=0
    shift
    "$GAZETTE_SEARCH_BIN" "$@" >"$folder/out" 2>"$folder/err" || status=$?
    out=$(<"$folder/out") err=$(<"$folder/err")
    [[ $status -eq $wanted ]] || fail "$* exits with $status, not $wanted: $out$err"
}

# has TEXT: it is in the last output. lacks TEXT: it is not.
has() {
    [[ $out == *"$1"* ]] || fail "missing: $1 in: $out"
}
lacks() {
    [[ $out != *"$1"* ]] || fail "not expected: $1 in: $out"
}

# json EXPRESSION VALUE: the Python expression over the last output, parsed as `answer`, gives VALUE.
json() {
    local got
    got=$(python3 -c 'import json, sys; answer = json.load(open(sys.argv[1])); print(eval(sys.argv[2]))' \
        "$folder/out" "$1") || got=error
    [[ $got == "$2" ]] || fail "$1 is $got, not $2"
}

finish() {
    [[ $failures -eq 0 ]] || exit 1
}

# Whether this machine gives terminals to a program: a bare root directory without /dev/pts has none.
has_terminals() {
    python3 -c 'import pty; pty.openpty()' 2>/dev/null
}
