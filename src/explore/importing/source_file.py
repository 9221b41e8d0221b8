"""A file that is imported: a table or a library of references, as rows of one type or several."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Literal, NamedTuple

from explore.errors import UsageError
from explore.importing.by_type import by_type
from explore.importing.decoding import bounded
from explore.importing.into import Table
from explore.importing.json_rows import measure
from explore.importing.mapping import Mapping, MappingFile, read
from explore.importing.references import References, are_references, references_of
from explore.importing.rows import Reading, Row, TableFormat, format_of, rows_of
from explore.model.fields import RecordType

Kind = Literal["actors", "claims", "sources"]
Note = Callable[[str], None]

_TYPES: dict[Kind, RecordType] = {"actors": "actor", "claims": "claim", "sources": "source"}
# In these a row says all that it says by itself; in tables the header does.
_OBJECTS: frozenset[TableFormat] = frozenset(("json", "jsonl"))
# Of columns, as many as a person reads.
_MAX_COLUMNS = 50


class How(NamedTuple):
    """How a person says that a file is to be read.

    Attributes:
        kind: what its rows are; without it, what the mapping or the file says, else claims.
        maps: `column=field`, for columns that are not called as their fields.
        sets: `field=value`, for fields that all records have.
        mapping: a file that says both, and more.
        form: the format, if the name does not tell.
        encoding: the encoding of its text; without it it is found out.
        sheet: the sheet of a spreadsheet; without it the first that is visible.
    """

    kind: Kind | None
    maps: list[str]
    sets: list[str]
    mapping: Path | None
    form: TableFormat | None
    encoding: str | None
    sheet: str | None


class Part(NamedTuple):
    """The rows of one record type, and what becomes of their columns."""

    mapping: Mapping
    rows: list[Row]


class SourceFile(NamedTuple):
    """A file as it was read: its parts, those that others name first, and what is known of it."""

    parts: list[Part]
    table: Table


def read_file(file: Path, name: str, how: How, note: Note) -> SourceFile:
    """Return a file as rows.

    Args:
        file: the file.
        name: what the files of its records are called.
        how: how it is to be read.
        note: called with what a person should know about how it was read.

    Raises:
        UsageError: if it cannot be read so.
    """
    if bounded(file).suffix.lower() == ".json":
        # Before anybody makes values of it.
        measure(file, file.read_bytes())
    described: MappingFile = read(how.mapping) if how.mapping else {}
    wanted = how.kind or described.get("kind")
    if how.form is None and wanted in (None, "sources") and are_references(file):
        references = references_of(file, how.encoding)
        _note_left_out(references, note)
        mapping = Mapping("source", described, how.maps, how.sets)
        return _whole(name, [Part(mapping, references.rows)], is_object=True)
    mapping = Mapping(_TYPES[wanted or "claims"], described, how.maps, how.sets)
    form = how.form or format_of(file)
    reading = Reading(note, mapping.header, how.encoding, how.sheet, mapping.is_own)
    rows = list(rows_of(file, form, reading))
    types = _by_type(rows, wanted, how, note)
    if types is None:
        parts = [Part(mapping, rows)]
    else:
        parts = [
            Part(Mapping(kind, described, how.maps, how.sets), group)
            for kind, group in types.items()
        ]
    for part in parts:
        _check_columns(part, note)
    return _whole(name, parts, is_object=form in _OBJECTS)


def columns_of(rows: list[Row]) -> list[str]:
    """Return the columns of some rows, whether they say anything or not."""
    return list(dict.fromkeys(name for row in rows for name in (*row.cells, *row.empty)))


def _whole(name: str, parts: list[Part], *, is_object: bool) -> SourceFile:
    fields: dict[str, list[str]] = {}
    names: list[str] = []
    for mapping, rows in parts:
        columns = columns_of(rows)
        names += columns
        for column, found in mapping.fields_of(columns).items():
            fields[column] = list(dict.fromkeys([*fields.get(column, []), *found]))
    return SourceFile(parts, Table(name, fields, is_object, list(dict.fromkeys(names))))


def _by_type(
    rows: list[Row], wanted: Kind | None, how: How, note: Note
) -> dict[RecordType, list[Row]] | None:
    """Return the rows by the types that they state, if they do; of one type if that is wanted."""
    types = by_type(rows)
    if types and wanted:
        kind = _TYPES[wanted]
        taken = [row for group in types.values() for row in group if row.fault]
        taken += [row for row in types.get(kind, []) if not row.fault]
        others = sum(map(len, types.values())) - len(taken)
        if others:
            note(f"{others} records are of other types than --kind {wanted}: not imported")
        return {kind: taken}
    if types and len(types) > 1 and (how.maps or how.sets or how.mapping):
        raise UsageError("the file has records of several types; say which one by --kind")
    return types


def _check_columns(part: Part, note: Note) -> None:
    """Say which columns are not imported.

    Raises:
        UsageError: if a column is mapped that is not there.
    """
    mapping, rows = part
    columns = columns_of(rows)
    missing = mapping.unknown(columns)
    if missing and rows:
        there = _listed(columns) or "none"
        raise UsageError(f"no column is called '{missing[0]}'; the columns are {there}")
    filled = {name for row in rows for name in row.cells}
    unused = [name for name in mapping.unused(columns) if name in filled]
    if unused:
        note(f"columns not imported: {_listed(unused)}; --map COLUMN=FIELD imports one")


def _listed(names: list[str]) -> str:
    more = len(names) - _MAX_COLUMNS
    return ", ".join(names[:_MAX_COLUMNS]) + (f" and {more} more" if more > 0 else "")


def _note_left_out(found: References, note: Note) -> None:
    """Name what was left out with its entries, and then each field with how many had it."""
    for place, names in found.left:
        note(f"{place}: left out: {', '.join(names)}")
    counts = Counter(name for _, names in found.left for name in names if " " not in name)
    for name, count in sorted(counts.items()):
        note(f"dropped the field '{name}' from {count} sources")
