#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Proves what --batch promises: batch.py says what. Small here; scripts/prove runs it at full size (PROOF_LINES, …).
set -euo pipefail

command -v python3 >/dev/null || { echo "python3 is not installed: skipped"; exit 77; }
seed=${PROOF_SEED-7}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"$SOURCE_DIR/scripts/make-issues" "$seed" "${PROOF_ISSUES-4}" --out "$folder/issues" >/dev/null
"$GAZETTE_INDEX_BIN" --quiet --index "$folder/index" "$SOURCE_DIR/corpus/issues" "$folder/issues" 2>/dev/null
"$GAZETTE_INDEX_BIN" --dump "$SOURCE_DIR/corpus/issues" "$folder/issues" >"$folder/dump" 2>/dev/null
# What the sanitizer keeps of freed memory would count as growth.
ASAN_OPTIONS="${ASAN_OPTIONS-}:quarantine_size_mb=1" python3 "$SOURCE_DIR/tests/scale/batch.py" "$GAZETTE_SEARCH_BIN" "$folder/index" "$folder/dump" \
    "${PROOF_LINES-1000}" "$seed"
