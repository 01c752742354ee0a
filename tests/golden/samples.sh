#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The sample issues are what their sources give, and reading them gives what a person says is in them.
set -euo pipefail
source tests/golden/figures.bash

[[ -x $GAZETTE_INDEX_BIN ]] || exit 77 # a build without the programs

scripts/make-samples --verify
scripts/score tests/golden --texts corpus/issues --list 3 -- "$GAZETTE_INDEX_BIN" --dump |
    tee /dev/stderr | at_least <(cat <<'FIGURES'
accounting (issues)            1
fidelity (issues)              1
issue gazette and serial       1
documents found                1
documents exact                1
documents in reading order     1
no document invented (issues)  1
clauses exact                  1
paragraphs exact               1
rows exact                     1
entries exact                  1
captions exact                 1
running heads and folios       1
citations of numbers           1
citations of titles            1
citations with relation        0.95
FIGURES
)
