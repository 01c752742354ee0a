#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs the examples of the specification: run.py FILE.md...

README.md says how examples are written. Needs $GAZETTE_INDEX_BIN, $GAZETTE_SEARCH_BIN and $SPEC_PROBE_BIN.
Prints each example that fails as FILE:LINE with what differs, and ends with "N passed, M failed".
"""
import difflib
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

STEM = "spec-2024-01"
PROGRAMS = ("GAZETTE_INDEX_BIN", "GAZETTE_SEARCH_BIN", "SPEC_PROBE_BIN")
PROBES = ("number", "numbers", "heading", "date", "date-line", "numeral", "label", "units", "responsible",
          "unit-keys", "unit-name", "fold")
VISIBLE = {"␠": " ", "␉": "\t", "␌": "\f", "⏎": "\n"}
KNOWN = "known-failure:"
MORE = "…"
ELISION = "[…]"
BYTES = re.compile(r"⟦([0-9a-f ]+)⟧")
SPACE = re.compile(r"[\s\ufeff]+")


class Malformed(Exception):
    """An example that cannot be run as it is written."""


class Example:
    """One example: run() gives the lines that say what differs; none when all is as expected."""

    def __init__(self, place, run, known=None):
        self.place, self.run, self.known = place, run, known


# --- reading the markdown ----------------------------------------------------------------------------------

def fenced_blocks(text):
    """(line number, info string, lines) of each fenced block that has an info string."""
    info, start, body = None, 0, []
    for number, line in enumerate(text.split("\n"), 1):
        if info is None and line.startswith("```"):
            info, start, body = line[3:].strip(), number, []
        elif info is not None and line.startswith("```"):
            if info:
                yield start, info, body
            info = None
        elif info is not None:
            body.append(line)
    if info is not None:
        raise Malformed(f"{start}: a block is not closed")


def split_known(text):
    """What stands before 'known-failure: reason', and the reason or None."""
    head, mark, reason = text.partition(KNOWN)
    return head.rstrip(), (reason.strip() or "no reason given") if mark else None


def examples_of(path):
    """The examples of a markdown file, in order."""
    found, gazette = [], None
    for line, info, body in fenced_blocks(path.read_text(encoding="utf-8")):
        place = f"{path}:{line}"
        info, known = split_known(info)
        kind, *options = info.split()
        if kind == "gazette":
            gazette = Gazette(options, body)
        elif kind in ("records", "search"):
            if gazette is None:
                raise Malformed(f"{place}: {kind} without a gazette before it")
            check = check_records if kind == "records" else check_search
            found.append(Example(place, lambda g=gazette, b=body, c=check: c(g, b), known))
        elif kind in PROBES:
            found.extend(probe_examples(path, line, kind, body))
        else:
            raise Malformed(f"{place}: no such kind of example: {kind}")
    return found


# --- a gazette as a file -----------------------------------------------------------------------------------

class Gazette:
    """The damaged text of an example and how it is written to a file."""

    def __init__(self, options, body):
        self.name, self.encoding, self.crlf, self.bom = STEM, "utf-8", False, False
        for option in options:
            key, _, value = option.partition("=")
            if key == "name":
                self.name = value
            elif key == "encoding":
                self.encoding = value
            elif key in ("crlf", "bom"):
                setattr(self, key, True)
            elif key != "not":
                raise Malformed(f"no such option of a gazette: {option}")
        self.text = "".join(VISIBLE.get(c, c) for line in body for c in line + "\n")
        if self.crlf:
            self.text = self.text.replace("\n", "\r\n")

    def bytes(self):
        """The file's bytes; ⟦ff⟧ stands for the byte 0xff."""
        parts = re.split(BYTES, self.text)
        if self.bom:
            parts[0] = "\ufeff" + parts[0]
        return b"".join(bytes.fromhex(part) if i % 2 else part.encode(self.encoding)
                        for i, part in enumerate(parts))

    def decoded(self):
        """The text whose bytes the indexer counts: with UTF-8's byte order mark, U+FFFD for what is no text."""
        mark = "\ufeff" if self.bom and self.encoding == "utf-8" else ""
        return mark + re.sub(BYTES, lambda match: "\ufffd" * len(bytes.fromhex(match[1])), self.text)

    def write(self, folder):
        path = Path(folder) / (self.name + ".txt")
        path.write_bytes(self.bytes())
        return path


def dump(gazette):
    """(records, diagnostics) of the indexer for a gazette."""
    with tempfile.TemporaryDirectory() as folder:
        path = gazette.write(folder)
        command = [os.environ["GAZETTE_INDEX_BIN"], "--dump", str(path)]
        done = subprocess.run(command, capture_output=True, check=False)
        errors = done.stderr.decode("utf-8", "replace")
        if done.returncode != 0:
            raise Malformed(f"gazette-index exits with {done.returncode}: {errors.strip()}")
        records = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
        diagnostics = []
        for line in errors.splitlines():
            match = re.match(re.escape(str(path)) + r"(?::(\d+):(\d+))?: ([^:]+): (.*)", line)
            if match:
                keys = ("page", "line", "code", "text")
                diagnostics.append({"type": "diagnostic", **dict(zip(keys, match.groups()))})
        return records, diagnostics


def broken_laws(gazette, records):
    """Accounting and fidelity, which every example must keep besides what it is about."""
    data = gazette.decoded().encode("utf-8")
    owner, wrong = bytearray(len(data)), []
    for record in records:
        if record["type"] in ("citation", "issue"):
            continue
        pieces = [data[at:at + length] for at, length in record["source"]]
        for at, length in record["source"]:
            for i in range(at, at + length):
                owner[i] = min(owner[i] + 1, 2)
        if SPACE.sub("", b"".join(pieces).decode("utf-8", "replace")) != SPACE.sub("", record["text"] or ""):
            wrong.append(f"fidelity: {record['id']}: {record['text']!r} is not what its source says")
    at = 0
    for character in data.decode("utf-8"):
        size = len(character.encode("utf-8"))
        if not SPACE.match(character) and owner[at] != 1:
            times = "twice" if owner[at] else "never"
            wrong.append(f"accounting: {character!r} at byte {at} is owned {times}")
        at += size
    return wrong[:5]


# --- what is expected of records ---------------------------------------------------------------------------

def shown(value):
    """A value in the notation of the records blocks; nothing is -."""
    if value is None or value == "" or value == []:
        return "-"
    if isinstance(value, list):
        return "、".join(str(item) for item in value)
    return str(value).replace("\n", "⏎")


def number_of(record, part):
    if record["type"] == "issue":
        return record.get("number")
    numbers = record.get("numbers") or [record.get("number")]
    return "；".join(shown(number.get(part)) for number in numbers if number) or None


FIELDS = {
    "number": lambda r: number_of(r, "text"),
    "key": lambda r: number_of(r, "key"),
    "lead": lambda r: (r.get("responsible") or {}).get("lead"),
    "others": lambda r: (r.get("responsible") or {}).get("others"),
    "people": lambda r: "; ".join(f"{p['role'] or '-'} {p['name']}" for p in r.get("people") or []),
    "attachments": lambda r: "; ".join(f"{shown(a['n'])} {shown(a['title'])}" for a in r["attachments"]),
    "pages": lambda r: "-".join(map(str, r["pages"])),
}
FIRST = {
    "clause": lambda r: "".join(r["path"]),
    "paragraph": lambda r: "".join(r.get("path") or []),
    "row": lambda r: r["row"],
    "entry": lambda r: r["date"],
    "other": lambda r: r["role"],
    "citation": lambda r: r["relation"],
    "diagnostic": lambda r: r["code"],
}
TYPES = {"issue", "document", "caption"} | set(FIRST)


def body_of(record):
    if record["type"] == "row":
        return " | ".join(shown(record["cells"].get(column)) for column in record["columns"])
    return shown(record.get("text"))


def field_of(record, name):
    if name in FIELDS:
        return shown(FIELDS[name](record))
    return shown(record.get(name))


def agrees(pattern, value):
    """[…] in a pattern stands for any characters."""
    return re.fullmatch(".*".join(map(re.escape, pattern.split(ELISION))), value, re.DOTALL) is not None


class Expected:
    """One line of a records block."""

    LINE = re.compile(r"(?:(not) )?(\w+)(.*?)(?: \| (.*))?$", re.DOTALL)

    def __init__(self, line):
        match = self.LINE.match(line)
        if not match or match[2] not in TYPES:
            raise Malformed(f"not understood: {line}")
        self.line, self.negated, self.type, self.body = line, bool(match[1]), match[2], match[4]
        words = re.findall(r'(?:(\w+)=)?("[^"]*"|\S+)', match[3])
        self.fields = {key: value.strip('"') for key, value in words if key}
        first = [value for key, value in words if not key]
        if len(first) > 1 or (first and self.type not in FIRST):
            raise Malformed(f"not understood: {line}")
        self.first = first[0] if first else None
        if self.first is None and self.type == "paragraph" and not self.negated:
            self.first = "-"

    def matches(self, record):
        return (record["type"] == self.type
                and (self.first is None or agrees(self.first, shown(FIRST[self.type](record))))
                and all(agrees(value, field_of(record, name)) for name, value in self.fields.items())
                and (self.body is None or agrees(self.body, body_of(record))))

    def render(self, record):
        """RECORD in the terms of this line."""
        line = record["type"]
        if record["type"] in FIRST:
            first = shown(FIRST[record["type"]](record))
            line += "" if record["type"] == "paragraph" and first == "-" else " " + first
        for name in self.fields:
            value = field_of(record, name)
            line += f' {name}="{value}"' if " " in value else f" {name}={value}"
        return line + ("" if self.body is None else f" | {body_of(record)}")


def in_order(wanted, records):
    """Whether WANTED (lines and MORE) describes RECORDS from the first to the last."""

    @lru_cache(maxsize=None)
    def fits(i, j):
        if i == len(wanted):
            return j == len(records)
        if wanted[i] is MORE:
            return fits(i + 1, j) or (j < len(records) and fits(i, j + 1))
        return j < len(records) and wanted[i].matches(records[j]) and fits(i + 1, j + 1)

    return fits(0, 0)


def difference(wanted, records):
    """Diff lines between what is expected and what there is."""
    lines, models = [], {}
    for expected in wanted:
        if expected is not MORE:
            models.setdefault(expected.type, expected)
    used = set()
    for record in records:
        same = next((e for e in wanted if e is not MORE and id(e) not in used and e.matches(record)), None)
        if same is not None:
            used.add(id(same))
        lines.append(same.line if same else models[record["type"]].render(record))
    expected_lines = [MORE if e is MORE else e.line for e in wanted]
    return [line for line in difflib.ndiff(expected_lines, lines) if not line.startswith("?")]


def check_records(gazette, body):
    lines = [line for line in body if line.strip()]
    parsed = [MORE if line == MORE else Expected(line) for line in lines]
    wanted = [e for e in parsed if e is MORE or not e.negated]
    records, diagnostics = dump(gazette)
    named = {e.type for e in wanted if e is not MORE}
    wrong = []
    for expected in (e for e in parsed if e is not MORE and e.negated):
        wrong += [f"found: {expected.render(r)}" for r in records + diagnostics if expected.matches(r)]
    kept = [r for r in records + diagnostics if r["type"] in named]
    if named and not in_order(wanted, kept):
        wrong += difference(wanted, kept)
    return wrong + broken_laws(gazette, records)


# --- what is expected of searches --------------------------------------------------------------------------

def split_arrow(line):
    left, arrow, right = line.partition(" → ")
    if not arrow:
        raise Malformed(f"no arrow in: {line}")
    return left.strip(), right.strip()


def addresses(items):
    return " ; ".join(item["address"] or item["id"] for item in items)


def search(index, words):
    """Addresses of what a search finds, in its order; none also where only words of the phrase are found."""
    command = [os.environ["GAZETTE_SEARCH_BIN"], "--index", index, "--format", "json", "--limit", "0", *words]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode not in (0, 1):
        return f"exit {done.returncode}: {done.stderr.decode('utf-8', 'replace').strip()}"
    answer = json.loads(done.stdout)
    if answer["match"] == "relaxed":
        return "none"
    if answer["state"] == "cited_only":
        return "only cited by " + addresses(answer["cited_by"])
    return addresses(answer["hits"]) or "none"


def check_search(gazette, body):
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        path, index = gazette.write(folder), str(Path(folder) / "index")
        subprocess.run([os.environ["GAZETTE_INDEX_BIN"], "--quiet", "--index", index, str(path)], check=True)
        for line in (line for line in body if line.strip()):
            query, expected = split_arrow(line)
            got = search(index, shlex.split(query))
            if not agrees(expected, got):
                wrong += [f"- {query} → {expected}", f"+ {query} → {got}"]
    return wrong


# --- questions to single functions -------------------------------------------------------------------------

def probe(kind, text):
    text = "".join(VISIBLE.get(c, c) for c in text)
    done = subprocess.run([os.environ["SPEC_PROBE_BIN"], kind, text], capture_output=True, check=False)
    if done.returncode != 0:
        raise Malformed(f"the probe fails: {done.stderr.decode('utf-8', 'replace').strip()}")
    return done.stdout.decode("utf-8").rstrip("\n").replace("\n", "⏎")


def check_probe(kind, line):
    text, expected = split_arrow(line)
    got = probe(kind, text)
    return [] if got == expected else [f"- {text} → {expected}", f"+ {text} → {got}"]


def probe_examples(path, start, kind, body):
    for number, line in enumerate(body, start + 1):
        if line.strip():
            line, known = split_known(line)
            yield Example(f"{path}:{number}", lambda k=kind, t=line: check_probe(k, t), known)


# --- the run -----------------------------------------------------------------------------------------------

def outcome(example):
    """('passed' | 'known' | 'failed', lines)."""
    try:
        wrong = example.run()
    except (Malformed, OSError, subprocess.CalledProcessError, KeyError, ValueError) as error:
        return "failed", [f"cannot be run: {error}"]
    if example.known is None:
        return ("failed", wrong) if wrong else ("passed", [])
    if wrong:
        return "known", [example.known]
    return "failed", [f"passes, but is marked as a known failure: {example.known}"]


def main(arguments):
    verbose = "--verbose" in arguments
    missing = [name for name in PROGRAMS if not os.environ.get(name)]
    if missing:
        sys.exit(f"run.py: {missing[0]} is not set: tests/spec/spec.sh is run by ctest")
    paths = [Path(argument) for argument in arguments if not argument.startswith("--")]
    counts = {"passed": 0, "known": 0, "failed": 0}
    for path in paths:
        try:
            examples = examples_of(path)
        except Malformed as error:
            examples = []
            print(f"{path}: {error}")
            counts["failed"] += 1
        for example in examples:
            state, lines = outcome(example)
            counts[state] += 1
            if state == "failed" or (verbose and state == "known"):
                print(f"{example.place}: {state}")
                print("".join(f"    {line}\n" for line in lines), end="")
    if counts["known"]:
        print(f"{counts['known']} known failures")
    print(f"{counts['passed']} passed, {counts['failed']} failed")
    return 1 if counts["failed"] or not counts["passed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
