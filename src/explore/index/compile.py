"""From the files of a corpus to an index."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from itertools import accumulate, groupby
from operator import attrgetter
from pathlib import Path

from explore.corpus.problem import UnsoundError
from explore.errors import ExploreError
from explore.index import ahead, build, fresh
from explore.index.broken import BROKEN, tell
from explore.index.feed import Feed, Piece, feed
from explore.index.layout import run
from explore.index.rows import WIDTHS, write
from explore.index.sound import is_sound

# Called with what is read, how many records there are so far, and how many bytes of how many.
Progress = Callable[[str, int, int, int], None]

_FAST = (
    "PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
    "PRAGMA cache_size = -24000; PRAGMA temp_store = FILE; PRAGMA locking_mode = EXCLUSIVE;"
)
_TRIES = 10
# Where the JSON of records stands in their rows.
_JSON = slice(3, None, WIDTHS["record"])


def anew(path: Path, folder: Path, progress: Progress | None = None) -> sqlite3.Connection:
    """Make an index at a path that nothing else uses, and give it, open for questions.

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
        db.execute("PRAGMA locking_mode = NORMAL")
        # One transaction from here on, as for any question; its first look lets go of the lock.
        db.execute("BEGIN")
        db.execute("SELECT value FROM meta").fetchone()
    except BaseException:
        db.close()
        raise
    return db


def in_memory(folder: Path, progress: Progress | None = None) -> sqlite3.Connection:
    """Make an index that lives as long as the process.

    Raises:
        CorpusError: if the corpus has problems.
    """
    db = sqlite3.connect(":memory:", isolation_level=None)
    _fill(db, folder, progress)
    return db


def _fill(db: sqlite3.Connection, folder: Path, progress: Progress | None) -> None:
    """Fill an empty database; if the corpus is broken, say how."""
    for attempt in range(_TRIES):
        try:
            with ahead.read(folder) if attempt == 0 else nullcontext(feed(folder)) as found:
                _read_all(db, folder, found, progress)
        except BROKEN as error:
            tell(folder)
            if attempt + 1 == _TRIES:
                message = f"{folder} changes while it is read; try again"
                raise ExploreError(message) from error
            _empty(db)
        else:
            return


def _read_all(
    db: sqlite3.Connection, folder: Path, found: Feed, progress: Progress | None
) -> None:
    db.execute("BEGIN")
    build.begin(db)
    pieces = _told(found, progress) if progress else found.pieces
    for rank, of_file in groupby(pieces, attrgetter("rank")):
        for piece in of_file:
            write(db, piece.rows)
        if piece.info:
            db.execute("UPDATE meta SET value = ? WHERE key = 'info'", [piece.info])
        fresh.note(db, rank, found.look.stamps[rank], piece.digest, piece.checksums)
    build.finish(db)
    if not is_sound(db) or not fresh.is_steady(folder, found.look):
        raise UnsoundError
    fresh.seal(db, found.look.since)
    db.execute("COMMIT")


def _told(found: Feed, progress: Progress) -> Iterator[Piece]:
    """Pass pieces on and tell how far the files have been read."""
    before = list(accumulate((stamp.size for stamp in found.look.stamps), initial=0))
    rank = read = count = 0
    for piece in found.pieces:
        read = read if piece.rank == rank else 0
        rank = piece.rank
        stamp = found.look.stamps[rank]
        done = before[rank] + min(read, stamp.size)
        progress(Path(stamp.path).name, count, done, before[-1])
        count += piece.records
        # Of a file's bytes, records take about as many in JSON.
        read += sum(map(len, piece.rows.get("record", [])[_JSON]))
        yield piece
    progress("and sorting", count, before[-1], before[-1])


def _empty(db: sqlite3.Connection) -> None:
    if db.in_transaction:
        db.execute("ROLLBACK")
    rows = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (name,) in rows:
        db.execute(f"DROP TABLE IF EXISTS {name}")
