"""The tables of the index before the first row and after the last."""

import sqlite3

from explore.index.tables import INDEXES, create, has_fts, run


def begin(db: sqlite3.Connection) -> None:
    """Make an empty database an index without records."""
    create(db)
    # Until `finish` a table of this name stands before the one that it will fill in order.
    db.execute("CREATE TEMP TABLE deed (deed TEXT, plain INTEGER, claim INTEGER)")
    db.execute("INSERT INTO meta VALUES ('info', '{}')")


def finish(db: sqlite3.Connection) -> None:
    """Sort what was added, and learn the words that stand in it."""
    # It has so many names that rows in the order of claims would land all over a large table.
    db.execute("INSERT INTO main.deed SELECT * FROM temp.deed ORDER BY deed, plain, claim")
    db.execute("DROP TABLE temp.deed")
    run(db, INDEXES)
    if has_fts(db):
        db.execute("INSERT INTO term SELECT term FROM vocabulary")
