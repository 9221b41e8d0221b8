"""From what a person types to the ids of records."""

import sqlite3

from explore.errors import AmbiguousNameError, TopicNotActorError, UnknownNameError
from explore.model.fields import RecordType
from explore.model.names import fold, nearest

_MAX_LISTED = 6
_MAX_SUGGESTED = 3
_AFTER = "\U0010ffff"


def actor(db: sqlite3.Connection, name: str) -> str:
    """Return the id of the actor with a name.

    That is its id, any of its names, a prefix of its id, or words of a name that no other has.

    Raises:
        UnknownNameError: if there is none, with similar names.
        AmbiguousNameError: if there are several.
    """
    name = _storable(name)
    if found := _by_id(db, name, "actor"):
        return found
    matches = _by_name(db, name) or _by_prefix(db, name, "actor")
    if not matches:
        slug = fold(name).replace(" ", "-")
        if slug in topics(db):
            raise TopicNotActorError(name, slug)
        matches = _by_part(db, name)
    if not matches:
        raise UnknownNameError("actor", name, _similar_actors(db, name))
    return _only("actor", name, matches)


def claim(db: sqlite3.Connection, name: str) -> str:
    """Return the id of a claim from its id or a prefix of it; errors as `actor`."""
    return _record(db, name, "claim")


def source(db: sqlite3.Connection, name: str) -> str:
    """Return the id of a source from its id or a prefix of it; errors as `actor`."""
    return _record(db, name, "source")


def topic(db: sqlite3.Connection, name: str) -> str:
    """Return a topic from its name or a prefix of it; errors as `actor`."""
    slug = fold(name).replace(" ", "-")
    known = topics(db)
    if slug in known:
        return slug
    matches = [topic for topic in known if slug and topic.startswith(slug)]
    if not matches:
        raise UnknownNameError("topic", name, nearest(name, known))
    return _only("topic", name, matches)


def topics(db: sqlite3.Connection) -> list[str]:
    """Return all topics, in the order of the alphabet."""
    sql = "SELECT DISTINCT value FROM mention WHERE field = 'claim.topics' ORDER BY value"
    return [row[0] for row in db.execute(sql)]


def named(db: sqlite3.Connection, name: str) -> tuple[str, str] | None:
    """Return what has just this name, a record or a topic: its type, or `topic`, and its id."""
    name = _storable(name)
    found = _by_id(db, name, None)
    actors = _by_name(db, name)
    if not found and len(actors) == 1:
        found = actors[0]
    if found:
        sql = "SELECT type FROM record WHERE id = ?"
        return str(db.execute(sql, [found]).fetchone()[0]), found
    slug = fold(name).replace(" ", "-")
    return ("topic", slug) if slug in topics(db) else None


def opened(db: sqlite3.Connection, name: str) -> list[str]:
    """Return the ids of a record, or of the claims of a topic, by a name; errors as `actor`."""
    match named(db, name):
        case "topic", topic:
            sql = (
                "SELECT id FROM mention JOIN record USING (n)"
                " WHERE field = 'claim.topics' AND value = ? ORDER BY n"
            )
            return [row[0] for row in db.execute(sql, [topic])]
        case _:
            return [anything(db, name)]


def anything(db: sqlite3.Connection, name: str) -> str:
    """Return the id of any record from its id, a name or a prefix; errors as `actor`."""
    return _record(db, name, None)


def _record(db: sqlite3.Connection, name: str, kind: RecordType | None) -> str:
    name = _storable(name)
    if found := _by_id(db, name, kind):
        return found
    what = kind or "record"
    keyed = _by_key(db, name) if kind == "source" else []
    matches = keyed or ([] if kind else _by_name(db, name)) or _by_prefix(db, name, kind)
    matches = matches or ([] if kind else _by_key(db, name) or _by_part(db, name))
    if not matches:
        raise UnknownNameError(what, name, nearest(name, _ids(db, kind)))
    return _only(what, name, matches)


def _storable(name: str) -> str:
    """Return a name without what is not text in the bytes of a command line; no record has it."""
    return name.encode(errors="replace").decode()


def _by_id(db: sqlite3.Connection, name: str, kind: RecordType | None) -> str | None:
    """Return the id of a record by its id, or by one that it had."""
    sql = "SELECT id FROM record WHERE id = ? AND (? IS NULL OR type = ?)"
    row = (
        db.execute(sql, [name, kind, kind]).fetchone()
        or db.execute(
            "SELECT record.id FROM former JOIN record ON record.id = former.record"
            " WHERE former.id = ? AND (? IS NULL OR type = ?)",
            [name, kind, kind],
        ).fetchone()
    )
    return row[0] if row else None


def _by_name(db: sqlite3.Connection, name: str) -> list[str]:
    folded = fold(name)
    sql = "SELECT DISTINCT actor FROM name WHERE folded = ? ORDER BY n"
    return [row[0] for row in db.execute(sql, [folded])] if folded else []


def _by_part(db: sqlite3.Connection, name: str) -> list[str]:
    """Return the actors that have some words in one of their names, as a surname."""
    folded = fold(name)
    sql = (
        "SELECT actor FROM name WHERE instr(' ' || folded || ' ', ' ' || ? || ' ')"
        " GROUP BY actor ORDER BY min(n) LIMIT ?"
    )
    return [row[0] for row in db.execute(sql, [folded, _MAX_LISTED])] if folded else []


def _by_prefix(db: sqlite3.Connection, name: str, kind: RecordType | None) -> list[str]:
    prefix = name.lower()
    sql = (
        "SELECT id FROM record WHERE id >= ? AND id < ? AND (? IS NULL OR type = ?)"
        " ORDER BY id LIMIT ?"
    )
    values = [prefix, prefix + _AFTER, kind, kind, _MAX_LISTED]
    return [row[0] for row in db.execute(sql, values)] if prefix else []


def _by_key(db: sqlite3.Connection, name: str) -> list[str]:
    """Return the sources that a library of references knows by a key."""
    sql = (
        "SELECT id FROM record WHERE type = 'source'"
        " AND json_extract(json, '$.\"citation-key\"') = ? ORDER BY n LIMIT ?"
    )
    return [row[0] for row in db.execute(sql, [name, _MAX_LISTED])]


def _ids(db: sqlite3.Connection, kind: RecordType | None) -> list[str]:
    sql = "SELECT id FROM record WHERE ? IS NULL OR type = ?"
    return [row[0] for row in db.execute(sql, [kind, kind])]


def _only(what: str, name: str, matches: list[str]) -> str:
    if len(matches) > 1:
        raise AmbiguousNameError(what, name, matches)
    return matches[0]


def _similar_actors(db: sqlite3.Connection, name: str) -> list[str]:
    """Return the most similar spellings, one for each actor."""
    spelled = dict(db.execute("SELECT spelling, actor FROM name ORDER BY n DESC").fetchall())
    by_actor: dict[str, str] = {}
    for spelling in nearest(name, list(spelled), 3 * _MAX_SUGGESTED):
        by_actor.setdefault(spelled[spelling], spelling)
    return list(by_actor.values())[:_MAX_SUGGESTED]
