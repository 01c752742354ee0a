#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Proves what --batch promises: as many lines out as in, memory that does not grow with them, and a run that was killed
goes on with --after to the same file.

usage: batch.py SEARCH INDEX DUMP LINES [SEED]
"""
import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

KILLS = 5
LEAK_MAX = 64  # bytes a line
NOISE_MAX = 1 << 20  # bytes by which the peak of memory differs from run to run, however many the lines


def questions(rng, dump, count):
    """Numbers as held and respelt, titles, pieces of text, units, and what nobody can answer."""
    records = [json.loads(line) for line in open(dump, encoding="utf-8")]
    numbers = [r["number"]["text"] for r in records if r["type"] == "document" and r["number"]]
    titles = [r["title"] for r in records if r["type"] == "document" and r["title"]]
    texts = [r["text"] for r in records if len(r["text"]) > 30]
    units = [u for r in records if r.get("responsible") for side in r["responsible"].values() for u in side]
    odd = ["", "   ", "\t", "“", "\"", "NEAR/3", "(", "云政发〔2024〕", "2024年2月30日", "\ufffd", "标题:", "-", "😀", "x" * 3000,
           "云政发〔2099〕1号", "日期:2024-13", "第", "龘靐齉"]
    wide = str.maketrans("0123456789〔〕号", "０１２３４５６７８９[]號")

    def piece():
        text = rng.choice(texts)
        start = rng.randrange(len(text) - 12)
        return text[start:start + rng.randint(6, 12)].replace("\n", " ")

    kinds = [lambda: rng.choice(numbers), lambda: rng.choice(numbers).translate(wide), lambda: rng.choice(titles),
             piece, lambda: rng.choice(units), lambda: rng.choice(odd)]
    weights = [40, 20, 10, 20, 5, 5]
    return [rng.choices(kinds, weights)[0]() for _ in range(count)]


class Batch:
    """One run of the program on FILE, from line AFTER on, whose output is added to OUT."""

    def __init__(self, search, index, file, out, after=0):
        command = [search, "--index", index, "--limit", "3", "--batch", file]
        if after:
            command += ["--after", str(after)]
        self.out = open(out, "ab")
        self.process = subprocess.Popen(command, stdout=self.out, stderr=subprocess.PIPE)

    def wait(self):
        """The status, and the peak of memory in kilobytes."""
        peak = 0
        while self.process.poll() is None:
            peak = max(peak, self.resident())
            time.sleep(0.01)
        errors = self.process.stderr.read().decode()
        self.out.close()
        if errors.strip():
            sys.exit("errors: " + errors)
        return self.process.returncode, peak

    def resident(self):
        try:
            status = Path("/proc/%d/status" % self.process.pid).read_text()
        except OSError:
            return 0
        peaks = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
        return int(peaks[0]) if peaks else 0

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stderr.close()
        self.out.close()


def whole_lines(path):
    """How many lines the file has, after what a kill left of a last one is cut off."""
    data = Path(path).read_bytes()
    end = data.rfind(b"\n") + 1
    with open(path, "r+b") as file:
        file.truncate(end)
    return data[:end].count(b"\n")


def check_lines(asked, out):
    answers = [json.loads(line) for line in open(out, encoding="utf-8")]
    if [answer["line"] for answer in answers] != list(range(1, len(asked) + 1)):
        sys.exit("%d lines in, %d out" % (len(asked), len(answers)))
    states = {}
    for question, answer in zip(asked, answers):
        if answer["input"] != question.rstrip("\r"):
            sys.exit("line %d has another input" % answer["line"])
        if answer["state"] == "cited_only" and not answer["cited_by"]:
            sys.exit("line %d does not say who cites it" % answer["line"])
        states[answer["state"]] = states.get(answer["state"], 0) + 1
    return states


def write_lines(path, lines):
    Path(path).write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def run_whole(search, index, file, out):
    """The peak of memory of a run that answers all lines, in kilobytes."""
    status, peak = Batch(search, index, file, out).wait()
    if status != 0:
        sys.exit("exit status %d" % status)
    return peak


def run_killed(search, index, file, out, count, rng):
    """Kills the program when it has answered a random part of the lines, several times, and lets it finish."""
    stops = sorted(rng.sample(range(1, count), KILLS))
    for stop in stops:
        batch = Batch(search, index, file, out, whole_lines(out) if Path(out).exists() else 0)
        while batch.process.poll() is None and Path(out).read_bytes().count(b"\n") < stop:
            time.sleep(0.05)
        batch.kill()
    Batch(search, index, file, out, whole_lines(out)).wait()


def main():
    search, index, dump, count = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    rng = random.Random(int(sys.argv[5]) if len(sys.argv) > 5 else 7)
    folder = Path(index).parent
    # The second half asks the same once more, in another order: what a question needs has been needed by then (parts
    # of the index that are read, dictionaries), so that whatever is more with all lines has been kept of the lines.
    asked = questions(rng, dump, count // 2)
    asked += rng.sample(asked, len(asked))
    few, many, out, killed = (str(folder / name) for name in ("few", "many", "out", "killed"))
    for path in (out, killed):
        Path(path).unlink(missing_ok=True)
    write_lines(few, asked[:len(asked) // 2])
    write_lines(many, asked)

    few_peak = run_whole(search, index, few, out)
    Path(out).unlink()
    peak = run_whole(search, index, many, out)
    states = check_lines(asked, out)
    print("batch: %d lines in, %d out: %s" % (len(asked), sum(states.values()), states))
    print("batch: peak of memory %d kB with the first half of the lines, %d kB with all" % (few_peak, peak))
    if (peak - few_peak) * 1024 > LEAK_MAX * (len(asked) // 2) + NOISE_MAX:
        sys.exit("memory grows with the lines")

    run_killed(search, index, many, killed, count, rng)
    if Path(killed).read_bytes() != Path(out).read_bytes():
        sys.exit("a run that was killed gives another file")
    print("batch: killed %d times and resumed: the identical file of %d bytes" % (KILLS, Path(out).stat().st_size))


main()
