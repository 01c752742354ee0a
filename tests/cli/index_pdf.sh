#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# gazette-index and PDF: what is read of a file, what is told of one that cannot be, and issues set by scripts/make-pdf, whose truth is
# known. `index_pdf.sh SEED N` does the last with N issues of that seed and prints the figures beside those of pdftotext.
set -euo pipefail
source "$SOURCE_DIR/tests/cli/index.bash"
files=$SOURCE_DIR/tests/unit/pdf

printed=$("$GAZETTE_INDEX_BIN" --text "$files/small.pdf" 2>&1 || true)
if [[ $printed == *'built without PDF'* ]]; then
    echo 'skipped: built without PDF'
    exit 77
fi

# The text is in the order of reading, a row of the table a line, pages end with form feeds.
index 0 --text "$files/small.pdf"
[[ $out == *$'1\t改造校园运动场\t*市教育局、市财政局\n2\t招募退役运动员\t*市体育局\n\f本附件由市教育局负责解释。\n\f' ]] || fail "text: $out"
index 0 --dump "$files/small.pdf"
[[ $out == *'"page_label":"ii"'*'"page_label":"A-1"'* ]] || fail "labels: $out"
[[ $out == *'"encoding":"PDF"'* ]] || fail "encoding: $out"

# Files that cannot be read are told; the others of the folder are indexed, and a text stands for the PDF beside it.
mkdir "$folder/issues"
cp "$files"/*.pdf "$folder/issues"
cp "$samples/lanchuan-2024-02.txt" "$folder/issues"
cp "$files/scan.pdf" "$folder/issues/lanchuan-2024-02.pdf"
index 2 --jobs 2 "$folder/issues"
told 'encrypted.pdf: unreadable: it is encrypted and asks for a password: save it without one'
told 'broken.pdf: unreadable: it is damaged or no PDF: get it again'
told 'scan.pdf:1:0: no-text: the page has a picture and no text'
counts 2 0 3
index 2 "$folder/issues"
counts 0 2 3
found=$("$GAZETTE_SEARCH_BIN" --number '云政发〔2024〕8号')
[[ $found == *关于改善办学条件的决定* ]] || fail "the PDF is not found by its number: $found"

# Issues with known truth.
python=
for candidate in python3 /usr/bin/python3; do
    "$candidate" -c 'import cairo' 2>/dev/null && python=$candidate && break
done
fonts=$(fc-list 2>/dev/null || true)
if [[ -z $python || $fonts != *'Noto Serif CJK SC'* ]]; then
    echo 'skipped the rest: no python3-cairo or fonts-noto-cjk'
    exit 77
fi
"$python" "$SOURCE_DIR/scripts/make-pdf" "${1-1124}" "${2-3}" --out "$folder/made"
score() {
    "$python" "$SOURCE_DIR/scripts/score" "$folder/made" "$@" -- "$GAZETTE_INDEX_BIN" --dump
}
score --suffix .pdf --strict >"$folder/score" || fail "score: $(<"$folder/score")"
[[ $# -eq 0 ]] || {
    grep 'exact  ' "$folder/score"
    for mode in '' -layout -raw; do
        for file in "$folder"/made/*.pdf; do
            pdftotext $mode "$file" "${file%.pdf}.txt"
        done
        echo "pdftotext $mode"
        score | grep 'exact  '
    done
}
finish
