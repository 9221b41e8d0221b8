"""Records that name others by ids that these once had name them by their present ids."""

import json
import sqlite3
from typing import TYPE_CHECKING

from explore.corpus.integrity import contradictions, follow_former_ids
from explore.corpus.problems import UnsoundError
from explore.corpus.stream import drop_repeats
from explore.index.rows import completed, delete, insert, mentioned, no_rows
from explore.index.tables import is_searchable
from explore.model.records import RECORD_TYPES, Record

if TYPE_CHECKING:
    from explore.model.fields import RecordType


def present_ids(db: sqlite3.Connection) -> dict[str, str]:
    """Return the present ids of records, by ids that they once had.

    Raises:
        UnsoundError: if a former id means two records, or is the id of one.
    """
    rows = db.execute("SELECT id, record FROM former").fetchall()
    found = dict(rows)
    taken = "SELECT 1 FROM former JOIN record ON record.id = former.id"
    if len(found) < len(rows) or db.execute(taken).fetchone():
        raise UnsoundError
    return found


def resolve(db: sqlite3.Connection, present: dict[str, str]) -> dict[str, Record]:
    """Replace former ids by present ids in all records; return those that changed, by their ids.

    Args:
        db: the index, whose tables are filled.
        present: as `present_ids` returns it.

    Raises:
        UnsoundError: if a record contradicts itself by a former id.
    """
    changed: dict[str, Record] = {}
    stale, fresh = no_rows(), no_rows()
    for n in sorted({n for former in present for n in _naming(db, former)}):
        kind: RecordType
        kind, text = db.execute("SELECT type, json FROM record WHERE n = ?", [n]).fetchone()
        record = json.loads(text)
        stale.add(kind, n, record)
        follow_former_ids(kind, record, present)
        drop_repeats(kind, record)
        full = completed(kind, record)
        if next(contradictions(kind, full, fresh.add(kind, n, full)), None):
            raise UnsoundError
        changed[full["id"]] = full
    searchable = is_searchable(db)
    delete(db, stale, searchable=searchable)
    insert(db, fresh, searchable=searchable)
    return changed


def _naming(db: sqlite3.Connection, name: str) -> list[int]:
    """Return the numbers of the records that name another by an id."""
    numbers = db.execute("SELECT n FROM link WHERE target = ?", [name]).fetchall()
    sql = "SELECT n FROM mention WHERE field = ? AND value = ?"
    for kind in RECORD_TYPES:
        for field in mentioned(kind):
            numbers += db.execute(sql, [field, name]).fetchall()
    return [n for (n,) in numbers]
