#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# How gazette-web begins, sees that its index has changed, and ends.
source "$SOURCE_DIR/tests/web/web.bash"
index_samples

# refuses TEXT ARGUMENT...: with them it does not start, and says why.
refuses() {
    local status=0
    "$GAZETTE_WEB_BIN" "${@:2}" >"$folder/out" 2>"$folder/err" || status=$?
    [[ $status -eq 2 && ! -s $folder/out && $(<"$folder/err") == "gazette-web: $1" ]] || fail "${*:2}: $status: $(<"$folder/err")"
}
refuses 'nowhere: no index here: make one with gazette-index --index nowhere PATH…' --index nowhere
refuses 'here is no address to listen on: use HOST:PORT, as 127.0.0.1:8080' --listen here
refuses '::1:80 is no address to listen on: use HOST:PORT, as 127.0.0.1:8080' --listen ::1:80
refuses 'odd is left over: see --help' odd
refuses 'cannot read /nowhere: No such file or directory' --source /nowhere --listen 127.0.0.1:0
"$GAZETTE_WEB_BIN" --version | grep -q '^gazette-web [0-9]' || fail version

# A port that is taken.
serve
port=${url#*127.0.0.1:} port=${port%/}
refuses "cannot listen on 127.0.0.1:$port: Address already in use" --listen "127.0.0.1:$port"
[[ $url == "http://127.0.0.1:$port/" ]] || fail "printed: $url"

# By default only this machine reaches it.
grep -q '^static const char default_address\[\] = "127\.0\.0\.1:' "$SOURCE_DIR/searcher/web/main.c" || fail 'listens to everybody'

# get TARGET: the code, and the content in $folder/got.
get() {
    python3 - "$url${1#/}" "$folder/got" <<'PYTHON'
import sys, urllib.error, urllib.request
try:
    answer = urllib.request.urlopen(sys.argv[1], timeout=60)
except urllib.error.HTTPError as error:
    answer = error
open(sys.argv[2], "wb").write(answer.read())
print(answer.status if hasattr(answer, "status") else answer.code)
PYTHON
}

# What a writer has committed is seen by the next request; also when the index was made anew in its place.
printf '南政发〔2024〕3号\n\n南川市人民政府关于加强农村公路养护的通知\n\n各县（市、区）人民政府：\n\n  为加强农村公路养护，现通知如下。\n' >"$folder/nanchuan-2024-01.txt"
[[ $(get '/doc/nanchuan-2024-01/1') == 404 ]] || fail 'there before it was indexed'
"$GAZETTE_INDEX_BIN" --quiet "$folder/nanchuan-2024-01.txt"
[[ $(get '/doc/nanchuan-2024-01/1') == 200 ]] || fail 'not seen after the commit'
"$GAZETTE_INDEX_BIN" --quiet --remove nanchuan-2024-01
[[ $(get '/doc/nanchuan-2024-01/1') == 404 ]] || fail 'there after it was removed'
mv "$GAZETTE_INDEX" "$folder/away"
[[ $(get '/healthz') == 503 && $(get '/search?q=a') == 503 ]] || fail 'no index, but not 503'
! grep -q "$folder" "$folder/got" || fail 'tells where the index is'
mv "$folder/away" "$GAZETTE_INDEX"
[[ $(get '/healthz') == 200 ]] || fail 'does not come back'

# The source of an issue is found by its id, also where that is too long to be the whole name of the file.
mkdir "$folder/sources"
name=$(printf '岚%.0s' {1..30})
cp "$folder/nanchuan-2024-01.txt" "$folder/sources/$name-2024-01.txt"
"$GAZETTE_INDEX_BIN" --quiet "$folder/sources"
id=$("$GAZETTE_INDEX_BIN" --list | grep '^%E5%B2%9A' | cut -f1)
[[ ${#id} -gt 90 && ${#id} -lt 180 ]] || fail "the id is $id"
serve --source "$folder/sources"
[[ $(get "/source/${id//%/%25}/1") == 200 ]] || fail 'the source of an issue with a long name is not found'

# It ends when it is told to, behind what it is answering, with status 0.
for signal in TERM INT; do
    serve
    for _ in 1 2 3 4; do get '/search?q=%E6%95%99%E8%82%B2' >"$folder/code.$_" & clients+=($!); done
    wait "${clients[@]}"
    clients=()
    kill -s "$signal" "$server"
    wait "$server" || fail "ended by $signal with status $?"
    unset 'servers[-1]'
    [[ $(<"$folder/code.1") == 200 ]] || fail "an answer before $signal: $(<"$folder/code.1")"
done
finish
