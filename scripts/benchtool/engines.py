# SPDX-License-Identifier: GPL-2.0-or-later
"""Search engines behind one face.

An engine has a `name`, the `program` it needs, and `index_dir`, where its index is. `index(folder)` makes that anew and gives
the Cost. `question(query)` is a line that `session()`, a process, answers with a line: ten hits with excerpts and how many there
are; None where no process does so. `command(query)` is a whole command that answers the same, as arguments of measure.run.
`is_slow` says that indexing is too slow to be done more than once.
"""
import json
import sys
from pathlib import Path

from . import fts5
from .measure import Session, clear, run

SNIPPETS = "'_key,snippet_html(text)'"


class Engine:
    is_slow = False
    session = None

    def __init__(self, work):
        self.index_dir = work / (self.name + ".idx")


class Ours(Engine):
    name = "ours"

    def __init__(self, work, bin_dir, name="ours"):
        self.name = name
        super().__init__(work)
        self.indexer, self.searcher = bin_dir / "gazette-index", bin_dir / "gazette-search"

    def index(self, folder):
        clear(self.index_dir)
        return self.add(folder)

    def add(self, path):
        return run([self.indexer, "--quiet", "--index", self.index_dir, path])

    def remove(self, issue):
        return run([self.indexer, "--quiet", "--index", self.index_dir, "--remove", issue])

    def session(self):
        return Session([self.searcher, "--index", self.index_dir, "--batch", "-"])

    def question(self, query):
        return query.typed

    def batch(self, queries):
        return run([self.searcher, "--index", self.index_dir, "--batch", "-"],
            "".join(query.typed + "\n" for query in queries).encode())

    def command(self, query):
        return {"command": [self.searcher, "--index", self.index_dir, "--format", "json", "--", query.typed]}


class Groonga(Engine):
    name = program = "groonga"
    SCHEMA = ("table_create Docs TABLE_HASH_KEY ShortText\n"
        "column_create Docs text COLUMN_SCALAR|COMPRESS_ZSTD Text\n"
        "table_create Terms TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram --normalizer NormalizerAuto\n"
        "column_create Terms idx COLUMN_INDEX|WITH_POSITION Docs text\n")

    def index(self, folder):
        clear(self.index_dir)
        self.index_dir.mkdir()
        given = self.index_dir.with_suffix(".load")
        with open(given, "w", encoding="utf-8") as out:
            out.write(self.SCHEMA + "load --table Docs\n[\n")
            for path in sorted(folder.iterdir()):
                row = {"_key": path.name, "text": path.read_text(encoding="utf-8")}
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
            out.write("]\n")
        cost = run(["groonga", "-n", self.index_dir / "db"], given)
        clear(given)
        return cost

    def session(self):
        return Session(["groonga", self.index_dir / "db"])

    def question(self, query):
        phrases = " ".join('"%s"' % word for word in query.words)
        return ("select Docs --match_columns text --query '%s' --limit 10 --output_columns %s --cache no --command_version 2"
            % (phrases, SNIPPETS))

    def batch(self, queries):
        return run(["groonga", self.index_dir / "db"], "".join(self.question(query) + "\n" for query in queries).encode())

    def command(self, query):
        return {"command": ["groonga", self.index_dir / "db"], "stdin": self.question(query).encode() + b"\n"}


class Fts5(Engine):
    """SQLite by way of Python, whose share in the time is small: its shell does not answer line by line."""
    name = "fts5"
    program = "sqlite3"

    def index(self, folder):
        clear(self.index_dir)
        return run([sys.executable, fts5.__file__, "index", self.index_dir, folder])

    def session(self):
        return Session([sys.executable, fts5.__file__, "ask", self.index_dir])

    def question(self, query):
        return " ".join(query.words)

    def batch(self, queries):
        return run([sys.executable, fts5.__file__, "ask", self.index_dir],
            "".join(self.question(query) + "\n" for query in queries).encode())

    def command(self, query):
        lines = "".join(statement + ";\n" for statement in fts5.statements(query.words))
        return {"command": ["sqlite3", self.index_dir], "stdin": lines.encode()}


class Omega(Engine):
    name = "omega"
    program = "omindex"
    is_slow = True
    CGI = Path("/usr/lib/cgi-bin/omega/omega")
    TEMPLATES = Path("/usr/share/xapian-omega/templates")

    def index(self, folder):
        clear(self.index_dir)
        self.index_dir.mkdir()
        (self.index_dir / "omega.conf").write_text("database_dir %s\ntemplate_dir %s\nlog_dir %s\ncdb_dir %s\n"
            % (self.index_dir, self.TEMPLATES, self.index_dir, self.index_dir))
        return run(["omindex", "--db", self.index_dir / "default", "--url", "/", folder], env={"XAPIAN_CJK_NGRAM": "1"})

    def command(self, query):
        return {"command": [self.CGI, "P=" + " AND ".join('"%s"' % word for word in query.words)],
            "env": {"XAPIAN_CJK_NGRAM": "1", "OMEGA_CONFIG_FILE": str(self.index_dir / "omega.conf")}}


class Recoll(Engine):
    name = "recoll"
    program = "recollindex"
    is_slow = True

    def index(self, folder):
        clear(self.index_dir)
        self.index_dir.mkdir()
        (self.index_dir / "recoll.conf").write_text("topdirs = %s\n" % folder.resolve())
        return run(["recollindex", "-c", self.index_dir])

    def command(self, query):
        return {"command": ["recollq", "-c", self.index_dir, "-n", "10", "-A", " ".join('"%s"' % word for word in query.words)]}


class Ripgrep(Engine):
    """A scan for the first word, with nothing indexed."""
    name = "ripgrep"
    program = "rg"

    def index(self, folder):
        self.folder = folder

    def command(self, query):
        return {"command": ["rg", "--count-matches", "--fixed-strings", "--", query.words[0], self.folder]}


PEERS = (Groonga, Fts5, Omega, Recoll, Ripgrep)
