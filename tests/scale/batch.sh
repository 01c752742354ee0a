#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Proves what --batch promises: batch.py says what. Small here; scripts/prove runs it at full size (PROOF_LINES, …).
set -euo pipefail
source "$SOURCE_DIR/tests/scale/archive.bash"
make_archive 4
# What the sanitizer keeps of freed memory would count as growth.
ASAN_OPTIONS="${ASAN_OPTIONS-}:quarantine_size_mb=1" python3 "$SOURCE_DIR/tests/scale/batch.py" "$GAZETTE_SEARCH_BIN" "$folder/index" "$folder/dump" \
    "${PROOF_LINES-1000}" "$seed"
