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
source "$SOURCE_DIR/tests/scale/archive.bash"
make_archive 6

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
