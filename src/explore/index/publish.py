"""A new file of an index: made beside the old one, on the disk before it takes its place.

No file is changed once it is in its place. So whoever asks an index locks nothing, waits for
nobody who reads or writes, and keeps nobody waiting; and a process that is killed leaves the old
file or the new one, and nothing to be undone.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from explore.errors import CorpusError
from explore.index import freshness, update
from explore.index.retry import steadily
from explore.index.tables import run

if TYPE_CHECKING:
    from explore.index.build import Progress

# What is not whole is thrown away, so nothing need be safe from a crash.
_PRIVATE = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE"


def build(path: Path, folder: Path, progress: "Progress | None") -> None:
    """Put an index of a corpus in its place.

    Raises:
        CorpusError: if the corpus has problems.
        sqlite3.Error, OSError: if it cannot be written.
    """
    from explore.index.build import build as build_index

    with _part(path) as part:
        build_index(folder, part, progress).close()
        put(part, path)


def updated(path: Path, folder: Path) -> bool:
    """Put a copy of an index in its place, with the files that changed since read again.

    Returns whether this could be done; if not, the index is damaged, or others changed it.

    Raises:
        CorpusError: if the corpus has problems.
    """

    def read_changed() -> None:
        with _copy(path) as db:
            update.update(db, folder, freshness.look(folder))

    try:
        steadily(folder, read_changed)
    except CorpusError:
        raise
    except Exception:  # noqa: BLE001 - a damaged index can end in any; it is made from nothing
        return False
    return True


def settled(path: Path, look: freshness.Look) -> None:
    """Put a copy of an index in its place that has how its files look.

    Raises:
        sqlite3.Error, OSError: if it cannot be written.
    """
    with _copy(path) as db:
        update.settle(db, look)


@contextmanager
def _copy(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a copy of an index to be changed, which takes its place if it was."""
    with _part(path) as part:
        shutil.copyfile(path, part)
        with closing(sqlite3.connect(part, isolation_level=None)) as db:
            run(db, _PRIVATE)
            yield db
            changed = db.total_changes
        if changed:
            put(part, path)


@contextmanager
def _part(path: Path) -> Iterator[Path]:
    """Yield an empty file of our own beside an index; what is left there is removed."""
    part = path.with_name(f"{path.stem}.{os.getpid()}.part")
    # What killed builds left; whoever holds the lock builds alone.
    for left in path.parent.glob(f"{path.stem}.*.part*"):
        left.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield part
    finally:
        with suppress(OSError):
            part.unlink()


def put(part: Path, path: Path) -> None:
    """Put a finished file in its place, for good even if the power fails in the next moment."""
    with closing(sqlite3.connect(f"{part.as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        (built,) = db.execute("SELECT value FROM meta WHERE key = 'built'").fetchone()
    time = freshness.written_at(int(built))
    os.utime(part, ns=(time, time))
    if part.stat().st_mtime_ns != time:
        raise OSError(f"{part}: this file system does not keep times")
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(path)
    with suppress(OSError):
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
