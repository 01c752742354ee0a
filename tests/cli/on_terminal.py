# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs a command on a terminal of its own and prints what it writes there, escape sequences and all.

usage: python3 on_terminal.py COLUMNS COMMAND...

The exit status is the command's.
"""
import fcntl
import os
import pty
import struct
import sys
import termios


def main(argv):
    columns, command = int(argv[0]), argv[1:]
    child, terminal = pty.fork()
    if child == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        os.execvp(command[0], command)
    output = b""
    while True:
        try:
            some = os.read(terminal, 65536)
        except OSError: # Linux reports the end of the other side so
            break
        if not some:
            break
        output += some
    _, status = os.waitpid(child, 0)
    sys.stdout.buffer.write(output.replace(b"\r\n", b"\n"))
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
