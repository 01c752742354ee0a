#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Damages the files of an index, one at a time, and asks: every damage is reported by --check=full, or the answers stay right.

usage: damage.py [FLIPS [SEED]]

Each file is cut off at places from its beginning to its end, is taken away, and has one bit turned over at random places (FLIPS in all,
default 1000; from 1000 on also at every place of iamglass). Whatever is wrong, no program crashes or hangs: it answers, or it ends with an error in one line.
"""
import random
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor

sys.dont_write_bytecode = True
from harness import INDEX, SAMPLES, SEARCH, Failure, copy, must, report, require, run, scratch

WORKERS = 2
WHOLE = 1000  # bits turned in a run that leaves nothing out
CUTS, SOME_CUTS = 12, 3  # places at which each file is cut off

QUESTIONS = (
    ("--number", "云政发〔2024〕8号"),
    ("--unit", "市教育局", "--role", "lead"),
    ("--keyword", "骨干教师交流比例"),
    ("教育 OR 交通", "--limit", "50"),
    ("--keyword", "龘靐齉"),
    ("--cited-not-held",),
    ("--calendar", "2024-03"),
    ("--show", "yungang-2024-03/2"),
)


def ask(index):
    """Status and output of each question."""
    answers = []
    for question in QUESTIONS:
        done = run(SEARCH, "--format", "json", *question, index=index)
        require(done.returncode in (0, 1, 2, 75), question, "exits with", done.returncode, done.stderr[-300:])
        require(done.returncode < 2 or is_a_line(done.stderr, b"gazette-search: "), question, "says", done.stderr[-300:])
        answers.append((done.returncode, done.stdout if done.returncode < 2 else b""))
    return answers


def is_a_line(text, beginning):
    return text.startswith(beginning) and text.count(b"\n") == 1


class Sweep:
    def __init__(self, folder):
        self.folder, self.sound = folder, folder / "sound"
        must(INDEX, "--quiet", *sorted(SAMPLES.glob("*.txt")), index=self.sound)
        # Something is removed and replaced, too.
        must(INDEX, "--quiet", "--rebuild", SAMPLES / "lanchuan-2024-02.txt", index=self.sound)
        self.files = {path.name: path.read_bytes() for path in self.sound.iterdir() if path.stat().st_size > 0}
        self.right = ask(self.sound)
        require(all(status in (0, 1) for status, _ in self.right), "the sound index does not answer")

    def damages(self, flips, seed):
        """Name of the damage, name of the file, its contents (None: none)."""
        cuts = CUTS if flips >= WHOLE else SOME_CUTS
        for name, data in sorted(self.files.items()):
            yield "no " + name, name, None
            for cut in sorted({len(data) * i // cuts for i in range(cuts)} | {1, len(data) - 1}):
                yield "%s cut at %d" % (name, cut), name, data[:cut]
        # In the small file on which all depends, every bit, when there is the time.
        if flips >= WHOLE:
            for bit in range(8 * len(self.files["iamglass"])):
                yield self.turned("iamglass", bit)
        chance, names = random.Random(seed), sorted(self.files)
        for i in range(flips):
            # Half of them in proportion to the size, half in each file as often.
            weights = [len(self.files[name]) if i % 2 else 1 for name in names]
            name = chance.choices(names, weights)[0]
            yield self.turned(name, chance.randrange(8 * len(self.files[name])))

    def turned(self, name, bit):
        data = bytearray(self.files[name])
        data[bit // 8] ^= 1 << bit % 8
        return "%s with bit %d turned" % (name, bit), name, bytes(data)

    def look_at(self, numbered):
        """What is wrong, or None; and whether the check reported the damage."""
        number, (what, name, data) = numbered
        index = self.folder / ("damaged-%d" % number)
        copy(self.sound, index)
        (index / name).unlink()
        if data is not None:
            (index / name).write_bytes(data)
        try:
            checked = run(INDEX, "--quiet", "--check=full", index=index)
            require(checked.returncode in (0, 2), "--check=full exits with", checked.returncode, checked.stderr[-300:])
            require(checked.returncode == 0 or is_a_line(checked.stderr, b"gazette-index: "), "--check=full says", checked.stderr[-300:])
            exported = run(INDEX, "--export", index=index)
            require(exported.returncode in (0, 2), "--export exits with", exported.returncode, exported.stderr[-300:])
            right = ask(index) == self.right
            require(checked.returncode == 2 or right, "an answer is wrong, and --check=full finds nothing")
        except Failure as failure:
            return "%s: %s" % (what, failure), False
        finally:
            copy(None, index)
        return None, checked.returncode == 2


def main(argv):
    flips, seed = int(argv[0]) if argv else WHOLE, int(argv[1]) if len(argv) > 1 else 20261124
    folder = scratch()
    try:
        sweep = Sweep(folder)
        with ThreadPoolExecutor(WORKERS) as pool:
            results = list(pool.map(sweep.look_at, enumerate(sweep.damages(flips, seed))))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    reported = sum(found for _, found in results)
    report([failure for failure, _ in results if failure],
        "%d damages: %d reported, %d harmless" % (len(results), reported, len(results) - reported))


if __name__ == "__main__":
    main(sys.argv[1:])
