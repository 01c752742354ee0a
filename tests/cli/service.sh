#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The unit of gazette-web is sound and leaves a service little that it could do, as systemd itself judges.
set -euo pipefail

unit=$BUILD_DIR/searcher/web/gazette-web.service
[[ -f $unit ]] || exit 77 # a build without the program
command -v systemd-analyze >/dev/null || { echo 'systemd-analyze is not installed'; exit 77; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
sed "s|^ExecStart=[^ ]*|ExecStart=$GAZETTE_WEB_BIN|" "$unit" >"$folder/gazette-web.service"
report=$(systemd-analyze verify --man=no "$folder/gazette-web.service" 2>&1 | grep -F gazette-web || true)
[[ -z $report ]] || { echo "$report"; exit 1; }
systemd-analyze security --offline=true --threshold=15 --no-pager "$folder/gazette-web.service" >"$folder/security" || {
    cat "$folder/security"
    exit 1
}
