"""From what a person types to the ids of records."""

import sqlite3

from explore.errors import AmbiguousNameError, NoActorButTopicError, UnknownNameError
from explore.index.select import claims_of
from explore.model.names import fold, nearest
from explore.model.records import RecordType

_SHOWN = 6
_OFFERED = 3
# Comparing a name with more than these takes longer than a person waits.
_COMPARED = 3_000


def actor(db: sqlite3.Connection, name: str) -> str:
    """Give the id of the actor called `name`: its id, any of its names, or a prefix of its id.

    Raises:
        UnknownNameError: if there is none; it offers the nearest names.
        AmbiguousNameError: if there are several.
    """
    name = _storable(name)
    if _is_id(db, name, "actor"):
        return name
    rows = db.execute("SELECT DISTINCT actor FROM name WHERE folded = ?", [fold(name)])
    matches = [row[0] for row in rows] if fold(name) else []
    return _single(db, "actor", name, matches or _by_prefix(db, name, "actor"))


def claim(db: sqlite3.Connection, name: str) -> str:
    """Give the id of a claim from its id or a prefix of it; errors as `actor`."""
    return _record(db, name, "claim")


def source(db: sqlite3.Connection, name: str) -> str:
    """Give the id of a source from its id or a prefix of it; errors as `actor`."""
    return _record(db, name, "source")


def topic(db: sqlite3.Connection, name: str) -> str:
    """Give a topic from its name or a prefix of it; errors as `actor`."""
    wanted = fold(name).replace(" ", "-")
    topics = [
        row[0]
        for row in db.execute(
            "SELECT DISTINCT value FROM tally WHERE field = 'topic' ORDER BY value"
        )
    ]
    if wanted in topics:
        return wanted
    return _one("topic", name, [t for t in topics if wanted and t.startswith(wanted)], topics)


def anything(db: sqlite3.Connection, name: str) -> str:
    """Give the id of any record from its id, a name or a prefix; errors as `actor`."""
    name = _storable(name)
    row = db.execute("SELECT id FROM record WHERE id = ?", [name]).fetchone()
    if row:
        return str(row[0])
    rows = db.execute("SELECT DISTINCT actor FROM name WHERE folded = ?", [fold(name)])
    matches = [row[0] for row in rows] if fold(name) else []
    return _single(db, "record", name, matches or _by_prefix(db, name, None) or _by_key(db, name))


def _record(db: sqlite3.Connection, name: str, kind: RecordType) -> str:
    name = _storable(name)
    if _is_id(db, name, kind):
        return name
    keyed = _by_key(db, name) if kind == "source" else []
    return _single(db, kind, name, keyed or _by_prefix(db, name, kind))


def _storable(name: str) -> str:
    """Replace what came from the command line as bytes of no text; no record has any."""
    return name.encode(errors="replace").decode()


def _is_id(db: sqlite3.Connection, name: str, kind: RecordType) -> bool:
    sql = "SELECT 1 FROM record WHERE id = ? AND type = ?"
    return db.execute(sql, [name, kind]).fetchone() is not None


def _by_prefix(db: sqlite3.Connection, name: str, kind: RecordType | None) -> list[str]:
    prefix = name.lower()
    if not prefix:
        return []
    sql = (
        "SELECT id FROM record WHERE id >= ? AND id < ? AND (? IS NULL OR type = ?)"
        " ORDER BY id LIMIT ?"
    )
    values = [prefix, prefix + "\U0010ffff", kind, kind, _SHOWN]
    return [row[0] for row in db.execute(sql, values)]


def _by_key(db: sqlite3.Connection, name: str) -> list[str]:
    """Return the sources that a library of references knows by a key."""
    sql = (
        "SELECT id FROM record WHERE type = 'source'"
        " AND json_extract(json, '$.\"citation-key\"') = ? ORDER BY n LIMIT ?"
    )
    return [row[0] for row in db.execute(sql, [name, _SHOWN])]


def _single(db: sqlite3.Connection, what: str, name: str, matches: list[str]) -> str:
    if not matches and what == "actor":
        topic = fold(name).replace(" ", "-")
        if claims_of(db, "topic", topic):
            raise NoActorButTopicError(name, topic)
        raise UnknownNameError(what, name, _nearest_actors(db, name))
    return _one(what, name, matches, [] if matches else _candidates(db, what, name))


def _one(what: str, name: str, matches: list[str], candidates: list[str]) -> str:
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise AmbiguousNameError(what, name, matches)
    raise UnknownNameError(what, name, nearest(name, candidates))


def _nearest_actors(db: sqlite3.Connection, name: str) -> list[str]:
    """Give the nearest spellings, one an actor."""
    rows = db.execute("SELECT spelling, actor FROM name ORDER BY rowid DESC LIMIT ?", [_COMPARED])
    spelled: dict[str, str] = {}
    for spelling, owner in rows:
        spelled.setdefault(spelling, owner)
    by_actor: dict[str, str] = {}
    for spelling in nearest(name, list(spelled), most=3 * _OFFERED):
        by_actor.setdefault(spelled[spelling], spelling)
    return list(by_actor.values())[:_OFFERED]


def _candidates(db: sqlite3.Connection, what: str, name: str) -> list[str]:
    """Give ids that may have been meant: all of a small corpus, else those that begin alike."""
    kind = "" if what == "record" else " AND type = :what"
    found: list[str] = []
    for length in (0, 1, 2, 4, 8):
        sql = f"SELECT id FROM record WHERE id >= :low AND id < :high{kind} LIMIT :most"
        low = name.lower()[:length]
        values = {"low": low, "high": low + "\U0010ffff", "what": what, "most": _COMPARED}
        found = [row[0] for row in db.execute(sql, values)]
        if len(found) < _COMPARED:
            break
    return found
