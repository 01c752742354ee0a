# SPDX-License-Identifier: GPL-2.0-or-later
"""Simplified to traditional script, one character for one, over a whole issue."""
import dataclasses
from pathlib import Path

TABLE = Path(__file__).with_name("traditional.tsv")


def load():
    """The table of the characters that differ, for str.translate."""
    pairs = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    return str.maketrans({a: b for a, b in pairs})


def convert(value, table):
    """The same value with every string in it turned; dates and layout names hold no Han characters and stay."""
    if isinstance(value, str):
        return value.translate(table)
    if isinstance(value, (list, tuple)):
        return type(value)(convert(v, table) for v in value)
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            setattr(value, field.name, convert(getattr(value, field.name), table))
    return value
