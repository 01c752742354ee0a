# SPDX-License-Identifier: GPL-2.0-or-later
"""What the scripts of tests/fault share: running the programs, with faults injected by strace, and looking at an index."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(os.environ["SOURCE_DIR"])
INDEX = os.environ["GAZETTE_INDEX_BIN"]
SEARCH = os.environ["GAZETTE_SEARCH_BIN"]
SAMPLES = SOURCE / "corpus" / "issues"
SKIPPED = 77
TIME_LIMIT = 120  # seconds: longer is a hang

# A call in the log of `strace -f`: number of the process, name, the rest of the line.
CALL = re.compile(r"^(?:\[pid +)?(\d+)\]? +(\w+)\((.*)$")


class Failure(Exception):
    """Something that was promised does not hold."""


def require(condition, *what):
    if not condition:
        raise Failure(" ".join(str(part) for part in what))


def run(program, *arguments, index=None, stdin=None, env=None):
    """The finished process; its output as bytes. A hang is a failure."""
    environment = dict(os.environ, LC_ALL="C.UTF-8", **(env or {}))
    if index is not None:
        environment["GAZETTE_INDEX"] = str(index)
    try:
        return subprocess.run([program, *map(str, arguments)], input=stdin if stdin is not None else b"",
            capture_output=True, env=environment, timeout=TIME_LIMIT, check=False)
    except subprocess.TimeoutExpired as error:
        raise Failure("hangs:", program, *arguments) from error


def must(program, *arguments, index=None, stdin=None):
    """The output of a process that succeeds."""
    done = run(program, *arguments, index=index, stdin=stdin)
    require(done.returncode == 0, *arguments, "exits with", done.returncode, done.stderr.decode(errors="replace"))
    return done.stdout


def find_strace():
    """Ends the script as skipped where strace is not installed or may not trace."""
    strace = shutil.which("strace")
    if not strace or subprocess.run([strace, "-o", os.devnull, "true"], check=False,
            capture_output=True).returncode != 0:
        print("strace is not installed or may not trace: skipped")
        sys.exit(SKIPPED)
    return strace


class Tracer:
    """Runs gazette-index under strace."""

    # What changes files, and what takes and gives back the lock. openat counts where it makes a file or opens one of the index.
    CALLS = ("write pwrite64 fsync fdatasync ftruncate rename renameat renameat2 unlink unlinkat rmdir mkdir mkdirat openat "
             "fcntl close").split()

    def __init__(self):
        self.strace = find_strace()

    def run(self, log, calls, inject, *arguments, index):
        command = ["-f", "-qq", "-s", "4096", "-o", log, "-e", "trace=" + ",".join(calls), "-e", "signal=none"]
        if inject:
            command += ["-e", "inject=" + inject]
        # A leak checker cannot trace what is traced already.
        quiet = {"ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"}
        return run(self.strace, *command, INDEX, *arguments, index=index, env=quiet)


def calls_in(log):
    """Of each call in a log, in order: process, name, its number among those of the same name in the process, and the line's rest."""
    counts = {}
    for line in Path(log).read_text(errors="replace").splitlines():
        match = CALL.match(line)
        if match:
            process, name, rest = match.groups()
            counts[process, name] = counts.get((process, name), 0) + 1
            yield process, name, counts[process, name], rest


def export(index):
    """What the index holds; None when there is no index, or one that nothing was ever committed to."""
    done = run(INDEX, "--export", index=index)
    if done.returncode == 2 and (b"name the folder of an index" in done.stderr):
        return None
    require(done.returncode == 0, "--export exits with", done.returncode, done.stderr.decode(errors="replace"))
    return done.stdout


def check(index):
    """The index is sound."""
    must(INDEX, "--quiet", "--check=full", index=index)


def files_of(index):
    """The names of the files of an index and of what stands beside it under its name."""
    folder = Path(index)
    names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    return names | {path.name for path in folder.parent.glob(folder.name + ".*")}


def scratch():
    return Path(tempfile.mkdtemp(prefix="gazette-fault-"))


def copy(source, target):
    """A fresh copy of an index; nothing when there is none."""
    for path in [Path(target), *Path(target).parent.glob(Path(target).name + ".*")]:
        shutil.rmtree(path, ignore_errors=True)
    if source and Path(source).exists():
        shutil.copytree(source, target)


def report(failures, tried):
    for failure in failures[:20]:
        print("FAILED:", failure)
    print(tried)
    sys.exit(1 if failures else 0)
