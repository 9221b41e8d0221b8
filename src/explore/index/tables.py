"""The tables of the index.

`n` numbers records in the order of the files: the rank of the file times 2^32, plus the position
of the record in it, from 1. So an edit of one file touches one range of numbers.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

# Rises whenever an index of before cannot be read any more.
VERSION = 12
RANK_BITS = 32

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE file (
    rank INTEGER PRIMARY KEY, type TEXT, path BLOB, size INTEGER, mtime INTEGER, ctime INTEGER,
    inode INTEGER, digest TEXT
);
CREATE TABLE record (
    n INTEGER PRIMARY KEY, id TEXT UNIQUE, type TEXT, first_day TEXT, last_day TEXT, json TEXT
);
CREATE TABLE mention (
    field TEXT, value TEXT, n INTEGER, PRIMARY KEY (field, value, n)
) WITHOUT ROWID;
CREATE TABLE link (
    target TEXT, type TEXT, n INTEGER, source TEXT, PRIMARY KEY (target, type, n)
) WITHOUT ROWID;
CREATE TABLE name (
    folded TEXT, actor TEXT, spelling TEXT, n INTEGER, PRIMARY KEY (folded, actor, spelling)
) WITHOUT ROWID;
CREATE TABLE former (id TEXT, record TEXT, PRIMARY KEY (id, record)) WITHOUT ROWID;
"""

SEARCH = """
CREATE VIRTUAL TABLE words USING fts5 (
    id, text, notes, names, content='', tokenize='unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, row);
"""

INDEXES = """
CREATE INDEX record_type ON record (type, n);
CREATE INDEX record_day ON record (first_day, n, last_day) WHERE first_day IS NOT NULL;
CREATE INDEX link_type ON link (type, n);
"""


def run(db: "sqlite3.Connection", script: str) -> None:
    """Run statements one by one in the open transaction, which `executescript` would end."""
    for statement in script.split(";"):
        db.execute(statement)


def create(db: "sqlite3.Connection") -> None:
    """Create the tables in an empty database; those of search only where SQLite has FTS5."""
    import sqlite3

    run(db, TABLES)
    # A table whose module is missing cannot be dropped, but its creation can be undone.
    db.execute("SAVEPOINT search")
    try:
        run(db, SEARCH)
    except sqlite3.OperationalError:
        # Search says so when it is used; everything else works.
        db.execute("ROLLBACK TO search")
    db.execute("RELEASE search")
    db.execute("INSERT INTO meta VALUES ('info', '{}')")


def is_searchable(db: "sqlite3.Connection") -> bool:
    """Whether the index has full-text search."""
    found = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'vocabulary'").fetchone()
    return found is not None


def numbers(rank: int) -> tuple[int, int]:
    """Return the first and the last number that records of a file can have."""
    return rank << RANK_BITS, ((rank + 1) << RANK_BITS) - 1
