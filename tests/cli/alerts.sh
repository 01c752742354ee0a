#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Saved questions tell what is new, once, whatever happens to files, names and the index meanwhile.
source "$SOURCE_DIR/tests/cli/search.bash"
export XDG_DATA_HOME=$folder/data
store=$XDG_DATA_HOME/gazette/alerts
issues=$SOURCE_DIR/corpus/issues

index() {
    "$GAZETTE_INDEX_BIN" --quiet "$@"
}

# news COUNT ARGUMENT...: --alerts with the arguments tells so many hits.
news() {
    local wanted=$1 status=0
    shift
    [[ $wanted -gt 0 ]] || status=1
    search $status --alerts --format ndjson "$@"
    [[ $(grep -c . <<<"$out") -eq $wanted ]] || fail "--alerts $*: $(grep -c . <<<"$out") lines, not $wanted: $out"
}

# issue FILE NUMBER UNIT TEXT: an issue with one document.
issue() {
    printf '南政发〔2024〕%s号\n\n南川市人民政府关于%s的通知\n\n各县（市、区）人民政府：\n\n  一、%s。（责任单位：%s）\n' \
        "$2" "$4" "$4" "$3" >"$folder/$1"
}

# --- what is new, once ---
index "$issues"/lan*.txt
search 0 --save 海洋 海洋新材料 --level unit
[[ $err == '3 hits are known;'* ]] || fail "saving says: $err"
search 0 --save 教育局 --unit 市教育局 --role lead --since 2024-01
search 1 --alerts
[[ -z $out ]] || fail "no news is: $out"
index "$issues/yungang-2024-03.txt"
news 10
json_lines=$out
for key in '"alert":"海洋"' '"alert":"教育局"' '"rank":1,' '"id":"yungang-2024-03/'; do
    [[ $json_lines == *"$key"* ]] || fail "no $key in the news"
done
news 0

# --- the list ---
search 0 --saved
[[ $out == $'教育局\t1\t--unit 市教育局 --role lead --since 2024-01\n海洋\t12\t--level unit 海洋新材料' ]] || fail "--saved: $out"
search 2 --save 海洋 教育
[[ $err == *'--forget that one first'* ]] || fail "a second one of a name: $err"
search 0 --forget 教育局
search 2 --forget 教育局
search 2 --alerts=教育局
[[ $err == *'see --saved'* ]] || fail "an unknown one: $err"

# --- names and questions that cannot be ---
for name in '' . .hidden ../up a/b -x $'a\nb' "$(printf 'x%.0s' {1..101})"; do
    search 2 --save "$name" 教育
done
for option in --kwic --extract --limit=3 --offset=1; do
    search 2 --save y 教育 "$option"
    [[ $err == *"${option%=*}"* ]] || fail "$option: $err"
done
search 2 --save y --show '云政发〔2024〕8号'
search 2 --save y --batch /dev/null
search 2 --save y '(教育 OR 医疗'
search 2 --save y --unit 市教育局 more
search 2 --alerts 教育
search 2 --alerts --format csv
search 2 --alerts --save y 教育
search 0 --saved
[[ $out == 海洋* && $out != *$'\ny'* ]] || fail "what failed was saved: $out"

# --- what is no news: an index made anew, a file renamed, an issue removed and put back ---
rm -rf "$GAZETTE_INDEX"
index "$issues"/*.txt
news 0
mkdir "$folder/renamed"
cp "$issues/yungang-2024-03.txt" "$folder/renamed/another-name-2024-03.txt"
"$GAZETTE_INDEX_BIN" --quiet --remove yungang-2024-03
news 0
index "$folder/renamed"
news 0
search 0 --save 缺 --cited-not-held
issue nanchuan-2024-01.txt 1 市农业农村局 '落实南政办发〔2019〕77号，推广海洋新材料'
index "$folder/nanchuan-2024-01.txt"
news 3 # the number, the document and its clause
[[ $(grep -c '"alert":"缺"' <<<"$out") -eq 1 && $out == *南政办发〔2019〕77号* ]] || fail "the number that is cited: $out"

# --- text and Atom ---
issue nanchuan-2024-02.txt 2 市农业农村局 '保护<海洋新材料>&“产业”'
index "$folder/nanchuan-2024-02.txt"
cp -r "$XDG_DATA_HOME" "$folder/before"
search 0 --alerts=海洋
has $'海洋  新到 2 条\n\n 1. '
has '【海洋新材料】'
rm -rf "$XDG_DATA_HOME"
cp -r "$folder/before" "$XDG_DATA_HOME"
search 0 --alerts --format atom --links https://example.org/gazette
python3 - "$folder/out" <<'PYTHON' || fail "the feed is not as it should be: $out"
import sys, xml.etree.ElementTree as tree
atom = "{http://www.w3.org/2005/Atom}"
feed = tree.parse(sys.argv[1]).getroot()
entries = feed.findall(atom + "entry")
assert feed.tag == atom + "feed" and len(entries) == 2
for element in (feed, *entries):
    for name in ("id", "title", "updated"):
        assert element.find(atom + name).text, name
assert len({entry.find(atom + "id").text for entry in entries}) == 2
assert all(entry.find(atom + "category").get("term") == "海洋" for entry in entries)
links = sorted(entry.find(atom + "link").get("href") for entry in entries)
assert links == ["https://example.org/gazette/doc/nanchuan-2024-02/1" + tail for tail in ("", "#u1")], links
assert any("<海洋新材料>&" in entry.find(atom + "summary").text for entry in entries)
PYTHON
news 0

# --- nobody reads: it is told again ---
issue nanchuan-2024-03.txt 3 市农业农村局 '再论海洋新材料'
index "$folder/nanchuan-2024-03.txt"
"$GAZETTE_SEARCH_BIN" --alerts=海洋 --format ndjson >/dev/full 2>"$folder/err" && fail 'a full disk was not seen'
[[ -s $folder/err ]] || fail 'a full disk is no error'
news 2
# What a killed run has left is no question and in nobody's way.
echo '{"half' >"$store/海洋.json.new"
issue nanchuan-2024-04.txt 4 市农业农村局 '四论海洋新材料'
index "$folder/nanchuan-2024-04.txt"
news 2

# --- many at once tell each hit once ---
issue nanchuan-2024-05.txt 5 市农业农村局 '五论海洋新材料'
index "$folder/nanchuan-2024-05.txt"
for run in {1..8}; do
    "$GAZETTE_SEARCH_BIN" --alerts --format ndjson >"$folder/run$run" 2>>"$folder/err" || true &
done
wait
[[ $(cat "$folder"/run* | grep -c .) -eq 2 ]] || fail "eight at once: $(cat "$folder"/run*)"

# --- while the index is being changed ---
for n in {6..15}; do
    issue "nanchuan-2024-$n.txt" "$n" 市农业农村局 "第${n}论海洋新材料"
done
(for n in {6..15}; do index "$folder/nanchuan-2024-$n.txt"; done) &
writer=$!
: >"$folder/told"
while kill -0 $writer 2>/dev/null; do
    status=0
    "$GAZETTE_SEARCH_BIN" --alerts=海洋 --format ndjson >>"$folder/told" 2>"$folder/err" || status=$?
    [[ $status -le 1 || $status -eq 75 ]] || fail "while the index is being changed: $(<"$folder/err")"
done
wait $writer || fail 'the writer failed'
"$GAZETTE_SEARCH_BIN" --alerts=海洋 --format ndjson >>"$folder/told" || true
[[ $(wc -l <"$folder/told") -eq 20 ]] || fail "$(wc -l <"$folder/told") hits were told, not 20"

# --- one that cannot be asked does not silence the others ---
echo nonsense >"$store/坏.json"
issue nanchuan-2024-16.txt 16 市农业农村局 '十六论海洋新材料'
index "$folder/nanchuan-2024-16.txt"
search 2 --alerts --format ndjson
[[ $err == *'坏: what is saved as 坏 is damaged'* && $(grep -c . <<<"$out") -eq 2 ]] || fail "a damaged one: $err $out"
search 0 --forget 坏

# --- a unit that is renamed is followed ---
export GAZETTE_DATA=$folder/names
mkdir "$GAZETTE_DATA"
cp "$SOURCE_DIR"/corpus/*.tsv "$GAZETTE_DATA"
printf '{}云雾资源管理局\t{}云雾局\t{}人民政府\n' >>"$GAZETTE_DATA/authority.tsv"
issue nanchuan-2024-20.txt 20 市云雾局 观测云雾
index "$folder/nanchuan-2024-20.txt"
search 0 --save 云雾 --unit 市云雾局
[[ $err == '1 hit is known;'* ]] || fail "the unit under its old name: $err"
# The body has a new name, and the file knows the full old one as one of its short names, but not 云雾局.
sed -i 's/^{}云雾资源管理局.*/{}气候云雾服务中心\t{}云雾资源管理局\t{}人民政府/' "$GAZETTE_DATA/authority.tsv"
issue nanchuan-2024-21.txt 21 市气候云雾服务中心 预报云雾
index "$folder/nanchuan-2024-21.txt"
search 1 --unit 市云雾局 --since 2030
news 1 --format ndjson
[[ $out == *预报云雾* ]] || fail "the unit under its new name: $out"
unset GAZETTE_DATA

# --- nowhere to keep them ---
status=0
env -u HOME -u XDG_DATA_HOME "$GAZETTE_SEARCH_BIN" --saved 2>"$folder/err" || status=$?
[[ $status -eq 2 && $(<"$folder/err") == *'set HOME'* ]] || fail "no HOME: $(<"$folder/err")"
HOME=$folder/home XDG_DATA_HOME=relative "$GAZETTE_SEARCH_BIN" --saved
[[ -d $folder/home/.local/share/gazette/alerts ]] || fail 'a relative XDG_DATA_HOME is not ignored'
[[ $(stat -c %a "$store") == 700 ]] || fail "others may read: $(stat -c %a "$store")"
finish
