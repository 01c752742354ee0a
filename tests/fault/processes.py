#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Several processes at one index, and processes that are stopped.

usage: processes.py [COMMITS]

Readers in a loop see whole issues only, while a writer replaces one COMMITS times (default 100). A second writer gets exit status 75. A
writer that is stopped by a signal, or whose worker is killed, leaves the last commit and no lock. Nothing here depends on how fast anything is.
"""
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

sys.dont_write_bytecode = True
from harness import INDEX, SAMPLES, SEARCH, TIME_LIMIT, Failure, check, export, must, report, require, run, scratch

BUSY = 75
READERS = 2
PARAGRAPHS = 40
MARK = "本次修订标记"  # in every paragraph of the issue that is replaced


def write_issue(path, version):
    """An issue whose every clause names its version."""
    head = "岚溪市人民政府公报 2024年第3期\n\n岚政发〔2024〕7号\n\n岚溪市人民政府\n关于加强河道管理的通知\n\n各县（市、区）人民政府：\n    现通知如下。\n"
    clauses = "".join("    %d.做好第%d项工作，%s%s。\n" % (i, i, MARK, version) for i in range(1, PARAGRAPHS + 1))
    path.write_text(head + clauses + "    岚溪市人民政府\n    2024年3月18日\n", encoding="utf-8")


def start(*arguments, index):
    """A process whose standard input stays open."""
    return subprocess.Popen([INDEX, "--quiet", *map(str, arguments)], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        env=dict(os.environ, GAZETTE_INDEX=str(index), LC_ALL="C.UTF-8"))


def wait_for_lock(process, index):
    """Until the process has the tables of the index open, which it opens behind the lock."""
    folder, table = Path("/proc/%d/fd" % process.pid), str(index / "postlist.glass")
    while process.poll() is None:
        try:
            if any(os.readlink(file) == table for file in folder.iterdir()):
                return
        except FileNotFoundError:
            pass  # closed meanwhile
    raise Failure("a writer ends before it writes: " + process.stderr.read().decode())


# --- readers beside a writer


def read_once(index, versions):
    """One look at the issue: all of it is of one version."""
    done = run(SEARCH, "--keyword", MARK, "--format", "ndjson", "--level", "unit", "--limit", "1000", index=index)
    require(done.returncode == 0, "a reader exits with", done.returncode, done.stderr.decode())
    texts = [json.loads(line)["record"]["text"] for line in done.stdout.splitlines()]
    seen = {version for version in versions for text in texts if MARK + version + "。" in text}
    require(len(texts) == PARAGRAPHS and len(seen) == 1, "a reader sees", len(texts), "clauses of", sorted(seen))


def read_all(index, versions, stop, failures, counts):
    count = 0
    try:
        while not stop.is_set():
            read_once(index, versions)
            count += 1
    except Failure as failure:
        failures.append(str(failure))
        stop.set()
    counts.append(count)


def beside_a_writer(folder, commits):
    """Readers in a loop while one issue is replaced again and again."""
    index, path, versions = folder / "readers", folder / "lanxi-2024-03.txt", ["甲", "乙"]
    write_issue(path, versions[0])
    must(INDEX, "--quiet", path, *SAMPLES.glob("*.txt"), index=index)
    stop, failures, counts = threading.Event(), [], []
    readers = [threading.Thread(target=read_all, args=(index, versions, stop, failures, counts)) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    try:
        for commit in range(commits):
            write_issue(path, versions[(commit + 1) % 2])
            must(INDEX, "--quiet", path, index=index)
            if stop.is_set():
                break
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    require(not failures, *failures)
    check(index)
    print("%d commits, %d whole looks beside them" % (commits, sum(counts)), flush=True)


# --- writers beside each other


def a_second_writer(folder):
    """It is refused at once, whatever it is to do; readers are not. The lock goes with its holder, however that ends."""
    index, archive = folder / "busy", folder / "archive.ndjson"
    must(INDEX, "--quiet", *SAMPLES.glob("*.txt"), index=index)
    before = export(index)
    archive.write_bytes(before)
    for stop in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT):
        holder = start("--import", "-", index=index)
        wait_for_lock(holder, index)
        for arguments in (("--rebuild", SAMPLES), ("--remove", "lanyun-2024-01"), ("--import", archive), ("--compact",)):
            done = run(INDEX, *arguments, index=index)
            require(done.returncode == BUSY and done.stderr.count(b"\n") == 1, *arguments, "exits with", done.returncode, done.stderr)
        check(index)
        # An issue and a half: the run is stopped before it is committed.
        holder.stdin.write(before[:len(before) // 2])
        holder.stdin.flush()
        holder.send_signal(stop)
        _, said = holder.communicate(timeout=TIME_LIMIT)
        require(holder.returncode == -stop, "a writer stopped by", stop.name, "exits with", holder.returncode, said)
        require(export(index) == before, "after", stop.name, "the index holds something else")
        must(INDEX, "--quiet", "--rebuild", SAMPLES / "lanyun-2024-01.txt", index=index)
        must(INDEX, "--quiet", "--import", archive, index=index)
        check(index)
        before = export(index)
        archive.write_bytes(before)


# --- workers


def children_of(process):
    path = Path("/proc/%d/task/%d/children" % (process.pid, process.pid))
    return [int(child) for child in path.read_text().split()] if path.exists() else []


def is_alive(pid):
    try:
        return "\nState:\tZ" not in Path("/proc/%d/status" % pid).read_text()
    except FileNotFoundError:
        return False


def start_crew(folder, index):
    """A run with two workers that have much to do; the process and its workers."""
    files = [folder / ("large-%d.txt" % i) for i in range(2)]
    for path in files:
        path.write_bytes(b"".join(sample.read_bytes() for sample in sorted(SAMPLES.glob("*.txt"))) * 20)
    writer, workers = start("--jobs", "2", *files, index=index), []
    while len(workers) < 2 and writer.poll() is None:
        workers = children_of(writer)
    require(len(workers) == 2, "no workers:", writer.stderr.read().decode() if writer.poll() is not None else "")
    return writer, workers


def a_killed_worker(folder):
    """The run ends with an error that names the file, and the last commit stays."""
    index = folder / "worker"
    must(INDEX, "--quiet", SAMPLES / "lanyun-2024-01.txt", index=index)
    before = export(index)
    writer, workers = start_crew(folder, index)
    os.kill(workers[0], signal.SIGKILL)
    _, said = writer.communicate(timeout=TIME_LIMIT)
    require(writer.returncode == 2 and b"the worker that read " in said and b".txt is gone: try with --jobs 1" in said,
        "a killed worker: exit", writer.returncode, said)
    require(export(index) == before, "after a killed worker the index holds something else")
    check(index)


def no_orphans(folder):
    """Workers end with the one that writes."""
    for stop in (signal.SIGKILL, signal.SIGTERM):
        index = folder / ("orphans-" + stop.name)
        writer, workers = start_crew(folder, index)
        writer.send_signal(stop)
        writer.communicate(timeout=TIME_LIMIT)
        while any(map(is_alive, workers)):
            pass
        require(not export(index) or b'"issues":0' in export(index), "half a run is held")


def main(argv):
    commits = int(argv[0]) if argv else 100
    folder, failures = scratch(), []
    tests = (lambda: beside_a_writer(folder, commits), lambda: a_second_writer(folder), lambda: a_killed_worker(folder),
        lambda: no_orphans(folder))
    try:
        for test in tests:
            try:
                test()
            except Failure as failure:
                failures.append(str(failure))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    report(failures, "%d ways of being several" % len(tests))


if __name__ == "__main__":
    main(sys.argv[1:])
