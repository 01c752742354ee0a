#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every page of gazette-web: what it says, that it is good HTML, and that all its links lead somewhere.
source "$SOURCE_DIR/tests/web/web.bash"
index_samples
serve --source "$SOURCE_DIR/corpus/issues" --name '云港市公报<试>'
client pages
finish
