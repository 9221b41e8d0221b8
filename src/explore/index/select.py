"""A query as the parts of a SELECT over the claims."""

import sqlite3
from typing import NamedTuple

from explore.model.dates import span
from explore.model.links import LINKS
from explore.model.query import Query
from explore.model.references import filters

_MENTIONED = "record.n IN (SELECT n FROM mention WHERE field = ? AND value IN ({}))"
_LINKED = "record.n IN (SELECT n FROM link WHERE type = ? AND target IN ({}))"
_IS_TARGET = "EXISTS (SELECT 1 FROM link WHERE target = record.id AND type = '{}')"
_RESPONDS = "record.n IN (SELECT n FROM link WHERE type = 'responds_to')"
# What holds of the source of a claim; its days are those on which it appeared.
_SOURCE = (
    "record.n IN (SELECT mention.n FROM mention JOIN record AS source ON source.id = mention.value"
    " WHERE mention.field = 'claim.source' AND {})"
)
WAS_SAID = _SOURCE.format("source.first_day IS NOT NULL")
_IS_THREAT = "record.n IN (SELECT n FROM mention WHERE field = 'claim.role' AND value = 'threat')"


class Select(NamedTuple):
    """The parts of a SELECT over `record`, and the values bound in each.

    Attributes:
        tables: what comes after FROM.
        condition: what comes after WHERE.
        order: what comes after ORDER BY; it is total.
        values: bound in the condition.
    """

    tables: str
    condition: str
    order: str
    values: list[str]


def select(db: sqlite3.Connection, query: Query) -> Select:
    """Return the parts of a SELECT that finds the claims of a query.

    Raises:
        UsageError: if words are searched for, and the index has no full-text search.
    """
    tables, parts, values = "record", ["record.type = 'claim'"], list[str]()
    ranked = False
    if query.search:
        # Its patterns take a moment to compile.
        from explore.index import search_terms

        wanted, unwanted, _ = search_terms.expressions(db, query.search, "claim")
        if wanted:
            tables = "words CROSS JOIN record ON record.n = words.rowid"
            parts.append("words MATCH ?")
            values.append(f"({wanted}) NOT ({unwanted})" if unwanted else wanted)
            ranked = True
        elif unwanted:
            parts.append("record.n NOT IN (SELECT rowid FROM words WHERE words MATCH ?)")
            values.append(unwanted)
        else:
            parts.append("FALSE")
    _filter(query, parts, values)
    return Select(tables, " AND ".join(parts), _order(query, ranked=ranked), values)


def _filter(query: Query, parts: list[str], values: list[str]) -> None:
    if query.ids:
        parts.append(f"record.id IN ({_marks(query.ids)})")
        values += query.ids
    known = filters("claim")
    for option, wanted in (*query.where.items(), *query.each):
        if wanted:
            field = known[option].field
            template = _LINKED if field in LINKS else _MENTIONED
            parts.append(template.format(_marks(wanted)))
            values += [field if field in LINKS else f"claim.{field}", *wanted]
    if query.disputed is not None:
        disputed = _IS_TARGET.format("disputes")
        parts.append(disputed if query.disputed else f"NOT {disputed}")
    if query.responses:
        parts.append(_RESPONDS)
    if query.unanswered:
        parts += [_IS_THREAT, f"NOT {_IS_TARGET.format('responds_to')}"]
    if query.dated:
        parts.append("record.first_day IS NOT NULL")
    if query.since or query.until:
        fits, days = within(query)
        parts.append(fits)
        values += days


def within(query: Query) -> tuple[str, list[str]]:
    """Return the condition that a claim's date is in the range of a query, and its values."""
    tests, days = [], []
    if query.since:
        tests.append("{0}.last_day >= ?")
        days.append(span(query.since)[0])
    if query.until:
        tests.append("{0}.first_day <= ?")
        days.append(span(query.until)[1])
    overlaps = " AND ".join(tests)
    said = _SOURCE.format(overlaps.format("source"))
    if query.reading == "said":
        return said, days
    event = overlaps.format("record")
    return f"CASE WHEN record.first_day IS NULL THEN {said} ELSE {event} END", [*days, *days]


def _marks(values: tuple[str, ...]) -> str:
    return ",".join("?" * len(values))


def _order(query: Query, *, ranked: bool) -> str:
    """Return the order; the order of the files breaks every tie. A search is best first."""
    key = query.sort.removeprefix("-")
    way = " DESC" if query.sort.startswith("-") else ""
    if not key and ranked:
        from explore.index.search_terms import RANK

        return f"{RANK}, record.n"
    if key in {"", "order"}:
        return f"record.n{way}"
    columns = {"id": "record.id", "date": "record.first_day"}
    column = columns.get(key, f"record.json ->> '$.{key}'")
    return f"{column} IS NULL, {column}{way}, record.n"
