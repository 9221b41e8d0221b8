"""Rows of the tables of the index on their way there, and what is counted of them.

Rows stand in one flat list a table and are written a hundred a statement: most of what SQLite
takes for a short row is the call.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3

# The tables that are written to, and how many columns each has.
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
    "tally": 4,
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

# The values of each table's rows, one row after the other.
Flat = dict[str, list[Any]]
# For each field that is tallied, how many records have each value.
Counts = defaultdict[str, Counter[Any]]


def no_rows() -> Flat:
    """Give no rows of each table."""
    return {table: [] for table in WIDTHS if table != "tally"}


def count(flat: Flat, counts: Counts) -> None:
    """Add to counts the records that have each value of each field that is tallied."""
    counts["type"].update(flat["record"][2 :: WIDTHS["record"]])
    for table, field in _COUNTED.items():
        counts[field].update(flat[table][:: WIDTHS[table]])
    claims, width = flat["claim"], WIDTHS["claim"]
    for column, field in enumerate(NAMED, 2):
        counts[field].update(claims[column::width])
    through = len(claims) // width - claims[2 + NAMED.index("via") :: width].count(None)
    counts["hand"].update(through=through, first=len(claims) // width - through)
    # A claim that answers several counts once.
    answers = {n for kind, *_, n in rows_of(flat, "link") if kind == "responds_to"}
    counts["responses"][""] += len(answers)


def tallied(rank: int, counts: Counts) -> Flat:
    """Give the rows that add counts to those that the index keeps of a file."""
    flat: list[Any] = []
    for field, counter in counts.items():
        for value, times in counter.items():
            if value is not None and times:
                flat += (field, value, rank, times)
    return {"tally": flat}


def rows_of(flat: Flat, table: str) -> Iterator[tuple[Any, ...]]:
    """Give the rows of a table."""
    return _cut(flat[table], WIDTHS[table])


def write(db: "sqlite3.Connection", rows: Flat) -> None:
    """Write rows into their tables.

    Raises:
        sqlite3.IntegrityError: if an id is taken.
    """
    for table, flat in rows.items():
        step = WIDTHS[table] * _TOGETHER
        whole = len(flat) - len(flat) % step
        for at in range(0, whole, step):
            db.execute(_insert(table, _TOGETHER), flat[at : at + step])
        db.executemany(_insert(table, 1), _cut(flat[whole:], WIDTHS[table]))


def _cut(flat: list[Any], width: int) -> Iterator[tuple[Any, ...]]:
    return zip(*[iter(flat)] * width, strict=True)


@cache
def _insert(table: str, rows: int) -> str:
    # The columns of the search's table count one more than what it names.
    named = " (rowid, id, text, notes)" if table == "words" else ""
    values = ",".join([f"({','.join('?' * WIDTHS[table])})"] * rows)
    added = "ON CONFLICT DO UPDATE SET claims = claims + excluded.claims"
    return f"INSERT INTO {table}{named} VALUES {values} {added if table == 'tally' else ''}"
