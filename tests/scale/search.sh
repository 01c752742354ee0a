#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Proves what the search promises on the sample issues and generated ones: proof.c says how. Small here; scripts/prove
# runs it at full size:
#   PROOF_ISSUES=N   generated issues
#   PROOF_PHRASES=N  phrases that are there, and as many that are not, and in the other script
#   PROOF_WORDS=N    words whose facets and pages are compared
#   PROOF_SEED=N     of all of them
set -euo pipefail

command -v python3 >/dev/null || { echo "python3 is not installed: skipped"; exit 77; }
seed=${PROOF_SEED-7}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"$SOURCE_DIR/scripts/make-issues" "$seed" "${PROOF_ISSUES-6}" --out "$folder/issues" >/dev/null
"$GAZETTE_INDEX_BIN" --quiet --index "$folder/index" "$SOURCE_DIR/corpus/issues" "$folder/issues" 2>/dev/null
"$GAZETTE_INDEX_BIN" --dump "$SOURCE_DIR/corpus/issues" "$folder/issues" >"$folder/dump" 2>/dev/null

failed=0
prove() {
    "$PROOF_BIN" "$1" "$folder/index" "$folder/dump" "$2" "$seed" || failed=1
}
prove phrases "${PROOF_PHRASES-120}"
prove scripts "${PROOF_PHRASES-120}"
prove numbers all
prove citations all
prove items all
prove facets "${PROOF_WORDS-10}"
prove pages "${PROOF_WORDS-10}"
exit "$failed"
