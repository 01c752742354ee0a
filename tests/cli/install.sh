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
LANGUAGE=zh_CN LC_ALL=C.UTF-8 "$folder/moved/bin/gazette-search" --help >"$folder/help"
grep -q '帮助' "$folder/help"

# A program of somebody else's: compiled as pkg-config says, with nothing but what is installed.
library=$(find "$folder/moved" -name 'libgazette.so.0')
compiler=(cc -std=c17 -Wall -Wextra -Werror)
if [[ $(ldd "$library") == *libasan* ]]; then # not by grep -q, which may end ldd by SIGPIPE
    compiler+=(-fsanitize=address,undefined)
fi
export PKG_CONFIG_PATH=${library%/*}/pkgconfig LD_LIBRARY_PATH=${library%/*}
read -ra flags < <(pkg-config --cflags --libs gazette)
"${compiler[@]}" "$SOURCE_DIR/tests/embed/gaz_search.c" -o "$folder/moved/bin/gaz_search" "${flags[@]}"
[[ $(grep -c . "$SOURCE_DIR/tests/embed/gaz_search.c") -le 25 ]] # with its licence and its comment
"$folder/moved/bin/gazette-index" --quiet --index "$folder/index" "$SOURCE_DIR/corpus/issues"
"$folder/moved/bin/gaz_search" "$folder/index" '三大工程，每年改造校园运动场' >"$folder/answer"
"$folder/moved/bin/gazette-search" --index "$folder/index" --limit 3 '三大工程，每年改造校园运动场' | cmp - "$folder/answer"
status=0
"$folder/moved/bin/gaz_search" "$folder/none" 教育 2>"$folder/error" || status=$?
[[ $status -eq 2 ]] && grep -q 'no index here' "$folder/error"
status=0
"$folder/moved/bin/gaz_search" "$folder/index" 龘靐齉 >/dev/null || status=$?
[[ $status -eq 1 ]]

# Nothing else of ours can be seen in the library.
[[ $(nm -D --defined-only "$library" | awk '$2 != "A" {print $3}' | sed 's/@.*//' | grep -v '^gazette_') == '' ]]
[[ $(nm -D --defined-only "$library" | grep -c ' T gazette_') -eq 5 ]]
