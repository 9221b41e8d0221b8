"""A corpus that cannot be made an index of: how that shows, and what is told then."""

import sqlite3
from pathlib import Path

from explore.corpus.problem import UnreadableError, UnsoundError

BROKEN = (UnreadableError, UnsoundError, sqlite3.IntegrityError)


def tell(folder: Path) -> None:
    """Read a corpus with every place in it, and say all that is wrong.

    Raises:
        CorpusError: if anything is.
    """
    from explore.corpus.load import load

    load(folder)
