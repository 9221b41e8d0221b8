"""Bring an index up to date: only the files that changed, and of these the records that differ."""

import json
import re
import sqlite3
from array import array
from collections import Counter
from pathlib import Path

from explore.corpus.problems import UnsoundError
from explore.corpus.stream import entries_of, info_of
from explore.index import freshness as fresh
from explore.index.broken import BROKEN, tell
from explore.index.derive import completed, derive, written
from explore.index.tables import COLUMNS, NUMBERED, has_fts, numbers, run
from explore.index.rows import Counts, Flat, count, no_rows, rows_of, tallied, write
from explore.index.sound import Edit, is_sound_after
from explore.model.records import RecordType

_FORGET = "INSERT INTO words (words, rowid, id, text, notes) VALUES ('delete', ?, ?, ?, ?)"
# The words of what is added, as the index would have them.
_FRESH = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.fresh USING fts5"
    " (text, content='', columnsize=0, tokenize='unicode61 remove_diacritics 2');"
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.fresh_terms USING fts5vocab (temp, fresh, row)"
)
# Beyond this share of the files it is quicker to make the index from nothing.
_MOST_CHANGED = 0.3
# Whoever writes to a file more often than this while it is read is not waited for.
_TRIES = 5


def is_worthwhile(found: fresh.Difference, look: fresh.Look) -> bool:
    """Whether so few files changed that reading these is quicker than reading all."""
    most = max(1, _MOST_CHANGED * len(look.stamps))
    return found.ranks is not None and len(found.ranks) <= most


def refresh(db: sqlite3.Connection, folder: Path, look: fresh.Look) -> None:
    """Read the files that changed again, and those that change meanwhile.

    What is left of the index after an error is of no use.

    Args:
        db: an index that nobody else has open.
        folder: the corpus.
        look: how its files look now.

    Raises:
        CorpusError: if the corpus has problems.
        sqlite3.Error: if the index cannot be written, or was made of other files.
    """
    _read(db, folder, look)
    reread(db, folder)


def reread(db: sqlite3.Connection, folder: Path) -> None:
    """Read again what was written to while it was read; errors as `refresh`."""
    for _ in range(_TRIES):
        if not fresh.torn(db):
            return
        _read(db, folder, fresh.look(folder))


def _read(db: sqlite3.Connection, folder: Path, look: fresh.Look) -> None:
    found = fresh.difference(db, look)
    if found.ranks is None:
        raise sqlite3.OperationalError("made of other files")
    db.execute("BEGIN")
    try:
        for rank in found.ranks:
            _again(db, look, rank, found.hashed[rank])
        if not fresh.is_steady(folder, look):
            raise UnsoundError
    except BROKEN:
        tell(folder)
        raise
    unchanged = found.hashed.keys() - set(found.ranks)
    fresh.stamp(db, {rank: look.stamps[rank] for rank in unchanged})
    fresh.seal(db, look.since)
    db.execute("COMMIT")


def settle(db: sqlite3.Connection, look: fresh.Look) -> None:
    """Write down how files look that hold what they held, if all do.

    Raises:
        sqlite3.Error: if the index cannot be written.
    """
    found = fresh.difference(db, look)
    if found.ranks == [] and found.hashed:
        fresh.stamp(db, {rank: look.stamps[rank] for rank in found.hashed})
        fresh.seal(db, look.since)


def _again(db: sqlite3.Connection, look: fresh.Look, rank: int, hashed: str) -> None:
    stamp = look.stamps[rank]
    path = Path(look.where(stamp))
    if stamp.kind == fresh.INFO:
        text = written(info_of(path))
        db.execute("UPDATE meta SET value = ? WHERE key = 'info'", [text])
        fresh.note(db, look, rank, hashed, b"")
        return
    edit, checksums = replace(db, stamp.kind, rank, path)
    fresh.note(db, look, rank, hashed, checksums)
    if not is_sound_after(db, rank, edit):
        raise UnsoundError


def replace(db: sqlite3.Connection, kind: RecordType, rank: int, path: Path) -> tuple[Edit, bytes]:
    """Put the records of a file in place of those that it had; what is the same stays.

    Gives what changed, and the checksums of all; raises as `write`, and as `entries_of`.
    """
    first = numbers(rank)[0] + 1
    checksums = fresh.checksums(db, rank)
    # What is the same is taken out of these.
    old = dict(enumerate(checksums))
    renewed, stale = no_rows(), no_rows()
    added, gone = [], []
    for place, checksum, record in entries_of(kind, path, old):
        n = first + place
        checksums[place : place + 1] = array("q", [checksum])
        full = completed(kind, record)
        if place in old and _json(db, n) == written(full):
            del old[place]
        else:
            derive(renewed, kind, n, full)
            added.append(n)
    fewer = len(old.keys() - {n - first for n in added})
    del checksums[len(checksums) - fewer :]
    for place in old:
        record = json.loads(_json(db, first + place))
        derive(stale, kind, first + place, record)
        gone.append(record["id"])
    counts, before = Counts(Counter), Counts(Counter)
    count(renewed, counts)
    count(stale, before)
    named = {field: set(counter) - {None} for field, counter in counts.items()}
    for field, counter in before.items():
        counts[field].subtract(counter)
    _part(stale, renewed)
    _take(db, stale)
    write(db, renewed)
    _learn(db, renewed)
    change = tallied(rank, counts)
    write(db, change)
    lower = [row[:3] for row in rows_of(change, "tally") if row[3] < 0]
    none = "field = ? AND value = ? AND rank = ? AND claims = 0"
    db.executemany(f"DELETE FROM tally WHERE {none}", lower)
    return Edit(gone, added, named), checksums.tobytes()


def _part(stale: Flat, renewed: Flat) -> None:
    """Leave out the rows that are the same: most edits change one field of a record."""
    for table in stale:
        old, new = (Counter(rows_of(flat, table)) for flat in (stale, renewed))
        same = {row for row, times in old.items() if new[row] == times}
        for flat in (stale, renewed) if same else ():
            rows = rows_of(flat, table)
            flat[table] = [value for row in rows if row not in same for value in row]


def _json(db: sqlite3.Connection, n: int) -> str:
    found: str = db.execute("SELECT json FROM record WHERE n = ?", [n]).fetchone()[0]
    return found


def _take(db: sqlite3.Connection, stale: Flat) -> None:
    """Take rows out again."""
    if has_fts(db):
        db.executemany(_FORGET, rows_of(stale, "words"))
    else:
        lone = [(row[0],) for row in rows_of(stale, "words")]
        db.executemany("DELETE FROM words WHERE rowid = ?", lone)
    for table, columns in COLUMNS.items():
        condition = " AND ".join(f"{column} IS ?" for column in columns)
        db.executemany(f"DELETE FROM {table} WHERE {condition}", rows_of(stale, table))
    for table in NUMBERED:
        lone = [(row[0],) for row in rows_of(stale, table)]
        db.executemany(f"DELETE FROM {table} WHERE n = ?", lone)


def _learn(db: sqlite3.Connection, renewed: Flat) -> None:
    """Learn the words of records that are added to a finished index."""
    if not has_fts(db) or not renewed["words"]:
        return
    texts = [(n, " ".join(texts)) for n, *texts in rows_of(renewed, "words")]
    if all(text.isascii() for _, text in texts):
        # Here words are plainly what the tokenizer takes for words.
        words = {word for _, text in texts for word in re.findall("[a-z0-9]+", text.lower())}
        db.executemany("INSERT OR IGNORE INTO term VALUES (?)", [(word,) for word in words])
        return
    run(db, _FRESH)
    db.executemany("INSERT INTO temp.fresh (rowid, text) VALUES (?, ?)", texts)
    db.execute("INSERT OR IGNORE INTO term SELECT term FROM temp.fresh_terms")
    db.execute("INSERT INTO temp.fresh (fresh) VALUES ('delete-all')")
