# SPDX-License-Identifier: GPL-2.0-or-later
"""The clean structure of an issue, before any damage.

A text is written with its citations marked: `<<implements:《…》>>`, `<<云政发〔2023〕6号>>` (relation `cites` when none is
named). `parse_marks` takes the marks out and keeps their places, so every later step sees the text as it is printed.
"""
import re
from dataclasses import dataclass, field

RELATIONS = ("cites", "issues", "forwards", "implements", "amends", "repeals")
MARK = re.compile(r"<<(?:(%s):)?(.+?)>>" % "|".join(RELATIONS))
TITLE = re.compile(r"《[^《》]+》")
SPACE = re.compile(r"[\s\u3000\u00a0\ufeff]+")


def squeeze(text):
    """The text without any white space: the form in which texts are compared and places are counted."""
    return SPACE.sub("", text)


@dataclass
class Cite:
    """A citation in a text; `start` and `end` count characters."""
    start: int
    end: int
    kind: str
    relation: str


def parse_marks(marked):
    """The printed text and its citations. A 《title》 that is not marked is cited."""
    if "《" not in marked and "<<" not in marked:
        return marked, []
    cites, out, size, last = [], [], 0, 0
    for found in MARK.finditer(marked):
        out.append(marked[last:found.start()])
        size += len(out[-1])
        body = found.group(2)
        kind = "title" if body.startswith("《") else "number"
        cites.append(Cite(size, size + len(body), kind, found.group(1) or "cites"))
        out.append(body)
        size += len(body)
        last = found.end()
    out.append(marked[last:])
    text = "".join(out)
    taken = {c.start for c in cites}
    for found in TITLE.finditer(text):
        if found.start() not in taken:
            cites.append(Cite(found.start(), found.end(), "title", "cites"))
    cites.sort(key=lambda c: c.start)
    return text, cites


@dataclass
class Para:
    """A paragraph; numbered when `label` is not empty. `text` is the whole, label and heading included."""
    text: str
    label: str = ""
    heading: str = ""
    cites: list = field(default_factory=list)
    closing: bool = False     # stands under no heading, though one came before

    @classmethod
    def plain(cls, marked, closing=False):
        text, cites = parse_marks(marked)
        return cls(text, cites=cites, closing=closing)

    @classmethod
    def clause(cls, label, heading, rest=""):
        text, cites = parse_marks(label + heading + rest)
        return cls(text, label, parse_marks(heading)[0], cites)


CARRIED = "^"     # a merged cell: the value of the row above holds, nothing is printed
REPEATED = "^^"   # a merged cell which is printed again, as at the top of a page


@dataclass
class Table:
    """Rows of cells; a cell may be CARRIED or REPEATED. `style`: sideways, tab, cells."""
    columns: list
    rows: list
    style: str = "sideways"
    matrix: bool = False
    cites: dict = field(default_factory=dict)   # (row, column), both from 0 → citations of the cell


@dataclass
class Attachment:
    n: str            # as printed after 附件, "" when the only one has no number
    title: str        # "|" stands where the printed title breaks
    body: list = field(default_factory=list)   # Para and Table
    printed: bool = True


@dataclass
class Day:
    text: str
    date: str


@dataclass
class Entry:
    text: str
    date: str
    people: list      # (name, role)
    cites: list = field(default_factory=list)


@dataclass
class Caption:
    text: str
    photographer: str = ""


@dataclass
class Document:
    cls: str
    section: str = ""
    title: str = ""               # "|" stands where the printed title breaks
    number: str = ""
    numbers: list = field(default_factory=list)
    registration: str = ""
    issuer: str = ""
    kind: str = ""
    addressee: str = ""
    signature: str = ""
    date_text: str = ""
    date: str = ""
    plan_title: str = ""
    number_label: str = ""        # 發文字號： in letters
    date_label: str = ""          # 發文日期：
    layout: str = "plain"         # plain, late-header, notice-a, notice-b; letter: date and number under the title
    new_page: bool = True
    cover: list = field(default_factory=list)
    body: list = field(default_factory=list)
    attachments: list = field(default_factory=list)
    captions: list = field(default_factory=list)


@dataclass
class Issue:
    stem: str
    gazette: str
    year: int
    number: int
    serial: int
    documents: list = field(default_factory=list)
    masthead: list = field(default_factory=list)
    contents: list = field(default_factory=list)
    first_folio: int = 1


KINDS = ("实施意见", "意见", "决定", "通知", "通告", "公告", "办法", "规定", "批复", "函", "令", "通报", "方案", "細則",
    "细则", "命令")


def kind_of(title):
    """文种: the last word of the title, brackets after it left aside."""
    bare = re.sub(r"（[^（）]*）$", "", squeeze(title.replace("|", "")))
    for kind in KINDS:
        if bare.endswith(kind):
            return {"实施意见": "意见"}.get(kind, kind)
    return ""


HAN = {c: i for i, c in enumerate("〇一二三四五六七八九")}
HAN.update({"○": 0, "O": 0, "Ｏ": 0, "零": 0, "０": 0})


def han_number(text):
    """十二 → 12, 二〇二三 → 2023, 12 and １２ → 12."""
    if text.isdigit():
        return int(text)
    if "十" in text:
        left, right = text.split("十")
        return (HAN[left] if left else 1) * 10 + (HAN[right] if right else 0)
    return int("".join(str(HAN[c]) for c in text))


def iso_date(text, year=None):
    """The ISO form of a printed date, 民國 years included; None when there is none."""
    bare = squeeze(text)
    era = 1911 if ("民國" in bare or "民国" in bare) else 0
    found = re.search(r"([\d０-９〇○OＯ零一二三四五六七八九十百]{2,4})年([\d０-９一二三四五六七八九十]{1,3})月([\d０-９一二三四五六七八九十]{1,3})日", bare)
    if found:
        y, m, d = found.groups()
        if "百" in y:
            rest = y.split("百")[1]
            y = 100 + (han_number(rest) if rest else 0)
        else:
            y = han_number(y)
        return "%04d-%02d-%02d" % (y + era, han_number(m), han_number(d))
    return None
