#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The specification: every example of tests/spec/*.md; and the runner reports examples that are wrong.
set -euo pipefail

[[ -x $GAZETTE_INDEX_BIN && -x $GAZETTE_SEARCH_BIN && -x $SPEC_PROBE_BIN ]] || exit 77
export LC_ALL=C.UTF-8
cd "$SOURCE_DIR/tests/spec"

# The examples of notation/wrong.md are wrong but for two: each must be reported, under its mark.
wrong=notation/wrong.md
if report=$(./run.py "$wrong"); then
    echo "nothing is reported of $wrong"
    exit 1
fi
lines=$(grep -n '^<!-- reported -->$' "$wrong" | cut -d: -f1)
for line in $lines; do
    grep -qE "^$wrong:($((line + 1))|$((line + 2))): failed" <<<"$report" || { echo "not reported: $wrong:$line"; exit 1; }
done
if [[ ${report##*$'\n'} != "2 passed, $(wc -w <<<"$lines") failed" ]]; then
    printf 'of %s:\n%s\n' "$wrong" "$report"
    exit 1
fi

./run.py ./*.md
