"""Rows that say themselves of which type they are, as `explore export jsonl` writes them."""

from explore.importing.claims import Imported, Records
from explore.importing.rows import Row
from explore.model.fields import RecordType
from explore.model.records import RECORD_TYPES

# The field that says so.
_TYPE = "record"
# Records come after those that they name.
ORDER: tuple[RecordType, ...] = ("source", "actor", "claim")


def by_type(rows: list[Row]) -> dict[RecordType, list[Row]] | None:
    """Return rows by their types, in the order in which they are to be imported.

    Rows that cannot be read are among the claims. Returns None if any other row has no type.
    """
    found: dict[RecordType, list[Row]] = {kind: [] for kind in ORDER}
    for row in rows:
        kind = "claim" if row.fault else row.cells.get(_TYPE)
        if kind not in RECORD_TYPES:
            return None
        cells = {name: value for name, value in row.cells.items() if name != _TYPE}
        found[kind].append(row._replace(cells=cells))
    types = {kind: group for kind, group in found.items() if group}
    return types if any(not row.fault for row in rows) else None


def joined(parts: dict[RecordType, Imported]) -> Imported:
    """Return as one what rows of several types became."""
    records: Records = {kind: [] for kind in ORDER}
    for part in parts.values():
        for kind, group in part.records.items():
            records[kind] += group
    return Imported(
        records,
        sorted(rejected for part in parts.values() for rejected in part.rejected),
        [name for part in parts.values() for name in part.left],
        [note for part in parts.values() for note in part.notes],
    )


def completed(corpus: Records, found: Imported) -> Records:
    """Return the records of a corpus once those of an import are in it."""
    new = {record["id"] for group in found.records.values() for record in group}
    return {
        kind: [record for record in group if record["id"] not in new] + found.records[kind]
        for kind, group in corpus.items()
    }
