#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Messages for people: the programs speak the language they are asked to, and English where they have none. What machines read is the
# same in every language.
source "$SOURCE_DIR/tests/cli/search.bash"
index_samples

# No message is missing, untranslated or unsure; and a catalogue that lacks one is seen.
if command -v xgettext >/dev/null; then
    "$SOURCE_DIR/scripts/update-po" --check || fail 'a catalogue is not up to date: scripts/update-po, and translate what is new'
    mkdir "$folder/tree"
    cp -R "$SOURCE_DIR"/{shim,corpus,indexer,searcher,scripts} "$folder/tree"
    printf '#define PLANTED _("a message that nobody has translated")\n' >>"$folder/tree/corpus/cli.c"
    "$folder/tree/scripts/update-po" --check >"$folder/out" && fail 'a missing message was not seen'
    grep -q 'nobody has translated\|used but not defined' "$folder/out" || fail "a missing message: $(<"$folder/out")"
    "$folder/tree/scripts/update-po"
    "$folder/tree/scripts/update-po" --check >"$folder/out" && fail 'an untranslated message was not seen'
    grep -q 'untranslated: "a message that nobody' "$folder/out" || fail "an untranslated message: $(<"$folder/out")"
fi

# Without a Chinese locale installed, LANGUAGE and any locale but C have the same effect.
chinese() {
    LC_ALL=C.UTF-8 LANGUAGE=zh_CN "$@"
}

# says STATUS TEXT COMMAND...: the command exits with STATUS and has TEXT in what it prints.
says() {
    local wanted=$1 text=$2 status=0
    shift 2
    "$@" >"$folder/out" 2>&1 </dev/null || status=$?
    [[ $status -eq $wanted ]] || fail "$* exits with $status, not $wanted"
    grep -qF -- "$text" "$folder/out" || fail "$*: no \"$text\" in: $(<"$folder/out")"
}

search_bin=$GAZETTE_SEARCH_BIN index_bin=$GAZETTE_INDEX_BIN

# An error of each room, a plural, a diagnostic, the help.
says 2 '未知的选项 --nonsense：见 --help' chinese "$search_bin" --nonsense
says 2 '这个括号没有关闭' chinese "$search_bin" '(教育 OR 医疗'
says 2 '这里没有索引' chinese "$search_bin" --index "$folder/none" 教育
says 2 '无法打开' chinese "$index_bin" --dump "$folder/none.txt"
says 2 '1 个文件无法读取' chinese "$index_bin" --dump "$folder/none.txt"
says 0 '按编号删除一期' chinese "$index_bin" --help
says 0 '退出状态' chinese "$search_bin" --help
printf '\xff\xfe\xff' >"$folder/odd.txt"
says 0 '保留为 U+FFFD' chinese "$index_bin" --dump --encoding UTF-8 "$folder/odd.txt"

# Every sentence of the help is Chinese: a line of an option has a Han character behind its name.
for program in "$search_bin" "$index_bin"; do
    chinese "$program" --help | sed -n 's/^  --[^ ]*\( [A-Z.]*\)\? *//p' >"$folder/sentences"
    [[ -s $folder/sentences ]] || fail "$program --help has no options"
    ! grep -vP '\p{Han}' "$folder/sentences" || fail "$program --help: the above is not translated"
done

# English in the C locale, where it is asked for, and where there is no catalogue; but never for lack of an installed locale.
says 2 'unknown option --nonsense' env -u LANGUAGE LC_ALL=C "$search_bin" --nonsense
says 2 'unknown option --nonsense' env LC_ALL=C LANGUAGE=zh_CN "$search_bin" --nonsense
says 2 'unknown option --nonsense' env LC_ALL=C.UTF-8 LANGUAGE=xx "$search_bin" --nonsense
says 2 '未知的选项 --nonsense' env -u LANGUAGE -u LC_ALL -u LC_MESSAGES LANG=zh_CN.UTF-8 "$search_bin" --nonsense
says 2 '未知的选项 --nonsense' env -u LANGUAGE LC_ALL=zh_CN.GB18030 "$search_bin" --nonsense
mkdir "$folder/bin"
cp "$search_bin" "$folder/bin"
says 2 'unknown option --nonsense' chinese "$folder/bin/gazette-search" --nonsense

# Answers are the same bytes in every locale.
for format in text json ndjson csv md; do
    LC_ALL=C "$search_bin" --number '云政发〔2024〕8号' --format "$format" >"$folder/english"
    chinese "$search_bin" --number '云政发〔2024〕8号' --format "$format" >"$folder/chinese"
    cmp "$folder/english" "$folder/chinese" || fail "--format $format depends on the language"
done
chinese "$index_bin" --dump "$SOURCE_DIR/corpus/issues/yungang-2024-03.txt" >"$folder/chinese"
LC_ALL=C "$index_bin" --dump "$SOURCE_DIR/corpus/issues/yungang-2024-03.txt" | cmp - "$folder/chinese" ||
    fail 'a dump depends on the language'
finish
