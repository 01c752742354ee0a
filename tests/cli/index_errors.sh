#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What goes wrong with gazette-index: one sentence on standard error, nothing on standard output, the right exit status.
set -euo pipefail
source "$SOURCE_DIR/tests/cli/index.bash"

# error STATUS SENTENCE ARGUMENT...
error() {
    local status=$1 sentence=$2
    shift 2
    index "$status" "$@"
    [[ $err == "gazette-index: $sentence" ]] || fail "$*: $err"
    [[ -z $out ]] || fail "$* prints $out"
}

# unreadable FILE REASON: the file is named with the reason, then the sum of the run.
unreadable() {
    index 2 --dump "$1"
    [[ $err == "$1: unreadable: $2"$'\ngazette-index: 1 file could not be read: see above' ]] || fail "$1: $err"
    [[ -z $out ]] || fail "$1 prints $out"
}

# The command line.
error 2 'no file or folder named: see --help'
error 2 'no file or folder named: see --help' --dump
error 2 'unknown option --nonsense: see --help' --nonsense
error 2 'unknown option -x: see --help' -x
error 2 'option --re is ambiguous: write it out' --re
error 2 'option --index needs DIR: see --help' --index
error 2 'option --dump takes no argument' --dump=yes
error 2 'unknown encoding "bad": use UTF-8, GB18030, Big5, UTF-16LE or UTF-16BE' --encoding bad "$samples"
[[ ! -e $GAZETTE_INDEX ]] || fail 'an error makes an index'

# Files and folders.
mkdir "$folder/empty" "$folder/folder.txt"
small notes.md 甲
mkfifo "$folder/fifo.txt"
for wrong in empty folder.txt; do
    error 2 "no issue (*.txt, *.pdf, *.docx, *.html) in the folder $folder/$wrong: name its files one by one" --dump "$folder/$wrong"
done
unreadable "$folder/none.txt" "cannot open $folder/none.txt: No such file or directory"
unreadable "$folder/fifo.txt" "$folder/fifo.txt is no regular file: name a text file or a folder"
unreadable /dev/null '/dev/null is no regular file: name a text file or a folder'
unreadable "$folder/notes.md/" "cannot open $folder/notes.md/: Not a directory"
small secret.txt 甲
chmod 0 "$folder/secret.txt"
if [[ ! -r $folder/secret.txt ]]; then # root reads everything
    unreadable "$folder/secret.txt" "cannot open $folder/secret.txt: Permission denied"
fi

# The index.
for action in --list --stats --check '--remove x'; do
    index 2 $action
    [[ $err == gazette-index:* && $err == *"$GAZETTE_INDEX"* && $(wc -l <"$folder/err") -eq 1 ]] || fail "$action: $err"
    index 2 --index "$folder/empty" $action
    [[ $err == gazette-index:* && $(wc -l <"$folder/err") -eq 1 ]] || fail "$action on no index: $err"
done
index 2 --index "$folder/notes.md" "$samples"
told "gazette-index: $folder/notes.md: "
[[ $(<"$folder/notes.md") == 甲 ]] || fail 'a file is overwritten'

# Two files of one name would be one issue; the same file twice is one file.
mkdir "$folder/other"
small twin.txt 甲
cp "$folder/twin.txt" "$folder/other/twin.txt"
index 2 --index "$folder/twins" "$folder/twin.txt" "$folder/other/twin.txt" "$folder/twin.txt"
[[ $err == *"$folder/other/twin.txt: unreadable: it has the same name as $folder/twin.txt"* ]] || fail "twins: $err"
index 0 --index "$folder/twins" --list
[[ $(wc -l <<<"$out") -eq 1 ]] || fail "twins: $out"

# Somebody else is writing.
index_samples
lock() {
    python3 - "$GAZETTE_INDEX/flintlock" "$folder/locked" <<'PYTHON' &
import fcntl, sys, time
with open(sys.argv[1], "r+b") as lock:
    fcntl.lockf(lock, fcntl.LOCK_EX)
    open(sys.argv[2], "w").close()
    time.sleep(60)
PYTHON
    holder=$!
    while [[ ! -e $folder/locked ]]; do sleep 0.05; done
}
lock
index 75 --rebuild "$samples"
[[ $err == gazette-index:* && $(wc -l <"$folder/err") -eq 1 ]] || fail "a second writer: $err"
index 75 --remove lanyun-2024-01
index 0 --list
index 0 --check
kill "$holder"
wait "$holder" 2>/dev/null || true
index 0 --rebuild "$samples"
finish
