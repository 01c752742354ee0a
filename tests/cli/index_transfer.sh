#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# gazette-index --export and --import: an index goes through NDJSON and comes out equal.
set -euo pipefail
source "$SOURCE_DIR/tests/cli/index.bash"

archive=$folder/archive.ndjson copy=$folder/copy

# export_of INDEX: its export, in $out.
export_of() {
    index 0 --index "$1" --export
}

index_samples
export_of "$GAZETTE_INDEX"
cp "$folder/out" "$archive"

# The records are those of the dump, in its order; the issues say two things more, and the end counts.
index 0 --dump "$samples"
python3 - "$folder/out" "$archive" <<'PYTHON' || fail 'the export is not the dump'
import json, sys

dump, export = ([json.loads(line) for line in open(path, encoding="utf-8")] for path in sys.argv[1:])
end = export.pop()
assert end == {"type": "end", "issues": 3, "records": len(export)}, end
issues = [record for record in export if record["type"] == "issue"]
for issue in issues:
    assert issue.pop("records") == sum(record["id"].startswith(issue["id"]) for record in export), issue
    assert issue.pop("read_as")
assert [list(record.items()) for record in dump] == [list(record.items()) for record in export]
PYTHON

# Into a new folder: an equal index, in which the files count as read.
index 0 --index "$copy" --import "$archive"
counts 3 0 0
export_of "$copy"
cmp "$folder/out" "$archive" || fail 'the export of an import is another'
index 0 --index "$copy" --check=full
index 0 --index "$copy" "$samples"
counts 0 3 0
for question in '--number 云政发〔2024〕8号' '--unit 市教育局 --role lead' '教育 OR 交通' '--cited-not-held'; do
    search 0 $question --format json
    before=$out
    search 0 --index "$copy" $question --format json
    [[ $out == "$before" ]] || fail "$question is answered otherwise"
done

# From standard input, into an index that holds something: what it has is replaced, the rest stays.
small 岚溪-2024-03.txt 岚溪市人民政府公报 2024年第3期 岚政发〔2024〕7号 岚溪市人民政府 关于加强河道管理的通知 \
    各县（市、区）人民政府： 为加强河道管理，现通知如下。 岚溪市人民政府 2024年3月18日
small lanyun-2024-01.txt 甲
index 0 --index "$folder/other" "$folder/岚溪-2024-03.txt" "$folder/lanyun-2024-01.txt"
"$GAZETTE_INDEX_BIN" --quiet --index "$folder/other" --import - <"$archive" || fail 'no import from standard input'
index 0 --index "$folder/other" --list
[[ $(cut -f1 "$folder/out" | sort | tr '\n' ' ') == '%E5%B2%9A%E6%BA%AA-2024-03 lanchuan-2024-02 lanyun-2024-01 yungang-2024-03 ' ]] ||
    fail "after an import: $out"
index 0 --index "$folder/other" --check=full

# What is removed is not exported, and through an export its room comes back.
index 0 --index "$folder/other" --remove yungang-2024-03 --remove lanyun-2024-01
export_of "$folder/other"
lacks yungang
cp "$folder/out" "$folder/less.ndjson"
index 0 --index "$folder/small" --import "$folder/less.ndjson"
[[ $(stat -c %s "$folder/small/postlist.glass") -lt $(stat -c %s "$folder/other/postlist.glass") ]] ||
    fail 'no room came back'

# What is no whole export is told with its line; whole issues before it are taken.
# wrong MESSAGE ISSUES: importing standard input ends with the message, and so many issues are there.
wrong() {
    cat >"$folder/wrong"
    rm -rf "$folder/new"
    index 2 --index "$folder/new" --import "$folder/wrong"
    [[ $err == "gazette-index: $folder/wrong:$1: give it a whole export" ]] || fail "wrong: $err"
    index 0 --index "$folder/new" --list
    [[ $(grep -c . "$folder/out") -eq $2 ]] || fail "$1: $out"
    index 0 --index "$folder/new" --check=full
}
total=$(wc -l <"$archive")
mapfile -t issues < <(grep -n '"type":"issue"' "$archive" | cut -d: -f1)
second=${issues[1]} third=${issues[2]}
wrong "$((total - 1)): the end of the export is missing" 2 < <(head -n -1 "$archive")
wrong "$((total - 5)): the end of the export is missing" 2 < <(head -n -5 "$archive")
wrong "$((second - 1)): records of the issue before are missing" 0 < <(sed "$((second - 1))d" "$archive")
wrong "$((third - 1)): records of the issue before are missing" 1 < <(sed "$((second + 3))d" "$archive")
wrong '1: a record without its issue' 0 < <(sed 1d "$archive")
wrong '1: this is no issue from an export' 0 < <(echo '{"type":"issue","id":"x"}')
wrong '0: the end of the export is missing' 0 < <(printf '')
wrong "$total: the export counts other records than it has" 3 < <(sed 's/"type":"end","issues":3/"type":"end","issues":4/' "$archive")
head -c 3000 "$archive" >"$folder/cut" # in the middle of a line
index 2 --index "$folder/new" --import "$folder/cut"
told "$folder/cut:$(($(wc -l <"$folder/cut") + 1)): "
index 2 --import "$folder/nothing"
[[ $err == "gazette-index: cannot open $folder/nothing: No such file or directory" ]] || fail "no file: $err"

# A disk that is full.
if [[ -w /dev/full ]]; then
    status=0
    "$GAZETTE_INDEX_BIN" --export >/dev/full 2>"$folder/err" || status=$?
    [[ $status -eq 2 && $(<"$folder/err") == 'gazette-index: cannot write the export: No space left on device' ]] ||
        fail "a full disk: $status $(<"$folder/err")"
fi
finish
