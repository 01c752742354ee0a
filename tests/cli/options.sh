#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What options a program has is said by its table, its help, its manual page and its completions: all say the same.
set -euo pipefail

[[ -x $GAZETTE_INDEX_BIN && -x $GAZETTE_SEARCH_BIN ]] || exit 77 # a build without the programs

export LC_ALL=C.UTF-8 GAZETTE_INDEX=none
share=$BUILD_DIR/share
failures=0

fail() {
    printf 'FAILED: %s\n' "$*"
    failures=$((failures + 1))
}

# same NAME: what standard input lists is the options of the table, in its order.
same() {
    local got
    got=$(cat)
    [[ $got == "$names" ]] || fail "$program: $1: $(diff <(echo "$names") <(echo "$got"))"
}

# complete PROGRAM WORD...: what bash offers for the last word.
complete_last() (
    source "$share/bash-completion/completions/$1"
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    "_${1//-/_}"
    printf '%s\n' "${COMPREPLY[@]}"
)

# The words that the program itself names when it is given another one for an option.
words_taken() {
    { "$bin" "--$1" no-such-word --dump "$SOURCE_DIR/corpus/issues/lanyun-2024-01.txt" 2>&1 || true; } |
        sed -n 's/.*: use \([A-Za-z0-9_, -]*\)$/\1/p' | sed 's/ or /, /g; s/, /\n/g'
}

check_program() {
    program=$1 bin=$2
    local table=$SOURCE_DIR/$3/options.def page=$share/man/man1/$1.1 help plain name word
    names=$(sed -n 's/^GAZ_OPTION([A-Z_]*, "\([a-z-]*\)".*/\1/p' "$table")
    [[ -n $names ]] || fail "$table has no options"

    help=$("$bin" --help) plain=$(sed 's/\\-/-/g; s/\\&//' "$page")
    sed -n 's/^  --*\([a-z][a-z-]*\).*/\1/p' <<<"$help" | same help
    sed -n 's/^\\fB\(\\-\)*\([a-z][a-z\\-]*\)\\fR.*/\2/p' "$page" | sed 's/\\//g' | same page
    complete_last "$program" - | sed 's/^--*//' | same bash
    sed -n "s/^    '\*--*\([a-z-]*[a-z]\).*/\1/p" "$share/zsh/site-functions/_$program" | same zsh
    sed -n 's/^complete -c [a-z-]* -[sl] \([a-z-]*\).*/\1/p' "$share/fish/vendor_completions.d/$program.fish" | same fish

    # The sentences are the same, too.
    while read -r sentence; do
        [[ $help == *"  $sentence"$'\n'* ]] || fail "$program --help lacks: $sentence"
        [[ $plain == *$'\n'"$sentence"$'\n'* ]] || fail "$program(1) lacks: $sentence"
    done < <(sed -n 's/^GAZ_OPTION(.*, "\(.*\)")$/\1/p' "$table")

    # Words that are offered are those that are taken.
    for name in $names; do
        word=$(words_taken "$name")
        [[ -z $word ]] || [[ $(complete_last "$program" "--$name" '') == "$word" ]] ||
            fail "$program --$name: offered $(complete_last "$program" "--$name" ''), taken $word"
    done
}

check_program gazette-index "$GAZETTE_INDEX_BIN" indexer
check_program gazette-search "$GAZETTE_SEARCH_BIN" searcher
check_program gazette-web "$GAZETTE_WEB_BIN" searcher/web

# Something was compared above, also behind a sign of equality and inside a word.
[[ $(complete_last gazette-search --color al) == always ]] || fail 'no completion of --color al'
[[ $(complete_last gazette-search --color = ne) == never ]] || fail 'no completion of --color=ne'
[[ $(complete_last gazette-index --str) == --strict ]] || fail 'no completion of --str'

# Every field of the query language stands in its page, with both names.
while read -r chinese english; do
    grep -qF "\\fB$chinese:\\fR, \\fB$english:\\fR" "$share/man/man7/gazette-query.7" || fail "gazette-query(7) lacks $chinese"
done < <(sed -n 's/^GAZ_FIELD([A-Z]*, "\([^"]*\)", "\([^"]*\)".*/\1 \2/p' "$SOURCE_DIR/searcher/fields.def")

# The pages are sound.
for page in "$share"/man/man?/*; do
    ! grep -n '@[A-Z]*@' "$page" || fail "$page has an unfilled place"
    if command -v groff >/dev/null; then
        warnings=$(groff -K utf8 -T utf8 -man -ww -z "$page" 2>&1)
        [[ -z $warnings ]] || fail "$page: $warnings"
    fi
done

[[ $failures -eq 0 ]]
