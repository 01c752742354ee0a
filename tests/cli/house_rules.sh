#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The source tree keeps the rules of the house; and each rule is seen to fail where it is broken.
set -euo pipefail

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
failures=0

# plant RULE FILE TEXT: a fresh copy of the tree with TEXT added to FILE must be reported as a breach of RULE there.
plant() {
    local rule=$1 file=$2 text=$3 report
    rm -rf "${copy:?}"/*
    cp -R "$SOURCE_DIR"/{CMakeLists.txt,shim,corpus,indexer,searcher,tests,scripts} "$copy"
    printf '%s\n' "$text" >>"$copy/$file"
    if report=$("$SOURCE_DIR/scripts/house-rules" "$copy"); then
        echo "not seen: $rule in $file"
        failures=$((failures + 1))
    elif ! grep -q "^$file:[0-9]*: $rule: " <<<"$report"; then
        printf 'seen, but not as %s in %s:\n%s\n' "$rule" "$file" "$report"
        failures=$((failures + 1))
    fi
}

# repeat N: N lines of a function body
repeat() {
    for ((i = 0; i < $1; i++)); do
        echo '    call();'
    done
}

"$SOURCE_DIR/scripts/house-rules" "$SOURCE_DIR" || failures=$((failures + 1))

spdx='// SPDX-License-Identifier: GPL-2.0-or-later'
plant arrow shim/mem.c '#include "corpus/docnum.h"'
plant arrow corpus/planted.c "$spdx"$'\n#include "indexer/run.h"'
plant arrow indexer/planted.c "$spdx"$'\n#include "searcher/query.h"'
plant arrow searcher/planted.c "$spdx"$'\n#  include "indexer/run.h"'
plant arrow corpus/planted.c "$spdx"$'\n#include "tests/planted.h"'
plant arrow shim/mem.c '#include "mem.h"'
plant library corpus/planted.c "$spdx"$'\n#include <xapian.h>'
plant library shim/mem.c '#include <xapian.h>'
plant library corpus/planted.c "$spdx"$'\n#include <iconv.h>'
plant library shim/mem.c '#include <jansson.h>'
plant language corpus/planted.cc "$spdx"
plant licence corpus/planted.c 'int planted;'
plant licence scripts/planted $'#!/bin/sh\ntrue'
plant guard corpus/planted.h "$spdx"
plant path scripts/check "cd /""home/somebody"
plant memory corpus/planted.c 'void *planted = malloc(1);'
plant length corpus/planted.c "$spdx"$'\nstatic int\nplanted(int a,\n        int b) {\n'"$(repeat 70)"$'\n}'

# Just short enough: 70 lines with the first and the last.
rm -rf "${copy:?}"/*
cp -R "$SOURCE_DIR"/{CMakeLists.txt,shim,corpus,indexer,searcher,tests,scripts} "$copy"
printf '%s\nvoid planted(void) {\n%s\n}\n' "$spdx" "$(repeat 68)" >"$copy/corpus/planted.c"
reported=$("$SOURCE_DIR/scripts/house-rules" "$copy" || true)
if [[ $reported == *': length: '* ]]; then
    echo "a function of 70 lines was reported"
    failures=$((failures + 1))
fi

[[ $failures -eq 0 ]]
