"""What a word that is not finished may become: ids, short names, surnames, topics."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Literal

from explore.errors import ExploreError
from explore.index import lookup
from explore.model.names import fold

What = Literal["actor", "claim", "source", "topic", "record"]

# As many as a shell lists without asking; every actor, unless they are a great many.
_MOST = 100
_MOST_ACTORS = 1_000
_ACTORS = (
    "SELECT id, json ->> 'name', coalesce(json ->> 'short', json ->> 'name'), json ->> 'kind'"
    " FROM record WHERE type = 'actor'"
)
_RESOLVED: dict[What, Callable[[sqlite3.Connection, str], str]] = {
    "actor": lookup.actor,
    "claim": lookup.claim,
    "source": lookup.source,
    "topic": lookup.topic,
    "record": lookup.anything,
}


def completions(db: sqlite3.Connection, what: What, start: str) -> list[tuple[str, str]]:
    """Return the words that begin with `start`, each with what it stands for.

    Names are in the form of ids. Each word is one that means just that record, or topic, where it
    is typed.
    """
    found: dict[str, str] = {}
    most = _MOST_ACTORS if what == "actor" else _MOST
    for word, meant, told in _candidates(db, what, start, most):
        if word.startswith(start) and word not in found and _means(db, what, word, meant):
            found[word] = told
            if len(found) == most:
                break
    return list(found.items())


def _means(db: sqlite3.Connection, what: What, word: str, meant: str) -> bool:
    try:
        return _RESOLVED[what](db, word) == meant
    except ExploreError:
        return False


def _candidates(
    db: sqlite3.Connection, what: What, start: str, most: int
) -> Iterator[tuple[str, str, str]]:
    """Yield words, what each should mean, and what to say of it."""
    end = start + "\U0010ffff"
    if what == "topic":
        sql = (
            "SELECT value, value, count(*) || ' claims' FROM mention WHERE field = 'claim.topics'"
            " AND value >= ? AND value < ? GROUP BY value ORDER BY value"
        )
        yield from db.execute(sql, [start, end])
        return
    sql = (
        "SELECT id, id, coalesce(json ->> 'text', json ->> 'title', json ->> 'name') FROM record"
        " WHERE id >= ? AND id < ? AND ? IN (type, 'record') ORDER BY id LIMIT ?"
    )
    yield from db.execute(sql, [start, end, what, most])
    if what in ("actor", "record"):
        for actor, name, short, kind in db.execute(_ACTORS):
            spellings = [short, fold(name).rpartition(" ")[2]] if kind == "person" else [short]
            for spelling in spellings:
                yield fold(spelling).replace(" ", "-"), actor, name
