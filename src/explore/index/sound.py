"""Whether the records of an index fit each other: every name is known, supports run in no circle.

What is wrong is told elsewhere, from the files, with lines and columns; here it is only found.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable
from typing import TYPE_CHECKING

from explore.fields import ID_PATTERN, strict
from explore.index.layout import numbers

if TYPE_CHECKING:
    import sqlite3

_ID = re.compile(strict(ID_PATTERN))
# Fields that name a record, and what it must be.
_KNOWN = {
    "speaker": "actor",
    "about": "actor",
    "subject": "actor",
    "source": "source",
    "via": "source",
    "cited": "source",
}
_UNKNOWN = "NOT EXISTS (SELECT 1 FROM record WHERE id = {} AND type = ?)"


class UnsoundError(Exception):
    """Records that contradict themselves; whoever builds reads them again to say how."""


def is_sound(db: "sqlite3.Connection", rank: int | None = None) -> bool:
    """Tell whether all names in an index lead to records, and no supports run in a circle.

    Args:
        db: the index.
        rank: the one file that changed since it was sound; all files if None.
    """
    return _names_known(db, rank) and _links_known(db, rank) and not _circle(db, rank)


def _names_known(db: "sqlite3.Connection", rank: int | None) -> bool:
    every = rank is None or _declares(db, rank)
    where = "field = ?" if every else f"field = ? AND rank = {rank}"
    values = f"SELECT DISTINCT value FROM tally WHERE {where}"
    unknown = f"SELECT 1 FROM ({values}) WHERE {_UNKNOWN.format('value')} LIMIT 1"
    if any(db.execute(unknown, known).fetchone() for known in _KNOWN.items()):
        return False
    if not all(_ID.match(topic) for (topic,) in db.execute(values, ["topic"])):
        return False
    lost = f"SELECT 1 FROM tie WHERE actor = target OR {_UNKNOWN.format('target')}"
    return not every or db.execute(lost, ["actor"]).fetchone() is None


def _declares(db: "sqlite3.Connection", rank: int) -> bool:
    """Tell whether a file declares actors or sources, which files beside it may name."""
    kind = db.execute("SELECT kind FROM file WHERE rank = ?", [rank]).fetchone()
    return kind is None or kind[0] != "claim"


def _links_known(db: "sqlite3.Connection", rank: int | None) -> bool:
    """Look for a link to no claim; after an edit also from other files to what is gone."""
    lost = "NOT EXISTS (SELECT 1 FROM record WHERE id = target AND type = 'claim')"
    if rank is None:
        return db.execute(f"SELECT 1 FROM link WHERE {lost} LIMIT 1").fetchone() is None
    sql = f"SELECT 1 FROM link WHERE n BETWEEN ? AND ? AND {lost} LIMIT 1"
    if db.execute(sql, numbers(rank)).fetchone():
        return False
    gone = (
        "SELECT 1 FROM temp.gone JOIN link ON link.target = gone.id"
        " WHERE NOT EXISTS (SELECT 1 FROM record WHERE record.id = gone.id) LIMIT 1"
    )
    return db.execute(gone).fetchone() is None


def _circle(db: "sqlite3.Connection", rank: int | None) -> bool:
    """Tell whether supports run in a circle; only through the file that changed, if one did.

    A circle has a link from an earlier claim to a later one, so few links need following.
    """
    edges = (
        "SELECT link.n, record.n FROM link JOIN record ON record.id = link.target"
        " WHERE link.type = 'supports'"
    )
    if rank is not None:
        low, high = numbers(rank)
        starts = db.execute(f"{edges} AND link.n BETWEEN ? AND ?", [low, high]).fetchall()
        return _closes(starts, lambda n: [row[0] for row in db.execute(_NEXT, [n])])
    sources, targets = array("q"), array("q")
    for source, target in db.execute(f"{edges} ORDER BY link.n"):
        sources.append(source)
        targets.append(target)

    def after(n: int) -> list[int]:
        at = bisect_left(sources, n)
        found = []
        while at < len(sources) and sources[at] == n:
            found.append(targets[at])
            at += 1
        return found

    forward = [(a, b) for a, b in zip(sources, targets, strict=True) if b > a]
    return _closes(forward, after)


_NEXT = (
    "SELECT record.n FROM link JOIN record ON record.id = link.target"
    " WHERE link.n = ? AND link.type = 'supports'"
)


def _closes(starts: list[tuple[int, int]], after: Callable[[int], list[int]]) -> bool:
    """Walk from each start, depth first with a stack of its own, until a walk meets itself."""
    done: set[int] = set()
    for start, _ in starts:
        path: dict[int, list[int]] = {} if start in done else {start: after(start)}
        while path:
            n = next(reversed(path))
            if not path[n]:
                del path[n]
                done.add(n)
                continue
            step = path[n].pop()
            if step in path:
                return True
            if step not in done:
                path[step] = after(step)
    return False
