# SPDX-License-Identifier: GPL-2.0-or-later
#
# For the tests of gazette-web: an index of the sample issues, and servers on ports that are free.
source "$SOURCE_DIR/tests/cli/search.bash"
[[ -x $GAZETTE_WEB_BIN ]] || exit 77

servers=() served=0
stop_servers() {
    local pid
    for pid in "${servers[@]}"; do
        kill "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || fail "a server ended with status $?: $(tail -n 60 "$folder/complaints")"
    done
    servers=()
}
trap 'stop_servers; rm -rf "$folder"' EXIT

# serve ARGUMENT...: starts a server; its address, http://127.0.0.1:PORT/, is in $url, its process in $server.
serve() {
    local place=$folder/address.$((++served))
    mkfifo "$place"
    "$GAZETTE_WEB_BIN" --listen 127.0.0.1:0 "$@" >"$place" 2>"$folder/complaints" &
    server=$!
    servers+=("$server")
    read -r url <"$place" || fail "no server: $(<"$folder/complaints")"
}

# client NAME ARGUMENT...: runs tests/web/NAME.py with the address and the arguments.
client() {
    python3 -B "$SOURCE_DIR/tests/web/$1.py" "$url" "${@:2}" || fail 'see above'
}
