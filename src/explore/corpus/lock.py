"""One writer of a corpus at a time."""

import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from explore.corpus.journal import FOLDER
from explore.errors import ExploreError

_LOCK = "lock"
# How long a writer waits for others, and how long between two looks, in seconds.
PATIENCE = 600.0
_GLANCE = 0.05


@contextmanager
def locked(folder: Path, waiting: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock of a corpus, which ends with the process; make its folder if need be.

    Where nothing has been written, what was made for the lock is removed again.

    Args:
        folder: the corpus.
        waiting: is told, once, that another process holds it.

    Raises:
        ExploreError: if another process holds it for too long, or there can be no lock.
        OSError: if the folder cannot be written to.
    """
    room = folder / FOLDER
    made = [place for place in (room, folder, *folder.parents) if not os.path.lexists(place)]
    lock = _held(folder, room, waiting)
    try:
        yield
    finally:
        with suppress(OSError):
            # Who waits sees that the file is another one now.
            if room in made and [path.name for path in room.iterdir()] == [_LOCK]:
                (room / _LOCK).unlink()
                for place in made:
                    place.rmdir()
        os.close(lock)


def _held(folder: Path, room: Path, waiting: Callable[[str], None]) -> int:
    """Return the descriptor of the lock, once this process holds it."""
    deadline = time.monotonic() + PATIENCE
    told = False
    while True:
        lock = _opened(room)
        if lock is not None:
            with suppress(OSError):
                _try(lock)
                if _is_at(lock, room / _LOCK):
                    return lock
            os.close(lock)
        if time.monotonic() > deadline:
            raise ExploreError(f"another process keeps writing to {folder}; try again later")
        if not told:
            waiting(f"waiting for another process that writes to {folder}")
            told = True
        time.sleep(_GLANCE)


def _opened(room: Path) -> int | None:
    """Return the open file of the lock; None if whoever held it has just removed it."""
    room.mkdir(parents=True, exist_ok=True)
    path = room / _LOCK
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    if room.is_symlink() or path.is_symlink():
        raise ExploreError(f"{path} leads elsewhere by a link; remove the link")
    try:
        lock = os.open(path, flags, 0o666)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(os.fstat(lock).st_mode):
        os.close(lock)
        raise ExploreError(f"{path} is not a plain file; remove it")
    return lock


def _try(lock: int) -> None:
    """Take the lock.

    Raises:
        OSError: if another process holds it.
    """
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_at(lock: int, path: Path) -> bool:
    """Whether an open file is still the one at a path.

    Raises:
        OSError: if there is none.
    """
    return os.path.samestat(os.fstat(lock), path.lstat())
