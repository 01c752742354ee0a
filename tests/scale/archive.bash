# SPDX-License-Identifier: GPL-2.0-or-later
#
# For the proofs: an index of the sample issues and of generated ones in $folder/index, its records in $folder/dump.
command -v python3 >/dev/null || { echo "python3 is not installed: skipped"; exit 77; }
seed=${PROOF_SEED-7}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# make_archive ISSUES: with so many generated ones, unless PROOF_ISSUES says how many.
make_archive() {
    "$SOURCE_DIR/scripts/make-issues" "$seed" "${PROOF_ISSUES-$1}" --out "$folder/issues" >/dev/null
    "$GAZETTE_INDEX_BIN" --quiet --index "$folder/index" "$SOURCE_DIR/corpus/issues" "$folder/issues" 2>/dev/null
    "$GAZETTE_INDEX_BIN" --dump "$SOURCE_DIR/corpus/issues" "$folder/issues" >"$folder/dump" 2>/dev/null
}
