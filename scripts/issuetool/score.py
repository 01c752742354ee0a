# SPDX-License-Identifier: GPL-2.0-or-later
"""Compares the dump of a program with the truth, record by record; white space is ignored, nothing else is."""
import re
from collections import Counter, defaultdict

from . import check
from .damage import ENCODINGS
from .model import squeeze

DOCUMENT_FIELDS = ("class", "number", "registration", "issuer", "title", "plan_title", "addressee", "signature", "date",
    "attachments")
UNITS = ("clause", "paragraph", "row", "entry", "caption")
PROSE = ("clause", "paragraph", "entry", "caption", "document")


def bare(value):
    return squeeze(str(value)) if value is not None else ""


def path_key(path):
    return tuple(re.sub(r"[、.．()（）]", "", squeeze(p)) for p in path or [])


def attachment_key(value):
    """None for the main body; an unnumbered attachment is the first."""
    return None if value is None else re.sub(r"^附件", "", bare(value)) or "1"


def units_key(value):
    value = value or {}
    lead, others = ([bare(u).lstrip("*") for u in value.get(k) or []] for k in ("lead", "others"))
    return tuple(sorted(lead)), tuple(sorted(others))


def field_key(name, doc):
    value = doc.get(name)
    if name == "number":
        return bare((value or {}).get("text"))
    if name == "attachments":
        return [(bare(a.get("n")), bare(a.get("title"))) for a in value or []]
    if name == "addressee":
        return bare(value).rstrip("：:")
    return bare(value)


def cells_key(rec):
    return {bare(k): bare(v) for k, v in (rec.get("cells") or {}).items() if bare(v)}


def unit_key(rec):
    """What has to agree for a unit to be exact, apart from its document."""
    kind = rec["type"]
    if kind == "clause":
        return (bare(rec.get("text")), path_key(rec.get("path")), attachment_key(rec.get("attachment")),
            units_key(rec.get("responsible")))
    if kind == "row":
        return (tuple(sorted(cells_key(rec).items())), units_key(rec.get("responsible")))
    if kind == "entry":
        people = [(bare(p["name"]), bare(p.get("role"))) if isinstance(p, dict) else (bare(p),
            "") for p in rec.get("people") or []]
        return (rec.get("date"), bare(rec.get("text")).lstrip("△"), tuple(sorted(people)))
    if kind == "caption":
        return (bare(rec.get("text")), bare(rec.get("photographer")))
    return bare(rec.get("text"))


def part_keys(rec):
    """The parts of a unit that are also counted alone: name → key."""
    kind = rec["type"]
    if kind == "clause":
        return {"clause text": bare(rec.get("text")), "clause page": (bare(rec.get("text")), rec.get("page"))}
    if kind == "row":
        cells = cells_key(rec)
        longest = max(cells.values(), key=len, default="")
        return {"row longest cell": longest}
    if kind == "entry":
        return {"entry date and text": (rec.get("date"), bare(rec.get("text")).lstrip("△"))}
    return {}


class Tally:
    """Hits and totals by figure, and of exact units by kind of damage."""

    def __init__(self):
        self.hits, self.total = Counter(), Counter()
        self.damage_hits, self.damage_total = Counter(), Counter()
        self.misses = defaultdict(list)

    def add(self, name, hit, what=None, damage=()):
        self.total[name] += 1
        self.hits[name] += bool(hit)
        for kind in damage:
            self.damage_total[kind] += 1
            self.damage_hits[kind] += bool(hit)
        if not hit and what is not None:
            self.misses[name].append(what)

    def value(self, name):
        return self.hits[name] / self.total[name] if self.total[name] else 1.0

    def report(self, out, show):
        for name in self.total:
            out.write("%-32s %7.4f  %d/%d\n" % (name, self.value(name), self.hits[name], self.total[name]))
            for miss in self.misses[name][:show]:
                out.write("    miss: %s\n" % (miss,))
        out.write("\nexact records by kind of damage\n")
        for kind in sorted(self.damage_total, key=lambda k: self.damage_hits[k] / self.damage_total[k]):
            hits, total = self.damage_hits[kind], self.damage_total[kind]
            out.write("%-32s %7.4f  %d/%d\n" % (kind, hits / total, hits, total))


def match_documents(truth, dump):
    """Truth document id → dump document: by number and title, then title, then number; in order, each used once."""
    left = list(dump)
    found = {}
    for keys in (("number", "title", "date"), ("number", "title"), ("title", "class"), ("title",), ("number",),
            ("class", "plan_title")):
        for doc in truth:
            if doc["id"] in found or all(not field_key(k, doc) for k in keys if k not in ("class", "date")):
                continue
            want = [field_key(k, doc) for k in keys]
            other = next((d for d in left if [field_key(k, d) for k in keys] == want), None)
            if other is not None:
                found[doc["id"]] = other
                left.remove(other)
    fronts = [d for d in left if d.get("class") == "front_matter"]
    for doc in truth:
        if doc["id"] not in found and doc["class"] == "front_matter" and fronts:
            found[doc["id"]] = fronts.pop(0)
    return found


def place(rec):
    return "%s %s" % (rec.get("id"), bare(rec.get("text"))[:48])


class Scorer:
    def __init__(self):
        self.tally = Tally()
        self.joined = Counter()

    def issue(self, raw, truth, dump):
        issue = truth[0]
        text = raw.decode(ENCODINGS[issue["encoding"]])
        data = text.encode("utf-8")
        self.laws(data, dump, issue["id"])
        self.metadata(issue, dump)
        found = self.documents(truth, dump)
        for kind in UNITS:
            self.units(kind, truth, dump, found)
        self.citations(truth, dump, found)
        self.furniture(truth, dump)
        self.prose_in_tables(data, truth, dump)

    def laws(self, data, dump, name):
        """Byte offsets may count a byte order mark or not: the file decoded to UTF-8 can be read both ways."""
        plain = data[3:] if data.startswith(b"\xef\xbb\xbf") else data
        best = min(((len(check.unaccounted(d, dump)), len(check.unfaithful(d, dump))) for d in {data, plain}))
        self.tally.add("accounting (issues)", best[0] == 0, "%s: %d characters" % (name, best[0]))
        self.tally.add("fidelity (issues)", best[1] == 0, "%s: %d records" % (name, best[1]))

    def metadata(self, issue, dump):
        got = next((r for r in dump if r["type"] == "issue"), {})
        digits = lambda v: re.sub(r"\D", "", str(v)) if v is not None else ""
        same = bare(got.get("gazette")) == bare(issue["gazette"]) and digits(got.get("serial")) == digits(issue["serial"])
        self.tally.add("issue gazette and serial", same, "%s: %s %s" % (issue["id"], got.get("gazette"),
            got.get("serial")))

    def documents(self, truth, dump):
        wanted = [r for r in truth if r["type"] == "document"]
        got = [r for r in dump if r["type"] == "document"]
        found = match_documents(wanted, got)
        order = {id(d): i for i, d in enumerate(got)}
        for doc in wanted:
            other = found.get(doc["id"])
            self.tally.add("documents found", other, place(doc))
            wrong = [f for f in DOCUMENT_FIELDS if other is None or field_key(f, doc) != field_key(f, other)]
            self.tally.add("documents exact", not wrong,
                "%s: %s" % (place(doc), ", ".join("%s %r" % (f, (other or {}).get(f)) for f in wrong[:3])),
                doc["damage"])
            for name in DOCUMENT_FIELDS:
                if other is not None:
                    self.tally.add("document " + name, name not in wrong)
        ranks = [order[id(found[d["id"]])] for d in wanted if d["id"] in found]
        for a, b in zip(ranks, ranks[1:]):
            self.tally.add("documents in reading order", a < b)
        self.tally.add("no document invented (issues)", len(got) <= len(wanted), "%s: %d for %d" % (truth[0]["id"],
            len(got), len(wanted)))
        return found

    def units(self, kind, truth, dump, found):
        have, parts, joined = defaultdict(Counter), defaultdict(Counter), defaultdict(str)
        for rec in dump:
            if rec["type"] == kind:
                have[rec.get("document")][unit_key(rec)] += 1
                for name, key in part_keys(rec).items():
                    parts[name, rec.get("document")][key] += 1
                joined[rec.get("document")] += bare(rec.get("text"))
        for rec in truth:
            if rec["type"] != kind:
                continue
            doc = found.get(rec["document"])
            where = doc["id"] if doc else None
            key = unit_key(rec)
            hit = have[where][key] > 0
            have[where][key] -= hit
            if not hit and kind == "paragraph" and key.startswith("附件："):
                hit = key in joined[where]    # the list of attachments may be one unit or several
            plural = {"entry": "entries", "clause": "clauses"}.get(kind, kind + "s")
            self.tally.add(plural + " exact", hit, place(rec), rec["damage"])
            for name, part in part_keys(rec).items():
                good = parts[name, where][part] > 0
                parts[name, where][part] -= good
                self.tally.add(name, good)

    def citations(self, truth, dump, found):
        def key(rec):
            value = (rec.get("number") or {}).get("text") if rec["kind"] == "number" else rec.get("title")
            return rec["kind"], bare(value).strip("《》"), rec.get("relation")

        have, plain = defaultdict(Counter), defaultdict(Counter)
        for rec in dump:
            if rec["type"] == "citation":
                where = (rec.get("document") or "/".join((rec.get("from") or "").split("/")[:2]))
                have[where][key(rec)] += 1
                plain[where][key(rec)[:2]] += 1
        for rec in truth:
            if rec["type"] != "citation":
                continue
            doc = found.get(rec["document"])
            where = doc["id"] if doc else None
            for name, table, wanted in (("citations of %ss" % rec["kind"], plain, key(rec)[:2]),
                    ("citations with relation", have, key(rec))):
                hit = table[where][wanted] > 0
                table[where][wanted] -= hit
                self.tally.add(name, hit, "%s in %s" % (wanted, rec["from"]))

    def furniture(self, truth, dump):
        have = Counter((r.get("role"), bare(r.get("text"))) for r in dump if r["type"] == "other")
        for rec in truth:
            if rec["type"] == "other" and rec["role"] in ("running_head", "folio"):
                key = (rec["role"], bare(rec["text"]))
                hit = have[key] > 0
                have[key] -= hit
                self.tally.add("running heads and folios", hit, place(rec))

    def prose_in_tables(self, data, truth, dump):
        """Rows of the dump that own bytes of the true prose, and prose units that own bytes of true rows."""
        owner = {}
        for rec in truth:
            if rec["type"] in PROSE or rec["type"] == "row":
                for offset, length in rec["source"]:
                    for i in range(offset, offset + length, 1):
                        owner[i] = rec["type"] == "row"
        for rec in dump:
            if rec["type"] not in UNITS:
                continue
            row = rec["type"] == "row"
            wrong = any(owner.get(i) is (not row) for o, n in rec.get("source") or [] for i in range(o, o + n, 3)
                        if data[i:i + 1].strip())
            if wrong:
                self.joined["prose joined into tables" if row else "table cells joined into prose"] += 1
