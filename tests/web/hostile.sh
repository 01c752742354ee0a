#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Requests that nobody sends who means well: the server says no, or drops them, and goes on answering others.
source "$SOURCE_DIR/tests/web/web.bash"
index_samples
serve --source "$SOURCE_DIR/corpus/issues"
client hostile
kill -0 "$server" || fail "the server is gone"
finish
