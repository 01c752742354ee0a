#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What is installed is complete and stands on its own, wherever it is put.
set -euo pipefail

[[ -x $GAZETTE_INDEX_BIN && -x $GAZETTE_SEARCH_BIN ]] || exit 77 # a build without the programs

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
unset GAZETTE_DATA
cmake --install "$BUILD_DIR" --prefix "$folder/first" >/dev/null
mv "$folder/first" "$folder/moved"

for data_file in "$SOURCE_DIR"/corpus/*.tsv; do
    cmp "$data_file" "$folder/moved/share/gazette/${data_file##*/}"
done
printf '南川市人民政府办公室关于印发办事指南的通知\n' >"$folder/issue.txt"
"$folder/moved/bin/gazette-index" --dump "$folder/issue.txt" >"$folder/records"
grep -q '"type": *"issue"' "$folder/records"
"$folder/moved/bin/gazette-search" --help >/dev/null
