"""From the files of a corpus to an index: all of them, or the few that changed."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from explore.corpus.stream import UnreadableError, info_of, records_of
from explore.errors import CorpusError
from explore.index import build, fresh
from explore.index.layout import run
from explore.index.rows import UnsoundError, written
from explore.index.sound import is_sound
from explore.records import Record

# Called with what is read, how many records there are so far, and how many bytes of how many.
Progress = Callable[[str, int, int, int], None]

_FAST = (
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -24000;"
    "PRAGMA temp_store = FILE; PRAGMA locking_mode = EXCLUSIVE;"
)
_BROKEN = (UnreadableError, UnsoundError, sqlite3.IntegrityError)
_TRIES = 3
_SAMPLED = 500
# Beyond this share of the files it is quicker to make the index anew.
_MOST_CHANGED = 0.3


def anew(path: Path, folder: Path, progress: Progress | None = None) -> None:
    """Make an index at a path that nothing else uses.

    Raises:
        CorpusError: if the corpus has problems.
        sqlite3.Error, OSError: if it cannot be written.
    """
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    db = sqlite3.connect(path, isolation_level=None)
    try:
        run(db, _FAST)
        _fill(db, folder, progress)
    finally:
        db.close()


def in_memory(folder: Path, progress: Progress | None = None) -> sqlite3.Connection:
    """Make an index that lives as long as the process.

    Raises:
        CorpusError: if the corpus has problems.
    """
    db = sqlite3.connect(":memory:", isolation_level=None)
    _fill(db, folder, progress)
    return db


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
    except _BROKEN as error:
        db.execute("ROLLBACK")
        _tell(folder)
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
    gone, added = build.replace(db, stamp.kind, rank, records)
    db.executemany("INSERT INTO temp.gone VALUES (?)", [(name,) for name in gone])
    build.learn(db, added)
    if not is_sound(db, rank):
        raise UnsoundError


def _fill(db: sqlite3.Connection, folder: Path, progress: Progress | None) -> None:
    """Fill an empty database; if the corpus is broken, say how."""
    for attempt in range(_TRIES):
        try:
            _read_all(db, folder, progress)
        except _BROKEN:
            _tell(folder)
            if attempt + 1 == _TRIES:
                raise
            _empty(db)
        else:
            return


def _read_all(db: sqlite3.Connection, folder: Path, progress: Progress | None) -> None:
    # Taken before reading, so that an edit while we read is seen as one next time.
    built = time.time_ns()
    now = fresh.stamps(folder)
    info = next((stamp for stamp in now if stamp.kind == fresh.INFO), None)
    total = sum(stamp.size for stamp in now)
    done = count = 0
    db.execute("BEGIN")
    build.begin(db, info_of(Path(info.path)) if info else {})
    for rank, stamp in enumerate(now):
        fresh.note(db, rank, stamp, fresh.digest(stamp.path))
        if stamp.kind != fresh.INFO:
            records = records_of(stamp.kind, Path(stamp.path))
            if progress:
                at = _At(Path(stamp.path).name, count, done, stamp.size, total)
                records = _watched(records, progress, at)
            count += build.add(db, stamp.kind, rank, records)
        done += stamp.size
    if progress:
        progress("and sorting", count, total, total)
    build.finish(db)
    if not is_sound(db):
        raise UnsoundError
    fresh.seal(db, built)
    db.execute("COMMIT")


class _At(NamedTuple):
    """Where a build is: the file, records and bytes before it, its size, and the size of all."""

    name: str
    records: int
    done: int
    size: int
    total: int


def _watched(records: Iterator[Record], progress: Progress, at: _At) -> Iterator[Record]:
    """Pass records on and tell how far the file has been read, by the bytes that they take."""
    read = 0
    for count, record in enumerate(records):
        if count % _SAMPLED == 0:
            progress(at.name, at.records + count, at.done + min(read, at.size), at.total)
            # One record stands for those around it; weighing all would slow what is watched.
            read += _SAMPLED * (40 + sum(map(_weight, record.values())))
        yield record


def _weight(value: Any) -> int:
    """Give about how many characters a value takes in YAML, with its name."""
    return 14 + (len(value) if isinstance(value, str) else len(str(value)))


def _empty(db: sqlite3.Connection) -> None:
    if db.in_transaction:
        db.execute("ROLLBACK")
    rows = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (name,) in rows:
        db.execute(f"DROP TABLE IF EXISTS {name}")


def _tell(folder: Path) -> None:
    """Read a corpus with every place in it, and say all that is wrong."""
    from explore.corpus.load import load

    load(folder)


__all__ = ["CorpusError", "Progress", "anew", "in_memory", "refresh"]
