#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What README.md shows is what the programs print. After a change that is meant: tests/cli/readme.py README.md --update, run as here.
set -euo pipefail

[[ -x $GAZETTE_INDEX_BIN && -x $GAZETTE_SEARCH_BIN ]] || exit 77 # a build without the programs

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export LC_ALL=C.UTF-8 PATH=${GAZETTE_INDEX_BIN%/*}:$PATH
unset GAZETTE_INDEX NO_COLOR
ln -s "$SOURCE_DIR/corpus" "$folder/corpus"
cd "$folder"
python3 "$SOURCE_DIR/tests/cli/readme.py" "$SOURCE_DIR/README.md" "$@"
