"""Rows of the tables of the index, on their way there, and the counts of all that went.

Rows wait in one flat list a table and are written a hundred a statement: most of what SQLite takes
for a short row is the call.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3

# The tables that records are written to, and how many columns each has.
WIDTHS = {
    "record": 4,
    "actor": 5,
    "source": 2,
    "claim": 12,
    "name": 4,
    "tie": 4,
    "said": 2,
    "about": 2,
    "topic": 2,
    "event": 3,
    "deed": 3,
    "link": 5,
    "cited": 3,
    "words": 4,
}
_TOGETHER = 100
NAMED = ("kind", "role", "subject", "source", "via", "instrument", "status")
# What is counted of a table is in its first column.
_COUNTED = {
    "said": "speaker",
    "about": "about",
    "topic": "topic",
    "event": "event",
    "deed": "deed",
    "cited": "cited",
}

Flat = dict[str, list[Any]]


def no_rows() -> Flat:
    """Give no rows of each table."""
    return {table: [] for table in WIDTHS}


class Rows:
    """Rows of any tables that wait to be written, and the counts of all that ever waited.

    Attributes:
        waiting: the values of each table's rows, one row after the other.
        counts: for each field that is tallied, how many records have each value.
    """

    def __init__(self) -> None:
        """Begin without rows."""
        self.waiting = no_rows()
        self.counts: defaultdict[str, Counter[Any]] = defaultdict(Counter)

    def settled(self) -> "Rows":
        """Count the rows that wait, once they are all there."""
        flat, counts = self.waiting, self.counts
        counts["type"].update(flat["record"][2 :: WIDTHS["record"]])
        for table, field in _COUNTED.items():
            counts[field].update(flat[table][:: WIDTHS[table]])
        claims, width = flat["claim"], WIDTHS["claim"]
        for column, field in enumerate(NAMED, 2):
            counts[field].update(claims[column::width])
        through = len(claims) // width - claims[2 + NAMED.index("via") :: width].count(None)
        counts["hand"].update(through=through, first=len(claims) // width - through)
        # A claim that answers several counts once.
        answers = {n for kind, *_, n in self.of("link") if kind == "responds_to"}
        counts["responses"][""] += len(answers)
        return self

    def of(self, table: str) -> Iterator[tuple[Any, ...]]:
        """Give the rows of a table that wait."""
        return _cut(self.waiting[table], WIDTHS[table])

    def write(self, db: "sqlite3.Connection") -> None:
        """Write all that waits.

        Raises:
            sqlite3.IntegrityError: if an id is taken.
        """
        for table, flat in self.settled().waiting.items():
            step = WIDTHS[table] * _TOGETHER
            whole = len(flat) - len(flat) % step
            for at in range(0, whole, step):
                db.execute(_MANY[table], flat[at : at + step])
            db.executemany(_ONE[table], _cut(flat[whole:], WIDTHS[table]))
            flat.clear()


def _cut(flat: list[Any], width: int) -> Iterator[tuple[Any, ...]]:
    return zip(*[iter(flat)] * width, strict=True)


def _insert(table: str, rows: int) -> str:
    # The columns of the search's table count one more than what it names.
    named = " (rowid, id, text, notes)" if table == "words" else ""
    values = ",".join([f"({','.join('?' * WIDTHS[table])})"] * rows)
    return f"INSERT INTO {table}{named} VALUES {values}"


_ONE = {table: _insert(table, 1) for table in WIDTHS}
_MANY = {table: _insert(table, _TOGETHER) for table in WIDTHS}
