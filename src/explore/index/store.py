"""Opening the index of a corpus: as it is, brought up to date, or made anew."""

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from explore.index import fresh
from explore.index.place import cache_path, is_ours, prepared

if TYPE_CHECKING:
    from explore.index.compile import Progress

Watch = Callable[[], "AbstractContextManager[Progress | None]"]

# How long to wait for another process that builds the same index, in seconds.
_PATIENCE = 120.0
_BUSY_MS = 10_000


def open_index(folder: Path, watch: Watch = nullcontext) -> sqlite3.Connection:
    """Open the index of the corpus in a folder, brought up to date if any file has changed.

    Where the cache cannot be used, the index is built in memory.

    Args:
        folder: the corpus.
        watch: gives a context in which a build takes place, and what is told of its progress.

    Raises:
        CorpusError: if the corpus has problems.
    """
    looked = time.time_ns()
    now = fresh.stamps(folder)
    path = cache_path(folder)
    ready = _opened(path, now, looked)
    if ready:
        return ready
    with watch() as progress:
        return _made(path, folder, now, progress)


def state(folder: Path) -> str:
    """Say in words whether the index of a corpus is fresh."""
    path = cache_path(folder)
    if not path.exists():
        return "none yet; the next question makes one"
    if not is_ours(path):
        return "not to be trusted: others own it or may write there"
    try:
        with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
            changed = fresh.difference(db, fresh.stamps(folder)).ranks
    except (sqlite3.Error, ValueError, TypeError):
        return "damaged; the next question makes it anew"
    if changed == []:
        return "fresh"
    what = f"{len(changed)} files changed" if changed else "other files or another version"
    return f"out of date: {what}; the next question brings it up to date"


def _opened(
    path: Path, now: list[fresh.Stamp], looked: int | None = None
) -> sqlite3.Connection | None:
    """Open the index that is there, if it is ours, whole, and says what the files say.

    Args:
        path: where it is.
        now: how the files look.
        looked: since when they do; what has to be hashed now is then not hashed the next time.
    """
    if not is_ours(path):
        return None
    try:
        db = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        # One transaction from here on: the answer is of one moment.
        db.execute("BEGIN")
        found = fresh.difference(db, now)
        if looked and fresh.would_settle(found, now, looked) and os.access(path, os.W_OK):
            db.execute("COMMIT")
            _settle(path, found, now, looked)
            db.execute("BEGIN")
            found = fresh.difference(db, now)
        if found.ranks == []:
            return db
        db.close()
    except (sqlite3.Error, ValueError, TypeError):
        pass
    return None


def _settle(path: Path, found: fresh.Difference, now: list[fresh.Stamp], looked: int) -> None:
    with contextlib.suppress(sqlite3.Error):
        db = sqlite3.connect(path, timeout=0, isolation_level=None)
        with contextlib.closing(db):
            fresh.settle(db, found, now, looked)


def _made(
    path: Path, folder: Path, now: list[fresh.Stamp], progress: "Progress | None"
) -> sqlite3.Connection:
    """Bring the index up to date or make it anew; one process at a time does it for all."""
    if prepared(path.parent):
        with _alone(path.with_suffix(".lock")) as waited:
            # Another process may have done it meanwhile.
            if waited:
                now = fresh.stamps(folder)
            ready = (
                (waited and _opened(path, now))
                or (_refreshed(path, folder, now) and _opened(path, now))
                or _anew(path, folder, progress)
            )
            if ready:
                return ready
    from explore.index.compile import in_memory

    return in_memory(folder, progress)


def _refreshed(path: Path, folder: Path, now: list[fresh.Stamp]) -> bool:
    """Bring an index up to date in one transaction, if few files changed; else say no."""
    if not is_ours(path):
        return False
    from explore.index.refresh import refresh

    try:
        db = sqlite3.connect(path, isolation_level=None)
        try:
            db.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
            return refresh(db, folder, now)
        finally:
            db.close()
    except (sqlite3.Error, OSError, ValueError, TypeError):
        return False


def _anew(path: Path, folder: Path, progress: "Progress | None") -> sqlite3.Connection | None:
    """Make the index anew and put it in its place at once, if it can be written."""
    from explore.index import compile as compiler

    part = path.with_name(f"{path.stem}.{os.getpid()}.part")
    try:
        # What killed builds left; whoever holds the lock builds alone.
        for left in path.parent.glob(f"{path.stem}.*.part"):
            left.unlink()
        db = compiler.anew(part, folder, progress)
        if os.name == "nt":
            # What is open keeps its name there.
            db.close()
        part.replace(path)
    except (OSError, sqlite3.Error):
        return None
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
    now = fresh.stamps(folder)
    if os.name == "nt":
        return _opened(path, now)
    if fresh.difference(db, now).ranks == []:
        return db
    # A file was edited meanwhile.
    db.close()
    return _opened(path, now) if _refreshed(path, folder, now) else None


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[bool]:
    """Hold a lock that ends with the process; give up waiting rather than not answer.

    Gives whether there was any waiting.
    """
    waited = False
    try:
        import fcntl
    except ImportError:
        yield waited
        return
    try:
        lock = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except OSError:
        yield waited
        return
    try:
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                waited = True
                time.sleep(0.02)
        yield waited
    finally:
        os.close(lock)
