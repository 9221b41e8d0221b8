"""A query as the parts of a SELECT over the table `claim`."""

import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from explore.model.dates import span
from explore.model.query import Query

if TYPE_CHECKING:
    from explore.index import search_terms as words

_PLAIN = ("kind", "role", "subject", "source", "instrument", "status")
_LISTED = {
    "about": "EXISTS (SELECT 1 FROM about WHERE actor IN ({}) AND claim = claim_n)",
    "by": "EXISTS (SELECT 1 FROM said WHERE actor IN ({}) AND claim = claim_n)",
    "topic": "EXISTS (SELECT 1 FROM topic WHERE topic IN ({}) AND claim = claim_n)",
    "to": "claim.n IN (SELECT n FROM link WHERE type = 'responds_to' AND target IN ({}))",
    "ids": "claim.id IN ({})",
}
_DISPUTED = "EXISTS (SELECT 1 FROM link WHERE target = claim.id AND type = 'disputes')"
_ANSWERED = "EXISTS (SELECT 1 FROM link WHERE target = claim.id AND type = 'responds_to')"
_ANSWERS = "claim.n IN (SELECT n FROM link WHERE type = 'responds_to')"

# Tables sorted by a name and then by claim: with one name asked for, they lead the way.
_LEADS = {"about": ("about", "actor"), "by": ("said", "actor"), "topic": ("topic", "topic")}
_TALLIES = {"about": "about", "by": "speaker", "topic": "topic", "subject": "subject"}
# Names with fewer claims than this are read before any other condition is looked at.
_RARE = 2_000


class Select(NamedTuple):
    """The parts of a SELECT, and the values bound in each.

    Attributes:
        tables: where the claims come from, with `claim` among it.
        condition: what they must fulfil.
        order: how they are sorted; total.
        values: bound in tables and condition.
        ranked: bound in the order.
    """

    tables: str
    condition: str
    order: str
    values: list[str | int]
    ranked: list[str | int]


def select(db: sqlite3.Connection, query: Query) -> Select:
    """Turn a query into the parts of a SELECT that reads no more rows than it must."""
    lead = _lead(db, query)
    tables, number, values = "claim", "claim.n", []
    parts = ["1"]
    if lead:
        table, column, day = lead
        tables = f"{table} AS lead CROSS JOIN claim ON claim.n = lead.claim"
        parts.append(f"lead.{column} = ?")
        values.append(getattr(query, "about" if day else _field(table))[0])
        number = "lead.claim"
    skip = (_field(lead[0]) if not lead[2] else "about") if lead else ""
    _filters(query, skip, parts, values)
    found = _searched(db, query.search)
    if found:
        parts += found.conditions
        values += found.values
    order, ranked = _order(query, number, lead, found)
    return Select(tables, " AND ".join(parts), order, values, ranked)


def _searched(db: sqlite3.Connection, search: str) -> "words.Found | None":
    if not search:
        return None
    # Its patterns take a moment to compile.
    from explore.index import search_terms as words

    return words.claims(db, search)


def is_tallied(query: Query) -> tuple[str, str] | None:
    """Give the tally that counts the answer of a query, if one filter alone is asked for."""
    if query.disputed is not None:
        return None
    asked = [name for name, value in query._asdict().items() if value and name not in _HOW]
    if len(asked) == 1 and asked[0] in {*_TALLIES, "kind", "role", "source", "status"}:
        values = getattr(query, asked[0])
        if len(values) == 1:
            return _TALLIES.get(asked[0], asked[0]), values[0]
    events = query.kind == ("fact",) and query.dated and len(query.about) == 1
    if events and set(asked) == {"about", "kind", "dated"}:
        return "event", query.about[0]
    if asked == ["responses"]:
        return "responses", ""
    return None if asked else ("type", "claim")


_HOW = {"sort", "limit", "disputed"}


def _field(table: str) -> str:
    return "by" if table == "said" else table


def _lead(db: sqlite3.Connection, query: Query) -> tuple[str, str, bool] | None:
    """Give the table that leads to the fewest claims in the order asked for, if one does."""
    key = query.sort.removeprefix("-")
    if query.ids or query.to or query.search:
        return None
    if key == "date" and query.dated and len(query.about) == 1 and query.kind == ("fact",):
        return "event", "actor", True
    best: tuple[int, tuple[str, str, bool]] | None = None
    for name, (table, column) in _LEADS.items():
        wanted = getattr(query, name)
        if len(wanted) == 1:
            size = claims_of(db, _TALLIES[name], wanted[0])
            if best is None or size < best[0]:
                best = size, (table, column, False)
    if best is None or (key not in {"", "order"} and best[0] > _RARE):
        return None
    if query.subject and best[0] > _RARE:
        sizes = [claims_of(db, "subject", name) for name in query.subject]
        return None if sum(sizes) < best[0] else best[1]
    return best[1]


def claims_of(db: sqlite3.Connection, field: str, value: str) -> int:
    """Give how many claims have a value in a field, as the index has counted them."""
    sql = "SELECT coalesce(sum(claims), 0) FROM tally WHERE field = ? AND value = ?"
    return int(db.execute(sql, [field, value]).fetchone()[0])


def _filters(query: Query, skip: str, parts: list[str], values: list[str | int]) -> None:
    conditions = {name: f"claim.{name} IN ({{}})" for name in _PLAIN} | _LISTED
    for name, condition in conditions.items():
        wanted = getattr(query, name)
        if wanted and name != skip:
            marks = ",".join("?" * len(wanted))
            parts.append(condition.format(marks).replace("claim_n", "claim.n"))
            values += wanted
    if query.disputed is not None:
        parts.append(_DISPUTED if query.disputed else f"NOT {_DISPUTED}")
    if query.responses:
        parts.append(_ANSWERS)
    if query.unanswered:
        parts.append(f"claim.role = 'threat' AND NOT {_ANSWERED}")
    if query.dated:
        parts.append("claim.first_day IS NOT NULL")
    if query.since:
        parts.append("claim.last_day >= ?")
        values.append(span(query.since)[0])
    if query.until:
        parts.append("claim.first_day <= ?")
        values.append(span(query.until)[1])


def _order(
    query: Query, number: str, lead: tuple[str, str, bool] | None, found: "words.Found | None"
) -> tuple[str, list[str | int]]:
    """Give the order; the order of the files breaks every tie. A search comes best first."""
    key = query.sort.removeprefix("-")
    way = " DESC" if query.sort.startswith("-") else ""
    if not key and found:
        return f"{found.order}, claim.n", found.ranked
    if key in {"", "order"}:
        return f"{number}{way}", []
    if lead and lead[2]:
        return f"lead.first_day{way}, lead.claim", []
    column = "claim.first_day" if key == "date" else f"claim.{key}"
    blank = "" if query.dated and key == "date" else f"{column} IS NULL, "
    return f"{blank}{column}{way}, claim.n", []
