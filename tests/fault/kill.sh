#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Some of the kill points of kill.py; all of them: tests/fault/all.
set -euo pipefail

[[ -x $GAZETTE_INDEX_BIN ]] || exit 77 # a build without the program
exec python3 "$SOURCE_DIR/tests/fault/kill.py" 89
