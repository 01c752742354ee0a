#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Kills gazette-index before each system call that changes anything, and looks at what is left.

usage: kill.py [EVERY]

For runs of several kinds. After each kill the index opens, --check=full passes, it holds exactly what was committed last, and the same
command brings it to where an undisturbed run does, with no file more. EVERY: only every so many calls (default 1).
"""
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor

sys.dont_write_bytecode = True
from harness import INDEX, SAMPLES, Failure, Tracer, calls_in, check, copy, export, files_of, must, report, require, run, scratch

WORKERS = 2


class Scenario:
    """A run of gazette-index: what it begins with and its arguments."""

    def __init__(self, name, before, *arguments, repeatable=True):
        self.name, self.before, self.arguments = name, before, ("--quiet", *map(str, arguments))
        self.repeatable = repeatable  # done twice, it is no error


class Sweep:
    """All kill points of one scenario."""

    def __init__(self, tracer, folder, scenario):
        self.tracer, self.folder, self.scenario = tracer, folder / scenario.name, scenario
        self.folder.mkdir()
        self.states = {}  # what the index holds after so many commits

    def trace(self, name, inject=None):
        """A run in a copy; gives the index, the log and the process."""
        index, log = self.folder / name, self.folder / (name + "-log")
        copy(self.scenario.before, index)
        done = self.tracer.run(log, Tracer.CALLS, inject, *self.scenario.arguments, index=index)
        return index, log, done

    def commits(self, log, index):
        """So many commits were finished."""
        return sum(is_commit(call, index) for call in calls_in(log))

    def points(self):
        """Every call to be killed at, by name and number; learns how an undisturbed run ends."""
        index, log, done = self.trace("whole")
        require(done.returncode == 0, self.scenario.name, "exits with", done.returncode, done.stderr.decode())
        self.after, self.files = export(index), files_of(index)
        self.states[0] = export(self.scenario.before) if self.scenario.before else None
        self.states[self.commits(log, index)] = self.after
        calls = list(calls_in(log))
        first = next(at for at, (_, _, _, rest) in enumerate(calls) if str(index) in rest)
        parent = calls[0][0]
        return [(name, number) for process, name, number, rest in calls[first:] if process == parent and
            (name != "openat" or str(index) in rest)]

    def kill(self, point):
        """The kill at one point; gives what is wrong, or None."""
        name = "%s-%d" % point
        index, log, _ = self.trace(name, "%s:signal=KILL:when=%d" % point)
        try:
            self.look_at(index, self.commits(log, index))
        except Failure as failure:
            return "%s killed at %s %d: %s" % (self.scenario.name, *point, failure)
        finally:
            copy(None, index)
            log.unlink()
        return None

    def look_at(self, index, commits):
        held = export(index)
        if held is not None:
            check(index)
        known = self.states.setdefault(commits, held)
        require(held == known, "after commit", commits, "it holds something else")
        require(is_between(held, self.states[0], self.after), "it holds half an issue")
        if held != self.after or self.scenario.repeatable:
            must(INDEX, *self.scenario.arguments, index=index)
        require(export(index) == self.after, "the same command does not complete it")
        check(index)
        require(files_of(index) == self.files, "files are left behind:", files_of(index) ^ self.files)


def is_commit(call, index):
    """The file that says which revision is the last one was put in its place."""
    _, name, _, rest = call
    return name == "rename" and str(index) + "/iamglass" in rest and rest.endswith(" = 0")


def issues_of(exported):
    """The lines of each issue by the line that begins it."""
    issues = {}
    for line in (exported or b"").splitlines()[:-1]:
        if line.startswith(b'{"type":"issue"'):
            current = issues.setdefault(line, [])
        current.append(line)
    return issues


def is_between(held, before, after):
    """Each issue is whole, as it was before or as it is after."""
    known = [issues_of(before), issues_of(after)]
    return all(any(issue.get(key) == lines for issue in known) for key, lines in issues_of(held).items())


def scenarios(folder):
    """The runs. Issues of the samples are so large that a small --memory makes several commits of them."""
    samples = sorted(SAMPLES.glob("*.txt"))
    changed = folder / samples[0].name
    changed.write_bytes(samples[0].read_bytes() + "\n　　本期刊物的校对由值班编辑逐页完成。\n".encode())
    one, all_three, archive = folder / "one", folder / "all", folder / "archive.ndjson"
    must(INDEX, "--quiet", samples[0], index=one)
    must(INDEX, "--quiet", *samples, index=all_three)
    archive.write_bytes(export(all_three))
    yield Scenario("fresh", None, "--jobs", 1, samples[0])
    yield Scenario("batches", None, "--jobs", 1, "--memory", 1, *samples)
    yield Scenario("add", one, "--jobs", 1, samples[1])
    yield Scenario("replace", all_three, "--jobs", 1, changed)
    yield Scenario("rebuild", all_three, "--jobs", 1, "--memory", 1, "--rebuild", *samples)
    yield Scenario("jobs", one, "--jobs", 2, "--memory", 1, *samples)
    yield Scenario("remove", all_three, "--remove", "lanyun-2024-01", "--remove", "yungang-2024-03", repeatable=False)
    yield Scenario("import", one, "--memory", 1, "--import", archive)
    yield Scenario("compact", all_three, "--compact")


def main(argv):
    every = int(argv[0]) if argv else 1
    tracer, folder = Tracer(), scratch()
    failures, tried, offset = [], 0, 0
    try:
        for scenario in scenarios(folder):
            sweep = Sweep(tracer, folder, scenario)
            points = sweep.points()
            chosen = points[offset % every::every]
            offset += len(points)
            with ThreadPoolExecutor(WORKERS) as pool:
                failures += filter(None, pool.map(sweep.kill, chosen))
            tried += len(chosen)
            print("%s: %d of %d kill points, %d commits" % (scenario.name, len(chosen), len(points), max(sweep.states)), flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    report(failures, "%d kill points" % tried)


if __name__ == "__main__":
    main(sys.argv[1:])
