"""What reading raises where a corpus is broken, and when it is worth another try."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from explore.corpus.problems import UnreadableError, UnsoundError
from explore.errors import CorpusError
from explore.index import freshness

T = TypeVar("T")

# A file may also have gone since it was listed.
BROKEN = (UnreadableError, UnsoundError, sqlite3.IntegrityError, FileNotFoundError)
_TRIES = 10
# Most editors that write in place empty the file first; its text follows within this, in seconds.
_FOLLOWS = 1.0
_GLANCE = 0.01


def report(folder: Path) -> None:
    """Read a corpus with every place in it.

    Raises:
        CorpusError: if it has problems, with all of them.
    """
    from explore.corpus.load import load

    load(folder)


def steadily(folder: Path, make: Callable[[], T]) -> T:
    """Make something of a corpus; again if it is broken because somebody is just writing it.

    Raises:
        CorpusError, and those of `BROKEN`: as `make`, which begins from nothing each time.
    """
    for _ in range(_TRIES - 1):
        look = freshness.look(folder)
        try:
            return make()
        except (CorpusError, *BROKEN):
            if not _is_being_written(folder, look):
                raise
    return make()


def _is_being_written(folder: Path, look: freshness.Look) -> bool:
    """Whether files changed since a look; an empty one that is new is waited for."""
    while (now := freshness.look(folder)).stamps == look.stamps:
        emptied = [seen.ctime for seen in now.stamps if not seen.size]
        if not emptied or now.since - max(emptied) > _FOLLOWS * 1e9:
            return False
        time.sleep(_GLANCE)
    return True
