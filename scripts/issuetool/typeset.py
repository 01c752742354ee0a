# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines, pages and the writer that knows where every character went.

A run is (record, at, printed): `printed` shows the characters of the record's squeezed text from `at` on, with any
white space the damage put in. The writer turns runs into byte spans, so the truth needs no search in the text.
"""
import re

from .model import squeeze

HALF = re.compile("[\x20-\x7e\u2013]")
WORD = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.%&+/-")
NO_START = set("，。；：、）》”’！？〉】〕,;:)>%％」』")
NO_END = set("（《“‘〈〔【(<「『")


def width_of(text):
    return 2 * len(text) - len(HALF.findall(text))


def _slow_end(text, i, limit, breakable):
    """The end of the line that starts at `i`, where half-width characters occur."""
    used, end, n = 0, i, len(text)
    while end < n:
        step = 1 if HALF.match(text[end]) else 2
        if used + step > limit:
            break
        used += step
        end += 1
    if end < n and end - 1 not in breakable:
        start = end
        while start > i and text[start] in WORD and text[start - 1] in WORD:
            start -= 1
        if start > i:
            end = start
    return end


def _allowed_end(text, i, end, n):
    """Moves the end so that no line starts with closing or ends with opening punctuation."""
    if end >= n:
        return n
    if text[end] in NO_START:
        if (end + 1 >= n or text[end + 1] not in NO_START) and end % 3:
            end += 1
        else:
            end -= 1
            while end > i + 1 and text[end] in NO_START:
                end -= 1
    while end > i + 1 and text[end - 1] in NO_END:
        end -= 1
    return min(end, n)


def wrap(text, first, width, breakable=frozenset(), shrink=0):
    """Line bounds of `text`; widths in half-width units, the first `shrink` lines one character narrower.

    `breakable`: places (of characters) inside numbers where a line may break against the rules.
    """
    bounds, i, n, limit = [], 0, len(text), first
    while i < n:
        if shrink > 0:
            limit -= 2
            shrink -= 1
        k = limit // 2
        piece = text[i:i + k + 1]
        end = i + k if HALF.search(piece) is None else _slow_end(text, i, limit, breakable)
        if end >= n:
            end = n
        elif end - 1 not in breakable:
            end = _allowed_end(text, i, end, n)
        if end <= i:
            end = i + 1
        bounds.append((i, end))
        i = end
        limit = width
    return bounds


def wrap_paragraph(text, first, width, breakable, must_show_end):
    """As `wrap`; with `must_show_end` the last line is not full, so that the end can be seen."""
    bounds = wrap(text, first, width, breakable)
    if not must_show_end or len(bounds) < 2:
        return bounds
    for shrink in range(1, 9):
        if width_of(text[bounds[-1][0]:bounds[-1][1]]) < width - 5:
            break
        bounds = wrap(text, first, width, breakable, shrink)
    return bounds


def balanced(text, widest):
    """The lines of a centred title: of like length, `|` where the source wants a break."""
    if "|" in text:
        return text.split("|")
    total = width_of(text)
    rows = max(1, -(-total // widest))
    if rows == 1:
        return [text]
    return [text[a:b] for a, b in wrap(text, total // rows + 2, total // rows + 2)]


class Line:
    __slots__ = ("runs", "prefix", "kind")

    def __init__(self, runs, prefix="", kind=None):
        self.runs = runs
        self.prefix = prefix
        self.kind = kind     # the damage that put this line where it is


class Page:
    __slots__ = ("body", "late", "mid", "head", "foot", "used", "label", "tight")

    def __init__(self):
        self.body, self.late, self.mid, self.head, self.foot = [], [], [], [], []
        self.used = 0
        self.label = None
        self.tight = False   # a sideways page sets its own blank lines

    def lines(self, rng):
        """The lines in the order of the text layer."""
        body = self.body
        if self.mid and len(body) > 8:
            at = rng.randrange(len(body) // 3, len(body))
            body = body[:at] + self.mid + body[at:]
        else:
            body = body + self.mid
        return self.head + body + self.late + self.foot


def spaced(text):
    """The text letter by letter."""
    return " ".join(squeeze(text))


class Writer:
    """Joins lines to the text and gives every run its bytes."""

    def __init__(self, newline, start):
        self.parts = []
        self.at = start
        self.newline = newline
        self.order = []       # (record, kind) as written, to see what interrupts what

    def raw(self, text):
        self.parts.append(text)
        self.at += len(text.encode("utf-8"))

    def line(self, line, page):
        if line.prefix:
            self.raw(line.prefix)
        for rec, at, printed in line.runs:
            if rec is None:
                self.raw(printed)
                continue
            rec.runs.append((at, self.at, printed, page))
            self.order.append((rec, line.kind))
            self.raw(printed)
        self.raw(self.newline)


def place_of(run_list, start, end):
    """Byte spans of the squeezed places [start, end) of a record, from its runs in reading order."""
    spans = []
    for at, offset, printed, _page in run_list:
        size = len(squeeze(printed))
        if at + size <= start or at >= end:
            continue
        pos, byte, begin, stop = at, offset, None, offset
        for ch in printed:
            length = len(ch.encode("utf-8"))
            if squeeze(ch):
                if start <= pos < end:
                    begin = byte if begin is None else begin
                    stop = byte + length
                pos += 1
            byte += length
        if begin is not None:
            spans.append([begin, stop - begin])
    return spans


def blank_between(data, start, end):
    return end - start < 200 and squeeze(data[start:end].decode("utf-8", "replace")) == ""


def spans_of(run_list, data):
    """The record's own bytes in reading order; neighbours with only white space between them are one span."""
    spans = []
    for _at, offset, printed, _page in run_list:
        lead = len(printed) - len(printed.lstrip())
        body = printed.strip()
        if not body:
            continue
        start = offset + len(printed[:lead].encode("utf-8"))
        end = start + len(body.encode("utf-8"))
        if spans and spans[-1][1] <= start and blank_between(data, spans[-1][1], start):
            spans[-1][1] = end
        else:
            spans.append([start, end])
    return [[a, b - a] for a, b in spans]
