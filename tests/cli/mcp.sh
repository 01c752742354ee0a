#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# gazette-search --mcp, asked by a client of the protocol.
source "$SOURCE_DIR/tests/cli/search.bash"
index_samples
python3 "$SOURCE_DIR/tests/cli/mcp.py" "$GAZETTE_SEARCH_BIN" "$GAZETTE_INDEX" || fail 'see above'

# What is indexed meanwhile is found: the client is told to wait for the index, and asks again.
message='{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"number","arguments":{"number":"南政发〔2024〕3号"},"_meta":'
message+='{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}'
printf '南政发〔2024〕3号\n\n南川市人民政府关于加强农村公路养护的通知\n\n各县（市、区）人民政府：\n\n  为加强农村公路养护，现通知如下。\n' >"$folder/nanchuan-2024-01.txt"
coproc SERVER { "$GAZETTE_SEARCH_BIN" --mcp; }
printf '%s\n' "$message" >&"${SERVER[1]}"
read -r before <&"${SERVER[0]}"
"$GAZETTE_INDEX_BIN" --quiet "$folder/nanchuan-2024-01.txt"
printf '%s\n' "$message" >&"${SERVER[1]}"
read -r after <&"${SERVER[0]}"
[[ $before == *'\"state\":\"not_found\"'* ]] || fail "found before it was there: $before"
[[ $after == *'\"state\":\"found\"'* ]] || fail "not found: $after"

# A client that goes away ends it quietly.
{ yes "$message" || true; } 2>/dev/null | { "$GAZETTE_SEARCH_BIN" --mcp 2>"$folder/err" || echo "status $?" >>"$folder/err"; } | head -n 2 >/dev/null
[[ ! -s $folder/err ]] || fail "a closed pipe: $(<"$folder/err")"
finish
