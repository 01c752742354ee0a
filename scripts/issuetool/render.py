# SPDX-License-Identifier: GPL-2.0-or-later
"""A clean issue → damaged text and true records.

`Renderer(issue, style, rng).render()` walks the issue once in reading order. Each unit becomes a Record at once, and its lines are put
on the page where the chosen damage wants them; the writer then gives each record its bytes.
"""
import hashlib
import json
import re
from bisect import bisect_left

from . import damage as damage_kinds
from .docnum import number_object
from .model import CARRIED, REPEATED, Cite, Day, Para, Table, kind_of, squeeze
from .typeset import HALF, Line, Page, Writer, balanced, place_of, spaced, spans_of, wrap, wrap_paragraph

MARKED = re.compile(r"（(?:牵头单位|责任单位|配合单位|牽頭單位|責任單位|主辦單位)[:：].*）$")


WIDTH_MIX = re.compile("[\u3400-\u9fff][,;:<(\\[]|[〈﹝［【０-９]")
# Lines of the columns which the block across a page takes away from them.
HEADER_ROOM = {"late-header": 34, "notice-shuffle": 46}


class Style:
    """What one extractor does to every page: the kinds of damage and the measures."""

    def __init__(self, damage, encoding="utf8", blank_rate=1.0):
        self.damage = frozenset(damage)
        self.encoding = encoding
        self.width = 42 if "narrow" in damage else 90 if "wide" in damage else 0
        self.capacity = {42: 84, 90: 40, 0: 10 ** 9}[self.width]
        self.sideways_capacity = 620

    def has(self, kind):
        return kind in self.damage


class Record:
    __slots__ = ("type", "keys", "text", "runs", "damage", "cites", "doc", "id", "fill")

    def __init__(self, rec_type, text, doc, keys):
        self.type, self.text, self.doc, self.keys = rec_type, text, doc, keys
        self.runs, self.damage, self.cites, self.id = [], set(), [], None
        self.fill = 0     # squeezed characters placed so far


RANKS = (("编", r"第.+?[编編]$"), ("章", r"第.+?章$"), ("节", r"第.+?[节節]$"), ("条", r"第.+?[条條]$"),
    ("一", r"[一二三四五六七八九十]+、$"),
         ("（一）", r"[（(][一二三四五六七八九十]+[）)]$"), ("1", r"\d+[.．、]$"), ("（1）", r"[（(]\d+[）)]$"),
         ("①", r"[①-⑳]$"),
         ("一是", r"[一二三四五六七八九十]是$"))


def rank_of(label):
    bare = squeeze(label)
    for rank, (_name, form) in enumerate(RANKS):
        if re.match(form, bare):
            return rank
    raise ValueError("no rank for label %r" % label)


def path_label(label):
    return squeeze(label).rstrip("、.．")


def path_address(path):
    """三（二）5; an article is named without its chapter."""
    for i, label in enumerate(path):
        if re.match(r"第.+[条條]$", label):
            return "".join(path[i:])
    return "".join(path)


def split_units(text):
    """Units joined by 、，；; brackets belong to the unit they stand in."""
    units, depth, name = [], 0, ""
    for ch in text:
        depth += (ch in "（(<〈〔") - (ch in "）)>〉〕")
        if depth == 0 and ch in "、，,；;":
            units.append(name)
            name = ""
        else:
            name += ch
    return [u for u in (squeeze(u) for u in units + [name]) if u]


def lead_and_others(text):
    units = split_units(text)
    return {"lead": [u[1:] for u in units if u.startswith("*")], "others": [u for u in units if not u.startswith("*")]}


def responsible_of(text):
    """The units in the bracket at the end of a clause, or None."""
    found = MARKED.search(text)
    if not found:
        return None
    inner = found.group(0)[1:-1]
    roles = {"lead": [], "others": []}
    for part in re.split(r"[；;](?=(?:牵头单位|责任单位|配合单位|牽頭單位|主辦單位|責任單位))", inner):
        name, units = re.split("[:：]", part, maxsplit=1)
        got = lead_and_others(units.rstrip("。"))
        if name in ("牵头单位", "牽頭單位", "主辦單位"):
            roles["lead"] += got["lead"] + got["others"]
        else:
            roles["lead"] += got["lead"]
            roles["others"] += got["others"]
    return roles


def row_cites(table, row, printed):
    """The citations in the cells of a row, as places in its text, where the printed cells are lines."""
    cites, at = [], 0
    for column, text in enumerate(printed):
        for cite in table.cites.get((row, column), ()):
            cites.append(Cite(at + cite.start, at + cite.end, cite.kind, cite.relation))
        at += len(text) + 1 if text else 0
    return cites


class Renderer:
    def __init__(self, issue, style, rng):
        self.issue, self.style, self.rng = issue, style, rng
        self.records, self.pages = [], []
        self.doc = None
        self.path, self.ranks = [], []
        self.attachment = None
        self.section_open = None
        self.heads = {}          # sections whose head is printed
        self.heads_on = set()    # the pages with furniture; empty: all but the first

    # ---- records and lines -------------------------------------------------------------------------------------

    def record(self, rec_type, text, **keys):
        rec = Record(rec_type, text, self.doc, keys)
        self.records.append(rec)
        return rec

    def run(self, rec, printed):
        """The next piece of the record; `printed` may hold white space the record's text has not."""
        at = rec.fill
        rec.fill += len(squeeze(printed))
        return (rec, at, printed)

    @property
    def page(self):
        return self.pages[-1]

    def new_page(self):
        page = Page()
        self.pages.append(page)
        return page

    def put(self, lines, place="flow", cost=1):
        """Lines in flow turn to the next page when the page is full; others stay on the page at hand."""
        for line in lines:
            if place == "flow":
                if self.page.used >= self.style.capacity or self.page.tight:
                    self.new_page()
                self.page.body.append(line)
            elif place == "late":
                self.page.late.append(line)
            else:
                self.page.mid.append(line)
            self.page.used += cost

    def para_lines(self, rec, text, width=None, indent=True, kind=None, must_show_end=True):
        style = self.style
        width = style.width if width is None else width
        pad = "\u3000\u3000" if style.has("indent") and indent else ""
        if width == 0:
            return [Line([self.run(rec, text)], pad, kind)]
        breakable = frozenset()
        if style.has("broken-numbers"):
            breakable = frozenset(i for c in rec.cites if c.kind == "number" for i in range(c.start, c.end - 1))
        bounds = wrap_paragraph(text, width - 4 if indent else width, width, breakable, must_show_end)
        for c in rec.cites:
            if breakable and c.kind == "number" and any(c.start < end < c.end for _a, end in bounds):
                rec.damage.add("broken-numbers")
        if len(bounds) > 1:
            rec.damage.add("narrow" if width < 60 else "wide")
        lines = []
        let = style.has("letter-spacing") and len(bounds) > 1 and self.rng.random() < 0.06
        for i, (a, b) in enumerate(bounds):
            piece = text[a:b]
            if let and i <= self.rng.randrange(2):
                piece = spaced(piece)
                rec.damage.add("letter-spacing")
            lines.append(Line([self.run(rec, piece)], pad if i == 0 else "", kind))
        if pad:
            rec.damage.add("indent")
        return lines

    def list_lines(self, rec, text):
        """The list 附件：1.… 2.…, one item under the other, with hanging indents."""
        lines = []
        room = self.style.width or 10 ** 6
        for i, item in enumerate(text.split("\n")):
            start, hang = ("", "\u3000" * 4) if i == 0 else ("\u3000" * 3, "\u3000" * 4)
            for k, (a, b) in enumerate(wrap(item, room - 6, room - 8)):
                lines.append(Line([self.run(rec, item[a:b])], hang if k else start))
        return lines

    def centred(self, rec, text, widest, kind=None):
        lines = []
        for piece in balanced(text, widest) if self.style.width else [text.replace("|", "")]:
            lines.append(Line([self.run(rec, piece)], "", kind))
        return lines

    # ---- units -------------------------------------------------------------------------------------------------

    def unit_address(self):
        doc = self.doc
        base = doc.keys["address"]
        if self.attachment is not None:
            base += " 附件" + (self.attachment.n or "")
        return base

    def para(self, para, place="flow", width=None, kind=None, closing=False, must_show_end=True):
        attachment = self.attachment_key()
        if para.label:
            rank = rank_of(para.label)
            while self.ranks and self.ranks[-1] >= rank:
                self.ranks.pop()
                self.path.pop()
            self.ranks.append(rank)
            self.path.append(path_label(para.label))
            rec = self.record("clause", para.text, attachment=attachment, path=list(self.path),
                label=squeeze(para.label),
                              heading=para.heading.strip("。\u3000 ") or None,
                              address=self.unit_address() + " " + path_address(self.path))
        else:
            rec = self.record("paragraph", para.text, attachment=attachment, path=[] if closing else self.open_path())
        found = responsible_of(para.text)
        if found:
            rec.keys["responsible"] = found
        elif para.label:
            rec.keys["responsible"] = {"lead": [], "others": []}
        rec.cites = para.cites
        if "\n" in para.text:
            self.put(self.list_lines(rec, para.text), place)
        else:
            self.put(self.para_lines(rec, para.text, width, kind=kind, must_show_end=must_show_end), place)
        return rec

    def open_path(self):
        """The path a paragraph without number stands under: in an article (款) it is the article, not its last item."""
        depth = next((i + 1 for i, rank in enumerate(self.ranks) if RANKS[rank][0] == "条"), len(self.path))
        return self.path[:depth]

    def attachment_key(self):
        if self.attachment is None:
            return None
        return self.attachment.n or "1"

    def reset_path(self):
        self.path, self.ranks = [], []

    def body(self, items):
        table = 0
        for i, item in enumerate(items):
            if isinstance(item, Table):
                table += 1
                self.table(item, table)
                continue
            closing = item.closing
            after = items[i + 1] if i + 1 < len(items) else None
            numbered = isinstance(after, Para) and bool(after.label)
            self.para(item, closing=closing, must_show_end=not numbered)

    # ---- tables ------------------------------------------------------------------------------------------------

    def pieces(self, text):
        """What a sideways cell prints on each line: one character, two half-width ones, or `*` with its neighbour."""
        out, i, n = [], 0, len(text)
        while i < n:
            ch = text[i]
            step = 1
            if ch == " ":
                i += 1
                continue
            if HALF.match(ch) and i + 1 < n:
                if HALF.match(text[i + 1]) and text[i + 1] != " ":
                    step = 2
                elif text[i + 1] != " " and (ch == "*" or self.rng.random() < 0.5):
                    step = 2
            elif HALF.match(ch) and self.rng.random() < 0.5:
                step = 1
            out.append(text[i:i + step])
            i += step
        return out

    def sideways_lines(self, rec, text, kind=None):
        rec.damage.add("sideways")
        lines = []
        for piece in self.pieces(text):
            lines.append(Line([self.run(rec, piece)], "", kind))
        return lines

    def put_sideways(self, lines):
        page = self.page
        for line in lines:
            page.body.append(line)
            page.used += 1
            if self.blank_next or self.rng.random() < 0.04:
                page.body.append(Line([]))
                if self.rng.random() < 0.01:
                    page.body.append(Line([(None, 0, " ")]))
                    page.body.append(Line([]))
            self.blank_next = not self.blank_next if self.rng.random() > 0.08 else self.blank_next

    def sideways_page(self):
        self.new_page()
        self.page.tight = True
        self.page.used = 0
        self.blank_next = False

    def table_head(self, table, repeated):
        names = list(table.columns)
        if repeated and self.style.has("head-truncated") and self.rng.random() < 0.5:
            names[0] = names[0][1:]
            cut = True
        else:
            cut = False
        rec = self.record("other", "".join(names), role="table_head")
        if repeated:
            rec.damage.add("repeated-heads")
        if cut:
            rec.damage.add("head-truncated")
        return rec, names

    def row_record(self, table, index, number, cells, printed, carried):
        keys = {"attachment": self.attachment_key(), "table": number, "row": index, "columns": table.columns,
            "cells": cells,
                "carried": carried, "address": "%s 表%d 行%d" % (self.unit_address(), number, index)}
        unit_column = next((c for c in table.columns if c.startswith("责任单位") or c.startswith("責任單位") or c.startswith("牵头单位") or c.startswith("牽頭單位")), None)
        keys["responsible"] = lead_and_others(cells[unit_column]) if unit_column else {"lead": [], "others": []}
        rec = self.record("row", "\n".join(t for t in printed if t), **keys)
        rec.cites = row_cites(table, index - 1, printed)
        if not table.matrix and unit_column:
            if "*" not in cells[unit_column] or not cells[table.columns[0]]:
                rec.damage.add("missing-marks")
        if carried or REPEATED in printed:
            rec.damage.add("merged-cells")
        return rec

    def resolve(self, table, row, above):
        """Cells with carried ones filled in, what is printed, and the names of what was carried."""
        cells, printed, carried = {}, [], []
        for name, value in zip(table.columns, row):
            if value == CARRIED:
                cells[name] = above[name]
                carried.append(name)
                printed.append("")
            else:
                cells[name] = above[name] if value == REPEATED else value
                printed.append(cells[name])
        return cells, printed, carried

    def table(self, table, number):
        above = dict.fromkeys(table.columns, "")
        draw = {"sideways": self.row_sideways, "tab": self.row_tab, "cells": self.row_cells}[table.style]
        self.first_head(table)
        for index, row in enumerate(table.rows, 1):
            cells, printed, carried = self.resolve(table, row, above)
            above = cells
            if index > 1 and (REPEATED in row or self.row_turns(table, printed)):
                self.table_page(table)
            rec = self.row_record(table, index, number, cells, printed, carried)
            if REPEATED in row:
                rec.damage.add("merged-cells")
            draw(table, rec, printed)
        if table.style == "sideways":
            self.page.used = 10 ** 9

    def row_turns(self, table, printed):
        """Whether the row goes to a new page; a sideways row may also be cut by the page end instead."""
        if table.style == "sideways":
            room = self.style.sideways_capacity - self.page.used
            return room < sum(map(len, printed)) and (room < 90 or self.rng.random() < 0.6)
        if table.style == "cells" and self.style.width:
            return self.page.used + sum(len(t) // 12 + 1 for t in printed if t) > self.style.capacity
        return False

    def first_head(self, table):
        if table.style == "sideways":
            if not self.page.tight or self.page.used >= self.style.sideways_capacity:
                self.sideways_page()
            rec, names = self.table_head(table, False)
            self.head_sideways(rec, names)
        else:
            rec, names = self.table_head(table, False)
            self.head_upright(table, rec, names)

    def table_page(self, table):
        """The table goes on on a new page, under its head."""
        if table.style == "sideways":
            self.sideways_page()
            rec, names = self.table_head(table, True)
            self.head_sideways(rec, names)
        elif self.style.width:
            self.new_page()
            rec, names = self.table_head(table, True)
            self.head_upright(table, rec, names)

    def head_sideways(self, rec, names):
        lines = []
        for name in names:
            lines += self.sideways_lines(rec, name)
        self.put_sideways(lines)

    def head_upright(self, table, rec, names):
        if table.style == "tab":
            self.put([self.tab_line(rec, names)])
            return
        lines = []
        for name in names:
            if self.style.has("narrow-heads") and len(name) < 8:
                rec.damage.add("narrow-heads")
                lines += [Line([self.run(rec, ch)]) for ch in name]
            else:
                lines += self.cell_lines(rec, name, 16)
        self.put(lines)

    def tab_line(self, rec, cells):
        rec.damage.add("table-tab")
        runs = []
        for i, cell in enumerate(cells):
            runs.append(self.run(rec, ("\t" if i else "") + cell))
        return Line(runs)

    def row_tab(self, _table, rec, printed):
        self.put([self.tab_line(rec, printed)])

    def cell_lines(self, rec, text, width):
        rec.damage.add("table-cells")
        if self.style.has("justified") and 2 <= len(text) <= 6 and not HALF.search(text):
            rec.damage.add("justified")
            return [Line([self.run(rec, " ".join(text))])]
        return [Line([self.run(rec, text[a:b])]) for a, b in wrap(text, width, width)]

    def row_cells(self, table, rec, printed):
        widths = [8] + [18] * (len(table.columns) - 1)
        if not table.matrix and len(widths) > 2:
            widths[-2] = 30
        lines = []
        for text, width in zip(printed, widths):
            if text:
                lines += self.cell_lines(rec, text, width)
        self.put(lines)

    def row_sideways(self, table, rec, printed):
        lines = []
        for text in printed:
            if text:
                lines += self.sideways_lines(rec, text)
        room = self.style.sideways_capacity - self.page.used
        if room < len(lines):
            cut = self.rng.randrange(20, max(21, min(room, len(lines) - 20)))
            self.put_sideways(lines[:cut])
            self.table_page(table)
            lines = lines[cut:]
        self.put_sideways(lines)

    # ---- documents ---------------------------------------------------------------------------------------------

    def document_record(self, document):
        keys = {"class": document.cls,
            "kind": document.kind or (kind_of(document.title) if document.cls == "document" else "") or None,
                "section": document.section or None,
                "number": number_object((document.numbers or [document.number])[0]) if document.number else None,
                "registration": document.registration or None, "issuer": squeeze(document.issuer) or None,
                "title": document.title.replace("|", "") or None, "plan_title": document.plan_title.replace("|",
                "") or None,
                "addressee": document.addressee.rstrip("：:") or None, "signature": document.signature or None,
                "date": document.date or None,
                "attachments": [{"n": a.n or None, "title": a.title.replace("|", "")} for a in document.attachments]}
        if document.numbers:
            keys["numbers"] = [number_object(n) for n in document.numbers]
        self.doc = None
        rec = self.record("document", "", **keys)
        self.doc = rec
        index = sum(1 for r in self.records if r.type == "document" and r.keys["section"] == rec.keys["section"])
        issue = self.issue
        rec.keys["address"] = (document.numbers or [document.number])[0] or "%d年第%d期 %s %d" % (issue.year,
            issue.number, document.section or "图片", index)
        return rec

    def field_lines(self, doc, text, how):
        doc.text += ("\n" if doc.text else "") + text.replace("|", "")
        return how(doc, text)

    def header(self, document, doc, kind):
        lines = []
        widest = min(self.style.width or 60, 60) - 6
        single = lambda rec, text: [Line([self.run(rec, text)], "", kind)]
        title = lambda rec, text: self.centred(rec, text, widest, kind)
        number = (document.number_label + document.number, single)
        order = [(document.registration, single), number, (document.issuer, title), (document.title, title)]
        if document.layout == "letter":
            order = order[2:] + [(document.date_label + document.date_text, single), number]
        for text, how in order:
            if text:
                lines += self.field_lines(doc, text, how)
        return lines

    def sign(self, document, doc, kind=None):
        pad = "\u3000" * 10 if self.style.has("indent") else ""
        lines = []
        for text in (document.signature, "" if document.layout == "letter" else document.date_text):
            if text:
                lines += self.field_lines(doc, text, lambda rec, t: [Line([self.run(rec, t)], pad, kind)])
        return lines

    def document(self, document):
        style = self.style
        if document.new_page or not self.pages or self.page.tight or self.page.used > style.capacity - 12:
            self.new_page()
        self.open_section(document)
        self.reset_path()
        self.attachment = None
        doc = self.document_record(document)
        shuffle = document.layout if style.has("notice-shuffle") and document.layout.startswith("notice") and style.width else None
        late = "late" if style.has("late-header") and style.width and document.layout in ("late-header", "notice-a",
            "notice-b") else "flow"
        kind = "notice-shuffle" if shuffle else "late-header" if late == "late" else None
        head = self.header(document, doc, kind)
        addressee = []
        if document.addressee:
            addressee = self.field_lines(doc, document.addressee, lambda rec, t: self.plain_lines(rec, t,
                kind if shuffle else None))
        if document.plan_title:
            self.plan_document(document, doc, head, addressee, shuffle, late, kind)
        else:
            self.put(head, late)
            self.page.used += HEADER_ROOM["late-header"] if late == "late" else 0
            self.put(addressee)
            self.body(document.cover + document.body)
            self.put(self.sign(document, doc))
        self.attachments(document, doc)
        for caption in document.captions:
            self.caption(caption)

    def plain_lines(self, rec, text, kind=None):
        """A line of its own that may be too long for one."""
        width = self.style.width
        if not width:
            return [Line([self.run(rec, text)], "", kind)]
        return [Line([self.run(rec, text[a:b])], "", kind) for a, b in wrap(text, width, width)]

    def plan_document(self, document, doc, head, addressee, shuffle, late, kind):
        """印发 notice or order: cover note, signature, then the plan. The page it begins on decides what comes when."""
        wide = 90 if shuffle else None
        cover_place = "late" if shuffle == "notice-a" else "flow"
        self.page.used += HEADER_ROOM.get(kind, 0)
        if shuffle == "notice-a":
            self.put(head, "late")
            self.put(addressee, "late")
        elif shuffle == "notice-b":
            self.put(addressee)
        else:
            self.put(head, late)
            self.put(addressee)
        for para in document.cover:
            self.para(para, cover_place, wide, kind if shuffle else None)
        self.put(self.sign(document, doc, kind if shuffle else None), cover_place)
        if shuffle == "notice-b":
            self.put(head)
        widest = min(self.style.width or 60, 60) - 4
        title = self.field_lines(doc, document.plan_title, lambda rec, t: self.centred(rec, t, widest,
            kind if shuffle else None))
        self.put(title, "late" if shuffle else "flow")
        self.reset_path()
        self.body(document.body)

    def attachments(self, document, doc):
        style = self.style
        for attachment in document.attachments:
            if not attachment.printed:
                continue
            self.attachment = attachment
            self.reset_path()
            label = "附件" + attachment.n
            first = attachment.body[0] if attachment.body else None
            if isinstance(first, Table) and first.style == "sideways":
                self.sideways_page()
                lines = self.field_lines(doc, label, self.sideways_lines)
                lines += self.field_lines(doc, attachment.title.replace("|", ""), self.sideways_lines)
                doc.damage.add("sideways")
                self.put_sideways(lines)
            else:
                late = style.has("late-attachment") and style.width
                if late or self.page.tight or self.page.used > style.capacity // 2:
                    self.new_page()
                kind = "late-attachment" if late else None
                place = "late" if late else "flow"
                widest = min(style.width or 60, 60)
                lines = self.field_lines(doc, label, lambda rec, t: [Line([self.run(rec, t)], "", kind)])
                lines += self.field_lines(doc, attachment.title, lambda rec, t: self.centred(rec, t, widest, kind))
                self.put(lines, place)
            self.body(attachment.body)
        self.attachment = None

    # ---- other parts -------------------------------------------------------------------------------------------

    def open_section(self, document):
        """The head of a section, once, where its first piece begins."""
        section = document.section
        if section == self.section_open or not section or document.cls in ("front_matter", "calendar"):
            return
        self.section_open = section
        if not self.heads.get(section):
            return
        rec = self.record("other", section, role="section_head")
        late = self.style.has("late-section") and self.style.width
        kind = "late-section" if late else None
        printed = section
        if self.style.has("letter-spacing"):
            printed = spaced(section)
            rec.damage.add("letter-spacing")
        self.put([Line([self.run(rec, printed)], "", kind)], "mid" if late else "flow")

    def brief(self, document):
        if document.new_page:
            self.new_page()
        self.open_section(document)
        self.reset_path()
        doc = self.document_record(document)
        widest = min(self.style.width or 60, 60) - 8
        self.put(self.field_lines(doc, document.title, lambda rec, t: self.centred(rec, t, widest)))
        self.body(document.body)

    def feature(self, document):
        """A feature article ends with its own title, and the captions of its photos after that."""
        self.new_page()
        self.open_section(document)
        self.reset_path()
        doc = self.document_record(document)
        after = self.style.width > 0
        title = lambda: self.put(self.field_lines(doc, document.title, lambda rec, t: self.centred(rec, t, 60)))
        if not after:
            title()
        width = self.style.width and 60
        for item in document.body:
            self.para(item, width=width)
        if after:
            title()
        for caption in document.captions:
            self.caption(caption)

    def calendar(self, document):
        self.new_page()
        doc = self.document_record(document)
        late = self.style.has("late-calendar-title") and self.style.width
        kind = "late-calendar-title" if late else None
        lines = self.field_lines(doc, document.title, lambda rec, t: [Line([self.run(rec, t)], "", kind)])
        self.put(lines, "late" if late else "flow")
        counts = {}
        for item in document.body:
            if isinstance(item, Day):
                rec = self.record("other", item.text, role="section_head")
                self.put([Line([self.run(rec, item.text)])])
                continue
            counts[item.date] = counts.get(item.date, 0) + 1
            rec = self.record("entry", item.text, date=item.date, people=[{"name": n, "role": r} for n,
                r in item.people],
                              address="%s 记事 %d" % (item.date, counts[item.date]))
            rec.cites = item.cites
            self.put(self.para_lines(rec, item.text))

    def caption(self, caption):
        rec = self.record("caption", caption.text, photographer=caption.photographer or None)
        text, tail = caption.text, ""
        if caption.photographer:
            cut = text.rindex("（")
            text, tail = text[:cut], text[cut:]
        width = 40 if self.style.width else 10 ** 6
        bounds = wrap(text, width, width)
        lines = [Line([self.run(rec, text[a:b])]) for a, b in bounds]
        if tail and self.style.width:
            lines[-1].runs.append(self.run(rec, " " * self.rng.randrange(3, 24) + tail))
        elif tail:
            lines[-1].runs.append(self.run(rec, tail))
        self.put(lines)

    def masthead_lines(self, rec, text):
        return [Line([self.run(rec, text)])]

    def front(self, document, place="flow"):
        self.new_page()
        self.document_record(document)
        for text in self.issue.masthead:
            rec = self.record("other", text, role="running_head")
            self.put(self.masthead_lines(rec, text), place)
        for caption in document.captions:
            self.caption(caption)
        if self.issue.contents:
            self.new_page()
            for text in self.issue.contents:
                rec = self.record("other", text, role="contents")
                self.put([Line([self.run(rec, text)])], place)

    def furniture(self):
        """Running heads and folios; they belong to the issue, not to a document."""
        issue = self.issue
        if not self.style.has("running-heads"):
            return
        self.doc = None
        for i, page in enumerate(self.pages):
            if i == 0 or (self.heads_on and i + 1 not in self.heads_on):
                continue
            folio = issue.first_folio + i - 1
            page.label = str(folio)
            number = self.record("other", "·    %d    ·" % folio, role="folio")
            serial = ("（總第%d期）" if self.style.has("traditional") else "（总第%d期）") % issue.serial
            if self.heads_on:
                name = "%s%s %s" % (issue.gazette, serial, issue.documents[1].section)
            else:
                name = issue.gazette + (serial if folio % 2 else " %d年第%d期" % (issue.year, issue.number))
            head = self.record("other", name, role="running_head")
            lines = [Line([self.run(number, number.text)], "", "running-heads"), Line([self.run(head, head.text)], "",
                "running-heads")]
            if folio % 2:
                page.head = lines
            else:
                page.foot = lines[:1]
                page.head = lines[1:]

    # ---- writing -----------------------------------------------------------------------------------------------

    def write(self):
        style = self.style
        writer = Writer("\r\n" if style.has("crlf") else "\n", 3 if style.encoding == "utf8-bom" else 0)
        blanks = style.has("blank-lines")
        marked = style.has("form-feed") or style.has("page-space")
        for i, page in enumerate(self.pages):
            lines = page.lines(self.rng)
            while lines and not lines[-1].runs:
                lines.pop()
            self.mark_page(writer, lines, i)
            for k, line in enumerate(lines):
                writer.line(line, i + 1 if marked else 1)
                last = k == len(lines) - 1
                if blanks and (not page.tight or line.kind == "running-heads") and not (last and style.has("page-space")):
                    writer.raw(writer.newline)
        return writer

    def mark_page(self, writer, lines, index):
        style = self.style
        if index and style.has("form-feed"):
            writer.raw("\f")
        elif style.has("page-space") and lines:
            first = lines[0]
            lines[0] = Line(first.runs, " " + first.prefix, first.kind)

    PARTS = {"front_matter": "front", "document": "document", "brief": "brief", "calendar": "calendar",
        "feature": "feature"}

    def render(self, with_truth=True):
        """The text and, unless only that is wanted, the true records."""
        issue_rec = self.record("issue", "")
        for document in self.issue.documents:
            getattr(self, self.PARTS[document.cls])(document)
        self.furniture()
        writer = self.write()
        text = "".join(writer.parts)
        if not with_truth:
            return text, []
        tag_interruptions(writer.order)
        self.global_damage()
        self.forget_unprinted(text)
        return text, self.emit(issue_rec, text)

    def forget_unprinted(self, text):
        """What no page says is unknown: the truth has null for it."""
        bare = squeeze(text)
        issue = self.issue
        self.known = {"gazette": issue.gazette if issue.gazette in bare else None,
                      "serial": issue.serial if "总第%d期" % issue.serial in bare or "總第%d期" % issue.serial in bare else None}
        for rec in self.records:
            if rec.type == "document" and rec.keys["section"] and rec.keys["section"] not in bare:
                rec.keys["section"] = None

    def global_damage(self):
        style = self.style
        common = {k for k in ("traditional", "crlf", "form-feed", "page-space", "blank-lines") if style.has(k)}
        if style.encoding != "utf8":
            common.add(style.encoding)
        for rec in self.records:
            rec.damage |= common
            if WIDTH_MIX.search(rec.text):
                rec.damage.add("width-mix")
            if len({run[3] for run in rec.runs}) > 1 and rec.type != "document":
                rec.damage.add("page-break")

    def emit(self, issue_rec, text):
        """The records as dictionaries, in reading order, citations after the unit they stand in."""
        shift = 3 if self.style.encoding == "utf8-bom" else 0
        data = b" " * shift + text.encode("utf-8")
        issue = self.issue
        raw = encode(text, self.style.encoding)
        out = [{"type": "issue", "id": issue.stem, "address": "%d年第%d期" % (issue.year, issue.number),
            "gazette": self.known["gazette"],
                "year": issue.year, "number": issue.number, "serial": self.known["serial"],
                "encoding": self.style.encoding, "bytes": len(raw), "sha256": hashlib.sha256(raw).hexdigest(),
                "source": []}]
        docs, pages, units = 0, {}, {}
        stray = 0
        for rec in self.records:
            if rec is issue_rec:
                continue
            rec.runs.sort(key=lambda run: run[0])
            if rec.type == "document":
                docs += 1
                rec.id = "%s/%d" % (issue.stem, docs)
            elif rec.doc is None:
                stray += 1
                rec.id = "%s/0/%d" % (issue.stem, stray)
            else:
                units[rec.doc.id] = units.get(rec.doc.id, 0) + 1
                rec.id = "%s/%d" % (rec.doc.id, units[rec.doc.id])
            holder = rec if rec.type == "document" else rec.doc
            on = [run[3] for run in rec.runs]
            if holder is not None and on:
                on += pages.get(id(holder), ())
                pages[id(holder)] = (min(on), max(on))
        for rec in self.records:
            if rec is not issue_rec:
                self.emit_one(rec, data, pages, out)
        return out

    def emit_one(self, rec, data, pages, out):
        first_page = min((run[3] for run in rec.runs), default=None)
        keys = dict(rec.keys)
        item = {"type": rec.type, "id": rec.id, "address": keys.pop("address", None)}
        if rec.type != "document":
            item["document"] = rec.doc.id if rec.doc else None
        else:
            keys["pages"] = list(pages.get(id(rec), (first_page, first_page)))
            first_page = keys["pages"][0]
        item["text"] = rec.text
        item["page"] = first_page
        label = self.pages[first_page - 1].label if first_page else None
        if label:
            item["page_label"] = label
        item["source"] = spans_of(rec.runs, data)
        item.update(keys)
        item["damage"] = sorted(rec.damage)
        out.append(item)
        for cite in rec.cites:
            out.append(self.citation(rec, cite, item))

    def citation(self, rec, cite, item):
        printed = rec.text[cite.start:cite.end]
        start = len(squeeze(rec.text[:cite.start]))
        made = {"type": "citation", "id": None, "from": rec.id, "document": item["document"], "kind": cite.kind,
            "relation": cite.relation,
                "text": printed, "page": item["page"], "source": place_of(rec.runs, start,
                start + len(squeeze(printed)))}
        if cite.kind == "number":
            made["number"] = number_object(printed)
        else:
            made["title"] = printed.strip("《》")
        made["damage"] = item["damage"]
        return made


def tag_interruptions(order):
    """Says of each unit which kinds of damage put lines of others between its own."""
    first, last = {}, {}
    for i, (rec, kind) in enumerate(order):
        first.setdefault(id(rec), i)
        last[id(rec)] = i
        if kind:
            rec.damage.add(kind)
    kinds = [(i, kind) for i, (_rec, kind) in enumerate(order) if kind]
    seen = set()
    for i, (rec, _kind) in enumerate(order):
        if id(rec) in seen or rec.type == "document":
            continue
        seen.add(id(rec))
        a, b = first[id(rec)], last[id(rec)]
        if b == a:
            continue
        lo = bisect_left(kinds, (a,))
        while lo < len(kinds) and kinds[lo][0] < b:
            if order[kinds[lo][0]][0] is not rec:
                rec.damage.add(kinds[lo][1])
            lo += 1


BOM = {"utf8-bom": b"\xef\xbb\xbf", "utf16le": b"\xff\xfe", "utf16be": b"\xfe\xff"}


def encode(text, encoding):
    return BOM.get(encoding, b"") + text.encode(damage_kinds.ENCODINGS[encoding])


def ndjson(records):
    return "".join(json.dumps(rec, ensure_ascii=False, separators=(",", ":")) + "\n" for rec in records)
