"""Bring an index up to date: only the files that changed, and of these the records that differ."""

import json
import sqlite3
from collections import Counter
from pathlib import Path

from explore.corpus.problem import UnsoundError
from explore.corpus.stream import entries_of, info_of
from explore.index import fresh
from explore.index.broken import BROKEN, tell
from explore.index.derive import completed, derive, searched, written
from explore.index.layout import NUMBERED, SORTED_BY_NAME, has_fts, numbers, run
from explore.index.rows import Counts, Flat, count, no_rows, rows_of, tallied, write
from explore.index.sound import Edit, is_sound_after
from explore.records import RecordType

_FORGET = "INSERT INTO words (words, rowid, id, text, notes) VALUES ('delete', ?, ?, ?, ?)"
# Beyond this share of the files it is quicker to make the index anew.
_MOST_CHANGED = 0.3


def refresh(
    db: sqlite3.Connection, folder: Path, look: fresh.Look, found: fresh.Difference
) -> bool:
    """Read the files that changed again, in one transaction.

    Gives False if the index should rather be made anew.

    Args:
        db: the index.
        folder: the corpus.
        look: how its files look now.
        found: how they differ from those that the index was made of.

    Raises:
        CorpusError: if the corpus has problems; the index stays as it was.
        sqlite3.Error: if the index cannot be written.
    """
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("BEGIN IMMEDIATE")
    try:
        if not fresh.is_as_found(db, found):
            found = fresh.difference(db, look)
        now = look.stamps
        if found.ranks is None or len(found.ranks) > max(1, _MOST_CHANGED * len(now)):
            return False
        if found.ranks:
            for rank in found.ranks:
                _again(db, rank, now[rank], found.hashed[rank])
            fresh.stamp(db, {rank: now[rank] for rank in found.hashed})
            fresh.seal(db, look.since)
        db.execute("COMMIT")
    except BROKEN as error:
        db.execute("ROLLBACK")
        tell(folder)
        raise sqlite3.OperationalError("files changed while they were read") from error
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")
    return True


def _again(db: sqlite3.Connection, rank: int, stamp: fresh.Stamp, hashed: str) -> None:
    fresh.note(db, rank, stamp, hashed)
    if stamp.kind == fresh.INFO:
        text = written(info_of(Path(stamp.path)))
        db.execute("UPDATE meta SET value = ? WHERE key = 'info'", [text])
        return
    edit = replace(db, stamp.kind, rank, Path(stamp.path))
    learn(db, edit.added)
    if not is_sound_after(db, rank, edit):
        raise UnsoundError


def replace(db: sqlite3.Connection, kind: RecordType, rank: int, path: Path) -> Edit:
    """Put the records of a file in place of those that it had; what is the same stays.

    Raises as `build.add`, and as `entries_of`.
    """
    first, last = numbers(rank)
    first += 1
    sql = "SELECT n - ?, checksum FROM record WHERE n BETWEEN ? AND ?"
    # What is the same is taken out of these.
    old = dict(db.execute(sql, [first, first, last]).fetchall())
    renewed, stale = no_rows(), no_rows()
    added, gone = [], []
    for place, checksum, record in entries_of(kind, path, old):
        n = first + place
        full = completed(kind, record)
        if place in old and _json(db, n) == written(full):
            db.execute("UPDATE record SET checksum = ? WHERE n = ?", [checksum, n])
            del old[place]
        else:
            derive(renewed, kind, n, checksum, full)
            added.append(n)
    for place, checksum in old.items():
        record = json.loads(_json(db, first + place))
        derive(stale, kind, first + place, checksum, record)
        gone.append(record["id"])
    _take(db, stale)
    write(db, renewed)
    counts = Counts(Counter)
    count(renewed, counts)
    named = {field: set(counter) - {None} for field, counter in counts.items()}
    before = Counts(Counter)
    count(stale, before)
    for field, counter in before.items():
        counts[field].subtract(counter)
    change = tallied(rank, counts)
    write(db, change)
    fewer = [row[:3] for row in rows_of(change, "tally") if row[3] < 0]
    none = "field = ? AND value = ? AND rank = ? AND claims = 0"
    db.executemany(f"DELETE FROM tally WHERE {none}", fewer)
    return Edit(gone, added, named)


def _json(db: sqlite3.Connection, n: int) -> str:
    found: str = db.execute("SELECT json FROM record WHERE n = ?", [n]).fetchone()[0]
    return found


def _take(db: sqlite3.Connection, stale: Flat) -> None:
    """Take rows out again."""
    lone = [(row[0],) for row in rows_of(stale, "record")]
    if has_fts(db):
        db.executemany(_FORGET, rows_of(stale, "words"))
    else:
        db.executemany("DELETE FROM words WHERE rowid = ?", lone)
    for table, columns in SORTED_BY_NAME.items():
        condition = " AND ".join(f"{column} = ?" for column in columns)
        db.executemany(f"DELETE FROM {table} WHERE {condition}", rows_of(stale, table))
    for table in NUMBERED:
        db.executemany(f"DELETE FROM {table} WHERE n = ?", lone)


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
    db.execute("INSERT OR IGNORE INTO term SELECT term FROM temp.fresh_terms")
    db.execute("DROP TABLE temp.fresh_terms")
    db.execute("DROP TABLE temp.fresh")
