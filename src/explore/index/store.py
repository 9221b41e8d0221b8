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
    now = fresh.stamps(folder)
    path = cache_path(folder)
    ready = _opened(path, now)
    if ready:
        return ready
    with watch() as progress:
        return _made(path, folder, progress)


def state(folder: Path) -> str:
    """Say in words whether the index of a corpus is fresh."""
    path = cache_path(folder)
    if not path.exists():
        return "none yet; the next question makes one"
    if not is_ours(path):
        return "not to be trusted: others own it or may write there"
    try:
        with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
            changed = fresh.changed(db, fresh.stamps(folder))
    except (sqlite3.Error, ValueError, TypeError):
        return "damaged; the next question makes it anew"
    if changed == []:
        return "fresh"
    what = f"{len(changed)} files changed" if changed else "other files or another version"
    return f"out of date: {what}; the next question brings it up to date"


def _opened(path: Path, now: list[fresh.Stamp]) -> sqlite3.Connection | None:
    """Open the index that is there, if it is ours, whole, and says what the files say."""
    if not is_ours(path):
        return None
    try:
        db = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        # One transaction from here on: the answer is of one moment.
        db.execute("BEGIN")
        if fresh.changed(db, now) == []:
            return db
        db.close()
    except (sqlite3.Error, ValueError, TypeError):
        pass
    return None


def _made(path: Path, folder: Path, progress: "Progress | None") -> sqlite3.Connection:
    """Bring the index up to date or make it anew; one process at a time does it for all."""
    from explore.index import compile as compiler

    if not prepared(path.parent):
        return compiler.in_memory(folder, progress)
    with _alone(path.with_suffix(".lock")):
        # Another process may have done it while this one waited.
        now = fresh.stamps(folder)
        ready = _opened(path, now)
        if ready:
            return ready
        if is_ours(path) and _refreshed(path, folder, now):
            ready = _opened(path, fresh.stamps(folder))
            if ready:
                return ready
        part = path.with_name(f"{path.stem}.{os.getpid()}.part")
        try:
            # What killed builds left; whoever holds the lock builds alone.
            for left in path.parent.glob(f"{path.stem}.*.part"):
                left.unlink()
            compiler.anew(part, folder, progress)
            part.replace(path)
        except (OSError, sqlite3.Error):
            return compiler.in_memory(folder, progress)
        finally:
            with contextlib.suppress(OSError):
                part.unlink()
        return _opened(path, fresh.stamps(folder)) or compiler.in_memory(folder, progress)


def _refreshed(path: Path, folder: Path, now: list[fresh.Stamp]) -> bool:
    """Bring an index up to date in one transaction, if few files changed; else say no."""
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


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a lock that ends with the process; give up waiting rather than not answer."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    try:
        lock = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except OSError:
        yield
        return
    try:
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                time.sleep(0.02)
        yield
    finally:
        os.close(lock)
