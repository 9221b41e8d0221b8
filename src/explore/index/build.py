"""Write rows into the tables of the index, file by file, a batch at a time."""

import sqlite3
from collections import Counter
from collections.abc import Iterable

from explore.index.layout import INDEXES, create, has_fts, run
from explore.index.rows import Flat, Rows

# Numbers have no other forms.
FORMED = "word GLOB '*[^0-9]*'"


def begin(db: sqlite3.Connection) -> None:
    """Make an empty database an index without records."""
    create(db)
    # Until `finish` a table of this name stands before the one that it will fill in order.
    db.execute("CREATE TEMP TABLE deed (deed TEXT, plain INTEGER, claim INTEGER)")
    db.execute("INSERT INTO meta VALUES ('info', '{}')")


def add(db: sqlite3.Connection, rank: int, batches: Iterable[Flat]) -> None:
    """Add the rows of one file.

    Raises:
        sqlite3.IntegrityError: if an id is taken.
    """
    rows = Rows()
    for rows.waiting in batches:
        rows.write(db)
    tally(db, rank, rows.counts)


def tally(db: sqlite3.Connection, rank: int, counts: dict[str, Counter[str]]) -> None:
    """Add counts to those that the index keeps of a file."""
    tallied = [
        (field, value, rank, count)
        for field, counter in counts.items()
        for value, count in counter.items()
        if value is not None and count
    ]
    db.executemany(
        "INSERT INTO tally VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE"
        " SET claims = claims + excluded.claims",
        tallied,
    )
    empty = [row[:3] for row in tallied if row[3] < 0]
    db.executemany(
        "DELETE FROM tally WHERE field = ? AND value = ? AND rank = ? AND claims = 0", empty
    )


def finish(db: sqlite3.Connection) -> None:
    """Sort what was added, and learn the words that stand in it."""
    # It has so many names that rows in the order of claims would land all over a large table.
    db.execute("INSERT INTO main.deed SELECT * FROM temp.deed ORDER BY deed, plain, claim")
    db.execute("DROP TABLE temp.deed")
    run(db, INDEXES)
    if has_fts(db):
        db.execute("INSERT INTO term (word) SELECT term FROM vocabulary")
        db.execute(f"INSERT INTO form (rowid, word) SELECT n, word FROM term WHERE {FORMED}")
