"""Opening the index of a corpus: as it is, brought up to date, or made anew."""

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from explore.index import fresh
from explore.index.place import cache_path, is_ours, prepared

if TYPE_CHECKING:
    from explore.index.compile import Progress

Watch = Callable[[], "AbstractContextManager[Progress | None]"]

# How long to wait for another process that builds the same index, in seconds.
_PATIENCE = 120.0
_BUSY_MS = 10_000
# What an index that cannot be used ends in.
_UNREADABLE = (sqlite3.Error, OSError, ValueError, TypeError)


def open_index(folder: Path, watch: Watch = nullcontext) -> sqlite3.Connection:
    """Open the index of the corpus in a folder, brought up to date if any file has changed.

    Where the cache cannot be used, the index is built in memory.

    Args:
        folder: the corpus.
        watch: gives a context in which a build takes place, and what is told of its progress.

    Raises:
        CorpusError: if the corpus has problems.
    """
    look = fresh.look(folder)
    path = cache_path(folder)
    there = _opened(path, look)
    if there and there.is_fresh:
        return there.db
    with watch() as progress:
        return _made(path, folder, look, there, progress)


def state(folder: Path) -> str:
    """Say in words whether the index of a corpus is fresh."""
    path = cache_path(folder)
    if not path.exists():
        return "none yet; the next question makes one"
    if not is_ours(path):
        return "not to be trusted: others own it or may write there"
    try:
        with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
            changed = fresh.difference(db, fresh.look(folder)).ranks
    except (sqlite3.Error, ValueError, TypeError):
        return "damaged; the next question makes it anew"
    if changed == []:
        return "fresh"
    what = f"{len(changed)} files changed" if changed else "other files or another version"
    return f"out of date: {what}; the next question brings it up to date"


class _There(NamedTuple):
    """The index that is there, open, and how it differs from the files."""

    db: sqlite3.Connection
    found: fresh.Difference

    @property
    def is_fresh(self) -> bool:
        return self.found.ranks == []


def _opened(path: Path, look: fresh.Look) -> _There | None:
    """Open the index that is there, if it is ours and can be read."""
    if not is_ours(path):
        return None
    with contextlib.ExitStack() as opened, contextlib.suppress(*_UNREADABLE):
        # Questions only read; what a killed process left half-written is taken back here.
        db = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, isolation_level=None)
        opened.callback(db.close)
        # One transaction from here on: the answer is of one moment.
        db.execute("BEGIN")
        found = fresh.difference(db, look)
        if fresh.would_settle(found, look) and os.access(path, os.W_OK):
            db.execute("COMMIT")
            _settle(db, found, look)
            db.execute("BEGIN")
            found = fresh.difference(db, look)
        opened.pop_all()
        return _There(db, found)
    return None


def _settle(db: sqlite3.Connection, found: fresh.Difference, look: fresh.Look) -> None:
    """Write down what was seen; if somebody else is at work, the next question may."""
    try:
        db.execute("PRAGMA busy_timeout = 0")
        fresh.settle(db, found, look)
    except sqlite3.Error:
        if db.in_transaction:
            db.execute("ROLLBACK")
    finally:
        db.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")


def _made(
    path: Path,
    folder: Path,
    look: fresh.Look,
    there: _There | None,
    progress: "Progress | None",
) -> sqlite3.Connection:
    """Bring the index up to date or make it anew; one process at a time does it for all."""
    if prepared(path.parent):
        with _alone(path.with_suffix(".lock")) as waited:
            if waited:
                # Another process may have done it meanwhile.
                if there:
                    there.db.close()
                look = fresh.look(folder)
                there = _opened(path, look)
            ready = (_refreshed(there, folder, look) if there else None) or _anew(
                path, folder, progress
            )
            if ready:
                return ready
    from explore.index.compile import in_memory

    return in_memory(folder, progress)


def _refreshed(there: _There, folder: Path, look: fresh.Look) -> sqlite3.Connection | None:
    """Bring an index up to date that was opened, if few files changed; else close it."""
    from explore.index.refresh import refresh

    with contextlib.ExitStack() as opened, contextlib.suppress(*_UNREADABLE):
        db = opened.enter_context(contextlib.closing(there.db))
        db.execute("COMMIT")
        db.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
        if refresh(db, folder, look, there.found):
            db.execute("BEGIN")
            opened.pop_all()
            return db
    return None


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
    look = fresh.look(folder)
    there = _opened(path, look) if os.name == "nt" else _There(db, fresh.difference(db, look))
    if there and there.is_fresh:
        return there.db
    # A file was edited meanwhile.
    return _refreshed(there, folder, look) if there else None


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
