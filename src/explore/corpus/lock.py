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
# How long a writer waits for others, and how long between two attempts, in seconds.
TIMEOUT_S = 600.0
_POLL_S = 0.05


@contextmanager
def locked(folder: Path, waiting: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock of a corpus, which ends with the process; create its folder if needed.

    If nothing has been written, what was created for the lock is removed again.

    Args:
        folder: the corpus.
        waiting: called once, with a message, if another process holds it.

    Raises:
        ExploreError: if another process holds it for too long, or there can be no lock.
        OSError: if the folder cannot be written to.
    """
    state_folder = folder / FOLDER
    created = [
        path for path in (state_folder, folder, *folder.parents) if not os.path.lexists(path)
    ]
    lock = _held(folder, state_folder, waiting)
    try:
        yield
    finally:
        with suppress(OSError):
            # A waiting process notices that the file is another one now.
            if state_folder in created and [path.name for path in state_folder.iterdir()] == [
                _LOCK
            ]:
                (state_folder / _LOCK).unlink()
                for path in created:
                    path.rmdir()
        os.close(lock)


def _held(folder: Path, state_folder: Path, waiting: Callable[[str], None]) -> int:
    """Return the descriptor of the lock, once this process holds it."""
    deadline = time.monotonic() + TIMEOUT_S
    announced = False
    while True:
        lock = _opened(state_folder)
        if lock is not None:
            with suppress(OSError):
                _try(lock)
                if _is_at(lock, state_folder / _LOCK):
                    return lock
            os.close(lock)
        if time.monotonic() > deadline:
            raise ExploreError(f"another process keeps writing to {folder}; try again later")
        if not announced:
            waiting(f"waiting for another process that writes to {folder}")
            announced = True
        time.sleep(_POLL_S)


def _opened(state_folder: Path) -> int | None:
    """Return the open file of the lock; None if its holder has just removed it."""
    state_folder.mkdir(parents=True, exist_ok=True)
    path = state_folder / _LOCK
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    if state_folder.is_symlink() or path.is_symlink():
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
        OSError: if the path does not exist.
    """
    return os.path.samestat(os.fstat(lock), path.lstat())
