# SPDX-License-Identifier: GPL-2.0-or-later
"""A terminal of its own for a command under test (pty(7))."""
import fcntl
import os
import pty
import struct
import termios

LINES = 24


def on_terminal(columns, command, **environment):
    """The bytes that COMMAND writes on a terminal that is COLUMNS wide."""
    child, terminal = pty.fork()
    if child == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, columns, 0, 0))
        os.execvpe(command[0], command, dict(os.environ, **environment))
    output = b""
    while True:
        try:
            some = os.read(terminal, 65536)
        except OSError:  # so Linux reports that the other side is closed
            some = b""
        if not some:
            break
        output += some
    os.close(terminal)
    os.waitpid(child, 0)
    return output
