"""Whether the records of an index fit each other: every name is known, supports run in no circle.

What is wrong is told elsewhere, from the files, with lines and columns; here it is only found.
"""

import re
from array import array
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from explore.model.fields import ID_PATTERN, strict

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
_LOST_LINK = "NOT EXISTS (SELECT 1 FROM record WHERE id = target AND type = 'claim')"
_EDGES = (
    "SELECT link.n, record.n FROM link JOIN record ON record.id = link.target"
    " WHERE link.type = 'supports'"
)
_UNKNOWN = "NOT EXISTS (SELECT 1 FROM record WHERE id = {} AND type = ?)"


class Edit(NamedTuple):
    """What the edit of one file took out of an index and put into it.

    Attributes:
        gone: the ids of the records that were taken out.
        added: the numbers of those that were put in.
        named: the values of the fields of these that are tallied.
    """

    gone: list[str]
    added: list[int]
    named: dict[str, set[str]]


def is_sound(db: "sqlite3.Connection") -> bool:
    """Tell whether all names in an index lead to records, and no supports run in a circle."""
    lost = f"SELECT 1 FROM link WHERE {_LOST_LINK} LIMIT 1"
    return _names_known(db) and not db.execute(lost).fetchone() and not _circle(db)


def is_sound_after(db: "sqlite3.Connection", rank: int, edit: Edit) -> bool:
    """Tell whether an index that was sound is so after an edit of the file with this rank."""
    if not edit.gone and not edit.added:
        return True
    new = f"SELECT 1 FROM link WHERE n = ? AND {_LOST_LINK} LIMIT 1"
    # A link from anywhere to what is gone, unless it stands elsewhere now.
    old = f"SELECT 1 FROM link WHERE target = ? AND {_LOST_LINK} LIMIT 1"
    return (
        (_names_known(db) if _declares(db, rank) else _new_names_known(db, edit.named))
        and not any(db.execute(new, [n]).fetchone() for n in edit.added)
        and not any(db.execute(old, [name]).fetchone() for name in edit.gone)
        and not _new_circle(db, edit.added)
    )


def _names_known(db: "sqlite3.Connection") -> bool:
    """Tell whether every name in an index is that of a record."""
    values = "SELECT DISTINCT value FROM tally WHERE field = ?"
    unknown = f"SELECT 1 FROM ({values}) WHERE {_UNKNOWN.format('value')} LIMIT 1"
    if any(db.execute(unknown, known).fetchone() for known in _KNOWN.items()):
        return False
    if not all(_ID.match(topic) for (topic,) in db.execute(values, ["topic"])):
        return False
    lost = f"SELECT 1 FROM tie WHERE actor = target OR {_UNKNOWN.format('target')}"
    return db.execute(lost, ["actor"]).fetchone() is None


def _new_names_known(db: "sqlite3.Connection", named: dict[str, set[str]]) -> bool:
    """Tell the same of the names in claims, which are no records that others name."""
    record = "SELECT 1 FROM record WHERE id = ? AND type = ?"
    return all(_ID.match(topic) for topic in named.get("topic", ())) and all(
        db.execute(record, [name, kind]).fetchone()
        for field, kind in _KNOWN.items()
        for name in named.get(field, ())
    )


def _declares(db: "sqlite3.Connection", rank: int) -> bool:
    """Tell whether a file declares actors or sources, which files beside it may name."""
    kind = db.execute("SELECT kind FROM file WHERE rank = ?", [rank]).fetchone()
    return kind is None or kind[0] != "claim"


def _circle(db: "sqlite3.Connection") -> bool:
    """Tell whether supports run in a circle.

    A circle has a link from an earlier claim to a later one, so few links need following.
    """
    from bisect import bisect_left

    sources, targets = array("q"), array("q")
    for source, target in db.execute(f"{_EDGES} ORDER BY link.n"):
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


def _new_circle(db: "sqlite3.Connection", added: list[int]) -> bool:
    """Tell whether supports run in a circle through what an edit added."""
    following = f"{_EDGES} AND link.n = ?"

    def after(n: int) -> list[int]:
        return [row[1] for row in db.execute(following, [n])]

    return _closes([(n, target) for n in added for target in after(n)], after)


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
