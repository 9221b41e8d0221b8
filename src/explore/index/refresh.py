"""Bring an index up to date: only the files that changed, and of these the records that differ."""

import json
import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path

from explore.corpus.stream import info_of, records_of
from explore.index import fresh
from explore.index.build import FORMED, tally
from explore.index.compile import BROKEN, tell
from explore.index.derive import completed, derive, searched, written
from explore.index.layout import NUMBERED, SORTED_BY_NAME, has_fts, numbers, run
from explore.index.rows import Rows
from explore.index.sound import UnsoundError, is_sound
from explore.records import Record, RecordType

_FORGET = "INSERT INTO words (words, rowid, id, text, notes) VALUES ('delete', ?, ?, ?, ?)"
# Beyond this share of the files it is quicker to make the index anew.
_MOST_CHANGED = 0.3


def refresh(db: sqlite3.Connection, folder: Path, now: list[fresh.Stamp]) -> bool:
    """Read the files that changed again, in one transaction.

    Gives False if the index should rather be made anew.

    Raises:
        CorpusError: if the corpus has problems; the index stays as it was.
        sqlite3.Error: if the index cannot be written.
    """
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("BEGIN IMMEDIATE")
    try:
        built = time.time_ns()
        ranks = fresh.changed(db, now)
        if ranks is None or len(ranks) > max(1, _MOST_CHANGED * len(now)):
            return False
        for rank in ranks:
            _again(db, rank, now[rank])
        for rank, stamp in enumerate(now):
            db.execute(
                "UPDATE file SET size = ?, mtime = ?, ctime = ?, inode = ? WHERE rank = ?",
                [*stamp[2:], rank],
            )
        fresh.seal(db, built)
        db.execute("COMMIT")
    except BROKEN as error:
        db.execute("ROLLBACK")
        tell(folder)
        raise sqlite3.OperationalError("files changed while they were read") from error
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")
    return True


def _again(db: sqlite3.Connection, rank: int, stamp: fresh.Stamp) -> None:
    hashed = fresh.digest(stamp.path)
    fresh.note(db, rank, stamp, hashed)
    if stamp.kind == fresh.INFO:
        text = written(info_of(Path(stamp.path)))
        db.execute("UPDATE meta SET value = ? WHERE key = 'info'", [text])
        return
    db.execute("CREATE TEMP TABLE IF NOT EXISTS gone (id TEXT)")
    db.execute("DELETE FROM temp.gone")
    records = records_of(stamp.kind, Path(stamp.path))
    gone, added = replace(db, stamp.kind, rank, records)
    db.executemany("INSERT INTO temp.gone VALUES (?)", [(name,) for name in gone])
    learn(db, added)
    if not is_sound(db, rank):
        raise UnsoundError


def replace(
    db: sqlite3.Connection, kind: RecordType, rank: int, records: Iterable[Record]
) -> tuple[list[str], list[int]]:
    """Put the records of a file in place of those that it had; what is the same stays.

    Gives the ids that were taken out, and the numbers that were put in; errors as `add`.
    """
    sql = "SELECT n, json FROM record WHERE n BETWEEN ? AND ?"
    old = dict(db.execute(sql, numbers(rank)).fetchall())
    renewed = Rows()
    added = []
    for n, record in enumerate(records, numbers(rank)[0] + 1):
        full = completed(kind, record)
        if old.get(n) == written(full):
            del old[n]
        else:
            derive(renewed.waiting, kind, n, full)
            added.append(n)
    stale = Rows()
    gone = []
    for n, text in old.items():
        record = json.loads(text)
        derive(stale.waiting, kind, n, record)
        gone.append(record["id"])
    _take(db, stale.settled())
    renewed.write(db)
    for field, counter in stale.counts.items():
        renewed.counts[field].subtract(counter)
    tally(db, rank, renewed.counts)
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
    formed = f"SELECT n, word FROM term WHERE word = ? AND {FORMED}"
    db.executemany(f"INSERT INTO form (rowid, word) {formed}", words)
    db.execute("DROP TABLE temp.fresh_terms")
    db.execute("DROP TABLE temp.fresh")
