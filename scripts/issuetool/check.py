# SPDX-License-Identifier: GPL-2.0-or-later
"""The two laws of the record contract, for truth and for dumps alike."""
from .model import squeeze


def owners(data, records):
    """How many records own each byte; 9 stands for nine and more."""
    counts = bytearray(len(data))
    for rec in records:
        if rec["type"] == "citation":
            continue
        for offset, length in rec.get("source") or []:
            for i in range(offset, min(offset + length, len(data))):
                counts[i] = min(counts[i] + 1, 9)
    return counts


def unaccounted(data, records):
    """Byte offsets of the non-blank characters that are not owned exactly once."""
    counts = owners(data, records)
    bad, at = [], 0
    for ch in data.decode("utf-8"):
        size = len(ch.encode("utf-8"))
        if squeeze(ch) and any(counts[i] != 1 for i in range(at, at + size)):
            bad.append(at)
        at += size
    return bad


def unfaithful(data, records):
    """Records (issue and document apart) whose text is not what their source says."""
    bad = []
    for rec in records:
        if rec["type"] == "issue" or (rec["type"] == "document" and not rec.get("text")):
            continue
        joined = b"".join(data[o:o + n] for o, n in rec.get("source") or [])
        if squeeze(joined.decode("utf-8", "replace")) != squeeze(rec.get("text") or ""):
            bad.append(rec)
    return bad


def laws(text, records, shift=0):
    """What is wrong with the records of `text`, in words; empty when both laws hold."""
    data = b" " * shift + text.encode("utf-8")
    problems = ["no single owner at byte %d: %r" % (at, data[max(0, at - 30):at + 30].decode("utf-8", "replace"))
                for at in unaccounted(data, records)]
    return problems + ["text of %s is not its source: %r" % (r.get("id"),
        (r.get("text") or "")[:50]) for r in unfaithful(data, records)]
