# SPDX-License-Identifier: GPL-2.0-or-later
"""SQLite's full-text search with trigrams: makes an index, or answers lines.

usage: fts5.py index DATABASE FOLDER
       fts5.py ask DATABASE
"""
import json
import sqlite3
import sys
from pathlib import Path


def statements(words):
    """Trigrams find nothing shorter than three characters: such words are scanned for."""
    if all(len(word) >= 3 for word in words):
        where = "docs MATCH '%s'" % " ".join('"%s"' % word for word in words)
        excerpt = "snippet(docs, 0, '<b>', '</b>', '…', 60)"
    else:
        where, excerpt = " AND ".join("text LIKE '%%%s%%'" % word for word in words), "substr(text, 1, 100)"
    return "SELECT count(*) FROM docs WHERE " + where, "SELECT rowid, %s FROM docs WHERE %s LIMIT 10" % (excerpt, where)


def index(database, folder):
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("CREATE VIRTUAL TABLE docs USING fts5(text, tokenize = 'trigram')")
        for path in sorted(Path(folder).iterdir()):
            connection.execute("INSERT INTO docs VALUES (?)", (path.read_text(encoding="utf-8"),))


def ask(database):
    connection = sqlite3.connect(database)
    for line in sys.stdin:
        print(json.dumps([connection.execute(statement).fetchall() for statement in statements(line.split())]), flush=True)


if __name__ == "__main__":
    {"index": index, "ask": ask}[sys.argv[1]](*sys.argv[2:])
