# SPDX-License-Identifier: GPL-2.0-or-later
#
# at_least FILE: of what a scorer prints on standard input, each figure that FILE names must be there and be no less than FILE
# says; both have lines "name  value …", the name and the value parted by two blanks or more.
at_least() {
    python3 -c '
import re, sys

def figures(lines):
    found = (re.match(r"(\S.*?)  +([0-9.]+)", line) for line in lines)
    return {match[1]: float(match[2]) for match in found if match}

have, least = figures(sys.stdin), figures(open(sys.argv[1], encoding="utf-8"))
short = [name for name, value in least.items() if have.get(name, -1) < value]
for name in short:
    print("FAILED: %s is %s, not %s" % (name, have.get(name), least[name]))
sys.exit(1 if short or not least else 0)' "$1"
}
