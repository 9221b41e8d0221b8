"""Update an index: files that changed are read again, and records that differ are replaced."""

import json
import sqlite3
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from explore.corpus.integrity import circles, contradictions, unknown_ids
from explore.corpus.problems import UnsoundError
from explore.corpus.stream import info_of, records_of
from explore.index import freshness
from explore.index.former_ids import present_ids, resolve
from explore.index.retry import BROKEN, report
from explore.index.rows import completed, delete, insert, mentioned, no_rows, to_json
from explore.index.tables import is_searchable, numbers
from explore.model.fields import RecordType
from explore.model.links import link_target
from explore.model.records import RECORD_TYPES, Record
from explore.model.references import named

# Beyond this share of the files it is quicker to build the index again.
_MOST_CHANGED = 0.3
# Whoever writes to a file more often than this while it is read is not waited for.
_TRIES = 5


class Edit(NamedTuple):
    """What an edit took out of an index and put into it.

    Attributes:
        removed: the records that were taken out, by type and id.
        added: the records that were put in, with their types.
    """

    removed: set[tuple[RecordType, str]]
    added: list[tuple[RecordType, Record]]


def is_worthwhile(found: freshness.Difference, look: freshness.Look) -> bool:
    """Whether so few files changed that reading these is quicker than reading all."""
    limit = max(1, _MOST_CHANGED * len(look.stamps))
    return found.ranks is not None and len(found.ranks) <= limit


def update(db: sqlite3.Connection, folder: Path, look: freshness.Look) -> None:
    """Read the files that changed again, and those that change meanwhile.

    What is left of the index after an error is of no use.

    Args:
        db: an index that nobody else has open.
        folder: the corpus.
        look: how its files look now.

    Raises:
        CorpusError: if the corpus has problems.
        sqlite3.Error: if the index cannot be written, or was built from other files.
    """
    _update(db, folder, look)
    reread(db, folder)


def reread(db: sqlite3.Connection, folder: Path) -> None:
    """Read again what was written to while it was read; errors as `update`."""
    for _ in range(_TRIES):
        if not freshness.torn(db):
            return
        _update(db, folder, freshness.look(folder))


def settle(db: sqlite3.Connection, look: freshness.Look) -> None:
    """Write down how files look that hold what they held, if all do.

    Raises:
        sqlite3.Error: if the index cannot be written.
    """
    found = freshness.difference(db, look)
    if found.ranks == [] and found.hashed:
        freshness.stamp(db, {rank: look.stamps[rank] for rank in found.hashed})
        freshness.seal(db, look.since)


def _update(db: sqlite3.Connection, folder: Path, look: freshness.Look) -> None:
    found = freshness.difference(db, look)
    if found.ranks is None:
        raise sqlite3.OperationalError("built from other files")
    db.execute("BEGIN")
    edit = Edit(set(), [])
    before = present_ids(db)
    try:
        for rank in found.ranks:
            _read_again(db, look, rank, edit)
            freshness.note(db, look, rank, found.hashed[rank])
        present = present_ids(db)
        changed = resolve(db, present)
        edit.added[:] = [(kind, changed.get(full["id"], full)) for kind, full in edit.added]
        _verify(db, edit)
        if not freshness.is_steady(folder, look):
            raise UnsoundError
    except BROKEN:
        report(folder)
        raise
    if present != before:
        # Records in other files that named one by a former id are stored with the present one.
        raise sqlite3.IntegrityError("ids have changed; build from scratch")
    unchanged = found.hashed.keys() - set(found.ranks)
    freshness.stamp(db, {rank: look.stamps[rank] for rank in unchanged})
    freshness.seal(db, look.since)
    db.execute("COMMIT")


def _read_again(db: sqlite3.Connection, look: freshness.Look, rank: int, edit: Edit) -> None:
    stamp = look.stamps[rank]
    path = Path(look.where(stamp))
    if stamp.type == freshness.INFO:
        db.execute("UPDATE meta SET value = ? WHERE key = 'info'", [to_json(info_of(path))])
        return
    kind = stamp.type
    stored = dict(
        db.execute("SELECT n, json FROM record WHERE n BETWEEN ? AND ?", numbers(rank)).fetchall()
    )
    stale, fresh = no_rows(), no_rows()
    for n, record in enumerate(records_of(kind, path), numbers(rank)[0] + 1):
        full = completed(kind, record)
        if stored.get(n) == to_json(full):
            del stored[n]
        else:
            fresh.add(kind, n, full)
            edit.added.append((kind, full))
    for n, text in stored.items():
        record = json.loads(text)
        stale.add(kind, n, record)
        edit.removed.add((kind, record["id"]))
    searchable = is_searchable(db)
    delete(db, stale, searchable=searchable)
    insert(db, fresh, searchable=searchable)


def _verify(db: sqlite3.Connection, edit: Edit) -> None:
    """Hold what changed against the rules of a corpus; what did not change was sound before.

    Raises:
        UnsoundError: if a rule is broken.
    """

    def is_known(kind: RecordType, name: str) -> bool:
        sql = "SELECT 1 FROM record WHERE id = ? AND type = ?"
        return db.execute(sql, [name, kind]).fetchone() is not None

    def supports(name: str) -> list[str]:
        row = db.execute("SELECT json FROM record WHERE id = ?", [name]).fetchone()
        return (
            [link_target(link) for link in json.loads(row[0]).get("supports", ())] if row else []
        )

    for kind, record in edit.added:
        faults = chain(
            contradictions(kind, record, named(kind, record)), unknown_ids(kind, record, is_known)
        )
        if next(faults, None):
            raise UnsoundError
    for kind, name in edit.removed:
        if not is_known(kind, name) and _is_named(db, kind, name):
            raise UnsoundError
    claims = [record["id"] for kind, record in edit.added if kind == "claim"]
    if next(circles(claims, supports), None):
        raise UnsoundError


def _is_named(db: sqlite3.Connection, kind: RecordType, name: str) -> bool:
    """Whether any record names a record of a type."""
    if kind == "claim":
        return db.execute("SELECT 1 FROM link WHERE target = ?", [name]).fetchone() is not None
    sql = "SELECT 1 FROM mention WHERE field = ? AND value = ? LIMIT 1"
    return any(
        db.execute(sql, [field, name]).fetchone()
        for owner in RECORD_TYPES
        for field, type_ in mentioned(owner).items()
        if type_ == kind
    )
