"""One process at a time makes the index of a corpus; the others wait for it, and hold nothing.

The lock saves work and nothing more: a new index takes its place in one step, so two that are
made at once are both right. Where it cannot be had it is done without.
"""

import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# Often enough that nobody feels it, and seldom enough that twenty who wait cost next to nothing.
_GLANCE = 0.005
# After so many seconds people want to know what they wait for.
_PATIENCE = 2.0
# A process that has the lock and writes nothing for so many seconds is stopped.
_QUIET = 10.0
_LOOK_EVERY = 0.5


class Turn:
    """A process that waits until it may make an index, or another has made it.

    Args:
        path: the file of the lock; what is made has the same stem.
        say: called with what is waited for, once.
    """

    def __init__(self, path: Path, say: Callable[[str], None]) -> None:
        self._path = path
        self._say: Callable[[str], None] | None = say
        self._began = self._looked = self._moved = time.monotonic()
        self._signs = self._signs_of_work()

    def wait(self) -> None:
        """Wait a moment; where the process that has the lock is stopped, take it away."""
        time.sleep(_GLANCE)
        now = time.monotonic()
        if now - self._looked < _LOOK_EVERY:
            return
        self._looked = now
        signs = self._signs_of_work()
        if signs != self._signs:
            self._signs, self._moved = signs, now
        elif now - self._moved > _QUIET:
            self._moved = now
            # Who has the lock has it in a file that is no longer the one at this path.
            with suppress(OSError):
                self._path.unlink()
        if self._say and now - self._began > _PATIENCE:
            self._say("waiting for another process that is building the index of this corpus")
            self._say = None

    def _signs_of_work(self) -> list[tuple[str, int, int]]:
        found = []
        with suppress(OSError), os.scandir(self._path.parent) as listed:
            for entry in listed:
                if entry.name.startswith(self._path.stem):
                    seen = entry.stat(follow_symlinks=False)
                    found.append((entry.name, seen.st_size, seen.st_mtime_ns))
        return sorted(found)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Take the lock, however often it must be waited for."""
    turn = Turn(path, lambda _: None)
    while True:
        with attempt(path) as taken:
            if taken:
                yield
                return
        turn.wait()


@contextmanager
def attempt(path: Path) -> Iterator[bool]:
    """Take the lock for a while; yields whether it is taken, which it is not if another has it."""
    lock = _opened(path)
    try:
        yield lock is None or _is_taken(lock, path)
    finally:
        if lock is not None:
            os.close(lock)


def _opened(path: Path) -> int | None:
    """Open the file of a lock, if it can be one."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        lock = os.open(path, flags, 0o600)
    except OSError:
        return None
    if stat.S_ISREG(os.fstat(lock).st_mode):
        return lock
    os.close(lock)
    return None


def _is_taken(lock: int, path: Path) -> bool:
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        # This file system has no locks.
        return True
    # Somebody who had it before may have removed the file.
    with suppress(OSError):
        return os.path.samestat(os.fstat(lock), os.stat(path))  # noqa: PTH116 - beside `fstat`
    return False
