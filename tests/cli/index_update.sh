#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# gazette-index --index: what is new or changed is read, what is not is skipped; nothing else changes.
set -euo pipefail
source "$SOURCE_DIR/tests/cli/index.bash"

index 0 "$samples"
counts 3 0 0
[[ -z $out ]] || fail "prints $out"
index 0 --list
[[ $out == $'lanchuan-2024-02\t澜川市人民政府公报\t2024年第2期\t总第88期
lanyun-2024-01\t嵐雲縣政府公報\t2024年第1期\t總第412期
yungang-2024-03\t云港市人民政府公报\t2024年第3期\t总第181期' ]] || fail "--list: $out"
index 0 --check
[[ -z $out && $err == 'sound: 3 issues, '*' terms compared with the records of 3 issues' ]] || fail "--check: $out$err"
index 0 --stats
[[ $out == *$'\nissue\t3\n'* ]] || fail "--stats: $out"
stats=$out
search 0 --number '云政办〔2024〕23号'
has 云政办〔2024〕23号

# Again: nothing is read, and what the index says is the same.
index 0 "$samples"
counts 0 3 0
index 0 --rebuild "$samples/lanyun-2024-01.txt" "$samples/yungang-2024-03.txt"
counts 2 0 0
index 0 --stats
[[ $out == "$stats" ]] || fail "--rebuild changes the counts: $out"
index 0 --quiet "$samples"
[[ -z $out$err ]] || fail "--quiet: $out$err"

# A changed file takes the place of what was read from it before; what it was read as counts too.
small 岚溪-2024-03.txt 岚溪市人民政府公报 2024年第3期 岚政发〔2024〕7号 岚溪市人民政府 关于加强河道管理的通知 \
    各县（市、区）人民政府： 为加强河道管理，现通知如下。 岚溪市人民政府 2024年3月18日
index 0 "$folder/岚溪-2024-03.txt"
counts 1 0 0
index 0 "$folder/岚溪-2024-03.txt"
counts 0 1 0
search 0 --number '岚政发〔2024〕7号'
sed -i 's/7号/8号/' "$folder/岚溪-2024-03.txt"
index 0 "$samples" "$folder/岚溪-2024-03.txt"
counts 1 3 0
search 0 --number '岚政发〔2024〕8号'
search 1 --number '岚政发〔2024〕7号'
index 0 --encoding UTF-8 "$folder/岚溪-2024-03.txt"
counts 1 0 0
index 0 --list
[[ $(wc -l <"$folder/out") -eq 4 ]] || fail "not four issues: $out"

# A file that is gone leaves its issue where it is; one that cannot be read does not stop the others.
mv "$folder/岚溪-2024-03.txt" "$folder/moved"
index 2 "$folder/岚溪-2024-03.txt" "$samples"
counts 0 3 1
search 0 --number '岚政发〔2024〕8号'

# Removing: all or nothing.
index 2 --remove yungang-2024-03 --remove nothing
[[ $err == 'gazette-index: no issue nothing in the index: see --list' ]] || fail "--remove: $err"
search 0 --number '云政办〔2024〕23号'
index 0 --remove yungang-2024-03 --remove '%E5%B2%9A%E6%BA%AA-2024-03'
index 0 --list
[[ $(cut -f1 "$folder/out") == $'lanchuan-2024-02\nlanyun-2024-01' ]] || fail "after --remove: $out"
index 0 --check
index 0 "$samples"
counts 1 2 0
index 0 --stats
[[ $out == "$stats" ]] || fail "removed and read again, the counts change: $out"

# Names of files as long as a file system takes them.
long=$(printf '岚%.0s' {1..83})
small "$long.txt" 甲
index 0 "$folder/$long.txt"
index 0 "$folder/$long.txt"
counts 0 1 0
finish
