# SPDX-License-Identifier: GPL-2.0-or-later
"""The files that are indexed and the queries that are asked."""
import json
import random
import subprocess
import sys
from collections import Counter, namedtuple
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
QUERIES = 100  # of a class
SAMPLE_BYTES = 4_000_000
PROSE = ("document", "clause", "paragraph", "entry", "row")

Query = namedtuple("Query", "typed words")
Query.__doc__ = "A query as it is typed here, and the phrases in it for engines that know nothing but these."


def make_issues(folder, megabytes):
    """Generated issues of so many MB; the larger corpus begins with the smaller one."""
    if not folder.exists():
        subprocess.run([ROOT / "scripts/make-issues", "1", "0", "--out", folder, "--plain-bytes",
            str(megabytes * 1_000_000)], check=True, stdout=subprocess.DEVNULL)


def dump(indexer, *paths):
    """The records of files, one by one."""
    with subprocess.Popen([indexer, "--dump", *paths], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        yield from map(json.loads, process.stdout)
    if process.returncode != 0:
        sys.exit("bench: gazette-index --dump: exit status %d" % process.returncode)


def make_plain(folder, issues, indexer):
    """The running text of each issue, repaired, a paragraph a line: what an engine without repair does best on."""
    if folder.exists():
        return
    folder.mkdir()
    lines, name = [], None
    for record in dump(indexer, issues):
        if record["type"] == "issue":
            write_plain(folder, name, lines)
            lines, name = [], record["id"]
        elif record["type"] in PROSE:
            lines.append(record["text"].replace("\n", ""))
    write_plain(folder, name, lines)


def write_plain(folder, name, lines):
    if name:
        (folder / (name + ".txt")).write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_sample(folder):
    """Lines of text from files all over the corpus."""
    files = sorted(folder.iterdir())
    random.Random(1).shuffle(files)
    lines, size = [], 0
    for path in files:
        text = path.read_text(encoding="utf-8")
        lines += text.splitlines()
        size += len(text) * 3
        if size > SAMPLE_BYTES:
            break
    return lines


def is_han(text):
    return all("\u4e00" <= c <= "\u9fff" for c in text)


def quoted(words):
    return Query(" ".join('"%s"' % word for word in words), tuple(words))


def phrases(lines, length, rng):
    """The most frequent phrases of so many characters, and some that stand once in the sample."""
    counts = Counter(line[i:i + length] for line in lines for i in range(len(line) - length + 1))
    usable = sorted((p for p in counts if is_han(p)), key=lambda p: (-counts[p], p))
    rare = [p for p in usable if counts[p] == 1] or usable[-QUERIES:]
    return usable[:QUERIES], rng.sample(rare, min(QUERIES, len(rare)))


def classes(plain, issues, indexer):
    """Name of a class → its queries."""
    rng, lines, words, out = random.Random(2), read_sample(plain), [], {}
    for length in (2, 4, 8, 16):
        frequent, rare = phrases(lines, length, rng)
        out["%d characters, frequent" % length] = [quoted([phrase]) for phrase in frequent]
        out["%d characters, rare" % length] = [quoted([phrase]) for phrase in rare]
        words += frequent if length < 8 else []
    out["three words"] = [quoted(rng.sample(words, 3)) for _ in range(QUERIES)]
    characters = Counter(c for line in lines for c in line if is_han(c))
    out["one character"] = [quoted([c]) for c, _ in characters.most_common(QUERIES)]
    out.update(structured(dump(indexer, *sorted(issues.iterdir())[:QUERIES]), rng))
    return {name: queries for name, queries in out.items() if queries}


def structured(records, rng):
    """Numbers of documents, and the units that have most to do."""
    numbers, units = set(), Counter()
    for record in records:
        if record["type"] == "document" and record["number"]:
            numbers.add(record["number"]["text"])
        units.update((record.get("responsible") or {}).get("others", []))
    chosen = rng.sample(sorted(numbers), min(QUERIES, len(numbers)))
    return {"number": [Query(number, (number,)) for number in chosen],
        "unit": [Query(unit, (unit,)) for unit, _ in units.most_common(QUERIES)]}


def mixed(groups, count, rng):
    """Queries of all classes in turn, in no order."""
    out = [rng.choice(queries) for queries in groups.values() for _ in range(count // len(groups) + 1)][:count]
    rng.shuffle(out)
    return out
