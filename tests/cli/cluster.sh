#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# An index on several servers answers as one in one piece, also from a replica; a server that is gone is named, and
# --partial makes do without it. (In a session of its own: xapian-tcpsrv ends with all its process group.)
set -euo pipefail
exec setsid --wait "$SOURCE_DIR/scripts/cluster-demo" --bin "$(dirname "$GAZETTE_INDEX_BIN")"
