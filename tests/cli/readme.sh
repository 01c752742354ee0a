#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What README.md shows is what the programs print. After a change that is meant: tests/cli/readme.py README.md --update, run as here.
set -euo pipefail

[[ -x $GAZETTE_INDEX_BIN && -x $GAZETTE_SEARCH_BIN ]] || exit 77 # a build without the programs

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export LC_ALL=C.UTF-8 PATH=${GAZETTE_INDEX_BIN%/*}:$PATH
export XDG_DATA_HOME=$folder/data
unset GAZETTE_INDEX GAZETTE_LINKS NO_COLOR
ln -s "$SOURCE_DIR/corpus" "$folder/corpus"
# What the commands without output speak of.
mkdir "$folder/issues"
cp "$SOURCE_DIR"/corpus/issues/*.txt "$folder/issues"
printf '南川市人民政府关于高质量发展的通知\n' >"$folder/issues/2024-05.txt"
cd "$folder"
python3 "$SOURCE_DIR/tests/cli/readme.py" "$SOURCE_DIR/README.md" "$@"
