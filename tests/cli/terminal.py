# SPDX-License-Identifier: GPL-2.0-or-later
"""What a person sees on a terminal: lines that fit, colours; and none of it elsewhere.

usage: python3 terminal.py GAZETTE_SEARCH GAZETTE_INDEX

Prints what is not as it should be, and fails when there is any.
"""
import fcntl
import os
import pty
import re
import struct
import sys
import termios
import unicodedata

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\]8;[^\x1b]*\x1b\\")
failures = 0


def fail(text):
    global failures
    failures += 1
    print("FAILED: %s" % text)


def on_terminal(columns, command, **environment):
    """What COMMAND writes on a terminal of its own that is COLUMNS wide."""
    child, terminal = pty.fork()
    if child == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        os.execvpe(command[0], command, dict(os.environ, **environment))
    output = b""
    while True:
        try:
            some = os.read(terminal, 65536)
        except OSError: # so Linux reports that the other side is closed
            some = b""
        if not some:
            break
        output += some
    os.close(terminal)
    os.waitpid(child, 0)
    return output.decode("utf-8").replace("\r\n", "\n")


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
    for words, environment in ((["--color", "never"], {}), ([], {"NO_COLOR": "1"}), ([], {"TERM": "dumb"})):
        text = on_terminal(80, question + words, **environment)
        if "\x1b" in text:
            fail("colours with %s %s" % (words, environment))


def main(search, index):
    os.environ.update(TERM="xterm", PAGER="cat")
    check_help(search, index)
    check_answers(search)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
