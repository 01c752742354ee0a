# SPDX-License-Identifier: GPL-2.0-or-later
"""What a person sees on a terminal: lines that fit, colours; and none of it elsewhere.

usage: python3 terminal.py GAZETTE_SEARCH GAZETTE_INDEX

Prints what is not as it should be, and fails when there is any.
"""
import os
import re
import subprocess
import sys
import tempfile
import unicodedata

import pseudo_terminal

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\]8;[^\x1b]*\x1b\\")
failures = 0


def fail(text):
    global failures
    failures += 1
    print("FAILED: %s" % text)


def on_terminal(columns, command, **environment):
    """What COMMAND writes on a terminal of its own that is COLUMNS wide."""
    return pseudo_terminal.on_terminal(columns, command, **environment).decode("utf-8").replace("\r\n", "\n")


def columns_of(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text if unicodedata.category(c) != "Mn")


def check_width(columns, text, what):
    """No line is wider; but one punctuation mark that may not begin a line may stand out."""
    for line in ESCAPE.sub("", text).splitlines():
        out = 2 if line and unicodedata.category(line[-1]).startswith("P") else 0
        if columns_of(line) > columns + out:
            fail("%s at %d columns: too wide: %s" % (what, columns, line))


def check_help(search, index):
    for program in (search, index):
        for columns in (60, 80, 120):
            for language in ("en", "zh_CN"):
                check_width(columns, on_terminal(columns, [program, "--help"], LANGUAGE=language), "--help")
        for language in ("en", "zh_CN"):
            short = on_terminal(80, [program, "-h"], LANGUAGE=language)
            check_width(80, short, "-h")
            if len(short.splitlines()) > 40:
                fail("-h has %d lines" % len(short.splitlines()))


def check_answers(search):
    question = [search, "--unit", "市教育局"]
    for columns in (60, 80, 120):
        text = on_terminal(columns, question)
        check_width(columns, text, "an answer")
        if "\x1b[1m" not in text or "【" in text:
            fail("an answer has no colours: %r" % text[:200])
    links = ["--links", "http://127.0.0.1:8080"]
    text = on_terminal(60, question + links)
    check_width(60, text, "an answer with links")
    opened = re.findall(r"\x1b\]8;;([^\x1b]*)\x1b\\", text)
    if not re.match(r"http://127\.0\.0\.1:8080/doc/yungang-2024-03/[0-9]+$", opened[0]) or "#u" not in "".join(opened):
        fail("links: %s" % opened[:4])
    if opened[1::2] != [""] * len(opened[1::2]) or any("\x1b]8;;http" in line.rpartition("\x1b]8;;\x1b\\")[2] for line in text.splitlines()):
        fail("a link is not closed in its line")
    if "\x1b]8" in on_terminal(60, question + links, TERM="dumb") or "\x1b]8" in on_terminal(60, question):
        fail("links where they are not wanted")
    for words, environment in ((["--color", "never"], {}), ([], {"NO_COLOR": "1"}), ([], {"TERM": "dumb"})):
        text = on_terminal(80, question + words, **environment)
        if "\x1b" in text:
            fail("colours with %s %s" % (words, environment))


def check_progress(index):
    """The bar is there while files are read and gone at the end; diagnostics and the summary have lines of their own."""
    with tempfile.TemporaryDirectory() as folder:
        odd = os.path.join(folder, "odd.txt")
        with open(odd, "wb") as file:
            file.write("南川市人民政府令\n".encode() + b"\xff\xfe\n")
        command = [index, "--jobs", "1", "--index", os.path.join(folder, "index"), "--encoding", "UTF-8", "corpus/issues/lanyun-2024-01.txt", odd]
        text = on_terminal(80, command, LANGUAGE="en", COLUMNS="80")
        if not re.search(r"\r\x1b\[K\[ +\]   0%  0 of 2 files", text):
            fail("no bar: %r" % text)
        last = text.splitlines()[-1].rpartition("\x1b[K")[2]
        if not re.match(r"[0-9]+ files, ", last):
            fail("the summary stands beside the bar: %r" % last)
        for line in text.splitlines():
            shown = line.rpartition("\x1b[K")[2]
            if "undecodable" in line and not shown.startswith(odd):
                fail("a diagnostic stands beside the bar: %r" % line)
        for quiet in (["--quiet"], ["--list"]):
            if "%" in on_terminal(80, command[:5] + quiet + ([] if quiet == ["--list"] else command[7:])):
                fail("a bar with %s" % quiet)
        done = subprocess.run(command + ["--rebuild"], stderr=subprocess.PIPE, check=False)
        if b"\r" in done.stderr:
            fail("a bar where no terminal is")


def main(search, index):
    os.environ.update(TERM="xterm", PAGER="cat")
    check_help(search, index)
    check_answers(search)
    check_progress(index)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
