"""A query as the conditions and the order of a SELECT over the table `claim`."""

from explore.dates import span
from explore.index.words import match
from explore.query import Query

_PLAIN = ("kind", "role", "subject", "source", "instrument", "status")
_LISTED = {
    "about": "claim.n IN (SELECT claim FROM about WHERE actor IN ({}))",
    "by": "claim.n IN (SELECT claim FROM said WHERE actor IN ({}))",
    "topic": "claim.n IN (SELECT claim FROM topic WHERE topic IN ({}))",
    "to": "claim.n IN (SELECT n FROM link WHERE type = 'responds_to' AND target IN ({}))",
    "ids": "claim.id IN ({})",
}
_DISPUTED = "EXISTS (SELECT 1 FROM link WHERE target = claim.id AND type = 'disputes')"
_ANSWERED = "EXISTS (SELECT 1 FROM link WHERE target = claim.id AND type = 'responds_to')"
_ANSWERS = "EXISTS (SELECT 1 FROM link WHERE source = claim.id AND type = 'responds_to')"
_FOUND = "claim.n {} (SELECT rowid FROM words WHERE words MATCH ?)"

# Ids and names weigh more than text, text more than what stands beside it.
_RANK = "(SELECT bm25(words, 10, 5, 1) FROM words WHERE words MATCH ? AND words.rowid = claim.n)"


def where(query: Query) -> tuple[str, list[str]]:
    """Give the condition that a query puts on a claim, and the values bound in it."""
    parts: list[str] = ["1"]
    values: list[str] = []
    conditions = {name: f"claim.{name} IN ({{}})" for name in _PLAIN} | _LISTED
    for name, condition in conditions.items():
        wanted = getattr(query, name)
        if wanted:
            parts.append(condition.format(",".join("?" * len(wanted))))
            values += wanted
    if query.disputed is not None:
        parts.append(_DISPUTED if query.disputed else f"NOT {_DISPUTED}")
    if query.responses:
        parts.append(_ANSWERS)
    if query.unanswered:
        parts.append(f"claim.role = 'threat' AND NOT {_ANSWERED}")
    if query.dated:
        parts.append("claim.date IS NOT NULL")
    if query.since:
        parts.append("claim.last_day >= ?")
        values.append(span(query.since)[0])
    if query.until:
        parts.append("claim.first_day <= ?")
        values.append(span(query.until)[1])
    for found, sense in zip(match(query.search), ("IN", "NOT IN"), strict=True):
        if found:
            parts.append(_FOUND.format(sense))
            values.append(found)
    return " AND ".join(parts), values


def order(query: Query) -> tuple[str, list[str]]:
    """Give the order of a query, and the values bound in it.

    It is total: the order of the files breaks every tie. A search comes best match first.
    """
    key = query.sort.removeprefix("-")
    way = " DESC" if query.sort.startswith("-") else ""
    found = match(query.search)[0]
    if not key and found:
        return f"{_RANK}, claim.n", [found]
    if key in {"", "order"}:
        return f"claim.n{way}", []
    column = "claim.first_day" if key == "date" else f"claim.{key}"
    return f"{column} IS NULL, {column}{way}, claim.n", []
