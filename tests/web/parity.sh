#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The command and the API give the same answers, byte for byte: to all queries of tests/golden/readings.tsv, and in each mode and format.
source "$SOURCE_DIR/tests/web/web.bash"
index_samples
serve
client parity "$GAZETTE_SEARCH_BIN" "$SOURCE_DIR/tests/golden/readings.tsv"
finish
