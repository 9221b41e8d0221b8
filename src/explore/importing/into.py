"""Where imported records go: new files, or files that are there, whose comments and order stay."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from explore.corpus.files import FILES
from explore.corpus.journal import View
from explore.corpus.problems import Problem
from explore.corpus.references import check
from explore.corpus.shape import Shape
from explore.corpus.stream import records_of
from explore.corpus.transaction import Write
from explore.corpus.validate import fit
from explore.corpus.write import dumped
from explore.errors import ExploreError
from explore.importing import memory
from explore.importing.claims import Records
from explore.importing.merge import Conflict, merged
from explore.model.fields import RecordType
from explore.model.records import Record, declaration


class Change(NamedTuple):
    """A file that is to be written.

    Attributes:
        path: the file.
        text: all of its text.
        added: how many records are new in it.
        changed: the fields of its records that say something else now; None takes one away.
        records: what it holds then.
    """

    path: Path
    text: str
    added: int
    changed: dict[str, Record]
    records: list[Record]


class Plan(NamedTuple):
    """What an import is to do.

    Attributes:
        changes: the files of records.
        writes: all files, with what is remembered.
        conflicts: fields that the table and a person have changed, each with its record.
        kept: fields that a person has edited, by their records; the table's value is left out.
        silent: fields that the table gave and has no column for now; what it gave stays.
        doubt: why it is not known what an earlier import wrote, if it is not.
    """

    changes: list[Change]
    writes: list[Write]
    conflicts: list[tuple[str, Conflict]]
    kept: dict[str, list[str]]
    silent: list[str]
    doubt: str


class Table(NamedTuple):
    """What is known of a table beside its records.

    Attributes:
        name: what its files are called.
        columns: the fields that its columns become, by column; constants are under "".
        whole: whether a row that does not have a field says that it is empty; else a column does.
        names: the columns that it has, whatever becomes of them.
    """

    name: str
    columns: memory.Columns
    whole: bool
    names: list[str]


def place_of(kind: RecordType, name: str) -> str:
    """Return the file within a corpus that the records of an import go to."""
    return f"{FILES[kind]}/{name}.yaml"


def standing(folder: Path, view: View, kind: RecordType, name: str) -> list[Record]:
    """Return the records of an earlier import that a corpus has."""
    where = view.where(str(folder / place_of(kind, name)))
    return list(records_of(kind, Path(where))) if where and Path(where).is_file() else []


def remembered(folder: Path, view: View, name: str) -> memory.Memory | None:
    """Return what an earlier import wrote; None if that is not known."""
    data = _data(folder, view, memory.path_of(name))
    return None if data is None else memory.understood(data)


def plan(folder: Path, view: View, table: Table, records: Records, corpus: Records) -> Plan:
    """Return what is to be written for records to be in a corpus.

    Args:
        folder: the corpus.
        view: where its files are read.
        table: the table that the records come from.
        records: what it says.
        corpus: all records of the corpus.

    Raises:
        ExploreError: if the corpus would have problems then, or a file cannot be changed.
    """
    path = memory.path_of(table.name)
    was = _data(folder, view, path)
    understood = memory.understood(was) if was is not None else None
    known = understood or memory.nothing()
    planned = Plan([], [], [], {}, [], "")
    now = memory.Memory(
        {**known.columns, **table.columns},
        {kind: dict(known.written[kind]) for kind in known.written},
    )
    is_known = False
    for kind, group in records.items():
        place = place_of(kind, table.name)
        data = _data(folder, view, place)
        is_known = is_known or data is not None
        if group:
            change = _change(
                _File(kind, folder / place, data, standing(folder, view, kind, table.name)),
                group,
                now.written[kind],
                planned,
                _Emptied(table, known.columns),
            )
            if change.added or change.changed:
                planned.changes.append(change)
                planned.writes.append(Write(place, data, _encoded(data, change.text)))
    if is_known and not understood:
        why = "is damaged" if was is not None else "is missing"
        planned = planned._replace(doubt=f"{folder / path} {why}")
    if planned.changes:
        _refuse(planned.changes, corpus)
    then = memory.dumped(now)
    if (planned.changes or was is not None or is_known) and then != was:
        planned.writes.append(Write(path, was, then))
    return planned


class _File(NamedTuple):
    """A file of an import: what it holds, as bytes and as records."""

    kind: RecordType
    path: Path
    data: bytes | None
    records: list[Record]


class _Emptied:
    """Whether a field is empty where a record does not have it."""

    def __init__(self, table: Table, before: memory.Columns) -> None:
        given = {field for fields in table.columns.values() for field in fields}
        if table.whole:
            # What a column gave that is there still, but is not mapped now, is not withdrawn.
            gone = [fields for name, fields in before.items() if name and name not in table.names]
            given |= {field for fields in gone for field in fields}
        self.given = given
        self.silent: set[str] = set()

    def __call__(self, field: str) -> bool:
        found = not self.given.isdisjoint({field, field.partition(".")[0]})
        if not found:
            self.silent.add(field)
        return found


def _change(
    file: _File,
    group: list[Record],
    written: dict[str, Record],
    planned: Plan,
    emptied: _Emptied,
) -> Change:
    """Return how a file changes; `written` and `planned` are brought up to date."""
    old = {record["id"]: record for record in file.records}
    different: dict[str, Record] = {}
    new = []
    for record in group:
        name = record["id"]
        if name not in old:
            new.append(record)
            written[name] = record
            continue
        found = merged(written.get(name, {}), old[name], record, emptied)
        written[name] = {"id": name, **found.written}
        planned.conflicts.extend((name, conflict) for conflict in found.conflicts)
        if found.kept:
            planned.kept[name] = found.kept
        if found.changed:
            different[name] = found.changed
    planned.silent.extend(sorted(emptied.silent - set(planned.silent)))
    text = _text(file.data)
    if different:
        from explore.corpus.edit import edited

        text = edited(text, different)
    if new:
        start = "" if text.strip() in {"", "[]"} else text.rstrip("\n") + "\n\n"
        text = start + "".join(dumped(file.kind, new))
    records = [_with(record, different.get(record["id"], {})) for record in file.records] + new
    return Change(file.path, text, len(new), different, records)


def _with(record: Record, changed: Record) -> Record:
    return {name: part for name, part in {**record, **changed}.items() if part is not None}


def _data(folder: Path, view: View, place: str) -> bytes | None:
    """Return what a file of a corpus holds; None if it is not there."""
    where = view.where(str(folder / place))
    try:
        return Path(where).read_bytes() if where else None
    except FileNotFoundError:
        return None


def _text(data: bytes | None) -> str:
    return (data or b"").decode("utf-8-sig").replace("\r\n", "\n")


def _encoded(data: bytes | None, text: str) -> bytes:
    """Return a text with the line ends that its file has."""
    lines = data.count(b"\n") if data else 0
    ends = "\r\n" if data and lines and data.count(b"\r\n") == lines else "\n"
    mark = "\ufeff" if data and data.startswith(b"\xef\xbb\xbf") else ""
    return (mark + text.replace("\n", ends)).encode()


def _refuse(changes: list[Change], corpus: Records) -> None:
    """Make sure that what was joined fits together.

    Raises:
        ExploreError: if it does not.
    """
    for fault in _faults(changes, corpus):
        raise ExploreError(f"nothing is written, as the corpus could not be read then: {fault}")


def _faults(changes: list[Change], corpus: Records) -> Iterator[str]:
    whole = {kind: {record["id"]: record for record in group} for kind, group in corpus.items()}
    for change in changes:
        kind = next(kind for kind, stem in FILES.items() if change.path.parent.name == stem)
        whole[kind] |= {record["id"]: record for record in change.records}
        shape = Shape(declaration(kind))
        for record in change.records:
            if record["id"] in change.changed:
                _, issues = fit(shape, record)
                yield from (f"{record['id']}: {message}" for *_, message in issues)

    def place(record: Record, path: list[str | int], rule: str, message: str) -> Problem:
        del path, rule
        return Problem(Path(), 0, 0, f"{record['id']}: {message}", "")

    records: Records = {kind: list(group.values()) for kind, group in whole.items()}
    yield from (problem.message for problem in check(records, place))
