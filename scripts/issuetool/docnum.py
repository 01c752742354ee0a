# SPDX-License-Identifier: GPL-2.0-or-later
"""Document number objects of the truth, for the forms the sources use."""
import re

from .model import squeeze

YEARLY = re.compile(r"^(.+?)字?[〔\[﹝【［（(](\d{4})[〕\]﹞】］）)]第?(\d+)[号號]?$")
WIDE = str.maketrans("０１２３４５６７８９", "0123456789")


def number_object(text):
    """`key` is None for orders and 字第…號 numbers: their one form is the program's own to choose."""
    bare = squeeze(text).translate(WIDE)
    found = YEARLY.match(bare)
    if not found:
        return {"text": text, "code": None, "year": None, "serial": None, "key": None}
    code, year, serial = found.group(1), int(found.group(2)), int(found.group(3))
    return {"text": text, "code": code, "year": year, "serial": serial, "key": "%s-%d-%d" % (code, year, serial)}
