#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What a person does with gazette-web, in a headless Chromium: search, open, follow, copy, narrow, go back; on a phone, in the dark, in
# print, with the keyboard, and without scripts. With an argument, screenshots are put in that folder.
python=
for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c 'import selenium' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [[ -z $python ]] || ! command -v chromedriver >/dev/null || ! command -v chromium >/dev/null; then
    echo 'python3-selenium, chromium or chromium-driver is not installed'
    exit 77
fi
source "$SOURCE_DIR/tests/web/web.bash"
index_samples
serve --source "$SOURCE_DIR/corpus/issues"
HOME=$folder "$python" -B "$SOURCE_DIR/tests/web/browser.py" "$url" "$@" || fail 'see above'
finish
