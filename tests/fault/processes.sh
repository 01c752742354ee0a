#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Readers beside a writer, writers beside each other, processes that are stopped: processes.py.
set -euo pipefail

[[ -x $GAZETTE_INDEX_BIN && -x $GAZETTE_SEARCH_BIN ]] || exit 77 # a build without the programs
exec python3 "$SOURCE_DIR/tests/fault/processes.py" 20
