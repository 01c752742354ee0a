# SPDX-License-Identifier: GPL-2.0-or-later
"""Nothing of an issue, of its name or of a query is obeyed by the terminal that shows it.

usage: python3 hostile_terminal.py GAZETTE_INDEX GAZETTE_SEARCH FOLDER

Indexes the issues in FOLDER, whose texts and names have control characters in them, and asks for them in every format, all on a
terminal of its own. Prints what was sent that should not have been, and fails then.
"""
import os
import re
import sys
import unicodedata

from pseudo_terminal import on_terminal

# What the programs send themselves: styles, erasing the line of the progress, links.
OWN = re.compile(r"\x1b\[[0-9;]*m|\x1b\[K|\x1b\[0K|\x1b\]8;[^\x07\x1b]*\x1b\\")
TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
FORMATS = ("text", "json", "ndjson", "csv", "tsv", "md", "gbt", "bibtex", "akn", "atom")


def obeyed(output):
    """What a terminal would obey in OUTPUT, the programs' own styles aside."""
    try:
        text = output.decode("utf-8")
    except UnicodeDecodeError as error:
        return "bytes that are no text: %r" % output[max(0, error.start - 20):error.end + 20]
    for colour in ("\x1b[31m", "\x1b[2J"):  # those of the texts are none of the programs' own
        if colour in text:
            return repr(colour)
    for character in OWN.sub("", text):
        if character in TURNING or (unicodedata.category(character) == "Cc" and character not in "\r\n\t"):
            return repr(character)
    return None


def main():
    index_bin, search_bin, folder = sys.argv[1:4]
    index = os.path.join(folder, "index")
    index_command, search_command = [index_bin, "--index", index], [search_bin, "--index", index]
    files = sorted(os.path.join(folder, name) for name in os.listdir(folder))
    commands = [index_command + files, index_command + ["--list"], index_command + ["--stats"], index_command + ["--export"],
                index_command + ["--remove", "\x1b[31m\u009b"], index_command + ["--dump", *files]]
    for name in FORMATS:
        commands.append(search_command + ["--format", name, "--level", "unit", "--keyword", "加强"])
        commands.append(search_command + ["--format", name, "加强\x1b[31m\u202e巡查"])
    commands += [search_command + arguments for arguments in (
        ["--show", "\x1b[31m\u009b\u202e"], ["--explain", "加强\x1b[31m\u009b"], ["--kwic", "加强"], ["--facets", "加强"],
        ["--number", "岚政发\x1b[31m〔2024〕1号"], ["--format", "\x1b[31m", "加强"], ["--\x1b[31m"], ["--cited-not-held"])]
    wrong = [(command, what) for command in commands if (what := obeyed(on_terminal(80, command, TERM="xterm", PAGER="cat", COLUMNS="80")))]
    for command, what in wrong:
        print("FAILED: %s sends %s" % (" ".join(ascii(word) for word in command[3:]), what))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
