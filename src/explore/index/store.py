"""Opening the index of a corpus: as it is, brought up to date, or made from nothing."""

import contextlib
import os
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from explore.errors import ExploreError
from explore.index import freshness
from explore.index.cache import cache_path, is_ours, prepared

if TYPE_CHECKING:
    from explore.index.build import Progress

T = TypeVar("T")
Watch = Callable[[], "AbstractContextManager[Progress | None]"]
Say = Callable[[str], None]

# A file, told from any that takes its place: its inode, and the time of its last change.
_Identity = tuple[int, int]
# The indexes that this process has opened, and those of them that proved to be damaged.
_used: set[Path] = set()
_damaged: set[Path] = set()


def _silent(_: str) -> None:
    """Say nothing."""


def open_index(folder: Path, watch: Watch = nullcontext, say: Say = _silent) -> sqlite3.Connection:
    """Open the index of the corpus in a folder, brought up to date if any file has changed.

    Where the cache cannot be used, the index is built in memory.

    Args:
        folder: the corpus.
        watch: gives a context in which a build takes place, and what is told of its progress.
        say: called with what keeps the reader waiting.

    Raises:
        CorpusError: if the corpus has problems.
    """
    look = freshness.look(folder)
    path = cache_path(folder)
    seen = _identity(path)
    there = _opened(path, look)
    if there and there.found.ranks == []:
        if freshness.would_settle(there.found, look):
            _settle(path, look)
        return there.db
    if there:
        there.db.close()
    if prepared(path.parent):
        made = _made(path, folder, look, seen, there, watch, say)
        if made:
            return made
    from explore.index.build import build

    with watch() as progress:
        return build(folder, progress=progress)


def distrust() -> bool:
    """Take the indexes that this process found for damaged; whether there were any.

    They are removed if that is possible, and this process opens none that it has not built itself
    from nothing: a copy of what is damaged is damaged.
    """
    found = _used - _damaged
    _damaged.update(found)
    for path in found:
        with contextlib.suppress(OSError):
            path.unlink()
    return bool(found)


def healed(ask: Callable[[], T]) -> T:
    """Ask, and once more where an index proves to be damaged; errors as `ask`."""
    try:
        return ask()
    except ExploreError:
        raise
    except Exception:
        if not distrust():
            raise
    return ask()


def state(folder: Path) -> str:
    """Return in words whether the index of a corpus is fresh."""
    path = cache_path(folder)
    if not os.path.lexists(path):
        return "none yet; the next command builds it"
    if not is_ours(path):
        return "ignored: another user owns it or can write to it"
    there = _opened(path, freshness.look(folder))
    if not there:
        return "damaged; the next command rebuilds it"
    there.db.close()
    changed = there.found.ranks
    if changed == []:
        return "fresh"
    count = len(changed or ())
    what = (
        f"{count} file{'s' * (count > 1)} changed" if count else "other files or another version"
    )
    return f"out of date: {what}; the next command updates it"


class _There(NamedTuple):
    """The index that is there, open, and how it differs from the files."""

    db: sqlite3.Connection
    found: freshness.Difference

    def holds(self, since: int) -> bool:
        """Whether it was made since a time, in nanoseconds, or is fresh even now.

        What was edited after that time need not be in it: so nobody who waits does so for ever.
        """
        return self.found.ranks == [] or (
            self.found.ranks is not None and self.found.built > since
        )


def _identity(path: Path) -> _Identity | None:
    try:
        seen = path.lstat()
    except OSError:
        return None
    return seen.st_ino, seen.st_ctime_ns


def _opened(path: Path, look: freshness.Look) -> _There | None:
    """Open the index that is there, if it is ours and as it was when it was put there."""
    if path in _damaged or not is_ours(path):
        return None
    # A damaged file can end in any error.
    with contextlib.ExitStack() as opened, contextlib.suppress(Exception):
        written = path.stat().st_mtime_ns
        # No such file is ever changed, so there is nothing to lock, and nothing to be undone.
        db = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
        opened.callback(db.close)
        found = freshness.difference(db, look)
        if found.built and written != freshness.written_at(found.built):
            return None
        opened.pop_all()
        _used.add(path)
        return _There(db, found)
    return None


def _settle(path: Path, look: freshness.Look) -> None:
    """Write down how the files look; if somebody else is at work, the next question may."""
    from explore.index.lock import attempt

    with (
        contextlib.suppress(OSError, sqlite3.Error),
        attempt(path.with_suffix(".lock")) as taken,
    ):
        if taken:
            from explore.index.publish import settled

            settled(path, look)


def _made(
    path: Path,
    folder: Path,
    look: freshness.Look,
    seen: _Identity | None,
    there: _There | None,
    watch: Watch,
    say: Say,
) -> sqlite3.Connection | None:
    """Bring the index up to date or make it; one process at a time does it for all.

    Returns nothing if it cannot be kept.
    """
    from explore.index.lock import Turn, attempt

    lock = path.with_suffix(".lock")
    turn: Turn | None = None
    while True:
        with attempt(lock) as taken:
            if (now := _identity(path)) != seen:
                # Another process has made it meanwhile.
                seen = now
                there = _opened(path, freshness.look(folder))
                if there and there.holds(look.since):
                    return there.db
                if there:
                    there.db.close()
            if taken:
                with watch() as progress:
                    _renew(path, folder, look, there, progress)
                made = _opened(path, freshness.look(folder))
                return made.db if made and made.holds(look.since) else None
        turn = turn or Turn(lock, say)
        turn.wait()


def _renew(
    path: Path,
    folder: Path,
    look: freshness.Look,
    there: _There | None,
    progress: "Progress | None",
) -> None:
    """Put an index in its place that is up to date, if any can be put there."""
    from explore.index import publish
    from explore.index.update import is_worthwhile

    with contextlib.suppress(OSError, sqlite3.Error):
        few = there is not None and is_worthwhile(there.found, look)
        if not (few and publish.updated(path, folder)):
            publish.build(path, folder, progress)
            _damaged.discard(path)
