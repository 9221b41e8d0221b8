"""From the files of a corpus to an index."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from itertools import accumulate, groupby
from operator import attrgetter
from pathlib import Path

from explore.corpus.problems import UnsoundError
from explore.index import ahead, build, freshness as fresh
from explore.index.broken import BROKEN, steadily, tell
from explore.index.feed import Feed, Piece, feed
from explore.index.tables import run
from explore.index.update import reread
from explore.index.rows import WIDTHS, write
from explore.index.sound import is_sound

# Called with what is read, how many records there are so far, and how many bytes of how many.
Progress = Callable[[str, int, int, int], None]
Reader = Callable[[Path], AbstractContextManager[Feed]]

_FAST = (
    "PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
    "PRAGMA cache_size = -24000; PRAGMA temp_store = FILE; PRAGMA locking_mode = EXCLUSIVE"
)
# Where the JSON of records stands in their rows.
_JSON = slice(3, None, WIDTHS["record"])


def anew(path: Path, folder: Path, progress: Progress | None = None) -> None:
    """Make an index at a path that nothing else uses.

    Raises:
        CorpusError: if the corpus has problems.
        sqlite3.Error, OSError: if it cannot be written.
    """

    def begun() -> sqlite3.Connection:
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
        return sqlite3.connect(path, isolation_level=None)

    _made(begun, folder, progress).close()


def in_memory(folder: Path, progress: Progress | None = None) -> sqlite3.Connection:
    """Make an index that lives as long as the process.

    Raises:
        CorpusError: if the corpus has problems.
    """
    return _made(lambda: sqlite3.connect(":memory:", isolation_level=None), folder, progress)


def _made(
    begun: Callable[[], sqlite3.Connection], folder: Path, progress: Progress | None
) -> sqlite3.Connection:
    """Fill a database that is empty; if the corpus is broken, say how."""

    def make(reader: Reader) -> sqlite3.Connection:
        db = begun()
        try:
            run(db, _FAST)
            with reader(folder) as found:
                _read_all(db, folder, found, progress)
            reread(db, folder)
        except BROKEN:
            db.close()
            tell(folder)
            raise
        except BaseException:
            db.close()
            raise
        return db

    # Where the process that reads has died, this one reads.
    with suppress(*BROKEN):
        return steadily(folder, lambda: make(ahead.read))
    return steadily(folder, lambda: make(_read_here))


def _read_here(folder: Path) -> AbstractContextManager[Feed]:
    return nullcontext(feed(folder))


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
        fresh.note(db, found.look, rank, piece.digest, piece.checksums)
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
