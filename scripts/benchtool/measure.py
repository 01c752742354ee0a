# SPDX-License-Identifier: GPL-2.0-or-later
"""What a command or an answer costs: time on the clock, processor time, memory, room on disk."""
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import namedtuple
from pathlib import Path

Cost = namedtuple("Cost", "seconds cpu peak_mb")
Cost.__doc__ = "Seconds on the clock and of processor time; MB of the largest process (None for a single answer)."


def run(command, stdin=None, env=None):
    """Runs COMMAND to its end. STDIN are bytes, or the path of a file."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as errors:
        if isinstance(stdin, bytes):
            given.write(stdin)
            given.seek(0)
        source = open(stdin, "rb") if isinstance(stdin, Path) else given
        start = time.perf_counter()
        process = subprocess.Popen([str(part) for part in command], stdin=source, stdout=subprocess.DEVNULL, stderr=errors,
            env={**os.environ, **(env or {})})
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        if source is not given:
            source.close()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):  # 1: nothing found
            errors.seek(0)
            sys.exit("bench: %s: exit status %d: %s" % (command[0], process.returncode, errors.read().decode(errors="replace")))
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


class Session:
    """A process that answers each line with a line."""

    def __init__(self, command, env=None):
        self.process = subprocess.Popen([str(part) for part in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env={**os.environ, **(env or {})})

    def processor(self):
        """Seconds that all its threads have run; the kernel counts them by nanoseconds."""
        tasks = Path("/proc/%d/task" % self.process.pid).iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9

    def ask(self, line):
        before, start = self.processor(), time.perf_counter()
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        seconds = time.perf_counter() - start
        if not answer:
            sys.exit("bench: %s ended at: %s" % (self.process.args[0], line))
        return Cost(seconds, self.processor() - before, None)

    def close(self):
        self.process.stdin.close()
        self.process.stdout.read()
        self.process.stdout.close()
        self.process.wait()


def typical(costs):
    """The median of each column."""
    return Cost(*(None if None in column else statistics.median(column) for column in zip(*costs)))


def percentile(values, percent):
    """The smallest of VALUES that so many of a hundred do not exceed."""
    values = sorted(values)
    return values[max(0, math.ceil(len(values) * percent / 100) - 1)]


def size_of(path):
    """Bytes on disk: files may have holes."""
    path = Path(path)
    stats = [f.stat() for f in ([path] if path.is_file() else path.rglob("*")) if f.is_file()]
    return sum(min(stat.st_size, stat.st_blocks * 512) for stat in stats)


def clear(path):
    path = Path(path)
    if path.is_dir():
        shutil.rmtree(path)
    elif path.exists():
        path.unlink()


def print_table(title, head, rows):
    print("\n%s\n" % title)
    for row in [head, ["---"] + ["---:"] * (len(head) - 1)] + rows:
        print("| " + " | ".join(map(str, row)) + " |")
    sys.stdout.flush()
