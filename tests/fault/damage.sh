#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Some of the damages of damage.py; a thousand turned bits: tests/fault/all.
set -euo pipefail

[[ -x $GAZETTE_INDEX_BIN && -x $GAZETTE_SEARCH_BIN ]] || exit 77 # a build without the programs
exec python3 "$SOURCE_DIR/tests/fault/damage.py" 24
