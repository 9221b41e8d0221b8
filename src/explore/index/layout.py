"""The tables of the index.

`n` numbers records in the order of the files: the rank of the file times 2^32, plus the place of
the record in it. So an edit of one file touches one range of numbers and moves no other.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


VERSION = 8
RANK_BITS = 32

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE file (
    rank INTEGER PRIMARY KEY, kind TEXT, path BLOB, size INTEGER, mtime INTEGER, ctime INTEGER,
    inode INTEGER, digest TEXT, checksums BLOB
);
CREATE TABLE record (n INTEGER PRIMARY KEY, id TEXT UNIQUE, type TEXT, json TEXT);
CREATE TABLE actor (n INTEGER PRIMARY KEY, id TEXT, name TEXT, short TEXT, kind TEXT);
CREATE TABLE source (n INTEGER PRIMARY KEY, id TEXT);
CREATE TABLE claim (
    n INTEGER PRIMARY KEY, id TEXT, kind TEXT, role TEXT, subject TEXT, source TEXT, via TEXT,
    instrument TEXT, status TEXT, date TEXT, first_day TEXT, last_day TEXT
);
CREATE TABLE name (folded TEXT, actor TEXT, spelling TEXT, n INTEGER);
CREATE TABLE tie (actor TEXT, type TEXT, target TEXT, n INTEGER);
CREATE TABLE said (actor TEXT, claim INTEGER, PRIMARY KEY (actor, claim)) WITHOUT ROWID;
CREATE TABLE about (actor TEXT, claim INTEGER, PRIMARY KEY (actor, claim)) WITHOUT ROWID;
CREATE TABLE topic (topic TEXT, claim INTEGER, PRIMARY KEY (topic, claim)) WITHOUT ROWID;
CREATE TABLE event (
    actor TEXT, first_day TEXT, claim INTEGER, PRIMARY KEY (actor, first_day, claim)
) WITHOUT ROWID;
CREATE TABLE deed (
    deed TEXT, plain INTEGER, claim INTEGER, PRIMARY KEY (deed, plain, claim)
) WITHOUT ROWID;
CREATE TABLE link (type TEXT, source TEXT, target TEXT, note TEXT, n INTEGER);
CREATE TABLE cited (source TEXT, record TEXT, n INTEGER);
CREATE TABLE tally (
    field TEXT, value TEXT, rank INTEGER, claims INTEGER, PRIMARY KEY (field, value, rank)
) WITHOUT ROWID;
"""

SEARCH = """
CREATE VIRTUAL TABLE words USING fts5 (
    id, text, notes, content='', tokenize='unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, row);
CREATE TABLE term (word TEXT PRIMARY KEY) WITHOUT ROWID;
"""

# Without FTS5 the same words lie in a plain table, which is read through.
PLAIN_SEARCH = "CREATE TABLE words (rowid INTEGER PRIMARY KEY, id TEXT, text TEXT, notes TEXT);"

INDEXES = """
CREATE INDEX actor_id ON actor (id);
CREATE INDEX claim_subject ON claim (subject, n);
CREATE INDEX claim_source ON claim (source, n);
CREATE INDEX claim_role ON claim (role, n);
CREATE INDEX claim_via ON claim (source, via) WHERE via IS NOT NULL;
CREATE INDEX claim_day ON claim (first_day, n, last_day, kind) WHERE first_day IS NOT NULL;
CREATE INDEX claim_status ON claim (status, n) WHERE status IS NOT NULL;
CREATE INDEX name_folded ON name (folded, actor);
CREATE INDEX tie_target ON tie (target, type, actor);
CREATE INDEX tie_actor ON tie (actor, type);
CREATE INDEX link_target ON link (target, type, n);
CREATE INDEX link_n ON link (n);
CREATE INDEX link_answer ON link (n) WHERE type = 'responds_to';
CREATE INDEX cited_source ON cited (source);
"""

# The tables that have a row for each record of a type, found by its number, and the columns of
# those that may have several.
NUMBERED = ("record", "actor", "source", "claim")
COLUMNS = {
    "link": ("type", "source", "target", "note", "n"),
    "name": ("folded", "actor", "spelling", "n"),
    "tie": ("actor", "type", "target", "n"),
    "cited": ("source", "record", "n"),
    "said": ("actor", "claim"),
    "about": ("actor", "claim"),
    "topic": ("topic", "claim"),
    "event": ("actor", "first_day", "claim"),
    "deed": ("deed", "plain", "claim"),
}


def run(db: "sqlite3.Connection", script: str) -> None:
    """Run statements one by one, in the transaction that is open; `executescript` ends it."""
    for statement in script.split(";"):
        db.execute(statement)


def create(db: "sqlite3.Connection") -> None:
    """Make the tables in an empty database; where there is no FTS5, search is a plain table."""
    import sqlite3

    run(db, TABLES)
    # A table whose module is missing cannot be dropped, but its creation can be undone.
    db.execute("SAVEPOINT search")
    try:
        run(db, SEARCH)
    except sqlite3.OperationalError:
        db.execute("ROLLBACK TO search")
        run(db, PLAIN_SEARCH)
    db.execute("RELEASE search")


def has_fts(db: "sqlite3.Connection") -> bool:
    """Tell whether the index has full-text search, and SQLite can read it."""
    found = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'vocabulary'").fetchone()
    return found is not None


def numbers(rank: int) -> tuple[int, int]:
    """Give the first and the last number that records of a file can have."""
    return rank << RANK_BITS, ((rank + 1) << RANK_BITS) - 1
