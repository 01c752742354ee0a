# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs the examples of README.md in the current folder and compares what they print.

usage: python3 readme.py README.md [--update]

An example is a block ```console: after `$ ` a command, which goes on after `> `, then what it prints. Commands share one shell. With
--update, what is printed is written into the file instead: read the difference before it is committed.

Commands of gazette-index and gazette-search in a block ```sh are run as well, in a shell of their own; they only must not fail.
"""
import os
import re
import subprocess
import sys
from pathlib import Path

BLOCK = re.compile(r"(?m)^```console\n(.*?)^```$", re.S)
PLAIN = re.compile(r"(?m)^```sh\n(.*?)^```$", re.S)
END = "--- end of example %d ---"


def examples(block):
    """Pairs of the lines of a command as they stand, and the text expected."""
    found = []
    for line in block.splitlines(keepends=True):
        if line.startswith("$ "):
            found.append([line, ""])
        elif line.startswith("> ") and found and not found[-1][1]:
            found[-1][0] += line
        elif found:
            found[-1][1] += line
        else:
            raise SystemExit("a block that does not begin with a command: %s" % line)
    return found


def plain_commands(text):
    """The commands in blocks ```sh that begin with one of ours; gazette-web, which does not end, and builds are run by other tests."""
    for match in PLAIN.finditer(text):
        if re.match("gazette-(index|search) ", match[1]):
            yield from match[1].splitlines()


def run_plain(text):
    """How many of them fail: nothing found is no failure."""
    failed = 0
    environment = {}
    for line in plain_commands(text):
        variable = re.match(r"export (\w+)=(\S+)", line)
        if variable:
            environment[variable[1]] = variable[2]
            continue
        done = subprocess.run(["bash", "-c", line], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env=dict(os.environ, **environment), check=False)
        if done.returncode > 1:
            print("README.md: this fails: %s\n%s" % (line, done.stdout.decode("utf-8")))
            failed += 1
    return failed


def command(lines):
    return "".join(line[2:] for line in lines.splitlines(keepends=True))


def run(all_examples):
    """What each of the examples prints."""
    script = "".join("%s\n{ status=$?; echo; echo '%s'; (exit $status); } 2>/dev/null\n" % (command(lines).rstrip("\n"), END % n)
        for n, (lines, _) in enumerate(all_examples))
    done = subprocess.run(["bash", "-c", script], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    rest = done.stdout.decode("utf-8")
    for n in range(len(all_examples)):
        printed, _, rest = rest.partition("\n%s\n" % (END % n))
        yield printed


def without_last_blank(text):
    """Answers may end with a blank line, which no example needs to show."""
    return text.rstrip("\n") + "\n" if text.strip() else ""


def main(argv):
    path = Path(argv[0])
    text = path.read_text(encoding="utf-8")
    blocks = [examples(match[1]) for match in BLOCK.finditer(text)]
    printed = run([example for block in blocks for example in block])
    wrong = run_plain(text) if "--update" not in argv else 0
    for block in blocks:
        for example in block:
            got = without_last_blank(next(printed))
            if got != without_last_blank(example[1]):
                print("README.md: this example\n%sprints\n%snot\n%s" % (example[0], got, example[1]))
                wrong += 1
            example[1] = got
    if "--update" in argv:
        made = iter("```console\n%s```" % "".join(lines + output for lines, output in block) for block in blocks)
        path.write_text(BLOCK.sub(lambda _: next(made), text), encoding="utf-8")
        return 0
    if not blocks:
        print("README.md has no examples")
    return 1 if wrong or not blocks else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
