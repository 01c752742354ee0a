# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads the tables that say what a program's options are, and what fields its queries have."""
import re
from collections import namedtuple


class Option(namedtuple("Option", "name argument group help")):
    """A row of an options.def."""

    @property
    def dashed(self):
        """The option as it is typed: a name of one letter has one dash."""
        return ("-" if len(self.name) == 1 else "--") + self.name


Field = namedtuple("Field", "chinese english meaning")

_TEXT = r'"((?:[^"\\]|\\.)*)"'
_OPTION = re.compile(r"GAZ_OPTION\(\s*\w+,\s*%s,\s*(?:NULL|%s),\s*%s,\s*%s\s*\)" % ((_TEXT,) * 4))
_FIELD = re.compile(r"GAZ_FIELD\(\s*\w+,\s*%s,\s*%s,\s*%s\s*\)" % ((_TEXT,) * 3))


def _rows(path, pattern, name):
    """The rows of the table in the file PATH; an entry that cannot be read is an error, not left out."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith(("//", "#"))]
    text = "\n".join(lines)
    rows = [tuple(re.sub(r"\\(.)", r"\1", value or "") for value in match.groups()) for match in pattern.finditer(text)]
    if not rows or len(rows) != text.count(name + "("):
        raise SystemExit("%s: an entry that is not %s(…) as its first comment says" % (path, name))
    return rows


def options(path):
    """The options of an options.def, in order; `argument` is "" where there is none, "[=N]" where it may be left out."""
    return [Option(*row) for row in _rows(path, _OPTION, "GAZ_OPTION")]


def fields(path):
    """The fields of a fields.def, in order."""
    return [Field(*row) for row in _rows(path, _FIELD, "GAZ_FIELD")]
