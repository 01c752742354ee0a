# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads the markup of the sample sources; corpus/issues/FORMAT.md describes it."""
import re

from .model import (Attachment, Caption, Day, Document, Entry, Issue, Para, Table, iso_date, parse_marks)

PERSON = re.compile(r"\[(=|[^\[\] ]+ )([^\[\]]+)\]")
PHOTO = re.compile(r"（([^（）]+)/[摄攝]）$")


class SourceError(Exception):
    """The markup cannot be read; the message names the line."""


def read_people(text):
    """`[市长 林致远]` and, with the role of the one before, `[=陆安澜]`: the printed text and the people."""
    people, role = [], ""

    def printed(found):
        nonlocal role
        role = role if found.group(1) == "=" else found.group(1).strip()
        people.append((found.group(2), role))
        return found.group(2) if found.group(1) == "=" else role + found.group(2)

    return PERSON.sub(printed, text), people


def caption(text):
    found = PHOTO.search(text)
    return Caption(text, found.group(1) if found else "")


def paragraph(line):
    """`+ label|heading|rest` is numbered, `~ text` closes the document, everything else is plain."""
    if line.startswith("+ "):
        parts = line[2:].split("|")
        if len(parts) not in (2, 3):
            raise SourceError("a numbered paragraph is `+ label|heading|rest`")
        return Para.clause(*parts)
    if line.startswith("~ "):
        return Para.plain(line[2:], closing=True)
    if line.startswith("附件："):
        return Para.plain(line.replace("|", "\n"), closing=True)
    return Para.plain(line)


class Parser:
    FIELDS = {"section", "title", "number", "registration", "issuer", "kind", "addressee", "signature", "layout",
        "plan"}

    def __init__(self, lines):
        self.lines = lines
        self.at = 0
        self.issue = None
        self.document = None
        self.body = None       # the list that paragraphs go to
        self.in_head = False
        self.day = ""

    def parse(self):
        settings = {}
        self.issue = Issue("", "", 0, 0, 0)
        while self.at < len(self.lines):
            line = self.lines[self.at].rstrip("\n")
            self.at += 1
            if not line.strip() or line.startswith("# "):
                continue
            self.line(line, settings)
        issue = self.issue
        issue.stem, issue.gazette = settings["stem"], settings["gazette"]
        issue.year, issue.number, issue.serial = (int(settings[k]) for k in ("year", "number", "serial"))
        issue.first_folio = int(settings.get("folio", "1"))
        return issue, settings

    def line(self, line, settings):
        if line.startswith("=== "):
            self.start(line[4:].strip())
        elif line.startswith("== "):
            self.part(line[3:].strip())
        elif line.startswith("@table"):
            self.table(line.split()[1:])
        elif self.document is None:
            key, value = line.split(":", 1)
            settings[key.strip()] = value.strip()
        elif self.in_head:
            self.head(line)
        else:
            self.content(line)

    def start(self, cls):
        self.document = Document({"front": "front_matter"}.get(cls, cls))
        self.issue.documents.append(self.document)
        self.body = self.document.body
        self.in_head = True

    def head(self, line):
        """`key: value` lines until `---`."""
        if line == "---":
            self.in_head = False
            if self.document.plan_title:
                self.body = self.document.cover
            return
        key, value = (t.strip() for t in line.split(":", 1))
        document = self.document
        if key == "plan":
            document.plan_title = value
        elif key == "date":
            document.date_text = "" if document.cls == "brief" else value
            document.date = iso_date(value) or value
        elif key == "numbers":
            document.numbers = re.split("[；、]", value)
            document.number = value
        elif key == "new-page":
            document.new_page = value == "yes"
        elif key == "number-label":
            document.number_label = value
        elif key == "date-label":
            document.date_label = value
        elif key == "masthead":
            self.issue.masthead.append(value)
        elif key in self.FIELDS:
            setattr(document, key, value)
        else:
            raise SourceError("line %d: unknown key %s" % (self.at, key))

    def part(self, name):
        if name == "plan":
            self.body = self.document.body
        elif name == "captions":
            self.body = self.document.captions
        elif name == "contents":
            self.body = self.issue.contents
        elif name.startswith("attachment"):
            n, title = name[len("attachment"):].split("|", 1)
            printed = not n.strip().endswith("-")
            self.document.attachments.append(Attachment(n.strip().rstrip("-"), title.strip(), printed=printed))
            self.body = self.document.attachments[-1].body
        else:
            raise SourceError("line %d: unknown part %s" % (self.at, name))

    def content(self, line):
        document = self.document
        if self.body is self.issue.contents:
            self.body.append(line)
        elif self.body is document.captions or document.cls == "front_matter":
            document.captions.append(caption(line))
        elif document.cls == "calendar":
            self.calendar(line)
        else:
            self.body.append(paragraph(line))

    def calendar(self, line):
        if line.startswith("△"):
            text, people = read_people(line)
            text, cites = parse_marks(text)
            self.document.body.append(Entry(text, self.day, people, cites))
            return
        printed, self.day = (part.strip() for part in line.split("="))
        self.document.body.append(Day(printed, self.day))

    def table(self, options):
        """Rows until `@end`, cells divided by ` | `; the first row is the head."""
        rows = []
        while self.lines[self.at].strip() != "@end":
            rows.append([cell.strip() for cell in self.lines[self.at].strip().split(" | ")])
            self.at += 1
        self.at += 1
        for row in rows:
            if len(row) != len(rows[0]):
                raise SourceError("line %d: a row has %d cells, not %d: %s" % (self.at, len(row), len(rows[0]),
                    row[:2]))
        rows = [[("" if c == "-" else c) for c in row] for row in rows]
        table = Table(rows[0], [], options[0], matrix="matrix" in options)
        for r, row in enumerate(rows[1:]):
            parsed = [parse_marks(cell) for cell in row]
            table.rows.append([text for text, _cites in parsed])
            table.cites.update({(r, c): cites for c, (_text, cites) in enumerate(parsed) if cites})
        self.body.append(table)


def read(path):
    """The issue of a source file and its settings (damage, encoding, seed among them)."""
    with open(path, encoding="utf-8") as handle:
        return Parser(handle.readlines()).parse()
