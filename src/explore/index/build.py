"""Compile records into the tables of the index, file by file, holding one record at a time."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable

from explore.index.layout import (
    INDEXES,
    NUMBERED,
    SORTED_BY_NAME,
    create,
    has_fts,
    numbers,
    run,
)
from explore.index.rows import Rows, completed, searched, written
from explore.records import Record, RecordType

# Rows wait for each other, so that each table takes many at a time.
_BATCH = 2_000
# Numbers have no other forms.
_FORMED = "word GLOB '*[^0-9]*'"
_FORGET = "INSERT INTO words (words, rowid, id, text, notes) VALUES ('delete', ?, ?, ?, ?)"


def begin(db: sqlite3.Connection, info: Record) -> None:
    """Make an empty database an index without records."""
    create(db)
    # Until `finish` a table of this name stands before the one that it will fill in order.
    db.execute("CREATE TEMP TABLE deed (deed TEXT, plain INTEGER, claim INTEGER)")
    db.execute("INSERT INTO meta VALUES ('info', ?)", [written(info)])


def add(db: sqlite3.Connection, kind: RecordType, rank: int, records: Iterable[Record]) -> int:
    """Add the records of one file, and give how many they are.

    Raises:
        UnsoundError: if a record links to itself, or both ways to another.
        sqlite3.IntegrityError: if an id is taken.
    """
    rows = Rows()
    first = numbers(rank)[0] + 1
    n = first - 1
    for n, record in enumerate(records, first):
        rows.add(kind, n, completed(kind, record))
        if not (n + 1 - first) % _BATCH:
            rows.write(db)
    rows.write(db)
    _tally(db, rank, rows.counts)
    return n + 1 - first


def replace(
    db: sqlite3.Connection, kind: RecordType, rank: int, records: Iterable[Record]
) -> tuple[list[str], list[int]]:
    """Put the records of a file in place of those that it had; what is the same stays.

    Gives the ids that were taken out, and the numbers that were put in; errors as `add`.
    """
    sql = "SELECT n, json FROM record WHERE n BETWEEN ? AND ?"
    old = dict(db.execute(sql, numbers(rank)).fetchall())
    fresh = Rows()
    added = []
    for n, record in enumerate(records, numbers(rank)[0] + 1):
        full = completed(kind, record)
        if old.get(n) == written(full):
            del old[n]
        else:
            fresh.add(kind, n, full)
            added.append(n)
    stale = Rows()
    gone = []
    for n, text in old.items():
        record = json.loads(text)
        stale.add(kind, n, record)
        gone.append(record["id"])
    _take(db, stale.settled())
    fresh.write(db)
    for field, counter in stale.counts.items():
        fresh.counts[field].subtract(counter)
    _tally(db, rank, fresh.counts)
    return gone, added


def _take(db: sqlite3.Connection, stale: Rows) -> None:
    """Take rows out again."""
    lone = [(row[0],) for row in stale.of("record")]
    if has_fts(db):
        db.executemany(_FORGET, stale.of("words"))
    else:
        db.executemany("DELETE FROM words WHERE rowid = ?", lone)
    for table, columns in SORTED_BY_NAME.items():
        condition = " AND ".join(f"{column} = ?" for column in columns)
        db.executemany(f"DELETE FROM {table} WHERE {condition}", stale.of(table))
    for table in NUMBERED:
        db.executemany(f"DELETE FROM {table} WHERE n = ?", lone)


def _tally(db: sqlite3.Connection, rank: int, counts: dict[str, Counter[str]]) -> None:
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
        db.execute(f"INSERT INTO form (rowid, word) SELECT n, word FROM term WHERE {_FORMED}")


def learn(db: sqlite3.Connection, numbered: list[int]) -> None:
    """Learn the words of records that were added to a finished index."""
    if not has_fts(db) or not numbered:
        return
    run(
        db,
        "CREATE VIRTUAL TABLE temp.fresh USING fts5 (text, content='',"
        " tokenize='unicode61 remove_diacritics 2');"
        "CREATE VIRTUAL TABLE temp.fresh_terms USING fts5vocab (temp, fresh, row)",
    )
    for n in numbered:
        kind, text = db.execute("SELECT type, json FROM record WHERE n = ?", [n]).fetchone()
        joined = " ".join(searched(kind, json.loads(text)))
        db.execute("INSERT INTO temp.fresh (rowid, text) VALUES (?, ?)", [n, joined])
    unknown = "NOT EXISTS (SELECT 1 FROM term WHERE word = fresh_terms.term)"
    words = db.execute(f"SELECT term FROM temp.fresh_terms WHERE {unknown}").fetchall()
    db.executemany("INSERT INTO term (word) VALUES (?)", words)
    formed = f"SELECT n, word FROM term WHERE word = ? AND {_FORMED}"
    db.executemany(f"INSERT INTO form (rowid, word) {formed}", words)
    db.execute("DROP TABLE temp.fresh_terms")
    db.execute("DROP TABLE temp.fresh")
